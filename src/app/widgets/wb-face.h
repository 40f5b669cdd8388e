// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The initials of a name on a disc, as AdwAvatar shows them, for lists: another name costs nothing before it is drawn,
 * and nothing is laid out again. Screen readers pass it over. */
#define WB_TYPE_FACE (wb_face_get_type ())
G_DECLARE_FINAL_TYPE (WbFace, wb_face, WB, FACE, GtkWidget)

GtkWidget *wb_face_new (int size); /* pixels */
void wb_face_set_name (WbFace *self, const char *name); /* "": a neutral head */

G_END_DECLS
