// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-journal-private.h"
#include "wb-outbox.h"

G_BEGIN_DECLS

/* The profile owns its parts: they hold a plain pointer to it and are dropped before it. */
WbOutbox *wb_outbox_new (WbProfile *profile);
/* Under the lock, once: what was being sent becomes unknown, what was queued by another run is read back. */
void wb_outbox_start (WbOutbox *self);
/* Cancels what may still be stopped, forgets the profile; late answers are dropped safely. */
void wb_outbox_shut (WbOutbox *self);

G_END_DECLS
