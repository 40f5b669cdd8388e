// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-columns.h"
#include "wb-row-set.h"

G_BEGIN_DECLS

/* Rows that keep their objects when another question is asked. */
#define HEAD 256

/* GTK's own selections follow row objects, which a WbListModel keeps by position, and would make one for each row that
 * is selected; this one follows numbers and makes none.
 *
 * Several rows that a filter hides, or that went, are selected no longer: what is done to a selection is done to what
 * is seen, and a selection that grows when a filter goes would not be (file managers do the same). One row alone is
 * what the pane shows; that stays, and is there again without the filter. */
struct _WbRowSelection {
  GObject parent_instance;

  gboolean choosing, shows_checks;
  WbListModel *model;
  WbRowSet set;
  guint n_selected; /* of those that the list has now */
  gint64 rowid;     /* the row that was selected last, -1 = none */
  gint64 anchor;    /* where a range begins */
  guint position;   /* of @rowid */
  guint last;       /* where it stood before it went */
  char *id;
  WbRow *awaited;   /* its id is being read */
  guint8 head[HEAD]; /* what a view was last told of the first rows */
};

/* wb-row-selection.c */
void wb_row_selection_take_position (WbRowSelection *self, guint position);
void wb_row_selection_take_count (WbRowSelection *self, guint n);

/* wb-row-selection-choose.c */
void wb_row_selection_init_choosing (GtkSelectionModelInterface *iface);
/* A filter hides some: they would count again as soon as it goes. */
void wb_row_selection_forget_hidden (WbRowSelection *self);

static inline gint64
wb_row_selection_rowid_at (WbRowSelection *self, guint position)
{
  return wb_list_model_get_rowid (self->model, position);
}

static inline guint
wb_row_selection_n_rows (WbRowSelection *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->model));
}

G_END_DECLS
