// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-profile-private.h"

/* What was learned of the service, and what a person has chosen for a profile: in its journal, and in memory. */

const char *
wb_profile_get_fact (WbProfile *self, const char *name)
{
  /* A window that goes after its profile asks once more. */
  return self->opened != NULL ? g_hash_table_lookup (self->opened->facts, name) : NULL;
}

static gpointer
fact_job (sqlite3 *db, gpointer data, GError **error)
{
  char **pair = data;

  wb_db_run (db, error, "INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", "ss", pair[0], pair[1]);
  return NULL;
}

void
wb_profile_set_fact (WbProfile *self, const char *name, const char *value)
{
  char **pair;

  if (self->opened == NULL)
    return;
  pair = g_new0 (char *, 3);
  pair[0] = g_strdup (name);
  pair[1] = g_strdup (value);
  g_hash_table_insert (self->opened->facts, g_strdup (name), g_strdup (value));
  wb_database_push (self->opened->journal, fact_job, pair, (GDestroyNotify) g_strfreev);
}
