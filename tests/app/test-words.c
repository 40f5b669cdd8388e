// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-words.h"

#include <string.h>

#include "wb-confined.h"
#include "wb-customer-check.h"
#include "wb-state-pill.h"

/* Every code has its words: a sentence that is missing shows as nothing where it is needed most. */

static void
test_errors (void)
{
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (g_free);

  for (guint code = CMR_ERROR_OFFLINE; code <= CMR_ERROR_FORGOTTEN; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (CMR_ERROR, (int) code, "for the log");
      g_autoptr (WbErrorWords) words = wb_words_for_error (error);

      g_assert_true (g_str_has_suffix (words->cause, "."));
      g_assert_true (g_str_has_suffix (words->consequence, "."));
      g_assert_null (strstr (words->cause, "for the log"));
      g_assert_true ((words->button != NULL) == (words->remedy != WB_REMEDY_NONE));
      g_assert_cmpstr (words->icon, !=, "");
      for (guint i = 0; i < seen->len; i++)
        g_assert_cmpstr (seen->pdata[i], !=, words->cause);
      g_ptr_array_add (seen, g_strdup (words->cause));
    }
}

/* What was refused is not told as forgotten: there the draft would not help. */
static void
test_forgotten (void)
{
  g_autoptr (GError) forgotten = g_error_new_literal (CMR_ERROR, CMR_ERROR_FORGOTTEN, "gone");
  g_autoptr (GError) refused = g_error_new_literal (CMR_ERROR, CMR_ERROR_INVALID, "refused");
  g_autofree char *said = wb_words_again (forgotten), *other = wb_words_again (refused);

  g_assert_cmpstr (said, ==, "Its sign-in data for export are no longer known. Order again from the draft.");
  g_assert_cmpstr (other, ==, "The service would not take this.");
}

/* A Flatpak lists what it may use; with nothing of a kind left the key is not there. */
static void
test_confined (void)
{
  static const struct {
    const char *info;
    gboolean from_network;
  } rows[] = {
    { "[Context]\nshared=network;ipc;\nsockets=x11;wayland;\n", FALSE },
    { "[Context]\nshared=ipc;\nsockets=x11;wayland;\n", TRUE },
    { "[Context]\nsockets=x11;wayland;\n", TRUE },
    { "[Context]\nshared=networks;ipc;\n", TRUE },
    { "[Application]\nname=io.github.waybill.Waybill\n", TRUE },
    { "not a key file", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (wb_confined_in (rows[i].info), ==, rows[i].from_network);
  g_assert_false (wb_confined_from_network ()); /* here */
}

static void
test_foreign_error (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "odd");
  g_autoptr (WbErrorWords) words = wb_words_for_error (error);

  g_assert_cmpstr (words->cause, ==, "The service answered with an error.");
}

static void
test_operations (void)
{
  g_autofree char *pictures = wb_words_operation (CMR_OP_CREATE_ORDER_MULTIPART, 21, 24);
  g_autofree char *one = wb_words_operation (CMR_OP_CREATE_ORDER_MULTIPART, 1, 24);
  g_autofree char *mailboxes = wb_words_operation (CMR_OP_CREATE_ORDER_JSON, 0, 4);
  g_autofree char *pay = wb_words_operation (CMR_OP_PROCESS_ORDER, 0, 0);
  g_autofree char *none = wb_words_operation (CMR_OP_NONE, 0, 0);

  g_assert_cmpstr (pictures, ==, "Create an order, 21 pictures");
  g_assert_cmpstr (one, ==, "Create an order, 1 picture");
  g_assert_cmpstr (mailboxes, ==, "Create an order, 4 mailboxes");
  g_assert_cmpstr (pay, ==, "Pay and start an order");
  g_assert_cmpstr (none, ==, "Unknown request");
}

/* What the window can send is worded; what it cannot is named by its operationId, never left blank. */
static void
test_every_operation (void)
{
  for (guint op = 0; op < CMR_N_OPS; op++)
    {
      g_autofree char *text = wb_words_operation (op, 0, 0);

      g_assert_cmpstr (text, !=, "");
      g_assert_true (g_str_has_suffix (wb_words_operation_icon (op), "-symbolic"));
    }
}

static void
test_locks (void)
{
  g_assert_null (wb_words_lock (WB_LOCK_NONE));
  for (guint lock = WB_LOCK_READ_ONLY; lock <= WB_LOCK_DISK; lock++)
    g_assert_true (g_str_has_suffix (wb_words_lock (lock), "."));
}

static void
test_verdicts (void)
{
  for (guint verdict = WB_VERDICT_DONE; verdict <= WB_VERDICT_LIKELY_NOT; verdict++)
    g_assert_cmpstr (wb_words_verdict (verdict), !=, "");
  /* Absence is never called more than likely. */
  g_assert_nonnull (strstr (wb_words_verdict (WB_VERDICT_LIKELY_NOT), "likely"));
}

/* States */

static void
test_order_states (void)
{
  for (guint state = WB_ORDER_DRAFT; state <= WB_ORDER_SLOW; state++)
    {
      const char *word = wb_order_state_word (state);

      g_assert_cmpstr (wb_state_word_text ("order", word), !=, word);
      g_assert_cmpstr (wb_state_icon ("order", word), !=, "");
    }
  /* Lost creates are free: they do not look like lost payments. */
  g_assert_cmpstr (wb_state_word_text ("order", "may-exist"), ==, "May exist unpaid");
}

static void
test_operation_states (void)
{
  for (guint state = WB_STATE_QUEUED; state <= WB_STATE_CANCELLED; state++)
    g_assert_cmpstr (wb_state_word_text ("operation", wb_state_word (state)), !=, wb_state_word (state));
}

/* Every state that the service names has its own words and colour. */
static void
test_owned_states (void)
{
  static const char *const states[][2] = {
    { "mailbox", "IN_PROGRESS" },    { "mailbox", "CREATING_PASSWORD" }, { "mailbox", "ACTIVE" },
    { "mailbox", "EXPIRED" },        { "mailbox", "INACTIVE" },          { "domain", "PENDING" },
    { "domain", "ACTIVE" },          { "domain", "RENEWING" },           { "domain", "GRACE_PERIOD" },
    { "domain", "EXPIRED" },         { "domain", "TRANSFERRED" },        { "domain", "INACTIVE" },
    { "subscription", "ACTIVE" },    { "subscription", "RENEWING" },     { "subscription", "PAST_DUE" },
    { "subscription", "CANCELLED" }, { "subscription", "EXPIRED" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_test_message ("%s %s", states[i][0], states[i][1]);
      g_assert_cmpstr (wb_state_word_text (states[i][0], states[i][1]), !=, states[i][1]);
      g_assert_cmpstr (wb_state_icon (states[i][0], states[i][1]), !=, "dialog-question-symbolic");
    }
  g_assert_cmpstr (wb_state_word_text ("domain", "TELEPORTED"), ==, "TELEPORTED");
  g_assert_cmpstr (wb_state_word_text ("subscription", ""), ==, "Not known");
}

/* It ends with the seventh day in UTC after the one in which the domain expired. */
static void
test_grace (void)
{
  const gint64 day = G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC;
  gint64 midnight = g_get_real_time () / day * day;
  static const struct {
    int days_ago;
    const char *text;
  } cases[] = {
    { 0, "Grace, 7 days left" }, { 2, "Grace, 5 days left" }, { 6, "Grace, 1 day left" },
    { 7, "Grace, last day" },    { 8, "Grace" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = wb_words_grace (midnight - cases[i].days_ago * day + day / 2);
      /* Just before midnight the day is not over. */
      g_autofree char *late = wb_words_grace (midnight - cases[i].days_ago * day + day - 1);

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpstr (late, ==, cases[i].text);
    }
}

static void
test_providers (void)
{
  g_autofree char *google = wb_words_provider ("GOOGLE"), *microsoft = wb_words_provider ("MICROSOFT");
  g_autofree char *other = wb_words_provider ("PIGEON\u202e"), *none = wb_words_provider ("");

  g_assert_cmpstr (google, ==, "Google");
  g_assert_cmpstr (microsoft, ==, "Microsoft");
  g_assert_true (g_str_has_prefix (other, "PIGEON"));
  g_assert_null (strstr (other, "\u202e"));
  g_assert_cmpstr (none, ==, "—");
  g_assert_cmpstr (wb_words_switch (1), ==, "On");
  g_assert_cmpstr (wb_words_switch (0), ==, "Off");
  g_assert_cmpstr (wb_words_switch (CMR_MONEY_UNKNOWN), ==, "—");
}

/* A word that is not in the table is shown as it is. */
static void
test_new_word (void)
{
  g_assert_cmpstr (wb_state_word_text ("mailbox", "HIBERNATING"), ==, "HIBERNATING");
  g_assert_cmpstr (wb_state_icon ("mailbox", "HIBERNATING"), ==, "dialog-question-symbolic");
}

/* Customers */

static const WbCustomerField *
field_of (const char *member)
{
  for (guint i = 0; i < WB_N_CUSTOMER_FIELDS; i++)
    if (g_str_equal (wb_customer_fields[i].member, member))
      return &wb_customer_fields[i];
  g_assert_not_reached ();
}

static void
test_customer_fields (void)
{
  static const struct {
    const char *member;
    const char *text;
    const char *problem; /* part of it; NULL: fine, "": empty */
  } cases[] = {
    { "company", "", "" },
    { "company", "Harrow & Finch (UK) #2", NULL },
    { "company", "Señalización Ñandú", NULL },
    { "company", "A@b", "“@” cannot be used in “Company”." },
    { "company", "a <b>", "“<”" },
    { "address-line-two", "", NULL },
    { "email", "maya@brightloom.example", NULL },
    { "email", " maya@brightloom.example ", NULL },
    { "email", "maya@brightloom", "whole e-mail address" },
    { "email", "a@b@c.example", "whole e-mail address" },
    { "email", "a b@c.example", "whole e-mail address" },
    { "phone", "5035550142", NULL },
    { "phone", "503", "4 to 15 digits" },
    { "phone", "+503", "“+”" },
    { "phone", "٥٠٣٥", "“٥”" },
    { "phone-cc", "1", NULL },
    { "phone-cc", "12345", "1 to 4 digits" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *problem = wb_customer_field_check (field_of (cases[i].member), cases[i].text);

      g_test_message ("%s: %s", cases[i].member, cases[i].text);
      if (cases[i].problem == NULL)
        g_assert_null (problem);
      else if (*cases[i].problem == '\0')
        g_assert_cmpstr (problem, ==, "");
      else
        g_assert_nonnull (strstr (problem, cases[i].problem));
    }
}

/* A refusal goes to the field that it names by its JSON name. */
static void
test_customer_refusals (void)
{
  static const struct {
    const char *text;
    const char *member; /* NULL: none */
  } cases[] = {
    { "postalCode contains characters that are not allowed", "postal-code" },
    { "phoneCc must hold digits only, without a plus sign", "phone-cc" },
    { "phone must hold 4 to 15 digits, without the country code", "phone" },
    { "email must be an email", "email" },
    { "firstName should not be empty", "first-name" },
    { "something went wrong", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const WbCustomerField *field = wb_customer_field_named (cases[i].text);

      g_test_message ("%s", cases[i].text);
      if (cases[i].member == NULL)
        g_assert_null (field);
      else
        g_assert_cmpstr (field->member, ==, cases[i].member);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/error/each-code-its-own", test_errors);
  g_test_add_func ("/words/error/forgotten", test_forgotten);
  g_test_add_func ("/words/error/confined", test_confined);
  g_test_add_func ("/words/error/foreign", test_foreign_error);
  g_test_add_func ("/words/operation/counts", test_operations);
  g_test_add_func ("/words/operation/none-without", test_every_operation);
  g_test_add_func ("/words/lock/each", test_locks);
  g_test_add_func ("/words/verdict/each", test_verdicts);
  g_test_add_func ("/words/state/of-orders", test_order_states);
  g_test_add_func ("/words/state/of-operations", test_operation_states);
  g_test_add_func ("/words/state/of-what-customers-own", test_owned_states);
  g_test_add_func ("/words/state/grace", test_grace);
  g_test_add_func ("/words/provider/each", test_providers);
  g_test_add_func ("/words/state/new-word-as-it-is", test_new_word);
  g_test_add_func ("/words/customer/fields", test_customer_fields);
  g_test_add_func ("/words/customer/refusals", test_customer_refusals);
  return g_test_run ();
}
