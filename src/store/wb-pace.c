// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-pace-private.h"

guint
wb_pace_ms (guint ms)
{
#ifdef WB_FAULT_POINTS
  const char *text = g_getenv ("WAYBILL_PACE");
  double divisor = text != NULL ? g_ascii_strtod (text, NULL) : 1;

  if (divisor > 1)
    return MAX ((guint) (ms / divisor), 1);
#endif
  return ms;
}
