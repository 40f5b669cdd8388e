// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-grid-area.h"
#include "wb-grid.h"
#include "wb-preview-cache.h"

G_BEGIN_DECLS

/* The draft's cells, then the picture. Before them stands the number, which is no cell. */
#define WB_GRID_PICTURE WB_N_CELLS
#define WB_GRID_COLUMNS (WB_N_CELLS + 1)

typedef enum { WB_DRAG_NONE, WB_DRAG_SELECT, WB_DRAG_ROWS, WB_DRAG_FILL } WbGridDrag;

struct _WbGrid {
  GtkWidget parent_instance;

  WbDraft *draft;
  GArray *rows;           /* of guint: the draft's rows that show, in order */
  char *domain;           /* the filter */
  gboolean only_problems;
  GPtrArray *problem_list;
  GHashTable *problems;   /* row × columns + column → WbProblem, of problem_list */

  WbGridCell cursor, head; /* the cell that is typed into, and the other corner of the range */
  int home_column;         /* where Enter returns to after Tab; -1 */

  /* Places, in pixels; worked out when allocated */
  GtkAdjustment *adjustments[2];
  GtkScrollablePolicy policies[2];
  int row_height, head_height, message_height;
  int x[WB_GRID_COLUMNS + 2]; /* starts: number, cells; then the end */
  gboolean allocating, follow; /* follow: the cursor is to be in view after the next allocation */

  /* Children */
  GtkWidget *proxies[2]; /* what the screen reader is told; used in turn */
  guint proxy;
  GtkWidget *entry;      /* the one, wherever it is; a bare GtkText is hidden from screen readers */
  GtkWidget *message, *message_icon, *message_label, *fix, *hint, *menu;

  /* Editing */
  gboolean editing, typed, composing, settling;
  WbProblem *live;       /* what is wrong with what is being typed */

  /* Pointer */
  GtkGesture *drag;
  WbGridDrag dragging;
  WbGridCell fill_to;
  int drop_row;          /* over whose picture something hovers; -1 */

  /* Pictures */
  WbPreviewCache *previews;
  GCancellable *cancellable;
  GskRenderNode *ring;   /* the empty one */
  GdkRGBA ring_colour;
  int choosing_row;
  char *copied;          /* what we put on the clipboard last */
};

/* wb-grid.c: rows and cells */
int wb_grid_n_rows (WbGrid *self);                     /* with the empty one at the end */
int wb_grid_n_filled (WbGrid *self);                   /* without */
int wb_grid_draft_row (WbGrid *self, int row);         /* -1: the empty one */
const char *wb_grid_text (WbGrid *self, int row, int column);
char *wb_grid_dup_shown (WbGrid *self, int row, int column);
char *wb_grid_dup_stored (int column, const char *text); /* what the draft holds of what was typed */
void wb_grid_set_text (WbGrid *self, int row, int column, const char *text); /* within begin and end */
/* A row that has nothing but its domain yet: what it lacks is not pointed at. */
gboolean wb_grid_is_fresh (WbGrid *self, int row);
const WbProblem *wb_grid_problem (WbGrid *self, int row, int column);
/* What the cursor's cell has to say: of what is typed, or of what stands there. */
const WbProblem *wb_grid_message (WbGrid *self);
WbGridArea wb_grid_get_area (WbGrid *self);
void wb_grid_go (WbGrid *self, WbGridCell to, gboolean extend);
gboolean wb_grid_step (WbGrid *self, WbGridMove move, gboolean extend);
void wb_grid_say (WbGrid *self, const char *text);
void wb_grid_rebuild (WbGrid *self);
const char *wb_grid_column_title (int column);

/* wb-grid-layout.c */
void wb_grid_layout_class_init (GtkWidgetClass *widget_class);
void wb_grid_layout_dispose (WbGrid *self);
void wb_grid_set_adjustment (WbGrid *self, GtkOrientation orientation, GtkAdjustment *adjustment);
int wb_grid_row_y (WbGrid *self, int row);             /* in the widget, scrolled */
int wb_grid_row_at (WbGrid *self, double y);           /* clamped; -1 above the first */
int wb_grid_column_at (WbGrid *self, double x);        /* -1: the number; clamped */
void wb_grid_get_cell_rect (WbGrid *self, int row, int column, GdkRectangle *rect);
void wb_grid_get_handle_rect (WbGrid *self, GdkRectangle *rect);
void wb_grid_scroll_to (WbGrid *self, int row, int column);
void wb_grid_queue (WbGrid *self);                     /* something moved: allocate and draw again */
int wb_grid_page (WbGrid *self);

/* wb-grid-draw.c */
void wb_grid_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);

/* wb-grid-proxy.c: focus and screen reader */
void wb_grid_proxy_init (WbGrid *self);
void wb_grid_proxy_update (WbGrid *self);              /* the cursor moved or its cell changed */
gboolean wb_grid_has_cursor (WbGrid *self);            /* the focus is in the grid */
gboolean wb_grid_focus (GtkWidget *widget, GtkDirectionType direction);
gboolean wb_grid_grab_focus (GtkWidget *widget);
gboolean wb_grid_leave (WbGrid *self, GtkDirectionType direction);

/* wb-grid-edit.c */
void wb_grid_edit_init (WbGrid *self);
void wb_grid_edit_start (WbGrid *self, gboolean empty);
gboolean wb_grid_edit_key (WbGrid *self, guint keyval, GdkModifierType state);
void wb_grid_message_update (WbGrid *self);
gboolean wb_grid_take_fix (WbGrid *self);

/* wb-grid-keys.c, wb-grid-pointer.c */
void wb_grid_keys_init (WbGrid *self);
void wb_grid_keys_class_init (GtkWidgetClass *widget_class);
void wb_grid_pointer_init (WbGrid *self);
void wb_grid_show_menu (WbGrid *self, double x, double y);

/* wb-grid-clip.c: acts on the range */
void wb_grid_copy (WbGrid *self);
void wb_grid_cut (WbGrid *self);
void wb_grid_clear (WbGrid *self);
void wb_grid_fill_down (WbGrid *self);
void wb_grid_fill_to (WbGrid *self, const WbGridArea *target);
void wb_grid_remove_rows (WbGrid *self);

/* wb-grid-picture.c */
void wb_grid_picture_init (WbGrid *self);
void wb_grid_picture_set_draft (WbGrid *self);
void wb_grid_picture_dispose (WbGrid *self);
void wb_grid_draw_picture (WbGrid *self, GtkSnapshot *snapshot, int row, const GdkRectangle *cell, const GdkRGBA *colour);
void wb_grid_choose_picture (WbGrid *self);
char *wb_grid_dup_picture_words (WbGrid *self, int row);

G_END_DECLS
