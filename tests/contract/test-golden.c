// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The order as the published page has it, letter for letter: pictures × masked forwarding × provider ×
// warm-up × picture addresses. What the server got equals what was asked; what the chosen call cannot
// carry is named to the person, and nothing is both sent and named or neither.

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "order-tools.h"

#define ROUTE "https://sender.example/oauth"

enum { PICTURES = 1, MASK = 2, MICROSOFT = 4, WARM_UP = 8, ADDRESS = 16, ALL = 32, CONFIRM = 32 };

typedef struct {
  Store *store;
  char *folder; /* of recorded exchanges */
} Case;

static void
set_up (Case *self, gconstpointer data)
{
  WbSandboxOptions options = { .no_rate_limit = TRUE, .small = TRUE };

  self->folder = g_dir_make_tmp ("waybill-golden-XXXXXX", NULL);
  options.record_dir = self->folder;
  self->store = store_new (&options);
}

static void
tear_down (Case *self, gconstpointer data)
{
  store_free (self->store);
  store_remove_tree (self->folder);
  g_free (self->folder);
}

/* The one exchange of @operation, as the server saw it. */
static JsonObject *
recorded (Case *self, const char *operation)
{
  g_autofree char *ending = g_strconcat ("-", operation, ".json", NULL);
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  g_autoptr (JsonNode) root = NULL;
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      g_autofree char *text = NULL;

      if (!g_str_has_suffix (name, ending))
        continue;
      g_assert_null (root);
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      root = json_from_string (text, NULL);
      g_assert_nonnull (root);
    }
  return root != NULL ? json_object_ref (
             json_object_get_object_member (json_node_get_object (root), "request"))
                      : NULL;
}

/* --- The draft ---------------------------------------------------------------------------------- */

static WbDraft *
make_draft (Case *self, int choice)
{
  WbDraft *draft = store_draft (self->store, "loom-one.example loom-two.example",
                                "amara:Amara Okafor,Tomas.H:Tomás O'Hérrera “T”");
  WbDraftDomain second = *wb_draft_get_domain (draft, 1);

  second.years = 2;
  second.forward_to = (char *) "https://brightloom.example/start?a=1&b=\"2\"";
  second.mask = (choice & MASK) != 0;
  wb_draft_set_domain (draft, &second);
  wb_draft_set_provider (draft, choice & MICROSOFT ? "MICROSOFT" : "GOOGLE");
  wb_draft_set_auto_renew (draft, (choice & MICROSOFT) == 0);
  wb_draft_set_oauth (draft, choice & MICROSOFT ? "microsoft-route" : "google-route", ROUTE);
  if (choice & WARM_UP)
    wb_draft_set_extra (draft, 1, NULL, TRUE);
  if (choice & ADDRESS)
    wb_draft_set_extra (draft, 3, "https://cdn.example/tomas.jpg", FALSE);
  if (choice & PICTURES)
    {
      g_autofree char *path
          = draft_picture (self->store->dir, "Amara “A” Okafor 😀.jpg", 700, 800, 0x336699);
      const char *const roots[] = { path, NULL };

      draft_add (draft, -1, NULL, roots);
      wb_draft_place (draft, draft_file_id (draft, "Amara “A” Okafor 😀.jpg"), 0, TRUE,
                      WB_PLACED_BY_HAND);
      g_assert_true (draft_make_ready (draft, NULL));
    }
  return draft;
}

static gboolean
is_named (WbDraft *draft, WbProblemCode code, const char *subject)
{
  g_autoptr (GPtrArray) problems = wb_draft_dup_problems (draft);

  for (guint i = 0; i < problems->len; i++)
    {
      const WbProblem *problem = problems->pdata[i];

      if (problem->code == code && problem->severity == WB_SEVERITY_WARNING
          && strcmp (problem->subject, subject) == 0)
        return TRUE;
    }
  return FALSE;
}

/* --- What the server must have got -------------------------------------------------------------- */

static char *
mailbox (const char *user_name, const char *names, gboolean warm_up, gboolean address)
{
  return g_strdup_printf ("{\"username\":\"%s\",%s%s%s}", user_name, names,
                          address ? ",\"profilePicture\":\"https://cdn.example/tomas.jpg\"" : "",
                          warm_up ? ",\"onWarmup\":true" : "");
}

static char *
expected_mailboxes (int choice, gboolean form)
{
  const char *amara = "\"firstName\":\"Amara\",\"lastName\":\"Okafor\"";
  const char *tomas = "\"firstName\":\"Tomás\",\"lastName\":\"O'Hérrera “T”\"";
  g_autofree char *plain_amara = mailbox ("amara", amara, FALSE, FALSE);
  g_autofree char *plain_tomas = mailbox ("tomas.h", tomas, FALSE, FALSE);
  g_autofree char *warm_tomas = mailbox ("tomas.h", tomas, !form && (choice & WARM_UP), FALSE);
  g_autofree char *seen_tomas = mailbox ("tomas.h", tomas, FALSE, !form && (choice & ADDRESS));

  return g_strdup_printf ("{\"loom-one.example\":[%s,%s],\"loom-two.example\":[%s,%s]}",
                          plain_amara, warm_tomas, plain_amara, seen_tomas);
}

static char *
expected_domains (int choice, gboolean form)
{
  return g_strdup_printf (
      "[{\"domain\":\"loom-one.example\",\"years\":1},{\"domain\":\"loom-two.example\",\"years\":2,"
      "\"forwardTo\":\"https://brightloom.example/start?a=1&b=\\\"2\\\"\"%s}]",
      !form           ? ""
      : choice & MASK ? ",\"maskForwarding\":true"
                      : ",\"maskForwarding\":false");
}

static const char *
expected_google (int choice)
{
  return choice & MICROSOFT ? "{\"googleOauthRoute\":\"\",\"clientId\":\"\",\"appName\":\"\"}"
                            : "{\"googleOauthRoute\":\"" ROUTE
                              "\",\"clientId\":\"\",\"appName\":\"\"}";
}

static const char *
part_text (JsonArray *parts, guint i, const char *member)
{
  return json_object_get_string_member_with_default (json_array_get_object_element (parts, i),
                                                     member, NULL);
}

static void
check_text_part (JsonArray *parts, guint i, const char *name, const char *text)
{
  g_assert_cmpstr (part_text (parts, i, "name"), ==, name);
  g_assert_cmpstr (part_text (parts, i, "text"), ==, text);
  g_assert_cmpstr (part_text (parts, i, "filename"), ==, NULL);
  g_assert_cmpstr (part_text (parts, i, "contentType"), ==, NULL);
}

static void
check_form (JsonObject *request, int choice, const char *picture)
{
  JsonArray *parts = json_object_get_array_member (request, "parts");
  g_autofree char *domains = expected_domains (choice, TRUE);
  g_autofree char *mailboxes = expected_mailboxes (choice, TRUE);
  static const char *const addresses[] = { "amara@loom-one.example", "amara@loom-two.example" };

  /* Every field, in the seed's order; empty where unused. */
  check_text_part (parts, 0, "domains", domains);
  check_text_part (parts, 1, "mailboxes", mailboxes);
  check_text_part (parts, 2, "billingCycle", "MONTHLY");
  check_text_part (parts, 3, "confirm", choice & CONFIRM ? "true" : "false");
  check_text_part (parts, 4, "serviceProvider", choice & MICROSOFT ? "MICROSOFT" : "GOOGLE");
  check_text_part (parts, 5, "microsoftOauthRoute", choice & MICROSOFT ? ROUTE : "");
  check_text_part (parts, 6, "google", expected_google (choice));
  check_text_part (parts, 7, "autoRenew", choice & MICROSOFT ? "false" : "true");
  g_assert_cmpuint (json_array_get_length (parts), ==, choice & PICTURES ? 10 : 8);
  for (guint i = 0; i < 2 && (choice & PICTURES); i++)
    {
      g_assert_cmpstr (part_text (parts, 8 + i, "name"), ==, addresses[i]);
      g_assert_cmpstr (part_text (parts, 8 + i, "filename"), ==, "avatar.jpg");
      g_assert_cmpstr (part_text (parts, 8 + i, "contentType"), ==, "image/jpeg");
      g_assert_cmpstr (part_text (parts, 8 + i, "sha256"), ==, picture);
    }
}

static void
check_json (JsonObject *request, int choice)
{
  g_autofree char *domains = expected_domains (choice, FALSE);
  g_autofree char *mailboxes = expected_mailboxes (choice, FALSE);
  g_autofree char *expected = g_strdup_printf (
      "{\"domains\":%s,\"mailboxes\":%s,\"billingCycle\":\"MONTHLY\",\"confirm\":%s,"
      "\"serviceProvider\":\"%s\","
      "\"microsoftOauthRoute\":\"%s\",\"google\":%s,\"autoRenew\":%s}",
      domains, mailboxes, choice & CONFIRM ? "true" : "false",
      choice & MICROSOFT ? "MICROSOFT" : "GOOGLE", choice & MICROSOFT ? ROUTE : "",
      expected_google (choice), choice & MICROSOFT ? "false" : "true");
  g_autofree char *got = json_to_string (json_object_get_member (request, "json"), FALSE);

  g_assert_cmpstr (got, ==, expected);
}

static void
test_choice (Case *self, gconstpointer data)
{
  int choice = GPOINTER_TO_INT (data);
  gboolean form = (choice & (PICTURES | MASK)) != 0;
  WbDraft *draft = make_draft (self, choice);
  g_autofree char *picture
      = choice & PICTURES ? g_strdup (((WbDraftFile *) wb_draft_get_files (draft)->pdata[0])->made)
                          : NULL;
  g_autoptr (JsonObject) request = NULL;
  g_autoptr (JsonObject) other = NULL;
  WbOrder *order;

  /* Named before it is sent, exactly when it will not be in the request. */
  g_assert_cmpint (is_named (draft, WB_PROBLEM_NO_WARM_UP, "tomas.h@loom-one.example"), ==,
                   form && (choice & WARM_UP));
  g_assert_cmpint (is_named (draft, WB_PROBLEM_CANNOT_GO_ALONG, "https://cdn.example/tomas.jpg"),
                   ==, form && (choice & ADDRESS));
  g_assert_false (is_named (draft, WB_PROBLEM_CANNOT_GO_ALONG, "Amara “A” Okafor 😀.jpg"));
  g_assert_false (is_named (draft, WB_PROBLEM_NO_FORWARDING, "loom-two.example"));

  order = order_create (self->store, draft, (choice & CONFIRM) != 0);
  draft_drop (draft);
  order_wait (order, choice & CONFIRM ? WB_ORDER_LIVE : WB_ORDER_NOT_PAID);
  request = recorded (self, form ? "create_order_multipart" : "create_order_json");
  other = recorded (self, form ? "create_order_json" : "create_order_multipart");
  g_assert_nonnull (request);
  g_assert_null (other);
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (request, "query"), "userId"),
      ==, self->store->customer);
  if (form)
    check_form (request, choice, picture);
  else
    check_json (request, choice);
  g_assert_cmpuint (wb_sandbox_count_charges (self->store->sandbox), ==, choice & CONFIRM ? 1 : 0);
  order_drop (order);
}

/* Dropped once, encoded once, sent forty times. */
static void
test_forty_domains (Case *self, gconstpointer data)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *path = draft_picture (self->store->dir, "amara.okafor.jpg", 700, 800, 0x336699);
  const char *const roots[] = { path, NULL };
  g_autofree char *pictures
      = g_build_filename (wb_profile_get_folder (self->store->profile), "pictures", NULL);
  g_autoptr (JsonObject) request = NULL;
  g_autoptr (GDir) dir = NULL;
  const WbDraftFile *file;
  WbPictureCounts counts;
  WbFilesResult result;
  JsonArray *parts;
  WbDraft *draft;
  WbOrder *order;
  guint n_blobs = 0, n_sent = 0;

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (names, "loom-%02u.example ", i);
  draft = store_draft (self->store, names->str, "amara:Amara Okafor");
  result = draft_add (draft, -1, NULL, roots);
  g_assert_cmpuint (result.placed, ==, 1);
  g_assert_true (draft_make_ready (draft, NULL));
  file = wb_draft_get_files (draft)->pdata[0];
  g_assert_cmpuint (wb_draft_get_files (draft)->len, ==, 1);
  wb_draft_count_pictures (draft, &counts);
  g_assert_cmpuint (counts.pictures, ==, 1);
  g_assert_cmpuint (counts.mailboxes, ==, 40);
  g_assert_cmpuint (counts.upload_bytes, ==, 40 * file->made_bytes);
  /* The original and the one JPEG made of it. */
  dir = g_dir_open (pictures, 0, NULL);
  while (g_dir_read_name (dir) != NULL)
    n_blobs++;
  g_assert_cmpuint (n_blobs, ==, 2);

  order = order_create (self->store, draft, FALSE);
  order_wait_can_pay (order);
  request = recorded (self, "create_order_multipart");
  parts = json_object_get_array_member (request, "parts");
  for (guint i = 8; i < json_array_get_length (parts); i++, n_sent++)
    {
      g_autofree char *address = g_strdup_printf ("amara@loom-%02u.example", i - 8);

      g_assert_cmpstr (part_text (parts, i, "name"), ==, address);
      g_assert_cmpstr (part_text (parts, i, "sha256"), ==, file->made);
      g_assert_cmpuint (
          json_object_get_int_member (json_array_get_object_element (parts, i), "bytes"), ==,
          file->made_bytes);
    }
  g_assert_cmpuint (n_sent, ==, 40);
  g_assert_cmpuint (wb_sandbox_count_requests (self->store->sandbox, "create_order_multipart"), ==,
                    1);
  draft_drop (draft);
  order_drop (order);
}

/* What was frozen is sent, whatever becomes of the draft meanwhile. */
static void
test_frozen (Case *self, gconstpointer data)
{
  WbDraft *draft = make_draft (self, PICTURES);
  g_autofree char *picture
      = g_strdup (((WbDraftFile *) wb_draft_get_files (draft)->pdata[0])->made);
  g_autoptr (JsonObject) request = NULL;
  WbOrder *order;

  wb_sandbox_set_latency (self->store->sandbox, 100);
  order = order_create (self->store, draft, FALSE);
  wb_draft_set_cell (draft, 0, WB_CELL_USER_NAME, "somebody.else");
  wb_draft_unplace (draft, 0, TRUE);
  order_wait_can_pay (order);
  request = recorded (self, "create_order_multipart");
  check_form (request, PICTURES, picture);
  draft_drop (draft);
  order_drop (order);
}

static void
add_choice (int choice)
{
  g_autofree char *path = g_strdup_printf (
      "/golden/%s%s%s%s%s%s", choice & PICTURES ? "pictures-" : "", choice & MASK ? "masked-" : "",
      choice & WARM_UP ? "warm-" : "", choice & ADDRESS ? "address-" : "",
      choice & MICROSOFT ? "microsoft" : "google", choice & CONFIRM ? "-paid" : "");

  g_test_add (path, Case, GINT_TO_POINTER (choice), set_up, test_choice, tear_down);
}

int
main (int argc, char **argv)
{
  money_test_init (&argc, &argv);
  for (int choice = 0; choice < ALL; choice++)
    add_choice (choice);
  /* Paid in the same request. */
  add_choice (CONFIRM | PICTURES);
  add_choice (CONFIRM | MICROSOFT);
  g_test_add ("/golden/one-portrait-on-forty-domains", Case, NULL, set_up, test_forty_domains,
              tear_down);
  g_test_add ("/golden/frozen", Case, NULL, set_up, test_frozen, tear_down);
  return g_test_run ();
}
