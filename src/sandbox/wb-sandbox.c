// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-sandbox-private.h"

#include <glib/gstdio.h>
#include <sys/random.h>

G_DEFINE_FINAL_TYPE (WbSandbox, wb_sandbox, G_TYPE_OBJECT)

static void
fault_clear (gpointer data)
{
  g_free (((WbSbFault *) data)->operation);
}

static void
wb_sandbox_init (WbSandbox *self)
{
  g_mutex_init (&self->lock);
  self->faults = g_array_new (FALSE, TRUE, sizeof (WbSbFault));
  g_array_set_clear_func (self->faults, fault_clear);
  self->waits = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) g_source_unref, NULL);
  wb_sb_rows_init (self);
}

static void
wb_sandbox_dispose (GObject *object)
{
  wb_sandbox_stop (WB_SANDBOX (object));
  G_OBJECT_CLASS (wb_sandbox_parent_class)->dispose (object);
}

static void
wb_sandbox_finalize (GObject *object)
{
  WbSandbox *self = WB_SANDBOX (object);

  wb_sb_rows_clear (self);
  wb_sb_rows_free (self);
  g_clear_pointer (&self->file, wb_sb_file_close);
  g_hash_table_unref (self->waits);
  g_array_unref (self->faults);
  g_free (self->key);
  g_free (self->base_url);
  g_free (self->record_dir);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (wb_sandbox_parent_class)->finalize (object);
}

static void
wb_sandbox_class_init (WbSandboxClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = wb_sandbox_dispose;
  object_class->finalize = wb_sandbox_finalize;
}

static char *
make_key (void)
{
  guint8 bytes[32];
  GString *key = g_string_new ("sandbox_");

  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    g_error ("No random bytes for the sandbox's key");
  for (guint i = 0; i < sizeof bytes; i++)
    g_string_append_printf (key, "%02x", bytes[i]);
  return g_string_free (key, FALSE);
}

/* What the thread that made it waits for. */
typedef struct {
  WbSandbox *self;
  GMutex lock;
  GCond cond;
  gboolean begun;
  GError *error;
} Start;

static void
tell (Start *start, GError *error)
{
  g_mutex_lock (&start->lock);
  start->begun = TRUE;
  start->error = error;
  g_cond_signal (&start->cond);
  g_mutex_unlock (&start->lock);
}

static gpointer
run_server (gpointer data)
{
  Start *start = data;
  WbSandbox *self = start->self;
  GError *error;

  g_main_context_push_thread_default (self->context);
  error = wb_sb_serve (self);
  tell (start, error); /* start is gone from here on */
  if (error == NULL)
    g_main_loop_run (self->loop);
  wb_sb_drop_waits (self);
  soup_server_disconnect (self->server);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_clear_object (&self->server);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static gboolean
start_thread (WbSandbox *self, GError **error)
{
  Start start = { .self = self };

  g_mutex_init (&start.lock);
  g_cond_init (&start.cond);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("sandbox", run_server, &start);
  g_mutex_lock (&start.lock);
  while (!start.begun)
    g_cond_wait (&start.cond, &start.lock);
  g_mutex_unlock (&start.lock);
  g_mutex_clear (&start.lock);
  g_cond_clear (&start.cond);
  if (start.error == NULL)
    return TRUE;
  g_propagate_error (error, start.error);
  return FALSE;
}

static gboolean
make_record_dir (WbSandbox *self, GError **error)
{
  if (self->record_dir == NULL || g_mkdir_with_parents (self->record_dir, 0700) == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The folder for exchanges cannot be made: %s",
               self->record_dir);
  return FALSE;
}

/**
 * wb_sandbox_new:
 * @options: (nullable): what it is like; %NULL for all defaults
 *
 * Starts a server with believable data. It listens when this returns, on the loopback only.
 *
 * Returns: (transfer full): the running sandbox, or %NULL when the port, the database or the folder for
 *   exchanges cannot be had
 */
WbSandbox *
wb_sandbox_new (const WbSandboxOptions *options, GError **error)
{
  static const WbSandboxOptions defaults = { .speed = 1 };
  g_autoptr (WbSandbox) self = g_object_new (WB_TYPE_SANDBOX, NULL);

  options = options != NULL ? options : &defaults;
  self->key = options->key != NULL ? g_strdup (options->key) : make_key ();
  self->record_dir = g_strdup (options->record_dir);
  self->port = options->port;
  self->no_rate_limit = options->no_rate_limit;
  self->charges_again = options->charges_again;
  self->small = options->small;
  self->n_bulk = options->n_bulk;
  self->first_speed = options->speed;
  wb_sb_clock_start (&self->clock, self->first_speed);
  wb_sb_seed (self);
  self->file = wb_sb_file_open (options->database, error);
  if (self->file == NULL || !make_record_dir (self, error) || !start_thread (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

const char *
wb_sandbox_get_base_url (WbSandbox *self)
{
  return self->base_url;
}

const char *
wb_sandbox_get_key (WbSandbox *self)
{
  return self->key;
}

static gboolean
on_stop (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

/**
 * wb_sandbox_stop:
 *
 * Closes every connection, also those that wait for an answer, and joins the thread. What it saw can
 * still be asked for.
 */
void
wb_sandbox_stop (WbSandbox *self)
{
  g_autoptr (GSource) source = NULL;

  if (self->thread == NULL)
    return;
  /* By a source, not directly: the loop may not have begun to run. */
  source = g_idle_source_new ();
  g_source_set_callback (source, on_stop, self->loop, NULL);
  g_source_attach (source, self->context);
  g_thread_join (g_steal_pointer (&self->thread));
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
}
