// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-width-bin.h"

#include "wb-text-scale.h"

#define NARROW_BELOW 520
#define MEDIUM_BELOW 900
#define NEVER_ABOVE 360 /* minimum widths do not scale beyond the smallest window */

struct _WbWidthBin {
  GtkWidget parent_instance;

  GtkWidget *child;
  int min_width, natural_width;
  int width;
  WbWidthClass width_class;
  gboolean classified;
  guint idle_id;
};

enum { PROP_MIN_WIDTH = 1, PROP_NATURAL_WIDTH, PROP_WIDTH_CLASS, N_PROPS };
static GParamSpec *props[N_PROPS];

static void buildable_init (GtkBuildableIface *iface);
static GtkBuildableIface *parent_buildable;

G_DEFINE_FINAL_TYPE_WITH_CODE (WbWidthBin, wb_width_bin, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

static WbWidthClass
class_for (double width)
{
  return width < NARROW_BELOW ? WB_WIDTH_NARROW : width < MEDIUM_BELOW ? WB_WIDTH_MEDIUM : WB_WIDTH_WIDE;
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* Outside of the allocation: what listens may change the layout. */
static gboolean
apply (gpointer user_data)
{
  WbWidthBin *self = user_data;

  self->idle_id = 0;
  self->width_class = class_for (self->width / wb_text_scale ());
  self->classified = TRUE;
  set_class (GTK_WIDGET (self), "narrow", self->width_class == WB_WIDTH_NARROW);
  set_class (GTK_WIDGET (self), "medium", self->width_class == WB_WIDTH_MEDIUM);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WIDTH_CLASS]);
  return G_SOURCE_REMOVE;
}

static void
wb_width_bin_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  WbWidthBin *self = WB_WIDTH_BIN (widget);
  double scale = wb_text_scale ();
  int child_min = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = self->min_width < NEVER_ABOVE ? MIN (self->min_width * scale, NEVER_ABOVE) : self->min_width;
      *natural = MAX (*minimum, (int) (self->natural_width * scale));
      return;
    }
  *minimum = *natural = 0;
  if (self->child == NULL)
    return;
  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &child_min, NULL, NULL, NULL);
  gtk_widget_measure (self->child, GTK_ORIENTATION_VERTICAL, for_size > 0 ? MAX (child_min, for_size) : for_size,
                      minimum, natural, NULL, NULL);
}

static void
wb_width_bin_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WbWidthBin *self = WB_WIDTH_BIN (widget);
  GskTransform *shift = NULL;
  gboolean moved = width != self->width;
  int min = 0;

  self->width = width;
  /* Every change of width is told, not only of class: pages fit their columns to it. */
  if ((moved || !self->classified) && self->idle_id == 0)
    self->idle_id = g_idle_add_full (GTK_PRIORITY_RESIZE - 1, apply, self, NULL);
  if (self->child == NULL)
    return;
  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &min, NULL, NULL, NULL);
  if (min > width && gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    shift = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (width - min, 0));
  gtk_widget_allocate (self->child, MAX (min, width), height, baseline, shift);
}

static void
wb_width_bin_dispose (GObject *object)
{
  WbWidthBin *self = WB_WIDTH_BIN (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  G_OBJECT_CLASS (wb_width_bin_parent_class)->dispose (object);
}

static void
wb_width_bin_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WbWidthBin *self = WB_WIDTH_BIN (object);

  switch (id)
    {
    case PROP_MIN_WIDTH: g_value_set_int (value, self->min_width); break;
    case PROP_NATURAL_WIDTH: g_value_set_int (value, self->natural_width); break;
    case PROP_WIDTH_CLASS: g_value_set_int (value, self->width_class); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wb_width_bin_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WbWidthBin *self = WB_WIDTH_BIN (object);

  if (id == PROP_MIN_WIDTH)
    self->min_width = g_value_get_int (value);
  else if (id == PROP_NATURAL_WIDTH)
    self->natural_width = g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
wb_width_bin_class_init (WbWidthBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_width_bin_dispose;
  object_class->get_property = wb_width_bin_get_property;
  object_class->set_property = wb_width_bin_set_property;
  widget_class->measure = wb_width_bin_measure;
  widget_class->size_allocate = wb_width_bin_size_allocate;
  props[PROP_MIN_WIDTH]
      = g_param_spec_int ("min-width", NULL, NULL, 0, G_MAXINT, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_NATURAL_WIDTH]
      = g_param_spec_int ("natural-width", NULL, NULL, 0, G_MAXINT, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_WIDTH_CLASS]
      = g_param_spec_int ("width-class", NULL, NULL, 0, WB_WIDTH_WIDE, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
wb_width_bin_init (WbWidthBin *self)
{
  self->width_class = WB_WIDTH_WIDE;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

static void
add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  if (GTK_IS_WIDGET (child))
    wb_width_bin_set_child (WB_WIDTH_BIN (buildable), GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = add_child;
}

GtkWidget *
wb_width_bin_new (int min_width, int natural_width)
{
  return g_object_new (WB_TYPE_WIDTH_BIN, "min-width", min_width, "natural-width", natural_width, NULL);
}

void
wb_width_bin_set_child (WbWidthBin *self, GtkWidget *child)
{
  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
}

WbWidthClass
wb_width_bin_get_width_class (WbWidthBin *self)
{
  return self->width_class;
}
