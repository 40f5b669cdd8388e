// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-name-answer-private.h"
#include "wb-name-queue-private.h"

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbNameBook, wb_name_book, G_TYPE_OBJECT)

static void
entry_free (gpointer data)
{
  WbNameEntry *entry = data;

  g_clear_handle_id (&entry->patience_id, g_source_remove);
  g_free (entry->domain);
  g_free (entry->provider);
  g_free (entry->customer_id);
  g_free (entry);
}

static char *
make_key (const char *domain, const char *provider)
{
  g_autofree char *low = g_ascii_strdown (domain, -1);

  return g_strconcat (provider, " ", low, NULL);
}

static WbNameEntry *
find (WbNameBook *self, const char *domain, const char *provider)
{
  g_autofree char *key = make_key (domain, provider);

  return g_hash_table_lookup (self->entries, key);
}

static WbNameEntry *
ensure (WbNameBook *self, const char *domain, const char *provider)
{
  WbNameEntry *entry = find (self, domain, provider);

  if (entry != NULL)
    return entry;
  entry = g_new0 (WbNameEntry, 1);
  entry->domain = g_ascii_strdown (domain, -1);
  entry->provider = g_strdup (provider);
  entry->answer = (WbNameAnswer) { WB_NAME_NOT_ASKED, CMR_MONEY_UNKNOWN, CMR_MONEY_UNKNOWN, 0 };
  entry->name = entry->answer;
  g_hash_table_insert (self->entries, make_key (domain, provider), entry);
  return entry;
}

void
wb_name_book_tell (WbNameBook *self, const WbNameEntry *entry)
{
  g_signal_emit (self, signals[CHANGED], 0, entry->domain);
}

/* Whether a name can be registered does not depend on the provider. */
static const WbNameAnswer *
find_fresh_name (WbNameBook *self, const char *domain)
{
  static const char *const providers[] = { "GOOGLE", "MICROSOFT" };

  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      const WbNameEntry *entry = find (self, domain, providers[i]);

      if (entry != NULL && (entry->name.state == WB_NAME_AVAILABLE || entry->name.state == WB_NAME_TAKEN)
          && g_get_real_time () - entry->name.asked_at < WB_NAME_FRESH)
        return &entry->name;
    }
  return NULL;
}

static gboolean
is_fresh (const WbNameEntry *entry)
{
  return entry->answer.state != WB_NAME_NOT_ASKED && g_get_real_time () - entry->answer.asked_at < WB_NAME_FRESH;
}

void
wb_name_book_ask (WbNameBook *self, const char *customer_id, const char *domain, const char *provider, gboolean again)
{
  WbNameEntry *entry;
  const WbNameAnswer *name;

  g_return_if_fail (WB_IS_NAME_BOOK (self));
  g_return_if_fail (domain != NULL && provider != NULL);

  if (self->profile == NULL || customer_id == NULL || *customer_id == '\0')
    return;
  entry = ensure (self, domain, provider);
  if (entry->stage != WB_STAGE_IDLE)
    {
      /* Told as not known, but the request is still under way: its end is waited for once more. */
      if (again && entry->under_way && entry->patience_id == 0)
        wb_name_book_start_patience (self, entry);
      if (again)
        wb_name_book_set_state (self, entry, WB_NAME_ASKING);
      return;
    }
  if (!again && is_fresh (entry))
    return;
  name = again ? NULL : find_fresh_name (self, domain);
  g_free (entry->customer_id);
  entry->customer_id = g_strdup (customer_id);
  if (name != NULL)
    wb_name_book_take_name (self, entry,
                            &(WbNameAnswer){ name->state, name->cents, name->renew_cents, name->asked_at });
  else
    {
      wb_name_book_enqueue (self, entry, WB_STAGE_NAME);
      wb_name_book_set_state (self, entry, WB_NAME_ASKING);
    }
  wb_name_book_pump (self);
}

void
wb_name_book_look_at (WbNameBook *self, const char *const *domains)
{
  g_return_if_fail (WB_IS_NAME_BOOK (self));

  g_hash_table_remove_all (self->seen);
  for (guint i = 0; domains != NULL && domains[i] != NULL; i++)
    g_hash_table_add (self->seen, g_ascii_strdown (domains[i], -1));
}

const WbNameAnswer *
wb_name_book_get (WbNameBook *self, const char *domain, const char *provider)
{
  const WbNameEntry *entry;

  g_return_val_if_fail (WB_IS_NAME_BOOK (self), NULL);

  entry = find (self, domain, provider);
  return entry != NULL ? &entry->answer : NULL;
}

void
wb_name_book_put (WbNameBook *self, const char *domain, const char *provider, const WbNameAnswer *answer)
{
  WbNameEntry *entry = ensure (self, domain, provider);

  entry->answer = *answer;
  entry->name = *answer;
  if (answer->state == WB_NAME_WORKSPACE)
    entry->name.state = WB_NAME_AVAILABLE;
  wb_name_book_tell (self, entry);
}

/* Ideas */

static void
ideas_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, &error);
  GPtrArray *ideas = body != NULL ? wb_name_read_ideas (body, &error) : NULL;

  if (ideas == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, ideas, (GDestroyNotify) g_ptr_array_unref);
}

void
wb_name_book_suggest_async (WbNameBook *self, const char *customer_id, const char *keyword, const char *const *endings,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (CmrCall) call = cmr_call_new (CMR_OP_SUGGEST_DOMAINS);
  g_autoptr (GBytes) json = wb_name_search (keyword, endings);

  g_task_set_source_tag (task, wb_name_book_suggest_async);
  if (self->profile == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the profile is closed");
      g_object_unref (task);
      return;
    }
  cmr_call_set_priority (call, CMR_PRIORITY_VISIBLE);
  cmr_call_set_param (call, "userId", customer_id);
  cmr_call_set_json (call, json);
  cmr_client_read_async (wb_profile_get_client (self->profile), call, cancellable, ideas_cb, task);
}

GPtrArray *
wb_name_book_suggest_finish (WbNameBook *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

WbNameBook *
wb_name_book_new (WbProfile *profile)
{
  WbNameBook *self = g_object_new (WB_TYPE_NAME_BOOK, NULL);

  self->profile = profile;
  return self;
}

void
wb_name_book_stop (WbNameBook *self)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer entry;

  self->profile = NULL;
  g_cancellable_cancel (self->cancellable);
  for (guint i = 0; i < WB_N_STAGES; i++)
    g_queue_clear (&self->waiting[i]);
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    if (((WbNameEntry *) entry)->stage != WB_STAGE_IDLE)
      g_ptr_array_add (open, entry);
  for (guint i = 0; i < open->len; i++)
    wb_name_book_settle (self, open->pdata[i], WB_NAME_NOT_KNOWN);
}

static void
wb_name_book_finalize (GObject *object)
{
  WbNameBook *self = WB_NAME_BOOK (object);

  for (guint i = 0; i < WB_N_STAGES; i++)
    g_queue_clear (&self->waiting[i]);
  g_hash_table_unref (self->entries);
  g_hash_table_unref (self->seen);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (wb_name_book_parent_class)->finalize (object);
}

static void
wb_name_book_class_init (WbNameBookClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_name_book_finalize;
  /**
   * WbNameBook::changed:
   * @domain: whose answer is another one now
   */
  signals[CHANGED] = g_signal_new ("changed", WB_TYPE_NAME_BOOK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_STRING);
}

static void
wb_name_book_init (WbNameBook *self)
{
  self->cancellable = g_cancellable_new ();
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < WB_N_STAGES; i++)
    g_queue_init (&self->waiting[i]);
}
