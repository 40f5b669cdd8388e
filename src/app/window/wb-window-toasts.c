// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-window-private.h"

#include <glib/gi18n.h>

#include "wb-compat.h"
#include "wb-notice.h"

/* What came of what was just done: a toast, and for a screen reader the quiet label. */

#define BUTTON_S 10 /* twice as long as a toast that only tells */

static AdwToast *
toast_with_button (const char *text, const char *label)
{
  AdwToast *toast = wb_compat_toast_new (text);

  adw_toast_set_button_label (toast, label);
  adw_toast_set_timeout (toast, BUTTON_S);
  return toast;
}

/* Takes @toast. */
static void
show (WbWindow *self, AdwToast *toast, const char *text)
{
  wb_compat_toast_show (self->toasts, toast);
  wb_window_announce (self, text, FALSE);
}

void
wb_window_toast (WbWindow *self, const char *text)
{
  show (self, wb_compat_toast_new (text), text);
}

static void
on_show_file (AdwToast *toast, WbWindow *self)
{
  wb_notice_show_file (GTK_WINDOW (self), g_object_get_data (G_OBJECT (toast), "path"));
}

void
wb_window_toast_file (WbWindow *self, const char *text, GFile *file)
{
  AdwToast *toast;

  if (g_file_peek_path (file) == NULL)
    {
      wb_window_toast (self, text);
      return;
    }
  toast = toast_with_button (text, _("Show"));
  g_object_set_data_full (G_OBJECT (toast), "path", g_file_get_path (file), g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_show_file), self, 0);
  show (self, toast, text);
}

void
wb_window_toast_undo (WbWindow *self, const char *text, GCallback undo, gpointer object)
{
  AdwToast *toast;

  if (undo == NULL)
    {
      wb_window_toast (self, text);
      return;
    }
  toast = toast_with_button (text, _("Undo"));
  g_signal_connect_object (toast, "button-clicked", undo, object, G_CONNECT_SWAPPED);
  show (self, toast, text);
}

void
wb_window_announce (WbWindow *self, const char *text, gboolean alert)
{
  wb_compat_announce (GTK_WIDGET (self->status), text, alert);
}
