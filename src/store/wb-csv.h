// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Writes a CSV file as RFC 4180 has it: UTF-8, CRLF, quotes where they are needed. It comes into being beside @file and
 * takes its place when it is whole: what was there before stays until then. All of it blocks: for threads. */
typedef struct _WbCsv WbCsv;

WbCsv *wb_csv_new (GFile *file, GError **error);
/* Text that a spreadsheet would run as a formula gets a ' before it. */
void wb_csv_add_text (WbCsv *self, const char *text);
void wb_csv_add_number (WbCsv *self, gint64 number);
void wb_csv_add_money (WbCsv *self, gint64 cents); /* "-4.00" */
void wb_csv_add_time (WbCsv *self, gint64 us);     /* "2026-11-27T14:36:00Z"; 0 = empty */
void wb_csv_add_nothing (WbCsv *self);
gboolean wb_csv_end_row (WbCsv *self, GError **error);
/* Only now it is there; FALSE when it could not be written whole, and then nothing is left of it. */
gboolean wb_csv_close (WbCsv *self, GError **error);
/* What was not closed goes. */
void wb_csv_free (WbCsv *self);

G_END_DECLS
