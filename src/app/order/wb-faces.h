// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "wb-profile.h"

G_BEGIN_DECLS

/* The made pictures of an order as small faces: each blob is read and decoded once, in the pool that
 * bounds the memory of pictures, and shown in every avatar that asked for it. */
#define WB_TYPE_FACES (wb_faces_get_type ())
G_DECLARE_FINAL_TYPE (WbFaces, wb_faces, WB, FACES, GObject)

WbFaces *wb_faces_new (WbProfile *profile);
void wb_faces_show (WbFaces *self, AdwAvatar *avatar, const char *sha256);

G_END_DECLS
