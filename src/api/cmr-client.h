// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cmr-pacer.h"

G_BEGIN_DECLS

/* What the last request showed; never a guess: "waiting" is a 429, a 503 is trouble as any 5xx. Property
 * "connection", notified on change. */
typedef enum {
  CMR_CONNECTION_IDLE,
  CMR_CONNECTION_CONNECTED,
  CMR_CONNECTION_WAITING,
  CMR_CONNECTION_OFFLINE,
  CMR_CONNECTION_KEY_REFUSED,
  CMR_CONNECTION_TROUBLE,
} CmrConnection;

/* The one pipeline: nothing else makes a SoupMessage. Lives in the thread that made it. */
#define CMR_TYPE_CLIENT (cmr_client_get_type ())
G_DECLARE_FINAL_TYPE (CmrClient, cmr_client, CMR, CLIENT, GObject)

/**
 * cmr_client_new:
 * @base_url: https, or http to literal 127.0.0.1 / [::1] where @loopback is allowed
 * @header: name of the key's header, "cmr-x-api-key" by default
 * @loopback: sandbox and built-in profiles only
 *
 * Returns: (nullable): a client without a key, or %NULL with %CMR_ERROR_INVALID
 */
CmrClient *cmr_client_new (const char *base_url, const char *header, gboolean loopback, GError **error);
const char *cmr_client_get_base_url (CmrClient *self);
char *cmr_client_dup_origin (CmrClient *self);
/* Printable ASCII, trimmed; bound to the origin. The copy is cleared with the client. */
gboolean cmr_client_set_key (CmrClient *self, const char *key, GError **error);
gboolean cmr_client_has_key (CmrClient *self);
gboolean cmr_key_check (const char *key, GError **error);
/* security.md, 7: a relative path, never that of a paid or destructive operation. */
gboolean cmr_client_set_override (CmrClient *self, CmrOp op, const char *path, GError **error);
CmrPacer *cmr_client_get_pacer (CmrClient *self);
CmrConnection cmr_client_get_connection (CmrClient *self);
guint cmr_client_get_last_status (CmrClient *self);
gint64 cmr_client_get_last_answer (CmrClient *self); /* wall clock, microseconds; 0 = never */
gint64 cmr_client_get_clock_skew (CmrClient *self);  /* server minus ours, microseconds */

/**
 * cmr_client_set_timeouts_ms:
 * @idle_ms: without a byte either way (30 s)
 * @read_total_ms: all tries of a read together (60 s; three times that for the workspace check)
 * @answer_ms: from the last byte of a write to the end of its answer (120 s)
 * @backoff_ms: before the second try of a read, doubled before the third (5 s)
 */
void cmr_client_set_timeouts_ms (CmrClient *self, guint idle_ms, guint read_total_ms, guint answer_ms,
                                 guint backoff_ms);

/**
 * cmr_client_read_async:
 *
 * Sends a call whose endpoint READS; retried with back-off (bounded) on 429, 5xx and cut answers.
 * Finish returns the body of a 2xx, or CMR_ERROR by what to do next; without a key %CMR_ERROR_SIGNED_OUT,
 * and nothing was sent.
 */
void cmr_client_read_async (CmrClient *self, CmrCall *call, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data);
GBytes *cmr_client_read_finish (CmrClient *self, GAsyncResult *result, GError **error);

/**
 * CmrProgress:
 *
 * Bytes handed to the network so far, at most 10 times a second; @last_byte once Cancel is off.
 */
typedef void (*CmrProgress) (guint64 sent, guint64 total, gboolean last_byte, gpointer user_data);

/**
 * cmr_client_write_async:
 * @cancellable: stops it until its last byte is handed over, and has no effect from then on
 *
 * Sends a call exactly once, whatever happens: never repeated, redirected or reused. The caller has its
 * journal row on disk. Finish returns a reply in every case but a programming error or a refusal before
 * sending (empty list of targets, missing parameter): then %NULL with %CMR_ERROR_INVALID, or without a key
 * %CMR_ERROR_SIGNED_OUT, and nothing was sent. Background reads wait meanwhile.
 */
void cmr_client_write_async (CmrClient *self, CmrCall *call, CmrProgress progress, gpointer progress_data,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
CmrReply *cmr_client_write_finish (CmrClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
