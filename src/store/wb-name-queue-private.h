// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-names-private.h"
#include "wb-profile.h"

G_BEGIN_DECLS

/* Where a name is on its way: two questions, one after the other. */
typedef enum { WB_STAGE_IDLE, WB_STAGE_NAME, WB_STAGE_WORKSPACE, WB_N_STAGES } WbNameStage;

typedef struct {
  char *domain, *provider, *customer_id;
  WbNameAnswer answer;
  WbNameAnswer name; /* the first question's answer alone; holds for every provider */
  WbNameStage stage;
  gboolean under_way; /* else it waits for its turn */
  gboolean alone;     /* the list form had no row for it */
  guint patience_id;
} WbNameEntry;

struct _WbNameBook {
  GObject parent_instance;

  WbProfile *profile; /* owns us; NULL once stopped */
  GCancellable *cancellable;
  GHashTable *entries; /* "PROVIDER domain" → WbNameEntry, never removed */
  GQueue waiting[WB_N_STAGES]; /* of WbNameEntry, lent */
  guint running[WB_N_STAGES];
  GHashTable *seen; /* set of domains on the screen */
  gboolean by_suggestion; /* check_domain_available is not on this path */
};

/* wb-name-queue.c: the questions on their way. */

/* Sends what may go now. */
void wb_name_book_pump (WbNameBook *self);
/* Puts a name behind those that wait for a question. */
void wb_name_book_enqueue (WbNameBook *self, WbNameEntry *entry, WbNameStage stage);
/* The first question's answer; goes on to the second, or ends. */
void wb_name_book_take_name (WbNameBook *self, WbNameEntry *entry, const WbNameAnswer *name);
void wb_name_book_settle (WbNameBook *self, WbNameEntry *entry, WbNameState state);
/* Tells a change of state. */
void wb_name_book_set_state (WbNameBook *self, WbNameEntry *entry, WbNameState state);
void wb_name_book_start_patience (WbNameBook *self, WbNameEntry *entry);
void wb_name_book_tell (WbNameBook *self, const WbNameEntry *entry);

G_END_DECLS
