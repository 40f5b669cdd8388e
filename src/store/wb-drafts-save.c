// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-drafts-private.h"

#include "cmr-field.h"
#include "wb-fault.h"
#include "wb-profile.h"
#include "wb-sync.h"

/* From the first change on, so that a save is on disk within 300 ms however long somebody types. */
#define SAVE_MS 150
/* After a failed one, unless a change comes first. */
#define RETRY_MS (5 * 1000)

/* A snapshot: references only, read by the journal's thread while the draft goes on. */
typedef struct {
  char *id;
  WbDraftState state;
  GPtrArray *files;
  GPtrArray *before; /* what is on disk of them, NULL = nothing certain */
  guint next_file;
  gint64 created, updated, cents;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  wb_draft_state_clear (&save->state);
  g_ptr_array_unref (save->files);
  g_clear_pointer (&save->before, g_ptr_array_unref);
  g_free (save->id);
  g_free (save);
}

static char *
dup_domains (const WbDraftState *state)
{
  GString *text = g_string_new (NULL);
  GPtrArray *domains = state->lists[WB_LIST_DOMAINS];

  for (guint i = 0; i < domains->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", ((const WbDraftDomain *) domains->pdata[i])->name);
  return g_string_free (text, FALSE);
}

static char *
dup_search (const WbDraftState *state, const char *domains)
{
  GString *text = g_string_new (state->head->customer_name);
  GPtrArray *rows = state->lists[WB_LIST_MAILBOXES];

  g_string_append_printf (text, " %s %s", state->head->customer_email, domains);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (text, " %s", ((const WbDraftRow *) rows->pdata[i])->address);
  return g_string_free (text, FALSE);
}

static gboolean
write_draft (sqlite3 *db, const Save *save, GError **error)
{
  const WbDraftState *state = &save->state;
  g_autofree char *domains = dup_domains (state);
  g_autofree char *search = dup_search (state, domains);
  g_autofree char *body = wb_draft_state_to_json (state, save->next_file);
  gboolean priced = save->cents != CMR_MONEY_UNKNOWN;

  return wb_db_run (
      db, error,
      "INSERT INTO drafts (id, customer_id, customer, domains, mailboxes, search, body, created, updated, cents)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, CASE WHEN ? THEN ? END)"
      " ON CONFLICT (id) DO UPDATE SET customer_id = excluded.customer_id, customer = excluded.customer,"
      " domains = excluded.domains, mailboxes = excluded.mailboxes, search = excluded.search,"
      " body = excluded.body, updated = excluded.updated, cents = excluded.cents",
      "ssssissiiii", save->id, state->head->customer_id, state->head->customer_name, domains,
      (gint64) state->lists[WB_LIST_MAILBOXES]->len, search, body, save->created, save->updated, (gint64) priced,
      priced ? save->cents : (gint64) 0);
}

/* Items never change, so one that is at its place in both lists is on disk already. */
static gboolean
write_files (sqlite3 *db, const Save *save, GError **error)
{
  if (save->before == NULL && !wb_db_run (db, error, "DELETE FROM draft_files WHERE draft = ?", "s", save->id))
    return FALSE;
  for (guint i = 0; i < save->files->len; i++)
    {
      const WbFileItem *item = save->files->pdata[i];
      g_autofree char *body = NULL;

      if (save->before != NULL && i < save->before->len && save->before->pdata[i] == (gpointer) item)
        continue;
      body = wb_file_item_to_json (item);
      if (!wb_db_run (db, error,
                      "INSERT OR REPLACE INTO draft_files (draft, file, body, blob, made) VALUES (?, ?, ?, ?, ?)",
                      "sisss", save->id, (gint64) item->pub.id, body, item->pub.blob, item->pub.made))
        return FALSE;
    }
  return TRUE;
}

static gpointer
save_job (sqlite3 *db, gpointer data, GError **error)
{
  const Save *save = data;

  WB_FAULT_POINT ("draft:before-save");
  if (!wb_db_begin (db, error))
    return NULL;
  if (!write_draft (db, save, error) || !write_files (db, save, error))
    {
      wb_db_rollback (db);
      return NULL;
    }
  WB_FAULT_POINT ("draft:before-commit");
  if (!wb_db_commit (db, error))
    {
      wb_db_rollback (db);
      return NULL;
    }
  WB_FAULT_POINT ("draft:saved");
  return NULL;
}

gpointer
wb_draft_delete_job (sqlite3 *db, gpointer id, GError **error)
{
  wb_db_run (db, error, "DELETE FROM drafts WHERE id = ?", "s", (const char *) id);
  return NULL;
}

/* The main thread's side */

typedef struct {
  WbDrafts *drafts;
  char *id;
  gint64 updated;
  GPtrArray *files;
  GPtrArray *tasks; /* of GTask: who waits for this one */
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->drafts);
  g_free (saving->id);
  g_ptr_array_unref (saving->files);
  g_ptr_array_unref (saving->tasks);
  g_free (saving);
}

/* Callbacks may run at once, and start over. */
static void
answer (GPtrArray *tasks, const GError *error)
{
  for (guint i = 0; i < tasks->len; i++)
    if (error != NULL)
      g_task_return_error (tasks->pdata[i], g_error_copy (error));
    else
      g_task_return_boolean (tasks->pdata[i], TRUE);
}

void
wb_draft_answer_flush (WbDraft *self, const GError *error)
{
  g_autoptr (GPtrArray) tasks = g_steal_pointer (&self->flushing);

  self->flushing = g_ptr_array_new_with_free_func (g_object_unref);
  answer (tasks, error);
}

static gboolean
save_soon_cb (gpointer user_data)
{
  WbDraft *self = user_data;

  self->save_id = 0;
  wb_draft_save_now (self);
  return G_SOURCE_REMOVE;
}

static void
note_failed (WbDraft *self, const GError *error)
{
  if (self->save_error == NULL)
    g_message ("a draft was not saved: %s", error->message);
  self->dirty = TRUE;
  /* Nothing certain is known of the file rows. */
  g_clear_pointer (&self->saved_files, g_ptr_array_unref);
  if (self->save_id == 0)
    self->save_id = g_timeout_add (RETRY_MS, save_soon_cb, self);
  wb_draft_note_save_error (self, error);
}

static void
note_done (WbDraft *self, const Saving *saving)
{
  self->stored = TRUE;
  g_clear_pointer (&self->saved_files, g_ptr_array_unref);
  self->saved_files = g_ptr_array_ref (saving->files);
  wb_draft_note_save_error (self, NULL);
  wb_draft_note_saved (self, saving->updated);
}

static void
settle (WbDrafts *drafts, WbDraft *self, const Saving *saving, const GError *error)
{
  self->saving = FALSE;
  if (error != NULL)
    note_failed (self, error);
  else
    note_done (self, saving);
  if (self->again)
    wb_draft_save_now (self);
  if (!self->dirty && !self->saving)
    g_hash_table_remove (drafts->unsaved, self);
  if (error == NULL && drafts->profile != NULL)
    wb_profile_note_changed (drafts->profile, WB_COLLECTION_ORDERS);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Saving *saving = user_data;
  g_autoptr (GError) error = NULL;
  WbDraft *draft = g_hash_table_lookup (saving->drafts->living, saving->id);

  wb_database_run_finish (result, &error);
  if (draft != NULL)
    {
      g_object_ref (draft);
      settle (saving->drafts, draft, saving, error);
      g_object_unref (draft);
    }
  answer (saving->tasks, error);
  saving_free (saving);
}

static gint64
about_cents (WbDraft *self)
{
  g_autoptr (WbCost) cost = wb_draft_cost (self);

  return cost->due_cents > 0 ? cost->due_cents : CMR_MONEY_UNKNOWN;
}

static Save *
snapshot (WbDraft *self)
{
  Save *save = g_new0 (Save, 1);

  save->id = g_strdup (self->id);
  wb_draft_state_copy (&save->state, &self->state);
  save->files = g_ptr_array_ref (self->files);
  save->before = self->saved_files != NULL ? g_ptr_array_ref (self->saved_files) : NULL;
  save->next_file = self->next_file;
  save->created = self->created;
  save->updated = g_get_real_time ();
  save->cents = about_cents (self);
  self->shared = ~0u;
  self->files_shared = TRUE;
  return save;
}

static void
start_save (WbDraft *self, WbDatabase *journal)
{
  Save *save = snapshot (self);
  Saving *saving = g_new0 (Saving, 1);

  saving->drafts = g_object_ref (self->drafts);
  saving->id = g_strdup (self->id);
  saving->updated = save->updated;
  saving->files = g_ptr_array_ref (save->files);
  saving->tasks = g_steal_pointer (&self->flushing);
  self->flushing = g_ptr_array_new_with_free_func (g_object_unref);
  self->dirty = self->again = FALSE;
  self->saving = TRUE;
  wb_database_run_async (journal, save_job, save, save_free, NULL, NULL, saved_cb, saving);
}

/* One at a time: the next one waits for this one's end, and then takes all that has changed. */
void
wb_draft_save_now (WbDraft *self)
{
  WbProfile *profile = self->drafts != NULL ? wb_drafts_get_profile (self->drafts) : NULL;
  WbDatabase *journal = profile != NULL ? wb_profile_get_journal (profile) : NULL;

  if (!self->dirty || self->deleted || journal == NULL)
    return;
  if (self->saving)
    {
      self->again = TRUE;
      return;
    }
  g_clear_handle_id (&self->save_id, g_source_remove);
  start_save (self, journal);
}

void
wb_draft_save_last (WbDraft *self)
{
  if (self->saving)
    {
      /* How that one ends is not known yet. */
      g_clear_pointer (&self->saved_files, g_ptr_array_unref);
      self->saving = FALSE;
    }
  wb_draft_save_now (self);
}

void
wb_draft_touch (WbDraft *self)
{
  if (self->deleted || self->drafts == NULL || wb_drafts_get_profile (self->drafts) == NULL)
    return;
  if (!self->dirty)
    g_hash_table_add (self->drafts->unsaved, g_object_ref (self));
  self->dirty = TRUE;
  /* A change need not wait for the slow retry. */
  if (self->save_error != NULL)
    g_clear_handle_id (&self->save_id, g_source_remove);
  if (self->save_id == 0)
    self->save_id = g_timeout_add (SAVE_MS, save_soon_cb, self);
}

/**
 * wb_draft_flush_async:
 *
 * Writes at once what is not written yet; finishes when all that the draft says now is on disk. A draft
 * that was deleted has nothing to write.
 */
void
wb_draft_flush_async (WbDraft *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, wb_draft_flush_async);
  if (self->deleted || (!self->dirty && !self->saving))
    g_task_return_boolean (task, TRUE);
  else if (self->drafts == NULL)
    g_task_return_new_error (task, CMR_ERROR, CMR_ERROR_STORAGE, "the profile is closed");
  else
    {
      /* What is under way may be older than what is asked for. */
      self->dirty = TRUE;
      g_ptr_array_add (self->flushing, g_steal_pointer (&task));
      wb_draft_save_now (self);
    }
}

gboolean
wb_draft_flush_finish (WbDraft *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
