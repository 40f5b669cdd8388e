// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-views-popover.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-format.h"
#include "wb-list-terms.h"
#include "wb-view-drag.h"

#define LONGEST_NAME 60

static const WbBuiltInView built_in[] = {
  { WB_COLLECTION_ORDERS, N_("Not Paid Yet"), "state:not-paid,cannot-pay", NULL },
  { WB_COLLECTION_ORDERS, N_("Failed"), "state:failed,partly", NULL },
  { WB_COLLECTION_ORDERS, N_("Made in the Last 30 Days"), "made:<30d", NULL },
  { WB_COLLECTION_ACTIVITY, N_("Failed"), "state:failed", NULL },
  { WB_COLLECTION_ACTIVITY, N_("Paid in the Last 30 Days"), "paid:yes when:<30d", NULL },
  { WB_COLLECTION_CUSTOMERS, N_("Renewing in 30 Days"), "renewal:0d..30d", "next-renewal" },
  { WB_COLLECTION_CUSTOMERS, N_("Without Orders"), "orders:0", NULL },
  { WB_COLLECTION_DOMAINS, N_("Expiring in 30 Days"), "expires:0d..30d", "expires" },
  { WB_COLLECTION_DOMAINS, N_("Auto-renew Off"), "auto-renew:no", NULL },
  { WB_COLLECTION_MAILBOXES, N_("No Picture"), "picture:no", NULL },
  { WB_COLLECTION_MAILBOXES, N_("Failed"), "state:failed", NULL },
  { WB_COLLECTION_SUBSCRIPTIONS, N_("Due in 30 Days"), "due:0d..30d", "due" },
  { WB_COLLECTION_SUBSCRIPTIONS, N_("Auto-renew Off"), "auto-renew:no", NULL },
};

struct _WbViewsPopover {
  GtkPopover parent_instance;

  WbSavedViews *views;
  WbCollection collection;
  GtkWidget *stack, *list, *own, *form, *title, *entry, *save;
  char *naming; /* id of what is renamed, "" for a new one */
};

enum { BUILT_IN, CHOSEN, SAVE, REMOVED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbViewsPopover, wb_views_popover, GTK_TYPE_POPOVER)

static gboolean
fits (const WbBuiltInView *view)
{
  g_autoptr (GPtrArray) terms = wb_list_terms_parse (view->collection, view->filters);

  for (guint i = 0; i < terms->len; i++)
    if (wb_list_term_is_words (terms->pdata[i]))
      return FALSE;
  return terms->len > 0;
}

const WbBuiltInView **
wb_built_in_views (WbCollection collection, guint *n)
{
  const WbBuiltInView **views = g_new0 (const WbBuiltInView *, G_N_ELEMENTS (built_in) + 1);

  *n = 0;
  for (guint i = 0; i < G_N_ELEMENTS (built_in); i++)
    if (built_in[i].collection == collection && fits (&built_in[i]))
      views[(*n)++] = &built_in[i];
  return views;
}

/* The list */

static GtkWidget *
make_choice (const char *title)
{
  GtkWidget *button = gtk_button_new_with_label (title), *label = gtk_button_get_child (GTK_BUTTON (button));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "choice");
  return button;
}

static WbViewsPopover *
popover_of (GtkWidget *widget)
{
  return WB_VIEWS_POPOVER (gtk_widget_get_ancestor (widget, WB_TYPE_VIEWS_POPOVER));
}

static void
on_built_in (GtkWidget *button, const WbBuiltInView *view)
{
  WbViewsPopover *self = popover_of (button);

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[BUILT_IN], 0, view);
}

static void
on_chosen (GtkWidget *button)
{
  WbViewsPopover *self = popover_of (button);

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHOSEN], 0, g_object_get_data (G_OBJECT (button), "id"));
}

static void
add_item (GMenu *menu, const char *label, const char *action, const char *id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

static GtkWidget *
make_more (const WbSavedView *view, gboolean first, gboolean last)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *shown = wb_format_text (view->name);
  /* Translators: %s is the name of a view */
  g_autofree char *name = g_strdup_printf (_("Change “%s”"), shown);

  add_item (menu, _("_Rename…"), "views.rename", view->id);
  add_item (menu, _("Replace by What Is _Shown"), "views.replace", view->id);
  if (view->pinned)
    add_item (menu, _("_Unpin from Sidebar"), "views.unpin", view->id);
  else
    add_item (menu, _("_Pin to Sidebar"), "views.pin", view->id);
  if (!first)
    add_item (menu, _("Move _Up"), "views.up", view->id);
  if (!last)
    add_item (menu, _("Move _Down"), "views.down", view->id);
  add_item (menu, _("_Delete"), "views.delete", view->id);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_add_css_class (button, "flat");
  wb_accessible_set_name (button, name);
  return button;
}

static GtkWidget *
make_row (WbViewsPopover *self, const WbSavedView *view, gboolean first, gboolean last)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *name = wb_format_text (view->name);
  GtkWidget *button = make_choice (name);

  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (view->id), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_chosen), NULL);
  gtk_box_append (GTK_BOX (row), button);
  if (view->pinned)
    {
      GtkWidget *pin = gtk_image_new_from_icon_name ("starred-symbolic");

      gtk_widget_add_css_class (pin, "dim-label");
      gtk_widget_set_tooltip_text (pin, _("Pinned to the sidebar"));
      gtk_box_append (GTK_BOX (row), pin);
    }
  gtk_box_append (GTK_BOX (row), make_more (view, first, last));
  wb_view_drag_watch (row, self->views, view->id);
  return row;
}

/* (nullable): the view whose row has the focus; lent. */
static const char *
focused_id (WbViewsPopover *self)
{
  GtkWidget *row = gtk_widget_get_focus_child (self->own), *button = row != NULL ? gtk_widget_get_first_child (row) : NULL;

  return button != NULL ? g_object_get_data (G_OBJECT (button), "id") : NULL;
}

static void
fill_own (WbViewsPopover *self)
{
  guint n;
  g_autofree const WbSavedView **views = wb_saved_views_list (self->views, self->collection, &n);
  g_autofree char *focused = g_strdup (focused_id (self));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->own)) != NULL)
    gtk_box_remove (GTK_BOX (self->own), child);
  if (n > 0)
    gtk_box_append (GTK_BOX (self->own), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row = make_row (self, views[i], i == 0, i + 1 == n);

      gtk_box_append (GTK_BOX (self->own), row);
      if (g_strcmp0 (views[i]->id, focused) == 0)
        gtk_widget_grab_focus (gtk_widget_get_first_child (row));
    }
}

/* What was in the menu is gone with it: not while it still tells of its choice. */
static gboolean
fill_later (gpointer data)
{
  WbViewsPopover *self = data;

  if (gtk_widget_get_parent (GTK_WIDGET (self)) != NULL)
    fill_own (self);
  g_object_unref (self);
  return G_SOURCE_REMOVE;
}

static void
on_changed (WbViewsPopover *self)
{
  g_idle_add (fill_later, g_object_ref (self));
}

/* Names */

static void
on_name (WbViewsPopover *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  gtk_widget_set_sensitive (self->save, *text != '\0');
}

static void
on_save (WbViewsPopover *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  if (*text == '\0')
    return;
  if (*self->naming != '\0')
    {
      wb_saved_views_rename (self->views, self->naming, text);
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "list");
      gtk_widget_child_focus (self->list, GTK_DIR_TAB_FORWARD);
      return;
    }
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SAVE], 0, "", text);
}

static void
ask_name (WbViewsPopover *self, const char *id, const char *name)
{
  g_free (self->naming);
  self->naming = g_strdup (id);
  gtk_label_set_label (GTK_LABEL (self->title), *id != '\0' ? _("Rename View") : _("Save This View"));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), name);
  on_name (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "form");
  gtk_widget_grab_focus (self->entry);
}

void
wb_views_popover_ask_name (WbViewsPopover *self)
{
  ask_name (self, "", "");
}

static void
on_back (WbViewsPopover *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "list");
  gtk_widget_child_focus (self->list, GTK_DIR_TAB_FORWARD);
}

/* The menu of one's own */

static gboolean
rename_later (gpointer data)
{
  WbViewsPopover *self = data;
  const WbSavedView *view = wb_saved_views_find (self->views, self->naming);

  if (view != NULL && gtk_widget_get_parent (GTK_WIDGET (self)) != NULL)
    {
      g_autofree char *id = g_strdup (view->id);

      ask_name (self, id, view->name);
    }
  g_object_unref (self);
  return G_SOURCE_REMOVE;
}

/* After the menu has gone, which gives the focus back to its button. */
static void
on_rename (GSimpleAction *action, GVariant *id, gpointer data)
{
  WbViewsPopover *self = data;

  g_free (self->naming);
  self->naming = g_variant_dup_string (id, NULL);
  g_idle_add (rename_later, g_object_ref (self));
}

static void
on_replace (GSimpleAction *action, GVariant *id, gpointer data)
{
  gtk_popover_popdown (GTK_POPOVER (data));
  g_signal_emit (data, signals[SAVE], 0, g_variant_get_string (id, NULL), "");
}

static void
on_up (GSimpleAction *action, GVariant *id, gpointer data)
{
  wb_saved_views_move (WB_VIEWS_POPOVER (data)->views, g_variant_get_string (id, NULL), -1);
}

static void
on_down (GSimpleAction *action, GVariant *id, gpointer data)
{
  wb_saved_views_move (WB_VIEWS_POPOVER (data)->views, g_variant_get_string (id, NULL), 1);
}

static void
on_pin (GSimpleAction *action, GVariant *id, gpointer data)
{
  wb_saved_views_set_pinned (WB_VIEWS_POPOVER (data)->views, g_variant_get_string (id, NULL), TRUE);
}

static void
on_unpin (GSimpleAction *action, GVariant *id, gpointer data)
{
  wb_saved_views_set_pinned (WB_VIEWS_POPOVER (data)->views, g_variant_get_string (id, NULL), FALSE);
}

static void
on_delete (GSimpleAction *action, GVariant *id, gpointer data)
{
  gtk_popover_popdown (GTK_POPOVER (data));
  g_signal_emit (data, signals[REMOVED], 0, g_variant_get_string (id, NULL));
}

/* Alt+Up and Alt+Down, wherever in the row the focus is. */
static gboolean
on_key (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, WbViewsPopover *self)
{
  gboolean up = keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up, down = keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down;
  const char *id = focused_id (self);

  if ((state & gtk_accelerator_get_default_mod_mask ()) != GDK_ALT_MASK || (!up && !down) || id == NULL)
    return FALSE;
  wb_saved_views_move (self->views, id, up ? -1 : 1);
  return TRUE;
}

static void
watch_keys (WbViewsPopover *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
add_actions (WbViewsPopover *self)
{
  static const GActionEntry entries[] = {
    { .name = "rename", .activate = on_rename, .parameter_type = "s" },
    { .name = "replace", .activate = on_replace, .parameter_type = "s" },
    { .name = "pin", .activate = on_pin, .parameter_type = "s" },
    { .name = "unpin", .activate = on_unpin, .parameter_type = "s" },
    { .name = "up", .activate = on_up, .parameter_type = "s" },
    { .name = "down", .activate = on_down, .parameter_type = "s" },
    { .name = "delete", .activate = on_delete, .parameter_type = "s" },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "views", G_ACTION_GROUP (group));
}

/* Making it */

static void
fill_form (WbViewsPopover *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *back = gtk_button_new_from_icon_name ("go-previous-symbolic");

  self->title = gtk_label_new ("");
  self->entry = gtk_entry_new ();
  self->save = gtk_button_new_with_label (_("Save"));
  gtk_widget_add_css_class (back, "flat");
  wb_accessible_set_name (back, _("Back"));
  g_signal_connect_swapped (back, "clicked", G_CALLBACK (on_back), self);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), LONGEST_NAME);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("Name"));
  wb_accessible_set_label (self->entry, _("Name of the view"));
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (on_name), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_save), self);
  gtk_widget_add_css_class (self->save, "suggested-action");
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (on_save), self);
  gtk_box_append (GTK_BOX (head), back);
  gtk_box_append (GTK_BOX (head), self->title);
  gtk_box_append (GTK_BOX (self->form), head);
  gtk_box_append (GTK_BOX (self->form), self->entry);
  gtk_box_append (GTK_BOX (self->form), self->save);
}

static void
fill_list (WbViewsPopover *self)
{
  guint n;
  g_autofree const WbBuiltInView **views = wb_built_in_views (self->collection, &n);
  GtkWidget *save = make_choice (_("Save This View…"));

  for (guint i = 0; i < n; i++)
    {
      GtkWidget *button = make_choice (_(views[i]->title));

      g_signal_connect (button, "clicked", G_CALLBACK (on_built_in), (gpointer) views[i]);
      gtk_box_append (GTK_BOX (self->list), button);
    }
  gtk_box_append (GTK_BOX (self->list), self->own);
  gtk_box_append (GTK_BOX (self->list), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  g_signal_connect_swapped (save, "clicked", G_CALLBACK (wb_views_popover_ask_name), self);
  gtk_box_append (GTK_BOX (self->list), save);
  fill_own (self);
}

static void
wb_views_popover_dispose (GObject *object)
{
  WbViewsPopover *self = WB_VIEWS_POPOVER (object);

  g_clear_object (&self->views);
  g_clear_pointer (&self->naming, g_free);
  G_OBJECT_CLASS (wb_views_popover_parent_class)->dispose (object);
}

static void
wb_views_popover_class_init (WbViewsPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_views_popover_dispose;
  signals[BUILT_IN] = g_signal_new ("built-in", WB_TYPE_VIEWS_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[CHOSEN] = g_signal_new ("chosen", WB_TYPE_VIEWS_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SAVE] = g_signal_new ("save", WB_TYPE_VIEWS_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[REMOVED] = g_signal_new ("removed", WB_TYPE_VIEWS_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wb_views_popover_init (WbViewsPopover *self)
{
  self->naming = g_strdup ("");
  self->stack = gtk_stack_new ();
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->own = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->form = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_widget_add_css_class (self->stack, "popover-body");
  gtk_widget_add_css_class (self->stack, "views-body");
  gtk_widget_set_size_request (self->form, 220, -1);
  fill_form (self);
  gtk_stack_add_named (GTK_STACK (self->stack), self->list, "list");
  gtk_stack_add_named (GTK_STACK (self->stack), self->form, "form");
  gtk_popover_set_child (GTK_POPOVER (self), self->stack);
  add_actions (self);
  watch_keys (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Views"), -1);
}

GtkWidget *
wb_views_popover_new (WbSavedViews *views, WbCollection collection)
{
  WbViewsPopover *self = g_object_new (WB_TYPE_VIEWS_POPOVER, NULL);

  self->views = g_object_ref (views);
  self->collection = collection;
  fill_list (self);
  g_signal_connect_object (views, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
