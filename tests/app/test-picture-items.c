// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "draft-tools.h"
#include "wb-picture-items.h"

#define PEOPLE "amara:Amara Okafor,jonas:Jonas Lindqvist"

/* Tiles of a real draft: whom they stand for, and what becomes of them. */
typedef struct {
  Store *store;
  WbDraft *draft;
} Fixture;

static void
set_up (Fixture *self, gconstpointer domains)
{
  self->store = store_new (NULL);
  self->draft = store_draft (self->store, domains, PEOPLE);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  draft_drop (self->draft);
  store_free (self->store);
}

static GPtrArray *
make_items (Fixture *self, WbPictureGrouping grouping)
{
  const WbPictureContext context = { 0 };
  GPtrArray *items = wb_picture_items_new (self->draft, grouping);

  wb_picture_items_update (items, self->draft, &context);
  return items;
}

static const WbPictureItem *
item_at (GPtrArray *items, guint i)
{
  g_assert_cmpuint (i, <, items->len);
  return items->pdata[i];
}

static void
add (Fixture *self, const char *name, guint32 rgb, int row)
{
  g_autofree char *path = draft_picture (self->store->dir, name, 300, 400, rgb);
  const char *const roots[] = { path, NULL };

  draft_add (self->draft, row, NULL, roots);
}

static void
test_by_domain (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) items = make_items (self, WB_GROUP_BY_DOMAIN);

  g_assert_cmpuint (items->len, ==, 4);
  g_assert_cmpstr (item_at (items, 0)->domain, ==, "one.example");
  g_assert_cmpstr (item_at (items, 1)->domain, ==, "one.example");
  g_assert_cmpstr (item_at (items, 2)->domain, ==, "two.example");
  g_assert_cmpstr (item_at (items, 2)->title, ==, "Amara Okafor");
  g_assert_cmpstr (item_at (items, 2)->user, ==, "amara");
  g_assert_cmpstr (item_at (items, 2)->name, ==, "Amara Okafor, amara@two.example, no picture yet");
  g_assert_true (wb_picture_people_repeat (self->draft));
}

static void
test_by_person (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) items = NULL;

  add (self, "amara okafor.jpg", 0x336699, -1);
  items = make_items (self, WB_GROUP_BY_PERSON);
  g_assert_cmpuint (items->len, ==, 2);
  g_assert_cmpuint (item_at (items, 0)->rows->len, ==, 2);
  g_assert_cmpstr (item_at (items, 0)->user, ==, "2 mailboxes");
  g_assert_cmpstr (item_at (items, 0)->name, ==, "Amara Okafor, 2 mailboxes, matched by name");
  g_assert_cmpint (item_at (items, 1)->state, ==, WB_TILE_EMPTY);
}

/* One mailbox of a person has another picture: the tile shows the person's, and counts. */
static void
test_differing (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) items = NULL;

  add (self, "amara okafor.jpg", 0x336699, -1);
  add (self, "another.jpg", 0x993366, -1);
  wb_draft_place (self->draft, draft_file_id (self->draft, "another.jpg"), (guint) draft_row_of (self->draft, "amara@one.example"), FALSE,
                  WB_PLACED_BY_HAND);
  items = make_items (self, WB_GROUP_BY_PERSON);
  g_assert_cmpstr (item_at (items, 0)->user, ==, "1 of 2 mailboxes");
  g_assert_cmpuint (item_at (items, 0)->file, ==, draft_file_id (self->draft, "amara okafor.jpg"));
}

/* Only between different people: the same picture on two mailboxes of one person is as it should be. */
static void
test_same_picture (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) items = NULL;

  add (self, "amara okafor.jpg", 0x336699, -1);
  items = make_items (self, WB_GROUP_BY_DOMAIN);
  g_assert_cmpint (item_at (items, 2)->state, ==, WB_TILE_MATCHED);
  add (self, "jonas lindqvist.jpg", 0x336699, -1);
  g_clear_pointer (&items, g_ptr_array_unref);
  items = make_items (self, WB_GROUP_BY_DOMAIN);
  g_assert_cmpint (item_at (items, 0)->state, ==, WB_TILE_MATCHED);
  g_assert_cmpint (item_at (items, 1)->state, ==, WB_TILE_SAME);
  g_assert_cmpstr (item_at (items, 1)->words, ==, "Same as Amara Okafor");
}

/* Rows without a name, or with an address that is there already, have tiles of their own. */
static void
test_odd_rows (Fixture *self, gconstpointer data)
{
  const WbDraftMailbox odd[] = {
    { .domain = (char *) "one.example", .user_name = (char *) "amara", .first_name = (char *) "", .last_name = (char *) "" },
    { .domain = (char *) "one.example", .user_name = (char *) "", .first_name = (char *) "", .last_name = (char *) "" },
    { .domain = (char *) "one.example", .user_name = (char *) "", .first_name = (char *) "", .last_name = (char *) "" },
  };
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);

  wb_draft_insert_mailboxes (self->draft, 99, odd, G_N_ELEMENTS (odd));
  for (WbPictureGrouping grouping = WB_GROUP_BY_PERSON; grouping <= WB_GROUP_BY_DOMAIN; grouping++)
    {
      g_clear_pointer (&items, g_ptr_array_unref);
      items = make_items (self, grouping);
      g_hash_table_remove_all (keys);
      g_assert_cmpuint (items->len, ==, grouping == WB_GROUP_BY_PERSON ? 5 : 7);
      for (guint i = 0; i < items->len; i++)
        g_assert_true (g_hash_table_add (keys, item_at (items, i)->key));
    }
  g_assert_nonnull (wb_picture_items_find_row (items, 6));
  g_assert_null (wb_picture_items_find_row (items, 7));
}

static void
test_one_domain (Fixture *self, gconstpointer data)
{
  g_assert_false (wb_picture_people_repeat (self->draft));
  g_assert_true (wb_picture_files_go_along (self->draft));
}

static void
test_same_tiles (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) one = make_items (self, WB_GROUP_BY_DOMAIN), two = NULL, three = NULL;

  add (self, "amara okafor.jpg", 0x336699, -1);
  two = make_items (self, WB_GROUP_BY_DOMAIN);
  g_assert_true (wb_picture_items_same (one, two));
  wb_draft_remove_mailboxes (self->draft, 0, 1);
  three = make_items (self, WB_GROUP_BY_DOMAIN);
  g_assert_false (wb_picture_items_same (one, three));
  g_assert_false (wb_picture_items_same (NULL, three));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, domains, func) g_test_add ("/items/" name, Fixture, domains, set_up, func, tear_down)
  ADD ("by-domain", "one.example two.example", test_by_domain);
  ADD ("by-person", "one.example two.example", test_by_person);
  ADD ("differing", "one.example two.example", test_differing);
  ADD ("same-picture", "one.example two.example", test_same_picture);
  ADD ("odd-rows", "one.example two.example", test_odd_rows);
  ADD ("one-domain", "one.example", test_one_domain);
  ADD ("same-tiles", "one.example two.example", test_same_tiles);
  return g_test_run ();
}
