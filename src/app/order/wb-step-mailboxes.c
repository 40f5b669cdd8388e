// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-step-mailboxes-private.h"

#include <glib/gi18n.h>

#include "wb-domain-chips.h"
#include "wb-fill-names.h"
#include "wb-foot.h"
#include "wb-grid.h"
#include "wb-paste-dialog.h"

/* Step 3: the grid, its tools, and what fills it. */

G_DEFINE_FINAL_TYPE (WbStepMailboxes, wb_step_mailboxes, WB_TYPE_ORDER_STEP)

static WbDraft *
draft_of (WbStepMailboxes *self)
{
  return wb_order_step_get_draft (WB_ORDER_STEP (self));
}

/* Counts */

static gboolean
is_fresh (WbDraft *draft, guint row)
{
  const WbDraftMailbox *mailbox = wb_draft_get_mailbox (draft, row);

  return mailbox != NULL && *mailbox->user_name == '\0' && *mailbox->first_name == '\0' && *mailbox->last_name == '\0';
}

/* Problems come by row: each row counts once, with its gravest. */
static void
count (WbStepMailboxes *self, GPtrArray *problems)
{
  WbDraft *draft = draft_of (self);
  g_autofree guint8 *worst = g_new0 (guint8, wb_draft_get_n_mailboxes (draft) + 1);

  for (guint i = 0; i < problems->len; i++)
    {
      const WbProblem *problem = problems->pdata[i];

      if (problem->step == WB_STEP_MAILBOXES && problem->row >= 0)
        worst[problem->row] = MAX (worst[problem->row], (guint8) problem->severity);
    }
  self->counts = (WbMailboxCounts) { 0 };
  for (guint row = 0; row < wb_draft_get_n_mailboxes (draft); row++)
    if (is_fresh (draft, row))
      self->counts.fresh++;
    else if (worst[row] == WB_SEVERITY_ERROR)
      self->counts.errors++;
    else if (worst[row] == WB_SEVERITY_WARNING)
      self->counts.warnings++;
}

/* The side pane */

static void
show_side (WbStepMailboxes *self, gboolean show)
{
  wb_order_step_want_side (WB_ORDER_STEP (self), show);
  if (show)
    self->side_focus = !gtk_widget_grab_focus (self->side);
  else
    gtk_widget_grab_focus (self->grid);
}

void
wb_mailboxes_toggle_side (WbStepMailboxes *self)
{
  show_side (self, !gtk_widget_get_mapped (self->side));
}

static void
on_side_closed (WbStepMailboxes *self)
{
  show_side (self, FALSE);
}

static gboolean
has_focus_inside (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return root != NULL && (focus == NULL || gtk_widget_is_ancestor (focus, widget));
}

static void
on_side_mapped (WbStepMailboxes *self)
{
  /* Before it is there it cannot take the focus. */
  if (gtk_widget_get_mapped (self->side) && self->side_focus)
    gtk_widget_grab_focus (self->side);
  /* Closed by Esc: back to what it was opened from. */
  if (!gtk_widget_get_mapped (self->side) && gtk_widget_get_mapped (self->grid) && has_focus_inside (self->side))
    gtk_widget_grab_focus (self->grid);
  self->side_focus = FALSE;
  if (gtk_widget_get_mapped (self->side))
    gtk_widget_set_state_flags (self->fill, GTK_STATE_FLAG_CHECKED, FALSE);
  else
    gtk_widget_unset_state_flags (self->fill, GTK_STATE_FLAG_CHECKED);
}

static void
on_filled (WbFillNames *side, guint rows, WbStepMailboxes *self)
{
  g_autofree char *text = g_strdup_printf (ngettext ("%u row filled", "%u rows filled", rows), rows);

  wb_domain_chips_select (WB_DOMAIN_CHIPS (self->chips), "all");
  wb_order_step_toast (WB_ORDER_STEP (self), text, TRUE);
}

/* The grid */

static void
on_map_table (WbGrid *grid, const char *text, WbStepMailboxes *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (GTK_IS_WINDOW (root))
    wb_paste_dialog_present (GTK_WINDOW (root), grid, draft_of (self), text);
}

static void
on_said (WbGrid *grid, const char *text, WbStepMailboxes *self)
{
  wb_order_step_toast (WB_ORDER_STEP (self), text, FALSE);
}

static void
on_filter (WbDomainChips *chips, const char *name, WbStepMailboxes *self)
{
  gboolean mend = g_str_equal (name, "mend");
  gboolean all = g_str_equal (name, "all");

  wb_grid_set_filter (WB_GRID (self->grid), all || mend ? NULL : name, mend);
}

/* Building */

static GtkWidget *
make_grid (WbStepMailboxes *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->grid = wb_grid_new (draft_of (self));
  g_signal_connect_object (self->grid, "map-table", G_CALLBACK (on_map_table), self, 0);
  g_signal_connect_object (self->grid, "said", G_CALLBACK (on_said), self, 0);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->grid);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_set_focusable (scroller, FALSE);
  return scroller;
}

static void
make_side (WbStepMailboxes *self)
{
  self->side = g_object_ref_sink (wb_fill_names_new (draft_of (self)));
  gtk_widget_set_hexpand (self->side, TRUE);
  gtk_widget_set_vexpand (self->side, TRUE);
  g_signal_connect_object (self->side, "closed", G_CALLBACK (on_side_closed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->side, "filled", G_CALLBACK (on_filled), self, 0);
  g_signal_connect_object (self->side, "map", G_CALLBACK (on_side_mapped), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->side, "unmap", G_CALLBACK (on_side_mapped), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
build (WbStepMailboxes *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->chips = wb_domain_chips_new (draft_of (self));
  g_signal_connect_object (self->chips, "selected", G_CALLBACK (on_filter), self, 0);
  gtk_box_append (GTK_BOX (box), wb_mailboxes_make_tools (self));
  gtk_box_append (GTK_BOX (box), self->chips);
  gtk_box_append (GTK_BOX (box), wb_mailboxes_make_lack (self));
  gtk_box_append (GTK_BOX (box), wb_mailboxes_make_quantity (self));
  gtk_box_append (GTK_BOX (box), make_grid (self));
  make_side (self);
  wb_order_step_set_child (WB_ORDER_STEP (self), box);
}

/* The step */

static void
wb_step_mailboxes_set_narrow (WbOrderStep *step, gboolean narrow)
{
  WbStepMailboxes *self = WB_MAILBOXES_STEP (step);

  for (guint i = 0; i < self->labels->len; i++)
    gtk_widget_set_visible (self->labels->pdata[i], !narrow);
  if (self->grid == NULL)
    return;
  wb_grid_set_narrow (WB_GRID (self->grid), narrow);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->quantity_line),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

static void
wb_step_mailboxes_draft_changed (WbOrderStep *step, WbDraftPart parts)
{
  WbStepMailboxes *self = WB_MAILBOXES_STEP (step);
  g_autoptr (GPtrArray) problems = wb_draft_dup_problems (draft_of (self));

  if (self->grid == NULL)
    build (self);
  count (self, problems);
  wb_grid_update (WB_GRID (self->grid), problems);
  wb_domain_chips_update (WB_DOMAIN_CHIPS (self->chips), self->counts.errors + self->counts.warnings);
  wb_fill_names_update (WB_FILL_NAMES (self->side));
  wb_mailboxes_update_quantity (self);
  wb_mailboxes_update_undo (self);
}

static void
wb_step_mailboxes_enter (WbOrderStep *step, const WbProblem *problem)
{
  WbStepMailboxes *self = WB_MAILBOXES_STEP (step);

  if (problem != NULL && problem->step == WB_STEP_MAILBOXES && problem->row >= 0)
    wb_grid_show_cell (WB_GRID (self->grid), problem->row, problem->field >= 0 ? problem->field : WB_CELL_USER_NAME);
  else
    gtk_widget_grab_focus (self->grid);
}

static void
wb_step_mailboxes_leave (WbOrderStep *step)
{
  wb_grid_commit (WB_GRID (WB_MAILBOXES_STEP (step)->grid));
}

static GtkWidget *
wb_step_mailboxes_get_side (WbOrderStep *step)
{
  return WB_MAILBOXES_STEP (step)->side;
}

static gboolean
wb_step_mailboxes_command (WbOrderStep *step, const char *name)
{
  WbStepMailboxes *self = WB_MAILBOXES_STEP (step);

  if (g_str_equal (name, "cancel-edit"))
    return wb_grid_cancel (WB_GRID (self->grid));
  if (g_str_equal (name, "fill-names"))
    show_side (self, TRUE);
  else if (g_str_equal (name, "paste-mapped"))
    wb_grid_paste (WB_GRID (self->grid), TRUE);
  else
    return FALSE;
  return TRUE;
}

static void
wb_step_mailboxes_fill_foot (WbOrderStep *step, GtkBox *foot)
{
  WbStepMailboxes *self = WB_MAILBOXES_STEP (step);
  guint n = wb_draft_get_n_mailboxes (draft_of (self)), errors = self->counts.errors, warnings = self->counts.warnings;
  guint fresh = self->counts.fresh;

  if (n == 0)
    return;
  if (errors > 0)
    wb_foot_add (foot, "error", "dialog-error-symbolic", errors,
                 g_strdup_printf (ngettext ("%u to mend", "%u to mend", errors), errors));
  if (warnings > 0)
    wb_foot_add (foot, "warning", "dialog-warning-symbolic", warnings,
                 g_strdup_printf (ngettext ("%u to look at", "%u to look at", warnings), warnings));
  if (fresh > 0)
    wb_foot_add (foot, "", "document-edit-symbolic", fresh,
                 g_strdup_printf (ngettext ("%u to fill in", "%u to fill in", fresh), fresh));
  if (errors + warnings + fresh > 0)
    wb_foot_add_next_problem (foot);
  else
    wb_foot_add (foot, "success", "waybill-done-symbolic", n,
                 g_strdup_printf (ngettext ("%u mailbox ready", "%u mailboxes ready", n), n));
}

static char *
wb_step_mailboxes_dup_fact (WbOrderStep *step)
{
  WbStepMailboxes *self = WB_MAILBOXES_STEP (step);
  guint n = wb_draft_get_n_mailboxes (draft_of (self)),
        mend = self->counts.errors + self->counts.warnings + self->counts.fresh;
  g_autofree char *mailboxes = g_strdup_printf (ngettext ("%u mailbox", "%u mailboxes", n), n);

  if (n == 0)
    return g_strdup (_("No mailboxes yet"));
  /* Translators: first “24 mailboxes” */
  return mend > 0 ? g_strdup_printf (ngettext ("%s · %u to mend", "%s · %u to mend", mend), mailboxes, mend)
                  : g_steal_pointer (&mailboxes);
}

static void
wb_step_mailboxes_dispose (GObject *object)
{
  WbStepMailboxes *self = WB_MAILBOXES_STEP (object);

  g_clear_object (&self->side);
  G_OBJECT_CLASS (wb_step_mailboxes_parent_class)->dispose (object);
}

static void
wb_step_mailboxes_finalize (GObject *object)
{
  g_ptr_array_unref (WB_MAILBOXES_STEP (object)->labels);
  G_OBJECT_CLASS (wb_step_mailboxes_parent_class)->finalize (object);
}

static void
wb_step_mailboxes_class_init (WbStepMailboxesClass *klass)
{
  WbOrderStepClass *step_class = WB_ORDER_STEP_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_step_mailboxes_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_step_mailboxes_finalize;
  step_class->draft_changed = wb_step_mailboxes_draft_changed;
  step_class->enter = wb_step_mailboxes_enter;
  step_class->leave = wb_step_mailboxes_leave;
  step_class->get_side = wb_step_mailboxes_get_side;
  step_class->set_narrow = wb_step_mailboxes_set_narrow;
  step_class->command = wb_step_mailboxes_command;
  step_class->fill_foot = wb_step_mailboxes_fill_foot;
  step_class->dup_fact = wb_step_mailboxes_dup_fact;
}

static void
wb_step_mailboxes_init (WbStepMailboxes *self)
{
  self->labels = g_ptr_array_new ();
}
