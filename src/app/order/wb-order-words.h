// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

#include "wb-order.h"

G_BEGIN_DECLS

/* What a person can do about an order that has come to a stand. */
typedef enum {
  WB_ACT_NONE,
  WB_ACT_CREATE_AGAIN,     /* sends the same draft as a new, free order */
  WB_ACT_REVIEW,           /* back to the draft's Review */
  WB_ACT_PICTURES,         /* back to the draft's pictures */
  WB_ACT_KEEP,             /* leaves; the draft stays */
  WB_ACT_WITHOUT_PICTURES, /* takes the pictures off, back to Review */
  WB_ACT_ONE_STEP,         /* chooses to create and pay in one request, back to Review */
  WB_ACT_DASHBOARD,        /* opens the browser */
  WB_ACT_ASK,              /* reads state and wallet again */
  WB_ACT_PAY,              /* opens the Pay dialog */
  WB_ACT_NOT_NOW,          /* leaves; the order stays */
  WB_ACT_STOP_WAITING,     /* what waits from an earlier run is not sent */
  WB_ACT_CHANGE_KEY,
  WB_ACT_UNLOCK,
  WB_N_ACTS,
} WbAct;

typedef struct {
  WbAct act;
  const char *label; /* N_(); the first one is suggested */
} WbChoice;

/* Everything that the words depend on. */
typedef struct {
  WbOrderState state;
  WbReason reason;    /* of the operation that ended; WB_REASON_NONE = none did */
  gboolean paying;    /* that operation was the payment */
  gboolean confirm;   /* created and paid in one step */
  gboolean reading;   /* its state and wallet are being read */
  gboolean read_back; /* they were read since */
  gboolean shared;    /* something else moved the wallet */
  guint percent;      /* of the upload */
  guint pictures;
  gint64 about, wallet_before, wallet_now; /* CMR_MONEY_UNKNOWN */
  gint64 retry_at;    /* monotonic; 0 = now */
  const char *said;   /* the service's text, "" = none; lent */
} WbOrderFacts;

/* An end or a stand in words (ui.md, 13). */
typedef struct {
  const char *icon;
  const char *css_class; /* colour of its disc */
  char *cause;           /* "The upload broke off at 61 %." */
  char *text;            /* what it means; without the countdown */
  const char *wait;      /* (nullable): one sentence with %s for the seconds until @until */
  gint64 until;          /* monotonic: the first choice is insensitive before; 0 = at once */
  WbChoice choices[3];   /* ends with WB_ACT_NONE */
} WbOrderWords;

void wb_order_facts_take (WbOrderFacts *facts, WbOrder *order);
/* (nullable): NULL while the order goes its way (sending, paying, being made, live …) */
WbOrderWords *wb_order_words_for (const WbOrderFacts *facts);
/* What kept an order from being written at all. */
WbOrderWords *wb_order_words_for_error (const GError *error, gboolean confirm);
/* What kept a payment from being written. */
WbOrderWords *wb_order_words_for_pay_error (const GError *error);
/* What an earlier run left waiting. */
WbOrderWords *wb_order_words_for_found (void);
/* The whole text at a time; @now: monotonic. To be freed. */
char *wb_order_words_dup_text (const WbOrderWords *self, gint64 now);
void wb_order_words_free (WbOrderWords *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbOrderWords, wb_order_words_free)

/* "24 mailboxes are live", "16 mailboxes are live, 8 failed", "11 of 24 mailboxes are live"; to be freed. */
char *wb_order_words_dup_progress (WbOrder *order);
/* What stands under a window's title: "paid $106.20 today at 14:36"; to be freed. */
char *wb_order_words_dup_subtitle (WbOrder *order);

G_END_DECLS
