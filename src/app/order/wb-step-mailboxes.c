// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-order-step.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-compat.h"
#include "wb-domain-chips.h"
#include "wb-fill-names.h"
#include "wb-foot.h"
#include "wb-grid.h"
#include "wb-paste-dialog.h"
#include "wb-words.h"

/* Step 3: the grid, its tools, and what fills it. */

typedef struct {
  guint errors, warnings, fresh; /* rows */
} Counts;

struct _WbStepMailboxes {
  WbOrderStep parent_instance;

  GtkWidget *grid, *chips, *side, *quantity, *each, *each_label, *make, *lack, *undo, *redo, *fill;
  gboolean side_focus;
  GPtrArray *labels; /* of the tools: hidden when narrow */
  Counts counts;
};

G_DECLARE_FINAL_TYPE (WbStepMailboxes, wb_step_mailboxes, WB, MAILBOXES_STEP, WbOrderStep)
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
  self->counts = (Counts) { 0 };
  for (guint row = 0; row < wb_draft_get_n_mailboxes (draft); row++)
    if (is_fresh (draft, row))
      self->counts.fresh++;
    else if (worst[row] == WB_SEVERITY_ERROR)
      self->counts.errors++;
    else if (worst[row] == WB_SEVERITY_WARNING)
      self->counts.warnings++;
}

/* Tools */

static void
update_undo_button (GtkWidget *button, const char *code, const char *subject, gboolean redo)
{
  g_autofree char *words = wb_words_undo (code, subject, redo);

  gtk_widget_set_sensitive (button, code != NULL);
  wb_accessible_set_name (button, words);
}

static void
update_undo (WbStepMailboxes *self)
{
  const char *subject, *code = wb_draft_get_undo_code (draft_of (self), &subject);

  update_undo_button (self->undo, code, subject, FALSE);
  code = wb_draft_get_redo_code (draft_of (self), &subject);
  update_undo_button (self->redo, code, subject, TRUE);
}

static void
on_undo (WbStepMailboxes *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "order.undo", NULL);
}

static void
on_redo (WbStepMailboxes *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "order.redo", NULL);
}

static void
on_add_row (WbStepMailboxes *self)
{
  wb_domain_chips_select (WB_DOMAIN_CHIPS (self->chips), "all");
  wb_grid_add_row (WB_GRID (self->grid));
}

static void
on_paste (WbStepMailboxes *self)
{
  wb_grid_paste (WB_GRID (self->grid), FALSE);
}

static void
show_side (WbStepMailboxes *self, gboolean show)
{
  wb_order_step_want_side (WB_ORDER_STEP (self), show);
  if (show)
    self->side_focus = !gtk_widget_grab_focus (self->side);
  else
    gtk_widget_grab_focus (self->grid);
}

static void
on_fill_clicked (WbStepMailboxes *self)
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

/* "8 on each of 3 domains" */

static void
on_make (WbStepMailboxes *self)
{
  WbDraft *draft = draft_of (self);
  guint each = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->each));
  guint domains = wb_draft_get_n_domains (draft), n = 0;
  g_autofree WbDraftMailbox *rows = g_new0 (WbDraftMailbox, MAX (each * domains, 1));

  for (guint i = 0; i < domains; i++)
    for (guint k = 0; k < each && n < WB_GRID_MAX_ROWS; k++)
      rows[n++].domain = wb_draft_get_domain (draft, i)->name;
  wb_draft_begin (draft, "add-rows", NULL);
  wb_draft_insert_mailboxes (draft, 0, rows, n);
  wb_draft_end (draft);
  wb_grid_show_cell (WB_GRID (self->grid), 0, WB_CELL_USER_NAME);
}

static void
update_quantity (WbStepMailboxes *self)
{
  guint domains = wb_draft_get_n_domains (draft_of (self));
  guint rows = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->each)) * domains;
  /* Translators: follows a number that can be changed: “8 on each of 3 domains” */
  g_autofree char *each = g_strdup_printf (ngettext ("on the one domain", "on each of %u domains", domains), domains);
  g_autofree char *make = g_strdup_printf (ngettext ("Make %u Row", "Make %u Rows", rows), rows);

  gtk_label_set_label (GTK_LABEL (self->each_label), each);
  gtk_button_set_label (GTK_BUTTON (self->make), make);
  gtk_widget_set_sensitive (self->make, rows > 0 && rows <= WB_GRID_MAX_ROWS);
  wb_accessible_set_tooltip (self->make, rows > WB_GRID_MAX_ROWS ? _("An order takes at most 2,000 mailboxes.") : NULL);
  gtk_widget_set_visible (self->quantity, wb_draft_get_n_mailboxes (draft_of (self)) == 0 && domains > 0);
  gtk_widget_set_visible (self->lack, domains == 0);
}

static void
on_to_domains (WbStepMailboxes *self)
{
  wb_order_step_go (WB_ORDER_STEP (self), WB_STEP_DOMAINS);
}

/* Building */

static GtkWidget *
make_tool (WbStepMailboxes *self, const char *icon, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_label_new (label);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), words);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  wb_accessible_set_name (button, label);
  g_ptr_array_add (self->labels, words);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static GtkWidget *
make_history (WbStepMailboxes *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->undo = gtk_button_new_from_icon_name ("edit-undo-symbolic");
  self->redo = gtk_button_new_from_icon_name ("edit-redo-symbolic");
  g_signal_connect_swapped (self->undo, "clicked", G_CALLBACK (on_undo), self);
  g_signal_connect_swapped (self->redo, "clicked", G_CALLBACK (on_redo), self);
  gtk_widget_add_css_class (box, "linked");
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), self->undo);
  gtk_box_append (GTK_BOX (box), self->redo);
  return box;
}

static GtkWidget *
make_tools (WbStepMailboxes *self)
{
  GtkWidget *tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->fill = make_tool (self, "system-users-symbolic", _("Fill from Names"), G_CALLBACK (on_fill_clicked));
  gtk_box_append (GTK_BOX (tools), make_tool (self, "list-add-symbolic", _("Add Row"), G_CALLBACK (on_add_row)));
  gtk_box_append (GTK_BOX (tools), make_tool (self, "edit-paste-symbolic", _("Paste"), G_CALLBACK (on_paste)));
  gtk_box_append (GTK_BOX (tools), self->fill);
  gtk_box_append (GTK_BOX (tools), make_history (self));
  gtk_widget_add_css_class (tools, "mailbox-tools");
  return tools;
}

static GtkWidget *
make_quantity (WbStepMailboxes *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *hint = gtk_label_new (_("Or type into the first row, paste from a spreadsheet, or fill from names."));

  self->quantity = box;
  self->each = gtk_spin_button_new_with_range (1, WB_GRID_MAX_ROWS, 1);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->each), 8);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->each), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Mailboxes on each domain"), -1);
  self->each_label = gtk_label_new ("");
  gtk_label_set_ellipsize (GTK_LABEL (self->each_label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->each_label), 0);
  gtk_widget_set_hexpand (self->each_label, TRUE);
  self->make = gtk_button_new_with_label ("");
  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_widget_add_css_class (hint, "dim-label");
  gtk_widget_add_css_class (hint, "caption");
  gtk_box_append (GTK_BOX (line), self->each);
  gtk_box_append (GTK_BOX (line), self->each_label);
  gtk_box_append (GTK_BOX (line), self->make);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), hint);
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "mailbox-quantity");
  g_signal_connect_swapped (self->each, "value-changed", G_CALLBACK (update_quantity), self);
  g_signal_connect_swapped (self->make, "clicked", G_CALLBACK (on_make), self);
  return box;
}

static GtkWidget *
make_lack (WbStepMailboxes *self)
{
  GtkWidget *label = gtk_label_new (_("There are no domains yet. Each mailbox stands on one."));
  GtkWidget *go = gtk_button_new_with_label (_("Add Domains"));

  self->lack = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (go, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (go, "clicked", G_CALLBACK (on_to_domains), self);
  gtk_box_append (GTK_BOX (self->lack), label);
  gtk_box_append (GTK_BOX (self->lack), go);
  gtk_widget_add_css_class (self->lack, "card");
  gtk_widget_add_css_class (self->lack, "mailbox-quantity");
  return self->lack;
}

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
  gtk_box_append (GTK_BOX (box), make_tools (self));
  gtk_box_append (GTK_BOX (box), self->chips);
  gtk_box_append (GTK_BOX (box), make_lack (self));
  gtk_box_append (GTK_BOX (box), make_quantity (self));
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
  update_quantity (self);
  update_undo (self);
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
    wb_foot_add (foot, "error", "dialog-error-symbolic", errors, g_strdup_printf (ngettext ("%u to mend", "%u to mend", errors), errors));
  if (warnings > 0)
    wb_foot_add (foot, "warning", "dialog-warning-symbolic", warnings, g_strdup_printf (ngettext ("%u to look at", "%u to look at", warnings), warnings));
  if (fresh > 0)
    wb_foot_add (foot, "", "document-edit-symbolic", fresh, g_strdup_printf (ngettext ("%u to fill in", "%u to fill in", fresh), fresh));
  if (errors + warnings + fresh > 0)
    wb_foot_add_next_problem (foot);
  else
    wb_foot_add (foot, "success", "emblem-ok-symbolic", n, g_strdup_printf (ngettext ("%u mailbox ready", "%u mailboxes ready", n), n));
}

static char *
wb_step_mailboxes_dup_fact (WbOrderStep *step)
{
  WbStepMailboxes *self = WB_MAILBOXES_STEP (step);
  guint n = wb_draft_get_n_mailboxes (draft_of (self)), mend = self->counts.errors + self->counts.warnings + self->counts.fresh;
  g_autofree char *mailboxes = g_strdup_printf (ngettext ("%u mailbox", "%u mailboxes", n), n);

  if (n == 0)
    return g_strdup (_("No mailboxes yet"));
  /* Translators: first “24 mailboxes” */
  return mend > 0 ? g_strdup_printf (ngettext ("%s · %u to mend", "%s · %u to mend", mend), mailboxes, mend) : g_steal_pointer (&mailboxes);
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
