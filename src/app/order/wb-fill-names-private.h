// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-fill-names.h"
#include "wb-fill-plan.h"

G_BEGIN_DECLS

/* Of the files wb-fill-names*.c alone. */
struct _WbFillNames {
  GtkWidget parent_instance;

  WbDraft *draft;
  GtkWidget *box, *people, *pattern, *where, *all, *examples, *note, *fill;
  WbFillPlan *plan;
  guint plan_id;
  gboolean updating, started;
};

void wb_fill_names_build (WbFillNames *self); /* wb-fill-names-build.c */
/* wb-fill-names.c */
void wb_fill_names_plan_soon (WbFillNames *self);
void wb_fill_names_fill (WbFillNames *self);
void wb_fill_names_toggle_all (WbFillNames *self);
void wb_fill_names_toggle_row (GtkListBox *list, GtkListBoxRow *row);
void wb_fill_names_close (WbFillNames *self);
void wb_fill_names_start (WbFillNames *self);

G_END_DECLS
