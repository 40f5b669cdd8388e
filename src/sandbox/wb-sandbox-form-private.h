// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A reader of multipart/form-data that is fed as bytes arrive. It holds one part at a time: what a file
 * part leaves behind is its digest, its length and its first bytes. */

#define WB_SB_FORM_MAX_HEADER (16 * 1024)
#define WB_SB_FORM_MAX_TEXT (4 * 1024 * 1024)
#define WB_SB_FORM_MAX_FILE (64 * 1024 * 1024)
#define WB_SB_FORM_MAX_PARTS 10000

typedef struct {
  char *name;
  char *filename; /* NULL: a text part */
  char *content_type;
  GString *text;    /* text parts */
  GByteArray *data; /* file parts, when bytes are wanted: until the part is handed over */
  char *sha256;
  guint64 length;
  guint8 head[16];
} WbSbPart;

typedef struct _WbSbForm WbSbForm;
typedef void (*WbSbPartFunc) (WbSbForm *form, WbSbPart *part, gpointer data);

WbSbForm *wb_sb_form_new (const char *boundary, gboolean keep_data, WbSbPartFunc on_file,
                          gpointer data);
gboolean wb_sb_form_push (WbSbForm *form, const guint8 *bytes, gsize length);
gboolean wb_sb_form_end (WbSbForm *form);
const char *wb_sb_form_problem (WbSbForm *form);
GPtrArray *wb_sb_form_parts (WbSbForm *form);
WbSbPart *wb_sb_form_find (WbSbForm *form, const char *name);
void wb_sb_form_free (WbSbForm *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSbForm, wb_sb_form_free)

G_END_DECLS
