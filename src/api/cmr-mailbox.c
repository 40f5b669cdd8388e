// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmr-object-private.h"

/* openapi.yaml, Mailboxes. */
static const CmrField fields[] = {
  { "mailbox-id", "mailboxId id", CMR_KIND_ID, CMR_FIELD_KEY },
  { "email", "email", CMR_KIND_TEXT, CMR_FIELD_SEARCHABLE },
  { "username", "username userName", CMR_KIND_TEXT, CMR_FIELD_SEARCHABLE },
  { "domain", "domain domainName", CMR_KIND_TEXT, CMR_FIELD_SEARCHABLE },
  { "domain-id", "domainId", CMR_KIND_ID, 0 },
  { "first-name", "firstName", CMR_KIND_TEXT, CMR_FIELD_SEARCHABLE },
  { "last-name", "lastName", CMR_KIND_TEXT, CMR_FIELD_SEARCHABLE },
  { "status", "status", CMR_KIND_WORD, 0 },
  { "profile-picture", "profilePicture", CMR_KIND_URL, 0 },
  { "service-provider", "serviceProvider", CMR_KIND_WORD, 0 },
  { "subscription-id", "subscriptionId", CMR_KIND_ID, 0 },
  { "order-id", "orderId", CMR_KIND_ID, 0 },
  { "user-id", "userId", CMR_KIND_ID, 0 },
  { "is-admin", "isAdmin", CMR_KIND_BOOL, 0 },
  { "warmup-status", "warmupStatus", CMR_KIND_WORD, 0 },
  { "assigned-on", "assignedOn", CMR_KIND_TIME, 0 },
  { "expire-on", "expireOn", CMR_KIND_TIME, 0 },
  { "created-at", "createdAt", CMR_KIND_TIME, 0 },
  { "password", "password", CMR_KIND_TEXT, CMR_FIELD_SECRET | CMR_FIELD_GUESS },
  { "app-password", "appPassword", CMR_KIND_TEXT, CMR_FIELD_SECRET | CMR_FIELD_GUESS },
  { "secret", "authenticatorSecret secret", CMR_KIND_TEXT, CMR_FIELD_SECRET | CMR_FIELD_GUESS },
};

CMR_DEFINE_RESOURCE (CmrMailbox, cmr_mailbox, "mailbox", "Mailbox", NULL, "mailboxes items data rows")
