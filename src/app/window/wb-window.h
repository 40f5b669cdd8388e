// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "wb-list.h"
#include "wb-profile.h"

G_BEGIN_DECLS

/* The main window: first run, or sidebar and pages of one profile. */
#define WB_TYPE_WINDOW (wb_window_get_type ())
G_DECLARE_FINAL_TYPE (WbWindow, wb_window, WB, WINDOW, AdwApplicationWindow)

WbWindow *wb_window_new (GtkApplication *application);
void wb_window_show_first_run (WbWindow *self);
void wb_window_set_profile (WbWindow *self, WbProfile *profile); /* NULL: an empty window */
/* Size and page, for the next start. */
void wb_window_remember (WbWindow *self);
WbProfile *wb_window_get_profile (WbWindow *self); /* (nullable) */
void wb_window_show_section (WbWindow *self, WbCollection collection);
/* Goes to the section and selects the row with this id. */
void wb_window_select (WbWindow *self, WbCollection collection, const char *id);
/* Goes to the section and searches it. */
void wb_window_search (WbWindow *self, WbCollection collection, const char *text);
/* Goes to the section and shows only rows whose field is @name: those of a customer, of a domain. */
void wb_window_show_rows_of (WbWindow *self, WbCollection collection, const char *field, const char *name);
/* The requests whose end is not known, in Activity. */
void wb_window_show_unknown (WbWindow *self);
/* What an earlier run left waiting: the one, or all of them. */
void wb_window_show_found (WbWindow *self);
void wb_window_toast (WbWindow *self, const char *text);
/* The same for what can be taken back: @undo is called with @object, which it does not hold. @undo NULL: none. */
void wb_window_toast_undo (WbWindow *self, const char *text, GCallback undo, gpointer object);
/* With a button that shows where @file is. */
void wb_window_toast_file (WbWindow *self, const char *text, GFile *file);
void wb_window_announce (WbWindow *self, const char *text, gboolean alert);

G_END_DECLS
