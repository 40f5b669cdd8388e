// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-order-sending.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "wb-format.h"

#define REFRESH_MS 100

/* What happens one after the other. */
typedef enum { STAGE_READY, STAGE_SEND, STAGE_ANSWER, N_STAGES } Stage;

struct _WbOrderSending {
  GtkWidget parent_instance;

  WbOrder *order;         /* (nullable) */
  WbOperation *operation; /* (nullable) */
  gboolean paying;
  gint64 began;           /* monotonic: the first byte; 0 = none yet */
  guint refresh_id;
  GtkWidget *clamp, *title, *bar, *detail, *stop, *note;
  GtkWidget *stages[N_STAGES], *icons[N_STAGES];
};

enum { STOP, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbOrderSending, wb_order_sending, GTK_TYPE_WIDGET)

static gint64
waits_until (WbOrderSending *self)
{
  return self->operation != NULL && wb_operation_get_state (self->operation) == WB_STATE_QUEUED
           ? wb_operation_get_leaves_at (self->operation) : 0;
}

static gboolean
last_byte_is_out (WbOrderSending *self)
{
  return self->operation != NULL && wb_operation_get_state (self->operation) == WB_STATE_SENDING
         && !wb_operation_get_can_stop (self->operation) && wb_operation_get_total_bytes (self->operation) > 0;
}

static Stage
stage_of (WbOrderSending *self)
{
  if (self->operation == NULL)
    return STAGE_READY;
  return last_byte_is_out (self) ? STAGE_ANSWER : STAGE_SEND;
}

static char *
dup_stage_text (WbOrderSending *self, Stage stage)
{
  guint pictures = self->order != NULL ? wb_order_get_n_pictures (self->order) : 0;
  g_autofree char *size = NULL;

  switch (stage)
    {
    case STAGE_READY:
      return g_strdup (self->paying ? _("Ask the service once more") : _("Make the pictures ready, ask the wallet"));
    case STAGE_SEND:
      if (self->paying)
        return g_strdup (_("Send the payment, once"));
      if (pictures == 0)
        return g_strdup (_("Send the order"));
      size = wb_format_size (wb_order_get_upload_bytes (self->order));
      /* Translators: a number of pictures, then a size such as “1.4 MB” */
      return g_strdup_printf (ngettext ("Upload %u picture, %s", "Upload %u pictures, %s", pictures), pictures, size);
    default:
      return g_strdup (_("Wait for the answer"));
    }
}

static void
update_stages (WbOrderSending *self)
{
  Stage now = stage_of (self);

  for (guint i = 0; i < N_STAGES; i++)
    {
      g_autofree char *text = dup_stage_text (self, i);
      const char *state = i < now ? _("done") : i == now ? _("under way") : _("not begun");
      /* Translators: what is done, then how far it is: “Wait for the answer, under way” */
      g_autofree char *name = g_strdup_printf (_("%s, %s"), text, state);

      gtk_label_set_label (GTK_LABEL (self->stages[i]), text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->stages[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      gtk_image_set_from_icon_name (GTK_IMAGE (self->icons[i]), i < now    ? "waybill-done-symbolic"
                                                                : i == now ? "waybill-working-symbolic"
                                                                           : "alarm-symbolic");
      gtk_widget_remove_css_class (self->icons[i], "success");
      gtk_widget_remove_css_class (self->icons[i], "accent");
      if (i <= now)
        gtk_widget_add_css_class (self->icons[i], i < now ? "success" : "accent");
      if (i > now)
        gtk_widget_add_css_class (self->stages[i], "dim-label");
      else
        gtk_widget_remove_css_class (self->stages[i], "dim-label");
    }
}

/* "0.9 MB of 1.4 MB · 350 kB a second · 2 s left" */
static char *
dup_upload_text (WbOrderSending *self, guint64 sent, guint64 total)
{
  gint64 elapsed = g_get_monotonic_time () - self->began;
  g_autofree char *of_sent = wb_format_size (sent), *of_total = wb_format_size (total), *rate = NULL;
  guint64 per_second;

  if (self->began == 0 || elapsed < G_USEC_PER_SEC / 2 || sent == 0)
    /* Translators: two sizes */
    return g_strdup_printf (_("%s of %s"), of_sent, of_total);
  per_second = MAX (sent * G_USEC_PER_SEC / (guint64) elapsed, 1);
  rate = wb_format_size (per_second);
  /* Translators: two sizes, a size, seconds */
  return g_strdup_printf (_("%s of %s · %s a second · %u s left"), of_sent, of_total, rate,
                          (guint) ((total - sent) / per_second) + 1);
}

static char *
dup_detail (WbOrderSending *self)
{
  gint64 until = waits_until (self);
  gint64 left = until - g_get_monotonic_time ();
  guint64 sent, total;

  if (until > 0)
    /* Translators: seconds */
    return g_strdup_printf (_("Pays in %d s."), (int) MAX ((left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC, 1));
  if (last_byte_is_out (self))
    return g_strdup (_("Waiting for the answer. It can no longer be stopped."));
  if (self->operation == NULL || wb_operation_get_total_bytes (self->operation) == 0)
    return g_strdup (self->paying ? _("The service is asked whether it is paid already.")
                                  : _("Nothing has been sent yet."));
  sent = wb_operation_get_sent_bytes (self->operation);
  total = wb_operation_get_total_bytes (self->operation);
  if (self->began == 0 && sent > 0)
    self->began = g_get_monotonic_time ();
  return dup_upload_text (self, sent, total);
}

static double
fraction_of (WbOrderSending *self)
{
  guint64 total = self->operation != NULL ? wb_operation_get_total_bytes (self->operation) : 0;

  if (last_byte_is_out (self))
    return 1;
  return total > 0 ? (double) wb_operation_get_sent_bytes (self->operation) / (double) total : 0;
}

static void
update_stop (WbOrderSending *self)
{
  gboolean can = self->operation == NULL ? !self->paying : wb_operation_get_can_stop (self->operation);
  gboolean uploads = self->operation != NULL && waits_until (self) == 0 && !self->paying;

  gtk_widget_set_visible (self->stop, can);
  gtk_button_set_label (GTK_BUTTON (self->stop), uploads ? _("Stop Uploading") : _("Stop"));
}

static void
update (WbOrderSending *self)
{
  g_autofree char *detail = dup_detail (self);
  double fraction = fraction_of (self);

  update_stages (self);
  gtk_label_set_label (GTK_LABEL (self->detail), detail);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), fraction);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, detail, -1);
  update_stop (self);
}

static gboolean
on_refresh (gpointer data)
{
  WbOrderSending *self = data;

  update (self);
  if (waits_until (self) > 0)
    return G_SOURCE_CONTINUE;
  self->refresh_id = 0;
  return G_SOURCE_REMOVE;
}

/* Blocks go out faster than anyone reads. */
static void
on_operation (WbOrderSending *self)
{
  if (self->refresh_id == 0)
    self->refresh_id = g_timeout_add (REFRESH_MS, on_refresh, self);
}

void
wb_order_sending_set (WbOrderSending *self, const char *customer, WbOrder *order, WbOperation *operation,
                      gboolean paying)
{
  g_autofree char *safe = wb_format_text (customer);
  /* Translators: %s is the name of a customer */
  g_autofree char *title
      = g_strdup_printf (paying ? _("Paying the Order for %s") : _("Sending the Order for %s"), safe);

  if (self->operation != NULL && self->operation != operation)
    g_signal_handlers_disconnect_by_data (self->operation, self);
  if (operation != NULL && self->operation != operation)
    g_signal_connect_object (operation, "notify", G_CALLBACK (on_operation), self, G_CONNECT_SWAPPED);
  g_set_object (&self->order, order);
  if (g_set_object (&self->operation, operation))
    self->began = 0;
  self->paying = paying;
  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_label_set_label (
      GTK_LABEL (self->note),
      paying ? _("Waybill sends it once, and never again by itself.")
             : _("You can close this window; the upload goes on, and Waybill tells you when it is done."));
  update (self);
  on_operation (self);
}

static void
on_stop (WbOrderSending *self)
{
  g_signal_emit (self, signals[STOP], 0);
}

/* Building */

static void
add_stage (WbOrderSending *self, GtkWidget *list, Stage stage)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->icons[stage] = gtk_image_new ();
  gtk_widget_add_css_class (self->icons[stage], "disc");
  gtk_widget_set_valign (self->icons[stage], GTK_ALIGN_CENTER);
  self->stages[stage] = gtk_label_new ("");
  gtk_label_set_xalign (GTK_LABEL (self->stages[stage]), 0);
  gtk_label_set_wrap (GTK_LABEL (self->stages[stage]), TRUE);
  gtk_widget_set_hexpand (self->stages[stage], TRUE);
  gtk_box_append (GTK_BOX (row), self->icons[stage]);
  gtk_box_append (GTK_BOX (row), self->stages[stage]);
  gtk_box_append (GTK_BOX (list), row);
}

static GtkWidget *
make_wrapping_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
wb_order_sending_init (WbOrderSending *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->title = make_wrapping_label ("title-2");
  self->bar = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Progress"), -1);
  self->detail = make_wrapping_label ("numeric");
  self->stop = gtk_button_new_with_label (_("Stop"));
  gtk_widget_add_css_class (self->stop, "pill");
  gtk_widget_set_halign (self->stop, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->stop, "clicked", G_CALLBACK (on_stop), self, G_CONNECT_SWAPPED);
  self->note = make_wrapping_label ("dim-label");
  for (guint i = 0; i < N_STAGES; i++)
    add_stage (self, list, i);
  gtk_widget_add_css_class (list, "card");
  gtk_widget_add_css_class (list, "padded");
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), self->bar);
  gtk_box_append (GTK_BOX (box), self->detail);
  gtk_box_append (GTK_BOX (box), self->stop);
  gtk_box_append (GTK_BOX (box), self->note);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  self->clamp = adw_clamp_new ();
  adw_clamp_set_maximum_size (ADW_CLAMP (self->clamp), 480);
  adw_clamp_set_child (ADW_CLAMP (self->clamp), box);
  gtk_widget_add_css_class (self->clamp, "step-page");
  gtk_widget_set_parent (self->clamp, GTK_WIDGET (self));
}

static void
wb_order_sending_dispose (GObject *object)
{
  WbOrderSending *self = WB_ORDER_SENDING (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_pointer (&self->clamp, gtk_widget_unparent);
  if (self->operation != NULL)
    g_signal_handlers_disconnect_by_data (self->operation, self);
  g_clear_object (&self->operation);
  g_clear_object (&self->order);
  G_OBJECT_CLASS (wb_order_sending_parent_class)->dispose (object);
}

static void
wb_order_sending_class_init (WbOrderSendingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_order_sending_dispose;
  signals[STOP] = g_signal_new ("stop", WB_TYPE_ORDER_SENDING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

GtkWidget *
wb_order_sending_new (void)
{
  return g_object_new (WB_TYPE_ORDER_SENDING, NULL);
}
