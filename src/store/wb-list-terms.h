// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-sync.h"

G_BEGIN_DECLS

/* What can be asked of a list in words: "oak -brightloom state:failed due:<30d charge:50..100 customer:"Oak Inc"". */

/**
 * WbListFieldKind:
 * @WB_LIST_FIELD_WORD: one of few words; several with commas between: any of them
 * @WB_LIST_FIELD_TEXT: words that it holds; "=" before them: the whole of it
 * @WB_LIST_FIELD_MONEY: cents, written as 12.50
 * @WB_LIST_FIELD_PAST: a moment behind us, microseconds since 1970 UTC: "<30d" is less than 30 days ago
 * @WB_LIST_FIELD_FUTURE: a moment ahead of us: "<30d" is within 30 days, and whatever is over already
 */
typedef enum {
  WB_LIST_FIELD_WORD,
  WB_LIST_FIELD_TEXT,
  WB_LIST_FIELD_NUMBER,
  WB_LIST_FIELD_MONEY,
  WB_LIST_FIELD_PAST,
  WB_LIST_FIELD_FUTURE,
  WB_LIST_FIELD_BOOL,
} WbListFieldKind;

typedef struct {
  const char *name;   /* as it is typed */
  const char *column; /* of the list's query; understood too */
  WbListFieldKind kind;
} WbListField;

/* (array length=n): those whose column the list has, as pointers; to be freed, what it points to is static. */
const WbListField **wb_list_fields (WbCollection collection, guint *n);
/* By name or column, case folded; NULL: no such field. */
const WbListField *wb_list_field_find (WbCollection collection, const char *name);

typedef enum {
  WB_LIST_HAS,  /* text: all of the words; a word: one of them; yes or no */
  WB_LIST_EQUAL,
  WB_LIST_LESS,
  WB_LIST_AT_MOST,
  WB_LIST_MORE,
  WB_LIST_AT_LEAST,
  WB_LIST_BETWEEN, /* both included; one of them may be "" */
} WbListOp;

typedef struct {
  const WbListField *field; /* NULL: a plain word, or several in quotes */
  WbListOp op;
  gboolean negated;
  char *text; /* the value as it was typed */
  char *to;   /* of WB_LIST_BETWEEN, else NULL */
} WbListTerm;

void wb_list_term_free (WbListTerm *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbListTerm, wb_list_term_free)

/**
 * wb_list_terms_parse:
 *
 * Never fails: what is no term of a field that the list has is a plain word. A field without a value yet
 * ("state:", "due:<") is left out, so that a list does not flicker while it is typed.
 *
 * Returns: (transfer full) (element-type WbListTerm):
 */
GPtrArray *wb_list_terms_parse (WbCollection collection, const char *text);
/* One term; NULL when the value is none of the field's kind. @to for WB_LIST_BETWEEN. */
WbListTerm *wb_list_term_new (const WbListField *field, WbListOp op, const char *text, const char *to, gboolean negated);
/* As it is typed: parsing it gives the term again. */
char *wb_list_term_to_text (const WbListTerm *self);
char *wb_list_terms_to_text (GPtrArray *terms);
gboolean wb_list_term_equal (const WbListTerm *a, const WbListTerm *b);

/* Plain words, which the searched text answers. */
gboolean wb_list_term_is_words (const WbListTerm *self);
/* What of it the searched text answers: its plain words, "-" before those that must not be there. */
char *wb_list_terms_dup_words (GPtrArray *terms);

/**
 * wb_list_term_to_sql:
 * @params: (element-type utf8): what is to be bound is added as text; ?2 is the first of them
 *
 * Dates are those of now and of the local time zone. What is not known is never let through but by a negated term.
 *
 * Returns: (transfer full) (nullable): a condition over the columns; %NULL for what wb_list_terms_dup_words() tells
 */
char *wb_list_term_to_sql (const WbListTerm *self, GPtrArray *params);
/* The same at a time, in microseconds since 1970. */
char *wb_list_term_to_sql_at (const WbListTerm *self, GPtrArray *params, gint64 now);

/* Whether @text is a value of the field's kind: a word, 12, 12.50, 30d, 2026-12-01, today, yes. */
gboolean wb_list_field_takes (const WbListField *field, const char *text);

G_END_DECLS
