// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-saved-views-private.h"

#include "wb-profile-private.h"

struct _WbSavedViews {
  GObject parent_instance;

  WbDatabase *journal; /* lent; NULL when stopped */
  GPtrArray *items;    /* of WbSavedView, by place */
  WbSavedView *removed;
  guint removed_from;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbSavedViews, wb_saved_views, G_TYPE_OBJECT)

static const char *const collections[WB_N_COLLECTIONS] = {
  [WB_COLLECTION_ORDERS] = "orders",       [WB_COLLECTION_ACTIVITY] = "activity",
  [WB_COLLECTION_CUSTOMERS] = "customers", [WB_COLLECTION_DOMAINS] = "domains",
  [WB_COLLECTION_MAILBOXES] = "mailboxes", [WB_COLLECTION_SUBSCRIPTIONS] = "subscriptions",
};

void
wb_saved_view_free (WbSavedView *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->body);
  g_free (self);
}

static WbSavedView *
copy_view (const WbSavedView *view)
{
  WbSavedView *copy = g_memdup2 (view, sizeof *view);

  copy->id = g_strdup (view->id);
  copy->name = g_strdup (view->name);
  copy->body = g_strdup (view->body);
  return copy;
}

/* Those of lists that this version does not know stay where they are, and are not shown. */
GPtrArray *
wb_saved_views_read (sqlite3 *db, GError **error)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_saved_view_free);
  g_autoptr (WbStatement) stmt
      = wb_db_prepare (db, error, "SELECT id, collection, name, body, pinned FROM views ORDER BY place, rowid", "");

  while (stmt != NULL && wb_db_step (stmt, error))
    for (guint i = 0; i < WB_N_COLLECTIONS; i++)
      if (g_strcmp0 (collections[i], wb_db_text (stmt, 1)) == 0)
        {
          const WbSavedView view = { (char *) wb_db_text (stmt, 0), i, (char *) wb_db_text (stmt, 2),
                                     (char *) wb_db_text (stmt, 3), sqlite3_column_int (stmt, 4) != 0 };

          g_ptr_array_add (items, copy_view (&view));
        }
  return items;
}

/* Writing */

typedef struct {
  WbSavedView *view;
  guint place;
} Write;

static void
write_free (gpointer data)
{
  Write *write = data;

  wb_saved_view_free (write->view);
  g_free (write);
}

static gpointer
write_job (sqlite3 *db, gpointer data, GError **error)
{
  Write *write = data;
  const WbSavedView *view = write->view;

  wb_db_run (db, error,
             "INSERT INTO views (id, collection, place, name, body, pinned) VALUES (?, ?, ?, ?, ?, ?)"
             " ON CONFLICT (id) DO UPDATE SET place = excluded.place, name = excluded.name, body = excluded.body,"
             " pinned = excluded.pinned",
             "ssissi", view->id, collections[view->collection], (gint64) write->place, view->name, view->body,
             (gint64) view->pinned);
  return NULL;
}

static gpointer
remove_job (sqlite3 *db, gpointer id, GError **error)
{
  wb_db_run (db, error, "DELETE FROM views WHERE id = ?", "s", id);
  return NULL;
}

static void
write_view (WbSavedViews *self, guint place)
{
  Write *write;

  if (self->journal == NULL || place >= self->items->len)
    return;
  write = g_new (Write, 1);
  write->view = copy_view (self->items->pdata[place]);
  write->place = place;
  wb_database_push (self->journal, write_job, write, write_free);
}

static void
write_from (WbSavedViews *self, guint place)
{
  for (; place < self->items->len; place++)
    write_view (self, place);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Finding */

static int
find_place (WbSavedViews *self, const char *id)
{
  for (guint i = 0; i < self->items->len; i++)
    if (g_strcmp0 (((WbSavedView *) self->items->pdata[i])->id, id) == 0)
      return (int) i;
  return -1;
}

const WbSavedView *
wb_saved_views_find (WbSavedViews *self, const char *id)
{
  int place = find_place (self, id);

  return place >= 0 ? self->items->pdata[place] : NULL;
}

const WbSavedView **
wb_saved_views_list (WbSavedViews *self, WbCollection collection, guint *n)
{
  const WbSavedView **views = g_new0 (const WbSavedView *, self->items->len + 1);

  *n = 0;
  for (guint i = 0; i < self->items->len; i++)
    if (((WbSavedView *) self->items->pdata[i])->collection == collection)
      views[(*n)++] = self->items->pdata[i];
  return views;
}

/* Changing */

const char *
wb_saved_views_add (WbSavedViews *self, WbCollection collection, const char *name, const char *body)
{
  g_autofree char *id = g_uuid_string_random ();
  const WbSavedView view = { id, collection, (char *) name, (char *) body, FALSE };

  g_ptr_array_add (self->items, copy_view (&view));
  write_from (self, self->items->len - 1);
  return ((WbSavedView *) self->items->pdata[self->items->len - 1])->id;
}

static void
set_text (WbSavedViews *self, const char *id, gsize offset, const char *text)
{
  int place = find_place (self, id);
  char **member;

  if (place < 0)
    return;
  member = (char **) ((char *) self->items->pdata[place] + offset);
  g_free (*member);
  *member = g_strdup (text);
  write_view (self, (guint) place);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
wb_saved_views_rename (WbSavedViews *self, const char *id, const char *name)
{
  set_text (self, id, G_STRUCT_OFFSET (WbSavedView, name), name);
}

void
wb_saved_views_set_body (WbSavedViews *self, const char *id, const char *body)
{
  set_text (self, id, G_STRUCT_OFFSET (WbSavedView, body), body);
}

void
wb_saved_views_set_pinned (WbSavedViews *self, const char *id, gboolean pinned)
{
  int place = find_place (self, id);

  if (place < 0)
    return;
  ((WbSavedView *) self->items->pdata[place])->pinned = pinned;
  write_view (self, (guint) place);
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
wb_saved_views_move (WbSavedViews *self, const char *id, int by)
{
  int from = find_place (self, id), to = from;
  WbSavedView *view = from >= 0 ? self->items->pdata[from] : NULL;

  if (view == NULL)
    return FALSE;
  /* Views of other lists lie between. */
  do
    to += by;
  while (to >= 0 && to < (int) self->items->len && ((WbSavedView *) self->items->pdata[to])->collection != view->collection);
  if (to < 0 || to >= (int) self->items->len)
    return FALSE;
  self->items->pdata[from] = self->items->pdata[to];
  self->items->pdata[to] = view;
  write_from (self, (guint) MIN (from, to));
  return TRUE;
}

/**
 * wb_saved_views_move_to:
 * @other: a view of the same list
 *
 * Puts a view where @other stands, which makes room towards where the view came from.
 *
 * Returns: %FALSE where it cannot go
 */
gboolean
wb_saved_views_move_to (WbSavedViews *self, const char *id, const char *other)
{
  int from = find_place (self, id), to = find_place (self, other);
  WbSavedView *view = from >= 0 ? self->items->pdata[from] : NULL;

  if (view == NULL || to < 0 || from == to || ((WbSavedView *) self->items->pdata[to])->collection != view->collection)
    return FALSE;
  for (int i = from; i != to; i += from < to ? 1 : -1)
    self->items->pdata[i] = self->items->pdata[i + (from < to ? 1 : -1)];
  self->items->pdata[to] = view;
  write_from (self, (guint) MIN (from, to));
  return TRUE;
}

void
wb_saved_views_remove (WbSavedViews *self, const char *id)
{
  int place = find_place (self, id);

  if (place < 0)
    return;
  g_clear_pointer (&self->removed, wb_saved_view_free);
  self->removed = copy_view (self->items->pdata[place]);
  self->removed_from = (guint) place;
  if (self->journal != NULL)
    wb_database_push (self->journal, remove_job, g_strdup (self->removed->id), g_free);
  g_ptr_array_remove_index (self->items, (guint) place);
  write_from (self, (guint) place);
}

void
wb_saved_views_undo_remove (WbSavedViews *self)
{
  guint place = MIN (self->removed_from, self->items->len);

  if (self->removed == NULL)
    return;
  g_ptr_array_insert (self->items, (int) place, g_steal_pointer (&self->removed));
  write_from (self, place);
}

void
wb_saved_views_stop (WbSavedViews *self)
{
  self->journal = NULL;
}

static void
wb_saved_views_finalize (GObject *object)
{
  WbSavedViews *self = WB_SAVED_VIEWS (object);

  g_clear_pointer (&self->removed, wb_saved_view_free);
  g_ptr_array_unref (self->items);
  G_OBJECT_CLASS (wb_saved_views_parent_class)->finalize (object);
}

static void
wb_saved_views_class_init (WbSavedViewsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_saved_views_finalize;
  signals[CHANGED] = g_signal_new ("changed", WB_TYPE_SAVED_VIEWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_saved_views_init (WbSavedViews *self)
{
}

WbSavedViews *
wb_saved_views_new (WbDatabase *journal, GPtrArray *items)
{
  WbSavedViews *self = g_object_new (WB_TYPE_SAVED_VIEWS, NULL);

  self->journal = journal;
  self->items = items != NULL ? items : g_ptr_array_new_with_free_func ((GDestroyNotify) wb_saved_view_free);
  return self;
}

WbSavedViews *
wb_profile_get_views (WbProfile *self)
{
  return self->views;
}
