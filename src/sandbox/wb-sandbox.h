// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A stand-in for the vendor on the loopback, in a thread and GMainContext of its own. */
#define WB_TYPE_SANDBOX (wb_sandbox_get_type ())
G_DECLARE_FINAL_TYPE (WbSandbox, wb_sandbox, WB, SANDBOX, GObject)

typedef enum {
  WB_FAULT_NONE,               /* lets so many pass: what stands behind it in the plan comes later */
  WB_FAULT_DROP_BEFORE,        /* cut after the request was read, nothing carried out */
  WB_FAULT_DROP_AFTER,         /* carried out, then cut without an answer */
  WB_FAULT_DELAY,              /* carried out, answered after `value` ms */
  WB_FAULT_STATUS,             /* answers `value` (429, 500, 503, 408, 301 …), nothing carried out */
  WB_FAULT_STATUS_AFTER,       /* carried out, then answers `value` */
  WB_FAULT_CUT,                /* carried out, body cut in the middle, with Content-Length */
  WB_FAULT_CUT_CHUNKED,        /* the same, chunked: 200 and a short body */
  WB_FAULT_GARBAGE,            /* carried out, answers HTML */
  WB_FAULT_SHAPE,              /* carried out, answers valid JSON of another shape */
  WB_FAULT_EARLY,              /* answers `value` after the header, while the body is still coming, then closes */
  WB_FAULT_SLOW_READ,          /* reads the body at `value` bytes a second */
  WB_FAULT_CONFIRM_IGNORED,    /* takes confirm=false as true: charges at once */
  WB_FAULT_PROCESS_NOT_FOUND,  /* process_order is not on this path: 404 */
  WB_FAULT_FORM_GONE,          /* the multipart call answers 410 */
  WB_FAULT_NO_ANSWER,          /* carried out, connection stays open and silent until wb_sandbox_release() */
  WB_N_FAULTS,
} WbFaultKind;

/* One entry of the plan: the next @times matching requests suffer it; times 0 = for ever. */
typedef struct {
  const char *operation; /* operationId, or NULL for all */
  WbFaultKind kind;
  int value;
  guint times;
} WbFault;

typedef struct {
  const char *record_dir;   /* --record: one file an exchange, without key, faults marked */
  const char *database;     /* NULL: in memory */
  gboolean no_rate_limit;
  gboolean charges_again;   /* what is sent again is made and charged again, as the vendor warns: for tests */
  gboolean small;           /* one customer, empty otherwise: for tests */
  guint n_bulk;             /* mailboxes beside the usual ones, with domains and customers */
  double speed;             /* of asynchronous progress: 1 = as the vendor, 60 = sixty times; 0 = at once */
  const char *key;          /* NULL: random, made at start */
  guint16 port;             /* 0: ephemeral */
} WbSandboxOptions;

WbSandbox *wb_sandbox_new (const WbSandboxOptions *options, GError **error); /* listens when it returns */
const char *wb_sandbox_get_base_url (WbSandbox *self); /* http://127.0.0.1:PORT/api/v1/integration */
const char *wb_sandbox_get_key (WbSandbox *self);
void wb_sandbox_stop (WbSandbox *self);                /* joins the thread */

/* Steering, callable from any thread, in process only. */
void wb_sandbox_add_fault (WbSandbox *self, const WbFault *fault);
void wb_sandbox_clear_faults (WbSandbox *self);
void wb_sandbox_release (WbSandbox *self); /* answers what WB_FAULT_NO_ANSWER holds */
void wb_sandbox_set_speed (WbSandbox *self, double speed);
void wb_sandbox_set_latency (WbSandbox *self, guint ms);
void wb_sandbox_move_clock (WbSandbox *self, gint64 seconds);
void wb_sandbox_set_wallet (WbSandbox *self, gint64 cents);
gint64 wb_sandbox_get_wallet (WbSandbox *self);
void wb_sandbox_reset (WbSandbox *self);

/* What it saw: for tests and the chaos table. */
guint wb_sandbox_count_requests (WbSandbox *self, const char *operation); /* NULL = all */
guint wb_sandbox_count_writes (WbSandbox *self);
guint wb_sandbox_count_charges (WbSandbox *self);                         /* rows of the ledger */
guint wb_sandbox_count_charges_for (WbSandbox *self, const char *order_id);
/* SHA-256 and length of the picture received for an address: {"sha256", "bytes", "address", "order"} rows. */
char *wb_sandbox_dup_pictures (WbSandbox *self);                          /* JSON text */
char *wb_sandbox_dup_ledger (WbSandbox *self);                            /* JSON text */

G_END_DECLS
