// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-filter-words.h"

#include <glib/gi18n.h>

#include "wb-format.h"
#include "wb-state-pill.h"
#include "wb-words.h"

static const struct {
  const char *name, *title;
} titles[] = {
  { "about", N_("Estimate") },     { "address", N_("Address") },      { "auto-renew", N_("Auto-renew") },
  { "changed", N_("Changed") },    { "charge", N_("Charge") },        { "company", N_("Company") },
  { "created", N_("Created") },    { "customer", N_("Customer") },    { "domain", N_("Domain") },
  { "domains", N_("Domains") },    { "due", N_("Due") },              { "email", N_("E-mail") },
  { "expires", N_("Expires") },    { "failed", N_("Failed mailboxes") }, { "id", N_("Order id") },
  { "kind", N_("Kind") },          { "live", N_("Live mailboxes") },  { "made", N_("Made") },
  { "mailboxes", N_("Mailboxes") }, { "monthly", N_("A month") },     { "name", N_("Name") },
  { "ordered", N_("Last order") }, { "orders", N_("Orders") },        { "paid", N_("Paid") },
  { "picture", N_("Picture") },    { "pictures", N_("Pictures") },    { "price", N_("Price") },
  { "provider", N_("Provider") },  { "renewal", N_("Next renewal") }, { "state", N_("State") },
  { "target", N_("Target") },      { "what", N_("Request") },         { "when", N_("Sent") },
};

const char *
wb_filter_title (const WbListField *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i].name, field->name))
      return _(titles[i].title);
  return field->name;
}

/* Ways */

static const WbFilterWay word_ways[] = {
  { N_("is"), WB_LIST_HAS, FALSE, WB_FILTER_WORDS, NULL },
  { N_("is not"), WB_LIST_HAS, TRUE, WB_FILTER_WORDS, NULL },
};

static const WbFilterWay text_ways[] = {
  { N_("contains"), WB_LIST_HAS, FALSE, WB_FILTER_TEXT, NULL },
  { N_("does not contain"), WB_LIST_HAS, TRUE, WB_FILTER_TEXT, NULL },
};

static const WbFilterWay number_ways[] = {
  { N_("is at least"), WB_LIST_AT_LEAST, FALSE, WB_FILTER_ONE, NULL },
  { N_("is at most"), WB_LIST_AT_MOST, FALSE, WB_FILTER_ONE, NULL },
  { N_("is exactly"), WB_LIST_EQUAL, FALSE, WB_FILTER_ONE, NULL },
  { N_("is between"), WB_LIST_BETWEEN, FALSE, WB_FILTER_TWO, NULL },
};

static const WbFilterWay past_ways[] = {
  { N_("in the last … days"), WB_LIST_LESS, FALSE, WB_FILTER_DAYS, NULL },
  { N_("more than … days ago"), WB_LIST_MORE, FALSE, WB_FILTER_DAYS, NULL },
  { N_("on"), WB_LIST_EQUAL, FALSE, WB_FILTER_ONE, NULL },
  { N_("before"), WB_LIST_LESS, FALSE, WB_FILTER_ONE, NULL },
  { N_("after"), WB_LIST_MORE, FALSE, WB_FILTER_ONE, NULL },
  { N_("between"), WB_LIST_BETWEEN, FALSE, WB_FILTER_TWO, NULL },
};

static const WbFilterWay future_ways[] = {
  { N_("within … days"), WB_LIST_LESS, FALSE, WB_FILTER_DAYS, NULL },
  { N_("in more than … days"), WB_LIST_MORE, FALSE, WB_FILTER_DAYS, NULL },
  { N_("on"), WB_LIST_EQUAL, FALSE, WB_FILTER_ONE, NULL },
  { N_("before"), WB_LIST_LESS, FALSE, WB_FILTER_ONE, NULL },
  { N_("after"), WB_LIST_MORE, FALSE, WB_FILTER_ONE, NULL },
  { N_("between"), WB_LIST_BETWEEN, FALSE, WB_FILTER_TWO, NULL },
};

static const WbFilterWay bool_ways[] = {
  { N_("yes"), WB_LIST_HAS, FALSE, WB_FILTER_NOTHING, "yes" },
  { N_("no"), WB_LIST_HAS, FALSE, WB_FILTER_NOTHING, "no" },
};

#define WAYS(table) { table, G_N_ELEMENTS (table) }

const WbFilterWay *
wb_filter_ways (const WbListField *field, guint *n)
{
  static const struct {
    const WbFilterWay *ways;
    guint n;
  } kinds[] = {
    [WB_LIST_FIELD_WORD] = WAYS (word_ways),     [WB_LIST_FIELD_TEXT] = WAYS (text_ways),
    [WB_LIST_FIELD_NUMBER] = WAYS (number_ways), [WB_LIST_FIELD_MONEY] = WAYS (number_ways),
    [WB_LIST_FIELD_PAST] = WAYS (past_ways),     [WB_LIST_FIELD_FUTURE] = WAYS (future_ways),
    [WB_LIST_FIELD_BOOL] = WAYS (bool_ways),
  };

  *n = kinds[field->kind].n;
  return kinds[field->kind].ways;
}

/* Values */

char *
wb_filter_dup_value (const WbCollectionWords *words, const WbListField *field, const char *value)
{
  g_autofree char *lower = g_ascii_strdown (value, -1);
  const CmrEndpoint *endpoint = g_str_equal (field->column, "op") ? cmr_endpoint_find (value) : NULL;
  const char *known;

  if (endpoint != NULL)
    return wb_words_operation (endpoint->op, 0, 0);
  if (!g_str_equal (field->column, "state") || words->state_family == NULL)
    return wb_format_text (value);
  known = wb_state_word_text (words->state_family, value);
  /* Typed by hand: in whatever case. */
  if (g_str_equal (known, value))
    known = wb_state_word_text (words->state_family, lower);
  return wb_format_text (g_str_equal (known, lower) ? value : known);
}

static char *
dup_word_values (const WbCollectionWords *words, const WbListTerm *term)
{
  g_auto (GStrv) values = g_strsplit (term->text, ",", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; values[i] != NULL; i++)
    {
      g_autofree char *value = wb_filter_dup_value (words, term->field, values[i]);

      /* Translators: between words any of which fits: "Failed or Partly live" */
      g_string_append_printf (text, "%s%s", i > 0 ? _(" or ") : "", value);
    }
  return g_string_free (text, FALSE);
}

/* "30d": its number; 0 when it is none. */
static guint64
span_number (const char *value, char *unit)
{
  char *end;
  guint64 n = g_ascii_strtoull (value, &end, 10);

  *unit = g_ascii_tolower (*end);
  return end > value && *end != '\0' && end[1] == '\0' ? n : 0;
}

static char *
dup_span (guint64 n, char unit)
{
  gulong many = (gulong) n;

  switch (unit)
    {
    case 'h': return g_strdup_printf (ngettext ("%lu hour", "%lu hours", many), many);
    case 'w': return g_strdup_printf (ngettext ("%lu week", "%lu weeks", many), many);
    case 'm': return g_strdup_printf (ngettext ("%lu month", "%lu months", many), many);
    case 'y': return g_strdup_printf (ngettext ("%lu year", "%lu years", many), many);
    default: return g_strdup_printf (ngettext ("%lu day", "%lu days", many), many);
    }
}

static char *
dup_value (const WbListField *field, const char *value)
{
  char unit;
  guint64 n = span_number (value, &unit);

  if (n > 0 && (field->kind == WB_LIST_FIELD_PAST || field->kind == WB_LIST_FIELD_FUTURE))
    return dup_span (n, unit);
  if (field->kind == WB_LIST_FIELD_MONEY && *value != '$' && *value != '\0')
    return g_strdup_printf ("$%s", value);
  return wb_format_text (value);
}

/* Sentences: the field, then its value. Each is whole, for translators. */

typedef const char *Sentences[7];

static const Sentences plain_sentences = {
  [WB_LIST_EQUAL] = N_("%1$s: %2$s"),             [WB_LIST_LESS] = N_("%1$s below %2$s"),
  [WB_LIST_AT_MOST] = N_("%1$s at most %2$s"),    [WB_LIST_MORE] = N_("%1$s above %2$s"),
  [WB_LIST_AT_LEAST] = N_("%1$s at least %2$s"),  [WB_LIST_BETWEEN] = N_("%1$s from %2$s to %3$s"),
};

static const Sentences date_sentences = {
  [WB_LIST_EQUAL] = N_("%1$s: %2$s"),             [WB_LIST_LESS] = N_("%1$s before %2$s"),
  [WB_LIST_AT_MOST] = N_("%1$s up to %2$s"),      [WB_LIST_MORE] = N_("%1$s after %2$s"),
  [WB_LIST_AT_LEAST] = N_("%1$s from %2$s on"),   [WB_LIST_BETWEEN] = N_("%1$s from %2$s to %3$s"),
};

static const Sentences past_sentences = {
  [WB_LIST_EQUAL] = N_("%1$s in the last %2$s"),     [WB_LIST_LESS] = N_("%1$s in the last %2$s"),
  [WB_LIST_AT_MOST] = N_("%1$s in the last %2$s"),   [WB_LIST_MORE] = N_("%1$s more than %2$s ago"),
  [WB_LIST_AT_LEAST] = N_("%1$s at least %2$s ago"), [WB_LIST_BETWEEN] = N_("%1$s between %2$s and %3$s ago"),
};

static const Sentences future_sentences = {
  [WB_LIST_EQUAL] = N_("%1$s in the next %2$s"),      [WB_LIST_LESS] = N_("%1$s within %2$s"),
  [WB_LIST_AT_MOST] = N_("%1$s within %2$s"),         [WB_LIST_MORE] = N_("%1$s in more than %2$s"),
  [WB_LIST_AT_LEAST] = N_("%1$s in at least %2$s"),   [WB_LIST_BETWEEN] = N_("%1$s in %2$s to %3$s"),
};

static const Sentences *
sentences_for (const WbListTerm *term)
{
  char unit;

  if (term->field->kind != WB_LIST_FIELD_PAST && term->field->kind != WB_LIST_FIELD_FUTURE)
    return &plain_sentences;
  if (span_number (term->text[0] != '\0' || term->to == NULL ? term->text : term->to, &unit) == 0)
    return &date_sentences;
  return term->field->kind == WB_LIST_FIELD_PAST ? &past_sentences : &future_sentences;
}

static char *
dup_range (const WbListTerm *term)
{
  const char *title = wb_filter_title (term->field);
  g_autofree char *value = dup_value (term->field, term->text), *to = dup_value (term->field, term->to != NULL ? term->to : "");

  WbListOp op = term->op;

  /* Open at one end. */
  if (op == WB_LIST_BETWEEN && (term->text[0] == '\0' || term->to[0] == '\0'))
    op = term->text[0] == '\0' ? WB_LIST_AT_MOST : WB_LIST_AT_LEAST;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (_((*sentences_for (term))[op]), title, term->text[0] != '\0' ? value : to, to);
#pragma GCC diagnostic pop
}

static char *
dup_positive (const WbCollectionWords *words, const WbListTerm *term)
{
  const char *title = term->field != NULL ? wb_filter_title (term->field) : NULL;
  g_autofree char *text = wb_format_text (term->text), *values = NULL;

  if (title == NULL)
    return g_strdup_printf (_("Contains “%s”"), text);
  switch (term->field->kind)
    {
    case WB_LIST_FIELD_WORD:
      values = dup_word_values (words, term);
      /* Translators: a field and what it has to be: "State is Failed" */
      return g_strdup_printf (_("%s is %s"), title, values);
    case WB_LIST_FIELD_TEXT:
      if (term->op == WB_LIST_EQUAL)
        return g_strdup_printf (_("%s is %s"), title, text);
      /* Translators: a field and what it has to contain: "Customer contains “oak”" */
      return g_strdup_printf (_("%s contains “%s”"), title, text);
    case WB_LIST_FIELD_BOOL:
      /* Translators: a field, then yes or no */
      return g_strdup_printf (_("%s: %s"), title, g_ascii_strcasecmp (term->text, "yes") == 0 || g_ascii_strcasecmp (term->text, "on") == 0
                                || g_ascii_strcasecmp (term->text, "true") == 0 || g_str_equal (term->text, "1") ? _("yes") : _("no"));
    default:
      return dup_range (term);
    }
}

char *
wb_filter_dup_words (const WbCollectionWords *words, const WbListTerm *term)
{
  g_autofree char *positive = dup_positive (words, term);

  /* Translators: what rows must not be, such as “State is Live” */
  return term->negated ? g_strdup_printf (_("Not: %s"), positive) : g_steal_pointer (&positive);
}
