// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-preview-cache.h"

/* 32 MiB hold some 90 pictures with their squares: about three screens full. */
#define MAX_BYTES (32u << 20)
#define MAX_LOADING 6
#define MAX_WAITING 64
#define SMALLEST_SIDE 192
#define LARGEST_SIDE 1024

typedef struct {
  guint side;
  WbCrop crop;
  GdkTexture *texture;
} Square;

typedef struct {
  guint file;
  GdkPixbuf *upright;  /* NULL until it is loaded */
  guint side;          /* that it was loaded for */
  guint wanted;        /* side that is being loaded or waits */
  gboolean gone;
  WbCrop live;         /* crop not yet in the draft */
  gboolean has_live;
  GArray *squares;     /* of Square: one a size in use */
  gsize bytes;
  GList link;          /* in the order of use, least recent first */
} Entry;

struct _WbPreviewCache {
  GObject parent_instance;

  WbDraft *draft;
  GCancellable *cancellable;
  GHashTable *entries; /* file → Entry */
  GQueue used;
  GArray *queue; /* of guint: files to load, the last first */
  guint loading;
  gsize bytes;
};

typedef struct {
  WbPreviewCache *cache;
  guint file, side;
} Load;

enum { READY, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbPreviewCache, wb_preview_cache, G_TYPE_OBJECT)

static void start_loading (WbPreviewCache *self);

static void
square_clear (gpointer data)
{
  g_clear_object (&((Square *) data)->texture);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_object (&entry->upright);
  g_array_unref (entry->squares);
  g_free (entry);
}

static Entry *
ensure_entry (WbPreviewCache *self, guint file)
{
  Entry *entry = g_hash_table_lookup (self->entries, GUINT_TO_POINTER (file));

  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      entry->file = file;
      entry->link.data = entry;
      entry->squares = g_array_new (FALSE, TRUE, sizeof (Square));
      g_array_set_clear_func (entry->squares, square_clear);
      g_hash_table_insert (self->entries, GUINT_TO_POINTER (file), entry);
    }
  else
    g_queue_unlink (&self->used, &entry->link);
  g_queue_push_tail_link (&self->used, &entry->link);
  return entry;
}

static void
drop_pixels (WbPreviewCache *self, Entry *entry)
{
  self->bytes -= entry->bytes;
  entry->bytes = 0;
  entry->side = 0;
  g_clear_object (&entry->upright);
  g_array_set_size (entry->squares, 0);
}

/* The least recently used go first; the one just asked for stays whatever its size. */
static void
keep_bound (WbPreviewCache *self)
{
  for (GList *link = self->used.head; link != NULL && link->next != NULL && self->bytes > MAX_BYTES; link = link->next)
    drop_pixels (self, link->data);
}

static void
recount (WbPreviewCache *self, Entry *entry)
{
  gsize bytes = entry->upright != NULL ? gdk_pixbuf_get_byte_length (entry->upright) : 0;

  for (guint i = 0; i < entry->squares->len; i++)
    {
      guint side = g_array_index (entry->squares, Square, i).side;

      bytes += (gsize) side * side * 4;
    }
  self->bytes += bytes - entry->bytes;
  entry->bytes = bytes;
  keep_bound (self);
}

/* Squares */

GdkTexture *
wb_preview_square (GdkPixbuf *upright, const WbCrop *crop, guint side)
{
  static const GdkPixbufRotation rotations[] = { GDK_PIXBUF_ROTATE_NONE, GDK_PIXBUF_ROTATE_CLOCKWISE,
                                                 GDK_PIXBUF_ROTATE_UPSIDEDOWN, GDK_PIXBUF_ROTATE_COUNTERCLOCKWISE };
  g_autoptr (GdkPixbuf) part = NULL, scaled = NULL, turned = NULL;
  int x, y, size;

  turned
      = crop->turns % 4 != 0 ? gdk_pixbuf_rotate_simple (upright, rotations[crop->turns % 4]) : g_object_ref (upright);
  if (turned == NULL)
    return NULL;
  wb_crop_square (crop, gdk_pixbuf_get_width (upright), gdk_pixbuf_get_height (upright), &x, &y, &size);
  part = gdk_pixbuf_new_subpixbuf (turned, x, y, size, size);
  scaled = gdk_pixbuf_scale_simple (part, side, side, GDK_INTERP_BILINEAR);
  return scaled != NULL ? gdk_texture_new_for_pixbuf (scaled) : NULL;
}

static const WbCrop *
crop_of (WbPreviewCache *self, Entry *entry)
{
  const WbDraftFile *file = wb_draft_get_file (self->draft, entry->file);

  return entry->has_live ? &entry->live : file != NULL ? &file->crop : NULL;
}

static Square *
find_square (Entry *entry, guint side)
{
  for (guint i = 0; i < entry->squares->len; i++)
    if (g_array_index (entry->squares, Square, i).side == side)
      return &g_array_index (entry->squares, Square, i);
  g_array_set_size (entry->squares, entry->squares->len + 1);
  g_array_index (entry->squares, Square, entry->squares->len - 1).side = side;
  return &g_array_index (entry->squares, Square, entry->squares->len - 1);
}

static GdkTexture *
ensure_square (WbPreviewCache *self, Entry *entry, const WbCrop *crop, guint side)
{
  Square *square = find_square (entry, side);

  if (square->texture == NULL || !wb_crop_equal (&square->crop, crop))
    {
      g_clear_object (&square->texture);
      square->texture = wb_preview_square (entry->upright, crop, side);
      square->crop = *crop;
      recount (self, entry);
    }
  return square->texture != NULL ? g_object_ref (square->texture) : NULL;
}

/* Loading */

static guint
side_for (const WbCrop *crop, guint side)
{
  guint needed = (guint) (side * CLAMP (crop->zoom, 1, 4)), bucket = SMALLEST_SIDE;

  while (bucket < needed && bucket < LARGEST_SIDE)
    bucket *= 2;
  return MIN (bucket, LARGEST_SIDE);
}

static gboolean
is_missing (const GError *error)
{
  return g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
         || g_error_matches (error, WB_MEDIA_ERROR, WB_MEDIA_ERROR_UNREADABLE);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Load *load = user_data;
  WbPreviewCache *self = load->cache;
  g_autoptr (GError) error = NULL;
  GdkPixbuf *pixbuf = wb_draft_load_preview_finish (WB_DRAFT (source), result, &error);
  guint file = load->file;

  self->loading--;
  if (!g_cancellable_is_cancelled (self->cancellable))
    {
      Entry *entry = ensure_entry (self, file);

      entry->wanted = 0;
      entry->gone = is_missing (error);
      if (pixbuf != NULL)
        {
          drop_pixels (self, entry);
          entry->upright = g_object_ref (pixbuf);
        }
      /* What failed is not tried again at the same size with each scroll. */
      entry->side = load->side;
      recount (self, entry);
      start_loading (self);
      g_signal_emit (self, signals[READY], 0, file);
    }
  g_clear_object (&pixbuf);
  g_free (load);
  g_object_unref (self);
}

static void
start_loading (WbPreviewCache *self)
{
  while (self->loading < MAX_LOADING && self->queue->len > 0)
    {
      guint file = g_array_index (self->queue, guint, self->queue->len - 1);
      Entry *entry = g_hash_table_lookup (self->entries, GUINT_TO_POINTER (file));
      Load *load = g_new0 (Load, 1);

      g_array_set_size (self->queue, self->queue->len - 1);
      load->cache = g_object_ref (self);
      load->file = file;
      load->side = entry->wanted;
      self->loading++;
      wb_draft_load_preview_async (self->draft, file, entry->wanted, self->cancellable, loaded_cb, load);
    }
}

/* What was asked for last is in view now; what waited longest was scrolled by, and is asked for again when it
 * comes back. */
static void
bound_queue (WbPreviewCache *self)
{
  Entry *oldest;

  if (self->queue->len <= MAX_WAITING)
    return;
  oldest = g_hash_table_lookup (self->entries, GUINT_TO_POINTER (g_array_index (self->queue, guint, 0)));
  oldest->wanted = 0;
  g_array_remove_index (self->queue, 0);
}

static void
want (WbPreviewCache *self, Entry *entry, guint side)
{
  if (entry->wanted != 0 || side <= entry->side || g_cancellable_is_cancelled (self->cancellable))
    return;
  entry->wanted = side;
  g_array_append_val (self->queue, entry->file);
  bound_queue (self);
  start_loading (self);
}

GdkTexture *
wb_preview_cache_dup (WbPreviewCache *self, guint file, guint side)
{
  const WbDraftFile *info = wb_draft_get_file (self->draft, file);
  const WbCrop *crop;
  Entry *entry;

  if (info == NULL || info->refused != 0 || *info->blob == '\0')
    return NULL;
  entry = ensure_entry (self, file);
  crop = crop_of (self, entry);
  want (self, entry, side_for (crop, side));
  return entry->upright != NULL ? ensure_square (self, entry, crop, side) : NULL;
}

void
wb_preview_cache_set_crop (WbPreviewCache *self, guint file, const WbCrop *crop)
{
  Entry *entry = ensure_entry (self, file);

  entry->has_live = crop != NULL;
  if (crop != NULL)
    entry->live = *crop;
}

gboolean
wb_preview_cache_is_gone (WbPreviewCache *self, guint file)
{
  Entry *entry = g_hash_table_lookup (self->entries, GUINT_TO_POINTER (file));

  return entry != NULL && entry->gone;
}

gsize
wb_preview_cache_get_bytes (WbPreviewCache *self)
{
  return self->bytes;
}

void
wb_preview_cache_stop (WbPreviewCache *self)
{
  g_cancellable_cancel (self->cancellable);
  g_array_set_size (self->queue, 0);
}

static void
wb_preview_cache_dispose (GObject *object)
{
  wb_preview_cache_stop (WB_PREVIEW_CACHE (object));
  G_OBJECT_CLASS (wb_preview_cache_parent_class)->dispose (object);
}

static void
wb_preview_cache_finalize (GObject *object)
{
  WbPreviewCache *self = WB_PREVIEW_CACHE (object);

  g_hash_table_unref (self->entries);
  g_array_unref (self->queue);
  g_object_unref (self->cancellable);
  g_object_unref (self->draft);
  G_OBJECT_CLASS (wb_preview_cache_parent_class)->finalize (object);
}

static void
wb_preview_cache_class_init (WbPreviewCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_preview_cache_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_preview_cache_finalize;
  signals[READY] = g_signal_new ("ready", WB_TYPE_PREVIEW_CACHE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_UINT);
}

static void
wb_preview_cache_init (WbPreviewCache *self)
{
  self->entries = g_hash_table_new_full (NULL, NULL, NULL, entry_free);
  self->queue = g_array_new (FALSE, FALSE, sizeof (guint));
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->used);
}

WbPreviewCache *
wb_preview_cache_new (WbDraft *draft)
{
  WbPreviewCache *self = g_object_new (WB_TYPE_PREVIEW_CACHE, NULL);

  self->draft = g_object_ref (draft);
  return self;
}
