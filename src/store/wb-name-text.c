// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-names.h"

#include "wb-name-text-private.h"

#include <string.h>

/* Letters that Unicode does not take apart into a Latin letter and a mark; and the sigma that ends words. */
static const struct {
  gunichar letter;
  const char *latin;
} specials[] = {
  { 0x00df, "ss" }, { 0x00e6, "ae" }, { 0x00f0, "d" },  { 0x00f8, "o" }, { 0x00fe, "th" }, { 0x0111, "d" },
  { 0x0127, "h" },  { 0x0131, "i" },  { 0x0138, "k" },  { 0x0142, "l" }, { 0x014b, "n" },  { 0x0153, "oe" },
  { 0x0167, "t" },  { 0x0180, "b" },  { 0x0192, "f" },  { 0x01dd, "e" }, { 0x0259, "e" },  { 0x0268, "i" },
  { 0x03c2, "σ" },
};

/* How German writes its vowels where it cannot: files named "mueller" belong to Müller. */
static const struct {
  const char *from;
  const char *to;
} german[] = {
  { "ä", "ae" }, { "ö", "oe" }, { "ü", "ue" }, { "Ä", "ae" }, { "Ö", "oe" }, { "Ü", "ue" },
};

static const char *
special_latin (gunichar c)
{
  for (guint i = 0; i < G_N_ELEMENTS (specials); i++)
    if (specials[i].letter == c)
      return specials[i].latin;
  return NULL;
}

/* One letter of decomposed text, in lower case, without its marks. */
static void
append_plain (GString *out, gunichar c)
{
  const char *latin;

  if (g_unichar_ismark (c) || g_unichar_iszerowidth (c))
    return;
  /* By way of the capital: of two small sigmas there is one. */
  c = g_unichar_tolower (g_unichar_toupper (c));
  latin = special_latin (c);
  if (latin != NULL)
    g_string_append (out, latin);
  else
    g_string_append_unichar (out, c);
}

char *
wb_name_plain (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *apart = g_utf8_normalize (valid, -1, G_NORMALIZE_NFKD);
  GString *out = g_string_sized_new (strlen (text));

  for (const char *p = apart; *p != '\0'; p = g_utf8_next_char (p))
    append_plain (out, g_utf8_get_char (p));
  return g_string_free (out, FALSE);
}

static gboolean
is_separator (gunichar c)
{
  return c == '_' || c == '-' || c == '.' || g_unichar_isspace (c) || (c >= 0x2010 && c <= 0x2015);
}

/* Most text by far has nothing to take apart, and lists fold a hundred thousand of them while one types. */
static char *
fold_ascii (const char *text, gsize length)
{
  char *out = g_malloc (length + 1);
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if (c != '_' && c != '-' && c != '.' && !g_ascii_isspace (c))
        out[n++] = g_ascii_tolower (c);
      else if (n > 0 && out[n - 1] != ' ')
        out[n++] = ' ';
    }
  if (n > 0 && out[n - 1] == ' ')
    n--;
  out[n] = '\0';
  return out;
}

char *
wb_name_fold (const char *text)
{
  gsize length = strlen (text);
  g_autofree char *plain = NULL;
  GString *out;

  if (g_str_is_ascii (text))
    return fold_ascii (text, length);
  plain = wb_name_plain (text);
  out = g_string_sized_new (length);
  for (const char *p = plain; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!is_separator (c))
        g_string_append_unichar (out, c);
      else if (out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
    }
  if (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}

/**
 * wb_name_german:
 *
 * Returns: (transfer full) (nullable): @text with ä, ö, ü written as ae, oe, ue; %NULL when it has none
 */
char *
wb_name_german (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *whole = g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
  g_autoptr (GString) out = g_string_new (whole);
  guint changed = 0;

  for (guint i = 0; i < G_N_ELEMENTS (german); i++)
    changed += g_string_replace (out, german[i].from, german[i].to, 0);
  return changed > 0 ? g_strdup (out->str) : NULL;
}

char *
wb_name_ascii (const char *text)
{
  g_autofree char *plain = wb_name_plain (text);
  GString *out = g_string_sized_new (strlen (plain));

  for (const char *p = plain; *p != '\0'; p++)
    if (g_ascii_isalnum (*p) || *p == '-' || *p == '_')
      g_string_append_c (out, *p);
  while (out->len > 0 && strchr ("-_", out->str[out->len - 1]) != NULL)
    g_string_truncate (out, out->len - 1);
  while (out->len > 0 && strchr ("-_", out->str[0]) != NULL)
    g_string_erase (out, 0, 1);
  return g_string_free (out, FALSE);
}

typedef struct {
  const char *name;
  const char *source; /* first, last or number, already ASCII */
  gboolean initial;
} Chip;

static gsize
append_chip (GString *out, const char *pattern, const Chip *chips, guint n_chips)
{
  for (guint i = 0; i < n_chips; i++)
    if (g_str_has_prefix (pattern, chips[i].name))
      {
        g_string_append_len (out, chips[i].source,
                             chips[i].initial ? MIN (1, strlen (chips[i].source)) : strlen (chips[i].source));
        return strlen (chips[i].name);
      }
  return 0;
}

/* An empty part leaves no separator behind: "{first}.{last}" of a single name is that name. */
static void
tidy (GString *text)
{
  for (gsize i = 0; i < text->len;)
    {
      gboolean mark = strchr (".-_", text->str[i]) != NULL;

      if (mark && (i == 0 || i + 1 == text->len || strchr (".-_", text->str[i - 1]) != NULL))
        {
          g_string_erase (text, i, 1);
          i = i > 0 ? i - 1 : 0;
        }
      else
        i++;
    }
}

char *
wb_name_pattern (const char *pattern, const char *first, const char *last, guint number)
{
  g_autofree char *first_ascii = wb_name_ascii (first);
  g_autofree char *last_ascii = wb_name_ascii (last);
  g_autofree char *digits = number > 0 ? g_strdup_printf ("%u", number) : g_strdup ("");
  const Chip chips[] = {
    { "{first}", first_ascii, FALSE }, { "{last}", last_ascii, FALSE }, { "{f}", first_ascii, TRUE },
    { "{l}", last_ascii, TRUE },       { "{n}", digits, FALSE },
  };
  GString *out = g_string_new (NULL);

  for (const char *p = pattern; *p != '\0';)
    {
      gsize taken = append_chip (out, p, chips, G_N_ELEMENTS (chips));

      if (taken == 0 && (g_ascii_isalnum (*p) || strchr (".-_", *p) != NULL))
        g_string_append_c (out, g_ascii_tolower (*p));
      p += taken > 0 ? taken : 1;
    }
  tidy (out);
  return g_string_free (out, FALSE);
}

/* Small words that belong to the family name behind them. */
static gboolean
is_particle (const char *word)
{
  static const char *const particles[]
      = { "al", "bin", "da", "dal", "de",  "del", "della", "den", "der", "di",  "dos", "du",
          "el", "ibn", "la", "le",  "ten", "ter", "van",   "von", "zu",  "zum", NULL };
  g_autofree char *folded = wb_name_fold (word);

  return g_strv_contains (particles, folded);
}

static char *
join_words (char **words, guint from, guint to)
{
  GString *out = g_string_new (NULL);

  for (guint i = from; i < to; i++)
    if (words[i][0] != '\0')
      g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", words[i]);
  return g_string_free (out, FALSE);
}

static char *
tidy_words (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\r\n\"", -1);

  return join_words (words, 0, g_strv_length (words));
}

static void
split_words (const char *line, char **first, char **last)
{
  g_autofree char *tidied = tidy_words (line);
  g_auto (GStrv) words = g_strsplit (tidied, " ", -1);
  guint n_words = g_strv_length (words);
  guint family = n_words > 1 ? n_words - 1 : n_words;

  while (family > 1 && family < n_words && is_particle (words[family - 1]))
    family--;
  *first = join_words (words, 0, family);
  *last = join_words (words, family, n_words);
}

gboolean
wb_name_split (const char *line, char **first, char **last)
{
  g_autofree char *valid = g_utf8_make_valid (line, -1);
  g_autofree char *stripped = g_strstrip (g_strdup (valid));
  const char *tab = strpbrk (stripped, "\t;");
  const char *comma = strchr (stripped, ',');
  const char *mark = tab != NULL ? tab : comma;

  *first = *last = NULL;
  if (stripped[0] == '\0')
    return FALSE;
  if (mark == NULL)
    split_words (stripped, first, last);
  else
    {
      g_autofree char *before = g_strndup (stripped, mark - stripped);
      g_auto (GStrv) rest = g_strsplit_set (mark + 1, "\t;", 2);
      char *one = tidy_words (before), *two = tidy_words (rest[0] != NULL ? rest[0] : "");

      /* Columns go first name, last name; a comma turns them round. */
      *first = tab != NULL ? one : two;
      *last = tab != NULL ? two : one;
    }
  if ((*first)[0] == '\0' && (*last)[0] == '\0')
    {
      g_clear_pointer (first, g_free);
      g_clear_pointer (last, g_free);
      return FALSE;
    }
  return TRUE;
}
