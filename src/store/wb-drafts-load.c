// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-drafts-private.h"

/* In the journal's thread: what was built here nobody else sees before it is handed over. */

void
wb_draft_loaded_free (WbDraftLoaded *loaded)
{
  wb_draft_state_clear (&loaded->state);
  g_ptr_array_unref (loaded->files);
  g_free (loaded);
}

static gboolean
read_files (sqlite3 *db, const char *id, GPtrArray *files, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (WbStatement) stmt = wb_db_prepare (
      db, error, "SELECT file, body, blob, made FROM draft_files WHERE draft = ? ORDER BY file", "s", id);

  if (stmt == NULL)
    return FALSE;
  while (wb_db_step (stmt, &failure))
    {
      WbFileItem *item = wb_file_item_from_json (sqlite3_column_int (stmt, 0), wb_db_text (stmt, 1),
                                                 wb_db_text (stmt, 2), wb_db_text (stmt, 3), error);

      if (item == NULL)
        return FALSE;
      g_ptr_array_add (files, item);
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return failure == NULL;
}

typedef gboolean (*Keep) (gconstpointer item, GHashTable *ids);

static gboolean
keep_file (gconstpointer item, GHashTable *ids)
{
  return g_hash_table_contains (ids, GUINT_TO_POINTER (((const WbFileItem *) item)->pub.id));
}

static gboolean
keep_edit (gconstpointer item, GHashTable *ids)
{
  return g_hash_table_contains (ids, GUINT_TO_POINTER (((const WbFileEdit *) item)->file));
}

static gboolean
keep_placement (gconstpointer item, GHashTable *ids)
{
  const WbPlacement *placement = item;

  return placement->file == 0 || g_hash_table_contains (ids, GUINT_TO_POINTER (placement->file));
}

static gboolean
keep_only (GPtrArray *list, Keep keep, GHashTable *ids)
{
  guint before = list->len;

  for (guint i = list->len; i > 0; i--)
    if (!keep (list->pdata[i - 1], ids))
      g_ptr_array_remove_index (list, i - 1);
  return list->len < before;
}

/* A removed file was kept for undo, whose history ends with its window. */
static void
tidy (WbDraftLoaded *loaded)
{
  g_autoptr (GHashTable) listed = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) there = g_hash_table_new (NULL, NULL);
  GPtrArray **lists = loaded->state.lists;

  for (guint i = 0; i < lists[WB_LIST_EDITS]->len; i++)
    g_hash_table_add (listed, GUINT_TO_POINTER (((const WbFileEdit *) lists[WB_LIST_EDITS]->pdata[i])->file));
  loaded->tidied = keep_only (loaded->files, keep_file, listed);
  for (guint i = 0; i < loaded->files->len; i++)
    {
      guint id = ((const WbFileItem *) loaded->files->pdata[i])->pub.id;

      g_hash_table_add (there, GUINT_TO_POINTER (id));
      loaded->next_file = MAX (loaded->next_file, id + 1);
    }
  keep_only (lists[WB_LIST_EDITS], keep_edit, there);
  keep_only (lists[WB_LIST_PLACEMENTS], keep_placement, there);
}

gpointer
wb_draft_load_job (sqlite3 *db, gpointer id, GError **error)
{
  g_autoptr (GPtrArray) files = wb_file_list_new ();
  g_autoptr (WbStatement) stmt
      = wb_db_prepare (db, error, "SELECT body, created, updated FROM drafts WHERE id = ?", "s", id);
  g_autoptr (GError) failure = NULL;
  WbDraftLoaded *loaded;

  if (stmt == NULL)
    return NULL;
  if (!wb_db_step (stmt, &failure))
    {
      if (failure != NULL)
        g_propagate_error (error, g_steal_pointer (&failure));
      else
        g_set_error (error, CMR_ERROR, CMR_ERROR_NOT_FOUND, "no such draft");
      return NULL;
    }
  if (!read_files (db, id, files, error))
    return NULL;
  loaded = g_new0 (WbDraftLoaded, 1);
  if (!wb_draft_state_from_json (&loaded->state, &loaded->next_file, wb_db_text (stmt, 0), error))
    {
      g_free (loaded);
      return NULL;
    }
  loaded->created = sqlite3_column_int64 (stmt, 1);
  loaded->updated = sqlite3_column_int64 (stmt, 2);
  loaded->files = g_steal_pointer (&files);
  tidy (loaded);
  return loaded;
}
