// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fake-service.h"

#include <libsoup/soup.h>
#include <string.h>

struct _FakeService {
  SoupServer *server;
  GHashTable *answers; /* call → Answer */
};

typedef struct {
  guint status;
  char *body;
  char *member; /* of paged ones */
  char **pages;
  char *key; /* of the last request */
  guint count;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->body);
  g_free (answer->member);
  g_free (answer->key);
  g_strfreev (answer->pages);
  g_free (answer);
}

static Answer *
answer_of (FakeService *self, const char *call)
{
  Answer *answer = g_hash_table_lookup (self->answers, call);

  if (answer == NULL)
    {
      answer = g_new0 (Answer, 1);
      answer->status = 404;
      g_hash_table_insert (self->answers, g_strdup (call), answer);
    }
  return answer;
}

static char *
dup_page (const Answer *answer, GHashTable *query)
{
  const char *text = query != NULL ? g_hash_table_lookup (query, "page") : NULL;
  guint n = g_strv_length (answer->pages);
  guint page = text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : 1;

  return g_strdup_printf ("{\"status\":200,\"message\":\"ok\",\"data\":{\"%s\":[%s],"
                          "\"pagination\":{\"currentPage\":%u,\"totalPages\":%u}}}",
                          answer->member, page >= 1 && page <= n ? answer->pages[page - 1] : "", page, n);
}

static void
on_request (SoupServer *server, SoupServerMessage *msg, const char *path, GHashTable *query, gpointer data)
{
  FakeService *self = data;
  g_autofree char *call = g_strdup_printf ("%s %s", soup_server_message_get_method (msg), path);
  const char *key = soup_message_headers_get_one (soup_server_message_get_request_headers (msg), "cmr-x-api-key");
  g_autofree char *keyed = g_strdup_printf ("%s %s", key != NULL ? key : "", call);
  Answer *asked = answer_of (self, call);
  Answer *answer = g_hash_table_contains (self->answers, keyed) ? answer_of (self, keyed) : asked;
  g_autofree char *body = answer->pages != NULL
                              ? dup_page (answer, query)
                              : g_strdup (answer->body != NULL ? answer->body : "{\"status\":404,\"message\":\"no\"}");

  asked->count++;
  g_free (asked->key);
  asked->key = g_strdup (key);
  soup_server_message_set_status (msg, answer->status, NULL);
  soup_server_message_set_response (msg, "application/json", SOUP_MEMORY_COPY, body, strlen (body));
}

FakeService *
fake_service_new (void)
{
  FakeService *self = g_new0 (FakeService, 1);
  g_autoptr (GError) error = NULL;

  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, answer_free);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  return self;
}

void
fake_service_free (FakeService *self)
{
  soup_server_disconnect (self->server);
  g_assert_finalize_object (self->server);
  g_hash_table_unref (self->answers);
  g_free (self);
}

char *
fake_service_dup_url (FakeService *self)
{
  GSList *uris = soup_server_get_uris (self->server);
  char *url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return url;
}

guint
fake_service_go (FakeService *self)
{
  g_autofree char *url = fake_service_dup_url (self);

  soup_server_disconnect (self->server);
  return (guint) g_ascii_strtoull (strrchr (url, ':') + 1, NULL, 10);
}

void
fake_service_come_back (FakeService *self, guint port)
{
  g_autoptr (GError) error = NULL;

  soup_server_listen_local (self->server, port, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
}

void
fake_service_set (FakeService *self, const char *call, guint status, const char *body)
{
  Answer *answer = answer_of (self, call);

  g_clear_pointer (&answer->pages, g_strfreev);
  g_free (answer->body);
  answer->status = status;
  answer->body = g_strdup (body);
}

void
fake_service_set_pages (FakeService *self, const char *call, const char *member, const char *const *pages)
{
  Answer *answer = answer_of (self, call);

  g_strfreev (answer->pages);
  g_free (answer->member);
  answer->status = 200;
  answer->member = g_strdup (member);
  answer->pages = g_strdupv ((char **) pages);
}

guint
fake_service_count (FakeService *self, const char *call)
{
  return answer_of (self, call)->count;
}

void
fake_service_set_for_key (FakeService *self, const char *key, const char *call, guint status, const char *body)
{
  g_autofree char *keyed = g_strdup_printf ("%s %s", key, call);

  fake_service_set (self, keyed, status, body);
}

const char *
fake_service_get_key (FakeService *self, const char *call)
{
  return answer_of (self, call)->key;
}
