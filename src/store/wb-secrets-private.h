// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-outbox-private.h"

G_BEGIN_DECLS

/* What of a request is never written (security.md, 11): it stays in memory with its operation, and the journal has
 * a mark in its place. What is gone with an earlier run is asked for again; a mark is never sent. */
/* Takes them out of @request. Returns: (transfer full) (nullable): nothing of it is secret */
WbSecrets *wb_secrets_take (WbRequest *request);
WbSecrets *wb_secrets_ref (WbSecrets *self);
void wb_secrets_unref (WbSecrets *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSecrets, wb_secrets_unref)
/* @self: (nullable). FALSE: what @frozen needs is not there, or is not what it was; then it may not be sent. */
gboolean wb_secrets_fill (WbSecrets *self, WbFrozen *frozen);

gboolean wb_secrets_is_name (const char *name);
/* @text with @mark in place of each secret; NULL where it has none. */
char *wb_secrets_blank (const char *text, const char *mark);

G_END_DECLS
