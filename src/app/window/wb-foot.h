// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The face of a row of the sidebar's foot: icon, title with a figure at its end, a dim line below. */
typedef struct {
  GtkWidget *box;
  GtkImage *icon;
  GtkLabel *title, *figure, *detail;
} WbFootFace;

void wb_foot_face_init (WbFootFace *face, const char *icon);
/* Fills it, and names the button that bears it. */
void wb_foot_face_set (WbFootFace *face, GtkWidget *button, const char *title, const char *figure, const char *detail);

G_END_DECLS
