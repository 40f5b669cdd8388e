// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cmr-field.h"

G_BEGIN_DECLS

typedef enum {
  CMR_ENDPOINT_READS = 1 << 0,           /* changes nothing, whatever the method */
  CMR_ENDPOINT_SCHEDULES_SPEND = 1 << 1, /* makes money leave later */
  CMR_ENDPOINT_DESTRUCTIVE = 1 << 2,     /* cannot be taken back */
  CMR_ENDPOINT_IDEMPOTENT = 1 << 3,      /* the vendor allows a repetition; paid and destructive beat it */
  CMR_ENDPOINT_ASYNC = 1 << 4,           /* 2xx means accepted, not done */
  CMR_ENDPOINT_MIXED = 1 << 5,           /* rows may fail inside a 2xx */
  CMR_ENDPOINT_SECRET = 1 << 6,          /* sends or returns secrets */
  CMR_ENDPOINT_PAGED = 1 << 7,
  CMR_ENDPOINT_USER_SCOPE = 1 << 8,      /* acts on one customer */
  CMR_ENDPOINT_VENDOR_SANDBOX = 1 << 9,
  CMR_ENDPOINT_MULTIPART = 1 << 10,
  CMR_ENDPOINT_NEEDS_TARGETS = 1 << 11,  /* an empty or absent list would be taken as "all" */
  CMR_ENDPOINT_END_UNREADABLE = 1 << 12, /* no call tells how it ended: accepted counts as done */
} CmrEndpointFlags;

typedef enum { CMR_PAID_NEVER, CMR_PAID_ALWAYS, CMR_PAID_WHEN_CONFIRM } CmrPaid;

/* How far public papers prove the path (x-path-confidence). */
typedef enum { CMR_PATH_HIGH, CMR_PATH_MEDIUM, CMR_PATH_LOW, CMR_PATH_NONE } CmrPathConfidence;

/* In the order of openapi.yaml; CMR_N_OPS is how many there are. */
typedef enum {
  CMR_OP_LIST_USERS,
  CMR_OP_GET_USER,
  CMR_OP_CREATE_USER,
  CMR_OP_UPDATE_USER,
  CMR_OP_DELETE_USER,
  CMR_OP_LIST_COUNTRIES,
  CMR_OP_LIST_STATES,
  CMR_OP_GET_DOMAIN_RENEWAL_PRICE,
  CMR_OP_RENEW_DOMAINS,
  CMR_OP_SET_DOMAIN_AUTO_RENEW,
  CMR_OP_LIST_DOMAINS,
  CMR_OP_SUGGEST_DOMAINS,
  CMR_OP_CHECK_DOMAIN_AVAILABLE,
  CMR_OP_CHECK_WORKSPACE,
  CMR_OP_SET_DOMAIN_FORWARDING,
  CMR_OP_SET_EMAIL_FORWARDING,
  CMR_OP_ADD_GOOGLE_CLIENT_ID,
  CMR_OP_REMOVE_DOMAINS,
  CMR_OP_LIST_DNS_RECORDS,
  CMR_OP_ADD_DNS_RECORDS,
  CMR_OP_UPDATE_DNS_RECORD,
  CMR_OP_DELETE_DNS_RECORD,
  CMR_OP_SET_NAMESERVERS,
  CMR_OP_GET_WALLET,
  CMR_OP_SEND_ERROR,
  CMR_OP_GET_ORDER,
  CMR_OP_CREATE_ORDER_MULTIPART,
  CMR_OP_GET_ORDER_STATUS,
  CMR_OP_CREATE_ORDER_JSON,
  CMR_OP_ORDER_MAILBOXES_JSON,
  CMR_OP_ADD_MAILBOXES_MULTIPART,
  CMR_OP_PROCESS_ORDER,
  CMR_OP_LIST_ALL_MAILBOXES,
  CMR_OP_LIST_MAILBOXES,
  CMR_OP_GET_MAILBOX,
  CMR_OP_GET_MAILBOX_ADMIN,
  CMR_OP_UPDATE_MAILBOXES,
  CMR_OP_REMOVE_MAILBOX,
  CMR_OP_VALIDATE_MAILBOX,
  CMR_OP_LIST_SUBSCRIPTIONS,
  CMR_OP_RENEW_SUBSCRIPTIONS,
  CMR_OP_SET_SUBSCRIPTION_AUTO_RENEW,
  CMR_OP_CANCEL_SUBSCRIPTION,
  CMR_OP_RECREATE_SUBSCRIPTIONS,
  CMR_OP_REEXPORT_MAILBOX_OAUTH,
  CMR_OP_LIST_PLATFORMS,
  CMR_OP_ADD_PLATFORM_CREDENTIAL,
  CMR_OP_UPDATE_PLATFORM_CREDENTIAL,
  CMR_OP_REMOVE_PLATFORM_CREDENTIAL,
  CMR_OP_LIST_PLATFORM_WORKSPACES,
  CMR_OP_EXPORT_MAILBOXES,
  CMR_OP_LIST_PREWARMED,
  CMR_OP_ORDER_PREWARMED,
  CMR_OP_SANDBOX_LIST_PREWARMED,
  CMR_OP_SANDBOX_ORDER_PREWARMED,
  CMR_OP_SANDBOX_RESET_PREWARMED,
  CMR_OP_ADD_WARMUP,
  CMR_OP_REMOVE_WARMUP,
  CMR_OP_TOGGLE_WARMUP,
  CMR_OP_SET_WARMUP_STATUS,
  CMR_OP_UPDATE_WARMUP_SETTINGS,
  CMR_N_OPS,
  CMR_OP_NONE = CMR_N_OPS,
} CmrOp;

/**
 * CmrEndpoint:
 * @op: its number, equal to its place in the table
 * @id: operationId of openapi.yaml
 * @method: HTTP method
 * @path: path below the base address
 * @params: query parameters, blank between, '!' behind a required one ("userId! page limit")
 * @targets: (nullable): members of the JSON body that list what is acted on, blank between, '|' between
 *   those of which one is enough
 * @request: (nullable): resource whose WRITABLE fields are the body
 * @response: (nullable): resource that `data` holds, one or a list
 * @flags: what it does
 * @paid: whether it takes money
 * @confidence: how sure the path is
 * @inverse: the call that takes it back, or %CMR_OP_NONE
 */
typedef struct {
  CmrOp op;
  const char *id;
  const char *method;
  const char *path;
  const char *params;
  const char *targets;
  const CmrResource *request;
  const CmrResource *response;
  CmrEndpointFlags flags;
  CmrPaid paid;
  CmrPathConfidence confidence;
  CmrOp inverse;
} CmrEndpoint;

const CmrEndpoint *cmr_endpoint_get (CmrOp op);
const CmrEndpoint *cmr_endpoint_find (const char *id);
const CmrEndpoint *cmr_endpoint_match (const char *method, const char *path);
gboolean cmr_endpoint_reads (CmrOp op);

G_END_DECLS
