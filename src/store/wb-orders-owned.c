// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "cmr-client.h"
#include "wb-order-private.h"
#include "wb-profile.h"

/* What a customer has on the server, all pages of it, for comparing: the mirror may be old. */

#define PAGE_LIMIT 100
/* Half a million rows: a service that goes on for ever does not keep us reading. */
#define PAGES_MAX 5000

typedef char *(*DupName) (CmrObject *row);

typedef struct {
  CmrOp op;
  DupName dup_name;
  char *customer_id;
  guint page;
  guint read;
  GHashTable *names; /* set, lower case */
} Owned;

static void
owned_free (gpointer data)
{
  Owned *owned = data;

  g_hash_table_unref (owned->names);
  g_free (owned->customer_id);
  g_free (owned);
}

static char *
dup_domain (CmrObject *row)
{
  return g_ascii_strdown (cmr_object_get_text (row, "domain-name"), -1);
}

static char *
dup_address (CmrObject *row)
{
  const char *email = cmr_object_get_text (row, "email"), *user = cmr_object_get_text (row, "username");
  g_autofree char *made = *email == '\0' && *user != '\0'
                              ? g_strconcat (user, "@", cmr_object_get_text (row, "domain"), NULL)
                              : g_strdup (email);

  return g_utf8_strdown (made, -1);
}

static const struct {
  CmrOp op;
  DupName dup_name;
} kinds[] = {
  { CMR_OP_LIST_DOMAINS, dup_domain },
  { CMR_OP_LIST_MAILBOXES, dup_address },
};

static void ask_page (GTask *task);

/* By our own count too: a service that gives the first page again and again must not keep us asking. */
static gboolean
is_end (const Owned *owned, const CmrPage *page)
{
  return page->last || (page->total >= 0 && owned->read >= page->total)
         || (page->total_pages > 0 && owned->page >= page->total_pages);
}

static void
take_rows (Owned *owned, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    g_hash_table_add (owned->names, owned->dup_name (rows->pdata[i]));
  owned->read += rows->len;
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WbOrders *self = g_task_get_source_object (task);
  Owned *owned = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, &error);
  g_autoptr (CmrPage) page = body != NULL ? cmr_page_parse (cmr_endpoint_get (owned->op), body, &error) : NULL;

  if (page == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  take_rows (owned, page->rows);
  if (is_end (owned, page))
    g_task_return_pointer (task, g_hash_table_ref (owned->names), (GDestroyNotify) g_hash_table_unref);
  else if (owned->page == PAGES_MAX)
    g_task_return_new_error (task, CMR_ERROR, CMR_ERROR_PROTOCOL, "pages without end");
  else if (wb_orders_get_profile (self) == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed");
  else
    {
      owned->page++;
      ask_page (g_steal_pointer (&task));
    }
}

static void
ask_page (GTask *task)
{
  WbOrders *self = g_task_get_source_object (task);
  Owned *owned = g_task_get_task_data (task);
  g_autoptr (CmrCall) call = cmr_call_new (owned->op);
  g_autofree char *page = g_strdup_printf ("%u", owned->page);

  cmr_call_set_priority (call, CMR_PRIORITY_VISIBLE);
  cmr_call_set_param (call, "userId", owned->customer_id);
  cmr_call_set_param (call, "page", page);
  cmr_call_set_param (call, "limit", G_STRINGIFY (PAGE_LIMIT));
  cmr_client_read_async (wb_profile_get_client (wb_orders_get_profile (self)), call, g_task_get_cancellable (task), page_cb, task);
}

void
wb_orders_read_owned_async (WbOrders *self, CmrOp op, const char *customer_id, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Owned *owned = g_new0 (Owned, 1);

  g_task_set_source_tag (task, wb_orders_read_owned_async);
  owned->op = op;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].op == op)
      owned->dup_name = kinds[i].dup_name;
  g_assert (owned->dup_name != NULL);
  owned->customer_id = g_strdup (customer_id);
  owned->page = 1;
  owned->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_task_set_task_data (task, owned, owned_free);
  ask_page (task);
}

GHashTable *
wb_orders_read_owned_finish (WbOrders *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
