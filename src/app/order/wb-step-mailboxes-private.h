// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-order-step.h"

G_BEGIN_DECLS

/* Of step 3 alone: wb-step-mailboxes.c and wb-mailboxes-tools.c. */
typedef struct {
  guint errors, warnings, fresh; /* rows */
} WbMailboxCounts;

struct _WbStepMailboxes {
  WbOrderStep parent_instance;

  GtkWidget *grid, *chips, *side, *quantity, *quantity_line, *each, *each_label, *make, *lack, *undo, *redo, *fill;
  gboolean side_focus;
  GPtrArray *labels; /* of the tools: hidden when narrow */
  WbMailboxCounts counts;
};

G_DECLARE_FINAL_TYPE (WbStepMailboxes, wb_step_mailboxes, WB, MAILBOXES_STEP, WbOrderStep)

/* wb-mailboxes-tools.c */
GtkWidget *wb_mailboxes_make_tools (WbStepMailboxes *self);
void wb_mailboxes_update_undo (WbStepMailboxes *self);
/* "8 on each of 3 domains" */
GtkWidget *wb_mailboxes_make_quantity (WbStepMailboxes *self);
GtkWidget *wb_mailboxes_make_lack (WbStepMailboxes *self);
void wb_mailboxes_update_quantity (WbStepMailboxes *self);
/* wb-step-mailboxes.c */
void wb_mailboxes_toggle_side (WbStepMailboxes *self);

G_END_DECLS
