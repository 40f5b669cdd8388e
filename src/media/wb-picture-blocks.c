// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE /* MAP_ANONYMOUS, MAP_POPULATE */
#include "wb-picture-blocks.h"

#include <jerror.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "wb-picture-private.h"

/* A progressive JPEG is decoded scan after scan, each of which refines the one before: libjpeg keeps all
 * coefficients of all blocks, 36 MB at 12 megapixels, and its memory manager may be replaced so that they
 * lie elsewhere. At a quarter of the size and below only the low frequencies reach a pixel, and of the
 * others a later scan asks no more than whether they are zero. So 16 numbers a block are kept at most and a bit
 * for each of the 64: 40 bytes instead of 128, in the same time; 32 and 16 where a block becomes 2 × 2 pixels,
 * for which libjpeg looks into no third row, and one. */

#define LOW 4

/* Each time that pages are given back, every processor is interrupted to forget them too: not row by row. */
#define FORGET_BYTES (256 * 1024)

/* GCC and clang make these of whatever the processor has. */
typedef gint16 Row __attribute__ ((vector_size (16)));
typedef guint8 Bits __attribute__ ((vector_size (8)));

typedef struct {
  guint8 set[DCTSIZE]; /* a column each, its lowest bit the first row */
  JCOEF low[][LOW];
} Packed;

typedef struct {
  guint n;
  guint8 rows[LOW]; /* which of them are in Packed */
} Kept;

/* By how many they are. */
static const Kept kepts[LOW + 1]
    = { { 0 }, { 1, { 0 } }, { 0 }, { 3, { 0, 1, 3 } }, { 4, { 0, 1, 2, 3 } } };

G_STATIC_ASSERT (sizeof (JCOEF) == sizeof (gint16));
G_STATIC_ASSERT (sizeof (Packed) + LOW * sizeof (JCOEF) == WB_KEPT_BLOCK_BYTES (1));

/* What libjpeg calls a virtual array and knows by its pointer alone. */
struct jvirt_barray_control {
  JDIMENSION across, down, at_once;
  const Kept *kept; /* NULL: all */
  gsize block_bytes;
  guint8 *store;
  gsize store_bytes, forgotten;
  JBLOCKARRAY rows; /* what is handed out: into the store, or unpacked */
  JDIMENSION start, n;
  gboolean touched; /* to be packed again */
  gboolean marked;  /* holds the marks of what is not kept, which are no numbers */
  struct jvirt_barray_control *next;
};

static void
pack (const Kept *kept, Packed *to, const JCOEF *block)
{
  Row set = { 0 };
  Bits bits;

  for (guint i = 0; i < DCTSIZE; i++)
    {
      Row row;

      memcpy (&row, block + i * DCTSIZE, sizeof row);
      set |= (row != 0) & (gint16) (1 << i);
    }
  bits = __builtin_convertvector(set, Bits);
  memcpy (to->set, &bits, sizeof bits);
  for (guint i = 0; i < kept->n; i++)
    memcpy (to->low[i], block + kept->rows[i] * DCTSIZE, sizeof to->low[i]);
}

static void
unpack_kept (const Kept *kept, const Packed *from, JCOEF *block)
{
  for (guint i = 0; i < kept->n; i++)
    memcpy (block + kept->rows[i] * DCTSIZE, from->low[i], sizeof from->low[i]);
}

/* With a 1 where a number is that is not kept: no scan makes it 0 again. */
static void
unpack_marked (const Kept *kept, const Packed *from, JCOEF *block)
{
  Bits bits;
  Row set;

  memcpy (&bits, from->set, sizeof bits);
  set = __builtin_convertvector(bits, Row);
  for (guint i = 0; i < DCTSIZE; i++)
    {
      Row row = set >> (gint16) i & 1;

      memcpy (block + i * DCTSIZE, &row, sizeof row);
    }
  unpack_kept (kept, from, block);
}

static void
unpack_low (const Kept *kept, const Packed *from, JCOEF *block)
{
  memset (block, 0, sizeof (JBLOCK));
  unpack_kept (kept, from, block);
}

static void *
stored (jvirt_barray_ptr array, JDIMENSION row, JDIMENSION x)
{
  return array->store + ((gsize) row * array->across + x) * array->block_bytes;
}

static void
put_back (jvirt_barray_ptr array)
{
  for (JDIMENSION y = 0; array->touched && y < array->n; y++)
    for (JDIMENSION x = 0; x < array->across; x++)
      pack (array->kept, stored (array, array->start + y, x), array->rows[y][x]);
  array->touched = FALSE;
}

static void
take_out (jvirt_barray_ptr array, JDIMENSION start, JDIMENSION n, gboolean marked)
{
  array->start = start;
  array->n = n;
  array->marked = marked;
  for (JDIMENSION y = 0; y < n; y++)
    for (JDIMENSION x = 0; x < array->across; x++)
      (marked ? unpack_marked : unpack_low) (array->kept, stored (array, start + y, x), array->rows[y][x]);
}

/* The pixels are made in one pass: what they were made of makes room for them. */
static void
forget_before (jvirt_barray_ptr array, JDIMENSION start)
{
  gsize page = (gsize) sysconf (_SC_PAGESIZE);
  gsize bytes = (gsize) ((guint8 *) stored (array, start, 0) - array->store) / page * page;

  if (bytes < array->forgotten + FORGET_BYTES)
    return;
  madvise (array->store + array->forgotten, bytes - array->forgotten, MADV_DONTNEED);
  array->forgotten = bytes;
}

static JBLOCKARRAY
access_array (j_common_ptr jpeg, jvirt_barray_ptr array, JDIMENSION start, JDIMENSION n,
              boolean writable)
{
  if (array->store == NULL || n > array->at_once || start > array->down || n > array->down - start)
    ERREXIT (jpeg, JERR_BAD_VIRTUAL_ACCESS);
  if (array->kept == NULL)
    {
      for (JDIMENSION y = 0; y < n; y++)
        array->rows[y] = stored (array, start + y, 0);
      return array->rows;
    }
  if (array->start != start || array->n != n || array->marked != (writable != FALSE))
    {
      put_back (array);
      take_out (array, start, n, writable);
      if (!writable)
        forget_before (array, start);
    }
  array->touched |= writable;
  return array->rows;
}

/* The decoder asks for one a component, in their order, and @most rows at a time for smoothing too, which we
 * switch off: it needs the rows of one MCU. */
static jvirt_barray_ptr
request_array (j_common_ptr jpeg, int pool, boolean zero, JDIMENSION across, JDIMENSION down,
               JDIMENSION most)
{
  WbBlocks *self = jpeg->client_data;
  jvirt_barray_ptr array = jpeg->mem->alloc_small (jpeg, pool, sizeof *array);
  guint i = MIN (self->made, self->info->channels - 1);
  guint rows = wb_picture_block_rows (self->info, self->divisor, i);

  *array = (struct jvirt_barray_control){ .across = across, .down = down, .next = self->first };
  array->at_once = MIN (most, wb_picture_sampling (self->info->sampling, i) & 15);
  array->kept = rows > 0 ? &kepts[rows] : NULL;
  array->block_bytes = rows > 0 ? WB_KEPT_BLOCK_BYTES (rows) : sizeof (JBLOCK);
  self->first = array;
  self->made++;
  return array;
}

/* Pages of their own: given back at once, unlike what malloc() takes. There from the start, as all will be written
 * to: a page that is read first is the one of zeros, and to put another in its place interrupts every processor. */
static void
realize_arrays (j_common_ptr jpeg)
{
  WbBlocks *self = jpeg->client_data;

  self->realize (jpeg);
  for (jvirt_barray_ptr array = self->first; array != NULL; array = array->next)
    {
      gsize bytes = (gsize) array->across * array->down * array->block_bytes;
      void *store;

      if (array->store != NULL)
        continue;
      store = mmap (NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
      if (store == MAP_FAILED)
        ERREXIT1 (jpeg, JERR_OUT_OF_MEMORY, 11);
      array->store = store;
      array->store_bytes = bytes;
      array->rows
          = array->kept != NULL
                ? jpeg->mem->alloc_barray (jpeg, JPOOL_IMAGE, array->across, array->at_once)
                : jpeg->mem->alloc_small (jpeg, JPOOL_IMAGE, array->at_once * sizeof (JBLOCKROW));
    }
}

void
wb_blocks_use (WbBlocks *self, j_decompress_ptr jpeg, const WbPictureInfo *info, guint divisor)
{
  self->info = info;
  self->divisor = divisor;
  self->realize = jpeg->mem->realize_virt_arrays;
  jpeg->client_data = self;
  jpeg->mem->request_virt_barray = request_array;
  jpeg->mem->realize_virt_arrays = realize_arrays;
  jpeg->mem->access_virt_barray = access_array;
}

void
wb_blocks_clear (WbBlocks *self)
{
  for (jvirt_barray_ptr array = self->first; array != NULL; array = array->next)
    if (array->store != NULL)
      munmap (array->store, array->store_bytes);
  self->first = NULL;
}
