// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cmr-origin-private.h"

#include <libsoup/soup.h>
#include <string.h>

#include "cmr-error.h"

static gboolean
invalid (GError **error, const char *what)
{
  g_set_error_literal (error, CMR_ERROR, CMR_ERROR_INVALID, what);
  return FALSE;
}

/* Literal: a name could be resolved to anywhere. */
static gboolean
is_loopback (const char *host)
{
  return g_str_equal (host, "127.0.0.1") || g_str_equal (host, "::1");
}

static gboolean
check_base (GUri *uri, gboolean loopback, GError **error)
{
  const char *scheme = g_uri_get_scheme (uri);
  const char *host = g_uri_get_host (uri);

  if (host == NULL || host[0] == '\0')
    return invalid (error, "The address has no host");
  if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return invalid (error, "The address has more than host and path");
  if (g_str_equal (scheme, "https"))
    return TRUE;
  if (!g_str_equal (scheme, "http"))
    return invalid (error, "The address is not https");
  return (loopback && is_loopback (host)) || invalid (error, "Plain http is for the sandbox on this computer only");
}

GUri *
cmr_origin_parse_base (const char *base_url, gboolean loopback, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (base_url, SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *path = NULL;

  if (uri == NULL)
    {
      invalid (error, "The address cannot be read");
      return NULL;
    }
  if (!check_base (uri, loopback, error))
    return NULL;
  path = g_strdup (g_uri_get_path (uri));
  for (gsize length = strlen (path); length > 0 && path[length - 1] == '/'; length--)
    path[length - 1] = '\0';
  return g_uri_build (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri), g_uri_get_port (uri),
                      path, NULL, NULL);
}

char *
cmr_origin_dup (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  g_autofree char *lower = g_ascii_strdown (host != NULL ? host : "", -1);
  gboolean brackets = strchr (lower, ':') != NULL;
  int port = g_uri_get_port (uri);

  if (port == -1)
    port = g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;
  return g_strdup_printf ("%s://%s%s%s:%d", g_uri_get_scheme (uri), brackets ? "[" : "", lower, brackets ? "]" : "",
                          port);
}

gboolean
cmr_origin_check_header (const char *header, GError **error)
{
  static const char *const taken[] = { "host",       "connection",        "content-length", "content-type",
                                       "user-agent", "transfer-encoding", "accept",         "cookie",
                                       "expect",     "accept-encoding",   NULL };

  if (header == NULL)
    return TRUE;
  if (header[0] == '\0')
    return invalid (error, "The header has no name");
  for (const char *at = header; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && strchr ("-_", *at) == NULL)
      return invalid (error, "The header's name has characters that no header has");
  for (guint i = 0; taken[i] != NULL; i++)
    if (g_ascii_strcasecmp (header, taken[i]) == 0)
      return invalid (error, "The header's name has another meaning");
  return TRUE;
}

/* Letters in one case, percent codes resolved, no slash at either end: what a lax server may take for
 * the same path. */
static char *
normal_path (const char *path)
{
  g_autofree char *plain = g_uri_unescape_string (path, NULL);
  g_auto (GStrv) steps = g_strsplit (plain != NULL ? plain : path, "/", -1);
  GString *normal = g_string_new (NULL);
  g_autofree char *joined = NULL;

  for (guint i = 0; steps[i] != NULL; i++)
    if (steps[i][0] != '\0')
      g_string_append_printf (normal, "/%s", steps[i]);
  joined = g_string_free (normal, FALSE);
  return g_ascii_strdown (joined, -1);
}

static gboolean
is_dangerous (const CmrEndpoint *endpoint)
{
  return endpoint->paid != CMR_PAID_NEVER || (endpoint->flags & CMR_ENDPOINT_DESTRUCTIVE);
}

static gboolean
check_shape (const char *path, GError **error)
{
  g_autofree char *plain = g_uri_unescape_string (path, NULL);

  if (plain == NULL || plain[0] == '\0' || g_str_equal (plain, "/"))
    return invalid (error, "The path is empty or wrongly encoded");
  for (const char *at = path; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && strchr ("-._~/%", *at) == NULL)
      return invalid (error, "The path has characters that do not belong in one");
  if (strstr (path, "//") != NULL || strstr (plain, "..") != NULL || strpbrk (plain, ":?#@\\") != NULL
      || strstr (plain, "//") != NULL || strstr (plain, "/./") != NULL)
    return invalid (error, "The path could lead to another place");
  return TRUE;
}

/* Its own path is allowed: that is no override at all. */
gboolean
cmr_origin_check_override (CmrOp op, const char *path, GError **error)
{
  g_autofree char *normal = NULL;

  if (!check_shape (path, error))
    return FALSE;
  normal = normal_path (path);
  for (guint i = 0; i < CMR_N_OPS; i++)
    {
      const CmrEndpoint *endpoint = cmr_endpoint_get (i);
      g_autofree char *other = normal_path (endpoint->path);

      if (i != op && is_dangerous (endpoint) && g_str_equal (normal, other)
          && !g_str_equal (path, cmr_endpoint_get (op)->path))
        return invalid (error, "The path belongs to an operation that charges or cannot be undone");
    }
  return TRUE;
}
