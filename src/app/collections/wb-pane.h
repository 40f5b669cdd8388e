// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The pieces that every detail pane is laid out from: a head with title, Copy and Close, then what is added.
 * Signal "close". */
#define WB_TYPE_PANE (wb_pane_get_type ())
G_DECLARE_FINAL_TYPE (WbPane, wb_pane, WB, PANE, GtkWidget)

GtkWidget *wb_pane_new (const char *title);
void wb_pane_set_title (WbPane *self, const char *title);
/* Back instead of Close: the pane is all that is seen. */
void wb_pane_set_back (WbPane *self, gboolean back);
/* Neither: it stands where nothing closes it. */
void wb_pane_set_fixed (WbPane *self);
/* An entry of the head's Copy menu; ids come there by themselves. */
void wb_pane_add_copy (WbPane *self, const char *label, const char *text);
/* Takes everything out below the title, to be filled again; wb_pane_end() gives the focus back to the button
 * that had it. */
void wb_pane_clear (WbPane *self);
void wb_pane_end (WbPane *self);
/* A state pill with a dim sentence beside it. */
void wb_pane_add_state (WbPane *self, const char *family, const char *word, const char *text);
/* The same with words of one's own in the pill. */
void wb_pane_add_state_text (WbPane *self, const char *family, const char *word, const char *shown, const char *text);
/* Whose it is: a face, a name and an address that can be selected. */
void wb_pane_add_face (WbPane *self, const char *name, const char *address);
void wb_pane_add_text (WbPane *self, const char *text, const char *css_class);
/* A fact; an absent one has no row. */
void wb_pane_add_fact (WbPane *self, const char *label, const char *value);
/* A fact that leads somewhere: an action with a text parameter. */
void wb_pane_add_link (WbPane *self, const char *label, const char *value, const char *action, const char *target);
/* An id: head and tail shown, Copy gives all. */
void wb_pane_add_id (WbPane *self, const char *label, const char *id);
/* An entry of the Copy menu: all facts so far, a line each. */
void wb_pane_add_copy_text (WbPane *self);
void wb_pane_add_heading (WbPane *self, const char *text);
void wb_pane_add (WbPane *self, GtkWidget *widget);
/* Buttons lie side by side; a plain signal, never an action, where it sends. */
GtkWidget *wb_pane_add_button (WbPane *self, const char *label, gboolean suggested, GCallback callback, gpointer object);

G_END_DECLS
