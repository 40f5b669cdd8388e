// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmr-error.h"

G_DEFINE_QUARK (cmr-error-quark, cmr_error)

/* What a person can do next, by status; what is not listed is decided by its hundred. */
static const struct {
  guint status;
  CmrError code;
} statuses[] = {
  { 400, CMR_ERROR_INVALID },   { 401, CMR_ERROR_SIGNED_OUT }, { 402, CMR_ERROR_FUNDS },    { 403, CMR_ERROR_DENIED },
  { 404, CMR_ERROR_NOT_FOUND }, { 405, CMR_ERROR_NOT_FOUND },  { 408, CMR_ERROR_TROUBLE },  { 409, CMR_ERROR_CONFLICT },
  { 410, CMR_ERROR_NOT_FOUND }, { 413, CMR_ERROR_INVALID },    { 415, CMR_ERROR_INVALID },  { 422, CMR_ERROR_INVALID },
  { 429, CMR_ERROR_BUSY },
};

/**
 * cmr_error_from_status:
 * @status: an HTTP status that is no 2xx
 *
 * Returns: the code; unlisted 4xx and all 3xx are %CMR_ERROR_PROTOCOL, 5xx %CMR_ERROR_TROUBLE
 */
CmrError
cmr_error_from_status (guint status)
{
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (statuses[i].status == status)
      return statuses[i].code;
  return status >= 500 ? CMR_ERROR_TROUBLE : CMR_ERROR_PROTOCOL;
}
