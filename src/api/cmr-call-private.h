// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cmr-body-stream.h"

G_BEGIN_DECLS

const CmrEndpoint *cmr_call_get_endpoint (CmrCall *self);
CmrPriority cmr_call_get_priority (CmrCall *self);
GBytes *cmr_call_get_json (CmrCall *self); /* (nullable) */

/**
 * cmr_call_check:
 *
 * What is refused before anything is sent: missing or unknown parameters, an empty list of targets,
 * which the service would take as "all", a body that is both form and JSON, and part names that cannot
 * be written.
 *
 * Returns: %FALSE with %CMR_ERROR_INVALID
 */
gboolean cmr_call_check (CmrCall *self, GError **error);

/* As cmr_call_dup_target(), with another path below the base address. */
char *cmr_call_dup_target_at (CmrCall *self, const char *path);

/**
 * cmr_call_new_body:
 * @type: (out): its Content-Type
 *
 * Returns: (nullable): a fresh body, or %NULL where the call has none
 */
CmrBodyStream *cmr_call_new_body (CmrCall *self, char **type);

G_END_DECLS
