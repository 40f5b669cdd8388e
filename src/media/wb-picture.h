// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>

G_BEGIN_DECLS

#define WB_MEDIA_ERROR (wb_media_error_quark ())

/**
 * WbMediaError:
 * @WB_MEDIA_ERROR_NOT_A_FILE: folder, FIFO, device, link loop
 * @WB_MEDIA_ERROR_UNREADABLE: permission, vanished
 * @WB_MEDIA_ERROR_TOO_LARGE: more bytes than the limit
 * @WB_MEDIA_ERROR_NOT_A_PICTURE: neither JPEG nor PNG nor another known picture
 * @WB_MEDIA_ERROR_KIND: a picture of a kind that is not accepted (GIF, SVG, WebP, TIFF, HEIC …); info->kind_name says which
 * @WB_MEDIA_ERROR_TOO_MANY_PIXELS: more pixels than its kind may have
 * @WB_MEDIA_ERROR_ANIMATED: more than one frame
 * @WB_MEDIA_ERROR_DAMAGED: ends too early or its structure is broken
 * @WB_MEDIA_ERROR_EMPTY: no bytes at all
 * @WB_MEDIA_ERROR_CHANGED: the file changed while it was read
 *
 * Why a file was refused. `app` owns the sentences.
 */
typedef enum {
  WB_MEDIA_ERROR_NOT_A_FILE,
  WB_MEDIA_ERROR_UNREADABLE,
  WB_MEDIA_ERROR_TOO_LARGE,
  WB_MEDIA_ERROR_NOT_A_PICTURE,
  WB_MEDIA_ERROR_KIND,
  WB_MEDIA_ERROR_TOO_MANY_PIXELS,
  WB_MEDIA_ERROR_ANIMATED,
  WB_MEDIA_ERROR_DAMAGED,
  WB_MEDIA_ERROR_EMPTY,
  WB_MEDIA_ERROR_CHANGED,
} WbMediaError;

GQuark wb_media_error_quark (void);

typedef enum { WB_PICTURE_OTHER, WB_PICTURE_JPEG, WB_PICTURE_PNG } WbPictureKind;

/**
 * WbPictureInfo:
 * @kind_name: "JPEG", "PNG", "GIF" … static
 * @width, @height: as stored, before turning upright
 * @orientation: Exif 1 to 8
 * @progressive: comes in several scans, so that decoding holds the whole picture at once (also a
 *   sequential JPEG with a scan a colour, and an interlaced PNG)
 * @srgb: no profile, or one that leaves sRGB colours as they are
 * @sampling: of a JPEG, 8 bits a component, the first lowest: how often it is sampled across and down
 * @profile_bytes: how large the colour profile is, or may be
 * @present_bytes, @needed_bytes: for a truncated file what is there and what it promises, else equal; a
 *   PNG promises as far as its chunks tell ("at least"), a JPEG nothing, then @needed_bytes is 0
 * @converted: CMYK, 16-bit, grey, palette, alpha or a foreign profile: will be converted
 *
 * What the header walk found, filled in as far as it came even when the file is refused.
 */
typedef struct {
  WbPictureKind kind;
  const char *kind_name;
  guint64 file_bytes;
  guint width, height;
  guint orientation;
  guint bits, channels;
  guint frames;
  gboolean progressive;
  gboolean cmyk;
  gboolean has_profile;
  gboolean srgb;
  gboolean converted;
  guint64 present_bytes, needed_bytes;
  guint sampling;
  guint64 profile_bytes;
} WbPictureInfo;

/* The limits of design.md, one table. */
typedef struct {
  guint64 file_bytes;
  guint64 png_pixels, jpeg_pixels, progressive_pixels;
  guint64 pool_bytes; /* what the pool admits at a time */
  guint side;    /* 648 */
  guint quality; /* 90 */
  guint small;   /* below this a picture is small: 200 */
} WbPictureLimits;
extern const WbPictureLimits wb_picture_limits;

/* Where the square lies: centre as a part of the upright picture (0..1), zoom 1..4 (1 = the largest
 * square), turns by 90° clockwise. The start value is centred, a third from the top if taller than wide. */
typedef struct {
  double x, y, zoom;
  guint turns;
} WbCrop;

void wb_crop_start (WbCrop *crop, guint upright_width, guint upright_height);
gboolean wb_crop_equal (const WbCrop *a, const WbCrop *b);
/* The square in pixels of the upright, turned picture, always inside it. */
void wb_crop_square (const WbCrop *crop, guint upright_width, guint upright_height, int *x, int *y, int *side);

/* Opens regular files only, never blocks on a FIFO, never follows a link at the end of @path. */
int wb_picture_open (const char *path, GError **error);

/**
 * wb_picture_probe:
 *
 * Walks the header and the markers to the end; decides type, size, frames, progressive and damage
 * before any decoder sees a byte. Leaves the offset of @fd undefined. Blocks: for worker threads.
 */
gboolean wb_picture_probe (int fd, WbPictureInfo *info, GError **error);

/**
 * wb_picture_load:
 * @side: smallest side wanted, in pixels; 0 for the size of the file (bounded by the limits)
 *
 * Returns: (transfer full): the picture upright, in sRGB, without alpha
 */
GdkPixbuf *wb_picture_load (int fd, const WbPictureInfo *info, guint side, GError **error);

/* What wb_picture_load() and wb_picture_make() take at their peak, never less: the pool admits by it. */
guint64 wb_picture_load_bytes (const WbPictureInfo *info, guint side);
guint64 wb_picture_make_bytes (const WbPictureInfo *info, const WbCrop *crop);

/* 648×648 JPEG of the cropped square, quality 90, without metadata. */
GBytes *wb_picture_make (int fd, const WbPictureInfo *info, const WbCrop *crop, GError **error);

/* Names of kinds that lie beside pictures and are passed over in one line (RAW, sidecar). */
gboolean wb_picture_is_beside (const char *file_name);

/* A walk of dropped files and folders: depth 8, hidden and links left out, at most @max files. */
typedef struct {
  GPtrArray *paths;   /* of char*, regular files that may be pictures */
  guint beside;       /* RAW and sidecar files passed over */
  guint others;       /* everything else passed over */
  guint out_of_reach; /* how many were named, where none of them can be seen from here: then there are no paths */
  gboolean truncated; /* more than @max */
} WbFileWalk;
WbFileWalk *wb_file_walk_run (const char *const *roots, guint max, gint *counter, GCancellable *cancellable, GError **error);
void wb_file_walk_free (WbFileWalk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbFileWalk, wb_file_walk_free)

/* A pool of min (cores, 4) threads that admits work by estimated memory, 64 MB in all; what needs more than
 * 64 MB runs when nothing else does. First come first
 * served within the task's priority. @func runs in a worker and returns @task; the callback comes in the
 * context the task was made in. A task cancelled while it waits returns at once and is not run. Waiting
 * tasks outlive the pool's last reference. */
#define WB_TYPE_PICTURE_POOL (wb_picture_pool_get_type ())
G_DECLARE_FINAL_TYPE (WbPicturePool, wb_picture_pool, WB, PICTURE_POOL, GObject)

WbPicturePool *wb_picture_pool_new (void);
void wb_picture_pool_run (WbPicturePool *self, GTask *task, guint64 memory_bytes, GTaskThreadFunc func);

G_END_DECLS
