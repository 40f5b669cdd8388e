// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-tile-state.h"

G_BEGIN_DECLS

typedef enum { WB_GROUP_BY_PERSON, WB_GROUP_BY_DOMAIN } WbPictureGrouping;

/* What one tile stands for: a person with all mailboxes, or one mailbox. */
typedef struct {
  char *key;     /* told apart and kept by this, whatever rows come or go */
  char *person;  /* folded name, or the address of who has none: two tiles of one person share it */
  char *title;   /* the name, or what there is instead */
  char *user;    /* second line: user name, or "40 mailboxes" */
  char *address; /* for the accessible name: address, or "40 mailboxes" */
  char *domain;  /* its group when grouped by domain, else "" */
  GArray *rows;  /* of guint */
  guint row;     /* the mailbox that stands for the others */

  /* Worked out by wb_picture_items_update(). */
  WbTileState state;
  guint file, other;
  char *words, *name; /* state line, accessible name */
} WbPictureItem;

/* What the page knows and the draft does not. */
typedef struct {
  GHashTable *working; /* set of keys, (nullable) */
  gboolean (*is_gone) (guint file, gpointer user_data);
  gpointer user_data;
} WbPictureContext;

/* Whether some person has several mailboxes: then tiles are by person unless one says otherwise. */
gboolean wb_picture_people_repeat (WbDraft *draft);
/* Files can be sent with this way and provider. */
gboolean wb_picture_files_go_along (WbDraft *draft);

GPtrArray *wb_picture_items_new (WbDraft *draft, WbPictureGrouping grouping); /* of WbPictureItem, in order of groups */
void wb_picture_items_update (GPtrArray *items, WbDraft *draft, const WbPictureContext *context);
/* The same tiles in the same order: then widgets stay. */
gboolean wb_picture_items_same (GPtrArray *a, GPtrArray *b);
/* (nullable): lent */
WbPictureItem *wb_picture_items_find_row (GPtrArray *items, guint row);

G_END_DECLS
