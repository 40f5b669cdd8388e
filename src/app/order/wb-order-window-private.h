// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-order-window.h"
#include "wb-width-bin.h"

G_BEGIN_DECLS

/* The steps: name of their page, title, class. */
typedef struct {
  const char *name;
  const char *title;
  GType (*get_type) (void);
} WbStepRow;
extern const WbStepRow wb_step_rows[WB_N_STEPS];

struct _WbOrderWindow {
  AdwWindow parent_instance;

  WbProfile *profile;
  WbDraft *draft;
  WbOrder *order;
  GCancellable *creating; /* while the draft is made an order */
  WbStep step;
  WbOrderStep *steps[WB_N_STEPS]; /* lent by the stack */
  int problem;                    /* the one F8 showed last */
  gboolean told_unsaved;
  char *band;
  gboolean helping, side_wanted;
  guint update_id;

  AdwToastOverlay *toasts;
  AdwWindowTitle *title;
  AdwFlap *flap;
  GtkStack *stack;
  GtkListBox *rail;
  GtkLabel *saved, *then, *due;
  GtkWidget *bin, *step_bin, *back, *next, *menu, *step_bar, *step_marks, *step_popover, *rail_place, *rail_line;
  GtkWidget *side, *foot, *foot_left, *foot_line, *foot_place;
  GtkWidget *quiet; /* what screen readers are told */
};

WbOrderStep *wb_order_window_ensure_step (WbOrderWindow *self, WbStep step);
void wb_order_window_leave_step (WbOrderWindow *self);
void wb_order_window_take_draft (WbOrderWindow *self, WbDraft *draft);

/* An order was made of it, or is being made: the steps are settled. */
gboolean wb_order_window_is_sent (WbOrderWindow *self);
void wb_order_window_stop_creating (WbOrderWindow *self);

/* The frame around the steps: rail, foot, title, side pane. */
void wb_order_window_class_bind_frame (GtkWidgetClass *widget_class);
void wb_order_window_make_rail (WbOrderWindow *self);
/* Derives everything shown around the step; coalesced into one pass. */
void wb_order_window_update (WbOrderWindow *self);
char *wb_order_window_dup_fact (WbOrderWindow *self, WbStep step);
void wb_order_window_update_foot (WbOrderWindow *self);
void wb_order_window_take_side (WbOrderWindow *self, WbOrderStep *step);
void wb_order_window_show_side (WbOrderWindow *self, gboolean show);
void wb_order_window_toggle_help (WbOrderWindow *self);
GtkWidget *wb_order_help_new (WbStep step);

G_END_DECLS
