// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-collection-page.h"

#include <glib/gi18n.h>

#include "wb-application.h"
#include "wb-dialogs.h"
#include "wb-format.h"
#include "wb-pane.h"
#include "wb-sync.h"
#include "wb-thing-pane.h"

/* One customer: from the mirror at once, read again when it opens. */
typedef struct {
  WbProfile *profile;
  char *id;
  CmrObject *customer;        /* (nullable): as last shown */
  GPtrArray *related; /* (nullable): of WbRelated */
  guint settle_id, reread_id;
  GPtrArray *countries, *states; /* (nullable): of CmrObject; their names stand for codes */
  GCancellable *cancellable;
  GtkWidget *pane; /* owns this */
} Pane;

static void
pane_free (gpointer data)
{
  Pane *self = data;

  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_handle_id (&self->reread_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_object_unref (self->profile);
  g_clear_pointer (&self->related, g_ptr_array_unref);
  g_clear_object (&self->customer);
  g_clear_pointer (&self->countries, g_ptr_array_unref);
  g_clear_pointer (&self->states, g_ptr_array_unref);
  g_free (self->id);
  g_free (self);
}

static void
on_edit (GtkButton *button, GtkWidget *pane)
{
  Pane *self = g_object_get_data (G_OBJECT (pane), "pane");

  wb_customer_dialog_present (GTK_WINDOW (gtk_widget_get_root (pane)), self->profile, self->id);
}

static void
on_order (GtkButton *button, GtkWidget *pane)
{
  Pane *self = g_object_get_data (G_OBJECT (pane), "pane");

  wb_application_new_order (WB_APPLICATION (g_application_get_default ()), self->id);
}

static char *
dup_lines (CmrObject *customer)
{
  static const char *const members[] = { "address-line-one", "address-line-two", "address-line-three" };
  GString *text = g_string_new ("");

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *line = wb_format_text (cmr_object_get_text (customer, members[i]));

      if (*line != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
    }
  return g_string_free (text, FALSE);
}

/* The code until its name is known, and where it has none. */
static void
add_place (WbPane *pane, CmrObject *customer, const char *label, const char *member, GPtrArray *places)
{
  const char *code = cmr_object_get_text (customer, member), *shown = code;
  g_autofree char *text = NULL;

  for (guint i = 0; places != NULL && i < places->len; i++)
    if (g_strcmp0 (cmr_object_get_text (places->pdata[i], "code"), code) == 0)
      shown = cmr_object_get_text (places->pdata[i], "name");
  text = wb_format_text (shown);
  wb_pane_add_fact (pane, label, text);
}

static void
fill (Pane *self, CmrObject *customer)
{
  WbPane *pane = WB_PANE (self->pane);
  g_autofree char *company = wb_format_text (cmr_object_get_text (customer, "company"));
  g_autofree char *first = wb_format_text (cmr_object_get_text (customer, "first-name"));
  g_autofree char *last = wb_format_text (cmr_object_get_text (customer, "last-name"));
  /* Translators: first name, last name */
  g_autofree char *person = g_strdup_printf (C_("person", "%s %s"), first, last);
  g_autofree char *lines = dup_lines (customer);
  gint64 created = cmr_object_get_time (customer, "created-at");
  g_autofree char *since = created > 0 ? wb_format_time (created) : NULL;

  g_set_object (&self->customer, customer);
  wb_pane_clear (pane);
  wb_pane_set_title (pane, *company != '\0' ? company : person);
  wb_pane_add_fact (pane, _("Contact"), g_strstrip (person));
  wb_pane_add_member (pane, _("E-mail"), customer, "email");
  wb_pane_add_fact (pane, _("Address"), lines);
  wb_pane_add_member (pane, _("Postal code"), customer, "postal-code");
  wb_pane_add_member (pane, _("City"), customer, "city");
  add_place (pane, customer, _("State"), "state", self->states);
  add_place (pane, customer, _("Country"), "country", self->countries);
  wb_pane_add_member (pane, _("Phone"), customer, "phone");
  wb_pane_add_fact (pane, _("Since"), since);
  wb_pane_add_id (pane, _("Customer id"), self->id);
  wb_pane_add_button (pane, _("New Order"), TRUE, G_CALLBACK (on_order), pane);
  wb_pane_add_button (pane, _("Edit…"), FALSE, G_CALLBACK (on_edit), pane);
  wb_pane_add_copy_text (pane);
  if (self->related != NULL)
    wb_pane_add_related (pane, WB_COLLECTION_CUSTOMERS, self->related);
  wb_pane_end (pane);
}

/* What belongs to the customer, as it comes. */

static gboolean
same_related (GPtrArray *a, GPtrArray *b)
{
  gboolean same = a != NULL && a->len == b->len;

  for (guint i = 0; same && i < a->len; i++)
    {
      const WbRelated *left = a->pdata[i], *right = b->pdata[i];

      same = left->collection == right->collection && left->n == right->n && g_str_equal (left->id, right->id)
             && g_str_equal (left->title, right->title);
    }
  return same;
}

static void
related_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) related = wb_related_finish (WB_PROFILE (source), result, &error);
  Pane *self = user_data;

  if (related == NULL || same_related (self->related, related))
    return;
  g_clear_pointer (&self->related, g_ptr_array_unref);
  self->related = g_steal_pointer (&related);
  if (self->customer != NULL)
    fill (self, self->customer);
}

static gboolean
load_related (gpointer data)
{
  Pane *self = data;

  self->settle_id = 0;
  wb_related_async (self->profile, WB_COLLECTION_CUSTOMERS, self->id, self->cancellable, related_cb, self);
  return G_SOURCE_REMOVE;
}

/* What is not known of the customer is asked for, but not of each that is passed with an arrow key. */
static gboolean
read_owned (gpointer data)
{
  Pane *self = data;
  WbSync *sync = wb_profile_get_sync (self->profile);

  self->reread_id = 0;
  for (guint i = 0; self->related != NULL && i < self->related->len; i++)
    {
      const WbRelated *one = self->related->pdata[i];

      if (*one->id == '\0' && one->n == 0 && one->collection != WB_COLLECTION_SUBSCRIPTIONS)
        wb_sync_refresh_async (sync, one->collection, self->id, self->cancellable, NULL, NULL);
    }
  return G_SOURCE_REMOVE;
}

static void
on_rows_changed (WbProfile *profile, int collection, GtkWidget *pane)
{
  Pane *self = g_object_get_data (G_OBJECT (pane), "pane");

  if (self->settle_id == 0)
    self->settle_id = g_timeout_add (300, load_related, self);
}

static void
states_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) states = wb_sync_places_finish (WB_SYNC (source), result, &error);
  Pane *self = user_data;

  if (states == NULL)
    return;
  g_clear_pointer (&self->states, g_ptr_array_unref);
  self->states = g_steal_pointer (&states);
  fill (self, self->customer);
}

static void
countries_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) countries = wb_sync_places_finish (WB_SYNC (source), result, &error);
  Pane *self = user_data;

  if (countries == NULL || self->countries != NULL)
    return;
  self->countries = g_steal_pointer (&countries);
  fill (self, self->customer);
}

/* They are stored once read; without them the codes stay. */
static void
read_places (Pane *self)
{
  WbSync *sync = wb_profile_get_sync (self->profile);
  const char *country = cmr_object_get_text (self->customer, "country");

  if (self->countries == NULL)
    wb_sync_places_async (sync, NULL, self->cancellable, countries_cb, self);
  if (country != NULL && *country != '\0')
    wb_sync_places_async (sync, country, self->cancellable, states_cb, self);
}

/* A code of a state says nothing without its country: "WA" is one of several. */
static void
show (Pane *self, CmrObject *customer)
{
  gboolean elsewhere = self->customer == NULL
                       || g_strcmp0 (cmr_object_get_text (self->customer, "country"),
                                     cmr_object_get_text (customer, "country")) != 0;

  if (elsewhere)
    g_clear_pointer (&self->states, g_ptr_array_unref);
  fill (self, customer);
  if (elsewhere)
    read_places (self);
}

static void
reread_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrObject) customer = wb_sync_reread_finish (WB_SYNC (source), result, &error);
  Pane *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (customer != NULL)
    show (self, customer);
}

static void
load_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrObject) customer = wb_sync_load_finish (WB_SYNC (source), result, &error);
  Pane *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (customer != NULL)
    show (self, customer);
  wb_sync_reread_async (WB_SYNC (source), WB_COLLECTION_CUSTOMERS, self->id, self->cancellable, reread_cb, self);
}

GtkWidget *
wb_customer_pane_new (WbProfile *profile, const char *id)
{
  Pane *self = g_new0 (Pane, 1);

  self->profile = g_object_ref (profile);
  self->id = g_strdup (id);
  self->cancellable = g_cancellable_new ();
  self->pane = wb_pane_new ("");
  g_object_set_data_full (G_OBJECT (self->pane), "pane", self, pane_free);
  g_signal_connect_object (profile, "rows-changed", G_CALLBACK (on_rows_changed), self->pane, 0);
  self->reread_id = g_timeout_add (400, read_owned, self);
  load_related (self);
  wb_sync_load_async (wb_profile_get_sync (profile), WB_COLLECTION_CUSTOMERS, id, self->cancellable, load_cb, self);
  return self->pane;
}
