// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-fill-plan.h"

#include <string.h>

#include "wb-names.h"

/* What one domain has before it is filled. */
typedef struct {
  GHashTable *users;  /* user names taken */
  GHashTable *people; /* folded name → row + 1 */
  GArray *empty;      /* of int: rows with nothing but their domain */
  guint next_empty;
  int end;            /* after its last row */
} Place;

static void
place_clear (Place *place)
{
  g_hash_table_unref (place->users);
  g_hash_table_unref (place->people);
  g_array_unref (place->empty);
}

static gboolean
is_blank (const WbDraftMailbox *mailbox)
{
  return *mailbox->user_name == '\0' && *mailbox->first_name == '\0' && *mailbox->last_name == '\0';
}

static void
place_init (Place *place, WbDraft *draft, const char *domain)
{
  guint n = wb_draft_get_n_mailboxes (draft);

  place->users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  place->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  place->empty = g_array_new (FALSE, FALSE, sizeof (int));
  place->next_empty = 0;
  place->end = n;
  for (int row = 0; row < (int) n; row++)
    {
      const WbDraftMailbox *mailbox = wb_draft_get_mailbox (draft, row);
      gboolean blank = is_blank (mailbox);

      if (blank && *mailbox->domain == '\0')
        g_array_append_val (place->empty, row);
      if (!g_str_equal (mailbox->domain, domain))
        continue;
      place->end = row + 1;
      if (blank)
        g_array_append_val (place->empty, row);
      g_hash_table_add (place->users, g_strdup (mailbox->user_name));
      if (*mailbox->first_name != '\0' || *mailbox->last_name != '\0')
        g_hash_table_insert (place->people, wb_draft_dup_person (draft, row), GINT_TO_POINTER (row + 1));
    }
}

static void
fill_row_free (gpointer data)
{
  WbFillRow *row = data;

  g_free (row->mailbox.domain);
  g_free (row->mailbox.user_name);
  g_free (row->mailbox.first_name);
  g_free (row->mailbox.last_name);
  g_free (row);
}

static char *
free_user_name (Place *place, const char *pattern, const char *first, const char *last, guint number)
{
  g_autofree char *base = wb_name_pattern (pattern, first, last, number);
  char *name = g_strdup (base);

  for (guint i = 2; *base != '\0' && g_hash_table_contains (place->users, name); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s%u", base, i);
    }
  if (*name != '\0')
    g_hash_table_add (place->users, g_strdup (name));
  return name;
}

static int
take_empty (Place *place)
{
  return place->next_empty < place->empty->len ? g_array_index (place->empty, int, place->next_empty++) : -1;
}

static void
plan_person (WbFillPlan *self, WbDraft *draft, Place *place, const char *domain, const char *pattern, char **person,
             guint number)
{
  g_autofree char *full = g_strdup_printf ("%s %s", person[0], person[1]);
  g_autofree char *key = wb_name_fold (full);
  int there = GPOINTER_TO_INT (g_hash_table_lookup (place->people, key)) - 1;
  const WbDraftMailbox *present = there >= 0 ? wb_draft_get_mailbox (draft, there) : NULL;
  WbFillRow *row;

  if (present != NULL && *present->user_name != '\0')
    {
      self->there++;
      return;
    }
  row = g_new0 (WbFillRow, 1);
  row->row = there >= 0 ? there : take_empty (place);
  row->at = place->end;
  row->mailbox.domain = g_strdup (domain);
  row->mailbox.user_name = free_user_name (place, pattern, person[0], person[1], number);
  row->mailbox.first_name = g_strdup (person[0]);
  row->mailbox.last_name = g_strdup (person[1]);
  self->nameless += *row->mailbox.user_name == '\0';
  g_ptr_array_add (self->rows, row);
}

static GPtrArray *
read_people (const char *text)
{
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) lines = g_strsplit_set (text, "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *first, *last;
      char **person;
      g_autofree char *folded = wb_name_fold (lines[i]);

      if (g_hash_table_contains (seen, folded) || !wb_name_split (lines[i], &first, &last))
        continue;
      g_hash_table_add (seen, g_steal_pointer (&folded));
      person = g_new0 (char *, 3);
      person[0] = first;
      person[1] = last;
      g_ptr_array_add (people, person);
    }
  return people;
}

WbFillPlan *
wb_fill_plan_new (WbDraft *draft, const char *people, const char *pattern, const char *const *domains)
{
  WbFillPlan *self = g_new0 (WbFillPlan, 1);
  g_autoptr (GPtrArray) persons = read_people (people);
  g_autoptr (GHashTable) used = g_hash_table_new (NULL, NULL);

  self->rows = g_ptr_array_new_with_free_func (fill_row_free);
  self->people = persons->len;
  for (guint i = 0; domains[i] != NULL; i++)
    {
      Place place;

      place_init (&place, draft, domains[i]);
      /* Rows that lack even a domain serve the first that takes them. */
      for (guint k = place.empty->len; k > 0; k--)
        if (g_hash_table_contains (used, GINT_TO_POINTER (g_array_index (place.empty, int, k - 1))))
          g_array_remove_index (place.empty, k - 1);
      for (guint p = 0; p < persons->len; p++)
        plan_person (self, draft, &place, domains[i], pattern, persons->pdata[p], p + 1);
      for (guint k = 0; k < place.next_empty; k++)
        g_hash_table_add (used, GINT_TO_POINTER (g_array_index (place.empty, int, k)));
      place_clear (&place);
    }
  return self;
}

void
wb_fill_plan_free (WbFillPlan *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static void
set_row (WbDraft *draft, const WbFillRow *row)
{
  wb_draft_set_cell (draft, row->row, WB_CELL_DOMAIN, row->mailbox.domain);
  wb_draft_set_cell (draft, row->row, WB_CELL_USER_NAME, row->mailbox.user_name);
  wb_draft_set_cell (draft, row->row, WB_CELL_FIRST_NAME, row->mailbox.first_name);
  wb_draft_set_cell (draft, row->row, WB_CELL_LAST_NAME, row->mailbox.last_name);
}

/* The farthest first, so that the places before it stay true; of one place the last first. */
static int
by_place (gconstpointer a, gconstpointer b)
{
  const WbFillRow *one = *(WbFillRow *const *) a, *two = *(WbFillRow *const *) b;

  return two->at - one->at;
}

void
wb_fill_plan_apply (WbFillPlan *self, WbDraft *draft)
{
  g_autoptr (GPtrArray) fresh = g_ptr_array_new ();

  wb_draft_begin (draft, "fill-names", NULL);
  for (guint i = self->rows->len; i > 0; i--)
    {
      WbFillRow *row = self->rows->pdata[i - 1];

      if (row->row >= 0)
        set_row (draft, row);
      else
        g_ptr_array_add (fresh, row);
    }
  /* GLib sorts arrays of pointers stably. */
  g_ptr_array_sort (fresh, by_place);
  for (guint i = 0; i < fresh->len; i++)
    {
      const WbFillRow *row = fresh->pdata[i];

      wb_draft_insert_mailboxes (draft, row->at, &row->mailbox, 1);
    }
  wb_draft_end (draft);
}

char *
wb_fill_dup_people (WbDraft *draft)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GString *text = g_string_new (NULL);

  for (guint row = 0; row < wb_draft_get_n_mailboxes (draft); row++)
    {
      const WbDraftMailbox *mailbox = wb_draft_get_mailbox (draft, row);
      char *person = wb_draft_dup_person (draft, row);

      if (*person == '\0' || !g_hash_table_add (seen, person))
        {
          if (*person == '\0')
            g_free (person);
          continue;
        }
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", mailbox->first_name);
      if (*mailbox->last_name != '\0')
        g_string_append_printf (text, "%s%s", *mailbox->first_name != '\0' ? " " : "", mailbox->last_name);
    }
  return g_string_free (text, FALSE);
}
