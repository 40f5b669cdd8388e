// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-application.h"
#include "wb-profile-forget.h"
#include "wb-sandbox.h"
#include "wb-window.h"

G_BEGIN_DECLS

struct _WbApplication {
  AdwApplication parent_instance;

  WbApplicationOptions options;
  char *data_dir;
  char *cache_dir;
  GSettings *settings;
  GHashTable *profiles; /* id → WbProfile: open until the program ends */
  WbProfile *current;   /* lent from profiles */
  WbSandbox *sandbox;
  GCancellable *cancellable;
  guint inhibit_cookie; /* of log-out and suspend, while something is being sent */
  gboolean starting;    /* a profile is being found and opened */
  guint patience_id;    /* the window is not presented yet: it may have rows in a moment */
  gboolean quitting;
  gboolean asked_background; /* the portal was told that we may be without a window */
  guint background_id;
  char *wish;                /* (nullable): name of an action that waits for a profile */
  GVariant *wish_parameter;  /* (nullable) */
  char *news, *news_text;    /* (nullable): said when there is something to say it over */
};

/* The one table of what can be done by action: buttons, menus, keys, the shortcuts window and tooltips are
 * made from it. Actions are on the session bus: none sends or unlocks, they only show. */
typedef struct {
  const char *name;      /* "app.new-order", "win.search" */
  const char *parameter; /* GVariant type, NULL for none */
  const char *accels;    /* blank between, NULL for none */
  const char *title;     /* N_(), NULL: not in the shortcuts window */
  const char *group;     /* N_() */
} WbActionRow;

const WbActionRow *wb_action_rows (guint *n_rows);
const WbActionRow *wb_action_find (const char *name);
void wb_application_install_actions (WbApplication *self);
/* An action that needs a profile, and came before there was one: the start is begun, and it is done at its end. */
void wb_application_wish (WbApplication *self, const char *action, GVariant *parameter);
void wb_application_grant_wish (WbApplication *self);
void wb_application_forget_wish (WbApplication *self);

WbWindow *wb_application_get_window (WbApplication *self); /* (nullable) */
WbWindow *wb_application_make_window (WbApplication *self);   /* may not be presented yet */
WbWindow *wb_application_ensure_window (WbApplication *self); /* presented */
GSettings *wb_application_get_settings (WbApplication *self);

/* The embedded server of a built-in profile is started on demand and kept until the end. */
WbSandbox *wb_application_get_sandbox (WbApplication *self); /* (nullable) */
void wb_application_leave_profile (WbApplication *self);
/* Everything invented as on the first day: server, journal, mirror. */
void wb_application_restart_sandbox (WbApplication *self);

/* All of a profile goes; another one is shown then, or the ways in. @loss: (transfer full): what a person was told */
void wb_application_forget_profile (WbApplication *self, WbProfile *profile, WbProfileLoss *loss);
/* Which profile is to be opened. */
typedef enum {
  WB_APPLICATION_THIS,
  WB_APPLICATION_LAST,    /* the one that was shown last, or the first there is; G_IO_ERROR_NOT_FOUND where there is none */
  WB_APPLICATION_SANDBOX, /* the built-in one, made where there is none */
  WB_APPLICATION_SERVER,  /* of --base-url and --key-file: test builds alone */
} WbApplicationWhich;

/* As wb_application_open_profile_async(), which has its finish too. @id, @key: (nullable): of WB_APPLICATION_THIS */
void wb_application_find_profile_async (WbApplication *self, WbApplicationWhich which, const char *id, const char *key,
                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* Begins to open the profile that is shown first; its window comes with the program's activation. */
void wb_application_start (WbApplication *self);
void wb_application_show_start (GApplication *application);
/* The profile that was shown last, or the first there is, or the ways in. */
void wb_application_open_last (WbApplication *self);
/* A message over the main window, as soon as a start that is under way has come to its end: a window that is presented
 * after it would lie over it. @heading, @text: (transfer full) */
void wb_application_tell (WbApplication *self, char *heading, char *text);
void wb_application_tell_news (WbApplication *self);

/* Notifications and staying alive while something is under way. */
void wb_application_watch_orders (WbApplication *self, WbProfile *profile);
void wb_application_show_order_named (WbApplication *self, const char *name); /* needs a profile that is shown */
gboolean wb_application_shows_order (WbApplication *self, const char *order_id); /* in a wizard's window */
void wb_application_watch_profile (WbApplication *self, WbProfile *profile);
void wb_application_watch_session (WbApplication *self);
/* Over all profiles: requests queued or on their way, unknown ones that are looked up, orders that are followed. */
typedef struct { guint sending, asking, followed; } WbOpenCounts;
void wb_application_count_open (WbApplication *self, WbOpenCounts *open);
gboolean wb_application_is_busy (WbApplication *self); /* something is being sent */
/* Without a window: why the program stays is told. */
void wb_application_watch_windows (WbApplication *self);
void wb_application_update_background (WbApplication *self);
void wb_application_forget_background (WbApplication *self);
void wb_application_ask_quit (WbApplication *self);

G_END_DECLS
