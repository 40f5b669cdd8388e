// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

#include "cmr-field.h"

G_BEGIN_DECLS

/* Base of all resource objects. Its subclasses differ by their field table alone: properties, JSON
 * both ways and database columns come from it. */
#define CMR_TYPE_OBJECT (cmr_object_get_type ())
G_DECLARE_DERIVABLE_TYPE (CmrObject, cmr_object, CMR, OBJECT, GObject)

struct _CmrObjectClass {
  GObjectClass parent_class;
  const CmrResource *resource;
};

void cmr_object_class_set_resource (CmrObjectClass *klass, const CmrResource *resource);

CmrObject *cmr_object_new (const CmrResource *resource);
CmrObject *cmr_object_new_from_json (const CmrResource *resource, JsonObject *json, GError **error);
const CmrResource *cmr_object_get_resource (CmrObject *self);

/* Values by member name; text is lent and "" when absent, never NULL. */
const char *cmr_object_get_text (CmrObject *self, const char *member);
gint64 cmr_object_get_int (CmrObject *self, const char *member);
gboolean cmr_object_get_bool (CmrObject *self, const char *member);
gint64 cmr_object_get_cents (CmrObject *self, const char *member);
gint64 cmr_object_get_time (CmrObject *self, const char *member);
/* The field at @place in the table, as it is: @text (lent) or @number by its kind. FALSE where it has none. */
gboolean cmr_object_get_nth (CmrObject *self, guint place, const char **text, gint64 *number);
gboolean cmr_object_has (CmrObject *self, const char *member);
void cmr_object_set_text (CmrObject *self, const char *member, const char *text);
void cmr_object_set_int (CmrObject *self, const char *member, gint64 value);

/* The WRITABLE fields that are present, first JSON name, as one object. */
JsonObject *cmr_object_to_json (CmrObject *self);

/* How many members without a field were dropped while reading (names only are counted). */
guint cmr_object_get_dropped (CmrObject *self);

/**
 * cmr_money_parse:
 * @node: a JSON number or text
 * @cents: (out): the sum in cents
 *
 * Returns: %FALSE with %CMR_ERROR_PROTOCOL if it is no sum of at most two decimals
 */
gboolean cmr_money_parse (JsonNode *node, gint64 *cents, GError **error);

/* The gate before json-glib (16 MiB, nesting 64), then the parser. */
JsonNode *cmr_json_parse (GBytes *bytes, GError **error);

#define CMR_TYPE_CUSTOMER (cmr_customer_get_type ())
#define CMR_TYPE_DOMAIN (cmr_domain_get_type ())
#define CMR_TYPE_MAILBOX (cmr_mailbox_get_type ())
#define CMR_TYPE_SUBSCRIPTION (cmr_subscription_get_type ())
#define CMR_TYPE_WALLET (cmr_wallet_get_type ())
#define CMR_TYPE_ORDER (cmr_order_get_type ())
#define CMR_TYPE_ORDER_DOMAIN (cmr_order_domain_get_type ())
#define CMR_TYPE_ORDER_MAILBOX (cmr_order_mailbox_get_type ())
#define CMR_TYPE_SUGGESTION (cmr_suggestion_get_type ())
#define CMR_TYPE_WORKSPACE (cmr_workspace_get_type ())
#define CMR_TYPE_PLACE (cmr_place_get_type ())

GType cmr_customer_get_type (void);
GType cmr_domain_get_type (void);
GType cmr_mailbox_get_type (void);
GType cmr_subscription_get_type (void);
GType cmr_wallet_get_type (void);
GType cmr_order_get_type (void);
GType cmr_order_domain_get_type (void);
GType cmr_order_mailbox_get_type (void);
GType cmr_suggestion_get_type (void);
GType cmr_workspace_get_type (void);
GType cmr_place_get_type (void);

extern const CmrResource cmr_customer_resource;      /* API: User */
extern const CmrResource cmr_domain_resource;        /* API: Domain */
extern const CmrResource cmr_mailbox_resource;       /* API: Mailbox */
extern const CmrResource cmr_subscription_resource;  /* API: Subscription */
extern const CmrResource cmr_wallet_resource;        /* API: Wallet */
extern const CmrResource cmr_order_resource;         /* API: Order, OrderProgress and OrderCreated */
extern const CmrResource cmr_order_domain_resource;  /* API: OrderLineDomain */
extern const CmrResource cmr_order_mailbox_resource; /* API: OrderLineMailbox */
extern const CmrResource cmr_suggestion_resource;    /* API: DomainSuggestion */
extern const CmrResource cmr_workspace_resource;     /* API: WorkspaceCheckResult */
extern const CmrResource cmr_place_resource;         /* API: Country and State: name, code */

G_END_DECLS
