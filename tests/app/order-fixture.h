// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "draft-tools.h"
#include "wb-application.h"
#include "wb-order-window.h"

G_BEGIN_DECLS

/* A window, a server and a store in one program, sanitized, on a machine that builds beside it. */
#define ORDER_DEADLINE_MS (90 * 1000)

/* A wizard window on a profile on an embedded server, worked by its buttons as a person sees them. */

/* For g_test_init() and gtk_init(). gtk_test_init() wants en_US, which few machines of ours have; the newest GTK warns. */
void order_test_init (int *argc, char ***argv);

/* The program, registered and never run: what windows ask for toasts and actions. One a process. */
WbApplication *order_application (void);

/* A draft for "A & B <b> “x” %s" on two names that can be had, with pictures for all. */
WbDraft *order_draft (Store *store);
void order_fill_draft (Store *store, WbDraft *draft); /* the same into one that is there */
/* Forty mailboxes of one person, 16 MB to upload. */
WbDraft *order_draft_large (Store *store);
/* Reads the names and, where it has pictures, ticks that they may be used: Create can be pressed. */
void order_make_ready (Store *store, WbDraft *draft);
WbOrderWindow *order_window (Store *store, WbDraft *draft);
/* All of that: at Review, its button ready. */
typedef struct {
  Store *store;
  WbDraft *draft;
  WbOrderWindow *window;
} Order;
Order order_new (void);
Order order_new_large (void);
void order_free (Order *order);
GtkWidget *order_root (Order *order);
guint order_count (Order *order, const char *operation); /* requests of an operation that the server got */
WbOrderState order_state (Order *order); /* WB_ORDER_DRAFT before there is an order */
void order_wait_state (Order *order, WbOrderState state);
/* Makes it, and takes away the Pay dialog that comes by itself. */
void order_create (Order *order);

/* Makes it and says Pay at once. */
void order_pay (Order *order);
/* How long a payment is held back: a preference. */
void order_set_delay (guint seconds);

/* Destroys it and checks that it is finalized. */
void order_window_free (WbOrderWindow *window);

/* What is shown: only mapped widgets count. */
GtkWidget *order_find_button (GtkWidget *root, const char *label); /* (nullable): whose label or name begins so */
GtkWidget *order_find_entry (GtkWidget *root); /* the first */
gboolean order_shows (GtkWidget *root, const char *text);          /* a label that contains it */
void order_wait_button (GtkWidget *root, const char *label);       /* there and sensitive */
GtkWidget *order_wait_shown (GtkWidget *root, const char *label); /* there */
void order_wait_text (GtkWidget *root, const char *text);
void order_press (GtkWidget *root, const char *label);             /* waits for it, then presses */
/* The message over a window; waits for it. */
GtkWidget *order_wait_message (GtkWidget *window);

/* How large text is, 1 at first: of windows made from now on. */
void order_set_text_scale (double scale);
/* At that width no page that scrolls is wider than what shows it: nothing is cut at its edge. */
void order_assert_fits (GtkWidget *window, int width);
void order_wait_allocated (GtkWidget *widget); /* it has a place in its window */

/* A picture of the window into $WB_TEST_SHOTS, for people; nothing without it. */
void order_shot (GtkWidget *window, const char *name);
/* Wide and narrow, light and dark. */
void order_shots (GtkWidget *window, const char *name);

G_END_DECLS
