// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

#include "cmr-error.h"
#include "wb-draft.h"
#include "wb-operation.h"
#include "wb-outbox.h"
#include "wb-profile.h"

G_BEGIN_DECLS

/* What codes read as; the lower layers translate nothing. */

/* An error in words: bold cause, consequence, and what one button would do (ui.md, 13). */
typedef enum {
  WB_REMEDY_NONE, WB_REMEDY_TRY_AGAIN, WB_REMEDY_CHANGE_KEY, WB_REMEDY_SHOW_CUSTOMERS, WB_REMEDY_UNLOCK, WB_REMEDY_UNLOCK_KEYRING,
  WB_REMEDY_ENTER_KEY, WB_REMEDY_SHOW_UNKNOWN, WB_REMEDY_SHOW_FOUND, WB_REMEDY_SHOW_FILE,
  WB_REMEDY_REFRESH, WB_REMEDY_COPY_COMMAND,
} WbRemedy;
typedef struct {
  const char *icon;
  char *cause;
  char *consequence;
  WbRemedy remedy;
  const char *button; /* translated, (nullable) */
  const char *css_class; /* of its banner: accent, warning, error, unknown */
} WbErrorWords;
WbErrorWords *wb_words_for_error (const GError *error);
/* Why nothing was sent again, for a toast; to be freed. */
char *wb_words_again (const GError *error);
/* The same with the words of one's own; @cause and @consequence are taken over. */
WbErrorWords *wb_error_words_new (const char *icon, const char *css_class, char *cause, char *consequence, WbRemedy remedy);
void wb_error_words_free (WbErrorWords *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbErrorWords, wb_error_words_free)

/* "Pay and start an order", "Create an order, 21 pictures"; to be freed. */
char *wb_words_operation (CmrOp op, guint pictures, guint mailboxes);
const char *wb_words_operation_icon (CmrOp op);
/* Why an operation failed, waits or is unknown, as one sentence about money or data; to be freed. */
char *wb_words_reason (WbOperation *operation);
const char *wb_words_verdict (WbVerdict verdict);
char *wb_words_finding (const WbFinding *finding, char **detail);
/* "Google"; a word that is new as it is; to be freed. */
char *wb_words_provider (const char *word);
const char *wb_words_switch (gint64 on); /* "On", "Off"; "—" when it is not known */
/* "Grace, 5 days left": a domain that expired at @expired (microseconds) can still be renewed; to be freed. */
char *wb_words_grace (gint64 expired);
/* "Live · can change", "Sandbox · nothing costs money" */
char *wb_words_profile (WbProfile *profile);
/* Why nothing may be sent, for tooltips and descriptions; NULL when it may. */
const char *wb_words_lock (WbLock lock);
/* "Undo: Move Jonas to Mei" */
char *wb_words_undo (const char *code, const char *subject, gboolean redo);

G_END_DECLS
