// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Field tables: every kind in every shape that an answer may have it in, and what is left out.

#include <string.h>

#include "cmr-error.h"
#include "cmr-object-private.h"

#define MS G_GINT64_CONSTANT (1000)
#define SECOND (1000 * MS)

GType cmr_thing_get_type (void);
extern const CmrResource cmr_thing_resource;

static const CmrField fields[] = {
  { "thing-id", "thingId id", CMR_KIND_ID, CMR_FIELD_KEY | CMR_FIELD_REQUIRED },
  { "title", "title name", CMR_KIND_TEXT, CMR_FIELD_SEARCHABLE | CMR_FIELD_WRITABLE },
  { "count", "count", CMR_KIND_INT, CMR_FIELD_WRITABLE },
  { "on", "on", CMR_KIND_BOOL, CMR_FIELD_WRITABLE },
  { "price", "price cost", CMR_KIND_MONEY, CMR_FIELD_WRITABLE },
  { "at", "at", CMR_KIND_TIME, CMR_FIELD_WRITABLE },
  { "day", "day", CMR_KIND_DATE, CMR_FIELD_WRITABLE },
  { "state", "state", CMR_KIND_WORD, 0 },
  { "link", "link", CMR_KIND_URL, CMR_FIELD_WRITABLE },
  { "key", "secretKey", CMR_KIND_TEXT, CMR_FIELD_SECRET },
};

CMR_DEFINE_RESOURCE (CmrThing, cmr_thing, "thing", "Thing", "ThingCreate", "things items")

static CmrObject *
decode (const char *json, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (JsonNode) root = cmr_json_parse (bytes, error);

  return root != NULL
             ? cmr_object_new_from_json (&cmr_thing_resource, json_node_get_object (root), error)
             : NULL;
}

typedef enum { TEXT, NUMBER, ABSENT, REFUSED } Want;

typedef struct {
  const char *member;
  const char *json; /* of that member, its name too */
  Want want;
  const char *text;
  gint64 number;
} Value;

static const Value values[] = {
  { "title", "\"title\":\"A & B <b> \\u201cx\\u201d %s\"", TEXT, "A & B <b> “x” %s" },
  { "title", "\"title\":12", TEXT, "12" },
  { "title", "\"title\":1.5", TEXT, "1.5" },
  { "title", "\"title\":[\"a\",\"b\",3]", TEXT, "a b" },
  { "title", "\"title\":{\"n\":1,\"forwardTo\":\"x\"}", TEXT, "x" },
  { "title", "\"title\":\"\"", TEXT, "" },
  { "title", "\"title\":null", ABSENT },
  { "title", "\"title\":true", ABSENT },
  { "title", "\"title\":{}", ABSENT },
  { "title", "\"name\":\"second name\"", TEXT, "second name" },
  { "title", "\"title\":null,\"name\":\"second name\"", TEXT, "second name" },
  { "title", "\"name\":\"second\",\"title\":\"first\"", TEXT, "first" },
  { "title", "\"billing\":{\"title\":\"inside\"}", TEXT, "inside" },
  { "title", "\"title\":\"outside\",\"billing\":{\"title\":\"inside\"}", TEXT, "outside" },
  { "title", "\"elsewhere\":{\"title\":\"inside\"}", ABSENT },
  { "state", "\"state\":\"A_NEW_WORD\"", TEXT, "A_NEW_WORD" },
  { "state", "\"state\":[\"ACTIVE\"]", ABSENT },
  { "state", "\"state\":200", ABSENT },
  { "link", "\"link\":\"https://a.example/x\"", TEXT, "https://a.example/x" },
  { "link", "\"link\":{\"url\":\"https://a.example\"}", ABSENT },
  { "count", "\"count\":0", NUMBER, NULL, 0 },
  { "count", "\"count\":-7", NUMBER, NULL, -7 },
  { "count", "\"count\":\"12\"", NUMBER, NULL, 12 },
  { "count", "\"count\":12.0", NUMBER, NULL, 12 },
  { "count", "\"count\":12.5", ABSENT },
  { "count", "\"count\":\"12 apples\"", ABSENT },
  { "count", "\"count\":1e300", ABSENT },
  { "count", "\"count\":1e400", ABSENT },
  { "count", "\"count\":true", ABSENT },
  { "on", "\"on\":true", NUMBER, NULL, 1 },
  { "on", "\"on\":false", NUMBER, NULL, 0 },
  { "on", "\"on\":\"True\"", NUMBER, NULL, 1 },
  { "on", "\"on\":\"false\"", NUMBER, NULL, 0 },
  { "on", "\"on\":\"yes\"", ABSENT },
  { "on", "\"on\":1", ABSENT },
  { "price", "\"price\":14.5", NUMBER, NULL, 1450 },
  { "price", "\"price\":\"14.50\"", NUMBER, NULL, 1450 },
  { "price", "\"cost\":3", NUMBER, NULL, 300 },
  { "price", "\"price\":null", ABSENT },
  { "price", "\"price\":\"14.505\"", REFUSED },
  { "price", "\"price\":14.505", REFUSED },
  { "price", "\"price\":\"free\"", REFUSED },
  { "price", "\"price\":[]", REFUSED },
  { "at", "\"at\":\"2026-11-20T09:14:02Z\"", NUMBER, NULL, 1795166042 * SECOND },
  { "at", "\"at\":\"2026-11-20T09:14:02.250Z\"", NUMBER, NULL, 1795166042 * SECOND + 250 * MS },
  { "at", "\"at\":\"2026-11-20T10:14:02+01:00\"", NUMBER, NULL, 1795166042 * SECOND },
  { "at", "\"at\":\"2026-11-20\"", NUMBER, NULL, 1795132800 * SECOND },
  { "at", "\"at\":1795166042000", NUMBER, NULL, 1795166042 * SECOND },
  { "at", "\"at\":999999999999999999", ABSENT },
  { "at", "\"at\":-999999999999999999", ABSENT },
  { "at", "\"at\":\"tomorrow\"", ABSENT },
  { "at", "\"at\":\"\"", ABSENT },
  { "day", "\"day\":\"2026-11-20\"", TEXT, "2026-11-20" },
  { "day", "\"day\":\"2026-11-20T09:14:02Z\"", TEXT, "2026-11-20" },
  { "day", "\"day\":\"2026-02-30\"", ABSENT },
  { "day", "\"day\":\"20.11.2026\"", ABSENT },
  { "day", "\"day\":\"2026-11-2\"", ABSENT },
  { "day", "\"day\":20261120", ABSENT },
  { "thing-id", "\"id\":\"second\"", TEXT, "T1" },
  { "key", "\"secretKey\":\"hush\"", ABSENT },
};

static void
test_value (gconstpointer data)
{
  const Value *value = data;
  g_autofree char *json = g_strdup_printf ("{\"thingId\":\"T1\",%s}", value->json);
  g_autoptr (GError) error = NULL;
  CmrObject *object = decode (json, &error);

  if (value->want == REFUSED)
    {
      g_assert_null (object);
      g_assert_error (error, CMR_ERROR, CMR_ERROR_PROTOCOL);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpint (cmr_object_has (object, value->member), ==, value->want != ABSENT);
  g_assert_cmpstr (cmr_object_get_text (object, value->member), ==,
                   value->want == TEXT ? value->text : "");
  if (value->want == NUMBER)
    g_assert_cmpint (cmr_object_get_int (object, value->member), ==, value->number);
  g_assert_finalize_object (object);
}

typedef struct {
  const char *json;
  gboolean good;
  gint64 cents;
} Sum;

static const Sum sums[] = {
  { "0", TRUE, 0 },
  { "\"0.1\"", TRUE, 10 },
  { "\"0.07\"", TRUE, 7 },
  { "0.07", TRUE, 7 },
  { "-3.25", TRUE, -325 },
  { "\"-3.25\"", TRUE, -325 },
  { "\"-0.05\"", TRUE, -5 },
  { "1.10e1", TRUE, 1100 },
  { "99999999.99", TRUE, G_GINT64_CONSTANT (9999999999) },
  { "\"99999999999999.99\"", TRUE, G_GINT64_CONSTANT (9999999999999999) },
  { "1.005", FALSE },
  { "12345.678", FALSE },
  { "123456789.125", FALSE },
  { "0.001", FALSE },
  { "1e300", FALSE },
  { "1e400", FALSE },
  { "\"1.005\"", FALSE },
  { "\"1.000\"", FALSE },
  { "\"1,50\"", FALSE },
  { "\"1,234.50\"", FALSE },
  { "\"$5\"", FALSE },
  { "\"5 USD\"", FALSE },
  { "\" 5\"", FALSE },
  { "\"5.\"", FALSE },
  { "\".5\"", FALSE },
  { "\"+5\"", FALSE },
  { "\"--5\"", FALSE },
  { "\"1e3\"", FALSE },
  { "\"\"", FALSE },
  { "\"99999999999999999999\"", FALSE },
  { "true", FALSE },
  { "[1]", FALSE },
  { "{\"amount\":1}", FALSE },
};

static void
test_sums (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    {
      g_autoptr (JsonNode) node = json_from_string (sums[i].json, NULL);
      g_autoptr (GError) error = NULL;
      gint64 cents = -1;

      g_test_message ("%s", sums[i].json);
      g_assert_cmpint (cmr_money_parse (node, &cents, &error), ==, sums[i].good);
      if (sums[i].good)
        g_assert_cmpint (cents, ==, sums[i].cents);
      else
        g_assert_error (error, CMR_ERROR, CMR_ERROR_PROTOCOL);
    }
}

/* No sum of two decimals is refused or comes out a cent off, and every one with a third shows. */
static void
test_every_cent (void)
{
  for (gint64 cents = 0; cents < 20000000; cents += cents < 30000 ? 1 : 9973)
    {
      g_autoptr (JsonNode) number = json_node_new (JSON_NODE_VALUE);
      g_autofree char *text = g_strdup_printf ("%d.%02d", (int) (cents / 100), (int) (cents % 100));
      gint64 got = -1;

      json_node_set_double (number, g_ascii_strtod (text, NULL));
      g_assert_true (cmr_money_parse (number, &got, NULL));
      g_assert_cmpint (got, ==, cents);
      json_node_set_double (number, g_ascii_strtod (text, NULL) + 0.004);
      g_assert_false (cmr_money_parse (number, &got, NULL));
      json_node_set_string (number, text);
      g_assert_true (cmr_money_parse (number, &got, NULL));
      g_assert_cmpint (got, ==, cents);
    }
}

static void
test_required (void)
{
  static const char *const bad[]
      = { "{}", "{\"thingId\":null}", "{\"thingId\":[\"T1\"]}", "{\"thingId\":{\"x\":\"T1\"}}" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (decode (bad[i], &error));
      g_assert_error (error, CMR_ERROR, CMR_ERROR_PROTOCOL);
      /* It may go to a log: what came in is not quoted. */
      g_assert_null (strstr (error->message, "T1"));
      g_assert_nonnull (strstr (error->message, "thing.thing-id"));
    }
}

/* Members without a field go with the buffer; how many there were is all that stays. */
static void
test_dropped (void)
{
  g_autoptr (CmrObject) object
      = decode ("{\"id\":7,\"password\":\"hush\",\"appPassword\":\"hush\",\"deep\":{\"a\":[1,2]},"
                "\"name\":\"n\",\"secretKey\":\"hush\"}",
                NULL);
  g_autoptr (JsonObject) written = cmr_object_to_json (object);
  g_autoptr (GList) members = json_object_get_members (written);

  g_assert_cmpstr (cmr_object_get_text (object, "thing-id"), ==, "7");
  g_assert_cmpuint (cmr_object_get_dropped (object), ==,
                    3); /* secretKey has a field, though it is not read */
  g_assert_cmpuint (g_list_length (members), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (written, "title"), ==, "n");
}

static void
test_absent (void)
{
  g_autoptr (CmrObject) object = cmr_object_new (&cmr_thing_resource);

  g_assert_true (cmr_object_get_resource (object) == &cmr_thing_resource);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_assert_false (cmr_object_has (object, fields[i].member));
  g_assert_cmpint (cmr_object_get_cents (object, "price"), ==, CMR_MONEY_UNKNOWN);
  g_assert_cmpint (cmr_object_get_time (object, "at"), ==, 0);
  g_assert_false (cmr_object_get_bool (object, "on"));
  cmr_object_set_int (object, "price", 0);
  g_assert_cmpint (cmr_object_get_cents (object, "price"), ==, 0);
}

static void
test_write (void)
{
  g_autoptr (CmrObject) object = cmr_object_new (&cmr_thing_resource);
  g_autoptr (JsonObject) written = NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  cmr_object_set_text (object, "thing-id", "T1"); /* not writable */
  cmr_object_set_text (object, "title", "Zoë “Z” 😀");
  cmr_object_set_int (object, "count", 3);
  cmr_object_set_int (object, "on", FALSE);
  cmr_object_set_int (object, "price", 1450);
  cmr_object_set_int (object, "at", 1795166042 * SECOND);
  cmr_object_set_text (object, "day", "2026-11-20");
  cmr_object_set_text (object, "state", "ACTIVE"); /* not writable */
  written = cmr_object_to_json (object);
  json_node_set_object (node, written);
  text = json_to_string (node, FALSE);
  g_assert_cmpstr (text, ==,
                   "{\"title\":\"Zoë “Z” 😀\",\"count\":3,\"on\":false,\"price\":14.5,"
                   "\"at\":\"2026-11-20T09:14:02Z\",\"day\":\"2026-11-20\"}");
}

static void
on_notify (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  g_string_append_printf (user_data, "%s ", pspec->name);
}

/* Told when it changes and only then; a secret has no property that an inspector could read. */
static void
test_properties (void)
{
  CmrObject *object = cmr_object_new (&cmr_thing_resource);
  g_autoptr (GString) told = g_string_new (NULL);
  g_autofree char *title = NULL;
  gint64 price = 0;
  gboolean on = FALSE;

  g_signal_connect (object, "notify", G_CALLBACK (on_notify), told);
  g_object_set (object, "title", "x", NULL);
  g_object_set (object, "price", G_GINT64_CONSTANT (500), NULL);
  g_object_set (object, "on", TRUE, NULL);
  cmr_object_set_text (object, "title", "x");
  cmr_object_set_text (object, "key", "hush");
  g_object_get (object, "title", &title, "price", &price, "on", &on, NULL);
  g_assert_cmpstr (told->str, ==, "title price on ");
  g_assert_cmpstr (title, ==, "x");
  g_assert_cmpint (price, ==, 500);
  g_assert_true (on);
  g_assert_null (g_object_class_find_property (G_OBJECT_GET_CLASS (object), "key"));
  g_assert_cmpstr (cmr_object_get_text (object, "key"), ==, "hush");
  cmr_object_set_text (object, "title", NULL);
  g_assert_false (cmr_object_has (object, "title"));
  g_assert_finalize_object (object);
}

/* Each resource: its table makes a class, and names nothing twice. */
static void
test_resources (void)
{
  guint n;
  const CmrResource *const *all = cmr_resources (&n);

  g_assert_cmpuint (n, ==, 11);
  for (guint r = 0; r < n; r++)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      CmrObject *object = cmr_object_new (all[r]);
      guint keys = 0;

      g_test_message ("%s", all[r]->name);
      for (guint i = 0; i < all[r]->n_fields; i++)
        {
          const CmrField *field = &all[r]->fields[i];
          g_auto (GStrv) names = g_strsplit (field->json, " ", 0);

          g_assert_true (cmr_resource_find_field (all[r], field->member) == field);
          g_assert_true (g_param_spec_is_valid_name (field->member));
          keys += (field->flags & CMR_FIELD_KEY) != 0;
          /* What is secret is never written, searched or looked up by. */
          if (field->flags & CMR_FIELD_SECRET)
            g_assert_cmpint (
                field->flags & (CMR_FIELD_KEY | CMR_FIELD_SEARCHABLE | CMR_FIELD_WRITABLE), ==, 0);
          for (guint j = 0; names[j] != NULL; j++)
            g_assert_true (g_hash_table_add (seen, g_strdup (names[j])));
        }
      g_assert_cmpuint (keys, ==, all[r] == &cmr_wallet_resource ? 0 : 1);
      g_assert_finalize_object (object);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *path = g_strdup_printf ("/object/value/%s/%u", values[i].member, i);

      g_test_add_data_func (path, &values[i], test_value);
    }
  g_test_add_func ("/object/money/two-decimals-and-no-third", test_sums);
  g_test_add_func ("/object/money/every-cent", test_every_cent);
  g_test_add_func ("/object/required/missing-is-a-protocol-error", test_required);
  g_test_add_func ("/object/dropped/counted-not-kept", test_dropped);
  g_test_add_func ("/object/absent/reads-as-unknown", test_absent);
  g_test_add_func ("/object/write/writable-and-present-alone", test_write);
  g_test_add_func ("/object/properties", test_properties);
  g_test_add_func ("/object/resources", test_resources);
  return g_test_run ();
}
