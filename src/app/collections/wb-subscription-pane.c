// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include <glib/gi18n.h>

#include "wb-collection-page.h"
#include "wb-format.h"
#include "wb-thing-pane.h"
#include "wb-words.h"

/* One subscription: what is paid for the mailboxes of a domain. */

/* Without auto-renewal seven days of grace follow; with it the payment is tried again for as long as it takes. */
static const char *
state_text (const char *state, gboolean auto_renew)
{
  if (g_str_equal (state, "PAST_DUE"))
    return auto_renew ? _("The wallet could not pay. It is tried again by itself; the mailboxes keep working.")
                      : _("The wallet could not pay. Seven days later it expires.");
  if (g_str_equal (state, "RENEWING"))
    return _("The mailboxes keep working.");
  if (g_str_equal (state, "CANCELLED"))
    return _("Its mailboxes are lost; the domain stays.");
  return "";
}

static void
add_money (WbPane *pane, CmrObject *subscription)
{
  gint64 cents = cmr_object_get_cents (subscription, "price-per-mailbox");
  gint64 n = cmr_object_get_int (subscription, "total-mailbox-quantity");
  g_autofree char *figure = wb_format_count (MAX (n, 0)), *each = wb_format_money (cents);
  gboolean known = cents != CMR_MONEY_UNKNOWN && n >= 0;
  g_autofree char *sum = wb_format_money (known ? cents * n : CMR_MONEY_UNKNOWN);
  /* Translators: a sum */
  g_autofree char *monthly = g_strdup_printf (_("%s a month"), sum);

  if (n >= 0)
    wb_pane_add_fact (pane, _("Mailboxes"), figure);
  wb_pane_add_fact (pane, _("Price each"), each);
  if (known && g_strcmp0 (cmr_object_get_text (subscription, "billing-cycle"), "MONTHLY") == 0)
    wb_pane_add_fact (pane, _("In all"), monthly);
  else if (known)
    wb_pane_add_fact (pane, _("In all"), sum);
}

static void
fill (WbPane *pane, CmrObject *subscription, GPtrArray *related)
{
  const char *state = cmr_object_get_text (subscription, "subscription-status");
  gboolean auto_renew = cmr_object_get_bool (subscription, "auto-renew");
  gboolean ended = g_str_equal (state, "CANCELLED") || g_str_equal (state, "EXPIRED");
  g_autofree char *domain = wb_format_text (cmr_object_get_text (subscription, "domain"));
  g_autofree char *provider = wb_words_provider (cmr_object_get_text (subscription, "service-provider"));

  wb_pane_set_title (pane, *domain != '\0' ? domain : _("Subscription"));
  wb_pane_add_state (pane, "subscription", state, state_text (state, auto_renew));
  wb_pane_add_customer (pane, related);
  add_money (pane, subscription);
  wb_pane_add_due (pane, ended ? _("Ended") : _("Due"), cmr_object_get_time (subscription, "period-end"));
  wb_pane_add_time (pane, _("Paid since"), cmr_object_get_time (subscription, "period-start"));
  if (cmr_object_has (subscription, "auto-renew"))
    wb_pane_add_fact (pane, _("Auto-renew"), wb_words_switch (auto_renew));
  wb_pane_add_fact (pane, _("Provider"), provider);
  wb_pane_add_id (pane, _("Subscription id"), cmr_object_get_text (subscription, "subscription-id"));
}

static const WbThing thing = { WB_COLLECTION_SUBSCRIPTIONS, N_("This subscription is not there any more."), fill };

GtkWidget *
wb_subscription_pane_new (WbProfile *profile, const char *id)
{
  return wb_thing_pane_new (profile, &thing, id);
}
