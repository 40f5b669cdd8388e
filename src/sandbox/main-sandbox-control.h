// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libsoup/soup.h>

#include "wb-sandbox.h"

G_BEGIN_DECLS

/* Steering from outside, for test programs that cannot be in the same process: POST /fault, /clear,
 * /wallet, /speed; GET /ledger, /pictures, /counts. Loopback only, never to web pages. */
SoupServer *wb_sandbox_control_new (WbSandbox *sandbox, guint16 port, GError **error);
guint16 wb_sandbox_control_get_port (SoupServer *control);

G_END_DECLS
