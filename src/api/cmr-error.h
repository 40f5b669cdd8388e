// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CMR_ERROR (cmr_error_quark ())

/**
 * CmrError:
 * @CMR_ERROR_OFFLINE: the service was not reached, nothing was sent; wait
 * @CMR_ERROR_UNKNOWN: a writing request got no clear answer; ask the server, never send again
 * @CMR_ERROR_SIGNED_OUT: 401, the key is not accepted
 * @CMR_ERROR_DENIED: 403, or the profile is read-only
 * @CMR_ERROR_NOT_FOUND: 404, 405 or 410
 * @CMR_ERROR_INVALID: 400, 413, 415 or 422, or refused before sending; something has to be corrected
 * @CMR_ERROR_CONFLICT: 409, or an open operation of the same kind and target exists
 * @CMR_ERROR_FUNDS: 402, the wallet is too low
 * @CMR_ERROR_BUSY: 429, the service asks for a pause
 * @CMR_ERROR_TROUBLE: 5xx, a time-out or a cut answer of a read
 * @CMR_ERROR_PROTOCOL: an answer that cannot be understood
 * @CMR_ERROR_STORAGE: the local database or a file failed
 * @CMR_ERROR_FORGOTTEN: what was kept in memory only is gone; enter it again
 *
 * Codes say what the user can do next. Messages are English, for the log only.
 */
typedef enum {
  CMR_ERROR_OFFLINE,
  CMR_ERROR_UNKNOWN,
  CMR_ERROR_SIGNED_OUT,
  CMR_ERROR_DENIED,
  CMR_ERROR_NOT_FOUND,
  CMR_ERROR_INVALID,
  CMR_ERROR_CONFLICT,
  CMR_ERROR_FUNDS,
  CMR_ERROR_BUSY,
  CMR_ERROR_TROUBLE,
  CMR_ERROR_PROTOCOL,
  CMR_ERROR_STORAGE,
  CMR_ERROR_FORGOTTEN,
} CmrError;

GQuark cmr_error_quark (void);
CmrError cmr_error_from_status (guint status);

/**
 * cmr_error_dup_service_text:
 * @body: (nullable): what came with a refusal
 *
 * Returns: (nullable): the service's own words, one line without control characters, to be shown as
 *   what they are: text from outside
 */
char *cmr_error_dup_service_text (GBytes *body);

G_END_DECLS
