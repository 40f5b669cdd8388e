// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-application-private.h"

#include <glib/gi18n.h>

#include "wb-format.h"
#include "wb-order-words.h"
#include "wb-settings.h"

/* What orders come to is told on the desktop: the end always, what happens on the way where no window shows it. */

#define PROFILE "watched-for"

/* Its button and its click only show: nothing here sends. They may be pressed after the program has ended, when another
 * profile is the one that opens: the order's own is named. */
static void
notify (WbApplication *self, WbOrder *order, const char *title, const char *text)
{
  g_autoptr (GNotification) notification = g_notification_new (title);
  const char *profile = g_object_get_data (G_OBJECT (order), PROFILE);
  g_autofree char *target = g_strdup_printf ("%s/%s", profile, wb_order_get_id (order));

  g_notification_set_body (notification, text);
  g_notification_set_default_action_and_target (notification, "app.show-order", "s", target);
  g_notification_add_button_with_target (notification, _("Show"), "app.show-order", "s", target);
  g_application_send_notification (G_APPLICATION (self), wb_order_get_id (order), notification);
}

static gboolean
wants (WbApplication *self, const char *setting)
{
  return g_settings_get_boolean (self->settings, setting);
}

static void
note_profile (WbOrders *orders, WbOrder *order)
{
  g_object_set_data_full (G_OBJECT (order), PROFILE, g_strdup (g_object_get_data (G_OBJECT (orders), PROFILE)), g_free);
}

static void
on_finished (WbOrders *orders, WbOrder *order, WbApplication *self)
{
  g_autofree char *title = wb_order_words_dup_progress (order);
  g_autofree char *customer = wb_format_text (wb_order_get_customer_name (order));

  note_profile (orders, order);
  wb_application_toast (self, title);
  if (wants (self, wb_order_get_failed (order) > 0 ? WB_SETTINGS_NOTIFY_FAILED : WB_SETTINGS_NOTIFY_ORDER_DONE))
    notify (self, order, title, customer);
}

/* On the way */

static void
tell_created (WbApplication *self, WbOrder *order)
{
  g_autofree char *customer = wb_format_text (wb_order_get_customer_name (order));
  /* Translators: %s is the name of a customer */
  g_autofree char *title = g_strdup_printf (_("The order for %s is created"), customer);

  if (wants (self, WB_SETTINGS_NOTIFY_ORDER_DONE))
    notify (self, order, title, _("It costs nothing yet. You can pay it now."));
}

static void
tell_words (WbApplication *self, WbOrder *order)
{
  g_autoptr (WbOrderWords) words = NULL;
  g_autofree char *text = NULL;
  WbOrderFacts facts;

  wb_order_facts_take (&facts, order);
  words = wb_order_words_for (&facts);
  if (words == NULL || !wants (self, WB_SETTINGS_NOTIFY_FAILED))
    return;
  text = wb_order_words_dup_text (words, g_get_monotonic_time ());
  notify (self, order, words->cause, text);
}

static void
tell_unknown (WbApplication *self, WbOrder *order)
{
  if (wants (self, WB_SETTINGS_NOTIFY_UNKNOWN))
    notify (self, order, _("One paid request got no answer."), _("Nothing is sent again until you decide."));
}

static void
tell (WbApplication *self, WbOrder *order, WbOrderState was)
{
  WbOrderState now = wb_order_get_state (order);

  if (now == WB_ORDER_UNKNOWN)
    tell_unknown (self, order);
  else if (was == WB_ORDER_CREATING && now == WB_ORDER_NOT_PAID)
    tell_created (self, order);
  else if (now == WB_ORDER_FAILED || now == WB_ORDER_MAY_EXIST || now == WB_ORDER_CANNOT_PAY
           || now == WB_ORDER_NOT_PAID)
    tell_words (self, order);
}

/* One that was made since is seen first when something has become of it; an older one as it was left. */
static WbOrderState
state_before (WbOrders *orders, WbOrder *order)
{
  const gint64 *since = g_object_get_data (G_OBJECT (orders), "watched-since");
  int was = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (order), "told-state")) - 1;

  if (was >= 0)
    return (WbOrderState) was;
  return wb_order_get_created (order) >= *since ? WB_ORDER_CREATING : wb_order_get_state (order);
}

/* Only what was seen under way and has come to a stand. */
static void
on_changed (WbOrders *orders, WbOrder *order, WbApplication *self)
{
  WbOrderState was = state_before (orders, order), now = wb_order_get_state (order);

  g_object_set_data (G_OBJECT (order), "told-state", GINT_TO_POINTER (now + 1));
  if (was == now)
    return;
  if ((was == WB_ORDER_CREATING || was == WB_ORDER_PAYING)
      && !wb_application_shows_order (self, wb_order_get_id (order)))
    {
      note_profile (orders, order);
      tell (self, order, was);
    }
}

void
wb_application_watch_orders (WbApplication *self, WbProfile *profile)
{
  WbOrders *orders = wb_profile_get_orders (profile);
  gint64 now = g_get_real_time ();

  g_object_set_data_full (G_OBJECT (orders), "watched-since", g_memdup2 (&now, sizeof now), g_free);
  g_object_set_data_full (G_OBJECT (orders), PROFILE, g_strdup (wb_profile_get_info (profile)->id), g_free);
  g_signal_connect_object (orders, "finished", G_CALLBACK (on_finished), self, 0);
  g_signal_connect_object (orders, "changed", G_CALLBACK (on_changed), self, 0);
}
