// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-sandbox-private.h"

/* Many rows, for those who want to see how a large partner's lists behave. The same in every run. */

#define PER_DOMAIN 50
#define PER_CUSTOMER 1000

static WbSbCustomer *
add_customer (WbSandbox *self, guint number)
{
  g_autofree char *company = g_strdup_printf ("Bulk %05u", number);
  g_autofree char *address = g_strdup_printf ("office@bulk%05u.example", number);
  JsonObject *profile = json_object_new ();

  json_object_set_string_member (profile, "email", address);
  json_object_set_string_member (profile, "firstName", "Bulk");
  json_object_set_string_member (profile, "lastName", "Buyer");
  json_object_set_string_member (profile, "company", company);
  json_object_set_string_member (profile, "country", "US");
  return wb_sb_add_customer (self, wb_sb_id_for ("customer", company), profile, wb_sb_clock_wall (&self->clock));
}

static WbSbSubscription *
add_domain (WbSandbox *self, WbSbCustomer *customer, guint number)
{
  g_autofree char *name = g_strdup_printf ("bulk%06u.example", number);
  gint64 now = wb_sb_clock_wall (&self->clock) - (gint64) (number % 20) * WB_SB_DAY_US;
  WbSbDomain *domain = wb_sb_add_domain (self, wb_sb_id_for ("domain", name), name, customer->id, "GOOGLE", now, 1);

  return wb_sb_add_subscription (self, wb_sb_id_for ("subscription", name), domain, PER_DOMAIN, now);
}

static void
add_mailbox (WbSandbox *self, WbSbSubscription *subscription, guint number)
{
  g_autofree char *username = g_strdup_printf ("person.%07u", number);
  g_autofree char *last = g_strdup_printf ("Number %u", number);
  WbSbMailbox *mailbox = wb_sb_add_mailbox (self, wb_sb_id_for ("mailbox", username), subscription->domain, username,
                                            "Person", last, subscription->start_us);

  mailbox->subscription_id = g_strdup (subscription->id);
  mailbox->expire_us = subscription->end_us;
}

/* A domain for each fifty, a customer for each thousand. */
void
wb_sb_seed_bulk (WbSandbox *self, guint n_mailboxes)
{
  WbSbCustomer *customer = NULL;
  WbSbSubscription *subscription = NULL;

  for (guint i = 0; i < n_mailboxes; i++)
    {
      if (i % PER_CUSTOMER == 0)
        customer = add_customer (self, i / PER_CUSTOMER);
      if (i % PER_DOMAIN == 0)
        subscription = add_domain (self, customer, i / PER_DOMAIN);
      add_mailbox (self, subscription, i);
    }
}
