// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-sandbox-private.h"

#include <string.h>

/* Ids look like the vendor's: 28 capitals and digits. */
static char *
id_from_seed (const char *seed)
{
  static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  char id[29];

  g_checksum_update (sum, (const guchar *) seed, -1);
  g_checksum_get_digest (sum, digest, &length);
  for (guint i = 0; i < 28; i++)
    id[i] = letters[digest[i] % 32];
  id[28] = '\0';
  return g_strdup (id);
}

char *
wb_sb_id_new (void)
{
  g_autofree char *seed = g_uuid_string_random ();

  return id_from_seed (seed);
}

/* The same name has the same id in every run, so that pictures of screens do not change. */
char *
wb_sb_id_for (const char *kind, const char *name)
{
  g_autofree char *seed = g_strconcat (kind, ":", name, NULL);

  return id_from_seed (seed);
}

WbSbCustomer *
wb_sb_find_customer (WbSandbox *self, const char *id)
{
  for (guint i = 0; i < self->customers->len; i++)
    {
      WbSbCustomer *customer = self->customers->pdata[i];

      if (g_strcmp0 (customer->id, id) == 0)
        return customer;
    }
  return NULL;
}

WbSbCustomer *
wb_sb_add_customer (WbSandbox *self, char *id, JsonObject *profile, gint64 created_us)
{
  WbSbCustomer *customer = g_new0 (WbSbCustomer, 1);

  customer->id = id;
  customer->profile = profile;
  customer->created_us = created_us;
  g_ptr_array_add (self->customers, customer);
  return customer;
}

static void
customer_free (WbSbCustomer *customer)
{
  g_free (customer->id);
  json_object_unref (customer->profile);
  g_free (customer);
}

WbSbDomain *
wb_sb_find_domain (WbSandbox *self, const char *name)
{
  return g_hash_table_lookup (self->domain_by_name, name);
}

static gint64
add_years (gint64 wall_us, int years)
{
  g_autoptr (GDateTime) start = g_date_time_new_from_unix_utc (wall_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) later = g_date_time_add_years (start, years);
  g_autoptr (GDateTime) end = g_date_time_new_utc (g_date_time_get_year (later),
                                                   g_date_time_get_month (later),
                                                   g_date_time_get_day_of_month (later), 23, 59, 59);

  return g_date_time_to_unix (end) * G_USEC_PER_SEC;
}

WbSbDomain *
wb_sb_add_domain (WbSandbox *self, char *id, const char *name, const char *customer_id,
                  const char *provider, gint64 registered_us, int years)
{
  WbSbDomain *domain = g_new0 (WbSbDomain, 1);

  domain->id = id;
  domain->name = g_strdup (name);
  domain->customer_id = g_strdup (customer_id);
  domain->status = "ACTIVE";
  domain->provider = provider;
  domain->registered_us = registered_us;
  domain->expire_us = add_years (registered_us, years);
  g_ptr_array_add (self->domains, domain);
  g_hash_table_insert (self->domain_by_name, domain->name, domain);
  return domain;
}

static void
domain_free (WbSbDomain *domain)
{
  g_free (domain->id);
  g_free (domain->name);
  g_free (domain->customer_id);
  g_free (domain->forward_to);
  g_free (domain);
}

WbSbMailbox *
wb_sb_add_mailbox (WbSandbox *self, char *id, WbSbDomain *domain, const char *username,
                   const char *first, const char *last, gint64 created_us)
{
  WbSbMailbox *mailbox = g_new0 (WbSbMailbox, 1);

  mailbox->id = id;
  mailbox->username = g_strdup (username);
  mailbox->first = g_strdup (first);
  mailbox->last = g_strdup (last);
  mailbox->domain = domain;
  mailbox->status = "ACTIVE";
  mailbox->created_us = created_us;
  mailbox->expire_us = created_us + 30 * WB_SB_DAY_US;
  g_ptr_array_add (self->mailboxes, mailbox);
  return mailbox;
}

static void
mailbox_free (WbSbMailbox *mailbox)
{
  g_free (mailbox->id);
  g_free (mailbox->username);
  g_free (mailbox->first);
  g_free (mailbox->last);
  g_free (mailbox->order_id);
  g_free (mailbox->subscription_id);
  g_free (mailbox->picture);
  g_free (mailbox);
}

WbSbSubscription *
wb_sb_add_subscription (WbSandbox *self, char *id, WbSbDomain *domain, guint quantity,
                        gint64 start_us)
{
  WbSbSubscription *subscription = g_new0 (WbSbSubscription, 1);

  subscription->id = id;
  subscription->domain = domain;
  subscription->status = "ACTIVE";
  subscription->quantity = quantity;
  subscription->cents = WB_SB_MAILBOX_CENTS;
  subscription->start_us = start_us;
  subscription->end_us = start_us + 30 * WB_SB_DAY_US;
  subscription->auto_renew = TRUE;
  g_ptr_array_add (self->subscriptions, subscription);
  return subscription;
}

static void
subscription_free (WbSbSubscription *subscription)
{
  g_free (subscription->id);
  g_free (subscription);
}

static void
box_free (WbSbBox *box)
{
  g_free (box->username);
  g_free (box->first);
  g_free (box->last);
  g_free (box->picture);
  g_free (box);
}

static void
line_free (WbSbLine *line)
{
  g_free (line->name);
  g_free (line->forward_to);
  g_ptr_array_unref (line->boxes);
  g_free (line);
}

WbSbOrder *
wb_sb_order_new (const char *customer_id)
{
  WbSbOrder *order = g_new0 (WbSbOrder, 1);

  order->id = wb_sb_id_new ();
  order->customer_id = g_strdup (customer_id);
  order->status = "CREATED";
  order->provider = "GOOGLE";
  order->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  order->unavailable = g_ptr_array_new_with_free_func (g_free);
  return order;
}

WbSbLine *
wb_sb_order_add_line (WbSbOrder *order, const char *name, int years)
{
  WbSbLine *line = g_new0 (WbSbLine, 1);

  line->name = g_strdup (name);
  line->years = years;
  line->boxes = g_ptr_array_new_with_free_func ((GDestroyNotify) box_free);
  g_ptr_array_add (order->lines, line);
  return line;
}

WbSbBox *
wb_sb_line_add_box (WbSbLine *line, const char *username, const char *first, const char *last)
{
  WbSbBox *box = g_new0 (WbSbBox, 1);

  box->username = g_strdup (username);
  box->first = g_strdup (first);
  box->last = g_strdup (last);
  g_ptr_array_add (line->boxes, box);
  return box;
}

void
wb_sb_order_free (WbSbOrder *order)
{
  g_free (order->id);
  g_free (order->customer_id);
  g_ptr_array_unref (order->lines);
  g_ptr_array_unref (order->unavailable);
  g_free (order);
}

void
wb_sb_rows_init (WbSandbox *self)
{
  self->customers = g_ptr_array_new_with_free_func ((GDestroyNotify) customer_free);
  self->domains = g_ptr_array_new_with_free_func ((GDestroyNotify) domain_free);
  self->mailboxes = g_ptr_array_new_with_free_func ((GDestroyNotify) mailbox_free);
  self->subscriptions = g_ptr_array_new_with_free_func ((GDestroyNotify) subscription_free);
  self->orders = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_sb_order_free);
  self->domain_by_name = g_hash_table_new (g_str_hash, g_str_equal);
}

/* Rows point at the domains they belong to: those go last. */
void
wb_sb_rows_clear (WbSandbox *self)
{
  g_ptr_array_set_size (self->orders, 0);
  g_ptr_array_set_size (self->subscriptions, 0);
  g_ptr_array_set_size (self->mailboxes, 0);
  g_hash_table_remove_all (self->domain_by_name);
  g_ptr_array_set_size (self->domains, 0);
  g_ptr_array_set_size (self->customers, 0);
}

void
wb_sb_rows_free (WbSandbox *self)
{
  g_clear_pointer (&self->orders, g_ptr_array_unref);
  g_clear_pointer (&self->subscriptions, g_ptr_array_unref);
  g_clear_pointer (&self->mailboxes, g_ptr_array_unref);
  g_clear_pointer (&self->domain_by_name, g_hash_table_unref);
  g_clear_pointer (&self->domains, g_ptr_array_unref);
  g_clear_pointer (&self->customers, g_ptr_array_unref);
}
