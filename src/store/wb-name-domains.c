// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-names.h"

#include "wb-name-text-private.h"

#include <gio/gio.h>
#include <string.h>

static gboolean
is_label (const char *label)
{
  gsize length = strlen (label);

  if (length == 0 || length > 63 || label[0] == '-' || label[length - 1] == '-')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_islower (label[i]) && !g_ascii_isdigit (label[i]) && label[i] != '-')
      return FALSE;
  return TRUE;
}

gboolean
wb_name_is_domain (const char *domain)
{
  g_auto (GStrv) labels = g_strsplit (domain, ".", -1);
  guint n_labels = g_strv_length (labels);
  gsize length = strlen (domain);
  const char *ending;

  if (length < 4 || length > 253 || n_labels < 2)
    return FALSE;
  for (guint i = 0; i < n_labels; i++)
    if (!is_label (labels[i]))
      return FALSE;
  ending = labels[n_labels - 1];
  for (const char *p = ending; *p != '\0'; p++)
    if (!g_ascii_islower (*p))
      return FALSE;
  return strlen (ending) >= 2;
}

/* What is left of an address or a URL: the part between scheme, user and path. */
static char *
bare_host (const char *token)
{
  g_autofree char *text = g_strdup (token);
  char *start = text;
  char *mark = strstr (text, "://");

  if (mark != NULL)
    start = mark + 3;
  else if (g_ascii_strncasecmp (text, "mailto:", 7) == 0)
    start = text + 7;
  start[strcspn (start, "/?#")] = '\0';
  mark = strrchr (start, '@');
  if (mark != NULL)
    start = mark + 1;
  start[strcspn (start, ":")] = '\0';
  while (*start == '.' || *start == '*')
    start++;
  while (*start != '\0' && g_str_has_suffix (start, "."))
    start[strlen (start) - 1] = '\0';
  if (g_ascii_strncasecmp (start, "www.", 4) == 0 && strchr (start + 4, '.') != NULL)
    start += 4;
  return g_strdup (start);
}

static char *
token_domain (const char *token)
{
  g_autofree char *host = bare_host (token);
  g_autofree char *ascii = host[0] != '\0' ? g_hostname_to_ascii (host) : NULL;
  g_autofree char *lower = ascii != NULL ? g_ascii_strdown (ascii, -1) : NULL;

  return lower != NULL && wb_name_is_domain (lower) ? g_steal_pointer (&lower) : NULL;
}

char **
wb_name_domains (const char *text, guint *odd)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_auto (GStrv) tokens = g_strsplit_set (valid, " \t\r\n,;\"'<>()[]|", -1);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) out = g_ptr_array_new ();
  guint n_odd = 0;

  for (guint i = 0; tokens[i] != NULL; i++)
    {
      char *domain = tokens[i][0] != '\0' ? token_domain (tokens[i]) : NULL;

      if (domain == NULL)
        n_odd += tokens[i][0] != '\0';
      else if (g_hash_table_add (seen, domain))
        g_ptr_array_add (out, domain);
      else
        g_free (domain);
    }
  if (odd != NULL)
    *odd = n_odd;
  g_ptr_array_add (out, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&out), FALSE);
}

/* Scripts that are written together, as one. */
static GUnicodeScript
script_family (gunichar c)
{
  GUnicodeScript script = g_unichar_get_script (c);

  switch (script)
    {
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_HANGUL:
    case G_UNICODE_SCRIPT_BOPOMOFO:
      return G_UNICODE_SCRIPT_HAN;
    case G_UNICODE_SCRIPT_INHERITED:
      return G_UNICODE_SCRIPT_COMMON;
    default:
      return script;
    }
}

static gboolean
label_mixes (const char *label)
{
  GUnicodeScript found = G_UNICODE_SCRIPT_COMMON;

  for (const char *p = label; *p != '\0'; p = g_utf8_next_char (p))
    {
      GUnicodeScript script = script_family (g_utf8_get_char (p));

      if (script == G_UNICODE_SCRIPT_COMMON)
        continue;
      if (found != G_UNICODE_SCRIPT_COMMON && found != script)
        return TRUE;
      found = script;
    }
  return FALSE;
}

char *
wb_name_unicode (const char *domain, gboolean *mixed_scripts)
{
  g_autofree char *unicode = g_hostname_is_ascii_encoded (domain) ? g_hostname_to_unicode (domain) : NULL;
  g_auto (GStrv) labels = g_strsplit (unicode != NULL ? unicode : "", ".", -1);
  gboolean mixed = FALSE;

  for (guint i = 0; labels[i] != NULL; i++)
    mixed |= label_mixes (labels[i]);
  if (mixed_scripts != NULL)
    *mixed_scripts = mixed;
  if (unicode == NULL)
    return g_strdup (domain);
  return mixed ? g_strdup_printf ("%s (%s)", domain, unicode) : g_steal_pointer (&unicode);
}
