// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The keys of data/io.github.waybill.Waybill.gschema.xml. An unknown key aborts the program, so each is
 * written here once, and tests/app/test-settings.c reads each of them. Ranges, choices and defaults
 * belong to the schema. */
#define WB_SETTINGS_SCHEMA "io.github.waybill.Waybill"

/* General */
#define WB_SETTINGS_START_PAGE "start-page" /* WbSettingsStartPage */
#define WB_SETTINGS_LAST_PAGE "last-page"
#define WB_SETTINGS_LAST_PROFILE "last-profile"
#define WB_SETTINGS_STYLE "style"     /* WbSettingsStyle */
#define WB_SETTINGS_DENSITY "density" /* WbSettingsDensity */
#define WB_SETTINGS_LOAD_PICTURES "load-pictures"

/* Safety */
#define WB_SETTINGS_PAY_IN_TWO_STEPS "pay-in-two-steps"
#define WB_SETTINGS_PAY_DELAY_SECONDS "pay-delay-seconds"       /* u, 0 to 30 */
#define WB_SETTINGS_WALLET_WARNING_CENTS "wallet-warning-cents" /* x, 0 never warns */

/* Pictures */
#define WB_SETTINGS_PICTURE_SMALLEST_SIDE "picture-smallest-side" /* u, pixels */
#define WB_SETTINGS_MATCH_PICTURES "match-pictures"

/* Notifications */
#define WB_SETTINGS_NOTIFY_ORDER_DONE "notify-order-done"
#define WB_SETTINGS_NOTIFY_FAILED "notify-failed"
#define WB_SETTINGS_NOTIFY_UNKNOWN "notify-unknown"
#define WB_SETTINGS_NOTIFY_WALLET "notify-wallet"
#define WB_SETTINGS_NOTIFY_EXPIRING "notify-expiring"

/* State of the window: the three of its size also for each profile, in a schema of its own at a path with its id */
#define WB_SETTINGS_WINDOW_SCHEMA "io.github.waybill.Waybill.Window"
#define WB_SETTINGS_PROFILE_PATH "/io/github/waybill/Waybill/profiles/%s/"
#define WB_SETTINGS_WINDOW_WIDTH "window-width"
#define WB_SETTINGS_WINDOW_HEIGHT "window-height"
#define WB_SETTINGS_WINDOW_MAXIMIZED "window-maximized"
#define WB_SETTINGS_SHOW_DETAILS "show-details"

/* What the enumerations of the schema mean; the words there, in this order. */
typedef enum {
  WB_SETTINGS_START_PAGE_LAST,
  WB_SETTINGS_START_PAGE_HOME,
  WB_SETTINGS_START_PAGE_ORDERS,
  WB_SETTINGS_START_PAGE_ACTIVITY,
  WB_SETTINGS_START_PAGE_CUSTOMERS,
} WbSettingsStartPage;

typedef enum {
  WB_SETTINGS_STYLE_SYSTEM,
  WB_SETTINGS_STYLE_LIGHT,
  WB_SETTINGS_STYLE_DARK,
} WbSettingsStyle;

typedef enum { WB_SETTINGS_DENSITY_NORMAL, WB_SETTINGS_DENSITY_COMPACT } WbSettingsDensity;

G_END_DECLS
