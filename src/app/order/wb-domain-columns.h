// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Places name, answer, act, price and remove of a domain, in this order of children: side by side, or the answer
 * under the name, or in two lines, as the width allows. */
#define WB_TYPE_DOMAIN_COLUMNS (wb_domain_columns_get_type ())
G_DECLARE_FINAL_TYPE (WbDomainColumns, wb_domain_columns, WB, DOMAIN_COLUMNS, GtkLayoutManager)

/* @heading: titles over the columns: nothing where there are none */
GtkLayoutManager *wb_domain_columns_new (gboolean heading);

G_END_DECLS
