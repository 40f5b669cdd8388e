// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include <glib/gi18n.h>

#include "wb-collection-page.h"
#include "wb-format.h"
#include "wb-thing-pane.h"
#include "wb-words.h"

/* One domain. */

static const WbWordText states[] = {
  { "PENDING", N_("It is listed as soon as it is registered.") },
  { "GRACE_PERIOD", N_("It expired and can still be renewed. After the grace this service cannot bring it back.") },
  { "EXPIRED", N_("This service cannot renew it any more.") },
};

static void
add_switch (WbPane *pane, CmrObject *domain, const char *label, const char *member)
{
  if (cmr_object_has (domain, member))
    wb_pane_add_fact (pane, label, wb_words_switch (cmr_object_get_bool (domain, member)));
}

static void
add_state (WbPane *pane, CmrObject *domain)
{
  const char *state = cmr_object_get_text (domain, "status");
  g_autofree char *grace = wb_words_grace (cmr_object_get_time (domain, "expire-on"));

  if (g_str_equal (state, "GRACE_PERIOD"))
    wb_pane_add_state_text (pane, "domain", state, grace, wb_word_text (states, G_N_ELEMENTS (states), state, ""));
  else
    wb_pane_add_state (pane, "domain", state, wb_word_text (states, G_N_ELEMENTS (states), state, ""));
}

static void
fill (WbPane *pane, CmrObject *domain, GPtrArray *related)
{
  g_autofree char *name = wb_format_text (cmr_object_get_text (domain, "domain-name"));
  g_autofree char *provider = wb_words_provider (cmr_object_get_text (domain, "service-provider"));

  wb_pane_set_title (pane, name);
  add_state (pane, domain);
  wb_pane_add_fact (pane, _("Domain"), name);
  wb_pane_add_customer (pane, related);
  wb_pane_add_due (pane, _("Expires"), cmr_object_get_time (domain, "expire-on"));
  add_switch (pane, domain, _("Auto-renew"), "auto-renew");
  wb_pane_add_time (pane, _("Registered"), cmr_object_get_time (domain, "registered-on"));
  if (cmr_object_has (domain, "service-provider"))
    wb_pane_add_fact (pane, _("Provider"), provider);
  wb_pane_add_member (pane, _("Web goes to"), domain, "domain-forwarding");
  wb_pane_add_member (pane, _("Mail goes to"), domain, "email-forwarding");
  add_switch (pane, domain, _("Protection"), "domain-protection");
  wb_pane_add_copy (pane, _("Domain"), cmr_object_get_text (domain, "domain-name"));
  wb_pane_add_id (pane, _("Domain id"), cmr_object_get_text (domain, "domain-id"));
}

static const WbThing thing = { WB_COLLECTION_DOMAINS, N_("This domain is not there any more."), fill };

GtkWidget *
wb_domain_pane_new (WbProfile *profile, const char *id)
{
  return wb_thing_pane_new (profile, &thing, id);
}
