// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-store-types.h"

G_BEGIN_DECLS

/* Pure text work of the wizard; tested without a store. */

/* Case and accents folded, '_' '-' '.' and blank equal: "Tomás_Herrera" → "tomas herrera". */
char *wb_name_fold (const char *text);
/* The same for user names: "Tomás" → "tomas"; what has no Latin form is left out. */
char *wb_name_ascii (const char *text);
/* {first} {last} {f} {l} {n} and separators; @number fills {n} (0 = empty). */
char *wb_name_pattern (const char *pattern, const char *first, const char *last, guint number);
gboolean wb_name_split (const char *line, char **first, char **last); /* "Amara Okafor", "Okafor, Amara", tabs */
/* Splits anything pasted into domain names: addresses, whole URLs, commas; punycode, lower case, each once. */
char **wb_name_domains (const char *text, guint *odd);
char *wb_name_unicode (const char *domain, gboolean *mixed_scripts); /* for showing; punycode first where scripts mix */

/* Matching a file name to people (ui.md, Pictures: Matching). */
typedef struct { const char *address; const char *first; const char *last; } WbMatchTarget;
typedef enum {
  WB_MATCH_NONE, WB_MATCH_ADDRESS, WB_MATCH_DOMAIN_USER, WB_MATCH_USER, WB_MATCH_NAME, WB_MATCH_INITIAL_LAST,
} WbMatchKind;
WbMatchKind wb_match_file (const char *file_name, const char *folder_name, const WbMatchTarget *targets, guint n_targets,
                           GArray *hits); /* of guint: all targets that fit by the first rule that fits */
void wb_match_guess (const char *file_name, const WbMatchTarget *targets, guint n_targets, GArray *hits); /* up to 3 by distance */

/**
 * WbNameState:
 * @WB_NAME_ASKING: in the queue or under way; an older price stays known meanwhile
 * @WB_NAME_AVAILABLE: can be registered, and no workspace stands in the way
 * @WB_NAME_WORKSPACE: can be registered, but its mailboxes would fail at this provider
 * @WB_NAME_NOT_KNOWN: no clear answer yet, or none within 15 s: never to be shown as available
 */
typedef enum {
  WB_NAME_NOT_ASKED, WB_NAME_ASKING, WB_NAME_AVAILABLE, WB_NAME_TAKEN, WB_NAME_WORKSPACE, WB_NAME_NOT_KNOWN,
} WbNameState;

/* Sums are cents for one year, CMR_MONEY_UNKNOWN where none was stated; @asked_at is wall clock, 0 before
 * the first answer. */
typedef struct { WbNameState state; gint64 cents; gint64 renew_cents; gint64 asked_at; } WbNameAnswer;
typedef struct { char *name; gint64 cents; } WbIdea;

/* What was asked about domain names, in memory, with its age. Signal "changed" (const char *domain). Outlives
 * its profile: it then keeps what it knows and asks nothing more. */
G_DECLARE_FINAL_TYPE (WbNameBook, wb_name_book, WB, NAME_BOOK, GObject)
/* How old an answer may be before wb_name_book_ask() asks again by itself, microseconds. */
#define WB_NAME_FRESH (G_GINT64_CONSTANT (10) * 60 * G_USEC_PER_SEC)

/**
 * wb_name_book_get:
 * @provider: "GOOGLE" or "MICROSOFT": a workspace stands in the way at its own provider only
 *
 * Returns: (nullable): lent until the main loop runs again; %NULL when nobody asked
 */
const WbNameAnswer *wb_name_book_get (WbNameBook *self, const char *domain, const char *provider);

/**
 * wb_name_book_ask:
 * @customer_id: whose order it is; without one the service cannot be asked, and nothing happens
 * @again: asks even where a fresh answer is there
 *
 * Asks for availability and then for a workspace. A name that is being asked for is not asked for twice.
 */
void wb_name_book_ask (WbNameBook *self, const char *customer_id, const char *domain, const char *provider, gboolean again);
/* @domains: (array zero-terminated=1) (nullable): what is on the screen and therefore goes first. */
void wb_name_book_look_at (WbNameBook *self, const char *const *domains);
/**
 * wb_name_book_suggest_async:
 * @keyword: a word or a name
 * @endings: (array zero-terminated=1) (nullable): with or without the dot; %NULL leaves them to the service
 *
 * One request each time: callers wait until the typing stops.
 */
void wb_name_book_suggest_async (WbNameBook *self, const char *customer_id, const char *keyword, const char *const *endings,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *wb_name_book_suggest_finish (WbNameBook *self, GAsyncResult *result, GError **error); /* of WbIdea */

G_END_DECLS
