// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-collection-page-private.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-application.h"
#include "wb-compat.h"
#include "wb-format.h"

/* Several selected rows: the bar below the list, the keys, and what a click does where check boxes show. */

/* Beyond it a clipboard is no place for rows: a file is. */
#define MOST_COPIED 10000

/* Programmatic choices go the way of a click, else Shift would extend from where somebody clicked before. */
void
wb_collection_page_select_at (WbCollectionPage *self, guint position)
{
  wb_compat_list_select (wb_collection_page_get_list (self), position);
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position)
      || wb_row_selection_get_n_selected (self->selection) != 1)
    wb_row_selection_select (self->selection, position);
}

gboolean
wb_collection_page_clear_selection (WbCollectionPage *self)
{
  guint position = wb_row_selection_get_position (self->selection);
  gboolean had_focus = gtk_widget_get_focus_child (self->select_bar) != NULL;

  if (!wb_row_selection_get_shows_checks (self->selection))
    return FALSE;
  wb_row_selection_set_choosing (self->selection, FALSE);
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  /* The focus was in the bar, which goes; the row that was selected last is where one was. */
  if (had_focus)
    {
      if (position == GTK_INVALID_LIST_POSITION || !wb_compat_list_focus (wb_collection_page_get_list (self), position))
        wb_collection_page_focus_list (self);
    }
  return TRUE;
}

static void
on_clear (GtkButton *button, WbCollectionPage *self)
{
  wb_collection_page_clear_selection (self);
}

/* Copying */

typedef struct {
  const WbCollectionWords *words;
  GString *text;
} Copy;

static void
copy_free (gpointer data)
{
  Copy *self = data;

  g_string_free (self->text, TRUE);
  g_free (self);
}

/* In the walk's thread. */
static gboolean
copy_row (WbRow *row, gpointer data, GError **error)
{
  Copy *self = data;
  g_autofree char *line = row != NULL ? wb_row_dup_copy (self->words, row) : NULL;

  if (line != NULL)
    g_string_append_printf (self->text, "%s%s", self->text->len > 0 ? "\n" : "", line);
  return TRUE;
}

typedef struct {
  WbCollectionPage *page;
  Copy *copy; /* of the walk */
  guint n;
} Copying;

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Copying *self = user_data;
  g_autoptr (WbCollectionPage) page = self->page;
  g_autoptr (GError) error = NULL;
  g_autofree char *figure = wb_format_exact (self->n);
  g_autofree char *text = g_strdup_printf (ngettext ("Copied %s row", "Copied %s rows", self->n), figure);

  if (!wb_list_walk_finish (result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("rows could not be copied: %s", error->message);
      return;
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (page)), self->copy->text->str);
  wb_application_toast (WB_APPLICATION (g_application_get_default ()), text);
}

void
wb_collection_page_copy_selected (WbCollectionPage *self)
{
  g_autoptr (GArray) rowids = NULL;
  Copy *copy;
  Copying *copying;

  if (wb_row_selection_get_n_selected (self->selection) > MOST_COPIED)
    {
      g_autofree char *most = wb_format_exact (MOST_COPIED);
      /* Translators: %s is a number of rows */
      g_autofree char *text = g_strdup_printf (_("More than %s rows do not fit on the clipboard. Export them to a file instead."), most);

      wb_application_toast (WB_APPLICATION (g_application_get_default ()), text);
      return;
    }
  rowids = wb_row_selection_dup_rowids (self->selection);
  copy = g_new0 (Copy, 1);
  copy->words = self->words;
  copy->text = g_string_new (NULL);
  copying = g_new0 (Copying, 1);
  copying->page = g_object_ref (self);
  copying->copy = copy;
  copying->n = rowids->len;
  wb_list_walk_async (self->profile, self->words->collection, rowids, copy_row, copy, copy_free, self->cancellable,
                      copied_cb, copying);
}

/* The bar */

#define LEAST_COUNT_CHARS 11 /* GtkActionBar leaves its start no more than half, if that may be cut */

static void
fit_count (WbCollectionPage *self)
{
  const char *text = gtk_label_get_label (GTK_LABEL (self->select_count));

  gtk_label_set_width_chars (GTK_LABEL (self->select_count), self->tight ? MIN ((int) g_utf8_strlen (text, -1), LEAST_COUNT_CHARS) : -1);
}

void
wb_collection_page_update_select (WbCollectionPage *self)
{
  guint n = wb_row_selection_get_n_selected (self->selection);
  gboolean shows = wb_row_selection_get_shows_checks (self->selection);
  gboolean all = n > 1 && n == g_list_model_get_n_items (G_LIST_MODEL (self->model));
  g_autofree char *figure = wb_format_exact (n);
  g_autofree char *text = n > 0 ? g_strdup_printf (ngettext ("%s selected", "%s selected", n), figure)
                                : g_strdup (_("None selected"));

  gtk_widget_set_visible (self->select_bar, shows);
  gtk_label_set_label (GTK_LABEL (self->select_count), text);
  fit_count (self);
  gtk_widget_set_visible (self->select_all_match, all);
  gtk_widget_set_sensitive (self->select_copy, n > 0);
}

static void
set_button (GtkWidget *button, gboolean as_icon, const char *icon, const char *label)
{
  if (as_icon)
    gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  else
    gtk_button_set_label (GTK_BUTTON (button), label);
  wb_accessible_set_name (button, label);
}

void
wb_collection_page_lay_out_select (WbCollectionPage *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->select_texts),
                                  self->narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (self->select_texts), self->narrow ? 0 : 12);
  fit_count (self);
  set_button (self->select_export, self->narrow, "document-save-as-symbolic", _("Export…"));
  set_button (self->select_clear, self->tight, "edit-clear-symbolic", _("Clear"));
  set_button (self->select_copy, self->narrow, "edit-copy-symbolic", _("Copy"));
}

static GtkWidget *
make_label (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css);
  return label;
}

static GtkWidget *
make_bar (WbCollectionPage *self)
{
  GtkWidget *bar = gtk_action_bar_new ();

  self->select_count = make_label ("", "heading");
  gtk_widget_add_css_class (self->select_count, "numeric");
  self->select_all_match = make_label (_("all that match"), "dim-label");
  self->select_texts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_set_valign (self->select_texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->select_texts), self->select_count);
  gtk_box_append (GTK_BOX (self->select_texts), self->select_all_match);
  self->select_clear = gtk_button_new_with_label (_("Clear"));
  gtk_widget_add_css_class (self->select_clear, "flat");
  g_signal_connect_object (self->select_clear, "clicked", G_CALLBACK (on_clear), self, 0);
  self->select_copy = gtk_button_new ();
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->select_copy), "collection.copy-row");
  gtk_action_bar_pack_start (GTK_ACTION_BAR (bar), self->select_texts);
  gtk_action_bar_pack_start (GTK_ACTION_BAR (bar), self->select_clear);
  self->select_export = gtk_button_new ();
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->select_export), "collection.export");
  gtk_action_bar_pack_end (GTK_ACTION_BAR (bar), self->select_export);
  gtk_action_bar_pack_end (GTK_ACTION_BAR (bar), self->select_copy);
  gtk_widget_add_css_class (bar, "select-bar");
  return bar;
}

void
wb_collection_page_build_select (WbCollectionPage *self)
{
  static const char *const what[] = { "notify::n-selected", "notify::shows-checks" };

  /* At once: while it slid in, each frame would lay the list out anew. */
  self->select_bar = make_bar (self);
  gtk_widget_set_visible (self->select_bar, FALSE);
  gtk_box_append (GTK_BOX (self->list_box), self->select_bar);
  wb_collection_page_lay_out_select (self);
  for (guint i = 0; i < G_N_ELEMENTS (what); i++)
    g_signal_connect_object (self->selection, what[i], G_CALLBACK (wb_collection_page_update_select), self,
                             G_CONNECT_SWAPPED);
}

/* Clicks and keys */

static void
toggle (WbCollectionPage *self, GtkWidget *list, guint position)
{
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (self->selection);

  if (WB_IS_ROW_LIST (list))
    wb_row_list_select (WB_ROW_LIST (list), position, TRUE, FALSE);
  else if (gtk_selection_model_is_selected (selection, position))
    gtk_selection_model_unselect_item (selection, position);
  else
    gtk_selection_model_select_item (selection, position, FALSE);
}

/* Where one chooses, a click adds or takes away, as one on a check box always does; Shift still makes ranges. */
void
wb_collection_page_pressed (GtkGestureClick *gesture, int n, double x, double y, WbCollectionPage *self)
{
  GtkWidget *list = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  guint position = wb_compat_list_position_at (list, x, y);

  if (position == GTK_INVALID_LIST_POSITION || (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) != 0)
    return;
  if (!wb_row_selection_get_choosing (self->selection) && !wb_row_check_is_at (list, x, y))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  toggle (self, list, position);
  wb_compat_list_focus (list, position);
}

static void
on_choose (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbCollectionPage *self = WB_COLLECTION_PAGE (widget);

  wb_row_selection_set_choosing (self->selection, TRUE);
  wb_collection_page_focus_list (self);
}

/* GTK 4.8 selects the text of an entry and passes the key on. */
static gboolean
is_writing (GtkWidget *widget)
{
  return GTK_IS_TEXT (gtk_root_get_focus (gtk_widget_get_root (widget)));
}

static void
on_select_all (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (is_writing (widget))
    return;
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (WB_COLLECTION_PAGE (widget)->selection));
}

static void
on_select_none (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbCollectionPage *self = WB_COLLECTION_PAGE (widget);

  if (!wb_collection_page_clear_selection (self))
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
}

static void
on_invert (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wb_row_selection_invert (WB_COLLECTION_PAGE (widget)->selection);
}

void
wb_collection_page_class_init_select (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "collection.choose", NULL, on_choose);
  gtk_widget_class_install_action (widget_class, "collection.select-all", NULL, on_select_all);
  gtk_widget_class_install_action (widget_class, "collection.select-none", NULL, on_select_none);
  gtk_widget_class_install_action (widget_class, "collection.invert", NULL, on_invert);
}
