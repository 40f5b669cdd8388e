// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-sandbox-private.h"

#include <string.h>

/* What the sandbox starts with: the same in every run, ids too, so that pictures of screens keep. */

typedef struct {
  const char *company;
  const char *person[2];
  const char *place[4]; /* country, state, city, street */
  const char *post;
  const char *phone[2];
  const char *domains; /* by blanks; a '!' behind one that is Microsoft's */
  guint people;        /* who have a mailbox on each of them */
  guint age_days;
} Seed;

static const Seed seeds[] = {
  { "Brightloom", { "Maya", "Ellison" }, { "US", "OR", "Portland", "411 NW Everett Street" }, "97209",
    { "1", "5035550142" }, "brightloom-hq.example brightlooms.example", 8, 355 },
  { "Kestrel Analytics", { "Tomas", "Lindqvist" }, { "SE", "Stockholm", "Stockholm", "Hornsgatan 84" },
    "11821", { "46", "84460155" }, "kestrelanalytics.example getkestrel.example kestrel-insights.example!",
    6, 412 },
  { "Oakline Dental", { "Priya", "Raman" }, { "US", "TX", "Austin", "2200 South Lamar Boulevard" },
    "78704", { "1", "5125550187" }, "oaklinedental.example oakline-smiles.example oakline-care.example", 4,
    340 },
  { "Papertrail Legal", { "Grace", "Whitcombe" }, { "GB", "England", "Bristol", "18 Corn Street" },
    "BS1 1HT", { "44", "1174960321" }, "papertraillegal.example papertrail-law.example"
    " askpapertrail.example", 5, 301 },
  { "Tidewater Freight", { "Marcus", "Bell" }, { "US", "VA", "Norfolk", "970 Waterside Drive" }, "23510",
    { "1", "7575550119" }, "tidewaterfreight.example tidewater-cargo.example shiptidewater.example"
    " tidewaterquotes.example", 9, 288 },
  { "Harrow & Finch", { "Imogen", "Finch" }, { "GB", "England", "Leeds", "5 Park Row" }, "LS1 5HD",
    { "44", "1134960876" }, "harrowfinch.example harrow-finch.example", 4, 250 },
  { "Juniper Row Studio", { "Noor", "van Dijk" }, { "NL", "Utrecht", "Utrecht", "Oudegracht 219" },
    "3511 NG", { "31", "307455012" }, "juniperrow-studio.example hellojuniper.example", 3, 214 },
  { "Calder & Sons", { "Ewan", "Calder" }, { "CA", "NS", "Halifax", "1741 Lower Water Street" },
    "B3J 2X2", { "1", "9025550164" }, "calderandsons.example calder-roofing.example caldertrade.example", 5,
    180 },
  { "Marigold Travel", { "Beatriz", "Nogueira" }, { "BR", "SP", "São Paulo", "Rua Augusta 1508" },
    "01304-001", { "55", "1155501220" }, "marigoldtravel.example gomarigold.example"
    " marigold-trips.example marigoldgroups.example", 9, 133 },
  { "Sable Robotics", { "Arjun", "Menon" }, { "IN", "KA", "Bengaluru", "12 Residency Road" }, "560025",
    { "91", "8045550933" }, "sablerobotics.example sable-labs.example! meetsable.example sablehq.example!",
    7, 96 },
  { "Northgate Lettings", { "Hannah", "Osei" }, { "GB", "England", "Chester", "33 Northgate Street" },
    "CH1 2HQ", { "44", "1244960410" }, "northgatelettings.example northgate-homes.example"
    " letnorthgate.example northgaterent.example", 5, 61 },
  { "Señalización Ñandú", { "Íñigo", "Muñoz" }, { "ES", "Aragón", "Zaragoza", "Paseo de la Constitución 4" },
    "50008", { "34", "976550271" }, "nandu.example senalizacion-nandu.example nandurotulos.example", 4, 23 },
  { "Fenwick Surveyors", { "Rhiannon", "Price" }, { "GB", "Wales", "Cardiff", "9 Quay Street" }, "CF10 1EA",
    { "44", "2920960118" }, "", 0, 2 }, /* has not ordered yet */
};

/* In the order of the customers, each with people of its own. */
static const char *const people[][2] = {
  { "Ada", "Keller" },       { "Ben", "Okafor" },      { "Clara", "Jensen" },      { "David", "Moreau" },
  { "Elena", "Petrova" },    { "Farid", "Haddad" },    { "Greta", "Nyström" },     { "Hugo", "Almeida" },
  { "Iris", "Tanaka" },      { "Jonas", "Weber" },     { "Kira", "Novak" },        { "Liam", "Byrne" },
  { "Mina", "Shah" },        { "Nico", "Ferrari" },    { "Olive", "Grant" },       { "Paul", "Dubois" },
  { "Quinn", "Harper" },     { "Rosa", "Vidal" },      { "Samir", "Aziz" },        { "Tess", "Holloway" },
  { "Umar", "Siddiqui" },    { "Vera", "Lindgren" },   { "Will", "Ashford" },      { "Zoë", "Marchetti" },
  { "Amina", "Diallo" },     { "Bruno", "Castelli" },  { "Chidi", "Eze" },         { "Daria", "Kowalska" },
  { "Emeka", "Nwosu" },      { "Freya", "Sørensen" },  { "Gideon", "Marsh" },      { "Hana", "Kobayashi" },
  { "Ines", "Carvalho" },    { "Jae", "Park" },        { "Katya", "Morozova" },    { "Leon", "Hartmann" },
  { "Malia", "Kealoha" },    { "Nadia", "Rahman" },    { "Oscar", "Lund" },        { "Penny", "Achebe" },
  { "Rafael", "Quispe" },    { "Sofia", "Iliescu" },   { "Thabo", "Mokoena" },     { "Uma", "Krishnan" },
  { "Viktor", "Hruška" },    { "Wen", "Zhao" },        { "Ximena", "Rojas" },      { "Yusuf", "Demir" },
  { "Zara", "Whitfield" },   { "Anders", "Bakke" },    { "Bella", "Romano" },      { "Cyrus", "Tehrani" },
  { "Dana", "Levy" },        { "Eoin", "Gallagher" },  { "Fatima", "Zahra" },      { "Goran", "Petrović" },
  { "Helga", "Brandt" },     { "Ivan", "Dimitrov" },   { "Joy", "Mbeki" },         { "Kofi", "Mensah" },
  { "Lucía", "Navarro" },    { "Mateo", "Fuentes" },   { "Ngozi", "Balogun" },     { "Owen", "Pritchard" },
  { "Paloma", "Ibarra" },    { "Ravi", "Deshmukh" },   { "Saskia", "de Boer" },    { "Tariq", "Nasser" },
  { "Yara", "Haidar" },
};

/* What has happened since: the rest is ACTIVE and paid. Days until (or since, when negative) the end of
 * the domain and of the paid period; 0 leaves them. */
static const struct {
  const char *domain;
  const char *status;
  int domain_days;
  const char *subscription;
  int period_days;
  gboolean auto_renew;
} turns[] = {
  { "papertrail-law.example", "ACTIVE", 0, "PAST_DUE", -3, TRUE },
  { "shiptidewater.example", "ACTIVE", 0, "PAST_DUE", -5, FALSE },
  { "tidewaterquotes.example", "GRACE_PERIOD", -4, "EXPIRED", -12, FALSE },
  { "harrow-finch.example", "ACTIVE", 31, "CANCELLED", -9, FALSE },
  { "caldertrade.example", "ACTIVE", 0, "RENEWING", 0, TRUE },
  { "oakline-smiles.example", "RENEWING", 12, "ACTIVE", 9, TRUE },
  { "letnorthgate.example", "EXPIRED", -20, "EXPIRED", -26, FALSE },
  { "getkestrel.example", "ACTIVE", 40, "ACTIVE", 1, FALSE },
  { "sable-labs.example", "INACTIVE", 0, "CANCELLED", -30, FALSE },
};

/* "Zoë" becomes "zoe": addresses are ASCII. */
static char *
ascii_of (const char *text)
{
  g_autofree char *plain = g_str_to_ascii (text, "C");
  GString *out = g_string_new (NULL);

  for (const char *c = plain; *c != '\0'; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (out, g_ascii_tolower (*c));
  return g_string_free (out, FALSE);
}

static JsonObject *
profile_of (const Seed *seed, const char *mail_domain)
{
  static const char *const members[]
      = { "firstName", "lastName", "company", "country", "state", "city", "addressLineOne",
          "postalCode", "phoneCc", "phone" };
  const char *values[] = { seed->person[0], seed->person[1], seed->company, seed->place[0],
                           seed->place[1],  seed->place[2],  seed->place[3], seed->post,
                           seed->phone[0],  seed->phone[1] };
  JsonObject *profile = json_object_new ();
  g_autofree char *first = ascii_of (seed->person[0]);
  g_autofree char *address = g_strconcat (first, "@", mail_domain, NULL);

  G_STATIC_ASSERT (G_N_ELEMENTS (members) == G_N_ELEMENTS (values));
  json_object_set_string_member (profile, "email", address);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    json_object_set_string_member (profile, members[i], values[i]);
  json_object_set_string_member (profile, "languagePreference", "en");
  return profile;
}

static void
seed_mailbox (WbSandbox *self, WbSbSubscription *subscription, guint person, gboolean first)
{
  WbSbDomain *domain = subscription->domain;
  const char *const *names = people[person % G_N_ELEMENTS (people)];
  g_autofree char *first_name = ascii_of (names[0]);
  g_autofree char *last_name = ascii_of (names[1]);
  g_autofree char *username = g_strconcat (first_name, ".", last_name, NULL);
  g_autofree char *address = g_strconcat (username, "@", domain->name, NULL);
  WbSbMailbox *mailbox = wb_sb_add_mailbox (self, wb_sb_id_for ("mailbox", address), domain, username, names[0],
                                            names[1], domain->registered_us);

  mailbox->subscription_id = g_strdup (subscription->id);
  mailbox->expire_us = subscription->end_us;
  mailbox->admin = first;
  if (g_str_equal (subscription->status, "EXPIRED"))
    mailbox->status = "EXPIRED";
  if (person % 3 == 0)
    mailbox->picture = g_strdup_printf ("https://cdn.sandbox.example/avatars/%s.jpg", mailbox->id);
}

/* Paid month after month since the beginning. */
static WbSbSubscription *
seed_subscription (WbSandbox *self, WbSbDomain *domain, guint quantity)
{
  WbSbSubscription *subscription = wb_sb_add_subscription (self, wb_sb_id_for ("subscription", domain->name),
                                                           domain, quantity, domain->registered_us);
  gint64 now = wb_sb_clock_wall (&self->clock);

  subscription->auto_renew = domain->auto_renew;
  for (; subscription->end_us < now; subscription->end_us += 30 * WB_SB_DAY_US)
    subscription->start_us = subscription->end_us;
  /* The renewal that crosses 12 months costs more. */
  if (now - domain->registered_us > 365 * WB_SB_DAY_US)
    subscription->cents = WB_SB_OLD_MAILBOX_CENTS;
  return subscription;
}

static void
take_turn (WbSandbox *self, WbSbSubscription *subscription)
{
  gint64 now = wb_sb_clock_wall (&self->clock);

  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    {
      if (!g_str_equal (turns[i].domain, subscription->domain->name))
        continue;
      subscription->domain->status = turns[i].status;
      if (turns[i].domain_days != 0)
        subscription->domain->expire_us = now + turns[i].domain_days * WB_SB_DAY_US;
      subscription->status = turns[i].subscription;
      subscription->auto_renew = turns[i].auto_renew;
      if (turns[i].period_days != 0)
        subscription->end_us = now + turns[i].period_days * WB_SB_DAY_US;
      subscription->start_us = subscription->end_us - 30 * WB_SB_DAY_US;
    }
}

static void
seed_domain (WbSandbox *self, const Seed *seed, const char *customer, const char *name, guint index, guint person)
{
  gsize length = strcspn (name, "!");
  g_autofree char *plain = g_strndup (name, length);
  guint number = self->domains->len;
  gint64 registered = wb_sb_clock_wall (&self->clock)
                      - (gint64) MAX (seed->age_days - MIN (seed->age_days, index * 17 + 3), 2) * WB_SB_DAY_US;
  WbSbDomain *domain = wb_sb_add_domain (self, wb_sb_id_for ("domain", plain), plain, customer,
                                         name[length] == '!' ? "MICROSOFT" : "GOOGLE", registered,
                                         seed->age_days > 330 ? 2 : 1);
  WbSbSubscription *subscription;

  domain->auto_renew = number % 3 != 1;
  if (number % 2 == 0)
    domain->forward_to = g_strdup_printf ("https://%s/", plain);
  subscription = seed_subscription (self, domain, seed->people);
  take_turn (self, subscription);
  /* A cancelled one took its workspace along. */
  for (guint i = 0; i < seed->people && !g_str_equal (subscription->status, "CANCELLED"); i++)
    seed_mailbox (self, subscription, person + i, i == 0);
}

/* Returns how many people have been given away by then. */
static guint
seed_customer (WbSandbox *self, const Seed *seed, gboolean with_domains, guint person)
{
  g_auto (GStrv) domains = g_strsplit (seed->domains, " ", -1);
  WbSbCustomer *customer = wb_sb_add_customer (
      self, wb_sb_id_for ("customer", seed->company),
      profile_of (seed, domains[0] != NULL ? domains[0] : "fenwicksurveyors.example"),
      wb_sb_clock_wall (&self->clock) - (gint64) seed->age_days * WB_SB_DAY_US);

  for (guint i = 0; with_domains && domains[i] != NULL; i++)
    seed_domain (self, seed, customer->id, domains[i], i, person);
  return person + seed->people;
}

void
wb_sb_seed (WbSandbox *self)
{
  guint n = self->small ? 1 : G_N_ELEMENTS (seeds);
  guint person = 0;

  self->wallet_cents = WB_SB_DEFAULT_WALLET;
  for (guint i = 0; i < n; i++)
    person = seed_customer (self, &seeds[i], !self->small, person);
  wb_sb_seed_bulk (self, self->n_bulk);
}
