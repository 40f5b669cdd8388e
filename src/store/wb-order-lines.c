// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-order-lines-private.h"

static gboolean
take_text (char **member, const char *text)
{
  if (g_strcmp0 (*member, text) == 0)
    return FALSE;
  g_free (*member);
  *member = g_strdup (text);
  return TRUE;
}

static WbOrderMailbox *
find_mailbox (WbOrderData *data, const char *address)
{
  for (guint i = 0; i < data->lines->len; i++)
    {
      WbOrderDomain *line = data->lines->pdata[i];

      for (guint m = 0; !line->left_out && m < line->mailboxes->len; m++)
        if (g_ascii_strcasecmp (((WbOrderMailbox *) line->mailboxes->pdata[m])->address, address) == 0)
          return line->mailboxes->pdata[m];
    }
  return NULL;
}

static WbOrderDomain *
find_line (WbOrderData *data, const char *domain)
{
  for (guint i = 0; i < data->lines->len; i++)
    if (g_ascii_strcasecmp (((WbOrderDomain *) data->lines->pdata[i])->domain, domain) == 0)
      return data->lines->pdata[i];
  return NULL;
}

const WbOrderMailbox *
wb_order_lines_take_mailbox (WbOrderData *data, CmrObject *row, gboolean *changed)
{
  const char *email = cmr_object_get_text (row, "email");
  g_autofree char *made = NULL;
  WbOrderMailbox *mailbox;

  if (*email == '\0' && cmr_resource_find_field (cmr_object_get_resource (row), "username") != NULL)
    email = made = g_strconcat (cmr_object_get_text (row, "username"), "@", cmr_object_get_text (row, "domain"), NULL);
  mailbox = find_mailbox (data, email);
  if (mailbox != NULL && *cmr_object_get_text (row, "status") != '\0')
    *changed |= take_text (&mailbox->state, cmr_object_get_text (row, "status"));
  return mailbox;
}

gboolean
wb_order_lines_take_state (WbOrderData *data, const char *word, GBytes *body)
{
  g_autoptr (GPtrArray) domains = NULL, mailboxes = NULL;
  gboolean changed = take_text (&data->server_state, word);

  cmr_order_parse_lines (body, data->order_id, &domains, &mailboxes);
  for (guint i = 0; i < domains->len; i++)
    {
      WbOrderDomain *line = find_line (data, cmr_object_get_text (domains->pdata[i], "domain"));

      if (line == NULL)
        continue;
      changed |= take_text (&line->state, cmr_object_get_text (domains->pdata[i], "status"));
      changed |= take_text (&line->reason, cmr_object_get_text (domains->pdata[i], "reason"));
    }
  for (guint i = 0; i < mailboxes->len; i++)
    {
      const WbOrderMailbox *taken = wb_order_lines_take_mailbox (data, mailboxes->pdata[i], &changed);
      WbOrderMailbox *mailbox = taken != NULL ? find_mailbox (data, taken->address) : NULL;

      if (mailbox != NULL)
        changed |= take_text (&mailbox->reason, cmr_object_get_text (mailboxes->pdata[i], "reason"));
    }
  return changed;
}

static void
count_line (WbOrderDomain *line, gboolean final)
{
  line->live = line->failed = 0;
  for (guint m = 0; !line->left_out && m < line->mailboxes->len; m++)
    {
      const char *state = ((WbOrderMailbox *) line->mailboxes->pdata[m])->state;

      line->live += g_str_equal (state, "ACTIVE");
      line->failed += g_str_equal (state, "FAILED") || (final && !g_str_equal (state, "ACTIVE"));
    }
  /* That the domain was bought is said only where the service says that it is there. */
  line->mailboxes_failed = line->failed > 0 && line->live == 0 && g_str_equal (line->state, "ACTIVE");
}

void
wb_order_lines_recount (WbOrder *order, gboolean final)
{
  WbOrderData *data = wb_order_get_data (order);

  data->live = data->failed = 0;
  for (guint i = 0; i < data->lines->len; i++)
    {
      WbOrderDomain *line = data->lines->pdata[i];

      count_line (line, final);
      data->live += line->live;
      data->failed += line->failed;
    }
  wb_order_touch (order, "lines");
  wb_order_touch (order, "live");
  wb_order_touch (order, "failed");
}
