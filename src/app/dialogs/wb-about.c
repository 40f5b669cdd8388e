// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-dialogs.h"

#include <glib/gi18n.h>

void
wb_about_present (GtkWindow *parent)
{
  adw_show_about_window (parent, "application-name", "Waybill", "application-icon", APP_ID, "version", PACKAGE_VERSION,
                         "developer-name", _("The Waybill authors"), "license-type", GTK_LICENSE_GPL_3_0, "comments",
                         _("Waybill is a client of the Cold Mail Reseller service. It is not that vendor’s program, "
                            "and the vendor does not answer for it."),
                         NULL);
}
