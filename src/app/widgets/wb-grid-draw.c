// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-grid-private.h"

#include "wb-compat.h"
#include "wb-text-scale.h"

/* Draws the rows that are in view, and nothing else. */

#define CELL_PADDING 10
#define MARK_SIZE 16

typedef struct {
  WbGrid *grid;
  GtkSnapshot *snapshot;
  PangoLayout *layout;
  gboolean rtl, dark, contrast, focused;
  GdkRGBA text, accent, error, warning, error_text, warning_text, base;
} Painter;

static GdkRGBA
faded (const GdkRGBA *colour, float alpha)
{
  GdkRGBA result = *colour;

  result.alpha *= alpha;
  return result;
}

static void
look_up (Painter *painter, const char *name, GdkRGBA *colour)
{
  if (!wb_compat_lookup_colour (GTK_WIDGET (painter->grid), name, colour))
    *colour = painter->text;
}

static void
painter_init (Painter *painter, WbGrid *self, GtkSnapshot *snapshot)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  painter->grid = self;
  painter->snapshot = snapshot;
  painter->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  painter->rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  painter->dark = root != NULL && gtk_widget_has_css_class (root, "dark");
  painter->contrast = root != NULL && gtk_widget_has_css_class (root, "hc");
  painter->focused = wb_grid_has_cursor (self);
  wb_compat_get_colour (GTK_WIDGET (self), &painter->text);
  look_up (painter, "accent_bg_color", &painter->accent);
  look_up (painter, "error_bg_color", &painter->error);
  look_up (painter, "warning_bg_color", &painter->warning);
  look_up (painter, "error_color", &painter->error_text);
  look_up (painter, "warning_color", &painter->warning_text);
  look_up (painter, "window_bg_color", &painter->base);
  pango_layout_set_ellipsize (painter->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (painter->layout, TRUE);
}

static void
paint (Painter *painter, const GdkRGBA *colour, float x, float y, float width, float height)
{
  gtk_snapshot_append_color (painter->snapshot, colour, &GRAPHENE_RECT_INIT (x, y, width, height));
}

static void
frame (Painter *painter, const GdkRGBA *colour, float line, float radius, const GdkRectangle *rect)
{
  GskRoundedRect outline;
  const float widths[4] = { line, line, line, line };
  const GdkRGBA colours[4] = { *colour, *colour, *colour, *colour };

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (rect->x, rect->y, rect->width, rect->height), radius);
  gtk_snapshot_append_border (painter->snapshot, &outline, widths, colours);
}

/* At the start of its place, at the end, or in the middle of the line; cut with an ellipsis. */
static void
write_text (Painter *painter, const char *text, const GdkRGBA *colour, int x, int y, int width, int height,
            gboolean at_end)
{
  PangoRectangle ink;
  gboolean right = painter->rtl != at_end;

  if (*text == '\0' || width <= 0)
    return;
  pango_layout_set_text (painter->layout, text, -1);
  pango_layout_set_width (painter->layout, width * PANGO_SCALE);
  pango_layout_get_pixel_extents (painter->layout, NULL, &ink);
  gtk_snapshot_save (painter->snapshot);
  gtk_snapshot_translate (painter->snapshot, &GRAPHENE_POINT_INIT ((right ? x + width - ink.width : x) - ink.x,
                                                                   y + (height - ink.height) / 2));
  gtk_snapshot_append_layout (painter->snapshot, painter->layout, colour);
  gtk_snapshot_restore (painter->snapshot);
}

/* The wash and the sign of what is wrong with a cell. Returns the width that the sign takes. */
static int
draw_problem (Painter *painter, const WbProblem *problem, const GdkRectangle *rect)
{
  gboolean grave = problem->severity == WB_SEVERITY_ERROR;
  GdkRGBA wash = faded (grave ? &painter->error : &painter->warning, painter->dark ? .26 : .16);
  const GdkRGBA *sign = grave ? &painter->error_text : &painter->warning_text;
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (painter->grid)));
  g_autoptr (GtkIconPaintable) icon = NULL;
  int side = MARK_SIZE * wb_text_scale ();

  if (painter->contrast)
    frame (painter, sign, 1, 0, rect);
  else
    paint (painter, &wash, rect->x, rect->y, rect->width, rect->height - 1);
  icon = gtk_icon_theme_lookup_icon (theme, grave ? "dialog-error-symbolic" : "dialog-warning-symbolic", NULL, side,
                                     gtk_widget_get_scale_factor (GTK_WIDGET (painter->grid)), GTK_TEXT_DIR_NONE, 0);
  gtk_snapshot_save (painter->snapshot);
  gtk_snapshot_translate (
      painter->snapshot,
      &GRAPHENE_POINT_INIT (painter->rtl ? rect->x + CELL_PADDING : rect->x + rect->width - CELL_PADDING - side,
                            rect->y + (rect->height - side) / 2));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), painter->snapshot, side, side, sign, 1);
  gtk_snapshot_restore (painter->snapshot);
  return side + 6;
}

static void
draw_text_cell (Painter *painter, int row, int column, const GdkRectangle *rect)
{
  WbGrid *self = painter->grid;
  const WbProblem *problem = wb_grid_problem (self, row, column);
  gboolean ghost = row >= wb_grid_n_filled (self);
  gboolean dim = ghost || column == WB_CELL_DOMAIN;
  GdkRGBA colour = faded (&painter->text, ghost ? .35 : dim ? .6 : 1);
  int sign = problem != NULL ? draw_problem (painter, problem, rect) : 0;
  g_autofree char *text = wb_grid_dup_shown (self, row, column);

  if (ghost && column == WB_CELL_DOMAIN)
    {
      g_free (text);
      text = g_strdup (wb_grid_get_default_domain (self));
    }
  if (problem != NULL)
    colour = painter->text;
  /* Domains differ at their ends. */
  pango_layout_set_ellipsize (painter->layout, column == WB_CELL_DOMAIN ? PANGO_ELLIPSIZE_MIDDLE : PANGO_ELLIPSIZE_END);
  write_text (painter, text, &colour, rect->x + CELL_PADDING + (painter->rtl ? sign : 0), rect->y,
              rect->width - 2 * CELL_PADDING - sign, rect->height, FALSE);
}

static void
draw_number (Painter *painter, int row, const GdkRectangle *rect)
{
  WbGrid *self = painter->grid;
  WbGridArea area = wb_grid_get_area (self);
  gboolean chosen = row >= area.top && row <= area.bottom;
  gboolean ghost = row >= wb_grid_n_filled (self);
  GdkRGBA colour = faded (&painter->text, chosen && painter->focused ? .9 : .55);
  g_autofree char *text = ghost ? g_strdup ("+") : g_strdup_printf ("%d", wb_grid_draft_row (self, row) + 1);

  write_text (painter, text, &colour, rect->x + 6, rect->y, rect->width - 16, rect->height, TRUE);
}

static void
draw_row (Painter *painter, int row)
{
  WbGrid *self = painter->grid;
  GdkRGBA line = faded (&painter->text, painter->contrast ? .5 : .09);
  WbGridArea area = wb_grid_get_area (self);
  gboolean many = wb_grid_area_cells (&area) > 1;
  GdkRGBA chosen = faded (&painter->accent, painter->focused ? .16 : .08);
  GdkRectangle rect;

  for (int column = -1; column < WB_GRID_COLUMNS; column++)
    {
      wb_grid_get_cell_rect (self, row, column, &rect);
      if (column >= 0 && many && wb_grid_area_has (&area, row, column))
        paint (painter, &chosen, rect.x, rect.y, rect.width, rect.height);
      if (column < 0)
        draw_number (painter, row, &rect);
      else if (column == WB_GRID_PICTURE)
        wb_grid_draw_picture (self, painter->snapshot, row, &rect, &painter->text);
      else
        draw_text_cell (painter, row, column, &rect);
    }
  paint (painter, &line, 0, rect.y + rect.height - 1, gtk_widget_get_width (GTK_WIDGET (self)), 1);
}

static void
area_rect (WbGrid *self, const WbGridArea *area, GdkRectangle *rect)
{
  GdkRectangle end;

  wb_grid_get_cell_rect (self, area->top, area->left, rect);
  wb_grid_get_cell_rect (self, area->bottom, area->right, &end);
  gdk_rectangle_union (rect, &end, rect);
}

static void
draw_cursor (Painter *painter)
{
  WbGrid *self = painter->grid;
  WbGridArea area = wb_grid_get_area (self);
  GdkRGBA pale = faded (&painter->text, .3);
  const GdkRGBA *colour = painter->focused ? &painter->accent : &pale;
  GdkRectangle rect;

  if (self->editing)
    return;
  wb_grid_get_cell_rect (self, self->cursor.row, self->cursor.column, &rect);
  frame (painter, colour, painter->focused ? 2 : 1, 6, &rect);
  if (wb_grid_area_cells (&area) > 1)
    {
      area_rect (self, &area, &rect);
      frame (painter, colour, 1, 6, &rect);
    }
  if (self->dragging == WB_DRAG_FILL)
    {
      WbGridArea target = wb_grid_fill_target (&area, self->fill_to);
      GdkRGBA wash = faded (&painter->accent, .12);

      area_rect (self, &target, &rect);
      paint (painter, &wash, rect.x, rect.y, rect.width, rect.height);
      frame (painter, &painter->accent, 1, 6, &rect);
    }
  if (!painter->focused)
    return;
  wb_grid_get_handle_rect (self, &rect);
  paint (painter, &painter->base, rect.x - 1, rect.y - 1, rect.width + 2, rect.height + 2);
  paint (painter, &painter->accent, rect.x, rect.y, rect.width, rect.height);
}

static void
draw_head (Painter *painter)
{
  WbGrid *self = painter->grid;
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  GdkRGBA colour = faded (&painter->text, .6), line = faded (&painter->text, painter->contrast ? .5 : .15);
  PangoAttrList *attributes = pango_attr_list_new ();
  GdkRectangle rect;

  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_attr_list_insert (attributes, pango_attr_scale_new (.9));
  pango_layout_set_attributes (painter->layout, attributes);
  pango_attr_list_unref (attributes);
  for (int column = 0; column < WB_GRID_COLUMNS; column++)
    {
      wb_grid_get_cell_rect (self, 0, column, &rect);
      write_text (painter, wb_grid_column_title (column), &colour, rect.x + CELL_PADDING, 0, rect.width - CELL_PADDING,
                  self->head_height, FALSE);
    }
  paint (painter, &line, 0, self->head_height - 1, width, 1);
}

void
wb_grid_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WbGrid *self = WB_GRID (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  int rows = wb_grid_n_rows (self);
  int first = wb_grid_row_at (self, self->head_height);
  Painter painter;

  painter_init (&painter, self, snapshot);
  gtk_snapshot_push_clip (snapshot,
                          &GRAPHENE_RECT_INIT (0, self->head_height, width, MAX (height - self->head_height, 0)));
  for (int row = MAX (first, 0); row < rows && wb_grid_row_y (self, row) < height; row++)
    draw_row (&painter, row);
  if (rows > 0)
    draw_cursor (&painter);
  if (self->editing)
    gtk_widget_snapshot_child (widget, self->entry, snapshot);
  if (gtk_widget_get_visible (self->message))
    gtk_widget_snapshot_child (widget, self->message, snapshot);
  gtk_snapshot_pop (snapshot);
  draw_head (&painter);
  g_object_unref (painter.layout);
}
