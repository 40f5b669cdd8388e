// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "order-fixture.h"

#include "wb-collection-page-private.h"

G_BEGIN_DECLS

/* A list of the main window on a real store, in a window of its own. */

#define NAME "A & B <b> “x” %s"

typedef struct {
  Store *store;
  GtkWidget *window;
  WbCollectionPage *page;
} List;

void list_run_sql (Store *store, const char *format, ...); /* on the journal */
/* @n orders, the first the newest; the first one's customer has a name that is markup to who reads it so. */
void list_add_orders (Store *store, guint n);
List list_new (Store *store, WbCollection collection, int width);
void list_free (List *list); /* checks that it is finalized; the store goes too */
guint list_n_rows (List *list);
void list_wait_rows (List *list, guint n);
void list_wait_first (List *list, const char *id);
void list_assert_selected (List *list, const char *id);

G_END_DECLS
