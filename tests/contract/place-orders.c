// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Places orders through drafts and the outbox at any server, and writes down what was chosen.
//
// place-orders BASE-URL KEY-FILE OUT.json

#include <json-glib/json-glib.h>
#include <string.h>

#include "order-tools.h"

/* What one order is made of. Names and files are put together by the case's function. */
typedef struct {
  const char *name;
  void (*fill) (Store *store, WbDraft *draft);
  gboolean pay; /* afterwards, and followed to its end */
} Case;

static void
add_person (WbDraft *draft, const char *domain, const char *user_name, const char *first,
            const char *last)
{
  WbDraftMailbox row = { .domain = (char *) domain,
                         .user_name = (char *) user_name,
                         .first_name = (char *) first,
                         .last_name = (char *) last };

  wb_draft_insert_mailboxes (draft, G_MAXUINT, &row, 1);
}

static void
drop (Store *store, WbDraft *draft, const char *file_name, guint number)
{
  g_autofree char *path
      = draft_picture (store->dir, file_name, 650, 650, 0x101010 + number * 0x020305);
  const char *const roots[] = { path, NULL };

  draft_add (draft, -1, NULL, roots);
}

static void
give (Store *store, WbDraft *draft, const char *file_name, guint row, guint number)
{
  drop (store, draft, file_name, number);
  wb_draft_place (draft, draft_file_id (draft, file_name), row, TRUE, WB_PLACED_BY_HAND);
}

static void
fill_odd_names (Store *store, WbDraft *draft)
{
  wb_draft_add_domains (draft, "odd-loom.example", NULL, NULL);
  add_person (draft, "odd-loom.example", "zoe", "Zoë “Z”", "O'Neil \"Jr\"");
  add_person (draft, "odd-loom.example", "nihon", "日本 太郎", "例え 😀");
  add_person (draft, "odd-loom.example", "slash", "Back\\slash", "A & B <b> %s \\u0041");
  add_person (draft, "odd-loom.example", "d_o-t.ted", "Señor", "Ñandú -- --");
  give (store, draft, "portrait of “Zoë” & co 😀.jpg", 0, 1);
  give (store, draft, "semi;colon \"quoted\" portrait.png", 1, 2);
  give (store, draft, "portrait\nwith a line end.jpg", 2, 3);
}

static void
fill_one (Store *store, WbDraft *draft)
{
  wb_draft_add_domains (draft, "single-loom.example", NULL, NULL);
  add_person (draft, "single-loom.example", "amara", "Amara", "Okafor");
  drop (store, draft, "Amara Okafor.jpg", 4);
}

/* A hundred people on five domains each: 500 mailboxes, 500 parts, 100 encoded. */
static void
fill_500 (Store *store, WbDraft *draft)
{
  wb_draft_add_domains (
      draft, "many-a.example many-b.example many-c.example many-d.example many-e.example", NULL,
      NULL);
  for (guint d = 0; d < 5; d++)
    for (guint i = 0; i < 100; i++)
      {
        g_autofree char *domain = g_strdup_printf ("many-%c.example", 'a' + d);
        g_autofree char *user_name = g_strdup_printf ("person%02u", i);
        g_autofree char *last = g_strdup_printf ("Number%02u", i);

        add_person (draft, domain, user_name, "Person", last);
      }
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *file_name = g_strdup_printf ("person%02u.jpg", i);

      drop (store, draft, file_name, 10 + i);
    }
}

static void
fill_none (Store *store, WbDraft *draft)
{
  wb_draft_add_domains (draft, "plain-loom.example", NULL, NULL);
  add_person (draft, "plain-loom.example", "amara", "Amara “A”", "Okafor 😀");
  wb_draft_set_extra (draft, 0, "https://cdn.example/amara%20okafor.jpg", TRUE);
}

static void
fill_masked (Store *store, WbDraft *draft)
{
  WbDraftDomain domain;

  wb_draft_add_domains (draft, "masked-loom.example", NULL, NULL);
  domain = *wb_draft_get_domain (draft, 0);
  domain.forward_to = (char *) "https://brightloom.example/?q=“x”&y=1";
  domain.mask = TRUE;
  domain.years = 3;
  wb_draft_set_domain (draft, &domain);
  add_person (draft, "masked-loom.example", "amara", "Amara", "Okafor");
  wb_draft_set_provider (draft, "MICROSOFT");
  wb_draft_set_auto_renew (draft, FALSE);
  wb_draft_set_oauth (draft, "microsoft-route", "https://sender.example/oauth?a=\"b\"");
}

static const Case cases[] = {
  { "odd-names", fill_odd_names, TRUE }, { "one-picture", fill_one, FALSE },
  { "500-pictures", fill_500, FALSE },   { "no-picture", fill_none, TRUE },
  { "masked", fill_masked, TRUE },
};

/* --- What was chosen ----------------------------------------------------------------------------- */

static void
add_text (JsonBuilder *out, const char *name, const char *text)
{
  json_builder_set_member_name (out, name);
  json_builder_add_string_value (out, text);
}

static void
add_domains (JsonBuilder *out, WbDraft *draft)
{
  json_builder_set_member_name (out, "domains");
  json_builder_begin_array (out);
  for (guint i = 0; i < wb_draft_get_n_domains (draft); i++)
    {
      const WbDraftDomain *domain = wb_draft_get_domain (draft, i);

      json_builder_begin_object (out);
      add_text (out, "domain", domain->name);
      json_builder_set_member_name (out, "years");
      json_builder_add_int_value (out, domain->years);
      add_text (out, "forward-to", domain->forward_to);
      json_builder_set_member_name (out, "mask");
      json_builder_add_boolean_value (out, domain->mask);
      json_builder_end_object (out);
    }
  json_builder_end_array (out);
}

static void
add_mailbox (JsonBuilder *out, WbDraft *draft, guint row)
{
  const WbDraftMailbox *mailbox = wb_draft_get_mailbox (draft, row);
  const WbPlacement *placement = wb_draft_get_placement (draft, row);
  const WbDraftFile *file = placement != NULL ? wb_draft_get_file (draft, placement->file) : NULL;
  g_autofree char *address = wb_draft_dup_address (draft, row);

  json_builder_begin_object (out);
  add_text (out, "address", address);
  add_text (out, "first-name", mailbox->first_name);
  add_text (out, "last-name", mailbox->last_name);
  add_text (out, "picture-url", mailbox->picture_url != NULL ? mailbox->picture_url : "");
  json_builder_set_member_name (out, "warm-up");
  json_builder_add_boolean_value (out, mailbox->warmup);
  add_text (out, "sha256", file != NULL ? file->made : "");
  json_builder_set_member_name (out, "bytes");
  json_builder_add_int_value (out, file != NULL ? (gint64) file->made_bytes : 0);
  add_text (out, "file", file != NULL ? file->file_name : "");
  json_builder_end_object (out);
}

static void
add_chosen (JsonBuilder *out, const char *name, WbDraft *draft)
{
  json_builder_begin_object (out);
  add_text (out, "case", name);
  add_domains (out, draft);
  json_builder_set_member_name (out, "mailboxes");
  json_builder_begin_array (out);
  for (guint row = 0; row < wb_draft_get_n_mailboxes (draft); row++)
    add_mailbox (out, draft, row);
  json_builder_end_array (out);
  add_text (out, "provider", wb_draft_get_provider (draft));
  add_text (out, "microsoft-route", wb_draft_get_oauth (draft, "microsoft-route"));
  json_builder_set_member_name (out, "auto-renew");
  json_builder_add_boolean_value (out, wb_draft_get_auto_renew (draft));
  json_builder_end_object (out);
}

static void
place (Store *store, const Case *row, JsonBuilder *out)
{
  WbDraft *draft = store_draft (store, "", "");
  g_autoptr (WbOperation) pay = NULL;
  WbOrder *order;

  row->fill (store, draft);
  g_assert_true (draft_make_ready (draft, NULL));
  add_chosen (out, row->name, draft);
  order = order_create (store, draft, FALSE);
  order_wait_can_pay (order);
  if (row->pay)
    {
      pay = order_pay (store, order);
      order_wait (order, WB_ORDER_LIVE);
    }
  draft_drop (draft);
  order_drop (order);
}

int
main (int argc, char **argv)
{
  g_autoptr (JsonBuilder) out = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;
  g_autofree char *text = NULL;
  Store *store;

  money_test_init (&argc, &argv);
  g_assert_cmpint (argc, ==, 4);
  g_assert_true (g_file_get_contents (argv[2], &key, NULL, NULL));
  store = store_new_at (argv[1], key, NULL);
  json_builder_begin_array (out);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    place (store, &cases[i], out);
  json_builder_end_array (out);
  store_free (store);
  root = json_builder_get_root (out);
  text = json_to_string (root, TRUE);
  g_assert_true (g_file_set_contents (argv[3], text, -1, &error));
  return 0;
}
