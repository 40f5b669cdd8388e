// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-picture.h"
#include "wb-test.h"

G_BEGIN_DECLS

/* Opens one of make-samples.py. */
int wb_media_test_sample (const char *name);
guint8 *wb_media_test_sample_bytes (const char *name, gsize *length);
/* A file in memory. */
int wb_media_test_fd (const void *bytes, gsize length);
/* By libjpeg and nothing else: gdk-pixbuf's coders may be processes of their own, and are in no sandbox. */
GdkPixbuf *wb_media_test_decode_jpeg (const guint8 *bytes, gsize length, guint divisor);
guint8 *wb_media_test_encode_jpeg (GdkPixbuf *rgb, gsize *length);
/* Red, green / blue, yellow. Free with g_free(). */
guint8 *wb_media_test_jpeg (int width, int height, gsize *length);
/* @segment put behind the first two bytes of a JPEG. */
GByteArray *wb_media_test_insert (const guint8 *jpeg, gsize length, guint8 marker,
                                  const void *segment, gsize bytes);
GByteArray *wb_media_test_with_orientation (const guint8 *jpeg, gsize length, guint orientation);
/* A chunk put behind a PNG's IHDR. */
GByteArray *wb_media_test_chunk (const guint8 *png, gsize length, const char *type,
                                 const void *data, gsize bytes);
/* A made file decoded, which must be 648×648. */
GdkPixbuf *wb_media_test_decode (GBytes *made);
/* Within 24 of 255 in each colour, @x and @y as parts of the picture. */
void wb_media_test_assert_colour (GdkPixbuf *pixbuf, double x, double y, guint32 rgb);
/* What this thread has computed: what a thing costs, whatever else the machine does. */
gint64 wb_media_test_cpu_us (void);
#ifdef __SANITIZE_ADDRESS__
#define WB_MEDIA_TEST_SLOWER 4
#else
#define WB_MEDIA_TEST_SLOWER 1
#endif
/* Resident memory, "VmRSS:" or "VmHWM:". */
guint64 wb_media_test_kib (const char *key);

G_END_DECLS
