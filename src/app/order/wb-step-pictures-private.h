// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-chip-bar.h"
#include "wb-order-step.h"
#include "wb-picture-groups.h"
#include "wb-picture-inspector.h"
#include "wb-place-page.h"
#include "wb-unplaced-list.h"
#include "wb-width-bin.h"

G_BEGIN_DECLS

/* Step 4, in files by subject: the page (wb-step-pictures.c), its widgets (wb-pictures-build.c), what comes in
 * (wb-pictures-add.c), what is done to tiles (wb-pictures-acts.c), drags (wb-pictures-drop.c). */
struct _WbStepPictures {
  WbOrderStep parent_instance;

  gboolean built;
  WbPreviewCache *previews;
  WbPictureGroups *groups;
  WbPictureInspector *inspector;
  WbUnplacedList *unplaced;
  WbPlacePage *place;
  GtkWidget *side;        /* held: the window takes it in and out */
  GtkWidget *side_line;
  gboolean side_offered;
  gboolean grouping_chosen, show_tiles;
  guint stale;            /* WbDraftPart: changed while another step showed */
  WbWidthBin *bin;        /* lent: whose width class the layout follows, while mapped */
  gulong bin_id;
  int size;               /* of the tiles: 0 to 2 */
  GtkEventController *keys; /* on us while mapped */

  WbChipBar *chips;
  GtkWidget *overlay, *stack, *said, *chip_row;
  GtkWidget *words[3];    /* labels of the tools that are icons when narrow */
  GtkWidget *undo, *redo, *late, *late_below;
  GtkWidget *away, *away_label;         /* files cannot go along */
  GtkWidget *banner, *banner_label;     /* pictures not placed yet, while the pane is away */
  GtkWidget *empty_title, *empty_text, *empty_names, *empty_go;

  /* What comes in */
  GCancellable *cancellable; /* of all batches under way */
  GtkWidget *reading, *reading_label;
  AdwToast *toast;           /* with Undo for the newest step; goes with it */
  char *toast_code;

  /* Drags */
  GtkEventController *drop;
  GtkWidget *root;           /* lent: what the drop target is on, while mapped */
  GtkWidget *frame, *strip, *strip_icon, *strip_label;
  GdkDrop *over;             /* held, while something is over the window */
  GCancellable *over_cancellable;
  int over_files;            /* -1: not known */
  gboolean over_image;
  int over_row;              /* of what is dragged within: -1: not placed yet; -2: not of this draft */
  WbPictureTile *target;     /* lent, while it is lit */
  guint scroll_id;
  double scroll_by;
};

G_DECLARE_FINAL_TYPE (WbStepPictures, wb_step_pictures, WB, PICTURES_STEP, WbOrderStep)

/* wb-step-pictures.c */
WbDraft *wb_pictures_draft (WbStepPictures *self);
GtkWindow *wb_pictures_window (WbStepPictures *self);
gboolean wb_pictures_is_narrow (WbStepPictures *self);
void wb_pictures_update (WbStepPictures *self, WbDraftPart parts);
void wb_pictures_show_page (WbStepPictures *self);
void wb_pictures_show_side (WbStepPictures *self, gboolean show);
void wb_pictures_begin_placing (WbStepPictures *self);
/* What a screen reader says of it; a toast with one button (nullable) that calls back. */
void wb_pictures_say (WbStepPictures *self, const char *text);
AdwToast *wb_pictures_toast (WbStepPictures *self, const char *text, const char *button, GCallback callback);

/* wb-pictures-counts.c: chips, foot and the line of the rail */
void wb_pictures_update_chips (WbStepPictures *self);
void wb_pictures_fill_foot (WbOrderStep *step, GtkBox *foot);
char *wb_pictures_dup_fact (WbOrderStep *step);

/* wb-pictures-empty.c: the page of a first visit */
GtkWidget *wb_pictures_make_empty (WbStepPictures *self);
void wb_pictures_update_empty (WbStepPictures *self);
void wb_pictures_lay_out_empty (WbStepPictures *self, gboolean narrow);

/* wb-pictures-build.c */
void wb_pictures_build (WbStepPictures *self);
void wb_pictures_lay_out (WbStepPictures *self);

/* wb-pictures-add.c */
void wb_pictures_choose_files (WbStepPictures *self, gboolean folder, int only_row);
void wb_pictures_paste (WbStepPictures *self);
void wb_pictures_add_paths (WbStepPictures *self, const char *const *paths, int only_row, const char *only_domain);
void wb_pictures_add_image (WbStepPictures *self, GBytes *bytes, const char *mime, int only_row);
/* Of a list of files: the paths; @remote (out) counts those that are not on this computer. */
char **wb_pictures_dup_paths (GSList *files, guint *remote);
/* Reads a picture from a stream, up to the limit of a file; finish gives (transfer full) the bytes. */
void wb_pictures_read_image_async (GInputStream *stream, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GBytes *wb_pictures_read_image_finish (GAsyncResult *result, GError **error);
extern const char *wb_pictures_mimes[]; /* images that are taken, best first; NULL at the end */
void wb_pictures_say_remote (WbStepPictures *self);
/* Offers a chooser in the drop's place: of @files that were dropped, it was most likely a folder. */
void wb_pictures_say_unreadable (WbStepPictures *self, gboolean files);
void wb_pictures_stop_reading (WbStepPictures *self);
void wb_pictures_update_reading (WbStepPictures *self);

/* wb-pictures-acts.c: what is done to the tiles that are selected, or to one */
WbPictureItem *wb_pictures_single (WbStepPictures *self); /* (nullable): the one that is selected, lent */
void wb_pictures_give (WbStepPictures *self, guint file, guint row); /* placed by hand, for the whole person */
void wb_pictures_move (WbStepPictures *self, guint from, guint to, gboolean copy);
void wb_pictures_take_off (WbStepPictures *self, guint row);
void wb_pictures_remove_file (WbStepPictures *self, guint file);
void wb_pictures_choose_person (WbStepPictures *self, guint file);
void wb_pictures_open_popover (WbStepPictures *self, GtkWidget *popover, WbPictureTile *tile);
void wb_pictures_choose_between (WbStepPictures *self);
void wb_pictures_choose_file (WbStepPictures *self);
void wb_pictures_crop (WbStepPictures *self);
void wb_pictures_cut (WbStepPictures *self);
void wb_pictures_give_same (WbStepPictures *self);
void wb_pictures_give_to (WbStepPictures *self);
void wb_pictures_keep_only_here (WbStepPictures *self);
void wb_pictures_remove_selected (WbStepPictures *self);
void wb_pictures_reset_selected (WbStepPictures *self);
void wb_pictures_rotate (WbStepPictures *self);
void wb_pictures_take_off_selected (WbStepPictures *self);

/* wb-pictures-menu.c: the one table of these, for menus, keys and buttons */
void wb_pictures_act (WbStepPictures *self, const char *act);
void wb_pictures_activate (WbStepPictures *self, WbPictureTile *tile);
void wb_pictures_open_menu (WbStepPictures *self, WbPictureTile *tile);
gboolean wb_pictures_key (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, WbStepPictures *self);
gboolean wb_pictures_paste_taken (WbStepPictures *self); /* the picture that was cut, to the tile with the cursor */

/* wb-pictures-drop.c: what is over the window */
typedef struct {
  WbPictureTile *tile; /* (nullable) */
  const char *domain;  /* (nullable) */
  gboolean unplaced;
} WbPictureSpot;
void wb_pictures_take_drops (WbStepPictures *self);
void wb_pictures_leave_drops (WbStepPictures *self);
gboolean wb_pictures_is_inside (GdkDrop *drop);
gboolean wb_pictures_has_files (GdkDrop *drop);
gboolean wb_pictures_has_image (GdkDrop *drop);

/* wb-pictures-land.c: what was dropped, and what is taken up */
void wb_pictures_land (WbStepPictures *self, GdkDrop *drop, const WbPictureSpot *spot);
void wb_pictures_add_drags (WbStepPictures *self);

G_END_DECLS
