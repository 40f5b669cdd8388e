// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-collection-page-private.h"

#include <glib/gi18n.h>

#include "wb-application-private.h"
#include "wb-compat.h"
#include "wb-dialogs.h"
#include "wb-lazy.h"
#include "wb-window.h"

/* What can be done with the selected row: by key, by double click and by its menu. None of it sends: what
 * would, is shown. */

static WbRow *
selected_row (WbCollectionPage *self)
{
  guint position = wb_row_selection_get_position (self->selection);
  g_autoptr (WbRow) row = position != GTK_INVALID_LIST_POSITION
                              ? g_list_model_get_item (G_LIST_MODEL (self->model), position)
                              : NULL;

  /* Of one that is not read yet nobody knows what it is. */
  return row != NULL && !wb_row_is_placeholder (row) ? g_steal_pointer (&row) : NULL;
}

static WbApplication *
application (void)
{
  return WB_APPLICATION (g_application_get_default ());
}

static gboolean
is_draft (WbCollectionPage *self, WbRow *row)
{
  return self->words->collection == WB_COLLECTION_ORDERS && g_str_equal (wb_row_get_text (row, "kind"), "draft");
}

static void
open_row (WbCollectionPage *self, WbRow *row)
{
  if (is_draft (self, row))
    wb_application_open_draft (application (), wb_row_get_id (row));
  else if (self->words->collection == WB_COLLECTION_ORDERS)
    wb_application_show_order (application (), wb_row_get_id (row));
  else
    wb_collection_page_show_detail (self, TRUE);
}

static void
on_activate (WbCollectionPage *self, guint position)
{
  g_autoptr (WbRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (row != NULL && !wb_row_is_placeholder (row))
    open_row (self, row);
}

static void
on_open (WbCollectionPage *self, WbRow *row)
{
  open_row (self, row);
}

static void
copy (WbCollectionPage *self, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  wb_application_toast (application (), _("Copied"));
}

static void
on_copy_row (WbCollectionPage *self, WbRow *row)
{
  g_autofree char *text = NULL;

  if (wb_row_selection_get_n_selected (self->selection) > 1)
    {
      wb_collection_page_copy_selected (self);
      return;
    }
  text = wb_row_dup_copy (self->words, row);

  copy (self, text);
}

/* The service's id where there is one: it is what others know. */
static void
on_copy_id (WbCollectionPage *self, WbRow *row)
{
  const char *made = self->words->collection == WB_COLLECTION_ORDERS ? wb_row_get_text (row, "order-id") : "";

  copy (self, *made != '\0' ? made : wb_row_get_id (row));
}

static void
on_edit (WbCollectionPage *self, WbRow *row)
{
  wb_customer_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->profile, wb_row_get_id (row));
}

static void
on_order_for (WbCollectionPage *self, WbRow *row)
{
  wb_application_new_order (application (), wb_row_get_id (row));
}

static void
on_delete_draft (WbCollectionPage *self, WbRow *row)
{
  wb_draft_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->profile, wb_row_get_id (row),
                           wb_row_get_text (row, "customer"));
}

static void
on_show_in_activity (WbCollectionPage *self, WbRow *row)
{
  const char *text = wb_row_get_text (row, self->words->collection == WB_COLLECTION_ORDERS ? "order-id" : "name");

  wb_window_search (WB_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), WB_COLLECTION_ACTIVITY, text);
}

static void
on_show_customer (WbCollectionPage *self, WbRow *row)
{
  wb_application_show_customer (application (), wb_row_get_text (row, "customer-id"));
}

/* One table: the row's menu, its keys and what is insensitive come from it. */
#define ORDERS (1 << WB_COLLECTION_ORDERS)
#define ACTIVITY (1 << WB_COLLECTION_ACTIVITY)
#define CUSTOMERS (1 << WB_COLLECTION_CUSTOMERS)
#define OWNED (1 << WB_COLLECTION_DOMAINS | 1 << WB_COLLECTION_MAILBOXES | 1 << WB_COLLECTION_SUBSCRIPTIONS)
#define ALL (ORDERS | ACTIVITY | CUSTOMERS | OWNED)

typedef enum { ANY, DRAFT, NO_DRAFT, HAS_CUSTOMER } When;

typedef struct {
  const char *action;
  const char *label;
  guint collections;
  guint section;
  When when;
  void (*run) (WbCollectionPage *self, WbRow *row);
} RowAction;

static const RowAction row_actions[] = {
  { "collection.open", N_("_Open"), ALL, 0, ANY, on_open },
  { "collection.order-for", N_("_New Order for This Customer"), CUSTOMERS, 0, ANY, on_order_for },
  { "collection.edit", N_("_Edit…"), CUSTOMERS, 0, ANY, on_edit },
  { "collection.show-customer", N_("Show _Customer"), ORDERS | ACTIVITY | OWNED, 0, HAS_CUSTOMER, on_show_customer },
  { "collection.show-in-activity", N_("Show in _Activity"), ORDERS | CUSTOMERS, 0, NO_DRAFT, on_show_in_activity },
  { "collection.copy-row", N_("Copy _Row"), ALL, 1, ANY, on_copy_row },
  { "collection.copy-id", N_("Copy _Id"), ALL, 1, ANY, on_copy_id },
  { "collection.delete", N_("_Delete Draft…"), ORDERS, 2, DRAFT, on_delete_draft },
};

static gboolean
fits (WbCollectionPage *self, const RowAction *action, WbRow *row)
{
  if (wb_row_selection_get_n_selected (self->selection) > 1)
    return action->run == on_copy_row;
  if (row == NULL || (action->collections & (1u << self->words->collection)) == 0)
    return FALSE;
  switch (action->when)
    {
    case DRAFT:
      return is_draft (self, row);
    case NO_DRAFT:
      return !is_draft (self, row);
    case HAS_CUSTOMER:
      return *wb_row_get_text (row, "customer-id") != '\0';
    default:
      return TRUE;
    }
}

static void
on_row_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbCollectionPage *self = WB_COLLECTION_PAGE (widget);
  g_autoptr (WbRow) row = selected_row (self);

  for (guint i = 0; i < G_N_ELEMENTS (row_actions); i++)
    if (g_str_equal (row_actions[i].action, name) && fits (self, &row_actions[i], row))
      row_actions[i].run (self, row);
}

/* The menu */

static GMenuModel *
make_row_menu (WbCollectionPage *self, WbRow *row)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (row_actions); i++)
    {
      if (i > 0 && row_actions[i].section != row_actions[i - 1].section)
        {
          g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
          g_object_unref (section);
          section = g_menu_new ();
        }
      if (fits (self, &row_actions[i], row))
        g_menu_append (section, _(row_actions[i].label), row_actions[i].action);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  return G_MENU_MODEL (menu);
}

static void
pop_up (WbCollectionPage *self, const GdkRectangle *at)
{
  GtkWidget *list = wb_collection_page_get_list (self);
  g_autoptr (WbRow) row = selected_row (self);
  g_autoptr (GMenuModel) model = row != NULL ? make_row_menu (self, row) : NULL;

  if (model == NULL)
    return;
  self->row_menu = gtk_popover_menu_new_from_model (model);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->row_menu), FALSE);
  gtk_widget_set_halign (self->row_menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->row_menu, list);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->row_menu), at);
  gtk_popover_popup (GTK_POPOVER (self->row_menu));
}

/* A menu that was closed is still a child of the list, which would be looked at as one of its rows. */
static void
drop_menu (WbCollectionPage *self)
{
  g_clear_pointer (&self->row_menu, gtk_widget_unparent);
}

static void
pop_up_at (WbCollectionPage *self, double x, double y)
{
  GtkWidget *list = wb_collection_page_get_list (self);
  guint position;

  drop_menu (self);
  position = wb_compat_list_position_at (list, x, y);
  if (position == GTK_INVALID_LIST_POSITION)
    return;
  /* On one of several it is the menu of all. */
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    wb_collection_page_select_at (self, position);
  pop_up (self, &(GdkRectangle) { (int) x, (int) y, 1, 1 });
}

static void
on_menu_key (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbCollectionPage *self = WB_COLLECTION_PAGE (widget);
  guint position = wb_row_selection_get_position (self->selection);
  GdkRectangle bounds;

  drop_menu (self);
  if (position == GTK_INVALID_LIST_POSITION || !wb_compat_list_row_bounds (wb_collection_page_get_list (self), position, &bounds))
    return;
  pop_up (self, &(GdkRectangle) { bounds.x + 48, bounds.y + bounds.height / 2, 1, 1 });
}

/* Pointer and keys of the list */

static void
on_right_click (GtkGestureClick *gesture, int n, double x, double y, WbCollectionPage *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  pop_up_at (self, x, y);
}

static void
on_long_press (GtkGestureLongPress *gesture, double x, double y, WbCollectionPage *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  pop_up_at (self, x, y);
}

static gboolean
show_pane (gpointer data)
{
  WbCollectionPage *self = data;

  if (self->profile != NULL && adw_flap_get_folded (self->flap))
    wb_collection_page_show_detail (self, TRUE);
  g_object_unref (self);
  return G_SOURCE_REMOVE;
}

/* Where the pane lies over the list, a click shows it; the row has selected itself by then. */
static void
on_click (GtkGestureClick *gesture, int n, double x, double y, WbCollectionPage *self)
{
  GtkWidget *list = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if (n == 1 && (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0 && !wb_row_selection_get_shows_checks (self->selection)
      && wb_compat_list_position_at (list, x, y) != GTK_INVALID_LIST_POSITION)
    g_idle_add (show_pane, g_object_ref (self));
}

/* The row takes Space for itself otherwise. */
static gboolean
on_key (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, WbCollectionPage *self)
{
  if (keyval != GDK_KEY_space || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;
  wb_collection_page_toggle_detail (self);
  return TRUE;
}

static void
watch_list (WbCollectionPage *self, GtkWidget *list)
{
  GtkGesture *right = gtk_gesture_click_new (), *left = gtk_gesture_click_new (), *press = gtk_gesture_long_press_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (right), GDK_BUTTON_SECONDARY);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (left), GDK_BUTTON_PRIMARY);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (left), GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (right, "pressed", G_CALLBACK (on_right_click), self);
  g_signal_connect (left, "pressed", G_CALLBACK (wb_collection_page_pressed), self);
  g_signal_connect (left, "released", G_CALLBACK (on_click), self);
  g_signal_connect (press, "pressed", G_CALLBACK (on_long_press), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (list, GTK_EVENT_CONTROLLER (right));
  gtk_widget_add_controller (list, GTK_EVENT_CONTROLLER (left));
  gtk_widget_add_controller (list, GTK_EVENT_CONTROLLER (press));
  gtk_widget_add_controller (list, keys);
}

/* The page's own menu */

static void
on_add_order (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbCollectionPage *self = WB_COLLECTION_PAGE (widget);

  if (self->words->collection == WB_COLLECTION_ORDERS)
    wb_add_order_dialog_present (GTK_WINDOW (gtk_widget_get_root (widget)), self->profile);
}

static void
append_selecting (GMenu *menu)
{
  g_menu_append (menu, _("S_elect"), "collection.choose");
  g_menu_append (menu, _("Select _All"), "collection.select-all");
  g_menu_append (menu, _("_Invert Selection"), "collection.invert");
}

static GMenuModel *
make_menu (WbCollectionPage *self)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _("_Search"), "win.search");
  g_menu_append (menu, _("Add _Filter…"), "collection.filter");
  g_menu_append (menu, _("_Views"), "collection.views");
  g_menu_append (menu, _("_Refresh"), "win.refresh");
  g_menu_append (menu, _("_Details"), "win.toggle-detail");
  append_selecting (menu);
  if (!self->words->rows_only)
    g_menu_append (menu, _("_Columns…"), "collection.columns");
  g_menu_append (menu, _("E_xport…"), "collection.export");
  if (self->words->collection == WB_COLLECTION_ORDERS)
    g_menu_append (menu, _("_Add Order by Id…"), "collection.add-order");
  return G_MENU_MODEL (menu);
}

void
wb_collection_page_main (WbCollectionPage *self)
{
  if (self->words->main_action != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), self->words->main_action, NULL);
}

void
wb_collection_page_build_actions (WbCollectionPage *self)
{
  g_autoptr (GMenuModel) menu = make_menu (self);

  wb_lazy_menu (GTK_MENU_BUTTON (self->menu), menu);
  watch_list (self, wb_collection_page_get_list (self));
}

static void
add_bindings (GtkWidgetClass *widget_class)
{
  guint n_rows;
  const WbActionRow *rows = wb_action_rows (&n_rows);

  for (guint i = 0; i < n_rows; i++)
    {
      g_auto (GStrv) accels = g_str_has_prefix (rows[i].name, "collection.") ? g_strsplit (rows[i].accels, " ", 0) : NULL;

      for (guint k = 0; accels != NULL && accels[k] != NULL; k++)
        {
          GdkModifierType modifiers;
          guint key;

          if (gtk_accelerator_parse (accels[k], &key, &modifiers))
            gtk_widget_class_add_binding_action (widget_class, key, modifiers, rows[i].name, NULL);
        }
    }
}

void
wb_collection_page_class_init_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  for (guint i = 0; i < G_N_ELEMENTS (row_actions); i++)
    gtk_widget_class_install_action (widget_class, row_actions[i].action, NULL, on_row_action);
  gtk_widget_class_install_action (widget_class, "collection.add-order", NULL, on_add_order);
  gtk_widget_class_install_action (widget_class, "collection.menu", NULL, on_menu_key);
  add_bindings (widget_class);
}
