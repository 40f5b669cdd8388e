// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-row-list-private.h"

#include "wb-compat.h"

enum { PROP_SELECTED = 1, N_PROPS };
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WbRowItem, wb_row_item, GTK_TYPE_WIDGET)

static void
on_activate (WbRowItem *self)
{
  GtkWidget *list = gtk_widget_get_parent (GTK_WIDGET (self));

  if (WB_IS_ROW_LIST (list) && self->position != GTK_INVALID_LIST_POSITION)
    g_signal_emit_by_name (list, "activate", self->position);
}

static void
wb_row_item_dispose (GObject *object)
{
  WbRowItem *self = WB_ROW_ITEM (object);

  g_clear_pointer (&self->child, gtk_widget_unparent);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (wb_row_item_parent_class)->dispose (object);
}

/* A line below each row. As a border of the theme's it would be filled as a path, which takes as long as the text above. */
#define LINE .08f

static void
wb_row_item_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  graphene_rect_t box;
  GdkRGBA colour;

  GTK_WIDGET_CLASS (wb_row_item_parent_class)->snapshot (widget, snapshot);
  if (!gtk_widget_compute_bounds (widget, widget, &box))
    return;
  wb_compat_get_colour (widget, &colour);
  colour.alpha *= LINE;
  gtk_snapshot_append_color (snapshot, &colour, &GRAPHENE_RECT_INIT (box.origin.x, box.origin.y + box.size.height - 1, box.size.width, 1));
}

static void
wb_row_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SELECTED)
    g_value_set_boolean (value, WB_ROW_ITEM (object)->selected);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
wb_row_item_class_init (WbRowItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  guint activate = g_signal_new_class_handler ("activate", WB_TYPE_ROW_ITEM, G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION,
                                               G_CALLBACK (on_activate), NULL, NULL, NULL, G_TYPE_NONE, 0);

  object_class->dispose = wb_row_item_dispose;
  object_class->get_property = wb_row_item_get_property;
  widget_class->snapshot = wb_row_item_snapshot;
  props[PROP_SELECTED] = g_param_spec_boolean ("selected", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_activate_signal (widget_class, activate);
  gtk_widget_class_set_css_name (widget_class, "row");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
wb_row_item_init (WbRowItem *self)
{
  self->position = GTK_INVALID_LIST_POSITION;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "activatable");
}

WbRowItem *
wb_row_item_new (const WbRowMaker *maker, gpointer data)
{
  WbRowItem *self = g_object_new (WB_TYPE_ROW_ITEM, NULL);

  self->child = maker->make (G_OBJECT (self), data);
  gtk_widget_set_parent (self->child, GTK_WIDGET (self));
  return self;
}

void
wb_row_item_show (WbRowItem *self, GObject *item, const WbRowMaker *maker, gpointer data)
{
  if (self->item != NULL)
    maker->unbind (self->child, data);
  g_set_object (&self->item, item);
  if (item != NULL)
    maker->bind (self->child, item, data);
}

void
wb_row_item_set_selected (WbRowItem *self, gboolean selected)
{
  if (self->selected == selected)
    return;
  self->selected = selected;
  if (selected)
    gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

gboolean
wb_row_item_is_spare (WbRowItem *self)
{
  return self->position == GTK_INVALID_LIST_POSITION;
}

/* A spare one is there for nobody. It stays visible as GTK has it: all of the window would be laid out anew otherwise. */
static void
set_spare (WbRowItem *self, gboolean spare)
{
  if (gtk_widget_get_child_visible (GTK_WIDGET (self)) != spare)
    return;
  gtk_widget_set_child_visible (GTK_WIDGET (self), !spare);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_HIDDEN, spare, -1);
}

/* "12 of 1,000,000", to a screen reader. */
void
wb_row_item_set_place (WbRowItem *self, guint position, guint n_items)
{
  self->position = position;
  set_spare (self, position == GTK_INVALID_LIST_POSITION);
  if (position == GTK_INVALID_LIST_POSITION || (self->told[0] == position && self->told[1] == n_items))
    return;
  self->told[0] = position;
  self->told[1] = n_items;
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_POS_IN_SET, (int) position + 1,
                                  GTK_ACCESSIBLE_RELATION_SET_SIZE, (int) n_items, -1);
}
