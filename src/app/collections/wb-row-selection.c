// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-row-selection-private.h"

enum { PROP_SELECTED_ID = 1, PROP_N_ITEMS, PROP_N_SELECTED, PROP_SHOWS_CHECKS, N_PROPS };
static GParamSpec *props[N_PROPS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbRowSelection, wb_row_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, wb_row_selection_init_choosing))

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

/* Which one */

static void take_id (WbRowSelection *self);

static void
stop_waiting (WbRowSelection *self)
{
  if (self->awaited != NULL)
    g_signal_handlers_disconnect_by_func (self->awaited, take_id, self);
  g_clear_object (&self->awaited);
}

static void
set_id (WbRowSelection *self, const char *id)
{
  if (g_strcmp0 (self->id, id) == 0)
    return;
  g_free (self->id);
  self->id = g_strdup (id);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED_ID]);
}

/* Of one row alone; one that is hidden keeps it. */
static void
take_id (WbRowSelection *self)
{
  g_autoptr (WbRow) row = NULL;

  stop_waiting (self);
  if (self->n_selected == 1)
    row = g_list_model_get_item (G_LIST_MODEL (self->model), self->position);
  if (row != NULL && wb_row_is_placeholder (row))
    {
      self->awaited = g_object_ref (row);
      g_signal_connect_swapped (row, "changed", G_CALLBACK (take_id), self);
    }
  else if (row != NULL)
    set_id (self, wb_row_get_id (row));
  else if (self->n_selected > 1 || self->set.n == 0)
    set_id (self, "");
}

void
wb_row_selection_take_position (WbRowSelection *self, guint position)
{
  if (self->position != GTK_INVALID_LIST_POSITION && self->position != position)
    self->last = self->position;
  self->position = position;
}

static void
take_row (WbRowSelection *self, gint64 rowid)
{
  gint64 position = rowid >= 0 ? wb_list_model_find (self->model, rowid) : -1;

  self->rowid = rowid;
  wb_row_selection_take_position (self, position >= 0 ? (guint) position : GTK_INVALID_LIST_POSITION);
}

static guint
count (WbRowSelection *self)
{
  guint n = get_n_items (G_LIST_MODEL (self)), found = 0;

  if (self->set.n == 0)
    return 0;
  if (self->set.n == 1 && wb_row_set_has (&self->set, self->rowid))
    return wb_list_model_find (self->model, self->rowid) >= 0;
  for (guint i = 0; i < n; i++)
    found += wb_row_set_has (&self->set, wb_list_model_get_rowid (self->model, i));
  return found;
}

/* The first that is selected, of those that the list has. */
static gint64
find_first (WbRowSelection *self)
{
  guint n = get_n_items (G_LIST_MODEL (self));

  for (guint i = 0; i < n; i++)
    if (wb_row_set_has (&self->set, wb_list_model_get_rowid (self->model, i)))
      return wb_list_model_get_rowid (self->model, i);
  return -1;
}

static void
update_checks (WbRowSelection *self)
{
  gboolean shows = self->choosing || self->n_selected > 1;

  if (self->shows_checks == shows)
    return;
  self->shows_checks = shows;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SHOWS_CHECKS]);
}

void
wb_row_selection_take_count (WbRowSelection *self, guint n)
{
  guint old = self->n_selected;

  self->n_selected = n;
  if (n == 1 && !wb_row_set_has (&self->set, self->rowid))
    take_row (self, find_first (self));
  else if (n == 0 && self->set.n == 0)
    take_row (self, -1);
  take_id (self);
  update_checks (self);
  if (old != n)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_SELECTED]);
}

/* What the list does */

/* Row objects at the head stay, so that no view asks again by itself. It binds anew what it is told of: no more than
 * what differs. */
static void
tell_head (WbRowSelection *self)
{
  guint n = MIN (get_n_items (G_LIST_MODEL (self)), HEAD), from = 0;

  for (guint i = 0; i <= n; i++)
    {
      gboolean now = i < n && gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self), i);

      if (i < n && self->head[i] != now)
        {
          self->head[i] = now;
          continue;
        }
      if (i > from)
        gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), from, i - from);
      from = i + 1;
    }
}

static void
on_shown (WbRowSelection *self)
{
  self->n_selected = count (self);
  tell_head (self);
}

/* After the model announced: numbers may stand elsewhere, or be gone from this view. Until all was found nothing is
 * known to be gone. */
static void
follow (WbListModel *model, WbRowSelection *self)
{
  if (self->set.n > 1 && wb_list_model_is_whole (model))
    {
      wb_row_selection_forget_hidden (self);
      if (self->rowid >= 0 && wb_list_model_find (model, self->rowid) < 0)
        self->rowid = find_first (self);
    }
  take_row (self, self->rowid);
  wb_row_selection_take_count (self, self->n_selected);
  /* Listeners are told of what has been counted before. */
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_SELECTED]);
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, WbRowSelection *self)
{
  if (self->position != GTK_INVALID_LIST_POSITION && self->position >= position + removed)
    self->position += added - removed;
  else if (self->position != GTK_INVALID_LIST_POSITION && self->position >= get_n_items (G_LIST_MODEL (self)))
    wb_row_selection_take_position (self, GTK_INVALID_LIST_POSITION);
  for (guint i = position; i < MIN (get_n_items (G_LIST_MODEL (self)), HEAD); i++)
    self->head[i] = gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self), i);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
wb_row_selection_dispose (GObject *object)
{
  WbRowSelection *self = WB_ROW_SELECTION (object);

  stop_waiting (self);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (wb_row_selection_parent_class)->dispose (object);
}

static void
wb_row_selection_finalize (GObject *object)
{
  WbRowSelection *self = WB_ROW_SELECTION (object);

  wb_row_set_clear (&self->set);
  g_free (self->id);
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
  else if (id == PROP_N_SELECTED)
    g_value_set_uint (value, self->n_selected);
  else if (id == PROP_SHOWS_CHECKS)
    g_value_set_boolean (value, self->shows_checks);
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
  props[PROP_N_SELECTED] = g_param_spec_uint ("n-selected", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_SHOWS_CHECKS] = g_param_spec_boolean ("shows-checks", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
wb_row_selection_init (WbRowSelection *self)
{
  wb_row_set_init (&self->set);
  self->rowid = self->anchor = -1;
  self->position = GTK_INVALID_LIST_POSITION;
  self->id = g_strdup ("");
}

WbRowSelection *
wb_row_selection_new (WbListModel *model)
{
  WbRowSelection *self = g_object_new (WB_TYPE_ROW_SELECTION, NULL);

  self->model = g_object_ref (model);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (on_items_changed), self, 0);
  g_signal_connect_object (model, "notify::n-items", G_CALLBACK (on_shown), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "counts-changed", G_CALLBACK (follow), self, 0);
  return self;
}

/* A row that went hands the selection to the one that stands there now. */
void
wb_row_selection_replace_gone (WbRowSelection *self)
{
  guint n = get_n_items (G_LIST_MODEL (self));

  if (self->rowid < 0 || self->position != GTK_INVALID_LIST_POSITION || self->n_selected > 0)
    return;
  wb_row_selection_select (self, n > 0 ? MIN (self->last, n - 1) : GTK_INVALID_LIST_POSITION);
}

void
wb_row_selection_set_choosing (WbRowSelection *self, gboolean choosing)
{
  self->choosing = choosing;
  update_checks (self);
}

gboolean
wb_row_selection_get_choosing (WbRowSelection *self)
{
  return self->choosing;
}

gboolean
wb_row_selection_get_shows_checks (WbRowSelection *self)
{
  return self->shows_checks;
}

guint
wb_row_selection_get_position (WbRowSelection *self)
{
  return self->position;
}

guint
wb_row_selection_get_n_selected (WbRowSelection *self)
{
  return self->n_selected;
}

WbRowSet *
wb_row_selection_dup_set (WbRowSelection *self)
{
  return wb_row_set_copy (&self->set);
}

GArray *
wb_row_selection_dup_rowids (WbRowSelection *self)
{
  guint n = get_n_items (G_LIST_MODEL (self));
  GArray *rowids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), self->n_selected);

  for (guint i = 0; i < n && rowids->len < self->n_selected; i++)
    {
      gint64 rowid = wb_list_model_get_rowid (self->model, i);

      if (wb_row_set_has (&self->set, rowid))
        g_array_append_val (rowids, rowid);
    }
  return rowids;
}
