// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-names.h"

G_BEGIN_DECLS

WbNameBook *wb_name_book_new (WbProfile *profile);
/* Cancels what is under way, tells that it is not known, and forgets the profile. */
void wb_name_book_stop (WbNameBook *self);
/* An answer as if the service had given it: for tests of what rests on answers. */
void wb_name_book_put (WbNameBook *self, const char *domain, const char *provider, const WbNameAnswer *answer);

G_END_DECLS
