// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whatever libsoup does by itself (resend on a dead connection, restart, authenticate, redirect), a
// writing request reaches the server once. The server counts.
//
// What libsoup 3.2 was seen to do, and where it is held:
//   reused connection dies: GET, PUT, DELETE sent again   /pipeline/once/*/{closed,reset}-without-answer
//   and then crashes when another request connects      /pipeline/read/connections-that-die
//   421, a challenge: sent again without a body           /pipeline/once/*/{misdirected-421,challenge-*}
//   HTTP/2: refused streams sent again                    /tls/http2/is-not-offered, /pipeline/http1/forced
//   3xx followed to another host with the key             /pipeline/redirect/*
//   early answer while uploading: lost                    /pipeline/early/*
//   answer cut, with length: an error behind a 200        /pipeline/answer/cut-with-length, /pipeline/tries/cut-200
//   answer cut, chunked: a 200 and no error               /pipeline/answer/cut-chunked, /pipeline/tries/cut-chunked-200
//   wrote-body is not the line, Cancel around it          /pipeline/line/cancel-*, /body/last-byte/*
//   no connection, no name against a reset                /pipeline/line/{refused,reset-after-all}/*, /resolver/*
//   time-outs count per wait, not for the whole           /pipeline/clock/*, /pipeline/answer/{never,trickle}
//   429, 503, 408, 401 come back as they are              /pipeline/once/*/{busy,trouble,timeout,challenge}-*, /pipeline/tries/*
//   line ends in a header's value drop it                 /key/check, /key/trimmed
//   a short file would end the body early                 /pipeline/file/*, /body/wrong/*
//   part headers with line ends, names as name*=          /multipart/name/*, /multipart/read-back/odd-names
//   progress in steps of 8 KiB                            /pipeline/form/progress-10-times-a-second
//   the whole form in memory                              /multipart/memory/500-mib-in-16

#include <string.h>

#include "pipeline.h"
#include "wb-test.h"

#define ANSWER(status, headers) "HTTP/1.1 " status "\r\n" headers "Content-Length: 2\r\n\r\n{}"

typedef CmrCall *(*NewCall) (void);

/* One writing request, after a GET that leaves a connection to be reused. */
typedef struct {
  const char *path;
  NewCall new_call;
  RawStep step;
  CmrSent sent;
  guint status;
} Once;

#define EACH_METHOD(name, sent, status, ...)                                                                    \
  { "/pipeline/once/post/" name, pipeline_post, { RAW_ALL, __VA_ARGS__ }, sent, status },                       \
  { "/pipeline/once/put/" name, pipeline_put, { RAW_ALL, __VA_ARGS__ }, sent, status },                         \
  { "/pipeline/once/delete/" name, pipeline_delete, { RAW_ALL, __VA_ARGS__ }, sent, status }

static const Once onces[] = {
  EACH_METHOD ("closed-without-answer", CMR_SENT_ALL, 0, .end = RAW_CLOSE),
  EACH_METHOD ("reset-without-answer", CMR_SENT_ALL, 0, .end = RAW_RESET),
  EACH_METHOD ("misdirected-421", CMR_SENT_ANSWERED, 421, .answer = ANSWER ("421 Misdirected Request", "")),
  EACH_METHOD ("challenge-401", CMR_SENT_ANSWERED, 401,
               .answer = ANSWER ("401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\n")),
  EACH_METHOD ("challenge-407", CMR_SENT_ANSWERED, 407,
               .answer = ANSWER ("407 Proxy", "Proxy-Authenticate: Basic realm=\"x\"\r\n")),
  EACH_METHOD ("timeout-408", CMR_SENT_ANSWERED, 408, .answer = ANSWER ("408 Request Timeout", ""), .end = RAW_CLOSE),
  EACH_METHOD ("busy-429", CMR_SENT_ANSWERED, 429, .answer = ANSWER ("429 Too Many", "")),
  EACH_METHOD ("trouble-500", CMR_SENT_ANSWERED, 500, .answer = ANSWER ("500 Internal", "")),
  EACH_METHOD ("trouble-503", CMR_SENT_ANSWERED, 503, .answer = ANSWER ("503 Unavailable", ""), .end = RAW_CLOSE),
  EACH_METHOD ("garbage", CMR_SENT_ALL, 0, .answer = "hello\r\n\r\n", .end = RAW_CLOSE),
  EACH_METHOD ("half-a-head", CMR_SENT_ALL, 0, .answer = "HTTP/1.1 200 OK\r\nContent-", .end = RAW_CLOSE),
};

static void
test_once (gconstpointer data)
{
  const Once *once = data;
  const RawStep steps[] = { { RAW_ALL, RAW_OK }, once->step, { RAW_ALL, RAW_OK } };
  g_autoptr (Pipeline) p = pipeline_new (steps, G_N_ELEMENTS (steps));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) first = pipeline_read (p, pipeline_get (), &error);
  g_autoptr (CmrReply) reply = NULL;
  g_autoptr (GBytes) body = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (first);
  reply = pipeline_write (p, once->new_call (), &error);
  g_assert_no_error (error);
  g_assert_cmpint (reply->sent, ==, once->sent);
  g_assert_cmpuint (reply->status, ==, once->status);
  g_assert_true ((reply->failure != NULL) == (once->sent != CMR_SENT_ANSWERED));

  g_assert_cmpuint (raw_server_get_requests (p->server), ==, 2);
  g_assert_cmpuint (raw_server_get_whole (p->server), ==, 2);
  g_assert_cmpuint (raw_server_get_connections (p->server), ==, 2);
  body = raw_server_dup_body (p->server, 1);
  g_assert_cmpuint (g_bytes_get_size (body), ==, once->new_call == pipeline_delete ? 0 : 28);
}

/* Leaves time for a second request: one of ours, after which the server must have seen just that. */
static void
test_nothing_follows (gconstpointer data)
{
  const Once *once = data;
  const RawStep steps[] = { once->step, { RAW_ALL, RAW_OK } };
  g_autoptr (Pipeline) p = pipeline_new (steps, G_N_ELEMENTS (steps));
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrReply) reply = pipeline_write (p, once->new_call (), &error);
  g_autoptr (GBytes) body = NULL;
  g_autofree char *head = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (reply);
  body = pipeline_read (p, pipeline_get (), &error);
  /* The pause after 503 or 429 belongs to the pacer and has no length here. */
  g_assert_no_error (error);
  g_assert_cmpuint (raw_server_get_requests (p->server), ==, 2);
  head = raw_server_dup_head (p->server, 1);
  g_assert_true (g_str_has_prefix (head, "GET /api/wallet/balance HTTP/1.1\r\n"));
}

typedef struct {
  const char *path;
  const char *status;
  guint code;
} Redirect;

static const Redirect redirects[] = {
  { "/pipeline/redirect/301", "301 Moved Permanently", 301 }, { "/pipeline/redirect/302", "302 Found", 302 },
  { "/pipeline/redirect/303", "303 See Other", 303 },         { "/pipeline/redirect/307", "307 Temporary", 307 },
  { "/pipeline/redirect/308", "308 Permanent", 308 },
};

/* The other server must see nothing, least of all the key. */
static void
test_redirect (gconstpointer data)
{
  const Redirect *redirect = data;
  const RawStep elsewhere_step = { RAW_ALL, RAW_OK };
  g_autoptr (RawServer) elsewhere = raw_server_new (&elsewhere_step, 1);
  g_autofree char *place = raw_server_dup_url (elsewhere, "/taken");
  g_autofree char *location = g_strdup_printf ("Location: %s\r\n", place);
  g_autofree char *answer
      = g_strdup_printf ("HTTP/1.1 %s\r\n%sContent-Length: 2\r\n\r\n{}", redirect->status, location);
  const RawStep step = { RAW_ALL, answer };
  static const NewCall writes[] = { pipeline_post, pipeline_put, pipeline_delete };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (writes); i++)
    {
      g_autoptr (CmrReply) reply = pipeline_write (p, writes[i] (), &error);

      g_assert_no_error (error);
      g_assert_cmpint (reply->sent, ==, CMR_SENT_ANSWERED);
      g_assert_cmpuint (reply->status, ==, redirect->code);
      g_assert_cmpstr (reply->location, ==, place);
    }
  g_assert_null (pipeline_read (p, pipeline_get (), &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (error->message, place));

  g_assert_cmpuint (raw_server_get_requests (p->server), ==, 4);
  g_assert_cmpuint (raw_server_get_connections (elsewhere), ==, 0);
}

/* What libsoup may do for a read: send a GET again on a new connection. */
static void
test_get_again (void)
{
  const RawStep steps[] = { { RAW_ALL, RAW_OK }, { RAW_ALL, .end = RAW_CLOSE }, { RAW_ALL, RAW_OK } };
  g_autoptr (Pipeline) p = pipeline_new (steps, G_N_ELEMENTS (steps));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) first = pipeline_read (p, pipeline_get (), &error);
  g_autoptr (GBytes) second = pipeline_read (p, pipeline_get (), &error);

  g_assert_no_error (error);
  g_assert_nonnull (first);
  g_assert_nonnull (second);
  g_assert_cmpuint (raw_server_get_requests (p->server), ==, 3);
}

static void
test_header_fields (void)
{
  const RawStep step = { RAW_ALL, RAW_OK };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrReply) reply = pipeline_write (p, pipeline_put (), &error);
  g_autofree char *head = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (reply->status, ==, 200);
  head = raw_server_dup_head (p->server, 0);
  g_assert_true (g_str_has_prefix (head, "PUT /api/users?userId=U1 HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (head, "\r\ncmr-x-api-key: " PIPELINE_KEY));
  g_assert_nonnull (strstr (head, "\r\nUser-Agent: Waybill/"));
  g_assert_nonnull (strstr (head, "\r\nContent-Type: application/json"));
  g_assert_nonnull (strstr (head, "\r\nContent-Length: 28"));
  g_assert_null (strstr (head, "chunked"));
  g_assert_null (strstr (head, "Cookie"));
  g_assert_null (strstr (head, "Expect"));
}

/* Sent as it is decided: no cookie of an earlier answer, no cached answer. */
static void
test_no_memory (void)
{
  const RawStep step
      = { RAW_ALL, ANSWER ("200 OK", "Set-Cookie: a=b\r\nCache-Control: max-age=999\r\nETag: \"x\"\r\n") };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) first = pipeline_read (p, pipeline_get (), &error);
  g_autoptr (GBytes) second = pipeline_read (p, pipeline_get (), &error);
  g_autofree char *head = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (raw_server_get_requests (p->server), ==, 2);
  head = raw_server_dup_head (p->server, 1);
  g_assert_null (strstr (head, "Cookie"));
  g_assert_null (strstr (head, "If-None-Match"));
}

static void
test_http1 (void)
{
  const RawStep step = { RAW_ALL, RAW_OK };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);

  g_assert_nonnull (p->client);
  g_assert_cmpstr (g_getenv ("SOUP_FORCE_HTTP1"), ==, "1");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (onces); i++)
    {
      g_autofree char *follows = g_strconcat (onces[i].path, "/nothing-follows", NULL);

      g_test_add_data_func (onces[i].path, &onces[i], test_once);
      g_test_add_data_func (follows, &onces[i], test_nothing_follows);
    }
  for (guint i = 0; i < G_N_ELEMENTS (redirects); i++)
    g_test_add_data_func (redirects[i].path, &redirects[i], test_redirect);
  g_test_add_func ("/pipeline/read/dead-connection/library-may-ask-again", test_get_again);
  g_test_add_func ("/pipeline/header/fields", test_header_fields);
  g_test_add_func ("/pipeline/header/no-cookies-no-cache", test_no_memory);
  g_test_add_func ("/pipeline/http1/forced", test_http1);
  return g_test_run ();
}
