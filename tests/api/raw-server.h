// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A server of plain sockets that counts: what libsoup's own server would mend or hide is seen here. Does
 * one step per request, the last one again and again. */
typedef struct _RawServer RawServer;

typedef enum {
  RAW_KEEP,  /* wait for the next request on this connection */
  RAW_CLOSE,
  RAW_RESET,
  RAW_HANG,  /* neither read nor write until the client goes */
} RawEnd;

#define RAW_ALL G_MAXUINT64
#define RAW_OK "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"data\":{}}"

typedef struct {
  guint64 read_body;   /* so much of the body is read before the answer */
  const char *answer;  /* NULL for none */
  guint64 flood_bytes; /* blanks behind the answer */
  guint trickle_ms;    /* blanks behind the answer, one at a time, so far apart, until the client goes */
  RawEnd end;
  gboolean forget;     /* the body is counted and not kept */
  gsize answer_length; /* of an answer that holds NULs; 0: a text */
} RawStep;

RawServer *raw_server_new (const RawStep *steps, guint n_steps);
/* Ends all connections and joins the threads. */
void raw_server_free (RawServer *self);
char *raw_server_dup_url (RawServer *self, const char *path);
guint raw_server_get_connections (RawServer *self);
/* Requests whose head came, and those whose body came to its last byte as well. */
guint raw_server_get_requests (RawServer *self);
guint raw_server_get_whole (RawServer *self);
guint64 raw_server_get_body_bytes (RawServer *self); /* of all requests */
/* Connections that have ended. */
guint raw_server_get_ended (RawServer *self);
/* Of request number @n. */
char *raw_server_dup_head (RawServer *self, guint n);
GBytes *raw_server_dup_body (RawServer *self, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawServer, raw_server_free)

G_END_DECLS
