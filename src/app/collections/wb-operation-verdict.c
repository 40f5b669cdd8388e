// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-operation-settle.h"

#include <glib/gi18n.h>

#include "wb-format.h"
#include "wb-words.h"

/* What the server says about a request without an answer, and what follows from it. */

gboolean
wb_operation_makes_order (WbOperation *operation)
{
  CmrOp op = wb_operation_get_op (operation);

  return op == CMR_OP_CREATE_ORDER_MULTIPART || op == CMR_OP_CREATE_ORDER_JSON;
}

gboolean
wb_operation_is_lost_free (WbOperation *operation)
{
  return wb_operation_get_state (operation) == WB_STATE_UNKNOWN && wb_operation_makes_order (operation)
         && !wb_operation_is_paid (operation);
}

GtkWidget *
wb_operation_findings_new (const WbEvidence *evidence)
{
  static const char *const icons[] = {
    [WB_VERDICT_DONE] = "waybill-done-symbolic",
    [WB_VERDICT_LIKELY_DONE] = "waybill-done-symbolic",
    [WB_VERDICT_OPEN] = "dialog-question-symbolic",
    [WB_VERDICT_LIKELY_NOT] = "action-unavailable-symbolic",
  };
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What the Server Says"), -1);
  for (guint i = 0; i < evidence->findings->len; i++)
    {
      const WbFinding *finding = evidence->findings->pdata[i];
      g_autofree char *detail = NULL;
      g_autofree char *text = wb_words_finding (finding, &detail);
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *icon
          = gtk_image_new_from_icon_name (finding->readable ? icons[finding->says] : "network-error-symbolic");

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 3);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), detail);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
      gtk_widget_add_css_class (icon, "dim-label");
      gtk_widget_set_focusable (row, FALSE);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  return list;
}

/* The verdict */

char *
wb_operation_dup_risk (WbOperation *operation)
{
  g_autofree char *sum = wb_format_money (wb_operation_get_cents (operation));

  if (!wb_operation_is_paid (operation))
    return g_strdup (_("It is free: sending again can at worst make it twice."));
  /* Translators: a sum */
  return g_strdup_printf (
      _("Sending again should charge %s once. If the first request is still on its way, it could charge twice."), sum);
}

static char *
dup_next_check (const WbEvidence *evidence)
{
  gint64 left = evidence->next_check - g_get_monotonic_time ();

  return evidence->next_check > 0 && left > 0 ? wb_format_time (g_get_real_time () + left) : NULL;
}

static char *
dup_done_text (WbOperation *operation)
{
  guint n = wb_operation_get_n_mailboxes (operation);

  if (n == 0 || !wb_operation_is_paid (operation))
    return g_strdup (_("Nothing is left to do."));
  return g_strdup_printf (ngettext ("The order is paid and its %u mailbox is being made. Nothing is left to do.",
                                    "The order is paid and its %u mailboxes are being made. Nothing is left to do.", n),
                          n);
}

/* Without a customer nothing of it can be asked for, now or later. */
static gboolean
cannot_be_asked (WbOperation *operation, const WbEvidence *evidence)
{
  for (guint i = 0; i < evidence->findings->len; i++)
    {
      const WbFinding *finding = evidence->findings->pdata[i];

      if (finding->readable && finding->kind != WB_FINDING_WALLET)
        return FALSE;
    }
  return evidence->findings->len > 0 && *wb_operation_get_customer_id (operation) == '\0'
         && wb_operation_get_op (operation) != CMR_OP_CREATE_USER;
}

static char *
dup_verdict_text (WbOperation *operation, const WbEvidence *evidence)
{
  g_autofree char *next = dup_next_check (evidence);
  gboolean likely = evidence->verdict == WB_VERDICT_LIKELY_DONE;

  if (evidence->verdict == WB_VERDICT_DONE)
    return dup_done_text (operation);
  if (evidence->verdict == WB_VERDICT_LIKELY_NOT)
    return wb_operation_dup_risk (operation);
  if (cannot_be_asked (operation, evidence))
    return g_strdup (_("It is not known whose order this is, so the service cannot be asked about it. Look in the "
                        "dashboard before you decide."));
  if (next == NULL)
    return g_strdup (likely ? _("It looks as if it was carried out. Look in the dashboard before you decide.")
                            : _("The service shows neither. Look in the dashboard before you decide."));
  /* Translators: %s is a time */
  return g_strdup_printf (likely ? _("It looks as if it was carried out. Wait; Waybill asks again at %s.")
                                 : _("The service shows neither. Wait; Waybill asks again at %s."), next);
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
add_verdict (WbPane *pane, WbOperation *operation, const WbEvidence *evidence)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gboolean done = evidence->verdict == WB_VERDICT_DONE, free = wb_operation_is_lost_free (operation);
  GtkWidget *icon = gtk_image_new_from_icon_name (done ? "waybill-done-symbolic" : "dialog-question-symbolic");
  g_autofree char *text = dup_verdict_text (operation, evidence);

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_add_css_class (box, "wash");
  if (!free)
    gtk_widget_add_css_class (box, done ? "success" : "unknown");
  gtk_box_append (GTK_BOX (lines), make_label (wb_words_verdict (evidence->verdict), "heading"));
  gtk_box_append (GTK_BOX (lines), make_label (text, NULL));
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), lines);
  wb_pane_add (pane, box);
}

void
wb_operation_add_evidence (WbPane *pane, WbOperation *operation, const WbEvidence *evidence)
{
  if (evidence == NULL || evidence->checked_at == 0)
    return;
  if (evidence->findings->len > 0)
    {
      wb_pane_add_heading (pane, _("What the Server Says"));
      wb_pane_add (pane, wb_operation_findings_new (evidence));
    }
  add_verdict (pane, operation, evidence);
}
