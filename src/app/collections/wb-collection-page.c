// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-collection-page-private.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-application.h"
#include "wb-compat.h"
#include "wb-dialogs.h"
#include "wb-format.h"
#include "wb-text-scale.h"
#include "wb-words.h"

#define PANE_WIDTH 365
#define ROWS_BELOW 520
#define FULL_HEADER_FROM 900

enum { BACK, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbCollectionPage, wb_collection_page, GTK_TYPE_WIDGET)

/* Title and states of the list */

static char *
dup_subtitle (WbCollectionPage *self)
{
  WbSync *sync = wb_profile_get_sync (self->profile);
  gint64 total = wb_list_model_get_total (self->model), of = -1;
  gint64 as_of = wb_sync_get_as_of (sync, self->words->collection);
  g_autofree char *count = wb_format_count (MAX (total, 0));
  guint read = 0;

  if (wb_sync_is_running (sync, self->words->collection, &read, &of) && of > 0)
    {
      g_autofree char *n = wb_format_count (read), *all = wb_format_count (of);

      /* Translators: how many of how many rows have been read */
      return g_strdup_printf (_("Loading %s of %s"), n, all);
    }
  if (self->stale && as_of > 0)
    {
      g_autofree char *when = wb_format_time (as_of);

      return g_strdup_printf (_("as of %s"), when);
    }
  if (total <= 0)
    return g_strdup ("");
  return self->words->dup_count ((gulong) total, count);
}

static gboolean
is_filtered (WbCollectionPage *self)
{
  return *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0' || g_strcmp0 (self->chip, "all") != 0;
}

void
wb_collection_page_update (WbCollectionPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  g_autofree char *subtitle = dup_subtitle (self);
  const char *page = self->as_rows ? "rows" : "table";

  adw_window_title_set_subtitle (self->title, subtitle);
  if (n == 0 && wb_list_model_get_total (self->model) == 0)
    page = "empty";
  else if (n == 0 && is_filtered (self) && wb_list_model_get_total (self->model) > 0)
    page = "no-match";
  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_widget_set_visible (self->last_row, self->words->last_row != NULL && n > 0 && !is_filtered (self));
  gtk_widget_set_visible (self->chip_place, wb_list_model_get_total (self->model) > 0 && self->words->n_chips > 1);
}

static void
on_counts (WbCollectionPage *self)
{
  for (guint i = 0; i < self->words->n_chips; i++)
    wb_chip_bar_set_count (self->chips, self->words->chips[i].name, wb_list_model_get_count (self->model, self->words->chips[i].name));
  wb_collection_page_update (self);
}

/* Layout: the list's own width is worked out from the page's and the pane that is to be shown, never taken
 * inside the flap: while it slides the list passes every width. */

static void
set_rows (WbCollectionPage *self, gboolean as_rows)
{
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (self->selection);

  self->as_rows = as_rows || self->words->rows_only;
  /* A hidden view would keep its 205 rows bound. */
  gtk_column_view_set_model (self->table, self->as_rows ? NULL : selection);
  gtk_list_view_set_model (self->rows, self->as_rows ? selection : NULL);
  wb_collection_page_update (self);
}

static int
needed_width (WbCollectionPage *self, guint rank)
{
  int width = 220;

  for (guint i = 1; i < self->words->n_columns; i++)
    if (self->words->columns[i].rank <= rank)
      width += self->words->columns[i].width;
  return width;
}

/* Columns of least rank leave first, until the rest fits. */
static void
fit_columns (WbCollectionPage *self, double width, double scale)
{
  guint rank = 9;

  while (rank > 0 && needed_width (self, rank) > width)
    rank--;
  for (guint i = 1; i < self->words->n_columns; i++)
    {
      const WbColumn *column = &self->words->columns[i];
      gboolean shown = column->rank <= rank;

      gtk_column_view_column_set_visible (self->columns[i], shown);
      /* A hidden column with a fixed width still takes it (GTK 4.8). */
      gtk_column_view_column_set_fixed_width (self->columns[i], shown ? (int) (column->width * scale) : -1);
    }
}

void
wb_collection_page_relayout (WbCollectionPage *self)
{
  double scale = wb_text_scale ();
  double page = gtk_widget_get_width (self->bin) / scale;
  gboolean covered = adw_flap_get_folded (self->flap);
  double list = page - (!covered && self->want_detail ? PANE_WIDTH : 0);

  if (page <= 0)
    return;
  if ((list < ROWS_BELOW) != self->narrow || !self->laid_out)
    {
      self->narrow = list < ROWS_BELOW;
      self->laid_out = TRUE;
      set_rows (self, self->narrow);
    }
  fit_columns (self, list, scale);
  gtk_widget_set_visible (self->refresh, page >= FULL_HEADER_FROM);
  wb_collection_page_set_main (self, page < ROWS_BELOW);
}

static void
on_width_class (WbCollectionPage *self)
{
  wb_collection_page_relayout (self);
}

/* At narrow widths the main action is an icon. */
void
wb_collection_page_set_main (WbCollectionPage *self, gboolean as_icon)
{
  const char *label = self->words->main_label;

  gtk_widget_set_visible (self->main, label != NULL);
  if (label == NULL)
    return;
  if (as_icon)
    gtk_button_set_icon_name (GTK_BUTTON (self->main), self->words->main_icon);
  else
    gtk_button_set_label (GTK_BUTTON (self->main), _(label));
  wb_accessible_set_name (self->main, _(label));
}

/* Search and chips */

static void
on_search_changed (WbCollectionPage *self)
{
  wb_list_model_set_search (self->model, gtk_editable_get_text (GTK_EDITABLE (self->search)));
  wb_collection_page_update (self);
}

static void
on_stop_search (WbCollectionPage *self)
{
  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), FALSE);
}

static void
on_chip (WbChipBar *bar, const char *name, WbCollectionPage *self)
{
  g_free (self->chip);
  self->chip = g_strdup (name);
  wb_list_model_set_chip (self->model, name);
  wb_collection_page_update (self);
}

static void
on_clear_filters (WbCollectionPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  wb_chip_bar_select (self->chips, "all");
}

void
wb_collection_page_show_search (WbCollectionPage *self)
{
  gtk_search_bar_set_search_mode (GTK_SEARCH_BAR (self->search_bar), TRUE);
  gtk_widget_grab_focus (self->search);
}

static void
on_search_mode (WbCollectionPage *self)
{
  /* A collapsed bar still counts its child's width. */
  gtk_widget_set_visible (self->search, gtk_search_bar_get_search_mode (GTK_SEARCH_BAR (self->search_bar)));
}

/* Refresh */

static void
show_error (WbCollectionPage *self, const GError *error)
{
  g_autoptr (WbErrorWords) words = wb_words_for_error (error);

  self->remedy = words->remedy;
  wb_banner_show (self->banner, words->icon, words->cause, words->consequence, words->button);
}

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbCollectionPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean read = wb_sync_refresh_finish (WB_SYNC (source), result, &error);

  if (self->profile == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->stale = !read;
  if (read)
    wb_banner_hide (self->banner);
  else
    show_error (self, error);
  wb_collection_page_update (self);
}

/* The customers' sums come from the partner-wide list of subscriptions. */
void
wb_collection_page_refresh (WbCollectionPage *self)
{
  WbSync *sync = wb_profile_get_sync (self->profile);

  if (wb_profile_get_key_state (self->profile) != WB_KEY_PRESENT && wb_profile_get_key_state (self->profile) != WB_KEY_MEMORY_ONLY)
    return;
  wb_sync_refresh_async (sync, self->words->collection, NULL, self->cancellable, refreshed_cb, g_object_ref (self));
  if (self->words->collection == WB_COLLECTION_CUSTOMERS)
    wb_sync_refresh_async (sync, WB_COLLECTION_SUBSCRIPTIONS, NULL, self->cancellable, refreshed_cb, g_object_ref (self));
  wb_sync_read_wallet_async (sync, self->cancellable, NULL, NULL);
}

static void
on_remedy (WbBanner *banner, WbCollectionPage *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  if (self->remedy == WB_REMEDY_CHANGE_KEY)
    wb_key_dialog_present (window, self->profile);
  else if (self->remedy == WB_REMEDY_UNLOCK)
    wb_unlock_dialog_present (window, self->profile);
  else
    wb_collection_page_refresh (self);
}

static void
on_key_state (WbCollectionPage *self)
{
  WbKeyState state = wb_profile_get_key_state (self->profile);
  gboolean locked = state == WB_KEY_LOCKED;

  if (state == WB_KEY_PRESENT || state == WB_KEY_MEMORY_ONLY)
    {
      wb_banner_hide (self->banner);
      if (gtk_widget_get_mapped (GTK_WIDGET (self)))
        wb_collection_page_refresh (self);
      return;
    }
  if (state == WB_KEY_LOOKING)
    return;
  self->remedy = WB_REMEDY_CHANGE_KEY;
  wb_banner_show (self->banner, "dialog-password-symbolic", locked ? _("The keyring is locked.") : _("There is no key for this profile."),
                  _("You see what was stored; nothing is read or sent without the key."), _("Enter Key…"));
}

/* Opening */

static void
on_activate (WbCollectionPage *self, guint position)
{
  g_autoptr (WbRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  WbApplication *application = WB_APPLICATION (g_application_get_default ());
  g_autofree char *id = row != NULL ? g_strdup (wb_row_get_id (row)) : NULL;

  if (id == NULL)
    return;
  if (self->words->collection == WB_COLLECTION_ORDERS && g_str_equal (wb_row_get_text (row, "kind"), "draft"))
    wb_application_open_draft (application, id);
  else if (self->words->collection == WB_COLLECTION_ORDERS)
    wb_application_show_order (application, id);
  else
    wb_collection_page_show_detail (self, TRUE);
}

static void
select_when_read (WbCollectionPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  for (guint i = 0; self->wanted_id != NULL && i < MIN (n, 1000); i++)
    {
      g_autoptr (WbRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), i);

      if (!g_str_equal (wb_row_get_id (row), self->wanted_id))
        continue;
      g_clear_pointer (&self->wanted_id, g_free);
      wb_row_selection_select (self->selection, i);
      wb_compat_list_scroll_to (self->as_rows ? GTK_WIDGET (self->rows) : GTK_WIDGET (self->table), i);
      wb_collection_page_show_detail (self, TRUE);
    }
}

void
wb_collection_page_select (WbCollectionPage *self, const char *id)
{
  on_clear_filters (self);
  g_free (self->wanted_id);
  self->wanted_id = g_strdup (id);
  select_when_read (self);
}

static void
on_back (WbCollectionPage *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

void
wb_collection_page_set_folded (WbCollectionPage *self, gboolean folded)
{
  gtk_widget_set_visible (self->back, folded);
  self->folded = folded;
  wb_collection_page_fit_pane (self);
}

WbCollection
wb_collection_page_get_collection (WbCollectionPage *self)
{
  return self->words->collection;
}

gboolean
wb_collection_page_escape (WbCollectionPage *self)
{
  if (adw_flap_get_folded (self->flap) && adw_flap_get_reveal_flap (self->flap))
    {
      wb_collection_page_show_detail (self, FALSE);
      return TRUE;
    }
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    {
      gtk_editable_set_text (GTK_EDITABLE (self->search), "");
      return TRUE;
    }
  if (!gtk_search_bar_get_search_mode (GTK_SEARCH_BAR (self->search_bar)))
    return FALSE;
  on_stop_search (self);
  return TRUE;
}

/* Building */

static void
on_sort_changed (GtkSorter *sorter, GtkSorterChange change, WbCollectionPage *self)
{
  gboolean descending = FALSE;
  int column = wb_compat_sorted_column (sorter, self->columns, self->words->n_columns, &descending);

  wb_list_model_set_sort (self->model, column >= 0 ? self->words->columns[column].field : NULL, descending);
}

static void
add_columns (WbCollectionPage *self)
{
  self->columns = g_new0 (GtkColumnViewColumn *, self->words->n_columns);
  for (guint i = 0; i < self->words->n_columns; i++)
    {
      const WbColumn *column = &self->words->columns[i];
      GtkColumnViewColumn *view_column = gtk_column_view_column_new (_(column->title), wb_cell_factory_new (self->words, column));

      gtk_column_view_column_set_expand (view_column, i == 0);
      gtk_column_view_column_set_sorter (view_column, wb_compat_noting_sorter_new (i));
      gtk_column_view_append_column (self->table, view_column);
      self->columns[i] = view_column; /* the view holds it */
      g_object_unref (view_column);
    }
  g_signal_connect_object (gtk_column_view_get_sorter (self->table), "changed", G_CALLBACK (on_sort_changed), self, 0);
}

static void
add_chips (WbCollectionPage *self)
{
  self->chips = WB_CHIP_BAR (wb_chip_bar_new ());
  for (guint i = 0; i < self->words->n_chips; i++)
    wb_chip_bar_add (self->chips, self->words->chips[i].name, _(self->words->chips[i].title));
  wb_chip_bar_select (self->chips, "all");
  g_signal_connect (self->chips, "selected", G_CALLBACK (on_chip), self);
  gtk_widget_set_hexpand (GTK_WIDGET (self->chips), TRUE);
  gtk_box_append (GTK_BOX (self->chip_place), GTK_WIDGET (self->chips));
}

static void
set_words (WbCollectionPage *self)
{
  adw_window_title_set_title (self->title, _(self->words->title));
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  g_object_set (self->search, "placeholder-text", _(self->words->search), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _(self->words->search), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->table), GTK_ACCESSIBLE_PROPERTY_LABEL, _(self->words->title), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows), GTK_ACCESSIBLE_PROPERTY_LABEL, _(self->words->title), -1);
  gtk_label_set_label (GTK_LABEL (self->last_row), self->words->last_row != NULL ? _(self->words->last_row) : "");
  adw_status_page_set_title (self->empty, _(self->words->empty_title));
  adw_status_page_set_description (self->empty, _(self->words->empty_text));
  adw_status_page_set_icon_name (self->empty, self->words->icon);
  adw_status_page_set_title (self->no_match, _(self->words->no_match));
  gtk_widget_set_visible (self->empty_button, self->words->main_label != NULL);
  if (self->words->main_label != NULL)
    {
      gtk_button_set_label (GTK_BUTTON (self->empty_button), _(self->words->main_label));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->empty_button), self->words->main_action);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->main), self->words->main_action);
    }
}

static GMenuModel *
make_menu (WbCollectionPage *self)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _("_Search"), "win.search");
  g_menu_append (menu, _("_Refresh"), "win.refresh");
  g_menu_append (menu, _("_Details"), "win.toggle-detail");
  if (self->words->collection == WB_COLLECTION_ORDERS)
    g_menu_append (menu, _("_Add Order by Id…"), "collection.add-order");
  return G_MENU_MODEL (menu);
}

static void
on_add_order (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbCollectionPage *self = WB_COLLECTION_PAGE (widget);

  wb_add_order_dialog_present (GTK_WINDOW (gtk_widget_get_root (widget)), self->profile);
}

static void
build (WbCollectionPage *self)
{
  g_autoptr (GMenuModel) menu = make_menu (self);

  set_words (self);
  add_columns (self);
  add_chips (self);
  self->banner = WB_BANNER (wb_banner_new ());
  g_signal_connect (self->banner, "clicked", G_CALLBACK (on_remedy), self);
  gtk_box_append (GTK_BOX (self->banner_place), GTK_WIDGET (self->banner));
  gtk_list_view_set_factory (self->rows, wb_row_factory_new (self->words));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu), menu);
  g_object_bind_property (self->search_toggle, "active", self->search_bar, "search-mode-enabled", G_BINDING_BIDIRECTIONAL);
  g_signal_connect_swapped (self->search_bar, "notify::search-mode-enabled", G_CALLBACK (on_search_mode), self);
  gtk_search_bar_connect_entry (GTK_SEARCH_BAR (self->search_bar), GTK_EDITABLE (self->search));
  gtk_search_bar_set_key_capture_widget (GTK_SEARCH_BAR (self->search_bar), self->list_box);
  wb_compat_single_tab_stop (GTK_WIDGET (self->table));
  wb_compat_single_tab_stop (GTK_WIDGET (self->rows));
  on_search_mode (self);
}

GtkWidget *
wb_collection_page_new (WbProfile *profile, WbCollection collection)
{
  WbCollectionPage *self = g_object_new (WB_TYPE_COLLECTION_PAGE, NULL);

  self->words = wb_collection_words (collection);
  self->profile = g_object_ref (profile);
  self->model = wb_list_model_new (profile, collection);
  self->selection = wb_row_selection_new (self->model);
  self->want_detail = TRUE;
  build (self);
  wb_collection_page_init_pane (self);
  g_signal_connect_object (self->model, "counts-changed", G_CALLBACK (on_counts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "counts-changed", G_CALLBACK (select_when_read), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::selected-id", G_CALLBACK (wb_collection_page_show_selected), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wb_profile_get_sync (profile), "progress", G_CALLBACK (wb_collection_page_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (profile, "notify::key-state", G_CALLBACK (on_key_state), self, G_CONNECT_SWAPPED);
  wb_collection_page_show_selected (self);
  set_rows (self, FALSE);
  on_key_state (self);
  return GTK_WIDGET (self);
}

static void
wb_collection_page_dispose (GObject *object)
{
  WbCollectionPage *self = WB_COLLECTION_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->table != NULL)
    {
      gtk_column_view_set_model (self->table, NULL);
      gtk_list_view_set_model (self->rows, NULL);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_COLLECTION_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->profile);
  G_OBJECT_CLASS (wb_collection_page_parent_class)->dispose (object);
}

static void
wb_collection_page_finalize (GObject *object)
{
  WbCollectionPage *self = WB_COLLECTION_PAGE (object);

  g_object_unref (self->cancellable);
  g_free (self->columns);
  g_free (self->chip);
  g_free (self->wanted_id);
  g_free (self->shown_id);
  G_OBJECT_CLASS (wb_collection_page_parent_class)->finalize (object);
}

static void
wb_collection_page_class_init (WbCollectionPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_collection_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_collection_page_finalize;
  signals[BACK] = g_signal_new ("back", WB_TYPE_COLLECTION_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (WB_TYPE_WIDTH_BIN);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/waybill/Waybill/collections/wb-collection-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WbCollectionPage, back);
  gtk_widget_class_bind_template_child (widget_class, WbCollectionPage, banner_place);
  gtk_widget_class_bind_template_child (widget_class, WbCollectionPage, bin);
  gtk_widget_class_bind_template_child (widget_class, WbCollectionPage, chip_place);
  gtk_widget_class_bind_template_child (widget_class, WbCollectionPage, detail_toggle);
  gtk_widget_class_bind_template_child (widget_class, WbCollectionPage, empty);
  gtk_widget_class_bind_template_child (widget_class, WbCollectionPage, empty_button);
  gtk_widget_class_bind_template_child (widget_class, WbCollectionPage, flap);
  gtk_widget_class_bind_template_child (widget_class, WbCollectionPage, last_row);
  gtk_widget_class_bind_template_child (widget_class, WbCollectionPage, list_bin);
  gtk_widget_class_bind_template_child (widget_class, WbCollectionPage, list_box);
  gtk_widget_class_bind_template_child (widget_class, WbCollectionPage, main);
  gtk_widget_class_bind_template_child (widget_class, WbCollectionPage, menu);
  gtk_widget_class_bind_template_child (widget_class, WbCollectionPage, no_match);
  gtk_widget_class_bind_template_child (widget_class, WbCollectionPage, pane);
  gtk_widget_class_bind_template_child (widget_class, WbCollectionPage, refresh);
  gtk_widget_class_bind_template_child (widget_class, WbCollectionPage, rows);
  gtk_widget_class_bind_template_child (widget_class, WbCollectionPage, search);
  gtk_widget_class_bind_template_child (widget_class, WbCollectionPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, WbCollectionPage, search_toggle);
  gtk_widget_class_bind_template_child (widget_class, WbCollectionPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WbCollectionPage, table);
  gtk_widget_class_bind_template_child (widget_class, WbCollectionPage, title);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_filters);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_width_class);
  wb_collection_page_class_bind_pane (widget_class);
  gtk_widget_class_install_action (widget_class, "collection.add-order", NULL, on_add_order);
}

static void
wb_collection_page_init (WbCollectionPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->chip = g_strdup ("all");
  wb_accessible_set_name (self->back, _("Back"));
  wb_accessible_set_name (self->detail_toggle, _("Details"));
  wb_accessible_set_name (self->menu, _("More"));
  wb_accessible_set_name (self->refresh, _("Refresh"));
  wb_accessible_set_name (self->search_toggle, _("Search"));
}
