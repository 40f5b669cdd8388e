// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-round-preview.h"

#include <math.h>

#include "wb-compat.h"

#define RING 2 /* px of border, as in style.css: the picture lies under it */
#define TURN_US (1200 * 1000)

struct _WbRoundPreview {
  GtkWidget parent_instance;

  int side;
  WbPreviewLook look;
  GdkTexture *first, *second;
  GtkWidget *icon; /* made when there is something to stand in for */
  guint tick_id;
  double angle;
};

G_DEFINE_FINAL_TYPE (WbRoundPreview, wb_round_preview, GTK_TYPE_WIDGET)

static const struct {
  const char *style;
  const char *icon;
} looks[] = {
  [WB_PREVIEW_PICTURE] = { NULL, NULL },
  [WB_PREVIEW_EMPTY] = { "empty", "avatar-default-symbolic" },
  [WB_PREVIEW_BROKEN] = { "broken", "image-missing-symbolic" },
  [WB_PREVIEW_WORKING] = { "working", NULL },
};

static void
wb_round_preview_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = WB_ROUND_PREVIEW (widget)->side - 2 * RING;
}

static void
wb_round_preview_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WbRoundPreview *self = WB_ROUND_PREVIEW (widget);
  int icon = 0;

  if (self->icon == NULL || !gtk_widget_should_layout (self->icon))
    return;
  gtk_widget_measure (self->icon, GTK_ORIENTATION_HORIZONTAL, -1, &icon, NULL, NULL, NULL);
  gtk_widget_measure (self->icon, GTK_ORIENTATION_VERTICAL, -1, &icon, NULL, NULL, NULL);
  gtk_widget_allocate (self->icon, width, height, -1, NULL);
}

static void
append_halves (GtkSnapshot *snapshot, WbRoundPreview *self, const graphene_rect_t *box)
{
  const float gap = 1, x = box->origin.x, half = box->size.width / 2;

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (x, box->origin.y, half - gap, box->size.height));
  gtk_snapshot_append_texture (snapshot, self->first, box);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (x + half + gap, box->origin.y, half - gap, box->size.height));
  gtk_snapshot_append_texture (snapshot, self->second, box);
  gtk_snapshot_pop (snapshot);
}

static void
append_pictures (GtkSnapshot *snapshot, WbRoundPreview *self, const graphene_rect_t *box)
{
  GskRoundedRect round;

  gsk_rounded_rect_init_from_rect (&round, box, box->size.width / 2);
  if (self->look == WB_PREVIEW_WORKING)
    gtk_snapshot_push_opacity (snapshot, 0.35);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  if (self->second != NULL)
    append_halves (snapshot, self, box);
  else
    gtk_snapshot_append_texture (snapshot, self->first, box);
  gtk_snapshot_pop (snapshot);
  if (self->look == WB_PREVIEW_WORKING)
    gtk_snapshot_pop (snapshot);
}

static void
append_progress (GtkSnapshot *snapshot, WbRoundPreview *self, const graphene_rect_t *box)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, box);
  double radius = box->size.width / 2 - 1.5;
  GdkRGBA colour = { 0.2, 0.5, 0.9, 1 };

  wb_compat_lookup_colour (GTK_WIDGET (self), "accent_color", &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, 3);
  cairo_arc (cr, box->origin.x + box->size.width / 2, box->origin.y + box->size.height / 2, radius,
             self->angle - G_PI_2, self->angle + G_PI);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
wb_round_preview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WbRoundPreview *self = WB_ROUND_PREVIEW (widget);
  graphene_rect_t box = GRAPHENE_RECT_INIT (-RING, -RING, self->side, self->side);

  if (self->first != NULL && self->look != WB_PREVIEW_EMPTY && self->look != WB_PREVIEW_BROKEN)
    append_pictures (snapshot, self, &box);
  if (self->look == WB_PREVIEW_WORKING)
    append_progress (snapshot, self, &box);
  if (self->icon != NULL)
    gtk_widget_snapshot_child (widget, self->icon, snapshot);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  WbRoundPreview *self = WB_ROUND_PREVIEW (widget);

  self->angle = (double) (gdk_frame_clock_get_frame_time (clock) % TURN_US) / TURN_US * 2 * G_PI;
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

static void
update_tick (WbRoundPreview *self)
{
  gboolean animate = TRUE;
  gboolean turns;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animate, NULL);
  turns = animate && self->look == WB_PREVIEW_WORKING && gtk_widget_get_mapped (GTK_WIDGET (self));
  if (turns && self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
  else if (!turns && self->tick_id != 0)
    {
      gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
      self->tick_id = 0;
    }
}

static void
wb_round_preview_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wb_round_preview_parent_class)->map (widget);
  update_tick (WB_ROUND_PREVIEW (widget));
}

static void
wb_round_preview_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wb_round_preview_parent_class)->unmap (widget);
  update_tick (WB_ROUND_PREVIEW (widget));
}

static void
wb_round_preview_dispose (GObject *object)
{
  WbRoundPreview *self = WB_ROUND_PREVIEW (object);

  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_object (&self->first);
  g_clear_object (&self->second);
  G_OBJECT_CLASS (wb_round_preview_parent_class)->dispose (object);
}

static void
wb_round_preview_class_init (WbRoundPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_round_preview_dispose;
  widget_class->measure = wb_round_preview_measure;
  widget_class->size_allocate = wb_round_preview_size_allocate;
  widget_class->snapshot = wb_round_preview_snapshot;
  widget_class->map = wb_round_preview_map;
  widget_class->unmap = wb_round_preview_unmap;
  gtk_widget_class_set_css_name (widget_class, "roundpreview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
wb_round_preview_init (WbRoundPreview *self)
{
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
wb_round_preview_new (int side)
{
  WbRoundPreview *self = g_object_new (WB_TYPE_ROUND_PREVIEW, NULL);

  self->side = side;
  return GTK_WIDGET (self);
}

void
wb_round_preview_set_side (WbRoundPreview *self, int side)
{
  if (self->side == side)
    return;
  self->side = side;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
show_icon (WbRoundPreview *self, const char *name)
{
  if (self->icon == NULL && name != NULL)
    {
      self->icon = gtk_image_new ();
      gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
    }
  if (self->icon == NULL)
    return;
  gtk_widget_set_visible (self->icon, name != NULL);
  if (name != NULL)
    gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), name);
}

void
wb_round_preview_set_look (WbRoundPreview *self, WbPreviewLook look)
{
  if (self->look == look)
    return;
  if (looks[self->look].style != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), looks[self->look].style);
  if (looks[look].style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), looks[look].style);
  self->look = look;
  show_icon (self, looks[look].icon);
  update_tick (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
wb_round_preview_set_textures (WbRoundPreview *self, GdkTexture *first, GdkTexture *second)
{
  gboolean changed = g_set_object (&self->first, first);

  changed |= g_set_object (&self->second, second);
  if (changed)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}
