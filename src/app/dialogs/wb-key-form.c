// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-key-dialog-private.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"

/* What the sheet for a key is made of: its fields, where the key goes, and the foot. */

static const char *const colours[] = { "blue", "teal", "green", "yellow", "orange", "red", "purple", "brown", NULL };
static const char *const colour_names[] = { N_("Blue"), N_("Teal"), N_("Green"), N_("Yellow"), N_("Orange"), N_("Red"),
                                            N_("Purple"), N_("Brown"), NULL };

static GtkWidget *
make_entry (WbKeyForm *form, GtkWidget *row, const char *title, const char *text)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_connect (row, "changed", G_CALLBACK (wb_key_form_changed), form);
  g_signal_connect (row, "entry-activated", G_CALLBACK (wb_key_form_test), form);
  return row;
}

static GtkWidget *
make_colours (void)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);

  for (guint i = 0; colour_names[i] != NULL; i++)
    gtk_string_list_append (model, _(colour_names[i]));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Colour"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  wb_accessible_quiet_choice (row);
  return row;
}

const char *
wb_key_form_get_colour (WbKeyForm *form)
{
  return colours[adw_combo_row_get_selected (ADW_COMBO_ROW (form->colour))];
}

static GtkWidget *
make_advanced (WbKeyForm *form, const char *header)
{
  GtkWidget *advanced = adw_expander_row_new ();

  form->header = make_entry (form, adw_entry_row_new (), _("Header Name"), header);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (advanced), _("Advanced"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (advanced), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Advanced"), -1);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (advanced), form->header);
  return advanced;
}

static GtkWidget *
make_fields (WbKeyForm *form)
{
  g_autoptr (WbProfileInfo) fresh = wb_profile_info_new ("", WB_PROFILE_LIVE);
  const WbProfileInfo *info = form->profile != NULL ? wb_profile_get_info (form->profile) : fresh;
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *advanced = make_advanced (form, info->header);
  gboolean fixed = form->profile != NULL;

  form->name = make_entry (form, adw_entry_row_new (), _("Name"), info->name);
  form->colour = make_colours ();
  form->address = make_entry (form, adw_entry_row_new (), _("Address"), info->base_url);
  form->key = make_entry (form, adw_password_entry_row_new (), _("API Key"), "");
  wb_accessible_name_icon (form->key, "view-reveal-symbolic", _("Show or Hide the Key"));
  adw_preferences_group_add (group, form->name);
  adw_preferences_group_add (group, form->colour);
  adw_preferences_group_add (group, form->key);
  adw_preferences_group_add (group, form->address);
  adw_preferences_group_add (group, advanced);
  gtk_widget_set_visible (form->name, !fixed);
  gtk_widget_set_visible (form->colour, !fixed);
  gtk_widget_set_visible (form->address, !fixed);
  /* A key is bound to its address: changing that is a matter of a new profile. */
  gtk_widget_set_visible (advanced, !fixed);
  return GTK_WIDGET (group);
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* Where the key goes, large. */
static GtkWidget *
make_host (WbKeyForm *form)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  form->host = make_label ("", "title-2");
  form->foreign = make_label (_("This is not the vendor’s own address. Whoever runs it gets your key."), "warning");
  gtk_box_append (GTK_BOX (box),
                  make_label (_("The key is kept in this computer’s keyring and sent only to"), "dim-label"));
  gtk_box_append (GTK_BOX (box), form->host);
  gtk_box_append (GTK_BOX (box), form->foreign);
  gtk_widget_add_css_class (box, "wash");
  return box;
}

GtkWidget *
wb_key_form_make_foot (WbKeyForm *form)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  form->result = make_label ("", NULL);
  form->spinner = gtk_spinner_new ();
  form->test = gtk_button_new_with_label (_("Test Connection"));
  form->done = gtk_button_new_with_label (_("Done"));
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  g_signal_connect (form->test, "clicked", G_CALLBACK (wb_key_form_test), form);
  g_signal_connect (form->done, "clicked", G_CALLBACK (wb_key_form_done), form);
  gtk_box_append (GTK_BOX (box), form->spinner);
  gtk_box_append (GTK_BOX (box), form->test);
  gtk_box_append (GTK_BOX (box), form->done);
  gtk_box_append (GTK_BOX (foot), form->result);
  gtk_box_append (GTK_BOX (foot), box);
  return foot;
}

GtkWidget *
wb_key_form_make_page (WbKeyForm *form)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  form->problem = make_label ("", "error");
  gtk_box_append (GTK_BOX (box), make_fields (form));
  gtk_box_append (GTK_BOX (box), form->problem);
  gtk_box_append (GTK_BOX (box), make_host (form));
  if (form->profile == NULL)
    gtk_box_append (
        GTK_BOX (box),
        make_label (_("A live profile starts read-only: you can look at everything, and unlock it to send."),
                    "dim-label"));
  return box;
}
