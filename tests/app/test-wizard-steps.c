// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store-fixture.h"
#include "cmr-field.h"
#include "wb-domain-entry.h"
#include "wb-grid.h"
#include "wb-order-window.h"
#include "wb-style.h"

/* Steps 2 and 3 in the wizard's real window. Warnings of GTK end the program; what was made is gone at the end. */

typedef struct {
  Store *store;
  WbDraft *draft;
  WbOrderWindow *window;
} Wizard;

static void
set_up (Wizard *wizard, gconstpointer domains)
{
  wizard->store = store_new (NULL);
  wizard->draft = store_draft (wizard->store, domains, "");
  wizard->window = wb_order_window_new (GTK_APPLICATION (g_application_get_default ()), wizard->store->profile, wizard->draft);
  gtk_window_present (GTK_WINDOW (wizard->window));
}

static gboolean
is_gone (gpointer place)
{
  return *(gpointer *) place == NULL;
}

static gboolean
is_last (gpointer object)
{
  return g_atomic_int_get (&G_OBJECT (object)->ref_count) == 1;
}

static void
tear_down (Wizard *wizard, gconstpointer domains)
{
  gpointer window = wizard->window;

  g_object_add_weak_pointer (window, &window);
  gtk_window_destroy (GTK_WINDOW (wizard->window));
  /* Frames under way and the clipboard hold it a little longer. */
  g_assert_true (wb_test_wait_for (is_gone, &window, WB_TEST_DEADLINE_MS));
  g_assert_true (wb_test_wait_for (is_last, wizard->draft, WB_TEST_DEADLINE_MS));
  g_assert_finalize_object (wizard->draft);
  store_free (wizard->store);
}

static GtkWidget *
find_widget (GtkWidget *root, GType type, const char *label)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type)
      && (label == NULL || (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static WbGrid *
grid_of (Wizard *wizard)
{
  GtkWidget *grid;

  wb_order_window_go (wizard->window, WB_STEP_MAILBOXES, NULL);
  grid = find_widget (GTK_WIDGET (wizard->window), WB_TYPE_GRID, NULL);
  g_assert_nonnull (grid);
  return WB_GRID (grid);
}

static void
press (GtkWidget *root, const char *label)
{
  GtkWidget *button = find_widget (root, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static GtkWidget *
type_domains (Wizard *wizard, const char *text)
{
  GtkWidget *place = find_widget (GTK_WIDGET (wizard->window), WB_TYPE_DOMAIN_ENTRY, NULL);
  GtkWidget *entry = find_widget (place, GTK_TYPE_ENTRY, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
  return entry;
}

static gboolean
has_seen_prices (gpointer draft)
{
  for (guint i = 0; i < wb_draft_get_n_domains (draft); i++)
    if (wb_draft_get_domain (draft, i)->seen_cents == CMR_MONEY_UNKNOWN)
      return FALSE;
  return wb_draft_get_n_domains (draft) > 0;
}

/* Names are asked for by themselves; that their price was seen is no step that Ctrl+Z takes back. */
static void
test_domains (Wizard *wizard, gconstpointer domains)
{
  GtkWidget *entry;

  wb_order_window_go (wizard->window, WB_STEP_DOMAINS, NULL);
  entry = type_domains (wizard, "https://brightloom.example/start, mail@trybrightloom.example brightloom.example not-a-name");
  g_assert_cmpuint (wb_draft_get_n_domains (wizard->draft), ==, 2);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "not-a-name");
  g_assert_true (wb_test_wait_for (has_seen_prices, wizard->draft, WB_TEST_DEADLINE_MS));
  g_assert_cmpstr (wb_draft_get_undo_code (wizard->draft, NULL), ==, "add-domains");
  type_domains (wizard, "brightloom.example");
  g_assert_cmpuint (wb_draft_get_n_domains (wizard->draft), ==, 2);
  g_assert_true (wb_draft_undo (wizard->draft));
  g_assert_cmpuint (wb_draft_get_n_domains (wizard->draft), ==, 0);
}

/* Hundreds of names, put in and taken out while they are asked for. */
static void
test_many_domains (Wizard *wizard, gconstpointer domains)
{
  g_autoptr (GString) text = g_string_new (NULL);

  wb_order_window_go (wizard->window, WB_STEP_DOMAINS, NULL);
  for (int i = 0; i < 300; i++)
    g_string_append_printf (text, "number-%d.example\n", i);
  type_domains (wizard, text->str);
  g_assert_cmpuint (wb_draft_get_n_domains (wizard->draft), ==, 300);
  for (int i = 299; i >= 0; i -= 10)
    {
      g_autofree char *name = g_strdup_printf ("number-%d.example", i);

      wb_draft_remove_domain (wizard->draft, name);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_cmpuint (wb_draft_get_n_domains (wizard->draft), ==, 270);
}

static void
assert_cell (Wizard *wizard, guint row, WbCell cell, const char *text)
{
  g_assert_cmpstr (wb_draft_get_cell (wizard->draft, row, cell), ==, text);
}

static void
test_quantity (Wizard *wizard, gconstpointer domains)
{
  WbGrid *grid = grid_of (wizard);

  press (GTK_WIDGET (wizard->window), "Make 16 Rows");
  g_assert_cmpuint (wb_draft_get_n_mailboxes (wizard->draft), ==, 16);
  assert_cell (wizard, 8, WB_CELL_DOMAIN, "trybrightloom.example");
  g_assert_true (wb_grid_show_cell (grid, 15, WB_CELL_LAST_NAME));
  g_assert_false (wb_grid_show_cell (grid, 16, WB_CELL_LAST_NAME));
  g_assert_true (wb_draft_undo (wizard->draft));
  g_assert_cmpuint (wb_draft_get_n_mailboxes (wizard->draft), ==, 0);
}

static void
type_into (WbGrid *grid, const char *text)
{
  GtkWidget *entry = find_widget (GTK_WIDGET (grid), GTK_TYPE_ENTRY, NULL);

  gtk_widget_activate_action (GTK_WIDGET (grid), "grid.edit", NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

/* In the empty row at the end a mailbox comes to be; what is typed is lower case at once, Esc gives it up. */
static void
test_typing (Wizard *wizard, gconstpointer domains)
{
  WbGrid *grid = grid_of (wizard);

  wb_grid_add_row (grid);
  type_into (grid, "Amara Okafor");
  g_assert_true (wb_grid_cancel (grid));
  g_assert_cmpuint (wb_draft_get_n_mailboxes (wizard->draft), ==, 0);
  type_into (grid, "Amara Okafor");
  g_assert_true (wb_grid_commit (grid));
  g_assert_cmpuint (wb_draft_get_n_mailboxes (wizard->draft), ==, 1);
  assert_cell (wizard, 0, WB_CELL_USER_NAME, "amara okafor");
  assert_cell (wizard, 0, WB_CELL_DOMAIN, "brightloom.example");
  g_assert_cmpstr (wb_draft_get_undo_code (wizard->draft, NULL), ==, "edit-cell");
  /* The message has a button that mends it. */
  press (GTK_WIDGET (grid), "Use “amara.okafor”");
  assert_cell (wizard, 0, WB_CELL_USER_NAME, "amara.okafor");
  g_assert_true (wb_draft_undo (wizard->draft));
  g_assert_true (wb_draft_undo (wizard->draft));
  g_assert_cmpuint (wb_draft_get_n_mailboxes (wizard->draft), ==, 0);
}

typedef struct {
  WbDraft *draft;
  guint rows;
} Rows;

static gboolean
has_rows (gpointer data)
{
  Rows *rows = data;

  return wb_draft_get_n_mailboxes (rows->draft) == rows->rows;
}

static void
paste (Wizard *wizard, WbGrid *grid, const char *text, guint rows)
{
  Rows wanted = { wizard->draft, rows };

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (grid)), text);
  wb_grid_paste (grid, FALSE);
  g_assert_true (wb_test_wait_for (has_rows, &wanted, WB_TEST_DEADLINE_MS));
}

static void
test_paste (Wizard *wizard, gconstpointer domains)
{
  WbGrid *grid = grid_of (wizard);

  wb_grid_add_row (grid);
  paste (wizard, grid, "amara\tAmara\tOkafor\njonas\tJonas\tLindqvist\n", 2);
  assert_cell (wizard, 1, WB_CELL_FIRST_NAME, "Jonas");
  assert_cell (wizard, 1, WB_CELL_DOMAIN, "brightloom.example");
  /* Over what is there, and on beyond it. */
  g_assert_true (wb_grid_show_cell (grid, 1, WB_CELL_DOMAIN));
  paste (wizard, grid, "trybrightloom.example\tmei\ntrybrightloom.example\tkofi\n", 3);
  assert_cell (wizard, 1, WB_CELL_USER_NAME, "mei");
  assert_cell (wizard, 1, WB_CELL_LAST_NAME, "Lindqvist");
  assert_cell (wizard, 2, WB_CELL_USER_NAME, "kofi");
  g_assert_true (wb_draft_undo (wizard->draft));
  assert_cell (wizard, 1, WB_CELL_USER_NAME, "jonas");
  g_assert_cmpuint (wb_draft_get_n_mailboxes (wizard->draft), ==, 2);
}

static GtkWindow *
find_other_window (Wizard *wizard)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (window != GTK_WINDOW (wizard->window) && gtk_window_get_transient_for (window) == GTK_WINDOW (wizard->window))
        return window;
    }
  return NULL;
}

static gboolean
has_dialog (gpointer wizard)
{
  return find_other_window (wizard) != NULL;
}

/* Columns that do not tell where they go are asked for; the answer is one step. */
static void
test_mapping (Wizard *wizard, gconstpointer domains)
{
  WbGrid *grid = grid_of (wizard);

  wb_grid_add_row (grid);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (grid)), "Amara Okafor\tamara@brightloom.example\nJo Lee\tjo@trybrightloom.example");
  wb_grid_paste (grid, FALSE);
  g_assert_true (wb_test_wait_for (has_dialog, wizard, WB_TEST_DEADLINE_MS));
  g_assert_cmpuint (wb_draft_get_n_mailboxes (wizard->draft), ==, 0);
  press (GTK_WIDGET (find_other_window (wizard)), "Add 2 Rows");
  g_assert_cmpuint (wb_draft_get_n_mailboxes (wizard->draft), ==, 2);
  assert_cell (wizard, 0, WB_CELL_LAST_NAME, "Okafor");
  assert_cell (wizard, 1, WB_CELL_DOMAIN, "trybrightloom.example");
  g_assert_true (wb_draft_undo (wizard->draft));
  g_assert_cmpuint (wb_draft_get_n_mailboxes (wizard->draft), ==, 0);
}

/* What does not fit an order is left out, not half taken. */
static void
test_full (Wizard *wizard, gconstpointer domains)
{
  WbGrid *grid = grid_of (wizard);
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < WB_GRID_MAX_ROWS + 50; i++)
    g_string_append_printf (text, "user%d\n", i);
  wb_grid_add_row (grid);
  paste (wizard, grid, text->str, WB_GRID_MAX_ROWS);
  wb_grid_add_row (grid);
  type_into (grid, "other");
  wb_grid_commit (grid);
  g_assert_cmpuint (wb_draft_get_n_mailboxes (wizard->draft), ==, WB_GRID_MAX_ROWS);
}

static void
test_acts (Wizard *wizard, gconstpointer domains)
{
  WbGrid *grid = grid_of (wizard);
  GtkWidget *widget = GTK_WIDGET (grid);

  wb_grid_add_row (grid);
  paste (wizard, grid, "amara\tAmara\tOkafor\njonas\tJonas\tLindqvist\nmei\tMei\tTanaka\n", 3);
  /* The range that was pasted is chosen: it is what acts are about. */
  gtk_widget_activate_action (widget, "grid.fill-down", NULL);
  assert_cell (wizard, 2, WB_CELL_LAST_NAME, "Okafor");
  g_assert_true (wb_draft_undo (wizard->draft));
  gtk_widget_activate_action (widget, "grid.cut", NULL);
  assert_cell (wizard, 0, WB_CELL_USER_NAME, "");
  assert_cell (wizard, 0, WB_CELL_DOMAIN, "brightloom.example");
  g_assert_true (wb_grid_show_cell (grid, 1, WB_CELL_USER_NAME));
  /* What was copied from here comes back as it was, also where it does not look like it. */
  paste (wizard, grid, "amara\tAmara\tOkafor\njonas\tJonas\tLindqvist\nmei\tMei\tTanaka\n", 4);
  assert_cell (wizard, 3, WB_CELL_USER_NAME, "mei");
  gtk_widget_activate_action (widget, "grid.remove-rows", NULL);
  g_assert_cmpuint (wb_draft_get_n_mailboxes (wizard->draft), ==, 1);
  gtk_widget_activate_action (widget, "grid.select-all", NULL);
  gtk_widget_activate_action (widget, "grid.remove-rows", NULL);
  g_assert_cmpuint (wb_draft_get_n_mailboxes (wizard->draft), ==, 0);
}

/* F8 leads to the cell, whatever the chips hide; Ctrl+Z while something is typed takes nothing else back. */
static void
test_problems (Wizard *wizard, gconstpointer domains)
{
  WbGrid *grid = grid_of (wizard);
  GtkWidget *window = GTK_WIDGET (wizard->window);

  wb_grid_add_row (grid);
  paste (wizard, grid, "amara\tAmara\tOkafor\njonas\tJonas\tLindqvist\nmei\tMei\tTanaka\n", 3);
  wb_draft_set_cell (wizard->draft, 1, WB_CELL_USER_NAME, "a b");
  wb_grid_set_filter (grid, "trybrightloom.example", FALSE);
  /* The customer is there, so the names come first: the second has no mailboxes. */
  for (int i = 0; i < 6 && find_widget (GTK_WIDGET (grid), GTK_TYPE_BUTTON, "Use “a.b”") == NULL; i++)
    gtk_widget_activate_action (window, "order.next-problem", NULL);
  press (GTK_WIDGET (grid), "Use “a.b”");
  assert_cell (wizard, 1, WB_CELL_USER_NAME, "a.b");
  type_into (grid, "other");
  gtk_widget_activate_action (window, "order.undo", NULL);
  assert_cell (wizard, 1, WB_CELL_USER_NAME, "a.b");
  gtk_widget_activate_action (window, "order.undo", NULL);
  assert_cell (wizard, 1, WB_CELL_USER_NAME, "a b");
}

static void
test_fill (Wizard *wizard, gconstpointer domains)
{
  GtkWidget *window = GTK_WIDGET (wizard->window), *people;
  Rows four = { wizard->draft, 4 };

  grid_of (wizard);
  gtk_widget_activate_action (window, "order.command", "s", "fill-names");
  people = find_widget (window, GTK_TYPE_TEXT_VIEW, NULL);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (people)), "Amara Okafor\nTomás Herrera", -1);
  g_assert_true (wb_test_wait_for ((WbTestCondition) gtk_widget_get_mapped, people, WB_TEST_DEADLINE_MS));
  while (find_widget (window, GTK_TYPE_BUTTON, "Fill 4 Rows") == NULL)
    g_main_context_iteration (NULL, TRUE);
  press (window, "Fill 4 Rows");
  g_assert_true (has_rows (&four));
  assert_cell (wizard, 3, WB_CELL_USER_NAME, "tomas.herrera");
  g_assert_true (wb_draft_undo (wizard->draft));
  g_assert_cmpuint (wb_draft_get_n_mailboxes (wizard->draft), ==, 0);
}

#define TWO "brightloom.example trybrightloom.example"

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  application = adw_application_new ("io.github.waybill.Waybill", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, NULL);
  g_application_set_default (G_APPLICATION (application));
  wb_style_install ();
  g_test_add ("/wizard/domains/type", Wizard, "", set_up, test_domains, tear_down);
  g_test_add ("/wizard/domains/many", Wizard, "", set_up, test_many_domains, tear_down);
  g_test_add ("/wizard/mailboxes/quantity", Wizard, TWO, set_up, test_quantity, tear_down);
  g_test_add ("/wizard/mailboxes/type", Wizard, TWO, set_up, test_typing, tear_down);
  g_test_add ("/wizard/mailboxes/paste", Wizard, TWO, set_up, test_paste, tear_down);
  g_test_add ("/wizard/mailboxes/mapping", Wizard, TWO, set_up, test_mapping, tear_down);
  g_test_add ("/wizard/mailboxes/full", Wizard, TWO, set_up, test_full, tear_down);
  g_test_add ("/wizard/mailboxes/acts", Wizard, TWO, set_up, test_acts, tear_down);
  g_test_add ("/wizard/mailboxes/problems", Wizard, TWO, set_up, test_problems, tear_down);
  g_test_add ("/wizard/mailboxes/fill", Wizard, TWO, set_up, test_fill, tear_down);
  result = g_test_run ();
  return result;
}
