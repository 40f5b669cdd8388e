// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "wb-draft.h"

G_BEGIN_DECLS

/* Where visitors of one name go; a popover. */
GtkWidget *wb_domain_forward_new (WbDraft *draft, const char *name);

/* A web address as it was typed: "https://" is put before what has no scheme; "" stays. */
char *wb_domain_dup_address (const char *typed);

G_END_DECLS
