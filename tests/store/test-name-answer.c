// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-name-answer-private.h"

#include <string.h>

#include "cmr-error.h"

/* What is read out of answers: whatever is not said clearly is not known, never free. */

#define UNKNOWN CMR_MONEY_UNKNOWN
#define OK "{\"status\":200,\"message\":\"fine\",\"data\":"

static GBytes *
bytes_of (const char *text)
{
  return g_bytes_new_static (text, strlen (text));
}

static const struct {
  CmrOp op;
  const char *body;
  WbNameState state;
  gint64 cents, renew;
} names[] = {
  { CMR_OP_CHECK_DOMAIN_AVAILABLE,
    OK "{\"domainName\":\"a.example\",\"status\":\"AVAILABLE\",\"domainPrice\":11.98,\"renewPrice\":\"14.5\"}}",
    WB_NAME_AVAILABLE, 1198, 1450 },
  { CMR_OP_CHECK_DOMAIN_AVAILABLE, OK "{\"domainName\":\"A.Example\",\"status\":\"available\"}}", WB_NAME_AVAILABLE,
    UNKNOWN, UNKNOWN },
  { CMR_OP_CHECK_DOMAIN_AVAILABLE, OK "{\"domain\":\"a.example\",\"available\":true,\"price\":\"12\"}}",
    WB_NAME_AVAILABLE, 1200, UNKNOWN },
  { CMR_OP_CHECK_DOMAIN_AVAILABLE, OK "{\"domainName\":\"a.example\",\"available\":true,\"domainPrice\":null}}",
    WB_NAME_AVAILABLE, UNKNOWN, UNKNOWN },
  { CMR_OP_CHECK_DOMAIN_AVAILABLE, OK "{\"domainName\":\"a.example\",\"available\":true,\"domainPrice\":-3}}",
    WB_NAME_AVAILABLE, UNKNOWN, UNKNOWN },
  { CMR_OP_CHECK_DOMAIN_AVAILABLE, OK "{\"domainName\":\"a.example\",\"available\":false,\"domainPrice\":11.98}}",
    WB_NAME_TAKEN, UNKNOWN, UNKNOWN },
  { CMR_OP_CHECK_DOMAIN_AVAILABLE, OK "{\"domainName\":\"a.example\",\"status\":\"Unavailable\"}}", WB_NAME_TAKEN,
    UNKNOWN, UNKNOWN },
  /* The two say different things: the worse one counts. */
  { CMR_OP_CHECK_DOMAIN_AVAILABLE, OK "{\"domainName\":\"a.example\",\"available\":true,\"status\":\"UNAVAILABLE\"}}",
    WB_NAME_TAKEN, UNKNOWN, UNKNOWN },
  { CMR_OP_CHECK_DOMAIN_AVAILABLE, OK "{\"domainName\":\"a.example\",\"available\":false,\"status\":\"AVAILABLE\"}}",
    WB_NAME_TAKEN, UNKNOWN, UNKNOWN },
  { CMR_OP_CHECK_DOMAIN_AVAILABLE, OK "{\"domainName\":\"a.example\",\"status\":\"PENDING\"}}", WB_NAME_NOT_KNOWN,
    UNKNOWN, UNKNOWN },
  { CMR_OP_CHECK_DOMAIN_AVAILABLE, OK "{\"domainName\":\"a.example\"}}", WB_NAME_NOT_KNOWN, UNKNOWN, UNKNOWN },
  /* Of another name. */
  { CMR_OP_CHECK_DOMAIN_AVAILABLE, OK "{\"domainName\":\"b.example\",\"status\":\"AVAILABLE\",\"domainPrice\":9}}",
    WB_NAME_NOT_KNOWN, UNKNOWN, UNKNOWN },
  { CMR_OP_CHECK_DOMAIN_AVAILABLE, OK "{\"status\":\"AVAILABLE\"}}", WB_NAME_NOT_KNOWN, UNKNOWN, UNKNOWN },
  { CMR_OP_CHECK_DOMAIN_AVAILABLE, OK "null}", WB_NAME_NOT_KNOWN, UNKNOWN, UNKNOWN },
  { CMR_OP_CHECK_DOMAIN_AVAILABLE, "{\"status\":200,\"message\":\"Domain is available\"}", WB_NAME_NOT_KNOWN, UNKNOWN,
    UNKNOWN },
  { CMR_OP_CHECK_DOMAIN_AVAILABLE, "<html>available</html>", WB_NAME_NOT_KNOWN, UNKNOWN, UNKNOWN },
  /* A price with a third decimal is no price, and the answer no answer. */
  { CMR_OP_CHECK_DOMAIN_AVAILABLE, OK "{\"domainName\":\"a.example\",\"available\":true,\"domainPrice\":1.234}}",
    WB_NAME_NOT_KNOWN, UNKNOWN, UNKNOWN },
  { CMR_OP_SUGGEST_DOMAINS,
    OK "{\"exactMatch\":{\"domainName\":\"a.example\",\"status\":\"AVAILABLE\",\"domainPrice\":12.5},"
       "\"availableDomains\":[]}}",
    WB_NAME_AVAILABLE, 1250, UNKNOWN },
  { CMR_OP_SUGGEST_DOMAINS,
    OK "{\"exactMatch\":{\"domainName\":\"a.example\",\"available\":false},\"availableDomains\":[]}}", WB_NAME_TAKEN,
    UNKNOWN, UNKNOWN },
  { CMR_OP_SUGGEST_DOMAINS,
    OK "{\"exactMatch\":null,\"availableDomains\":[{\"domainName\":\"ahq.example\",\"available\":true,\"domainPrice\":"
       "1}]}}",
    WB_NAME_NOT_KNOWN, UNKNOWN, UNKNOWN },
  { CMR_OP_SUGGEST_DOMAINS,
    OK
    "{\"exactMatch\":null,\"availableDomains\":[{\"domainName\":\"a.example\",\"available\":true,\"domainPrice\":1}]}}",
    WB_NAME_AVAILABLE, 100, UNKNOWN },
  { CMR_OP_SUGGEST_DOMAINS,
    OK "[{\"domainName\":\"b.example\",\"available\":true},{\"domainName\":\"a.example\",\"available\":true,"
       "\"domainPrice\":2}]}",
    WB_NAME_AVAILABLE, 200, UNKNOWN },
};

static void
test_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GBytes) body = bytes_of (names[i].body);
      WbNameAnswer answer;

      g_test_message ("%s", names[i].body);
      wb_name_read_answer (names[i].op, body, "a.example", &answer);
      g_assert_cmpint (answer.state, ==, names[i].state);
      g_assert_cmpint (answer.cents, ==, names[i].cents);
      g_assert_cmpint (answer.renew_cents, ==, names[i].renew);
    }
}

static const struct {
  const char *body; /* NULL: the call failed with @code */
  CmrError code;
  WbNameState state;
} singles[] = {
  { OK "null}", 0, WB_NAME_AVAILABLE },
  { NULL, CMR_ERROR_CONFLICT, WB_NAME_WORKSPACE },
  { OK "{\"workspaceId\":\"w1\",\"owner\":\"x\"}}", 0, WB_NAME_WORKSPACE },
  { OK "{\"domainName\":\"a.example\",\"success\":true}}", 0, WB_NAME_AVAILABLE },
  { OK "{\"domainName\":\"a.example\",\"success\":false,\"error\":\"Workspace already exists for this domain\"}}", 0,
    WB_NAME_WORKSPACE },
  { OK "{\"domainName\":\"a.example\",\"success\":false,\"error\":\"timed out\"}}", 0, WB_NAME_NOT_KNOWN },
  { OK "[{\"domainName\":\"a.example\",\"success\":true}]}", 0, WB_NAME_AVAILABLE },
  { OK "[{\"domainName\":\"b.example\",\"success\":true}]}", 0, WB_NAME_NOT_KNOWN },
  { OK "[]}", 0, WB_NAME_NOT_KNOWN },
  { OK "\"none\"}", 0, WB_NAME_NOT_KNOWN },
  { "{\"status\":200,\"message\":\"Workspace not exists\"}", 0, WB_NAME_NOT_KNOWN },
  { "null", 0, WB_NAME_NOT_KNOWN },
  { "[]", 0, WB_NAME_NOT_KNOWN },
  { "<html></html>", 0, WB_NAME_NOT_KNOWN },
  { NULL, CMR_ERROR_INVALID, WB_NAME_NOT_KNOWN },
  { NULL, CMR_ERROR_TROUBLE, WB_NAME_NOT_KNOWN },
  { NULL, CMR_ERROR_OFFLINE, WB_NAME_NOT_KNOWN },
  { NULL, CMR_ERROR_BUSY, WB_NAME_NOT_KNOWN },
  { NULL, CMR_ERROR_SIGNED_OUT, WB_NAME_NOT_KNOWN },
  { NULL, CMR_ERROR_NOT_FOUND, WB_NAME_NOT_KNOWN },
};

static void
test_singles (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (singles); i++)
    {
      g_autoptr (GBytes) body = singles[i].body != NULL ? bytes_of (singles[i].body) : NULL;
      g_autoptr (GError) error = body == NULL ? g_error_new_literal (CMR_ERROR, singles[i].code, "x") : NULL;

      g_test_message ("%u %s", i, singles[i].body);
      g_assert_cmpint (wb_workspace_read_answer (body, error, "a.example"), ==, singles[i].state);
    }
}

#define ROW(members) OK "[{\"domainName\":\"a.example\"" members "}]}"

static const struct {
  const char *body;
  WbNameState state; /* WB_NAME_NOT_ASKED: no row */
} lists[] = {
  { ROW (",\"success\":true,\"status\":\"NOT_EXISTS\",\"error\":null"), WB_NAME_AVAILABLE },
  { ROW (",\"success\":true"), WB_NAME_AVAILABLE },
  { ROW (",\"success\":true,\"status\":\"SUCCESS\""), WB_NAME_AVAILABLE },
  { ROW (",\"status\":\"NOT_EXISTS\""), WB_NAME_AVAILABLE },
  { ROW (",\"success\":false,\"status\":\"EXISTS\",\"error\":\"Workspace already exists for this domain\""),
    WB_NAME_WORKSPACE },
  /* The check went well and found one. */
  { ROW (",\"success\":true,\"status\":\"EXISTS\""), WB_NAME_WORKSPACE },
  { ROW (",\"success\":false,\"error\":\"workspace exists\""), WB_NAME_WORKSPACE },
  { ROW (",\"status\":\"CONFLICT\""), WB_NAME_WORKSPACE },
  { ROW (",\"success\":false,\"status\":\"FAILED\",\"error\":\"Workspace check timed out\""), WB_NAME_NOT_KNOWN },
  { ROW (",\"success\":false,\"status\":\"NOT_EXISTS\""), WB_NAME_NOT_KNOWN },
  { ROW (",\"success\":false"), WB_NAME_NOT_KNOWN },
  { ROW (",\"success\":true,\"status\":\"FAILED\""), WB_NAME_NOT_KNOWN },
  { ROW (""), WB_NAME_NOT_KNOWN },
  { OK "{\"results\":[{\"domain\":\"A.EXAMPLE\",\"success\":true}]}}", WB_NAME_AVAILABLE },
  { OK "[{\"domainName\":\"b.example\",\"success\":true}]}", WB_NAME_NOT_ASKED },
  { OK "[{\"success\":true}]}", WB_NAME_NOT_ASKED },
  { OK "null}", WB_NAME_NOT_ASKED },
  { "garbage", WB_NAME_NOT_ASKED },
};

static void
test_lists (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (GBytes) body = bytes_of (lists[i].body);
      g_autoptr (GHashTable) states = wb_workspace_read_answers (body);

      g_test_message ("%s", lists[i].body);
      g_assert_true (g_hash_table_contains (states, "a.example") == (lists[i].state != WB_NAME_NOT_ASKED));
      g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (states, "a.example")), ==, lists[i].state);
    }
}

static void
test_ideas (void)
{
  g_autoptr (GBytes) body = bytes_of (
    OK "{\"exactMatch\":{\"domainName\":\"loom.example\",\"domainPrice\":99},\"availableDomains\":["
       "{\"domainName\":\"LoomHQ.example\",\"status\":\"AVAILABLE\",\"domainPrice\":11.4},"
       "{\"domainName\":\"getloom.example\",\"status\":\"UNAVAILABLE\",\"domainPrice\":11.4},"
       "{\"domainName\":\"tryloom.test\",\"domainPrice\":null},"
       "{\"domainName\":\"loomhq.example\",\"domainPrice\":1}]}}");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ideas = wb_name_read_ideas (body, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (ideas->len, ==, 2);
  g_assert_cmpstr (((WbIdea *) ideas->pdata[0])->name, ==, "loomhq.example");
  g_assert_cmpint (((WbIdea *) ideas->pdata[0])->cents, ==, 1140);
  g_assert_cmpstr (((WbIdea *) ideas->pdata[1])->name, ==, "tryloom.test");
  g_assert_cmpint (((WbIdea *) ideas->pdata[1])->cents, ==, UNKNOWN);
}

static void
check_text (GBytes *bytes, const char *wanted)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_cmpstr (text, ==, wanted);
  g_bytes_unref (bytes);
}

static void
test_questions (void)
{
  static const char *const endings[] = { ".example", "TEST", NULL };
  static const char *const domains[] = { "a.example", "b.example", NULL };
  static const char *const providers[] = { "GOOGLE", "MICROSOFT", NULL };
  static const char *const none[] = { NULL };

  check_text (wb_name_question ("a.example"), "{\"domainName\":\"a.example\",\"years\":1}");
  check_text (wb_name_search ("loom", endings),
              "{\"domainName\":\"loom\",\"tlds\":[\"example\",\"test\"],\"years\":1}");
  /* An empty list of endings is not sent: what it would mean is not said. */
  check_text (wb_name_search ("loom", none), "{\"domainName\":\"loom\",\"years\":1}");
  check_text (wb_name_search ("1234567890123456789012345678901234567890123456789012345678901234é", NULL),
              "{\"domainName\":\"123456789012345678901234567890123456789012345678901234567890123\",\"years\":1}");
  check_text (wb_workspace_question ("a.example", "GOOGLE"),
              "{\"domainName\":\"a.example\",\"serviceProvider\":\"GOOGLE\"}");
  check_text (wb_workspace_questions (domains, providers),
              "{\"domains\":[{\"domainName\":\"a.example\",\"serviceProvider\":\"GOOGLE\"},"
              "{\"domainName\":\"b.example\",\"serviceProvider\":\"MICROSOFT\"}]}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/name-answer/names", test_names);
  g_test_add_func ("/name-answer/singles", test_singles);
  g_test_add_func ("/name-answer/lists", test_lists);
  g_test_add_func ("/name-answer/ideas", test_ideas);
  g_test_add_func ("/name-answer/questions", test_questions);
  return g_test_run ();
}
