// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-picture.h"
#include "wb-store-types.h"

G_BEGIN_DECLS

/* What an order will be; saved within 300 ms of each change. */
typedef enum { WB_WAY_NEW_DOMAINS, WB_WAY_OWN_DOMAINS, WB_WAY_SUBSCRIPTION } WbWay;
typedef enum { WB_PAY_TWO_STEPS, WB_PAY_ONE_STEP, WB_PAY_DRAFT_ONLY } WbPayMode;

typedef struct {
  char *name;        /* lower case, punycode */
  guint years;
  char *forward_to;  /* "" = none */
  gboolean mask;
  gboolean keep_anyway; /* a workspace exists and the person said so */
  gint64 seen_cents; /* the price the person has seen, for "Price changed"; CMR_MONEY_UNKNOWN */
} WbDraftDomain;

typedef struct {
  char *domain, *user_name, *first_name, *last_name;
  char *picture_url; /* JSON orders only */
  gboolean warmup;
} WbDraftMailbox;

typedef enum {
  WB_PLACED_BY_NAME, WB_PLACED_BY_HAND, WB_PLACED_CROPPED,
} WbPlaced;

/* A file of the draft. It serves all mailboxes of a person, or one address alone. */
typedef struct {
  guint id;              /* within the draft, never used twice */
  char *file_name;       /* shown, never sent */
  char *blob;            /* sha256 of the original, "" when refused before it was copied */
  char *made;            /* sha256 of the 648×648 JPEG, "" while it is not made */
  guint64 made_bytes;
  WbPictureInfo info;    /* kind_name is static */
  int refused;           /* WbMediaError + 1; 0 = fine */
  WbCrop crop;
  gboolean small;
} WbDraftFile;

typedef struct {
  char *person;          /* key of the person, or "" */
  char *address;         /* one address alone, or "" */
  guint file;            /* WbDraftFile.id; the one in use */
  guint other;           /* second file that fits: ambiguous; 0 = none */
  WbPlaced how;
} WbPlacement;

/* Signals "changed" (guint WbDraftPart flags); properties "can-undo", "can-redo", "saved-at",
 * "save-error", "title". */
typedef enum {
  WB_DRAFT_CUSTOMER = 1 << 0, WB_DRAFT_DOMAINS = 1 << 1, WB_DRAFT_MAILBOXES = 1 << 2,
  WB_DRAFT_PICTURES = 1 << 3, WB_DRAFT_OPTIONS = 1 << 4, WB_DRAFT_ALL = 0x1f,
} WbDraftPart;
G_DECLARE_FINAL_TYPE (WbDraft, wb_draft, WB, DRAFT, GObject)

const char *wb_draft_get_id (WbDraft *self);
gint64 wb_draft_get_saved_at (WbDraft *self);
const GError *wb_draft_get_save_error (WbDraft *self); /* (nullable): why the last save failed; it is tried again */

/* Undo: every change between begin and end is one step with a code the app words ("move-picture" …). */
void wb_draft_begin (WbDraft *self, const char *code, const char *subject);
void wb_draft_end (WbDraft *self);
gboolean wb_draft_undo (WbDraft *self);
gboolean wb_draft_redo (WbDraft *self);
const char *wb_draft_get_undo_code (WbDraft *self, const char **subject);
const char *wb_draft_get_redo_code (WbDraft *self, const char **subject);

const char *wb_draft_get_customer_id (WbDraft *self);
const char *wb_draft_get_customer_name (WbDraft *self);
const char *wb_draft_get_customer_email (WbDraft *self);
void wb_draft_set_customer (WbDraft *self, const char *id, const char *name, const char *email);
WbWay wb_draft_get_way (WbDraft *self);

guint wb_draft_get_n_domains (WbDraft *self);
const WbDraftDomain *wb_draft_get_domain (WbDraft *self, guint i);
const WbDraftDomain *wb_draft_find_domain (WbDraft *self, const char *name);
/* Takes anything pasted: commas, lines, addresses, whole URLs. Returns how many were new; @twice (out) (nullable) counts repeats. */
guint wb_draft_add_domains (WbDraft *self, const char *text, guint *twice, guint *odd);
void wb_draft_remove_domain (WbDraft *self, const char *name); /* its mailboxes go along */
void wb_draft_set_domain (WbDraft *self, const WbDraftDomain *domain);
/* The price that the person has been shown first; no step of undo. Later ones are "Price changed" until
 * wb_draft_set_domain() says that they were seen too. */
void wb_draft_note_price (WbDraft *self, const char *name, gint64 cents);

guint wb_draft_get_n_mailboxes (WbDraft *self);
const WbDraftMailbox *wb_draft_get_mailbox (WbDraft *self, guint i);
void wb_draft_insert_mailboxes (WbDraft *self, guint at, const WbDraftMailbox *rows, guint n);
void wb_draft_remove_mailboxes (WbDraft *self, guint at, guint n);
typedef enum { WB_CELL_DOMAIN, WB_CELL_USER_NAME, WB_CELL_FIRST_NAME, WB_CELL_LAST_NAME, WB_N_CELLS } WbCell;
void wb_draft_set_cell (WbDraft *self, guint row, WbCell cell, const char *text); /* user names become lower case */
/* @picture_url: (nullable): keeps the present one. What a mailbox of a JSON order may carry beside its cells. */
void wb_draft_set_extra (WbDraft *self, guint row, const char *picture_url, gboolean warmup);
const char *wb_draft_get_cell (WbDraft *self, guint row, WbCell cell);
char *wb_draft_dup_address (WbDraft *self, guint row); /* user_name@domain, lower case */
char *wb_draft_dup_person (WbDraft *self, guint row);  /* folded "first last"; "" when nameless */

const char *wb_draft_get_provider (WbDraft *self);     /* "GOOGLE" or "MICROSOFT" */
void wb_draft_set_provider (WbDraft *self, const char *provider);
gboolean wb_draft_get_auto_renew (WbDraft *self);
void wb_draft_set_auto_renew (WbDraft *self, gboolean on);
WbPayMode wb_draft_get_pay_mode (WbDraft *self);
void wb_draft_set_pay_mode (WbDraft *self, WbPayMode mode);
/* What a new draft begins with: no change of it, so it is neither kept for this nor a step of undo. */
void wb_draft_preset_pay_mode (WbDraft *self, WbPayMode mode);
/* OAuth for export: "google-route", "google-client-id", "google-app-name", "microsoft-route". */
const char *wb_draft_get_oauth (WbDraft *self, const char *name);
void wb_draft_set_oauth (WbDraft *self, const char *name, const char *value);
gboolean wb_draft_get_may_use_pictures (WbDraft *self);
void wb_draft_set_may_use_pictures (WbDraft *self, gboolean yes);
gboolean wb_draft_get_second_time (WbDraft *self);     /* "Order it a second time" */
void wb_draft_set_second_time (WbDraft *self, gboolean yes);

/* Pictures. */
GPtrArray *wb_draft_get_files (WbDraft *self);                     /* of WbDraftFile, lent */
const WbDraftFile *wb_draft_get_file (WbDraft *self, guint id);
const WbPlacement *wb_draft_get_placement (WbDraft *self, guint row); /* what this mailbox gets, (nullable) */
GArray *wb_draft_dup_unplaced (WbDraft *self);                     /* of guint file ids */
void wb_draft_place (WbDraft *self, guint file, guint row, gboolean whole_person, WbPlaced how);
void wb_draft_unplace (WbDraft *self, guint row, gboolean whole_person);
void wb_draft_swap (WbDraft *self, guint row_a, guint row_b);      /* move, or swap when the target has one */
void wb_draft_choose (WbDraft *self, guint row, guint file);       /* settles an ambiguous one */
void wb_draft_set_crop (WbDraft *self, guint file, const WbCrop *crop);
void wb_draft_remove_file (WbDraft *self, guint file);
char **wb_draft_dup_guesses (WbDraft *self, guint file);           /* up to three addresses by distance */

/**
 * WbFilesResult:
 *
 * What became of a batch: counts for "18 placed, 3 to place, 1 refused" and what was passed over.
 */
typedef struct { guint placed, to_place, refused, beside, others, out_of_reach; gboolean truncated; gboolean no_picture; } WbFilesResult;

/**
 * wb_draft_add_files_async:
 * @roots: (array zero-terminated=1): paths of files and folders; drop, paste and the file button end here
 * @only_row: match only here (-1 = everywhere): a file dropped on a tile
 * @only_domain: (nullable): match only within this domain
 *
 * Walks folders, opens each file once, looks at its header in a worker, copies it to the blobs, finds its
 * person and makes the 648×648 JPEG when idle. One undo step.
 */
void wb_draft_add_files_async (WbDraft *self, const char *const *roots, int only_row, const char *only_domain,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean wb_draft_add_files_finish (WbDraft *self, GAsyncResult *result, WbFilesResult *out, GError **error);
void wb_draft_add_bytes_async (WbDraft *self, GBytes *picture, const char *name, int only_row,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
guint wb_draft_get_reading (WbDraft *self, guint *done); /* files of a batch under way, notified by "changed" */

/* The picture upright and scaled for the screen. */
void wb_draft_load_preview_async (WbDraft *self, guint file, guint side, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
GdkPixbuf *wb_draft_load_preview_finish (WbDraft *self, GAsyncResult *result, GError **error);
/* Makes the JPEGs that are still missing: finishes when every placed file is ready to be sent. */
void wb_draft_make_ready_async (WbDraft *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean wb_draft_make_ready_finish (WbDraft *self, GAsyncResult *result, GError **error);

/* Counts of the pictures step. */
typedef struct {
  guint mailboxes, ready, to_check, refused, without, unplaced;
  guint pictures;      /* different files that will be sent */
  guint64 upload_bytes;
} WbPictureCounts;
void wb_draft_count_pictures (WbDraft *self, WbPictureCounts *counts);

/* Problems: rail counts, F8, Review and tests read only this. */
typedef enum { WB_STEP_CUSTOMER, WB_STEP_DOMAINS, WB_STEP_MAILBOXES, WB_STEP_PICTURES, WB_STEP_OPTIONS, WB_STEP_REVIEW, WB_STEP_TRACKING, WB_N_STEPS } WbStep;
typedef enum { WB_SEVERITY_NOTE, WB_SEVERITY_WARNING, WB_SEVERITY_ERROR } WbSeverity;
typedef enum {
  WB_PROBLEM_NO_CUSTOMER, WB_PROBLEM_NO_DOMAINS, WB_PROBLEM_TAKEN, WB_PROBLEM_NOT_KNOWN, WB_PROBLEM_ASKING,
  WB_PROBLEM_WORKSPACE, WB_PROBLEM_PRICE_CHANGED, WB_PROBLEM_NO_MAILBOXES, WB_PROBLEM_TOO_MANY,
  WB_PROBLEM_EMPTY_DOMAIN,  /* a domain without mailboxes */
  WB_PROBLEM_CELL_EMPTY, WB_PROBLEM_SPACES, WB_PROBLEM_CHARACTERS, WB_PROBLEM_TOO_LONG, WB_PROBLEM_DOTS,
  WB_PROBLEM_TWICE, WB_PROBLEM_EXISTS, WB_PROBLEM_NO_LETTERS, WB_PROBLEM_UNKNOWN_DOMAIN,
  WB_PROBLEM_AMBIGUOUS, WB_PROBLEM_PICTURE_REFUSED, WB_PROBLEM_PICTURE_SMALL, WB_PROBLEM_SAME_PICTURE,
  WB_PROBLEM_NO_PICTURE, WB_PROBLEM_CANNOT_GO_ALONG, WB_PROBLEM_RIGHTS, WB_PROBLEM_OAUTH,
  WB_PROBLEM_FORWARD_TO,    /* not a web address */
  WB_PROBLEM_NO_FORWARDING, /* the chosen call does not carry it */
  WB_PROBLEM_NO_WARM_UP,    /* the chosen call does not carry it */
  WB_N_PROBLEMS,
} WbProblemCode;
typedef struct {
  WbStep step;
  int row;               /* of a domain or a mailbox, by step; -1 = the step as a whole */
  int field;             /* WbCell, or -1 */
  WbSeverity severity;
  WbProblemCode code;
  char *subject;         /* the name, address or thing it is about */
  char *fix;             /* (nullable): the text one button puts there */
  guint count;           /* how many rows it is about */
} WbProblem;
/* What stands in the way, of WbProblem, by step and row. Errors block Create; what only this program minds,
 * or what a person may want as it is, is a warning; a note stands on no rail. */
GPtrArray *wb_draft_dup_problems (WbDraft *self);
void wb_problem_free (WbProblem *problem);

/**
 * wb_draft_check_cell:
 * @row: the row it would stand in, -1 for a new one
 * @mailbox: what the row would be
 *
 * Returns: (transfer full) (nullable): the gravest that @cell would have, while it is typed
 */
WbProblem *wb_draft_check_cell (WbDraft *self, int row, const WbDraftMailbox *mailbox, WbCell cell);

/* Cost: the UI adds nothing up. Sums are cents, CMR_MONEY_UNKNOWN where no price is known. */
typedef enum { WB_COST_DOMAINS, WB_COST_MAILBOXES } WbCostKind;
typedef enum { WB_SOURCE_UNKNOWN, WB_SOURCE_ASKED, WB_SOURCE_SUBSCRIPTION, WB_SOURCE_HELP_CENTRE } WbCostSource;

/**
 * WbCostLine:
 * @count: how many domains or mailboxes
 * @years: of each domain; 0 for mailboxes
 * @unit_cents: one of them, for all of its years or its first month
 * @sum_cents: all of them
 * @asked_at: wall clock of the oldest answer, 0 where nobody was asked
 * @unknown: for how many the price is missing, or known for the first year only: then the sums are "at least"
 */
typedef struct {
  WbCostKind what;
  guint count, years;
  gint64 unit_cents, sum_cents;
  WbCostSource source;
  gint64 asked_at;
  guint unknown;
} WbCostLine;

typedef struct {
  GPtrArray *lines;         /* of WbCostLine */
  gint64 due_cents;         /* at least this much; never unknown */
  gboolean complete;        /* FALSE: "at least" */
  guint unknown;            /* names without a price */
  gint64 monthly_cents;     /* what the mailboxes take each month; 0 without mailboxes */
  gint64 yearly_cents;      /* renewing what runs out in a year; longer terms are not in it */
  guint renew_unknown;      /* names of those whose renewal has no price */
  gint64 oldest_answer;     /* wall clock; 0 = nothing was asked */
} WbCost;
WbCost *wb_draft_cost (WbDraft *self);
void wb_cost_free (WbCost *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCost, wb_cost_free)

/* SHA-256 of customer, way, sorted (domain, years), sorted lower-case addresses. */
char *wb_draft_dup_fingerprint (WbDraft *self);

/* All drafts of a profile. */
G_DECLARE_FINAL_TYPE (WbDrafts, wb_drafts, WB, DRAFTS, GObject)
WbDraft *wb_drafts_new_draft (WbDrafts *self);
void wb_drafts_load_async (WbDrafts *self, const char *id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
WbDraft *wb_drafts_load_finish (WbDrafts *self, GAsyncResult *result, GError **error);
void wb_drafts_delete (WbDrafts *self, const char *id);
WbDraft *wb_drafts_duplicate (WbDrafts *self, WbDraft *draft);
void wb_draft_flush_async (WbDraft *self, GAsyncReadyCallback callback, gpointer user_data); /* on disk when it finishes */
gboolean wb_draft_flush_finish (WbDraft *self, GAsyncResult *result, GError **error);

/**
 * wb_drafts_load_made_async:
 * @blob: sha256 of a picture that was made for an order, whose draft may be gone
 * @side: smallest side wanted, in pixels
 *
 * Errors: %WB_MEDIA_ERROR; %CMR_ERROR_STORAGE where the blob is not there.
 */
void wb_drafts_load_made_async (WbDrafts *self, const char *blob, guint side, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
/* Returns: (transfer full): the square in sRGB */
GdkPixbuf *wb_drafts_load_made_finish (WbDrafts *self, GAsyncResult *result, GError **error);

G_END_DECLS
