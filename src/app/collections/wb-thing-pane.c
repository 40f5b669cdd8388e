// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-thing-pane.h"

#include <glib/gi18n.h>

#include "wb-profile.h"

/* Who goes through the rows with an arrow key asks the service for none of them. */
#define REREAD_AFTER_MS 400
#define SETTLE_MS 100

typedef struct {
  WbProfile *profile;
  const WbThing *thing;
  char *id;
  CmrObject *object; /* NULL: not there */
  GPtrArray *related; /* (nullable): of WbRelated */
  char *shown;       /* what is shown, to tell whether it has changed */
  guint reread_id, settle_id;
  gboolean loading, again;
  GCancellable *cancellable;
  GtkWidget *pane; /* owns this */
} Pane;

static void
pane_free (gpointer data)
{
  Pane *self = data;

  g_clear_handle_id (&self->reread_id, g_source_remove);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_object_unref (self->profile);
  g_clear_object (&self->object);
  g_clear_pointer (&self->related, g_ptr_array_unref);
  g_free (self->shown);
  g_free (self->id);
  g_free (self);
}

/* All that the pane may say. */
static char *
dup_print (CmrObject *object, GPtrArray *related)
{
  const CmrResource *resource = object != NULL ? cmr_object_get_resource (object) : NULL;
  GString *print = g_string_new (object != NULL ? "there" : "gone");

  for (guint i = 0; resource != NULL && i < resource->n_fields; i++)
    g_string_append_printf (print, "\n%s %" G_GINT64_FORMAT, cmr_object_get_text (object, resource->fields[i].member),
                            cmr_object_get_int (object, resource->fields[i].member));
  for (guint i = 0; i < related->len; i++)
    {
      const WbRelated *one = related->pdata[i];

      g_string_append_printf (print, "\n%s %s %s %" G_GINT64_FORMAT, one->id, one->title, one->state, one->n);
    }
  return g_string_free (print, FALSE);
}

static void
fill (Pane *self)
{
  WbPane *pane = WB_PANE (self->pane);

  wb_pane_clear (pane);
  if (self->object != NULL)
    {
      self->thing->fill (pane, self->object, self->related);
      wb_pane_add_copy_text (pane);
      wb_pane_add_related (pane, self->thing->collection, self->related);
    }
  else
    wb_pane_add_text (pane, _(self->thing->gone), "dim-label");
  wb_pane_end (pane);
}

static void load (Pane *self);

static void
show (Pane *self)
{
  g_autofree char *print = dup_print (self->object, self->related);

  self->loading = FALSE;
  if (g_strcmp0 (print, self->shown) != 0)
    {
      g_free (self->shown);
      self->shown = g_steal_pointer (&print);
      fill (self);
    }
  if (self->again)
    load (self);
}

static void
related_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) related = wb_related_finish (WB_PROFILE (source), result, &error);
  Pane *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_pointer (&self->related, g_ptr_array_unref);
  self->related = related != NULL ? g_steal_pointer (&related) : g_ptr_array_new ();
  show (self);
}

static void
load_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrObject) object = wb_sync_load_finish (WB_SYNC (source), result, &error);
  Pane *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error == NULL)
    g_set_object (&self->object, object);
  wb_related_async (self->profile, self->thing->collection, self->id, self->cancellable, related_cb, self);
}

static void
load (Pane *self)
{
  self->again = self->loading;
  if (self->loading)
    return;
  self->loading = TRUE;
  wb_sync_load_async (wb_profile_get_sync (self->profile), self->thing->collection, self->id, self->cancellable,
                      load_cb, self);
}

/* Where the service has no call for one of them, all of its customer's are read. */
static const char *
id_of (Pane *self, WbCollection collection)
{
  for (guint i = 0; self->related != NULL && i < self->related->len; i++)
    {
      const WbRelated *one = self->related->pdata[i];

      if (one->collection == collection)
        return one->id;
    }
  return NULL;
}

static gboolean
reread (gpointer data)
{
  Pane *self = data;
  WbSync *sync = wb_profile_get_sync (self->profile);
  const char *customer = id_of (self, WB_COLLECTION_CUSTOMERS);
  WbCollection collection = self->thing->collection;

  self->reread_id = 0;
  /* What comes is told of as a change of rows. */
  if (collection == WB_COLLECTION_MAILBOXES)
    wb_sync_reread_async (sync, collection, self->id, self->cancellable, NULL, NULL);
  else if (customer != NULL)
    wb_sync_refresh_async (sync, collection, customer, self->cancellable, NULL, NULL);
  if (collection != WB_COLLECTION_DOMAINS && customer != NULL && id_of (self, WB_COLLECTION_DOMAINS) == NULL)
    wb_sync_refresh_async (sync, WB_COLLECTION_DOMAINS, customer, self->cancellable, NULL, NULL);
  return G_SOURCE_REMOVE;
}

static gboolean
settled (gpointer data)
{
  Pane *self = data;

  self->settle_id = 0;
  load (self);
  return G_SOURCE_REMOVE;
}

static void
on_rows_changed (WbProfile *profile, int collection, GtkWidget *pane)
{
  Pane *self = g_object_get_data (G_OBJECT (pane), "pane");

  if (self->settle_id == 0)
    self->settle_id = g_timeout_add (SETTLE_MS, settled, self);
}

GtkWidget *
wb_thing_pane_new (WbProfile *profile, const WbThing *thing, const char *id)
{
  Pane *self = g_new0 (Pane, 1);

  self->profile = g_object_ref (profile);
  self->thing = thing;
  self->id = g_strdup (id);
  self->cancellable = g_cancellable_new ();
  self->pane = wb_pane_new ("");
  g_object_set_data_full (G_OBJECT (self->pane), "pane", self, pane_free);
  g_signal_connect_object (profile, "rows-changed", G_CALLBACK (on_rows_changed), self->pane, 0);
  self->reread_id = g_timeout_add (REREAD_AFTER_MS, reread, self);
  load (self);
  return self->pane;
}
