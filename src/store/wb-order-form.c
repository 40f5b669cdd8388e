// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include <string.h>

#include <json-glib/json-glib.h>

#include "wb-order-private.h"

/* A draft frozen into one request (openapi.yaml: create_order_multipart, create_order_json). */

gboolean
wb_order_form_is_multipart (WbDraft *draft)
{
  for (guint i = 0; i < wb_draft_get_n_domains (draft); i++)
    if (wb_draft_get_domain (draft, i)->mask && *wb_draft_get_domain (draft, i)->forward_to != '\0')
      return TRUE;
  for (guint row = 0; row < wb_draft_get_n_mailboxes (draft); row++)
    {
      const WbPlacement *placement = wb_draft_get_placement (draft, row);
      const WbDraftFile *file = placement != NULL ? wb_draft_get_file (draft, placement->file) : NULL;

      if (file != NULL && !file->refused)
        return TRUE;
    }
  return FALSE;
}

static char *
to_text (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
build_domains (JsonBuilder *builder, WbDraft *draft, gboolean form)
{
  json_builder_begin_array (builder);
  for (guint i = 0; i < wb_draft_get_n_domains (draft); i++)
    {
      const WbDraftDomain *domain = wb_draft_get_domain (draft, i);

      json_builder_begin_object (builder);
      add_text (builder, "domain", domain->name);
      json_builder_set_member_name (builder, "years");
      json_builder_add_int_value (builder, domain->years);
      if (*domain->forward_to != '\0')
        add_text (builder, "forwardTo", domain->forward_to);
      if (form && *domain->forward_to != '\0')
        {
          json_builder_set_member_name (builder, "maskForwarding");
          json_builder_add_boolean_value (builder, domain->mask);
        }
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
build_mailbox (JsonBuilder *builder, const WbDraftMailbox *mailbox, gboolean form)
{
  g_autofree char *user_name = g_utf8_strdown (mailbox->user_name, -1);

  json_builder_begin_object (builder);
  add_text (builder, "username", user_name);
  add_text (builder, "firstName", mailbox->first_name);
  add_text (builder, "lastName", mailbox->last_name);
  if (!form && mailbox->picture_url != NULL && *mailbox->picture_url != '\0')
    add_text (builder, "profilePicture", mailbox->picture_url);
  if (!form && mailbox->warmup)
    {
      json_builder_set_member_name (builder, "onWarmup");
      json_builder_add_boolean_value (builder, TRUE);
    }
  json_builder_end_object (builder);
}

/* Keyed by domain name, in the order of the domains; returns nothing of a domain without mailboxes. */
static void
build_mailboxes (JsonBuilder *builder, WbDraft *draft, gboolean form)
{
  json_builder_begin_object (builder);
  for (guint i = 0; i < wb_draft_get_n_domains (draft); i++)
    {
      const char *name = wb_draft_get_domain (draft, i)->name;
      gboolean begun = FALSE;

      for (guint row = 0; row < wb_draft_get_n_mailboxes (draft); row++)
        {
          const WbDraftMailbox *mailbox = wb_draft_get_mailbox (draft, row);

          if (!g_str_equal (mailbox->domain, name))
            continue;
          if (!begun)
            {
              json_builder_set_member_name (builder, name);
              json_builder_begin_array (builder);
            }
          begun = TRUE;
          build_mailbox (builder, mailbox, form);
        }
      if (begun)
        json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
}

static void
build_google (JsonBuilder *builder, WbDraft *draft)
{
  json_builder_begin_object (builder);
  add_text (builder, "googleOauthRoute", wb_draft_get_oauth (draft, "google-route"));
  add_text (builder, "clientId", wb_draft_get_oauth (draft, "google-client-id"));
  add_text (builder, "appName", wb_draft_get_oauth (draft, "google-app-name"));
  json_builder_end_object (builder);
}

typedef void (*Build) (JsonBuilder *builder, WbDraft *draft);

static void
build_form_domains (JsonBuilder *builder, WbDraft *draft)
{
  build_domains (builder, draft, TRUE);
}

static void
build_form_mailboxes (JsonBuilder *builder, WbDraft *draft)
{
  build_mailboxes (builder, draft, TRUE);
}

static void
add_json_part (WbRequest *request, const char *name, WbDraft *draft, Build build)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *text = NULL;

  build (builder, draft);
  text = to_text (builder);
  wb_request_add_text (request, name, text);
}

/* In the order of `mailboxes` above: by domain, then by row. */
static void
add_pictures (WbRequest *request, WbDraft *draft)
{
  for (guint i = 0; i < wb_draft_get_n_domains (draft); i++)
    for (guint row = 0; row < wb_draft_get_n_mailboxes (draft); row++)
      {
        const WbPlacement *placement = wb_draft_get_placement (draft, row);
        const WbDraftFile *file = placement != NULL ? wb_draft_get_file (draft, placement->file) : NULL;
        g_autofree char *address = NULL;

        if (!g_str_equal (wb_draft_get_mailbox (draft, row)->domain, wb_draft_get_domain (draft, i)->name)
            || file == NULL || *file->made == '\0')
          continue;
        address = wb_draft_dup_address (draft, row);
        wb_request_add_blob (request, address, file->made, file->made_bytes);
      }
}

/* Every text part, always present, in the seed's order; then the pictures. */
static WbRequest *
make_form (WbDraft *draft, gboolean confirm)
{
  WbRequest *request = wb_request_new (CMR_OP_CREATE_ORDER_MULTIPART);

  add_json_part (request, "domains", draft, build_form_domains);
  add_json_part (request, "mailboxes", draft, build_form_mailboxes);
  wb_request_add_text (request, "billingCycle", "MONTHLY");
  wb_request_add_text (request, "confirm", confirm ? "true" : "false");
  wb_request_add_text (request, "serviceProvider", wb_draft_get_provider (draft));
  wb_request_add_text (request, "microsoftOauthRoute", wb_draft_get_oauth (draft, "microsoft-route"));
  add_json_part (request, "google", draft, build_google);
  wb_request_add_text (request, "autoRenew", wb_draft_get_auto_renew (draft) ? "true" : "false");
  add_pictures (request, draft);
  return request;
}

static void
add_flag (JsonBuilder *builder, const char *name, gboolean on)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, on);
}

static WbRequest *
make_json (WbDraft *draft, gboolean confirm)
{
  WbRequest *request = wb_request_new (CMR_OP_CREATE_ORDER_JSON);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GBytes) bytes = NULL;
  char *text;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "domains");
  build_domains (builder, draft, FALSE);
  json_builder_set_member_name (builder, "mailboxes");
  build_mailboxes (builder, draft, FALSE);
  add_text (builder, "billingCycle", "MONTHLY");
  add_flag (builder, "confirm", confirm);
  add_text (builder, "serviceProvider", wb_draft_get_provider (draft));
  add_text (builder, "microsoftOauthRoute", wb_draft_get_oauth (draft, "microsoft-route"));
  json_builder_set_member_name (builder, "google");
  build_google (builder, draft);
  add_flag (builder, "autoRenew", wb_draft_get_auto_renew (draft));
  json_builder_end_object (builder);
  text = to_text (builder);
  bytes = g_bytes_new_take (text, strlen (text));
  wb_request_set_json (request, bytes);
  return request;
}

/**
 * wb_order_form_new:
 * @draft: its pictures are made (wb_draft_make_ready_async())
 * @confirm: pay in the same request
 *
 * Returns: (transfer full): the frozen request; later edits of the draft do not reach it
 */
WbRequest *
wb_order_form_new (WbDraft *draft, gboolean confirm)
{
  WbRequest *request = wb_order_form_is_multipart (draft) ? make_form (draft, confirm) : make_json (draft, confirm);
  g_autofree char *fingerprint = wb_draft_dup_fingerprint (draft);
  g_autoptr (WbCost) cost = wb_draft_cost (draft);

  wb_request_set_param (request, "userId", wb_draft_get_customer_id (draft));
  wb_request_set_confirm (request, confirm);
  wb_request_set_customer (request, wb_draft_get_customer_id (draft), wb_draft_get_customer_name (draft));
  wb_request_set_fingerprint (request, fingerprint);
  /* In one step the same order may be open only once. */
  wb_request_set_target (request, fingerprint);
  wb_request_set_cents (request, confirm ? cost->due_cents : 0);
  wb_request_set_n_mailboxes (request, wb_draft_get_n_mailboxes (draft));
  return request;
}

static WbOrderDomain *
describe_domain (WbDraft *draft, const WbDraftDomain *domain)
{
  WbOrderDomain *line = g_new0 (WbOrderDomain, 1);

  line->domain = g_strdup (domain->name);
  line->years = domain->years;
  line->state = g_strdup ("");
  line->reason = g_strdup ("");
  line->cents = domain->seen_cents;
  line->mailboxes = g_ptr_array_new_with_free_func (wb_order_mailbox_free);
  for (guint row = 0; row < wb_draft_get_n_mailboxes (draft); row++)
    {
      const WbDraftMailbox *mailbox = wb_draft_get_mailbox (draft, row);
      const WbPlacement *placement = wb_draft_get_placement (draft, row);
      const WbDraftFile *file = placement != NULL ? wb_draft_get_file (draft, placement->file) : NULL;
      WbOrderMailbox *ordered;

      if (!g_str_equal (mailbox->domain, domain->name))
        continue;
      ordered = g_new0 (WbOrderMailbox, 1);
      ordered->address = wb_draft_dup_address (draft, row);
      ordered->user_name = g_strdup (mailbox->user_name);
      ordered->first_name = g_strdup (mailbox->first_name);
      ordered->last_name = g_strdup (mailbox->last_name);
      ordered->blob = file != NULL && *file->made != '\0' ? g_strdup (file->made) : NULL;
      ordered->state = g_strdup ("");
      ordered->reason = g_strdup ("");
      g_ptr_array_add (line->mailboxes, ordered);
    }
  return line;
}

WbOrderData *
wb_order_form_describe (WbDraft *draft, gboolean confirm)
{
  WbOrderData *data = wb_order_data_new ();
  g_autoptr (WbCost) cost = wb_draft_cost (draft);
  WbPictureCounts counts;

  wb_draft_count_pictures (draft, &counts);
  data->id = g_uuid_string_random ();
  data->order_id = g_strdup ("");
  data->draft = g_strdup (wb_draft_get_id (draft));
  data->customer_id = g_strdup (wb_draft_get_customer_id (draft));
  data->customer = g_strdup (wb_draft_get_customer_name (draft));
  data->provider = g_strdup (wb_draft_get_provider (draft));
  data->server_state = g_strdup ("");
  data->fingerprint = wb_draft_dup_fingerprint (draft);
  data->state = WB_ORDER_CREATING;
  data->n_mailboxes = wb_draft_get_n_mailboxes (draft);
  data->upload_bytes = counts.upload_bytes;
  data->about = cost->due_cents;
  data->monthly = cost->monthly_cents;
  data->confirm = confirm;
  data->created = g_get_real_time ();
  for (guint i = 0; i < wb_draft_get_n_domains (draft); i++)
    {
      WbOrderDomain *line = describe_domain (draft, wb_draft_get_domain (draft, i));

      /* One part a mailbox, also where a person has many. */
      for (guint m = 0; m < line->mailboxes->len; m++)
        data->n_pictures += ((WbOrderMailbox *) line->mailboxes->pdata[m])->blob != NULL;
      g_ptr_array_add (data->lines, line);
    }
  return data;
}
