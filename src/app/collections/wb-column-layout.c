// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-column-layout.h"

#define LEAST_WIDTH 40
#define MOST_WIDTH 1000

GArray *
wb_column_layout_new (const WbCollectionWords *words)
{
  GArray *layout = g_array_new (FALSE, TRUE, sizeof (WbColumnPlace));

  wb_column_layout_reset (words, layout);
  return layout;
}

void
wb_column_layout_reset (const WbCollectionWords *words, GArray *layout)
{
  g_array_set_size (layout, 0);
  for (guint i = 1; i < words->n_columns; i++)
    {
      WbColumnPlace place = { i, !words->columns[i].spare, 0 };

      g_array_append_val (layout, place);
    }
}

gboolean
wb_column_layout_can_hide (const WbCollectionWords *words, const WbColumnPlace *place)
{
  return words->columns[place->column].kind != WB_COLUMN_STATE;
}

static int
find_field (const WbCollectionWords *words, GArray *layout, const char *field)
{
  for (guint i = 0; i < layout->len; i++)
    if (g_strcmp0 (words->columns[g_array_index (layout, WbColumnPlace, i).column].field, field) == 0)
      return (int) i;
  return -1;
}

gboolean
wb_column_layout_move (GArray *layout, guint from, guint to)
{
  WbColumnPlace place;

  if (from >= layout->len || to >= layout->len || from == to)
    return FALSE;
  place = g_array_index (layout, WbColumnPlace, from);
  g_array_remove_index (layout, from);
  g_array_insert_val (layout, to, place);
  return TRUE;
}

/* "mailboxes:120", "-made": a width, and what is hidden. */
static void
take_place (const WbCollectionWords *words, GArray *layout, const char *text, guint *next)
{
  gboolean hidden = *text == '-';
  g_auto (GStrv) parts = g_strsplit (hidden ? text + 1 : text, ":", 2);
  int at = parts[0] != NULL ? find_field (words, layout, parts[0]) : -1;
  gint64 width = at >= 0 && parts[1] != NULL ? g_ascii_strtoll (parts[1], NULL, 10) : 0;
  WbColumnPlace *place;

  if (at < (int) *next)
    return; /* not of this version, or told twice */
  place = &g_array_index (layout, WbColumnPlace, at);
  place->shown = !hidden || !wb_column_layout_can_hide (words, place);
  place->width = width > 0 ? (int) CLAMP (width, LEAST_WIDTH, MOST_WIDTH) : 0;
  wb_column_layout_move (layout, (guint) at, *next);
  (*next)++;
}

GArray *
wb_column_layout_parse (const WbCollectionWords *words, const char *text)
{
  GArray *layout = wb_column_layout_new (words);
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", " ", -1);
  guint next = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    take_place (words, layout, parts[i], &next);
  return layout;
}

char *
wb_column_layout_to_text (const WbCollectionWords *words, GArray *layout)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < layout->len; i++)
    {
      const WbColumnPlace *place = &g_array_index (layout, WbColumnPlace, i);

      g_string_append_printf (text, "%s%s%s", i > 0 ? " " : "", place->shown ? "" : "-", words->columns[place->column].field);
      if (place->width > 0)
        g_string_append_printf (text, ":%d", place->width);
    }
  return g_string_free (text, FALSE);
}
