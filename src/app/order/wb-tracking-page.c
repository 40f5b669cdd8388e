// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-order-window.h"

GtkWidget *
wb_tracking_page_new (WbProfile *profile, WbOrder *order)
{
  return gtk_label_new (NULL);
}
