// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-settings.h"

#include <gio/gio.h>

/* Every macro of the header, with the type its readers rely on. */
static const struct {
  const char *key, *type;
} keys[] = {
  { WB_SETTINGS_START_PAGE, "s" },
  { WB_SETTINGS_LAST_PAGE, "s" },
  { WB_SETTINGS_LAST_PROFILE, "s" },
  { WB_SETTINGS_STYLE, "s" },
  { WB_SETTINGS_DENSITY, "s" },
  { WB_SETTINGS_LOAD_PICTURES, "b" },
  { WB_SETTINGS_PAY_IN_TWO_STEPS, "b" },
  { WB_SETTINGS_PAY_DELAY_SECONDS, "u" },
  { WB_SETTINGS_WALLET_WARNING_CENTS, "x" },
  { WB_SETTINGS_PICTURE_SMALLEST_SIDE, "u" },
  { WB_SETTINGS_MATCH_PICTURES, "b" },
  { WB_SETTINGS_NOTIFY_ORDER_DONE, "b" },
  { WB_SETTINGS_NOTIFY_FAILED, "b" },
  { WB_SETTINGS_NOTIFY_UNKNOWN, "b" },
  { WB_SETTINGS_NOTIFY_WALLET, "b" },
  { WB_SETTINGS_NOTIFY_EXPIRING, "b" },
  { WB_SETTINGS_WINDOW_WIDTH, "i" },
  { WB_SETTINGS_WINDOW_HEIGHT, "i" },
  { WB_SETTINGS_WINDOW_MAXIMIZED, "b" },
  { WB_SETTINGS_SHOW_DETAILS, "b" },
};

/* The words of each enumeration, in the order of its C type. */
static const struct {
  const char *key, *words;
} choices[] = {
  { WB_SETTINGS_START_PAGE, "last home orders activity customers" },
  { WB_SETTINGS_STYLE, "system light dark" },
  { WB_SETTINGS_DENSITY, "normal compact" },
};

static GSettingsSchema *
lookup_schema (void)
{
  GSettingsSchema *schema;

  schema = g_settings_schema_source_lookup (g_settings_schema_source_get_default (),
                                            WB_SETTINGS_SCHEMA, TRUE);
  g_assert_nonnull (schema);
  return schema;
}

static void
test_every_macro (void)
{
  g_autoptr (GSettingsSchema) schema = lookup_schema ();
  g_autoptr (GSettings) settings = g_settings_new (WB_SETTINGS_SCHEMA);

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GVariant) value = NULL;

      g_assert_true (g_settings_schema_has_key (schema, keys[i].key));
      value = g_settings_get_value (settings, keys[i].key);
      g_assert_cmpstr (g_variant_get_type_string (value), ==, keys[i].type);
    }
  g_assert_finalize_object (g_steal_pointer (&settings));
}

static void
test_every_key (void)
{
  g_autoptr (GSettingsSchema) schema = lookup_schema ();
  g_auto (GStrv) names = g_settings_schema_list_keys (schema);

  for (gsize i = 0; names[i] != NULL; i++)
    {
      gboolean known = FALSE;

      for (gsize j = 0; j < G_N_ELEMENTS (keys); j++)
        known = known || g_str_equal (names[i], keys[j].key);
      if (!known)
        g_error ("“%s” of the schema has no macro in wb-settings.h", names[i]);
    }
}

static void
test_choices (void)
{
  g_autoptr (GSettings) settings = g_settings_new (WB_SETTINGS_SCHEMA);

  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_auto (GStrv) words = g_strsplit (choices[i].words, " ", -1);

      for (int value = 0; words[value] != NULL; value++)
        {
          g_autofree char *word = NULL;

          g_assert_true (g_settings_set_enum (settings, choices[i].key, value));
          word = g_settings_get_string (settings, choices[i].key);
          g_assert_cmpstr (word, ==, words[value]);
        }
    }
  g_assert_finalize_object (g_steal_pointer (&settings));
}

/* The size of a profile's window: the same keys, each at a path of its own. */
static void
test_profile (void)
{
  static const char *const names[] = { WB_SETTINGS_WINDOW_WIDTH, WB_SETTINGS_WINDOW_HEIGHT, WB_SETTINGS_WINDOW_MAXIMIZED };
  g_autofree char *path = g_strdup_printf (WB_SETTINGS_PROFILE_PATH, "one");
  g_autofree char *other_path = g_strdup_printf (WB_SETTINGS_PROFILE_PATH, "other");
  g_autoptr (GSettings) one = g_settings_new_with_path (WB_SETTINGS_WINDOW_SCHEMA, path);
  g_autoptr (GSettings) other = g_settings_new_with_path (WB_SETTINGS_WINDOW_SCHEMA, other_path);
  g_autoptr (GSettings) program = g_settings_new (WB_SETTINGS_SCHEMA);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GVariant) value = g_settings_get_value (one, names[i]), same = g_settings_get_value (program, names[i]);

      g_assert_true (g_variant_is_of_type (value, g_variant_get_type (same)));
    }
  g_settings_set_int (one, WB_SETTINGS_WINDOW_WIDTH, 777);
  g_assert_cmpint (g_settings_get_int (other, WB_SETTINGS_WINDOW_WIDTH), !=, 777);
  g_assert_cmpint (g_settings_get_int (program, WB_SETTINGS_WINDOW_WIDTH), !=, 777);
}

/* A payment can be held back for half a minute, not for ever; nobody can set 31 by another program. */
static void
test_pay_delay (void)
{
  g_autoptr (GSettings) settings = g_settings_new (WB_SETTINGS_SCHEMA);
  g_autoptr (GSettingsSchema) schema = lookup_schema ();
  g_autoptr (GSettingsSchemaKey) key = NULL;

  g_assert_cmpuint (g_settings_get_uint (settings, WB_SETTINGS_PAY_DELAY_SECONDS), ==, 5);
  g_assert_true (g_settings_get_boolean (settings, WB_SETTINGS_PAY_IN_TWO_STEPS));
  key = g_settings_schema_get_key (schema, WB_SETTINGS_PAY_DELAY_SECONDS);
  for (guint seconds = 0; seconds <= 40; seconds += 10)
    {
      g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_uint32 (seconds));

      g_assert_cmpint (g_settings_schema_key_range_check (key, value), ==, seconds <= 30);
    }
  g_assert_finalize_object (g_steal_pointer (&settings));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settings/macros/each-is-a-key-of-its-type", test_every_macro);
  g_test_add_func ("/settings/keys/each-has-a-macro", test_every_key);
  g_test_add_func ("/settings/choices/words-follow-the-types", test_choices);
  g_test_add_func ("/settings/profile/has-its-own-window", test_profile);
  g_test_add_func ("/settings/pay-delay/five-seconds-and-bounded", test_pay_delay);
  return g_test_run ();
}
