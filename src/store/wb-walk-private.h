// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cmr-client.h"

G_BEGIN_DECLS

/* Looks at one row; %FALSE when enough was seen. */
typedef gboolean (*WbWalkRow) (CmrObject *row, gpointer data);
/* Before each page: how many ms from now it may be asked for. */
typedef guint (*WbWalkWait) (gpointer data);

typedef struct {
  CmrOp op;
  const char *customer_id; /* (nullable) */
  const char *contains;    /* (nullable): narrows the answer where the service heeds it; never rely on absence then */
  CmrPriority priority;
  WbWalkRow row;
  WbWalkWait wait;         /* (nullable) */
  gpointer data;           /* outlives the walk */
} WbWalk;

void wb_walk_async (CmrClient *client, const WbWalk *walk, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data);
/* @whole: (out): every row was seen, or the row function had enough: what was not met is not there */
gboolean wb_walk_finish (GAsyncResult *result, gboolean *whole, GError **error);

G_END_DECLS
