// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-journal-private.h"
#include "wb-list-private.h"
#include "wb-profile.h"
#include "wb-saved-views.h"

G_BEGIN_DECLS

/* profile.ini */
WbProfileInfo *wb_profile_info_copy (const WbProfileInfo *info);
char *wb_profile_folder (const char *data_dir, const char *id);

/* A client of the profile's address and paths, without a key. */
CmrClient *wb_profile_new_client (const WbProfileInfo *info, GError **error);

/* What a worker opened; taken over by the profile object. */
typedef struct {
  WbProfileInfo *info;
  char *data_dir;
  char *folder;
  char *cache_folder;
  int lock_fd; /* -1: somebody else has it */
  char *lock_owner;
  gboolean disk_read_only;
  char *journal_aside; /* a damaged journal was moved here */
  WbDatabase *journal;
  WbDatabase *mirror;
  WbDatabase *reader;
  WbDatabase *lists;  /* the same for what takes long: all rows of a list, in order */
  WbListPager *pager;
  GHashTable *facts;
  GPtrArray *views; /* of WbSavedView; taken over by the object of them */
  gint64 wallet_cents, wallet_time, spent_today;
  char *spent_on; /* (nullable): customers of what was spent today */
} WbOpened;

WbOpened *wb_opened_run (const char *data_dir, const char *cache_dir, const char *id, GError **error);
void wb_opened_free (WbOpened *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbOpened, wb_opened_free)

/* Of the files wb-profile*.c alone. */
struct _WbProfile {
  GObject parent_instance;

  WbOpened *opened;
  char *run_id;
  CmrClient *client;
  WbBlobs *blobs;
  WbOutbox *outbox;
  WbOrders *orders;
  WbDrafts *drafts;
  WbNameBook *names;
  WbSavedViews *views;
  WbSync *sync;
  GCancellable *cancellable;
  WbKeyState key_state;
  gboolean unlocked; /* though it is read-only */
  gboolean locked;   /* though it is not */
  int disk_troubles; /* how much could not be written so far */
  guint relock_id; /* set while unlocked for an hour */
  guint shrink_id; /* until the mirror is looked at again */
};

/* flock on FOLDER/lock; @fd is -1 and @owner says who when somebody else has it. */
gboolean wb_profile_lock_take (const char *folder, int *fd, char **owner, GError **error);

WbListPager *wb_profile_get_pager (WbProfile *self); /* NULL once it closes */
const char *wb_profile_get_data_dir (WbProfile *self);
GCancellable *wb_profile_get_cancellable (WbProfile *self); /* cancelled when it closes */
void wb_profile_start_upkeep (WbProfile *self);
void wb_profile_note_key (WbProfile *self, WbKeyState state);
gint64 wb_profile_read_spent (sqlite3 *db, char **on, GError **error);
gint64 wb_profile_size_of_folder (const char *path); /* bytes; blocks */
gpointer wb_profile_loss_job (sqlite3 *db, gpointer data, GError **error); /* WbProfileLoss, on the journal */

G_END_DECLS
