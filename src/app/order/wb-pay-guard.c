// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-pay.h"

#include <string.h>

#include <glib/gi18n.h>

#include "wb-compat.h"
#include "wb-format.h"

/* The spending guard (security.md, 4): what is above it is typed, not clicked. */

/* "$500" where nothing follows the point. */
static char *
dup_limit (gint64 cents)
{
  char *text = wb_format_money (cents);

  if (g_str_has_suffix (text, ".00"))
    text[strlen (text) - 3] = '\0';
  return text;
}

static char *
dup_plain (gint64 cents)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", cents / 100, (int) (cents % 100));
}

char *
wb_pay_guard_dup_text (WbProfile *profile, gint64 cents)
{
  const WbProfileInfo *info = wb_profile_get_info (profile);
  gint64 spent = MAX (wb_profile_get_spent_today (profile), 0);
  g_autofree char *sum = NULL, *limit = NULL, *so_far = NULL, *on = NULL;

  if (cents == CMR_MONEY_UNKNOWN || (cents <= info->guard_order_cents && spent + cents <= info->guard_day_cents))
    return NULL;
  sum = dup_plain (cents);
  limit = dup_limit (cents > info->guard_order_cents ? info->guard_order_cents : info->guard_day_cents);
  if (cents > info->guard_order_cents)
    /* Translators: a limit, then the sum as it is to be typed */
    return g_strdup_printf (_("This order is above %s. Type the sum to go on: %s"), limit, sum);
  so_far = wb_format_money (spent);
  on = wb_format_text (wb_profile_get_spent_on (profile));
  if (*on != '\0')
    /* Translators: a limit, what was spent today, for whom, then the sum as it is to be typed */
    return g_strdup_printf (_("With this you spend more than %s today; so far %s: %s. Type the sum to go on: %s"),
                            limit, so_far, on, sum);
  /* Translators: a limit, what was spent today, then the sum as it is to be typed */
  return g_strdup_printf (_("With this you spend more than %s today; so far %s. Type the sum to go on: %s"), limit,
                          so_far, sum);
}

gboolean
wb_pay_guard_matches (const char *typed, gint64 cents)
{
  g_autofree char *text = g_strstrip (g_strdup (typed));
  g_autofree char *plain = dup_plain (cents);
  const char *number = *text == '$' ? text + 1 : text;

  g_strdelimit (text, ",", '.');
  if (g_str_equal (number, plain))
    return TRUE;
  return cents % 100 == 0 && strlen (number) == strlen (plain) - 3 && g_str_has_prefix (plain, number);
}

typedef struct {
  GtkWidget *message; /* owns the entry */
  char *response;
  gint64 cents;
} Guard;

static void
guard_free (gpointer data, GClosure *closure)
{
  g_free (((Guard *) data)->response);
  g_free (data);
}

static void
on_typed (GtkEditable *entry, Guard *guard)
{
  wb_compat_message_set_enabled (guard->message, guard->response,
                                 wb_pay_guard_matches (gtk_editable_get_text (entry), guard->cents));
}

GtkWidget *
wb_pay_guard_entry_new (const char *text, gint64 cents, GtkWidget *message, const char *response)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (text), *entry = gtk_entry_new ();
  Guard *guard = g_new0 (Guard, 1);

  guard->message = message;
  guard->response = g_strdup (response);
  guard->cents = cents;
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (entry, "numeric");
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_NUMBER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_signal_connect_data (entry, "changed", G_CALLBACK (on_typed), guard, guard_free, 0);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
  return box;
}

static void
on_response (GtkWidget *message, const char *response, GObject *object)
{
  void (*func) (GObject *) = g_object_get_data (G_OBJECT (message), "func");

  if (!g_str_equal (response, "pay") || func == NULL)
    return;
  /* Once, however often the button is pressed. */
  g_object_set_data (G_OBJECT (message), "func", NULL);
  func (object);
}

void
wb_pay_confirm_one_step (GtkWindow *parent, WbProfile *profile, const char *customer, gint64 cents, GCallback func,
                         GObject *object)
{
  g_autofree char *text = wb_pay_guard_dup_text (profile, cents);
  g_autofree char *sum = wb_format_money (cents), *name = wb_format_text (customer);
  g_autofree char *heading = NULL, *label = NULL;
  GtkWidget *message;

  if (text == NULL)
    {
      ((void (*) (GObject *)) func) (object);
      return;
    }
  heading = g_strdup_printf (_("Pay About %s for %s?"), sum, name);
  label = g_strdup_printf (_("Pay About %s and Start"), sum);
  message = wb_compat_message_new (parent, heading,
                                   _("One request creates and pays the order. This cannot be taken back."));
  wb_compat_message_add (message, "not-now", _("Not Now"), WB_COMPAT_PLAIN);
  wb_compat_message_add (message, "pay", label, WB_COMPAT_SUGGESTED);
  wb_compat_message_set_extra (message, wb_pay_guard_entry_new (text, cents, message, "pay"));
  wb_compat_message_set_enabled (message, "pay", FALSE);
  g_object_set_data (G_OBJECT (message), "func", (gpointer) func);
  g_signal_connect_object (message, "response", G_CALLBACK (on_response), object, 0);
  gtk_window_present (GTK_WINDOW (message));
}
