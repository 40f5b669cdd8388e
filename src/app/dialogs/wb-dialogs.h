// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "wb-profile.h"

G_BEGIN_DECLS

/* Small windows over another one. */
void wb_preferences_present (GtkWindow *parent, GSettings *settings, WbProfile *profile); /* (nullable) */
void wb_shortcuts_present (GtkWindow *parent);
void wb_about_present (GtkWindow *parent);
/* Creates (@customer_id NULL) or edits a customer; its sending button is a plain signal. */
void wb_customer_dialog_present (GtkWindow *parent, WbProfile *profile, const char *customer_id);
/* Asks before a draft and its pictures go. @customer: name as text, "" for none */
void wb_draft_dialog_present (GtkWindow *parent, WbProfile *profile, const char *draft_id, const char *customer);
/* Asks before a profile goes, which @parent shows: it is closed then. @cancellable: cancelled with @parent */
void wb_forget_dialog_present (GtkWindow *parent, WbProfile *profile, GCancellable *cancellable);
/* "Add Order by Id…" */
void wb_add_order_dialog_present (GtkWindow *parent, WbProfile *profile);
/* How to unlock, for how long; the unlocking button is a plain signal. */
void wb_unlock_dialog_present (GtkWindow *parent, WbProfile *profile);
/* Enters a key: a new profile (@profile NULL), or another key for this one. */
void wb_key_dialog_present (GtkWindow *parent, WbProfile *profile);

G_END_DECLS
