// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <string.h>

#include "wb-bench-lists.h"

#include "wb-names.h"

/* What is typed into a filter. */

static void
type (gpointer data)
{
  Lists *self = data;
  GtkEditable *entry = GTK_EDITABLE (self->page->search);
  const char *now = gtk_editable_get_text (entry);
  int length = (int) g_utf8_strlen (now, -1), wanted = (int) g_utf8_strlen (self->text, -1);

  self->answered = FALSE;
  if (g_str_has_prefix (self->text, now))
    gtk_editable_insert_text (entry, self->text + strlen (now), -1, &length);
  else if (g_str_has_prefix (now, self->text))
    gtk_editable_delete_text (entry, wanted, -1);
  else
    gtk_editable_set_text (entry, self->text);
}

/* All of the words are in each of the first rows, whatever the list thinks. */
static gboolean
first_rows_match (Lists *self)
{
  g_autofree char *wanted = wb_name_fold (self->text);
  guint n = MIN (12, g_list_model_get_n_items (lists_rows (self)));

  for (guint i = 0; i < n; i++)
    {
      WbRow *row = lists_peek (self, i);
      g_autofree char *text = row != NULL ? wb_name_fold (wb_row_get_text (row, "search")) : NULL;

      if (text == NULL || strstr (text, wanted) == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_shown (gpointer data)
{
  Lists *self = data;

  return self->answered && first_rows_match (self);
}

static gboolean
is_answered (gpointer data)
{
  Lists *self = data;

  return self->answered && lists_is_read (self);
}

static void
look_at_hits (Lists *self)
{
  guint n = g_list_model_get_n_items (lists_rows (self));

  if (self->hits >= 0 && n != self->hits)
    bench_fail ("“%s” found %u rows instead of %" G_GINT64_FORMAT, self->text, n, self->hits);
}

static void
press (Lists *self, GArray *figures, const char *text, gint64 hits)
{
  BenchFigures each;

  /* It stands there already: nothing would be asked. */
  if (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->page->search)), text))
    return;
  self->text = text;
  self->hits = hits;
  each = bench_measure (type, is_shown, is_answered, self, text);
  look_at_hits (self);
  g_array_append_val (figures, each);
  if (self->verbose)
    g_printerr ("%-14s %8u rows: busy %6.2f cpu %6.2f longest %6.2f painted %6.2f done %6.2f\n", text,
                g_list_model_get_n_items (lists_rows (self)), each.busy, each.cpu, each.longest, each.painted, each.done);
}

/* Letter by letter to the word and back. */
static void
type_word (Lists *self, GArray *figures, const BenchWord *word, gint64 n_rows)
{
  const char *end = word->text + strlen (word->text);
  gint64 hits = bench_word_hits (word, n_rows);

  for (const char *p = g_utf8_next_char (word->text); p < end; p = g_utf8_next_char (p))
    {
      g_autofree char *part = g_strndup (word->text, (gsize) (p - word->text));

      press (self, figures, part, -1);
    }
  press (self, figures, word->text, hits);
  for (const char *p = g_utf8_prev_char (end); p > word->text; p = g_utf8_prev_char (p))
    {
      g_autofree char *part = g_strndup (word->text, (gsize) (p - word->text));

      press (self, figures, part, -1);
    }
  press (self, figures, "", n_rows);
}

/* The bar comes in by and by: before the first letter it stands. */
static void
open_search (Lists *self)
{
  wb_collection_page_show_search (self->page);
  bench_wait_quiet (500);
}

void
lists_keys (Lists *self)
{
  g_autoptr (GArray) figures = g_array_new (FALSE, TRUE, sizeof (BenchFigures));
  gint64 n_rows = g_list_model_get_n_items (lists_rows (self));

  open_search (self);
  /* The first letter makes what all searches read; figures of it are those of "memory". */
  press (self, figures, "a", -1);
  press (self, figures, "", n_rows);
  g_print ("first_busy=%.2f first_painted=%.2f ", g_array_index (figures, BenchFigures, 0).busy,
           g_array_index (figures, BenchFigures, 0).painted);
  g_array_set_size (figures, 0);
  for (guint i = 0; i < bench_n_words; i++)
    type_word (self, figures, &bench_words[i], n_rows);
  for (guint i = 0; i < bench_n_words; i++)
    for (guint j = 0; j < bench_n_words; j++)
      if (i != j)
        {
          press (self, figures, bench_words[i].text, bench_word_hits (&bench_words[i], n_rows));
          press (self, figures, bench_words[j].text, bench_word_hits (&bench_words[j], n_rows));
        }
  bench_print ("busy", figures, G_STRUCT_OFFSET (BenchFigures, busy));
  bench_print ("cpu", figures, G_STRUCT_OFFSET (BenchFigures, cpu));
  bench_print ("longest", figures, G_STRUCT_OFFSET (BenchFigures, longest));
  bench_print ("painted", figures, G_STRUCT_OFFSET (BenchFigures, painted));
  bench_print ("done", figures, G_STRUCT_OFFSET (BenchFigures, done));
  g_print ("keys=%u ", figures->len);
  press (self, figures, "", n_rows);
}

/* As the bare window's is read. */
#define SETTLED_MS 2000

void
lists_memory (Lists *self)
{
  g_autoptr (GArray) figures = g_array_new (FALSE, TRUE, sizeof (BenchFigures));

  bench_wait_quiet (SETTLED_MS);
  g_print ("before_mib=%.1f ", bench_rss_mib ());
  open_search (self);
  press (self, figures, "z", -1);
  press (self, figures, "zo", -1);
  bench_wait_quiet (SETTLED_MS);
  g_print ("after_mib=%.1f ", bench_rss_mib ());
}
