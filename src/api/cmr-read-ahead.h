// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cmr-body-stream.h"

G_BEGIN_DECLS

/* Reads segments into a ring of blocks, in a thread of its own; one reader, one taker. What is held in
 * memory does not depend on the length of the body. */
typedef struct _CmrReadAhead CmrReadAhead;

/* @segments is lent and outlives it. */
CmrReadAhead *cmr_read_ahead_new (GPtrArray *segments);
/* Stops and joins the thread. */
void cmr_read_ahead_free (CmrReadAhead *self);

/**
 * cmr_read_ahead_peek:
 * @data: (out): bytes that stay valid until they are taken
 *
 * The last byte appears only when every file has been read to its end and was whole.
 *
 * Returns: how many bytes there are; 0 at the end; -1 with %G_IO_ERROR_WOULD_BLOCK, or with
 *   %CMR_ERROR_STORAGE or the opener's error if a file is not what it was
 */
gssize cmr_read_ahead_peek (CmrReadAhead *self, const guint8 **data, GError **error);
void cmr_read_ahead_take (CmrReadAhead *self, gsize length);
/* A source that is ready when peek would not block; one at a time. */
GSource *cmr_read_ahead_create_source (CmrReadAhead *self);
void cmr_read_ahead_wait (CmrReadAhead *self);

G_END_DECLS
