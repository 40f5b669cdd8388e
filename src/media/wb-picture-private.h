// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-picture.h"

G_BEGIN_DECLS

/* A file read front to back in blocks; jumps cost no reading. Memory stays at one block whatever
 * the file. */
typedef struct
{
  int fd;
  guint64 size;  /* of the file, as it was when opened */
  guint64 start; /* offset of the block in the file */
  gsize length, at;
  gsize ahead; /* how much the next read takes */
  gboolean failed;
  guint8 *block;
} WbReader;

void wb_reader_init (WbReader *self, int fd, guint64 size);
void wb_reader_clear (WbReader *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbReader, wb_reader_clear)
guint64 wb_reader_tell (const WbReader *self);
/* May lead behind the end: then the next read finds nothing. */
void wb_reader_seek (WbReader *self, guint64 offset);
/* Bytes ready at block + at, read if there were none; 0 at the end or on a failed read. */
gsize wb_reader_fill (WbReader *self);
gboolean wb_reader_read (WbReader *self, void *bytes, gsize length);
int wb_reader_byte (WbReader *self);

/* What wb_picture_open() does, of a file in an open folder. */
int wb_picture_open_at (int folder, const char *name, GError **error);

/* "GIF", "SVG" … by the first bytes, NULL for what is no picture we know. */
const char *wb_picture_sniff (const guint8 *bytes, gsize length, WbPictureKind *kind);

/* Orientation 1 to 8 out of a TIFF block as Exif carries it; 1 where it does not say. */
guint wb_exif_orientation (const guint8 *tiff, gsize length);

gboolean wb_picture_walk_jpeg (WbReader *reader, WbPictureInfo *info, GError **error);
gboolean wb_picture_walk_png (WbReader *reader, WbPictureInfo *info, GError **error);
/* Sets DAMAGED for a file that ends before @needed (0: nobody can tell); FALSE, to be returned. */
gboolean
wb_picture_cut (const WbReader *reader, WbPictureInfo *info, guint64 needed, GError **error);
gboolean wb_picture_check_pixels (const WbPictureInfo *info, GError **error);

/* Larger profiles are taken as foreign without a look. */
#define WB_PROFILE_MAX_BYTES (4 * 1024 * 1024)
gboolean wb_profile_is_srgb (const guint8 *bytes, gsize length);
/* In place; FALSE if the profile is for other than RGB or grey pixels or cannot be used. */
gboolean wb_profile_convert (GdkPixbuf *rgb, const guint8 *bytes, gsize length);

/* Stored pixels → upright pixels: one of the eight ways a square can be laid. Rows (a b) and (c d),
 * in coordinates with the origin in the middle and y downwards. */
typedef struct
{
  int a, b, c, d;
} WbLay;
WbLay wb_lay (guint orientation, guint turns);
/* A square of the laid picture in the picture as stored. */
void wb_lay_back (WbLay lay, guint width, guint height, int *x, int *y, int side);
/* The picture laid. Consumes @pixbuf. */
GdkPixbuf *wb_lay_apply (WbLay lay, GdkPixbuf *pixbuf);

/* The part of 8, 4, 2 or 1 by which a picture can be decoded so that @have pixels give at least @want. */
guint wb_picture_divisor (const WbPictureInfo *info, double have, guint want);

/* Whether a colour profile is to be found by the decoder: one that changes colours, and is no monster. */
gboolean wb_picture_profile_counts (const WbPictureInfo *info);
/* Of the component @i: its part of info->sampling, 0x11 where that says nothing. */
guint wb_picture_sampling (guint sampling, guint i);
/* How many rows of a block wb-picture-blocks.c keeps, each by half; 0: all of it, whole. */
guint wb_picture_block_rows (const WbPictureInfo *info, guint divisor, guint i);
#define WB_KEPT_BLOCK_BYTES(rows) (8u + (rows) * 4 * 2)
/* @width × @height pixels of the picture decoded to 1 / @divisor. */
guint64
wb_picture_decode_bytes (const WbPictureInfo *info, guint divisor, guint width, guint height);
/* NULL if there is no memory. Given back to the system at once when freed. */
GdkPixbuf *wb_pixels_new (guint width, guint height);
/* Of a side scaled down, beside the pixels. */
guint64 wb_picture_scale_bytes (guint from, guint to);

/* A rectangle of the decoded picture; may reach over its right and lower edge. */
typedef struct
{
  guint x, y, width, height;
} WbArea;

/* RGB, over white, as stored: not turned. @x, @y: where in the decoded picture @pixels begin. @profile: NULL if
 * none, or none that changes a colour. */
typedef struct
{
  GdkPixbuf *pixels;
  guint x, y;
  GBytes *profile;
} WbDecoded;

void wb_decoded_clear (WbDecoded *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbDecoded, wb_decoded_clear)

/* At least @area: the one way to pixels. */
gboolean wb_picture_decode (int fd, const WbPictureInfo *info, guint divisor, const WbArea *area,
                            WbDecoded *decoded, GError **error);
gboolean wb_picture_decode_jpeg (int fd, const WbPictureInfo *info, guint divisor,
                                 const WbArea *area, WbDecoded *decoded, GError **error);
gboolean wb_picture_decode_png (int fd, const WbPictureInfo *info, guint divisor,
                                const WbArea *area, WbDecoded *decoded, GError **error);
GBytes *wb_picture_encode (GdkPixbuf *rgb, guint quality, GError **error);

G_END_DECLS
