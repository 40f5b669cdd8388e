// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-fill-names-private.h"

#include <glib/gi18n.h>

#include "wb-format.h"
#include "wb-grid.h"
#include "wb-names.h"

#define EXAMPLES 3

enum { FILLED, CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbFillNames, wb_fill_names, GTK_TYPE_WIDGET)

/* The plan */

static GtkWidget *
check_of (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "check");
}

static const char *
domain_of (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "domain");
}

static GPtrArray *
chosen_domains (WbFillNames *self)
{
  GPtrArray *domains = g_ptr_array_new ();
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->where), i)) != NULL; i++)
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (check_of (row))))
      g_ptr_array_add (domains, (gpointer) domain_of (row));
  g_ptr_array_add (domains, NULL);
  return domains;
}

static char *
dup_people (WbFillNames *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->people));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static char *
dup_examples (WbFillPlan *plan)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (plan->rows->len, EXAMPLES); i++)
    {
      const WbFillRow *row = plan->rows->pdata[i];
      g_autofree char *address = g_strdup_printf (
          "%s@%s", *row->mailbox.user_name != '\0' ? row->mailbox.user_name : "?", row->mailbox.domain);
      g_autofree char *safe = wb_format_text (address);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", safe);
    }
  if (plan->rows->len > EXAMPLES)
    {
      guint more = plan->rows->len - EXAMPLES;

      g_string_append_c (text, '\n');
      g_string_append_printf (text, ngettext ("and %u more", "and %u more", more), more);
    }
  return g_string_free (text, FALSE);
}

static guint
new_rows (WbFillPlan *plan)
{
  guint n = 0;

  for (guint i = 0; i < plan->rows->len; i++)
    n += ((const WbFillRow *) plan->rows->pdata[i])->row < 0;
  return n;
}

static char *
dup_note (WbFillNames *self, gboolean too_many, guint domains)
{
  WbFillPlan *plan = self->plan;

  if (too_many)
    return g_strdup (_("An order takes at most 2,000 mailboxes."));
  if (plan->people == 0)
    return g_strdup (_("Nobody is named yet."));
  if (domains == 0)
    return g_strdup (_("No domain is chosen."));
  if (plan->rows->len == 0)
    return g_strdup (_("All of them are there already."));
  if (plan->nameless > 0)
    return g_strdup_printf (
        ngettext ("%u user name is left for you to type.", "%u user names are left for you to type.", plan->nameless),
        plan->nameless);
  if (plan->there > 0)
    return g_strdup_printf (ngettext ("%u is there already.", "%u are there already.", plan->there), plan->there);
  return g_strdup_printf (ngettext ("%u row changes.", "%u rows change.", plan->rows->len), plan->rows->len);
}

static void
show_plan (WbFillNames *self, guint domains)
{
  g_autofree char *examples = dup_examples (self->plan);
  gboolean too_many = wb_draft_get_n_mailboxes (self->draft) + new_rows (self->plan) > WB_GRID_MAX_ROWS;
  g_autofree char *note = dup_note (self, too_many, domains);
  guint n = self->plan->rows->len;
  g_autofree char *label
      = n > 0 ? g_strdup_printf (ngettext ("Fill %u Row", "Fill %u Rows", n), n) : g_strdup (_("Fill Rows"));

  gtk_label_set_label (GTK_LABEL (self->examples), n > 0 ? examples : "—");
  gtk_label_set_label (GTK_LABEL (self->note), note);
  gtk_button_set_label (GTK_BUTTON (self->fill), label);
  gtk_widget_set_sensitive (self->fill, n > 0 && !too_many);
}

static gboolean
make_plan (gpointer user_data)
{
  WbFillNames *self = user_data;
  g_autofree char *people = dup_people (self);
  g_autoptr (GPtrArray) domains = chosen_domains (self);

  self->plan_id = 0;
  g_clear_pointer (&self->plan, wb_fill_plan_free);
  self->plan = wb_fill_plan_new (self->draft, people, gtk_editable_get_text (GTK_EDITABLE (self->pattern)),
                                 (const char *const *) domains->pdata);
  show_plan (self, domains->len - 1);
  return G_SOURCE_REMOVE;
}

void
wb_fill_names_plan_soon (WbFillNames *self)
{
  if (self->plan_id == 0 && !self->updating)
    self->plan_id = g_idle_add (make_plan, self);
}

void
wb_fill_names_fill (WbFillNames *self)
{
  guint rows;

  /* What the next turn of the loop would work out is worked out now. */
  g_clear_handle_id (&self->plan_id, g_source_remove);
  make_plan (self);
  rows = self->plan->rows->len;
  wb_fill_plan_apply (self->plan, self->draft);
  g_signal_emit (self, signals[FILLED], 0, rows);
}

/* Where */

static void
update_all (WbFillNames *self)
{
  g_autoptr (GPtrArray) domains = chosen_domains (self);
  guint n = wb_draft_get_n_domains (self->draft), chosen = domains->len - 1;

  self->updating = TRUE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->all), chosen == n && n > 0);
  gtk_check_button_set_inconsistent (GTK_CHECK_BUTTON (self->all), chosen > 0 && chosen < n);
  self->updating = FALSE;
}

static void
on_check (WbFillNames *self)
{
  if (self->updating)
    return;
  update_all (self);
  wb_fill_names_plan_soon (self);
}

void
wb_fill_names_toggle_all (WbFillNames *self)
{
  gboolean on = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->all));
  GtkListBoxRow *row;

  if (self->updating)
    return;
  self->updating = TRUE;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->where), i)) != NULL; i++)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check_of (row)), on);
  self->updating = FALSE;
  update_all (self);
  wb_fill_names_plan_soon (self);
}

static GtkWidget *
make_domain_row (WbFillNames *self, const char *domain)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *check = gtk_check_button_new (), *name, *count = gtk_label_new ("");
  g_autofree char *unicode = wb_name_unicode (domain, NULL);
  g_autofree char *shown = wb_format_text (unicode);

  name = gtk_label_new (shown);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_widget_add_css_class (count, "caption");
  gtk_widget_add_css_class (count, "numeric");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, shown, -1);
  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  /* The tick is what takes the focus: a row of one's own would be a second stop. */
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "check", check);
  g_object_set_data (G_OBJECT (row), "count", count);
  g_object_set_data_full (G_OBJECT (row), "domain", g_strdup (domain), g_free);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (on_check), self);
  return row;
}

void
wb_fill_names_toggle_row (GtkListBox *list, GtkListBoxRow *row)
{
  GtkCheckButton *check = GTK_CHECK_BUTTON (check_of (row));

  gtk_check_button_set_active (check, !gtk_check_button_get_active (check));
}

/* Rows by identity: what was ticked off stays so. */
static void
update_domains (WbFillNames *self)
{
  GtkListBox *list = GTK_LIST_BOX (self->where);
  guint n = wb_draft_get_n_domains (self->draft);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL;)
    if (wb_draft_find_domain (self->draft, domain_of (row)) == NULL)
      gtk_list_box_remove (list, GTK_WIDGET (row));
    else
      i++;
  for (guint i = 0; i < n; i++)
    {
      const char *name = wb_draft_get_domain (self->draft, i)->name;

      row = gtk_list_box_get_row_at_index (list, i);
      if (row == NULL || !g_str_equal (domain_of (row), name))
        gtk_list_box_insert (list, make_domain_row (self, name), i);
    }
  /* A name that moved forward left its old row behind. */
  while ((row = gtk_list_box_get_row_at_index (list, n)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
  gtk_widget_set_visible (self->all, n > 1);
  gtk_widget_set_visible (self->where, n > 0);
}

static void
update_counts (WbFillNames *self)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  GtkListBoxRow *row;

  for (guint i = 0; i < wb_draft_get_n_mailboxes (self->draft); i++)
    {
      const char *domain = wb_draft_get_cell (self->draft, i, WB_CELL_DOMAIN);

      g_hash_table_insert (counts, (gpointer) domain,
                           GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, domain)) + 1));
    }
  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->where), i)) != NULL; i++)
    {
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, domain_of (row)));
      g_autofree char *text = g_strdup_printf (ngettext ("%u row", "%u rows", n), n);

      gtk_label_set_label (g_object_get_data (G_OBJECT (row), "count"), text);
    }
}

void
wb_fill_names_update (WbFillNames *self)
{
  update_domains (self);
  update_counts (self);
  update_all (self);
  wb_fill_names_plan_soon (self);
}

/* Opened for the first time: whoever is in the order already. */
void
wb_fill_names_start (WbFillNames *self)
{
  g_autofree char *people = NULL;

  if (self->started)
    return;
  self->started = TRUE;
  people = wb_fill_dup_people (self->draft);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->people)), people, -1);
  /* Whoever types goes on with the next one. */
  if (*people != '\0')
    gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->people)), "\n", 1);
}

void
wb_fill_names_close (WbFillNames *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static gboolean
wb_fill_names_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (WB_FILL_NAMES (widget)->people);
}

static void
wb_fill_names_dispose (GObject *object)
{
  WbFillNames *self = WB_FILL_NAMES (object);

  /* What goes away is no change to work out. */
  self->updating = TRUE;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_handle_id (&self->plan_id, g_source_remove);
  g_clear_pointer (&self->plan, wb_fill_plan_free);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (wb_fill_names_parent_class)->dispose (object);
}

static void
wb_fill_names_class_init (WbFillNamesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_fill_names_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = wb_fill_names_grab_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[FILLED] = g_signal_new ("filled", WB_TYPE_FILL_NAMES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_UINT);
  signals[CLOSED] = g_signal_new ("closed", WB_TYPE_FILL_NAMES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_fill_names_init (WbFillNames *self)
{
  wb_fill_names_build (self);
}

GtkWidget *
wb_fill_names_new (WbDraft *draft)
{
  WbFillNames *self = g_object_new (WB_TYPE_FILL_NAMES, NULL);

  self->draft = g_object_ref (draft);
  wb_fill_names_update (self);
  return GTK_WIDGET (self);
}
