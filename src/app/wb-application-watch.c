// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-application-private.h"

#include <glib/gi18n.h>

#include "wb-format.h"
#include "wb-outbox.h"
#include "wb-settings.h"

/* What outlives windows: the program stays while something is under way, and tells the end. */

typedef struct {
  WbApplication *application;
  gboolean held;
} Watch;

static void
update_hold (WbProfile *profile, Watch *watch)
{
  guint n_open = 0;
  gboolean busy;

  g_object_get (wb_profile_get_outbox (profile), "n-open", &n_open, NULL);
  busy = n_open > 0;
  if (busy == watch->held)
    return;
  watch->held = busy;
  if (busy)
    g_application_hold (G_APPLICATION (watch->application));
  else
    g_application_release (G_APPLICATION (watch->application));
}

static void
on_open_changed (WbOutbox *outbox, GParamSpec *pspec, WbProfile *profile)
{
  update_hold (profile, g_object_get_data (G_OBJECT (profile), "watch"));
}

/* Its buttons and its click only show: nothing here sends. */
static void
notify_order (WbApplication *self, WbOrder *order, const char *title)
{
  g_autoptr (GNotification) notification = g_notification_new (title);
  g_autofree char *body = wb_format_text (wb_order_get_customer_name (order));

  g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.show-order", "s", wb_order_get_id (order));
  g_application_send_notification (G_APPLICATION (self), wb_order_get_id (order), notification);
}

/**
 * wb_application_dup_order_end:
 *
 * Returns: (transfer full): "24 mailboxes are live", "16 mailboxes are live, 8 failed"
 */
char *
wb_application_dup_order_end (WbOrder *order)
{
  guint live = wb_order_get_live (order), failed = wb_order_get_failed (order);

  if (failed == 0)
    return g_strdup_printf (ngettext ("%u mailbox is live", "%u mailboxes are live", live), live);
  /* Translators: first how many mailboxes are live, then how many failed */
  return g_strdup_printf (ngettext ("%u mailbox is live, %u failed", "%u mailboxes are live, %u failed", live), live, failed);
}

static void
on_order_finished (WbOrders *orders, WbOrder *order, WbApplication *self)
{
  g_autofree char *title = wb_application_dup_order_end (order);

  wb_application_toast (self, title);
  wb_application_announce (self, title, wb_order_get_failed (order) > 0);
  if (g_settings_get_boolean (self->settings, WB_SETTINGS_NOTIFY_ORDER_DONE))
    notify_order (self, order, title);
}

void
wb_application_watch_profile (WbApplication *self, WbProfile *profile)
{
  WbOutbox *outbox = wb_profile_get_outbox (profile);
  Watch *watch = g_new0 (Watch, 1);

  watch->application = self;
  g_object_set_data_full (G_OBJECT (profile), "watch", watch, g_free);
  g_signal_connect_object (outbox, "notify::n-open", G_CALLBACK (on_open_changed), profile, 0);
  g_signal_connect_object (wb_profile_get_orders (profile), "finished", G_CALLBACK (on_order_finished), self, 0);
  update_hold (profile, watch);
}
