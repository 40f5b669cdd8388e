// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Every width in pixels and every limit of a width class is multiplied by this. */
double wb_text_scale (void);

G_END_DECLS
