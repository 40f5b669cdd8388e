// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-operation.h"

G_BEGIN_DECLS

/* The one outcome table (design.md, Operations 4), walked by one test. Pure.
 *
 * `again`: may be queued again by itself (idempotent writes on 429 and 503; a free or paid one that was
 * not sent and that nobody saw fail). */
typedef struct {
  WbState state;
  WbReason reason;
  gboolean again;
} WbOutcome;

WbOutcome wb_outcome_decide (const CmrEndpoint *endpoint, gboolean paid, CmrSent sent, guint status,
                             gboolean body_names_what_it_made, gboolean stopped);

G_END_DECLS
