// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Asks a sandbox everything it knows, in good ways and in bad ones, with the real client, and reads the
// answers with the real decoder. What went over the wire is recorded there and held against openapi.yaml by
// test-records.py.
//
// ask-everything BASE-URL KEY-FILE [burst]

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cmr-client.h"
#include "cmr-error.h"
#include "wb-test.h"

#define FINE -1 /* instead of a code of CmrError */

/* What stands for them in parameters and bodies: %U the first customer, %V the second, %M a mailbox, %O an order. */
typedef struct {
  CmrClient *client;
  char *user, *other, *mailbox, *order;
} Asker;

static char *
fill_in (Asker *self, const char *text)
{
  const char *marks[] = { "%U", "%V", "%M", "%O" };
  const char *values[] = { self->user, self->other, self->mailbox, self->order };
  GString *filled = g_string_new (text);

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (values[i] != NULL)
      g_string_replace (filled, marks[i], values[i], 0);
  return g_string_free (filled, FALSE);
}

static CmrCall *
make_call (Asker *self, CmrOp op, const char *params, const char *json)
{
  CmrCall *call = cmr_call_new (op);
  g_autofree char *filled = fill_in (self, params);
  g_auto (GStrv) pairs = g_strsplit (filled, " ", 0);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (pairs[i], "=", 2);

      cmr_call_set_param (call, pair[0], pair[1]);
    }
  if (json != NULL)
    {
      char *body = fill_in (self, json);
      g_autoptr (GBytes) bytes = g_bytes_new_take (body, strlen (body));

      cmr_call_set_json (call, bytes);
    }
  return call;
}

/* --- Reads: what comes is decoded as the program does it ----------------------------------------- */

typedef struct {
  CmrOp op;
  const char *params;
  const char *json;
  int code;
  int rows; /* of a list, at least; -1: one object */
} Question;

static GBytes *
read_once (Asker *self, const Question *question, GError **error)
{
  g_autoptr (CmrCall) call = make_call (self, question->op, question->params, question->json);
  g_autoptr (GAsyncResult) result = NULL;

  cmr_client_read_async (self->client, call, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  return cmr_client_read_finish (self->client, result, error);
}

/* How a wallet is topped up, and the lines of an order, which are rows of their own. */
static guint
left_out (const CmrEndpoint *endpoint)
{
  return endpoint->response == &cmr_order_resource    ? 2
         : endpoint->response == &cmr_wallet_resource ? 1
                                                      : 0;
}

static GPtrArray *
ask (Asker *self, const Question *question)
{
  const CmrEndpoint *endpoint = cmr_endpoint_get (question->op);
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = read_once (self, question, &error);
  g_autoptr (CmrPage) page = NULL;

  if (question->code != FINE)
    {
      g_assert_error (error, CMR_ERROR, question->code);
      return rows;
    }
  g_assert_no_error (error);
  if (question->rows < 0)
    g_ptr_array_add (rows, cmr_reply_parse_one (endpoint, body, &error));
  else
    page = cmr_page_parse (endpoint, body, &error);
  g_assert_no_error (error);
  for (guint i = 0; page != NULL && i < page->rows->len; i++)
    g_ptr_array_add (rows, g_object_ref (page->rows->pdata[i]));
  g_assert_cmpuint (rows->len, >=, MAX (question->rows, 0));
  /* Nothing came along that no table knows, but what is left out on purpose. */
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpuint (cmr_object_get_dropped (rows->pdata[i]), <=, left_out (endpoint));
  return rows;
}

static const Question questions[] = {
  { CMR_OP_LIST_USERS, "page=1 limit=5", NULL, FINE, 5 },
  { CMR_OP_LIST_USERS, "page=3 limit=5", NULL, FINE, 1 },
  { CMR_OP_LIST_USERS, "page=1 limit=100 contains=Ñandú", NULL, FINE, 1 },
  { CMR_OP_LIST_USERS, "page=9 limit=100", NULL, FINE, 0 },
  { CMR_OP_LIST_USERS, "page=1 limit=500", NULL, CMR_ERROR_INVALID },
  { CMR_OP_GET_USER, "userId=%U", NULL, FINE, -1 },
  { CMR_OP_GET_USER, "userId=NOBODY", NULL, CMR_ERROR_NOT_FOUND },
  { CMR_OP_LIST_COUNTRIES, "", NULL, FINE, 20 },
  { CMR_OP_LIST_STATES, "countryCode=US", NULL, FINE, 50 },
  { CMR_OP_LIST_STATES, "countryCode=DE", NULL, FINE, 0 },
  { CMR_OP_LIST_STATES, "countryCode=XX", NULL, CMR_ERROR_INVALID },
  { CMR_OP_GET_WALLET, "", NULL, FINE, -1 },
  { CMR_OP_LIST_DOMAINS, "userId=%V page=1 limit=100", NULL, FINE, 2 },
  { CMR_OP_LIST_DOMAINS, "userId=%V page=1 limit=100 contains=insights", NULL, FINE, 1 },
  { CMR_OP_LIST_DOMAINS, "userId=NOBODY page=1 limit=100", NULL, FINE, 0 },
  { CMR_OP_LIST_ALL_MAILBOXES, "page=1 limit=100", NULL, FINE, 100 },
  { CMR_OP_LIST_ALL_MAILBOXES, "page=2 limit=100", NULL, FINE, 50 },
  { CMR_OP_LIST_MAILBOXES, "userId=%V page=1 limit=100", NULL, FINE, 6 },
  { CMR_OP_LIST_MAILBOXES, "userId=NOBODY page=1 limit=100", NULL, FINE, 0 },
  { CMR_OP_GET_MAILBOX, "mailboxId=%M", NULL, FINE, -1 },
  { CMR_OP_GET_MAILBOX, "mailboxId=%M userId=%U", NULL, CMR_ERROR_DENIED },
  { CMR_OP_GET_MAILBOX, "mailboxId=NONE", NULL, CMR_ERROR_NOT_FOUND },
  { CMR_OP_LIST_SUBSCRIPTIONS, "page=1 limit=100", NULL, FINE, 20 },
  { CMR_OP_LIST_SUBSCRIPTIONS, "page=1 limit=100 status=PAST_DUE", NULL, FINE, 1 },
  { CMR_OP_LIST_SUBSCRIPTIONS, "page=1 limit=100 status=EXPIRED", NULL, FINE, 1 },
  { CMR_OP_LIST_SUBSCRIPTIONS, "page=1 limit=100 status=CANCELLED", NULL, FINE, 1 },
  { CMR_OP_LIST_SUBSCRIPTIONS, "page=1 limit=100 domain=getkestrel.example", NULL, FINE, 1 },
  { CMR_OP_CHECK_DOMAIN_AVAILABLE, "userId=%U",
    "{\"domainName\":\"fresh-name.example\",\"years\":2}", FINE, -1 },
  { CMR_OP_CHECK_DOMAIN_AVAILABLE, "userId=%U", "{\"domainName\":\"taken-name.example\"}", FINE,
    -1 },
  { CMR_OP_CHECK_DOMAIN_AVAILABLE, "userId=%U", "{\"domainName\":\"abc.example\"}", FINE, -1 },
  { CMR_OP_CHECK_DOMAIN_AVAILABLE, "userId=%U", "{\"domainName\":\"fresh-name.invalid\"}",
    CMR_ERROR_INVALID },
  { CMR_OP_CHECK_DOMAIN_AVAILABLE, "userId=NOBODY", "{\"domainName\":\"fresh-name.example\"}",
    CMR_ERROR_NOT_FOUND },
  { CMR_OP_SUGGEST_DOMAINS, "userId=%U",
    "{\"domainName\":\"harrowfinch\",\"tlds\":[\"example\",\"com\"],\"years\":1}", FINE, 10 },
  { CMR_OP_SUGGEST_DOMAINS, "userId=%U", "{\"domainName\":\"bright.loom\"}", FINE, 1 },
  { CMR_OP_SUGGEST_DOMAINS, "userId=%U", "{\"domainName\":\"&&&\"}", CMR_ERROR_INVALID },
  { CMR_OP_CHECK_WORKSPACE, "",
    "{\"domainName\":\"has-workspace.example\",\"serviceProvider\":\"GOOGLE\"}",
    CMR_ERROR_CONFLICT },
  { CMR_OP_CHECK_WORKSPACE, "", "{\"domainName\":\"slow-name.example\"}", CMR_ERROR_INVALID },
  { CMR_OP_CHECK_WORKSPACE, "userId=%U",
    "{\"domains\":[{\"domainName\":\"a-workspace.example\",\"serviceProvider\":\"GOOGLE\"},{"
    "\"domainName\":\"b.example\"},"
    "{\"domainName\":\"slow-name.example\"}]}",
    FINE, 3 },
  { CMR_OP_GET_ORDER, "userId=%U orderId=NONE", NULL, CMR_ERROR_NOT_FOUND },
  { CMR_OP_GET_ORDER_STATUS, "userId=%U orderId=NONE", NULL, CMR_ERROR_NOT_FOUND },
};

static char *
first_key (Asker *self, CmrOp op, const char *params, guint n, const char *member)
{
  const Question question = { op, params, NULL, FINE, (int) n + 1 };
  g_autoptr (GPtrArray) rows = ask (self, &question);

  return g_strdup (cmr_object_get_text (rows->pdata[n], member));
}

/* A free workspace is `data: null`: nothing to decode, and no error. */
static void
ask_free_workspace (Asker *self)
{
  const Question question
      = { CMR_OP_CHECK_WORKSPACE, "", "{\"domainName\":\"fresh-name.example\"}", FINE, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = read_once (self, &question, &error);
  g_autoptr (CmrEnvelope) envelope = NULL;

  g_assert_no_error (error);
  envelope = cmr_envelope_parse (body, &error);
  g_assert_no_error (error);
  g_assert_null (envelope->data);
}

/* --- Writes -------------------------------------------------------------------------------------- */

typedef struct {
  CmrOp op;
  const char *params;
  const char *json;
  guint status;
} Deed;

static char *
do_call (Asker *self, CmrCall *call, guint status)
{
  g_autoptr (CmrCall) owned = call;
  const CmrEndpoint *endpoint = cmr_endpoint_get (cmr_call_get_op (call));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrReply) reply = NULL;
  g_autoptr (CmrEnvelope) envelope = NULL;

  cmr_client_write_async (self->client, call, NULL, NULL, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  reply = cmr_client_write_finish (self->client, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reply->sent, ==, CMR_SENT_ANSWERED);
  g_assert_cmpuint (reply->status, ==, status);
  envelope = cmr_envelope_parse (reply->body, &error);
  g_assert_no_error (error);
  g_assert_nonnull (envelope->message);
  return cmr_envelope_dup_key (envelope, endpoint->response != NULL ? endpoint->response
                                                                    : &cmr_customer_resource);
}

static char *
deed (Asker *self, const Deed *row)
{
  return do_call (self, make_call (self, row->op, row->params, row->json), row->status);
}

#define DANA(city)                                                                                 \
  "{\"email\":\"ops@northpine.example\",\"company\":\"Northpine & "                                \
  "Sons\",\"firstName\":\"Dana\",\"lastName\":\"O'Kafor\","                                        \
  "\"country\":\"US\",\"state\":\"Oregon\",\"city\":\"" city                                       \
  "\",\"addressLineOne\":\"88 Alder Way\",\"postalCode\":\"97205\","                               \
  "\"phoneCc\":\"1\",\"phone\":\"5035550142\",\"languagePreference\":\"en\"}"
#define ORDER(name, confirm)                                                                       \
  "{\"domains\":[{\"domain\":\"" name                                                              \
  "\",\"years\":1,\"forwardTo\":\"https://northpine.example\"}],\"mailboxes\":{\"" name "\":"      \
  "[{\"username\":\"dana\",\"firstName\":\"Dana\",\"lastName\":\"Okafor\",\"profilePicture\":"     \
  "\"https://cdn.example/d.jpg\","                                                                 \
  "\"onWarmup\":true}]},\"billingCycle\":\"MONTHLY\",\"confirm\":" confirm                         \
  ",\"serviceProvider\":\"GOOGLE\","                                                               \
  "\"microsoftOauthRoute\":\"\",\"google\":{\"googleOauthRoute\":\"\",\"clientId\":\"\","          \
  "\"appName\":\"\"},\"autoRenew\":true}"

static void
customers (Asker *self)
{
  const Deed create = { CMR_OP_CREATE_USER, "", DANA ("Portland"), 201 };
  const Deed bad = { CMR_OP_CREATE_USER, "", "{\"email\":\"ops@northpine.example\"}", 400 };
  const Deed update = { CMR_OP_UPDATE_USER, "userId=%V", DANA ("Eugene"), 200 };
  const Deed partial = { CMR_OP_UPDATE_USER, "userId=%V", "{\"city\":\"Eugene\"}", 400 };
  const Deed refused = { CMR_OP_DELETE_USER, "userId=%U", NULL, 422 };
  const Deed delete = { CMR_OP_DELETE_USER, "userId=%V", NULL, 200 };
  const Deed again = { CMR_OP_DELETE_USER, "userId=%V", NULL, 404 };
  Asker mine = *self;

  mine.other = deed (&mine, &create);
  g_assert_nonnull (mine.other);
  g_free (deed (&mine, &bad));
  g_free (deed (&mine, &update));
  g_free (deed (&mine, &partial));
  g_free (deed (&mine, &refused));
  g_free (deed (&mine, &delete));
  g_free (deed (&mine, &again));
  g_free (mine.other);
}

static void
json_orders (Asker *self)
{
  static const Deed refused[] = {
    { CMR_OP_CREATE_ORDER_JSON, "userId=%U", ORDER ("taken-name.example", "false"), 422 },
    { CMR_OP_PROCESS_ORDER, "userId=%U", "{\"orderId\":\"NONE\"}", 404 },
    { CMR_OP_PROCESS_ORDER, "userId=%V", "{\"orderId\":\"%O\"}", 403 },
  };
  const Deed create
      = { CMR_OP_CREATE_ORDER_JSON, "userId=%U", ORDER ("fresh-json.example", "false"), 200 };
  const Deed pay = { CMR_OP_PROCESS_ORDER, "userId=%U", "{\"orderId\":\"%O\"}", 200 };
  const Deed again = { CMR_OP_PROCESS_ORDER, "userId=%U", "{\"orderId\":\"%O\"}", 409 };
  const Deed conflict
      = { CMR_OP_CREATE_ORDER_JSON, "userId=%U", ORDER ("surprise-name.example", "true"), 200 };
  const Deed fails
      = { CMR_OP_CREATE_ORDER_JSON, "userId=%U", ORDER ("refused-name.example", "true"), 200 };
  const Question reads[] = { { CMR_OP_GET_ORDER, "userId=%U orderId=%O", NULL, FINE, -1 },
                             { CMR_OP_GET_ORDER_STATUS, "userId=%U orderId=%O", NULL, FINE, -1 },
                             { CMR_OP_GET_ORDER, "userId=%V orderId=%O", NULL, CMR_ERROR_DENIED } };

  self->order = deed (self, &create);
  g_assert_nonnull (self->order);
  for (guint i = 0; i < G_N_ELEMENTS (reads); i++)
    g_ptr_array_unref (ask (self, &reads[i]));
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    g_free (deed (self, &refused[i]));
  g_free (deed (self, &pay));
  g_free (deed (self, &again));
  for (guint i = 0; i < G_N_ELEMENTS (reads); i++)
    g_ptr_array_unref (ask (self, &reads[i]));
  g_clear_pointer (&self->order, g_free);
  /* Orders that end badly say why. */
  self->order = deed (self, &conflict);
  g_ptr_array_unref (ask (self, &reads[1]));
  g_clear_pointer (&self->order, g_free);
  self->order = deed (self, &fails);
  g_ptr_array_unref (ask (self, &reads[0]));
}

/* More than the wallet holds. */
static void
too_dear (Asker *self)
{
  g_autoptr (GString) domains = g_string_new (NULL);
  g_autoptr (GString) mailboxes = g_string_new (NULL);
  g_autofree char *json = NULL;
  Deed row = { CMR_OP_CREATE_ORDER_JSON, "userId=%U", NULL, 402 };

  for (guint i = 0; i < 20; i++)
    {
      g_string_append_printf (domains, "%s{\"domain\":\"%c0x.example\",\"years\":1}",
                              i > 0 ? "," : "", 'a' + i);
      g_string_append_printf (
          mailboxes,
          "%s\"%c0x.example\":[{\"username\":\"a\",\"firstName\":\"A\",\"lastName\":\"B\"}]",
          i > 0 ? "," : "", 'a' + i);
    }
  json = g_strdup_printf (
      "{\"domains\":[%s],\"mailboxes\":{%s},\"billingCycle\":\"MONTHLY\",\"confirm\":true}",
      domains->str, mailboxes->str);
  row.json = json;
  g_free (deed (self, &row));
}

static int
open_text (gpointer data, GError **error)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("waybill-XXXXXX", &path, error);

  g_assert_cmpint (write (fd, data, strlen (data)), ==, strlen (data));
  lseek (fd, 0, SEEK_SET);
  unlink (path);
  return fd;
}

/* A form whose picture is none. */
static void
bad_form (Asker *self)
{
  CmrCall *call = make_call (self, CMR_OP_CREATE_ORDER_MULTIPART, "userId=%U", NULL);

  cmr_call_add_text_part (call, "domains", "[{\"domain\":\"fresh-form.example\",\"years\":1}]");
  cmr_call_add_text_part (
      call, "mailboxes",
      "{\"fresh-form.example\":[{\"username\":\"a\",\"firstName\":\"A\",\"lastName\":\"B\"}]}");
  cmr_call_add_text_part (call, "billingCycle", "MONTHLY");
  cmr_call_add_text_part (call, "confirm", "false");
  cmr_call_add_file_part (call, "a@fresh-form.example", 6, open_text, (gpointer) "GIF89a", NULL);
  g_free (do_call (self, call, 400));
}

static void
burst_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, &error);

  g_assert_true (body != NULL || g_error_matches (error, CMR_ERROR, CMR_ERROR_BUSY));
  --*(guint *) user_data;
}

static gboolean
is_zero (gpointer data)
{
  return *(guint *) data == 0;
}

/* A dozen at once, without our pace: more than five are refused, and let in after the pause. */
static void
burst (Asker *self)
{
  guint left = 0;

  for (; left < 12; left++)
    {
      g_autoptr (CmrCall) call = cmr_call_new (CMR_OP_GET_WALLET);

      cmr_client_read_async (self->client, call, NULL, burst_cb, &left);
    }
  g_assert_true (wb_test_wait_for (is_zero, &left, WB_TEST_DEADLINE_MS));
}

static void
asker_init (Asker *self, char **argv)
{
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (argv[2], &key, NULL, &error));
  self->client = cmr_client_new (argv[1], NULL, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (cmr_client_set_key (self->client, key, &error));
  cmr_pacer_set_rate (cmr_client_get_pacer (self->client), 0);
}

int
main (int argc, char **argv)
{
  Asker asker = { 0 };

  g_test_init (&argc, &argv, NULL);
  asker_init (&asker, argv);
  if (argc > 3)
    burst (&asker);
  else
    {
      asker.user = first_key (&asker, CMR_OP_LIST_USERS, "page=1 limit=2", 0, "user-id");
      asker.other = first_key (&asker, CMR_OP_LIST_USERS, "page=1 limit=2", 1, "user-id");
      asker.mailbox
          = first_key (&asker, CMR_OP_LIST_MAILBOXES, "userId=%V page=1 limit=1", 0, "mailbox-id");
      for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
        {
          g_test_message ("%s %s", cmr_endpoint_get (questions[i].op)->id, questions[i].params);
          g_ptr_array_unref (ask (&asker, &questions[i]));
        }
      ask_free_workspace (&asker);
      customers (&asker);
      json_orders (&asker);
      too_dear (&asker);
      bad_form (&asker);
    }
  wb_test_wait_finalized (asker.client);
  g_free (asker.user);
  g_free (asker.other);
  g_free (asker.mailbox);
  g_free (asker.order);
  return 0;
}
