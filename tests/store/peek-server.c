// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE /* strcasestr */

#include "peek-server.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct _PeekServer {
  GMutex mutex;
  GCond cond; /* cut or over */
  GThread *thread;
  char *journal, *answer, *seen;
  PeekMode mode;
  int fd, port;
  guint requests, whole; /* under the mutex */
  gboolean cut, over;
};

static gboolean
flag (PeekServer *self, gboolean *place)
{
  gboolean set;

  g_mutex_lock (&self->mutex);
  set = *place;
  g_mutex_unlock (&self->mutex);
  return set;
}

static void
wait_for_end (PeekServer *self)
{
  g_mutex_lock (&self->mutex);
  while (!self->cut && !self->over)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static char *
read_states (const char *path)
{
  GString *states = g_string_new (NULL);
  sqlite3 *db = NULL;
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK
      && sqlite3_prepare_v2 (db, "SELECT state FROM operations ORDER BY created", -1, &stmt, NULL) == SQLITE_OK)
    while (sqlite3_step (stmt) == SQLITE_ROW)
      g_string_append_printf (states, "%s%s", states->len > 0 ? " " : "", sqlite3_column_text (stmt, 0));
  sqlite3_finalize (stmt);
  sqlite3_close (db);
  return g_string_free (states, FALSE);
}

/* The first byte is in the socket and not read yet. */
static void
look (PeekServer *self)
{
  g_mutex_lock (&self->mutex);
  g_free (self->seen);
  self->seen = self->journal != NULL ? read_states (self->journal) : g_strdup ("");
  self->requests++;
  g_mutex_unlock (&self->mutex);
}

static gboolean
is_readable (PeekServer *self, int fd)
{
  struct pollfd poll_fd = { fd, POLLIN, 0 };

  while (!flag (self, &self->over) && !flag (self, &self->cut))
    if (poll (&poll_fd, 1, 20) > 0)
      return TRUE;
  return FALSE;
}

static gboolean
read_head (PeekServer *self, int fd, GString *text)
{
  char block[4096];

  while (strstr (text->str, "\r\n\r\n") == NULL)
    {
      ssize_t n = is_readable (self, fd) ? recv (fd, block, sizeof block, 0) : 0;

      if (n <= 0)
        return FALSE;
      g_string_append_len (text, block, n);
    }
  return TRUE;
}

static gboolean
read_body (PeekServer *self, int fd, GString *text)
{
  const char *length = strcasestr (text->str, "\r\nContent-Length:");
  gsize left = length != NULL ? strtoul (length + 17, NULL, 10) : 0;
  gsize got = text->len - (strstr (text->str, "\r\n\r\n") + 4 - text->str);
  char block[65536];

  left -= MIN (left, got);
  while (left > 0)
    {
      ssize_t n = is_readable (self, fd) ? recv (fd, block, sizeof block, 0) : 0;

      if (n <= 0)
        return FALSE;
      left -= MIN (left, (gsize) n);
    }
  return TRUE;
}

static void
serve (PeekServer *self, int fd)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (!is_readable (self, fd))
    return;
  look (self);
  if (!read_head (self, fd, text))
    return;
  if (self->mode == PEEK_STALL)
    {
      wait_for_end (self);
      return;
    }
  if (!read_body (self, fd, text))
    return;
  g_mutex_lock (&self->mutex);
  self->whole++;
  g_mutex_unlock (&self->mutex);
  if (self->mode == PEEK_SILENT)
    wait_for_end (self);
  if (self->mode == PEEK_ANSWER)
    (void) !send (fd, self->answer, strlen (self->answer), MSG_NOSIGNAL);
}

static gpointer
run (gpointer data)
{
  PeekServer *self = data;
  struct pollfd poll_fd = { self->fd, POLLIN, 0 };

  while (!flag (self, &self->over))
    {
      int fd = poll (&poll_fd, 1, 20) > 0 ? accept (self->fd, NULL, NULL) : -1;

      if (fd < 0)
        continue;
      serve (self, fd);
      close (fd);
    }
  return NULL;
}

PeekServer *
peek_server_new (const char *journal, PeekMode mode, const char *answer)
{
  PeekServer *self = g_new0 (PeekServer, 1);
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->journal = g_strdup (journal);
  self->mode = mode;
  self->answer = g_strdup (answer != NULL ? answer : "");
  self->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (self->fd, (struct sockaddr *) &address, length), ==, 0);
  g_assert_cmpint (listen (self->fd, 8), ==, 0);
  getsockname (self->fd, (struct sockaddr *) &address, &length);
  self->port = ntohs (address.sin_port);
  self->thread = g_thread_new ("peek", run, self);
  return self;
}

void
peek_server_free (PeekServer *self)
{
  g_mutex_lock (&self->mutex);
  self->over = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  close (self->fd);
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->mutex);
  g_free (self->journal);
  g_free (self->answer);
  g_free (self->seen);
  g_free (self);
}

char *
peek_server_dup_url (PeekServer *self)
{
  return g_strdup_printf ("http://127.0.0.1:%d/api", self->port);
}

void
peek_server_set_journal (PeekServer *self, const char *journal)
{
  g_mutex_lock (&self->mutex);
  g_free (self->journal);
  self->journal = g_strdup (journal);
  g_mutex_unlock (&self->mutex);
}

void
peek_server_cut (PeekServer *self)
{
  g_mutex_lock (&self->mutex);
  self->cut = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

guint
peek_server_get_requests (PeekServer *self)
{
  return (guint) flag (self, (gboolean *) &self->requests);
}

guint
peek_server_get_whole (PeekServer *self)
{
  return (guint) flag (self, (gboolean *) &self->whole);
}

char *
peek_server_dup_seen (PeekServer *self)
{
  char *seen;

  g_mutex_lock (&self->mutex);
  seen = g_strdup (self->seen != NULL ? self->seen : "");
  g_mutex_unlock (&self->mutex);
  return seen;
}
