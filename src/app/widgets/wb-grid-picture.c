// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-grid-private.h"

#include <glib/gi18n.h>

#include "wb-compat.h"
#include "wb-format.h"
#include "wb-text-scale.h"

/* The picture cell: what the person gets, or an empty ring. Enter opens the file chooser, files may be dropped. */

#define SIDE 28
#define ICON 14

/* Drawing */

static void
draw_dashes (cairo_t *cr, const GdkRGBA *colour, double line, gboolean dashed)
{
  const double dashes[] = { 3, 2.5 };

  gdk_cairo_set_source_rgba (cr, colour);
  cairo_set_line_width (cr, line);
  if (dashed)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_arc (cr, SIDE / 2.0, SIDE / 2.0, SIDE / 2.0 - line / 2, 0, 2 * G_PI);
  cairo_stroke (cr);
}

static void
draw_ring (GtkSnapshot *snapshot, const GdkRGBA *colour, double line, gboolean dashed)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, SIDE, SIDE));

  draw_dashes (cr, colour, line, dashed);
  cairo_destroy (cr);
}

/* Everything here is drawn for text of its usual size, and scaled with it. */
static int
device_pixels (WbGrid *self)
{
  return (int) (gtk_widget_get_scale_factor (GTK_WIDGET (self)) * wb_text_scale () + .99);
}

static void
draw_icon (WbGrid *self, GtkSnapshot *snapshot, const char *name, const GdkRGBA *colour)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
  g_autoptr (GtkIconPaintable) icon
      = gtk_icon_theme_lookup_icon (theme, name, NULL, ICON, device_pixels (self), GTK_TEXT_DIR_NONE, 0);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((SIDE - ICON) / 2.0, (SIDE - ICON) / 2.0));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, ICON, ICON, colour, 1);
  gtk_snapshot_restore (snapshot);
}

static void
draw_face (GtkSnapshot *snapshot, GdkTexture *texture)
{
  GskRoundedRect round;

  gsk_rounded_rect_init_from_rect (&round, &GRAPHENE_RECT_INIT (0, 0, SIDE, SIDE), SIDE / 2.0);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  gtk_snapshot_append_texture (snapshot, texture, &GRAPHENE_RECT_INIT (0, 0, SIDE, SIDE));
  gtk_snapshot_pop (snapshot);
}

/* The ring is the same in all rows: drawn once, then repeated. */
static void
draw_empty (WbGrid *self, GtkSnapshot *snapshot, const GdkRGBA *text)
{
  GdkRGBA colour = *text;

  colour.alpha *= .45;
  if (self->ring == NULL || !gdk_rgba_equal (&colour, &self->ring_colour))
    {
      GtkSnapshot *once = gtk_snapshot_new ();

      draw_ring (once, &colour, 1.5, TRUE);
      draw_icon (self, once, "avatar-default-symbolic", &colour);
      g_clear_pointer (&self->ring, gsk_render_node_unref);
      self->ring = gtk_snapshot_free_to_node (once);
      self->ring_colour = colour;
    }
  gtk_snapshot_append_node (snapshot, self->ring);
}

static void
draw_placed (WbGrid *self, GtkSnapshot *snapshot, const WbPlacement *placement, const GdkRGBA *text)
{
  const WbDraftFile *file = wb_draft_get_file (self->draft, placement->file);
  gboolean refused = file != NULL && file->refused != 0;
  guint side = SIDE * 2 * device_pixels (self);
  g_autoptr (GdkTexture) texture = refused ? NULL : wb_preview_cache_dup (self->previews, placement->file, side);
  GdkRGBA colour = *text;

  colour.alpha *= .55;
  if (refused)
    wb_compat_lookup_colour (GTK_WIDGET (self), "error_color", &colour);
  if (texture != NULL)
    draw_face (snapshot, texture);
  else
    draw_icon (self, snapshot, refused ? "image-missing-symbolic" : "avatar-default-symbolic", &colour);
  if (placement->other != 0)
    wb_compat_lookup_colour (GTK_WIDGET (self), "warning_color", &colour);
  if (texture == NULL || placement->other != 0)
    draw_ring (snapshot, &colour, 2, FALSE);
}

void
wb_grid_draw_picture (WbGrid *self, GtkSnapshot *snapshot, int row, const GdkRectangle *cell, const GdkRGBA *colour)
{
  int at = wb_grid_draft_row (self, row);
  const WbPlacement *placement = at >= 0 ? wb_draft_get_placement (self->draft, at) : NULL;
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  double scale = wb_text_scale ();
  GdkRGBA accent;

  if (at < 0)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (rtl ? cell->x + cell->width - 10 - (int) (SIDE * scale) : cell->x + 10,
                                                cell->y + (cell->height - (int) (SIDE * scale)) / 2));
  gtk_snapshot_scale (snapshot, scale, scale);
  if (self->drop_row == row && wb_compat_lookup_colour (GTK_WIDGET (self), "accent_bg_color", &accent))
    {
      draw_ring (snapshot, &accent, 3, FALSE);
      draw_icon (self, snapshot, "list-add-symbolic", &accent);
    }
  else if (placement != NULL)
    draw_placed (self, snapshot, placement, colour);
  else
    draw_empty (self, snapshot, colour);
  gtk_snapshot_restore (snapshot);
}

char *
wb_grid_dup_picture_words (WbGrid *self, int row)
{
  int at = wb_grid_draft_row (self, row);
  const WbPlacement *placement = at >= 0 ? wb_draft_get_placement (self->draft, at) : NULL;
  const WbDraftFile *file = placement != NULL ? wb_draft_get_file (self->draft, placement->file) : NULL;

  if (file == NULL)
    return g_strdup (at >= 0 ? _("no picture") : "");
  if (file->refused != 0)
    return g_strdup (_("a file that cannot be used"));
  return wb_format_text (file->file_name);
}

/* Taking files */

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbGrid) self = user_data;
  g_autoptr (GError) error = NULL;
  WbFilesResult files;

  if (!wb_draft_add_files_finish (WB_DRAFT (source), result, &files, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        wb_grid_say (self, _("The file could not be read."));
    }
  else if (files.placed == 0 && files.refused > 0)
    wb_grid_say (self, _("This file cannot be used. Pictures, the next step, says why."));
  else if (files.placed == 0 && files.to_place > 0)
    wb_grid_say (self, _("The picture is kept, but fits nobody here. Place it in Pictures, the next step."));
  else if (files.placed == 0)
    wb_grid_say (self, _("No picture was found there."));
}

static void
add_files (WbGrid *self, GPtrArray *paths, int row)
{
  int at = wb_grid_draft_row (self, row);

  if (paths->len == 0 || at < 0)
    return;
  g_ptr_array_add (paths, NULL);
  wb_draft_add_files_async (self->draft, (const char *const *) paths->pdata, at, NULL, self->cancellable, added_cb,
                            g_object_ref (self));
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbGrid) self = user_data;
  g_autoptr (GListModel) files = wb_compat_choose_pictures_finish (result, NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      char *path = g_file_get_path (file);

      if (path != NULL)
        g_ptr_array_add (paths, path);
    }
  if (!g_cancellable_is_cancelled (self->cancellable))
    add_files (self, paths, self->choosing_row);
}

void
wb_grid_choose_picture (WbGrid *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *whom = wb_grid_dup_shown (self, self->cursor.row, WB_CELL_USER_NAME);
  /* Translators: %s is a user name */
  g_autofree char *title = *whom != '\0' ? g_strdup_printf (_("Picture for %s"), whom) : g_strdup (_("Picture"));

  if (wb_grid_draft_row (self, self->cursor.row) < 0)
    return;
  self->choosing_row = self->cursor.row;
  wb_compat_choose_pictures_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, title, FALSE, self->cancellable,
                                   chosen_cb, g_object_ref (self));
}

/* Dropping. After a drop no leave comes: all handlers put the light out. */

static void
set_drop_row (WbGrid *self, int row)
{
  if (row == self->drop_row)
    return;
  self->drop_row = row;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static GdkDragAction
on_drop_motion (GtkDropTarget *target, double x, double y, WbGrid *self)
{
  int row = wb_grid_column_at (self, x) == WB_GRID_PICTURE ? wb_grid_row_at (self, y) : -1;

  set_drop_row (self, wb_grid_draft_row (self, row) >= 0 ? row : -1);
  return self->drop_row >= 0 ? GDK_ACTION_COPY : 0;
}

static void
on_drop_leave (GtkDropTarget *target, WbGrid *self)
{
  set_drop_row (self, -1);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, WbGrid *self)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  GSList *files = g_value_get_boxed (value);
  int row;

  on_drop_motion (target, x, y, self);
  row = self->drop_row;
  set_drop_row (self, -1);
  for (GSList *l = files; l != NULL; l = l->next)
    {
      char *path = g_file_get_path (l->data);

      if (path != NULL)
        g_ptr_array_add (paths, path);
    }
  if (row < 0 || paths->len == 0)
    return FALSE;
  add_files (self, paths, row);
  return TRUE;
}

static void
on_ready (WbGrid *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
wb_grid_picture_init (WbGrid *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "enter", G_CALLBACK (on_drop_motion), self);
  g_signal_connect (target, "motion", G_CALLBACK (on_drop_motion), self);
  g_signal_connect (target, "leave", G_CALLBACK (on_drop_leave), self);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

void
wb_grid_picture_set_draft (WbGrid *self)
{
  self->previews = wb_preview_cache_new (self->draft);
  g_signal_connect_object (self->previews, "ready", G_CALLBACK (on_ready), self, G_CONNECT_SWAPPED);
}

void
wb_grid_picture_dispose (WbGrid *self)
{
  if (self->previews != NULL)
    wb_preview_cache_stop (self->previews);
  g_clear_object (&self->previews);
  g_clear_pointer (&self->ring, gsk_render_node_unref);
}
