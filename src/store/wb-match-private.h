// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-names.h"

G_BEGIN_DECLS

/* The targets of an order, folded once: thousands of files are then looked up in constant time each.
 * @targets must outlive it. */
typedef struct _WbMatcher WbMatcher;

WbMatcher *wb_matcher_new (const WbMatchTarget *targets, guint n_targets);
void wb_matcher_free (WbMatcher *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbMatcher, wb_matcher_free)
/* Letters to change, add or drop; more than @most gives @most + 1. */
guint wb_text_distance (const char *a, const char *b, guint most);
WbMatchKind wb_matcher_file (WbMatcher *self, const char *file_name, const char *folder_name, GArray *hits);
void wb_matcher_guess (WbMatcher *self, const char *file_name, GArray *hits);

G_END_DECLS
