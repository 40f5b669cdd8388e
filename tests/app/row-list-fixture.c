// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "row-list-fixture.h"

#include <math.h>

/* The model */

struct _TestModel {
  GObject parent_instance;

  GPtrArray *items; /* NULL where none was asked for yet */
  guint n_made;
};

static GType
model_get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
model_get_n_items (GListModel *model)
{
  return TEST_MODEL (model)->items->len;
}

static gpointer
model_get_item (GListModel *model, guint position)
{
  TestModel *self = TEST_MODEL (model);

  if (position >= self->items->len)
    return NULL;
  if (self->items->pdata[position] == NULL)
    {
      self->items->pdata[position] = g_object_new (G_TYPE_OBJECT, NULL);
      g_object_set_data (self->items->pdata[position], "serial", GUINT_TO_POINTER (++self->n_made));
    }
  return g_object_ref (self->items->pdata[position]);
}

static void
model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = model_get_item_type;
  iface->get_n_items = model_get_n_items;
  iface->get_item = model_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestModel, test_model, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, model_iface_init))

static void
unref_item (gpointer item)
{
  g_clear_object (&item);
}

static void
test_model_finalize (GObject *object)
{
  g_ptr_array_unref (TEST_MODEL (object)->items);
  G_OBJECT_CLASS (test_model_parent_class)->finalize (object);
}

static void
test_model_class_init (TestModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_model_finalize;
}

static void
test_model_init (TestModel *self)
{
  self->items = g_ptr_array_new_with_free_func (unref_item);
}

TestModel *
test_model_new (guint n)
{
  TestModel *self = g_object_new (TEST_TYPE_MODEL, NULL);

  g_ptr_array_set_size (self->items, (int) n);
  return self;
}

void
test_model_splice (TestModel *self, guint position, guint removed, guint added)
{
  guint behind = self->items->len - position - removed;

  for (guint i = 0; i < removed; i++)
    g_clear_object (&self->items->pdata[position + i]);
  if (added > removed)
    g_ptr_array_set_size (self->items, (int) (self->items->len + added - removed));
  memmove (&self->items->pdata[position + added], &self->items->pdata[position + removed], behind * sizeof (gpointer));
  for (guint i = 0; i < added; i++)
    self->items->pdata[position + i] = NULL;
  /* What moved up stands twice: those at the end are no references any more. */
  for (guint i = position + added + behind; i < self->items->len; i++)
    self->items->pdata[i] = NULL;
  g_ptr_array_set_size (self->items, (int) (position + added + behind));
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/* The rows: a label with the item's serial */

static void
row_went (gpointer data, GObject *child)
{
  ((Rows *) data)->n_alive--;
}

GtkWidget *
rows_make (GObject *row, gpointer data)
{
  Rows *rows = data;
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_size_request (label, -1, rows->height);
  g_object_weak_ref (G_OBJECT (label), row_went, rows);
  rows->n_alive++;
  return label;
}

static void
bind (GtkWidget *child, gpointer item, gpointer data)
{
  Rows *rows = data;
  g_autofree char *text = g_strdup_printf ("%u", GPOINTER_TO_UINT (g_object_get_data (item, "serial")));

  g_assert_null (g_object_get_data (G_OBJECT (child), "bound"));
  g_object_set_data (G_OBJECT (child), "bound", item);
  gtk_label_set_label (GTK_LABEL (child), text);
  rows->n_bound++;
}

static void
unbind (GtkWidget *child, gpointer data)
{
  g_assert_nonnull (g_object_steal_data (G_OBJECT (child), "bound"));
}

const WbRowMaker rows_maker = { rows_make, bind, unbind };

/* The window */

static void
on_activate (WbRowList *list, guint position, Rows *rows)
{
  g_string_append_printf (rows->told, "%u ", position);
}

static void
style (void)
{
  GtkCssProvider *css = gtk_css_provider_new ();

  gtk_css_provider_load_from_data (css, "listview > row { padding: 0; border: none; min-height: 0; } listview > row > label { min-height: 0; }", -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (css), GTK_STYLE_PROVIDER_PRIORITY_USER);
  g_object_unref (css);
}

static void
fill_window (Rows *rows)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  rows->before = gtk_button_new_with_label ("Before");
  rows->after = gtk_button_new_with_label ("After");
  rows->scroller = gtk_scrolled_window_new ();
  gtk_widget_set_focusable (rows->scroller, FALSE);
  gtk_widget_set_vexpand (rows->scroller, TRUE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (rows->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (rows->scroller), GTK_WIDGET (rows->list));
  gtk_box_append (GTK_BOX (box), rows->before);
  gtk_box_append (GTK_BOX (box), rows->scroller);
  gtk_box_append (GTK_BOX (box), rows->after);
  gtk_window_set_child (GTK_WINDOW (rows->window), box);
}

static gboolean
is_laid_out (gpointer list)
{
  return gtk_widget_get_mapped (list) && gtk_widget_get_height (list) > 0;
}

Rows *
rows_new (guint n, int width, int height)
{
  static gsize styled;
  Rows *rows = g_new0 (Rows, 1);

  if (g_once_init_enter (&styled))
    {
      style ();
      g_once_init_leave (&styled, 1);
    }
  rows->height = ROW_HEIGHT;
  rows->told = g_string_new (NULL);
  rows->model = test_model_new (n);
  rows->selection = GTK_SELECTION_MODEL (gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (rows->model))));
  rows->list = g_object_ref_sink (WB_ROW_LIST (wb_row_list_new ()));
  g_signal_connect (rows->list, "activate", G_CALLBACK (on_activate), rows);
  wb_row_list_set_maker (rows->list, &rows_maker, rows);
  wb_row_list_set_model (rows->list, rows->selection);
  rows->window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (rows->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (rows->window), width, height);
  fill_window (rows);
  if (width == 0)
    return rows;
  gtk_window_present (GTK_WINDOW (rows->window));
  g_assert_true (wb_test_wait_for (is_laid_out, rows->list, WB_TEST_DEADLINE_MS));
  rows_settle (rows);
  return rows;
}

void
rows_free (Rows *rows)
{
  gtk_window_destroy (GTK_WINDOW (rows->window));
  wb_test_wait_finalized (rows->list);
  g_assert_cmpuint (rows->n_alive, ==, 0);
  g_assert_finalize_object (rows->selection);
  g_assert_finalize_object (rows->model);
  g_string_free (rows->told, TRUE);
  g_free (rows);
}

void
rows_settle (Rows *rows)
{
  ui_wait_frames (rows->window);
}

/* Looking */

GtkAdjustment *
rows_adjustment (Rows *rows)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (rows->list));
}

double
rows_value (Rows *rows)
{
  return gtk_adjustment_get_value (rows_adjustment (rows));
}

void
rows_scroll (Rows *rows, double value)
{
  gtk_adjustment_set_value (rows_adjustment (rows), value);
  rows_settle (rows);
}

guint
rows_serial (Rows *rows, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (rows->model), position);

  return GPOINTER_TO_UINT (g_object_get_data (item, "serial"));
}

int
rows_y (Rows *rows, guint position)
{
  GdkRectangle bounds;

  g_assert_true (wb_row_list_row_bounds (rows->list, position, &bounds));
  return bounds.y - rows->list->header_height;
}

static void
check_row (Rows *rows, WbRowItem *row, guint position)
{
  g_autofree char *text = g_strdup_printf ("%u", rows_serial (rows, position));

  g_assert_nonnull (row);
  g_assert_cmpuint (row->position, ==, position);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (row->child)), ==, text);
  g_assert_cmpint (row->selected, ==, gtk_selection_model_is_selected (rows->selection, position));
  g_assert_cmpint ((gtk_widget_get_state_flags (GTK_WIDGET (row)) & GTK_STATE_FLAG_SELECTED) != 0, ==, row->selected);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (row)));
}

/* A screen reader goes through the rows as they stand in the tree: by position, what is spare last and hidden. */
static void
check_order (Rows *rows)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (rows->list));
  guint before = 0;
  gboolean spare = FALSE;

  for (guint i = 0; WB_IS_ROW_ITEM (row); row = gtk_widget_get_next_sibling (row), i++)
    {
      guint position = WB_ROW_ITEM (row)->position;

      g_assert_cmpint (gtk_widget_get_child_visible (row), ==, position != GTK_INVALID_LIST_POSITION);
      g_assert_false (spare && position != GTK_INVALID_LIST_POSITION);
      g_assert_true (i == 0 || position > before || position == GTK_INVALID_LIST_POSITION);
      before = position;
      spare = position == GTK_INVALID_LIST_POSITION;
    }
}

void
rows_check (Rows *rows)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (rows->model));
  double value = rows_value (rows), page = gtk_adjustment_get_page_size (rows_adjustment (rows));
  guint first = rows->list->row_height > 0 ? (guint) (value / rows->list->row_height) : 0;

  check_order (rows);
  g_assert_cmpfloat (page, ==, gtk_widget_get_height (GTK_WIDGET (rows->list)) - rows->list->header_height);
  g_assert_cmpfloat (gtk_adjustment_get_upper (rows_adjustment (rows)), ==, MAX ((double) n * rows->list->row_height, page));
  g_assert_cmpfloat (value, <=, MAX ((double) n * rows->list->row_height - page, 0));
  for (guint i = first; i < n && (double) i * rows->list->row_height < value + page; i++)
    {
      check_row (rows, wb_row_list_find (rows->list, i), i);
      g_assert_cmpint (rows_y (rows, i), ==, (int) round ((double) i * rows->list->row_height - value));
    }
}

/* Doing */

gboolean
rows_key (Rows *rows, guint key, GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (rows->list));
  gboolean taken = FALSE;

  for (guint i = 0; !taken && i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, state, &taken);
    }
  return taken;
}

guint
rows_focus (Rows *rows)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (rows->window));

  return WB_IS_ROW_ITEM (focus) ? WB_ROW_ITEM (focus)->position : GTK_INVALID_LIST_POSITION;
}

char *
rows_dup_selected (Rows *rows)
{
  g_autoptr (GtkBitset) set = gtk_selection_model_get_selection (rows->selection);
  GString *said = g_string_new (NULL);
  GtkBitsetIter iter;
  guint from, until;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, set, &from); more; )
    {
      for (until = from; (more = gtk_bitset_iter_next (&iter, NULL)) && gtk_bitset_iter_get_value (&iter) == until + 1; )
        until++;
      g_string_append_printf (said, until > from ? "%s%u-%u" : "%s%u", said->len > 0 ? " " : "", from, until);
      from = more ? gtk_bitset_iter_get_value (&iter) : 0;
    }
  return g_string_free (said, FALSE);
}

void
rows_assert_selected (Rows *rows, const char *expected)
{
  g_autofree char *selected = rows_dup_selected (rows);

  g_assert_cmpstr (selected, ==, expected);
}
