// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmr-object-private.h"

/* openapi.yaml, Geography: {name: code}, or a list of {name, code}. */
static const CmrField fields[] = {
  { "code", "code isoCode", CMR_KIND_WORD, CMR_FIELD_KEY | CMR_FIELD_REQUIRED },
  { "name", "name", CMR_KIND_TEXT, CMR_FIELD_SEARCHABLE | CMR_FIELD_REQUIRED },
};

CMR_DEFINE_RESOURCE (CmrPlace, cmr_place, "place", "Country State", NULL, "countries states items data")
