// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-customer-check.h"

#include <string.h>

#include <glib/gi18n.h>

#include "cmr-object.h"

/* The service takes letters and digits of any script and these (api/notes.md, Users). */
#define ALLOWED " .,'#&()/-"

const WbCustomerField wb_customer_fields[WB_N_CUSTOMER_FIELDS] = {
  { "company", N_("Company"), WB_CUSTOMER_WHO, WB_CUSTOMER_TEXT, TRUE, 0, 0 },
  { "first-name", N_("First Name"), WB_CUSTOMER_WHO, WB_CUSTOMER_TEXT, TRUE, 0, 0 },
  { "last-name", N_("Last Name"), WB_CUSTOMER_WHO, WB_CUSTOMER_TEXT, TRUE, 0, 0 },
  { "email", N_("E-mail"), WB_CUSTOMER_WHO, WB_CUSTOMER_EMAIL, TRUE, 0, 0 },
  { "address-line-one", N_("Address"), WB_CUSTOMER_ADDRESS, WB_CUSTOMER_TEXT, TRUE, 0, 0 },
  { "address-line-two", N_("Second Line of Address"), WB_CUSTOMER_ADDRESS, WB_CUSTOMER_TEXT, FALSE, 0, 0 },
  { "postal-code", N_("Postal Code"), WB_CUSTOMER_ADDRESS, WB_CUSTOMER_TEXT, TRUE, 0, 0 },
  { "city", N_("City"), WB_CUSTOMER_ADDRESS, WB_CUSTOMER_TEXT, TRUE, 0, 0 },
  { "phone-cc", N_("Country Code of the Phone, without +"), WB_CUSTOMER_PHONE, WB_CUSTOMER_DIGITS, TRUE, 1, 4 },
  { "phone", N_("Phone, without country code"), WB_CUSTOMER_PHONE, WB_CUSTOMER_DIGITS, TRUE, 4, 15 },
};

static gboolean
is_taken (gunichar c, WbCustomerKind kind)
{
  if (kind == WB_CUSTOMER_EMAIL)
    return TRUE;
  if (kind == WB_CUSTOMER_DIGITS)
    return c < 128 && g_ascii_isdigit ((char) c);
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || (c < 128 && c != 0 && strchr (ALLOWED, (int) c) != NULL);
}

static gunichar
first_refused (const char *text, WbCustomerKind kind)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!is_taken (g_utf8_get_char (p), kind))
      return g_utf8_get_char (p);
  return 0;
}

static gboolean
looks_like_email (const char *text)
{
  const char *at = strchr (text, '@');

  return at != NULL && at > text && strchr (at + 1, '@') == NULL && strchr (at + 1, '.') != NULL
         && strpbrk (text, " \t,;") == NULL && at[1] != '.' && text[strlen (text) - 1] != '.';
}

static char *
dup_wrong_character (const WbCustomerField *field, gunichar c)
{
  char utf8[7] = "";

  utf8[g_unichar_to_utf8 (c, utf8)] = '\0';
  /* Translators: first a character, then the title of a field */
  return g_strdup_printf (_("“%s” cannot be used in “%s”."), utf8, _(field->title));
}

char *
wb_customer_field_check (const WbCustomerField *field, const char *text)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));
  gsize length = strlen (plain);
  gunichar wrong = first_refused (plain, field->kind);

  if (length == 0)
    return field->required ? g_strdup ("") : NULL;
  if (wrong != 0)
    return dup_wrong_character (field, wrong);
  if (field->kind == WB_CUSTOMER_EMAIL && !looks_like_email (plain))
    return g_strdup (_("This is not a whole e-mail address."));
  if (field->most > 0 && (length < field->least || length > field->most))
    /* Translators: title of a field, then the least and the greatest number of digits */
    return g_strdup_printf (_("“%s” has %u to %u digits."), _(field->title), field->least, field->most);
  return NULL;
}

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

/* "phone" is not meant by "phoneCc must hold digits". */
static gboolean
names (const char *refusal, const char *name)
{
  gsize length = strlen (name);

  for (const char *at = strstr (refusal, name); at != NULL; at = strstr (at + 1, name))
    if ((at == refusal || !is_word (at[-1])) && !is_word (at[length]))
      return TRUE;
  return FALSE;
}

const WbCustomerField *
wb_customer_field_named (const char *refusal)
{
  for (guint i = 0; i < WB_N_CUSTOMER_FIELDS; i++)
    {
      const CmrField *field = cmr_resource_find_field (&cmr_customer_resource, wb_customer_fields[i].member);
      g_auto (GStrv) json = g_strsplit (field->json, " ", -1);

      for (guint k = 0; json[k] != NULL; k++)
        if (names (refusal, json[k]))
          return &wb_customer_fields[i];
    }
  return NULL;
}
