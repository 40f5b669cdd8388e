// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-picture.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

#define THREADS_MAX 4
#define TRIM_BYTES (16 * 1024 * 1024)

/* Shared by the pool and its jobs: jobs may outlive the pool, and end in a worker. */
typedef struct
{
  GMutex lock;
  GThreadPool *threads;
  GQueue waiting; /* of Job */
  guint running, running_max;
  guint64 admitted_bytes;
} Shared;

typedef enum
{
  JOB_NEW,
  JOB_WAITING,
  JOB_RUNNING,
  JOB_CANCELLED
} JobState;

typedef struct
{
  Shared *shared;
  JobState state; /* under the lock */
  GTask *task;
  gulong cancel_id;
  guint64 memory_bytes;
  GTaskThreadFunc func;
} Job;

struct _WbPicturePool
{
  GObject parent_instance;
  Shared *shared;
};

G_DEFINE_FINAL_TYPE (WbPicturePool, wb_picture_pool, G_TYPE_OBJECT)

static void
shared_clear (gpointer data)
{
  Shared *self = data;

  /* Neither kills nor waits: this may be one of its own threads. */
  g_thread_pool_free (self->threads, FALSE, FALSE);
  g_mutex_clear (&self->lock);
}

static void
shared_unref (Shared *self)
{
  g_atomic_rc_box_release_full (self, shared_clear);
}

static void
job_clear (gpointer data)
{
  Job *self = data;

  g_clear_object (&self->task);
  shared_unref (self->shared);
}

static void
job_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, job_clear);
}

/* The first, if it fits in memory: a large one is not overtaken for ever by small ones. */
static Job *
next_job (Shared *self)
{
  const Job *job = g_queue_peek_head (&self->waiting);

  if (job == NULL
      || (self->admitted_bytes > 0
          && self->admitted_bytes + job->memory_bytes > wb_picture_limits.pool_bytes))
    return NULL;
  return g_queue_pop_head (&self->waiting);
}

/* With the lock held. */
static void
dispatch (Shared *self)
{
  Job *job;

  while (self->running < self->running_max && (job = next_job (self)) != NULL)
    {
      job->state = JOB_RUNNING;
      self->running++;
      self->admitted_bytes += job->memory_bytes;
      g_thread_pool_push (self->threads, job, NULL);
    }
}

/* malloc() keeps what is freed for the thread that freed it, tens of MB after a large PNG, while another
 * thread is admitted for as much again. */
static void
give_back (const Job *self)
{
  /* A sanitizer has an allocator of its own, and glibc's is not set up beside it. */
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
  if (self->memory_bytes >= TRIM_BYTES)
    malloc_trim (0);
#endif
}

static void
run_job (gpointer data, gpointer user_data)
{
  Job *self = data;
  Shared *shared = g_atomic_rc_box_acquire (self->shared);
  GCancellable *cancellable = g_task_get_cancellable (self->task);

  /* Waits for a handler under way, which then finds the job running and leaves it alone. */
  g_cancellable_disconnect (cancellable, self->cancel_id);
  if (!g_task_return_error_if_cancelled (self->task))
    self->func (self->task, g_task_get_source_object (self->task),
                g_task_get_task_data (self->task), cancellable);
  give_back (self);

  g_mutex_lock (&shared->lock);
  shared->running--;
  shared->admitted_bytes -= self->memory_bytes;
  dispatch (shared);
  g_mutex_unlock (&shared->lock);
  job_unref (self);
  shared_unref (shared);
}

static gboolean
on_cancelled_idle (gpointer task)
{
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled while it waited");
  return G_SOURCE_REMOVE;
}

/* The callback must not run inside of g_cancellable_cancel(): its caller is in the middle of something. */
static void
return_cancelled (GTask *task)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_task_attach_source (task, source, on_cancelled_idle);
}

/* In whatever thread cancels. The connection, and with it this closure's hold, ends with the
 * cancellable. */
static void
on_cancellable_cancelled (GCancellable *cancellable, gpointer data)
{
  Job *self = data;
  g_autoptr (GTask) task = NULL;
  JobState before;

  g_mutex_lock (&self->shared->lock);
  before = self->state;
  if (before == JOB_NEW || before == JOB_WAITING)
    {
      self->state = JOB_CANCELLED;
      task = g_steal_pointer (&self->task);
    }
  if (before == JOB_WAITING)
    {
      g_queue_remove (&self->shared->waiting, self);
      /* What it kept back may fit now. */
      dispatch (self->shared);
    }
  g_mutex_unlock (&self->shared->lock);

  if (task != NULL)
    return_cancelled (task);
  if (before == JOB_WAITING)
    job_unref (self);
}

/* Never equal: what comes later goes behind those of its priority. */
static int
compare_jobs (gconstpointer queued, gconstpointer added, gpointer user_data)
{
  const Job *before = queued, *job = added;

  return g_task_get_priority (before->task) <= g_task_get_priority (job->task) ? -1 : 1;
}

/**
 * wb_picture_pool_run:
 * @task: (transfer none): with its data, cancellable and priority set
 * @memory_bytes: what @func will take at its peak
 */
void
wb_picture_pool_run (WbPicturePool *self, GTask *task, guint64 memory_bytes, GTaskThreadFunc func)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Job *job = g_atomic_rc_box_new0 (Job);
  gboolean queued;

  job->shared = g_atomic_rc_box_acquire (self->shared);
  job->task = g_object_ref (task);
  job->memory_bytes = MAX (memory_bytes, 1);
  job->func = func;
  /* Not under the lock: of a cancellable that is cancelled already it calls the handler here and
   * now. */
  if (cancellable != NULL)
    job->cancel_id = g_cancellable_connect (cancellable, G_CALLBACK (on_cancellable_cancelled),
                                            g_atomic_rc_box_acquire (job), job_unref);

  g_mutex_lock (&self->shared->lock);
  queued = job->state == JOB_NEW;
  if (queued)
    {
      job->state = JOB_WAITING;
      g_queue_insert_sorted (&self->shared->waiting, job, compare_jobs, NULL);
      dispatch (self->shared);
    }
  g_mutex_unlock (&self->shared->lock);
  if (!queued)
    job_unref (job);
}

static void
wb_picture_pool_finalize (GObject *object)
{
  WbPicturePool *self = WB_PICTURE_POOL (object);

  shared_unref (self->shared);
  G_OBJECT_CLASS (wb_picture_pool_parent_class)->finalize (object);
}

static void
wb_picture_pool_class_init (WbPicturePoolClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_picture_pool_finalize;
}

static void
wb_picture_pool_init (WbPicturePool *self)
{
  self->shared = g_atomic_rc_box_new0 (Shared);
  g_mutex_init (&self->shared->lock);
  self->shared->running_max = MIN (g_get_num_processors (), THREADS_MAX);
  /* GTask's own pool starts up to ten, and would hand our places to others. */
  self->shared->threads
      = g_thread_pool_new (run_job, NULL, (gint)self->shared->running_max, FALSE, NULL);
}

WbPicturePool *
wb_picture_pool_new (void)
{
  return g_object_new (WB_TYPE_PICTURE_POOL, NULL);
}
