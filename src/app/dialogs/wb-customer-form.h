// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "wb-profile.h"

G_BEGIN_DECLS

/* Who, Address, Phone. Used by the dialog and by the wizard's first step. Saving is an operation of its own;
 * signal "saved" (id, name, e-mail) when the service has answered. Property "can-save". */
#define WB_TYPE_CUSTOMER_FORM (wb_customer_form_get_type ())
G_DECLARE_FINAL_TYPE (WbCustomerForm, wb_customer_form, WB, CUSTOMER_FORM, GtkWidget)

/* @customer_id: (nullable): which one is changed; %NULL makes a new one */
GtkWidget *wb_customer_form_new (WbProfile *profile, const char *customer_id);
gboolean wb_customer_form_get_can_save (WbCustomerForm *self);
/* Whether something was typed that would be lost. */
gboolean wb_customer_form_is_changed (WbCustomerForm *self);
/* Journals and sends; called by a button's plain signal, never by an action. */
void wb_customer_form_save (WbCustomerForm *self);

G_END_DECLS
