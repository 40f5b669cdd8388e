// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-picture-private.h"

#include <setjmp.h>
#include <string.h>

#include <jerror.h>

#include "wb-picture-blocks.h"

/* libjpeg by hand, not through gdk-pixbuf: its loader draws a progressive picture anew after each scan
 * (228 ms at 12 megapixels against 163), takes every segment of metadata in, and from 2.43.3 on hands the
 * file to a process that decodes all of it at full size. */

/* libjpeg leaves by longjmp(): what must outlive that is in these structs, never in a local. */
typedef struct {
  struct jpeg_error_mgr pub;
  jmp_buf back;
  int code; /* WbMediaError */
  char text[JMSG_LENGTH_MAX];
} Failure;

typedef struct {
  struct jpeg_decompress_struct jpeg;
  Failure failure;
  struct jpeg_source_mgr source;
  WbReader reader;
  WbBlocks blocks;
  const WbPictureInfo *info;
  guint divisor;
  const WbArea *area;
  WbDecoded *decoded;
} Decoder;

G_NORETURN static void
leave (j_common_ptr jpeg, int code, const char *text)
{
  Failure *self = (Failure *) jpeg->err;

  self->code = code;
  g_strlcpy (self->text, text, sizeof self->text);
  longjmp (self->back, 1);
}

static void
on_error (j_common_ptr jpeg)
{
  char text[JMSG_LENGTH_MAX];

  jpeg->err->format_message (jpeg, text);
  leave (jpeg,
         jpeg->err->msg_code == JERR_OUT_OF_MEMORY ? WB_MEDIA_ERROR_TOO_MANY_PIXELS
                                                   : WB_MEDIA_ERROR_DAMAGED,
         text);
}

/* Of what libjpeg gets over, one thing is none of a picture: data that stop in the middle, so that all below
 * is grey. The end of the last row may lack a bit; encoders did that. */
static void
on_decoder_message (j_common_ptr jpeg, int level)
{
  j_decompress_ptr decoder = (j_decompress_ptr) jpeg;

  if (level < 0 && jpeg->err->msg_code == JWRN_HIT_MARKER
      && decoder->input_iMCU_row + 1 < decoder->total_iMCU_rows)
    leave (jpeg, WB_MEDIA_ERROR_DAMAGED, "the data end too early");
}

static void
on_message (j_common_ptr jpeg, int level)
{
}

static void
failure_init (Failure *self, void (*message) (j_common_ptr jpeg, int level))
{
  jpeg_std_error (&self->pub);
  self->pub.error_exit = on_error;
  self->pub.emit_message = message;
}

static void
failure_tell (const Failure *self, GError **error)
{
  g_set_error (error, WB_MEDIA_ERROR, self->code, "JPEG: %s", self->text);
}

/* --- reading --- */

static Decoder *
decoder_of (j_decompress_ptr jpeg)
{
  return (Decoder *) ((char *) jpeg - G_STRUCT_OFFSET (Decoder, jpeg));
}

static void
on_source (j_decompress_ptr jpeg)
{
}

static boolean
on_source_fill (j_decompress_ptr jpeg)
{
  Decoder *self = decoder_of (jpeg);
  gsize ready = wb_reader_fill (&self->reader);

  if (ready == 0)
    leave ((j_common_ptr) jpeg,
           self->reader.failed ? WB_MEDIA_ERROR_UNREADABLE : WB_MEDIA_ERROR_DAMAGED,
           "the file ends too early");
  self->source.next_input_byte = self->reader.block + self->reader.at;
  self->source.bytes_in_buffer = ready;
  self->reader.at += ready;
  return TRUE;
}

static void
on_source_skip (j_decompress_ptr jpeg, long bytes)
{
  Decoder *self = decoder_of (jpeg);
  gsize ready = self->source.bytes_in_buffer;

  if (bytes <= 0)
    return;
  if ((gsize) bytes > ready)
    wb_reader_seek (&self->reader, wb_reader_tell (&self->reader) + (gsize) bytes - ready);
  self->source.next_input_byte += MIN (ready, (gsize) bytes);
  self->source.bytes_in_buffer -= MIN (ready, (gsize) bytes);
}

static void
use_source (Decoder *self)
{
  self->source = (struct jpeg_source_mgr){
    .init_source = on_source,
    .fill_input_buffer = on_source_fill,
    .skip_input_data = on_source_skip,
    .resync_to_restart = jpeg_resync_to_restart,
    .term_source = on_source,
  };
  self->jpeg.src = &self->source;
}

/* --- decoding; all of it may leave --- */

/* What admitted the work must be what is done. */
static void
check_header (Decoder *self)
{
  const WbPictureInfo *info = self->info;
  gboolean same = self->jpeg.image_width == info->width && self->jpeg.image_height == info->height
                  && (guint) self->jpeg.num_components == info->channels
                  && (info->progressive || !jpeg_has_multiple_scans (&self->jpeg));

  for (guint i = 0; same && i < info->channels; i++)
    same = (guint) (self->jpeg.comp_info[i].h_samp_factor << 4
                    | self->jpeg.comp_info[i].v_samp_factor)
           == wb_picture_sampling (info->sampling, i);
  if (!same)
    leave ((j_common_ptr) &self->jpeg, WB_MEDIA_ERROR_CHANGED,
           "not the picture that was looked at");
}

static void
read_header (Decoder *self)
{
  if (wb_picture_profile_counts (self->info))
    jpeg_save_markers (&self->jpeg, JPEG_APP0 + 2, G_MAXUINT16);
  jpeg_read_header (&self->jpeg, TRUE);
  check_header (self);
}

/* A profile of CMYK is none of the colours that come out here. */
static void
take_profile (Decoder *self)
{
  JOCTET *bytes = NULL;
  unsigned int length = 0;

  if (wb_picture_profile_counts (self->info)
      && jpeg_read_icc_profile (&self->jpeg, &bytes, &length))
    self->decoded->profile = g_bytes_new_with_free_func (bytes, length, free, bytes);
}

static void
begin (Decoder *self)
{
  self->jpeg.scale_num = 1;
  self->jpeg.scale_denom = self->divisor;
  self->jpeg.out_color_space = self->info->channels == 4 ? JCS_CMYK : JCS_RGB;
  self->jpeg.do_block_smoothing = FALSE;
  jpeg_start_decompress (&self->jpeg);
  self->decoded->x = MIN (self->area->x, self->jpeg.output_width - 1);
  self->decoded->y = MIN (self->area->y, self->jpeg.output_height - 1);
  self->decoded->pixels
      = wb_pixels_new (MIN (self->area->width, self->jpeg.output_width - self->decoded->x),
                       MIN (self->area->height, self->jpeg.output_height - self->decoded->y));
  if (self->decoded->pixels == NULL)
    ERREXIT1 (&self->jpeg, JERR_OUT_OF_MEMORY, 0);
}

/* Adobe's programs write it inverted, and say that it is they. */
static void
cmyk_to_rgb (const guint8 *from, guint8 *to, guint width, gboolean inverted)
{
  guint8 flip = inverted ? 0 : 255;

  for (guint x = 0; x < width; x++, from += 4, to += 3)
    for (guint i = 0; i < 3; i++)
      to[i] = (guint8) ((from[i] ^ flip) * (from[3] ^ flip) / 255);
}

static void
take_row (Decoder *self, const guint8 *row, guint8 *to, guint width)
{
  if (self->jpeg.output_components == 4)
    cmyk_to_rgb (row + self->decoded->x * 4, to, width, self->jpeg.saw_Adobe_marker);
  else
    memcpy (to, row + self->decoded->x * 3, width * 3);
}

/* Rows behind the area are not decoded. */
static void
read_rows (Decoder *self)
{
  GdkPixbuf *pixels = self->decoded->pixels;
  guint width = (guint) gdk_pixbuf_get_width (pixels);
  guint end = self->decoded->y + (guint) gdk_pixbuf_get_height (pixels);
  gsize stride = (gsize) gdk_pixbuf_get_rowstride (pixels);
  guint8 *to = gdk_pixbuf_get_pixels (pixels);
  JSAMPARRAY row = self->jpeg.mem->alloc_sarray (
      (j_common_ptr) &self->jpeg, JPOOL_IMAGE,
      self->jpeg.output_width * (JDIMENSION) self->jpeg.output_components, 1);

  while (self->jpeg.output_scanline < end)
    {
      guint y = self->jpeg.output_scanline;

      jpeg_read_scanlines (&self->jpeg, row, 1);
      if (y >= self->decoded->y)
        take_row (self, row[0], to + (y - self->decoded->y) * stride, width);
    }
}

static gboolean
decode (Decoder *self)
{
  if (setjmp (self->failure.back) != 0)
    return FALSE;
  jpeg_create_decompress (&self->jpeg);
  use_source (self);
  wb_blocks_use (&self->blocks, &self->jpeg, self->info, self->divisor);
  read_header (self);
  take_profile (self);
  begin (self);
  read_rows (self);
  return TRUE;
}

gboolean
wb_picture_decode_jpeg (int fd, const WbPictureInfo *info, guint divisor, const WbArea *area,
                        WbDecoded *decoded, GError **error)
{
  Decoder *self = g_new0 (Decoder, 1);
  gboolean good;

  self->info = info;
  self->divisor = divisor;
  self->area = area;
  self->decoded = decoded;
  wb_reader_init (&self->reader, fd, info->file_bytes);
  failure_init (&self->failure, on_decoder_message);
  self->jpeg.err = &self->failure.pub;
  good = decode (self);
  if (!good)
    failure_tell (&self->failure, error);
  wb_blocks_clear (&self->blocks);
  jpeg_destroy_decompress (&self->jpeg);
  wb_reader_clear (&self->reader);
  g_free (self);
  return good;
}

/* --- encoding --- */

#define OUT_BLOCK (32 * 1024)

typedef struct {
  struct jpeg_compress_struct jpeg;
  Failure failure;
  struct jpeg_destination_mgr destination;
  GByteArray *out;
  guint8 block[OUT_BLOCK];
} Encoder;

static Encoder *
encoder_of (j_compress_ptr jpeg)
{
  return (Encoder *) ((char *) jpeg - G_STRUCT_OFFSET (Encoder, jpeg));
}

static void
on_destination_init (j_compress_ptr jpeg)
{
  Encoder *self = encoder_of (jpeg);

  self->destination.next_output_byte = self->block;
  self->destination.free_in_buffer = sizeof self->block;
}

static boolean
on_destination_empty (j_compress_ptr jpeg)
{
  Encoder *self = encoder_of (jpeg);

  g_byte_array_append (self->out, self->block, sizeof self->block);
  on_destination_init (jpeg);
  return TRUE;
}

static void
on_destination_term (j_compress_ptr jpeg)
{
  Encoder *self = encoder_of (jpeg);

  g_byte_array_append (self->out, self->block,
                       (guint) (sizeof self->block - self->destination.free_in_buffer));
}

static void
use_destination (Encoder *self)
{
  self->destination = (struct jpeg_destination_mgr){
    .init_destination = on_destination_init,
    .empty_output_buffer = on_destination_empty,
    .term_destination = on_destination_term,
  };
  self->jpeg.dest = &self->destination;
}

static gboolean
encode (Encoder *self, GdkPixbuf *rgb, guint quality)
{
  if (setjmp (self->failure.back) != 0)
    return FALSE;
  jpeg_create_compress (&self->jpeg);
  use_destination (self);
  self->jpeg.image_width = (JDIMENSION) gdk_pixbuf_get_width (rgb);
  self->jpeg.image_height = (JDIMENSION) gdk_pixbuf_get_height (rgb);
  self->jpeg.input_components = 3;
  self->jpeg.in_color_space = JCS_RGB;
  jpeg_set_defaults (&self->jpeg);
  jpeg_set_quality (&self->jpeg, (int) quality, TRUE);
  jpeg_start_compress (&self->jpeg, TRUE);
  while (self->jpeg.next_scanline < self->jpeg.image_height)
    {
      JSAMPROW row = gdk_pixbuf_get_pixels (rgb)
                     + self->jpeg.next_scanline * (gsize) gdk_pixbuf_get_rowstride (rgb);

      jpeg_write_scanlines (&self->jpeg, &row, 1);
    }
  jpeg_finish_compress (&self->jpeg);
  return TRUE;
}

GBytes *
wb_picture_encode (GdkPixbuf *rgb, guint quality, GError **error)
{
  Encoder *self = g_new0 (Encoder, 1);
  GBytes *made = NULL;

  self->out = g_byte_array_new ();
  failure_init (&self->failure, on_message);
  self->jpeg.err = &self->failure.pub;
  if (encode (self, rgb, quality))
    made = g_byte_array_free_to_bytes (g_steal_pointer (&self->out));
  else
    failure_tell (&self->failure, error);
  g_clear_pointer (&self->out, g_byte_array_unref);
  jpeg_destroy_compress (&self->jpeg);
  g_free (self);
  return made;
}
