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
  gboolean begun; /* something stands before */
  gboolean over;  /* the root is closed: only blanks may follow */
  gboolean lone;  /* a surrogate without its other half */
} Scan;

/* The UTF-16 unit of "\\ud83d"; -1 when it is none. */
static int
unit_of (const char *at, gsize left)
{
  int unit = 0;

  if (left < 6 || at[0] != '\\' || at[1] != 'u')
    return -1;
  for (guint i = 2; i < 6; i++)
    if (!g_ascii_isxdigit (at[i]))
      return -1;
    else
      unit = unit * 16 + g_ascii_xdigit_value (at[i]);
  return unit;
}

/* How many bytes the escape at @at takes; *lone: half of a character that was cut in two. */
static guint
measure_escape (const char *at, gsize left, gboolean *lone)
{
  int unit = unit_of (at, left);
  gboolean surrogate = unit >= 0xd800 && unit <= 0xdfff;
  int second = unit >= 0xd800 && unit <= 0xdbff ? unit_of (at + 6, left - 6) : -1;
  gboolean pair = second >= 0xdc00 && second <= 0xdfff;

  *lone = surrogate && !pair;
  return unit < 0 ? 2 : pair ? 12 : 6;
}

/* Returns how many bytes it takes. json-glib knows octal escapes, which make text that is no UTF-8. */
static guint
scan_escape (Scan *scan, const char *at, gsize left, const char **refusal)
{
  gboolean lone;
  guint length = measure_escape (at, left, &lone);

  scan->lone |= lone;
  if (left < 2 || (length == 2 && strchr ("\"\\/bfnrt", at[1]) == NULL))
    *refusal = "an escape that is none";
  else if (unit_of (at, left) == 0)
    *refusal = "an escaped NUL";
  return length;
}

static guint
scan_quoted (Scan *scan, const char *at, gsize left, const char **refusal)
{
  if (*at == '\\')
    return scan_escape (scan, at, left, refusal);
  if (*at == '"')
    scan->quoted = FALSE;
  return 1;
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
  /* json-glib 1.10 aborts the program when a value that is none of [ and { stands before one that is. */
  if (scan->over || (scan->begun && scan->depth == 0 && strchr ("[{\"", c) != NULL))
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
  scan->begun = TRUE;
}

static const char *
scan (const char *text, gsize length, gboolean *lone)
{
  Scan state = { 0 };
  const char *refusal = NULL;
  gsize mark = length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  for (gsize i = mark; i < length && refusal == NULL;)
    if (state.quoted)
      i += scan_quoted (&state, text + i, length - i, &refusal);
    else
      scan_plain (&state, text[i++], &refusal);
  *lone = state.lone;
  return refusal;
}

/* A name that was shortened in the middle of an emoji must not cost the whole list. */
static char *
dup_mended (const char *text, gsize length)
{
  char *copy = g_memdup2 (text, length);

  for (gsize i = 0; i < length;)
    {
      gboolean lone = FALSE;
      guint n = copy[i] == '\\' ? measure_escape (copy + i, length - i, &lone) : 1;

      if (lone)
        memcpy (copy + i, "\\ufffd", 6);
      i += n;
    }
  return copy;
}

static gboolean
gate (const char *text, gsize length, gboolean *lone, GError **error)
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
    refusal = scan (text, length, lone);
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
  g_autofree char *mended = NULL;
  gboolean lone = FALSE;
  JsonNode *root;

  if (!gate (text, length, &lone, error))
    return NULL;
  if (lone)
    text = mended = dup_mended (text, length);
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
