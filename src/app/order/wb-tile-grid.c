// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-tile-grid.h"

#include <math.h>

#include "wb-text-scale.h"

#define GAP 12
/* A tile is 132 to 190 px wide where the width allows. */
#define WIDEST 190
#define NARROWEST 132

struct _WbTileGrid {
  GtkWidget parent_instance;

  GtkWidget *view;
  int extra;
  guint columns;
  int row_height;
};

G_DEFINE_FINAL_TYPE (WbTileGrid, wb_tile_grid, GTK_TYPE_WIDGET)

guint
wb_tile_grid_columns_for (int width, int extra, double text_scale)
{
  double widest = (WIDEST + extra) * text_scale, narrowest = (NARROWEST + extra) * MIN (text_scale, 1.25);
  guint columns = CLAMP ((guint) ceil ((width + GAP) / (widest + GAP)), 1, 8);

  /* Two side by side even on a telephone, as long as names can be read in them. */
  if (columns < 2 && text_scale < 1.5)
    columns = 2;
  while (columns > 1 && (width + GAP) / columns - GAP < narrowest)
    columns--;
  return columns;
}

static guint
n_visible (WbTileGrid *self)
{
  guint n = 0;

  for (GtkWidget *tile = gtk_widget_get_first_child (GTK_WIDGET (self)); tile != NULL;
       tile = gtk_widget_get_next_sibling (tile))
    n += gtk_widget_get_visible (tile);
  return n;
}

/* Rows are as high as the highest tile, so that the grid stays even. */
static int
measure_row (WbTileGrid *self)
{
  int highest = 0, minimum;

  for (GtkWidget *tile = gtk_widget_get_first_child (GTK_WIDGET (self)); tile != NULL;
       tile = gtk_widget_get_next_sibling (tile))
    {
      if (!gtk_widget_get_visible (tile))
        continue;
      gtk_widget_measure (tile, GTK_ORIENTATION_VERTICAL, -1, &minimum, NULL, NULL, NULL);
      highest = MAX (highest, minimum);
    }
  return highest;
}

static void
wb_tile_grid_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  WbTileGrid *self = WB_TILE_GRID (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = NARROWEST;
      *natural = 4 * WIDEST;
      return;
    }
  {
    guint n = n_visible (self);
    guint columns = wb_tile_grid_columns_for (for_size > 0 ? for_size : 4 * WIDEST, self->extra, wb_text_scale ());
    guint rows = (n + columns - 1) / columns;

    *minimum = *natural = rows == 0 ? 0 : (int) rows * measure_row (self) + (int) (rows - 1) * GAP;
  }
}

static void
place_tile (WbTileGrid *self, GtkWidget *tile, guint at, int width, int tile_width)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int column = at % self->columns, row = at / self->columns;
  int x = column * (tile_width + GAP), minimum;

  gtk_widget_measure (tile, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_size_allocate (tile,
                            &(GtkAllocation) { rtl ? width - x - tile_width : x, row * (self->row_height + GAP),
                                               MAX (minimum, tile_width), self->row_height },
                            -1);
}

static void
wb_tile_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WbTileGrid *self = WB_TILE_GRID (widget);
  guint at = 0;
  int tile_width;

  self->columns = wb_tile_grid_columns_for (width, self->extra, wb_text_scale ());
  self->row_height = measure_row (self);
  tile_width = (width - (int) (self->columns - 1) * GAP) / (int) self->columns;
  for (GtkWidget *tile = gtk_widget_get_first_child (widget); tile != NULL; tile = gtk_widget_get_next_sibling (tile))
    if (gtk_widget_get_visible (tile))
      place_tile (self, tile, at++, width, tile_width);
}

/* What the view shows of us, in our own coordinates. */
static gboolean
get_window (WbTileGrid *self, double *top, double *bottom)
{
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (self->view, GTK_WIDGET (self), &bounds))
    return FALSE;
  *top = bounds.origin.y;
  *bottom = bounds.origin.y + bounds.size.height;
  return TRUE;
}

static gboolean
lies_within (GtkWidget *tile, double top, double bottom)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (tile, gtk_widget_get_parent (tile), &bounds) && bounds.origin.y < bottom
         && bounds.origin.y + bounds.size.height > top;
}

static void
wb_tile_grid_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WbTileGrid *self = WB_TILE_GRID (widget);
  double top = 0, bottom = G_MAXINT;

  get_window (self, &top, &bottom);
  /* Shadows and outlines lie outside of a tile. */
  for (GtkWidget *tile = gtk_widget_get_first_child (widget); tile != NULL; tile = gtk_widget_get_next_sibling (tile))
    if (gtk_widget_get_visible (tile) && lies_within (tile, top - GAP, bottom + GAP))
      gtk_widget_snapshot_child (widget, tile, snapshot);
}

static void
wb_tile_grid_dispose (GObject *object)
{
  wb_tile_grid_remove_all (WB_TILE_GRID (object));
  G_OBJECT_CLASS (wb_tile_grid_parent_class)->dispose (object);
}

static GtkSizeRequestMode
wb_tile_grid_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
wb_tile_grid_class_init (WbTileGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_tile_grid_dispose;
  widget_class->measure = wb_tile_grid_measure;
  widget_class->size_allocate = wb_tile_grid_size_allocate;
  widget_class->snapshot = wb_tile_grid_snapshot;
  widget_class->get_request_mode = wb_tile_grid_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "tilegrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
wb_tile_grid_init (WbTileGrid *self)
{
  self->columns = 1;
}

GtkWidget *
wb_tile_grid_new (GtkWidget *view)
{
  WbTileGrid *self = g_object_new (WB_TYPE_TILE_GRID, NULL);

  self->view = view;
  return GTK_WIDGET (self);
}

void
wb_tile_grid_append (WbTileGrid *self, GtkWidget *tile)
{
  gtk_widget_insert_before (tile, GTK_WIDGET (self), NULL);
}

void
wb_tile_grid_remove_all (WbTileGrid *self)
{
  GtkWidget *tile;

  while ((tile = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (tile);
}

void
wb_tile_grid_set_extra (WbTileGrid *self, int extra)
{
  if (self->extra == extra)
    return;
  self->extra = extra;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

guint
wb_tile_grid_get_columns (WbTileGrid *self)
{
  return self->columns;
}

void
wb_tile_grid_scrolled (WbTileGrid *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
wb_tile_grid_is_near (WbTileGrid *self, GtkWidget *tile, double margin)
{
  double top, bottom;

  if (!gtk_widget_get_visible (tile) || !get_window (self, &top, &bottom))
    return FALSE;
  margin *= bottom - top;
  return lies_within (tile, top - margin, bottom + margin);
}
