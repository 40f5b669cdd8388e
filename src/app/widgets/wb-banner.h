// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Bold cause, then consequence, one button; texts are never markup. Signal "clicked". */
#define WB_TYPE_BANNER (wb_banner_get_type ())
G_DECLARE_FINAL_TYPE (WbBanner, wb_banner, WB, BANNER, GtkWidget)

GtkWidget *wb_banner_new (void);
/* @button: (nullable): its label */
void wb_banner_show (WbBanner *self, const char *icon, const char *cause, const char *consequence, const char *button);
/* @kind: accent, warning, error or unknown: the colour of its wash */
void wb_banner_set_kind (WbBanner *self, const char *kind);
/* For little room: the cause alone, what it means behind a button, and the button below. */
void wb_banner_set_compact (WbBanner *self, gboolean compact);
/* A consequence that would take more than three lines is behind a button; shorter ones are told as ever. */
void wb_banner_set_narrow (WbBanner *self, gboolean narrow);
void wb_banner_hide (WbBanner *self);

G_END_DECLS
