// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-foot.h"
#include "wb-sidebar.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-format.h"
#include "wb-sync.h"

/* Which list is being read, and the button that holds it; nothing where nothing is read. */

typedef struct {
  WbSync *sync; /* the row goes with its profile */
  GtkWidget *box, *text, *button;
} Row;

static const char *const begun[WB_N_COLLECTIONS] = {
  [WB_COLLECTION_CUSTOMERS] = N_("Reading customers…"),
  [WB_COLLECTION_DOMAINS] = N_("Reading domains…"),
  [WB_COLLECTION_MAILBOXES] = N_("Reading mailboxes…"),
  [WB_COLLECTION_SUBSCRIPTIONS] = N_("Reading subscriptions…"),
};

static char *
dup_read (WbCollection collection, guint read, gint64 total)
{
  g_autofree char *n = wb_format_count (read), *all = wb_format_count (MAX (total, 0));

  if (total <= 0)
    return g_strdup (_(begun[collection]));
  if (collection == WB_COLLECTION_DOMAINS)
    /* Translators: domains are read customer after customer; how many of how many customers are done */
    return g_strdup_printf (ngettext ("Reading domains of %s of %s customer", "Reading domains of %s of %s customers",
                                      (gulong) total),
                            n, all);
  if (collection == WB_COLLECTION_MAILBOXES)
    /* Translators: how many of how many have been read */
    return g_strdup_printf (_("Reading mailboxes: %s of %s"), n, all);
  if (collection == WB_COLLECTION_SUBSCRIPTIONS)
    /* Translators: how many of how many have been read */
    return g_strdup_printf (_("Reading subscriptions: %s of %s"), n, all);
  /* Translators: how many of how many have been read */
  return g_strdup_printf (_("Reading customers: %s of %s"), n, all);
}

static void
update (Row *row)
{
  WbCollection collection;
  guint read;
  gint64 total;
  gboolean paused = wb_sync_get_paused (row->sync);
  gboolean reading = wb_sync_get_under_way (row->sync, &collection, &read, &total);
  g_autofree char *text = paused ? g_strdup (_("Reading is paused")) : reading ? dup_read (collection, read, total) : NULL;

  gtk_widget_set_visible (row->box, text != NULL);
  if (text == NULL)
    return;
  gtk_label_set_label (GTK_LABEL (row->text), text);
  gtk_button_set_label (GTK_BUTTON (row->button), paused ? _("Go On") : _("Pause"));
  wb_accessible_set_label (row->button, paused ? _("Go On Reading") : _("Pause Reading"));
}

static void
on_clicked (GtkButton *button, Row *row)
{
  wb_sync_set_paused (row->sync, !wb_sync_get_paused (row->sync));
}

static void
on_change (GtkWidget *box)
{
  update (g_object_get_data (G_OBJECT (box), "row"));
}

void
wb_reading_row_update (GtkWidget *row)
{
  on_change (row);
}

GtkWidget *
wb_reading_row_new (WbProfile *profile)
{
  Row *row = g_new0 (Row, 1);

  row->sync = wb_profile_get_sync (profile);
  row->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  row->text = gtk_label_new ("");
  row->button = gtk_button_new_with_label ("");
  gtk_label_set_xalign (GTK_LABEL (row->text), 0);
  gtk_widget_set_hexpand (row->text, TRUE);
  gtk_widget_add_css_class (row->text, "numeric");
  gtk_widget_add_css_class (row->button, "flat");
  gtk_box_append (GTK_BOX (row->box), row->text);
  gtk_box_append (GTK_BOX (row->box), row->button);
  g_object_set_data_full (G_OBJECT (row->box), "row", row, g_free);
  g_signal_connect (row->button, "clicked", G_CALLBACK (on_clicked), row);
  g_signal_connect_object (row->sync, "progress", G_CALLBACK (on_change), row->box, G_CONNECT_SWAPPED);
  g_signal_connect_object (row->sync, "notify::paused", G_CALLBACK (on_change), row->box, G_CONNECT_SWAPPED);
  update (row);
  return row->box;
}
