// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Good answers, spoilt at random: each is read or refused, quickly, and the program lives. The framework
// prints its seed; `--seed` with it makes the same spoilt answers again.

#include <string.h>

#include "cmr-call.h"
#include "cmr-error.h"

#ifdef __SANITIZE_ADDRESS__
#define ROUNDS 4000
#else
#define ROUNDS 20000
#endif
#define SLOW_US (2 * G_USEC_PER_SEC)

#define PAGING                                                                                     \
  "\"pagination\":{\"totalSearchedCount\":250,\"currentPage\":1,\"nextPage\":2,\"totalPages\":3}"

typedef struct {
  CmrOp op;
  const char *body;
} Sample;

static const Sample samples[] = {
  { CMR_OP_LIST_USERS,
    "{\"status\":200,\"message\":\"Users "
    "fetched\",\"data\":{\"users\":[{\"userId\":\"U1\",\"email\":\"ops@a.example\","
    "\"firstName\":\"Zo\\u00eb \\\"Z\\\"\",\"company\":\"A & "
    "B\",\"createdAt\":\"2026-11-20T09:14:02.000Z\"},{\"id\":7}]," PAGING "}}" },
  { CMR_OP_LIST_SUBSCRIPTIONS, "{\"status\":200,\"message\":\"x\",\"data\":{\"subscriptions\":[{"
                               "\"subscriptionId\":\"S1\",\"pricePerMailbox\":\"8.50\","
                               "\"totalMailboxQuantity\":12,\"autoRenew\":true,\"periodEnd\":"
                               "1795166042000}],\"currentPage\":1,\"totalPages\":1}}" },
  { CMR_OP_LIST_DOMAINS, "{\"data\":[{\"domainId\":\"D1\",\"domain\":\"a.example\","
                         "\"domainForwarding\":{\"forwardTo\":\"https://a.example\"},"
                         "\"emailForwarding\":null,\"autoRenew\":\"false\"}]," PAGING "}" },
  { CMR_OP_LIST_COUNTRIES, "{\"status\":200,\"message\":\"x\",\"data\":{\"Austria\":\"AT\","
                           "\"S\xc3\xa3o Tom\xc3\xa9\":\"ST\"}}" },
  { CMR_OP_GET_WALLET, "{\"status\":200,\"message\":\"x\",\"data\":{\"walletBalance\":7284."
                       "6000000000004,\"currency\":\"USD\",\"autoRechargeDetails\":"
                       "{\"threshold\":50}}}" },
  { CMR_OP_GET_ORDER, "{\"status\":200,\"message\":\"x\",\"data\":[{\"orderId\":\"O2\"},{"
                      "\"orderId\":\"O1\",\"status\":\"PROCESSING\",\"totalAmount\":48.4,"
                      "\"domains\":[{\"domain\":\"a.example\",\"price\":\"12.50\",\"years\":1}],"
                      "\"mailboxes\":[{\"email\":\"d@a.example\"}],"
                      "\"unavailableDomains\":[\"b.example\",\"c.example\"]}]}" },
  { CMR_OP_GET_ORDER_STATUS, "{\"status\":200,\"message\":\"x\",\"data\":\"PROCESSING\"}" },
  { CMR_OP_GET_MAILBOX, "{\"data\":{\"mailbox\":{\"mailboxId\":\"O1\",\"userName\":\"dana\","
                        "\"appPassword\":\"hush\",\"isAdmin\":false}}}" },
  { CMR_OP_SUGGEST_DOMAINS, "{\"data\":{\"exactMatch\":{\"domainName\":\"a.example\"},"
                            "\"availableDomains\":[{\"domain\":\"b.example\",\"price\":9.8}]}}" },
};

/* What parsers stumble over. */
static const char *const stones[] = {
  "[",
  "{",
  "]",
  "}",
  "\"",
  "\\",
  ",",
  ":",
  "null",
  "true",
  "-",
  ".",
  "e",
  "0",
  "1e400",
  "-0",
  "99999999999999999999",
  "0.001",
  "\\u0000",
  "\\ud800",
  "/*\"*/",
  "//",
  "'",
  "\xff",
  "\xc3",
  "\xef\xbb\xbf",
  "[[[[[[[[",
  "{\"a\":{\"a\":",
  "\"data\":",
  "\"id\":",
  "\n",
};

static guint
below (guint n)
{
  return n > 0 ? (guint) g_test_rand_int_range (0, (int) n) : 0;
}

static void
flip (GString *text)
{
  if (text->len > 0)
    text->str[below (text->len)] ^= (char) (1 << below (8));
}

static void
cut_out (GString *text)
{
  guint at = below (text->len), n = 1 + below (20);

  g_string_erase (text, at, MIN (text->len - at, n));
}

static void
cut_off (GString *text)
{
  g_string_truncate (text, below (text->len));
}

static void
repeat (GString *text)
{
  guint at = below (text->len), length = 1 + below (60);
  g_autofree char *piece = g_strndup (text->str + at, MIN (text->len - at, length));

  for (guint n = below (100); n > 0; n--)
    g_string_insert (text, at, piece);
}

static void
drop_stone (GString *text)
{
  const char *stone = stones[below (G_N_ELEMENTS (stones))];

  for (guint n = below (10) == 0 ? below (2000) : 1, at = below (text->len); n > 0; n--)
    g_string_insert (text, at, stone);
}

static void
graft (GString *text)
{
  const char *other = samples[below (G_N_ELEMENTS (samples))].body;

  g_string_insert (text, below (text->len), other + below (strlen (other)));
}

static GBytes *
spoil (const Sample *sample)
{
  static void (*const ways[]) (GString *)
      = { flip, cut_out, cut_off, repeat, drop_stone, drop_stone, graft };
  GString *text = g_string_new (sample->body);

  for (guint n = 1 + below (6); n > 0; n--)
    ways[below (G_N_ELEMENTS (ways))](text);
  return g_string_free_to_bytes (text);
}

/* Each reader gives something or an error of the protocol, never both and never neither. */
static guint
read_all_ways (const CmrEndpoint *endpoint, GBytes *body)
{
  g_autoptr (GError) list_error = NULL;
  g_autoptr (GError) one_error = NULL;
  g_autoptr (CmrEnvelope) envelope = cmr_envelope_parse (body, NULL);
  g_autoptr (CmrPage) page = cmr_page_parse (endpoint, body, &list_error);
  g_autoptr (CmrObject) one = cmr_reply_parse_named (endpoint, body, "O1", &one_error);
  g_autoptr (GPtrArray) domains = NULL;
  g_autoptr (GPtrArray) mailboxes = NULL;
  g_autofree char *said = cmr_error_dup_service_text (body);
  g_autofree char *made
      = envelope != NULL ? cmr_envelope_dup_key (envelope, endpoint->response) : NULL;

  cmr_order_parse_lines (body, "O1", &domains, &mailboxes);
  g_assert_cmpint (page != NULL, ==, list_error == NULL);
  g_assert_cmpint (one != NULL, ==, one_error == NULL);
  if (list_error != NULL)
    g_assert_error (list_error, CMR_ERROR, CMR_ERROR_PROTOCOL);
  if (one_error != NULL)
    g_assert_error (one_error, CMR_ERROR, CMR_ERROR_PROTOCOL);
  g_assert_true (said == NULL || g_utf8_validate (said, -1, NULL));
  g_assert_true (made == NULL || g_utf8_validate (made, -1, NULL));
  return page != NULL || one != NULL;
}

static void
test_mutated (void)
{
  guint rounds = g_getenv ("WAYBILL_TEST_ALL") != NULL ? 20 * ROUNDS : ROUNDS;
  guint understood = 0;

  for (guint i = 0; i < rounds; i++)
    {
      const Sample *sample = &samples[i % G_N_ELEMENTS (samples)];
      g_autoptr (GBytes) body = spoil (sample);
      gint64 began = g_get_monotonic_time ();

      understood += read_all_ways (cmr_endpoint_get (sample->op), body);
      g_assert_cmpint (g_get_monotonic_time () - began, <, SLOW_US);
    }
  g_test_message ("%u of %u could still be read", understood, rounds);
  /* Neither is everything refused nor nothing spoilt. */
  g_assert_cmpuint (understood, >, rounds / 200);
  g_assert_cmpuint (understood, <, rounds - rounds / 200);
}

static void
test_unspoilt (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new (samples[i].body, strlen (samples[i].body));

      g_test_message ("%s", samples[i].body);
      g_assert_cmpuint (read_all_ways (cmr_endpoint_get (samples[i].op), body), ==, 1);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mutated/not-at-all", test_unspoilt);
  g_test_add_func ("/mutated/at-random", test_mutated);
  return g_test_run ();
}
