// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cmr-client.h"
#include "wb-store-types.h"

G_BEGIN_DECLS

typedef enum { WB_PROFILE_LIVE, WB_PROFILE_VENDOR_SANDBOX, WB_PROFILE_BUILT_IN } WbProfileKind;

/* profile.ini; a new one is read-only when live. Colours: blue teal green yellow orange red purple brown. */
typedef struct {
  char *id;
  char *name;
  char *colour;
  WbProfileKind kind;
  char *base_url;
  char *header;
  gboolean read_only;
  double per_second;       /* 1 to 4 */
  gint64 guard_order_cents; /* one order above it asks for the sum; 50000 */
  gint64 guard_day_cents;   /* 100000 */
  GHashTable *overrides;    /* operationId → relative path */
} WbProfileInfo;

WbProfileInfo *wb_profile_info_new (const char *name, WbProfileKind kind);
void wb_profile_info_free (WbProfileInfo *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbProfileInfo, wb_profile_info_free)

/**
 * wb_profile_info_load:
 *
 * Blocks: for workers.
 *
 * Returns: (transfer full) (nullable): what @id's profile.ini says
 */
WbProfileInfo *wb_profile_info_load (const char *data_dir, const char *id, GError **error);
/* Written, and on the disk. Blocks: for workers. */
gboolean wb_profile_info_save (WbProfileInfo *info, const char *data_dir, GError **error);
/* A copy of @info is written by a worker, whoever goes meanwhile. */
void wb_profile_info_save_async (const WbProfileInfo *info, const char *data_dir, GAsyncReadyCallback callback, gpointer user_data);
gboolean wb_profile_info_save_finish (GAsyncResult *result, GError **error);

/**
 * wb_profile_list:
 * @data_dir: the program's data folder ($XDG_DATA_HOME/waybill)
 *
 * Blocks: for workers.
 *
 * Returns: (element-type WbProfileInfo) (transfer full): what lies under profiles/, by name; unreadable ones are left out
 */
GPtrArray *wb_profile_list (const char *data_dir);
void wb_profile_list_async (const char *data_dir, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* As wb_profile_list(); %NULL only when it was cancelled. */
GPtrArray *wb_profile_list_finish (GAsyncResult *result, GError **error);

/**
 * wb_profile_ensure:
 * @name: of a new one
 * @base_url: (nullable): the address it has to have; %NULL for any
 *
 * Finds the first profile of its kind and address, or makes it. Waits for the disk: for workers.
 *
 * Returns: (transfer full) (nullable): its id
 */
char *wb_profile_ensure (const char *data_dir, WbProfileKind kind, const char *name, const char *base_url, GError **error);

/* Where the key stands. The start never waits for it. */
typedef enum {
  WB_KEY_LOOKING, WB_KEY_PRESENT, WB_KEY_MISSING, WB_KEY_LOCKED,
  WB_KEY_MEMORY_ONLY, /* present, but there is no keyring: gone at quit */
} WbKeyState;

/* Why nothing may be sent. */
typedef enum {
  WB_LOCK_NONE, WB_LOCK_READ_ONLY, WB_LOCK_OTHER_PROCESS, WB_LOCK_NO_KEY, WB_LOCK_DISK,
} WbLock;

typedef enum { WB_UNLOCK_HOUR, WB_UNLOCK_SESSION, WB_UNLOCK_ALWAYS } WbUnlock;

/* An opened profile: its lock, stores, client, outbox, lists. Properties: "name", "key-state", "lock",
 * "wallet-cents" (CMR_MONEY_UNKNOWN before the first reading), "wallet-time". */
G_DECLARE_FINAL_TYPE (WbProfile, wb_profile, WB, PROFILE, GObject)

/**
 * wb_profile_open_async:
 * @data_dir, @cache_dir: the program's folders
 * @key: (nullable): a key for memory only (built-in sandbox, --key-file of test builds); %NULL looks in the secret service
 *
 * Takes the flock (else opens read-only: WB_LOCK_OTHER_PROCESS and "lock-owner" says who), opens the
 * journal (what was being sent becomes unknown), the mirror, and starts looking for the key.
 */
void wb_profile_open_async (const char *id, const char *data_dir, const char *cache_dir, const char *key,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* Overwrites a key in memory, then frees it. @key: (nullable) */
void wb_key_free (char *key);

/**
 * WbProfileFind:
 * @key: (out) (nullable) (transfer full): as that of wb_profile_open_async()
 *
 * Runs in a worker.
 *
 * Returns: (transfer full) (nullable): the id of the profile that is to be opened
 */
typedef char *(*WbProfileFind) (gpointer data, char **key, GError **error);
/* As wb_profile_open_async(), of a profile that the worker has to find, or get ready, first. */
void wb_profile_find_and_open_async (WbProfileFind find, gpointer data, GDestroyNotify free_data, const char *data_dir,
                                     const char *cache_dir, GCancellable *cancellable, GAsyncReadyCallback callback,
                                     gpointer user_data);
WbProfile *wb_profile_open_finish (GAsyncResult *result, GError **error);
/* Waits for the writers, closes the files, releases the lock. */
void wb_profile_close_async (WbProfile *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean wb_profile_close_finish (WbProfile *self, GAsyncResult *result, GError **error);

/* Bytes on the disk */
typedef struct {
  gint64 mirror, journal, pictures;
} WbProfileSizes;

void wb_profile_measure_async (WbProfile *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean wb_profile_measure_finish (WbProfile *self, GAsyncResult *result, WbProfileSizes *sizes, GError **error);

const WbProfileInfo *wb_profile_get_info (WbProfile *self);
const char *wb_profile_get_folder (WbProfile *self);
WbKeyState wb_profile_get_key_state (WbProfile *self);
WbLock wb_profile_get_lock (WbProfile *self);
const char *wb_profile_get_lock_owner (WbProfile *self);
void wb_profile_unlock (WbProfile *self, WbUnlock how);
void wb_profile_lock (WbProfile *self);
gint64 wb_profile_get_wallet_cents (WbProfile *self);
gint64 wb_profile_get_wallet_time (WbProfile *self);
/* Stores the key in the secret service where there is one, bound to the profile's origin. */
void wb_profile_set_key_async (WbProfile *self, const char *key, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
gboolean wb_profile_set_key_finish (WbProfile *self, GAsyncResult *result, GError **error);
/* Looks in the secret service (again); @unlock lets the desktop ask for the keyring's password. */
void wb_profile_look_for_key (WbProfile *self, gboolean unlock);
/* (nullable): where a damaged journal was put at this start. */
const char *wb_profile_get_journal_aside (WbProfile *self);
void wb_profile_forget_key_async (WbProfile *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean wb_profile_forget_key_finish (WbProfile *self, GAsyncResult *result, GError **error);

CmrClient *wb_profile_get_client (WbProfile *self);   /* for the store's own parts; views never */
WbOutbox *wb_profile_get_outbox (WbProfile *self);
WbOrders *wb_profile_get_orders (WbProfile *self);
WbDrafts *wb_profile_get_drafts (WbProfile *self);
WbSync *wb_profile_get_sync (WbProfile *self);
WbNameBook *wb_profile_get_names (WbProfile *self);
WbBlobs *wb_profile_get_blobs (WbProfile *self);
/* What was learned of this service: "process-path" = "missing" … kept in the journal. */
const char *wb_profile_get_fact (WbProfile *self, const char *name); /* (nullable); NULL for all once it is closed */
void wb_profile_set_fact (WbProfile *self, const char *name, const char *value);
/* Sum of paid operations of today (local day), for the spending guard. */
gint64 wb_profile_get_spent_today (WbProfile *self);
const char *wb_profile_get_spent_on (WbProfile *self); /* for whom: names, comma between; "" = nobody */

G_END_DECLS
