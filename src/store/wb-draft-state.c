// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-draft-state-private.h"

#include "cmr-field.h"

#include <string.h>

const char *const wb_oauth_names[WB_N_OAUTH]
    = { "google-route", "google-client-id", "google-app-name", "microsoft-route" };

static char *
text_copy (const char *text)
{
  return g_strdup (text != NULL ? text : "");
}

static void
head_clear (gpointer data)
{
  WbDraftHead *head = data;

  g_free (head->customer_id);
  g_free (head->customer_name);
  g_free (head->customer_email);
  g_free (head->provider);
  for (guint i = 0; i < WB_N_OAUTH; i++)
    g_free (head->oauth[i]);
}

void
wb_draft_head_unref (WbDraftHead *head)
{
  g_atomic_rc_box_release_full (head, head_clear);
}

WbDraftHead *
wb_draft_head_copy (const WbDraftHead *from)
{
  static const WbDraftHead fresh = { .provider = (char *) "GOOGLE", .auto_renew = TRUE };
  WbDraftHead *head = g_atomic_rc_box_new0 (WbDraftHead);

  if (from == NULL)
    from = &fresh;
  *head = *from;
  head->customer_id = text_copy (from->customer_id);
  head->customer_name = text_copy (from->customer_name);
  head->customer_email = text_copy (from->customer_email);
  head->provider = text_copy (from->provider);
  for (guint i = 0; i < WB_N_OAUTH; i++)
    head->oauth[i] = text_copy (from->oauth[i]);
  return head;
}

static void
domain_clear (gpointer data)
{
  WbDraftDomain *domain = data;

  g_free (domain->name);
  g_free (domain->forward_to);
}

static void
domain_free (gpointer data)
{
  g_atomic_rc_box_release_full (data, domain_clear);
}

WbDraftDomain *
wb_draft_domain_item (const WbDraftDomain *from)
{
  WbDraftDomain *domain = g_atomic_rc_box_new0 (WbDraftDomain);

  *domain = *from;
  domain->name = text_copy (from->name);
  domain->forward_to = text_copy (from->forward_to);
  domain->years = CLAMP (from->years, 1, 10);
  return domain;
}

static void
row_clear (gpointer data)
{
  WbDraftRow *row = data;

  g_free (row->pub.domain);
  g_free (row->pub.user_name);
  g_free (row->pub.first_name);
  g_free (row->pub.last_name);
  g_free (row->pub.picture_url);
  g_free (row->address);
  g_free (row->person);
}

static void
row_free (gpointer data)
{
  g_atomic_rc_box_release_full (data, row_clear);
}

static char *
lower (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  return g_utf8_strdown (valid, -1);
}

static char *
valid_text (const char *text)
{
  return g_utf8_make_valid (text != NULL ? text : "", -1);
}

/* Folded "first last". The blank between stays where one is missing, so that "Ann" is not "Ann Lee". */
static char *
person_key (const WbDraftMailbox *mailbox)
{
  g_autofree char *both = g_strconcat (mailbox->first_name, " ", mailbox->last_name, NULL);

  return wb_name_fold (both);
}

WbDraftRow *
wb_draft_row_item (const WbDraftMailbox *from)
{
  WbDraftRow *row = g_atomic_rc_box_new0 (WbDraftRow);

  row->pub.domain = lower (from->domain);
  row->pub.user_name = lower (from->user_name);
  row->pub.first_name = valid_text (from->first_name);
  row->pub.last_name = valid_text (from->last_name);
  row->pub.picture_url = valid_text (from->picture_url);
  row->pub.warmup = from->warmup;
  row->address = g_strconcat (row->pub.user_name, "@", row->pub.domain, NULL);
  row->person = person_key (&row->pub);
  row->issues = wb_cell_issues (&row->pub);
  return row;
}

static void
placement_clear (gpointer data)
{
  WbPlacement *placement = data;

  g_free (placement->person);
  g_free (placement->address);
}

static void
placement_free (gpointer data)
{
  g_atomic_rc_box_release_full (data, placement_clear);
}

WbPlacement *
wb_placement_item (const WbPlacement *from)
{
  WbPlacement *placement = g_atomic_rc_box_new0 (WbPlacement);

  *placement = *from;
  placement->person = text_copy (from->person);
  placement->address = text_copy (from->address);
  return placement;
}

static void
edit_free (gpointer data)
{
  g_atomic_rc_box_release (data);
}

WbFileEdit *
wb_file_edit_item (const WbFileEdit *from)
{
  WbFileEdit *edit = g_atomic_rc_box_new0 (WbFileEdit);

  *edit = *from;
  return edit;
}

static void
file_clear (gpointer data)
{
  WbFileItem *item = data;

  g_free (item->pub.file_name);
  g_free (item->pub.blob);
  g_free (item->pub.made);
  g_free (item->folder);
}

static void
file_free (gpointer data)
{
  g_atomic_rc_box_release_full (data, file_clear);
}

const GDestroyNotify wb_file_item_free = file_free;

WbFileItem *
wb_file_item (const WbFileItem *from)
{
  WbFileItem *item = g_atomic_rc_box_new0 (WbFileItem);

  *item = *from;
  item->pub.file_name = text_copy (from->pub.file_name);
  item->pub.blob = text_copy (from->pub.blob);
  item->pub.made = text_copy (from->pub.made);
  item->folder = text_copy (from->folder);
  return item;
}

GDestroyNotify
wb_draft_list_free_func (WbDraftList kind)
{
  static const GDestroyNotify funcs[WB_N_LISTS] = { domain_free, row_free, placement_free, edit_free };

  return funcs[kind];
}

GPtrArray *
wb_draft_list_new (WbDraftList kind)
{
  return g_ptr_array_new_with_free_func (wb_draft_list_free_func (kind));
}

GPtrArray *
wb_file_list_new (void)
{
  return g_ptr_array_new_with_free_func (file_free);
}

static gpointer
acquire (gconstpointer item, gpointer data)
{
  return g_atomic_rc_box_acquire ((gpointer) item);
}

GPtrArray *
wb_item_list_copy (GPtrArray *list, GDestroyNotify free_item)
{
  GPtrArray *copy = g_ptr_array_copy (list, acquire, NULL);

  g_ptr_array_set_free_func (copy, free_item);
  return copy;
}

void
wb_draft_state_init (WbDraftState *state)
{
  state->head = wb_draft_head_copy (NULL);
  for (guint i = 0; i < WB_N_LISTS; i++)
    state->lists[i] = wb_draft_list_new (i);
}

void
wb_draft_state_copy (WbDraftState *to, const WbDraftState *from)
{
  to->head = g_atomic_rc_box_acquire (from->head);
  for (guint i = 0; i < WB_N_LISTS; i++)
    to->lists[i] = g_ptr_array_ref (from->lists[i]);
}

void
wb_draft_state_clear (WbDraftState *state)
{
  g_clear_pointer (&state->head, wb_draft_head_unref);
  for (guint i = 0; i < WB_N_LISTS; i++)
    g_clear_pointer (&state->lists[i], g_ptr_array_unref);
}
