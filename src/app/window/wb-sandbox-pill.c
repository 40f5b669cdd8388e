// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-sandbox-pill.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-application-private.h"
#include "wb-compat.h"

#define WORDS N_("Sandbox · nothing costs money")

/* How fast its clock goes: orders are made in seconds or as slowly as the vendor makes them. */
static const struct {
  const char *label;
  double speed;
} speeds[] = {
  { N_("× 1"), 1 }, { N_("× 60"), 60 },
};

static const struct {
  const char *label;
  guint ms;
} latencies[] = {
  { N_("At once"), 0 }, { N_("Half a second"), 500 }, { N_("Three seconds"), 3000 },
};

/* What the next writing request suffers. */
static const struct {
  const char *label;
  WbFaultKind kind;
  int value;
} faults[] = {
  { N_("Nothing"), WB_FAULT_NONE, 0 },
  { N_("Connection cut, nothing done"), WB_FAULT_DROP_BEFORE, 0 },
  { N_("Connection cut after it was done"), WB_FAULT_DROP_AFTER, 0 },
  { N_("Asked for a pause (429)"), WB_FAULT_STATUS, 429 },
  { N_("Error of the service (500)"), WB_FAULT_STATUS, 500 },
  { N_("Half an answer"), WB_FAULT_CUT, 0 },
};

/* Faults hit what changes something, each once: reads would use them up before a person saw anything. */
static const char *const writes[] = {
  "create_order_multipart", "create_order_json", "process_order", "create_user", "update_user",
};

#define MONTH_S (30 * 24 * 3600)

static WbSandbox *
sandbox (void)
{
  return wb_application_get_sandbox (WB_APPLICATION (g_application_get_default ()));
}

/* Each page has a pill of its own: what was chosen is kept with the server. */
#define SPEED "pill-speed"
#define LATENCY "pill-latency"
#define FAULT "pill-fault"

static guint
take_choice (GtkDropDown *drop_down, const char *what)
{
  guint chosen = gtk_drop_down_get_selected (drop_down);

  g_object_set_data (G_OBJECT (sandbox ()), what, GUINT_TO_POINTER (chosen + 1));
  return chosen;
}

static void
on_speed (GtkDropDown *drop_down)
{
  if (sandbox () != NULL)
    wb_sandbox_set_speed (sandbox (), speeds[take_choice (drop_down, SPEED)].speed);
}

static void
on_latency (GtkDropDown *drop_down)
{
  if (sandbox () != NULL)
    wb_sandbox_set_latency (sandbox (), latencies[take_choice (drop_down, LATENCY)].ms);
}

static void
on_fault (GtkDropDown *drop_down)
{
  guint chosen;

  if (sandbox () == NULL)
    return;
  chosen = take_choice (drop_down, FAULT);
  wb_sandbox_clear_faults (sandbox ());
  for (guint i = 0; faults[chosen].kind != WB_FAULT_NONE && i < G_N_ELEMENTS (writes); i++)
    wb_sandbox_add_fault (sandbox (), &(WbFault) { writes[i], faults[chosen].kind, faults[chosen].value, 1 });
}

static void
read_wallet (void)
{
  WbProfile *profile = wb_application_get_profile (WB_APPLICATION (g_application_get_default ()));

  if (profile != NULL)
    wb_sync_read_wallet_async (wb_profile_get_sync (profile), NULL, NULL, NULL);
}

static void
on_wallet (GtkSpinButton *spin)
{
  if (sandbox () == NULL)
    return;
  wb_sandbox_set_wallet (sandbox (), (gint64) (gtk_spin_button_get_value (spin) * 100 + .5));
  read_wallet ();
}

static void
on_renewal (GtkButton *button)
{
  if (sandbox () != NULL)
    wb_sandbox_move_clock (sandbox (), MONTH_S);
  read_wallet ();
  wb_application_toast (WB_APPLICATION (g_application_get_default ()), _("The sandbox is a month further"));
}

static void
on_response (GtkWidget *dialog, const char *response, gpointer user_data)
{
  if (g_str_equal (response, "afresh"))
    wb_application_restart_sandbox (WB_APPLICATION (g_application_get_default ()));
}

static void
on_afresh (GtkButton *button)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER);
  GtkWidget *dialog
      = wb_compat_message_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (button))), _("Start the Sandbox Afresh?"),
                               _("Its customers, orders and wallet are as on the first day again. Drafts and "
                                  "Activity of the sandbox go too."));

  gtk_popover_popdown (GTK_POPOVER (popover));
  wb_compat_message_add (dialog, "cancel", _("_Cancel"), WB_COMPAT_PLAIN);
  wb_compat_message_add (dialog, "afresh", _("_Start Afresh"), WB_COMPAT_DESTRUCTIVE);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
attach (GtkGrid *grid, int row, const char *title, GtkWidget *control)
{
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (control, TRUE);
  gtk_grid_attach (grid, label, 0, row, 1, 1);
  gtk_grid_attach (grid, control, 1, row, 1, 1);
  wb_accessible_set_label (control, title);
}

/* Shown as it is now: another page's pill, or an order, may have moved it. */
static void
show_choice (GtkWidget *popover, GtkDropDown *drop_down)
{
  const char *what = g_object_get_data (G_OBJECT (drop_down), "what");
  guint chosen = sandbox () != NULL ? GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (sandbox ()), what)) : 0;
  gpointer callback = g_object_get_data (G_OBJECT (drop_down), "callback");

  g_signal_handlers_block_by_func (drop_down, callback, NULL);
  gtk_drop_down_set_selected (drop_down, chosen > 0 ? chosen - 1 : 0);
  g_signal_handlers_unblock_by_func (drop_down, callback, NULL);
}

static GtkWidget *
make_choice (GtkWidget *popover, const char *what, gconstpointer first_label, gsize stride, guint n, GCallback callback)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GtkWidget *drop_down;

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (labels, _(*(const char *const *) ((const char *) first_label + i * stride)));
  drop_down = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&labels)), NULL);
  g_object_set_data (G_OBJECT (drop_down), "what", (gpointer) what);
  g_object_set_data (G_OBJECT (drop_down), "callback", (gpointer) callback);
  g_signal_connect (drop_down, "notify::selected", callback, NULL);
  g_signal_connect_object (popover, "show", G_CALLBACK (show_choice), drop_down, 0);
  return drop_down;
}

static void
show_wallet (GtkWidget *popover, GtkSpinButton *spin)
{
  if (sandbox () == NULL)
    return;
  g_signal_handlers_block_by_func (spin, on_wallet, NULL);
  gtk_spin_button_set_value (spin, wb_sandbox_get_wallet (sandbox ()) / 100.0);
  g_signal_handlers_unblock_by_func (spin, on_wallet, NULL);
}

static GtkWidget *
make_controls (GtkWidget *popover)
{
  GtkWidget *widget = gtk_grid_new (), *wallet = gtk_spin_button_new_with_range (0, 1000000, 10);
  GtkGrid *grid = GTK_GRID (widget);

  gtk_grid_set_row_spacing (grid, 6);
  gtk_grid_set_column_spacing (grid, 12);
  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (wallet), 2);
  g_signal_connect (wallet, "value-changed", G_CALLBACK (on_wallet), NULL);
  g_signal_connect_object (popover, "show", G_CALLBACK (show_wallet), wallet, 0);
  attach (
      grid, 0, _("Time"),
      make_choice (popover, SPEED, &speeds[0].label, sizeof speeds[0], G_N_ELEMENTS (speeds), G_CALLBACK (on_speed)));
  attach (grid, 1, _("Answers"),
          make_choice (popover, LATENCY, &latencies[0].label, sizeof latencies[0], G_N_ELEMENTS (latencies),
                       G_CALLBACK (on_latency)));
  attach (
      grid, 2, _("Next change"),
      make_choice (popover, FAULT, &faults[0].label, sizeof faults[0], G_N_ELEMENTS (faults), G_CALLBACK (on_fault)));
  attach (grid, 3, _("Wallet, in dollars"), wallet);
  return widget;
}

static GtkWidget *
make_button (const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_hexpand (button, TRUE);
  g_signal_connect (button, "clicked", callback, NULL);
  return button;
}

static GtkWidget *
make_popover (void)
{
  GtkWidget *popover = gtk_popover_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *text
      = gtk_label_new (_("A pretend service on this computer: customers, domains, prices, charges and mailboxes are "
                          "invented, and nothing leaves this computer. Here you steer it."));
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 42);
  gtk_box_set_homogeneous (GTK_BOX (buttons), TRUE);
  gtk_box_append (GTK_BOX (buttons), make_button (_("Next Renewal"), G_CALLBACK (on_renewal)));
  gtk_box_append (GTK_BOX (buttons), make_button (_("Start Afresh…"), G_CALLBACK (on_afresh)));
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), make_controls (popover));
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_widget_add_css_class (box, "popover-body");
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  return popover;
}

void
wb_sandbox_pill_set_compact (GtkWidget *pill, gboolean compact)
{
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (pill), "words"), !compact);
}

GtkWidget *
wb_sandbox_pill_new (void)
{
  GtkWidget *pill = gtk_menu_button_new (), *face = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_label_new (_(WORDS));

  gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (face), gtk_image_new_from_icon_name ("applications-science-symbolic"));
  gtk_box_append (GTK_BOX (face), words);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (pill), face);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (pill), make_popover ());
  gtk_widget_add_css_class (pill, "sandbox-pill");
  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  wb_accessible_set_name (pill, _(WORDS));
  g_object_set_data (G_OBJECT (pill), "words", words);
  return pill;
}
