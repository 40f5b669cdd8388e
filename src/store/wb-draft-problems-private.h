// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-draft-state-private.h"

G_BEGIN_DECLS

/* Adds one; @subject is copied, @fix (nullable) taken over. Returns it, for what is rare: field and count. */
WbProblem *wb_problems_add (GPtrArray *problems, WbStep step, int row, WbSeverity severity, WbProblemCode code,
                            const char *subject, char *fix);
void wb_problems_of_mailboxes (WbDraft *draft, GPtrArray *problems);
void wb_problems_of_pictures (WbDraft *draft, GPtrArray *problems);
/* Whether a file goes to the mailbox, and which. */
const WbDraftFile *wb_draft_get_usable_file (WbDraft *draft, guint row);
/* An address that the service takes for a picture or a redirect. */
gboolean wb_is_web_address (const char *text);

G_END_DECLS
