// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-picture.h"

#include <stdio.h>

#include <jpeglib.h>

G_BEGIN_DECLS

/* The coefficients of a JPEG that comes in several scans, held as small as decoding allows. For one
 * decoder; to be cleared before that is destroyed. */
typedef struct {
  const WbPictureInfo *info;
  guint divisor;
  guint made;
  struct jvirt_barray_control *first;
  void (*realize) (j_common_ptr jpeg);
} WbBlocks;

/* After jpeg_create_decompress(); do_block_smoothing is to be off. Takes the decoder's client_data. */
void wb_blocks_use (WbBlocks *self, j_decompress_ptr jpeg, const WbPictureInfo *info,
                    guint divisor);
void wb_blocks_clear (WbBlocks *self);

G_END_DECLS
