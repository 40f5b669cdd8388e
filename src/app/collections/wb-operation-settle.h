// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "wb-outbox.h"
#include "wb-pane.h"
#include "wb-profile.h"

G_BEGIN_DECLS

/* What a person decides about a request without an answer. Buttons that send are plain signals. */

/* "Sending again should charge $35.40 once …"; to be freed. */
char *wb_operation_dup_risk (WbOperation *operation);
/* A paid one passes a sheet with findings, risk and a tick; a free one goes at once. The sheet closes when the
 * request is settled meanwhile. */
void wb_operation_send_again (GtkWidget *opener, WbProfile *profile, WbOperation *operation, const WbEvidence *evidence);
/* It was done; asks for the order's id where one is missing. */
void wb_operation_was_done (GtkWidget *opener, WbProfile *profile, WbOperation *operation);
/* What was read back, and the verdict; nothing when it was never looked up. @evidence: (nullable) */
void wb_operation_add_evidence (WbPane *pane, WbOperation *operation, const WbEvidence *evidence);
/* A list of what was read back. */
GtkWidget *wb_operation_findings_new (const WbEvidence *evidence);

/* Whether it makes an order, and whether a lost one may exist unpaid. */
gboolean wb_operation_makes_order (WbOperation *operation);
gboolean wb_operation_is_lost_free (WbOperation *operation);

G_END_DECLS
