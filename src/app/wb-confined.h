// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "config.h"

#include <glib.h>

G_BEGIN_DECLS

/* What this Flatpak may do: people take permissions away, and then want to know what does not work for it.
 * All false for a program that is no Flatpak. */

/* Gives it back what it lacks, in a terminal. */
#define WB_CONFINED_NETWORK_COMMAND "flatpak override --user --share=network " APP_ID
#define WB_CONFINED_DISPLAY_COMMAND "flatpak override --user --socket=wayland --socket=fallback-x11 " APP_ID

/**
 * wb_confined:
 *
 * Returns: whether Waybill runs as a Flatpak; read once, from memory
 */
gboolean wb_confined (void);
gboolean wb_confined_from_network (void);

/**
 * wb_confined_in:
 * @info: what the file /.flatpak-info holds
 *
 * Returns: whether that lacks the permission to use the network
 */
gboolean wb_confined_in (const char *info);

G_END_DECLS
