// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-sandbox-private.h"

#include <string.h>

#define GARBAGE "<!DOCTYPE html><html><head><title>502</title></head><body>Bad gateway</body></html>"
#define SHAPE "{\"status\":200,\"message\":\"ok\",\"data\":[[]]}"
#define JSON_TYPE "application/json; charset=utf-8"

/* json-glib writes 7284.6 as 7284.6000000000004, which is the same double and no sum of money. */
static void
append_number (GString *out, const char *digits, gsize length)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (length > 15 && memchr (digits, '.', length) != NULL)
    g_string_append (out, g_ascii_formatd (text, sizeof text, "%.15g", g_ascii_strtod (digits, NULL)));
  else
    g_string_append_len (out, digits, (gssize) length);
}

static char *
to_text (JsonObject *answer)
{
  g_autoptr (JsonNode) node = wb_sb_node (json_object_ref (answer));
  g_autofree char *text = json_to_string (node, FALSE);
  GString *out = g_string_sized_new (strlen (text));
  gboolean quoted = FALSE;

  for (const char *c = text; *c != '\0';)
    {
      gsize digits = quoted ? 0 : strspn (c, "-+.0123456789eE");
      gsize length = digits > 0 && (*c == '-' || g_ascii_isdigit (*c)) ? digits
                     : quoted && *c == '\\'                         ? 2
                                                                     : 1;

      quoted ^= *c == '"';
      if (length == digits)
        append_number (out, c, length);
      else
        g_string_append_len (out, c, (gssize) length);
      c += length;
    }
  return g_string_free (out, FALSE);
}

static void
set_headers (WbSandbox *self, SoupServerMessage *msg, guint status)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (msg);
  g_autofree char *date = wb_sb_date_header (&self->clock);

  soup_message_headers_replace (headers, "Date", date);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  if (status == 429)
    soup_message_headers_replace (headers, "Retry-After", "1");
  if (status >= 300 && status < 400)
    soup_message_headers_replace (headers, "Location", "http://127.0.0.1:9/elsewhere");
}

static void
say_text (WbSandbox *self, SoupServerMessage *msg, guint status, const char *type, const char *text)
{
  set_headers (self, msg, status);
  soup_server_message_set_status (msg, status, NULL);
  soup_server_message_set_response (msg, type, SOUP_MEMORY_COPY, text, strlen (text));
}

/* An ordinary answer. Under the lock, as all here. */
void
wb_sb_say (WbSandbox *self, SoupServerMessage *msg, guint status, JsonObject *answer)
{
  g_autofree char *text = to_text (answer);

  say_text (self, msg, status, JSON_TYPE, text);
}

static void
say_status (WbSandbox *self, SoupServerMessage *msg, guint status)
{
  g_autoptr (WbSbReply) reply = wb_sb_refuse (status, "%s", soup_status_get_phrase (status));

  wb_sb_say (self, msg, status, reply->body);
}

/* The socket is shut, nothing else: libsoup finds out by itself and tidies up. */
void
wb_sb_close (SoupServerMessage *msg)
{
  GSocket *socket = soup_server_message_get_socket (msg);

  if (socket != NULL)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

static void
send_raw (SoupServerMessage *msg, const char *bytes, gsize length)
{
  GSocket *socket = soup_server_message_get_socket (msg);

  while (socket != NULL && length > 0)
    {
      gssize sent = g_socket_send_with_blocking (socket, bytes, length, TRUE, NULL, NULL);

      if (sent <= 0)
        break;
      bytes += sent;
      length -= (gsize) sent;
    }
  wb_sb_close (msg);
}

/* Half of what would have been said, after a header that promises all of it or promises nothing. */
static void
send_half (WbSandbox *self, SoupServerMessage *msg, guint status, JsonObject *answer, gboolean chunked)
{
  g_autofree char *text = to_text (answer);
  g_autofree char *date = wb_sb_date_header (&self->clock);
  gsize length = strlen (text);
  g_autoptr (GString) raw = g_string_new (NULL);

  g_string_append_printf (raw, "HTTP/1.1 %u %s\r\nContent-Type: " JSON_TYPE "\r\nDate: %s\r\n", status,
                          soup_status_get_phrase (status), date);
  if (chunked)
    g_string_append_printf (raw, "Transfer-Encoding: chunked\r\n\r\n%" G_GSIZE_MODIFIER "x\r\n",
                            length / 2);
  else
    g_string_append_printf (raw, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", length);
  g_string_append_len (raw, text, (gssize) (length / 2));
  if (chunked)
    g_string_append (raw, "\r\n");
  send_raw (msg, raw->str, raw->len);
}

/* While the body is still coming: its sender sees a broken pipe, and an answer if it looks. */
void
wb_sb_answer_early (WbSbExchange *exchange, SoupServerMessage *msg)
{
  guint status = (guint) exchange->value;
  g_autoptr (WbSbReply) reply = wb_sb_refuse (status, "%s", soup_status_get_phrase (status));
  g_autofree char *text = to_text (reply->body);
  g_autofree char *date = wb_sb_date_header (&exchange->self->clock);
  g_autofree char *raw = g_strdup_printf ("HTTP/1.1 %u %s\r\nContent-Type: " JSON_TYPE "\r\nDate: %s\r\n"
                                          "%sConnection: close\r\nContent-Length: %" G_GSIZE_FORMAT
                                          "\r\n\r\n%s",
                                          status, soup_status_get_phrase (status), date,
                                          status == 429 ? "Retry-After: 1\r\n" : "", strlen (text), text);

  exchange->over = TRUE;
  send_raw (msg, raw, strlen (raw));
}

/* What becomes of @answer on the way out. */
void
wb_sb_answer (WbSbExchange *exchange, SoupServerMessage *msg, guint status, JsonObject *answer)
{
  WbSandbox *self = exchange->self;

  switch (exchange->fault)
    {
    case WB_FAULT_DROP_BEFORE:
    case WB_FAULT_DROP_AFTER:
      wb_sb_close (msg);
      break;
    case WB_FAULT_STATUS:
    case WB_FAULT_STATUS_AFTER:
      say_status (self, msg, (guint) exchange->value);
      break;
    case WB_FAULT_PROCESS_NOT_FOUND:
      say_status (self, msg, 404);
      break;
    case WB_FAULT_FORM_GONE:
      say_status (self, msg, 410);
      break;
    case WB_FAULT_CUT:
    case WB_FAULT_CUT_CHUNKED:
      send_half (self, msg, status, answer, exchange->fault == WB_FAULT_CUT_CHUNKED);
      break;
    case WB_FAULT_GARBAGE:
      say_text (self, msg, 200, "text/html; charset=utf-8", GARBAGE);
      break;
    case WB_FAULT_SHAPE:
      say_text (self, msg, 200, JSON_TYPE, SHAPE);
      break;
    default:
      wb_sb_say (self, msg, status, answer);
      break;
    }
}
