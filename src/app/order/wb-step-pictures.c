// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-order-step.h"

struct _WbStepPictures {
  WbOrderStep parent_instance;
};

G_DECLARE_FINAL_TYPE (WbStepPictures, wb_step_pictures, WB, PICTURES_STEP, WbOrderStep)
G_DEFINE_FINAL_TYPE (WbStepPictures, wb_step_pictures, WB_TYPE_ORDER_STEP)

static void
wb_step_pictures_class_init (WbStepPicturesClass *klass)
{
}

static void
wb_step_pictures_init (WbStepPictures *self)
{
}
