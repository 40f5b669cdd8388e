// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-paste-dialog.h"

#include <glib/gi18n.h>

#include "wb-format.h"

#define PREVIEW 5

#define WB_TYPE_PASTE_DIALOG (wb_paste_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WbPasteDialog, wb_paste_dialog, WB, PASTE_DIALOG, AdwWindow)

struct _WbPasteDialog {
  AdwWindow parent_instance;

  WbGrid *grid;
  WbDraft *draft;
  WbTable *table;
  WbRole *roles;
  GPtrArray *choices; /* of GtkDropDown, lent */
  GtkWidget *cells, *heading, *note, *add;
};

G_DEFINE_FINAL_TYPE (WbPasteDialog, wb_paste_dialog, ADW_TYPE_WINDOW)

static const char *const role_names[WB_N_ROLES + 1] = {
  N_("Leave Out"), N_("Domain"),    N_("User Name"),      N_("First Name"),
  N_("Last Name"), N_("Full Name"), N_("E-Mail Address"), NULL,
};

static gboolean
has_heading (WbPasteDialog *self)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (self->heading));
}

static GPtrArray *
make_rows (WbPasteDialog *self)
{
  return wb_table_make_rows (self->table, self->roles, has_heading (self), wb_grid_get_default_domain (self->grid));
}

/* Cells that lack something in what is to come count as well: the rows are marked in the grid. */
static gboolean
has_error (WbPasteDialog *self, const WbDraftMailbox *row)
{
  for (int cell = 0; cell < WB_N_CELLS; cell++)
    {
      WbProblem *problem = wb_draft_check_cell (self->draft, -1, row, cell);
      gboolean grave = problem != NULL && problem->severity == WB_SEVERITY_ERROR;

      wb_problem_free (problem);
      if (grave)
        return TRUE;
    }
  return FALSE;
}

static void
update (WbPasteDialog *self)
{
  g_autoptr (GPtrArray) rows = make_rows (self);
  g_autofree char *label = NULL, *note = NULL;
  guint errors = 0;

  for (guint i = 0; i < rows->len; i++)
    errors += has_error (self, rows->pdata[i]);
  label = rows->len > 0 ? g_strdup_printf (ngettext ("Add %u Row", "Add %u Rows", rows->len), rows->len)
                        : g_strdup (_("Add Rows"));
  if (rows->len == 0)
    note = g_strdup (_("Say above what at least one column is."));
  else if (errors > 0)
    note = g_strdup_printf (ngettext ("%u row has something to mend; it comes too, marked.",
                                      "%u rows have something to mend; they come too, marked.", errors), errors);
  gtk_button_set_label (GTK_BUTTON (self->add), label);
  gtk_widget_set_sensitive (self->add, rows->len > 0);
  gtk_label_set_label (GTK_LABEL (self->note), note != NULL ? note : "");
}

static void
set_heading_class (WbPasteDialog *self)
{
  for (guint column = 0; column < self->table->columns; column++)
    {
      GtkWidget *label = gtk_grid_get_child_at (GTK_GRID (self->cells), column, 1);

      if (has_heading (self))
        gtk_widget_add_css_class (label, "heading");
      else
        gtk_widget_remove_css_class (label, "heading");
    }
}

static void
on_heading (WbPasteDialog *self)
{
  set_heading_class (self);
  update (self);
}

static void
on_role (GtkDropDown *choice, GParamSpec *pspec, WbPasteDialog *self)
{
  for (guint column = 0; column < self->choices->len; column++)
    if (self->choices->pdata[column] == choice)
      self->roles[column] = gtk_drop_down_get_selected (choice);
  update (self);
}

static void
on_add (WbPasteDialog *self)
{
  g_autoptr (GPtrArray) rows = make_rows (self);
  g_autoptr (WbGrid) grid = g_object_ref (self->grid);

  wb_grid_insert_rows (grid, rows);
  gtk_window_close (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (grid));
}

/* Building */

static GtkWidget *
make_choice (WbPasteDialog *self, guint column)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *choice;
  g_autofree char *name = g_strdup_printf (_("Column %u is"), column + 1);

  for (guint i = 0; i < WB_N_ROLES; i++)
    gtk_string_list_append (names, _(role_names[i]));
  choice = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), self->roles[column]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_tooltip_text (choice, name);
  g_signal_connect (choice, "notify::selected", G_CALLBACK (on_role), self);
  g_ptr_array_add (self->choices, choice);
  return choice;
}

static GtkWidget *
make_cell (const char *text)
{
  g_autofree char *safe = wb_format_text (text);
  GtkWidget *label = gtk_label_new (safe);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 12);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  gtk_widget_add_css_class (label, "paste-cell");
  return label;
}

static GtkWidget *
make_preview (WbPasteDialog *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  guint rows = MIN (self->table->rows->len, PREVIEW);

  self->cells = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->cells), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self->cells), 6);
  for (guint column = 0; column < self->table->columns; column++)
    {
      gtk_grid_attach (GTK_GRID (self->cells), make_choice (self, column), column, 0, 1, 1);
      for (guint row = 0; row < rows; row++)
        gtk_grid_attach (GTK_GRID (self->cells), make_cell (wb_table_get (self->table, row, column)), column, row + 1,
                         1, 1);
    }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->cells);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_set_focusable (scroller, FALSE);
  return scroller;
}

static char *
dup_more (WbPasteDialog *self)
{
  guint more = self->table->rows->len - MIN (self->table->rows->len, PREVIEW);

  return more > 0 ? g_strdup_printf (ngettext ("and %u more row", "and %u more rows", more), more) : NULL;
}

static void
add_label (GtkWidget *box, GtkWidget *label, const char *css_class)
{
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
}

static GtkWidget *
make_body (WbPasteDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autofree char *more = dup_more (self);

  gtk_widget_add_css_class (box, "paste-body");
  add_label (box, gtk_label_new (_("Say what each column is.")), "dim-label");
  gtk_box_append (GTK_BOX (box), make_preview (self));
  if (more != NULL)
    add_label (box, gtk_label_new (more), "caption");
  gtk_box_append (GTK_BOX (box), self->heading);
  self->note = gtk_label_new ("");
  add_label (box, self->note, "paste-note");
  return box;
}

static GtkWidget *
make_header (WbPasteDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_label (_("Cancel"));

  self->add = gtk_button_new_with_label (_("Add Rows"));
  gtk_widget_add_css_class (self->add, "suggested-action");
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (on_add), self);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->add);
  return header;
}

static void
build (WbPasteDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gboolean heading;

  self->roles = g_new0 (WbRole, MAX (self->table->columns, 1));
  wb_table_guess (self->table, self->roles, &heading);
  self->heading = gtk_check_button_new_with_label (_("The first row names the columns"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->heading), heading);
  gtk_widget_set_visible (self->heading, self->table->rows->len > 1);
  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), make_body (self));
  adw_window_set_content (ADW_WINDOW (self), box);
  g_signal_connect_swapped (self->heading, "toggled", G_CALLBACK (on_heading), self);
  set_heading_class (self);
  update (self);
  gtk_window_set_default_widget (GTK_WINDOW (self), self->add);
  gtk_window_set_focus (GTK_WINDOW (self), self->choices->pdata[0]);
}

static void
wb_paste_dialog_dispose (GObject *object)
{
  WbPasteDialog *self = WB_PASTE_DIALOG (object);

  g_clear_object (&self->grid);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (wb_paste_dialog_parent_class)->dispose (object);
}

static void
wb_paste_dialog_finalize (GObject *object)
{
  WbPasteDialog *self = WB_PASTE_DIALOG (object);

  g_clear_pointer (&self->table, wb_table_free);
  g_free (self->roles);
  g_ptr_array_unref (self->choices);
  G_OBJECT_CLASS (wb_paste_dialog_parent_class)->finalize (object);
}

static void
wb_paste_dialog_class_init (WbPasteDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_paste_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_paste_dialog_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
wb_paste_dialog_init (WbPasteDialog *self)
{
  self->choices = g_ptr_array_new ();
}

void
wb_paste_dialog_present (GtkWindow *parent, WbGrid *grid, WbDraft *draft, const char *text)
{
  WbPasteDialog *self
      = g_object_new (WB_TYPE_PASTE_DIALOG, "transient-for", parent, "modal", TRUE, "title", _("Paste Rows"),
                      "default-width", 640, "default-height", 420, "destroy-with-parent", TRUE, NULL);

  self->grid = g_object_ref (grid);
  self->draft = g_object_ref (draft);
  self->table = wb_table_parse (text, '\0');
  build (self);
  gtk_window_present (GTK_WINDOW (self));
}
