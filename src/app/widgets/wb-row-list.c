// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-row-list-private.h"

#include <math.h>

enum { PROP_HADJUSTMENT = 1, PROP_VADJUSTMENT, PROP_HSCROLL_POLICY, PROP_VSCROLL_POLICY };
enum { ACTIVATE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (WbRowList, wb_row_list, GTK_TYPE_WIDGET, G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

guint
wb_row_list_n_rows (WbRowList *self)
{
  return self->model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->model)) : 0;
}

guint
wb_row_list_n_shown (WbRowList *self)
{
  return self->row_height > 0 ? (guint) ceil ((double) MAX (self->height, 0) / self->row_height) + 1 : 1;
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, WbRowList *self)
{
  wb_row_list_follow (self, position, removed, added);
}

static void
on_selection_changed (GtkSelectionModel *model, guint position, guint n, WbRowList *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      WbRowItem *row = self->rows->pdata[i];

      if (row->position >= position && row->position - position < n)
        wb_row_item_set_selected (row, gtk_selection_model_is_selected (model, row->position));
    }
}

void
wb_row_list_set_model (WbRowList *self, GtkSelectionModel *model)
{
  if (self->model == model)
    return;
  if (self->model != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->model, self);
      wb_row_list_drop_rows (self);
    }
  g_set_object (&self->model, model);
  if (model != NULL)
    {
      g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed), self);
      g_signal_connect (model, "selection-changed", G_CALLBACK (on_selection_changed), self);
    }
  wb_row_list_queue_sync (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
wb_row_list_set_maker (WbRowList *self, const WbRowMaker *maker, gpointer data)
{
  if (self->maker != NULL)
    wb_row_list_drop_rows (self);
  self->maker = maker;
  self->data = data;
  wb_row_list_queue_sync (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
wb_row_list_set_header (WbRowList *self, GtkWidget *header)
{
  self->header = header;
  /* Behind the rows, so that a click is its own where rows are under it. */
  gtk_widget_insert_before (header, GTK_WIDGET (self), NULL);
}

void
wb_row_list_lay_out (WbRowList *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_queue_allocate (((WbRowItem *) self->rows->pdata[i])->child);
}

void
wb_row_list_bind_again (WbRowList *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      WbRowItem *row = self->rows->pdata[i];
      g_autoptr (GObject) item = row->item != NULL ? g_object_ref (row->item) : NULL;

      if (item != NULL)
        wb_row_item_show (row, item, self->maker, self->data);
    }
}

/* Layout */

static int
measure_widget (GtkWidget *widget, GtkOrientation orientation, int for_size)
{
  int minimum = 0, natural = 0;

  gtk_widget_measure (widget, orientation, for_size, &minimum, &natural, NULL, NULL);
  return orientation == GTK_ORIENTATION_HORIZONTAL ? minimum : natural;
}

static int
measure_height (GtkWidget *widget, int width)
{
  return measure_widget (widget, GTK_ORIENTATION_VERTICAL, MAX (width, measure_widget (widget, GTK_ORIENTATION_HORIZONTAL, -1)));
}

/* The highest of those that were seen: one that is not read yet has less in it. */
static void
measure_rows (WbRowList *self, int width)
{
  int old = self->row_height, highest = self->restyled ? 0 : old;

  if (self->rows->len == 0 && wb_row_list_n_rows (self) > 0)
    wb_row_list_sync (self);
  for (guint i = 0; i < self->rows->len; i++)
    if (!wb_row_item_is_spare (self->rows->pdata[i]))
      highest = MAX (highest, measure_height (self->rows->pdata[i], width));
  if (highest > 0)
    {
      self->row_height = highest;
      self->restyled = FALSE;
    }
  if (old > 0 && old != self->row_height)
    self->offset = self->offset * self->row_height / old;
}

static gboolean
has_all (WbRowList *self)
{
  guint n = wb_row_list_n_rows (self), until = MIN (n, self->first + wb_row_list_n_shown (self)), there = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      guint position = ((WbRowItem *) self->rows->pdata[i])->position;

      there += position >= self->first && position < until;
    }
  return self->first + there >= until;
}

static void
allocate_header (WbRowList *self, int width)
{
  gboolean shows = self->header != NULL && gtk_widget_get_visible (self->header);

  self->header_height = shows ? measure_height (self->header, width) : 0;
  if (shows)
    gtk_widget_size_allocate (self->header, &(GtkAllocation) { 0, 0, width, self->header_height }, -1);
}

static void
allocate_rows (WbRowList *self, int width)
{
  double value = wb_row_list_get_value (self);

  for (guint i = 0; i < self->rows->len; i++)
    {
      WbRowItem *row = self->rows->pdata[i];
      double y = (double) row->position * self->row_height - value;

      if (wb_row_item_is_spare (row))
        continue;
      /* One that has the focus may be a million rows away. */
      y = CLAMP (round (y), -2.0 * self->row_height, (double) self->height + self->row_height);
      gtk_widget_size_allocate (GTK_WIDGET (row), &(GtkAllocation) { 0, self->header_height + (int) y, width, self->row_height }, -1);
    }
}

/* What has the focus, and is on the screen, stays there when the list becomes lower: a bar came below it. */
static void
keep_focus_shown (WbRowList *self, int before)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self));
  double end;

  if (self->height >= before || self->row_height == 0 || !WB_IS_ROW_ITEM (focus)
      || WB_ROW_ITEM (focus)->position >= wb_row_list_n_rows (self))
    return;
  end = (WB_ROW_ITEM (focus)->position + 1.0) * self->row_height - wb_row_list_get_value (self);
  if (end > self->height && end <= before)
    wb_row_list_scroll_to (self, WB_ROW_ITEM (focus)->position);
}

static void
wb_row_list_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WbRowList *self = WB_ROW_LIST (widget);

  int before = self->height;

  allocate_header (self, width);
  self->height = MAX (height - self->header_height, 0);
  measure_rows (self, width);
  if (self->wanted != GTK_INVALID_LIST_POSITION && self->row_height > 0)
    wb_row_list_scroll_to (self, self->wanted);
  keep_focus_shown (self, before);
  wb_row_list_configure (self);
  if (!has_all (self))
    {
      /* The list became higher, or the first of its rows told how high they are. */
      wb_row_list_sync (self);
      measure_rows (self, width);
    }
  allocate_rows (self, width);
  for (GtkWidget *last = gtk_widget_get_last_child (widget); GTK_IS_POPOVER (last); last = gtk_widget_get_prev_sibling (last))
    gtk_popover_present (GTK_POPOVER (last));
}

static void
wb_row_list_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                     int *minimum_baseline, int *natural_baseline)
{
  WbRowList *self = WB_ROW_LIST (widget);
  int size = 0;

  if (self->header != NULL && gtk_widget_get_visible (self->header))
    size = measure_widget (self->header, orientation, -1);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    size += self->row_height;
  for (guint i = 0; orientation == GTK_ORIENTATION_HORIZONTAL && i < self->rows->len; i++)
    if (!wb_row_item_is_spare (self->rows->pdata[i]))
      size = MAX (size, measure_widget (self->rows->pdata[i], orientation, -1));
  *minimum = *natural = size;
}

static void
wb_row_list_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WbRowList *self = WB_ROW_LIST (widget);
  float width = (float) gtk_widget_get_width (widget);

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, (float) self->header_height, width, (float) self->height));
  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_snapshot_child (widget, self->rows->pdata[i], snapshot);
  gtk_snapshot_pop (snapshot);
  if (self->header != NULL)
    gtk_widget_snapshot_child (widget, self->header, snapshot);
}

static void
wb_row_list_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wb_row_list_parent_class)->realize (widget);
  wb_row_list_watch_frames (WB_ROW_LIST (widget), TRUE);
}

static void
wb_row_list_unrealize (GtkWidget *widget)
{
  wb_row_list_watch_frames (WB_ROW_LIST (widget), FALSE);
  GTK_WIDGET_CLASS (wb_row_list_parent_class)->unrealize (widget);
}

/* Another font or another theme: rows may be lower. */
static void
wb_row_list_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (wb_row_list_parent_class)->css_changed (widget, change);
  WB_ROW_LIST (widget)->restyled = TRUE;
}

/* Focus: one Tab stop */

static void
wb_row_list_set_focus_child (GtkWidget *widget, GtkWidget *child)
{
  GTK_WIDGET_CLASS (wb_row_list_parent_class)->set_focus_child (widget, child);
  if (WB_IS_ROW_ITEM (child))
    WB_ROW_LIST (widget)->cursor = WB_ROW_ITEM (child)->position;
}

static guint
find_selected (WbRowList *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (((WbRowItem *) self->rows->pdata[i])->selected)
      return ((WbRowItem *) self->rows->pdata[i])->position;
  return self->first;
}

static gboolean
wb_row_list_grab_focus (GtkWidget *widget)
{
  WbRowList *self = WB_ROW_LIST (widget);

  return wb_row_list_focus (self, self->cursor < wb_row_list_n_rows (self) ? self->cursor : find_selected (self));
}

static gboolean
wb_row_list_take_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *child = gtk_widget_get_focus_child (widget);

  if (child == NULL)
    return wb_row_list_grab_focus (widget);
  /* Arrows do not leave it. */
  return WB_IS_ROW_ITEM (child) && direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD;
}

gboolean
wb_row_list_focus (WbRowList *self, guint position)
{
  WbRowItem *row;

  if (position >= wb_row_list_n_rows (self))
    return FALSE;
  wb_row_list_scroll_to (self, position);
  wb_row_list_sync (self);
  row = wb_row_list_get_row (self, position);
  if (row == NULL || !gtk_widget_grab_focus (GTK_WIDGET (row)))
    return FALSE;
  self->cursor = position; /* its widget may have had the focus, for another row */
  return TRUE;
}

/* The object */

static void
set_adjustment (WbRowList *self, GtkOrientation orientation, GtkAdjustment *adjustment)
{
  GtkAdjustment **place = &self->adjustments[orientation];

  if (adjustment != NULL && *place == adjustment)
    return;
  if (*place != NULL)
    g_signal_handlers_disconnect_by_data (*place, self);
  g_clear_object (place);
  *place = g_object_ref_sink (adjustment != NULL ? adjustment : gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  if (orientation == GTK_ORIENTATION_VERTICAL)
    g_signal_connect_swapped (*place, "value-changed", G_CALLBACK (wb_row_list_on_value), self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
wb_row_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WbRowList *self = WB_ROW_LIST (object);

  if (id == PROP_HADJUSTMENT || id == PROP_VADJUSTMENT)
    set_adjustment (self, id == PROP_HADJUSTMENT ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL, g_value_get_object (value));
  else if (id == PROP_HSCROLL_POLICY || id == PROP_VSCROLL_POLICY)
    self->policies[id == PROP_HSCROLL_POLICY ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL] = g_value_get_enum (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
wb_row_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WbRowList *self = WB_ROW_LIST (object);

  if (id == PROP_HADJUSTMENT || id == PROP_VADJUSTMENT)
    g_value_set_object (value, self->adjustments[id == PROP_HADJUSTMENT ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL]);
  else if (id == PROP_HSCROLL_POLICY || id == PROP_VSCROLL_POLICY)
    g_value_set_enum (value, self->policies[id == PROP_HSCROLL_POLICY ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL]);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
wb_row_list_dispose (GObject *object)
{
  WbRowList *self = WB_ROW_LIST (object);

  wb_row_list_set_model (self, NULL);
  wb_row_list_drop_rows (self);
  g_clear_pointer (&self->header, gtk_widget_unparent);
  for (guint i = 0; i < G_N_ELEMENTS (self->adjustments); i++)
    {
      if (self->adjustments[i] != NULL)
        g_signal_handlers_disconnect_by_data (self->adjustments[i], self);
      g_clear_object (&self->adjustments[i]);
    }
  G_OBJECT_CLASS (wb_row_list_parent_class)->dispose (object);
}

static void
wb_row_list_finalize (GObject *object)
{
  g_ptr_array_unref (WB_ROW_LIST (object)->rows);
  G_OBJECT_CLASS (wb_row_list_parent_class)->finalize (object);
}

static void
wb_row_list_class_init (WbRowListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_row_list_dispose;
  object_class->finalize = wb_row_list_finalize;
  object_class->set_property = wb_row_list_set_property;
  object_class->get_property = wb_row_list_get_property;
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  widget_class->measure = wb_row_list_measure;
  widget_class->size_allocate = wb_row_list_size_allocate;
  widget_class->snapshot = wb_row_list_snapshot;
  widget_class->realize = wb_row_list_realize;
  widget_class->unrealize = wb_row_list_unrealize;
  widget_class->css_changed = wb_row_list_css_changed;
  widget_class->focus = wb_row_list_take_focus;
  widget_class->grab_focus = wb_row_list_grab_focus;
  widget_class->set_focus_child = wb_row_list_set_focus_child;
  signals[ACTIVATE] = g_signal_new ("activate", WB_TYPE_ROW_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_css_name (widget_class, "listview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
wb_row_list_init (WbRowList *self)
{
  self->rows = g_ptr_array_new ();
  self->wanted = self->cursor = self->from = self->pressed = GTK_INVALID_LIST_POSITION;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (GTK_WIDGET (self), "view");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_MULTI_SELECTABLE, TRUE, -1);
  wb_row_list_build_keys (self);
}

GtkWidget *
wb_row_list_new (void)
{
  return g_object_new (WB_TYPE_ROW_LIST, NULL);
}
