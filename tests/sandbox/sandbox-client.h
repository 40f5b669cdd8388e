// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "wb-sandbox.h"

/* A plain client of the sandbox: one connection a request, nothing sent twice. */
typedef struct {
  guint status;    /* 0: no whole answer came */
  JsonNode *json;  /* NULL: not JSON */
  GBytes *bytes;
  GError *error;
  char *date;
  char *retry_after;
} Answer;

typedef struct {
  WbSandbox *sandbox;
  SoupSession *session;
  char *user_id;
} Client;

Client *client_new (const WbSandboxOptions *options);
void client_free (Client *client);
SoupMessage *client_message (Client *client, const char *method, const char *path);
Answer *client_send (Client *client, SoupMessage *msg);
Answer *client_get (Client *client, const char *path);
Answer *client_post (Client *client, const char *path, const char *json);
Answer *client_order (Client *client, const char *domain, const char *confirm, const char *part_name,
                      const char *picture, gsize length);
const char *answer_text (Answer *answer, const char *member);
void answer_free (Answer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Client, client_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

/* In a path, USER stands for the id of the first customer. */
#define JPEG "\xff\xd8\xff\xe0 body \r\n--boundary \xff\xd9"
#define JPEG_LENGTH (sizeof JPEG - 1)
