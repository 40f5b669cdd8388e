// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-draft.h"

#include <string.h>

/* What an order buys, whatever the sequence in which it was typed: two orders with the same fingerprint
 * would buy the same twice (design.md, Operations). */

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Each text ends with a byte that none of them holds, so that no two lists run together. */
static void
add_text (GChecksum *sum, const char *text)
{
  g_checksum_update (sum, (const guchar *) text, (gssize) strlen (text) + 1);
}

static void
add_sorted (GChecksum *sum, GPtrArray *texts)
{
  g_autofree char *count = g_strdup_printf ("%u", texts->len);

  g_ptr_array_sort (texts, compare_texts);
  add_text (sum, count);
  for (guint i = 0; i < texts->len; i++)
    add_text (sum, texts->pdata[i]);
}

static void
add_domains (GChecksum *sum, WbDraft *draft)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < wb_draft_get_n_domains (draft); i++)
    {
      const WbDraftDomain *domain = wb_draft_get_domain (draft, i);
      g_autofree char *name = g_ascii_strdown (domain->name, -1);

      g_ptr_array_add (texts, g_strdup_printf ("%s %u", name, domain->years));
    }
  add_sorted (sum, texts);
}

static void
add_addresses (GChecksum *sum, WbDraft *draft)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint row = 0; row < wb_draft_get_n_mailboxes (draft); row++)
    {
      g_autofree char *address = wb_draft_dup_address (draft, row);

      g_ptr_array_add (texts, g_utf8_strdown (address, -1));
    }
  add_sorted (sum, texts);
}

/**
 * wb_draft_dup_fingerprint:
 *
 * Returns: (transfer full): SHA-256 in hex of customer, way, (domain, years) and addresses; sequence and
 *   case of letters do not count, neither do names of people, pictures and options
 */
char *
wb_draft_dup_fingerprint (WbDraft *self)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *way = g_strdup_printf ("%d", wb_draft_get_way (self));

  g_return_val_if_fail (WB_IS_DRAFT (self), NULL);

  add_text (sum, wb_draft_get_customer_id (self));
  add_text (sum, way);
  add_domains (sum, self);
  add_addresses (sum, self);
  return g_strdup (g_checksum_get_string (sum));
}
