// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-list-pager-private.h"

#include <string.h>

#include "wb-mirror-private.h"

/* The profile waits for it when it closes. */
#define BUSY_MS 1000

struct _WbListPager {
  GThread *thread;
  GMutex lock;
  GCond asked, answered;
  GQueue questions; /* the newest first */
  GQueue answers;   /* the oldest first */
  WbListStretch *reading, *awaited;
  gboolean closing, delivering;
  gboolean late; /* an answer was not in time: nobody waits again before all are there */
  GMainContext *context;
  WbListPagerHook hook;
  gpointer hook_data;

  /* of the pager's thread */
  sqlite3 *db;
  GHashTable *statements; /* WbListQuery → sqlite3_stmt ** */
  GByteArray *scratch;

  /* of the main thread */
  gint64 patience, left, turn;
};

void
wb_list_stretch_free (WbListStretch *self)
{
  for (guint i = 0; i < self->n; i++)
    g_free (self->rows[i]);
  g_free (self);
}

/* Reading, in the thread */

static void
statements_free (gpointer data)
{
  sqlite3_stmt **statements = data;

  for (guint i = 0; statements[i] != NULL; i++)
    sqlite3_finalize (statements[i]);
  g_free (statements);
}

/* One a source; NULL when a table is not there. */
static sqlite3_stmt **
get_statements (WbListPager *self, const WbListQuery *query)
{
  sqlite3_stmt **statements = g_hash_table_lookup (self->statements, query);
  gboolean whole = TRUE;

  if (statements != NULL)
    return statements;
  statements = g_new0 (sqlite3_stmt *, query->n_sources + 1);
  for (guint i = 0; whole && i < query->n_sources; i++)
    {
      g_autofree char *sql = wb_list_query_row (query, i);

      statements[i] = wb_db_prepare (self->db, NULL, sql, "");
      whole = statements[i] != NULL;
    }
  if (whole)
    g_hash_table_insert (self->statements, (gpointer) query, statements);
  else
    g_clear_pointer (&statements, statements_free);
  return statements;
}

/* In one block that goes to the row as it is. */
WbRowData *
wb_row_data_read (const WbListQuery *query, sqlite3_stmt *stmt, GByteArray *scratch)
{
  gsize fixed = query->n_columns * sizeof (gint64);
  WbRowData *data;

  g_byte_array_set_size (scratch, (guint) fixed);
  for (guint i = 0; i < query->n_columns; i++)
    {
      gint64 value = scratch->len;

      if (!query->columns[i].number)
        {
          const char *text = wb_db_text (stmt, (int) i);

          g_byte_array_append (scratch, (const guint8 *) text, (guint) strlen (text) + 1);
        }
      else if (sqlite3_column_type (stmt, (int) i) == SQLITE_NULL)
        value = G_MININT64;
      else
        value = sqlite3_column_int64 (stmt, (int) i);
      memcpy (scratch->data + i * sizeof value, &value, sizeof value);
    }
  data = g_malloc (sizeof *data + scratch->len);
  data->size = scratch->len;
  memcpy (data->values, scratch->data, data->size);
  return data;
}

static void
read_stretch (WbListPager *self, WbListStretch *stretch)
{
  const WbListQuery *query = stretch->query;
  sqlite3_stmt **statements = get_statements (self, query);

  if (statements == NULL)
    return;
  sqlite3_exec (self->db, "BEGIN", NULL, NULL, NULL);
  for (guint i = 0; i < stretch->n && g_atomic_pointer_get (&stretch->owner) != NULL; i++)
    {
      sqlite3_stmt *stmt = statements[stretch->rids[i] % query->n_sources];

      sqlite3_bind_int64 (stmt, 1, stretch->rids[i] / query->n_sources);
      if (wb_db_step (stmt, NULL))
        stretch->rows[i] = wb_row_data_read (query, stmt, self->scratch);
      sqlite3_reset (stmt);
    }
  /* Else the log could not be checkpointed. */
  sqlite3_exec (self->db, "COMMIT", NULL, NULL, NULL);
}

/* Delivery, on the main thread: one stretch a turn, so that what it costs to show it does not add up. */

static gboolean
deliver (gpointer data)
{
  WbListPager *self = data;
  WbListStretch *stretch;
  gboolean more;

  g_mutex_lock (&self->lock);
  stretch = g_queue_pop_head (&self->answers);
  g_mutex_unlock (&self->lock);
  if (stretch != NULL)
    {
      if (stretch->owner != NULL)
        stretch->take (stretch, stretch->owner);
      wb_list_stretch_free (stretch);
    }
  g_mutex_lock (&self->lock);
  more = self->delivering = self->answers.length > 0;
  g_mutex_unlock (&self->lock);
  return more;
}

static void
deliver_soon (WbListPager *self)
{
  GSource *source;

  if (self->delivering)
    return;
  self->delivering = TRUE;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "rows of a list");
  g_source_set_callback (source, deliver, g_atomic_rc_box_acquire (self), (GDestroyNotify) wb_list_pager_unref);
  g_source_attach (source, self->context);
  g_source_unref (source);
}

/* Under the lock */
static void
take_in (WbListPager *self, WbListStretch *stretch)
{
  self->reading = NULL;
  stretch->done = TRUE;
  if (stretch->owner == NULL)
    {
      wb_list_stretch_free (stretch);
      return;
    }
  g_queue_push_tail (&self->answers, stretch);
  if (self->awaited == stretch)
    g_cond_broadcast (&self->answered);
  else
    deliver_soon (self);
}

static gpointer
pager_thread (gpointer data)
{
  WbListPager *self = data;

  g_mutex_lock (&self->lock);
  while (!self->closing)
    {
      WbListStretch *stretch = self->reading = g_queue_pop_head (&self->questions);
      WbListPagerHook hook = self->hook;

      if (stretch == NULL)
        {
          self->late = FALSE;
          g_cond_wait (&self->asked, &self->lock);
          continue;
        }
      g_mutex_unlock (&self->lock);
      if (hook != NULL)
        hook (stretch, self->hook_data);
      read_stretch (self, stretch);
      if (wb_db_take_damage ())
        wb_mirror_note_damaged (sqlite3_db_filename (self->db, "main"));
      g_mutex_lock (&self->lock);
      take_in (self, stretch);
    }
  g_mutex_unlock (&self->lock);
  return NULL;
}

/* Opening and closing */

WbListPager *
wb_list_pager_open (const char *mirror_path, const char *journal_path, GError **error)
{
  WbListPager *self = g_atomic_rc_box_new0 (WbListPager);

  g_mutex_init (&self->lock);
  g_cond_init (&self->asked);
  g_cond_init (&self->answered);
  self->statements = g_hash_table_new_full (NULL, NULL, NULL, statements_free);
  self->scratch = g_byte_array_new ();
  self->patience = self->left = WB_LIST_PATIENCE_US;
  self->db = wb_list_open_stores (mirror_path, journal_path, error);
  if (self->db == NULL)
    {
      wb_list_pager_close (self);
      return NULL;
    }
  sqlite3_busy_timeout (self->db, BUSY_MS);
  self->thread = g_thread_new ("pager", pager_thread, self);
  return self;
}

static void
pager_clear (gpointer data)
{
  WbListPager *self = data;

  g_clear_pointer (&self->context, g_main_context_unref);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->asked);
  g_cond_clear (&self->answered);
}

void
wb_list_pager_unref (WbListPager *self)
{
  g_atomic_rc_box_release_full (self, pager_clear);
}

static void
clear_queue (GQueue *queue)
{
  g_queue_clear_full (queue, (GDestroyNotify) wb_list_stretch_free);
}

void
wb_list_pager_close (WbListPager *self)
{
  g_mutex_lock (&self->lock);
  self->closing = TRUE;
  if (self->reading != NULL)
    g_atomic_pointer_set (&self->reading->owner, NULL);
  g_cond_broadcast (&self->asked);
  g_mutex_unlock (&self->lock);
  if (self->db != NULL)
    sqlite3_interrupt (self->db);
  if (self->thread != NULL)
    g_thread_join (self->thread);
  g_clear_pointer (&self->statements, g_hash_table_unref);
  g_clear_pointer (&self->scratch, g_byte_array_unref);
  if (sqlite3_close (self->db) != SQLITE_OK)
    g_critical ("the pager closed with statements open");
  self->db = NULL;
  g_mutex_lock (&self->lock);
  clear_queue (&self->questions);
  clear_queue (&self->answers);
  g_mutex_unlock (&self->lock);
  wb_list_pager_unref (self);
}

/* Asking */

void
wb_list_pager_ask (WbListPager *self, WbListStretch *stretch)
{
  g_mutex_lock (&self->lock);
  if (self->context == NULL)
    self->context = g_main_context_ref_thread_default ();
  g_queue_push_head (&self->questions, stretch);
  g_cond_signal (&self->asked);
  g_mutex_unlock (&self->lock);
}

/* GLib looks at the clock once a turn. */
static void
begin_turn (WbListPager *self)
{
  GSource *source = g_main_current_source ();
  gint64 turn = source != NULL ? g_source_get_time (source) : 0;

  if (turn == self->turn)
    return;
  self->turn = turn;
  self->left = self->patience;
}

WbListStretch *
wb_list_pager_wait (WbListPager *self, WbListStretch *stretch)
{
  gint64 begun = g_get_monotonic_time ();
  gboolean done;

  begin_turn (self);
  g_mutex_lock (&self->lock);
  if (!self->late && self->left > 0)
    {
      self->awaited = stretch;
      while (!stretch->done && g_cond_wait_until (&self->answered, &self->lock, begun + self->left))
        continue;
      self->awaited = NULL;
      self->late = !stretch->done;
    }
  done = stretch->done;
  if (done)
    g_queue_remove (&self->answers, stretch);
  g_mutex_unlock (&self->lock);
  self->left -= g_get_monotonic_time () - begun;
  return done ? stretch : NULL;
}

void
wb_list_pager_put_back (WbListPager *self, WbListStretch *stretch)
{
  g_mutex_lock (&self->lock);
  g_queue_push_tail (&self->answers, stretch);
  deliver_soon (self);
  g_mutex_unlock (&self->lock);
}

void
wb_list_pager_drop (WbListPager *self, WbListStretch *stretch)
{
  gboolean waiting;

  g_mutex_lock (&self->lock);
  waiting = g_queue_remove (&self->questions, stretch);
  g_mutex_unlock (&self->lock);
  if (waiting)
    wb_list_stretch_free (stretch);
}

static void
forget_in (GQueue *queue, gpointer owner)
{
  GList *next;

  for (GList *l = queue->head; l != NULL; l = next)
    {
      next = l->next;
      if (((WbListStretch *) l->data)->owner != owner)
        continue;
      wb_list_stretch_free (l->data);
      g_queue_delete_link (queue, l);
    }
}

void
wb_list_pager_forget (WbListPager *self, gpointer owner)
{
  g_mutex_lock (&self->lock);
  forget_in (&self->questions, owner);
  forget_in (&self->answers, owner);
  if (self->reading != NULL && self->reading->owner == owner)
    g_atomic_pointer_set (&self->reading->owner, NULL);
  g_mutex_unlock (&self->lock);
}

void
wb_list_pager_set_patience (WbListPager *self, gint64 usec)
{
  self->patience = self->left = usec;
}

void
wb_list_pager_set_hook (WbListPager *self, WbListPagerHook hook, gpointer data)
{
  g_mutex_lock (&self->lock);
  self->hook = hook;
  self->hook_data = data;
  g_mutex_unlock (&self->lock);
}
