// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include <glib/gi18n.h>

#include "wb-collection-page.h"
#include "wb-format.h"
#include "wb-thing-pane.h"
#include "wb-words.h"

/* One domain. */

static const struct {
  const char *state;
  const char *text;
} states[] = {
  { "PENDING", N_("It is listed as soon as it is registered.") },
  { "GRACE_PERIOD", N_("It expired and can still be renewed. After the grace this service cannot bring it back.") },
  { "EXPIRED", N_("This service cannot renew it any more.") },
};

static const char *
state_text (const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i].state, state))
      return _(states[i].text);
  return "";
}

static void
add_text (WbPane *pane, CmrObject *domain, const char *label, const char *member)
{
  g_autofree char *text = wb_format_text (cmr_object_get_text (domain, member));

  wb_pane_add_fact (pane, label, text);
}

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
    wb_pane_add_state_text (pane, "domain", state, grace, state_text (state));
  else
    wb_pane_add_state (pane, "domain", state, state_text (state));
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
  add_text (pane, domain, _("Web goes to"), "domain-forwarding");
  add_text (pane, domain, _("Mail goes to"), "email-forwarding");
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
