// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-sandbox-private.h"

#include <string.h>

/* A web page can make a browser talk to the loopback, by its own name (DNS rebinding) or across origins:
 * neither gets in. Nor does any name: only the literal that is listened on. 0 when the request may pass. */
guint
wb_sb_gate (SoupServerMessage *msg, guint16 port, const char **message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (msg);
  g_autofree char *wanted = g_strdup_printf ("127.0.0.1:%u", port);
  gboolean known = g_strcmp0 (soup_message_headers_get_one (headers, "Host"), wanted) == 0;

  *message = known ? "Requests from web pages are refused" : "Unknown host";
  return known && soup_message_headers_get_list (headers, "Origin") == NULL
                 && soup_message_headers_get_list (headers, "Sec-Fetch-Site") == NULL
             ? 0
             : 403;
}

/* The time it takes says nothing about how much of the key is right. */
gboolean
wb_sb_gate_key (SoupServerMessage *msg, const char *key)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (msg);
  /* It stands in for the service and for the vendor's own sandbox, which has a header of its own. */
  const char *live = soup_message_headers_get_one (headers, "cmr-x-api-key");
  const char *given = live != NULL ? live : soup_message_headers_get_one (headers, "cmr-x-sandbox-api-key");
  gsize length = strlen (key);
  gsize given_length = given != NULL ? strlen (given) : 0;
  volatile guint8 different = given_length != length;

  for (gsize i = 0; i < length && given_length > 0; i++)
    different |= (guint8) (key[i] ^ given[i % given_length]);
  return given_length > 0 && different == 0;
}

/* Five in any second. Under the lock. */
gboolean
wb_sb_gate_rate (WbSandbox *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 *oldest = &self->recent_us[self->recent];

  if (self->no_rate_limit)
    return TRUE;
  if (*oldest != 0 && now - *oldest < G_USEC_PER_SEC)
    return FALSE;
  *oldest = now;
  self->recent = (self->recent + 1) % G_N_ELEMENTS (self->recent_us);
  return TRUE;
}
