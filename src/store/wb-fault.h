// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "config.h"

/* A named moment at which the chaos suite may kill the program: WAYBILL_KILL_AT="name[:n]" ends it by
 * SIGKILL when the point is passed for the n-th time; WAYBILL_LIST_POINTS=FILE appends each name passed.
 * Compiled out of release builds. */
#ifdef WB_FAULT_POINTS
void wb_fault_point (const char *name);
#define WB_FAULT_POINT(name) wb_fault_point (name)
#else
#define WB_FAULT_POINT(name) ((void) 0)
#endif
