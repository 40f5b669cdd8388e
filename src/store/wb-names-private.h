// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-names.h"

G_BEGIN_DECLS

WbNameBook *wb_name_book_new (WbProfile *profile);
void wb_name_book_stop (WbNameBook *self);

G_END_DECLS
