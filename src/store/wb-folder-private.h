// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* wb_name_fold() for many texts. */
typedef struct _WbFolder WbFolder;

WbFolder *wb_folder_new (void);
void wb_folder_free (WbFolder *self);
void wb_folder_append (WbFolder *self, GString *out, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbFolder, wb_folder_free)

G_END_DECLS
