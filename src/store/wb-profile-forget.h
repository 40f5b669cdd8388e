// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-profile.h"

G_BEGIN_DECLS

/* Forgetting a profile: everything of it leaves this computer, and nothing changes at the service. */

/* What is paid, or may be, and has not ended: nothing else here proves it. */
typedef struct {
  char *customer;
  char *order_id;  /* the service's, "" before it is known */
  gint64 cents;    /* what was taken, or about what is; CMR_MONEY_UNKNOWN */
  gint64 since;
} WbProfileStake;

/* What goes with a profile. */
typedef struct {
  guint n_orders, n_drafts, n_requests, n_views;
  gint64 picture_bytes;
  guint n_waiting;   /* changes that may still be sent: none is forgotten before it has left or was cancelled */
  GPtrArray *stakes; /* of WbProfileStake, the oldest first */
} WbProfileLoss;

void wb_profile_loss_free (WbProfileLoss *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbProfileLoss, wb_profile_loss_free)

/**
 * wb_profile_loss_async:
 *
 * Asks what forgetting the profile would lose.
 */
void wb_profile_loss_async (WbProfile *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* Returns: (transfer full) (nullable) */
WbProfileLoss *wb_profile_loss_finish (WbProfile *self, GAsyncResult *result, GError **error);

/* What is left is tried again at each start. */
typedef enum {
  WB_FORGOT_ALL,
  WB_FORGOT_BUT_KEY, /* the keyring is locked, or there is none */
  WB_FORGOT_IN_PART, /* files could not be removed */
} WbForgot;

/**
 * wb_profile_forget_async:
 * @id: of a profile that this process has closed
 * @stakes: how many orders under way a person has let go of
 *
 * Under the profile's lock it is looked at once more, then marked by one renaming of its folder, which is what makes it
 * forgotten: what a kill leaves behind is removed by wb_profile_finish_forgetting_async() at the next start.
 *
 * Errors: %CMR_ERROR_CONFLICT (another process has it open, something waits to be sent, or there are more orders under
 * way than @stakes), %CMR_ERROR_STORAGE. Nothing of it was changed then.
 */
void wb_profile_forget_async (const char *data_dir, const char *cache_dir, const char *id, guint stakes,
                              GAsyncReadyCallback callback, gpointer user_data);
gboolean wb_profile_forget_finish (GAsyncResult *result, WbForgot *forgot, GError **error);

/**
 * wb_profile_finish_forgetting_async:
 *
 * Removes what is left of profiles that were to be forgotten. Nobody is asked for the password of a keyring.
 */
void wb_profile_finish_forgetting_async (const char *data_dir, const char *cache_dir, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data);
/* Returns: how many of them are gone now */
guint wb_profile_finish_forgetting_finish (GAsyncResult *result);

G_END_DECLS
