// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-operation-private.h"

static void
part_free (gpointer data)
{
  WbPart *part = data;

  g_free (part->name);
  g_free (part->value);
  g_free (part->blob);
  g_free (part);
}

WbRequest *
wb_request_new (CmrOp op)
{
  WbRequest *self = g_new0 (WbRequest, 1);

  self->op = op;
  self->params = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->parts = g_ptr_array_new_with_free_func (part_free);
  self->customer_id = g_strdup ("");
  self->customer = g_strdup ("");
  self->target = g_strdup ("");
  self->order = g_strdup ("");
  self->fingerprint = g_strdup ("");
  self->again_of = g_strdup ("");
  self->cents = CMR_MONEY_UNKNOWN;
  return self;
}

void
wb_request_free (WbRequest *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->params);
  g_ptr_array_unref (self->parts);
  g_clear_pointer (&self->json, g_bytes_unref);
  g_free (self->customer_id);
  g_free (self->customer);
  g_free (self->target);
  g_free (self->order);
  g_free (self->fingerprint);
  g_free (self->again_of);
  g_free (self);
}

static void
take (char **member, const char *text)
{
  g_free (*member);
  *member = g_strdup (text != NULL ? text : "");
}

void
wb_request_set_param (WbRequest *self, const char *name, const char *value)
{
  g_hash_table_insert (self->params, g_strdup (name), g_strdup (value));
}

void
wb_request_set_json (WbRequest *self, GBytes *json)
{
  g_clear_pointer (&self->json, g_bytes_unref);
  self->json = g_bytes_ref (json);
}

void
wb_request_add_text (WbRequest *self, const char *name, const char *value)
{
  WbPart *part = g_new0 (WbPart, 1);

  part->name = g_strdup (name);
  part->value = g_strdup (value);
  g_ptr_array_add (self->parts, part);
}

void
wb_request_add_blob (WbRequest *self, const char *name, const char *sha256, guint64 length)
{
  WbPart *part = g_new0 (WbPart, 1);

  part->name = g_strdup (name);
  part->blob = g_strdup (sha256);
  part->length = length;
  g_ptr_array_add (self->parts, part);
}

void
wb_request_set_confirm (WbRequest *self, gboolean confirm)
{
  self->confirm = confirm;
}

void
wb_request_set_customer (WbRequest *self, const char *id, const char *name)
{
  take (&self->customer_id, id);
  take (&self->customer, name);
}

void
wb_request_set_target (WbRequest *self, const char *target)
{
  take (&self->target, target);
}

void
wb_request_set_cents (WbRequest *self, gint64 cents)
{
  self->cents = cents;
}

void
wb_request_set_order (WbRequest *self, const char *order_uuid)
{
  take (&self->order, order_uuid);
}

void
wb_request_set_fingerprint (WbRequest *self, const char *fingerprint)
{
  take (&self->fingerprint, fingerprint);
}

void
wb_request_set_again_of (WbRequest *self, const char *operation_id)
{
  take (&self->again_of, operation_id);
}

void
wb_request_set_delay_ms (WbRequest *self, guint delay_ms)
{
  self->delay_ms = delay_ms;
}

void
wb_request_set_n_mailboxes (WbRequest *self, guint n)
{
  self->n_mailboxes = n;
}

CmrOp
wb_request_get_op (WbRequest *self)
{
  return self->op;
}

gboolean
wb_request_is_paid (const WbRequest *self)
{
  CmrPaid paid = cmr_endpoint_get (self->op)->paid;

  return paid == CMR_PAID_ALWAYS || (paid == CMR_PAID_WHEN_CONFIRM && self->confirm);
}

guint
wb_request_count_pictures (const WbRequest *self)
{
  guint n = 0;

  for (guint i = 0; i < self->parts->len; i++)
    n += ((WbPart *) self->parts->pdata[i])->blob != NULL;
  return n;
}
