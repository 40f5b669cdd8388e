// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-grid-private.h"

#include "wb-text-scale.h"

/* Where things are. Rows are equally high, but for the message under the cursor's row; columns share what
 * there is by their weight, and scroll sideways when there is too little. */

#define ROW_MIN 42
#define ROW_PADDING 20
#define HEAD_MIN 32
#define HEAD_PADDING 12
#define NUMBER_MIN 40
#define HANDLE 8

static const struct {
  int min, weight;
} columns[WB_GRID_COLUMNS] = {
  { 124, 7 }, { 136, 8 }, { 88, 4 }, { 92, 4 }, { 68, 0 },
};

static GtkAdjustment *
adjustment (WbGrid *self, GtkOrientation orientation)
{
  return self->adjustments[orientation];
}

static double
scrolled (WbGrid *self, GtkOrientation orientation)
{
  return adjustment (self, orientation) != NULL ? gtk_adjustment_get_value (adjustment (self, orientation)) : 0;
}

static gboolean
is_rtl (WbGrid *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

static void
measure_rows (WbGrid *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int text = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));

  self->row_height = MAX (ROW_MIN, text + ROW_PADDING);
  self->head_height = MAX (HEAD_MIN, text + HEAD_PADDING);
  pango_font_metrics_unref (metrics);
}

static int
number_width (WbGrid *self, double scale)
{
  guint n = wb_draft_get_n_mailboxes (self->draft) + 1;
  int digits = 1;

  for (; n >= 10; n /= 10)
    digits++;
  return MAX (NUMBER_MIN, 9 * digits + 18) * scale;
}

static int
place_columns (WbGrid *self, int width)
{
  double scale = wb_text_scale ();
  int number = number_width (self, scale), min = number, weights = 0, extra, x = number;

  for (guint i = 0; i < WB_GRID_COLUMNS; i++)
    {
      min += columns[i].min * scale;
      weights += columns[i].weight;
    }
  extra = MAX (width - min, 0);
  self->x[0] = 0;
  for (guint i = 0; i < WB_GRID_COLUMNS; i++)
    {
      self->x[i + 1] = x;
      x += (int) (columns[i].min * scale) + extra * columns[i].weight / weights;
    }
  self->x[WB_GRID_COLUMNS + 1] = MAX (x, width);
  return self->x[WB_GRID_COLUMNS + 1];
}

/* The row under which the message stands, or -1. */
static int
message_row (WbGrid *self)
{
  return gtk_widget_get_visible (self->message) ? self->cursor.row : -1;
}

static int
content_y (WbGrid *self, int row)
{
  int under = message_row (self);

  return row * self->row_height + (under >= 0 && row > under ? self->message_height : 0);
}

int
wb_grid_row_y (WbGrid *self, int row)
{
  return self->head_height + content_y (self, row) - (int) scrolled (self, GTK_ORIENTATION_VERTICAL);
}

int
wb_grid_row_at (WbGrid *self, double y)
{
  double at = y - self->head_height + scrolled (self, GTK_ORIENTATION_VERTICAL);
  int under = message_row (self), row;

  if (y < self->head_height || self->row_height == 0)
    return -1;
  if (under >= 0 && at >= (under + 1) * self->row_height)
    at = MAX (at - self->message_height, (under + 1) * self->row_height - 1);
  row = at / self->row_height;
  return MIN (row, wb_grid_n_rows (self) - 1);
}

/* From the start edge, whichever side that is. */
static double
from_start (WbGrid *self, double x)
{
  double shift = scrolled (self, GTK_ORIENTATION_HORIZONTAL);

  return is_rtl (self) ? gtk_widget_get_width (GTK_WIDGET (self)) - x + shift : x + shift;
}

int
wb_grid_column_at (WbGrid *self, double x)
{
  double at = from_start (self, x);

  for (int column = WB_GRID_COLUMNS - 1; column >= 0; column--)
    if (at >= self->x[column + 1])
      return column;
  return -1;
}

/* @column -1 is the number. */
void
wb_grid_get_cell_rect (WbGrid *self, int row, int column, GdkRectangle *rect)
{
  int shift = scrolled (self, GTK_ORIENTATION_HORIZONTAL);

  rect->width = self->x[column + 2] - self->x[column + 1];
  rect->x = self->x[column + 1] - shift;
  if (is_rtl (self))
    rect->x = gtk_widget_get_width (GTK_WIDGET (self)) - rect->x - rect->width;
  rect->y = wb_grid_row_y (self, row);
  rect->height = self->row_height;
}

void
wb_grid_get_handle_rect (WbGrid *self, GdkRectangle *rect)
{
  WbGridArea area = wb_grid_get_area (self);
  GdkRectangle cell;

  wb_grid_get_cell_rect (self, area.bottom, area.right, &cell);
  rect->x = (is_rtl (self) ? cell.x : cell.x + cell.width) - HANDLE / 2 - 1;
  rect->y = cell.y + cell.height - HANDLE / 2 - 1;
  rect->width = rect->height = HANDLE;
}

int
wb_grid_page (WbGrid *self)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self)) - self->head_height;

  return self->row_height > 0 ? MAX (height / self->row_height - 1, 1) : 1;
}

void
wb_grid_queue (WbGrid *self)
{
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
show_cell (WbGrid *self, int row, int column)
{
  GtkAdjustment *v = adjustment (self, GTK_ORIENTATION_VERTICAL), *h = adjustment (self, GTK_ORIENTATION_HORIZONTAL);
  int top = content_y (self, row), bottom = top + self->row_height;
  int start = column == 0 ? 0 : self->x[column + 1];

  if (row == message_row (self))
    bottom += self->message_height;
  if (v != NULL)
    gtk_adjustment_clamp_page (v, top, bottom);
  if (h != NULL)
    gtk_adjustment_clamp_page (h, start, self->x[column + 2]);
}

/* Now if it can be, and again when the message has its place. */
void
wb_grid_scroll_to (WbGrid *self, int row, int column)
{
  if (self->row_height > 0)
    show_cell (self, row, column);
  self->follow = TRUE;
}

/* Measuring and allocating */

static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
         int *natural_baseline)
{
  WbGrid *self = WB_GRID (widget);
  double scale = wb_text_scale ();
  int width = number_width (self, scale);

  measure_rows (self);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = self->head_height + 2 * self->row_height;
      *natural = self->head_height + MAX (wb_grid_n_rows (self), 2) * self->row_height;
      return;
    }
  for (guint i = 0; i < WB_GRID_COLUMNS; i++)
    width += columns[i].min * scale;
  *minimum = 120;
  *natural = width;
}

static void
configure (WbGrid *self, GtkOrientation orientation, int upper, int page, int step)
{
  GtkAdjustment *it = adjustment (self, orientation);
  double value = scrolled (self, orientation);

  if (it != NULL)
    gtk_adjustment_configure (it, CLAMP (value, 0, MAX (upper - page, 0)), 0, MAX (upper, page), step,
                              MAX (page - step, step), page);
}

static void
allocate (GtkWidget *child, int x, int y, int width, int height)
{
  gtk_widget_allocate (child, MAX (width, 0), MAX (height, 0), -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (x, y)));
}

static void
allocate_entry (WbGrid *self, const GdkRectangle *cell)
{
  int height = cell->height - 10, minimum = 0, natural = 0, baseline = -1;

  gtk_widget_measure (self->entry, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_measure (self->entry, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, &baseline);
  /* Without a baseline its text would stick to the top. */
  gtk_widget_allocate (self->entry, MAX (cell->width - 8, minimum), MAX (height, natural),
                       baseline >= 0 ? baseline + MAX (height - natural, 0) / 2 : -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (cell->x + 4, cell->y + 5)));
}

/* From the cell it is about to the end, or wherever it has room. */
static void
allocate_message (WbGrid *self, int width)
{
  GdkRectangle cell;
  int natural = 0, x, wide;

  wb_grid_get_cell_rect (self, self->cursor.row, self->cursor.column, &cell);
  gtk_widget_measure (self->message, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  wide = MIN (natural, width - 12);
  x = is_rtl (self) ? cell.x + cell.width - wide : cell.x;
  x = CLAMP (x, 6, MAX (width - wide - 6, 6));
  allocate (self->message, x, cell.y + cell.height, wide, self->message_height);
}

static void
measure_message (WbGrid *self, int width)
{
  int natural = 0;

  self->message_height = 0;
  if (!gtk_widget_get_visible (self->message))
    return;
  gtk_widget_measure (self->message, GTK_ORIENTATION_VERTICAL, width - 12, NULL, &natural, NULL, NULL);
  self->message_height = MAX (natural + 4, self->row_height);
}

static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WbGrid *self = WB_GRID (widget);
  GdkRectangle cell;
  int wide, high;

  self->allocating = TRUE;
  measure_rows (self);
  wide = place_columns (self, width);
  measure_message (self, width);
  high = wb_grid_n_rows (self) * self->row_height + self->message_height;
  configure (self, GTK_ORIENTATION_HORIZONTAL, wide, width, 40);
  configure (self, GTK_ORIENTATION_VERTICAL, high, height - self->head_height, self->row_height);
  if (self->follow)
    show_cell (self, self->head.row, self->head.column);
  self->follow = FALSE;
  wb_grid_get_cell_rect (self, self->cursor.row, self->cursor.column, &cell);
  /* Invisible, and where the cell is: whoever asks for its place gets the true one. */
  for (guint i = 0; i < G_N_ELEMENTS (self->proxies); i++)
    allocate (self->proxies[i], cell.x, cell.y, cell.width, cell.height);
  allocate_entry (self, &cell);
  if (gtk_widget_get_visible (self->message))
    allocate_message (self, width);
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
  self->allocating = FALSE;
}

static void
on_value_changed (WbGrid *self)
{
  if (!self->allocating)
    wb_grid_queue (self);
}

void
wb_grid_set_adjustment (WbGrid *self, GtkOrientation orientation, GtkAdjustment *given)
{
  GtkAdjustment **place = &self->adjustments[orientation];

  if (given != NULL && given == *place)
    return;
  if (*place != NULL)
    g_signal_handlers_disconnect_by_data (*place, self);
  g_clear_object (place);
  if (given == NULL)
    given = gtk_adjustment_new (0, 0, 0, 0, 0, 0);
  *place = g_object_ref_sink (given);
  g_signal_connect_swapped (given, "value-changed", G_CALLBACK (on_value_changed), self);
  g_object_notify (G_OBJECT (self), orientation == GTK_ORIENTATION_HORIZONTAL ? "hadjustment" : "vadjustment");
}

void
wb_grid_layout_dispose (WbGrid *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->adjustments); i++)
    {
      if (self->adjustments[i] != NULL)
        g_signal_handlers_disconnect_by_data (self->adjustments[i], self);
      g_clear_object (&self->adjustments[i]);
    }
}

void
wb_grid_layout_class_init (GtkWidgetClass *widget_class)
{
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
}
