// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later

/* A small window with one of each thing that the driver can work, for tests of the driver itself.
 * What was done to it stands in labels, so that it can be read back from outside. `--nameless` adds
 * a button without a name. */
#include <adwaita.h>
#include <string.h>

typedef struct {
  GtkWindow *window;
  GtkLabel *said;    /* what was clicked or chosen last */
  GtkLabel *dropped; /* "N drops, M files, BASENAMES" */
  guint drops, files;
} Sample;

static void
on_clicked (GtkButton *button, Sample *self)
{
  gtk_label_set_label (self->said, "clicked");
}

static void
on_toggled (GtkToggleButton *button, Sample *self)
{
  gtk_label_set_label (self->said, gtk_toggle_button_get_active (button) ? "toggled on" : "toggled off");
}

static void
on_switched (GtkSwitch *widget, GParamSpec *pspec, Sample *self)
{
  gtk_label_set_label (self->said, gtk_switch_get_active (widget) ? "switched on" : "switched off");
}

static void
on_activate (GtkEntry *entry, Sample *self)
{
  g_autofree char *text = g_strdup_printf ("entered %s", gtk_editable_get_text (GTK_EDITABLE (entry)));

  gtk_label_set_label (self->said, text);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, Sample *self)
{
  GSList *files = g_value_get_boxed (value);
  g_autofree char *text = NULL;
  g_autofree char *first = g_file_get_basename (files->data);

  self->drops++;
  self->files += g_slist_length (files);
  text = g_strdup_printf ("%u drops, %u files, %s", self->drops, self->files, first);
  gtk_label_set_label (self->dropped, text);
  return TRUE;
}

static void
on_chosen (GtkNativeDialog *dialog, int response, Sample *self)
{
  g_autoptr (GListModel) files = NULL;
  g_autoptr (GString) text = g_string_new ("chose");

  files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
  for (guint i = 0; response == GTK_RESPONSE_ACCEPT && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      g_autofree char *name = g_file_get_basename (file);

      g_string_append_printf (text, " %s", name);
    }
  gtk_label_set_label (self->said, text->str);
  g_object_unref (dialog);
}

static void
on_choose (GtkButton *button, Sample *self)
{
  GtkFileChooserNative *dialog;

  dialog = gtk_file_chooser_native_new ("Choose Pictures", self->window, GTK_FILE_CHOOSER_ACTION_OPEN,
                                        "_Open", "_Cancel");
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (on_chosen), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static GtkWidget *
with_label (GtkWidget *widget, const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return widget;
}

static GtkWidget *
build_drop_area (Sample *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  GtkWidget *area = gtk_frame_new (NULL);

  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (area, GTK_EVENT_CONTROLLER (target));
  gtk_widget_set_vexpand (area, TRUE);
  self->dropped = GTK_LABEL (gtk_label_new ("no drops"));
  gtk_frame_set_child (GTK_FRAME (area), GTK_WIDGET (self->dropped));
  return area;
}

static GtkWidget *
build_content (Sample *self, gboolean nameless)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *button = gtk_button_new_with_label ("Press");
  GtkWidget *choose = gtk_button_new_with_label ("Choose…");
  GtkWidget *toggle = gtk_toggle_button_new_with_label ("Toggle");
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *flip = with_label (gtk_switch_new (), "Flip");
  GtkWidget *entry = with_label (gtk_entry_new (), "Name");

  self->said = GTK_LABEL (gtk_label_new ("nothing yet"));
  g_signal_connect (button, "clicked", G_CALLBACK (on_clicked), self);
  g_signal_connect (choose, "clicked", G_CALLBACK (on_choose), self);
  g_signal_connect (toggle, "toggled", G_CALLBACK (on_toggled), self);
  g_signal_connect (flip, "notify::active", G_CALLBACK (on_switched), self);
  g_signal_connect (entry, "activate", G_CALLBACK (on_activate), self);
  gtk_box_append (GTK_BOX (row), button);
  gtk_box_append (GTK_BOX (row), choose);
  gtk_box_append (GTK_BOX (row), toggle);
  gtk_box_append (GTK_BOX (row), flip);
  if (nameless)
    gtk_box_append (GTK_BOX (row), gtk_button_new_from_icon_name ("list-add-symbolic"));
  gtk_box_append (GTK_BOX (box), row);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->said));
  gtk_box_append (GTK_BOX (box), build_drop_area (self));
  return box;
}

int
main (int argc, char **argv)
{
  GtkWidget *content, *box;
  Sample self = { 0 };

  adw_init ();
  g_set_prgname ("sample");
  self.window = GTK_WINDOW (adw_window_new ());
  gtk_window_set_title (self.window, "Sample");
  gtk_window_set_default_size (self.window, 640, 480);
  content = build_content (&self, argc > 1 && strcmp (argv[1], "--nameless") == 0);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), content);
  adw_window_set_content (ADW_WINDOW (self.window), box);
  gtk_window_present (self.window);
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}
