// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-store-types.h"

G_BEGIN_DECLS

/* What a key opens, before it is kept: wallet and customers are read with it. */
typedef struct {
  gint64 cents;     /* in the wallet; CMR_MONEY_UNKNOWN: the answer named none */
  gint64 customers; /* how many there are */
  gboolean known;   /* at least one of them is known to the profile, or the profile knows none at all */
} WbKeyCheck;

/**
 * wb_key_check_async:
 * @loopback: whether plain HTTP to the literal loopback is allowed: never for a live key
 * @profile: (nullable): the profile that is to get the key
 *
 * Errors: %CMR_ERROR_INVALID when address or key cannot be used (nothing was sent), else as any read.
 */
void wb_key_check_async (const char *base_url, const char *header, gboolean loopback, const char *key, WbProfile *profile,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
WbKeyCheck *wb_key_check_finish (GAsyncResult *result, GError **error); /* g_free() */

G_END_DECLS
