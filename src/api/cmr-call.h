// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

#include "cmr-endpoint.h"
#include "cmr-object.h"

G_BEGIN_DECLS

typedef enum {
  CMR_PRIORITY_WRITE,      /* what a person has pressed */
  CMR_PRIORITY_VISIBLE,    /* what is on the screen */
  CMR_PRIORITY_DUE,        /* polling of orders, evidence */
  CMR_PRIORITY_AWAITED,    /* the rest of a list that a person waits for */
  CMR_PRIORITY_BACKGROUND, /* sweeps: at most half of the pace, none while an order is sent */
} CmrPriority;

/**
 * CmrOpenPart:
 *
 * Opens the file of a part; runs in a worker thread, right before the part is sent.
 *
 * Returns: a descriptor that the caller closes, or -1 with @error
 */
typedef int (*CmrOpenPart) (gpointer data, GError **error);

/* One request, frozen: what the operation table keeps and what is sent are the same bytes. */
#define CMR_TYPE_CALL (cmr_call_get_type ())
G_DECLARE_FINAL_TYPE (CmrCall, cmr_call, CMR, CALL, GObject)

CmrCall *cmr_call_new (CmrOp op);
CmrOp cmr_call_get_op (CmrCall *self);
void cmr_call_set_param (CmrCall *self, const char *name, const char *value);
void cmr_call_set_priority (CmrCall *self, CmrPriority priority);
/* Whether the body says confirm=true: makes a "paid when confirm" call a paid one. */
void cmr_call_set_confirm (CmrCall *self, gboolean confirm);
gboolean cmr_call_is_paid (CmrCall *self);
void cmr_call_set_json (CmrCall *self, GBytes *json);
void cmr_call_add_text_part (CmrCall *self, const char *name, const char *value);
/* A picture: Content-Type image/jpeg, file name avatar.jpg always. A file shorter or longer than
 * @length when it is read is an error, never a silent end. */
void cmr_call_add_file_part (CmrCall *self, const char *name, guint64 length, CmrOpenPart open,
                             gpointer data, GDestroyNotify destroy);
/* The path below the base address with its query, for labels and "copy as curl". */
char *cmr_call_dup_target (CmrCall *self);

typedef enum {
  CMR_SENT_NOTHING,    /* not connected, refused by us, or the last byte was never handed over */
  CMR_SENT_ALL,        /* the whole request was handed to the network, no answer was read */
  CMR_SENT_ANSWERED,   /* status and body were read (the body may still not parse) */
} CmrSent;

/**
 * CmrReply:
 * @sent: how far the request came
 * @status: HTTP status, 0 without an answer
 * @body: (nullable): the answer, at most 16 MiB
 * @retry_after_ms: what the service asked for, 0 when it did not
 * @server_time: microseconds since 1970 from the Date header, 0 when absent
 * @location: (nullable): where a 3xx pointed; never followed
 * @failure: (nullable): why there is no answer; domain G_IO_ERROR, G_TLS_ERROR or CMR_ERROR
 */
typedef struct {
  CmrSent sent;
  guint status;
  GBytes *body;
  guint retry_after_ms;
  gint64 server_time;
  char *location;
  GError *failure;
} CmrReply;

void cmr_reply_free (CmrReply *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmrReply, cmr_reply_free)

/* The envelope's `data` (borrowed from @root), its message, and rows with their paging, wherever the
 * service put them (api/notes.md, Envelope; Rate limit and paging). */
typedef struct {
  JsonNode *root;      /* owned */
  JsonNode *data;      /* lent, may be NULL */
  const char *message; /* lent, may be NULL */
} CmrEnvelope;

typedef struct {
  GPtrArray *rows;     /* of CmrObject, owned */
  gint64 total;        /* -1 when not stated */
  gint64 current_page; /* 0 when not stated */
  gint64 total_pages;  /* 0 when not stated */
  gboolean last;       /* currentPage >= totalPages, or no rows */
} CmrPage;

CmrEnvelope *cmr_envelope_parse (GBytes *body, GError **error);
void cmr_envelope_free (CmrEnvelope *self);
/* (nullable): the id of what a write has made, under any name of the resource's key, in `data` or beside it */
char *cmr_envelope_dup_key (const CmrEnvelope *self, const CmrResource *resource);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmrEnvelope, cmr_envelope_free)
CmrPage *cmr_page_parse (const CmrEndpoint *endpoint, GBytes *body, GError **error);
/* Whether page @number is the last, after @read rows with its own: by what it says, and by our own count too, for a
 * service that does not say which page it gave. Where nothing is said, one with fewer rows than @limit. */
gboolean cmr_page_ends (const CmrPage *self, guint number, guint read, guint limit);
void cmr_page_free (CmrPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CmrPage, cmr_page_free)
/* One object of endpoint->response from `data`, from data.<rows>, from a bare word or a one-element list. */
CmrObject *cmr_reply_parse_one (const CmrEndpoint *endpoint, GBytes *body, GError **error);
/* Of a list the one with @id; an answer about another is CMR_ERROR_PROTOCOL. */
CmrObject *cmr_reply_parse_named (const CmrEndpoint *endpoint, GBytes *body, const char *id, GError **error);
/* The lines inside an order, of order_domain and order_mailbox objects. @id: (nullable): the order asked for */
void cmr_order_parse_lines (GBytes *body, const char *id, GPtrArray **domains, GPtrArray **mailboxes);

G_END_DECLS
