// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "wb-draft.h"
#include "wb-order.h"
#include "wb-profile.h"
#include "wb-sync.h"

G_BEGIN_DECLS

/* The program: owns the opened profiles (they stay open until it ends, so that nothing under way is cut),
 * the built-in sandbox, the windows and the table of actions. */
#define WB_TYPE_APPLICATION (wb_application_get_type ())
G_DECLARE_FINAL_TYPE (WbApplication, wb_application, WB, APPLICATION, AdwApplication)

typedef struct {
  gboolean sandbox;      /* --sandbox: own application id and data folder, embedded server */
  char *base_url;        /* with key_file: another server (test builds) */
  char *key_file;        /* test builds only */
  double sandbox_speed;  /* 1 = as the vendor */
  char *record_dir;      /* --record: exchanges of the embedded server */
  gboolean service;      /* --gapplication-service: started by the bus, shows nothing by itself */
  gboolean activated;    /* a window is what it is started for: its profile is opened beside GTK's own start */
  gboolean first_run;    /* --first-run: show the three ways in although there are profiles (tests) */
} WbApplicationOptions;

WbApplication *wb_application_new (const WbApplicationOptions *options);

/* (nullable): the profile that the main window shows. */
WbProfile *wb_application_get_profile (WbApplication *self);
const char *wb_application_get_data_dir (WbApplication *self);

/* Opens a profile (starting the embedded server for a built-in one) and shows it. */
void wb_application_open_profile_async (WbApplication *self, const char *id, const char *key, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
gboolean wb_application_open_profile_finish (WbApplication *self, GAsyncResult *result, GError **error);
/* "Try It First": makes the built-in profile when there is none and opens it. */
void wb_application_try_sandbox (WbApplication *self);

/* Windows; a draft or order opened twice raises its window. */
void wb_application_new_order (WbApplication *self, const char *customer_id);
void wb_application_open_draft (WbApplication *self, const char *draft_id);
void wb_application_show_order (WbApplication *self, const char *order_id);   /* tracking, in a wizard window */
void wb_application_show_operation (WbApplication *self, const char *operation_id); /* Activity, selected */
void wb_application_show_customer (WbApplication *self, const char *customer_id);
void wb_application_show_row (WbApplication *self, WbCollection collection, const char *id); /* its list, selected */
/* A toast in the main window: results of what the user just did. @undo_label NULL: none. */
void wb_application_toast (WbApplication *self, const char *text);
/* Says it to screen readers: the window's quiet status label. */
void wb_application_announce (WbApplication *self, const char *text, gboolean alert);

G_END_DECLS
