// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-tile-state.h"

#include <glib/gi18n.h>

#include "wb-format.h"

const WbTileLook wb_tile_looks[WB_N_TILE_STATES] = {
  [WB_TILE_EMPTY]
  = { "list-add-symbolic", "dim-label", N_("No picture yet"), N_("no picture yet"), WB_TILE_CHIP_NONE },
  [WB_TILE_WORKING]
  = { "waybill-working-symbolic", "accent", N_("Checking…"), N_("being checked"), WB_TILE_CHIP_NONE },
  [WB_TILE_MATCHED]
  = { "waybill-done-symbolic", "success", N_("Matched by name"), N_("matched by name"), WB_TILE_CHIP_READY },
  [WB_TILE_PLACED]
  = { "object-select-symbolic", "success", N_("Placed by you"), N_("placed by you"), WB_TILE_CHIP_READY },
  [WB_TILE_CROPPED]
  = { "edit-cut-symbolic", "success", N_("Cropped by you"), N_("cropped by you"), WB_TILE_CHIP_READY },
  [WB_TILE_AMBIGUOUS]
  = { "dialog-question-symbolic", "warning", N_("2 files fit"), N_("2 files fit"), WB_TILE_CHIP_CHECK },
  [WB_TILE_CONVERTED] = { "waybill-done-symbolic", "success", NULL, NULL, WB_TILE_CHIP_READY },
  [WB_TILE_SMALL] = { "dialog-warning-symbolic", "warning", NULL, NULL, WB_TILE_CHIP_CHECK },
  [WB_TILE_REFUSED] = { "dialog-error-symbolic", "error", NULL, NULL, WB_TILE_CHIP_REFUSED },
  [WB_TILE_SAME] = { "dialog-warning-symbolic", "warning", NULL, NULL, WB_TILE_CHIP_CHECK },
  [WB_TILE_GONE]
  = { "dialog-error-symbolic", "error", N_("File was moved"), N_("file was moved"), WB_TILE_CHIP_REFUSED },
  [WB_TILE_LEFT_BEHIND]
  = { "dialog-warning-symbolic", "warning", N_("Cannot go along"), N_("cannot go along"), WB_TILE_CHIP_CHECK },
};

static gboolean
is_converted (const WbPictureInfo *info)
{
  return info->orientation > 1 || info->cmyk;
}

/* The gravest first; what a hand has done is said before how the file came. */
WbTileState
wb_tile_state (const WbTileFacts *facts)
{
  if (facts->working)
    return WB_TILE_WORKING;
  if (facts->placement == NULL || facts->file == NULL)
    return WB_TILE_EMPTY;
  if (facts->file->refused != 0)
    return WB_TILE_REFUSED;
  if (facts->gone)
    return WB_TILE_GONE;
  if (facts->placement->other != 0)
    return WB_TILE_AMBIGUOUS;
  if (facts->left_behind)
    return WB_TILE_LEFT_BEHIND;
  if (facts->file->small)
    return WB_TILE_SMALL;
  if (facts->same_as != NULL)
    return WB_TILE_SAME;
  if (facts->placement->how == WB_PLACED_CROPPED)
    return WB_TILE_CROPPED;
  if (facts->placement->how == WB_PLACED_BY_HAND)
    return WB_TILE_PLACED;
  return is_converted (&facts->file->info) ? WB_TILE_CONVERTED : WB_TILE_MATCHED;
}

static char *
dup_small (const WbPictureInfo *info)
{
  gboolean turned = info->orientation >= 5 && info->orientation <= 8;

  /* Translators: width and height of a picture in pixels */
  return g_strdup_printf (_("Only %'u × %'u"), turned ? info->height : info->width,
                          turned ? info->width : info->height);
}

static char *
dup_worked_out (WbTileState state, const WbTileFacts *facts)
{
  g_autofree char *name = NULL;

  if (state == WB_TILE_CONVERTED)
    return g_strdup (facts->file->info.orientation > 1 ? _("Turned upright") : _("CMYK made RGB"));
  if (state == WB_TILE_SMALL)
    return dup_small (&facts->file->info);
  if (state == WB_TILE_REFUSED)
    return wb_refusal_dup_short (facts->file);
  name = wb_format_text (facts->same_as);
  /* Translators: %s is the name of a person who has the same picture */
  return g_strdup_printf (_("Same as %s"), name);
}

char *
wb_tile_dup_words (const WbTileFacts *facts)
{
  WbTileState state = wb_tile_state (facts);

  return wb_tile_looks[state].words != NULL ? g_strdup (_(wb_tile_looks[state].words)) : dup_worked_out (state, facts);
}

char *
wb_tile_dup_spoken (const WbTileFacts *facts)
{
  WbTileState state = wb_tile_state (facts);

  return wb_tile_looks[state].spoken != NULL ? g_strdup (_(wb_tile_looks[state].spoken))
                                             : dup_worked_out (state, facts);
}

/* Refusals. Where a number helps, the sentence is made below and the table's is what remains. */
static const struct {
  const char *few;
  const char *full;
} refusals[] = {
  [WB_MEDIA_ERROR_NOT_A_FILE]
  = { N_("Not a file"), N_("This is not a file: a link to a folder, or a device. Pick the file itself.") },
  [WB_MEDIA_ERROR_UNREADABLE]
  = { N_("Cannot be read"), N_("The file cannot be read. It may have been moved, or you may not open it.") },
  [WB_MEDIA_ERROR_TOO_LARGE]
  = { N_("Larger than 64 MB"), N_("The file is larger than 64 MB. Save it smaller, or pick another.") },
  [WB_MEDIA_ERROR_NOT_A_PICTURE]
  = { N_("Not a picture"), N_("This is not a picture. The order takes JPEG and PNG. Pick another.") },
  [WB_MEDIA_ERROR_KIND]
  = { N_("Kind is not accepted"), N_("The order takes JPEG and PNG. Save it as PNG, or pick another.") },
  [WB_MEDIA_ERROR_TOO_MANY_PIXELS]
  = { N_("Too many pixels"), N_("The picture has too many pixels. Save it smaller, or pick another.") },
  [WB_MEDIA_ERROR_ANIMATED]
  = { N_("More than one frame"),
      N_("This picture moves: it has more than one frame. Save one of them as PNG, or pick another.") },
  [WB_MEDIA_ERROR_DAMAGED] = { N_("File is damaged"), N_("The file is damaged. Copy it again from where it came.") },
  [WB_MEDIA_ERROR_EMPTY] = { N_("File is empty"), N_("The file holds nothing. Copy it again from where it came.") },
  [WB_MEDIA_ERROR_CHANGED] = { N_("File was changing"), N_("The file changed while it was read. Add it again.") },
};

static guint
reason_of (const WbDraftFile *file)
{
  return file->refused >= 1 && file->refused <= (int) G_N_ELEMENTS (refusals) ? (guint) file->refused - 1
                                                                              : WB_MEDIA_ERROR_UNREADABLE;
}

char *
wb_refusal_dup_short (const WbDraftFile *file)
{
  guint reason = reason_of (file);

  if (reason == WB_MEDIA_ERROR_KIND && file->info.kind_name != NULL)
    /* Translators: %s is a kind of file, such as GIF */
    return g_strdup_printf (_("%s is not accepted"), file->info.kind_name);
  return g_strdup (_(refusals[reason].few));
}

static char *
dup_pixels (const WbPictureInfo *info)
{
  guint64 limit = info->kind == WB_PICTURE_PNG ? wb_picture_limits.png_pixels
                  : info->progressive          ? wb_picture_limits.progressive_pixels
                                               : wb_picture_limits.jpeg_pixels;
  guint millions = (guint) (limit / 1000000);

  if (info->kind == WB_PICTURE_PNG)
    /* Translators: width, height, and a limit in millions */
    return g_strdup_printf (_("%'u × %'u. A PNG may have %u million pixels. Save it smaller, or pick another."),
                            info->width, info->height, millions);
  if (info->progressive)
    return g_strdup_printf (
        _("%'u × %'u. A progressive JPEG may have %u million pixels. Save it smaller, or pick another."), info->width,
        info->height, millions);
  return g_strdup_printf (_("%'u × %'u. A JPEG may have %u million pixels. Save it smaller, or pick another."),
                          info->width, info->height, millions);
}

static char *
dup_damage (const WbPictureInfo *info)
{
  g_autofree char *whole = wb_format_size (info->needed_bytes), *present = wb_format_size (info->present_bytes);

  /* Translators: sizes, such as 61 kB and 240 kB */
  return g_strdup_printf (_("The file ends too early: %s of %s. Copy it again from where it came."), present, whole);
}

char *
wb_refusal_dup_full (const WbDraftFile *file)
{
  guint reason = reason_of (file);

  if (reason == WB_MEDIA_ERROR_KIND && file->info.kind_name != NULL)
    /* Translators: %s is a kind of file, such as GIF */
    return g_strdup_printf (_("This is a %s. The order takes JPEG and PNG. Save it as PNG, or pick another."),
                            file->info.kind_name);
  if (reason == WB_MEDIA_ERROR_TOO_MANY_PIXELS && file->info.width > 0)
    return dup_pixels (&file->info);
  if (reason == WB_MEDIA_ERROR_DAMAGED && file->info.needed_bytes > file->info.present_bytes)
    return dup_damage (&file->info);
  return g_strdup (_(refusals[reason].full));
}
