// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-draft.h"

G_BEGIN_DECLS

/* What a tile of the pictures step shows; one table says how each looks and reads. */
typedef enum {
  WB_TILE_EMPTY,
  WB_TILE_WORKING,
  WB_TILE_MATCHED,
  WB_TILE_PLACED,
  WB_TILE_CROPPED,
  WB_TILE_AMBIGUOUS,
  WB_TILE_CONVERTED,
  WB_TILE_SMALL,
  WB_TILE_REFUSED,
  WB_TILE_SAME,
  WB_TILE_GONE,
  WB_TILE_LEFT_BEHIND, /* a file that cannot go along with this kind of order */
  WB_N_TILE_STATES,
} WbTileState;

/* The chips and the foot. */
typedef enum { WB_TILE_CHIP_NONE, WB_TILE_CHIP_CHECK, WB_TILE_CHIP_REFUSED, WB_TILE_CHIP_READY, WB_N_TILE_CHIPS } WbTileChip;

typedef struct {
  const char *icon;
  const char *style; /* CSS class of the state line */
  const char *words; /* N_(); NULL: worked out from the file */
  const char *spoken; /* N_(), the same inside a sentence; NULL: as the words */
  WbTileChip chip;
} WbTileLook;
extern const WbTileLook wb_tile_looks[WB_N_TILE_STATES];

typedef struct {
  const WbPlacement *placement; /* (nullable) */
  const WbDraftFile *file;      /* (nullable) */
  const char *same_as;          /* (nullable): who else has this picture */
  gboolean working, gone, left_behind;
} WbTileFacts;

WbTileState wb_tile_state (const WbTileFacts *facts);
/* The state line: "Matched by name". */
char *wb_tile_dup_words (const WbTileFacts *facts);
/* The same as the end of an accessible name: "matched by name". */
char *wb_tile_dup_spoken (const WbTileFacts *facts);

/* Why a file was refused: 3 or 4 words, and whole sentences. */
char *wb_refusal_dup_short (const WbDraftFile *file);
char *wb_refusal_dup_full (const WbDraftFile *file);

G_END_DECLS
