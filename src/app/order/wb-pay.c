// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-pay.h"

#include "wb-settings.h"

/* A payment between the person's word and the journal. It hangs on the order, which outlives windows. */
typedef struct {
  gboolean starting;
  GError *error;
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_clear_error (&run->error);
  g_free (run);
}

static Run *
run_of (WbOrder *order)
{
  return g_object_get_data (G_OBJECT (order), "pay-run");
}

static Run *
ensure_run (WbOrder *order)
{
  Run *run = run_of (order);

  if (run == NULL)
    {
      run = g_new0 (Run, 1);
      g_object_set_data_full (G_OBJECT (order), "pay-run", run, run_free);
    }
  return run;
}

guint
wb_pay_delay_ms (void)
{
  g_autoptr (GSettings) settings = g_settings_new (WB_SETTINGS_SCHEMA);

  return g_settings_get_uint (settings, WB_SETTINGS_PAY_DELAY_SECONDS) * 1000;
}

static void
paid_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbOrder) order = user_data;
  Run *run = ensure_run (order);
  g_autoptr (WbOperation) operation = NULL;

  run->starting = FALSE;
  g_clear_error (&run->error);
  operation = wb_orders_pay_finish (WB_ORDERS (source), result, &run->error);
  if (operation == NULL)
    g_message ("the payment was not written: %s", run->error->message);
  g_object_notify (G_OBJECT (order), "can-pay");
}

void
wb_pay_start (WbProfile *profile, WbOrder *order)
{
  Run *run = ensure_run (order);

  if (run->starting || !wb_order_can_pay (order))
    return;
  run->starting = TRUE;
  g_clear_error (&run->error);
  wb_orders_pay_async (wb_profile_get_orders (profile), order, wb_pay_delay_ms (), NULL, paid_cb, g_object_ref (order));
  g_object_notify (G_OBJECT (order), "can-pay");
}

gboolean
wb_pay_is_starting (WbOrder *order)
{
  return run_of (order) != NULL && run_of (order)->starting;
}

const GError *
wb_pay_get_error (WbOrder *order)
{
  return run_of (order) != NULL ? run_of (order)->error : NULL;
}

void
wb_pay_forget_error (WbOrder *order)
{
  if (run_of (order) != NULL)
    g_clear_error (&run_of (order)->error);
}
