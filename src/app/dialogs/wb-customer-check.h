// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum { WB_CUSTOMER_WHO, WB_CUSTOMER_ADDRESS, WB_CUSTOMER_PHONE, WB_N_CUSTOMER_GROUPS } WbCustomerGroup;
typedef enum { WB_CUSTOMER_TEXT, WB_CUSTOMER_EMAIL, WB_CUSTOMER_DIGITS } WbCustomerKind;

/* One table: the form, what is sent and what is wrong with it all come from here. */
typedef struct {
  const char *member;
  const char *title; /* N_() */
  WbCustomerGroup group;
  WbCustomerKind kind;
  gboolean required;
  guint least, most; /* digits, 0 = any number */
} WbCustomerField;

#define WB_N_CUSTOMER_FIELDS 10
extern const WbCustomerField wb_customer_fields[WB_N_CUSTOMER_FIELDS];

/**
 * wb_customer_field_check:
 *
 * Returns: (nullable) (transfer full): what is wrong with @text, translated; "" when it is merely still empty
 */
char *wb_customer_field_check (const WbCustomerField *field, const char *text);
/* (nullable): the field that a refusal of the service names by its JSON name. */
const WbCustomerField *wb_customer_field_named (const char *refusal);

G_END_DECLS
