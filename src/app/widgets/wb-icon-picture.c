// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-icon-picture.h"

/* Some ten states in three colour schemes and a few sizes. */
#define MOST_KEPT 128

static GtkIconTheme *
icon_theme (GtkWidget *widget)
{
  return gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
}

/* At which themes have small icons as pictures; in between they have SVG, whose library takes 8 MiB and time of the start. */
static int
size_in_theme (int pixels)
{
  return pixels == 16 ? 16 : MAX (pixels, 32);
}

static GdkTexture *
draw (GtkWidget *widget, const char *name, int size, const GdkRGBA *colour)
{
  int scale = gtk_widget_get_scale_factor (widget);
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  g_autoptr (GtkIconPaintable) icon
    = gtk_icon_theme_lookup_icon (icon_theme (widget), name, NULL, size_in_theme (size * scale), 1,
                                  gtk_widget_get_direction (widget), 0);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;
  GdkTexture *texture = NULL;

  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, size * scale, size * scale, colour, 1);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return NULL;
  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, (float) (size * scale), (float) (size * scale)));
  gsk_render_node_unref (node);
  return texture;
}

static void
forget (GtkIconTheme *theme, GHashTable *kept)
{
  g_hash_table_remove_all (kept);
}

static GHashTable *
get_kept (GtkWidget *widget)
{
  static GHashTable *kept;

  if (kept != NULL)
    return kept;
  kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_signal_connect (icon_theme (widget), "changed", G_CALLBACK (forget), kept);
  return kept;
}

static GdkTexture *
get_texture (GtkWidget *widget, const char *name, int size, const GdkRGBA *colour)
{
  GHashTable *kept = get_kept (widget);
  g_autofree char *key = g_strdup_printf ("%s %d %d %d %d %d %d %d", name, size, gtk_widget_get_scale_factor (widget),
                                          gtk_widget_get_direction (widget), (int) (colour->red * 255), (int) (colour->green * 255),
                                          (int) (colour->blue * 255), (int) (colour->alpha * 255));
  GdkTexture *texture = g_hash_table_lookup (kept, key);

  if (texture != NULL)
    return texture;
  if (g_hash_table_size (kept) >= MOST_KEPT)
    g_hash_table_remove_all (kept);
  texture = draw (widget, name, size, colour);
  if (texture != NULL)
    g_hash_table_insert (kept, g_steal_pointer (&key), texture);
  return texture;
}

void
wb_icon_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot, const char *icon, int size, const GdkRGBA *colour)
{
  GdkTexture *texture = get_texture (widget, icon, size, colour);

  if (texture != NULL)
    gtk_snapshot_append_texture (snapshot, texture, &GRAPHENE_RECT_INIT (0, 0, (float) size, (float) size));
}
