// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * CmrKind:
 * @CMR_KIND_TEXT: free text
 * @CMR_KIND_ID: an opaque id
 * @CMR_KIND_INT: an integer
 * @CMR_KIND_BOOL: true or false
 * @CMR_KIND_MONEY: int64 cents, read from text or number; a third decimal is a protocol error
 * @CMR_KIND_TIME: a moment, int64 microseconds since 1970 UTC, 0 when absent
 * @CMR_KIND_DATE: a day, text "YYYY-MM-DD"
 * @CMR_KIND_WORD: a word of an open enumeration, kept as text
 * @CMR_KIND_URL: an address
 */
typedef enum {
  CMR_KIND_TEXT,
  CMR_KIND_ID,
  CMR_KIND_INT,
  CMR_KIND_BOOL,
  CMR_KIND_MONEY,
  CMR_KIND_TIME,
  CMR_KIND_DATE,
  CMR_KIND_WORD,
  CMR_KIND_URL,
} CmrKind;

typedef enum {
  CMR_FIELD_KEY = 1 << 0,        /* identifies the row */
  CMR_FIELD_SEARCHABLE = 1 << 1, /* filter as you type looks here */
  CMR_FIELD_WRITABLE = 1 << 2,   /* may be sent */
  CMR_FIELD_REQUIRED = 1 << 3,   /* an answer without it is a protocol error */
  CMR_FIELD_SECRET = 1 << 4,     /* never stored, logged or shown unasked */
  CMR_FIELD_GUESS = 1 << 5,      /* the name is inferred, not documented */
  CMR_FIELD_NEEDED = 1 << 6,     /* a write without it is refused */
} CmrFieldFlags;

/* What an absent int, bool or sum reads as. */
#define CMR_MONEY_UNKNOWN G_MININT64

/**
 * CmrField:
 * @member: name of the GObject property and database column, words joined by '-' ("first-name")
 * @json: JSON names, blank between; the first is written, all are read ("userId id")
 * @kind: how it is read, kept and written
 * @flags: what may be done with it
 *
 * One row of a resource's field table.
 */
typedef struct {
  const char *member;
  const char *json;
  CmrKind kind;
  CmrFieldFlags flags;
} CmrField;

typedef struct _CmrResource CmrResource;

/**
 * CmrResource:
 * @name: singular name, used for tables ("customer")
 * @schema: names of the schemas in openapi.yaml that it reads, blank between ("User")
 * @write_schema: (nullable): names of the schemas of what is sent ("UserCreate UserUpdate")
 * @rows: (nullable): names of the member of `data` that holds a list of these, blank between ("users data items")
 * @get_type: the class made from the table
 * @fields: the table
 * @n_fields: its length
 */
struct _CmrResource {
  const char *name;
  const char *schema;
  const char *write_schema;
  const char *rows;
  GType (*get_type) (void);
  const CmrField *fields;
  guint n_fields;
};

const CmrResource *const *cmr_resources (guint *n_resources);
const CmrField *cmr_resource_find_field (const CmrResource *resource, const char *member);

G_END_DECLS
