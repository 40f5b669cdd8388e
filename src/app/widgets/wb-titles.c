// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-titles.h"

#define LEAST_WIDTH 40
#define LEAST_FIRST 100
#define EDGE 5
#define ARROW_SPACE 2
/* At the end: a scroll bar that the pointer has made wide covers no figure that stands there. */
#define ROOM_FOR_BAR 6

typedef struct {
  GtkWidget *title, *label, *arrow;
  GMenuModel *menu;
  gboolean shown;
  int width;
} Column;

struct _WbTitles {
  GtkWidget parent_instance;

  GArray *columns; /* of Column */
  GArray *order;   /* of guint */
  int sorted;
  gboolean descending;
  GtkWidget *popover; /* the menu of a title, while there is one */
  int pulled;         /* column whose edge is pulled at, -1 for none */
  int pulled_width;   /* it had when that began */
};

enum { SORTED, RESIZED, LAID_OUT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbTitles, wb_titles, GTK_TYPE_WIDGET)

static Column *
get_column (WbTitles *self, guint column)
{
  return &g_array_index (self->columns, Column, column);
}

guint
wb_titles_get_at (WbTitles *self, guint place)
{
  return g_array_index (self->order, guint, place);
}

gboolean
wb_titles_is_shown (WbTitles *self, guint column)
{
  return get_column (self, column)->shown;
}

int
wb_titles_get_width (WbTitles *self, guint column)
{
  return get_column (self, column)->width;
}

/* Places */

static int
first_width (WbTitles *self, int width)
{
  width -= ROOM_FOR_BAR;
  for (guint i = 1; i < self->columns->len; i++)
    if (wb_titles_is_shown (self, i))
      width -= get_column (self, i)->width;
  return MAX (width, LEAST_FIRST);
}

void
wb_titles_get_span (WbTitles *self, guint column, int width, int *x, int *column_width)
{
  int first = first_width (self, width), at = 0;

  *column_width = column == 0 ? first : get_column (self, column)->width;
  for (guint i = 0; i < self->order->len && wb_titles_get_at (self, i) != column; i++)
    {
      guint before = wb_titles_get_at (self, i);

      if (wb_titles_is_shown (self, before))
        at += before == 0 ? first : get_column (self, before)->width;
    }
  *x = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? width - at - *column_width : at;
}

static void
wb_titles_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WbTitles *self = WB_TITLES (widget);

  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = get_column (self, i);
      GtkAllocation place = { 0, 0, 0, height };

      if (!column->shown)
        continue;
      wb_titles_get_span (self, i, width, &place.x, &place.width);
      gtk_widget_size_allocate (column->title, &place, -1);
    }
  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));
}

static void
wb_titles_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                   int *minimum_baseline, int *natural_baseline)
{
  WbTitles *self = WB_TITLES (widget);

  *minimum = *natural = 0;
  for (guint i = 0; i < self->columns->len; i++)
    {
      int least = 0, wanted = 0;

      /* A width is set, whatever the title is. */
      gtk_widget_measure (get_column (self, i)->title, orientation, -1, &least, &wanted, NULL, NULL);
      if (orientation == GTK_ORIENTATION_VERTICAL)
        *minimum = *natural = MAX (*natural, wanted);
    }
}

/* In a title: its text, and behind it the arrow of a sorted column. The arrow has no room of its own kept, and asks for
 * none: the whole window would be laid out anew with each click. */

static void
measure_title (GtkWidget *title, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
               int *natural_baseline)
{
  int least, wanted;

  gtk_widget_measure (gtk_widget_get_first_child (title), orientation, -1, minimum, natural, NULL, NULL);
  gtk_widget_measure (gtk_widget_get_last_child (title), orientation, -1, &least, &wanted, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  *minimum = MAX (*minimum, least);
  *natural = MAX (*natural, wanted);
}

static void
allocate_title (GtkWidget *title, int width, int height, int baseline)
{
  GtkWidget *label = gtk_widget_get_first_child (title), *arrow = gtk_widget_get_last_child (title);
  gboolean rtl = gtk_widget_get_direction (title) == GTK_TEXT_DIR_RTL;
  GtkAllocation text = { 0, 0, 0, height }, end = { 0, 0, 0, height };
  int least;

  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, &least, &text.width, NULL, NULL);
  gtk_widget_measure (arrow, GTK_ORIENTATION_HORIZONTAL, -1, &end.width, NULL, NULL, NULL);
  width -= gtk_widget_get_child_visible (arrow) ? end.width + ARROW_SPACE : 0;
  text.width = MAX (gtk_widget_get_hexpand (label) ? width : MIN (text.width, width), least);
  end.x = rtl ? width - text.width : text.width + ARROW_SPACE;
  text.x = rtl ? end.x + (gtk_widget_get_child_visible (arrow) ? end.width + ARROW_SPACE : 0) : 0;
  gtk_widget_size_allocate (label, &text, -1);
  gtk_widget_size_allocate (arrow, &end, -1);
}

/* Columns */

void
wb_titles_set_order (WbTitles *self, const guint *order)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < self->order->len; i++)
    {
      changed |= wb_titles_get_at (self, i) != order[i];
      g_array_index (self->order, guint, i) = order[i];
      gtk_widget_insert_before (get_column (self, order[i])->title, GTK_WIDGET (self), NULL);
    }
  if (!changed)
    return;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_signal_emit (self, signals[LAID_OUT], 0, FALSE);
}

void
wb_titles_set_column (WbTitles *self, guint i, gboolean shown, int width)
{
  Column *column = get_column (self, i);
  gboolean others = column->shown != shown;

  if (!others && column->width == width)
    return;
  column->shown = shown;
  column->width = width;
  gtk_widget_set_visible (column->title, shown);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_signal_emit (self, signals[LAID_OUT], 0, others);
}

void
wb_titles_resize (WbTitles *self, guint column, int width)
{
  wb_titles_set_column (self, column, TRUE, MAX (width, LEAST_WIDTH));
  g_signal_emit (self, signals[RESIZED], 0, column, get_column (self, column)->width);
}

/* Sorting. An arrow that comes or turns asks for no other size: the whole window would be laid out anew. */

static void
show_sorted (WbTitles *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = get_column (self, i);
      gboolean sorted = (int) i == self->sorted;
      GtkAccessibleSort sort = !sorted ? GTK_ACCESSIBLE_SORT_NONE
                                       : self->descending ? GTK_ACCESSIBLE_SORT_DESCENDING : GTK_ACCESSIBLE_SORT_ASCENDING;

      gtk_widget_set_child_visible (column->arrow, sorted);
      if (self->descending)
        gtk_widget_remove_css_class (column->arrow, "up");
      else
        gtk_widget_add_css_class (column->arrow, "up");
      gtk_widget_queue_allocate (column->title);
      gtk_accessible_update_property (GTK_ACCESSIBLE (column->title), GTK_ACCESSIBLE_PROPERTY_SORT, sort, -1);
    }
}

void
wb_titles_sort (WbTitles *self, int column, gboolean descending)
{
  descending = descending && column >= 0;
  if (self->sorted == column && self->descending == descending)
    return;
  self->sorted = column;
  self->descending = descending;
  show_sorted (self);
  g_signal_emit (self, signals[SORTED], 0, column, descending);
}

void
wb_titles_click (WbTitles *self, guint column)
{
  if (self->sorted != (int) column)
    wb_titles_sort (self, (int) column, FALSE);
  else
    wb_titles_sort (self, self->descending ? -1 : (int) column, TRUE);
}

/* Pointer */

static int
column_at (WbTitles *self, double x)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      int from, width;

      wb_titles_get_span (self, i, gtk_widget_get_width (GTK_WIDGET (self)), &from, &width);
      if (wb_titles_is_shown (self, i) && x >= from && x < from + width)
        return (int) i;
    }
  return -1;
}

/* The column that begins within some pixels of @x: the first one's own edge is the table's. */
static int
edge_at (WbTitles *self, double x)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  for (guint i = 1; i < self->columns->len; i++)
    {
      int from, width, edge;

      wb_titles_get_span (self, i, gtk_widget_get_width (GTK_WIDGET (self)), &from, &width);
      edge = rtl ? from + width : from;
      if (wb_titles_is_shown (self, i) && ABS (x - edge) <= EDGE)
        return (int) i;
    }
  return -1;
}

static void
on_motion (GtkEventControllerMotion *motion, double x, double y, WbTitles *self)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), self->pulled >= 0 || edge_at (self, x) >= 0 ? "col-resize" : NULL);
}

static void
on_pull_begin (GtkGestureDrag *gesture, double x, double y, WbTitles *self)
{
  self->pulled = edge_at (self, x);
  if (self->pulled < 0)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  self->pulled_width = get_column (self, (guint) self->pulled)->width;
}

static void
on_pulled (GtkGestureDrag *gesture, double dx, double dy, WbTitles *self)
{
  int by = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? (int) dx : (int) -dx;
  int most = self->pulled_width + first_width (self, gtk_widget_get_width (GTK_WIDGET (self))) - LEAST_FIRST;

  if (self->pulled < 0)
    return;
  most += get_column (self, (guint) self->pulled)->width - self->pulled_width;
  wb_titles_resize (self, (guint) self->pulled, MIN (self->pulled_width + by, MAX (most, LEAST_WIDTH)));
}

static void
on_pull_end (GtkGestureDrag *gesture, double dx, double dy, WbTitles *self)
{
  self->pulled = -1;
}

static void
on_click (GtkGestureClick *gesture, int n, double x, double y, WbTitles *self)
{
  int column = column_at (self, x);

  if (column >= 0 && y >= 0 && y < gtk_widget_get_height (GTK_WIDGET (self)))
    wb_titles_click (self, (guint) column);
}

static void
on_right_click (GtkGestureClick *gesture, int n, double x, double y, WbTitles *self)
{
  int column = column_at (self, x);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  if (column < 0 || get_column (self, (guint) column)->menu == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  self->popover = gtk_popover_menu_new_from_model (get_column (self, (guint) column)->menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
add_pointer (WbTitles *self)
{
  GtkGesture *pull = gtk_gesture_drag_new (), *click = gtk_gesture_click_new (), *right = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (right), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (pull), GTK_PHASE_CAPTURE);
  g_signal_connect (pull, "drag-begin", G_CALLBACK (on_pull_begin), self);
  g_signal_connect (pull, "drag-update", G_CALLBACK (on_pulled), self);
  g_signal_connect (pull, "drag-end", G_CALLBACK (on_pull_end), self);
  g_signal_connect (click, "released", G_CALLBACK (on_click), self);
  g_signal_connect (right, "pressed", G_CALLBACK (on_right_click), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pull));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (right));
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}

/* The object */

void
wb_titles_add (WbTitles *self, const char *title, gboolean at_end, GMenuModel *menu)
{
  guint number = self->columns->len;
  Column column = { .shown = TRUE, .menu = menu != NULL ? g_object_ref (menu) : NULL };

  column.title = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_COLUMN_HEADER, NULL);
  column.label = gtk_label_new (title);
  column.arrow = gtk_image_new_from_icon_name ("pan-down-symbolic");
  gtk_label_set_ellipsize (GTK_LABEL (column.label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (column.label), at_end ? 1 : 0);
  gtk_widget_set_hexpand (column.label, at_end);
  gtk_widget_set_layout_manager (column.title, gtk_custom_layout_new (NULL, measure_title, allocate_title));
  gtk_widget_add_css_class (column.title, "column-title");
  gtk_accessible_update_property (GTK_ACCESSIBLE (column.title), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (GTK_BOX (column.title), column.label);
  gtk_box_append (GTK_BOX (column.title), column.arrow);
  gtk_widget_set_parent (column.title, GTK_WIDGET (self));
  g_array_append_val (self->columns, column);
  g_array_append_val (self->order, number);
  show_sorted (self);
}

static void
column_clear (gpointer data)
{
  Column *column = data;

  gtk_widget_unparent (column->title);
  g_clear_object (&column->menu);
}

static void
wb_titles_dispose (GObject *object)
{
  WbTitles *self = WB_TITLES (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_array_set_size (self->columns, 0);
  G_OBJECT_CLASS (wb_titles_parent_class)->dispose (object);
}

static void
wb_titles_finalize (GObject *object)
{
  g_array_unref (WB_TITLES (object)->columns);
  g_array_unref (WB_TITLES (object)->order);
  G_OBJECT_CLASS (wb_titles_parent_class)->finalize (object);
}

static void
wb_titles_class_init (WbTitlesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_titles_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_titles_finalize;
  widget_class->measure = wb_titles_measure;
  widget_class->size_allocate = wb_titles_size_allocate;
  signals[SORTED] = g_signal_new ("sorted", WB_TYPE_TITLES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_BOOLEAN);
  signals[RESIZED] = g_signal_new ("resized", WB_TYPE_TITLES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_INT);
  signals[LAID_OUT] = g_signal_new ("laid-out", WB_TYPE_TITLES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  gtk_widget_class_set_css_name (widget_class, "titles");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wb_titles_init (WbTitles *self)
{
  self->columns = g_array_new (FALSE, TRUE, sizeof (Column));
  g_array_set_clear_func (self->columns, column_clear);
  self->order = g_array_new (FALSE, FALSE, sizeof (guint));
  self->sorted = self->pulled = -1;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  add_pointer (self);
}

GtkWidget *
wb_titles_new (void)
{
  return g_object_new (WB_TYPE_TITLES, NULL);
}
