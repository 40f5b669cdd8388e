// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-profile.h"

G_BEGIN_DECLS

/* API keys in the desktop's secret service, by profile and origin: a changed address does not find it. */

/**
 * wb_key_find_async:
 * @unlock: whether the desktop may ask for the keyring's password
 *
 * Finish gives the state and, when it is PRESENT, the key in memory that wb_key_free() clears. No service
 * at all is WB_KEY_MISSING with CMR_ERROR_STORAGE in @error, a locked keyring WB_KEY_LOCKED.
 */
void wb_key_find_async (const char *profile_id, const char *origin, gboolean unlock, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data);
WbKeyState wb_key_find_finish (GAsyncResult *result, char **key, GError **error);
void wb_key_store_async (const char *profile_id, const char *origin, const char *label, const char *key,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean wb_key_store_finish (GAsyncResult *result, GError **error);
/* All of the profile's, whatever address they are for. @unlock as above: what stays locked is not removed, and an error. */
void wb_key_forget_async (const char *profile_id, gboolean unlock, GAsyncReadyCallback callback, gpointer user_data);
gboolean wb_key_forget_finish (GAsyncResult *result, GError **error);

/* Before the first of these calls, and by them (wb-secret-service.c). */
void wb_secret_service_install (void);

G_END_DECLS
