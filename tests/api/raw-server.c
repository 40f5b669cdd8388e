// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE /* POLLRDHUP, memmem, accept4 */

#include "raw-server.h"

#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define KEPT_BODY_BYTES (32 * 1024 * 1024)

typedef struct {
  char *head;
  GByteArray *body;
} Request;

struct _RawServer {
  RawStep *steps;
  guint n_steps;
  int fd;
  int stop[2]; /* a pipe: its end tells the accepting thread to go */
  guint16 port;
  GThread *thread;

  GMutex lock;
  GPtrArray *threads;
  GArray *fds;
  GPtrArray *requests;
  guint whole;
  guint ended;
  guint64 body_bytes;
};

typedef struct {
  RawServer *server;
  int fd;
  GByteArray *buffer; /* received and not yet used */
} Connection;

static void
request_free (Request *request)
{
  g_free (request->head);
  g_byte_array_unref (request->body);
  g_free (request);
}

static gboolean
receive (Connection *c)
{
  static const gsize step = 256 * 1024;
  guint had = c->buffer->len;
  gssize n;

  g_byte_array_set_size (c->buffer, had + step);
  n = recv (c->fd, c->buffer->data + had, step, 0);
  g_byte_array_set_size (c->buffer, had + MAX (n, 0));
  return n > 0;
}

/* The head without its blank line, NULL at the end of the connection. */
static char *
read_head (Connection *c)
{
  for (;;)
    {
      char *end = c->buffer->len > 0 ? memmem (c->buffer->data, c->buffer->len, "\r\n\r\n", 4) : NULL;

      if (end != NULL)
        {
          gsize length = end - (char *) c->buffer->data;
          char *head = g_strndup ((char *) c->buffer->data, length);

          g_byte_array_remove_range (c->buffer, 0, length + 4);
          return head;
        }
      if (!receive (c))
        return NULL;
    }
}

static guint64
content_length (const char *head)
{
  const char *at = strcasestr (head, "\r\nContent-Length:");

  return at != NULL ? strtoull (at + strlen ("\r\nContent-Length:"), NULL, 10) : 0;
}

static void
keep (Connection *c, Request *request, gsize length, gboolean forget)
{
  RawServer *self = c->server;

  g_mutex_lock (&self->lock);
  self->body_bytes += length;
  if (!forget && request->body->len + length <= KEPT_BODY_BYTES)
    g_byte_array_append (request->body, c->buffer->data, length);
  g_mutex_unlock (&self->lock);
  g_byte_array_remove_range (c->buffer, 0, length);
}

/* Reads so much of the body as the step says; the first bytes may have come with the head. */
static void
read_body (Connection *c, Request *request, guint64 length, const RawStep *step)
{
  guint64 limit = step->read_body;
  guint64 got = 0;

  while (got < MIN (length, limit))
    {
      gsize n = MIN (c->buffer->len, MIN (length, limit) - got);

      keep (c, request, n, step->forget);
      got += n;
      if (got < MIN (length, limit) && !receive (c))
        return;
    }
  if (got < length)
    return;
  g_mutex_lock (&c->server->lock);
  c->server->whole++;
  g_mutex_unlock (&c->server->lock);
}

static gboolean
send_all (int fd, const char *data, gsize length)
{
  while (length > 0)
    {
      gssize n = send (fd, data, length, MSG_NOSIGNAL);

      if (n <= 0)
        return FALSE;
      data += n;
      length -= n;
    }
  return TRUE;
}

static void
wait_for_hang_up (int fd)
{
  struct pollfd poll_fd = { fd, POLLRDHUP, 0 };

  while (poll (&poll_fd, 1, -1) < 0)
    ;
}

static void
answer (Connection *c, const RawStep *step)
{
  static const char blanks[4096] = { [0 ... 4095] = ' ' };
  struct pollfd poll_fd = { c->fd, POLLRDHUP, 0 };

  gsize length = step->answer_length;

  if (length == 0 && step->answer != NULL)
    length = strlen (step->answer);
  if (!send_all (c->fd, step->answer, length))
    return;
  for (guint64 left = step->flood_bytes; left > 0; left -= MIN (left, sizeof blanks))
    if (!send_all (c->fd, blanks, MIN (left, sizeof blanks)))
      return;
  /* A pause that the client's going ends. */
  while (step->trickle_ms > 0 && poll (&poll_fd, 1, step->trickle_ms) == 0)
    if (!send_all (c->fd, " ", 1))
      return;
}

static gboolean
serve_one (Connection *c)
{
  RawServer *self = c->server;
  char *head = read_head (c);
  const RawStep *step;
  Request *request;

  if (head == NULL)
    return FALSE;
  request = g_new0 (Request, 1);
  request->head = head;
  request->body = g_byte_array_new ();
  g_mutex_lock (&self->lock);
  step = &self->steps[MIN (self->requests->len, self->n_steps - 1)];
  g_ptr_array_add (self->requests, request);
  g_mutex_unlock (&self->lock);

  read_body (c, request, content_length (head), step);
  answer (c, step);
  if (step->end == RAW_HANG)
    wait_for_hang_up (c->fd);
  if (step->end == RAW_RESET)
    setsockopt (c->fd, SOL_SOCKET, SO_LINGER, &(struct linger){ 1, 0 }, sizeof (struct linger));
  return step->end == RAW_KEEP;
}

static gpointer
serve (gpointer data)
{
  Connection *c = data;
  RawServer *self = c->server;

  while (serve_one (c))
    ;
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->fds->len; i++)
    if (g_array_index (self->fds, int, i) == c->fd)
      g_array_remove_index (self->fds, i--);
  close (c->fd);
  self->ended++;
  g_mutex_unlock (&self->lock);
  g_byte_array_unref (c->buffer);
  g_free (c);
  return NULL;
}

static gpointer
accept_all (gpointer data)
{
  RawServer *self = data;

  for (;;)
    {
      struct pollfd fds[2] = { { self->fd, POLLIN, 0 }, { self->stop[0], POLLIN, 0 } };
      Connection *c;
      int fd;

      if (poll (fds, 2, -1) < 0)
        continue;
      if (fds[1].revents != 0)
        return NULL;
      fd = accept4 (self->fd, NULL, NULL, SOCK_CLOEXEC);
      if (fd < 0)
        continue;
      c = g_new0 (Connection, 1);
      c->server = self;
      c->fd = fd;
      c->buffer = g_byte_array_new ();
      g_mutex_lock (&self->lock);
      g_array_append_val (self->fds, fd);
      g_ptr_array_add (self->threads, g_thread_new ("raw", serve, c));
      g_mutex_unlock (&self->lock);
    }
}

RawServer *
raw_server_new (const RawStep *steps, guint n_steps)
{
  RawServer *self = g_new0 (RawServer, 1);
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;

  self->steps = g_memdup2 (steps, n_steps * sizeof *steps);
  self->n_steps = n_steps;
  g_mutex_init (&self->lock);
  self->threads = g_ptr_array_new ();
  self->fds = g_array_new (FALSE, FALSE, sizeof (int));
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) request_free);
  self->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (self->fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (self->fd, 16), ==, 0);
  g_assert_cmpint (getsockname (self->fd, (struct sockaddr *) &address, &length), ==, 0);
  self->port = ntohs (address.sin_port);
  g_assert_cmpint (pipe (self->stop), ==, 0);
  self->thread = g_thread_new ("raw-accept", accept_all, self);
  return self;
}

void
raw_server_free (RawServer *self)
{
  close (self->stop[1]);
  g_thread_join (self->thread);
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->fds->len; i++)
    shutdown (g_array_index (self->fds, int, i), SHUT_RDWR);
  g_mutex_unlock (&self->lock);
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (g_ptr_array_index (self->threads, i));
  close (self->fd);
  close (self->stop[0]);
  g_ptr_array_unref (self->threads);
  g_ptr_array_unref (self->requests);
  g_array_unref (self->fds);
  g_mutex_clear (&self->lock);
  g_free (self->steps);
  g_free (self);
}

char *
raw_server_dup_url (RawServer *self, const char *path)
{
  return g_strdup_printf ("http://127.0.0.1:%u%s", self->port, path);
}

guint
raw_server_get_connections (RawServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->threads->len;
}

guint
raw_server_get_requests (RawServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->requests->len;
}

guint
raw_server_get_whole (RawServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->whole;
}

guint64
raw_server_get_body_bytes (RawServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->body_bytes;
}

guint
raw_server_get_ended (RawServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->ended;
}

char *
raw_server_dup_head (RawServer *self, guint n)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_assert_cmpuint (n, <, self->requests->len);
  return g_strdup (((Request *) g_ptr_array_index (self->requests, n))->head);
}

GBytes *
raw_server_dup_body (RawServer *self, guint n)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Request *request;

  g_assert_cmpuint (n, <, self->requests->len);
  request = g_ptr_array_index (self->requests, n);
  return g_bytes_new (request->body->data, request->body->len);
}
