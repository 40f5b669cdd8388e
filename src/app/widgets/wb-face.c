// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-face.h"

#include <string.h>

#include "wb-icon-picture.h"

struct _WbFace {
  GtkWidget parent_instance;

  int size;
  char *name;
  PangoLayout *layout; /* of the initials; NULL until they are drawn */
};

G_DEFINE_FINAL_TYPE (WbFace, wb_face, GTK_TYPE_WIDGET)

/* The discs of libadwaita, by the hash of the name. */
static const struct {
  guint32 top, bottom, text;
} colours[] = {
  { 0x83b6ec, 0x337fdc, 0xcfe1f5 }, { 0x7ad9f1, 0x0f9ac8, 0xcaeaf2 }, { 0x8de6b1, 0x29ae74, 0xcef8d8 },
  { 0xb5e98a, 0x6ab85b, 0xe6f9d7 }, { 0xf8e359, 0xd29d09, 0xf9f4e1 }, { 0xffcb62, 0xd68400, 0xffead1 },
  { 0xffa95a, 0xed5b00, 0xffe5c5 }, { 0xf78773, 0xe62d42, 0xf8d2ce }, { 0xe973ab, 0xe33b6a, 0xfac7de },
  { 0xcb78d4, 0x9945b5, 0xe7c2e8 }, { 0x9e91e8, 0x7a59ca, 0xd5d2f5 }, { 0xe3cf9c, 0xb08952, 0xf2eade },
  { 0xbe916d, 0x785336, 0xe5d6ca }, { 0xc0bfbc, 0x6e6d71, 0xd8d7d3 },
};

static GdkRGBA
rgba (guint32 colour)
{
  return (GdkRGBA) { (float) (colour >> 16) / 255, (float) (colour >> 8 & 0xff) / 255, (float) (colour & 0xff) / 255, 1 };
}

static guint
colour_of (WbFace *self)
{
  return *self->name != '\0' ? g_str_hash (self->name) % G_N_ELEMENTS (colours) : G_N_ELEMENTS (colours) - 1;
}

/* Of the first word and of the last. */
static char *
dup_initials (const char *name)
{
  g_autofree char *capitals = g_utf8_strup (name, -1);
  g_autofree char *composed = g_utf8_normalize (g_strstrip (capitals), -1, G_NORMALIZE_DEFAULT_COMPOSE);
  GString *initials = g_string_new (NULL);
  const char *last = composed != NULL ? strrchr (composed, ' ') : NULL;

  if (composed != NULL && *composed != '\0')
    g_string_append_unichar (initials, g_utf8_get_char (composed));
  if (last != NULL && last[1] != '\0')
    g_string_append_unichar (initials, g_utf8_get_char (last + 1));
  return g_string_free (initials, FALSE);
}

/* As large as the disc has room for: a square in it, less an edge that grows with it. */
static void
fit (WbFace *self, PangoLayout *layout)
{
  double largest = self->size / G_SQRT2 - MAX (self->size * 0.4 - 5, 0);
  PangoFontDescription *font = pango_font_description_copy (
    pango_context_get_font_description (gtk_widget_get_pango_context (GTK_WIDGET (self))));
  int width, height;

  pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_layout_get_pixel_size (layout, &width, &height);
  pango_font_description_set_absolute_size (font, CLAMP (height * largest / MAX (width, 1), 0, largest) * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
}

/* Many people share their initials, and rows of a list show others with each letter that is typed: what was laid out is
 * kept, by size, font and initials. */
#define MOST_KEPT 512

static PangoLayout *
lay_out_initials (WbFace *self)
{
  static GHashTable *kept;
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  g_autofree char *initials = dup_initials (self->name);
  g_autofree char *key = g_strdup_printf ("%d %u %s", self->size, pango_font_description_hash (pango_context_get_font_description (context)), initials);
  PangoLayout *layout;

  if (kept == NULL)
    kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  layout = g_hash_table_lookup (kept, key);
  if (layout != NULL)
    return g_object_ref (layout);
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), initials);
  fit (self, layout);
  if (g_hash_table_size (kept) >= MOST_KEPT)
    g_hash_table_remove_all (kept);
  g_hash_table_insert (kept, g_steal_pointer (&key), g_object_ref (layout));
  return layout;
}

static void
draw_initials (WbFace *self, GtkSnapshot *snapshot, const GdkRGBA *colour)
{
  int width, height;

  if (self->layout == NULL)
    self->layout = lay_out_initials (self);
  pango_layout_get_pixel_size (self->layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (self->size - width) / 2, (float) (self->size - height) / 2));
  gtk_snapshot_append_layout (snapshot, self->layout, colour);
  gtk_snapshot_restore (snapshot);
}

static void
draw_head (WbFace *self, GtkSnapshot *snapshot, const GdkRGBA *colour)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) self->size / 4, (float) self->size / 4));
  wb_icon_picture_snapshot (GTK_WIDGET (self), snapshot, "avatar-default-symbolic", self->size / 2, colour);
  gtk_snapshot_restore (snapshot);
}

/* The disc */

static cairo_pattern_t *
make_gradient (guint colour, int size)
{
  cairo_pattern_t *pattern = cairo_pattern_create_linear (0, 0, 0, size);
  GdkRGBA top = rgba (colours[colour].top), bottom = rgba (colours[colour].bottom);

  cairo_pattern_add_color_stop_rgb (pattern, 0, top.red, top.green, top.blue);
  cairo_pattern_add_color_stop_rgb (pattern, 1, bottom.red, bottom.green, bottom.blue);
  return pattern;
}

static GdkTexture *
make_disc (guint colour, int size)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, size, size);
  cairo_t *cr = cairo_create (surface);
  cairo_pattern_t *gradient = make_gradient (colour, size);
  g_autoptr (GBytes) pixels = NULL;

  cairo_set_source (cr, gradient);
  cairo_arc (cr, size / 2.0, size / 2.0, size / 2.0, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_pattern_destroy (gradient);
  cairo_surface_flush (surface);
  pixels = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), (gsize) (cairo_image_surface_get_stride (surface) * size),
                                       (GDestroyNotify) cairo_surface_destroy, surface);
  return gdk_memory_texture_new (size, size, GDK_MEMORY_DEFAULT, pixels, (gsize) (size * 4));
}

/* Drawn once for each colour and size: a gradient in a round clip takes a renderer without a graphics card ten times as
 * long as a picture. */
static GdkTexture *
get_disc (WbFace *self)
{
  static GHashTable *discs;
  guint colour = colour_of (self);
  int size = self->size * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  gpointer key = GINT_TO_POINTER (size * (int) G_N_ELEMENTS (colours) + (int) colour);
  GdkTexture *disc;

  if (discs == NULL)
    discs = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  disc = g_hash_table_lookup (discs, key);
  if (disc == NULL)
    {
      disc = make_disc (colour, size);
      g_hash_table_insert (discs, key, disc);
    }
  return disc;
}

static void
wb_face_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WbFace *self = WB_FACE (widget);
  float size = (float) self->size;
  GdkRGBA text = rgba (colours[colour_of (self)].text);

  gtk_snapshot_append_texture (snapshot, get_disc (self), &GRAPHENE_RECT_INIT (0, 0, size, size));
  if (*self->name != '\0')
    draw_initials (self, snapshot, &text);
  else
    draw_head (self, snapshot, &text);
}

static void
wb_face_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                 int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = WB_FACE (widget)->size;
}

static GtkSizeRequestMode
wb_face_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

/* Another font. */
static void
wb_face_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (wb_face_parent_class)->css_changed (widget, change);
  g_clear_object (&WB_FACE (widget)->layout);
}

static void
wb_face_finalize (GObject *object)
{
  WbFace *self = WB_FACE (object);

  g_clear_object (&self->layout);
  g_free (self->name);
  G_OBJECT_CLASS (wb_face_parent_class)->finalize (object);
}

static void
wb_face_class_init (WbFaceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wb_face_finalize;
  widget_class->measure = wb_face_measure;
  widget_class->get_request_mode = wb_face_get_request_mode;
  widget_class->snapshot = wb_face_snapshot;
  widget_class->css_changed = wb_face_css_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
wb_face_init (WbFace *self)
{
  self->name = g_strdup ("");
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
}

GtkWidget *
wb_face_new (int size)
{
  WbFace *self = g_object_new (WB_TYPE_FACE, NULL);

  self->size = size;
  return GTK_WIDGET (self);
}

void
wb_face_set_name (WbFace *self, const char *name)
{
  if (g_str_equal (self->name, name))
    return;
  g_free (self->name);
  self->name = g_strdup (name);
  g_clear_object (&self->layout);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
