// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-columns.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "wb-format.h"
#include "wb-state-pill.h"
#include "wb-words.h"

/* What a row of a list reads as: in cells, in narrow rows, for screen readers and on the clipboard. */

const WbColumn *
wb_columns_find (const WbCollectionWords *words, WbColumnKind kind)
{
  for (guint i = 0; i < words->n_columns; i++)
    if (words->columns[i].kind == kind)
      return &words->columns[i];
  return NULL;
}

CmrOp
wb_row_get_op (WbRow *row)
{
  const CmrEndpoint *endpoint = cmr_endpoint_find (wb_row_get_text (row, "op"));

  return endpoint != NULL ? endpoint->op : CMR_OP_NONE;
}

/* What was ordered is counted where it was made, not again where it is paid. */
static char *
dup_operation (WbRow *row)
{
  CmrOp op = wb_row_get_op (row);
  gint64 mailboxes = op != CMR_OP_PROCESS_ORDER ? MAX (wb_row_get_int (row, "mailboxes"), 0) : 0;

  return wb_words_operation (op, MAX (wb_row_get_int (row, "pictures"), 0), mailboxes);
}

/* A name, or what an operation does. */
char *
wb_row_dup_title (const WbCollectionWords *words, WbRow *row)
{
  g_autofree char *safe = NULL;

  if (wb_row_is_placeholder (row))
    return g_strdup ("");
  if (words->collection == WB_COLLECTION_ACTIVITY)
    return dup_operation (row);
  safe = wb_format_text (wb_row_get_text (row, words->columns[0].field));
  if (*safe != '\0')
    return g_steal_pointer (&safe);
  return g_strdup (words->collection == WB_COLLECTION_ORDERS ? _("No customer yet") : _("Without a name"));
}

void
wb_row_show_face (const WbCollectionWords *words, WbRow *row, WbFace *face)
{
  const char *text = wb_row_is_placeholder (row) ? "" : wb_row_get_text (row, words->columns[0].field);
  g_autofree char *name = wb_format_text (text != NULL ? text : "");

  wb_face_set_name (face, name);
}

void
wb_row_show_loading (GtkWidget *text, gboolean loading)
{
  if (loading)
    gtk_widget_add_css_class (text, "loading");
  else
    gtk_widget_remove_css_class (text, "loading");
}

/* The journal keeps all names: "brightloom.example, a.example, b.example". */
static char *
dup_domains (const char *names)
{
  g_auto (GStrv) list = g_strsplit (names, ", ", -1);
  guint n = g_strv_length (list);
  g_autofree char *first = wb_format_text (n > 0 ? list[0] : "");

  if (n < 2)
    return g_steal_pointer (&first);
  /* Translators: a domain, then how many further domains */
  return g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", n - 1), first, n - 1);
}

char *
wb_row_dup_sub (const WbCollectionWords *words, WbRow *row)
{
  const char *text = wb_row_get_text (row, words->columns[0].sub);

  if (words->collection == WB_COLLECTION_ORDERS && !wb_row_is_placeholder (row))
    return *text != '\0' ? dup_domains (text) : g_strdup (_("No domains yet"));
  if (words->collection == WB_COLLECTION_ACTIVITY && *text == '\0')
    text = wb_row_get_text (row, "target");
  return wb_format_text (text);
}

/* A lost create that took no money is unknown too, but nothing is at stake: it has its own word. */
const char *
wb_row_get_state (const WbCollectionWords *words, WbRow *row)
{
  const char *state = wb_row_get_text (row, "state");
  CmrOp op;

  if (words->collection != WB_COLLECTION_ACTIVITY || !g_str_equal (state, "unknown")
      || wb_row_get_int (row, "paid") != 0)
    return state;
  op = wb_row_get_op (row);
  return op == CMR_OP_CREATE_ORDER_MULTIPART || op == CMR_OP_CREATE_ORDER_JSON ? "may-exist" : state;
}

/* How long a domain in grace can still be renewed stands in its state. */
char *
wb_row_dup_state (const WbCollectionWords *words, WbRow *row)
{
  const char *state = wb_row_get_state (words, row);

  if (words->collection == WB_COLLECTION_DOMAINS && g_str_equal (state, "GRACE_PERIOD"))
    return wb_words_grace (wb_row_get_int (row, "expires"));
  return wb_format_text (wb_state_word_text (words->state_family, state));
}

static char *
dup_about (gint64 cents)
{
  g_autofree char *sum = wb_format_money (cents);

  /* Translators: a sum that the service has not stated itself */
  return g_strdup_printf (_("about %s"), sum);
}

/* No answer states a charge: sums are "about" until the wallet has proved them. */
static char *
dup_sum_of (const WbCollectionWords *words, const WbColumn *column, WbRow *row)
{
  gint64 cents = wb_row_get_int (row, column->field);
  const char *state = wb_row_get_text (row, "state");

  gboolean nothing = g_str_equal (state, "failed") || g_str_equal (state, "cancelled") || g_str_equal (state, "draft");

  if (words->collection == WB_COLLECTION_ACTIVITY && nothing)
    return wb_format_money (CMR_MONEY_UNKNOWN);
  if (words->collection == WB_COLLECTION_ACTIVITY && cents == 0)
    return g_strdup (_("free"));
  if (words->collection == WB_COLLECTION_ACTIVITY)
    return cents != CMR_MONEY_UNKNOWN ? dup_about (cents) : wb_format_money (cents);
  if (cents == CMR_MONEY_UNKNOWN && !nothing && wb_row_get_int (row, "about-cents") > 0)
    return dup_about (wb_row_get_int (row, "about-cents"));
  return wb_format_money (cents);
}

char *
wb_row_dup_cell (const WbCollectionWords *words, const WbColumn *column, WbRow *row)
{
  gint64 number;

  if (wb_row_is_placeholder (row))
    return g_strdup ("");
  switch (column->kind)
    {
    case WB_COLUMN_TITLE:
      return wb_row_dup_title (words, row);
    case WB_COLUMN_STATE:
      return wb_row_dup_state (words, row);
    case WB_COLUMN_MONEY:
      if (words->collection != WB_COLLECTION_ORDERS && words->collection != WB_COLLECTION_ACTIVITY)
        return wb_format_money (wb_row_get_int (row, column->field));
      return dup_sum_of (words, column, row);
    case WB_COLUMN_NUMBER:
      number = wb_row_get_int (row, column->field);
      return number != CMR_MONEY_UNKNOWN ? wb_format_count (number) : g_strdup ("—");
    case WB_COLUMN_TIME:
    case WB_COLUMN_DATE:
      number = wb_row_get_int (row, column->field);
      return number > 0 ? wb_format_time (number) : g_strdup ("—");
    case WB_COLUMN_DUE:
      number = wb_row_get_int (row, column->field);
      return number > 0 ? wb_format_due (number) : g_strdup ("—");
    case WB_COLUMN_SWITCH:
      return g_strdup (wb_words_switch (wb_row_get_int (row, column->field)));
    case WB_COLUMN_PROVIDER:
      return wb_words_provider (wb_row_get_text (row, column->field));
    case WB_COLUMN_TEXT:
      return wb_format_text (wb_row_get_text (row, column->field));
    }
  g_return_val_if_reached (NULL);
}

char *
wb_row_dup_sum (const WbCollectionWords *words, WbRow *row)
{
  const WbColumn *column = wb_columns_find (words, WB_COLUMN_MONEY);

  /* Beside the number of mailboxes the price of one would be taken for all. */
  if (words->collection == WB_COLLECTION_SUBSCRIPTIONS && !wb_row_is_placeholder (row))
    return wb_format_money (wb_row_get_int (row, "monthly-cents"));
  return column != NULL ? wb_row_dup_cell (words, column, row) : g_strdup ("");
}

char *
wb_row_dup_time (const WbCollectionWords *words, WbRow *row)
{
  const WbColumn *time_column = wb_columns_find (words, WB_COLUMN_TIME);
  const WbColumn *column = time_column != NULL ? time_column : wb_columns_find (words, WB_COLUMN_DUE);
  gint64 time = column != NULL ? wb_row_get_int (row, column->field) : 0;

  /* The day stands above. */
  if (words->rows_only && time > 0)
    return wb_format_clock (time);
  return column != NULL ? wb_row_dup_cell (words, column, row) : g_strdup ("");
}

/* First column, then state word, then sum. */
char *
wb_row_dup_name (const WbCollectionWords *words, WbRow *row)
{
  g_autofree char *title = wb_row_dup_title (words, row);
  g_autofree char *sub = wb_row_dup_sub (words, row);
  GString *name;

  if (wb_row_is_placeholder (row))
    return g_strdup (_("Loading"));
  name = g_string_new (title);
  if (*sub != '\0')
    g_string_append_printf (name, ", %s", sub);
  for (guint i = 1; i < words->n_columns; i++)
    if (words->columns[i].kind == WB_COLUMN_STATE || words->columns[i].kind == WB_COLUMN_MONEY)
      {
        g_autofree char *text = wb_row_dup_cell (words, &words->columns[i], row);

        g_string_append_printf (name, ", %s", text);
      }
  return g_string_free (name, FALSE);
}

char *
wb_row_dup_copy (const WbCollectionWords *words, WbRow *row)
{
  g_autofree char *title = wb_row_dup_title (words, row);
  GString *text = g_string_new (title);
  g_autofree char *sub = wb_format_text (wb_row_get_text (row, words->columns[0].sub));

  g_string_append_printf (text, "\t%s", sub);
  for (guint i = 1; i < words->n_columns; i++)
    if (!words->columns[i].spare)
      {
        g_autofree char *cell = wb_row_dup_cell (words, &words->columns[i], row);

        g_string_append_printf (text, "\t%s", cell);
      }
  return g_string_free (text, FALSE);
}
