// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-list-terms.h"

#include "wb-list-private.h"
#include "wb-names.h"

/* What can be asked of each list: one table a collection. A row whose column a list does not have is passed over. */

static const WbListField order_fields[] = {
  { "state", "state", WB_LIST_FIELD_WORD },         { "customer", "customer", WB_LIST_FIELD_TEXT },
  { "domain", "domains", WB_LIST_FIELD_TEXT },      { "id", "order-id", WB_LIST_FIELD_TEXT },
  { "mailboxes", "mailboxes", WB_LIST_FIELD_NUMBER }, { "charge", "cents", WB_LIST_FIELD_MONEY },
  { "about", "about-cents", WB_LIST_FIELD_MONEY },  { "made", "made", WB_LIST_FIELD_PAST },
  { "live", "live", WB_LIST_FIELD_NUMBER },         { "failed", "failed", WB_LIST_FIELD_NUMBER },
  { "kind", "kind", WB_LIST_FIELD_WORD },
};

static const WbListField activity_fields[] = {
  { "state", "state", WB_LIST_FIELD_WORD },     { "what", "op", WB_LIST_FIELD_WORD },
  { "customer", "customer", WB_LIST_FIELD_TEXT }, { "target", "target", WB_LIST_FIELD_TEXT },
  { "charge", "cents", WB_LIST_FIELD_MONEY },   { "paid", "paid", WB_LIST_FIELD_BOOL },
  { "when", "created", WB_LIST_FIELD_PAST },    { "changed", "updated", WB_LIST_FIELD_PAST },
  { "mailboxes", "mailboxes", WB_LIST_FIELD_NUMBER }, { "pictures", "pictures", WB_LIST_FIELD_NUMBER },
};

static const WbListField customer_fields[] = {
  { "name", "name", WB_LIST_FIELD_TEXT },             { "email", "email", WB_LIST_FIELD_TEXT },
  { "company", "company", WB_LIST_FIELD_TEXT },       { "domains", "domains", WB_LIST_FIELD_NUMBER },
  { "mailboxes", "mailboxes", WB_LIST_FIELD_NUMBER }, { "monthly", "monthly-cents", WB_LIST_FIELD_MONEY },
  { "renewal", "next-renewal", WB_LIST_FIELD_FUTURE }, { "orders", "orders", WB_LIST_FIELD_NUMBER },
  { "ordered", "last-order", WB_LIST_FIELD_PAST },    { "created", "created", WB_LIST_FIELD_PAST },
};

static const WbListField domain_fields[] = {
  { "state", "state", WB_LIST_FIELD_WORD },           { "name", "name", WB_LIST_FIELD_TEXT },
  { "customer", "customer", WB_LIST_FIELD_TEXT },     { "expires", "expires", WB_LIST_FIELD_FUTURE },
  { "auto-renew", "auto-renew", WB_LIST_FIELD_BOOL }, { "mailboxes", "mailboxes", WB_LIST_FIELD_NUMBER },
  { "provider", "provider", WB_LIST_FIELD_WORD },     { "created", "created", WB_LIST_FIELD_PAST },
};

static const WbListField mailbox_fields[] = {
  { "state", "state", WB_LIST_FIELD_WORD },       { "name", "name", WB_LIST_FIELD_TEXT },
  { "address", "address", WB_LIST_FIELD_TEXT },   { "customer", "customer", WB_LIST_FIELD_TEXT },
  { "domain", "domain", WB_LIST_FIELD_TEXT },     { "provider", "provider", WB_LIST_FIELD_WORD },
  { "picture", "picture", WB_LIST_FIELD_BOOL },   { "created", "created", WB_LIST_FIELD_PAST },
};

static const WbListField subscription_fields[] = {
  { "state", "state", WB_LIST_FIELD_WORD },             { "domain", "domain", WB_LIST_FIELD_TEXT },
  { "customer", "customer", WB_LIST_FIELD_TEXT },       { "mailboxes", "mailboxes", WB_LIST_FIELD_NUMBER },
  { "price", "price-cents", WB_LIST_FIELD_MONEY },      { "monthly", "monthly-cents", WB_LIST_FIELD_MONEY },
  { "due", "due", WB_LIST_FIELD_FUTURE },               { "auto-renew", "auto-renew", WB_LIST_FIELD_BOOL },
  { "provider", "provider", WB_LIST_FIELD_WORD },       { "created", "created", WB_LIST_FIELD_PAST },
};

#define FIELDS(table) { table, G_N_ELEMENTS (table) }

static const struct {
  const WbListField *fields;
  guint n_fields;
} tables[WB_N_COLLECTIONS] = {
  [WB_COLLECTION_ORDERS] = FIELDS (order_fields),
  [WB_COLLECTION_ACTIVITY] = FIELDS (activity_fields),
  [WB_COLLECTION_CUSTOMERS] = FIELDS (customer_fields),
  [WB_COLLECTION_DOMAINS] = FIELDS (domain_fields),
  [WB_COLLECTION_MAILBOXES] = FIELDS (mailbox_fields),
  [WB_COLLECTION_SUBSCRIPTIONS] = FIELDS (subscription_fields),
};

static gboolean
has_column (WbCollection collection, const WbListField *field)
{
  const WbListQuery *query = wb_list_query_get (collection);

  return query != NULL && wb_list_query_column (query, field->column) != NULL;
}

const WbListField **
wb_list_fields (WbCollection collection, guint *n)
{
  const WbListField **fields = g_new0 (const WbListField *, tables[collection].n_fields + 1);

  *n = 0;
  for (guint i = 0; i < tables[collection].n_fields; i++)
    if (has_column (collection, &tables[collection].fields[i]))
      fields[(*n)++] = &tables[collection].fields[i];
  return fields;
}

const WbListField *
wb_list_field_find (WbCollection collection, const char *name)
{
  for (guint i = 0; i < tables[collection].n_fields; i++)
    {
      const WbListField *field = &tables[collection].fields[i];

      if ((g_ascii_strcasecmp (name, field->name) == 0 || g_ascii_strcasecmp (name, field->column) == 0)
          && has_column (collection, field))
        return field;
    }
  return NULL;
}
