// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-list-private.h"

struct _WbRow {
  GObject parent_instance;

  const WbListQuery *query;
  gint64 rowid;
  gboolean placeholder;
  WbRowData *data;
};

enum { CHANGED, UPDATED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbRow, wb_row, G_TYPE_OBJECT)

static void
wb_row_finalize (GObject *object)
{
  g_free (WB_ROW (object)->data);
  G_OBJECT_CLASS (wb_row_parent_class)->finalize (object);
}

static void
wb_row_class_init (WbRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_row_finalize;
  /**
   * WbRow::changed:
   *
   * Its values differ from those that were bound.
   */
  signals[CHANGED] = g_signal_new ("changed", WB_TYPE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * WbRow::updated:
   *
   * After "changed", when it is the same row with other values, not another row at its position.
   */
  signals[UPDATED] = g_signal_new ("updated", WB_TYPE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_row_init (WbRow *self)
{
}

WbRow *
wb_row_new (const WbListQuery *query)
{
  WbRow *self = g_object_new (WB_TYPE_ROW, NULL);

  self->query = query;
  self->placeholder = TRUE;
  return self;
}

void
wb_row_fill (WbRow *self, gint64 rowid, WbRowData *data)
{
  gboolean other = self->placeholder || self->rowid != rowid;
  gboolean changed = other || self->data->size != data->size || memcmp (self->data->values, data->values, data->size) != 0;

  self->rowid = rowid;
  self->placeholder = FALSE;
  g_free (self->data);
  self->data = data;
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
  if (changed && !other)
    g_signal_emit (self, signals[UPDATED], 0);
}

void
wb_row_clear (WbRow *self, gint64 rowid)
{
  self->rowid = rowid;
  if (self->placeholder)
    return;
  self->placeholder = TRUE;
  g_clear_pointer (&self->data, g_free);
  g_signal_emit (self, signals[CHANGED], 0);
}

static int
find_column (WbRow *self, const char *column)
{
  for (guint i = 0; i < self->query->n_columns; i++)
    if (g_str_equal (self->query->columns[i].name, column))
      return i;
  g_critical ("a row has no column %s", column);
  return -1;
}

gint64
wb_row_get_rowid (WbRow *self)
{
  return self->rowid;
}

const char *
wb_row_get_id (WbRow *self)
{
  return wb_row_get_text (self, "id");
}

gboolean
wb_row_is_placeholder (WbRow *self)
{
  return self->placeholder;
}

const char *
wb_row_get_text (WbRow *self, const char *column)
{
  int i = find_column (self, column);

  if (i < 0 || self->placeholder || self->query->columns[i].number)
    return "";
  return (const char *) self->data->values + self->data->values[i];
}

gint64
wb_row_get_int (WbRow *self, const char *column)
{
  int i = find_column (self, column);

  return i >= 0 && !self->placeholder && self->query->columns[i].number ? self->data->values[i] : G_MININT64;
}
