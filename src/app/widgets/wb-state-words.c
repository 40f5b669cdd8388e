// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-state-pill.h"

#include <glib/gi18n.h>

/* The one table of state words (ui.md, 11). */
typedef struct {
  const char *family;
  const char *word;
  const char *text;
  const char *icon;
  const char *css_class;
} State;

#define OK "waybill-done-symbolic"
#define BUSY "waybill-working-symbolic"
#define WARN "dialog-warning-symbolic"
#define BAD "dialog-error-symbolic"
#define ASK "dialog-question-symbolic"
#define WAIT "alarm-symbolic"
#define OFF "action-unavailable-symbolic"

static const State states[] = {
  { "operation", "queued", N_("Waiting"), WAIT, "neutral" },
  { "operation", "sending", N_("Sending"), BUSY, "accent" },
  { "operation", "accepted", N_("Accepted"), BUSY, "accent" },
  { "operation", "done", N_("Done"), OK, "success" },
  { "operation", "failed", N_("Failed"), BAD, "error" },
  { "operation", "unknown", N_("Unknown"), ASK, "unknown" },
  { "operation", "may-exist", N_("May exist unpaid"), ASK, "neutral" },
  { "operation", "closed", N_("Closed"), OFF, "neutral" },
  { "operation", "cancelled", N_("Cancelled"), OFF, "neutral" },
  { "order", "draft", N_("Draft"), "document-edit-symbolic", "neutral" },
  { "order", "creating", N_("Sending"), BUSY, "accent" },
  { "order", "may-exist", N_("May exist unpaid"), ASK, "neutral" },
  { "order", "not-paid", N_("Not paid yet"), "media-playback-pause-symbolic", "warning" },
  { "order", "cannot-pay", N_("Not paid yet"), WARN, "warning" },
  { "order", "paying", N_("Paying"), BUSY, "accent" },
  { "order", "being-made", N_("Being made"), BUSY, "accent" },
  { "order", "slow", N_("Slower than usual"), WAIT, "warning" },
  { "order", "partly", N_("Partly live"), WARN, "warning" },
  { "order", "live", N_("Live"), OK, "success" },
  { "order", "failed", N_("Failed"), BAD, "error" },
  { "order", "unknown", N_("Unknown"), ASK, "unknown" },
  { "order", "cancelled", N_("Cancelled"), OFF, "neutral" },
  { "order-line", "ordered", N_("Ordered"), WAIT, "neutral" },
  { "order-line", "being-made", N_("Being made"), BUSY, "accent" },
  { "order-line", "live", N_("Live"), OK, "success" },
  { "order-line", "partly", N_("Partly live"), WARN, "warning" },
  { "order-line", "mailboxes-failed", N_("Mailboxes failed"), BAD, "error" },
  { "order-line", "failed", N_("Failed"), BAD, "error" },
  { "order-line", "left-out", N_("Left out"), WARN, "warning" },
  { "mailbox", "", N_("Ordered"), WAIT, "neutral" },
  { "mailbox", "IN_PROGRESS", N_("Being made"), BUSY, "accent" },
  { "mailbox", "CREATING_PASSWORD", N_("Password pending"), "dialog-password-symbolic", "warning" },
  { "mailbox", "ACTIVE", N_("Live"), OK, "success" },
  { "mailbox", "EXPIRED", N_("Expired"), BAD, "error" },
  { "mailbox", "FAILED", N_("Failed"), BAD, "error" },
  { "mailbox", "INACTIVE", N_("Inactive"), OFF, "neutral" },
  { "domain", "", N_("Not known"), ASK, "neutral" },
  { "domain", "PENDING", N_("Being registered"), BUSY, "accent" },
  { "domain", "ACTIVE", N_("Active"), OK, "success" },
  { "domain", "RENEWING", N_("Renewing"), BUSY, "accent" },
  { "domain", "GRACE_PERIOD", N_("Grace"), WARN, "warning" },
  { "domain", "EXPIRED", N_("Expired"), BAD, "error" },
  { "domain", "TRANSFERRED", N_("Moved away"), OFF, "neutral" },
  { "domain", "INACTIVE", N_("Inactive"), OFF, "neutral" },
  { "subscription", "", N_("Not known"), ASK, "neutral" },
  { "subscription", "ACTIVE", N_("Active"), OK, "success" },
  { "subscription", "RENEWING", N_("Renewing"), BUSY, "accent" },
  { "subscription", "PAST_DUE", N_("Payment overdue"), WARN, "warning" },
  { "subscription", "EXPIRED", N_("Expired"), BAD, "error" },
  { "subscription", "CANCELLED", N_("Cancelled"), OFF, "neutral" },
  { "name", "not-asked", N_("Not asked"), ASK, "neutral" },
  { "name", "asking", N_("Asking…"), BUSY, "accent" },
  { "name", "available", N_("Available"), OK, "success" },
  { "name", "taken", N_("Taken"), BAD, "error" },
  { "name", "workspace", N_("Workspace exists"), WARN, "warning" },
  { "name", "workspace-google", N_("Google workspace exists"), WARN, "warning" },
  { "name", "workspace-microsoft", N_("Microsoft workspace exists"), WARN, "warning" },
  { "name", "not-known", N_("Not known"), ASK, "unknown" },
  { "name", "price-changed", N_("Price changed"), WARN, "warning" },
};

static const char *const classes[] = { "success", "accent", "neutral", "warning", "error", "unknown" };

static const State *
find (const char *family, const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (states[i].family, family) == 0 && g_strcmp0 (states[i].word, word) == 0)
      return &states[i];
  return NULL;
}

const char *
wb_state_word_text (const char *family, const char *word)
{
  const State *state = find (family, word);

  return state != NULL ? _(state->text) : word != NULL ? word : "";
}

const char *
wb_state_icon (const char *family, const char *word)
{
  const State *state = find (family, word);

  return state != NULL ? state->icon : ASK;
}

void
wb_state_add_class (GtkWidget *widget, const char *family, const char *word)
{
  const State *state = find (family, word);

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (widget, classes[i]);
  gtk_widget_add_css_class (widget, state != NULL ? state->css_class : "neutral");
}

const char *
wb_order_line_word (const WbOrderDomain *line)
{
  if (line->left_out)
    return "left-out";
  if (line->mailboxes_failed)
    return "mailboxes-failed";
  if (g_strcmp0 (line->state, "FAILED") == 0)
    return "failed";
  if (line->mailboxes->len > 0 && line->live == line->mailboxes->len)
    return "live";
  if (line->failed > 0 && line->live + line->failed == line->mailboxes->len)
    return line->live > 0 ? "partly" : "mailboxes-failed";
  return *line->state == '\0' ? "ordered" : "being-made";
}

int
wb_state_pill_widest (const char *family)
{
  g_autoptr (GtkWidget) pill = g_object_ref_sink (wb_state_pill_new ());
  int widest = 0;

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (states[i].family, family) == 0)
      {
        wb_state_pill_set (WB_STATE_PILL (pill), family, states[i].word);
        widest = MAX (widest, wb_state_pill_get_width (WB_STATE_PILL (pill)));
      }
  return widest;
}
