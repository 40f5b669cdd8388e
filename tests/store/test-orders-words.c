// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fake-service.h"
#include "order-tools.h"

/* What the words of an order's state make of it: known, changed and new ones (openapi.yaml, OrderStatus). */

#define CUSTOMER "CUSTOMER1"
#define ORDER "ORDER1"

typedef struct {
  FakeService *service;
  Store *store;
} Case;

static void
set_up (Case *self, gconstpointer data)
{
  g_autofree char *url = NULL;

  self->service = fake_service_new ();
  url = fake_service_dup_url (self->service);
  self->store = store_new_at (url, "KEY-0123456789", CUSTOMER);
  cmr_client_set_timeouts_ms (store_client (self->store), 5000, 10000, 10000, 5);
  fake_service_set (self->service, "GET /wallet/balance", 200, "{\"data\":{\"balance\":1000.00}}");
  fake_service_set_pages (self->service, "GET /domains/by-user", "domains", (const char *const[]) { "", NULL });
}

static void
tear_down (Case *self, gconstpointer data)
{
  store_free (self->store);
  fake_service_free (self->service);
}

static void
say (Case *self, const char *word)
{
  g_autofree char *body
      = g_strdup_printf ("{\"data\":{\"orderId\":\"" ORDER
                         "\",\"status\":\"%s\",\"domains\":[{\"domain\":\"first.test\",\"status\":\"ACTIVE\"}],"
                         "\"mailboxes\":[{\"email\":\"a@first.test\"},{\"email\":\"b@first.test\"}]}}",
                         word);

  fake_service_set (self->service, "GET /orders", 200, body);
  fake_service_set (self->service, "GET /orders/status", 200, body);
}

static void
live (Case *self, const char *first, const char *second)
{
  g_autofree char *rows = g_strdup_printf ("{\"mailboxId\":\"1\",\"email\":\"a@first.test\",\"status\":\"%s\"},"
                                           "{\"mailboxId\":\"2\",\"email\":\"b@first.test\",\"status\":\"%s\"}",
                                           first, second);

  fake_service_set_pages (self->service, "GET /mailboxes/single", "mailboxes", (const char *const[]) { rows, NULL });
}

static void
none_yet (Case *self)
{
  fake_service_set_pages (self->service, "GET /mailboxes/single", "mailboxes", (const char *const[]) { "", NULL });
}

static WbOrder *
add (Case *self)
{
  WbOrders *orders = store_orders (self->store);
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  WbOrder *order;

  wb_orders_add_by_id_async (orders, CUSTOMER, ORDER, NULL, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  order = wb_orders_add_by_id_finish (orders, result, &error);
  g_assert_no_error (error);
  g_object_unref (result);
  return order;
}

/* A new word may mean anything: not offered for payment, not called being made, asked about until it tells more. */
static void
test_new_word (Case *self, gconstpointer data)
{
  WbOrder *order;

  none_yet (self);
  say (self, "ON_THE_SHELF");
  order = add (self);
  g_assert_cmpint (wb_order_get_state (order), ==, WB_ORDER_UNKNOWN);
  g_assert_cmpint (wb_order_get_paid_at (order), ==, 0);
  g_assert_false (wb_order_can_pay (order));
  say (self, "CREATED");
  order_wait_can_pay (order);
  /* Changed under our eyes: what is read right before paying counts. */
  say (self, "ANOTHER_WORD");
  g_assert_null (order_try_pay (self->store, order, 0, NULL));
  g_assert_cmpint (wb_order_get_state (order), ==, WB_ORDER_UNKNOWN);
  say (self, "PROCESSING");
  order_wait (order, WB_ORDER_BEING_MADE);
  g_assert_cmpuint (fake_service_count (self->service, "POST /orders/process"), ==, 0);
  live (self, "ACTIVE", "ACTIVE");
  order_wait (order, WB_ORDER_LIVE);
  order_drop (order);
}

/* No word at all, and none that is text. */
static void
test_no_word (Case *self, gconstpointer data)
{
  WbOrder *order;

  none_yet (self);
  say (self, "CREATED");
  order = add (self);
  order_wait_can_pay (order);
  fake_service_set (self->service, "GET /orders/status", 200, "{\"data\":{\"orderId\":\"" ORDER "\"}}");
  g_assert_null (order_try_pay (self->store, order, 0, NULL));
  g_assert_cmpint (wb_order_get_state (order), ==, WB_ORDER_UNKNOWN);
  g_assert_false (wb_order_can_pay (order));
  order_drop (order);
}

static const struct {
  const char *name, *word, *first, *second;
  WbOrderState state;
} ends[] = {
  { "live", "COMPLETED", "ACTIVE", "ACTIVE", WB_ORDER_LIVE },
  { "live-before-its-word", "PROCESSING", "ACTIVE", "ACTIVE", WB_ORDER_LIVE },
  { "live-other-word", "SUCCESS", "ACTIVE", "ACTIVE", WB_ORDER_LIVE },
  { "partly", "PARTIALLY_COMPLETED", "ACTIVE", "FAILED", WB_ORDER_PARTLY },
  { "none", "PARTIALLY_COMPLETED", "FAILED", "FAILED", WB_ORDER_FAILED },
  { "failed", "FAILED", "IN_PROGRESS", "IN_PROGRESS", WB_ORDER_FAILED },
  { "failed-some-live", "FAILED", "ACTIVE", "FAILED", WB_ORDER_PARTLY },
  { "cancelled", "CANCELLED", "IN_PROGRESS", "IN_PROGRESS", WB_ORDER_CANCELLED },
  { "refunded", "Refund", "EXPIRED", "EXPIRED", WB_ORDER_FAILED },
  { "partly-refunded", "PARTIAL_REFUND", "ACTIVE", "EXPIRED", WB_ORDER_PARTLY },
};

static void
test_end (Case *self, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  WbOrder *order;

  live (self, ends[i].first, ends[i].second);
  say (self, ends[i].word);
  order = add (self);
  order_wait (order, ends[i].state);
  g_assert_cmpint (wb_order_get_next_ask (order), ==, 0);
  order_drop (order);
}

static gboolean
was_asked (gpointer data)
{
  return fake_service_count (data, "GET /mailboxes/single") >= 4;
}

/* "COMPLETED" with a mailbox that is not live is not the end; neither is a word that comes with a list that cannot be read. */
static void
test_no_end (Case *self, gconstpointer data)
{
  WbOrder *order;

  live (self, "ACTIVE", "CREATING_PASSWORD");
  say (self, "COMPLETED");
  order = add (self);
  g_assert_true (wb_test_wait_for (was_asked, self->service, WB_TEST_DEADLINE_MS));
  g_assert_cmpint (wb_order_get_state (order), ==, WB_ORDER_BEING_MADE);
  g_assert_cmpuint (wb_order_get_live (order), ==, 1);
  g_assert_cmpuint (wb_order_get_failed (order), ==, 0);
  live (self, "ACTIVE", "ACTIVE");
  order_wait (order, WB_ORDER_LIVE);
  order_drop (order);
}

static void
test_list_unread (Case *self, gconstpointer data)
{
  WbOrder *order;

  fake_service_set (self->service, "GET /mailboxes/single", 404, NULL);
  say (self, "PARTIALLY_COMPLETED");
  order = add (self);
  g_assert_true (wb_test_wait_for (was_asked, self->service, WB_TEST_DEADLINE_MS));
  g_assert_cmpint (wb_order_get_state (order), ==, WB_ORDER_BEING_MADE);
  live (self, "ACTIVE", "FAILED");
  order_wait (order, WB_ORDER_PARTLY);
  order_drop (order);
}

/* The wallet cannot be read: nothing is offered, and it is read again until it can. */
static void
test_wallet_unread (Case *self, gconstpointer data)
{
  WbOrder *order;

  live (self, "IN_PROGRESS", "IN_PROGRESS");
  fake_service_set (self->service, "GET /wallet/balance", 500, "{}");
  say (self, "CREATED");
  order = add (self);
  g_assert_cmpint (wb_order_get_state (order), ==, WB_ORDER_NOT_PAID);
  order_wait_quiet (order);
  g_assert_false (wb_order_can_pay (order));
  fake_service_set (self->service, "GET /wallet/balance", 200, "{\"data\":{\"balance\":1000.00}}");
  order_wait_can_pay (order);
  order_drop (order);
}

/* What is said to be accepted is followed even while the word lags behind. */
static void
test_lagging_word (Case *self, gconstpointer data)
{
  WbOrder *order;
  WbOperation *pay;

  none_yet (self);
  say (self, "CREATED");
  order = add (self);
  order_wait_can_pay (order);
  fake_service_set (self->service, "POST /orders/process", 200,
                    "{\"status\":200,\"message\":\"Order queued for processing\"}");
  pay = order_pay (self->store, order);
  order_wait (order, WB_ORDER_BEING_MADE);
  g_assert_true (wb_test_wait_for (was_asked, self->service, WB_TEST_DEADLINE_MS));
  g_assert_cmpint (wb_order_get_state (order), !=, WB_ORDER_NOT_PAID);
  g_assert_false (wb_order_can_pay (order));
  say (self, "COMPLETED");
  live (self, "ACTIVE", "ACTIVE");
  order_wait (order, WB_ORDER_LIVE);
  g_assert_cmpuint (fake_service_count (self->service, "POST /orders/process"), ==, 1);
  g_object_unref (pay);
  order_drop (order);
}

/* Many orders at once ask no faster than one alone: a second apart, here 20 ms. */
static void
test_one_a_second (Case *self, gconstpointer data)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (g_object_unref);
  guint before;
  gint64 start;

  live (self, "IN_PROGRESS", "IN_PROGRESS");
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *id = g_strdup_printf ("ORDER-%u", i);
      g_autofree char *body = g_strdup_printf ("{\"data\":{\"orderId\":\"%s\",\"status\":\"ODD\"}}", id);
      GAsyncResult *result = NULL;

      fake_service_set (self->service, "GET /orders", 200, body);
      wb_orders_add_by_id_async (store_orders (self->store), CUSTOMER, id, NULL, wb_test_take_result, &result);
      wb_test_wait_result (&result);
      g_ptr_array_add (orders, wb_orders_add_by_id_finish (store_orders (self->store), result, NULL));
      g_object_unref (result);
    }
  fake_service_set (self->service, "GET /orders/status", 200, "{\"data\":{\"status\":\"ODD\"}}");
  before = fake_service_count (self->service, "GET /orders/status")
           + fake_service_count (self->service, "GET /mailboxes/single");
  start = g_get_monotonic_time ();
  while (fake_service_count (self->service, "GET /orders/status")
             + fake_service_count (self->service, "GET /mailboxes/single")
         < before + 20)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 19 * 20 * 1000);
}

#define ADD(name, func) g_test_add ("/orders-words/" name, Case, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  money_test_init (&argc, &argv);
  ADD ("new-word", test_new_word);
  ADD ("no-word", test_no_word);
  ADD ("no-end", test_no_end);
  ADD ("list-unread", test_list_unread);
  ADD ("wallet-unread", test_wallet_unread);
  ADD ("lagging-word", test_lagging_word);
  ADD ("one-a-second", test_one_a_second);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *path = g_strconcat ("/orders-words/end/", ends[i].name, NULL);

      g_test_add (path, Case, GUINT_TO_POINTER (i), set_up, test_end, tear_down);
    }
  return g_test_run ();
}
