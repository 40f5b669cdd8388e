// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-list-terms.h"

#include <string.h>

#include "wb-names.h"

void
wb_list_term_free (WbListTerm *self)
{
  g_free (self->text);
  g_free (self->to);
  g_free (self);
}

gboolean
wb_list_term_equal (const WbListTerm *a, const WbListTerm *b)
{
  return a->field == b->field && a->op == b->op && a->negated == b->negated && g_strcmp0 (a->text, b->text) == 0
         && g_strcmp0 (a->to, b->to) == 0;
}

/* Tokens: between blanks, which count for nothing in quotes */

static gboolean
is_blank (gunichar c)
{
  return g_unichar_isspace (c);
}

/* The next token as it is written, quotes and all; NULL at the end. A quote that is not closed ends with the text. */
static char *
next_token (const char **text)
{
  const char *p = *text, *begin;
  gboolean quoted = FALSE;

  while (*p != '\0' && is_blank (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  begin = p;
  while (*p != '\0' && (quoted || !is_blank (g_utf8_get_char (p))))
    {
      quoted ^= *p == '"';
      p = g_utf8_next_char (p);
    }
  *text = p;
  return p > begin ? g_strndup (begin, (gsize) (p - begin)) : NULL;
}

static char *
without_quotes (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (*p != '"')
      g_string_append_c (out, *p);
  return g_strstrip (g_string_free (out, FALSE));
}

/* Terms */

static gboolean
is_text (const WbListField *field)
{
  return field->kind == WB_LIST_FIELD_TEXT || field->kind == WB_LIST_FIELD_WORD || field->kind == WB_LIST_FIELD_BOOL;
}

static gboolean
is_range (const WbListField *field, const char *text, const char *to)
{
  return (*text != '\0' || *to != '\0') && (*text == '\0' || wb_list_field_takes (field, text))
         && (*to == '\0' || wb_list_field_takes (field, to));
}

static WbListTerm *
take (const WbListField *field, WbListOp op, char *text, char *to, gboolean negated)
{
  WbListTerm *self = g_new0 (WbListTerm, 1);

  self->field = field;
  self->op = op;
  self->negated = negated;
  self->text = text;
  self->to = to;
  return self;
}

WbListTerm *
wb_list_term_new (const WbListField *field, WbListOp op, const char *text, const char *to, gboolean negated)
{
  g_autofree char *value = without_quotes (text != NULL ? text : ""), *end = without_quotes (to != NULL ? to : "");

  if (is_text (field) != (op == WB_LIST_HAS) && !(field->kind == WB_LIST_FIELD_TEXT && op == WB_LIST_EQUAL))
    return NULL;
  if (op == WB_LIST_BETWEEN ? !is_range (field, value, end) : !wb_list_field_takes (field, value))
    return NULL;
  return take (field, op, g_steal_pointer (&value), op == WB_LIST_BETWEEN ? g_steal_pointer (&end) : NULL, negated);
}

static const struct {
  const char *sign;
  WbListOp op;
} signs[] = {
  { "<=", WB_LIST_AT_MOST }, { ">=", WB_LIST_AT_LEAST }, { "≤", WB_LIST_AT_MOST }, { "≥", WB_LIST_AT_LEAST },
  { "<", WB_LIST_LESS },     { ">", WB_LIST_MORE },
};

static WbListTerm *
parse_range (const WbListField *field, const char *value, gboolean negated)
{
  const char *dots = strstr (value, "..");
  g_autofree char *from = dots != NULL ? g_strndup (value, (gsize) (dots - value)) : NULL;
  WbListOp op = WB_LIST_EQUAL;

  if (*value == '=')
    return wb_list_term_new (field, WB_LIST_EQUAL, value + 1, NULL, negated);
  if (dots != NULL)
    return wb_list_term_new (field, WB_LIST_BETWEEN, from, dots + 2, negated);
  for (guint i = 0; i < G_N_ELEMENTS (signs) && op == WB_LIST_EQUAL; i++)
    if (g_str_has_prefix (value, signs[i].sign))
      {
        op = signs[i].op;
        value += strlen (signs[i].sign);
      }
  return wb_list_term_new (field, op, value, NULL, negated);
}

/* Nothing but signs: more is to come. */
static gboolean
is_begun (const char *value)
{
  return strspn (value, "<>=.\"") == strlen (value);
}

/* A field's term; NULL without @begun when it is a plain word. */
static WbListTerm *
parse_field (WbCollection collection, const char *token, gboolean negated, gboolean *begun)
{
  const char *colon = strchr (token, ':');
  g_autofree char *name = colon != NULL ? g_strndup (token, (gsize) (colon - token)) : NULL;
  const WbListField *field = name != NULL ? wb_list_field_find (collection, name) : NULL;
  g_autofree char *value = NULL;

  if (field == NULL)
    return NULL;
  *begun = is_begun (colon + 1);
  value = without_quotes (colon + 1);
  if (*begun)
    return NULL;
  if (field->kind == WB_LIST_FIELD_TEXT && *value == '=')
    return wb_list_term_new (field, WB_LIST_EQUAL, value + 1, NULL, negated);
  return is_text (field) ? wb_list_term_new (field, WB_LIST_HAS, value, NULL, negated) : parse_range (field, value, negated);
}

static WbListTerm *
parse_token (WbCollection collection, const char *token)
{
  gboolean negated = token[0] == '-' && token[1] != '\0', begun = FALSE;
  WbListTerm *term = parse_field (collection, token + negated, negated, &begun);
  g_autofree char *text = term == NULL && !begun ? without_quotes (token + negated) : NULL;

  if (text == NULL || *text == '\0')
    return term;
  return take (NULL, WB_LIST_HAS, g_steal_pointer (&text), NULL, negated);
}

GPtrArray *
wb_list_terms_parse (WbCollection collection, const char *text)
{
  GPtrArray *terms = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_list_term_free);
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  const char *p = valid;
  char *token;

  while ((token = next_token (&p)) != NULL)
    {
      WbListTerm *term = parse_token (collection, token);

      if (term != NULL)
        g_ptr_array_add (terms, term);
      g_free (token);
    }
  return terms;
}

/* And back */

static gboolean
needs_quotes (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (is_blank (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

static void
append_value (GString *out, const char *text, gboolean quoted)
{
  const char *quote = quoted ? "\"" : "";

  g_string_append_printf (out, "%s%s%s", quote, text, quote);
}

/* A word that only looks like something else is told by its quotes. */
static gboolean
needs_quotes_alone (const WbListTerm *self)
{
  return needs_quotes (self->text) || strchr (self->text, ':') != NULL || (self->text[0] == '-' && !self->negated);
}

char *
wb_list_term_to_text (const WbListTerm *self)
{
  static const char *const written[] = { "", "", "<", "<=", ">", ">=", "" };
  GString *out = g_string_new (self->negated ? "-" : "");

  if (self->field != NULL)
    g_string_append_printf (out, "%s:%s", self->field->name,
                            is_text (self->field) && self->op == WB_LIST_EQUAL ? "=" : written[self->op]);
  append_value (out, self->text, self->field != NULL ? needs_quotes (self->text) : needs_quotes_alone (self));
  if (self->to != NULL)
    {
      g_string_append (out, "..");
      append_value (out, self->to, needs_quotes (self->to));
    }
  return g_string_free (out, FALSE);
}

char *
wb_list_terms_to_text (GPtrArray *terms)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < terms->len; i++)
    {
      g_autofree char *text = wb_list_term_to_text (terms->pdata[i]);

      g_string_append_printf (out, "%s%s", i > 0 ? " " : "", text);
    }
  return g_string_free (out, FALSE);
}

/* Several words that must not be there together are no words each of which must not be there. */
gboolean
wb_list_term_is_words (const WbListTerm *self)
{
  return self->field == NULL && !(self->negated && needs_quotes (self->text));
}

char *
wb_list_terms_dup_words (GPtrArray *terms)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < terms->len; i++)
    {
      const WbListTerm *term = terms->pdata[i];

      if (wb_list_term_is_words (term))
        g_string_append_printf (out, "%s%s%s", out->len > 0 ? " " : "", term->negated ? "-" : "", term->text);
    }
  return g_string_free (out, FALSE);
}
