// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-order-step.h"

struct _WbStepReview {
  WbOrderStep parent_instance;
};

G_DECLARE_FINAL_TYPE (WbStepReview, wb_step_review, WB, REVIEW_STEP, WbOrderStep)
G_DEFINE_FINAL_TYPE (WbStepReview, wb_step_review, WB_TYPE_ORDER_STEP)

static void
wb_step_review_class_init (WbStepReviewClass *klass)
{
}

static void
wb_step_review_init (WbStepReview *self)
{
}
