// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmr-error.h"

G_DEFINE_QUARK (cmr-error-quark, cmr_error)
