// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-state-pill.h"

#include "wb-compat.h"
#include "wb-format.h"
#include "wb-icon-picture.h"

/* It draws its icon and its word itself: with a label and an image, all of a window would be laid out anew when a row of
 * a list comes to show another state. */

#define SPACING 4
#define ICON_EM .9
/* Of a word that is cut short, a little is seen. */
#define LEAST_EM 2

struct _WbStatePill {
  GtkWidget parent_instance;

  const char *icon;    /* lent by the table of states; NULL before the first */
  char *shown;         /* family, word and text */
  char *text;
  PangoLayout *layout; /* NULL until it is needed, in this font */
  int em, width, height; /* of the whole word, in pixels; with the layout */
  int measured;        /* the natural width that GTK keeps */
  gboolean whole, in_row;
};

G_DEFINE_FINAL_TYPE (WbStatePill, wb_state_pill, GTK_TYPE_WIDGET)

static PangoLayout *
ensure_layout (WbStatePill *self)
{
  if (self->layout != NULL)
    return self->layout;
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->text);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  pango_layout_get_pixel_size (self->layout, &self->width, &self->height);
  /* GTK gives it in pixels. */
  self->em = pango_font_description_get_size (pango_context_get_font_description (pango_layout_get_context (self->layout))) / PANGO_SCALE;
  return self->layout;
}

static int
icon_size (WbStatePill *self)
{
  return (int) (self->em * ICON_EM + .5);
}

static int
natural_width (WbStatePill *self)
{
  ensure_layout (self);
  return icon_size (self) + SPACING + self->width;
}

static void
wb_state_pill_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  WbStatePill *self = WB_STATE_PILL (widget);
  int width = natural_width (self);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = MAX (self->height, icon_size (self));
      return;
    }
  *natural = self->measured = width;
  *minimum = self->whole ? width : MIN (width, icon_size (self) + SPACING + LEAST_EM * self->em);
}

static void
snapshot_icon (WbStatePill *self, GtkSnapshot *snapshot, int x, int size, const GdkRGBA *colour)
{
  int y = (gtk_widget_get_height (GTK_WIDGET (self)) - size) / 2;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  wb_icon_picture_snapshot (GTK_WIDGET (self), snapshot, self->icon, size, colour);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_text (WbStatePill *self, GtkSnapshot *snapshot, int x, const GdkRGBA *colour)
{
  int y = (gtk_widget_get_height (GTK_WIDGET (self)) - self->height) / 2;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, self->layout, colour);
  gtk_snapshot_restore (snapshot);
}

static void
wb_state_pill_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WbStatePill *self = WB_STATE_PILL (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (widget), size;
  GdkRGBA colour;

  if (self->icon == NULL)
    return;
  ensure_layout (self);
  size = icon_size (self);
  pango_layout_set_width (self->layout, MAX (width - size - SPACING, 0) * PANGO_SCALE);
  wb_compat_get_colour (widget, &colour);
  snapshot_icon (self, snapshot, rtl ? width - size : 0, size, &colour);
  snapshot_text (self, snapshot, rtl ? 0 : size + SPACING, &colour);
}

/* Another font: GTK asks for the size again. */
static void
wb_state_pill_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  g_clear_object (&WB_STATE_PILL (widget)->layout);
  GTK_WIDGET_CLASS (wb_state_pill_parent_class)->css_changed (widget, change);
}

static void
wb_state_pill_direction_changed (GtkWidget *widget, GtkTextDirection before)
{
  g_clear_object (&WB_STATE_PILL (widget)->layout);
  GTK_WIDGET_CLASS (wb_state_pill_parent_class)->direction_changed (widget, before);
}

/* What there was no room for. */
static gboolean
wb_state_pill_query_tooltip (GtkWidget *widget, int x, int y, gboolean by_keys, GtkTooltip *tooltip)
{
  WbStatePill *self = WB_STATE_PILL (widget);

  gtk_tooltip_set_text (tooltip, self->text);
  return !wb_state_pill_shows_all (self);
}

static void
wb_state_pill_finalize (GObject *object)
{
  WbStatePill *self = WB_STATE_PILL (object);

  g_clear_object (&self->layout);
  g_free (self->shown);
  g_free (self->text);
  G_OBJECT_CLASS (wb_state_pill_parent_class)->finalize (object);
}

static void
wb_state_pill_class_init (WbStatePillClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wb_state_pill_finalize;
  widget_class->measure = wb_state_pill_measure;
  widget_class->snapshot = wb_state_pill_snapshot;
  widget_class->css_changed = wb_state_pill_css_changed;
  widget_class->direction_changed = wb_state_pill_direction_changed;
  widget_class->query_tooltip = wb_state_pill_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "statepill");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
wb_state_pill_init (WbStatePill *self)
{
  self->text = g_strdup ("");
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

GtkWidget *
wb_state_pill_new (void)
{
  return g_object_new (WB_TYPE_STATE_PILL, NULL);
}

GtkWidget *
wb_state_pill_new_in_row (void)
{
  WbStatePill *self = g_object_new (WB_TYPE_STATE_PILL, "halign", GTK_ALIGN_FILL, NULL);

  self->in_row = TRUE;
  return GTK_WIDGET (self);
}

void
wb_state_pill_set (WbStatePill *self, const char *family, const char *word)
{
  g_autofree char *text = wb_format_text (wb_state_word_text (family, word));

  wb_state_pill_set_text (self, family, word, text);
}

void
wb_state_pill_set_text (WbStatePill *self, const char *family, const char *word, const char *text)
{
  GtkWidget *widget = GTK_WIDGET (self), *parent = gtk_widget_get_parent (widget);
  g_autofree char *shown = g_strjoin (" ", family, word, text, NULL);

  /* Most rows of a list are in the same state: then nothing is laid out again. */
  if (g_strcmp0 (self->shown, shown) == 0)
    return;
  g_free (self->shown);
  g_free (self->text);
  self->shown = g_steal_pointer (&shown);
  self->text = g_strdup (text);
  self->icon = wb_state_icon (family, word);
  g_clear_object (&self->layout);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  wb_state_add_class (widget, family, word);
  if (!self->in_row)
    gtk_widget_queue_resize (widget);
  else if (parent != NULL)
    gtk_widget_queue_allocate (parent);
}

const char *
wb_state_pill_get_text (WbStatePill *self)
{
  return self->text;
}

gboolean
wb_state_pill_shows_all (WbStatePill *self)
{
  return gtk_widget_get_width (GTK_WIDGET (self)) >= natural_width (self);
}

int
wb_state_pill_get_width (WbStatePill *self)
{
  int natural;

  gtk_widget_measure (GTK_WIDGET (self), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  /* GTK remembers it of an earlier word; what the style adds is the same. */
  return natural - self->measured + natural_width (self);
}

void
wb_state_pill_set_whole (WbStatePill *self)
{
  self->whole = TRUE;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
