// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-sandbox-private.h"

/* How far an order has come is worked out from the time since it was paid, whenever someone asks.
 * Seconds of progress time; the vendor's typical order takes 10 to 90. */
#define BEGIN_S 1.0          /* PENDING → PROCESSING */
#define FIRST_DOMAIN_S 2.5   /* the first domain is registered */
#define NEXT_DOMAIN_S 1.2    /* each further one */
#define WORKSPACE_S 1.5      /* from a domain to its mailbox order */
#define NEXT_MAILBOX_S 0.8   /* from mailbox to mailbox, less in large orders */
#define ALL_MAILBOXES_S 45.0 /* but all within this */
#define PASSWORD_S 1.2       /* CREATING_PASSWORD → ACTIVE */

#define GONE "Domain is no longer available"
#define REFUSED "The registrar refused the registration"
#define SKIPPED "Its domain could not be registered"
#define CONFLICT "A Google workspace already exists for this domain"

static guint
count_boxes (WbSbOrder *order)
{
  guint n = 0;

  for (guint i = 0; i < order->lines->len; i++)
    n += ((WbSbLine *) order->lines->pdata[i])->boxes->len;
  return n;
}

static void
fail_boxes (WbSbLine *line, const char *reason)
{
  for (guint b = 0; b < line->boxes->len; b++)
    {
      WbSbBox *box = line->boxes->pdata[b];

      box->status = "FAILED";
      box->reason = reason;
    }
}

static gboolean
has_conflict (WbSbOrder *order, WbSbLine *line)
{
  return g_str_equal (order->provider, "GOOGLE")
         && (wb_sb_name_flags (line->name) & (WB_SB_NAME_WORKSPACE | WB_SB_NAME_SURPRISE)) != 0;
}

/* TRUE when the domain is registered. */
static gboolean
advance_domain (WbSandbox *self, WbSbOrder *order, WbSbLine *line, gboolean due)
{
  gint64 now = wb_sb_clock_wall (&self->clock);

  if (line->domain == NULL && line->reason == NULL)
    {
      if (line->gone || wb_sb_find_domain (self, line->name) != NULL)
        line->reason = GONE;
      else
        {
          line->domain = wb_sb_add_domain (self, wb_sb_id_new (), line->name, order->customer_id,
                                           order->provider, now, line->years);
          line->domain->status = "PENDING";
          line->domain->forward_to = g_strdup (line->forward_to);
          line->domain->mask = line->mask;
        }
    }
  if (due && line->domain != NULL && (wb_sb_name_flags (line->name) & WB_SB_NAME_REFUSED))
    {
      /* Never ours: it leaves the list again. */
      g_hash_table_remove (self->domain_by_name, line->name);
      g_ptr_array_remove (self->domains, line->domain);
      line->domain = NULL;
      line->reason = REFUSED;
    }
  if (line->domain == NULL)
    {
      line->status = "FAILED";
      fail_boxes (line, SKIPPED);
      return FALSE;
    }
  if (due)
    line->domain->status = "ACTIVE";
  line->status = line->domain->status;
  return due;
}

static void
advance_box (WbSandbox *self, WbSbOrder *order, WbSbLine *line, WbSbBox *box, double ready_s)
{
  if (box->mailbox == NULL)
    {
      box->mailbox
          = wb_sb_add_mailbox (self, wb_sb_id_new (), line->domain, box->username, box->first,
                               box->last, wb_sb_clock_wall (&self->clock));
      box->mailbox->order_id = g_strdup (order->id);
      box->mailbox->subscription_id = g_strdup (line->subscription->id);
      box->mailbox->picture = g_strdup (box->picture);
      box->mailbox->admin = box == line->boxes->pdata[0];
    }
  box->status = ready_s >= PASSWORD_S ? "ACTIVE" : ready_s >= 0 ? "CREATING_PASSWORD" : "IN_PROGRESS";
  box->mailbox->status = box->status;
}

static void
advance_line (WbSandbox *self, WbSbOrder *order, guint index, double elapsed_s)
{
  WbSbLine *line = order->lines->pdata[index];
  double domain_s = FIRST_DOMAIN_S + index * NEXT_DOMAIN_S;
  double gap_s = MIN (NEXT_MAILBOX_S, ALL_MAILBOXES_S / MAX (1, count_boxes (order)));
  double since_s = elapsed_s - domain_s - WORKSPACE_S;

  if (!advance_domain (self, order, line, elapsed_s >= domain_s) || since_s < 0
      || line->boxes->len == 0)
    return;
  if (has_conflict (order, line))
    {
      line->reason = CONFLICT;
      fail_boxes (line, CONFLICT);
      return;
    }
  if (line->subscription == NULL)
    {
      line->subscription = wb_sb_add_subscription (self, wb_sb_id_new (), line->domain,
                                                   line->boxes->len, wb_sb_clock_wall (&self->clock));
      line->subscription->auto_renew = order->auto_renew;
    }
  for (guint b = 0; b < line->boxes->len; b++)
    advance_box (self, order, line, line->boxes->pdata[b], since_s - (b + 1) * gap_s);
}

static void
settle (WbSandbox *self, WbSbOrder *order)
{
  guint good = 0, bad = 0, open = 0;

  for (guint i = 0; i < order->lines->len; i++)
    {
      WbSbLine *line = order->lines->pdata[i];

      *(g_strcmp0 (line->status, "ACTIVE") == 0   ? &good
        : g_strcmp0 (line->status, "FAILED") == 0 ? &bad
                                                  : &open) += 1;
      for (guint b = 0; b < line->boxes->len; b++)
        {
          WbSbBox *box = line->boxes->pdata[b];

          *(g_strcmp0 (box->status, "ACTIVE") == 0   ? &good
            : g_strcmp0 (box->status, "FAILED") == 0 ? &bad
                                                     : &open) += 1;
        }
    }
  if (open > 0)
    return;
  order->ended = TRUE;
  order->updated_us = wb_sb_clock_wall (&self->clock);
  order->status = bad == 0 ? "COMPLETED" : good > 0 ? "PARTIALLY_COMPLETED" : "FAILED";
  if (bad > 0)
    for (guint i = 0; i < order->lines->len && order->reason == NULL; i++)
      order->reason = ((WbSbLine *) order->lines->pdata[i])->reason;
}

void
wb_sb_start_order (WbSandbox *self, WbSbOrder *order)
{
  order->status = "PENDING";
  order->started_us = wb_sb_clock_progress (&self->clock);
  order->updated_us = wb_sb_clock_wall (&self->clock);
}

/* Brings every order to where it is by now. */
void
wb_sb_advance (WbSandbox *self)
{
  gint64 now = wb_sb_clock_progress (&self->clock);

  for (guint i = 0; i < self->orders->len; i++)
    {
      WbSbOrder *order = self->orders->pdata[i];
      double elapsed_s = self->clock.speed > 0
                             ? (double) (now - order->started_us) / G_USEC_PER_SEC
                             : 1e9;

      if (!order->paid || order->ended || elapsed_s < BEGIN_S)
        continue;
      order->status = "PROCESSING";
      for (guint l = 0; l < order->lines->len; l++)
        advance_line (self, order, l, elapsed_s);
      settle (self, order);
    }
}
