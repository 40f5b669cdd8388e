// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-picture-inspector-private.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-crop-view.h"
#include "wb-round-preview.h"

const int wb_inspector_sides[WB_N_INSPECTOR_SIDES] = { 32, 24, 48 };

/* Buttons of what is selected; those with a state show for that one alone. */
static const struct {
  const char *act;
  const char *label;
  WbTileState state; /* WB_N_TILE_STATES: several are selected */
} buttons[] = {
  { "choose-file", N_("Choose File…"), WB_TILE_EMPTY },
  { "choose-between", N_("Choose Between 2 Files…"), WB_TILE_AMBIGUOUS },
  { "choose-file", N_("Replace…"), WB_TILE_REFUSED },
  { "remove", N_("Remove"), WB_TILE_REFUSED },
  { "choose-file", N_("Find…"), WB_TILE_GONE },
  { "remove", N_("Remove Pictures"), WB_N_TILE_STATES },
  { "give-same", N_("Give Same Picture…"), WB_N_TILE_STATES },
  { "reset", N_("Reset Crop"), WB_N_TILE_STATES },
};

void
wb_inspector_show_buttons (WbPictureInspector *self, WbTileState state)
{
  guint i = 0;

  for (GtkWidget *button = gtk_widget_get_first_child (self->buttons); button != NULL;
       button = gtk_widget_get_next_sibling (button), i++)
    gtk_widget_set_visible (button, buttons[i].state == state);
}

static GtkWidget *
make_label (const char *style, gboolean wrap)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), wrap);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (!wrap)
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, style);
  return label;
}

static void
on_close (WbPictureInspector *self)
{
  g_signal_emit (self, wb_inspector_signals[WB_INSPECTOR_CLOSE], 0);
}

static GtkWidget *
make_head (WbPictureInspector *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");

  self->title = make_label ("title-4", FALSE);
  self->subtitle = make_label ("caption", FALSE);
  gtk_widget_add_css_class (self->subtitle, "dim-label");
  gtk_widget_set_hexpand (lines, TRUE);
  /* Without a second line the first stands beside the middle of the button. */
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (lines), self->title);
  gtk_box_append (GTK_BOX (lines), self->subtitle);
  gtk_widget_add_css_class (close, "flat");
  gtk_widget_set_valign (close, GTK_ALIGN_START);
  wb_accessible_set_name (close, _("Close Inspector"));
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (on_close), self);
  gtk_box_append (GTK_BOX (head), lines);
  gtk_box_append (GTK_BOX (head), close);
  return head;
}

static void
add_icon_button (WbPictureInspector *self, GtkWidget *box, const char *icon, const char *name, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  wb_accessible_set_name (button, name);
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (box), button);
}

static GtkWidget *
make_controls (WbPictureInspector *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *reset = gtk_button_new_with_label (_("Reset"));

  self->zoom = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 1, 4, 0.05);
  gtk_scale_set_draw_value (GTK_SCALE (self->zoom), FALSE);
  gtk_widget_set_hexpand (self->zoom, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->zoom), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Zoom"), -1);
  g_signal_connect_swapped (self->zoom, "value-changed", G_CALLBACK (wb_inspector_on_zoom), self);
  add_icon_button (self, box, "list-remove-symbolic", _("Zoom Out"), G_CALLBACK (wb_inspector_on_smaller));
  gtk_box_append (GTK_BOX (box), self->zoom);
  add_icon_button (self, box, "list-add-symbolic", _("Zoom In"), G_CALLBACK (wb_inspector_on_larger));
  add_icon_button (self, box, "object-rotate-right-symbolic", _("Rotate by 90°"),
                   G_CALLBACK (wb_picture_inspector_turn));
  gtk_widget_set_margin_start (reset, 6);
  gtk_widget_set_tooltip_text (reset, _("The largest square, as at first"));
  g_signal_connect_swapped (reset, "clicked", G_CALLBACK (wb_picture_inspector_reset), self);
  gtk_box_append (GTK_BOX (box), reset);
  return box;
}

/* As recipients may see it: a row of an inbox, a small list, the head of an open mail. */
static GtkWidget *
make_inbox_row (WbPictureInspector *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *time = make_label ("caption", FALSE), *sample = make_label ("caption", FALSE);

  self->round[0] = wb_round_preview_new (wb_inspector_sides[0]);
  self->name = make_label ("heading", FALSE);
  gtk_label_set_label (GTK_LABEL (sample), _("A question about Tuesday"));
  gtk_label_set_label (GTK_LABEL (time), "09:41");
  gtk_widget_add_css_class (sample, "dim-label");
  gtk_widget_add_css_class (time, "dim-label");
  gtk_widget_set_valign (time, GTK_ALIGN_START);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (lines), self->name);
  gtk_box_append (GTK_BOX (lines), sample);
  gtk_box_append (GTK_BOX (row), self->round[0]);
  gtk_box_append (GTK_BOX (row), lines);
  gtk_box_append (GTK_BOX (row), time);
  gtk_widget_add_css_class (row, "card-row");
  return row;
}

static GtkWidget *
make_other_sizes (WbPictureInspector *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  const char *const names[] = { NULL, _("Small list"), _("Header") };

  for (guint i = 1; i < WB_N_INSPECTOR_SIDES; i++)
    {
      GtkWidget *label = make_label ("caption", FALSE);

      self->round[i] = wb_round_preview_new (wb_inspector_sides[i]);
      gtk_label_set_label (GTK_LABEL (label), names[i]);
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_set_hexpand (label, i == 1);
      gtk_box_append (GTK_BOX (row), self->round[i]);
      gtk_box_append (GTK_BOX (row), label);
    }
  gtk_widget_add_css_class (row, "card-row");
  return row;
}

static GtkWidget *
make_card (WbPictureInspector *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (card, "card");
  gtk_box_append (GTK_BOX (card), make_inbox_row (self));
  gtk_box_append (GTK_BOX (card), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (card), make_other_sizes (self));
  return card;
}

static GtkWidget *
make_crop_part (WbPictureInspector *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *heading = make_label ("heading", FALSE);

  self->crop_part = box;
  self->crop = wb_crop_view_new ();
  g_signal_connect_swapped (self->crop, "changed", G_CALLBACK (wb_inspector_on_crop_changed), self);
  g_signal_connect_swapped (self->crop, "settled", G_CALLBACK (wb_inspector_on_crop_settled), self);
  gtk_label_set_label (GTK_LABEL (heading), _("As recipients may see it"));
  self->facts = make_label ("caption", TRUE);
  gtk_widget_add_css_class (self->facts, "dim-label");
  gtk_box_append (GTK_BOX (box), self->crop);
  gtk_box_append (GTK_BOX (box), make_controls (self));
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), make_card (self));
  gtk_box_append (GTK_BOX (box), self->facts);
  return box;
}

static void
on_button (GtkWidget *button, WbPictureInspector *self)
{
  g_signal_emit (self, wb_inspector_signals[WB_INSPECTOR_ACT], 0, g_object_get_data (G_OBJECT (button), "act"));
}

static GtkWidget *
make_buttons (WbPictureInspector *self)
{
  self->buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (_(buttons[i].label));

      g_object_set_data (G_OBJECT (button), "act", (gpointer) buttons[i].act);
      g_signal_connect (button, "clicked", G_CALLBACK (on_button), self);
      gtk_box_append (GTK_BOX (self->buttons), button);
    }
  return self->buttons;
}

void
wb_inspector_build (WbPictureInspector *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->box, "inspector");
  gtk_box_append (GTK_BOX (self->box), make_head (self));
  gtk_box_append (GTK_BOX (self->box), make_crop_part (self));
  self->note = make_label ("body", TRUE);
  gtk_box_append (GTK_BOX (self->box), self->note);
  gtk_box_append (GTK_BOX (self->box), make_buttons (self));
  self->scroller = gtk_scrolled_window_new ();
  gtk_widget_set_focusable (self->scroller, FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->box);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}
