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
  guint mailboxes;     /* of each domain, about */
  guint age_days;
} Seed;

static const Seed seeds[] = {
  { "Brightloom", { "Maya", "Ellison" }, { "US", "OR", "Portland", "411 NW Everett Street" }, "97209",
    { "1", "5035550142" }, "brightloom.example brightloomhq.example trybrightloom.test"
    " brightloom-mail.example", 9, 412 },
  { "Kestrel Analytics", { "Tomas", "Lindqvist" }, { "SE", "Stockholm", "Stockholm", "Hornsgatan 84" },
    "11821", { "46", "84460155" }, "kestrelanalytics.example getkestrel.test kestrel-data.example!", 8,
    365 },
  { "Oakline Dental", { "Priya", "Raman" }, { "US", "TX", "Austin", "2200 South Lamar Boulevard" },
    "78704", { "1", "5125550187" }, "oaklinedental.example oakline-smiles.test", 6, 340 },
  { "Papertrail Legal", { "Grace", "Whitcombe" }, { "GB", "England", "Bristol", "18 Corn Street" },
    "BS1 1HT", { "44", "1174960321" }, "papertraillegal.example papertrail-law.example"
    " askpapertrail.test", 7, 301 },
  { "Tidewater Freight", { "Marcus", "Bell" }, { "US", "VA", "Norfolk", "970 Waterside Drive" }, "23510",
    { "1", "7575550119" }, "tidewaterfreight.example tidewater-cargo.example shiptidewater.test"
    " tidewaterquotes.example", 10, 288 },
  { "Harrow & Finch", { "Imogen", "Finch" }, { "GB", "England", "Leeds", "5 Park Row" }, "LS1 5HD",
    { "44", "1134960876" }, "harrowfinch.example harrow-finch.test", 6, 250 },
  { "Juniper Row Studio", { "Noor", "van Dijk" }, { "NL", "Utrecht", "Utrecht", "Oudegracht 219" },
    "3511 NG", { "31", "307455012" }, "juniperrow.example juniperrow-studio.test hellojuniper.example",
    5, 214 },
  { "Calder & Sons", { "Ewan", "Calder" }, { "CA", "NS", "Halifax", "1741 Lower Water Street" },
    "B3J 2X2", { "1", "9025550164" }, "calderandsons.example calder-sons.test caldertrade.example", 7,
    180 },
  { "Marigold Travel", { "Beatriz", "Nogueira" }, { "BR", "SP", "São Paulo", "Rua Augusta 1508" },
    "01304-001", { "55", "1155501220" }, "marigoldtravel.example gomarigold.test"
    " marigold-trips.example marigoldgroups.test", 8, 133 },
  { "Sable Robotics", { "Arjun", "Menon" }, { "IN", "KA", "Bengaluru", "12 Residency Road" }, "560025",
    { "91", "8045550933" }, "sablerobotics.example sable-labs.example! meetsable.test"
    " sablehq.example!", 9, 96 },
  { "Northgate Lettings", { "Hannah", "Osei" }, { "GB", "England", "Chester", "33 Northgate Street" },
    "CH1 2HQ", { "44", "1244960410" }, "northgatelettings.example northgate-homes.test"
    " letnorthgate.example northgaterent.test", 7, 61 },
  { "Señalización Ñandú", { "Íñigo", "Muñoz" }, { "ES", "Aragón", "Zaragoza", "Paseo de la Constitución 4" },
    "50008", { "34", "976550271" }, "nandu.example senalizacion-nandu.example nandurotulos.test", 6, 23 },
};

static const char *const people[][2] = {
  { "Ada", "Keller" },     { "Ben", "Okafor" },    { "Clara", "Jensen" },  { "David", "Moreau" },
  { "Elena", "Petrova" },  { "Farid", "Haddad" },  { "Greta", "Nyström" }, { "Hugo", "Almeida" },
  { "Iris", "Tanaka" },    { "Jonas", "Weber" },   { "Kira", "Novak" },    { "Liam", "Byrne" },
  { "Mina", "Shah" },      { "Nico", "Ferrari" },  { "Olive", "Grant" },   { "Paul", "Dubois" },
  { "Quinn", "Harper" },   { "Rosa", "Vidal" },    { "Samir", "Aziz" },    { "Tess", "Holloway" },
  { "Umar", "Siddiqui" },  { "Vera", "Lindgren" }, { "Will", "Ashford" },  { "Zoë", "Marchetti" },
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
seed_mailboxes (WbSandbox *self, WbSbDomain *domain, guint first_person, guint n)
{
  g_autofree char *subscription_id = wb_sb_id_for ("subscription", domain->name);
  WbSbSubscription *subscription;

  subscription = wb_sb_add_subscription (self, g_strdup (subscription_id), domain, n,
                                         domain->registered_us);
  while (subscription->end_us < wb_sb_clock_wall (&self->clock))
    {
      subscription->start_us = subscription->end_us;
      subscription->end_us += 30 * WB_SB_DAY_US;
    }
  for (guint i = 0; i < n; i++)
    {
      const char *const *person = people[(first_person + i) % G_N_ELEMENTS (people)];
      g_autofree char *first = ascii_of (person[0]);
      g_autofree char *last = ascii_of (person[1]);
      g_autofree char *username = g_strconcat (first, ".", last, NULL);
      g_autofree char *address = g_strconcat (username, "@", domain->name, NULL);
      WbSbMailbox *mailbox
          = wb_sb_add_mailbox (self, wb_sb_id_for ("mailbox", address), domain, username, person[0],
                               person[1], domain->registered_us);

      mailbox->subscription_id = g_strdup (subscription_id);
      mailbox->expire_us = subscription->end_us;
      mailbox->admin = i == 0;
      if ((first_person + i) % 3 == 0)
        mailbox->picture = g_strdup_printf ("https://cdn.sandbox.example/avatars/%s.jpg", mailbox->id);
    }
}

static void
seed_domain (WbSandbox *self, const Seed *seed, const char *customer, const char *name, guint index)
{
  gsize length = strcspn (name, "!");
  g_autofree char *plain = g_strndup (name, length);
  guint number = self->domains->len;
  gint64 registered
      = wb_sb_clock_wall (&self->clock)
        - (gint64) MAX (seed->age_days - MIN (seed->age_days, index * 17 + 3), 2) * WB_SB_DAY_US;
  WbSbDomain *domain
      = wb_sb_add_domain (self, wb_sb_id_for ("domain", plain), plain, customer,
                          name[length] == '!' ? "MICROSOFT" : "GOOGLE", registered,
                          seed->age_days > 350 ? 2 : 1);

  domain->auto_renew = number % 3 != 1;
  if (number % 2 == 0)
    domain->forward_to = g_strdup_printf ("https://%s/", plain);
  seed_mailboxes (self, domain, number * 5, seed->mailboxes + number % 3);
}

static void
seed_customer (WbSandbox *self, const Seed *seed, gboolean with_domains)
{
  g_auto (GStrv) domains = g_strsplit (seed->domains, " ", -1);
  WbSbCustomer *customer = wb_sb_add_customer (
      self, wb_sb_id_for ("customer", seed->company), profile_of (seed, domains[0]),
      wb_sb_clock_wall (&self->clock) - (gint64) seed->age_days * WB_SB_DAY_US);

  for (guint i = 0; with_domains && domains[i] != NULL; i++)
    seed_domain (self, seed, customer->id, domains[i], i);
}

void
wb_sb_seed (WbSandbox *self)
{
  guint n = self->small ? 1 : G_N_ELEMENTS (seeds);

  self->wallet_cents = WB_SB_DEFAULT_WALLET;
  for (guint i = 0; i < n; i++)
    seed_customer (self, &seeds[i], !self->small);
}
