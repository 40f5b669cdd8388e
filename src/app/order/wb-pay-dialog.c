// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-order-window.h"

void
wb_pay_dialog_present (GtkWindow *parent, WbProfile *profile, WbOrder *order)
{
}
