// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-text-scale.h"

#define DPI_OF_ONE (96 * 1024)
#define LARGE 1.5

double
wb_text_scale (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi = -1;

  if (settings != NULL)
    g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? (double) dpi / DPI_OF_ONE : 1;
}

gboolean
wb_text_is_large (void)
{
  return wb_text_scale () > LARGE;
}

GtkOrientation
wb_text_orientation (void)
{
  return wb_text_is_large () ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;
}
