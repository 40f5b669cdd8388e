// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-order-private.h"

#include "wb-answer-private.h"
#include "wb-fault.h"
#include "wb-outbox-private.h"
#include "wb-profile.h"

/* What became of Create or Pay decides the state of the order. The same rules hold for what is seen happening and
 * for what is found at a start; each may be told twice, and what comes late never takes an order back. */

/* A paid request of a newer version, whatever it is called, may have paid the order. */
static gboolean
is_pay (WbOperation *operation)
{
  CmrOp op = wb_operation_get_op (operation);

  return op == CMR_OP_PROCESS_ORDER || (op == CMR_OP_NONE && wb_operation_is_paid (operation));
}

static gboolean
decides (WbOperation *operation)
{
  return is_pay (operation) || wb_answer_makes_order (wb_operation_get_op (operation));
}

/* Names that the answer left out: they and their mailboxes are not part of what was made. */
static void
mark_left_out (WbOrderData *data, WbOperation *operation)
{
  const char *left_out = wb_operation_get_record (operation)->left_out;
  g_auto (GStrv) names = g_strsplit (left_out != NULL ? left_out : "", " ", 0);

  for (guint i = 0; i < data->lines->len && *names != NULL; i++)
    {
      WbOrderDomain *line = data->lines->pdata[i];

      if (line->left_out || !g_strv_contains ((const char *const *) names, line->domain))
        continue;
      line->left_out = TRUE;
      data->n_mailboxes -= MIN (data->n_mailboxes, line->mailboxes->len);
    }
}

static void
move (WbOrders *self, WbOrder *order, WbOrderState state)
{
  if (wb_order_get_state (order) == state)
    return;
  wb_order_set_state (order, state);
  wb_orders_save (self, order);
}

/* Not at the service yet, as far as is known. */
static gboolean
has_no_id (WbOrder *order)
{
  return *wb_order_get_order_id (order) == '\0';
}

static gboolean
create_is_paid (WbOrder *order, WbOperation *operation)
{
  return wb_order_get_data (order)->confirm || wb_operation_is_paid (operation);
}

static void
create_was_made (WbOrders *self, WbOrder *order, WbOperation *operation)
{
  WbOrderData *data = wb_order_get_data (order);

  g_free (data->order_id);
  data->order_id = g_strdup (wb_operation_get_made_id (operation));
  mark_left_out (data, operation);
  WB_FAULT_POINT ("orders:created");
  if (create_is_paid (order, operation))
    {
      wb_orders_track (self, order);
      return;
    }
  wb_order_set_state (order, WB_ORDER_NOT_PAID);
  wb_orders_save (self, order);
  /* Nothing is offered before state and wallet were read again. */
  wb_orders_read_back (self, order);
}

#define IS(state) (1u << (state))
#define UNMADE                                                                                                         \
  (IS (WB_ORDER_CREATING) | IS (WB_ORDER_MAY_EXIST) | IS (WB_ORDER_UNKNOWN) | IS (WB_ORDER_FAILED)                     \
   | IS (WB_ORDER_CANCELLED))
#define UNPAID (IS (WB_ORDER_NOT_PAID) | IS (WB_ORDER_CANNOT_PAY) | IS (WB_ORDER_PAYING) | IS (WB_ORDER_UNKNOWN))

static WbOrderState
state_of_create (WbOrder *order, WbOperation *operation)
{
  WbState state = wb_operation_get_state (operation);

  /* What was found queued may have been sent by another copy of the journal. */
  if (state == WB_STATE_UNKNOWN || wb_outbox_is_found (operation))
    return create_is_paid (order, operation) ? WB_ORDER_UNKNOWN : WB_ORDER_MAY_EXIST;
  if (state == WB_STATE_QUEUED || state == WB_STATE_SENDING)
    return WB_ORDER_CREATING;
  return state == WB_STATE_FAILED ? WB_ORDER_FAILED : WB_ORDER_CANCELLED;
}

static void
apply_create (WbOrders *self, WbOrder *order, WbOperation *operation)
{
  WbState state = wb_operation_get_state (operation);
  WbOrderState next;

  if (!has_no_id (order) || !(IS (wb_order_get_state (order)) & UNMADE))
    return;
  if (state == WB_STATE_ACCEPTED || state == WB_STATE_DONE)
    {
      create_was_made (self, order, operation);
      return;
    }
  next = state_of_create (order, operation);
  if (next == wb_order_get_state (order))
    return;
  move (self, order, next);
  /* "Nothing was charged" is said only when a reading of the wallet agrees. */
  if (next != WB_ORDER_CREATING)
    wb_orders_read_back (self, order);
}

static void
pay_was_accepted (WbOrders *self, WbOrder *order)
{
  WB_FAULT_POINT ("orders:paid");
  /* The guessed path is right: what was learned before is no longer so. */
  wb_profile_set_fact (wb_orders_get_profile (self), "process-path", "there");
  wb_orders_track (self, order);
}

static void
pay_was_not (WbOrders *self, WbOrder *order)
{
  wb_order_get_data (order)->read_back = FALSE;
  move (self, order, WB_ORDER_NOT_PAID);
  wb_orders_read_back (self, order);
}

static void
apply_pay (WbOrders *self, WbOrder *order, WbOperation *operation)
{
  WbState state = wb_operation_get_state (operation);
  guint now = IS (wb_order_get_state (order));

  if (!(now & UNPAID))
    return;
  if (state == WB_STATE_ACCEPTED || state == WB_STATE_DONE)
    pay_was_accepted (self, order);
  else if (state == WB_STATE_UNKNOWN)
    move (self, order, WB_ORDER_UNKNOWN);
  else if (state == WB_STATE_SENDING || (state == WB_STATE_QUEUED && !wb_outbox_is_found (operation)))
    move (self, order, WB_ORDER_PAYING);
  else if (now & (IS (WB_ORDER_PAYING) | IS (WB_ORDER_UNKNOWN)))
    pay_was_not (self, order);
}

/* The newest of each kind counts: an older one was settled by it. */
static gboolean
is_current (WbOrder *order, WbOperation *operation)
{
  WbOperation *present
      = is_pay (operation) ? wb_order_get_pay_operation (order) : wb_order_get_create_operation (order);

  if (!decides (operation))
    return FALSE;
  if (present == operation)
    return TRUE;
  if (present != NULL && wb_operation_get_created (present) > wb_operation_get_created (operation))
    return FALSE;
  wb_order_set_operations (order, is_pay (operation) ? NULL : operation, is_pay (operation) ? operation : NULL);
  return TRUE;
}

static void
apply (WbOrders *self, WbOrder *order, WbOperation *operation)
{
  if (!is_current (order, operation))
    return;
  if (is_pay (operation))
    apply_pay (self, order, operation);
  else
    apply_create (self, order, operation);
}

void
wb_orders_on_operation (WbOutbox *outbox, WbOperation *operation, WbOrders *self)
{
  WbOrder *order = wb_orders_peek (self, wb_operation_get_order (operation));

  if (order == NULL || wb_orders_get_profile (self) == NULL)
    return;
  WB_FAULT_POINT ("orders:operation-told");
  apply (self, order, operation);
}

/* What was found */

static void
go_on (WbOrders *self, WbOrder *order)
{
  switch (wb_order_get_state (order))
    {
    case WB_ORDER_CREATING:
      /* The order was journalled before its request; a kill in between leaves one that nothing was sent for. */
      if (wb_order_get_create_operation (order) == NULL)
        move (self, order, WB_ORDER_CANCELLED);
      break;
    case WB_ORDER_PAYING:
      if (wb_order_get_pay_operation (order) == NULL)
        pay_was_not (self, order);
      break;
    case WB_ORDER_NOT_PAID:
    case WB_ORDER_CANNOT_PAY:
    case WB_ORDER_UNKNOWN:
      wb_orders_read_back (self, order);
      break;
    case WB_ORDER_MAY_EXIST:
      if (!wb_order_get_data (order)->read_back)
        wb_orders_read_back (self, order);
      break;
    case WB_ORDER_BEING_MADE:
    case WB_ORDER_SLOW:
      wb_orders_follow (self, order);
      break;
    default:
      break;
    }
}

/* Its state on disk is where it stood; its operations tell what came after. */
static WbOrder *
take_one (WbOrders *self, WbOrderData *data, GPtrArray *operations)
{
  gboolean known = wb_orders_peek (self, data->id) != NULL;
  gboolean ours = wb_profile_get_lock (wb_orders_get_profile (self)) != WB_LOCK_OTHER_PROCESS;
  WbOrder *order = wb_orders_adopt (self, data);

  if (known)
    return order;
  for (guint i = 0; i < operations->len; i++)
    {
      WbOperation *operation = operations->pdata[i];

      if (g_str_equal (wb_operation_get_order (operation), wb_order_get_id (order)) && is_current (order, operation)
          && ours)
        apply (self, order, operation);
    }
  if (ours)
    go_on (self, order);
  return order;
}

/**
 * wb_orders_take_found:
 * @found: what wb_order_find_job() read; emptied
 *
 * Returns: (transfer none) (nullable): the last of its orders
 */
WbOrder *
wb_orders_take_found (WbOrders *self, WbOrderFound *found)
{
  WbOutbox *outbox = wb_profile_get_outbox (wb_orders_get_profile (self));
  g_autoptr (GPtrArray) operations = g_ptr_array_new ();
  WbOrder *order = NULL;

  while (found->operations->len > 0)
    g_ptr_array_add (operations, wb_outbox_adopt (outbox, g_ptr_array_steal_index (found->operations, 0)));
  while (found->orders->len > 0)
    order = take_one (self, g_ptr_array_steal_index (found->orders, 0), operations);
  return order;
}
