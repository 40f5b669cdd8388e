// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-side-by-side.h"

#include "wb-text-scale.h"

#define SPACING 24
#define ROW_SPACING 18
#define ROOM 620 /* below this they are stacked */

struct _WbSideBySide {
  GtkWidget parent_instance;

  GtkWidget *first, *second;
  int second_width;
};

G_DEFINE_FINAL_TYPE (WbSideBySide, wb_side_by_side, GTK_TYPE_WIDGET)

static int
minimum_of (GtkWidget *child)
{
  int minimum;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

/* Width of the second child beside the first; 0 = below it. */
static int
width_beside (WbSideBySide *self, int width)
{
  double scale = wb_text_scale ();
  int wanted = MIN ((int) (self->second_width * scale), (width - SPACING) * 2 / 5);

  wanted = MAX (wanted, minimum_of (self->second));
  return width >= ROOM * scale && width - SPACING - wanted >= minimum_of (self->first) ? wanted : 0;
}

static int
height_of (GtkWidget *child, int width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, MAX (width, minimum_of (child)), NULL, &natural, NULL, NULL);
  return natural;
}

static void
measure_width (WbSideBySide *self, int *minimum, int *natural)
{
  int natural_first, natural_second;

  gtk_widget_measure (self->first, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural_first, NULL, NULL);
  gtk_widget_measure (self->second, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural_second, NULL, NULL);
  *minimum = MAX (minimum_of (self->first), minimum_of (self->second));
  /* What the second is given, not what it would like: at this width nothing may wrap, or a box is wrong about heights. */
  *natural = MAX (*minimum, natural_first + SPACING + MAX (natural_second, (int) (self->second_width * wb_text_scale ())));
}

static int
measure_height (WbSideBySide *self, int width)
{
  int beside = width_beside (self, width);

  if (beside > 0)
    return MAX (height_of (self->first, width - SPACING - beside), height_of (self->second, beside));
  return height_of (self->first, width) + ROW_SPACING + height_of (self->second, width);
}

static void
wb_side_by_side_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  WbSideBySide *self = WB_SIDE_BY_SIDE (widget);
  int least, wide;

  measure_width (self, &least, &wide);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = wide;
    }
  else
    *minimum = *natural = measure_height (self, for_size < 0 ? wide : MAX (for_size, least));
}

static void
place (GtkWidget *child, int x, int y, int width, int height)
{
  GtkAllocation allocation = { x, y, MAX (width, minimum_of (child)), height };

  gtk_widget_size_allocate (child, &allocation, -1);
}

static void
wb_side_by_side_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WbSideBySide *self = WB_SIDE_BY_SIDE (widget);
  int beside = width_beside (self, width);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int first_width = width - SPACING - beside;
  int first_height;

  if (beside == 0)
    {
      first_height = height_of (self->first, width);
      place (self->first, 0, 0, width, first_height);
      place (self->second, 0, first_height + ROW_SPACING, width, height_of (self->second, width));
      return;
    }
  place (self->first, rtl ? beside + SPACING : 0, 0, first_width, height_of (self->first, first_width));
  place (self->second, rtl ? 0 : first_width + SPACING, 0, beside, height_of (self->second, beside));
}

static GtkSizeRequestMode
wb_side_by_side_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
wb_side_by_side_dispose (GObject *object)
{
  WbSideBySide *self = WB_SIDE_BY_SIDE (object);

  g_clear_pointer (&self->first, gtk_widget_unparent);
  g_clear_pointer (&self->second, gtk_widget_unparent);
  G_OBJECT_CLASS (wb_side_by_side_parent_class)->dispose (object);
}

static void
wb_side_by_side_class_init (WbSideBySideClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_side_by_side_dispose;
  widget_class->measure = wb_side_by_side_measure;
  widget_class->size_allocate = wb_side_by_side_size_allocate;
  widget_class->get_request_mode = wb_side_by_side_get_request_mode;
}

static void
wb_side_by_side_init (WbSideBySide *self)
{
}

/**
 * wb_side_by_side_new:
 * @first: (transfer floating): the larger one
 * @second: (transfer floating): beside or below it
 * @second_width: at most so wide, in pixels at text scale 1
 */
GtkWidget *
wb_side_by_side_new (GtkWidget *first, GtkWidget *second, int second_width)
{
  WbSideBySide *self = g_object_new (WB_TYPE_SIDE_BY_SIDE, NULL);

  self->first = first;
  self->second = second;
  self->second_width = second_width;
  gtk_widget_set_parent (first, GTK_WIDGET (self));
  gtk_widget_set_parent (second, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
