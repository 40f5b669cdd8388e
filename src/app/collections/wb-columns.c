// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-columns.h"

#include <glib/gi18n.h>

#include "wb-format.h"

static const WbColumn order_columns[] = {
  { "customer", "domains", N_("Customer and domains"), WB_COLUMN_TITLE, 0, 210 },
  { "mailboxes", NULL, N_("Mailboxes"), WB_COLUMN_NUMBER, 2, 84 },
  { "state", NULL, N_("State"), WB_COLUMN_STATE, 0, 140 },
  { "cents", NULL, N_("Charge"), WB_COLUMN_MONEY, 1, 126 },
  { "made", NULL, N_("Made"), WB_COLUMN_TIME, 3, 92 },
  { "order-id", NULL, N_("Order id"), WB_COLUMN_TEXT, 4, 150, TRUE },
  { "live", NULL, N_("Live mailboxes"), WB_COLUMN_NUMBER, 4, 120, TRUE },
  { "failed", NULL, N_("Failed mailboxes"), WB_COLUMN_NUMBER, 4, 130, TRUE },
};

static const WbChipWords order_chips[] = {
  { "all", N_("All") },         { "needs-you", N_("Needs you") }, { "in-progress", N_("In progress") },
  { "drafts", N_("Drafts") },   { "live", N_("Live") },           { "failed", N_("Failed") },
};

static const WbColumn activity_columns[] = {
  { "op", "customer", N_("What"), WB_COLUMN_TITLE, 0, 210 },
  { "cents", NULL, N_("Charge"), WB_COLUMN_MONEY, 1, 100 },
  { "state", NULL, N_("State"), WB_COLUMN_STATE, 0, 130 },
  { "created", NULL, N_("When"), WB_COLUMN_TIME, 2, 80 },
};

static const WbChipWords activity_chips[] = {
  { "all", N_("All") },         { "unknown", N_("Unknown") }, { "failed", N_("Failed") },
  { "running", N_("Running") }, { "waiting", N_("Waiting") }, { "paid", N_("Paid") },
};

static const WbColumn customer_columns[] = {
  { "name", "email", N_("Customer"), WB_COLUMN_TITLE, 0, 210 },
  { "domains", NULL, N_("Domains"), WB_COLUMN_NUMBER, 3, 84 },
  { "mailboxes", NULL, N_("Mailboxes"), WB_COLUMN_NUMBER, 2, 90 },
  { "monthly-cents", NULL, N_("A month"), WB_COLUMN_MONEY, 1, 100 },
  { "next-renewal", NULL, N_("Next renewal"), WB_COLUMN_DATE, 4, 110 },
  { "company", NULL, N_("Company"), WB_COLUMN_TEXT, 5, 150, TRUE },
  { "orders", NULL, N_("Orders"), WB_COLUMN_NUMBER, 5, 84, TRUE },
  { "last-order", NULL, N_("Last order"), WB_COLUMN_DATE, 5, 110, TRUE },
  { "created", NULL, N_("Customer since"), WB_COLUMN_DATE, 5, 130, TRUE },
};

static const WbChipWords customer_chips[] = { { "all", N_("All") } };

static const WbColumn domain_columns[] = {
  { "name", "customer", N_("Domain"), WB_COLUMN_TITLE, 0, 250 },
  { "state", NULL, N_("State"), WB_COLUMN_STATE, 0, 150 },
  { "expires", NULL, N_("Expires"), WB_COLUMN_DUE, 1, 110 },
  { "auto-renew", NULL, N_("Auto-renew"), WB_COLUMN_SWITCH, 3, 100 },
  { "mailboxes", NULL, N_("Mailboxes"), WB_COLUMN_NUMBER, 2, 90 },
};

static const WbChipWords domain_chips[] = {
  { "all", N_("All") },
  { "active", N_("Active") },
  { "expiring", N_("Expiring in 30 days") },
  { "grace", N_("Grace") },
  { "expired", N_("Expired") },
  { "auto-renew-off", N_("Auto-renew off") },
};

static const WbColumn mailbox_columns[] = {
  { "name", "address", N_("Mailbox"), WB_COLUMN_TITLE, 0, 300 },
  { "customer", NULL, N_("Customer"), WB_COLUMN_TEXT, 1, 140 },
  { "state", NULL, N_("State"), WB_COLUMN_STATE, 0, 140 },
  { "provider", NULL, N_("Provider"), WB_COLUMN_PROVIDER, 2, 86 },
  { "domain", NULL, N_("Domain"), WB_COLUMN_TEXT, 4, 190 },
  { "created", NULL, N_("Made"), WB_COLUMN_TIME, 3, 110 },
};

static const WbChipWords mailbox_chips[] = {
  { "all", N_("All") },       { "live", N_("Live") },       { "being-made", N_("Being made") },
  { "failed", N_("Failed") }, { "expired", N_("Expired") }, { "no-picture", N_("No picture") },
};

static const WbColumn subscription_columns[] = {
  { "domain", "customer", N_("Domain"), WB_COLUMN_TITLE, 0, 250 },
  { "state", NULL, N_("State"), WB_COLUMN_STATE, 0, 150 },
  { "mailboxes", NULL, N_("Mailboxes"), WB_COLUMN_NUMBER, 3, 86 },
  { "price-cents", NULL, N_("Price each"), WB_COLUMN_MONEY, 2, 86 },
  { "due", NULL, N_("Due"), WB_COLUMN_DUE, 1, 100 },
  { "auto-renew", NULL, N_("Auto-renew"), WB_COLUMN_SWITCH, 4, 100 },
};

static const WbChipWords subscription_chips[] = {
  { "all", N_("All") },
  { "active", N_("Active") },
  { "overdue", N_("Payment overdue") },
  { "due", N_("Due in 7 days") },
  { "auto-renew-off", N_("Auto-renew off") },
  { "ended", N_("Ended") },
};

static char *
dup_order_count (gulong n, const char *figure)
{
  return g_strdup_printf (ngettext ("%s order", "%s orders", n), figure);
}

static char *
dup_request_count (gulong n, const char *figure)
{
  return g_strdup_printf (ngettext ("%s request", "%s requests", n), figure);
}

static char *
dup_customer_count (gulong n, const char *figure)
{
  return g_strdup_printf (ngettext ("%s customer", "%s customers", n), figure);
}

static char *
dup_domain_count (gulong n, const char *figure)
{
  return g_strdup_printf (ngettext ("%s domain", "%s domains", n), figure);
}

static char *
dup_mailbox_count (gulong n, const char *figure)
{
  return g_strdup_printf (ngettext ("%s mailbox", "%s mailboxes", n), figure);
}

static char *
dup_subscription_count (gulong n, const char *figure)
{
  return g_strdup_printf (ngettext ("%s subscription", "%s subscriptions", n), figure);
}

static char *
dup_mailboxes (WbRow *row)
{
  gint64 n = MAX (wb_row_get_int (row, "mailboxes"), 0);
  g_autofree char *figure = wb_format_count (n);

  return g_strdup_printf (ngettext ("%s mailbox", "%s mailboxes", (gulong) n), figure);
}

static char *
dup_order_facts (WbRow *row)
{
  return dup_mailboxes (row);
}

static char *
dup_customer_facts (WbRow *row)
{
  gint64 n = wb_row_get_int (row, "domains");
  g_autofree char *figure = NULL, *domains = NULL, *mailboxes = NULL;

  if (n < 0)
    return g_strdup ("");
  figure = wb_format_count (n);
  domains = g_strdup_printf (ngettext ("%s domain", "%s domains", (gulong) n), figure);
  mailboxes = dup_mailboxes (row);
  /* Translators: "4 domains · 39 mailboxes" */
  return g_strdup_printf (_("%s · %s"), domains, mailboxes);
}

/* What was not read is not none. */
static char *
dup_domain_facts (WbRow *row)
{
  return wb_row_get_int (row, "mailboxes") >= 0 ? dup_mailboxes (row) : g_strdup ("");
}

static char *
dup_mailbox_facts (WbRow *row)
{
  return wb_format_text (wb_row_get_text (row, "customer"));
}

static const WbCollectionWords words[WB_N_COLLECTIONS] = {
  [WB_COLLECTION_ORDERS]
  = { WB_COLLECTION_ORDERS, N_("Orders"), "package-x-generic-symbolic",
      N_("Search orders by customer, domain, mailbox or order id"), dup_order_count, N_("No Orders Yet"),
      N_("Order domains and mailboxes, pictures included. Nothing is charged before you have seen the sum."),
      N_("No Orders Match"), N_("New Order"), "list-add-symbolic", "app.new-order",
      N_("Orders made in the dashboard are not listed: the service has no list."), "order", FALSE, dup_order_facts,
      order_columns, G_N_ELEMENTS (order_columns), order_chips, G_N_ELEMENTS (order_chips) },
  [WB_COLLECTION_ACTIVITY]
  = { WB_COLLECTION_ACTIVITY, N_("Activity"), "document-open-recent-symbolic",
      N_("Search activity by customer or order id"), dup_request_count, N_("Nothing Sent Yet"),
      N_("Each change you make is written here before it leaves this computer."), N_("No Activity Matches"), NULL,
      NULL, NULL, NULL, "operation", TRUE, NULL, activity_columns, G_N_ELEMENTS (activity_columns), activity_chips,
      G_N_ELEMENTS (activity_chips) },
  [WB_COLLECTION_CUSTOMERS]
  = { WB_COLLECTION_CUSTOMERS, N_("Customers"), "system-users-symbolic",
      N_("Search customers by name, e-mail, city or id"), dup_customer_count, N_("No Customers Yet"),
      N_("Every order is for a customer. Creating one costs nothing."), N_("No Customers Match"),
      N_("New Customer…"), "list-add-symbolic", "app.new-customer", NULL, NULL, FALSE, dup_customer_facts,
      customer_columns, G_N_ELEMENTS (customer_columns), customer_chips, G_N_ELEMENTS (customer_chips) },
  [WB_COLLECTION_DOMAINS]
  = { WB_COLLECTION_DOMAINS, N_("Domains"), "web-browser-symbolic", N_("Search domains by name or id"),
      dup_domain_count, N_("No Domains Yet"), N_("They appear here a minute or two after an order is paid."),
      N_("No Domains Match"), N_("New Order"), "list-add-symbolic", "app.new-order", NULL, "domain", FALSE,
      dup_domain_facts, domain_columns, G_N_ELEMENTS (domain_columns), domain_chips, G_N_ELEMENTS (domain_chips) },
  [WB_COLLECTION_MAILBOXES]
  = { WB_COLLECTION_MAILBOXES, N_("Mailboxes"), "mail-unread-symbolic", N_("Search mailboxes by name or address"),
      dup_mailbox_count, N_("No Mailboxes Yet"), N_("They appear here a minute or two after an order is paid."),
      N_("No Mailboxes Match"), N_("New Order"), "list-add-symbolic", "app.new-order", NULL, "mailbox", FALSE,
      dup_mailbox_facts, mailbox_columns, G_N_ELEMENTS (mailbox_columns), mailbox_chips, G_N_ELEMENTS (mailbox_chips) },
  [WB_COLLECTION_SUBSCRIPTIONS]
  = { WB_COLLECTION_SUBSCRIPTIONS, N_("Subscriptions"), "media-playlist-repeat-symbolic",
      N_("Search subscriptions by domain or id"), dup_subscription_count, N_("No Subscriptions Yet"),
      N_("Each domain with mailboxes has one, from the moment its order is paid."), N_("No Subscriptions Match"),
      N_("New Order"), "list-add-symbolic", "app.new-order", NULL, "subscription", FALSE, dup_domain_facts,
      subscription_columns, G_N_ELEMENTS (subscription_columns), subscription_chips, G_N_ELEMENTS (subscription_chips) },
};

const WbCollectionWords *
wb_collection_words (WbCollection collection)
{
  return &words[collection];
}
