// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cmr-endpoint.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where a key may go. All of these give CMR_ERROR_INVALID. */

/* https; http only to a literal loopback address and only with @loopback. Without a slash at its end. */
GUri *cmr_origin_parse_base (const char *base_url, gboolean loopback, GError **error);
/* scheme://host:port, the port always written. */
char *cmr_origin_dup (GUri *uri);
/* (nullable) @header: NULL stands for the default one */
gboolean cmr_origin_check_header (const char *header, GError **error);
/* A relative path that cannot be taken for another place, nor for a paid or destructive operation. */
gboolean cmr_origin_check_override (CmrOp op, const char *path, GError **error);

G_END_DECLS
