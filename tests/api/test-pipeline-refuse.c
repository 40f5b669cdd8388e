// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is refused before a byte is sent, and where the key does not go.

#include <string.h>

#include "pipeline.h"
#include "wb-test.h"

#define ECHO "{\"message\":\"Invalid API Key " PIPELINE_KEY " for dana\"}"

typedef struct {
  const char *path;
  CmrOp op;
  const char *param;
  const char *json;
  int code; /* of CMR_ERROR, -1: sent */
} Refusal;

static const Refusal refusals[] = {
  { "/refuse/param/missing", CMR_OP_UPDATE_USER, NULL, "{}", CMR_ERROR_INVALID },
  { "/refuse/param/empty", CMR_OP_UPDATE_USER, "userId=", "{}", CMR_ERROR_INVALID },
  { "/refuse/param/unknown", CMR_OP_UPDATE_USER, "user=U1", "{}", CMR_ERROR_INVALID },
  { "/refuse/targets/no-body", CMR_OP_RENEW_DOMAINS, NULL, NULL, CMR_ERROR_INVALID },
  { "/refuse/targets/absent", CMR_OP_RENEW_DOMAINS, NULL, "{\"userId\":\"U1\"}", CMR_ERROR_INVALID },
  { "/refuse/targets/empty", CMR_OP_RENEW_DOMAINS, NULL, "{\"userId\":\"U1\",\"domains\":[]}", CMR_ERROR_INVALID },
  { "/refuse/targets/null", CMR_OP_RENEW_DOMAINS, NULL, "{\"userId\":\"U1\",\"domains\":null}", CMR_ERROR_INVALID },
  { "/refuse/targets/blank", CMR_OP_RENEW_DOMAINS, NULL, "{\"userId\":\"U1\",\"domains\":[\" \"]}", CMR_ERROR_INVALID },
  { "/refuse/targets/one-blank", CMR_OP_RENEW_DOMAINS, NULL, "{\"userId\":\"U1\",\"domains\":[\"a.com\",\"\"]}",
    CMR_ERROR_INVALID },
  { "/refuse/targets/no-object", CMR_OP_RENEW_DOMAINS, NULL, "[\"a.com\"]", CMR_ERROR_INVALID },
  { "/refuse/targets/named", CMR_OP_RENEW_DOMAINS, NULL, "{\"userId\":\"U1\",\"domains\":[\"a.com\"]}", -1 },
  { "/refuse/wrong-function/read", CMR_OP_GET_WALLET, NULL, NULL, CMR_ERROR_INVALID },
};

static void
test_refusal (gconstpointer data)
{
  const Refusal *row = data;
  const RawStep step = { RAW_ALL, RAW_OK };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  CmrCall *call = cmr_call_new (row->op);
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrReply) reply = NULL;

  if (row->param != NULL)
    {
      g_auto (GStrv) pair = g_strsplit (row->param, "=", 2);

      cmr_call_set_param (call, pair[0], pair[1]);
    }
  if (row->json != NULL)
    {
      g_autoptr (GBytes) json = g_bytes_new (row->json, strlen (row->json));

      cmr_call_set_json (call, json);
    }
  reply = pipeline_write (p, call, &error);
  if (row->code == -1)
    g_assert_no_error (error);
  else
    g_assert_error (error, CMR_ERROR, row->code);
  g_assert_true ((reply != NULL) == (row->code == -1));
  g_assert_cmpuint (raw_server_get_connections (p->server), ==, row->code == -1 ? 1 : 0);
}

/* A write would be sent again by the tries of a read. */
static void
test_write_as_read (void)
{
  const RawStep step = { RAW_ALL, RAW_OK };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (pipeline_read (p, pipeline_post (), &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_INVALID);
  g_assert_cmpuint (raw_server_get_connections (p->server), ==, 0);
}

static void
test_part_name (void)
{
  const RawStep step = { RAW_ALL, RAW_OK };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) picture = g_bytes_new_static ("p", 1);
  CmrCall *call = pipeline_form (picture, 1);

  cmr_call_add_text_part (call, "a\"\r\nContent-Type: text/html\r\n\r\n", "x");
  g_assert_null (pipeline_write (p, call, &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_INVALID);
  g_assert_cmpuint (raw_server_get_connections (p->server), ==, 0);
}

static void
test_no_key (void)
{
  const RawStep step = { RAW_ALL, RAW_OK };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (GError) error = NULL;

  g_assert_true (cmr_client_set_key (p->client, NULL, NULL));
  g_assert_false (cmr_client_has_key (p->client));
  g_assert_null (pipeline_read (p, pipeline_get (), &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_SIGNED_OUT);
  g_clear_error (&error);
  g_assert_null (pipeline_write (p, pipeline_post (), &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_SIGNED_OUT);
  g_assert_cmpuint (raw_server_get_connections (p->server), ==, 0);
}

typedef struct {
  const char *url;
  gboolean loopback;
  gboolean good;
} Base;

static void
test_base (void)
{
  static const Base bases[] = {
    { "https://customers.coldmailreseller.com/api/v1/integration", FALSE, TRUE },
    { "https://customers.coldmailreseller.com/api/", TRUE, TRUE },
    { "http://127.0.0.1:8080/api", TRUE, TRUE },
    { "http://[::1]:8080", TRUE, TRUE },
    { "http://127.0.0.1:8080/api", FALSE, FALSE },
    { "http://localhost:8080/api", TRUE, FALSE },
    { "http://127.0.0.1.example.com/api", TRUE, FALSE },
    { "http://127.1/api", TRUE, FALSE },
    { "http://customers.coldmailreseller.com/api", TRUE, FALSE },
    { "http://127.0.0.1@example.com/", TRUE, FALSE },
    { "https://user:pass@example.com/", FALSE, FALSE },
    { "https://example.com/?a=b", FALSE, FALSE },
    { "https://example.com/#x", FALSE, FALSE },
    { "ftp://example.com/", FALSE, FALSE },
    { "file:///etc/passwd", TRUE, FALSE },
    { "https://", FALSE, FALSE },
    { "example.com", FALSE, FALSE },
    { "", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bases); i++)
    {
      g_autoptr (GError) error = NULL;
      CmrClient *client = cmr_client_new (bases[i].url, NULL, bases[i].loopback, &error);

      g_test_message ("%s", bases[i].url);
      g_assert_true ((client != NULL) == bases[i].good);
      if (!bases[i].good)
        g_assert_error (error, CMR_ERROR, CMR_ERROR_INVALID);
      else
        g_assert_finalize_object (client);
    }
  g_assert_null (cmr_client_new ("https://example.com", "Host", FALSE, NULL));
  g_assert_null (cmr_client_new ("https://example.com", "a\r\nb", FALSE, NULL));
  g_assert_null (cmr_client_new ("https://example.com", "", FALSE, NULL));
}

static void
test_origin (void)
{
  g_autoptr (CmrClient) client = cmr_client_new ("https://API.Example.com/x//", NULL, FALSE, NULL);
  g_autofree char *origin = cmr_client_dup_origin (client);

  g_assert_cmpstr (origin, ==, "https://api.example.com:443");
  g_assert_true (g_str_has_suffix (cmr_client_get_base_url (client), "/x"));
  g_assert_finalize_object (g_steal_pointer (&client));
  client = cmr_client_new ("https://example.com", NULL, FALSE, NULL);
  g_assert_cmpstr (cmr_client_get_base_url (client), ==, "https://example.com");
}

typedef struct {
  const char *path;
  gboolean good;
} Override;

static void
test_override (void)
{
  static const Override overrides[] = {
    { "/wallet", TRUE },
    { "wallet/money", TRUE },
    { "/v2/wallet-balance_1.0~x", TRUE },
    { "https://example.com/wallet", FALSE },
    { "//example.com/wallet", FALSE },
    { "/a//b", FALSE },
    { "/../wallet", FALSE },
    { "/a/%2e%2e/wallet", FALSE },
    { "/a/./b", FALSE },
    { "/wallet?x=1", FALSE },
    { "/wallet%3Fx=1", FALSE },
    { "/wallet#x", FALSE },
    { "@example.com/", FALSE },
    { ":8080/", FALSE },
    { "/a b", FALSE },
    { "/a\r\nX: y", FALSE },
    { "/a\\b", FALSE },
    { "", FALSE },
    { "/", FALSE },
    { "/%", FALSE },
    /* What charges or destroys, in the spellings a lax server takes for the same. */
    { "/domains/renew", FALSE },
    { "/domains/renew/", FALSE },
    { "/Domains/Renew", FALSE },
    { "/domains/%72enew", FALSE },
    { "/orders/process", FALSE },
    { "/orders", FALSE },
    { "/users", FALSE },
  };
  g_autoptr (CmrClient) client = cmr_client_new ("https://example.com/api", NULL, FALSE, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (overrides); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", overrides[i].path);
      g_assert_true (cmr_client_set_override (client, CMR_OP_GET_WALLET, overrides[i].path, &error)
                     == overrides[i].good);
      if (!overrides[i].good)
        g_assert_error (error, CMR_ERROR, CMR_ERROR_INVALID);
    }
  g_assert_true (cmr_client_set_override (client, CMR_OP_GET_USER, "/users", NULL)); /* its own */
  g_assert_true (cmr_client_set_override (client, CMR_OP_GET_WALLET, NULL, NULL));
}

static void
test_override_used (void)
{
  const RawStep step = { RAW_ALL, RAW_OK };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (GBytes) body = NULL;
  g_autofree char *head = NULL;

  g_assert_true (cmr_client_set_override (p->client, CMR_OP_GET_WALLET, "money", NULL));
  body = pipeline_read (p, pipeline_get (), NULL);
  g_assert_nonnull (body);
  head = raw_server_dup_head (p->server, 0);
  g_assert_true (g_str_has_prefix (head, "GET /api/money HTTP/1.1\r\n"));
}

static void
test_key_check (void)
{
  static const char *const bad[] = { "", " ", "a b", "a\r\nX: y", "a\n b", "\xc3\xa9", "a\tb", "\x7f" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (cmr_key_check (bad[i], &error));
      g_assert_error (error, CMR_ERROR, CMR_ERROR_INVALID);
      g_assert_true (bad[i][0] == '\0' || bad[i][0] == ' ' || strstr (error->message, bad[i]) == NULL);
    }
  g_assert_true (cmr_key_check (" " PIPELINE_KEY "\n", NULL));
}

static void
test_key_trimmed (void)
{
  const RawStep step = { RAW_ALL, RAW_OK };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (GBytes) body = NULL;
  g_autofree char *head = NULL;

  g_assert_true (cmr_client_set_key (p->client, "  trimmed-key\n", NULL));
  cmr_pacer_set_rate (cmr_client_get_pacer (p->client), 0);
  body = pipeline_read (p, pipeline_get (), NULL);
  head = raw_server_dup_head (p->server, 0);
  g_assert_nonnull (strstr (head, "cmr-x-api-key: trimmed-key"));
  g_assert_false (cmr_client_set_key (p->client, "a\r\nb", NULL));
}

/* A server may repeat it; errors and bodies go to logs, journal and screen. */
static void
test_key_repeated (void)
{
  const RawStep steps[] = { { RAW_ALL, "HTTP/1.1 401 x\r\nConnection: close\r\n\r\n" ECHO, .end = RAW_CLOSE } };
  g_autoptr (Pipeline) p = pipeline_new (steps, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrReply) reply = NULL;
  g_autofree char *text = NULL;

  g_assert_null (pipeline_read (p, pipeline_get (), &error));
  g_assert_error (error, CMR_ERROR, CMR_ERROR_SIGNED_OUT);
  g_assert_null (strstr (error->message, PIPELINE_KEY));
  g_assert_nonnull (strstr (error->message, "for dana"));

  reply = pipeline_write (p, pipeline_post (), NULL);
  text = cmr_error_dup_service_text (reply->body);
  g_assert_null (strstr (text, PIPELINE_KEY));
  g_assert_nonnull (strstr (text, "Invalid API Key ***"));
}

/* Every kind of end, with all that can be logged switched on. */
static void
test_key_logged_subprocess (void)
{
  const RawStep steps[]
      = { { RAW_ALL, RAW_OK },
          { RAW_ALL, "HTTP/1.1 401 x\r\nConnection: close\r\n\r\n" ECHO, .end = RAW_CLOSE },
          { RAW_ALL, "HTTP/1.1 302 x\r\nLocation: http://127.0.0.1:1/" PIPELINE_KEY "\r\nContent-Length: 0\r\n\r\n" },
          { RAW_ALL, .end = RAW_RESET } };
  g_autoptr (Pipeline) p = pipeline_new (steps, G_N_ELEMENTS (steps));

  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) body = pipeline_read (p, pipeline_get (), &error);
      g_autoptr (CmrReply) reply = pipeline_write (p, pipeline_post (), NULL);

      if (error != NULL)
        g_printerr ("%s\n", error->message);
      if (reply != NULL && reply->failure != NULL)
        g_printerr ("%s\n", reply->failure->message);
      if (reply != NULL && reply->location != NULL)
        g_printerr ("%s\n", reply->location);
    }
}

static void
test_key_logged (void)
{
  g_setenv ("G_MESSAGES_DEBUG", "all", TRUE);
  g_test_trap_subprocess ("/key/logged/subprocess", 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr_unmatched ("*" PIPELINE_KEY "*");
  g_test_trap_assert_stdout_unmatched ("*" PIPELINE_KEY "*");
  g_test_trap_assert_stdout ("*get_wallet: status 200*"); /* the log was on */
}

static void
test_paid (void)
{
  g_autoptr (CmrCall) order = cmr_call_new (CMR_OP_CREATE_ORDER_MULTIPART);
  g_autoptr (CmrCall) process = cmr_call_new (CMR_OP_PROCESS_ORDER);
  g_autoptr (CmrCall) wallet = cmr_call_new (CMR_OP_GET_WALLET);
  g_autoptr (CmrCall) said = cmr_call_new (CMR_OP_CREATE_ORDER_MULTIPART);

  g_assert_false (cmr_call_is_paid (order));
  cmr_call_add_text_part (order, "confirm", "false");
  g_assert_false (cmr_call_is_paid (order));
  cmr_call_set_confirm (order, TRUE);
  g_assert_true (cmr_call_is_paid (order));
  g_assert_true (cmr_call_is_paid (process));
  g_assert_false (cmr_call_is_paid (wallet));
  cmr_call_add_text_part (said, "confirm", "true");
  g_assert_true (cmr_call_is_paid (said));
}

static void
test_target (void)
{
  g_autoptr (CmrCall) call = cmr_call_new (CMR_OP_GET_USER);
  g_autofree char *target = NULL;

  cmr_call_set_param (call, "userId", "U 1&x=ü/?#");
  target = cmr_call_dup_target (call);
  g_assert_cmpstr (target, ==, "/users?userId=U%201%26x%3D%C3%BC%2F%3F%23");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    g_test_add_data_func (refusals[i].path, &refusals[i], test_refusal);
  g_test_add_func ("/refuse/wrong-function/write", test_write_as_read);
  g_test_add_func ("/refuse/part-name/control-characters", test_part_name);
  g_test_add_func ("/refuse/no-key", test_no_key);
  g_test_add_func ("/refuse/base-address", test_base);
  g_test_add_func ("/refuse/override", test_override);
  g_test_add_func ("/call/override/is-used", test_override_used);
  g_test_add_func ("/call/paid", test_paid);
  g_test_add_func ("/call/target/is-encoded", test_target);
  g_test_add_func ("/key/origin", test_origin);
  g_test_add_func ("/key/check", test_key_check);
  g_test_add_func ("/key/trimmed", test_key_trimmed);
  g_test_add_func ("/key/repeated-by-server/is-blotted-out", test_key_repeated);
  g_test_add_func ("/key/logged/nowhere", test_key_logged);
  g_test_add_func ("/key/logged/subprocess", test_key_logged_subprocess);
  return g_test_run ();
}
