// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-fault.h"

#ifdef WB_FAULT_POINTS

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>

static void
list_point (const char *file, const char *name)
{
  g_autofree char *line = g_strdup_printf ("%s\n", name);
  int fd = open (file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

  if (fd < 0)
    return;
  if (write (fd, line, strlen (line)) < 0)
    g_debug ("fault point %s not listed", name);
  close (fd);
}

void
wb_fault_point (const char *name)
{
  static gint passed;
  const char *file = g_getenv ("WAYBILL_LIST_POINTS");
  const char *at = g_getenv ("WAYBILL_KILL_AT");
  /* Names have colons too: only one before a number counts. */
  const char *colon = at != NULL ? strrchr (at, ':') : NULL;
  gsize length;

  if (colon != NULL && !g_ascii_isdigit (colon[1]))
    colon = NULL;
  length = colon != NULL ? (gsize) (colon - at) : at != NULL ? strlen (at) : 0;

  if (file != NULL)
    list_point (file, name);
  if (at == NULL || strlen (name) != length || strncmp (at, name, length) != 0)
    return;
  if (g_atomic_int_add (&passed, 1) + 1 == (colon != NULL ? atoi (colon + 1) : 1))
    kill (getpid (), SIGKILL);
}

#endif
