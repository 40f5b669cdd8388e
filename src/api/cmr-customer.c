// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmr-object-private.h"

/* openapi.yaml, Users. */
static const CmrField fields[] = {
  { "user-id", "userId id", CMR_KIND_ID, CMR_FIELD_KEY },
  { "email", "email", CMR_KIND_TEXT, CMR_FIELD_SEARCHABLE | CMR_FIELD_WRITABLE | CMR_FIELD_NEEDED },
  { "company", "company", CMR_KIND_TEXT, CMR_FIELD_SEARCHABLE | CMR_FIELD_WRITABLE | CMR_FIELD_NEEDED },
  { "first-name", "firstName", CMR_KIND_TEXT, CMR_FIELD_SEARCHABLE | CMR_FIELD_WRITABLE | CMR_FIELD_NEEDED },
  { "last-name", "lastName", CMR_KIND_TEXT, CMR_FIELD_SEARCHABLE | CMR_FIELD_WRITABLE | CMR_FIELD_NEEDED },
  { "country", "country", CMR_KIND_WORD, CMR_FIELD_WRITABLE | CMR_FIELD_NEEDED },
  { "state", "state", CMR_KIND_TEXT, CMR_FIELD_WRITABLE | CMR_FIELD_NEEDED },
  { "city", "city", CMR_KIND_TEXT, CMR_FIELD_SEARCHABLE | CMR_FIELD_WRITABLE | CMR_FIELD_NEEDED },
  { "postal-code", "postalCode", CMR_KIND_TEXT, CMR_FIELD_WRITABLE | CMR_FIELD_NEEDED },
  { "address-line-one", "addressLineOne", CMR_KIND_TEXT, CMR_FIELD_WRITABLE | CMR_FIELD_NEEDED },
  { "address-line-two", "addressLineTwo", CMR_KIND_TEXT, CMR_FIELD_WRITABLE },
  { "address-line-three", "addressLineThree", CMR_KIND_TEXT, CMR_FIELD_WRITABLE },
  { "language-preference", "languagePreference", CMR_KIND_WORD, CMR_FIELD_WRITABLE | CMR_FIELD_NEEDED },
  { "phone-cc", "phoneCc", CMR_KIND_TEXT, CMR_FIELD_WRITABLE | CMR_FIELD_NEEDED },
  { "phone", "phone", CMR_KIND_TEXT, CMR_FIELD_WRITABLE | CMR_FIELD_NEEDED },
  { "created-at", "createdAt", CMR_KIND_TIME, 0 },
};

CMR_DEFINE_RESOURCE (CmrCustomer, cmr_customer, "customer", "User", "UserCreate UserUpdate",
                     "users customers items data rows")
