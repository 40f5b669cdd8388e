// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-order-private.h"

static const char *const words[] = {
  [WB_ORDER_DRAFT] = "draft",           [WB_ORDER_CREATING] = "creating", [WB_ORDER_MAY_EXIST] = "may-exist",
  [WB_ORDER_NOT_PAID] = "not-paid",     [WB_ORDER_CANNOT_PAY] = "cannot-pay", [WB_ORDER_PAYING] = "paying",
  [WB_ORDER_BEING_MADE] = "being-made", [WB_ORDER_PARTLY] = "partly",     [WB_ORDER_LIVE] = "live",
  [WB_ORDER_FAILED] = "failed",         [WB_ORDER_UNKNOWN] = "unknown",   [WB_ORDER_CANCELLED] = "cancelled",
  [WB_ORDER_SLOW] = "slow",
};

const char *
wb_order_state_word (WbOrderState state)
{
  return words[state];
}

/* Data */

WbOrderData *
wb_order_data_new (void)
{
  WbOrderData *data = g_new0 (WbOrderData, 1);

  data->lines = wb_order_lines_new ();
  data->about = data->monthly = data->taken = data->wallet_before = data->wallet_now = CMR_MONEY_UNKNOWN;
  return data;
}

void
wb_order_mailbox_free (gpointer data)
{
  WbOrderMailbox *mailbox = data;

  g_free (mailbox->address);
  g_free (mailbox->user_name);
  g_free (mailbox->first_name);
  g_free (mailbox->last_name);
  g_free (mailbox->blob);
  g_free (mailbox->state);
  g_free (mailbox->reason);
  g_free (mailbox);
}

static void
line_free (gpointer data)
{
  WbOrderDomain *line = data;

  g_free (line->domain);
  g_free (line->state);
  g_free (line->reason);
  g_ptr_array_unref (line->mailboxes);
  g_free (line);
}

GPtrArray *
wb_order_lines_new (void)
{
  return g_ptr_array_new_with_free_func (line_free);
}

static WbOrderMailbox *
mailbox_copy (const WbOrderMailbox *mailbox)
{
  WbOrderMailbox *copy = g_new0 (WbOrderMailbox, 1);

  copy->address = g_strdup (mailbox->address);
  copy->user_name = g_strdup (mailbox->user_name);
  copy->first_name = g_strdup (mailbox->first_name);
  copy->last_name = g_strdup (mailbox->last_name);
  copy->blob = g_strdup (mailbox->blob);
  copy->state = g_strdup (mailbox->state);
  copy->reason = g_strdup (mailbox->reason);
  return copy;
}

static WbOrderDomain *
line_copy (const WbOrderDomain *line)
{
  WbOrderDomain *copy = g_memdup2 (line, sizeof *line);

  copy->domain = g_strdup (line->domain);
  copy->state = g_strdup (line->state);
  copy->reason = g_strdup (line->reason);
  copy->mailboxes = g_ptr_array_new_with_free_func (wb_order_mailbox_free);
  for (guint i = 0; i < line->mailboxes->len; i++)
    g_ptr_array_add (copy->mailboxes, mailbox_copy (line->mailboxes->pdata[i]));
  return copy;
}

WbOrderData *
wb_order_data_copy (const WbOrderData *data)
{
  WbOrderData *copy = g_memdup2 (data, sizeof *data);

  copy->id = g_strdup (data->id);
  copy->order_id = g_strdup (data->order_id);
  copy->draft = g_strdup (data->draft);
  copy->customer_id = g_strdup (data->customer_id);
  copy->customer = g_strdup (data->customer);
  copy->provider = g_strdup (data->provider);
  copy->server_state = g_strdup (data->server_state);
  copy->fingerprint = g_strdup (data->fingerprint);
  copy->host = g_strdup (data->host);
  copy->lines = wb_order_lines_new ();
  for (guint i = 0; i < data->lines->len; i++)
    g_ptr_array_add (copy->lines, line_copy (data->lines->pdata[i]));
  return copy;
}

void
wb_order_data_free (WbOrderData *data)
{
  if (data == NULL)
    return;
  g_free (data->id);
  g_free (data->order_id);
  g_free (data->draft);
  g_free (data->customer_id);
  g_free (data->customer);
  g_free (data->provider);
  g_free (data->server_state);
  g_free (data->fingerprint);
  g_free (data->host);
  g_ptr_array_unref (data->lines);
  g_free (data);
}

/* The object */

struct _WbOrder {
  GObject parent_instance;

  WbOrderData *data;
  WbOperation *create, *pay;
  gint64 next_ask;
  guint reading; /* reads of state and wallet under way */
};

enum {
  PROP_STATE = 1,
  PROP_SERVER_STATE,
  PROP_LIVE,
  PROP_FAILED,
  PROP_LINES,
  PROP_ASKED_AT,
  PROP_NEXT_ASK,
  PROP_WALLET_BEFORE,
  PROP_WALLET_NOW,
  PROP_TAKEN,
  PROP_CREATE_OPERATION,
  PROP_PAY_OPERATION,
  PROP_CAN_PAY,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WbOrder, wb_order, G_TYPE_OBJECT)

static void
wb_order_finalize (GObject *object)
{
  WbOrder *self = WB_ORDER (object);

  wb_order_data_free (self->data);
  g_clear_object (&self->create);
  g_clear_object (&self->pay);
  G_OBJECT_CLASS (wb_order_parent_class)->finalize (object);
}

static void
wb_order_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WbOrder *self = WB_ORDER (object);

  switch (id)
    {
    case PROP_STATE: g_value_set_int (value, self->data->state); break;
    case PROP_SERVER_STATE: g_value_set_string (value, self->data->server_state); break;
    case PROP_LIVE: g_value_set_uint (value, self->data->live); break;
    case PROP_FAILED: g_value_set_uint (value, self->data->failed); break;
    case PROP_LINES: g_value_set_uint (value, self->data->lines->len); break;
    case PROP_ASKED_AT: g_value_set_int64 (value, self->data->asked_at); break;
    case PROP_NEXT_ASK: g_value_set_int64 (value, self->next_ask); break;
    case PROP_WALLET_BEFORE: g_value_set_int64 (value, self->data->wallet_before); break;
    case PROP_WALLET_NOW: g_value_set_int64 (value, self->data->wallet_now); break;
    case PROP_TAKEN: g_value_set_int64 (value, self->data->taken); break;
    case PROP_CREATE_OPERATION: g_value_set_object (value, self->create); break;
    case PROP_PAY_OPERATION: g_value_set_object (value, self->pay); break;
    case PROP_CAN_PAY: g_value_set_boolean (value, wb_order_can_pay (self)); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wb_order_class_init (WbOrderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = wb_order_finalize;
  object_class->get_property = wb_order_get_property;
  props[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, WB_ORDER_SLOW, 0, flags);
  props[PROP_SERVER_STATE] = g_param_spec_string ("server-state", NULL, NULL, "", flags);
  props[PROP_LIVE] = g_param_spec_uint ("live", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_FAILED] = g_param_spec_uint ("failed", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_LINES] = g_param_spec_uint ("lines", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_ASKED_AT] = g_param_spec_int64 ("asked-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_NEXT_ASK] = g_param_spec_int64 ("next-ask", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_WALLET_BEFORE] = g_param_spec_int64 ("wallet-before", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  props[PROP_WALLET_NOW] = g_param_spec_int64 ("wallet-now", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  props[PROP_TAKEN] = g_param_spec_int64 ("taken", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  props[PROP_CREATE_OPERATION] = g_param_spec_object ("create-operation", NULL, NULL, WB_TYPE_OPERATION, flags);
  props[PROP_PAY_OPERATION] = g_param_spec_object ("pay-operation", NULL, NULL, WB_TYPE_OPERATION, flags);
  props[PROP_CAN_PAY] = g_param_spec_boolean ("can-pay", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
wb_order_init (WbOrder *self)
{
}

WbOrder *
wb_order_new (WbOrderData *data)
{
  WbOrder *self = g_object_new (WB_TYPE_ORDER, NULL);

  self->data = data;
  return self;
}

WbOrderData *
wb_order_get_data (WbOrder *self)
{
  return self->data;
}

void
wb_order_touch (WbOrder *self, const char *property)
{
  g_object_notify (G_OBJECT (self), property);
}

void
wb_order_set_state (WbOrder *self, WbOrderState state)
{
  if (self->data->state == state)
    return;
  self->data->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_PAY]);
}

void
wb_order_set_next_ask (WbOrder *self, gint64 next_ask)
{
  self->next_ask = next_ask;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NEXT_ASK]);
}

void
wb_order_set_operations (WbOrder *self, WbOperation *create, WbOperation *pay)
{
  if (create != NULL && g_set_object (&self->create, create))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CREATE_OPERATION]);
  if (pay != NULL && g_set_object (&self->pay, pay))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PAY_OPERATION]);
}

void
wb_order_set_reading_back (WbOrder *self, gboolean reading)
{
  self->reading += reading ? 1 : -1;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_PAY]);
}

static const char *
text_or_empty (const char *text)
{
  return text != NULL ? text : "";
}

const char *wb_order_get_id (WbOrder *self) { return self->data->id; }
const char *wb_order_get_order_id (WbOrder *self) { return text_or_empty (self->data->order_id); }
const char *wb_order_get_draft (WbOrder *self) { return text_or_empty (self->data->draft); }
const char *wb_order_get_customer_id (WbOrder *self) { return text_or_empty (self->data->customer_id); }
const char *wb_order_get_customer_name (WbOrder *self) { return text_or_empty (self->data->customer); }
const char *wb_order_get_provider (WbOrder *self) { return text_or_empty (self->data->provider); }
WbOrderState wb_order_get_state (WbOrder *self) { return self->data->state; }
const char *wb_order_get_server_state (WbOrder *self) { return text_or_empty (self->data->server_state); }
guint wb_order_get_n_mailboxes (WbOrder *self) { return self->data->n_mailboxes; }
guint wb_order_get_n_pictures (WbOrder *self) { return self->data->n_pictures; }
guint64 wb_order_get_upload_bytes (WbOrder *self) { return self->data->upload_bytes; }
guint wb_order_get_live (WbOrder *self) { return self->data->live; }
guint wb_order_get_failed (WbOrder *self) { return self->data->failed; }
GPtrArray *wb_order_get_lines (WbOrder *self) { return self->data->lines; }
gint64 wb_order_get_about_cents (WbOrder *self) { return self->data->about; }
gint64 wb_order_get_monthly_cents (WbOrder *self) { return self->data->monthly; }
gint64 wb_order_get_wallet_before (WbOrder *self) { return self->data->wallet_before; }
gint64 wb_order_get_wallet_now (WbOrder *self) { return self->data->wallet_now; }
gint64 wb_order_get_taken (WbOrder *self) { return self->data->taken; }
gboolean wb_order_get_wallet_shared (WbOrder *self) { return self->data->wallet_shared; }
gint64 wb_order_get_created (WbOrder *self) { return self->data->created; }
gint64 wb_order_get_paid_at (WbOrder *self) { return self->data->paid_at; }
gint64 wb_order_get_asked_at (WbOrder *self) { return self->data->asked_at; }
gint64 wb_order_get_next_ask (WbOrder *self) { return self->next_ask; }
WbOperation *wb_order_get_create_operation (WbOrder *self) { return self->create; }
WbOperation *wb_order_get_pay_operation (WbOrder *self) { return self->pay; }
gboolean wb_order_is_reading_back (WbOrder *self) { return self->reading > 0; }
gboolean wb_order_confirm_ignored (WbOrder *self) { return self->data->confirm_ignored; }

gboolean
wb_order_can_pay (WbOrder *self)
{
  return self->data->state == WB_ORDER_NOT_PAID && *wb_order_get_order_id (self) != '\0' && self->data->read_back
         && !self->data->confirm_ignored;
}
