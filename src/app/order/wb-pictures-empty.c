// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-step-pictures-private.h"

#include <glib/gi18n.h>

/* What the step shows before there is any picture. */

static const struct {
  const char *name;
  const char *rule;
} samples[] = {
  { "amara.okafor@brightloom.example.jpg", N_("the address") },
  { "trybrightloom/kofi.png", N_("folder and user name") },
  { "Lindqvist Jonas (2).jpeg", N_("the person, any order") },
  { "therrera.jpg", N_("initial and last name") },
};

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* Side by side; below each other on a telephone (wb_pictures_lay_out_empty). */
static GtkWidget *
make_sample (guint i, GtkSizeGroup *rules)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *pair = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = make_label (samples[i].name, "monospace"), *rule = make_label (_(samples[i].rule), NULL);

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_size_group_add_widget (rules, rule);
  gtk_box_append (GTK_BOX (pair), name);
  gtk_box_append (GTK_BOX (pair), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_box_append (GTK_BOX (pair), rule);
  gtk_box_append (GTK_BOX (row), gtk_image_new_from_icon_name ("image-x-generic-symbolic"));
  gtk_box_append (GTK_BOX (row), pair);
  gtk_widget_add_css_class (row, "sample-row");
  return row;
}

static GtkWidget *
make_samples (WbStepPictures *self)
{
  g_autoptr (GtkSizeGroup) rules = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);

  self->empty_names = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      if (i > 0)
        gtk_box_append (GTK_BOX (self->empty_names), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
      gtk_box_append (GTK_BOX (self->empty_names), make_sample (i, rules));
    }
  gtk_widget_add_css_class (self->empty_names, "card");
  return self->empty_names;
}

static GtkWidget *
make_centred (const char *style)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, style);
  return label;
}

static void
on_empty_go (WbStepPictures *self)
{
  if (wb_draft_get_n_mailboxes (wb_pictures_draft (self)) == 0)
    {
      wb_order_step_go (WB_ORDER_STEP (self), WB_STEP_MAILBOXES);
      return;
    }
  self->show_tiles = TRUE;
  wb_pictures_update (self, WB_DRAFT_PICTURES);
  wb_picture_groups_focus_current (self->groups);
}

GtkWidget *
wb_pictures_make_empty (WbStepPictures *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new (), *clamp = adw_clamp_new (),
            *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name ("image-x-generic-symbolic");

  self->empty_title = make_centred ("title-1");
  self->empty_text = make_centred ("dim-label");
  self->empty_go = gtk_button_new ();
  gtk_widget_set_halign (self->empty_go, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->empty_go, "flat");
  g_signal_connect_swapped (self->empty_go, "clicked", G_CALLBACK (on_empty_go), self);
  gtk_image_set_pixel_size (GTK_IMAGE (icon), 64);
  gtk_widget_add_css_class (icon, "dim-label");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), self->empty_title);
  gtk_box_append (GTK_BOX (box), self->empty_text);
  gtk_box_append (GTK_BOX (box), make_samples (self));
  gtk_box_append (GTK_BOX (box), self->empty_go);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (box, "empty-page");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 560);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_widget_set_focusable (scroller, FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  return scroller;
}

void
wb_pictures_update_empty (WbStepPictures *self)
{
  guint n = wb_draft_get_n_mailboxes (wb_pictures_draft (self));
  g_autofree char *show
      = g_strdup_printf (ngettext ("Choose for %u Mailbox by Hand", "Choose for %u Mailboxes by Hand", n), n);
  gboolean along = wb_picture_files_go_along (wb_pictures_draft (self));

  gtk_label_set_label (GTK_LABEL (self->empty_title), n > 0 ? _("Drop Pictures Here") : _("No Mailboxes Yet"));
  gtk_label_set_label (
      GTK_LABEL (self->empty_text),
      n > 0 ? _("Files or a whole folder, JPEG or PNG. They find their mailbox by name, however you write it:")
            : _("Pictures belong to mailboxes. Add these first; pictures can be dropped here at any time."));
  gtk_widget_set_visible (self->empty_names, n > 0 && along);
  gtk_button_set_label (GTK_BUTTON (self->empty_go), n > 0 ? show : _("Go to Mailboxes"));
}

void
wb_pictures_lay_out_empty (WbStepPictures *self, gboolean narrow)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->empty_names); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *pair = GTK_IS_BOX (row) ? gtk_widget_get_last_child (row) : NULL;

      if (pair == NULL)
        continue;
      gtk_orientable_set_orientation (GTK_ORIENTABLE (pair),
                                      narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
      gtk_box_set_spacing (GTK_BOX (pair), narrow ? 0 : 12);
      gtk_widget_set_visible (gtk_widget_get_next_sibling (gtk_widget_get_first_child (pair)), !narrow);
    }
}
