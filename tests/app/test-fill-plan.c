// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store-fixture.h"
#include "wb-fill-plan.h"

/* Fill from Names: who gets which user name where, and that it is one step of undo. */

static const char *const one[] = { "brightloom.example", NULL };
static const char *const both[] = { "brightloom.example", "trybrightloom.example", NULL };

static char *
dump (WbDraft *draft)
{
  GString *text = g_string_new (NULL);

  for (guint row = 0; row < wb_draft_get_n_mailboxes (draft); row++)
    {
      const WbDraftMailbox *mailbox = wb_draft_get_mailbox (draft, row);

      g_string_append_printf (text, "%s@%s %s/%s\n", mailbox->user_name, mailbox->domain, mailbox->first_name, mailbox->last_name);
    }
  return g_string_free (text, FALSE);
}

static void
fill (WbDraft *draft, const char *people, const char *pattern, const char *const *domains)
{
  g_autoptr (WbFillPlan) plan = wb_fill_plan_new (draft, people, pattern, domains);

  wb_fill_plan_apply (plan, draft);
}

static void
assert_rows (WbDraft *draft, const char *expected)
{
  g_autofree char *text = dump (draft);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_fresh (void)
{
  g_autoptr (Store) store = store_new (NULL);
  WbDraft *draft = store_draft (store, "brightloom.example trybrightloom.example", "");

  fill (draft, "Tomás Herrera\nOkafor, Amara\n\nLudwig van Beethoven\nTomás Herrera", "{first}.{last}", both);
  assert_rows (draft, "tomas.herrera@brightloom.example Tomás/Herrera\n"
                      "amara.okafor@brightloom.example Amara/Okafor\n"
                      "ludwig.vanbeethoven@brightloom.example Ludwig/van Beethoven\n"
                      "tomas.herrera@trybrightloom.example Tomás/Herrera\n"
                      "amara.okafor@trybrightloom.example Amara/Okafor\n"
                      "ludwig.vanbeethoven@trybrightloom.example Ludwig/van Beethoven\n");
  g_assert_true (wb_draft_undo (draft));
  assert_rows (draft, "");
  g_object_unref (draft);
}

/* Two people of one user name on one domain; on another domain the name is free again. */
static void
test_clash (void)
{
  g_autoptr (Store) store = store_new (NULL);
  WbDraft *draft = store_draft (store, "brightloom.example trybrightloom.example", "noah:Noah Abrams");

  wb_draft_remove_mailboxes (draft, 1, 1);
  fill (draft, "Noah Stern\nNoah Lind", "{first}", both);
  assert_rows (draft, "noah@brightloom.example Noah/Abrams\n"
                      "noah2@brightloom.example Noah/Stern\n"
                      "noah3@brightloom.example Noah/Lind\n"
                      "noah@trybrightloom.example Noah/Stern\n"
                      "noah2@trybrightloom.example Noah/Lind\n");
  g_object_unref (draft);
}

/* Empty rows first; who is there already is left alone; who lacks a user name gets one. */
static void
test_empty_first (void)
{
  g_autoptr (Store) store = store_new (NULL);
  WbDraft *draft = store_draft (store, "brightloom.example trybrightloom.example", "");
  const WbDraftMailbox rows[] = {
    { .domain = (char *) one[0], .user_name = (char *) "boss", .first_name = (char *) "Amara", .last_name = (char *) "Okafor" },
    { .domain = (char *) one[0] },
    { .domain = (char *) one[0], .first_name = (char *) "Jo", .last_name = (char *) "Lee" },
    { .domain = (char *) both[1] },
  };
  g_autoptr (WbFillPlan) plan = NULL;

  wb_draft_insert_mailboxes (draft, 0, rows, G_N_ELEMENTS (rows));
  plan = wb_fill_plan_new (draft, "Amara Okafor\nJo Lee\nMei Tanaka\nKofi Mensah", "{f}{last}", one);
  g_assert_cmpuint (plan->there, ==, 1);
  g_assert_cmpuint (plan->rows->len, ==, 3);
  wb_fill_plan_apply (plan, draft);
  assert_rows (draft, "boss@brightloom.example Amara/Okafor\n"
                      "mtanaka@brightloom.example Mei/Tanaka\n"
                      "jlee@brightloom.example Jo/Lee\n"
                      "kmensah@brightloom.example Kofi/Mensah\n"
                      "@trybrightloom.example /\n");
  g_object_unref (draft);
}

/* A name without Latin letters gives no user name: the row comes, to be typed. */
static void
test_nameless (void)
{
  g_autoptr (Store) store = store_new (NULL);
  WbDraft *draft = store_draft (store, "brightloom.example", "");
  g_autoptr (WbFillPlan) plan = wb_fill_plan_new (draft, "明 李\n勇 王", "{first}.{last}", one);

  g_assert_cmpuint (plan->nameless, ==, 2);
  wb_fill_plan_apply (plan, draft);
  assert_rows (draft, "@brightloom.example 明/李\n@brightloom.example 勇/王\n");
  g_object_unref (draft);
}

static void
test_people (void)
{
  g_autoptr (Store) store = store_new (NULL);
  WbDraft *draft = store_draft (store, "brightloom.example trybrightloom.example", "amara:Amara Okafor,jo:Jo");
  g_autofree char *people = wb_fill_dup_people (draft);

  g_assert_cmpstr (people, ==, "Amara Okafor\nJo");
  g_object_unref (draft);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fill-plan/fresh", test_fresh);
  g_test_add_func ("/fill-plan/clash", test_clash);
  g_test_add_func ("/fill-plan/empty-first", test_empty_first);
  g_test_add_func ("/fill-plan/nameless", test_nameless);
  g_test_add_func ("/fill-plan/people", test_people);
  return g_test_run ();
}
