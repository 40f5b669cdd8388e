// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cmr-call.h"

G_BEGIN_DECLS

typedef struct {
  gboolean tells;  /* it parses, and names what it made where it has to */
  char *made_id;   /* (nullable) */
  char *left_out;  /* (nullable): domains that could not be had, blank between */
} WbAnswer;

WbAnswer *wb_answer_read (CmrOp op, const char *target, GBytes *body);
void wb_answer_free (WbAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbAnswer, wb_answer_free)
/* Whether a 2xx of it names a new order. */
gboolean wb_answer_makes_order (CmrOp op);

G_END_DECLS
