// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-sheet.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-compat.h"

typedef struct {
  gboolean (*is_changed) (gpointer data);
  gpointer data;
} Guard;

static void
on_response (GtkWidget *dialog, const char *response, GtkWindow *sheet)
{
  if (!g_str_equal (response, "discard"))
    return;
  /* The message still knows the window it lies over when it goes. */
  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  gtk_window_destroy (sheet);
}

static gboolean
on_close_request (GtkWindow *sheet, Guard *guard)
{
  GtkWidget *dialog;

  if (!guard->is_changed (guard->data))
    return FALSE;
  dialog = wb_compat_message_new (sheet, _("Discard What You Typed?"), _("Nothing of it has been sent or kept."));
  wb_compat_message_add (dialog, "stay", _("_Keep Typing"), WB_COMPAT_PLAIN);
  wb_compat_message_add (dialog, "discard", _("_Discard"), WB_COMPAT_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response), sheet, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return TRUE;
}

static void
guard_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

void
wb_sheet_guard (GtkWidget *sheet, gboolean (*is_changed) (gpointer data), gpointer data)
{
  Guard *guard = g_new (Guard, 1);

  *guard = (Guard) { is_changed, data };
  g_signal_connect_data (sheet, "close-request", G_CALLBACK (on_close_request), guard, guard_free, 0);
}

void
wb_sheet_done (GtkWidget *sheet)
{
  gtk_window_destroy (GTK_WINDOW (sheet));
}

void
wb_sheet_set_foot (GtkWidget *sheet, GtkWidget *foot)
{
  gtk_widget_add_css_class (foot, "sheet-foot");
  gtk_box_append (GTK_BOX (adw_window_get_content (ADW_WINDOW (sheet))), foot);
}

static gboolean
close_sheet (GtkWidget *sheet, GVariant *arguments, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (sheet));
  return TRUE;
}

GtkWidget *
wb_sheet_new (GtkWindow *parent, const char *title, int width, int height, GtkWidget *form, AdwHeaderBar **header)
{
  GtkWidget *sheet = adw_window_new (), *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0),
            *bar = adw_header_bar_new ();
  GtkWidget *scroller = gtk_scrolled_window_new (), *clamp = adw_clamp_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_widget_set_margin_top (form, 18);
  gtk_widget_set_margin_bottom (form, 18);
  gtk_widget_set_margin_start (form, 18);
  gtk_widget_set_margin_end (form, 18);
  adw_clamp_set_child (ADW_CLAMP (clamp), form);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (content), bar);
  gtk_box_append (GTK_BOX (content), scroller);
  adw_window_set_content (ADW_WINDOW (sheet), content);
  gtk_window_set_title (GTK_WINDOW (sheet), title);
  gtk_window_set_default_size (GTK_WINDOW (sheet), width, height);
  gtk_window_set_modal (GTK_WINDOW (sheet), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (sheet), parent);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_callback_action_new (close_sheet, NULL, NULL)));
  gtk_widget_add_controller (sheet, keys);
  wb_accessible_name_lists (form, title);
  if (header != NULL)
    *header = ADW_HEADER_BAR (bar);
  return sheet;
}
