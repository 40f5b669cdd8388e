// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui-test.h"
#include "wb-row-list-private.h"

G_BEGIN_DECLS

/* A list of rows with a model of its own, between two buttons in a window. */

#define ROW_HEIGHT 30

/* Makes each item when it is asked for, and keeps it: a million cost nothing until then. */
#define TEST_TYPE_MODEL (test_model_get_type ())
G_DECLARE_FINAL_TYPE (TestModel, test_model, TEST, MODEL, GObject)

TestModel *test_model_new (guint n);
void test_model_splice (TestModel *self, guint position, guint removed, guint added);

typedef struct {
  GtkWidget *window, *before, *scroller, *after;
  WbRowList *list;
  TestModel *model;
  GtkSelectionModel *selection;
  int height;             /* of rows that are made or bound from now on */
  guint n_alive, n_bound; /* rows there are, and how often one was bound */
  GString *told;          /* positions that were activated, each with a space */
} Rows;

Rows *rows_new (guint n, int width, int height);
void rows_free (Rows *rows);             /* checks that the list is finalized, with all of its rows */
void rows_settle (Rows *rows);           /* what changed has been laid out and drawn */
void rows_check (Rows *rows);            /* each row on the screen shows what the model says, where it is to be */
GtkWidget *rows_make (GObject *row, gpointer data);
extern const WbRowMaker rows_maker;

GtkAdjustment *rows_adjustment (Rows *rows);
double rows_value (Rows *rows);
void rows_scroll (Rows *rows, double value); /* as the scroll bar does */
guint rows_serial (Rows *rows, guint position); /* of the item there */
int rows_y (Rows *rows, guint position);     /* below the header */
gboolean rows_key (Rows *rows, guint key, GdkModifierType state);
guint rows_focus (Rows *rows);               /* position of the row that has it, or GTK_INVALID_LIST_POSITION */
char *rows_dup_selected (Rows *rows);        /* "3-5 8" */
void rows_assert_selected (Rows *rows, const char *expected);

G_END_DECLS
