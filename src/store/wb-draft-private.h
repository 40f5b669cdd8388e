// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-draft.h"
#include "wb-journal-private.h"

G_BEGIN_DECLS

WbDrafts *wb_drafts_new (WbProfile *profile);
/* Writes what is not written, cancels workers, forgets the profile. */
void wb_drafts_stop (WbDrafts *self);

G_END_DECLS
