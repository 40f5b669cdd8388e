// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "cmr-error.h"
#include "cmr-object.h"

#define BYTES_MAX (16 * 1024 * 1024)
#define DEPTH_MAX 64

/* What is between the strings of JSON. json-glib takes more (comments, 'text', 0x10, var x = …), and a
 * quote inside a comment would hide brackets from a scan that does not know comments. */
static const gboolean plain[256] = {
  ['{'] = 1, ['}'] = 1, ['['] = 1, [']'] = 1, [':'] = 1, [','] = 1, ['0' ... '9'] = 1,
  ['+'] = 1, ['-'] = 1, ['.'] = 1, ['E'] = 1, ['t'] = 1, ['r'] = 1, ['u'] = 1,
  ['e'] = 1, ['f'] = 1, ['a'] = 1, ['l'] = 1, ['s'] = 1, ['n'] = 1,
};

/* 18 digits always fit; json-glib makes -1 of what does not. */
#define DIGITS_MAX 18

/* The scan before json-glib sees anything. */
typedef struct {
  guint depth;
  guint digits; /* in the number at hand, those before its point */
  gboolean quoted;
  gboolean fraction;
  gboolean over; /* the root is closed: only blanks may follow */
} Scan;

/* Returns how many bytes the character takes. */
static guint
scan_quoted (Scan *scan, const char *at, gsize left, const char **refusal)
{
  if (*at == '"')
    scan->quoted = FALSE;
  if (*at != '\\')
    return 1;
  if (left >= 6 && memcmp (at, "\\u0000", 6) == 0)
    *refusal = "an escaped NUL";
  return 2;
}

static void
scan_number (Scan *scan, char c, const char **refusal)
{
  if (!g_ascii_isdigit (c))
    {
      scan->fraction = c == '.';
      scan->digits = 0;
    }
  else if (!scan->fraction && ++scan->digits > DIGITS_MAX)
    *refusal = "a number too large";
}

/* json-glib 1.6 recurses: 80,000 brackets end the program. Nothing deeper than the bound reaches it. */
static void
scan_plain (Scan *scan, char c, const char **refusal)
{
  scan_number (scan, c, refusal);
  if (g_ascii_isspace (c))
    return;
  if (scan->over)
    *refusal = "more than one value";
  else if (c == '"')
    scan->quoted = TRUE;
  else if (!plain[(guchar) c])
    *refusal = "a character that does not belong there";
  else if ((c == '[' || c == '{') && ++scan->depth > DEPTH_MAX)
    *refusal = "nested too deeply";
  else if (c == ']' || c == '}')
    {
      if (scan->depth == 0)
        *refusal = "brackets that do not match";
      else
        scan->over = --scan->depth == 0;
    }
}

static const char *
scan (const char *text, gsize length)
{
  Scan state = { 0 };
  const char *refusal = NULL;
  gsize mark = length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  for (gsize i = mark; i < length && refusal == NULL;)
    if (state.quoted)
      i += scan_quoted (&state, text + i, length - i, &refusal);
    else
      scan_plain (&state, text[i++], &refusal);
  return refusal;
}

static gboolean
gate (const char *text, gsize length, GError **error)
{
  const char *refusal = NULL;

  if (length > BYTES_MAX)
    refusal = "more than 16 MiB";
  else if (length == 0)
    refusal = "no bytes";
  else if (memchr (text, '\0', length) != NULL)
    refusal = "a NUL byte";
  else if (!g_utf8_validate (text, length, NULL))
    refusal = "not UTF-8";
  else
    refusal = scan (text, length);
  if (refusal != NULL)
    g_set_error (error, CMR_ERROR, CMR_ERROR_PROTOCOL, "JSON refused: %s", refusal);
  return refusal == NULL;
}

/**
 * cmr_json_parse:
 * @bytes: what came in: an answer, an import, a profile file
 *
 * The gate before json-glib, then the parser.
 *
 * Returns: (transfer full): the root, or %NULL with %CMR_ERROR_PROTOCOL
 */
JsonNode *
cmr_json_parse (GBytes *bytes, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) failure = NULL;
  JsonNode *root;

  if (!gate (text, length, error))
    return NULL;
  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, length, &failure))
    {
      /* Its message may quote what came in; the place is enough. */
      g_set_error_literal (error, CMR_ERROR, CMR_ERROR_PROTOCOL, "JSON does not parse");
      return NULL;
    }
  root = json_parser_steal_root (parser);
  if (root == NULL)
    g_set_error_literal (error, CMR_ERROR, CMR_ERROR_PROTOCOL, "JSON is empty");
  return root;
}
