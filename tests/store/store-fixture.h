// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-draft.h"
#include "wb-profile.h"
#include "wb-sandbox.h"
#include "wb-test.h"

G_BEGIN_DECLS

/* A profile of its own on an embedded server of its own, in a folder that goes with it. */
typedef struct {
  char *dir;
  WbSandbox *sandbox; /* NULL: another server is talked to */
  WbProfile *profile;
  char *customer; /* the id of the first customer */
  char *key;
  gboolean beside; /* folder and server are another's */
  gboolean parts_are_held; /* the test keeps one of them beyond the profile */
} Store;

/* @options: (nullable): one customer, no rate limit, no pace, asynchronous work at once */
Store *store_new (const WbSandboxOptions *options);
/* A profile at @base_url, whoever answers there; nothing is asked yet, but for a customer when @customer is %NULL. */
Store *store_new_at (const char *base_url, const char *key, const char *customer);
/* A second profile with the same key, in the same folder and on the same server; freed before @first. */
Store *store_new_beside (Store *first);
/* Closes the profile, checks that nothing of it is left, stops the server, removes the folder. */
void store_free (Store *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Store, store_free)

/* Closes and opens the profile again: what is left is what was on disk. */
void store_reopen (Store *store);

/* The same in two steps; returns the profile's id. */
char *store_close (Store *store);
void store_open (Store *store, const char *id);

CmrClient *store_client (Store *store);
/* The next @times requests of @operation suffer this; 0 = for ever. */
void store_fault (Store *store, const char *operation, WbFaultKind kind, int value, guint times);
/* Until @n requests of @operation have come in, in all. */
void store_wait_requests (Store *store, const char *operation, guint n);
/* A draft for the customer with @domains and, on each, @mailboxes "user:First Last" joined by commas. */
WbDraft *store_draft (Store *store, const char *domains, const char *mailboxes);
/* The same into one that is there. */
void store_fill_draft (Store *store, WbDraft *draft, const char *domains, const char *mailboxes);
void store_remove_tree (const char *path);
void store_run_job (Store *store, gboolean journal, const char *sql);

G_END_DECLS
