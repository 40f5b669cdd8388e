// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-ring.h"

#include <math.h>

#include "wb-compat.h"
#include "wb-format.h"
#include "wb-text-scale.h"

#define SIDE 76
#define STROKE 8

struct _WbRing {
  GtkWidget parent_instance;

  GtkWidget *label;
  guint there, failed, all;
};

G_DEFINE_FINAL_TYPE (WbRing, wb_ring, GTK_TYPE_WIDGET)

static void
wb_ring_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                 int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = (int) (SIDE * wb_text_scale ());
}

static void
wb_ring_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (WB_RING (widget)->label, &(GtkAllocation) { 0, 0, width, height }, -1);
}

/* Clockwise from the top; @from and @to are shares of the whole. */
static void
draw_arc (WbRing *self, cairo_t *cr, const char *colour, double alpha, double from, double to)
{
  double side = MIN (gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));
  double stroke = STROKE * side / SIDE;
  GdkRGBA rgba;

  if (to <= from)
    return;
  if (!wb_compat_lookup_colour (GTK_WIDGET (self), colour, &rgba))
    return;
  rgba.alpha *= (float) alpha;
  gdk_cairo_set_source_rgba (cr, &rgba);
  cairo_set_line_width (cr, stroke);
  cairo_arc (cr, side / 2, side / 2, (side - stroke) / 2, (from - .25) * 2 * G_PI, (to - .25) * 2 * G_PI);
  cairo_stroke (cr);
}

static void
wb_ring_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WbRing *self = WB_RING (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  double all = MAX (self->all, 1), there = self->there / all;

  draw_arc (self, cr, "window_fg_color", .15, 0, 1);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  draw_arc (self, cr, "success_color", 1, 0, MIN (there, 1));
  draw_arc (self, cr, "error_color", 1, there, MIN (there + self->failed / all, 1));
  cairo_destroy (cr);
  gtk_widget_snapshot_child (widget, self->label, snapshot);
}

static void
wb_ring_dispose (GObject *object)
{
  g_clear_pointer (&WB_RING (object)->label, gtk_widget_unparent);
  G_OBJECT_CLASS (wb_ring_parent_class)->dispose (object);
}

static void
wb_ring_class_init (WbRingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_ring_dispose;
  widget_class->measure = wb_ring_measure;
  widget_class->size_allocate = wb_ring_size_allocate;
  widget_class->snapshot = wb_ring_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PROGRESS_BAR);
}

static void
wb_ring_init (WbRing *self)
{
  self->label = gtk_label_new ("");
  gtk_widget_add_css_class (self->label, "heading");
  gtk_widget_add_css_class (self->label, "numeric");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_START);
}

GtkWidget *
wb_ring_new (void)
{
  return g_object_new (WB_TYPE_RING, NULL);
}

void
wb_ring_set (WbRing *self, guint there, guint failed, guint all, const char *text)
{
  g_autofree char *count = wb_format_count (there);

  self->there = there;
  self->failed = failed;
  self->all = all;
  gtk_label_set_label (GTK_LABEL (self->label), count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double) MAX (all, 1),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double) there, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
