// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cmr-object.h"
#include "wb-store-types.h"

G_BEGIN_DECLS

typedef enum {
  WB_COLLECTION_ORDERS,        /* journal: drafts and orders */
  WB_COLLECTION_ACTIVITY,      /* journal: operations */
  WB_COLLECTION_CUSTOMERS,
  WB_COLLECTION_DOMAINS,
  WB_COLLECTION_MAILBOXES,
  WB_COLLECTION_SUBSCRIPTIONS,
  WB_N_COLLECTIONS,
} WbCollection;

/* Reads: what is shown is refreshed here and lands in the mirror. Signals: "changed" (WbCollection) after
 * rows were written; "progress" (WbCollection, read, total). Properties: "paused". */
G_DECLARE_FINAL_TYPE (WbSync, wb_sync, WB, SYNC, GObject)

/**
 * wb_sync_refresh_async:
 * @customer_id: (nullable): one customer only
 *
 * Reads all pages of a collection into the mirror, at the whole pace; domains customer after customer. One sweep per (collection, customer) at a time: a second
 * call joins the first. Errors: CMR_ERROR by what to do next; rows read so far stay.
 */
void wb_sync_refresh_async (WbSync *self, WbCollection collection, const char *customer_id,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean wb_sync_refresh_finish (WbSync *self, GAsyncResult *result, GError **error);
gint64 wb_sync_get_as_of (WbSync *self, WbCollection collection); /* wall clock of the last whole sweep; 0 = never */
gboolean wb_sync_knows_ages (WbSync *self); /* before, 0 says nothing; signal "ages-known" */
/* @read and @total (-1: not told) are rows; customers for all domains, which are read customer after customer. */
gboolean wb_sync_is_running (WbSync *self, WbCollection collection, guint *read, gint64 *total);
/* The whole list that is being read, or would be if reading were not paused: first what a person waits for. */
gboolean wb_sync_get_under_way (WbSync *self, WbCollection *collection, guint *read, gint64 *total);

/* What is read whole stands still where it is; single things and single customers' lists are read all the same. It is
 * kept with the profile. */
void wb_sync_set_paused (WbSync *self, gboolean paused);
gboolean wb_sync_get_paused (WbSync *self);
/* Reading of what has grown old, by itself: the application starts it for what it shows. */
void wb_sync_start_schedule (WbSync *self);
void wb_sync_set_visible (WbSync *self, WbCollection collection, gboolean visible);

void wb_sync_read_wallet_async (WbSync *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gint64 wb_sync_read_wallet_finish (WbSync *self, GAsyncResult *result, GError **error); /* cents; kept in the journal */

/* One object from the mirror (customers, domains, mailboxes, subscriptions); NULL without error = not there. */
void wb_sync_load_async (WbSync *self, WbCollection collection, const char *id, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data);
CmrObject *wb_sync_load_finish (WbSync *self, GAsyncResult *result, GError **error);
/* Reads one from the server into the mirror; a 404 removes the row. */
void wb_sync_reread_async (WbSync *self, WbCollection collection, const char *id, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);
CmrObject *wb_sync_reread_finish (WbSync *self, GAsyncResult *result, GError **error);

/* Countries, and states of one: of CmrObject places (name, code), by name. */
void wb_sync_places_async (WbSync *self, const char *country_code, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *wb_sync_places_finish (WbSync *self, GAsyncResult *result, GError **error);

/* A customer is written whole (PUT) or new (POST); the operation is journalled like any other. The made
 * id is the operation's made-id; the row is in the mirror when the operation is done. */
void wb_sync_save_customer_async (WbSync *self, CmrObject *customer, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
WbOperation *wb_sync_save_customer_finish (WbSync *self, GAsyncResult *result, GError **error);

G_END_DECLS
