// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-step-pictures-private.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-text-scale.h"

/* The widgets of step 4. */

/* From here on the line about files stands beside the chips. */
#define LINE_BESIDE 690
/* Below this (a telephone with large text) the first tool is an icon too. */
#define WORDS_FROM 300

static const struct {
  const char *name;
  const char *title;
} chips[] = {
  { "all", N_("All") },           { "none", N_("No picture") }, { "check", N_("To check") },
  { "refused", N_("Refused") },   { "ready", N_("Ready") },
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

/* Tools */

static GtkWidget *
make_tool (const char *icon, const char *text, const char *action, GtkWidget **words)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  *words = gtk_label_new (text);
  gtk_box_append (GTK_BOX (box), *words);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  return button;
}

static GtkWidget *
make_icon_tool (const char *icon, const char *name, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  wb_accessible_set_name (button, name);
  return button;
}

static GMenuModel *
make_view_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) groups = g_menu_new (), sizes = g_menu_new (), steps = g_menu_new ();

  g_menu_append (groups, _("Group by Domain"), "pictures.by-domain");
  g_menu_append (groups, _("Fold All Domains"), "pictures.fold-all");
  g_menu_append (groups, _("Unfold All Domains"), "pictures.unfold-all");
  g_menu_append (sizes, _("Larger Tiles"), "pictures.larger");
  g_menu_append (sizes, _("Smaller Tiles"), "pictures.smaller");
  g_menu_append (steps, _("Select All"), "pictures.select-all");
  g_menu_append (steps, _("Redo"), "order.redo");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (groups));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (sizes));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (steps));
  return G_MENU_MODEL (menu);
}

static GtkWidget *
make_tools (WbStepPictures *self)
{
  GtkWidget *tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *linked = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *add = make_tool ("list-add-symbolic", _("Add Pictures…"), "pictures.add", &self->words[0]);
  GtkWidget *view = gtk_menu_button_new ();
  g_autoptr (GMenuModel) menu = make_view_menu ();

  gtk_widget_add_css_class (add, "suggested-action");
  gtk_box_append (GTK_BOX (tools), add);
  gtk_box_append (GTK_BOX (tools),
                  make_tool ("folder-symbolic", _("Add Folder…"), "pictures.add-folder", &self->words[1]));
  gtk_box_append (GTK_BOX (tools), make_tool ("edit-paste-symbolic", _("Paste"), "pictures.paste", &self->words[2]));
  self->undo = make_icon_tool ("edit-undo-symbolic", _("Undo"), "order.undo");
  self->redo = make_icon_tool ("edit-redo-symbolic", _("Redo"), "order.redo");
  gtk_widget_add_css_class (linked, "linked");
  gtk_widget_set_hexpand (linked, TRUE);
  gtk_widget_set_halign (linked, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (linked), self->undo);
  gtk_box_append (GTK_BOX (linked), self->redo);
  gtk_box_append (GTK_BOX (tools), linked);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (view), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (view), menu);
  wb_accessible_set_name (view, _("View"));
  gtk_box_append (GTK_BOX (tools), view);
  gtk_widget_add_css_class (tools, "picture-tools");
  return tools;
}

/* Chips */

static void
on_chip (WbChipBar *bar, const char *name, WbStepPictures *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (chips); i++)
    if (g_str_equal (chips[i].name, name))
      wb_picture_groups_set_filter (self->groups, (int) i - 1);
}

static GtkWidget *
make_late (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6),
            *label = make_label (_("Files can be sent with the order only."), "caption");

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("dialog-information-symbolic"));
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (box, "dim-label");
  gtk_widget_set_tooltip_text (box, _("After the order the service takes a public web address, not a file."));
  return box;
}

static GtkWidget *
make_chips (WbStepPictures *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->chips = WB_CHIP_BAR (wb_chip_bar_new ());
  for (guint i = 0; i < G_N_ELEMENTS (chips); i++)
    wb_chip_bar_add (self->chips, chips[i].name, _(chips[i].title));
  wb_chip_bar_select (self->chips, "all");
  g_signal_connect (self->chips, "selected", G_CALLBACK (on_chip), self);
  gtk_widget_set_hexpand (GTK_WIDGET (self->chips), TRUE);
  self->late = make_late ();
  self->late_below = make_late ();
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->chips));
  gtk_box_append (GTK_BOX (row), self->late);
  gtk_box_append (GTK_BOX (box), row);
  gtk_box_append (GTK_BOX (box), self->late_below);
  gtk_widget_add_css_class (box, "picture-chips");
  return box;
}

/* Banners */

static GtkWidget *
make_banner (const char *icon, GtkWidget **label)
{
  GtkWidget *banner = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  *label = make_label ("", NULL);
  gtk_label_set_wrap (GTK_LABEL (*label), TRUE);
  gtk_widget_set_hexpand (*label, TRUE);
  gtk_box_append (GTK_BOX (banner), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (banner), *label);
  gtk_widget_add_css_class (banner, "picture-banner");
  gtk_widget_set_visible (banner, FALSE);
  return banner;
}

static GtkWidget *
make_unplaced_banner (WbStepPictures *self)
{
  GtkWidget *place = gtk_button_new_with_label (_("Place…"));

  gtk_widget_set_valign (place, GTK_ALIGN_CENTER);
  self->banner = make_banner ("dialog-question-symbolic", &self->banner_label);
  g_signal_connect_swapped (place, "clicked", G_CALLBACK (wb_pictures_begin_placing), self);
  gtk_box_append (GTK_BOX (self->banner), place);
  return self->banner;
}

/* Over the page */

static GtkWidget *
make_strip (WbStepPictures *self)
{
  GtkWidget *strip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->strip = strip;
  self->strip_label = make_label ("", NULL);
  gtk_label_set_wrap (GTK_LABEL (self->strip_label), TRUE);
  gtk_box_append (GTK_BOX (strip), gtk_image_new_from_icon_name ("folder-drag-accept-symbolic"));
  gtk_box_append (GTK_BOX (strip), self->strip_label);
  gtk_widget_add_css_class (strip, "drop-strip");
  gtk_widget_set_halign (strip, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (strip, GTK_ALIGN_END);
  /* What lies under it must be found by the pointer. */
  gtk_widget_set_can_target (strip, FALSE);
  gtk_widget_set_visible (strip, FALSE);
  return strip;
}

static GtkWidget *
make_frame (WbStepPictures *self)
{
  self->frame = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->frame, "drop-frame");
  gtk_widget_set_can_target (self->frame, FALSE);
  gtk_widget_set_visible (self->frame, FALSE);
  return self->frame;
}

static GtkWidget *
make_reading (WbStepPictures *self)
{
  GtkWidget *stop = gtk_button_new_with_label (_("Stop"));

  self->reading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->reading_label = make_label ("", "numeric");
  g_signal_connect_swapped (stop, "clicked", G_CALLBACK (wb_pictures_stop_reading), self);
  gtk_box_append (GTK_BOX (self->reading), gtk_image_new_from_icon_name ("waybill-working-symbolic"));
  gtk_box_append (GTK_BOX (self->reading), self->reading_label);
  gtk_box_append (GTK_BOX (self->reading), stop);
  gtk_widget_add_css_class (self->reading, "drop-strip");
  gtk_widget_add_css_class (self->reading, "reading-strip");
  gtk_widget_set_halign (self->reading, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->reading, GTK_ALIGN_END);
  gtk_widget_set_visible (self->reading, FALSE);
  return self->reading;
}

/* The pane */

static void
on_use (GObject *from, guint file, guint row, WbStepPictures *self)
{
  wb_pictures_give (self, file, row);
}

static void
on_choose (GObject *from, guint file, WbStepPictures *self)
{
  wb_pictures_choose_person (self, file);
}

static void
on_remove (GObject *from, guint file, WbStepPictures *self)
{
  wb_pictures_remove_file (self, file);
}

static void
connect_unplaced (WbStepPictures *self, gpointer from)
{
  g_signal_connect_object (from, "use", G_CALLBACK (on_use), self, 0);
  g_signal_connect_object (from, "choose", G_CALLBACK (on_choose), self, 0);
  g_signal_connect_object (from, "remove", G_CALLBACK (on_remove), self, 0);
}

static void
on_close (WbStepPictures *self)
{
  wb_pictures_show_side (self, FALSE);
}

static void
on_crop_changed (WbStepPictures *self)
{
  wb_picture_groups_refresh (self->groups);
}

static void
on_side_mapped (WbStepPictures *self)
{
  wb_pictures_show_page (self);
}

static GtkWidget *
make_side (WbStepPictures *self)
{
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->inspector = WB_PICTURE_INSPECTOR (wb_picture_inspector_new (wb_pictures_draft (self), self->previews));
  self->unplaced = WB_UNPLACED_LIST (wb_unplaced_list_new (wb_pictures_draft (self), self->previews));
  g_signal_connect_object (self->inspector, "act", G_CALLBACK (wb_pictures_act), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inspector, "close", G_CALLBACK (on_close), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inspector, "crop-changed", G_CALLBACK (on_crop_changed), self, G_CONNECT_SWAPPED);
  connect_unplaced (self, self->unplaced);
  gtk_box_append (GTK_BOX (side), GTK_WIDGET (self->inspector));
  self->side_line = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);
  gtk_box_append (GTK_BOX (side), self->side_line);
  gtk_widget_set_vexpand (GTK_WIDGET (self->unplaced), TRUE);
  gtk_box_append (GTK_BOX (side), GTK_WIDGET (self->unplaced));
  gtk_widget_set_vexpand (side, TRUE);
  g_signal_connect_object (side, "map", G_CALLBACK (on_side_mapped), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (side, "unmap", G_CALLBACK (on_side_mapped), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return side;
}

/* All of it */

static void
on_selection (WbStepPictures *self)
{
  g_autoptr (GPtrArray) items = wb_picture_groups_dup_selected (self->groups);

  wb_picture_inspector_show (self->inspector, items);
}

/* On a telephone a tap opens the inspector; elsewhere it stands beside, or Enter opens it. */
static void
on_tapped (WbPictureGroups *groups, WbPictureTile *tile, WbStepPictures *self)
{
  if (wb_pictures_is_narrow (self))
    wb_pictures_activate (self, tile);
}

static void
on_activated (WbPictureGroups *groups, WbPictureTile *tile, WbStepPictures *self)
{
  wb_pictures_activate (self, tile);
}

static void
on_menu (WbPictureGroups *groups, WbPictureTile *tile, WbStepPictures *self)
{
  wb_pictures_open_menu (self, tile);
}

static void
on_place_done (WbStepPictures *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "tiles");
  wb_pictures_show_page (self);
  wb_picture_groups_focus_current (self->groups);
}

static GtkWidget *
make_stack (WbStepPictures *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->groups = WB_PICTURE_GROUPS (wb_picture_groups_new (wb_pictures_draft (self), self->previews));
  g_signal_connect_object (self->groups, "selection-changed", G_CALLBACK (on_selection), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->groups, "tapped", G_CALLBACK (on_tapped), self, 0);
  g_signal_connect_object (self->groups, "activated", G_CALLBACK (on_activated), self, 0);
  g_signal_connect_object (self->groups, "menu", G_CALLBACK (on_menu), self, 0);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (wb_pictures_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->groups), keys);
  wb_pictures_add_drags (self);
  self->place = WB_PLACE_PAGE (wb_place_page_new (wb_pictures_draft (self), self->previews));
  connect_unplaced (self, self->place);
  g_signal_connect_object (self->place, "done", G_CALLBACK (on_place_done), self, G_CONNECT_SWAPPED);
  self->stack = gtk_stack_new ();
  /* A page that does not show asks for no room. */
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_stack_add_named (GTK_STACK (self->stack), wb_pictures_make_empty (self), "empty");
  gtk_stack_add_named (GTK_STACK (self->stack), GTK_WIDGET (self->groups), "tiles");
  gtk_stack_add_named (GTK_STACK (self->stack), GTK_WIDGET (self->place), "place");
  return self->stack;
}

void
wb_pictures_build (WbStepPictures *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *stack = make_stack (self), *chip_row = make_chips (self);

  self->side = g_object_ref_sink (make_side (self));
  gtk_box_append (GTK_BOX (box), make_tools (self));
  self->away = make_banner ("dialog-warning-symbolic", &self->away_label);
  gtk_box_append (GTK_BOX (box), self->away);
  gtk_box_append (GTK_BOX (box), chip_row);
  gtk_box_append (GTK_BOX (box), make_unplaced_banner (self));
  gtk_box_append (GTK_BOX (box), stack);
  self->said = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);
  gtk_widget_add_css_class (self->said, "quiet-status");
  gtk_box_append (GTK_BOX (box), self->said);
  self->chip_row = chip_row;
  self->overlay = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), box);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), make_frame (self));
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), make_strip (self));
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), make_reading (self));
  wb_order_step_set_child (WB_ORDER_STEP (self), self->overlay);
}

void
wb_pictures_lay_out (WbStepPictures *self)
{
  gboolean narrow = wb_pictures_is_narrow (self);
  double width = gtk_widget_get_width (GTK_WIDGET (self)) / wb_text_scale ();
  gboolean beside = width >= LINE_BESIDE;

  gtk_widget_set_visible (self->words[0], width >= WORDS_FROM);
  for (guint i = 1; i < G_N_ELEMENTS (self->words); i++)
    gtk_widget_set_visible (self->words[i], !narrow);
  gtk_widget_set_visible (self->redo, !narrow);
  /* A banner stands for it there. */
  gtk_widget_set_visible (GTK_WIDGET (self->unplaced), !narrow);
  gtk_widget_set_visible (self->side_line, !narrow);
  gtk_widget_set_visible (self->late, beside);
  gtk_widget_set_visible (self->late_below, !beside);
  wb_pictures_lay_out_empty (self, narrow);
  wb_place_page_set_tall (self->place, width < WORDS_FROM);
}
