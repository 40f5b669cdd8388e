// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libsoup/soup.h>

#include "cmr-call.h"

G_BEGIN_DECLS

/* Status, Date, Retry-After and where a 3xx points. */
void cmr_reply_read_headers (CmrReply *self, SoupMessage *msg);
/* A cut answer without Content-Length looks whole to libsoup: status 200 and a short body. */
gboolean cmr_reply_looks_cut (const CmrReply *self);

G_END_DECLS
