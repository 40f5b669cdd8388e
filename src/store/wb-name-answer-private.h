// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cmr-endpoint.h"
#include "wb-names.h"

G_BEGIN_DECLS

/* Bodies of the questions about names, and what the answers say. Whatever is not said clearly is
 * WB_NAME_NOT_KNOWN: nothing here ever takes a name for free because a word was missing. */

GBytes *wb_name_question (const char *domain);                                  /* check_domain_available */
GBytes *wb_name_search (const char *keyword, const char *const *endings);       /* suggest_domains */
GBytes *wb_workspace_question (const char *domain, const char *provider);       /* check_workspace, one name */
GBytes *wb_workspace_questions (const char *const *domains, const char *const *providers); /* … several */

/* WB_NAME_AVAILABLE with its prices, WB_NAME_TAKEN or WB_NAME_NOT_KNOWN; @op: which of the two calls answered. */
void wb_name_read_answer (CmrOp op, GBytes *body, const char *domain, WbNameAnswer *answer);
/* WB_NAME_AVAILABLE (no workspace), WB_NAME_WORKSPACE or WB_NAME_NOT_KNOWN; @error: how the call failed. */
WbNameState wb_workspace_read_answer (GBytes *body, const GError *error, const char *domain);
/* (transfer full): name → WbNameState for the names that have a row; empty when nothing can be read. */
GHashTable *wb_workspace_read_answers (GBytes *body);
/* (element-type WbIdea) (transfer full) (nullable): what can be bought, each at its own price. */
GPtrArray *wb_name_read_ideas (GBytes *body, GError **error);

G_END_DECLS
