// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmr-object-private.h"

/* openapi.yaml, Domains. */
static const CmrField fields[] = {
  { "domain-name", "domainName domain", CMR_KIND_TEXT, CMR_FIELD_KEY | CMR_FIELD_REQUIRED },
  { "success", "success", CMR_KIND_BOOL, 0 },
  { "status", "status", CMR_KIND_WORD, 0 },
  { "error", "error", CMR_KIND_TEXT, 0 },
};

CMR_DEFINE_RESOURCE (CmrWorkspace, cmr_workspace, "workspace", "WorkspaceCheckResult", NULL,
                     "domains results items data")
