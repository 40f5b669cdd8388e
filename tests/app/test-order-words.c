// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <locale.h>
#include <string.h>

#include "cmr-error.h"
#include "wb-order-words.h"
#include "wb-pay.h"

/* Every way in which Create and Pay can come to a stand, and what stands on the page then. */
typedef struct {
  const char *name;
  WbOrderState state;
  WbReason reason;
  gboolean paying;
  const char *cause;
  const char *text;
  WbAct first, second;
} Row;

static const Row rows[] = {
  { "create-not-connected", WB_ORDER_FAILED, WB_REASON_NOT_CONNECTED, FALSE, "The service could not be reached.", "Nothing was sent.",
    WB_ACT_CREATE_AGAIN, WB_ACT_KEEP },
  { "create-broke-off", WB_ORDER_FAILED, WB_REASON_BROKE_OFF, FALSE, "The upload broke off at 61 %.",
    "The service cannot have the whole order, so nothing was ordered.", WB_ACT_CREATE_AGAIN, WB_ACT_KEEP },
  { "create-stopped", WB_ORDER_CANCELLED, WB_REASON_STOPPED, FALSE, "Stopped.", "The order was not sent. The draft and its pictures are as they were.",
    WB_ACT_REVIEW, WB_ACT_KEEP },
  { "create-refused", WB_ORDER_FAILED, WB_REASON_REFUSED, FALSE, "Not done.", "The service said: “no %s <b> here”. Nothing was changed.", WB_ACT_REVIEW,
    WB_ACT_KEEP },
  { "create-signed-out", WB_ORDER_FAILED, WB_REASON_SIGNED_OUT, FALSE, "The service does not accept this key.", "Copy the key again",
    WB_ACT_CHANGE_KEY, WB_ACT_KEEP },
  { "create-busy", WB_ORDER_FAILED, WB_REASON_BUSY, FALSE, "Not accepted: the service asks for a pause.", "Create it again in 8 s.",
    WB_ACT_CREATE_AGAIN, WB_ACT_KEEP },
  { "create-form-gone", WB_ORDER_FAILED, WB_REASON_GONE, FALSE, "This service no longer takes pictures with an order.",
    "Nothing is lost. Your 21 pictures stay in the draft.", WB_ACT_WITHOUT_PICTURES, WB_ACT_KEEP },
  { "create-picture-gone", WB_ORDER_FAILED, WB_REASON_BLOB_MISSING, FALSE, "A picture of this order is gone.", "nothing was sent", WB_ACT_PICTURES,
    WB_ACT_KEEP },
  { "create-disk", WB_ORDER_FAILED, WB_REASON_DISK, FALSE, "The disk is full, so nothing is sent.", "Each change is written down first.",
    WB_ACT_CREATE_AGAIN, WB_ACT_KEEP },
  { "create-no-key", WB_ORDER_FAILED, WB_REASON_NO_KEY, FALSE, "There is no key for this profile.", "Nothing was sent.", WB_ACT_CHANGE_KEY, WB_ACT_KEEP },
  { "create-shut", WB_ORDER_CANCELLED, WB_REASON_SHUT, FALSE, "The profile was locked before the order left.", "Nothing was sent.", WB_ACT_REVIEW,
    WB_ACT_KEEP },
  { "create-secret-gone", WB_ORDER_FAILED, WB_REASON_SECRET_GONE, FALSE, "The sign-in data for export are no longer known.",
    "Nothing was sent.", WB_ACT_REVIEW, WB_ACT_KEEP },
  { "create-incomplete", WB_ORDER_FAILED, WB_REASON_INCOMPLETE, FALSE, "Not done.", "nothing was sent", WB_ACT_REVIEW, WB_ACT_KEEP },
  { "create-funds", WB_ORDER_FAILED, WB_REASON_FUNDS, FALSE, "Your wallet is $31.80 short.", "The order needs $106.20, you have $74.40.", WB_ACT_REVIEW,
    WB_ACT_KEEP },
  { "create-lost", WB_ORDER_MAY_EXIST, WB_REASON_NONE, FALSE, "It is not known whether the order was created.",
    "It may exist unpaid; that costs nothing. Your wallet did not move.", WB_ACT_CREATE_AGAIN, WB_ACT_KEEP },
  { "not-paid", WB_ORDER_NOT_PAID, WB_REASON_NONE, FALSE, "The order is created.", "It costs nothing yet.", WB_ACT_PAY, WB_ACT_NOT_NOW },
  { "cannot-pay", WB_ORDER_CANNOT_PAY, WB_REASON_GONE, TRUE,
    "The order is made, but this service has no call to pay it that Waybill knows.", "It is not paid.", WB_ACT_DASHBOARD, WB_ACT_ONE_STEP },
  { "pay-not-connected", WB_ORDER_NOT_PAID, WB_REASON_NOT_CONNECTED, TRUE, "The service could not be reached.", "The payment was not sent.", WB_ACT_PAY,
    WB_ACT_NOT_NOW },
  { "pay-stopped", WB_ORDER_NOT_PAID, WB_REASON_STOPPED, TRUE, "Stopped.", "The payment was not sent.", WB_ACT_PAY, WB_ACT_NOT_NOW },
  { "pay-refused", WB_ORDER_NOT_PAID, WB_REASON_REFUSED, TRUE, "Not done.", "The service said: “no %s <b> here”. Nothing was changed.", WB_ACT_PAY,
    WB_ACT_NOT_NOW },
  { "pay-busy", WB_ORDER_NOT_PAID, WB_REASON_BUSY, TRUE, "Not accepted: the service asks for a pause.", "Press Pay again in 8 s.", WB_ACT_PAY,
    WB_ACT_NOT_NOW },
  { "pay-funds", WB_ORDER_NOT_PAID, WB_REASON_FUNDS, TRUE, "Your wallet is $31.80 short.", "The order is kept.", WB_ACT_PAY, WB_ACT_NOT_NOW },
  { "pay-signed-out", WB_ORDER_NOT_PAID, WB_REASON_SIGNED_OUT, TRUE, "The service does not accept this key.", "Nothing is lost", WB_ACT_CHANGE_KEY,
    WB_ACT_NOT_NOW },
  { "pay-disk", WB_ORDER_NOT_PAID, WB_REASON_DISK, TRUE, "The disk is full, so nothing is sent.", "Free some space", WB_ACT_PAY, WB_ACT_NOT_NOW },
  { "pay-no-key", WB_ORDER_NOT_PAID, WB_REASON_NO_KEY, TRUE, "There is no key for this profile.", "The payment was not sent.", WB_ACT_CHANGE_KEY,
    WB_ACT_NOT_NOW },
  { "pay-shut", WB_ORDER_NOT_PAID, WB_REASON_SHUT, TRUE, "The profile was locked before the payment left.", "The payment was not sent.", WB_ACT_PAY,
    WB_ACT_NOT_NOW },
};

static WbOrderFacts
facts_of (const Row *row)
{
  return (WbOrderFacts) {
    .state = row->state, .reason = row->reason, .paying = row->paying, .read_back = TRUE, .percent = 61, .pictures = 21, .about = 10620,
    .wallet_before = 7440, .wallet_now = 7440, .retry_at = g_get_monotonic_time () + 8 * G_USEC_PER_SEC, .said = "no %s <b> here",
  };
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  WbOrderFacts facts = facts_of (row);
  g_autoptr (WbOrderWords) words = wb_order_words_for (&facts);
  g_autofree char *text = NULL;

  g_assert_nonnull (words);
  text = wb_order_words_dup_text (words, facts.retry_at - 8 * G_USEC_PER_SEC);
  g_assert_cmpstr (words->cause, ==, row->cause);
  if (strstr (text, row->text) == NULL)
    g_assert_cmpstr (text, ==, row->text);
  g_assert_cmpint (words->choices[0].act, ==, row->first);
  g_assert_cmpint (words->choices[1].act, ==, row->second);
  g_assert_nonnull (words->icon);
}

/* "Nothing was charged." and "Your wallet did not move." are said only when a reading of the wallet agrees. */
static void
test_charge (gconstpointer data)
{
  const Row *row = data;
  WbOrderFacts facts[] = { facts_of (row), facts_of (row), facts_of (row), facts_of (row) };

  facts[0].wallet_now = CMR_MONEY_UNKNOWN;
  facts[1].wallet_before = CMR_MONEY_UNKNOWN;
  facts[2].wallet_now = 100;
  facts[3].reading = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      g_autoptr (WbOrderWords) words = wb_order_words_for (&facts[i]);
      g_autofree char *text = wb_order_words_dup_text (words, g_get_monotonic_time ());

      g_assert_null (strstr (text, "Nothing was charged"));
      g_assert_null (strstr (text, "did not move"));
    }
}

/* What left this computer whole, and got no clear answer, is never said to be not done. */
static void
test_under_way (void)
{
  static const WbOrderState states[] = { WB_ORDER_CREATING, WB_ORDER_PAYING, WB_ORDER_BEING_MADE, WB_ORDER_UNKNOWN, WB_ORDER_SLOW, WB_ORDER_LIVE };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      Row row = { .state = states[i], .reason = WB_REASON_NONE };
      WbOrderFacts facts = facts_of (&row);

      g_assert_null (wb_order_words_for (&facts));
    }
}

/* A one-step order is never sent again from an outcome: its button, with the sum, is in Review. */
static void
test_one_step (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      WbOrderFacts facts = facts_of (&rows[i]);
      g_autoptr (WbOrderWords) words = NULL;

      facts.confirm = TRUE;
      words = wb_order_words_for (&facts);
      for (guint c = 0; c < G_N_ELEMENTS (words->choices); c++)
        g_assert_cmpint (words->choices[c].act, !=, WB_ACT_CREATE_AGAIN);
    }
}

/* Pay is offered only when state and wallet were read. */
static void
test_not_read_back (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      WbOrderFacts facts = facts_of (&rows[i]);
      g_autoptr (WbOrderWords) words = NULL;

      facts.read_back = FALSE;
      words = wb_order_words_for (&facts);
      for (guint c = 0; c < G_N_ELEMENTS (words->choices); c++)
        g_assert_cmpint (words->choices[c].act, !=, WB_ACT_PAY);
    }
}

static void
test_countdown (void)
{
  WbOrderFacts facts = { .state = WB_ORDER_NOT_PAID, .reason = WB_REASON_BUSY, .paying = TRUE, .read_back = TRUE, .about = 100, .said = "",
                         .wallet_before = 5, .wallet_now = 5, .retry_at = 20 * G_USEC_PER_SEC };
  g_autoptr (WbOrderWords) words = wb_order_words_for (&facts);
  g_autofree char *before = wb_order_words_dup_text (words, 17 * G_USEC_PER_SEC + 1);
  g_autofree char *after = wb_order_words_dup_text (words, 20 * G_USEC_PER_SEC);

  g_assert_cmpstr (before, ==, "Nothing was charged. Press Pay again in 3 s.");
  g_assert_cmpstr (after, ==, "Nothing was charged. You can press it again now.");
  g_assert_cmpint (words->until, ==, facts.retry_at);
}

static void
test_errors (void)
{
  static const struct {
    int code;
    const char *cause;
    WbAct first;
  } errors[] = {
    { CMR_ERROR_OFFLINE, "The service could not be reached.", WB_ACT_CREATE_AGAIN },
    { CMR_ERROR_SIGNED_OUT, "The service does not accept this key.", WB_ACT_CHANGE_KEY },
    { CMR_ERROR_STORAGE, "The disk is full, so nothing is sent.", WB_ACT_CREATE_AGAIN },
    { CMR_ERROR_DENIED, "This profile is read-only.", WB_ACT_UNLOCK },
    { CMR_ERROR_CONFLICT, "The same is already under way.", WB_ACT_REVIEW },
    { CMR_ERROR_TROUBLE, "The service answered with an error.", WB_ACT_REVIEW },
  };
  g_autoptr (GError) stopped = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "");
  g_autoptr (WbOrderWords) words = wb_order_words_for_error (stopped, FALSE);

  g_assert_cmpstr (words->cause, ==, "Stopped.");
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (CMR_ERROR, errors[i].code, "");
      g_autoptr (WbOrderWords) create = wb_order_words_for_error (error, FALSE);
      g_autoptr (WbOrderWords) pay = wb_order_words_for_pay_error (error);

      g_assert_cmpstr (create->cause, ==, errors[i].cause);
      g_assert_cmpint (create->choices[0].act, ==, errors[i].first);
      g_assert_cmpint (pay->choices[0].act, !=, WB_ACT_CREATE_AGAIN);
    }
}

/* The sum as it may be typed for the spending guard. */
static void
test_typed (void)
{
  g_assert_true (wb_pay_guard_matches ("816.00", 81600));
  g_assert_true (wb_pay_guard_matches (" $816.00 ", 81600));
  g_assert_true (wb_pay_guard_matches ("816,00", 81600));
  g_assert_true (wb_pay_guard_matches ("816", 81600));
  g_assert_true (wb_pay_guard_matches ("106.20", 10620));
  g_assert_false (wb_pay_guard_matches ("", 81600));
  g_assert_false (wb_pay_guard_matches ("81600", 81600));
  g_assert_false (wb_pay_guard_matches ("816.0", 81600));
  g_assert_false (wb_pay_guard_matches ("106", 10620));
  g_assert_false (wb_pay_guard_matches ("8", 81600));
  g_assert_true (wb_pay_guard_allows ("816", 81600));
  g_assert_true (wb_pay_guard_allows (" $900,50 ", 81600));
  g_assert_false (wb_pay_guard_allows ("815.99", 81600));
  g_assert_false (wb_pay_guard_allows ("", 0));
  g_assert_false (wb_pay_guard_allows ("0", 0));
  g_assert_false (wb_pay_guard_allows ("-900", 81600));
  g_assert_false (wb_pay_guard_allows ("900.5", 81600));
  g_assert_false (wb_pay_guard_allows ("1e9", 81600));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *said = g_strconcat ("/order-words/says/", rows[i].name, NULL);
      g_autofree char *charge = g_strconcat ("/order-words/charge/", rows[i].name, NULL);

      g_test_add_data_func (said, &rows[i], test_row);
      g_test_add_data_func (charge, &rows[i], test_charge);
    }
  g_test_add_func ("/order-words/under-way", test_under_way);
  g_test_add_func ("/order-words/one-step", test_one_step);
  g_test_add_func ("/order-words/not-read-back", test_not_read_back);
  g_test_add_func ("/order-words/countdown", test_countdown);
  g_test_add_func ("/order-words/errors", test_errors);
  g_test_add_func ("/order-words/typed", test_typed);
  return g_test_run ();
}
