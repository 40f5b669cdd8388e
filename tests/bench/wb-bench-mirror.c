// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later

/* wb-bench-mirror FOLDER [--mailboxes=N] [--customers=N]: a profile whose mirror is full, as after years of use.
 *
 *   XDG_DATA_HOME=FOLDER/data XDG_CACHE_HOME=FOLDER/cache waybill
 *
 * opens it. Of a million mailboxes (N) 25 lie on a domain, which has a subscription, and 50 belong to a customer; the
 * same number gives the same rows each time, but for the days, which are counted from today. All was read just now,
 * and the server's port is closed: whatever is shown is shown without it. How many rows a search has to find is known:
 *
 *   "example" all; "ZOË" a tenth; "STRASSBURGER" one in 10,000; "ΊΚΑΡΟΣ" and "ЁЛКИНА" two; "xylophone" none */
#include <glib/gstdio.h>

#include "wb-mirror-private.h"
#include "wb-profile-private.h"

#define PROFILE "00000000-0000-4000-8000-00000be0c401"
#define CLOSED_URL "http://127.0.0.1:9/"
#define PER_DOMAIN 25
#define DOMAINS_PER_CUSTOMER 2
#define CHUNK 5000
#define DAY G_TIME_SPAN_DAY

static const char *const starts[] = {
  "get", "try", "go", "hey", "meet", "join", "use", "ask", "my", "our", "the", "with", "from", "team",
  "mail", "hello", "new", "pro", "next", "first", "all", "best", "real", "true", "open", "fast", "plus", "more",
  "just", "only", "your", "web", "app", "hub", "let", "run", "see", "win", "top", "one",
};

static const char *const words[] = {
  "north", "harbour", "copper", "maple", "falcon", "meadow", "granite", "linen", "juniper", "cobalt",
  "orchard", "tidal", "ember", "willow", "summit", "garnet", "heron", "saffron", "quartz", "cedar",
  "raven", "coral", "timber", "velvet", "aspen", "beacon", "canyon", "drift", "elm", "fable",
  "glacier", "hazel", "indigo", "jasper", "kestrel", "lantern", "marble", "nimbus", "onyx", "prairie",
  "quill", "ridge", "sable", "thistle", "umber", "vale", "wren", "yarrow", "alder", "birch",
  "clover", "dune", "fern", "grove", "ivy", "larch", "mesa", "opal", "pine", "reed",
};

static const char *const ends[] = {
  "labs", "works", "group", "trade", "media", "partners", "health", "legal", "foods",
  "travel", "design", "energy", "finance", "studio", "supply", "digital", "growth", "outreach",
  "logistics", "software", "capital", "marketing", "homes", "sports", "tools",
};

static const char *const first_names[] = {
  "Ada", "Ben", "Clara", "Deniz", "Élodie", "Farid", "Greta", "Hugo", "İpek", "Jonas", "Kira", "Liam", "Mina",
  "Nico", "Olive", "Paul", "Quinn", "Rosa", "Samir", "Tess", "Umar", "Vera", "Will", "Ximena", "Yusuf", "Øyvind",
  "Amina", "Bruno", "Chidi", "Daria", "Emeka", "Freya", "Gideon", "Hana", "Inès", "Jae", "Katya", "Leon", "Malia",
  "Nadia", "Oscar", "Penny", "Rafael", "Sofía", "Thabo", "Uma", "Viktor", "Wen", "Ольга", "Дмитрий", "Ελένη",
  "Γιώργος",
};

static const char *const last_names[] = {
  "Okafor", "Lindqvist", "Moreau", "Şahin", "Haddad", "Nyström", "Almeida", "Tanaka", "Weber", "Novák",
  "Byrne", "Shah", "Ferrari", "Grant", "Dubois", "Harper", "Vidal", "Aziz", "Holloway", "Siddiqui",
  "Lindgren", "Ashford", "Rojas", "Demir", "Bakke", "Diallo", "Castelli", "Eze", "Kowalska", "Nwosu",
  "Sørensen", "Marsh", "Groß", "Carvalho", "Park", "Morozova", "Hartmann", "Kealoha", "Rahman", "Lund",
  "Achebe", "Quispe", "Iliescu", "Mokoena", "Krishnan", "Hruška", "Zhao", "Yıldız", "Иванова", "Παπαδοπούλου",
};

/* Names that are searched for: each @every-th mailbox has it, or only @most of them. */
static const struct {
  const char *name;
  gboolean is_last;
  gint64 every, at, most;
} planted[] = {
  { "Zoë", FALSE, 10, 3, G_MAXINT64 },
  { "Straßburger", TRUE, 10000, 4567, G_MAXINT64 },
  { "Ίκαρος", FALSE, 400000, 99999, 2 },
  { "Ёлкина", TRUE, 400000, 200001, 2 },
};

typedef struct {
  const char *word;
  guint percent; /* 100 in all */
} Share;

static const Share mailbox_states[]
  = { { "ACTIVE", 91 }, { "IN_PROGRESS", 3 }, { "CREATING_PASSWORD", 2 }, { "EXPIRED", 3 }, { "INACTIVE", 1 } };
static const Share domain_states[]
  = { { "ACTIVE", 90 }, { "RENEWING", 4 }, { "GRACE_PERIOD", 2 }, { "EXPIRED", 3 }, { "PENDING", 1 } };
static const Share subscription_states[]
  = { { "ACTIVE", 88 }, { "RENEWING", 4 }, { "PAST_DUE", 3 }, { "CANCELLED", 3 }, { "EXPIRED", 2 } };
static const Share warmup_states[] = { { "ACTIVE", 40 }, { "STOPPED", 30 }, { "PAUSED", 10 }, { "PENDING", 20 } };
static const Share providers[] = { { "GOOGLE", 70 }, { "MICROSOFT", 30 } };
static const Share cities[] = { { "Leeds", 20 }, { "München", 20 }, { "Kraków", 20 }, { "Αθήνα", 20 }, { "Austin", 20 } };

typedef struct {
  gint64 n_mailboxes, n_domains, n_customers;
  gint64 today, now;
} Mirror;

/* What a row has instead of chance: the same for the same row. */
typedef enum { SALT_MAILBOX = 1, SALT_DOMAIN, SALT_SUBSCRIPTION, SALT_CUSTOMER } Salt;

static guint64
chance (Salt salt, gint64 row, guint use)
{
  guint64 x = (((guint64) row * 64 + use) * 8 + salt) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

static const char *
share (const Share *shares, guint64 number)
{
  guint left = number % 100;

  while (shares->percent <= left)
    left -= shares++->percent;
  return shares->word;
}

static char *
dup_id (Salt salt, gint64 row)
{
  guint64 number = chance (salt, row, 0);

  return g_strdup_printf ("%08x-%04x-4%03x-8%03x-%012" G_GINT64_MODIFIER "x", (guint) (number >> 32),
                          (guint) (number & 0xffff), (guint) (number >> 16 & 0xfff), (guint) salt, row);
}

/* Neighbours in the list are none in the alphabet. */
static char *
dup_domain (gint64 row)
{
  const gint64 n_ends = G_N_ELEMENTS (ends), n_words = G_N_ELEMENTS (words), n = n_ends * n_words * G_N_ELEMENTS (starts);
  gint64 place = row * 7919 % n; /* a prime that does not divide n: each place once */
  const char *start = starts[place / (n_ends * n_words)], *word = words[place / n_ends % n_words];

  if (row < n)
    return g_strdup_printf ("%s%s%s.example", start, word, ends[place % n_ends]);
  return g_strdup_printf ("%s%s%s%d.example", start, word, ends[place % n_ends], (int) (row / n) + 1);
}

/* "İpek Groß" is ipek.gross: addresses are ASCII. */
static void
append_ascii (GString *out, const char *text)
{
  g_autofree char *plain = g_str_to_ascii (text, "C");

  for (const char *c = plain; *c != '\0'; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (out, g_ascii_tolower (*c));
}

static char *
dup_user_name (const char *first, const char *last, gint64 row)
{
  GString *out = g_string_new (NULL);

  append_ascii (out, first);
  if (out->len > 0)
    g_string_append_c (out, '.');
  append_ascii (out, last);
  /* Other scripts leave nothing of a name. */
  if (out->len < 4)
    g_string_printf (out, "mail%d", (int) (row % PER_DOMAIN) + 1);
  return g_string_free (out, FALSE);
}

/* The last names of a domain's mailboxes differ, so that its addresses do. */
static void
choose_name (gint64 row, const char **first, const char **last)
{
  guint64 domain = chance (SALT_DOMAIN, row / PER_DOMAIN, 1);

  *first = first_names[chance (SALT_MAILBOX, row, 1) % G_N_ELEMENTS (first_names)];
  *last = last_names[(domain % 1000 + (guint64) (row % PER_DOMAIN)) % G_N_ELEMENTS (last_names)];
  for (guint i = 0; i < G_N_ELEMENTS (planted); i++)
    if (row % planted[i].every == planted[i].at && row / planted[i].every < planted[i].most)
      *(planted[i].is_last ? last : first) = planted[i].name;
}

static void
take (CmrObject *object, const char *member, char *text)
{
  cmr_object_set_text (object, member, text);
  g_free (text);
}

static void
set_day (CmrObject *object, const char *member, const Mirror *mirror, gint64 days)
{
  cmr_object_set_int (object, member, mirror->today + days * DAY);
}

static gint64
customer_of (const Mirror *mirror, gint64 domain)
{
  return domain / DOMAINS_PER_CUSTOMER % mirror->n_customers;
}

static CmrObject *
make_customer (const Mirror *mirror, gint64 row)
{
  CmrObject *object = cmr_object_new (&cmr_customer_resource);
  g_autofree char *domain = dup_domain (row * DOMAINS_PER_CUSTOMER), *user = NULL;
  g_autofree char *company = g_strndup (domain, strcspn (domain, "."));
  const char *first, *last;

  choose_name (row, &first, &last);
  user = dup_user_name (first, last, row);
  company[0] = g_ascii_toupper (company[0]);
  take (object, "user-id", dup_id (SALT_CUSTOMER, row));
  take (object, "email", g_strdup_printf ("%s@%s", user, domain));
  take (object, "company", g_strdup_printf ("%s %s", company, row % 3 == 0 ? "GmbH" : "Ltd"));
  cmr_object_set_text (object, "first-name", first);
  cmr_object_set_text (object, "last-name", last);
  cmr_object_set_text (object, "country", row % 3 == 0 ? "DE" : "GB");
  cmr_object_set_text (object, "city", share (cities, chance (SALT_CUSTOMER, row, 1)));
  set_day (object, "created-at", mirror, -(gint64) (chance (SALT_CUSTOMER, row, 2) % 1000));
  return object;
}

static CmrObject *
make_domain (const Mirror *mirror, gint64 row)
{
  CmrObject *object = cmr_object_new (&cmr_domain_resource);
  gint64 age = (gint64) (chance (SALT_DOMAIN, row, 2) % 1000);

  take (object, "domain-id", dup_id (SALT_DOMAIN, row));
  take (object, "domain-name", dup_domain (row));
  cmr_object_set_text (object, "status", share (domain_states, chance (SALT_DOMAIN, row, 3)));
  cmr_object_set_text (object, "service-provider", share (providers, chance (SALT_DOMAIN, row, 4)));
  set_day (object, "registered-on", mirror, -age);
  set_day (object, "expire-on", mirror, 365 - age % 365);
  cmr_object_set_int (object, "auto-renew", row % 5 != 0);
  cmr_object_set_int (object, "domain-protection", row % 2);
  return object;
}

static CmrObject *
make_subscription (const Mirror *mirror, gint64 row)
{
  CmrObject *object = cmr_object_new (&cmr_subscription_resource);
  gint64 left = (gint64) (chance (SALT_SUBSCRIPTION, row, 1) % 30);

  take (object, "subscription-id", dup_id (SALT_SUBSCRIPTION, row));
  take (object, "user-id", dup_id (SALT_CUSTOMER, customer_of (mirror, row)));
  take (object, "domain", dup_domain (row));
  cmr_object_set_text (object, "service-provider", share (providers, chance (SALT_DOMAIN, row, 4)));
  cmr_object_set_text (object, "subscription-status", share (subscription_states, chance (SALT_SUBSCRIPTION, row, 2)));
  cmr_object_set_int (object, "total-mailbox-quantity", PER_DOMAIN);
  cmr_object_set_int (object, "price-per-mailbox", 250 + (gint64) (chance (SALT_SUBSCRIPTION, row, 3) % 4) * 50);
  cmr_object_set_text (object, "billing-cycle", row % 4 == 0 ? "YEARLY" : "MONTHLY");
  set_day (object, "period-start", mirror, left - 30);
  set_day (object, "period-end", mirror, left);
  cmr_object_set_int (object, "auto-renew", row % 7 != 0);
  return object;
}

static void
set_mailbox_state (CmrObject *object, const Mirror *mirror, gint64 row)
{
  gint64 domain = row / PER_DOMAIN, age = (gint64) (chance (SALT_MAILBOX, row, 2) % 900);
  gint64 second = (gint64) (chance (SALT_MAILBOX, row, 3) % (24 * 60 * 60));

  cmr_object_set_text (object, "status", share (mailbox_states, chance (SALT_MAILBOX, row, 4)));
  cmr_object_set_text (object, "service-provider", share (providers, chance (SALT_DOMAIN, domain, 4)));
  cmr_object_set_int (object, "is-admin", row % PER_DOMAIN == 0);
  if (row % 3 == 0)
    cmr_object_set_text (object, "warmup-status", share (warmup_states, chance (SALT_MAILBOX, row, 5)));
  cmr_object_set_int (object, "created-at", mirror->today - age * DAY - second * G_USEC_PER_SEC);
  set_day (object, "assigned-on", mirror, -age);
  set_day (object, "expire-on", mirror, 30 - age % 30);
}

static CmrObject *
make_mailbox (const Mirror *mirror, gint64 row)
{
  CmrObject *object = cmr_object_new (&cmr_mailbox_resource);
  gint64 domain = row / PER_DOMAIN;
  g_autofree char *domain_name = dup_domain (domain), *user = NULL;
  const char *first, *last;

  choose_name (row, &first, &last);
  user = dup_user_name (first, last, row);
  take (object, "mailbox-id", dup_id (SALT_MAILBOX, row));
  take (object, "email", g_strdup_printf ("%s@%s", user, domain_name));
  cmr_object_set_text (object, "username", user);
  cmr_object_set_text (object, "domain", domain_name);
  cmr_object_set_text (object, "first-name", first);
  cmr_object_set_text (object, "last-name", last);
  take (object, "domain-id", dup_id (SALT_DOMAIN, domain));
  take (object, "subscription-id", dup_id (SALT_SUBSCRIPTION, domain));
  take (object, "user-id", dup_id (SALT_CUSTOMER, customer_of (mirror, domain)));
  if (chance (SALT_MAILBOX, row, 6) % 10 < 6)
    take (object, "profile-picture", g_strdup_printf ("https://pictures.example/%" G_GINT64_FORMAT ".jpg", row));
  set_mailbox_state (object, mirror, row);
  return object;
}

static const struct {
  const CmrResource *resource;
  const char *collection;
  CmrObject *(*make) (const Mirror *mirror, gint64 row);
  gsize n_rows;
} tables[] = {
  { &cmr_customer_resource, "customers", make_customer, G_STRUCT_OFFSET (Mirror, n_customers) },
  { &cmr_domain_resource, "domains", make_domain, G_STRUCT_OFFSET (Mirror, n_domains) },
  { &cmr_subscription_resource, "subscriptions", make_subscription, G_STRUCT_OFFSET (Mirror, n_domains) },
  { &cmr_mailbox_resource, "mailboxes", make_mailbox, G_STRUCT_OFFSET (Mirror, n_mailboxes) },
};

/* As sweeps do it, but all in one transaction. */
static gboolean
write_chunk (sqlite3 *db, const Mirror *mirror, guint table, gint64 from, gint64 to, GError **error)
{
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func (g_object_unref);
  WbMirrorWrite write = { tables[table].resource, "", mirror->now };

  for (gint64 row = from; row < to; row++)
    g_ptr_array_add (objects, tables[table].make (mirror, row));
  return wb_mirror_upsert (db, &write, objects, NULL, error) == (gint) (to - from);
}

static gboolean
write_table (sqlite3 *db, const Mirror *mirror, guint table, GError **error)
{
  gint64 n = G_STRUCT_MEMBER (gint64, mirror, tables[table].n_rows);

  for (gint64 from = 0; from < n; from += CHUNK)
    if (!write_chunk (db, mirror, table, from, MIN (from + CHUNK, n), error))
      return FALSE;
  return wb_db_run (db, error, "INSERT OR REPLACE INTO sweeps (collection, scope, as_of) VALUES (?, '', ?)", "si",
                    tables[table].collection, mirror->now);
}

/* A domain does not say whose it is: they are asked for customer by customer. */
static gboolean
give_domains_away (sqlite3 *db, const Mirror *mirror, GError **error)
{
  gboolean given = TRUE;

  for (gint64 row = 0; given && row < mirror->n_domains; row++)
    {
      g_autofree char *customer = dup_id (SALT_CUSTOMER, customer_of (mirror, row));

      given = wb_db_run (db, error, "UPDATE domain SET scope = ? WHERE rowid = ?", "si", customer, row + 1);
    }
  return given;
}

static gpointer
fill_job (sqlite3 *db, gpointer data, GError **error)
{
  const Mirror *mirror = data;
  gboolean filled = wb_db_exec (db, "PRAGMA synchronous = OFF; PRAGMA cache_size = -300000", error)
                    && wb_db_begin (db, error);

  for (guint i = 0; filled && i < G_N_ELEMENTS (tables); i++)
    filled = write_table (db, mirror, i, error);
  return GINT_TO_POINTER (filled && give_domains_away (db, mirror, error) && wb_db_commit (db, error));
}

static gboolean
make_profile (const char *folder, GError **error)
{
  g_autofree char *data_dir = g_build_filename (folder, "data", "waybill", NULL);
  g_autoptr (WbProfileInfo) info = wb_profile_info_new ("A Million", WB_PROFILE_VENDOR_SANDBOX);

  g_free (info->id);
  g_free (info->base_url);
  info->id = g_strdup (PROFILE);
  info->base_url = g_strdup (CLOSED_URL);
  return wb_profile_info_save (info, data_dir, error);
}

static gboolean
make_mirror (const char *folder, Mirror *mirror, GError **error)
{
  g_autofree char *cache = g_build_filename (folder, "cache", "waybill", "profiles", PROFILE, NULL);
  g_autofree char *path = g_build_filename (cache, "mirror.db", NULL);
  WbDatabase *db;
  gboolean filled;

  g_mkdir_with_parents (cache, 0700);
  g_unlink (path);
  db = wb_mirror_open (path, FALSE, error);
  if (db == NULL)
    return FALSE;
  filled = wb_database_run (db, fill_job, mirror, error) != NULL;
  wb_database_close (db);
  return filled;
}

static gboolean
parse (int argc, char **argv, Mirror *mirror, GError **error)
{
  const GOptionEntry entries[] = {
    { "mailboxes", 0, 0, G_OPTION_ARG_INT64, &mirror->n_mailboxes, "How many; 1000000", "N" },
    { "customers", 0, 0, G_OPTION_ARG_INT64, &mirror->n_customers, "How many; one for 50 mailboxes", "N" },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("FOLDER");

  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, &argc, &argv, error) && argc == 2;
}

int
main (int argc, char **argv)
{
  Mirror mirror = { .n_mailboxes = 1000000, .n_customers = -1 };
  g_autoptr (GError) error = NULL;

  if (!parse (argc, argv, &mirror, &error))
    {
      g_printerr ("%s\n", error != NULL ? error->message : "wb-bench-mirror FOLDER [--mailboxes=N] [--customers=N]");
      return 2;
    }
  mirror.now = g_get_real_time ();
  mirror.today = mirror.now / DAY * DAY;
  mirror.n_domains = (mirror.n_mailboxes + PER_DOMAIN - 1) / PER_DOMAIN;
  if (mirror.n_customers < 0)
    mirror.n_customers = MAX (1, mirror.n_domains / DOMAINS_PER_CUSTOMER);
  if (!make_profile (argv[1], &error) || !make_mirror (argv[1], &mirror, &error))
    {
      g_printerr ("%s\n", error != NULL ? error->message : "rows were left out");
      return 1;
    }
  g_print ("mailboxes=%" G_GINT64_FORMAT " domains=%" G_GINT64_FORMAT " customers=%" G_GINT64_FORMAT "\n",
           mirror.n_mailboxes, mirror.n_domains, mirror.n_customers);
  return 0;
}
