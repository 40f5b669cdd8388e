// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-grid-private.h"

#include <glib/gi18n.h>

#include "wb-format.h"
#include "wb-names.h"

enum { PROP_HADJUSTMENT = 1, PROP_VADJUSTMENT, PROP_HSCROLL_POLICY, PROP_VSCROLL_POLICY };
enum { MAP_TABLE, SAID, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (WbGrid, wb_grid, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static const char *const titles[WB_GRID_COLUMNS] = {
  N_("Domain"), N_("User name"), N_("First name"), N_("Last name"), N_("Picture"),
};

const char *
wb_grid_column_title (int column)
{
  return _(titles[column]);
}

/* Rows */

int
wb_grid_n_filled (WbGrid *self)
{
  return self->rows->len;
}

int
wb_grid_n_rows (WbGrid *self)
{
  gboolean room = wb_draft_get_n_mailboxes (self->draft) < WB_GRID_MAX_ROWS && !self->only_problems;

  return self->rows->len + room;
}

int
wb_grid_draft_row (WbGrid *self, int row)
{
  return row >= 0 && row < (int) self->rows->len ? (int) g_array_index (self->rows, guint, row) : -1;
}

const char *
wb_grid_text (WbGrid *self, int row, int column)
{
  int at = wb_grid_draft_row (self, row);

  return at >= 0 && column < WB_N_CELLS ? wb_draft_get_cell (self->draft, at, column) : "";
}

char *
wb_grid_dup_shown (WbGrid *self, int row, int column)
{
  const char *text = wb_grid_text (self, row, column);
  g_autofree char *unicode = column == WB_CELL_DOMAIN ? wb_name_unicode (text, NULL) : NULL;

  return wb_format_text (unicode != NULL ? unicode : text);
}

gboolean
wb_grid_is_fresh (WbGrid *self, int row)
{
  return *wb_grid_text (self, row, WB_CELL_USER_NAME) == '\0' && *wb_grid_text (self, row, WB_CELL_FIRST_NAME) == '\0'
         && *wb_grid_text (self, row, WB_CELL_LAST_NAME) == '\0';
}

const char *
wb_grid_get_default_domain (WbGrid *self)
{
  const WbDraftDomain *first = wb_draft_get_domain (self->draft, 0);

  if (self->domain != NULL)
    return self->domain;
  if (self->rows->len > 0)
    return wb_grid_text (self, self->rows->len - 1, WB_CELL_DOMAIN);
  return first != NULL ? first->name : "";
}

/* A domain may be typed as it is read; the draft holds what goes over the wire. */
char *
wb_grid_dup_stored (int column, const char *text)
{
  g_auto (GStrv) domains = column == WB_CELL_DOMAIN ? wb_name_domains (text, NULL) : NULL;

  return g_strdup (domains != NULL && domains[0] != NULL ? domains[0] : text);
}

static void
append_row (WbGrid *self)
{
  WbDraftMailbox mailbox = { .domain = (char *) wb_grid_get_default_domain (self) };
  guint at = wb_draft_get_n_mailboxes (self->draft);

  if (self->domain != NULL && self->rows->len > 0)
    at = g_array_index (self->rows, guint, self->rows->len - 1) + 1;
  wb_draft_insert_mailboxes (self->draft, at, &mailbox, 1);
  g_array_append_val (self->rows, at);
}

void
wb_grid_set_text (WbGrid *self, int row, int column, const char *text)
{
  g_autofree char *stored = wb_grid_dup_stored (column, text);

  if (column >= WB_N_CELLS)
    return;
  if (row >= wb_grid_n_filled (self))
    {
      if (*stored == '\0' || row >= wb_grid_n_rows (self))
        return;
      append_row (self);
      row = self->rows->len - 1;
    }
  wb_draft_set_cell (self->draft, wb_grid_draft_row (self, row), column, stored);
}

/* Problems */

static gpointer
problem_key (int draft_row, int column)
{
  return GINT_TO_POINTER (draft_row * WB_GRID_COLUMNS + column);
}

static void
index_problems (WbGrid *self)
{
  g_hash_table_remove_all (self->problems);
  for (guint i = 0; self->problem_list != NULL && i < self->problem_list->len; i++)
    {
      WbProblem *problem = self->problem_list->pdata[i];
      gpointer key = problem_key (problem->row, problem->field >= 0 ? problem->field : WB_CELL_USER_NAME);
      const WbProblem *other = g_hash_table_lookup (self->problems, key);

      if (problem->step == WB_STEP_MAILBOXES && problem->row >= 0 && problem->severity >= WB_SEVERITY_WARNING
          && (other == NULL || other->severity < problem->severity))
        g_hash_table_insert (self->problems, key, problem);
    }
}

const WbProblem *
wb_grid_problem (WbGrid *self, int row, int column)
{
  int at = wb_grid_draft_row (self, row);
  const WbProblem *problem = at >= 0 ? g_hash_table_lookup (self->problems, problem_key (at, column)) : NULL;

  return problem != NULL && problem->code == WB_PROBLEM_CELL_EMPTY && wb_grid_is_fresh (self, row) ? NULL : problem;
}

const WbProblem *
wb_grid_message (WbGrid *self)
{
  return self->editing ? self->live : wb_grid_problem (self, self->cursor.row, self->cursor.column);
}

/* The filter */

static gboolean
has_problem (WbGrid *self, guint draft_row)
{
  for (int column = 0; column < WB_GRID_COLUMNS; column++)
    if (g_hash_table_contains (self->problems, problem_key (draft_row, column)))
      return TRUE;
  return FALSE;
}

void
wb_grid_rebuild (WbGrid *self)
{
  guint n = wb_draft_get_n_mailboxes (self->draft);

  g_array_set_size (self->rows, 0);
  for (guint row = 0; row < n; row++)
    if ((self->domain == NULL || g_str_equal (wb_draft_get_cell (self->draft, row, WB_CELL_DOMAIN), self->domain))
        && (!self->only_problems || has_problem (self, row)))
      g_array_append_val (self->rows, row);
}

static void
clamp (WbGridCell *cell, int rows)
{
  cell->row = CLAMP (cell->row, 0, MAX (rows - 1, 0));
}

void
wb_grid_update (WbGrid *self, GPtrArray *problems)
{
  guint n = wb_draft_get_n_mailboxes (self->draft);
  gboolean stale = self->rows->len > 0 && g_array_index (self->rows, guint, self->rows->len - 1) >= n;

  g_clear_pointer (&self->problem_list, g_ptr_array_unref);
  self->problem_list = problems != NULL ? g_ptr_array_ref (problems) : NULL;
  index_problems (self);
  /* What was mended stays in sight among those to mend, until the chip is chosen again. */
  if (!self->only_problems || stale)
    wb_grid_rebuild (self);
  clamp (&self->cursor, wb_grid_n_rows (self));
  clamp (&self->head, wb_grid_n_rows (self));
  wb_grid_message_update (self);
  wb_grid_proxy_update (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
wb_grid_set_filter (WbGrid *self, const char *domain, gboolean only_problems)
{
  wb_grid_commit (self);
  g_free (self->domain);
  self->domain = g_strdup (domain);
  self->only_problems = only_problems;
  wb_grid_rebuild (self);
  self->cursor.row = self->head.row = 0;
  self->follow = TRUE;
  wb_grid_message_update (self);
  wb_grid_proxy_update (self);
  wb_grid_queue (self);
}

gboolean
wb_grid_show_cell (WbGrid *self, guint row, int cell)
{
  if (row >= wb_draft_get_n_mailboxes (self->draft))
    return FALSE;
  wb_grid_commit (self);
  for (int pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < self->rows->len; i++)
        if (g_array_index (self->rows, guint, i) == row)
          {
            wb_grid_go (self, (WbGridCell) { i, CLAMP (cell, 0, WB_GRID_COLUMNS - 1) }, FALSE);
            return gtk_widget_grab_focus (GTK_WIDGET (self));
          }
      wb_grid_set_filter (self, NULL, FALSE);
    }
  return FALSE;
}

void
wb_grid_add_row (WbGrid *self)
{
  wb_grid_commit (self);
  wb_grid_go (self, (WbGridCell) { MAX (wb_grid_n_rows (self) - 1, 0), WB_CELL_USER_NAME }, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* The cursor */

WbGridArea
wb_grid_get_area (WbGrid *self)
{
  return wb_grid_area (self->cursor, self->head);
}

void
wb_grid_go (WbGrid *self, WbGridCell to, gboolean extend)
{
  self->head = to;
  if (!extend)
    self->cursor = to;
  wb_grid_scroll_to (self, to.row, to.column);
  wb_grid_message_update (self);
  wb_grid_proxy_update (self);
  wb_grid_queue (self);
}

gboolean
wb_grid_step (WbGrid *self, WbGridMove move, gboolean extend)
{
  WbGridCell to = extend ? self->head : self->cursor;
  gboolean moved = wb_grid_move (&to, move, wb_grid_n_rows (self), WB_GRID_COLUMNS, wb_grid_page (self));

  wb_grid_go (self, to, extend);
  return moved;
}

void
wb_grid_say (WbGrid *self, const char *text)
{
  g_signal_emit (self, signals[SAID], 0, text);
}

/* Life */

/* What is under way holds the grid: it ends with its window. */
static void
wb_grid_unroot (GtkWidget *widget)
{
  WbGrid *self = WB_GRID (widget);

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  GTK_WIDGET_CLASS (wb_grid_parent_class)->unroot (widget);
}

static void
wb_grid_dispose (GObject *object)
{
  WbGrid *self = WB_GRID (object);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  wb_grid_picture_dispose (self);
  wb_grid_layout_dispose (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (wb_grid_parent_class)->dispose (object);
}

static void
wb_grid_finalize (GObject *object)
{
  WbGrid *self = WB_GRID (object);

  g_array_unref (self->rows);
  g_hash_table_unref (self->problems);
  g_clear_pointer (&self->problem_list, g_ptr_array_unref);
  g_object_unref (self->cancellable);
  g_free (self->domain);
  g_free (self->copied);
  G_OBJECT_CLASS (wb_grid_parent_class)->finalize (object);
}

static void
wb_grid_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WbGrid *self = WB_GRID (object);

  switch (id)
    {
    case PROP_HADJUSTMENT: g_value_set_object (value, self->adjustments[GTK_ORIENTATION_HORIZONTAL]); break;
    case PROP_VADJUSTMENT: g_value_set_object (value, self->adjustments[GTK_ORIENTATION_VERTICAL]); break;
    case PROP_HSCROLL_POLICY: g_value_set_enum (value, self->policies[GTK_ORIENTATION_HORIZONTAL]); break;
    case PROP_VSCROLL_POLICY: g_value_set_enum (value, self->policies[GTK_ORIENTATION_VERTICAL]); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wb_grid_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WbGrid *self = WB_GRID (object);

  switch (id)
    {
    case PROP_HADJUSTMENT: wb_grid_set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, g_value_get_object (value)); break;
    case PROP_VADJUSTMENT: wb_grid_set_adjustment (self, GTK_ORIENTATION_VERTICAL, g_value_get_object (value)); break;
    case PROP_HSCROLL_POLICY: self->policies[GTK_ORIENTATION_HORIZONTAL] = g_value_get_enum (value); break;
    case PROP_VSCROLL_POLICY: self->policies[GTK_ORIENTATION_VERTICAL] = g_value_get_enum (value); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wb_grid_class_init (WbGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_grid_dispose;
  object_class->finalize = wb_grid_finalize;
  object_class->get_property = wb_grid_get_property;
  object_class->set_property = wb_grid_set_property;
  widget_class->snapshot = wb_grid_snapshot;
  widget_class->focus = wb_grid_focus;
  widget_class->grab_focus = wb_grid_grab_focus;
  widget_class->unroot = wb_grid_unroot;
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  signals[MAP_TABLE]
      = g_signal_new ("map-table", WB_TYPE_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SAID]
      = g_signal_new ("said", WB_TYPE_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_css_name (widget_class, "wbgrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
  wb_grid_layout_class_init (widget_class);
  wb_grid_keys_class_init (widget_class);
}

static void
wb_grid_init (WbGrid *self)
{
  self->rows = g_array_new (FALSE, FALSE, sizeof (guint));
  self->problems = g_hash_table_new (NULL, NULL);
  self->cancellable = g_cancellable_new ();
  self->cursor.column = self->head.column = WB_CELL_USER_NAME;
  self->home_column = self->drop_row = -1;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Mailboxes"), -1);
  wb_grid_proxy_init (self);
  wb_grid_edit_init (self);
  wb_grid_keys_init (self);
  wb_grid_pointer_init (self);
  wb_grid_picture_init (self);
}

GtkWidget *
wb_grid_new (WbDraft *draft)
{
  WbGrid *self = g_object_new (WB_TYPE_GRID, NULL);

  self->draft = g_object_ref (draft);
  wb_grid_picture_set_draft (self);
  wb_grid_rebuild (self);
  return GTK_WIDGET (self);
}
