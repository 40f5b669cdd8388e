// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-order-private.h"

#include "wb-outbox-private.h"
#include "wb-pace-private.h"
#include "wb-profile.h"
#include "wb-sync.h"

/* All polling of orders together: one request a second. */
#define ASK_EVERY_MS 1000
#define DISK_RETRY_MS 5000
#define SAVES_AGAIN "saves-again"

struct _WbOrders {
  GObject parent_instance;

  WbProfile *profile; /* owns us; NULL once stopped */
  GCancellable *cancellable;
  GHashTable *orders; /* id → WbOrder */
  GHashTable *making; /* ids of drafts that are being ordered */
  GHashTable *unsaved; /* ids of orders that the disk did not take */
  gint64 last_ask;    /* monotonic */
  guint n_open, n_followed;
};

enum { PROP_0, PROP_N_OPEN, PROP_N_FOLLOWED, N_PROPS };
static GParamSpec *props[N_PROPS];

enum { CHANGED, FINISHED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbOrders, wb_orders, G_TYPE_OBJECT)

WbProfile *
wb_orders_get_profile (WbOrders *self)
{
  return self->profile;
}

GCancellable *
wb_orders_get_cancellable (WbOrders *self)
{
  return self->cancellable;
}

WbOrder *
wb_orders_peek (WbOrders *self, const char *id)
{
  return g_hash_table_lookup (self->orders, id);
}

void
wb_orders_forget (WbOrders *self, WbOrder *order)
{
  g_hash_table_remove (self->orders, wb_order_get_id (order));
}

WbOrder *
wb_orders_adopt (WbOrders *self, WbOrderData *data)
{
  WbOrder *order = g_hash_table_lookup (self->orders, data->id);

  if (order != NULL)
    {
      wb_order_data_free (data);
      return order;
    }
  order = wb_order_new (data);
  g_hash_table_insert (self->orders, g_strdup (data->id), order);
  return order;
}

gboolean
wb_orders_begin_making (WbOrders *self, const char *draft)
{
  if (!g_hash_table_add (self->making, g_strdup (draft)))
    return FALSE;
  wb_orders_hold (self);
  return TRUE;
}

void
wb_orders_end_making (WbOrders *self, const char *draft)
{
  if (g_hash_table_remove (self->making, draft))
    wb_orders_release (self);
}

static void
set_n_open (WbOrders *self, guint n_open)
{
  if (self->n_open == n_open)
    return;
  self->n_open = n_open;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_OPEN]);
}

/* Once stopped nothing is open, whoever comes back later. */
void
wb_orders_hold (WbOrders *self)
{
  if (self->profile != NULL)
    set_n_open (self, self->n_open + 1);
}

void
wb_orders_release (WbOrders *self)
{
  if (self->profile != NULL)
    set_n_open (self, self->n_open - 1);
}

void
wb_orders_note_followed (WbOrders *self, int change)
{
  self->n_followed += change;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_FOLLOWED]);
  if (change > 0)
    wb_orders_hold (self);
  else
    wb_orders_release (self);
}

guint
wb_orders_take_turn (WbOrders *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 at = self->last_ask == 0 ? now : self->last_ask + (gint64) wb_pace_ms (ASK_EVERY_MS) * 1000;

  if (at > now)
    return (guint) ((at - now + 999) / 1000);
  self->last_ask = now;
  return 0;
}

/* Saving */

static void
data_free (gpointer data)
{
  wb_order_data_free (data);
}

typedef struct {
  WbOrders *orders;
  WbOrder *order;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->orders);
  g_object_unref (saving->order);
  g_free (saving);
}

static gboolean
save_again (gpointer data)
{
  Saving *saving = data;

  g_object_set_data (G_OBJECT (saving->order), SAVES_AGAIN, NULL);
  wb_orders_save (saving->orders, saving->order);
  return G_SOURCE_REMOVE;
}

static void
note_unsaved (WbOrders *self, WbOrder *order, gboolean unsaved)
{
  guint before = g_hash_table_size (self->unsaved);
  guint after;

  if (unsaved)
    g_hash_table_add (self->unsaved, g_strdup (wb_order_get_id (order)));
  else
    g_hash_table_remove (self->unsaved, wb_order_get_id (order));
  after = g_hash_table_size (self->unsaved);
  if ((before == 0) != (after == 0))
    wb_profile_note_disk (self->profile, unsaved);
}

/* What the disk does not take now it is offered again, and meanwhile nothing new is sent. */
static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Saving *saving = user_data;
  WbOrders *self = saving->orders;
  g_autoptr (GError) error = NULL;
  gboolean good = wb_database_run_finish (result, &error) != NULL;

  if (!good)
    g_message ("an order was not saved: %s", error != NULL ? error->message : "no reason");
  if (self->profile == NULL)
    {
      saving_free (saving);
      return;
    }
  note_unsaved (self, saving->order, !good);
  if (good)
    wb_profile_note_changed (self->profile, WB_COLLECTION_ORDERS);
  /* One try for each order, however often it was to be saved meanwhile. */
  if (good || g_object_get_data (G_OBJECT (saving->order), SAVES_AGAIN) != NULL)
    {
      saving_free (saving);
      return;
    }
  g_object_set_data (G_OBJECT (saving->order), SAVES_AGAIN, saving);
  g_timeout_add_full (G_PRIORITY_DEFAULT, wb_pace_ms (DISK_RETRY_MS), save_again, saving, saving_free);
}

void
wb_orders_save (WbOrders *self, WbOrder *order)
{
  Saving *saving;

  if (self->profile == NULL)
    return;
  saving = g_new0 (Saving, 1);
  saving->orders = g_object_ref (self);
  saving->order = g_object_ref (order);
  wb_database_run_async (wb_profile_get_journal (self->profile), wb_order_save_job,
                         wb_order_data_copy (wb_order_get_data (order)), data_free, NULL, NULL, saved_cb, saving);
  g_signal_emit (self, signals[CHANGED], 0, order);
}

void
wb_orders_emit_finished (WbOrders *self, WbOrder *order)
{
  g_signal_emit (self, signals[FINISHED], 0, order);
}

/* Loading */

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbOrders *self = g_task_get_source_object (task);
  GError *error = NULL;
  WbOrderFound *found = wb_database_run_finish (result, &error);
  g_autoptr (WbOrder) order = NULL;

  if (found != NULL && self->profile != NULL && found->orders->len > 0)
    order = g_object_ref (wb_orders_take_found (self, found));
  if (order == NULL && error == NULL)
    g_set_error_literal (&error, CMR_ERROR, CMR_ERROR_NOT_FOUND, "no such order");
  g_clear_pointer (&found, wb_order_found_free);
  if (order == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&order), g_object_unref);
}

void
wb_orders_load_async (WbOrders *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  WbOrder *order = g_hash_table_lookup (self->orders, id);

  g_task_set_source_tag (task, wb_orders_load_async);
  if (order == NULL && self->profile != NULL)
    {
      wb_database_run_async (wb_profile_get_journal (self->profile), wb_order_find_job, g_strdup (id), g_free,
                             (GDestroyNotify) wb_order_found_free, cancellable, loaded_cb, task);
      return;
    }
  if (order != NULL)
    g_task_return_pointer (task, g_object_ref (order), g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the profile is closed");
  g_object_unref (task);
}

WbOrder *
wb_orders_load_finish (WbOrders *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Life */

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbOrders) self = user_data;
  g_autoptr (GError) error = NULL;
  WbOrderFound *found = wb_database_run_finish (result, &error);

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("open orders could not be read: %s", error->message);
  if (found != NULL && self->profile != NULL)
    wb_orders_take_found (self, found);
  g_clear_pointer (&found, wb_order_found_free);
}

/* After wb_outbox_start(): its job stands before this one in the journal's queue, so what was being sent is
 * unknown by now. */
void
wb_orders_start (WbOrders *self)
{
  wb_database_run_async (wb_profile_get_journal (self->profile), wb_order_find_job, NULL, NULL,
                         (GDestroyNotify) wb_order_found_free, self->cancellable, found_cb, g_object_ref (self));
}

static void
stop_following (gpointer id, gpointer order, gpointer unused)
{
  wb_orders_unfollow (order);
}

void
wb_orders_stop (WbOrders *self)
{
  g_cancellable_cancel (self->cancellable);
  g_hash_table_foreach (self->orders, stop_following, NULL);
  if (self->profile != NULL)
    g_signal_handlers_disconnect_by_func (wb_profile_get_outbox (self->profile), wb_orders_on_operation, self);
  self->profile = NULL;
  set_n_open (self, 0);
}

WbOrders *
wb_orders_new (WbProfile *profile)
{
  WbOrders *self = g_object_new (WB_TYPE_ORDERS, NULL);

  self->profile = profile;
  g_signal_connect (wb_profile_get_outbox (profile), "changed", G_CALLBACK (wb_orders_on_operation), self);
  return self;
}

static void
wb_orders_finalize (GObject *object)
{
  WbOrders *self = WB_ORDERS (object);

  g_hash_table_unref (self->orders);
  g_hash_table_unref (self->making);
  g_hash_table_unref (self->unsaved);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (wb_orders_parent_class)->finalize (object);
}

static void
wb_orders_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WbOrders *self = WB_ORDERS (object);

  switch (id)
    {
    case PROP_N_OPEN: g_value_set_uint (value, self->n_open); break;
    case PROP_N_FOLLOWED: g_value_set_uint (value, self->n_followed); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wb_orders_class_init (WbOrdersClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  G_OBJECT_CLASS (klass)->finalize = wb_orders_finalize;
  G_OBJECT_CLASS (klass)->get_property = wb_orders_get_property;
  props[PROP_N_OPEN] = g_param_spec_uint ("n-open", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_N_FOLLOWED] = g_param_spec_uint ("n-followed", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  signals[CHANGED]
      = g_signal_new ("changed", WB_TYPE_ORDERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, WB_TYPE_ORDER);
  signals[FINISHED] = g_signal_new ("finished", WB_TYPE_ORDERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                    WB_TYPE_ORDER);
}

static void
wb_orders_init (WbOrders *self)
{
  self->cancellable = g_cancellable_new ();
  self->orders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->making = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->unsaved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}
