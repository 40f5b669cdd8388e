// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "wb-draft.h"
#include "wb-order-step.h"
#include "wb-order.h"
#include "wb-profile.h"

G_BEGIN_DECLS

/* The parts of Review; the step hands them what it read. */

/* What the last run of checks found, and what is known besides. */
typedef struct {
  GPtrArray *problems; /* of WbProblem */
  GPtrArray *checks;   /* of WbCheck; (nullable) before the first run */
  GPtrArray *twins;    /* of WbTwin; (nullable) */
  gboolean running;
  gint64 made_at;      /* wall clock of the last run; 0 = none yet */
} WbReviewFindings;

/* Signals: "show-problem" (pointer const WbProblem*), "again". */
#define WB_TYPE_REVIEW_CHECKS (wb_review_checks_get_type ())
G_DECLARE_FINAL_TYPE (WbReviewChecks, wb_review_checks, WB, REVIEW_CHECKS, GtkWidget)
GtkWidget *wb_review_checks_new (WbProfile *profile, WbDraft *draft);
/* @findings: lent until the next call */
void wb_review_checks_update (WbReviewChecks *self, const WbReviewFindings *findings);
void wb_review_checks_update_age (WbReviewChecks *self);

/* One finding in words. */
typedef enum { WB_LOOK_OK, WB_LOOK_WARNING, WB_LOOK_ERROR, WB_LOOK_NOT_READ, WB_LOOK_BUSY } WbLook;
typedef struct {
  WbLook look;
  char *title;
  char *text;            /* "" = none */
  const char *button;    /* (nullable): translated */
  const WbProblem *show; /* (nullable): where the button leads */
} WbReviewRow;
void wb_review_row_clear (WbReviewRow *row);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbReviewRow, wb_review_row_clear)
/* FALSE: there is nothing to say. */
gboolean wb_review_row_of_check (WbReviewRow *row, WbCheckKind kind, WbProfile *profile, WbDraft *draft, const WbReviewFindings *findings);
gboolean wb_review_row_of_problem (WbReviewRow *row, WbProblemCode code, const WbReviewFindings *findings);
gboolean wb_review_row_of_twin (WbReviewRow *row, gboolean equal, WbDraft *draft, const WbReviewFindings *findings, const WbTwin **twin);
gboolean wb_review_row_of_lock (WbReviewRow *row, WbProfile *profile);
gboolean wb_review_row_of_pictures (WbReviewRow *row, WbDraft *draft, const WbReviewFindings *findings);
gboolean wb_review_row_of_rights (WbReviewRow *row, WbDraft *draft);
gboolean wb_review_row_of_connection (WbReviewRow *row, const WbReviewFindings *findings);
/* How many findings are in the way of sending, and how many are worth knowing. */
void wb_review_count (WbProfile *profile, WbDraft *draft, const WbReviewFindings *findings, guint *errors, guint *warnings);

/* What it costs, the wallet, and that nothing comes back. */
#define WB_TYPE_REVIEW_COST (wb_review_cost_get_type ())
G_DECLARE_FINAL_TYPE (WbReviewCost, wb_review_cost, WB, REVIEW_COST, GtkWidget)
GtkWidget *wb_review_cost_new (WbProfile *profile, WbDraft *draft);
void wb_review_cost_update (WbReviewCost *self);

/* Whom it is for, and the two buttons. Signals: "keep", "send"; both come from plain signals of buttons. */
#define WB_TYPE_REVIEW_FOOT (wb_review_foot_get_type ())
G_DECLARE_FINAL_TYPE (WbReviewFoot, wb_review_foot, WB, REVIEW_FOOT, GtkWidget)
GtkWidget *wb_review_foot_new (WbProfile *profile, WbDraft *draft);
/* @why_not: (nullable): why it cannot be sent now */
void wb_review_foot_update (WbReviewFoot *self, const char *why_not);
/* The button that sends, or the one that keeps where nothing is to be sent; FALSE when it cannot be used yet. */
gboolean wb_review_foot_focus (WbReviewFoot *self);

/* What will be sent, in which order. */
#define WB_TYPE_REVIEW_REQUESTS (wb_review_requests_get_type ())
G_DECLARE_FINAL_TYPE (WbReviewRequests, wb_review_requests, WB, REVIEW_REQUESTS, GtkWidget)
GtkWidget *wb_review_requests_new (WbDraft *draft);
void wb_review_requests_update (WbReviewRequests *self);

G_END_DECLS
