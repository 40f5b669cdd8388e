// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-picture.h"

G_DEFINE_QUARK (wb - media - error - quark, wb_media_error)
