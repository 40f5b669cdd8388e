// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-walk-private.h"

/* All pages of a list, one after the other. What money hangs on is never read from a first page alone. */

#define LIMIT 100
#define MOST_PAGES 200

typedef struct {
  WbWalk how;
  char *customer_id, *contains;
  char *first; /* key of the first row of the page before: a service that pays no heed to `page` is noticed */
  guint page;
  gboolean whole;
  GSource *pause;
} State;

static void
state_free (gpointer data)
{
  State *state = data;

  if (state->pause != NULL)
    {
      g_source_destroy (state->pause);
      g_source_unref (state->pause);
    }
  g_free (state->customer_id);
  g_free (state->contains);
  g_free (state->first);
  g_free (state);
}

static void next_page (GTask *task);

static void
end (GTask *task, gboolean whole)
{
  ((State *) g_task_get_task_data (task))->whole = whole;
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static const char *
key_of (CmrObject *row)
{
  const CmrResource *resource = cmr_object_get_resource (row);

  for (guint i = 0; i < resource->n_fields; i++)
    if (resource->fields[i].flags & CMR_FIELD_KEY)
      return cmr_object_get_text (row, resource->fields[i].member);
  return "";
}

/* The same page again: nothing more is to be had, and if the rows were more than a page they were all of them. */
static gboolean
stands_still (State *state, const CmrPage *page)
{
  const char *first = page->rows->len > 0 ? key_of (page->rows->pdata[0]) : "";

  if (state->page > 1 && *first != '\0' && g_strcmp0 (state->first, first) == 0)
    return TRUE;
  g_free (state->first);
  state->first = g_strdup (first);
  return FALSE;
}

/* No paging stated and a full page: there may be another. */
static gboolean
is_last (const CmrPage *page)
{
  return page->total_pages > 0 || page->total >= 0 || page->rows->len == 0 ? page->last : page->rows->len < LIMIT;
}

static void
take_page (GTask *task, const CmrPage *page)
{
  State *state = g_task_get_task_data (task);

  if (stands_still (state, page))
    {
      end (task, page->total_pages == 0);
      return;
    }
  for (guint i = 0; i < page->rows->len; i++)
    if (!state->how.row (page->rows->pdata[i], state->how.data))
      {
        end (task, TRUE);
        return;
      }
  if (is_last (page))
    end (task, TRUE);
  else if (state->page >= MOST_PAGES)
    end (task, FALSE);
  else
    next_page (task);
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  State *state = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, &error);
  g_autoptr (CmrPage) page = body != NULL ? cmr_page_parse (cmr_endpoint_get (state->how.op), body, &error) : NULL;

  if (page != NULL)
    {
      take_page (task, page);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
ask_page (GTask *task)
{
  State *state = g_task_get_task_data (task);
  g_autoptr (CmrCall) call = cmr_call_new (state->how.op);
  g_autofree char *page = g_strdup_printf ("%u", state->page);

  cmr_call_set_priority (call, state->how.priority);
  if (state->customer_id != NULL)
    cmr_call_set_param (call, "userId", state->customer_id);
  if (state->contains != NULL)
    cmr_call_set_param (call, "contains", state->contains);
  cmr_call_set_param (call, "page", page);
  cmr_call_set_param (call, "limit", G_STRINGIFY (LIMIT));
  cmr_client_read_async (g_task_get_source_object (task), call, g_task_get_cancellable (task), page_cb, task);
}

static gboolean
on_pause_over (gpointer user_data)
{
  GTask *task = user_data;

  if (g_task_return_error_if_cancelled (task))
    g_object_unref (task);
  else
    next_page (task);
  return G_SOURCE_REMOVE;
}

/* Cancel ends the pause. */
static void
pause_for (GTask *task, guint ms)
{
  State *state = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  state->pause = g_timeout_source_new (ms);
  if (cancellable != NULL)
    {
      g_autoptr (GSource) child = g_cancellable_source_new (cancellable);

      g_source_set_dummy_callback (child);
      g_source_add_child_source (state->pause, child);
    }
  g_source_set_callback (state->pause, on_pause_over, task, NULL);
  g_source_attach (state->pause, g_main_context_get_thread_default ());
}

/* The wait is asked for until it is none: others may have taken the turn meanwhile. */
static void
next_page (GTask *task)
{
  State *state = g_task_get_task_data (task);
  guint wait_ms = state->how.wait != NULL ? state->how.wait (state->how.data) : 0;

  g_clear_pointer (&state->pause, g_source_unref);
  if (wait_ms > 0)
    {
      pause_for (task, wait_ms);
      return;
    }
  state->page++;
  ask_page (task);
}

/**
 * wb_walk_async:
 * @walk: how; its texts are copied
 *
 * Main thread. A page that cannot be read ends it with %CMR_ERROR.
 */
void
wb_walk_async (CmrClient *client, const WbWalk *walk, GCancellable *cancellable, GAsyncReadyCallback callback,
               gpointer user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  State *state = g_new0 (State, 1);

  g_task_set_source_tag (task, wb_walk_async);
  g_task_set_task_data (task, state, state_free);
  state->how = *walk;
  state->customer_id = g_strdup (walk->customer_id);
  state->contains = g_strdup (walk->contains);
  next_page (task);
}

gboolean
wb_walk_finish (GAsyncResult *result, gboolean *whole, GError **error)
{
  State *state = g_task_get_task_data (G_TASK (result));

  *whole = state->whole;
  return g_task_propagate_boolean (G_TASK (result), error);
}
