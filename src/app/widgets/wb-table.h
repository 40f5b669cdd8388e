// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-draft.h"

G_BEGIN_DECLS

/* What was pasted, as rows and columns, and what each column means. Without a widget. */
typedef enum {
  WB_ROLE_NONE, WB_ROLE_DOMAIN, WB_ROLE_USER_NAME, WB_ROLE_FIRST_NAME, WB_ROLE_LAST_NAME,
  WB_ROLE_FULL_NAME, /* "Amara Okafor" */
  WB_ROLE_ADDRESS,   /* "amara@brightloom.example" */
  WB_N_ROLES,
} WbRole;

typedef struct {
  GPtrArray *rows; /* of GPtrArray of char *, all @columns long */
  guint columns;
  char separator;  /* '\t', ',', ';', or '\0' when there is one column */
} WbTable;

/**
 * wb_table_parse:
 * @separator: '\0' finds it
 *
 * Tab-separated text, or CSV when each line has the same number of commas or semicolons; quoted cells may
 * hold separators and line ends. Empty lines at the end are left out. Never %NULL.
 */
WbTable *wb_table_parse (const char *text, char separator);
void wb_table_free (WbTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTable, wb_table_free)
const char *wb_table_get (const WbTable *self, guint row, guint column);

/* Appends a cell as it stands in tab-separated text. */
void wb_table_quote (GString *out, const char *cell);

/**
 * wb_table_guess:
 * @roles: (array length=columns) (out): what each column most likely is
 * @header: (out): whether the first row names the columns
 */
void wb_table_guess (const WbTable *self, WbRole *roles, gboolean *header);

/**
 * wb_table_fits:
 * @cell: where the first column would go
 *
 * Returns: whether the columns can go side by side from @cell on: nothing in them looks as if it belonged elsewhere
 */
gboolean wb_table_fits (const WbTable *self, WbCell cell);

/**
 * wb_table_make_rows:
 * @roles: (array length=columns)
 * @domain: for rows that name none
 *
 * Returns: (element-type WbDraftMailbox) (transfer full): empty rows are left out; user names in lower case
 */
GPtrArray *wb_table_make_rows (const WbTable *self, const WbRole *roles, gboolean header, const char *domain);

G_END_DECLS
