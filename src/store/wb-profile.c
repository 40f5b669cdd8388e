// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-profile.h"

#include "wb-blobs.h"
#include "wb-draft-private.h"
#include "wb-key-private.h"
#include "wb-names-private.h"
#include "wb-order-private.h"
#include "wb-outbox-private.h"
#include "wb-pace-private.h"
#include "wb-profile-private.h"
#include "wb-saved-views-private.h"
#include "wb-sync-private.h"

enum { PROP_NAME = 1, PROP_KEY_STATE, PROP_LOCK, PROP_WALLET_CENTS, PROP_WALLET_TIME, PROP_SPENT, N_PROPS };
static GParamSpec *props[N_PROPS];
enum { CHANGED, CLOSING, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbProfile, wb_profile, G_TYPE_OBJECT)

/* The pace goes with host and key: another key has another pacer. */
static void
set_pace (WbProfile *self)
{
  const WbProfileInfo *info = self->opened != NULL ? self->opened->info : NULL;

  if (info != NULL && info->kind != WB_PROFILE_BUILT_IN)
    cmr_pacer_set_rate (cmr_client_get_pacer (self->client), info->per_second);
}

void
wb_profile_note_key (WbProfile *self, WbKeyState state)
{
  set_pace (self);
  if (self->key_state == state)
    return;
  self->key_state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_KEY_STATE]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOCK]);
}

static void
find_key_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbProfile) self = user_data;
  g_autoptr (GError) error = NULL;
  char *key = NULL;
  WbKeyState state = wb_key_find_finish (result, &key, &error);

  /* A key entered while the search ran is the newer one. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->key_state != WB_KEY_LOOKING)
    {
      wb_key_free (key);
      return;
    }
  if (error != NULL)
    g_message ("no key: %s", error->message);
  if (key != NULL && !cmr_client_set_key (self->client, key, NULL))
    state = WB_KEY_MISSING;
  wb_key_free (key);
  wb_profile_note_key (self, state);
}

void
wb_profile_look_for_key (WbProfile *self, gboolean unlock)
{
  g_autofree char *origin = NULL;

  g_return_if_fail (WB_IS_PROFILE (self));

  /* What a key is bound to: at another address it is not even looked for. */
  origin = cmr_client_dup_origin (self->client);
  wb_profile_note_key (self, WB_KEY_LOOKING);
  wb_key_find_async (self->opened->info->id, origin, unlock, self->cancellable, find_key_cb, g_object_ref (self));
}

static WbProfile *
profile_new (WbOpened *opened, const char *key, GError **error)
{
  g_autoptr (WbProfile) self = g_object_new (WB_TYPE_PROFILE, NULL);
  g_autofree char *pictures = g_build_filename (opened->folder, "pictures", NULL);

  self->opened = opened;
  self->client = wb_profile_new_client (opened->info, error);
  if (self->client == NULL)
    return NULL;
  if (key != NULL && !cmr_client_set_key (self->client, key, error))
    return NULL;
  if (key != NULL)
    self->key_state = WB_KEY_MEMORY_ONLY;
  self->blobs = wb_blobs_new (pictures);
  self->outbox = wb_outbox_new (self);
  self->sync = wb_sync_new (self);
  self->names = wb_name_book_new (self);
  self->views = wb_saved_views_new (opened->journal, g_steal_pointer (&opened->views));
  self->drafts = wb_drafts_new (self);
  self->orders = wb_orders_new (self);
  set_pace (self);
  if (opened->lock_fd >= 0)
    {
      wb_outbox_start (self->outbox);
      wb_orders_start (self->orders);
    }
  wb_profile_start_upkeep (self);
  if (key == NULL)
    wb_profile_look_for_key (self, FALSE);
  return g_steal_pointer (&self);
}

typedef struct {
  WbProfileFind find; /* (nullable): where the id is there already */
  gpointer data;
  GDestroyNotify free_data;
  char *id, *data_dir, *cache_dir, *key;
} Open;

static void
open_free (Open *open)
{
  if (open->free_data != NULL)
    open->free_data (open->data);
  g_free (open->id);
  g_free (open->data_dir);
  g_free (open->cache_dir);
  wb_key_free (open->key);
  g_free (open);
}

static void
open_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Open *open = data;
  GError *error = NULL;
  WbOpened *opened = NULL;

  if (open->find != NULL)
    open->id = open->find (open->data, &open->key, &error);
  if (open->id != NULL)
    opened = wb_opened_run (open->data_dir, open->cache_dir, open->id, &error);
  if (opened == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, opened, (GDestroyNotify) wb_opened_free);
}

/* Takes @open over, but for the two paths. */
static void
run_open (const Open *open, const char *data_dir, const char *cache_dir, GCancellable *cancellable,
          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Open *own = g_memdup2 (open, sizeof *open);

  own->data_dir = g_strdup (data_dir);
  own->cache_dir = g_strdup (cache_dir);
  g_task_set_source_tag (task, wb_profile_open_async);
  g_task_set_task_data (task, own, (GDestroyNotify) open_free);
  g_task_run_in_thread (task, open_thread);
}

void
wb_profile_open_async (const char *id, const char *data_dir, const char *cache_dir, const char *key,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Open open = { .id = g_strdup (id), .key = g_strdup (key) };

  run_open (&open, data_dir, cache_dir, cancellable, callback, user_data);
}

void
wb_profile_find_and_open_async (WbProfileFind find, gpointer data, GDestroyNotify free_data, const char *data_dir,
                                const char *cache_dir, GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  Open open = { .find = find, .data = data, .free_data = free_data };

  run_open (&open, data_dir, cache_dir, cancellable, callback, user_data);
}

WbProfile *
wb_profile_open_finish (GAsyncResult *result, GError **error)
{
  WbOpened *opened = g_task_propagate_pointer (G_TASK (result), error);
  Open *open = g_task_get_task_data (G_TASK (result));

  return opened != NULL ? profile_new (opened, open->key, error) : NULL;
}

/* The parts hold a plain pointer to their profile, so they go before it and in the order of use. */
static void
drop_parts (WbProfile *self)
{
  if (!g_cancellable_is_cancelled (self->cancellable))
    g_signal_emit (self, signals[CLOSING], 0);
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->relock_id, g_source_remove);
  g_clear_handle_id (&self->shrink_id, g_source_remove);
  if (self->orders != NULL)
    wb_orders_stop (self->orders);
  if (self->drafts != NULL)
    wb_drafts_stop (self->drafts);
  if (self->names != NULL)
    wb_name_book_stop (self->names);
  if (self->views != NULL)
    wb_saved_views_stop (self->views);
  if (self->sync != NULL)
    wb_sync_stop (self->sync);
  if (self->outbox != NULL)
    wb_outbox_shut (self->outbox);
  g_clear_object (&self->orders);
  g_clear_object (&self->drafts);
  g_clear_object (&self->names);
  g_clear_object (&self->views);
  g_clear_object (&self->sync);
  g_clear_object (&self->outbox);
  g_clear_object (&self->blobs);
}

static void
close_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  wb_opened_free (data);
  g_task_return_boolean (task, TRUE);
}

void
wb_profile_close_async (WbProfile *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, wb_profile_close_async);
  drop_parts (self);
  g_task_set_task_data (task, g_steal_pointer (&self->opened), NULL);
  g_task_run_in_thread (task, close_thread);
}

gboolean
wb_profile_close_finish (WbProfile *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
wb_profile_dispose (GObject *object)
{
  WbProfile *self = WB_PROFILE (object);

  drop_parts (self);
  g_clear_pointer (&self->opened, wb_opened_free);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (wb_profile_parent_class)->dispose (object);
}

static void
wb_profile_finalize (GObject *object)
{
  WbProfile *self = WB_PROFILE (object);

  g_free (self->run_id);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (wb_profile_parent_class)->finalize (object);
}

static void
wb_profile_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WbProfile *self = WB_PROFILE (object);

  switch (id)
    {
    case PROP_NAME: g_value_set_string (value, self->opened->info->name); break;
    case PROP_KEY_STATE: g_value_set_int (value, self->key_state); break;
    case PROP_LOCK: g_value_set_int (value, wb_profile_get_lock (self)); break;
    case PROP_WALLET_CENTS: g_value_set_int64 (value, self->opened->wallet_cents); break;
    case PROP_WALLET_TIME: g_value_set_int64 (value, self->opened->wallet_time); break;
    case PROP_SPENT: g_value_set_int64 (value, self->opened->spent_today); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wb_profile_class_init (WbProfileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = wb_profile_dispose;
  object_class->finalize = wb_profile_finalize;
  object_class->get_property = wb_profile_get_property;
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  props[PROP_KEY_STATE] = g_param_spec_int ("key-state", NULL, NULL, 0, WB_KEY_MEMORY_ONLY, 0, flags);
  props[PROP_LOCK] = g_param_spec_int ("lock", NULL, NULL, 0, WB_LOCK_DISK, 0, flags);
  props[PROP_WALLET_CENTS] = g_param_spec_int64 ("wallet-cents", NULL, NULL, G_MININT64, G_MAXINT64, G_MININT64, flags);
  props[PROP_WALLET_TIME] = g_param_spec_int64 ("wallet-time", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_SPENT] = g_param_spec_int64 ("spent-today", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  /**
   * WbProfile::rows-changed:
   * @collection: a #WbCollection
   *
   * Rows of a collection were written.
   */
  signals[CHANGED] = g_signal_new ("rows-changed", WB_TYPE_PROFILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_INT);
  /**
   * WbProfile::closing:
   *
   * Whoever reads rows asks for no more of them.
   */
  signals[CLOSING] = g_signal_new ("closing", WB_TYPE_PROFILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_profile_init (WbProfile *self)
{
  self->run_id = g_uuid_string_random ();
  self->cancellable = g_cancellable_new ();
}

const WbProfileInfo *
wb_profile_get_info (WbProfile *self)
{
  return self->opened->info;
}

const char *
wb_profile_get_folder (WbProfile *self)
{
  return self->opened->folder;
}

const char *
wb_profile_get_data_dir (WbProfile *self)
{
  return self->opened->data_dir;
}

const char *
wb_profile_get_journal_aside (WbProfile *self)
{
  return self->opened->journal_aside;
}

WbKeyState
wb_profile_get_key_state (WbProfile *self)
{
  return self->key_state;
}

const char *
wb_profile_get_lock_owner (WbProfile *self)
{
  return self->opened->lock_owner;
}

const char *
wb_profile_get_spent_on (WbProfile *self)
{
  return self->opened->spent_on != NULL ? self->opened->spent_on : "";
}

gint64
wb_profile_get_spent_today (WbProfile *self)
{
  return self->opened->spent_today;
}

void
wb_profile_note_wallet (WbProfile *self, gint64 cents, gint64 time)
{
  if (time < self->opened->wallet_time)
    return;
  self->opened->wallet_cents = cents;
  self->opened->wallet_time = time;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WALLET_CENTS]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WALLET_TIME]);
}

void
wb_profile_note_changed (WbProfile *self, int collection)
{
  g_signal_emit (self, signals[CHANGED], 0, collection);
}

gint64
wb_profile_get_wallet_cents (WbProfile *self)
{
  return self->opened->wallet_cents;
}

gint64
wb_profile_get_wallet_time (WbProfile *self)
{
  return self->opened->wallet_time;
}

CmrClient *
wb_profile_get_client (WbProfile *self)
{
  return self->client;
}

WbOutbox *
wb_profile_get_outbox (WbProfile *self)
{
  return self->outbox;
}

WbOrders *
wb_profile_get_orders (WbProfile *self)
{
  return self->orders;
}

WbDrafts *
wb_profile_get_drafts (WbProfile *self)
{
  return self->drafts;
}

WbSync *
wb_profile_get_sync (WbProfile *self)
{
  return self->sync;
}

WbNameBook *
wb_profile_get_names (WbProfile *self)
{
  return self->names;
}

WbBlobs *
wb_profile_get_blobs (WbProfile *self)
{
  return self->blobs;
}

WbDatabase *
wb_profile_get_journal (WbProfile *self)
{
  return self->opened != NULL ? self->opened->journal : NULL;
}

WbDatabase *
wb_profile_get_mirror (WbProfile *self)
{
  return self->opened != NULL ? self->opened->mirror : NULL;
}

WbDatabase *
wb_profile_get_reader (WbProfile *self)
{
  return self->opened != NULL ? self->opened->reader : NULL;
}

WbDatabase *
wb_profile_get_lists (WbProfile *self)
{
  return self->opened != NULL ? self->opened->lists : NULL;
}

WbListPager *
wb_profile_get_pager (WbProfile *self)
{
  return self->opened != NULL ? self->opened->pager : NULL;
}

GCancellable *
wb_profile_get_cancellable (WbProfile *self)
{
  return self->cancellable;
}

const char *
wb_profile_get_run_id (WbProfile *self)
{
  return self->run_id;
}
