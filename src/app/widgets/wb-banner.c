// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-banner.h"

struct _WbBanner {
  GtkWidget parent_instance;

  GtkWidget *revealer, *box, *icon, *text, *button;
};

enum { CLICKED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbBanner, wb_banner, GTK_TYPE_WIDGET)

static void
wb_banner_dispose (GObject *object)
{
  g_clear_pointer (&WB_BANNER (object)->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (wb_banner_parent_class)->dispose (object);
}

static void
wb_banner_class_init (WbBannerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_banner_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[CLICKED] = g_signal_new ("clicked", WB_TYPE_BANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
on_clicked (WbBanner *self)
{
  g_signal_emit (self, signals[CLICKED], 0);
}

static void
wb_banner_init (WbBanner *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->icon = gtk_image_new ();
  self->text = gtk_label_new ("");
  self->button = gtk_button_new ();
  self->revealer = gtk_revealer_new ();
  gtk_label_set_wrap (GTK_LABEL (self->text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (self->text), 0);
  gtk_widget_set_hexpand (self->text, TRUE);
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (box, "banner");
  gtk_widget_add_css_class (box, "accent");
  self->box = box;
  gtk_box_append (GTK_BOX (box), self->icon);
  gtk_box_append (GTK_BOX (box), self->text);
  gtk_box_append (GTK_BOX (box), self->button);
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), box);
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_clicked), self);
}

GtkWidget *
wb_banner_new (void)
{
  return g_object_new (WB_TYPE_BANNER, NULL);
}

void
wb_banner_show (WbBanner *self, const char *icon, const char *cause, const char *consequence, const char *button)
{
  g_autofree char *text = g_strdup_printf ("%s %s", cause, consequence);
  PangoAttrList *attributes = pango_attr_list_new ();
  PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

  bold->start_index = 0;
  bold->end_index = strlen (cause);
  pango_attr_list_insert (attributes, bold);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
  gtk_label_set_text (GTK_LABEL (self->text), text);
  gtk_label_set_attributes (GTK_LABEL (self->text), attributes);
  pango_attr_list_unref (attributes);
  gtk_widget_set_visible (self->button, button != NULL);
  if (button != NULL)
    gtk_button_set_label (GTK_BUTTON (self->button), button);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
}

void
wb_banner_set_kind (WbBanner *self, const char *kind)
{
  const char *classes[] = { "banner", kind, NULL };

  gtk_widget_set_css_classes (self->box, classes);
}

/* Hidden whole: a collapsed revealer still counts its child's width. */
void
wb_banner_hide (WbBanner *self)
{
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
