// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-list-private.h"

/* Lists of what customers own. There may be a million mailboxes: what a row says of others is found by a unique key
 * or counted through an index, and only for the rows that are shown. */

/* As the list of customers calls them. */
#define CUSTOMER_NAME                                                                                                  \
  "coalesce ((SELECT coalesce (nullif (c.company, ''), trim (coalesce (c.first_name, '') || ' ' ||"                    \
  " coalesce (c.last_name, ''))) FROM customer c WHERE c.row_key = t.scope), '')"

/* The service states times as microseconds here do. */
#define NOW "(CAST (strftime ('%s', 'now') AS INTEGER) * 1000000)"
#define DAYS(n) "(" #n " * 86400000000)"

static const WbListColumn mailbox_columns[] = {
  { "id", FALSE },    { "name", FALSE },     { "address", FALSE },           { "customer", FALSE }, { "customer-id", FALSE },
  { "state", FALSE }, { "provider", FALSE }, { "domain", FALSE },          { "picture", TRUE },  { "created", TRUE },
  { "search", FALSE },
};

static const WbListSource mailbox_sources[] = {
  { "mailbox t",
    "t.row_key, coalesce (nullif (trim (coalesce (t.first_name, '') || ' ' || coalesce (t.last_name, '')), ''), t.username, ''),"
    " t.email, " CUSTOMER_NAME ", t.scope, coalesce (t.status, ''), coalesce (t.service_provider, ''),"
    " coalesce (t.domain, ''), coalesce (t.profile_picture, '') <> '', t.created_at,"
    /* No ids: of a million rows they would double what a search keeps in memory. */
    " coalesce (t.email, '') || ' ' || coalesce (t.first_name, '') || ' ' || coalesce (t.last_name, '')" },
};

static const WbListChip mailbox_chips[] = {
  { "all", "1" },
  { "live", "state = 'ACTIVE'" },
  { "being-made", "state IN ('', 'IN_PROGRESS', 'CREATING_PASSWORD')" },
  { "failed", "state = 'FAILED'" },
  { "expired", "state = 'EXPIRED'" },
  { "no-picture", "picture = 0" },
};

static const WbListColumn domain_columns[] = {
  { "id", FALSE },      { "name", FALSE },      { "customer", FALSE },  { "customer-id", FALSE }, { "state", FALSE },
  { "expires", TRUE },  { "auto-renew", TRUE }, { "mailboxes", TRUE }, { "provider", FALSE },    { "created", TRUE },
  { "search", FALSE },
};

static const WbListSource domain_sources[] = {
  { "domain t",
    "t.row_key, t.domain_name, " CUSTOMER_NAME ", t.scope, coalesce (t.status, ''), t.expire_on, t.auto_renew,"
    " CASE WHEN EXISTS (SELECT 1 FROM sweeps w WHERE w.collection = 'mailboxes' AND w.scope IN ('', t.scope) AND w.as_of > 0)"
    "   THEN (SELECT count (*) FROM mailbox m WHERE m.domain = t.domain_name) END,"
    " coalesce (t.service_provider, ''), t.registered_on,"
    " coalesce (t.domain_name, '') || ' ' || t.row_key" },
};

/* One that is lost or has moved away is not renewed any more. */
static const WbListChip domain_chips[] = {
  { "all", "1" },
  { "active", "state = 'ACTIVE'" },
  { "expiring", "state IN ('ACTIVE', 'RENEWING', 'PENDING') AND expires > 0 AND expires < " NOW " + " DAYS (30) },
  { "grace", "state = 'GRACE_PERIOD'" },
  { "expired", "state = 'EXPIRED'" },
  { "auto-renew-off", "\"auto-renew\" = 0 AND state NOT IN ('EXPIRED', 'TRANSFERRED', 'INACTIVE')" },
};

static const WbListColumn subscription_columns[] = {
  { "id", FALSE },        { "domain", FALSE },       { "customer", FALSE },       { "customer-id", FALSE },
  { "state", FALSE },     { "mailboxes", TRUE },     { "price-cents", TRUE },           { "monthly-cents", TRUE },
  { "due", TRUE },        { "auto-renew", TRUE },    { "provider", FALSE },       { "search", FALSE },
};

static const WbListSource subscription_sources[] = {
  { "subscription t",
    "t.row_key, coalesce (t.domain, ''), " CUSTOMER_NAME ", t.scope, coalesce (t.subscription_status, ''),"
    " t.total_mailbox_quantity, t.price_per_mailbox, t.total_mailbox_quantity * t.price_per_mailbox, t.period_end,"
    " t.auto_renew, coalesce (t.service_provider, ''),"
    " coalesce (t.domain, '') || ' ' || t.row_key" },
};

static const WbListChip subscription_chips[] = {
  { "all", "1" },
  { "active", "state = 'ACTIVE'" },
  { "overdue", "state = 'PAST_DUE'" },
  { "due", "state IN ('ACTIVE', 'RENEWING', 'PAST_DUE') AND due > 0 AND due < " NOW " + " DAYS (7) },
  { "auto-renew-off", "\"auto-renew\" = 0 AND state NOT IN ('CANCELLED', 'EXPIRED')" },
  { "ended", "state IN ('CANCELLED', 'EXPIRED')" },
};

#define QUERY(name, order_by)                                                                                          \
  {                                                                                                                    \
    name##_columns, G_N_ELEMENTS (name##_columns), name##_sources, G_N_ELEMENTS (name##_sources), name##_chips,        \
        G_N_ELEMENTS (name##_chips), "search", order_by, "\"customer-id\""                                             \
  }

const WbListQuery wb_list_query_mailboxes = QUERY (mailbox, "address, rid");
const WbListQuery wb_list_query_domains = QUERY (domain, "name, rid");
/* What falls due next comes first; what has ended falls due no more. */
const WbListQuery wb_list_query_subscriptions = QUERY (subscription, "state IN ('CANCELLED', 'EXPIRED'), due, rid");
