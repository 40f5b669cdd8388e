// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libsoup/soup.h>

#include "cmr-call.h"

G_BEGIN_DECLS

/* Status, Date, Retry-After and where a 3xx points. */
void cmr_reply_read_headers (CmrReply *self, SoupMessage *msg);

G_END_DECLS
