// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-banner.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"

#define COMPACT_ICON_TOP 12
#define LONG_CHARS 60 /* with the cause, four lines where it is narrow */

struct _WbBanner {
  GtkWidget parent_instance;

  char *cause, *consequence;
  char *shown; /* all of it, NULL while hidden */
  gboolean compact, narrow;
  GtkWidget *revealer, *box, *icon, *lines, *text, *rest, *more, *button;
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
wb_banner_finalize (GObject *object)
{
  g_free (WB_BANNER (object)->cause);
  g_free (WB_BANNER (object)->shown);
  g_free (WB_BANNER (object)->consequence);
  G_OBJECT_CLASS (wb_banner_parent_class)->finalize (object);
}

static void
wb_banner_class_init (WbBannerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_banner_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_banner_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[CLICKED] = g_signal_new ("clicked", WB_TYPE_BANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
on_clicked (WbBanner *self)
{
  g_signal_emit (self, signals[CLICKED], 0);
}

/* Whether the consequence is told only when it is asked for. */
static gboolean
folds (WbBanner *self)
{
  return self->compact
         || (self->narrow && self->consequence != NULL && g_utf8_strlen (self->consequence, -1) > LONG_CHARS);
}

static void
on_more (WbBanner *self)
{
  gboolean open = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->more));

  gtk_widget_set_visible (self->rest, folds (self) && open);
  gtk_button_set_icon_name (GTK_BUTTON (self->more), open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_STATE_EXPANDED, open, -1);
}

static GtkWidget *
make_text (WbBanner *self)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (self->lines), label);
  return label;
}

static void
make_more (WbBanner *self)
{
  self->more = gtk_toggle_button_new ();
  gtk_widget_add_css_class (self->more, "flat");
  gtk_widget_add_css_class (self->more, "circular");
  gtk_widget_set_valign (self->more, GTK_ALIGN_START);
  gtk_widget_set_visible (self->more, FALSE);
  wb_accessible_set_name (self->more, _("What It Means"));
  g_signal_connect_swapped (self->more, "toggled", G_CALLBACK (on_more), self);
  on_more (self);
}

static void
wb_banner_init (WbBanner *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->icon = gtk_image_new ();
  self->text = make_text (self);
  self->rest = make_text (self);
  self->button = gtk_button_new ();
  self->revealer = gtk_revealer_new ();
  make_more (self);
  gtk_widget_set_hexpand (self->lines, TRUE);
  gtk_widget_set_valign (self->lines, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->box, "banner");
  gtk_widget_add_css_class (self->box, "accent");
  gtk_box_append (GTK_BOX (self->box), self->icon);
  gtk_box_append (GTK_BOX (self->box), self->lines);
  gtk_box_append (GTK_BOX (self->box), self->more);
  gtk_box_append (GTK_BOX (self->box), self->button);
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), self->box);
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_clicked), self);
}

GtkWidget *
wb_banner_new (void)
{
  return g_object_new (WB_TYPE_BANNER, NULL);
}

/* One text, or the cause alone and the consequence below it when asked for. */
static void
fill (WbBanner *self)
{
  const char *cause = self->cause != NULL ? self->cause : "", *consequence = self->consequence != NULL ? self->consequence : "";
  g_autofree char *text = g_strdup_printf ("%s %s", cause, consequence);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
  gboolean folded = folds (self);

  bold->start_index = 0;
  bold->end_index = strlen (cause);
  pango_attr_list_insert (attributes, bold);
  gtk_label_set_text (GTK_LABEL (self->text), folded ? cause : text);
  gtk_label_set_attributes (GTK_LABEL (self->text), attributes);
  gtk_label_set_text (GTK_LABEL (self->rest), consequence);
  gtk_widget_set_tooltip_text (self->text, folded ? consequence : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  folded ? consequence : "", -1);
  gtk_widget_set_visible (self->more, folded && *consequence != '\0');
  on_more (self);
}

void
wb_banner_set_compact (WbBanner *self, gboolean compact)
{
  g_autoptr (GtkWidget) button = g_object_ref (self->button);

  if (self->compact == compact)
    return;
  self->compact = compact;
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (button)), button);
  gtk_box_append (GTK_BOX (compact ? self->lines : self->box), button);
  gtk_widget_set_halign (button, compact ? GTK_ALIGN_START : GTK_ALIGN_FILL);
  gtk_widget_set_valign (self->icon, compact ? GTK_ALIGN_START : GTK_ALIGN_FILL);
  gtk_widget_set_margin_top (self->icon, compact ? COMPACT_ICON_TOP : 0); /* beside the first line */
  fill (self);
}

void
wb_banner_set_narrow (WbBanner *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  fill (self);
}

void
wb_banner_show (WbBanner *self, const char *icon, const char *cause, const char *consequence, const char *button)
{
  g_autofree char *shown = g_strjoin ("\n", icon, cause, consequence != NULL ? consequence : "", button, NULL);

  /* Pages show it at each answer: the same one is not laid out again. */
  if (g_strcmp0 (self->shown, shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&shown);
  /* Another matter: what it means is folded again. */
  if (g_strcmp0 (self->cause, cause) != 0)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->more), FALSE);
  g_free (self->cause);
  g_free (self->consequence);
  self->cause = g_strdup (cause);
  self->consequence = g_strdup (consequence);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
  fill (self);
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

  if (gtk_widget_has_css_class (self->box, kind))
    return;
  gtk_widget_set_css_classes (self->box, classes);
}

/* Hidden whole: a collapsed revealer still counts its child's width. */
void
wb_banner_hide (WbBanner *self)
{
  g_clear_pointer (&self->shown, g_free);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
