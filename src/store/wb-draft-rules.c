// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-draft-state-private.h"

#include "wb-name-text-private.h"

#include <string.h>

#define USER_NAME_MAX 64
#define PERSON_NAME_MAX 60

typedef gboolean (*Broken) (const char *text);

static gboolean
is_empty (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

static gboolean
has_space (const char *text)
{
  if (is_empty (text))
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isspace (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/* With these inside it is no mail address at all, whoever makes the rules. */
static gboolean
breaks_address (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (strchr ("@\"(),:;<>[\\]", *p) != NULL || g_ascii_iscntrl (*p))
      return TRUE;
  return FALSE;
}

/* MailboxUsername of openapi.yaml; x-rule-source: client, so these three are warnings. */
static gboolean
outside_of_ours (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("._-@\"(),:;<>[\\]", *p) == NULL && !g_ascii_isspace (*p)
        && !g_ascii_iscntrl (*p))
      return TRUE;
  return FALSE;
}

static gboolean
odd_dots (const char *text)
{
  return text[0] == '.' || g_str_has_suffix (text, ".") || strstr (text, "..") != NULL;
}

static gboolean
user_too_long (const char *text)
{
  return g_utf8_strlen (text, -1) > USER_NAME_MAX;
}

static gboolean
name_too_long (const char *text)
{
  return g_utf8_strlen (text, -1) > PERSON_NAME_MAX;
}

static gboolean
has_control (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

static gboolean
no_letters (const char *text)
{
  if (is_empty (text))
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalpha (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

/* In the order in which they are told; a row keeps the broken ones as bits. */
static const WbCellRule rules[] = {
  { WB_PROBLEM_CELL_EMPTY, WB_CELL_DOMAIN, WB_SEVERITY_ERROR },
  { WB_PROBLEM_CELL_EMPTY, WB_CELL_USER_NAME, WB_SEVERITY_ERROR },
  { WB_PROBLEM_SPACES, WB_CELL_USER_NAME, WB_SEVERITY_ERROR },
  { WB_PROBLEM_CHARACTERS, WB_CELL_USER_NAME, WB_SEVERITY_ERROR },
  { WB_PROBLEM_CHARACTERS, WB_CELL_USER_NAME, WB_SEVERITY_WARNING },
  { WB_PROBLEM_DOTS, WB_CELL_USER_NAME, WB_SEVERITY_WARNING },
  { WB_PROBLEM_TOO_LONG, WB_CELL_USER_NAME, WB_SEVERITY_WARNING },
  { WB_PROBLEM_CELL_EMPTY, WB_CELL_FIRST_NAME, WB_SEVERITY_ERROR },
  { WB_PROBLEM_CHARACTERS, WB_CELL_FIRST_NAME, WB_SEVERITY_WARNING },
  { WB_PROBLEM_TOO_LONG, WB_CELL_FIRST_NAME, WB_SEVERITY_WARNING },
  { WB_PROBLEM_NO_LETTERS, WB_CELL_FIRST_NAME, WB_SEVERITY_WARNING },
  { WB_PROBLEM_CELL_EMPTY, WB_CELL_LAST_NAME, WB_SEVERITY_ERROR },
  { WB_PROBLEM_CHARACTERS, WB_CELL_LAST_NAME, WB_SEVERITY_WARNING },
  { WB_PROBLEM_TOO_LONG, WB_CELL_LAST_NAME, WB_SEVERITY_WARNING },
  { WB_PROBLEM_NO_LETTERS, WB_CELL_LAST_NAME, WB_SEVERITY_WARNING },
};

static const Broken tests[] = {
  is_empty, is_empty,    has_space,     breaks_address, outside_of_ours, odd_dots,      user_too_long, is_empty,
  has_control, name_too_long, no_letters, is_empty,       has_control,     name_too_long, no_letters,
};
G_STATIC_ASSERT (G_N_ELEMENTS (rules) == G_N_ELEMENTS (tests));

guint
wb_cell_rules (const WbCellRule **table)
{
  *table = rules;
  return G_N_ELEMENTS (rules);
}

const char *
wb_mailbox_cell (const WbDraftMailbox *mailbox, WbCell cell)
{
  const char *const cells[WB_N_CELLS]
      = { mailbox->domain, mailbox->user_name, mailbox->first_name, mailbox->last_name };

  return cells[cell];
}

guint
wb_cell_issues (const WbDraftMailbox *mailbox)
{
  guint issues = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (tests[i](wb_mailbox_cell (mailbox, rules[i].cell)))
      issues |= 1u << i;
  return issues;
}

static char *
user_name_fix (const char *text)
{
  g_autofree char *plain = wb_name_plain (text);
  g_autoptr (GString) out = g_string_new (NULL);

  g_strstrip (plain);
  for (const char *p = plain; *p != '\0'; p++)
    {
      char c = g_ascii_isspace (*p) ? '.' : *p;

      if (c == '@')
        break;
      if (c == '.' && (out->len == 0 || out->str[out->len - 1] == '.'))
        continue;
      if (g_ascii_isalnum (c) || strchr ("._-", c) != NULL)
        g_string_append_c (out, c);
    }
  g_string_truncate (out, MIN (out->len, USER_NAME_MAX));
  while (out->len > 0 && out->str[out->len - 1] == '.')
    g_string_truncate (out, out->len - 1);
  return out->len > 0 && strcmp (out->str, text) != 0 ? g_strdup (out->str) : NULL;
}

static char *
person_name_fix (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (out, g_unichar_iscntrl (c) ? ' ' : c);
    }
  g_strstrip (out->str);
  return out->str[0] != '\0' ? g_strdup (out->str) : NULL;
}

char *
wb_cell_fix (WbProblemCode code, WbCell cell, const char *text)
{
  if (cell == WB_CELL_USER_NAME && code != WB_PROBLEM_CELL_EMPTY)
    return user_name_fix (text);
  return code == WB_PROBLEM_CHARACTERS ? person_name_fix (text) : NULL;
}
