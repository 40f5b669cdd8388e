// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A server of plain sockets that looks into a journal when the first byte of a request comes, before it reads it. */
typedef struct _PeekServer PeekServer;

typedef enum {
  PEEK_ANSWER,    /* reads it whole, answers */
  PEEK_STALL,     /* reads the head and no more, until it is freed or told to go on */
  PEEK_SILENT,    /* reads it whole and says nothing, until then */
} PeekMode;

/* @journal: (nullable): path of a journal.db; @answer: the whole HTTP answer */
PeekServer *peek_server_new (const char *journal, PeekMode mode, const char *answer);
void peek_server_free (PeekServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PeekServer, peek_server_free)
char *peek_server_dup_url (PeekServer *self);
void peek_server_set_journal (PeekServer *self, const char *journal);
/* Cuts what it stalls or is silent about; later requests as well. */
void peek_server_cut (PeekServer *self);
guint peek_server_get_requests (PeekServer *self); /* whose first byte came */
guint peek_server_get_whole (PeekServer *self);    /* that came to their last byte */
/* "sending" …: states of all rows of operations, blank between, at the first byte of the last request. */
char *peek_server_dup_seen (PeekServer *self);

#define PEEK_OK                                                                                                       \
  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"                                       \
  "{\"status\":200,\"message\":\"ok\",\"data\":{\"orderId\":\"ORDER1\"}}"

G_END_DECLS
