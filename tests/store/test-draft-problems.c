// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store-fixture.h"

#include <string.h>

#include "cmr-field.h"
#include "wb-draft-state-private.h"
#include "wb-names-private.h"
#include "wb-sync-private.h"

/* Each problem: what makes it, how it reads, what mends it. */

typedef struct {
  Store *store;
  WbDraft *draft;
} Case;

typedef void (*Step) (Case *self);

/* An order with nothing wrong: 2 domains, 2 people on each, no pictures. */
static void
set_up (Case *self, gconstpointer data)
{
  static const WbNameAnswer fine = { WB_NAME_AVAILABLE, 1140, 1140, 1 };
  WbNameBook *book;

  self->store = store_new (NULL);
  self->draft = store_draft (self->store, "one.example two.example", "ada:Ada Keller,ben:Ben Okafor");
  book = wb_profile_get_names (self->store->profile);
  wb_name_book_put (book, "one.example", "GOOGLE", &fine);
  wb_name_book_put (book, "two.example", "GOOGLE", &fine);
}

static void
tear_down (Case *self, gconstpointer data)
{
  GAsyncResult *result = NULL;

  wb_draft_flush_async (self->draft, wb_test_take_result, &result);
  wb_test_wait_result (&result);
  g_object_unref (result);
  g_assert_finalize_object (self->draft);
  store_free (self->store);
}

static void
put (Case *self, WbNameState state, gint64 cents)
{
  const WbNameAnswer answer = { state, cents, cents, 1 };

  wb_name_book_put (wb_profile_get_names (self->store->profile), "two.example", "GOOGLE", &answer);
}

static void
cell (Case *self, guint row, WbCell which, const char *text)
{
  wb_draft_set_cell (self->draft, row, which, text);
}

static void
forward (Case *self, const char *to, gboolean mask)
{
  WbDraftDomain domain = *wb_draft_find_domain (self->draft, "two.example");

  domain.forward_to = (char *) to;
  domain.mask = mask;
  wb_draft_set_domain (self->draft, &domain);
}

static void
keep_anyway (Case *self, gboolean keep, gint64 seen)
{
  WbDraftDomain domain = *wb_draft_find_domain (self->draft, "two.example");

  domain.keep_anyway = keep;
  domain.seen_cents = seen;
  wb_draft_set_domain (self->draft, &domain);
}

/* A file as the workers leave it: looked at, kept, made. */
static guint
add_file (Case *self, const char *name, const char *blob, int refused, gboolean small)
{
  WbFileItem item = { .folder = (char *) "" };
  guint id = self->draft->next_file++;

  item.pub.id = id;
  item.pub.file_name = (char *) name;
  item.pub.blob = (char *) blob;
  item.pub.made = (char *) (refused ? "" : "made");
  item.pub.info.width = item.pub.info.height = 800;
  item.pub.refused = refused;
  item.pub.small = small;
  wb_crop_start (&item.pub.crop, 800, 800);
  item.made_crop = item.pub.crop;
  wb_draft_begin (self->draft, "add-files", NULL);
  g_ptr_array_add (wb_draft_edit_files (self->draft), wb_file_item (&item));
  g_ptr_array_add (wb_draft_edit (self->draft, WB_LIST_EDITS, WB_DRAFT_PICTURES),
                   wb_file_edit_item (&(WbFileEdit){ .file = id }));
  wb_draft_end (self->draft);
  return id;
}

static guint
give (Case *self, guint row, const char *name, const char *blob, int refused, gboolean small)
{
  guint id = add_file (self, name, blob, refused, small);

  wb_draft_place (self->draft, id, row, TRUE, WB_PLACED_BY_NAME);
  return id;
}

/* What makes a problem */

static void no_customer (Case *self) { wb_draft_set_customer (self->draft, "", "", ""); }
static void a_customer (Case *self) { wb_draft_set_customer (self->draft, self->store->customer, "Brightloom", ""); }
static void taken (Case *self) { put (self, WB_NAME_TAKEN, CMR_MONEY_UNKNOWN); }
static void not_known (Case *self) { put (self, WB_NAME_NOT_KNOWN, CMR_MONEY_UNKNOWN); }
static void not_asked (Case *self) { put (self, WB_NAME_NOT_ASKED, CMR_MONEY_UNKNOWN); }
static void asking (Case *self) { put (self, WB_NAME_ASKING, CMR_MONEY_UNKNOWN); }
static void workspace (Case *self) { put (self, WB_NAME_WORKSPACE, 1140); }
static void available (Case *self) { put (self, WB_NAME_AVAILABLE, 1140); }
static void kept_anyway (Case *self) { workspace (self); keep_anyway (self, TRUE, CMR_MONEY_UNKNOWN); }
static void seen_other (Case *self) { keep_anyway (self, FALSE, 1210); }
static void seen_this (Case *self) { keep_anyway (self, FALSE, 1140); }
static void a_third (Case *self) { wb_draft_add_domains (self->draft, "a.example", NULL, NULL); }
static void no_third (Case *self) { wb_draft_remove_domain (self->draft, "a.example"); }
static void forward_odd (Case *self) { forward (self, "two.example/start", FALSE); }
static void forward_mail (Case *self) { forward (self, "mailto:x@two.example", FALSE); }
static void forward_fine (Case *self) { forward (self, "https://two.example/start", FALSE); }
static void forward_none (Case *self) { forward (self, "", FALSE); }
static void undo (Case *self) { wb_draft_undo (self->draft); }
static void empty_user (Case *self) { cell (self, 3, WB_CELL_USER_NAME, ""); }
static void empty_domain_cell (Case *self) { cell (self, 3, WB_CELL_DOMAIN, ""); }
static void empty_first (Case *self) { cell (self, 3, WB_CELL_FIRST_NAME, " "); }
static void empty_last (Case *self) { cell (self, 3, WB_CELL_LAST_NAME, ""); }
static void spaces (Case *self) { cell (self, 3, WB_CELL_USER_NAME, "Ben Okafor"); }
static void at_sign (Case *self) { cell (self, 3, WB_CELL_USER_NAME, "ben@okafor"); }
static void accent (Case *self) { cell (self, 3, WB_CELL_USER_NAME, "bén"); }
static void dots (Case *self) { cell (self, 3, WB_CELL_USER_NAME, "ben..okafor."); }
static void
long_user (Case *self)
{
  cell (self, 3, WB_CELL_USER_NAME, "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcde");
}
static void control (Case *self) { cell (self, 3, WB_CELL_FIRST_NAME, "Ben\tJr"); }
static void
long_name (Case *self)
{
  cell (self, 3, WB_CELL_LAST_NAME, "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghija");
}
static void no_letters (Case *self) { cell (self, 3, WB_CELL_LAST_NAME, "007"); }
static void same_user (Case *self) { cell (self, 3, WB_CELL_USER_NAME, "ADA"); }
static void typo_domain (Case *self) { cell (self, 3, WB_CELL_DOMAIN, "tow.example"); }
static void strange_domain (Case *self) { cell (self, 3, WB_CELL_DOMAIN, "elsewhere.test"); }
static void client_id (Case *self) { wb_draft_set_oauth (self->draft, "google-client-id", "1"); }
static void whole_oauth (Case *self)
{
  wb_draft_set_oauth (self->draft, "google-route", "https://sender.example/oauth");
  wb_draft_set_oauth (self->draft, "google-app-name", "Sender");
}
static void microsoft (Case *self)
{
  static const WbNameAnswer fine = { WB_NAME_AVAILABLE, 1140, 1140, 1 };

  wb_draft_set_provider (self->draft, "MICROSOFT");
  wb_name_book_put (wb_profile_get_names (self->store->profile), "one.example", "MICROSOFT", &fine);
  wb_name_book_put (wb_profile_get_names (self->store->profile), "two.example", "MICROSOFT", &fine);
}
static void may_use (Case *self) { wb_draft_set_may_use_pictures (self->draft, TRUE); }
static void one_picture (Case *self) { give (self, 0, "ada.jpg", "aa", 0, FALSE); }
static void
refused_picture (Case *self)
{
  may_use (self);
  give (self, 0, "ada.gif", "", WB_MEDIA_ERROR_KIND + 1, FALSE);
}
static void small_picture (Case *self) { may_use (self); give (self, 0, "ada.jpg", "aa", 0, TRUE); }
static void
same_picture (Case *self)
{
  may_use (self);
  give (self, 0, "ada.jpg", "aa", 0, FALSE);
  give (self, 1, "ben.jpg", "aa", 0, FALSE);
}
static void better_picture (Case *self) { give (self, 1, "ben2.jpg", "bb", 0, FALSE); }
static void no_pictures (Case *self)
{
  while (wb_draft_get_files (self->draft)->len > 0)
    wb_draft_remove_file (self->draft, ((WbDraftFile *) wb_draft_get_files (self->draft)->pdata[0])->id);
}
static void two_fit (Case *self)
{
  guint first = (may_use (self), give (self, 0, "ada.jpg", "aa", 0, FALSE));
  WbPlacement both = *wb_draft_get_placement (self->draft, 0);
  GPtrArray *placements;

  both.other = add_file (self, "ada-2.jpg", "bb", 0, FALSE);
  g_assert_cmpuint (first, ==, both.file);
  wb_draft_begin (self->draft, "match", NULL);
  placements = wb_draft_edit (self->draft, WB_LIST_PLACEMENTS, WB_DRAFT_PICTURES);
  wb_draft_list_free_func (WB_LIST_PLACEMENTS) (placements->pdata[0]);
  placements->pdata[0] = wb_placement_item (&both);
  wb_draft_end (self->draft);
}
static void
choose_first (Case *self)
{
  wb_draft_choose (self->draft, 0, wb_draft_get_placement (self->draft, 0)->file);
}
static void
warm_up_form (Case *self)
{
  may_use (self);
  wb_draft_set_extra (self->draft, 2, NULL, TRUE);
  one_picture (self);
}
static void no_warm_up (Case *self) { wb_draft_set_extra (self->draft, 2, NULL, FALSE); }
static void
url_form (Case *self)
{
  may_use (self);
  wb_draft_set_extra (self->draft, 3, "https://pictures.example/ben.jpg", FALSE);
  one_picture (self);
}
static void no_url (Case *self) { wb_draft_set_extra (self->draft, 3, "", FALSE); }
static void no_rows (Case *self) { wb_draft_remove_mailboxes (self->draft, 0, 4); }
static void no_names (Case *self)
{
  no_rows (self);
  wb_draft_remove_domain (self->draft, "one.example");
  wb_draft_remove_domain (self->draft, "two.example");
}
static void undo_all (Case *self) { while (wb_draft_get_n_mailboxes (self->draft) < 4) wb_draft_undo (self->draft); }

#define D WB_STEP_DOMAINS
#define M WB_STEP_MAILBOXES
#define P WB_STEP_PICTURES
#define E WB_SEVERITY_ERROR
#define W WB_SEVERITY_WARNING
#define N WB_SEVERITY_NOTE

static const struct {
  const char *name;
  Step make;
  WbProblem wanted; /* with row 0 of a domain or mailbox as 0 */
  Step mend;
} rows[] = {
  { "no customer", no_customer, { WB_STEP_CUSTOMER, -1, -1, E, WB_PROBLEM_NO_CUSTOMER, "", NULL, 1 }, a_customer },
  { "no domains", no_names, { D, -1, -1, E, WB_PROBLEM_NO_DOMAINS, "", NULL, 1 }, undo_all },
  { "taken", taken, { D, 1, -1, E, WB_PROBLEM_TAKEN, "two.example", NULL, 1 }, available },
  { "not known", not_known, { D, 1, -1, W, WB_PROBLEM_NOT_KNOWN, "two.example", NULL, 1 }, available },
  { "not asked", not_asked, { D, 1, -1, W, WB_PROBLEM_NOT_KNOWN, "two.example", NULL, 1 }, available },
  { "asking", asking, { D, 1, -1, N, WB_PROBLEM_ASKING, "two.example", NULL, 1 }, available },
  { "workspace", workspace, { D, 1, -1, E, WB_PROBLEM_WORKSPACE, "two.example", NULL, 1 }, microsoft },
  { "kept anyway", kept_anyway, { D, 1, -1, W, WB_PROBLEM_WORKSPACE, "two.example", NULL, 1 }, available },
  { "price changed", seen_other, { D, 1, -1, W, WB_PROBLEM_PRICE_CHANGED, "two.example", NULL, 1 }, seen_this },
  { "empty domain", a_third, { D, 2, -1, W, WB_PROBLEM_EMPTY_DOMAIN, "a.example", NULL, 1 }, no_third },
  { "forward",
    forward_odd,
    { D, 1, -1, E, WB_PROBLEM_FORWARD_TO, "two.example/start", "https://two.example/start", 1 },
    forward_fine },
  { "forward to mail",
    forward_mail,
    { D, 1, -1, E, WB_PROBLEM_FORWARD_TO, "mailto:x@two.example", NULL, 1 },
    forward_none },
  { "no mailboxes", no_rows, { M, -1, -1, E, WB_PROBLEM_NO_MAILBOXES, "", NULL, 1 }, undo },
  { "empty user", empty_user, { M, 3, WB_CELL_USER_NAME, E, WB_PROBLEM_CELL_EMPTY, "", NULL, 1 }, undo },
  { "empty domain cell", empty_domain_cell, { M, 3, WB_CELL_DOMAIN, E, WB_PROBLEM_CELL_EMPTY, "", NULL, 1 }, undo },
  { "empty first name", empty_first, { M, 3, WB_CELL_FIRST_NAME, E, WB_PROBLEM_CELL_EMPTY, " ", NULL, 1 }, undo },
  { "empty last name", empty_last, { M, 3, WB_CELL_LAST_NAME, E, WB_PROBLEM_CELL_EMPTY, "", NULL, 1 }, undo },
  { "spaces", spaces, { M, 3, WB_CELL_USER_NAME, E, WB_PROBLEM_SPACES, "ben okafor", "ben.okafor", 1 }, undo },
  { "at sign", at_sign, { M, 3, WB_CELL_USER_NAME, E, WB_PROBLEM_CHARACTERS, "ben@okafor", "ben", 1 }, undo },
  { "accent", accent, { M, 3, WB_CELL_USER_NAME, W, WB_PROBLEM_CHARACTERS, "bén", "ben", 1 }, undo },
  { "dots", dots, { M, 3, WB_CELL_USER_NAME, W, WB_PROBLEM_DOTS, "ben..okafor.", "ben.okafor", 1 }, undo },
  { "long user name",
    long_user,
    { M, 3, WB_CELL_USER_NAME, W, WB_PROBLEM_TOO_LONG,
      "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcde",
      "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcd", 1 },
    undo },
  { "control", control, { M, 3, WB_CELL_FIRST_NAME, W, WB_PROBLEM_CHARACTERS, "Ben\tJr", "Ben Jr", 1 }, undo },
  { "long name",
    long_name,
    { M, 3, WB_CELL_LAST_NAME, W, WB_PROBLEM_TOO_LONG, "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghija",
      NULL, 1 },
    undo },
  { "no letters", no_letters, { M, 3, WB_CELL_LAST_NAME, W, WB_PROBLEM_NO_LETTERS, "007", NULL, 1 }, undo },
  { "twice", same_user, { M, 3, WB_CELL_USER_NAME, E, WB_PROBLEM_TWICE, "ada@two.example", "ada2", 1 }, undo },
  { "unknown domain",
    typo_domain,
    { M, 3, WB_CELL_DOMAIN, E, WB_PROBLEM_UNKNOWN_DOMAIN, "tow.example", "two.example", 1 },
    undo },
  { "strange domain",
    strange_domain,
    { M, 3, WB_CELL_DOMAIN, E, WB_PROBLEM_UNKNOWN_DOMAIN, "elsewhere.test", NULL, 1 },
    undo },
  { "ambiguous", two_fit, { P, 0, -1, E, WB_PROBLEM_AMBIGUOUS, "Ada Keller", NULL, 1 }, choose_first },
  { "refused picture",
    refused_picture,
    { P, 0, -1, W, WB_PROBLEM_PICTURE_REFUSED, "Ada Keller", NULL, 1 },
    no_pictures },
  { "small picture", small_picture, { P, 0, -1, W, WB_PROBLEM_PICTURE_SMALL, "Ada Keller", NULL, 1 }, no_pictures },
  { "same picture", same_picture, { P, 1, -1, W, WB_PROBLEM_SAME_PICTURE, "Ben Okafor", NULL, 1 }, better_picture },
  { "rights", one_picture, { WB_STEP_REVIEW, -1, -1, E, WB_PROBLEM_RIGHTS, "", NULL, 2 }, may_use },
  { "oauth", client_id, { WB_STEP_OPTIONS, -1, -1, E, WB_PROBLEM_OAUTH, "", NULL, 1 }, whole_oauth },
  { "oauth of the other", client_id, { WB_STEP_OPTIONS, -1, -1, E, WB_PROBLEM_OAUTH, "", NULL, 1 }, microsoft },
  { "warm-up in a form", warm_up_form, { M, 2, -1, W, WB_PROBLEM_NO_WARM_UP, "ada@two.example", NULL, 1 }, no_warm_up },
  { "warm-up without pictures",
    warm_up_form,
    { M, 2, -1, W, WB_PROBLEM_NO_WARM_UP, "ada@two.example", NULL, 1 },
    no_pictures },
  { "address in a form",
    url_form,
    { P, 3, -1, W, WB_PROBLEM_CANNOT_GO_ALONG, "https://pictures.example/ben.jpg", NULL, 1 },
    no_url },
};

static GPtrArray *
without_notes (WbDraft *draft)
{
  GPtrArray *problems = wb_draft_dup_problems (draft);

  for (guint i = problems->len; i > 0; i--)
    if (((WbProblem *) problems->pdata[i - 1])->code == WB_PROBLEM_NO_PICTURE)
      g_ptr_array_remove_index (problems, i - 1);
  return problems;
}

static const WbProblem *
find (GPtrArray *problems, const WbProblem *wanted)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const WbProblem *problem = problems->pdata[i];

      if (problem->code == wanted->code && problem->row == wanted->row && problem->field == wanted->field
          && problem->severity == wanted->severity)
        return problem;
    }
  return NULL;
}

static void
check_order (GPtrArray *problems)
{
  for (guint i = 1; i < problems->len; i++)
    {
      const WbProblem *a = problems->pdata[i - 1], *b = problems->pdata[i];

      g_assert_true (a->step < b->step || (a->step == b->step && a->row <= b->row));
    }
}

static void
test_row (Case *self, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  const WbProblem *wanted = &rows[i].wanted, *found;
  g_autoptr (GPtrArray) before = without_notes (self->draft);
  g_autoptr (GPtrArray) with = NULL;
  g_autoptr (GPtrArray) after = NULL;

  g_assert_cmpuint (before->len, ==, 0);
  rows[i].make (self);
  with = without_notes (self->draft);
  check_order (with);
  found = find (with, wanted);
  g_assert_nonnull (found);
  g_assert_cmpint (found->step, ==, wanted->step);
  g_assert_cmpstr (found->subject, ==, wanted->subject);
  g_assert_cmpstr (found->fix, ==, wanted->fix);
  g_assert_cmpuint (found->count, ==, wanted->count);
  rows[i].mend (self);
  after = without_notes (self->draft);
  g_assert_null (find (after, wanted));
}

/* What one button puts there mends it. */
static void
test_fix (Case *self, gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  const WbProblem *wanted = &rows[i].wanted;
  g_autoptr (GPtrArray) after = NULL;

  rows[i].make (self);
  if (wanted->code == WB_PROBLEM_FORWARD_TO)
    forward (self, wanted->fix, FALSE);
  else
    cell (self, wanted->row, wanted->field, wanted->fix);
  after = without_notes (self->draft);
  g_assert_cmpuint (after->len, ==, 0);
}

static void
test_exists (Case *self, gconstpointer data)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO mailbox (row_key, scope, asked_at, mailbox_id, email) "
                                          "VALUES ('m1', '%s', 1, 'm1', 'Ben@two.example')",
                                          self->store->customer);
  static const WbProblem wanted = { M, 3, WB_CELL_USER_NAME, W, WB_PROBLEM_EXISTS, "ben@two.example", "ben2", 1 };
  const WbProblem *found = NULL;
  gint64 deadline = g_get_monotonic_time () + WB_TEST_DEADLINE_MS * 1000;

  store_run_job (self->store, FALSE, sql);
  wb_sync_note_changed (wb_profile_get_sync (self->store->profile), WB_COLLECTION_MAILBOXES);
  while (found == NULL && g_get_monotonic_time () < deadline)
    {
      g_autoptr (GPtrArray) problems = without_notes (self->draft);

      g_main_context_iteration (NULL, FALSE);
      found = find (problems, &wanted);
      if (found == NULL)
        continue;
      g_assert_cmpstr (found->subject, ==, wanted.subject);
      g_assert_cmpstr (found->fix, ==, wanted.fix);
      g_assert_cmpuint (problems->len, ==, 1);
    }
  g_assert_nonnull (found);
}

static void
test_too_many (Case *self, gconstpointer data)
{
  g_autofree WbDraftMailbox *many = g_new0 (WbDraftMailbox, 1997);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  static const WbProblem wanted = { M, -1, -1, E, WB_PROBLEM_TOO_MANY, "", NULL, 2001 };
  g_autoptr (GPtrArray) above = NULL;
  g_autoptr (GPtrArray) at = NULL;
  gint64 start;

  for (guint i = 0; i < 1997; i++)
    {
      g_ptr_array_add (names, g_strdup_printf ("user%u", i));
      many[i] = (WbDraftMailbox) { "one.example", names->pdata[i], "Ada", "Keller", "", FALSE };
    }
  wb_draft_insert_mailboxes (self->draft, G_MAXUINT, many, 1997);
  start = g_get_monotonic_time ();
  above = without_notes (self->draft);
  g_test_message ("2,001 rows in %" G_GINT64_FORMAT " µs", g_get_monotonic_time () - start);
  g_assert_cmpuint (above->len, ==, 1);
  g_assert_cmpuint (find (above, &wanted)->count, ==, 2001);
  wb_draft_remove_mailboxes (self->draft, 0, 1);
  at = without_notes (self->draft);
  g_assert_null (find (at, &wanted));
}

/* Each later one has a number of its own, and none that is used. */
static void
test_many_twice (Case *self, gconstpointer data)
{
  WbDraftMailbox row = { "one.example", "ada", "Ada", "Keller", "", FALSE };
  WbDraftMailbox used = { "one.example", "ada3", "Ada", "Keller", "", FALSE };
  g_autoptr (GPtrArray) problems = NULL;
  static const char *const fixes[] = { "ada2", "ada4", "ada5" };

  wb_draft_insert_mailboxes (self->draft, G_MAXUINT, &used, 1);
  for (guint i = 0; i < 3; i++)
    wb_draft_insert_mailboxes (self->draft, G_MAXUINT, &row, 1);
  problems = without_notes (self->draft);
  g_assert_cmpuint (problems->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpint (((WbProblem *) problems->pdata[i])->code, ==, WB_PROBLEM_TWICE);
      g_assert_cmpstr (((WbProblem *) problems->pdata[i])->fix, ==, fixes[i]);
    }
}

/* Empty rows of "8 on each of 3 domains" are empty, not twice. */
static void
test_empty_rows (Case *self, gconstpointer data)
{
  WbDraftMailbox row = { .domain = "one.example" };
  g_autoptr (GPtrArray) problems = NULL;

  for (guint i = 0; i < 3; i++)
    wb_draft_insert_mailboxes (self->draft, G_MAXUINT, &row, 1);
  problems = without_notes (self->draft);
  g_assert_cmpuint (problems->len, ==, 9);
  for (guint i = 0; i < problems->len; i++)
    g_assert_cmpint (((WbProblem *) problems->pdata[i])->code, ==, WB_PROBLEM_CELL_EMPTY);
}

static void
test_no_picture (Case *self, gconstpointer data)
{
  static const WbProblem wanted = { P, -1, -1, N, WB_PROBLEM_NO_PICTURE, "", NULL, 0 };
  g_autoptr (GPtrArray) all = wb_draft_dup_problems (self->draft);
  g_autoptr (GPtrArray) half = NULL;
  g_autoptr (GPtrArray) none = NULL;

  g_assert_cmpuint (find (all, &wanted)->count, ==, 4);
  may_use (self);
  give (self, 0, "ada.jpg", "aa", 0, FALSE); /* both mailboxes of Ada */
  half = wb_draft_dup_problems (self->draft);
  g_assert_cmpuint (find (half, &wanted)->count, ==, 2);
  g_assert_cmpstr (find (half, &wanted)->subject, ==, "ben@one.example");
  give (self, 1, "ben.jpg", "bb", 0, FALSE);
  none = wb_draft_dup_problems (self->draft);
  g_assert_cmpuint (none->len, ==, 0);
}

/* A person has one face on all domains: that is no picture twice. */
static void
test_same_person (Case *self, gconstpointer data)
{
  g_autoptr (GPtrArray) problems = NULL;
  guint id;

  may_use (self);
  id = add_file (self, "ada.jpg", "aa", 0, FALSE);
  wb_draft_place (self->draft, id, 0, FALSE, WB_PLACED_BY_HAND);
  wb_draft_place (self->draft, id, 2, FALSE, WB_PLACED_BY_HAND);
  problems = without_notes (self->draft);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* pictures × masking × warm-up × address × provider: exactly what the call cannot carry is named. */
static void
test_matrix (Case *self, gconstpointer data)
{
  guint cases = 0;

  microsoft (self);
  wb_draft_set_may_use_pictures (self->draft, TRUE);
  for (guint bits = 0; bits < 32; bits++)
    {
      gboolean pictures = bits & 1, masked = (bits >> 1) & 1, warm_up = (bits >> 2) & 1, address = (bits >> 3) & 1;
      gboolean form = pictures || masked;
      g_autoptr (GPtrArray) problems = NULL;
      guint wanted = form ? (guint) (warm_up + address) : 0;

      wb_draft_set_provider (self->draft, bits & 16 ? "GOOGLE" : "MICROSOFT");
      if (pictures)
        one_picture (self);
      forward (self, masked ? "https://elsewhere.example/" : "", masked);
      wb_draft_set_extra (self->draft, 2, address ? "https://pictures.example/ada.jpg" : "", warm_up);
      problems = without_notes (self->draft);
      g_assert_cmpuint (problems->len, ==, wanted);
      for (guint i = 0; i < problems->len; i++)
        g_assert_cmpint (((WbProblem *) problems->pdata[i])->severity, ==, W);
      no_pictures (self);
      cases++;
    }
  g_assert_cmpuint (cases, ==, 32);
}

/* openapi.yaml: what each call has members for. */
static void
test_carries (void)
{
  static const struct {
    WbWay way;
    const char *provider;
    gboolean form;
    WbCarries carries;
  } calls[] = {
    { WB_WAY_NEW_DOMAINS, "GOOGLE", TRUE, { TRUE, FALSE, FALSE, TRUE, TRUE } },
    { WB_WAY_NEW_DOMAINS, "MICROSOFT", TRUE, { TRUE, FALSE, FALSE, TRUE, TRUE } },
    { WB_WAY_NEW_DOMAINS, "GOOGLE", FALSE, { FALSE, TRUE, TRUE, TRUE, FALSE } },
    { WB_WAY_NEW_DOMAINS, "MICROSOFT", FALSE, { FALSE, TRUE, TRUE, TRUE, FALSE } },
    { WB_WAY_SUBSCRIPTION, "GOOGLE", TRUE, { TRUE, FALSE, FALSE, FALSE, FALSE } },
    { WB_WAY_SUBSCRIPTION, "GOOGLE", FALSE, { FALSE, TRUE, TRUE, FALSE, FALSE } },
    { WB_WAY_SUBSCRIPTION, "MICROSOFT", TRUE, { FALSE, TRUE, TRUE, FALSE, FALSE } },
    { WB_WAY_OWN_DOMAINS, "GOOGLE", TRUE, { FALSE, TRUE, TRUE, FALSE, FALSE } },
    { WB_WAY_OWN_DOMAINS, "MICROSOFT", FALSE, { FALSE, TRUE, TRUE, FALSE, FALSE } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      const WbCarries *carries = wb_carries_of (calls[i].way, calls[i].provider, calls[i].form);

      g_assert_true (memcmp (carries, &calls[i].carries, sizeof *carries) == 0);
    }
}

/* Every code is in the table above or has a test of its own; what ways 2 and 3 will bring is named here. */
static void
test_every_code (void)
{
  gboolean seen[WB_N_PROBLEMS] = { [WB_PROBLEM_TOO_MANY] = TRUE,
                                   [WB_PROBLEM_EXISTS] = TRUE,
                                   [WB_PROBLEM_NO_PICTURE] = TRUE,
                                   [WB_PROBLEM_NO_FORWARDING] = TRUE };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    seen[rows[i].wanted.code] = TRUE;
  for (guint code = 0; code < WB_N_PROBLEMS; code++)
    g_assert_true (seen[code]);
}

#define ADD(name, func) g_test_add ("/draft-problems/" name, Case, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/draft-problems/row/%s", rows[i].name);
      g_autofree char *fix = g_strdup_printf ("/draft-problems/fix/%s", rows[i].name);

      g_test_add (path, Case, GUINT_TO_POINTER (i), set_up, test_row, tear_down);
      if (rows[i].wanted.fix != NULL)
        g_test_add (fix, Case, GUINT_TO_POINTER (i), set_up, test_fix, tear_down);
    }
  ADD ("exists", test_exists);
  ADD ("too-many", test_too_many);
  ADD ("many-twice", test_many_twice);
  ADD ("empty-rows", test_empty_rows);
  ADD ("no-picture", test_no_picture);
  ADD ("same-person", test_same_person);
  ADD ("matrix", test_matrix);
  g_test_add_func ("/draft-problems/carries", test_carries);
  g_test_add_func ("/draft-problems/every-code", test_every_code);
  return g_test_run ();
}
