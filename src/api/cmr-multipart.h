// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cmr-body-stream.h"

G_BEGIN_DECLS

/* One part of a form: text, or a picture that is opened when its turn comes. */
typedef struct {
  char *name;
  GBytes *text;         /* NULL for a picture */
  guint64 length_bytes; /* of a picture */
  CmrOpenPart open;
  gpointer data;
  GDestroyNotify destroy;
} CmrPart;

void cmr_part_free (CmrPart *self);

/**
 * cmr_multipart_check_name:
 *
 * Returns: %FALSE with %CMR_ERROR_INVALID if @name is empty, not UTF-8 or has control characters,
 *   which could end the part's header and start another
 */
gboolean cmr_multipart_check_name (const char *name, GError **error);

/* 128 random bits; no picture holds it. */
char *cmr_multipart_new_boundary (void);
char *cmr_multipart_dup_type (const char *boundary);

/**
 * cmr_multipart_new_segments:
 * @parts: (element-type CmrPart): in the order they are sent; outlives what is returned
 *
 * The part headers are ours because libsoup's let line ends through and write non-ASCII names as
 * `name*`, which form readers drop.
 *
 * Returns: (element-type CmrSegment) (nullable): the whole body, or %NULL with %CMR_ERROR_INVALID
 */
GPtrArray *cmr_multipart_new_segments (GPtrArray *parts, const char *boundary, GError **error);

G_END_DECLS
