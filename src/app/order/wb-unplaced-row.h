// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-preview-cache.h"

G_BEGIN_DECLS

typedef enum { WB_UNPLACED_USE, WB_UNPLACED_CHOOSE, WB_UNPLACED_REMOVE } WbUnplacedAct;

/* A row of the list of what is not placed: picture, name, whose it may be, and the one thing to do. It can be
 * dragged. Looking for whose it may be costs something, so that it is done for rows in view only. Signal
 * "act" (guint WbUnplacedAct). */
#define WB_TYPE_UNPLACED_ROW (wb_unplaced_row_get_type ())
G_DECLARE_FINAL_TYPE (WbUnplacedRow, wb_unplaced_row, WB, UNPLACED_ROW, GtkWidget)

GtkWidget *wb_unplaced_row_new (WbDraft *draft, WbPreviewCache *previews);
void wb_unplaced_row_set_file (WbUnplacedRow *self, guint file); /* 0 for none */
guint wb_unplaced_row_get_file (WbUnplacedRow *self);
int wb_unplaced_row_get_guess (WbUnplacedRow *self); /* row of the mailbox, -1 */
void wb_unplaced_row_refresh (WbUnplacedRow *self, gboolean in_view, gboolean again);

/* What to do with a file, whose it may be (-1: nobody or several), and a line that says so. */
WbUnplacedAct wb_unplaced_judge (WbDraft *draft, guint file, int *row, char **line);
/* The first mailbox of an address; -1 */
int wb_picture_find_address (WbDraft *draft, const char *address);
/* What the owner of a mailbox is called. */
char *wb_picture_dup_who (WbDraft *draft, guint row);

G_END_DECLS
