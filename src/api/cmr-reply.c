// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmr-reply-private.h"

/* What is asked for beyond that is not waited for. */
#define RETRY_AFTER_MAX_MS (60 * 60 * 1000)

/* Microseconds since 1970, 0 if there is no such date. */
static gint64
parse_date (const char *text)
{
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? g_date_time_to_unix (date) * G_USEC_PER_SEC : 0;
}

/* Seconds, or a date by the server's own clock. */
static guint
parse_retry_after (const char *text, gint64 server_time)
{
  guint64 seconds;
  gint64 date;

  if (text == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (text, 10, 0, RETRY_AFTER_MAX_MS / 1000, &seconds, NULL))
    return seconds * 1000;
  date = parse_date (text);
  if (date == 0)
    return 0;
  if (server_time == 0)
    server_time = g_get_real_time ();
  return CLAMP ((date - server_time) / 1000, 0, RETRY_AFTER_MAX_MS);
}

void
cmr_reply_read_headers (CmrReply *self, SoupMessage *msg)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (msg);

  self->status = soup_message_get_status (msg);
  self->server_time = parse_date (soup_message_headers_get_one (headers, "Date"));
  self->retry_after_ms = parse_retry_after (soup_message_headers_get_one (headers, "Retry-After"),
                                            self->server_time);
  if (SOUP_STATUS_IS_REDIRECTION (self->status))
    {
      g_free (self->location);
      self->location = g_strdup (soup_message_headers_get_one (headers, "Location"));
    }
}

gboolean
cmr_reply_looks_cut (const CmrReply *self)
{
  gsize length = 0;
  const char *data = self->body != NULL ? g_bytes_get_data (self->body, &length) : NULL;

  while (length > 0 && g_ascii_isspace (data[length - 1]))
    length--;
  while (length > 0 && g_ascii_isspace (data[0]))
    data++, length--;
  if (length == 0 || (data[0] != '{' && data[0] != '['))
    return FALSE;
  return length == 1 || data[length - 1] != (data[0] == '{' ? '}' : ']');
}

void
cmr_reply_free (CmrReply *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->location, g_free);
  g_clear_error (&self->failure);
  g_free (self);
}
