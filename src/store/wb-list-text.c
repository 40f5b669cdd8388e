// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-list-base-private.h"

#include <string.h>

#include "wb-folder-private.h"
#include "wb-names.h"

/* The text of all rows in one piece: looking through 60 MB of it takes less time than a frame. */

/* How often a search looks whether it is still wanted: each so many bytes. */
#define SLICE (1 << 20)
/* Where fewer than one in so many rows are left, each is looked at for itself: it has to be fetched from afar, and in that
 * time twenty that follow each other are looked through. */
#define FEW_OF 20

static void
text_clear (gpointer data)
{
  WbListText *self = data;

  g_free (self->text);
  g_free (self->offsets);
}

void
wb_list_text_unref (WbListText *self)
{
  g_atomic_rc_box_release_full (self, text_clear);
}

/* Making it */

typedef struct {
  WbListText *made;
  GString *text;
  WbFolder *folder;
} Build;

static void
end_rows (Build *build, guint end)
{
  while (build->made->n_rows < end)
    {
      build->made->offsets[build->made->n_rows++] = (guint32) build->text->len;
      g_string_append_c (build->text, '\0');
    }
}

static void
add_row (Build *build, guint place, const char *text)
{
  end_rows (build, place); /* those that went meanwhile have none */
  build->made->offsets[build->made->n_rows++] = (guint32) build->text->len;
  wb_folder_append (build->folder, build->text, text);
  g_string_append_c (build->text, '\0');
}

static gboolean
add_source (sqlite3 *db, const WbListAsk *ask, const WbListBase *base, guint source, Build *build, GError **error)
{
  g_autofree char *columns = g_strconcat (", ", ask->query->search, NULL);
  g_autoptr (WbStatement) stmt = wb_list_ask_source (db, ask, source, columns, NULL, error);
  g_autoptr (GError) failure = NULL;
  guint place = base->starts[source], end = base->starts[source + 1];

  while (stmt != NULL && wb_db_step (stmt, &failure))
    {
      gint64 rid = sqlite3_column_int64 (stmt, 0) * ask->query->n_sources + source;

      while (place < end && base->rids[place] < rid)
        place++;
      if (place < end && base->rids[place] == rid)
        add_row (build, place, wb_db_text (stmt, 1));
    }
  end_rows (build, end);
  if (failure == NULL)
    return stmt != NULL;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

WbListText *
wb_list_text_new (sqlite3 *db, const WbListAsk *ask, const WbListBase *base, GError **error)
{
  WbListText *self = g_atomic_rc_box_new0 (WbListText);
  g_autoptr (WbFolder) folder = wb_folder_new ();
  Build build = { self, g_string_new (NULL), folder };
  gboolean done = TRUE;

  self->offsets = g_new (guint32, (gsize) base->n_rows + 1);
  for (guint i = 0; done && i < ask->query->n_sources; i++)
    done = add_source (db, ask, base, i, &build, error);
  self->offsets[self->n_rows] = (guint32) build.text->len;
  /* It grew by doubling: what was too much goes back. */
  self->text = g_realloc (g_string_free (build.text, FALSE), self->offsets[self->n_rows] + 1);
  for (guint32 i = 0; i < self->offsets[self->n_rows]; i++)
    self->counts[(guint8) self->text[i]]++;
  if (!done)
    g_clear_pointer (&self, wb_list_text_unref);
  return self;
}

/* Words */

void
wb_list_words_free (WbListWords *self)
{
  g_strfreev (self->with);
  g_strfreev (self->without);
  g_free (self);
}

WbListWords *
wb_list_words_copy (const WbListWords *self)
{
  WbListWords *copy = g_new (WbListWords, 1);

  copy->with = g_strdupv (self->with);
  copy->without = g_strdupv (self->without);
  return copy;
}

static gboolean
is_word (const char *text)
{
  return *text != '\0';
}

/* A word may fold to several ("try-oak.example"), each of which has to be there, and to none ("_"). */
static void
add_words (GPtrArray *words, const char *text)
{
  g_autofree char *folded = wb_name_fold (text);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (is_word (parts[i]))
      g_ptr_array_add (words, g_strdup (parts[i]));
}

/* The longest is looked for first: the rarest, most likely. */
static int
longest_first (gconstpointer a, gconstpointer b)
{
  return (int) strlen (*(const char *const *) b) - (int) strlen (*(const char *const *) a);
}

static char **
end_words (GPtrArray *words)
{
  g_ptr_array_sort (words, longest_first);
  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_free (words, FALSE);
}

WbListWords *
wb_list_words_new (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text != NULL ? text : "", " \t\n", -1);
  GPtrArray *with = g_ptr_array_new (), *without = g_ptr_array_new ();
  WbListWords *self = g_new0 (WbListWords, 1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] == '-' && parts[i][1] != '\0')
      add_words (without, parts[i] + 1);
    else
      add_words (with, parts[i]);
  self->with = end_words (with);
  self->without = end_words (without);
  if (self->with[0] == NULL && self->without[0] == NULL)
    g_clear_pointer (&self, wb_list_words_free);
  return self;
}

/* Searching */

/* A word as it is looked for: by its rarest letter, which the processor finds many bytes at a time. */
typedef struct {
  const char *word;
  gsize length, rare; /* rare: where the letter stands */
} Needle;

static Needle
needle_new (const WbListText *self, const char *word)
{
  Needle needle = { word, strlen (word), 0 };

  for (gsize i = 1; i < needle.length; i++)
    if (self->counts[(guint8) word[i]] < self->counts[(guint8) word[needle.rare]])
      needle.rare = i;
  return needle;
}

static const char *
needle_find (const Needle *needle, const char *at, const char *end)
{
  while ((gsize) (end - at) >= needle->length)
    {
      const char *rare = memchr (at + needle->rare, needle->word[needle->rare], (gsize) (end - at) - needle->length + 1);

      if (rare == NULL)
        return NULL;
      at = rare - needle->rare;
      if (memcmp (at, needle->word, needle->length) == 0)
        return at;
      at++;
    }
  return NULL;
}

/* Not by memmem(), which makes itself a table first: that takes longer than to look through a row. */
static gboolean
row_has (const WbListText *self, guint row, const char *word)
{
  const char *begin = self->text + self->offsets[row], *end = self->text + self->offsets[row + 1] - 1;
  Needle needle = needle_new (self, word);

  return needle_find (&needle, begin, end) != NULL;
}

static gboolean
row_has_rest (const WbListText *self, guint row, char **with, char **without)
{
  for (guint i = 0; with[i] != NULL; i++)
    if (!row_has (self, row, with[i]))
      return FALSE;
  for (guint i = 0; without[i] != NULL; i++)
    if (row_has (self, row, without[i]))
      return FALSE;
  return TRUE;
}

gboolean
wb_list_text_matches (const WbListText *self, guint row, const WbListWords *words)
{
  return row_has_rest (self, row, words->with, words->without);
}

/* Row by row: where few are left. */
static void
filter_rows (const WbListText *self, const WbListWords *words, WbBits *bits, gsize from, gsize to)
{
  for (gsize i = from; i < to; i++)
    for (WbBits left = bits[i]; left != 0; left &= left - 1)
      {
        guint row = (guint) (i * 64) + (guint) __builtin_ctzll (left);

        if (!wb_list_text_matches (self, row, words))
          bits[i] &= ~(G_GUINT64_CONSTANT (1) << (row % 64));
      }
}

/* All at once: one search over the text of many rows for the first word, the other words in its hits. */
static void
filter_text (const WbListText *self, const WbListWords *words, WbBits *bits, guint from, guint to)
{
  g_autofree WbBits *hits = wb_bits_new (to - from, FALSE);
  const char *at = self->text + self->offsets[from], *end = self->text + self->offsets[to];
  Needle needle = needle_new (self, words->with[0]);
  guint row = from;

  while ((at = needle_find (&needle, at, end)) != NULL)
    {
      guint32 offset = (guint32) (at - self->text);

      while (self->offsets[row + 1] <= offset)
        row++;
      if (wb_bits_get (bits, row) && row_has_rest (self, row, words->with + 1, words->without))
        wb_bits_set (hits, row - from);
      at = self->text + self->offsets[row + 1];
    }
  wb_bits_and (bits + from / 64, hits, to - from);
}

/* Rows of one slice, whole words of bits. */
static guint
slice_end (const WbListText *self, guint from)
{
  guint rows = 64, bytes = self->offsets[MIN (from + rows, self->n_rows)] - self->offsets[from];

  while (bytes < SLICE && from + rows < self->n_rows)
    {
      rows *= 2;
      bytes = self->offsets[MIN (from + rows, self->n_rows)] - self->offsets[from];
    }
  return MIN (from + rows, self->n_rows);
}

gboolean
wb_list_text_filter (const WbListText *self, const WbListWords *words, WbBits *bits, const gint *stale)
{
  for (guint from = 0, to; from < self->n_rows; from = to)
    {
      guint left;

      to = slice_end (self, from);
      left = wb_bits_count (bits + from / 64, to - from);
      if (g_atomic_int_get (stale))
        return FALSE;
      if (words->with[0] == NULL || left < (to - from) / FEW_OF)
        filter_rows (self, words, bits, from / 64, WB_BITS_WORDS (to));
      else
        filter_text (self, words, bits, from, to);
    }
  return TRUE;
}
