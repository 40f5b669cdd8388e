// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "order-fixture.h"

/* How wide things are, whether they fit, and how they look. */

void
order_set_text_scale (double scale)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (scale * 96 * 1024), NULL);
}

#define PAGE_MARGIN 18

/* What cannot be as narrow as it is told: who is to blame stands deepest. */
static void
list_wide (GtkWidget *widget, int width, guint depth)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  if (!gtk_widget_get_mapped (widget) || minimum <= width)
    return;
  g_test_message ("%*s%s needs %d of %d %s", (int) depth, "", G_OBJECT_TYPE_NAME (widget), minimum, width,
                  GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : "");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    list_wide (child, width, depth + 1);
}

static void
check_fits (GtkWidget *widget, int width, guint *n_seen)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_VIEWPORT (widget))
    {
      GtkWidget *child = gtk_viewport_get_child (GTK_VIEWPORT (widget));
      int minimum;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      if (minimum > width)
        list_wide (child, width - 2 * PAGE_MARGIN, 0);
      g_assert_cmpint (minimum, <=, width);
      (*n_seen)++;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    check_fits (child, width, n_seen);
}

typedef struct {
  GtkWidget *window;
  int width;
} WantedWidth;

static gboolean
has_width (gpointer data)
{
  WantedWidth *wanted = data;

  return gtk_widget_get_width (wanted->window) == wanted->width;
}

void
order_assert_fits (GtkWidget *window, int width)
{
  WantedWidth wanted = { window, width };
  guint n_seen = 0;

  gtk_window_set_default_size (GTK_WINDOW (window), width, 2600);
  g_assert_true (wb_test_wait_for (has_width, &wanted, ORDER_DEADLINE_MS));
  check_fits (window, width, &n_seen);
  g_assert_cmpuint (n_seen, >, 0);
}

static gboolean
is_allocated (gpointer widget)
{
  return gtk_widget_get_width (widget) > 0;
}

void
order_wait_allocated (GtkWidget *widget)
{
  g_assert_true (wb_test_wait_for (is_allocated, widget, WB_TEST_DEADLINE_MS));
}

/* Pictures */

static gboolean
never (gpointer data)
{
  return FALSE;
}

void
order_shot (GtkWidget *window, const char *name)
{
  const char *dir = g_getenv ("WB_TEST_SHOTS");
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *path = NULL;
  int width, height;

  if (dir == NULL)
    return;
  wb_test_wait_for (never, NULL, 600); /* transitions come to rest */
  width = gtk_widget_get_width (window);
  height = gtk_widget_get_height (window);
  paintable = gtk_widget_paintable_new (window);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_to_node (snapshot);
  if (node == NULL)
    return; /* not drawn yet */
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, &GRAPHENE_RECT_INIT (0, 0, width, height));
  path = g_strdup_printf ("%s/%s-%d%s.png", dir, name, width, adw_style_manager_get_dark (adw_style_manager_get_default ()) ? "-dark" : "");
  gdk_texture_save_to_png (texture, path);
}

void
order_shots (GtkWidget *window, const char *name)
{
  static const int sizes[][2] = { { 1280, 800 }, { 360, 720 } };
  AdwStyleManager *style = adw_style_manager_get_default ();

  if (g_getenv ("WB_TEST_SHOTS") == NULL)
    return;
  for (guint dark = 0; dark < 2; dark++)
    {
      adw_style_manager_set_color_scheme (style, dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
      for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
        {
          gtk_window_set_default_size (GTK_WINDOW (window), sizes[i][0], sizes[i][1]);
          order_shot (window, name);
        }
    }
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_LIGHT);
  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 760);
}
