// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-columns.h"

/* GTK's own selections follow row objects, which a WbListModel keeps by position; this one follows numbers. */
struct _WbRowSelection {
  GObject parent_instance;

  WbListModel *model;
  gint64 rowid; /* -1 = none */
  guint position;
  guint last; /* where it stood before it went */
  char *id;
  WbRow *awaited; /* the selected row, while it is not read yet */
  gulong awaited_id;
};

enum { PROP_SELECTED_ID = 1, PROP_N_ITEMS, N_PROPS };
static GParamSpec *props[N_PROPS];

static void list_model_init (GListModelInterface *iface);
static void selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbRowSelection, wb_row_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, selection_model_init))

static gpointer
get_item (GListModel *list, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (WB_ROW_SELECTION (list)->model), position);
}

static GType
get_item_type (GListModel *list)
{
  return WB_TYPE_ROW;
}

static guint
get_n_items (GListModel *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (WB_ROW_SELECTION (list)->model));
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item = get_item;
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
}

static gboolean
is_selected (GtkSelectionModel *selection, guint position)
{
  return WB_ROW_SELECTION (selection)->position == position;
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *selection, guint position, guint n_items)
{
  WbRowSelection *self = WB_ROW_SELECTION (selection);
  GtkBitset *set = gtk_bitset_new_empty ();

  if (self->position != GTK_INVALID_LIST_POSITION)
    gtk_bitset_add (set, self->position);
  return set;
}

static void
stop_waiting (WbRowSelection *self)
{
  if (self->awaited != NULL)
    g_clear_signal_handler (&self->awaited_id, self->awaited);
  g_clear_object (&self->awaited);
}

/* What was selected before stays shown until it is known what is now. */
static void
take_id (WbRowSelection *self)
{
  g_autoptr (WbRow) row = self->position != GTK_INVALID_LIST_POSITION
                              ? g_list_model_get_item (G_LIST_MODEL (self->model), self->position)
                              : NULL;
  const char *id = row != NULL ? wb_row_get_id (row) : "";

  stop_waiting (self);
  if (row != NULL && wb_row_is_placeholder (row))
    {
      self->awaited_id = g_signal_connect_swapped (row, "changed", G_CALLBACK (take_id), self);
      self->awaited = g_steal_pointer (&row);
      return;
    }
  if (g_strcmp0 (self->id, id) == 0)
    return;
  g_free (self->id);
  self->id = g_strdup (id);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED_ID]);
}

static void
move (WbRowSelection *self, guint position)
{
  guint old = self->position;

  if (old == position)
    return;
  if (old != GTK_INVALID_LIST_POSITION)
    self->last = old;
  self->position = position;
  if (old != GTK_INVALID_LIST_POSITION && old < get_n_items (G_LIST_MODEL (self)))
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), old, 1);
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position, 1);
}

void
wb_row_selection_select (WbRowSelection *self, guint position)
{
  self->rowid = wb_list_model_get_rowid (self->model, position);
  move (self, self->rowid >= 0 ? position : GTK_INVALID_LIST_POSITION);
  take_id (self);
}

static gboolean
select_item (GtkSelectionModel *selection, guint position, gboolean unselect_rest)
{
  wb_row_selection_select (WB_ROW_SELECTION (selection), position);
  return TRUE;
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->select_item = select_item;
}

/* After the model announced: the number may stand elsewhere, or be gone from this view. */
static void
follow (WbListModel *model, WbRowSelection *self)
{
  gint64 position = self->rowid >= 0 ? wb_list_model_find (model, self->rowid) : -1;

  move (self, position >= 0 ? (guint) position : GTK_INVALID_LIST_POSITION);
  if (self->awaited != NULL)
    take_id (self);
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, WbRowSelection *self)
{
  if (self->position != GTK_INVALID_LIST_POSITION && self->position >= position + removed)
    self->position += added - removed;
  else if (self->position != GTK_INVALID_LIST_POSITION && self->position >= get_n_items (G_LIST_MODEL (self)))
    {
      self->last = self->position;
      self->position = GTK_INVALID_LIST_POSITION;
    }
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
wb_row_selection_dispose (GObject *object)
{
  stop_waiting (WB_ROW_SELECTION (object));
  g_clear_object (&WB_ROW_SELECTION (object)->model);
  G_OBJECT_CLASS (wb_row_selection_parent_class)->dispose (object);
}

static void
wb_row_selection_finalize (GObject *object)
{
  g_free (WB_ROW_SELECTION (object)->id);
  G_OBJECT_CLASS (wb_row_selection_parent_class)->finalize (object);
}

static void
wb_row_selection_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WbRowSelection *self = WB_ROW_SELECTION (object);

  if (id == PROP_SELECTED_ID)
    g_value_set_string (value, self->id);
  else if (id == PROP_N_ITEMS)
    g_value_set_uint (value, get_n_items (G_LIST_MODEL (self)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
wb_row_selection_class_init (WbRowSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = wb_row_selection_dispose;
  object_class->finalize = wb_row_selection_finalize;
  object_class->get_property = wb_row_selection_get_property;
  props[PROP_SELECTED_ID] = g_param_spec_string ("selected-id", NULL, NULL, "", flags);
  props[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
wb_row_selection_init (WbRowSelection *self)
{
  self->rowid = -1;
  self->position = GTK_INVALID_LIST_POSITION;
  self->id = g_strdup ("");
}

WbRowSelection *
wb_row_selection_new (WbListModel *model)
{
  WbRowSelection *self = g_object_new (WB_TYPE_ROW_SELECTION, NULL);

  self->model = g_object_ref (model);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (on_items_changed), self, 0);
  g_signal_connect_object (model, "counts-changed", G_CALLBACK (follow), self, 0);
  return self;
}

/* A row that went hands the selection to the one that stands there now. */
void
wb_row_selection_replace_gone (WbRowSelection *self)
{
  guint n = get_n_items (G_LIST_MODEL (self));

  if (self->rowid < 0 || self->position != GTK_INVALID_LIST_POSITION)
    return;
  wb_row_selection_select (self, n > 0 ? MIN (self->last, n - 1) : GTK_INVALID_LIST_POSITION);
}

guint
wb_row_selection_get_position (WbRowSelection *self)
{
  return self->position;
}
