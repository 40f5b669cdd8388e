// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

#include "wb-columns.h"

G_BEGIN_DECLS

/* Rows of a list as a CSV file; what wb_list_walk_async() visits with. */
typedef struct _WbExport WbExport;

/* @layout: of WbColumnPlace; @all: the columns that are not shown, and the id, too */
WbExport *wb_export_new (const WbCollectionWords *words, GArray *layout, gboolean all, GFile *file);
void wb_export_free (gpointer self);
gboolean wb_export_visit (WbRow *row, gpointer self, GError **error);
guint wb_export_get_n (WbExport *self); /* from any thread */
/* Why it could not be saved, in words; to be freed. */
char *wb_export_dup_failure (const GError *error);

typedef struct _WbExporting WbExporting;

G_END_DECLS
