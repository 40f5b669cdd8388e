// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the demo shows: enough of it, of every state, and nothing that contradicts itself.

#include "sandbox-client.h"

#include "wb-test.h"

/* All rows of a list, over its pages. */
static JsonArray *
read_all (Client *client, const char *path, const char *member)
{
  JsonArray *rows = json_array_new ();
  gint64 pages = 1;

  for (gint64 page = 1; page <= pages; page++)
    {
      g_autofree char *at = g_strdup_printf ("%s%cpage=%" G_GINT64_FORMAT "&limit=100", path,
                                             strchr (path, '?') != NULL ? '&' : '?', page);
      g_autoptr (Answer) answer = client_get (client, at);
      JsonObject *data;
      JsonArray *some;

      g_assert_cmpuint (answer->status, ==, 200);
      data = json_object_get_object_member (json_node_get_object (answer->json), "data");
      some = json_object_get_array_member (data, member);
      pages = json_object_get_int_member (json_object_get_object_member (data, "pagination"),
                                          "totalPages");
      for (guint i = 0; i < json_array_get_length (some); i++)
        json_array_add_element (rows, json_node_copy (json_array_get_element (some, i)));
    }
  return rows;
}

static const char *
text_of (JsonArray *rows, guint i, const char *member)
{
  return json_object_get_string_member_with_default (json_array_get_object_element (rows, i),
                                                     member, "");
}

static guint
count (JsonArray *rows, const char *member, const char *value)
{
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (rows); i++)
    n += g_str_equal (text_of (rows, i, member), value);
  return n;
}

typedef struct {
  Client *client;
  JsonArray *users, *mailboxes, *subscriptions, *domains;
} Seed;

static void
seed_init (Seed *self)
{
  const WbSandboxOptions options = { .no_rate_limit = TRUE, .speed = 1 };

  self->client = client_new (&options);
  self->users = read_all (self->client, "/users/list", "users");
  self->mailboxes = read_all (self->client, "/mailboxes", "mailboxes");
  self->subscriptions = read_all (self->client, "/subscriptions", "subscriptions");
  self->domains = json_array_new ();
  for (guint i = 0; i < json_array_get_length (self->users); i++)
    {
      g_autofree char *path
          = g_strconcat ("/domains/by-user?userId=", text_of (self->users, i, "userId"), NULL);
      g_autoptr (JsonArray) some = read_all (self->client, path, "domains");

      for (guint d = 0; d < json_array_get_length (some); d++)
        json_array_add_element (self->domains, json_node_copy (json_array_get_element (some, d)));
    }
}

static void
seed_clear (Seed *self)
{
  json_array_unref (self->users);
  json_array_unref (self->mailboxes);
  json_array_unref (self->subscriptions);
  json_array_unref (self->domains);
  client_free (self->client);
}

static void
test_enough (void)
{
  static const char *const subscription_states[]
      = { "ACTIVE", "RENEWING", "PAST_DUE", "CANCELLED", "EXPIRED" };
  static const char *const domain_states[]
      = { "ACTIVE", "RENEWING", "GRACE_PERIOD", "EXPIRED", "INACTIVE" };
  Seed seed;

  seed_init (&seed);
  g_assert_cmpuint (json_array_get_length (seed.users), >=, 8);
  g_assert_cmpuint (json_array_get_length (seed.mailboxes), >=, 60);
  for (guint i = 0; i < G_N_ELEMENTS (subscription_states); i++)
    g_assert_cmpuint (count (seed.subscriptions, "subscriptionStatus", subscription_states[i]), >=,
                      1);
  for (guint i = 0; i < G_N_ELEMENTS (domain_states); i++)
    g_assert_cmpuint (count (seed.domains, "status", domain_states[i]), >=, 1);
  g_assert_cmpuint (count (seed.domains, "serviceProvider", "MICROSOFT"), >=, 2);
  g_assert_cmpuint (count (seed.mailboxes, "status", "EXPIRED"), >=, 1);
  seed_clear (&seed);
}

/* Nobody works for two customers, no address and no id is there twice, every name ends in .example. */
static void
test_believable (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) employers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Seed seed;

  seed_init (&seed);
  for (guint i = 0; i < json_array_get_length (seed.mailboxes); i++)
    {
      const char *user = text_of (seed.mailboxes, i, "userId");
      char *person = g_strconcat (text_of (seed.mailboxes, i, "firstName"), " ",
                                  text_of (seed.mailboxes, i, "lastName"), NULL);
      const char *employer = g_hash_table_lookup (employers, person);

      g_assert_true (g_hash_table_add (seen, (gpointer) text_of (seed.mailboxes, i, "email")));
      g_assert_true (g_hash_table_add (seen, (gpointer) text_of (seed.mailboxes, i, "mailboxId")));
      g_assert_true (employer == NULL || g_str_equal (employer, user));
      g_hash_table_insert (employers, person, (gpointer) user);
    }
  for (guint i = 0; i < json_array_get_length (seed.domains); i++)
    {
      g_assert_true (g_hash_table_add (seen, (gpointer) text_of (seed.domains, i, "domainName")));
      g_assert_true (g_str_has_suffix (text_of (seed.domains, i, "domainName"), ".example"));
    }
  for (guint i = 0; i < json_array_get_length (seed.users); i++)
    g_assert_true (g_str_has_suffix (text_of (seed.users, i, "email"), ".example"));
  seed_clear (&seed);
}

static gint64
days_until (const char *time)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_iso8601 (time, NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_difference (then, now) / G_TIME_SPAN_HOUR / 24;
}

/* States and dates agree, as the vendor's pages tell them. */
static void
test_consistent (void)
{
  Seed seed;

  seed_init (&seed);
  for (guint i = 0; i < json_array_get_length (seed.subscriptions); i++)
    {
      const char *state = text_of (seed.subscriptions, i, "subscriptionStatus");
      const char *domain = text_of (seed.subscriptions, i, "domain");
      gint64 left = days_until (text_of (seed.subscriptions, i, "periodEnd"));
      JsonObject *row = json_array_get_object_element (seed.subscriptions, i);
      guint boxes = count (seed.mailboxes, "domain", domain);

      g_test_message ("%s %s %d", domain, state, (int) left);
      if (g_str_equal (state, "ACTIVE"))
        g_assert_cmpint (left, >=, 0);
      if (g_str_equal (state, "PAST_DUE"))
        g_assert_true (left >= -7 && left <= 0);
      if (g_str_equal (state, "EXPIRED"))
        g_assert_true (left <= -7 && !json_object_get_boolean_member (row, "autoRenew"));
      g_assert_cmpuint (boxes, ==,
                        g_str_equal (state, "CANCELLED")
                            ? 0
                            : json_object_get_int_member (row, "totalMailboxQuantity"));
      for (guint m = 0; m < json_array_get_length (seed.mailboxes); m++)
        if (g_str_equal (text_of (seed.mailboxes, m, "domain"), domain))
          g_assert_cmpstr (text_of (seed.mailboxes, m, "status"), ==,
                           g_str_equal (state, "EXPIRED") ? "EXPIRED" : "ACTIVE");
    }
  for (guint i = 0; i < json_array_get_length (seed.domains); i++)
    {
      const char *state = text_of (seed.domains, i, "status");
      gint64 left = days_until (text_of (seed.domains, i, "expireOn"));

      g_test_message ("%s %s %d", text_of (seed.domains, i, "domainName"), state, (int) left);
      if (g_str_equal (state, "GRACE_PERIOD"))
        g_assert_true (left >= -7 && left <= 0);
      else if (g_str_equal (state, "EXPIRED"))
        g_assert_cmpint (left, <, -7);
      else
        g_assert_cmpint (left, >, 0);
    }
  seed_clear (&seed);
}

/* The same in every run: pictures of screens do not change by themselves. */
static void
test_same (void)
{
  Seed one, other;

  seed_init (&one);
  seed_init (&other);
  g_assert_cmpuint (json_array_get_length (one.mailboxes), ==,
                    json_array_get_length (other.mailboxes));
  for (guint i = 0; i < json_array_get_length (one.mailboxes); i++)
    g_assert_cmpstr (text_of (one.mailboxes, i, "mailboxId"), ==,
                     text_of (other.mailboxes, i, "mailboxId"));
  seed_clear (&one);
  seed_clear (&other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/seed/of-every-state", test_enough);
  g_test_add_func ("/sandbox/seed/believable", test_believable);
  g_test_add_func ("/sandbox/seed/consistent", test_consistent);
  g_test_add_func ("/sandbox/seed/the-same-in-every-run", test_same);
  return g_test_run ();
}
