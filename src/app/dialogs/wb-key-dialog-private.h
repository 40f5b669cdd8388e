// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "wb-profile.h"

G_BEGIN_DECLS

/* A new profile with its key, or another key for an opened one. The key is tried by reading wallet and
 * customers with it; only then is it kept. */
typedef struct {
  GtkWidget *sheet;
  WbProfile *profile; /* NULL: a new one is made */
  GCancellable *cancellable;
  GCancellable *gone; /* cancelled when the sheet is */
  GtkWidget *name, *colour, *address, *header, *key, *host, *foreign, *problem, *test, *done, *result, *spinner;
  gboolean tested;
} WbKeyForm;

/* wb-key-form.c */
GtkWidget *wb_key_form_make_page (WbKeyForm *form);
GtkWidget *wb_key_form_make_foot (WbKeyForm *form);
const char *wb_key_form_get_colour (WbKeyForm *form); /* the word in profile.ini */
/* wb-key-dialog.c */
void wb_key_form_changed (GtkEditable *editable, WbKeyForm *form);
void wb_key_form_test (GtkWidget *widget, WbKeyForm *form);
void wb_key_form_done (GtkButton *button, WbKeyForm *form);

G_END_DECLS
