// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-tracking-private.h"

#include <glib/gi18n.h>

#include "wb-format.h"
#include "wb-order-words.h"
#include "wb-ring.h"
#include "wb-state-pill.h"
#include "wb-text-scale.h"

/* From so many mailboxes on a domain's are built when it is unfolded. */
#define OPEN_AT_MOST 120

#define WB_TYPE_TRACKING_LINES (wb_tracking_lines_get_type ())
G_DECLARE_FINAL_TYPE (WbTrackingLines, wb_tracking_lines, WB, TRACKING_LINES, GtkWidget)

struct _WbTrackingLines {
  GtkWidget parent_instance;

  WbOrder *order;
  WbFaces *faces;
  GtkWidget *ring, *title, *text, *notice, *notice_text, *card, *ends;
};

G_DEFINE_FINAL_TYPE (WbTrackingLines, wb_tracking_lines, GTK_TYPE_WIDGET)

static gboolean
is_over (WbOrderState state)
{
  return state == WB_ORDER_LIVE || state == WB_ORDER_PARTLY || state == WB_ORDER_FAILED || state == WB_ORDER_CANCELLED;
}

static char *
dup_text (WbOrder *order)
{
  WbOrderState state = wb_order_get_state (order);
  g_autofree char *customer = wb_format_text (wb_order_get_customer_name (order));

  if (state == WB_ORDER_LIVE && *customer != '\0')
    /* Translators: %s is the name of a customer */
    return g_strdup_printf (_("%s can start."), customer);
  if (state == WB_ORDER_LIVE)
    return g_strdup (_("Everything is made."));
  if (state == WB_ORDER_CANCELLED)
    return g_strdup (_("The service cancelled this order."));
  if (is_over (state))
    return g_strdup (
        _("What was not made is told with its domain. What was paid is not given back through the service."));
  return g_strdup (_("Usually done within two minutes. You can close this window; Waybill tells you at the end."));
}

/* What has to be known on the way. */
static const char *
notice_of (WbOrder *order)
{
  if (wb_order_get_state (order) == WB_ORDER_SLOW)
    return _("Slower than usual. Your order was accepted and may be paid already. Do not order or pay again; Waybill "
              "keeps asking.");
  if (wb_order_confirm_ignored (order))
    return _("The service started this order at once. It is being paid; nothing more is sent.");
  return NULL;
}

static char *
dup_title (WbOrder *order)
{
  if (wb_order_get_n_mailboxes (order) > 0)
    return wb_order_words_dup_progress (order);
  /* Added by its id: what it holds is not known here. */
  return g_strdup (wb_state_word_text ("order", wb_order_state_word (wb_order_get_state (order))));
}

/* The end is told louder than the way there, unless the text is large already. */
static void
show_title (WbTrackingLines *self, const char *title, gboolean over)
{
  const char *loud = wb_text_is_large () ? "title-3" : "title-1", *quiet = wb_text_is_large () ? "title-4" : "title-2";

  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_widget_remove_css_class (self->title, over ? quiet : loud);
  gtk_widget_add_css_class (self->title, over ? loud : quiet);
}

static void
update (WbTrackingLines *self)
{
  WbOrder *order = self->order;
  guint all = wb_order_get_n_mailboxes (order), live = wb_order_get_live (order);
  const char *notice = notice_of (order);
  g_autofree char *title = dup_title (order), *text = dup_text (order);

  gtk_widget_set_visible (self->ring, all > 0);
  wb_ring_set (WB_RING (self->ring), live, wb_order_get_failed (order), all, title);
  gtk_label_set_label (GTK_LABEL (self->text), text);
  show_title (self, title, is_over (wb_order_get_state (order)));
  gtk_widget_set_visible (self->notice, notice != NULL);
  if (notice != NULL)
    gtk_label_set_label (GTK_LABEL (self->notice_text), notice);
  for (GtkWidget *child = gtk_widget_get_first_child (self->card); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (WB_IS_TRACKING_DOMAIN (child))
      wb_tracking_domain_update (WB_TRACKING_DOMAIN (child));
  gtk_widget_set_visible (self->ends, is_over (wb_order_get_state (order)));
}

static void
on_notify (WbOrder *order, GParamSpec *pspec, WbTrackingLines *self)
{
  static const char *const shown[] = { "state", "live", "failed", "lines", NULL };

  if (g_strv_contains (shown, pspec->name))
    update (self);
}

/* Building */

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
make_head (WbTrackingLines *self)
{
  GtkWidget *head = gtk_box_new (wb_text_orientation (), 18);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->ring = wb_ring_new ();
  self->title = make_label (NULL);
  self->text = make_label ("dim-label");
  gtk_box_append (GTK_BOX (lines), self->title);
  gtk_box_append (GTK_BOX (lines), self->text);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_halign (self->ring, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (head), self->ring);
  gtk_box_append (GTK_BOX (head), lines);
  gtk_widget_set_parent (head, GTK_WIDGET (self));
}

static void
make_notice (WbTrackingLines *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  self->notice = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->notice_text = make_label (NULL);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->notice, "wash");
  gtk_widget_add_css_class (self->notice, "warning");
  gtk_widget_set_hexpand (self->notice_text, TRUE);
  gtk_box_append (GTK_BOX (self->notice), icon);
  gtk_box_append (GTK_BOX (self->notice), self->notice_text);
  gtk_widget_set_parent (self->notice, GTK_WIDGET (self));
}

static void
make_card (WbTrackingLines *self)
{
  GPtrArray *lines = wb_order_get_lines (self->order);
  gboolean open = wb_order_get_n_mailboxes (self->order) <= OPEN_AT_MOST;

  self->card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->card, "card");
  gtk_widget_set_visible (self->card, lines->len > 0);
  for (guint i = 0; i < lines->len; i++)
    {
      if (i > 0)
        gtk_box_append (GTK_BOX (self->card), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
      gtk_box_append (GTK_BOX (self->card), wb_tracking_domain_new (self->faces, lines->pdata[i], open));
    }
  gtk_widget_set_parent (self->card, GTK_WIDGET (self));
}

static void
on_close (GtkWidget *button)
{
  gtk_window_close (GTK_WINDOW (gtk_widget_get_root (button)));
}

/* What can be done with an order that is over. */
static void
make_ends (WbTrackingLines *self)
{
  GtkWidget *customer = gtk_button_new_with_label (_("Show the Customer"));
  GtkWidget *close = gtk_button_new_with_label (_("Close"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (customer), "app.show-customer");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (customer), "s", wb_order_get_customer_id (self->order));
  gtk_widget_add_css_class (customer, "suggested-action");
  g_signal_connect (close, "clicked", G_CALLBACK (on_close), NULL);
  self->ends = gtk_box_new (wb_text_orientation (), 12);
  gtk_widget_set_halign (self->ends, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->ends), customer);
  gtk_box_append (GTK_BOX (self->ends), close);
  gtk_widget_set_parent (self->ends, GTK_WIDGET (self));
}

static void
wb_tracking_lines_dispose (GObject *object)
{
  WbTrackingLines *self = WB_TRACKING_LINES (object);
  GtkWidget *child;

  if (self->order != NULL)
    g_signal_handlers_disconnect_by_data (self->order, self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->faces);
  g_clear_object (&self->order);
  G_OBJECT_CLASS (wb_tracking_lines_parent_class)->dispose (object);
}

static void
wb_tracking_lines_class_init (WbTrackingLinesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_tracking_lines_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
wb_tracking_lines_init (WbTrackingLines *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 18);
}

GtkWidget *
wb_tracking_lines_new (WbProfile *profile, WbOrder *order)
{
  WbTrackingLines *self = g_object_new (WB_TYPE_TRACKING_LINES, NULL);

  self->order = g_object_ref (order);
  self->faces = wb_faces_new (profile);
  make_head (self);
  make_notice (self);
  make_card (self);
  make_ends (self);
  g_signal_connect_object (order, "notify", G_CALLBACK (on_notify), self, 0);
  update (self);
  return GTK_WIDGET (self);
}
