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

/* "816", "816.5" is none, "816.50", "$816,50"; cents, -1 for what is no sum. */
static gint64
parse_sum (const char *typed)
{
  g_autofree char *text = g_strstrip (g_strdup (typed));
  g_auto (GStrv) parts = g_strsplit (g_strdelimit (*text == '$' ? text + 1 : text, ",", '.'), ".", 2);
  guint64 whole, rest = 0;

  if (parts[0] == NULL || !g_ascii_string_to_unsigned (parts[0], 10, 0, G_MAXINT32, &whole, NULL))
    return -1;
  if (parts[1] != NULL
      && (strlen (parts[1]) != 2 || !g_ascii_string_to_unsigned (parts[1], 10, 0, 99, &rest, NULL)))
    return -1;
  return (gint64) (whole * 100 + rest);
}

gboolean
wb_pay_guard_allows (const char *typed, gint64 cents)
{
  return parse_sum (typed) >= MAX (cents, 1);
}

typedef gboolean (*GuardFunc) (const char *typed, gint64 cents);

typedef struct {
  GtkWidget *message; /* owns the entry */
  char *response;
  gint64 cents;
  GuardFunc fits;
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
                                 guard->fits (gtk_editable_get_text (entry), guard->cents));
}

static GtkWidget *
entry_new (const char *text, gint64 cents, GuardFunc fits, GtkWidget *message, const char *response)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (text), *entry = gtk_entry_new ();
  Guard *guard = g_new0 (Guard, 1);

  guard->message = message;
  guard->response = g_strdup (response);
  guard->cents = cents;
  guard->fits = fits;
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

GtkWidget *
wb_pay_guard_entry_new (const char *text, gint64 cents, GtkWidget *message, const char *response)
{
  return entry_new (text, cents, wb_pay_guard_matches, message, response);
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

/* A sum that is not whole is below no limit: the person says how much it may be, and nothing is sent before. */
static char *
dup_ask_for_most (const WbCost *cost)
{
  g_autofree char *least = wb_format_money (cost->due_cents);
  g_autofree char *known
      = cost->unknown > 0 ? g_strdup_printf (ngettext ("No price was stated for %u name. The sum is at least %s.",
                                                       "No price was stated for %u names. The sum is at least %s.",
                                                       cost->unknown),
                                             cost->unknown, least)
                          : g_strdup_printf (_("Not every price is known. The sum is at least %s."), least);

  /* Translators: two sentences, the first one says what is known of the sum */
  return g_strdup_printf (_("%s The service is not bound by what you type. Type the most you allow this order to cost:"),
                          known);
}

static GtkWidget *
ask_new (GtkWindow *parent, const char *customer, const WbCost *cost)
{
  g_autofree char *sum = wb_format_money (cost->due_cents), *name = wb_format_text (customer);
  g_autofree char *heading
      = g_strdup_printf (cost->complete ? _("Pay About %s for %s?") : _("Pay at Least %s for %s?"), sum, name);
  g_autofree char *label
      = g_strdup_printf (cost->complete ? _("Pay About %s and Start") : _("Pay at Least %s and Start"), sum);
  GtkWidget *message = wb_compat_message_new (
      parent, heading, _("One request creates and pays the order. This cannot be taken back."));

  wb_compat_message_add (message, "not-now", _("Not Now"), WB_COMPAT_PLAIN);
  wb_compat_message_add (message, "pay", label, WB_COMPAT_SUGGESTED);
  wb_compat_message_set_enabled (message, "pay", FALSE);
  return message;
}

void
wb_pay_confirm_one_step (GtkWindow *parent, WbProfile *profile, const char *customer, const WbCost *cost,
                         GCallback func, GObject *object)
{
  g_autofree char *text = cost->complete ? wb_pay_guard_dup_text (profile, cost->due_cents) : dup_ask_for_most (cost);
  GtkWidget *message;

  if (text == NULL)
    {
      ((void (*) (GObject *)) func) (object);
      return;
    }
  message = ask_new (parent, customer, cost);
  wb_compat_message_set_extra (message, entry_new (text, cost->due_cents,
                                                   cost->complete ? wb_pay_guard_matches : wb_pay_guard_allows,
                                                   message, "pay"));
  g_object_set_data (G_OBJECT (message), "func", (gpointer) func);
  g_signal_connect_object (message, "response", G_CALLBACK (on_response), object, 0);
  gtk_window_present (GTK_WINDOW (message));
}
