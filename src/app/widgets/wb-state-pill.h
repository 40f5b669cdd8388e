// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "wb-order.h"

G_BEGIN_DECLS

/* A state in word, icon and colour. Families: "operation", "order", "order-line", "mailbox", "domain",
 * "subscription", "name". Unknown words are shown as they are, grey. */
#define WB_TYPE_STATE_PILL (wb_state_pill_get_type ())
G_DECLARE_FINAL_TYPE (WbStatePill, wb_state_pill, WB, STATE_PILL, GtkWidget)

GtkWidget *wb_state_pill_new (void);
/* One that changes its word without a word to GTK: its parent is laid out again, and gives it the width that it has
 * then. */
GtkWidget *wb_state_pill_new_in_row (void);
int wb_state_pill_get_width (WbStatePill *self); /* with all of its word, in pixels */
const char *wb_state_pill_get_text (WbStatePill *self); /* lent */
gboolean wb_state_pill_shows_all (WbStatePill *self);   /* nothing of its word is cut off */
void wb_state_pill_set (WbStatePill *self, const char *family, const char *word);
/* With words of one's own beside the icon and colour of the state. */
void wb_state_pill_set_text (WbStatePill *self, const char *family, const char *word, const char *text);
/* Its word is never cut short, however little room there is. */
void wb_state_pill_set_whole (WbStatePill *self);

/* How wide the widest of a family would be, in pixels as text is now. */
int wb_state_pill_widest (const char *family);

/* The parts of it, for lists and screen readers. */
const char *wb_state_word_text (const char *family, const char *word); /* translated; the word itself when unknown */
const char *wb_state_icon (const char *family, const char *word);
/* Puts the state's colour class on a widget in place of another state's. */
void wb_state_add_class (GtkWidget *widget, const char *family, const char *word);
/* Which word of "order-line" a line of an order bears. */
const char *wb_order_line_word (const WbOrderDomain *line);

G_END_DECLS
