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

static GtkLabel *
make_label (const char *css, gboolean expand)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, expand);
  gtk_widget_add_css_class (label, css);
  return GTK_LABEL (label);
}

void
wb_foot_face_init (WbFootFace *face, const char *icon)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *first = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  face->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  face->icon = GTK_IMAGE (gtk_image_new_from_icon_name (icon));
  face->title = make_label ("foot-title", TRUE);
  face->figure = make_label ("numeric", FALSE);
  face->detail = make_label ("caption", TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (face->figure), "heading");
  gtk_widget_add_css_class (GTK_WIDGET (face->detail), "dim-label");
  gtk_box_append (GTK_BOX (first), GTK_WIDGET (face->title));
  gtk_box_append (GTK_BOX (first), GTK_WIDGET (face->figure));
  gtk_box_append (GTK_BOX (lines), first);
  gtk_box_append (GTK_BOX (lines), GTK_WIDGET (face->detail));
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_hexpand (face->box, TRUE);
  gtk_box_append (GTK_BOX (face->box), GTK_WIDGET (face->icon));
  gtk_box_append (GTK_BOX (face->box), lines);
}

void
wb_foot_face_set (WbFootFace *face, GtkWidget *button, const char *title, const char *figure, const char *detail)
{
  GString *name = g_string_new (title);

  gtk_label_set_label (face->title, title);
  gtk_label_set_label (face->figure, figure);
  gtk_label_set_label (face->detail, detail);
  if (*figure != '\0')
    g_string_append_printf (name, " %s", figure);
  g_string_append_printf (name, ", %s", detail);
  wb_accessible_set_label (button, name->str);
  g_string_free (name, TRUE);
}

/* The wallet: what was read, and when. */

typedef struct {
  WbProfile *profile; /* the row goes with it */
  WbFootFace face;
} Wallet;

static void
update_wallet (WbProfile *profile, GParamSpec *pspec, GtkWidget *button)
{
  Wallet *wallet = g_object_get_data (G_OBJECT (button), "wallet");
  gint64 time = wb_profile_get_wallet_time (profile);
  g_autofree char *sum = wb_format_money (wb_profile_get_wallet_cents (profile));
  g_autofree char *when = time > 0 ? wb_format_time (time) : NULL;
  /* Translators: a time, such as 14:02 */
  g_autofree char *detail = when != NULL ? g_strdup_printf (_("as of %s"), when) : g_strdup (_("Not read yet"));

  wb_foot_face_set (&wallet->face, button, _("Wallet"), sum, detail);
}

static void
on_wallet_clicked (GtkButton *button, Wallet *wallet)
{
  wb_sync_read_wallet_async (wb_profile_get_sync (wallet->profile), NULL, NULL, NULL);
}

GtkWidget *
wb_wallet_row_new (WbProfile *profile)
{
  Wallet *wallet = g_new0 (Wallet, 1);
  GtkWidget *button = gtk_button_new ();

  wallet->profile = profile;
  wb_foot_face_init (&wallet->face, "auth-smartcard-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Read your wallet again"));
  gtk_button_set_child (GTK_BUTTON (button), wallet->face.box);
  g_object_set_data_full (G_OBJECT (button), "wallet", wallet, g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_wallet_clicked), wallet);
  g_signal_connect_object (profile, "notify::wallet-time", G_CALLBACK (update_wallet), button, 0);
  update_wallet (profile, NULL, button);
  return button;
}
