// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is settled before a request: the name, the certificate, the protocol. None of it may send the key.

#define _GNU_SOURCE /* memmem */

#include <gio/gio.h>
#include <string.h>

#include "cmr-client.h"
#include "cmr-error.h"
#include "wb-test.h"

#define KEY "KEY-0123456789-abcdef"

/* Made for this test, signed by itself, trusted by nobody. */
static const char pem[] = "-----BEGIN PRIVATE KEY-----\n"
                          "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg9k9jnLCG+5NplmU0\n"
                          "I07RKPNC3PxYPLFj9pvb5qJTXY6hRANCAASeNnqcztukj6skIc/c7E6g2Bf/7Jds\n"
                          "2ZXwtBOtFgO5Jtyz3nY6H7k4PIoiEldlPzD6on0xGCliU3hoOU/inyho\n"
                          "-----END PRIVATE KEY-----\n"
                          "-----BEGIN CERTIFICATE-----\n"
                          "MIIBkDCCATagAwIBAgIUNiAmtWgz0ec/o5Hqyo1OjptPqjYwCgYIKoZIzj0EAwIw\n"
                          "FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyNjE5MzcwM1oYDzIxMjYxMTAy\n"
                          "MTkzNzAzWjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO\n"
                          "PQMBBwNCAASeNnqcztukj6skIc/c7E6g2Bf/7Jds2ZXwtBOtFgO5Jtyz3nY6H7k4\n"
                          "PIoiEldlPzD6on0xGCliU3hoOU/inyhoo2QwYjAdBgNVHQ4EFgQUa0HW1fn/xLko\n"
                          "NCo+0M7gYcqKMPkwHwYDVR0jBBgwFoAUa0HW1fn/xLkoNCo+0M7gYcqKMPkwDwYD\n"
                          "VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0gAMEUC\n"
                          "IQDPHPvfSMCyfZaXdOvaNp3+rZX7xGfME7j71YXafLc4pgIgNKKRTK31bYto0tkk\n"
                          "udLFzFBbpWW+h3tMAq9hoIiS5xo=\n"
                          "-----END CERTIFICATE-----\n";

/* --- A server that shakes hands, or only looks at the hand held out ----------------------------- */

typedef struct {
  GSocketListener *listener;
  GThread *thread;
  GTlsCertificate *certificate; /* NULL: only look */
  guint16 port;
  guint accepted;
  GByteArray *hello; /* the first bytes as they came */
  GByteArray *plain; /* what was said inside */
} Server;

static void
look (Server *self, GIOStream *stream)
{
  guint8 bytes[8192];
  gssize n = g_input_stream_read (g_io_stream_get_input_stream (stream), bytes, sizeof bytes, NULL,
                                  NULL);

  if (n > 0)
    g_byte_array_append (self->hello, bytes, n);
}

static void
shake (Server *self, GIOStream *stream)
{
  g_autoptr (GIOStream) tls = g_tls_server_connection_new (stream, self->certificate, NULL);
  guint8 bytes[8192];
  gssize n;

  g_assert_nonnull (tls);
  if (!g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, NULL))
    return;
  while ((n = g_input_stream_read (g_io_stream_get_input_stream (tls), bytes, sizeof bytes, NULL,
                                   NULL))
         > 0)
    g_byte_array_append (self->plain, bytes, n);
}

static gpointer
serve (gpointer data)
{
  Server *self = data;
  GSocketConnection *connection;

  while ((connection = g_socket_listener_accept (self->listener, NULL, NULL, NULL)) != NULL)
    {
      g_atomic_int_inc (&self->accepted);
      if (self->certificate != NULL)
        shake (self, G_IO_STREAM (connection));
      else
        look (self, G_IO_STREAM (connection));
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
      g_object_unref (connection);
    }
  return NULL;
}

static Server *
server_new (gboolean shakes)
{
  Server *self = g_new0 (Server, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) got = NULL;
  g_autoptr (GError) error = NULL;

  self->listener = g_socket_listener_new ();
  self->hello = g_byte_array_new ();
  self->plain = g_byte_array_new ();
  if (shakes)
    self->certificate = g_tls_certificate_new_from_pem (pem, -1, &error);
  g_assert_no_error (error);
  g_socket_listener_add_address (self->listener, wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &got, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
  self->thread = g_thread_new ("tls", serve, self);
  return self;
}

/* A last connection wakes the thread up, which then finds the listener closed. */
static void
server_stop (Server *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) last = NULL;

  if (self->thread == NULL)
    return;
  g_socket_client_set_enable_proxy (client, FALSE);
  last = g_socket_client_connect_to_host (client, "127.0.0.1", self->port, NULL, NULL);
  g_socket_listener_close (self->listener);
  if (last != NULL)
    g_io_stream_close (G_IO_STREAM (last), NULL, NULL);
  g_thread_join (g_steal_pointer (&self->thread));
}

static void
server_free (Server *self)
{
  server_stop (self);
  g_clear_object (&self->listener);
  g_clear_object (&self->certificate);
  g_byte_array_unref (self->hello);
  g_byte_array_unref (self->plain);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Server, server_free)

/* --- A client over https ----------------------------------------------------------------------- */

static CmrClient *
client_new (const char *address)
{
  g_autoptr (GError) error = NULL;
  CmrClient *client = cmr_client_new (address, NULL, FALSE, &error);

  g_assert_no_error (error);
  g_assert_true (cmr_client_set_key (client, KEY, NULL));
  cmr_pacer_set_rate (cmr_client_get_pacer (client), 0);
  cmr_client_set_timeouts_ms (client, 10000, 10000, 10000, 1);
  return client;
}

static CmrClient *
client_of (Server *server)
{
  g_autofree char *address = g_strdup_printf ("https://127.0.0.1:%u/api", server->port);

  return client_new (address);
}

static CmrReply *
write_once (CmrClient *client)
{
  g_autoptr (CmrCall) call = cmr_call_new (CMR_OP_PROCESS_ORDER);
  g_autoptr (GBytes) json = g_bytes_new_static ("{\"orderId\":\"O1\"}", 16);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  CmrReply *reply;

  cmr_call_set_param (call, "userId", "U1");
  cmr_call_set_json (call, json);
  cmr_client_write_async (client, call, NULL, NULL, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  reply = cmr_client_write_finish (client, result, &error);
  g_assert_no_error (error);
  return reply;
}

static void
read_once (CmrClient *client, CmrError code)
{
  g_autoptr (CmrCall) call = cmr_call_new (CMR_OP_GET_WALLET);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  cmr_client_read_async (client, call, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  g_assert_null (cmr_client_read_finish (client, result, &error));
  g_assert_error (error, CMR_ERROR, (int) code);
}

/* There is no way to accept it: nothing was sent, to nobody knows whom. */
static void
test_bad_certificate (void)
{
  g_autoptr (Server) server = server_new (TRUE);
  CmrClient *client = client_of (server);
  g_autoptr (CmrReply) reply = write_once (client);

  g_assert_cmpint (reply->sent, ==, CMR_SENT_NOTHING);
  g_assert_error (reply->failure, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
  g_assert_cmpint (cmr_client_get_connection (client), ==, CMR_CONNECTION_TROUBLE);
  read_once (client, CMR_ERROR_TROUBLE);
  server_stop (server);
  g_assert_cmpuint (server->accepted, >=, 2);
  g_assert_cmpuint (server->plain->len, ==, 0);
  wb_test_wait_finalized (client);
}

/* Refused streams of HTTP/2 would be sent again: it is not offered. */
static void
test_no_http2 (void)
{
  g_autoptr (Server) server = server_new (FALSE);
  CmrClient *client = client_of (server);
  g_autoptr (CmrReply) reply = write_once (client);

  g_assert_cmpint (reply->sent, ==, CMR_SENT_NOTHING);
  g_assert_nonnull (reply->failure);
  server_stop (server);
  g_assert_cmpuint (server->hello->len, >, 100);
  g_assert_cmpint (server->hello->data[0], ==, 0x16); /* a TLS handshake */
  g_assert_null (memmem (server->hello->data, server->hello->len, "\2h2", 3));
  g_assert_null (memmem (server->hello->data, server->hello->len, KEY, strlen (KEY)));
  wb_test_wait_finalized (client);
}

/* --- A resolver that knows nobody -------------------------------------------------------------- */

typedef struct {
  GResolver parent_instance;
  GPtrArray *asked;
} Nobody;

typedef struct {
  GResolverClass parent_class;
} NobodyClass;

static GType nobody_get_type (void);
G_DEFINE_TYPE (Nobody, nobody, G_TYPE_RESOLVER)

static void
nobody_lookup_async (GResolver *resolver, const char *name, GResolverNameLookupFlags flags,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_ptr_array_add (((Nobody *) resolver)->asked, g_strdup (name));
  g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND,
                           "Nobody is called %s", name);
}

static void
nobody_lookup_any_async (GResolver *resolver, const char *name, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  nobody_lookup_async (resolver, name, 0, cancellable, callback, user_data);
}

static GList *
nobody_lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
nobody_finalize (GObject *object)
{
  g_ptr_array_unref (((Nobody *) object)->asked);
  G_OBJECT_CLASS (nobody_parent_class)->finalize (object);
}

static void
nobody_class_init (NobodyClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = nobody_finalize;
  resolver_class->lookup_by_name_async = nobody_lookup_any_async;
  resolver_class->lookup_by_name_finish = nobody_lookup_finish;
  resolver_class->lookup_by_name_with_flags_async = nobody_lookup_async;
  resolver_class->lookup_by_name_with_flags_finish = nobody_lookup_finish;
}

static void
nobody_init (Nobody *self)
{
  self->asked = g_ptr_array_new_with_free_func (g_free);
}

/* Of no network at all a laptop says it like that. */
static void
test_unknown_name (void)
{
  g_autoptr (GResolver) before = g_resolver_get_default ();
  g_autoptr (GObject) nobody = g_object_new (nobody_get_type (), NULL);
  CmrClient *client;
  g_autoptr (CmrReply) reply = NULL;

  g_resolver_set_default (G_RESOLVER (nobody));
  client = client_new ("https://customers.example/api");
  reply = write_once (client);
  g_assert_cmpint (reply->sent, ==, CMR_SENT_NOTHING);
  g_assert_error (reply->failure, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND);
  g_assert_cmpint (cmr_client_get_connection (client), ==, CMR_CONNECTION_OFFLINE);
  read_once (client, CMR_ERROR_OFFLINE);
  g_resolver_set_default (before);
  g_assert_cmpuint (((Nobody *) nobody)->asked->len, >=, 2);
  for (guint i = 0; i < ((Nobody *) nobody)->asked->len; i++)
    g_assert_cmpstr (((Nobody *) nobody)->asked->pdata[i], ==, "customers.example");
  wb_test_wait_finalized (client);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/tls/bad-certificate/nothing-is-sent", test_bad_certificate);
  g_test_add_func ("/tls/http2/is-not-offered", test_no_http2);
  g_test_add_func ("/resolver/unknown-name/nothing-was-sent", test_unknown_name);
  return g_test_run ();
}
