// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-sidebar.h"
#include "wb-window.h"

G_BEGIN_DECLS

/* Shared by wb-window.c and wb-window-toasts.c. */
struct _WbWindow {
  AdwApplicationWindow parent_instance;

  WbProfile *profile;
  AdwToastOverlay *toasts;
  GtkStack *stack, *pages;
  AdwLeaflet *leaflet;
  GtkWidget *sidebar_bin;
  WbSidebar *sidebar;
  GtkLabel *status;
  WbCollection section;
  char *band; /* CSS class of the profile's colour */
  guint fold_id;
};

G_END_DECLS
