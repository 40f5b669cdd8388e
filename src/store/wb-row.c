// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-list-private.h"

struct _WbRow {
  GObject parent_instance;

  const WbListQuery *query;
  gint64 rowid;
  gboolean placeholder;
  char **texts;
  gint64 *numbers;
};

enum { CHANGED, UPDATED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbRow, wb_row, G_TYPE_OBJECT)

static void
wb_row_finalize (GObject *object)
{
  WbRow *self = WB_ROW (object);

  for (guint i = 0; i < self->query->n_columns; i++)
    g_free (self->texts[i]);
  g_free (self->texts);
  g_free (self->numbers);
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
  self->texts = g_new0 (char *, query->n_columns);
  self->numbers = g_new0 (gint64, query->n_columns);
  self->placeholder = TRUE;
  return self;
}

static gboolean
take_column (WbRow *self, sqlite3_stmt *stmt, guint i)
{
  gboolean absent = sqlite3_column_type (stmt, i) == SQLITE_NULL;
  gint64 number = absent ? G_MININT64 : sqlite3_column_int64 (stmt, i);
  const char *text = self->query->columns[i].number || absent ? "" : wb_db_text (stmt, i);

  if (self->query->columns[i].number && self->numbers[i] == number)
    return FALSE;
  if (!self->query->columns[i].number && g_strcmp0 (self->texts[i], text) == 0)
    return FALSE;
  self->numbers[i] = number;
  g_free (self->texts[i]);
  self->texts[i] = g_strdup (text);
  return TRUE;
}

void
wb_row_fill (WbRow *self, gint64 rowid, sqlite3_stmt *stmt)
{
  gboolean other = self->placeholder || self->rowid != rowid, changed = other;

  self->rowid = rowid;
  self->placeholder = FALSE;
  for (guint i = 0; i < self->query->n_columns; i++)
    changed |= take_column (self, stmt, i);
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

  return i >= 0 && !self->placeholder && self->texts[i] != NULL ? self->texts[i] : "";
}

gint64
wb_row_get_int (WbRow *self, const char *column)
{
  int i = find_column (self, column);

  return i >= 0 && !self->placeholder ? self->numbers[i] : G_MININT64;
}
