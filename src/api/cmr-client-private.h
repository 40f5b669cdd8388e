// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libsoup/soup.h>

#include "cmr-call-private.h"
#include "cmr-client.h"
#include "cmr-lanes.h"

G_BEGIN_DECLS

/* Answers are read up to this, whatever they say about their length. */
#define CMR_ANSWER_MAX_BYTES (16 * 1024 * 1024)

typedef struct {
  guint idle_ms;       /* without one byte, either way */
  guint read_total_ms; /* all tries of a read; what the vendor calls slow gets three times this */
  guint answer_ms;     /* from the last byte of a write to the last byte of its answer */
  guint backoff_ms;    /* before the second try of a read; doubled for the third */
} CmrTimeouts;

const CmrTimeouts *cmr_client_get_timeouts (CmrClient *self);
CmrLanes *cmr_client_get_lanes (CmrClient *self);

/**
 * cmr_client_new_message:
 *
 * The only place that makes a #SoupMessage and the only one that writes the key into one.
 *
 * Returns: (nullable): a message, or %NULL with %CMR_ERROR_INVALID if it would leave the bound origin
 */
SoupMessage *cmr_client_new_message (CmrClient *self, CmrCall *call, GError **error);

/* What every call has to pass before anything is sent; @reads says which function was called. */
gboolean cmr_client_check_call (CmrClient *self, CmrCall *call, gboolean reads, GError **error);

/* The text without the key, should a server repeat it. Takes and gives. */
char *cmr_client_take_redacted (CmrClient *self, char *text);
GBytes *cmr_client_take_redacted_bytes (CmrClient *self, GBytes *bytes);

/* Keeps connection state, skew and pace true to what came back. */
void cmr_client_note_reply (CmrClient *self, CmrCall *call, const CmrReply *reply);

/* One request, once, with its answer; cmr-exchange.c. */
typedef struct {
  gboolean writing;   /* never a second time; Cancel ends at the last byte */
  gint64 deadline;    /* monotonic microseconds, 0 = none; of reads */
  guint idle_ms;      /* 0 = as the client has it */
  CmrProgress progress;
  gpointer progress_data;
} CmrExchangeHow;

void cmr_exchange_async (CmrClient *client, CmrCall *call, const CmrExchangeHow *how,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* (nullable): NULL only with CMR_ERROR_INVALID, then nothing was sent */
CmrReply *cmr_exchange_finish (CmrClient *client, GAsyncResult *result, GError **error);

G_END_DECLS
