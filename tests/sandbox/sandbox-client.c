// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox-client.h"

Client *
client_new (const WbSandboxOptions *options)
{
  static const WbSandboxOptions usual = { .no_rate_limit = TRUE, .small = TRUE };
  Client *client = g_new0 (Client, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (Answer) users = NULL;
  JsonArray *list;

  client->sandbox = wb_sandbox_new (options ? options : &usual, &error);
  g_assert_no_error (error);
  client->session = soup_session_new_with_options ("timeout", 20, NULL);
  users = client_get (client, "/users/list");
  g_assert_cmpuint (users->status, ==, 200);
  list = json_object_get_array_member (
      json_object_get_object_member (json_node_get_object (users->json), "data"), "users");
  client->user_id
      = g_strdup (json_object_get_string_member (json_array_get_object_element (list, 0), "userId"));
  return client;
}

void
client_free (Client *client)
{
  g_object_unref (client->session);
  wb_sandbox_stop (client->sandbox);
  g_assert_finalize_object (client->sandbox);
  g_free (client->user_id);
  g_free (client);
}

SoupMessage *
client_message (Client *client, const char *method, const char *path)
{
  g_auto (GStrv) around = g_strsplit (path, "USER", -1);
  g_autofree char *with_user = g_strjoinv (client->user_id ? client->user_id : "", around);
  g_autofree char *address
      = g_strconcat (wb_sandbox_get_base_url (client->sandbox), with_user, NULL);
  SoupMessage *msg = soup_message_new (method, address);

  soup_message_headers_replace (soup_message_get_request_headers (msg), "cmr-x-api-key",
                                wb_sandbox_get_key (client->sandbox));
  soup_message_add_flags (msg, SOUP_MESSAGE_NEW_CONNECTION | SOUP_MESSAGE_NO_REDIRECT);
  return msg;
}

Answer *
client_send (Client *client, SoupMessage *msg)
{
  Answer *answer = g_new0 (Answer, 1);
  SoupMessageHeaders *headers = soup_message_get_response_headers (msg);

  answer->bytes = soup_session_send_and_read (client->session, msg, NULL, &answer->error);
  if (answer->bytes != NULL)
    {
      g_autofree char *text = g_strndup (g_bytes_get_data (answer->bytes, NULL),
                                         g_bytes_get_size (answer->bytes));

      answer->json = json_from_string (text, NULL);
      answer->status = soup_message_get_status (msg);
      answer->date = g_strdup (soup_message_headers_get_one (headers, "Date"));
      answer->retry_after = g_strdup (soup_message_headers_get_one (headers, "Retry-After"));
    }
  g_object_unref (msg);
  return answer;
}

Answer *
client_get (Client *client, const char *path)
{
  return client_send (client, client_message (client, "GET", path));
}

Answer *
client_post (Client *client, const char *path, const char *json)
{
  SoupMessage *msg = client_message (client, "POST", path);
  g_autoptr (GBytes) body = g_bytes_new (json, strlen (json));

  soup_message_set_request_body_from_bytes (msg, "application/json", body);
  return client_send (client, msg);
}

/* One domain, one mailbox "ann", with a picture when @part_name is not NULL. */
Answer *
client_order (Client *client, const char *domain, const char *confirm, const char *part_name,
              const char *picture, gsize length)
{
  g_autofree char *domains = g_strdup_printf ("[{\"domain\":\"%s\",\"years\":1}]", domain);
  g_autofree char *mailboxes = g_strdup_printf (
      "{\"%s\":[{\"username\":\"ann\",\"firstName\":\"Ann\",\"lastName\":\"Lee\"}]}", domain);
  g_autoptr (SoupMultipart) form = soup_multipart_new ("multipart/form-data");
  SoupMessage *msg = client_message (client, "POST", "/orders?userId=USER");
  SoupMessageHeaders *headers = soup_message_get_request_headers (msg);
  g_autoptr (GBytes) body = NULL;

  soup_multipart_append_form_string (form, "domains", domains);
  soup_multipart_append_form_string (form, "mailboxes", mailboxes);
  soup_multipart_append_form_string (form, "billingCycle", "MONTHLY");
  soup_multipart_append_form_string (form, "confirm", confirm);
  if (part_name != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (picture, length);

      soup_multipart_append_form_file (form, part_name, "ann.jpg", "image/jpeg", bytes);
    }
  soup_multipart_to_message (form, headers, &body);
  soup_message_set_request_body_from_bytes (msg, NULL, body);
  return client_send (client, msg);
}

/* A text member of `data`, NULL when there is none. */
const char *
answer_text (Answer *answer, const char *member)
{
  JsonObject *root = answer->json != NULL && JSON_NODE_HOLDS_OBJECT (answer->json)
                         ? json_node_get_object (answer->json)
                         : NULL;
  JsonNode *data = root != NULL ? json_object_get_member (root, "data") : NULL;

  return data != NULL && JSON_NODE_HOLDS_OBJECT (data)
             ? json_object_get_string_member_with_default (json_node_get_object (data), member, NULL)
             : NULL;
}

void
answer_free (Answer *answer)
{
  g_clear_pointer (&answer->json, json_node_unref);
  g_clear_pointer (&answer->bytes, g_bytes_unref);
  g_clear_error (&answer->error);
  g_free (answer->date);
  g_free (answer->retry_after);
  g_free (answer);
}
