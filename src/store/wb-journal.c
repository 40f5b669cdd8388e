// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-journal-private.h"

/* Times are microseconds since 1970 UTC, sums are cents (NULL = not known). */
static const char *const migrations[] = {
  "CREATE TABLE operations ("
  " id TEXT PRIMARY KEY, run TEXT NOT NULL, grp TEXT, op TEXT NOT NULL, state TEXT NOT NULL,"
  " reason INTEGER NOT NULL DEFAULT 0, paid INTEGER NOT NULL, destructive INTEGER NOT NULL,"
  " customer_id TEXT NOT NULL DEFAULT '', customer TEXT NOT NULL DEFAULT '', target TEXT NOT NULL DEFAULT '',"
  " order_uuid TEXT NOT NULL DEFAULT '', made_id TEXT NOT NULL DEFAULT '', again_of TEXT NOT NULL DEFAULT '',"
  " cents INTEGER, fingerprint TEXT NOT NULL DEFAULT '', query TEXT NOT NULL DEFAULT '', body BLOB,"
  " pictures INTEGER NOT NULL DEFAULT 0, mailboxes INTEGER NOT NULL DEFAULT 0, status INTEGER NOT NULL DEFAULT 0,"
  " service_text TEXT NOT NULL DEFAULT '', detail TEXT NOT NULL DEFAULT '', created INTEGER NOT NULL,"
  " sent_at INTEGER, updated INTEGER NOT NULL, host TEXT NOT NULL DEFAULT '');"
  /* One open paid or destructive operation per endpoint and target: a second Pay cannot be written. */
  "CREATE UNIQUE INDEX one_open ON operations (op, target)"
  " WHERE (paid OR destructive) AND state IN ('queued', 'sending', 'accepted', 'unknown');"
  "CREATE INDEX operations_state ON operations (state, created);"
  "CREATE INDEX operations_order ON operations (order_uuid);"
  "CREATE INDEX operations_time ON operations (created);"
  /* The frozen parts of a multipart request, in order: text has a value, a picture its blob and length. */
  "CREATE TABLE parts ("
  " operation TEXT NOT NULL REFERENCES operations (id) ON DELETE CASCADE, place INTEGER NOT NULL,"
  " name TEXT NOT NULL, value TEXT, blob TEXT, length INTEGER, PRIMARY KEY (operation, place)) WITHOUT ROWID;"
  "CREATE TABLE findings ("
  " operation TEXT NOT NULL REFERENCES operations (id) ON DELETE CASCADE, place INTEGER NOT NULL,"
  " kind INTEGER NOT NULL, subject TEXT NOT NULL, word TEXT NOT NULL, cents INTEGER, asked_at INTEGER NOT NULL,"
  " readable INTEGER NOT NULL, says INTEGER NOT NULL, PRIMARY KEY (operation, place)) WITHOUT ROWID;"
  "CREATE TABLE checks ("
  " operation TEXT PRIMARY KEY REFERENCES operations (id) ON DELETE CASCADE,"
  " verdict INTEGER NOT NULL, checked_at INTEGER NOT NULL, times INTEGER NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE orders ("
  " id TEXT PRIMARY KEY, order_id TEXT NOT NULL DEFAULT '', draft TEXT NOT NULL DEFAULT '',"
  " customer_id TEXT NOT NULL, customer TEXT NOT NULL, provider TEXT NOT NULL DEFAULT '', way INTEGER NOT NULL DEFAULT "
  "0,"
  " state TEXT NOT NULL, server_state TEXT NOT NULL DEFAULT '', mailboxes INTEGER NOT NULL DEFAULT 0,"
  " pictures INTEGER NOT NULL DEFAULT 0, upload_bytes INTEGER NOT NULL DEFAULT 0, live INTEGER NOT NULL DEFAULT 0,"
  " failed INTEGER NOT NULL DEFAULT 0, about INTEGER, monthly INTEGER, taken INTEGER, wallet_before INTEGER,"
  " wallet_now INTEGER, wallet_shared INTEGER NOT NULL DEFAULT 0, confirm INTEGER NOT NULL DEFAULT 0,"
  " confirm_ignored INTEGER NOT NULL DEFAULT 0, fingerprint TEXT NOT NULL DEFAULT '', domains TEXT NOT NULL DEFAULT '',"
  " search TEXT NOT NULL DEFAULT '', created INTEGER NOT NULL, paid_at INTEGER, asked_at INTEGER, changed_at INTEGER,"
  " read_back INTEGER NOT NULL DEFAULT 0, host TEXT NOT NULL DEFAULT '');"
  "CREATE INDEX orders_order_id ON orders (order_id);"
  "CREATE INDEX orders_time ON orders (created);"
  "CREATE TABLE order_domains ("
  " order_uuid TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE, place INTEGER NOT NULL, domain TEXT NOT NULL,"
  " years INTEGER NOT NULL, cents INTEGER, state TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '',"
  " mailboxes_failed INTEGER NOT NULL DEFAULT 0, left_out INTEGER NOT NULL DEFAULT 0,"
  " PRIMARY KEY (order_uuid, place)) WITHOUT ROWID;"
  "CREATE TABLE order_mailboxes ("
  " order_uuid TEXT NOT NULL REFERENCES orders (id) ON DELETE CASCADE, place INTEGER NOT NULL, domain TEXT NOT NULL,"
  " address TEXT NOT NULL, user_name TEXT NOT NULL, first_name TEXT NOT NULL, last_name TEXT NOT NULL, blob TEXT,"
  " state TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '', PRIMARY KEY (order_uuid, place)) WITHOUT ROWID;"
  /* customer, domains, mailboxes and search repeat what body holds, for lists. */
  "CREATE TABLE drafts ("
  " id TEXT PRIMARY KEY, customer_id TEXT NOT NULL DEFAULT '', customer TEXT NOT NULL DEFAULT '',"
  " domains TEXT NOT NULL DEFAULT '', mailboxes INTEGER NOT NULL DEFAULT 0, search TEXT NOT NULL DEFAULT '',"
  " cents INTEGER, body TEXT NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL,"
  " order_uuid TEXT NOT NULL DEFAULT '');"
  "CREATE TABLE draft_files ("
  " draft TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE, file INTEGER NOT NULL, body TEXT NOT NULL,"
  " blob TEXT NOT NULL DEFAULT '', made TEXT NOT NULL DEFAULT '', PRIMARY KEY (draft, file)) WITHOUT ROWID;"
  "CREATE TABLE wallet (time INTEGER PRIMARY KEY, cents INTEGER NOT NULL, operation TEXT NOT NULL DEFAULT '');"
  "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;",
  /* The list of customers shows each one's orders and the last of them. */
  "CREATE INDEX orders_customer ON orders (customer_id, created);",
  /* Ways to look at lists that a person has named. */
  "CREATE TABLE views ("
  " id TEXT PRIMARY KEY, collection TEXT NOT NULL, place INTEGER NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL,"
  " pinned INTEGER NOT NULL DEFAULT 0);",
  NULL,
};

const WbSchema wb_journal_schema = { migrations };
