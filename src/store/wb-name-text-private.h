// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Lower case, no accents, special Latin letters written out; separators stay as they are. */
char *wb_name_plain (const char *text);
char *wb_name_german (const char *text);
/* A name that the order takes: labels of letters, digits and hyphens, an ending of letters (DomainName). */
gboolean wb_name_is_domain (const char *domain);

G_END_DECLS
