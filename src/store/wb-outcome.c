// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-outcome.h"

/* Answers that say that nothing was carried out. */
static const struct {
  guint status;
  WbReason reason;
} refusals[] = {
  { 400, WB_REASON_REFUSED }, { 401, WB_REASON_SIGNED_OUT }, { 402, WB_REASON_FUNDS },   { 403, WB_REASON_REFUSED },
  { 404, WB_REASON_GONE },    { 405, WB_REASON_GONE },       { 409, WB_REASON_REFUSED }, { 413, WB_REASON_REFUSED },
  { 415, WB_REASON_REFUSED }, { 422, WB_REASON_REFUSED },    { 429, WB_REASON_BUSY },
};

static WbReason
refusal_of (guint status)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (refusals[i].status == status)
      return refusals[i].reason;
  return WB_REASON_NONE;
}

/**
 * wb_outcome_decide:
 * @paid: whether this request takes money
 * @sent: how far it came
 * @status: of the answer, 0 without one
 * @body_names_what_it_made: a 2xx that parses and names it (or needs to name nothing)
 * @stopped: a person stopped it
 *
 * Returns: what the journal says from now on; everything that is not clear is unknown
 */
WbOutcome
wb_outcome_decide (const CmrEndpoint *endpoint, gboolean paid, CmrSent sent, guint status,
                   gboolean body_names_what_it_made, gboolean stopped)
{
  gboolean risky = paid || (endpoint->flags & CMR_ENDPOINT_DESTRUCTIVE) != 0;
  gboolean repeatable = !risky && (endpoint->flags & CMR_ENDPOINT_IDEMPOTENT) != 0;
  WbReason refusal = refusal_of (status);

  if (sent == CMR_SENT_NOTHING && stopped)
    return (WbOutcome) { WB_STATE_CANCELLED, WB_REASON_STOPPED, FALSE };
  if (sent == CMR_SENT_NOTHING)
    return (WbOutcome) { WB_STATE_FAILED, WB_REASON_NOT_CONNECTED, repeatable };
  if (sent == CMR_SENT_ALL)
    return (WbOutcome) { WB_STATE_UNKNOWN, WB_REASON_CUT, FALSE };
  if (status >= 200 && status < 300 && body_names_what_it_made)
    return (WbOutcome) { WB_STATE_ACCEPTED, WB_REASON_NONE, FALSE };
  if (refusal != WB_REASON_NONE)
    return (WbOutcome) { WB_STATE_FAILED, refusal, refusal == WB_REASON_BUSY && repeatable };
  /* The form is on its way out (openapi.yaml: deprecated); of any other call a 410 is no known refusal. */
  if (status == 410 && (endpoint->flags & CMR_ENDPOINT_MULTIPART))
    return (WbOutcome) { WB_STATE_FAILED, WB_REASON_GONE, FALSE };
  if (status == 503 && repeatable)
    return (WbOutcome) { WB_STATE_FAILED, WB_REASON_BUSY, TRUE };
  return (WbOutcome) { WB_STATE_UNKNOWN, WB_REASON_ODD_ANSWER, FALSE };
}
