// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The gate before json-glib, which recurses and takes more than JSON for JSON.

#include <string.h>

#include "cmr-error.h"
#include "cmr-object.h"

#define MIB (1024 * 1024)

static gboolean
passes (const char *text, gsize length)
{
  /* A copy of its own size: a read behind it is seen by the sanitizer. */
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = cmr_json_parse (bytes, &error);

  if (root == NULL)
    g_assert_error (error, CMR_ERROR, CMR_ERROR_PROTOCOL);
  else
    g_assert_no_error (error);
  return root != NULL;
}

typedef struct {
  const char *text;
  gboolean good;
} Text;

static const Text texts[] = {
  { "{}", TRUE },
  { " \t\r\n[ ] \n", TRUE },
  { "\"text\"", TRUE },
  { "12", TRUE },
  { "true", TRUE },
  { "\xef\xbb\xbf{\"a\":1}", TRUE },
  { "{\"a\":[1,-2.5,1.5E+3,true,false,null,\"x\"]}", TRUE },
  { "{\"a\":\"[[{{ \\\" ]] // /* ' = \"}", TRUE },
  { "{\"a\":\"\\\\\"}", TRUE },
  { "{\"a\":\"\\u00e9\\n\\/\"}", TRUE },
  { "{\"a\":123456789012345678}", TRUE },
  { "{\"a\":7284.6000000000004}", TRUE },
  { "", FALSE },
  { "   ", FALSE },
  { "{", FALSE },
  { "{\"a\":", FALSE },
  { "{\"a\"", FALSE },
  { "\"a", FALSE },
  { "\"a\\", FALSE },
  { "\"a\\u00", FALSE },
  { "[1,]", FALSE },
  { "]", FALSE },
  { "{}}", FALSE },
  { "<html>", FALSE },
  { "\xff{}", FALSE },
  { "{\"a\":\"\xc3\"}", FALSE },
  /* What json-glib takes beside JSON. */
  { "{\"a\":1 /* x */}", FALSE },
  { "// x\n{}", FALSE },
  { "{'a':1}", FALSE },
  { "var x = {\"a\":1};", FALSE },
  { "{\"a\":0x10}", FALSE },
  { "{\"a\":1}{\"b\":2}", FALSE },
  { "{\"a\":1} x", FALSE },
  { "1 {}", FALSE }, /* from 1.10 on it ends the program */
  { "null[]", FALSE },
  { "\"a\"{}", FALSE },
  { "\"a\" \"b\"", FALSE },
  { "{\"a\":99999999999999999999}", FALSE }, /* it reads -1 */
  { "{\"a\":\"\\377\"}", FALSE },            /* it reads a byte that is no UTF-8 */
  { "{\"a\":\"\\q\"}", FALSE },
  { "{\"a\":\"\\u12\"}", FALSE },
  { "{\"a\":\"CREATED\\u0000PAID\"}", FALSE }, /* it reads CREATED */
};

static void
test_texts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *shown = g_strescape (texts[i].text, NULL);

      g_test_message ("%s", shown);
      g_assert_cmpint (passes (texts[i].text, strlen (texts[i].text)), ==, texts[i].good);
    }
}

static void
test_nul (void)
{
  g_assert_false (passes ("{\"a\":1}\0", 8));
  g_assert_false (passes ("{\"a\0\":1}", 8));
}

/* Halves of characters, as programs that count in UTF-16 leave them behind when they shorten a name. */
static void
test_surrogates (void)
{
  static const struct {
    const char *json;
    const char *text;
  } rows[] = {
    { "[\"\\ud83d\\ude00\"]", "😀" },
    { "[\"x\\ud83d\"]", "x\uFFFD" },
    { "[\"\\ude00x\"]", "\uFFFDx" },
    { "[\"\\uD83D\\uD83D\\uDE00\"]", "\uFFFD😀" },
    { "[\"\\ud83d\\n\\\\ud83d\"]", "\uFFFD\n\\ud83d" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (rows[i].json, strlen (rows[i].json));
      g_autoptr (JsonNode) root = cmr_json_parse (bytes, NULL);

      g_assert_nonnull (root);
      g_assert_cmpstr (json_array_get_string_element (json_node_get_array (root), 0), ==,
                       rows[i].text);
    }
}

static char *
nest (const char *before, char open, guint depth, const char *middle, char close)
{
  GString *text = g_string_new (before);

  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, open);
  g_string_append (text, middle);
  for (guint i = 0; i < depth && close != '\0'; i++)
    g_string_append_c (text, close);
  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  g_autofree char *at_bound = nest ("", '[', 64, "", ']');
  g_autofree char *beyond = nest ("", '[', 65, "", ']');
  g_autofree char *far_beyond = nest ("", '[', 100000, "", '\0');
  g_autofree char *objects = nest ("", '{', 100000, "", '\0');
  g_autofree char *quoted = nest ("\"", '[', 100000, "\"", '\0');
  /* A quote in a comment would make a scan that knows none believe that a string begins. */
  g_autofree char *commented = nest ("/*\"*/", '[', 100000, "", '\0');
  g_autofree char *single = nest ("['\"',", '[', 100000, "", '\0');

  g_assert_true (passes (at_bound, strlen (at_bound)));
  g_assert_false (passes (beyond, strlen (beyond)));
  g_assert_false (passes (far_beyond, strlen (far_beyond)));
  g_assert_false (passes (objects, strlen (objects)));
  g_assert_true (passes (quoted, strlen (quoted)));
  g_assert_false (passes (commented, strlen (commented)));
  g_assert_false (passes (single, strlen (single)));
}

static void
test_length (void)
{
  g_autofree char *text = g_malloc (16 * MIB + 1);

  memset (text, ' ', 16 * MIB + 1);
  memcpy (text, "[]", 2);
  g_assert_true (passes (text, 16 * MIB));
  g_assert_false (passes (text, 16 * MIB + 1));
}

/* Its message may go to a log: nothing of what came in. */
static void
test_message (void)
{
  static const char *const bad[]
      = { "{\"key\":hush}", "{\"key\":\"hush\"", "{\"key\":\"hush\"}hush" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (bad[i], strlen (bad[i]));
      g_autoptr (GError) error = NULL;

      g_assert_null (cmr_json_parse (bytes, &error));
      g_assert_null (strstr (error->message, "hush"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/gate/json-and-nothing-beside", test_texts);
  g_test_add_func ("/json/gate/nul", test_nul);
  g_test_add_func ("/json/gate/halves-of-characters", test_surrogates);
  g_test_add_func ("/json/gate/nesting-64", test_depth);
  g_test_add_func ("/json/gate/16-mib", test_length);
  g_test_add_func ("/json/gate/error-quotes-nothing", test_message);
  return g_test_run ();
}
