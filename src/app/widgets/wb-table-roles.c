// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-table.h"

#include <string.h>

#include "wb-names.h"

/* What a heading says, folded ("E-Mail" → "e mail"). */
static const struct {
  const char *word;
  WbRole role;
} headings[] = {
  { "domain", WB_ROLE_DOMAIN },          { "domain name", WB_ROLE_DOMAIN },       { "user name", WB_ROLE_USER_NAME },
  { "username", WB_ROLE_USER_NAME },     { "user", WB_ROLE_USER_NAME },           { "alias", WB_ROLE_USER_NAME },
  { "local part", WB_ROLE_USER_NAME },   { "mailbox", WB_ROLE_USER_NAME },        { "first name", WB_ROLE_FIRST_NAME },
  { "firstname", WB_ROLE_FIRST_NAME },   { "first", WB_ROLE_FIRST_NAME },         { "given name", WB_ROLE_FIRST_NAME },
  { "last name", WB_ROLE_LAST_NAME },    { "lastname", WB_ROLE_LAST_NAME },       { "last", WB_ROLE_LAST_NAME },
  { "surname", WB_ROLE_LAST_NAME },      { "family name", WB_ROLE_LAST_NAME },    { "name", WB_ROLE_FULL_NAME },
  { "full name", WB_ROLE_FULL_NAME },    { "person", WB_ROLE_FULL_NAME },         { "email", WB_ROLE_ADDRESS },
  { "e mail", WB_ROLE_ADDRESS },         { "address", WB_ROLE_ADDRESS },          { "email address", WB_ROLE_ADDRESS },
  { "e mail address", WB_ROLE_ADDRESS }, { "mail", WB_ROLE_ADDRESS },
};

static WbRole
heading_role (const char *text)
{
  g_autofree char *folded = wb_name_fold (text);

  for (guint i = 0; i < G_N_ELEMENTS (headings); i++)
    if (g_str_equal (headings[i].word, folded))
      return headings[i].role;
  return WB_ROLE_NONE;
}

/* How many cells of a column look like what. */
typedef struct {
  guint filled, addresses, domains, users, spaced, capital;
} Looks;

static gboolean
looks_like_domain (const char *text)
{
  const char *dot = strrchr (text, '.');

  if (dot == NULL || dot == text || strpbrk (text, " @/:_") != NULL || strlen (dot) < 3)
    return FALSE;
  for (const char *p = dot + 1; *p != '\0'; p++)
    if (!g_ascii_isalpha (*p) && (guchar) *p < 0x80)
      return FALSE;
  return TRUE;
}

static void
look_at (Looks *looks, const char *text)
{
  const char *at = strchr (text, '@');

  if (*text == '\0')
    return;
  looks->filled++;
  looks->addresses += at != NULL && at != text && looks_like_domain (at + 1);
  looks->domains += looks_like_domain (text);
  looks->spaced += strchr (text, ' ') != NULL;
  looks->capital += g_unichar_isupper (g_utf8_get_char (text));
  looks->users += strpbrk (text, " @") == NULL && !g_unichar_isupper (g_utf8_get_char (text));
}

static Looks
look (const WbTable *table, guint column, guint from)
{
  Looks looks = { 0 };

  for (guint row = from; row < table->rows->len; row++)
    look_at (&looks, wb_table_get (table, row, column));
  return looks;
}

/* "first.last" of people looks like a domain with an ending of letters; a column of domains repeats itself. */
static gboolean
repeats (const WbTable *table, guint column, guint from)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint filled = 0;

  for (guint row = from; row < table->rows->len; row++)
    if (*wb_table_get (table, row, column) != '\0')
      {
        g_hash_table_add (seen, (char *) wb_table_get (table, row, column));
        filled++;
      }
  return g_hash_table_size (seen) * 2 <= filled;
}

static gboolean
most (guint part, guint filled)
{
  return filled > 0 && part * 10 >= filled * 8;
}

static gboolean
has_role (const WbRole *roles, guint n, WbRole role)
{
  for (guint i = 0; i < n; i++)
    if (roles[i] == role)
      return TRUE;
  return FALSE;
}

static WbRole
content_role (const WbTable *table, const WbRole *roles, guint column, guint from)
{
  Looks looks = look (table, column, from);
  gboolean domain_taken = has_role (roles, column, WB_ROLE_DOMAIN);

  if (most (looks.addresses, looks.filled))
    return WB_ROLE_ADDRESS;
  if (most (looks.domains, looks.filled) && !domain_taken && (column == 0 || repeats (table, column, from)))
    return WB_ROLE_DOMAIN;
  if (most (looks.users, looks.filled))
    return has_role (roles, column, WB_ROLE_USER_NAME) ? WB_ROLE_NONE : WB_ROLE_USER_NAME;
  if (most (looks.capital, looks.filled) && looks.spaced * 2 > looks.filled
      && !has_role (roles, column, WB_ROLE_FIRST_NAME))
    return WB_ROLE_FULL_NAME;
  if (!most (looks.capital, looks.filled))
    return WB_ROLE_NONE;
  if (!has_role (roles, column, WB_ROLE_FIRST_NAME))
    return WB_ROLE_FIRST_NAME;
  return has_role (roles, column, WB_ROLE_LAST_NAME) ? WB_ROLE_NONE : WB_ROLE_LAST_NAME;
}

/* A single column of capital words holds people; a first name alone makes no mailbox. */
static void
settle_names (const WbTable *table, WbRole *roles)
{
  for (guint i = 0; i < table->columns; i++)
    if (roles[i] == WB_ROLE_FIRST_NAME && !has_role (roles, table->columns, WB_ROLE_LAST_NAME)
        && !has_role (roles, table->columns, WB_ROLE_USER_NAME))
      roles[i] = WB_ROLE_FULL_NAME;
}

void
wb_table_guess (const WbTable *self, WbRole *roles, gboolean *header)
{
  guint named = 0, filled = 0;

  for (guint i = 0; i < self->columns && self->rows->len > 0; i++)
    {
      roles[i] = heading_role (wb_table_get (self, 0, i));
      named += roles[i] != WB_ROLE_NONE;
      filled += *wb_table_get (self, 0, i) != '\0';
    }
  *header = self->rows->len > 1 && named > 0 && named * 2 >= filled;
  for (guint i = 0; i < self->columns; i++)
    if (!*header)
      roles[i] = content_role (self, roles, i, 0);
  if (!*header)
    settle_names (self, roles);
}

static gboolean
belongs (const Looks *looks, WbCell cell)
{
  if (looks->filled == 0)
    return TRUE;
  if (looks->addresses > 0)
    return FALSE;
  switch (cell)
    {
    case WB_CELL_DOMAIN: return most (looks->domains, looks->filled);
    case WB_CELL_USER_NAME: return looks->spaced == 0 && !most (looks->capital, looks->filled);
    default: return !most (looks->domains, looks->filled) && !most (looks->users, looks->filled);
    }
}

gboolean
wb_table_fits (const WbTable *self, WbCell cell)
{
  gboolean header;
  g_autofree WbRole *roles = g_new0 (WbRole, MAX (self->columns, 1));

  wb_table_guess (self, roles, &header);
  if (header || cell + self->columns > WB_N_CELLS)
    return FALSE;
  for (guint i = 0; i < self->columns; i++)
    {
      Looks looks = look (self, i, 0);

      if (!belongs (&looks, cell + i))
        return FALSE;
    }
  return TRUE;
}

static void
mailbox_free (gpointer data)
{
  WbDraftMailbox *mailbox = data;

  g_free (mailbox->domain);
  g_free (mailbox->user_name);
  g_free (mailbox->first_name);
  g_free (mailbox->last_name);
  g_free (mailbox);
}

static void
put (char **at, char *text)
{
  g_free (*at);
  *at = text;
}

static void
take_address (WbDraftMailbox *mailbox, const char *text)
{
  const char *at = strrchr (text, '@');

  if (at == NULL)
    put (&mailbox->user_name, g_utf8_strdown (text, -1));
  else
    {
      put (&mailbox->user_name, g_utf8_strdown (text, at - text));
      put (&mailbox->domain, g_utf8_strdown (at + 1, -1));
    }
}

static void
take_full_name (WbDraftMailbox *mailbox, const char *text)
{
  char *first, *last;

  if (!wb_name_split (text, &first, &last))
    return;
  put (&mailbox->first_name, first);
  put (&mailbox->last_name, last);
}

static void
take (WbDraftMailbox *mailbox, WbRole role, const char *text)
{
  switch (role)
    {
    case WB_ROLE_DOMAIN: put (&mailbox->domain, g_utf8_strdown (text, -1)); break;
    case WB_ROLE_USER_NAME: put (&mailbox->user_name, g_utf8_strdown (text, -1)); break;
    case WB_ROLE_FIRST_NAME: put (&mailbox->first_name, g_strdup (text)); break;
    case WB_ROLE_LAST_NAME: put (&mailbox->last_name, g_strdup (text)); break;
    case WB_ROLE_FULL_NAME: take_full_name (mailbox, text); break;
    case WB_ROLE_ADDRESS: take_address (mailbox, text); break;
    case WB_ROLE_NONE:
    case WB_N_ROLES: break;
    }
}

GPtrArray *
wb_table_make_rows (const WbTable *self, const WbRole *roles, gboolean header, const char *domain)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (mailbox_free);

  for (guint row = header ? 1 : 0; row < self->rows->len; row++)
    {
      WbDraftMailbox *mailbox = g_new0 (WbDraftMailbox, 1);
      gboolean any = FALSE;

      for (guint column = 0; column < self->columns; column++)
        {
          const char *text = wb_table_get (self, row, column);

          if (*text == '\0' || roles[column] == WB_ROLE_NONE)
            continue;
          take (mailbox, roles[column], text);
          any = TRUE;
        }
      if (mailbox->domain == NULL)
        mailbox->domain = g_strdup (domain);
      if (any)
        g_ptr_array_add (rows, mailbox);
      else
        mailbox_free (mailbox);
    }
  return rows;
}
