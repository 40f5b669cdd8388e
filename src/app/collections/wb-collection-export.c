// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-collection-page-private.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-compat.h"
#include "wb-export.h"
#include "wb-format.h"
#include "wb-window.h"

/* “Export…”: what and which columns, then where; the list stays usable while a thread writes the file. One at a time:
 * a second would only make both slower. */

#define UPDATE_MS 100

struct _WbExporting {
  WbCollectionPage *page; /* (nullable): lent, until it goes */
  WbExportWhat what;
  gboolean all_columns;
  GtkWidget *checks[3], *all_check; /* lent, while the sheet is open */
  GFile *file;
  WbListModel *all;  /* of another question than the one shown */
  WbExport *export;  /* lent by the walk */
  GCancellable *cancellable;
  guint n, update_id;
  GtkWidget *bar, *label, *progress, *cancel; /* lent by the page */
};

static void on_found (WbExporting *self);

/* Others may hold the list longer, and it still tells what it finds. */
static WbListModel *
take_list (WbExporting *self)
{
  g_signal_handlers_disconnect_by_func (self->all, on_found, self);
  return g_steal_pointer (&self->all);
}

static void
drop_list (WbExporting *self)
{
  if (self->all != NULL)
    g_object_unref (take_list (self));
}

/* Somebody may still hold its button. */
static void
remove_bar (WbExporting *self)
{
  if (self->bar == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->cancel, self);
  gtk_box_remove (GTK_BOX (self->page->list_box), g_steal_pointer (&self->bar));
}

static void
exporting_free (WbExporting *self)
{
  if (self->page != NULL)
    remove_bar (self);
  if (self->page != NULL)
    self->page->exporting = NULL;
  g_clear_handle_id (&self->update_id, g_source_remove);
  drop_list (self);
  g_clear_object (&self->file);
  g_object_unref (self->cancellable);
  g_free (self);
}

/* The page goes: what was written so far goes too. */
void
wb_collection_page_drop_export (WbCollectionPage *self)
{
  WbExporting *exporting = g_steal_pointer (&self->exporting);

  if (exporting == NULL)
    return;
  remove_bar (exporting);
  exporting->page = NULL;
  g_clear_handle_id (&exporting->update_id, g_source_remove);
  g_cancellable_cancel (exporting->cancellable);
  if (exporting->all != NULL)
    exporting_free (exporting); /* no callback is to come */
}

/* The end */

static void
say_failure (WbCollectionPage *page, const GError *error)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page)));
  g_autofree char *why = wb_export_dup_failure (error);
  GtkWidget *message = wb_compat_message_new (window, _("The Rows Were Not Saved"), why);

  wb_compat_message_add (message, "close", _("_Close"), WB_COMPAT_PLAIN);
  gtk_window_present (GTK_WINDOW (message));
}

static void
say_saved (WbCollectionPage *page, GFile *file, guint n)
{
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (page));
  g_autofree char *figure = wb_format_exact (n);
  g_autofree char *text = g_strdup_printf (ngettext ("Saved %s row", "Saved %s rows", n), figure);

  if (WB_IS_WINDOW (window))
    wb_window_toast_file (WB_WINDOW (window), text, file);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbExporting *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean good = wb_list_walk_finish (result, &error);

  if (good && self->page != NULL)
    say_saved (self->page, self->file, wb_export_get_n (self->export));
  else if (self->page != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say_failure (self->page, error);
  exporting_free (self);
}

/* Meanwhile */

/* Which rows there are is not known yet. */
static void
show_waiting (WbExporting *self)
{
  gtk_label_set_label (GTK_LABEL (self->label), _("Finding all rows…"));
  gtk_progress_bar_pulse (GTK_PROGRESS_BAR (self->progress));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, _("Finding all rows…"), -1);
}

static gboolean
on_update (gpointer data)
{
  WbExporting *self = data;
  guint n = self->export != NULL ? wb_export_get_n (self->export) : 0;
  g_autofree char *done = wb_format_exact (n), *all = wb_format_exact (self->n);
  /* Translators: how many of how many rows */
  g_autofree char *text = g_strdup_printf (_("Saving %s of %s"), done, all);

  if (self->export == NULL)
    {
      show_waiting (self);
      return G_SOURCE_CONTINUE;
    }
  gtk_label_set_label (GTK_LABEL (self->label), text);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), self->n > 0 ? (double) n / self->n : 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
  return G_SOURCE_CONTINUE;
}

/* A thread that writes is asked to stop, and tells when it has; what only waits stops here. */
static void
on_cancel (GtkButton *button, WbExporting *self)
{
  if (self->export != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    exporting_free (self);
}

static void
make_bar (WbExporting *self)
{
  self->bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->label = gtk_label_new ("");
  self->cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  self->progress = gtk_progress_bar_new ();
  gtk_widget_add_css_class (self->bar, "export-bar");
  gtk_widget_add_css_class (self->label, "numeric");
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->progress, TRUE);
  gtk_widget_set_valign (self->progress, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Saving rows"), -1);
  g_signal_connect (self->cancel, "clicked", G_CALLBACK (on_cancel), self);
  gtk_box_append (GTK_BOX (self->bar), self->label);
  gtk_box_append (GTK_BOX (self->bar), self->progress);
  gtk_box_append (GTK_BOX (self->bar), self->cancel);
  gtk_box_append (GTK_BOX (self->page->list_box), self->bar);
  on_update (self);
  self->update_id = g_timeout_add (UPDATE_MS, on_update, self);
}

static void
start (WbExporting *self, GArray *rowids)
{
  WbCollectionPage *page = self->page;

  self->n = rowids->len;
  self->export = wb_export_new (page->words, page->layout, self->all_columns, self->file);
  on_update (self);
  wb_list_walk_async (page->profile, page->words->collection, rowids, wb_export_visit, self->export, wb_export_free,
                      self->cancellable, exported_cb, self);
}

static GArray *
dup_rowids (WbListModel *model)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (model));
  GArray *rowids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);

  for (guint i = 0; i < n; i++)
    {
      gint64 rowid = wb_list_model_get_rowid (model, i);

      g_array_append_val (rowids, rowid);
    }
  return rowids;
}

/* Of what is hidden by now nothing is selected any more. */
static void
start_with (WbExporting *self, WbListModel *model)
{
  g_autoptr (GArray) rowids
    = self->what == WB_EXPORT_SELECTED ? wb_row_selection_dup_rowids (self->page->selection) : dup_rowids (model);

  start (self, rowids);
}

/* A list that was begun and not found whole yet is waited for. */
static void
on_found (WbExporting *self)
{
  g_autoptr (WbListModel) all = NULL;

  if (self->all == NULL || !wb_list_model_is_whole (self->all))
    return;
  all = take_list (self);
  start_with (self, all);
}

static void
begin (WbExporting *self)
{
  WbCollectionPage *page = self->page;

  make_bar (self);
  if (self->what != WB_EXPORT_ALL && wb_list_model_is_whole (page->model))
    {
      start_with (self, page->model);
      return;
    }
  self->all = self->what == WB_EXPORT_ALL ? wb_list_model_new (page->profile, page->words->collection) : g_object_ref (page->model);
  g_signal_connect_swapped (self->all, "counts-changed", G_CALLBACK (on_found), self);
}

void
wb_collection_page_export_to (WbCollectionPage *self, WbExportWhat what, gboolean all_columns, GFile *file)
{
  g_return_if_fail (self->exporting == NULL);

  self->exporting = g_new0 (WbExporting, 1);
  self->exporting->page = self;
  self->exporting->cancellable = g_cancellable_new ();
  self->exporting->what = what;
  self->exporting->all_columns = all_columns;
  self->exporting->file = g_object_ref (file);
  begin (self->exporting);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbExporting *self = user_data;

  self->file = wb_compat_choose_save_finish (result, NULL);
  if (self->file != NULL && self->page != NULL)
    begin (self);
  else
    exporting_free (self);
}

/* The sheet */

static void
on_response (GtkWidget *sheet, const char *response, WbExporting *self)
{
  g_autofree char *name = NULL;

  g_signal_handlers_disconnect_by_data (sheet, self);
  if (self->page == NULL || !g_str_equal (response, "save"))
    {
      exporting_free (self);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (self->checks); i++)
    if (self->checks[i] != NULL && gtk_check_button_get_active (GTK_CHECK_BUTTON (self->checks[i])))
      self->what = (WbExportWhat) i;
  self->all_columns = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->all_check));
  name = g_strconcat (_(self->page->words->title), ".csv", NULL);
  wb_compat_choose_save_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self->page))), _("Save Rows"), name,
                               self->cancellable, chosen_cb, self);
}

/* It goes without an answer when the window below it does. */
static void
on_sheet_gone (GtkWidget *sheet, WbExporting *self)
{
  g_signal_handlers_disconnect_by_data (sheet, self);
  exporting_free (self);
}

/* A radio row of a group; the first is chosen. */
static GtkWidget *
add_choice (GtkWidget *group, GtkWidget *first, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new (), *check = gtk_check_button_new ();

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (first));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), first == NULL);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return check;
}

static void
add_what (WbExporting *self, GtkWidget *group, WbExportWhat what, const char *title, gint64 n)
{
  g_autofree char *figure = n >= 0 ? wb_format_exact (n) : NULL;
  g_autofree char *text = n >= 0 ? g_strdup_printf (ngettext ("%s row", "%s rows", (gulong) n), figure) : g_strdup ("");
  GtkWidget *first = NULL;

  for (guint i = 0; first == NULL && i < G_N_ELEMENTS (self->checks); i++)
    first = self->checks[i];
  self->checks[what] = add_choice (group, first, title, text);
}

static GtkWidget *
make_choices (WbExporting *self)
{
  WbCollectionPage *page = self->page;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *rows = adw_preferences_group_new (), *columns = adw_preferences_group_new (), *shown;
  guint n_selected = wb_row_selection_get_n_selected (page->selection);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (rows), _("Rows"));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (columns), _("Columns"));
  if (n_selected > 1)
    add_what (self, rows, WB_EXPORT_SELECTED, _("Those selected"), n_selected);
  if (wb_collection_page_is_filtered (page))
    add_what (self, rows, WB_EXPORT_MATCHING, _("All that match"), g_list_model_get_n_items (G_LIST_MODEL (page->model)));
  add_what (self, rows, WB_EXPORT_ALL, _("All"), wb_list_model_get_total (page->model));
  shown = add_choice (columns, NULL, _("Those of the table"), "");
  self->all_check = add_choice (columns, shown, _("All, and the id"), "");
  gtk_box_append (GTK_BOX (box), rows);
  gtk_box_append (GTK_BOX (box), columns);
  return box;
}

static void
on_export (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbCollectionPage *self = WB_COLLECTION_PAGE (widget);
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (widget));
  WbExporting *exporting;
  GtkWidget *sheet;

  if (self->exporting != NULL || wb_list_model_get_total (self->model) <= 0)
    return;
  self->exporting = exporting = g_new0 (WbExporting, 1);
  exporting->page = self;
  exporting->cancellable = g_cancellable_new ();
  sheet = wb_compat_message_new (window, _("Export Rows"), _("As a CSV file, which spreadsheets open. It holds no keys and no passwords."));
  wb_compat_message_set_extra (sheet, make_choices (exporting));
  wb_compat_message_add (sheet, "cancel", _("_Cancel"), WB_COMPAT_PLAIN);
  wb_compat_message_add (sheet, "save", _("_Save As…"), WB_COMPAT_SUGGESTED);
  g_signal_connect (sheet, "response", G_CALLBACK (on_response), exporting);
  g_signal_connect (sheet, "destroy", G_CALLBACK (on_sheet_gone), exporting);
  gtk_window_present (GTK_WINDOW (sheet));
}

void
wb_collection_page_class_init_export (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "collection.export", NULL, on_export);
}
