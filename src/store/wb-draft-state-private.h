// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

#include "wb-draft-private.h"
#include "wb-names.h"

G_BEGIN_DECLS

/* What a draft says, as lists of items that never change once they are in a list: a snapshot for undo or
 * for the journal's thread is a handful of references. All items are atomic reference-counted boxes. */

typedef enum { WB_OAUTH_GOOGLE_ROUTE, WB_OAUTH_CLIENT_ID, WB_OAUTH_APP_NAME, WB_OAUTH_MICROSOFT_ROUTE, WB_N_OAUTH } WbOauth;
extern const char *const wb_oauth_names[WB_N_OAUTH];

typedef struct {
  char *customer_id, *customer_name, *customer_email;
  char *provider;
  gboolean auto_renew;
  WbPayMode pay_mode;
  char *oauth[WB_N_OAUTH];
  gboolean may_use_pictures, second_time;
  gboolean route_gone; /* the Microsoft route was given in an earlier run, and is kept in memory only */
} WbDraftHead;

typedef struct {
  WbDraftMailbox pub; /* first: what callers see */
  char *address;
  char *person;
  guint issues; /* bit 1 << index of the rule table */
} WbDraftRow;

/* A file that the order has at this point of its history, and what a person did to it; undone with the
 * rest, unlike the file itself: without an entry it is not shown. */
typedef struct {
  guint file;
  gboolean cropped;
  WbCrop crop;
} WbFileEdit;

typedef struct {
  WbDraftFile pub; /* first; its crop follows the edits */
  char *folder;    /* name of the folder it came from, for matching */
  WbCrop made_crop;
  gboolean removed;
} WbFileItem;

typedef enum { WB_LIST_DOMAINS, WB_LIST_MAILBOXES, WB_LIST_PLACEMENTS, WB_LIST_EDITS, WB_N_LISTS } WbDraftList;

typedef struct {
  WbDraftHead *head;
  GPtrArray *lists[WB_N_LISTS];
} WbDraftState;

WbDraftHead *wb_draft_head_copy (const WbDraftHead *head); /* NULL makes a fresh one */
void wb_draft_head_unref (WbDraftHead *head);
WbDraftDomain *wb_draft_domain_item (const WbDraftDomain *domain);
WbDraftRow *wb_draft_row_item (const WbDraftMailbox *mailbox);
WbPlacement *wb_placement_item (const WbPlacement *placement);
WbFileEdit *wb_file_edit_item (const WbFileEdit *edit);
WbFileItem *wb_file_item (const WbFileItem *item);
GPtrArray *wb_draft_list_new (WbDraftList kind);
GPtrArray *wb_file_list_new (void);
GPtrArray *wb_item_list_copy (GPtrArray *list, GDestroyNotify free_item);
GDestroyNotify wb_draft_list_free_func (WbDraftList kind);
extern const GDestroyNotify wb_file_item_free;

void wb_draft_state_init (WbDraftState *state);
void wb_draft_state_copy (WbDraftState *to, const WbDraftState *from); /* shares everything */
void wb_draft_state_clear (WbDraftState *state);

/* wb-draft-json.c: the versioned body, and one JSON text a file. */
char *wb_draft_state_to_json (const WbDraftState *state, guint next_file);
gboolean wb_draft_state_from_json (WbDraftState *state, guint *next_file, const char *text, GError **error);
char *wb_file_item_to_json (const WbFileItem *item);
WbFileItem *wb_file_item_from_json (guint id, const char *text, const char *blob, const char *made, GError **error);

/* wb-draft-rules.c: the checks of one row, a table. */
typedef struct {
  WbProblemCode code;
  WbCell cell;
  WbSeverity severity;
} WbCellRule;
guint wb_cell_rules (const WbCellRule **rules);
guint wb_cell_issues (const WbDraftMailbox *mailbox);
const char *wb_mailbox_cell (const WbDraftMailbox *mailbox, WbCell cell);
/* (nullable): what one button puts there instead. */
char *wb_cell_fix (WbProblemCode code, WbCell cell, const char *text);

/* wb-draft-carries.c: what the call that this order becomes can carry beside domains and mailboxes. */
typedef struct {
  gboolean files;    /* pictures as files */
  gboolean urls;     /* pictures by public address */
  gboolean warm_up;
  gboolean forward, mask;
} WbCarries;
/* @form: whether anything in it needs a form: pictures as files, or masked forwarding. */
const WbCarries *wb_carries_of (WbWay way, const char *provider, gboolean form);
const WbCarries *wb_draft_carries (WbDraft *self);

/* The draft's own struct, shared by its files. */
typedef struct {
  GHashTable *addresses;  /* address → first row + 1 */
  GHashTable *people;     /* person → first row + 1 */
  GHashTable *domains;    /* name → WbDraftDomain */
  GHashTable *by_person;  /* person → WbPlacement */
  GHashTable *by_address; /* address → WbPlacement */
  GHashTable *used;       /* ids of files that some row gets or could get */
} WbDraftIndex;

typedef struct {
  char *code, *subject;
  WbDraftState state;
} WbDraftStep;

typedef struct _WbDraftNames WbDraftNames; /* wb-draft-match.c */

struct _WbDraft {
  GObject parent_instance;

  WbDrafts *drafts; /* weak; NULL once the profile has closed */
  char *id;
  gint64 created, saved_at;

  WbDraftState state;
  guint shared; /* lists that a snapshot holds too: bits 1 << WbDraftList */
  GPtrArray *files; /* of WbFileItem by id; only grows */
  gboolean files_shared;
  GPtrArray *saved_files; /* as the journal has them; NULL = not certain */
  guint next_file;
  GPtrArray *visible; /* cache of wb_draft_get_files() */
  WbDraftIndex *index;
  WbDraftNames *names; /* cache of the rows, folded for matching */

  GPtrArray *undo, *redo; /* of WbDraftStep */
  WbDraftStep *open;      /* between begin and end */
  guint depth;
  guint touched; /* WbDraftPart of the open step */
  guint noted;   /* what workers brought meanwhile */
  gboolean can_undo, can_redo;

  gboolean dirty, deleted, stored;
  gboolean saving, again; /* a save is under way; what came since must follow it */
  guint save_id;
  GError *save_error;
  GPtrArray *flushing; /* tasks that wait for the next save */

  GCancellable *cancellable;
  guint reading, read;
  GHashTable *making;      /* ids of files whose JPEG is being made */
  GHashTable *make_failed; /* ids of those that could not be written; tried again when somebody waits */
  GError *make_error;      /* the first since somebody waits */
  GPtrArray *waiting;      /* tasks of make_ready */
  guint make_id;
};

/* Opens a list for writing inside a step; @part is what listeners are told. */
GPtrArray *wb_draft_edit (WbDraft *self, WbDraftList list, WbDraftPart part);
WbDraftHead *wb_draft_edit_head (WbDraft *self, WbDraftPart part);
GPtrArray *wb_draft_edit_files (WbDraft *self);
/* A change that is no step of undo (a worker's result). */
void wb_draft_note (WbDraft *self, WbDraftPart part);
void wb_draft_note_progress (WbDraft *self);
/* The same without anything to be saved. */
void wb_draft_tell (WbDraft *self, guint parts);
void wb_draft_note_saved (WbDraft *self, gint64 time);
void wb_draft_note_save_error (WbDraft *self, const GError *error); /* (nullable) */
WbDraftIndex *wb_draft_index (WbDraft *self);
void wb_draft_index_drop (WbDraft *self);
void wb_draft_names_drop (WbDraft *self);
void wb_draft_sync_files (WbDraft *self); /* crops and removals of the state onto the files */
void wb_draft_rehome (WbDraft *self, const WbDraftState *before);
WbFileItem *wb_draft_find_file (WbDraft *self, guint id);
void wb_draft_replace_file (WbDraft *self, WbFileItem *item); /* (transfer full) */
void wb_draft_touch (WbDraft *self); /* to be saved */
void wb_draft_save_now (WbDraft *self);
void wb_draft_answer_flush (WbDraft *self, const GError *error);
void wb_draft_stop (WbDraft *self);
void wb_draft_make_soon (WbDraft *self);
void wb_draft_make_stop (WbDraft *self);
/* A worker's: the copy of a picture, looked at anew; -1 with %WB_MEDIA_ERROR. */
int wb_draft_open_checked (WbBlobs *blobs, const char *blob, const WbPictureInfo *expected, GError **error);
void wb_draft_match_new (WbDraft *self, GPtrArray *items, int only_row, const char *only_domain, WbFilesResult *result);

/* WbDrafts: what its drafts need of the profile; NULL where it is gone. */
WbProfile *wb_drafts_get_profile (WbDrafts *self);
WbPicturePool *wb_drafts_get_pool (WbDrafts *self);
GHashTable *wb_drafts_get_addresses (WbDrafts *self, const char *customer_id); /* (nullable): not read yet */
gint64 wb_drafts_get_mailbox_cents (WbDrafts *self, const char *customer_id, WbCostSource *source);
void wb_drafts_forget (WbDrafts *self, WbDraft *draft);
void wb_drafts_watch_customer (WbDrafts *self, const char *customer_id);
WbDraft *wb_draft_new (WbDrafts *drafts, const char *id);

G_END_DECLS
