// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmr-object-private.h"

/* openapi.yaml, Users. */
static const CmrField fields[] = {
  { "user-id", "userId id", CMR_KIND_ID, CMR_FIELD_KEY },
  { "email", "email", CMR_KIND_TEXT, CMR_FIELD_SEARCHABLE | CMR_FIELD_WRITABLE },
  { "company", "company", CMR_KIND_TEXT, CMR_FIELD_SEARCHABLE | CMR_FIELD_WRITABLE },
  { "first-name", "firstName", CMR_KIND_TEXT, CMR_FIELD_SEARCHABLE | CMR_FIELD_WRITABLE },
  { "last-name", "lastName", CMR_KIND_TEXT, CMR_FIELD_SEARCHABLE | CMR_FIELD_WRITABLE },
  { "country", "country", CMR_KIND_WORD, CMR_FIELD_WRITABLE },
  { "state", "state", CMR_KIND_TEXT, CMR_FIELD_WRITABLE },
  { "city", "city", CMR_KIND_TEXT, CMR_FIELD_SEARCHABLE | CMR_FIELD_WRITABLE },
  { "postal-code", "postalCode", CMR_KIND_TEXT, CMR_FIELD_WRITABLE },
  { "address-line-one", "addressLineOne", CMR_KIND_TEXT, CMR_FIELD_WRITABLE },
  { "address-line-two", "addressLineTwo", CMR_KIND_TEXT, CMR_FIELD_WRITABLE },
  { "address-line-three", "addressLineThree", CMR_KIND_TEXT, CMR_FIELD_WRITABLE },
  { "language-preference", "languagePreference", CMR_KIND_WORD, CMR_FIELD_WRITABLE },
  { "phone-cc", "phoneCc", CMR_KIND_TEXT, CMR_FIELD_WRITABLE },
  { "phone", "phone", CMR_KIND_TEXT, CMR_FIELD_WRITABLE },
  { "created-at", "createdAt", CMR_KIND_TIME, 0 },
};

CMR_DEFINE_RESOURCE (CmrCustomer, cmr_customer, "customer", "User", "UserCreate", "users customers items data rows")
