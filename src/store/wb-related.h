// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-sync.h"

G_BEGIN_DECLS

/* What a customer, domain, mailbox or subscription has to do with: customer, domains, mailboxes, subscriptions, orders
 * and the operations on it, as mirror and journal know them. */
typedef struct {
  WbCollection collection;
  char *id;      /* "": @n rows, none of them told apart */
  char *title;   /* a name; of an operation its endpoint; without an id that of the domain or customer whose they are */
  char *state;   /* word of the collection's family */
  gint64 n;      /* how many mailboxes it has, or rows there are; -1: not known */
  gint64 time;   /* of an operation; else 0 */
  guint pictures;
} WbRelated;

void wb_related_free (WbRelated *self);

/**
 * wb_related_async:
 * @id: of a row of @collection
 *
 * Reads in the reader's thread. At most #WB_RELATED_MOST of a kind; of mailboxes only their number.
 */
#define WB_RELATED_MOST 8
void wb_related_async (WbProfile *profile, WbCollection collection, const char *id, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *wb_related_finish (WbProfile *profile, GAsyncResult *result, GError **error); /* of WbRelated */

G_END_DECLS
