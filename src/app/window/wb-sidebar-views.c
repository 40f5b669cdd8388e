// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-sidebar-private.h"

#include <glib/gi18n.h>

#include "wb-format.h"
#include "wb-view-drag.h"

/* Views that a person has pinned, each below its section, in the order they have in the list of views. */

/* Rows */

static GtkWidget *
make_row (WbSidebar *self, const WbSidebarSection *section, const WbSavedView *view)
{
  GtkWidget *widget = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *name = wb_format_text (view->name);
  GtkWidget *title = gtk_label_new (name);
  WbSidebarRow *row = g_new0 (WbSidebarRow, 1);

  row->section = section;
  row->view = g_strdup (view->id);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("folder-saved-search-symbolic"));
  gtk_box_append (GTK_BOX (box), title);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (widget), box);
  gtk_widget_add_css_class (widget, "pinned-view");
  gtk_widget_set_tooltip_text (widget, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (widget), "section", row, wb_sidebar_row_free);
  wb_view_drag_watch (widget, self->views, view->id);
  return widget;
}

static void
insert_views (WbSidebar *self, GtkListBoxRow *of_section)
{
  const WbSidebarSection *section = wb_sidebar_row_of (of_section)->section;
  int place = gtk_list_box_row_get_index (of_section);
  guint n;
  g_autofree const WbSavedView **views = wb_saved_views_list (self->views, section->collection, &n);

  for (guint i = 0; i < n; i++)
    if (views[i]->pinned)
      gtk_list_box_insert (self->list, make_row (self, section, views[i]), ++place);
}

static void
remove_views (WbSidebar *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL;)
    if (wb_sidebar_row_of (row)->view != NULL)
      gtk_list_box_remove (self->list, GTK_WIDGET (row));
    else
      i++;
}

/* Where its row is anew, or of its section where it is pinned no more. */
static GtkListBoxRow *
find_again (WbSidebar *self, WbCollection collection, const char *view)
{
  GtkListBoxRow *row = wb_sidebar_find_row (self, collection, view);

  return row != NULL ? row : wb_sidebar_find_row (self, collection, NULL);
}

/* What is selected and what has the focus stay so. */
static void
fill (WbSidebar *self)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list), *row;
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  WbSidebarRow *was = selected != NULL ? wb_sidebar_row_of (selected) : NULL, *had = focus != NULL ? wb_sidebar_row_of (focus) : NULL;
  g_autofree char *selected_view = was != NULL ? g_strdup (was->view) : NULL, *focus_view = had != NULL ? g_strdup (had->view) : NULL;
  const WbCollection selected_in = was != NULL ? was->section->collection : WB_COLLECTION_ORDERS;
  const WbCollection focus_in = had != NULL ? had->section->collection : WB_COLLECTION_ORDERS;

  remove_views (self);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (wb_sidebar_row_of (row)->view == NULL)
      insert_views (self, row);
  if (selected_view != NULL)
    gtk_list_box_select_row (self->list, find_again (self, selected_in, selected_view));
  if (focus_view != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (find_again (self, focus_in, focus_view)));
}

static gboolean
fill_later (gpointer data)
{
  WbSidebar *self = data;

  self->fill_id = 0;
  if (self->views != NULL)
    fill (self);
  return G_SOURCE_REMOVE;
}

/* Not while a menu still tells of its choice. */
static void
on_changed (WbSidebar *self)
{
  if (self->fill_id == 0)
    self->fill_id = g_idle_add (fill_later, self);
}

void
wb_sidebar_follow_views (WbSidebar *self, WbSavedViews *views)
{
  g_clear_handle_id (&self->fill_id, g_source_remove);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  if (self->views != NULL)
    g_clear_signal_handler (&self->views_id, self->views);
  g_set_object (&self->views, views);
  if (views == NULL)
    return;
  self->views_id = g_signal_connect_swapped (views, "changed", G_CALLBACK (on_changed), self);
  fill (self);
}

/* Keys and the menu */

static GtkListBoxRow *
pinned_neighbour (WbSidebar *self, GtkListBoxRow *row, int by)
{
  GtkListBoxRow *other = gtk_list_box_get_row_at_index (self->list, gtk_list_box_row_get_index (row) + by);

  return other != NULL && wb_sidebar_row_of (other)->view != NULL ? other : NULL;
}

static void
move_by (WbSidebar *self, GtkListBoxRow *row, int by)
{
  GtkListBoxRow *other = pinned_neighbour (self, row, by);

  if (other != NULL)
    wb_saved_views_move_to (self->views, wb_sidebar_row_of (row)->view, wb_sidebar_row_of (other)->view);
}

static GtkListBoxRow *
row_with (WbSidebar *self, GVariant *id)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_strcmp0 (wb_sidebar_row_of (row)->view, g_variant_get_string (id, NULL)) == 0)
      return row;
  return NULL;
}

static void
on_unpin (GSimpleAction *action, GVariant *id, gpointer data)
{
  wb_saved_views_set_pinned (WB_SIDEBAR (data)->views, g_variant_get_string (id, NULL), FALSE);
}

static void
on_up (GSimpleAction *action, GVariant *id, gpointer data)
{
  move_by (data, row_with (data, id), -1);
}

static void
on_down (GSimpleAction *action, GVariant *id, gpointer data)
{
  move_by (data, row_with (data, id), 1);
}

static void
add_item (GMenu *menu, const char *label, const char *action, const char *id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

/* Of the list, which outlives the row: what is chosen makes the rows anew. */
static void
open_menu (WbSidebar *self, GtkListBoxRow *row)
{
  const char *id = wb_sidebar_row_of (row)->view;
  g_autoptr (GMenu) menu = g_menu_new ();
  graphene_rect_t bounds;

  if (pinned_neighbour (self, row, -1) != NULL)
    add_item (menu, _("Move _Up"), "pinned.up", id);
  if (pinned_neighbour (self, row, 1) != NULL)
    add_item (menu, _("Move _Down"), "pinned.down", id);
  add_item (menu, _("_Unpin from Sidebar"), "pinned.unpin", id);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  self->menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self->list));
  if (gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &bounds))
    gtk_popover_set_pointing_to (GTK_POPOVER (self->menu),
                                 &(GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width, (int) bounds.size.height });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
on_pressed (GtkGestureClick *gesture, int n, double x, double y, WbSidebar *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_y (self->list, (int) y);

  if (row == NULL || wb_sidebar_row_of (row)->view == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  open_menu (self, row);
}

static gboolean
is_menu_key (guint keyval, GdkModifierType state)
{
  return keyval == GDK_KEY_Menu || (keyval == GDK_KEY_F10 && state == GDK_SHIFT_MASK);
}

static gboolean
on_key (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType all, WbSidebar *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  GdkModifierType state = all & gtk_accelerator_get_default_mod_mask ();
  gboolean up = keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up, down = keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down;

  if (focus == NULL || wb_sidebar_row_of (focus) == NULL || wb_sidebar_row_of (focus)->view == NULL)
    return FALSE;
  if (is_menu_key (keyval, state))
    open_menu (self, GTK_LIST_BOX_ROW (focus));
  else if (state == GDK_ALT_MASK && (up || down))
    move_by (self, GTK_LIST_BOX_ROW (focus), up ? -1 : 1);
  else
    return FALSE;
  return TRUE;
}

void
wb_sidebar_watch_views (WbSidebar *self)
{
  static const GActionEntry entries[] = {
    { .name = "unpin", .activate = on_unpin, .parameter_type = "s" },
    { .name = "up", .activate = on_up, .parameter_type = "s" },
    { .name = "down", .activate = on_down, .parameter_type = "s" },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "pinned", G_ACTION_GROUP (group));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), GTK_EVENT_CONTROLLER (click));
}
