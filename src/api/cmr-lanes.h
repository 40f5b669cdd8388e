// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * CmrLanes:
 *
 * Sessions for one request at a time. When a reused connection dies, libsoup 3.2 puts its GET back into
 * the session's queue and tells of the failure by a callback of its own; if another request of the same
 * session gets its connection in between, the queue runs first, the failure ends the second try instead of
 * the first, and its answer a request that is gone: a critical or a crash. Alone in its session a request
 * has nobody who could come in between, and connections are still kept for the next one.
 */
typedef struct _CmrLanes CmrLanes;

/* @direct: never by a proxy */
CmrLanes *cmr_lanes_new (gboolean direct);
CmrLanes *cmr_lanes_ref (CmrLanes *self);
void cmr_lanes_unref (CmrLanes *self);
/* Returns: (transfer full): a session that nobody else uses, the one used last if it is free */
SoupSession *cmr_lanes_take (CmrLanes *self);
/* Takes @session, whose request has come to its end, with its connection. One whose request failed is
 * better forgotten. */
void cmr_lanes_give_back (CmrLanes *self, SoupSession *session);

G_END_DECLS
