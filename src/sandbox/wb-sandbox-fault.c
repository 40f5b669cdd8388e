// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-sandbox-private.h"

typedef struct {
  const char *name;
  gboolean stops_work; /* the request is not carried out */
  CmrOp only[3];       /* CMR_OP_NONE first: any */
} Kind;

#define ANY { CMR_OP_NONE }

static const Kind kinds[WB_N_FAULTS] = {
  [WB_FAULT_NONE] = { "none", FALSE, ANY },
  [WB_FAULT_DROP_BEFORE] = { "drop-before", TRUE, ANY },
  [WB_FAULT_DROP_AFTER] = { "drop-after", FALSE, ANY },
  [WB_FAULT_DELAY] = { "delay", FALSE, ANY },
  [WB_FAULT_STATUS] = { "status", TRUE, ANY },
  [WB_FAULT_STATUS_AFTER] = { "status-after", FALSE, ANY },
  [WB_FAULT_CUT] = { "cut", FALSE, ANY },
  [WB_FAULT_CUT_CHUNKED] = { "cut-chunked", FALSE, ANY },
  [WB_FAULT_GARBAGE] = { "garbage", FALSE, ANY },
  [WB_FAULT_SHAPE] = { "shape", FALSE, ANY },
  [WB_FAULT_EARLY] = { "early", TRUE, ANY },
  [WB_FAULT_SLOW_READ] = { "slow-read", FALSE, ANY },
  [WB_FAULT_CONFIRM_IGNORED]
  = { "confirm-ignored", FALSE,
      { CMR_OP_CREATE_ORDER_MULTIPART, CMR_OP_CREATE_ORDER_JSON, CMR_OP_NONE } },
  [WB_FAULT_PROCESS_NOT_FOUND] = { "process-not-found", TRUE, { CMR_OP_PROCESS_ORDER, CMR_OP_NONE } },
  [WB_FAULT_FORM_GONE] = { "form-gone", TRUE, { CMR_OP_CREATE_ORDER_MULTIPART, CMR_OP_NONE } },
  [WB_FAULT_NO_ANSWER] = { "no-answer", FALSE, ANY },
};

const char *
wb_sb_fault_name (WbFaultKind kind)
{
  return kind < WB_N_FAULTS ? kinds[kind].name : NULL;
}

/* WB_N_FAULTS when there is no such name. */
WbFaultKind
wb_sb_fault_from_name (const char *name)
{
  guint kind = 0;

  while (kind < WB_N_FAULTS && g_strcmp0 (kinds[kind].name, name) != 0)
    kind++;
  return (WbFaultKind) kind;
}

gboolean
wb_sb_fault_stops_work (WbFaultKind kind)
{
  return kinds[kind].stops_work;
}

gboolean
wb_sb_fault_applies (WbFaultKind kind, const CmrEndpoint *endpoint)
{
  const CmrOp *only = kinds[kind].only;

  if (*only == CMR_OP_NONE)
    return TRUE;
  for (; *only != CMR_OP_NONE; only++)
    if (*only == endpoint->op)
      return TRUE;
  return FALSE;
}

/* The first of the plan that fits, used up by one. Under the lock. */
WbFaultKind
wb_sb_take_fault (WbSandbox *self, const CmrEndpoint *endpoint, int *value)
{
  for (guint i = 0; i < self->faults->len; i++)
    {
      WbSbFault *fault = &g_array_index (self->faults, WbSbFault, i);
      WbFaultKind kind = fault->kind;

      if ((fault->operation != NULL && !g_str_equal (fault->operation, endpoint->id))
          || !wb_sb_fault_applies (kind, endpoint))
        continue;
      *value = fault->value;
      if (fault->left > 0 && --fault->left == 0)
        g_array_remove_index (self->faults, i);
      return kind;
    }
  return WB_FAULT_NONE;
}
