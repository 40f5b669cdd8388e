// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-dialogs.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-application-private.h"
#include "wb-compat.h"
#include "wb-forget-words.h"
#include "wb-format.h"

/* Before a profile is forgotten: what goes with it, what does not, and whether it may go now. Its name is typed, so
 * that it is the one that is meant. */

/* Orders under way that are shown; all of them are copied. */
#define MOST_SHOWN 4

typedef struct {
  WbProfile *profile;
  WbProfileLoss *loss;
  GtkWidget *dialog;
  GtkWindow *parent;     /* goes with the profile: it shows it */
  GtkEditable *name;
  GtkCheckButton *all_the_same; /* (nullable): nothing is under way */
  GCancellable *cancellable;
} Forget;

static void
forget_free (gpointer data)
{
  Forget *self = data;

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_object_unref (self->profile);
  g_clear_pointer (&self->loss, wb_profile_loss_free);
  g_free (self);
}

static void present_with (GtkWindow *parent, WbProfile *profile, WbProfileLoss *loss);

/* What goes */

static GtkWidget *
make_row (const char *title, const char *subtitle, const char *icon)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  if (icon != NULL)
    adw_action_row_set_icon_name (ADW_ACTION_ROW (row), icon);
  return row;
}

static GtkWidget *
make_list (const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return list;
}

static GtkWidget *
make_loss (Forget *self)
{
  GtkWidget *list = make_list (_("What is removed"));
  g_autoptr (GPtrArray) lines = wb_forget_words_loss (self->loss, wb_profile_get_info (self->profile)->kind);

  for (guint i = 0; i < lines->len; i++)
    {
      const WbForgetLine *line = lines->pdata[i];

      gtk_list_box_append (GTK_LIST_BOX (list), make_row (line->title, line->subtitle, NULL));
    }
  return list;
}

static GtkWidget *
make_text (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

/* What is under way */

static void
on_copy (GtkButton *button, Forget *self)
{
  g_autofree char *text = wb_forget_words_stakes (self->loss);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), text);
  gtk_button_set_label (button, _("Copied"));
}

static GtkWidget *
make_stakes (Forget *self)
{
  GtkWidget *list = make_list (_("Orders under way"));
  GPtrArray *stakes = self->loss->stakes;

  for (guint i = 0; i < MIN (stakes->len, MOST_SHOWN); i++)
    {
      g_autofree char *title = NULL, *subtitle = NULL;

      wb_forget_words_stake (stakes->pdata[i], &title, &subtitle);
      gtk_list_box_append (GTK_LIST_BOX (list), make_row (title, subtitle, "dialog-warning-symbolic"));
    }
  if (stakes->len > MOST_SHOWN)
    {
      guint more = stakes->len - MOST_SHOWN;
      g_autofree char *text = g_strdup_printf (ngettext ("And %u more", "And %u more", more), more);

      gtk_list_box_append (GTK_LIST_BOX (list), make_row (text, NULL, NULL));
    }
  return list;
}

static void
add_stakes (Forget *self, GtkBox *box)
{
  g_autofree char *said = wb_forget_words_under_way (self->loss);
  guint n = self->loss->stakes->len;
  GtkWidget *copy = gtk_button_new_with_label (ngettext ("Copy It", "Copy All of Them", n));
  GtkWidget *check = gtk_check_button_new_with_label (
    ngettext ("I have noted it: forget it all the same", "I have noted them: forget them all the same", n));
  GtkWidget *label = gtk_widget_get_last_child (check);

  gtk_box_append (box, make_text (said));
  gtk_box_append (box, make_stakes (self));
  gtk_widget_set_halign (copy, GTK_ALIGN_START);
  g_signal_connect (copy, "clicked", G_CALLBACK (on_copy), self);
  gtk_box_append (box, copy);
  if (GTK_IS_LABEL (label))
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_box_append (box, check);
  self->all_the_same = GTK_CHECK_BUTTON (check);
}

/* Whether it may go */

static gboolean
is_its_name (Forget *self)
{
  const char *name = wb_profile_get_info (self->profile)->name;
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  g_autofree char *shown = g_strstrip (wb_format_text (name)), *stripped = g_strstrip (g_strdup (name));

  return g_str_equal (typed, stripped) || g_str_equal (typed, shown);
}

static void
update (Forget *self)
{
  gboolean noted = self->all_the_same == NULL || gtk_check_button_get_active (self->all_the_same);

  wb_compat_message_set_enabled (self->dialog, "forget", noted && is_its_name (self));
}

static void
add_name (Forget *self, GtkBox *box)
{
  g_autofree char *name = wb_format_isolated (wb_profile_get_info (self->profile)->name);
  /* Translators: %s is the name of a profile */
  g_autofree char *ask = g_strdup_printf (_("Type “%s” to go on"), name);
  GtkWidget *entry = gtk_entry_new ();

  gtk_box_append (box, make_text (ask));
  wb_accessible_set_label (entry, ask);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), FALSE);
  gtk_box_append (box, entry);
  self->name = GTK_EDITABLE (entry);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (update), self);
  if (self->all_the_same != NULL)
    g_signal_connect_swapped (self->all_the_same, "toggled", G_CALLBACK (update), self);
}

static GtkWidget *
make_extra (Forget *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *stays = make_text (_("At the service nothing changes and no money moves: customers, domains and mailboxes "
                                  "stay as they are."));

  if (self->loss->stakes->len > 0)
    add_stakes (self, GTK_BOX (box));
  gtk_box_append (GTK_BOX (box), make_loss (self));
  gtk_widget_add_css_class (stays, "dim-label");
  gtk_box_append (GTK_BOX (box), stays);
  add_name (self, GTK_BOX (box));
  return box;
}

/* Going */

/* An order that was paid while the dialog was open is told of as well. */
static gboolean
is_as_told (Forget *self, const WbProfileLoss *now)
{
  return now->n_waiting == 0 && now->stakes->len <= self->loss->stakes->len;
}

static void
looked_again_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWindow) parent = user_data;
  g_autoptr (WbProfileLoss) now = wb_profile_loss_finish (WB_PROFILE (source), result, NULL);
  Forget *self = g_object_get_data (G_OBJECT (parent), "forget");
  g_autoptr (WbProfile) profile = NULL;
  g_autoptr (WbProfileLoss) told = NULL;

  if (self == NULL || now == NULL)
    return;
  if (!is_as_told (self, now))
    {
      present_with (parent, WB_PROFILE (source), g_steal_pointer (&now));
      return;
    }
  profile = g_object_ref (self->profile);
  told = g_steal_pointer (&self->loss);
  /* It shows the profile. */
  gtk_window_destroy (parent);
  wb_application_forget_profile (WB_APPLICATION (g_application_get_default ()), profile, g_steal_pointer (&told));
}

static void
on_response (GtkWidget *dialog, const char *response, Forget *self)
{
  /* The message still knows the window it lies over when it goes. */
  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  if (g_str_equal (response, "show"))
    {
      gtk_window_destroy (self->parent);
      wb_window_show_section (wb_application_ensure_window (WB_APPLICATION (g_application_get_default ())), WB_COLLECTION_ACTIVITY);
    }
  else if (g_str_equal (response, "forget"))
    wb_profile_loss_async (self->profile, self->cancellable, looked_again_cb, g_object_ref (self->parent));
}

static void
present_question (Forget *self, const char *name)
{
  /* Translators: %s is the name of a profile */
  g_autofree char *heading = g_strdup_printf (_("Forget “%s”?"), name);

  self->dialog = wb_compat_message_new (self->parent, heading,
                                        _("It is removed from this computer, and cannot be brought back."));
  wb_compat_message_set_extra (self->dialog, make_extra (self));
  wb_compat_message_add (self->dialog, "cancel", _("_Cancel"), WB_COMPAT_PLAIN);
  wb_compat_message_add (self->dialog, "forget", _("_Forget Profile"), WB_COMPAT_DESTRUCTIVE);
  update (self);
}

static void
present_refusal (Forget *self, const char *name)
{
  /* Translators: %s is the name of a profile */
  g_autofree char *heading = g_strdup_printf (_("“%s” Cannot Be Forgotten Now"), name);
  g_autofree char *body = wb_forget_words_waiting (self->loss);

  self->dialog = wb_compat_message_new (self->parent, heading, body);
  wb_compat_message_add (self->dialog, "close", _("_Close"), WB_COMPAT_PLAIN);
  wb_compat_message_add (self->dialog, "show", _("_Show Activity"), WB_COMPAT_PLAIN);
}

/* @loss: (transfer full) */
static void
present_with (GtkWindow *parent, WbProfile *profile, WbProfileLoss *loss)
{
  g_autofree char *name = wb_format_isolated (wb_profile_get_info (profile)->name);
  Forget *self = g_new0 (Forget, 1);

  self->profile = g_object_ref (profile);
  self->loss = loss;
  self->parent = parent;
  self->cancellable = g_cancellable_new ();
  if (loss->n_waiting > 0)
    present_refusal (self, name);
  else
    present_question (self, name);
  /* With the window that asked: the answer is looked up once more when the dialog has gone. */
  g_object_set_data_full (G_OBJECT (parent), "forget", self, forget_free);
  g_signal_connect (self->dialog, "response", G_CALLBACK (on_response), self);
  gtk_window_present (GTK_WINDOW (self->dialog));
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWindow) parent = user_data;
  g_autoptr (GError) error = NULL;
  WbProfileLoss *loss = wb_profile_loss_finish (WB_PROFILE (source), result, &error);

  if (loss != NULL)
    present_with (parent, WB_PROFILE (source), loss);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("what is in the profile could not be read: %s", error->message);
}

void
wb_forget_dialog_present (GtkWindow *parent, WbProfile *profile, GCancellable *cancellable)
{
  wb_profile_loss_async (profile, cancellable, looked_cb, g_object_ref (parent));
}
