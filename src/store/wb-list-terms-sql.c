// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-list-terms.h"

#include <string.h>

#include "wb-names.h"

/* Values, and the ranges they stand for. A value is a range itself: a day has 24 hours. Both ends are included. */

typedef struct {
  gint64 from, to;
} Range;

static gboolean
parse_int (const char *text, gint64 *value, const char **end)
{
  gint64 n = 0;
  const char *p = text;

  /* Eleven digits: what is more is no number of anything, and cannot overflow what is made of it. */
  for (; g_ascii_isdigit (*p) && p - text < 11; p++)
    n = n * 10 + (*p - '0');
  *value = n;
  *end = p;
  return p > text && !g_ascii_isdigit (*p);
}

static gboolean
number_range (const char *text, Range *range)
{
  const char *end;

  if (!parse_int (text, &range->from, &end) || *end != '\0')
    return FALSE;
  range->to = range->from;
  return TRUE;
}

/* "12.50", "12,50", "$12.5"; "12" is just that. */
static gboolean
money_range (const char *text, Range *range)
{
  gint64 units, cents = 0;
  const char *end;

  if (!parse_int (*text == '$' ? text + 1 : text, &units, &end))
    return FALSE;
  if ((*end == '.' || *end == ',') && g_ascii_isdigit (end[1]))
    {
      cents = (end[1] - '0') * 10 + (g_ascii_isdigit (end[2]) ? end[2] - '0' : 0);
      end += g_ascii_isdigit (end[2]) ? 3 : 2;
    }
  range->from = range->to = units * 100 + cents;
  return *end == '\0';
}

/* Moments */

static GDateTime *
midnight (GDateTime *time)
{
  return g_date_time_new_local (g_date_time_get_year (time), g_date_time_get_month (time),
                                g_date_time_get_day_of_month (time), 0, 0, 0);
}

static gint64
to_usec (GDateTime *time)
{
  return g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
}

static gboolean
take_span (GDateTime *from, GDateTime *end, Range *range)
{
  gboolean ok = from != NULL && end != NULL;

  if (ok)
    *range = (Range) { to_usec (from), to_usec (end) - 1 };
  g_clear_pointer (&from, g_date_time_unref);
  g_clear_pointer (&end, g_date_time_unref);
  return ok;
}

static gboolean
named_day (const char *text, GDateTime *now, Range *range)
{
  static const struct {
    const char *name;
    int days;
  } names[] = { { "today", 0 }, { "yesterday", -1 }, { "tomorrow", 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (text, names[i].name) == 0)
      {
        g_autoptr (GDateTime) today = midnight (now);

        return take_span (g_date_time_add_days (today, names[i].days), g_date_time_add_days (today, names[i].days + 1), range);
      }
  return FALSE;
}

/* 2026, 2026-12 or 2026-12-01. */
static gboolean
calendar_span (const char *text, Range *range)
{
  gint64 part[3] = { 0, 1, 1 };
  guint n = 0;
  const char *p = text;
  GDateTime *from;

  while (n < 3 && parse_int (p, &part[n], &p))
    {
      n++;
      if (*p != '-')
        break;
      p++;
    }
  if (n == 0 || *p != '\0' || p[-1] == '-' || part[0] < 1970 || part[0] > 9000 || part[1] > 12 || part[2] > 31)
    return FALSE;
  from = g_date_time_new_local ((int) part[0], (int) part[1], (int) part[2], 0, 0, 0);
  if (from == NULL)
    return FALSE;
  return take_span (from, n == 1 ? g_date_time_add_years (from, 1) : n == 2 ? g_date_time_add_months (from, 1) : g_date_time_add_days (from, 1),
                    range);
}

/* "30d": the moment so far from now. */
static gboolean
relative_moment (const char *text, GDateTime *now, gboolean past, Range *range)
{
  g_autoptr (GDateTime) then = NULL;
  const char *unit;
  gint64 n;
  int steps;

  if (!parse_int (text, &n, &unit) || n > 36500 || unit[0] == '\0' || unit[1] != '\0')
    return FALSE;
  steps = past ? (int) -n : (int) n;
  switch (g_ascii_tolower (*unit))
    {
    case 'h': then = g_date_time_add_hours (now, steps); break;
    case 'd': then = g_date_time_add_days (now, steps); break;
    case 'w': then = g_date_time_add_weeks (now, steps); break;
    case 'm': then = g_date_time_add_months (now, steps); break;
    case 'y': then = g_date_time_add_years (now, steps); break;
    default: return FALSE;
    }
  if (then != NULL)
    range->from = range->to = to_usec (then);
  return then != NULL;
}

static gboolean
value_range (const WbListField *field, const char *text, GDateTime *now, Range *range, gboolean *relative)
{
  gboolean past = field->kind == WB_LIST_FIELD_PAST;

  *relative = FALSE;
  if (field->kind == WB_LIST_FIELD_NUMBER)
    return number_range (text, range);
  if (field->kind == WB_LIST_FIELD_MONEY)
    return money_range (text, range);
  if (named_day (text, now, range) || calendar_span (text, range))
    return TRUE;
  *relative = relative_moment (text, now, past, range);
  return *relative;
}

static gboolean
parse_bool (const char *text, gboolean *value)
{
  static const char *const words[] = { "no", "yes", "false", "true", "off", "on", "0", "1" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (text, words[i]) == 0)
      {
        *value = i % 2 == 1;
        return TRUE;
      }
  return FALSE;
}

gboolean
wb_list_field_takes (const WbListField *field, const char *text)
{
  g_autofree char *folded = NULL;
  g_autoptr (GDateTime) now = NULL;
  gboolean ignored;
  Range range;

  switch (field->kind)
    {
    case WB_LIST_FIELD_WORD:
    case WB_LIST_FIELD_TEXT:
      folded = wb_name_fold (text);
      return strspn (folded, " ,") < strlen (folded);
    case WB_LIST_FIELD_BOOL:
      return parse_bool (text, &ignored);
    default:
      now = g_date_time_new_now_local ();
      return value_range (field, text, now, &range, &ignored);
    }
}

/* "<30d" of what lies behind is nearer to now, that is, later. */
static WbListOp
turned (WbListOp op)
{
  static const WbListOp other[] = {
    [WB_LIST_LESS] = WB_LIST_MORE, [WB_LIST_MORE] = WB_LIST_LESS,
    [WB_LIST_AT_MOST] = WB_LIST_AT_LEAST, [WB_LIST_AT_LEAST] = WB_LIST_AT_MOST,
  };

  return op >= WB_LIST_LESS && op <= WB_LIST_AT_LEAST ? other[op] : op;
}

/* "30d" alone: between now and then. */
static Range
compare_with (WbListOp op, Range value, gboolean alone, gint64 now)
{
  switch (op)
    {
    case WB_LIST_LESS: return (Range) { G_MININT64, value.from - 1 };
    case WB_LIST_AT_MOST: return (Range) { G_MININT64, value.to };
    case WB_LIST_MORE: return (Range) { value.to + 1, G_MAXINT64 };
    case WB_LIST_AT_LEAST: return (Range) { value.from, G_MAXINT64 };
    default: return alone ? (Range) { MIN (value.from, now), MAX (value.to, now) } : value;
    }
}

static Range
range_between (const WbListTerm *self, GDateTime *now)
{
  Range from = { G_MININT64, G_MAXINT64 }, to = from;
  gboolean relative[2] = { FALSE, FALSE };
  gboolean past = self->field->kind == WB_LIST_FIELD_PAST;

  if (*self->text != '\0')
    value_range (self->field, self->text, now, &from, &relative[0]);
  if (*self->to != '\0')
    value_range (self->field, self->to, now, &to, &relative[1]);
  /* "10d..": ten days ago or earlier; "..10d": since ten days ago */
  if (past && *self->to == '\0' && relative[0])
    return (Range) { G_MININT64, from.to };
  if (past && *self->text == '\0' && relative[1])
    return (Range) { to.from, G_MAXINT64 };
  if (*self->text == '\0' || *self->to == '\0')
    return (Range) { from.from, to.to };
  /* The wrong way round is meant as the right one. */
  return (Range) { MIN (from.from, to.from), MAX (from.to, to.to) };
}

static Range
term_range (const WbListTerm *self, GDateTime *now)
{
  Range value = { 0, 0 };
  gboolean relative = FALSE;

  if (self->op == WB_LIST_BETWEEN)
    return range_between (self, now);
  value_range (self->field, self->text, now, &value, &relative);
  return compare_with (relative && self->field->kind == WB_LIST_FIELD_PAST ? turned (self->op) : self->op, value, relative,
                       to_usec (now));
}

/* Conditions */

static guint
add_param (GPtrArray *params, char *text)
{
  g_ptr_array_add (params, text);
  return params->len + 1;
}

static char *
sql_range (const WbListTerm *self, GPtrArray *params, gint64 now_usec)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_usec / G_USEC_PER_SEC);
  Range range = term_range (self, now);
  gboolean moment = self->field->kind == WB_LIST_FIELD_PAST || self->field->kind == WB_LIST_FIELD_FUTURE;
  /* A moment that is not known is 0 in some tables. */
  guint from = add_param (params, g_strdup_printf ("%" G_GINT64_FORMAT, moment ? MAX (range.from, 1) : range.from));
  guint to = add_param (params, g_strdup_printf ("%" G_GINT64_FORMAT, range.to));

  return g_strdup_printf ("\"%s\" BETWEEN CAST (?%u AS INTEGER) AND CAST (?%u AS INTEGER)", self->field->column, from, to);
}

static char *
sql_words (const WbListTerm *self, GPtrArray *params)
{
  g_auto (GStrv) words = g_strsplit (self->text, ",", -1);
  GString *sql = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      char *folded = wb_name_fold (words[i]);

      if (*folded == '\0')
        g_free (folded);
      else
        g_string_append_printf (sql, "%s?%u", sql->len > 0 ? ", " : "", add_param (params, folded));
    }
  g_string_prepend_c (sql, '(');
  g_string_append_c (sql, ')');
  g_string_prepend (sql, "\") IN ");
  g_string_prepend (sql, self->field->column);
  g_string_prepend (sql, "fold (\"");
  return g_string_free (sql, FALSE);
}

static char *
sql_text (const char *column, const char *text, GPtrArray *params)
{
  return g_strdup_printf ("finds (\"%s\", ?%u)", column, add_param (params, wb_name_fold (text)));
}

static char *
sql_whole_text (const WbListTerm *self, GPtrArray *params)
{
  return g_strdup_printf ("fold (\"%s\") = ?%u", self->field->column, add_param (params, wb_name_fold (self->text)));
}

static char *
sql_bool (const WbListTerm *self)
{
  gboolean value = FALSE;

  parse_bool (self->text, &value);
  return g_strdup_printf ("\"%s\" %s 0", self->field->column, value ? "<>" : "=");
}

static char *
dup_condition (const WbListTerm *self, GPtrArray *params, gint64 now)
{
  if (self->field == NULL)
    return sql_text ("search", self->text, params);
  switch (self->field->kind)
    {
    case WB_LIST_FIELD_WORD: return sql_words (self, params);
    case WB_LIST_FIELD_TEXT:
      if (self->op == WB_LIST_EQUAL)
        return sql_whole_text (self, params);
      return sql_text (self->field->column, self->text, params);
    case WB_LIST_FIELD_BOOL: return sql_bool (self);
    default: return sql_range (self, params, now);
    }
}

char *
wb_list_term_to_sql_at (const WbListTerm *self, GPtrArray *params, gint64 now)
{
  g_autofree char *condition = NULL;

  if (wb_list_term_is_words (self))
    return NULL;
  condition = dup_condition (self, params, now);
  return self->negated ? g_strdup_printf ("NOT coalesce (%s, 0)", condition) : g_steal_pointer (&condition);
}

char *
wb_list_term_to_sql (const WbListTerm *self, GPtrArray *params)
{
  return wb_list_term_to_sql_at (self, params, g_get_real_time ());
}
