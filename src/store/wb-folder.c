// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-folder-private.h"

#include <string.h>

#include "wb-names.h"

/* Folding a million rows: what is ASCII goes letter by letter into place, and a word with other letters is taken
 * apart once. Words stand apart from each other, so that each folds as it would in its text. */

/* Other words are folded each time: names repeat, whatever else is in a row does not. */
#define MOST_WORDS 16384

struct _WbFolder {
  GHashTable *words; /* word → folded */
  GString *word;
};

WbFolder *
wb_folder_new (void)
{
  WbFolder *self = g_new0 (WbFolder, 1);

  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->word = g_string_new (NULL);
  return self;
}

void
wb_folder_free (WbFolder *self)
{
  g_hash_table_unref (self->words);
  g_string_free (self->word, TRUE);
  g_free (self);
}

/* A blank for each run of separators, none at the beginning. */
static void
append_blank (GString *out, gsize begin)
{
  if (out->len > begin && out->str[out->len - 1] != ' ')
    g_string_append_c (out, ' ');
}

static void
append_ascii (GString *out, gsize begin, char c)
{
  if (c != '_' && c != '-' && c != '.' && !g_ascii_isspace (c))
    g_string_append_c (out, g_ascii_tolower (c));
  else
    append_blank (out, begin);
}

static const char *
fold_word (WbFolder *self, const char *word)
{
  char *folded = g_hash_table_lookup (self->words, word);

  if (folded != NULL)
    return folded;
  if (g_hash_table_size (self->words) >= MOST_WORDS)
    g_hash_table_remove_all (self->words);
  folded = wb_name_fold (word);
  g_hash_table_insert (self->words, g_strdup (word), folded);
  return folded;
}

static gsize
word_length (const char *text, gboolean *ascii)
{
  gsize length = 0;

  *ascii = TRUE;
  for (; text[length] != '\0' && !g_ascii_isspace (text[length]); length++)
    *ascii &= ((guint8) text[length] & 0x80) == 0;
  return length;
}

/**
 * wb_folder_append:
 * @out: what is folded is appended
 * @text: UTF-8
 *
 * As wb_name_fold() does it.
 */
void
wb_folder_append (WbFolder *self, GString *out, const char *text)
{
  gsize begin = out->len;

  while (*text != '\0')
    {
      gboolean ascii;
      gsize length = word_length (text, &ascii);

      for (gsize i = 0; ascii && i < length; i++)
        append_ascii (out, begin, text[i]);
      if (!ascii)
        {
          g_string_truncate (self->word, 0);
          g_string_append_len (self->word, text, (gssize) length);
          g_string_append (out, fold_word (self, self->word->str));
        }
      text += length;
      for (; g_ascii_isspace (*text); text++)
        append_blank (out, begin);
    }
  if (out->len > begin && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
}
