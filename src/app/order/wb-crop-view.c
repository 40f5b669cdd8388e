// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-crop-view.h"

#include <glib/gi18n.h>
#include <math.h>

#include "wb-crop-moves.h"

#define HEIGHT 164
#define MARGIN 8
#define KEY_STEP 0.01
#define KEY_ZOOM 1.1
/* After the last turn of the wheel or press of a key: one step of undo for the lot. */
#define SETTLE_MS 250

struct _WbCropView {
  GtkWidget parent_instance;

  GdkTexture *texture;
  guint width, height;
  WbCrop crop, drag_start;
  double zoom_start;
  gboolean dragging, moving; /* moving: not yet settled */
  guint settle_id;
};

enum { CHANGED, SETTLED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbCropView, wb_crop_view, GTK_TYPE_WIDGET)

static double
diameter_of (WbCropView *self)
{
  return MAX (1,
              MIN (gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self))) - 2 * MARGIN);
}

void
wb_crop_view_settle (WbCropView *self)
{
  g_clear_handle_id (&self->settle_id, g_source_remove);
  if (!self->moving)
    return;
  self->moving = FALSE;
  g_signal_emit (self, signals[SETTLED], 0);
}

static gboolean
on_settle (gpointer user_data)
{
  WbCropView *self = user_data;

  self->settle_id = 0;
  wb_crop_view_settle (self);
  return G_SOURCE_REMOVE;
}

static void
tell_value (WbCropView *self)
{
  /* Translators: how far a picture is zoomed, in percent */
  g_autofree char *text = g_strdup_printf (_("Zoom %d %%"), (int) round (self->crop.zoom * 100));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
moved (WbCropView *self)
{
  tell_value (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  self->moving = TRUE;
  g_clear_handle_id (&self->settle_id, g_source_remove);
  /* A drag settles when the button is let go, however long it rests. */
  if (!self->dragging)
    self->settle_id = g_timeout_add (SETTLE_MS, on_settle, self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Drawing: the square of the crop lies in the middle, as large as the round window. */

static void
append_turned (WbCropView *self, GtkSnapshot *snapshot)
{
  double turned_width = self->crop.turns % 2 ? self->height : self->width,
         turned_height = self->crop.turns % 2 ? self->width : self->height;
  double width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  double scale;
  int x, y, side;

  wb_crop_square (&self->crop, self->width, self->height, &x, &y, &side);
  scale = diameter_of (self) / side;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (width / 2, height / 2));
  gtk_snapshot_scale (snapshot, scale, scale);
  /* To the middle of the turned picture, turned about it. */
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT (turned_width / 2 - (x + side / 2.0), turned_height / 2 - (y + side / 2.0)));
  gtk_snapshot_rotate (snapshot, 90 * (self->crop.turns % 4));
  gtk_snapshot_append_texture (
      snapshot, self->texture,
      &GRAPHENE_RECT_INIT (-(self->width / 2.0), -(self->height / 2.0), self->width, self->height));
  gtk_snapshot_restore (snapshot);
}

static void
wb_crop_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WbCropView *self = WB_CROP_VIEW (widget);
  float width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget), diameter = diameter_of (self);
  graphene_rect_t whole = GRAPHENE_RECT_INIT (0, 0, width, height);
  graphene_rect_t circle = GRAPHENE_RECT_INIT ((width - diameter) / 2, (height - diameter) / 2, diameter, diameter);
  const GdkRGBA white = { 1, 1, 1, 1 };
  GskRoundedRect frame, round;

  gsk_rounded_rect_init_from_rect (&frame, &whole, 12);
  gsk_rounded_rect_init_from_rect (&round, &circle, diameter / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &frame);
  gtk_snapshot_append_color (snapshot, &(GdkRGBA) { 0, 0, 0, 1 }, &whole);
  if (self->texture != NULL)
    {
      append_turned (self, snapshot);
      gtk_snapshot_append_color (snapshot, &(GdkRGBA) { 0, 0, 0, 0.5 }, &whole);
      gtk_snapshot_push_rounded_clip (snapshot, &round);
      append_turned (self, snapshot);
      gtk_snapshot_pop (snapshot);
      gtk_snapshot_append_border (snapshot, &round, (float[]){ 2, 2, 2, 2 }, (GdkRGBA[]){ white, white, white, white });
    }
  gtk_snapshot_pop (snapshot);
}

static void
wb_crop_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 120 : HEIGHT;
}

/* Moves */

static void
move_by (WbCropView *self, double right, double down)
{
  if (self->texture == NULL)
    return;
  wb_crop_move (&self->crop, self->width, self->height, right, down);
  moved (self);
}

static void
on_drag_begin (GtkGestureDrag *drag, double x, double y, WbCropView *self)
{
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->drag_start = self->crop;
  self->dragging = TRUE;
}

/* The picture follows the pointer: the window moves the other way. */
static void
on_drag_update (GtkGestureDrag *drag, double x, double y, WbCropView *self)
{
  double diameter = diameter_of (self);

  if (self->texture == NULL)
    return;
  self->crop.x = self->drag_start.x;
  self->crop.y = self->drag_start.y;
  wb_crop_move (&self->crop, self->width, self->height, -x / diameter, -y / diameter);
  moved (self);
}

static void
on_drag_end (GtkGestureDrag *drag, double x, double y, WbCropView *self)
{
  self->dragging = FALSE;
  wb_crop_view_settle (self);
}

static gboolean
on_scroll (GtkEventControllerScroll *scroll, double dx, double dy, WbCropView *self)
{
  if (self->texture != NULL)
    wb_crop_view_zoom (self, self->crop.zoom * pow (KEY_ZOOM, -dy));
  return TRUE;
}

static void
on_pinch_begin (GtkGesture *gesture, GdkEventSequence *sequence, WbCropView *self)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  self->zoom_start = self->crop.zoom;
}

static void
on_pinch (GtkGestureZoom *gesture, double scale, WbCropView *self)
{
  wb_crop_view_zoom (self, self->zoom_start * scale);
}

static gboolean
on_key (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, WbCropView *self)
{
  static const struct {
    guint keyval, keypad;
    int right, down;
  } arrows[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0 },
    { GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0 },
    { GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1 },
    { GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1 },
  };
  double step = state & GDK_SHIFT_MASK ? 10 * KEY_STEP : KEY_STEP;

  if (self->texture == NULL || state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    if (keyval == arrows[i].keyval || keyval == arrows[i].keypad)
      {
        move_by (self, arrows[i].right * step, arrows[i].down * step);
        return TRUE;
      }
  if (keyval == GDK_KEY_plus || keyval == GDK_KEY_equal || keyval == GDK_KEY_KP_Add)
    wb_crop_view_zoom (self, self->crop.zoom * KEY_ZOOM);
  else if (keyval == GDK_KEY_minus || keyval == GDK_KEY_KP_Subtract)
    wb_crop_view_zoom (self, self->crop.zoom / KEY_ZOOM);
  else if (keyval == GDK_KEY_r || keyval == GDK_KEY_R)
    wb_crop_view_turn (self, 1);
  else if (keyval == GDK_KEY_0 || keyval == GDK_KEY_KP_0)
    wb_crop_view_reset (self);
  else
    return FALSE;
  return TRUE;
}

/* Life */

static void
wb_crop_view_dispose (GObject *object)
{
  WbCropView *self = WB_CROP_VIEW (object);

  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_object (&self->texture);
  G_OBJECT_CLASS (wb_crop_view_parent_class)->dispose (object);
}

static void
wb_crop_view_class_init (WbCropViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_crop_view_dispose;
  widget_class->snapshot = wb_crop_view_snapshot;
  widget_class->measure = wb_crop_view_measure;
  gtk_widget_class_set_css_name (widget_class, "crop");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  signals[CHANGED]
      = g_signal_new ("changed", WB_TYPE_CROP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SETTLED]
      = g_signal_new ("settled", WB_TYPE_CROP_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_crop_view_init (WbCropView *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *drag = gtk_gesture_drag_new (), *pinch = gtk_gesture_zoom_new ();

  self->crop = (WbCrop) { 0.5, 0.5, 1, 0 };
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (pinch, "begin", G_CALLBACK (on_pinch_begin), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (on_pinch), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grab");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _("Drag to move, scroll to zoom"));
}

GtkWidget *
wb_crop_view_new (void)
{
  return g_object_new (WB_TYPE_CROP_VIEW, NULL);
}

void
wb_crop_view_set_picture (WbCropView *self, GdkPixbuf *upright, guint width, guint height)
{
  g_clear_object (&self->texture);
  self->texture = upright != NULL ? gdk_texture_new_for_pixbuf (upright) : NULL;
  self->width = MAX (width, 1);
  self->height = MAX (height, 1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
wb_crop_view_set_crop (WbCropView *self, const WbCrop *crop)
{
  g_clear_handle_id (&self->settle_id, g_source_remove);
  self->moving = FALSE;
  self->crop = *crop;
  self->drag_start = *crop;
  tell_value (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const WbCrop *
wb_crop_view_get_crop (WbCropView *self)
{
  return &self->crop;
}

gboolean
wb_crop_view_is_moving (WbCropView *self)
{
  return self->moving;
}

void
wb_crop_view_zoom (WbCropView *self, double zoom)
{
  if (self->texture == NULL)
    return;
  wb_crop_zoom (&self->crop, self->width, self->height, zoom);
  moved (self);
}

void
wb_crop_view_turn (WbCropView *self, int quarters)
{
  if (self->texture == NULL)
    return;
  wb_crop_turn (&self->crop, self->width, self->height, quarters);
  moved (self);
}

void
wb_crop_view_reset (WbCropView *self)
{
  if (self->texture == NULL)
    return;
  wb_crop_start (&self->crop, self->width, self->height);
  moved (self);
}
