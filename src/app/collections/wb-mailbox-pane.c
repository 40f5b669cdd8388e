// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-collection-page.h"
#include "wb-format.h"
#include "wb-thing-pane.h"
#include "wb-words.h"

/* One mailbox. */

static const WbWordText states[] = {
  { "IN_PROGRESS", N_("It can be used once it is live.") },
  { "CREATING_PASSWORD", N_("It can be used once its password is made.") },
  { "EXPIRED", N_("It sends nothing until its subscription is renewed.") },
  { "FAILED", N_("It was not made.") },
};

static const WbWordText warm_ups[] = {
  { "PENDING", N_("Waiting") },
  { "ACTIVE", N_("Running") },
  { "PAUSED", N_("Paused") },
  { "STOPPED", N_("Stopped") },
};

static void
fill (WbPane *pane, CmrObject *mailbox, GPtrArray *related)
{
  const char *state = cmr_object_get_text (mailbox, "status"), *warm_up = cmr_object_get_text (mailbox, "warmup-status");
  g_autofree char *first = wb_format_text (cmr_object_get_text (mailbox, "first-name"));
  g_autofree char *last = wb_format_text (cmr_object_get_text (mailbox, "last-name"));
  /* Translators: first name, last name */
  g_autofree char *person = g_strdup_printf (C_("person", "%s %s"), first, last);
  g_autofree char *address = wb_format_text (cmr_object_get_text (mailbox, "email"));
  g_autofree char *other = wb_format_text (warm_up);
  g_autofree char *provider = wb_words_provider (cmr_object_get_text (mailbox, "service-provider"));

  g_strstrip (person);
  wb_pane_set_title (pane, *person != '\0' ? person : address);
  wb_pane_add_face (pane, *person != '\0' ? person : address, address);
  wb_pane_add_state (pane, "mailbox", state, wb_word_text (states, G_N_ELEMENTS (states), state, ""));
  wb_pane_add_customer (pane, related);
  wb_pane_add_fact (pane, _("Provider"), provider);
  wb_pane_add_fact (pane, _("Picture"), *cmr_object_get_text (mailbox, "profile-picture") != '\0' ? _("Has one") : _("None"));
  if (cmr_object_get_bool (mailbox, "is-admin"))
    wb_pane_add_fact (pane, _("Role"), _("Administrator of its workspace"));
  wb_pane_add_fact (pane, _("Warm-up"), wb_word_text (warm_ups, G_N_ELEMENTS (warm_ups), warm_up, other));
  wb_pane_add_time (pane, _("Made"), cmr_object_get_time (mailbox, "created-at"));
  wb_pane_add_due (pane, _("Paid until"), cmr_object_get_time (mailbox, "expire-on"));
  wb_pane_add_copy (pane, _("Address"), cmr_object_get_text (mailbox, "email"));
  wb_pane_add_id (pane, _("Mailbox id"), cmr_object_get_text (mailbox, "mailbox-id"));
}

static const WbThing thing = { WB_COLLECTION_MAILBOXES, N_("This mailbox is not there any more."), fill };

GtkWidget *
wb_mailbox_pane_new (WbProfile *profile, const char *id)
{
  return wb_thing_pane_new (profile, &thing, id);
}
