// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-draft-state-private.h"

#include "cmr-field.h"
#include "wb-name-text-private.h"

#include <string.h>

#define DOMAIN(self, i) ((WbDraftDomain *) (self)->state.lists[WB_LIST_DOMAINS]->pdata[i])
#define ROW(self, i) ((WbDraftRow *) (self)->state.lists[WB_LIST_MAILBOXES]->pdata[i])

const char *
wb_draft_get_customer_id (WbDraft *self)
{
  return self->state.head->customer_id;
}

const char *
wb_draft_get_customer_name (WbDraft *self)
{
  return self->state.head->customer_name;
}

const char *
wb_draft_get_customer_email (WbDraft *self)
{
  return self->state.head->customer_email;
}

static void
set_text (char **at, const char *text)
{
  char *copy = g_utf8_make_valid (text != NULL ? text : "", -1);

  g_free (*at);
  *at = copy;
}

void
wb_draft_set_customer (WbDraft *self, const char *id, const char *name, const char *email)
{
  WbDraftHead *head = self->state.head;

  if (g_strcmp0 (head->customer_id, id != NULL ? id : "") == 0
      && g_strcmp0 (head->customer_name, name != NULL ? name : "") == 0
      && g_strcmp0 (head->customer_email, email != NULL ? email : "") == 0)
    return;
  wb_draft_begin (self, "set-customer", name);
  head = wb_draft_edit_head (self, WB_DRAFT_CUSTOMER);
  /* The tick is given once per customer. */
  if (g_strcmp0 (head->customer_id, id) != 0)
    head->may_use_pictures = FALSE;
  set_text (&head->customer_id, id);
  set_text (&head->customer_name, name);
  set_text (&head->customer_email, email);
  wb_draft_end (self);
  if (self->drafts != NULL && id != NULL && id[0] != '\0')
    wb_drafts_watch_customer (self->drafts, id);
}

WbWay
wb_draft_get_way (WbDraft *self)
{
  return WB_WAY_NEW_DOMAINS;
}

guint
wb_draft_get_n_domains (WbDraft *self)
{
  return self->state.lists[WB_LIST_DOMAINS]->len;
}

const WbDraftDomain *
wb_draft_get_domain (WbDraft *self, guint i)
{
  return i < wb_draft_get_n_domains (self) ? DOMAIN (self, i) : NULL;
}

const WbDraftDomain *
wb_draft_find_domain (WbDraft *self, const char *name)
{
  return g_hash_table_lookup (wb_draft_index (self)->domains, name);
}

guint
wb_draft_add_domains (WbDraft *self, const char *text, guint *twice, guint *odd)
{
  g_auto (GStrv) names = wb_name_domains (text, odd);
  g_autoptr (GPtrArray) fresh = g_ptr_array_new ();
  guint repeats = 0;

  for (guint i = 0; names[i] != NULL; i++)
    if (wb_draft_find_domain (self, names[i]) != NULL)
      repeats++;
    else
      g_ptr_array_add (fresh, names[i]);
  if (twice != NULL)
    *twice = repeats;
  if (fresh->len == 0)
    return 0;
  wb_draft_begin (self, "add-domains", fresh->pdata[0]);
  for (guint i = 0; i < fresh->len; i++)
    {
      WbDraftDomain domain = { .name = fresh->pdata[i], .years = 1, .seen_cents = CMR_MONEY_UNKNOWN };

      g_ptr_array_add (wb_draft_edit (self, WB_LIST_DOMAINS, WB_DRAFT_DOMAINS), wb_draft_domain_item (&domain));
    }
  wb_draft_end (self);
  return fresh->len;
}

static int
find_domain_place (WbDraft *self, const char *name)
{
  for (guint i = 0; i < wb_draft_get_n_domains (self); i++)
    if (strcmp (DOMAIN (self, i)->name, name) == 0)
      return i;
  return -1;
}

/* What stays is moved to a fresh list: removing one by one would be slow in long ones. */
static void
remove_rows_of (WbDraft *self, const char *domain)
{
  GPtrArray *rows = self->state.lists[WB_LIST_MAILBOXES];
  guint kept = 0;

  for (guint i = 0; i < rows->len; i++)
    kept += strcmp (ROW (self, i)->pub.domain, domain) != 0;
  if (kept == rows->len)
    return;
  rows = wb_draft_edit (self, WB_LIST_MAILBOXES, WB_DRAFT_MAILBOXES);
  for (guint i = rows->len; i > 0; i--)
    if (strcmp (((WbDraftRow *) rows->pdata[i - 1])->pub.domain, domain) == 0)
      g_ptr_array_remove_index (rows, i - 1);
}

void
wb_draft_remove_domain (WbDraft *self, const char *name)
{
  int place = find_domain_place (self, name);
  g_autofree char *held = g_strdup (name);

  if (place < 0)
    return;
  wb_draft_begin (self, "remove-domain", held);
  g_ptr_array_remove_index (wb_draft_edit (self, WB_LIST_DOMAINS, WB_DRAFT_DOMAINS), place);
  remove_rows_of (self, held);
  wb_draft_end (self);
}

static gboolean
domains_equal (const WbDraftDomain *a, const WbDraftDomain *b)
{
  return a->years == b->years && g_strcmp0 (a->forward_to, b->forward_to != NULL ? b->forward_to : "") == 0
         && !a->mask == !b->mask && !a->keep_anyway == !b->keep_anyway && a->seen_cents == b->seen_cents;
}

/**
 * wb_draft_set_domain:
 * @domain: its name says which one; unknown names are left alone
 */
void
wb_draft_set_domain (WbDraft *self, const WbDraftDomain *domain)
{
  int place = find_domain_place (self, domain->name);
  GPtrArray *domains;

  if (place < 0 || domains_equal (DOMAIN (self, place), domain))
    return;
  wb_draft_begin (self, "change-domain", domain->name);
  domains = wb_draft_edit (self, WB_LIST_DOMAINS, WB_DRAFT_DOMAINS);
  {
    WbDraftDomain *item = wb_draft_domain_item (domain);

    wb_draft_list_free_func (WB_LIST_DOMAINS) (domains->pdata[place]);
    domains->pdata[place] = item;
  }
  wb_draft_end (self);
}

void
wb_draft_note_price (WbDraft *self, const char *name, gint64 cents)
{
  int place = find_domain_place (self, name);
  GPtrArray *domains;
  WbDraftDomain domain;

  if (place < 0 || DOMAIN (self, place)->seen_cents == cents || self->depth > 0)
    return;
  domain = *DOMAIN (self, place);
  domain.seen_cents = cents;
  /* Steps of undo hold the list as it was; the present one gets the price. */
  domains = wb_item_list_copy (self->state.lists[WB_LIST_DOMAINS], wb_draft_list_free_func (WB_LIST_DOMAINS));
  wb_draft_list_free_func (WB_LIST_DOMAINS) (domains->pdata[place]);
  domains->pdata[place] = wb_draft_domain_item (&domain);
  wb_draft_index_drop (self);
  g_ptr_array_unref (self->state.lists[WB_LIST_DOMAINS]);
  self->state.lists[WB_LIST_DOMAINS] = domains;
  wb_draft_note (self, WB_DRAFT_DOMAINS);
}

guint
wb_draft_get_n_mailboxes (WbDraft *self)
{
  return self->state.lists[WB_LIST_MAILBOXES]->len;
}

const WbDraftMailbox *
wb_draft_get_mailbox (WbDraft *self, guint i)
{
  return i < wb_draft_get_n_mailboxes (self) ? &ROW (self, i)->pub : NULL;
}

/**
 * wb_draft_insert_mailboxes:
 * @at: place of the first; beyond the end appends
 * @rows: (array length=n): missing texts may be %NULL
 */
void
wb_draft_insert_mailboxes (WbDraft *self, guint at, const WbDraftMailbox *rows, guint n)
{
  GPtrArray *list;

  if (n == 0)
    return;
  wb_draft_begin (self, "add-rows", NULL);
  list = wb_draft_edit (self, WB_LIST_MAILBOXES, WB_DRAFT_MAILBOXES);
  at = MIN (at, list->len);
  {
    guint after = list->len - at;

    g_ptr_array_set_size (list, list->len + n);
    memmove (list->pdata + at + n, list->pdata + at, after * sizeof (gpointer));
  }
  for (guint i = 0; i < n; i++)
    list->pdata[at + i] = wb_draft_row_item (&rows[i]);
  wb_draft_end (self);
}

void
wb_draft_remove_mailboxes (WbDraft *self, guint at, guint n)
{
  guint count = wb_draft_get_n_mailboxes (self);

  if (at >= count || n == 0)
    return;
  wb_draft_begin (self, "remove-rows", NULL);
  g_ptr_array_remove_range (wb_draft_edit (self, WB_LIST_MAILBOXES, WB_DRAFT_MAILBOXES), at, MIN (n, count - at));
  wb_draft_end (self);
}

static void
replace_row (WbDraft *self, guint row, const WbDraftMailbox *mailbox)
{
  GPtrArray *rows = wb_draft_edit (self, WB_LIST_MAILBOXES, WB_DRAFT_MAILBOXES);
  WbDraftRow *item = wb_draft_row_item (mailbox);

  wb_draft_list_free_func (WB_LIST_MAILBOXES) (rows->pdata[row]);
  rows->pdata[row] = item;
}

void
wb_draft_set_cell (WbDraft *self, guint row, WbCell cell, const char *text)
{
  WbDraftMailbox mailbox;
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *typed = cell <= WB_CELL_USER_NAME ? g_utf8_strdown (valid, -1) : g_strdup (valid);
  char **cells[WB_N_CELLS] = { &mailbox.domain, &mailbox.user_name, &mailbox.first_name, &mailbox.last_name };

  g_return_if_fail (cell < WB_N_CELLS);

  if (row >= wb_draft_get_n_mailboxes (self))
    return;
  mailbox = ROW (self, row)->pub;
  if (strcmp (*cells[cell], typed) == 0)
    return;
  *cells[cell] = typed;
  wb_draft_begin (self, "edit-cell", typed);
  replace_row (self, row, &mailbox);
  wb_draft_end (self);
}

/**
 * wb_draft_set_extra:
 * @picture_url: (nullable): keeps the present one
 *
 * What a mailbox of a JSON order may carry beside its four cells.
 */
void
wb_draft_set_extra (WbDraft *self, guint row, const char *picture_url, gboolean warmup)
{
  WbDraftMailbox mailbox;

  if (row >= wb_draft_get_n_mailboxes (self))
    return;
  mailbox = ROW (self, row)->pub;
  if (!mailbox.warmup == !warmup && (picture_url == NULL || strcmp (mailbox.picture_url, picture_url) == 0))
    return;
  mailbox.warmup = warmup;
  if (picture_url != NULL)
    mailbox.picture_url = (char *) picture_url;
  wb_draft_begin (self, "edit-cell", NULL);
  replace_row (self, row, &mailbox);
  wb_draft_end (self);
}

const char *
wb_draft_get_cell (WbDraft *self, guint row, WbCell cell)
{
  g_return_val_if_fail (cell < WB_N_CELLS, NULL);

  return row < wb_draft_get_n_mailboxes (self) ? wb_mailbox_cell (&ROW (self, row)->pub, cell) : NULL;
}

char *
wb_draft_dup_address (WbDraft *self, guint row)
{
  return row < wb_draft_get_n_mailboxes (self) ? g_strdup (ROW (self, row)->address) : NULL;
}

char *
wb_draft_dup_person (WbDraft *self, guint row)
{
  return row < wb_draft_get_n_mailboxes (self) ? g_strdup (ROW (self, row)->person) : NULL;
}

const char *
wb_draft_get_provider (WbDraft *self)
{
  return self->state.head->provider;
}

void
wb_draft_set_provider (WbDraft *self, const char *provider)
{
  if (g_strcmp0 (self->state.head->provider, provider) == 0)
    return;
  wb_draft_begin (self, "change-options", provider);
  set_text (&wb_draft_edit_head (self, WB_DRAFT_OPTIONS)->provider, provider);
  wb_draft_end (self);
}

gboolean
wb_draft_get_auto_renew (WbDraft *self)
{
  return self->state.head->auto_renew;
}

void
wb_draft_set_auto_renew (WbDraft *self, gboolean on)
{
  if (!self->state.head->auto_renew == !on)
    return;
  wb_draft_begin (self, "change-options", NULL);
  wb_draft_edit_head (self, WB_DRAFT_OPTIONS)->auto_renew = on;
  wb_draft_end (self);
}

WbPayMode
wb_draft_get_pay_mode (WbDraft *self)
{
  return self->state.head->pay_mode;
}

void
wb_draft_set_pay_mode (WbDraft *self, WbPayMode mode)
{
  if (self->state.head->pay_mode == mode)
    return;
  wb_draft_begin (self, "change-options", NULL);
  wb_draft_edit_head (self, WB_DRAFT_OPTIONS)->pay_mode = mode;
  wb_draft_end (self);
}

void
wb_draft_preset_pay_mode (WbDraft *self, WbPayMode mode)
{
  WbDraftHead *head;

  g_return_if_fail (WB_IS_DRAFT (self));
  g_return_if_fail (!self->stored && !self->dirty && self->undo->len == 0);

  head = wb_draft_head_copy (self->state.head);
  head->pay_mode = mode;
  wb_draft_head_unref (self->state.head);
  self->state.head = head;
}

static int
oauth_place (const char *name)
{
  for (guint i = 0; i < WB_N_OAUTH; i++)
    if (g_strcmp0 (wb_oauth_names[i], name) == 0)
      return i;
  return -1;
}

const char *
wb_draft_get_oauth (WbDraft *self, const char *name)
{
  int place = oauth_place (name);

  g_return_val_if_fail (place >= 0, "");

  return self->state.head->oauth[place];
}

void
wb_draft_set_oauth (WbDraft *self, const char *name, const char *value)
{
  int place = oauth_place (name);

  g_return_if_fail (place >= 0);

  if (g_strcmp0 (self->state.head->oauth[place], value != NULL ? value : "") == 0)
    return;
  wb_draft_begin (self, "change-options", name);
  set_text (&wb_draft_edit_head (self, WB_DRAFT_OPTIONS)->oauth[place], value);
  if (place == WB_OAUTH_MICROSOFT_ROUTE)
    self->state.head->route_gone = FALSE;
  wb_draft_end (self);
}

gboolean
wb_draft_get_may_use_pictures (WbDraft *self)
{
  return self->state.head->may_use_pictures;
}

void
wb_draft_set_may_use_pictures (WbDraft *self, gboolean yes)
{
  if (!self->state.head->may_use_pictures == !yes)
    return;
  wb_draft_begin (self, "change-options", NULL);
  wb_draft_edit_head (self, WB_DRAFT_OPTIONS)->may_use_pictures = yes;
  wb_draft_end (self);
}

gboolean
wb_draft_get_second_time (WbDraft *self)
{
  return self->state.head->second_time;
}

void
wb_draft_set_second_time (WbDraft *self, gboolean yes)
{
  if (!self->state.head->second_time == !yes)
    return;
  wb_draft_begin (self, "change-options", NULL);
  wb_draft_edit_head (self, WB_DRAFT_OPTIONS)->second_time = yes;
  wb_draft_end (self);
}
