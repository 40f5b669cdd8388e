// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-tracking-private.h"

#include <glib/gi18n.h>

#include "cmr-field.h"
#include "wb-accessible.h"
#include "wb-format.h"

#define WB_TYPE_TRACKING_SIDE (wb_tracking_side_get_type ())
G_DECLARE_FINAL_TYPE (WbTrackingSide, wb_tracking_side, WB, TRACKING_SIDE, GtkWidget)

/* The way of an order, in this order. */
typedef enum { STAGE_CREATED, STAGE_PAID, STAGE_DOMAINS, STAGE_MAILBOXES, N_STAGES } Stage;

struct _WbTrackingSide {
  GtkWidget parent_instance;

  WbProfile *profile;
  WbOrder *order;
  guint tick_id;
  GtkWidget *id, *asked, *next, *ask;
  GtkWidget *icons[N_STAGES], *titles[N_STAGES], *texts[N_STAGES];
  GtkWidget *wallet, *before, *now, *taken, *taken_row, *wallet_note;
};

G_DEFINE_FINAL_TYPE (WbTrackingSide, wb_tracking_side, GTK_TYPE_WIDGET)

static void
on_copy (WbTrackingSide *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), wb_order_get_order_id (self->order));
}

static void
on_ask (WbTrackingSide *self)
{
  wb_orders_ask_now (wb_profile_get_orders (self->profile), self->order);
}

/* When asked */

static gboolean
update_times (gpointer data)
{
  WbTrackingSide *self = data;
  gint64 asked = wb_order_get_asked_at (self->order), next = wb_order_get_next_ask (self->order);
  gint64 left = (next - g_get_monotonic_time () + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
  g_autofree char *ago = asked > 0 ? wb_format_ago (asked) : g_strdup ("—");
  /* Translators: after “Asks again” */
  g_autofree char *wait = next == 0  ? g_strdup ("—")
                          : left > 0 ? g_strdup_printf (_("in %d s"), (int) left)
                                     : g_strdup (_("now"));

  gtk_label_set_label (GTK_LABEL (self->asked), ago);
  gtk_label_set_label (GTK_LABEL (self->next), wait);
  gtk_widget_set_visible (gtk_widget_get_parent (self->next), next > 0);
  return G_SOURCE_CONTINUE;
}

/* Stages */

static guint
count_registered (WbOrder *order, guint *n_domains)
{
  GPtrArray *lines = wb_order_get_lines (order);
  guint there = 0;

  *n_domains = 0;
  for (guint i = 0; i < lines->len; i++)
    {
      const WbOrderDomain *line = lines->pdata[i];

      *n_domains += !line->left_out;
      there += !line->left_out
               && (line->live > 0 || g_strcmp0 (line->state, "ACTIVE") == 0 || g_strcmp0 (line->state, "COMPLETED") == 0
                   || g_strcmp0 (line->state, "SUCCESS") == 0 || line->mailboxes_failed);
    }
  return there;
}

typedef enum { NOT_BEGUN, UNDER_WAY, DONE, BAD } Progress;

static void
set_stage (WbTrackingSide *self, Stage stage, Progress progress, const char *title, const char *text)
{
  static const char *const icons[]
      = { "alarm-symbolic", "waybill-working-symbolic", "waybill-done-symbolic", "dialog-error-symbolic" };
  static const char *const classes[] = { "neutral", "accent", "success", "error" };
  const char *states[] = { _("not begun"), _("under way"), _("done"), _("failed") };
  /* Translators: a stage of an order, then how far it is */
  g_autofree char *name = g_strdup_printf (_("%s, %s"), title, states[progress]);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icons[stage]), icons[progress]);
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (i == (guint) progress)
      gtk_widget_add_css_class (self->icons[stage], classes[i]);
    else
      gtk_widget_remove_css_class (self->icons[stage], classes[i]);
  gtk_label_set_label (GTK_LABEL (self->titles[stage]), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->titles[stage]), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_label_set_label (GTK_LABEL (self->texts[stage]), text);
  gtk_widget_set_visible (self->texts[stage], *text != '\0');
}

static char *
dup_created (WbOrder *order)
{
  guint pictures = wb_order_get_n_pictures (order);
  g_autofree char *when = wb_format_time (wb_order_get_created (order));
  g_autofree char *size = wb_format_size (wb_order_get_upload_bytes (order));

  if (pictures == 0)
    return g_strdup (when);
  /* Of an order that another version has written the size is not known. */
  if (wb_order_get_upload_bytes (order) == 0)
    /* Translators: a time, a number of pictures */
    return g_strdup_printf (ngettext ("%s · %u picture", "%s · %u pictures", pictures), when, pictures);
  /* Translators: a time, a number of pictures, a size */
  return g_strdup_printf (ngettext ("%s · %u picture, %s", "%s · %u pictures, %s", pictures), when, pictures, size);
}

static char *
dup_paid (WbOrder *order)
{
  gint64 taken = wb_order_get_taken (order);
  g_autofree char *when = NULL, *sum = NULL;

  if (wb_order_get_paid_at (order) == 0)
    return g_strdup ("");
  when = wb_format_time (wb_order_get_paid_at (order));
  if (taken == CMR_MONEY_UNKNOWN && wb_order_get_about_cents (order) == CMR_MONEY_UNKNOWN)
    return g_steal_pointer (&when);
  sum = wb_format_money (taken != CMR_MONEY_UNKNOWN ? taken : wb_order_get_about_cents (order));
  /* Translators: a time, then a sum */
  return g_strdup_printf (taken != CMR_MONEY_UNKNOWN ? _("%s · %s") : _("%s · about %s"), when, sum);
}

static char *
dup_mailboxes (WbOrder *order)
{
  guint live = wb_order_get_live (order), all = wb_order_get_n_mailboxes (order), failed = wb_order_get_failed (order);

  if (failed > 0)
    /* Translators: live, all, failed */
    return g_strdup_printf (_("%u of %u · %u cannot be made"), live, all, failed);
  return g_strdup_printf (_("%u of %u"), live, all);
}

static void
update_stages (WbTrackingSide *self)
{
  WbOrder *order = self->order;
  guint n_domains, registered = count_registered (order, &n_domains);
  guint all = wb_order_get_n_mailboxes (order), live = wb_order_get_live (order), failed = wb_order_get_failed (order);
  gboolean over = wb_order_get_next_ask (order) == 0 && wb_order_get_state (order) != WB_ORDER_BEING_MADE;
  g_autofree char *created = dup_created (order), *paid = dup_paid (order), *mailboxes = dup_mailboxes (order);
  g_autofree char *domains = g_strdup_printf (_("%u of %u"), registered, n_domains);
  g_autofree char *title
      = g_strdup_printf (ngettext ("%u domain registered", "%u domains registered", registered), registered);
  gboolean all_there = registered == n_domains;
  /* What the service carries out was paid, also if not from here. Where it came to nothing, nobody knows. */
  gboolean started = wb_order_get_paid_at (order) > 0 || registered > 0;

  set_stage (self, STAGE_CREATED, DONE, _("Order created"), created);
  set_stage (self, STAGE_PAID, started ? DONE : UNDER_WAY, _("Paid and started"), paid);
  gtk_widget_set_visible (gtk_widget_get_parent (self->icons[STAGE_PAID]), started || !over);
  set_stage (self, STAGE_DOMAINS,
             all_there ? DONE
             : over    ? BAD
                       : UNDER_WAY,
             all_there ? title
             : over    ? _("Not all domains registered")
                       : _("Domains being registered"),
             all_there ? "" : domains);
  set_stage (self, STAGE_MAILBOXES,
             all > 0 && live == all                         ? DONE
             : over || (failed > 0 && live + failed == all) ? BAD
             : live + failed > 0 || registered > 0          ? UNDER_WAY
                                                            : NOT_BEGUN,
             all > 0 && live == all ? _("Mailboxes made")
             : over                 ? _("Not all mailboxes made")
                                    : _("Mailboxes being made"),
             mailboxes);
  for (Stage stage = STAGE_DOMAINS; stage < N_STAGES; stage++)
    gtk_widget_set_visible (gtk_widget_get_parent (self->icons[stage]), n_domains > 0);
}

/* Wallet: "taken" is said only as far as it is proved. */
static void
update_wallet (WbTrackingSide *self)
{
  gint64 was = wb_order_get_wallet_before (self->order), is = wb_order_get_wallet_now (self->order);
  gint64 taken = wb_order_get_taken (self->order);
  gboolean moved = was != CMR_MONEY_UNKNOWN && is != CMR_MONEY_UNKNOWN && was != is;
  /* Until it moved, what is known is from before the payment. */
  g_autofree char *now = wb_format_money (moved || taken != CMR_MONEY_UNKNOWN ? is : CMR_MONEY_UNKNOWN);
  g_autofree char *before = wb_format_money (was), *sum = wb_format_money (taken);
  g_autofree char *about = wb_format_money (wb_order_get_about_cents (self->order)), *text = NULL;

  gtk_widget_set_visible (self->wallet, was != CMR_MONEY_UNKNOWN);
  gtk_label_set_label (GTK_LABEL (self->before), before);
  gtk_label_set_label (GTK_LABEL (self->now), now);
  gtk_label_set_label (GTK_LABEL (self->taken), sum);
  gtk_widget_set_visible (self->taken_row, taken != CMR_MONEY_UNKNOWN);
  if (taken == CMR_MONEY_UNKNOWN && moved && wb_order_get_wallet_shared (self->order))
    {
      g_autofree char *by = wb_format_money (was - is);

      /* Translators: a sum */
      text = g_strdup_printf (_("The wallet moved by %s since; other operations are in it."), by);
    }
  else if (taken == CMR_MONEY_UNKNOWN && wb_order_get_about_cents (self->order) != CMR_MONEY_UNKNOWN)
    /* Translators: a sum */
    text = g_strdup_printf (_("Worked out: about %s. What was taken shows here once your wallet proves it."), about);
  else if (wb_order_get_failed (self->order) > 0)
    text = g_strdup (_("If the vendor gives back what was not made, it shows in your wallet."));
  gtk_label_set_label (GTK_LABEL (self->wallet_note), text != NULL ? text : "");
  gtk_widget_set_visible (self->wallet_note, text != NULL);
}

static void
update (WbTrackingSide *self)
{
  const char *id = wb_order_get_order_id (self->order);
  g_autofree char *safe = wb_format_text (id);

  gtk_label_set_label (GTK_LABEL (self->id), *id != '\0' ? safe : _("Not known"));
  update_times (self);
  update_stages (self);
  update_wallet (self);
}

/* Building */

static GtkWidget *
add_card (WbTrackingSide *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "padded");
  gtk_widget_set_parent (card, GTK_WIDGET (self));
  return card;
}

/* Broken anywhere, but never with a hyphen that would seem to belong to it. */
static void
break_id (GtkLabel *label)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (label, attributes);
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
add_fact (GtkWidget *card, const char *name, const char *css_class)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = make_label (name, css_class), *value = gtk_label_new ("");

  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (value, "numeric");
  if (g_str_equal (css_class, "heading"))
    gtk_widget_add_css_class (value, "heading");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), value);
  gtk_box_append (GTK_BOX (card), row);
  return value;
}

static GtkWidget *
make_icon_button (const char *icon, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  wb_accessible_set_name (button, name);
  return button;
}

static void
make_asked (WbTrackingSide *self)
{
  GtkWidget *card = add_card (self), *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *copy = make_icon_button ("edit-copy-symbolic", _("Copy the Order Id"));

  self->id = make_label ("", "monospace");
  break_id (GTK_LABEL (self->id));
  gtk_widget_set_hexpand (self->id, TRUE);
  self->ask = make_icon_button ("view-refresh-symbolic", _("Ask Now"));
  g_signal_connect_object (copy, "clicked", G_CALLBACK (on_copy), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->ask, "clicked", G_CALLBACK (on_ask), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row), self->id);
  gtk_box_append (GTK_BOX (row), copy);
  gtk_box_append (GTK_BOX (card), make_label (_("Order id"), "caption"));
  gtk_box_append (GTK_BOX (card), row);
  gtk_box_append (GTK_BOX (card), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  self->asked = add_fact (card, _("Asked the server"), "dim-label");
  self->next = add_fact (card, _("Asks again"), "dim-label");
  gtk_box_append (GTK_BOX (gtk_widget_get_parent (self->next)), self->ask);
}

static void
make_stages (WbTrackingSide *self)
{
  GtkWidget *card = add_card (self);

  gtk_box_set_spacing (GTK_BOX (card), 12);
  for (guint i = 0; i < N_STAGES; i++)
    {
      GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

      self->icons[i] = gtk_image_new ();
      gtk_widget_add_css_class (self->icons[i], "disc");
      gtk_widget_set_valign (self->icons[i], GTK_ALIGN_CENTER);
      self->titles[i] = make_label ("", "heading");
      self->texts[i] = make_label ("", "caption");
      gtk_widget_add_css_class (self->texts[i], "dim-label");
      gtk_box_append (GTK_BOX (lines), self->titles[i]);
      gtk_box_append (GTK_BOX (lines), self->texts[i]);
      gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
      gtk_widget_set_hexpand (lines, TRUE);
      gtk_box_append (GTK_BOX (row), self->icons[i]);
      gtk_box_append (GTK_BOX (row), lines);
      gtk_box_append (GTK_BOX (card), row);
    }
}

static void
make_wallet (WbTrackingSide *self)
{
  GtkWidget *card = self->wallet = add_card (self);

  self->before = add_fact (card, _("Wallet before"), "dim-label");
  self->now = add_fact (card, _("Wallet now"), "dim-label");
  self->taken = add_fact (card, _("Taken for this order"), "heading");
  self->taken_row = gtk_widget_get_parent (self->taken);
  self->wallet_note = make_label ("", "caption");
  gtk_widget_add_css_class (self->wallet_note, "dim-label");
  gtk_box_append (GTK_BOX (card), self->wallet_note);
}

static void
wb_tracking_side_map (GtkWidget *widget)
{
  WbTrackingSide *self = WB_TRACKING_SIDE (widget);

  GTK_WIDGET_CLASS (wb_tracking_side_parent_class)->map (widget);
  update_times (self);
  if (self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (1, update_times, self);
}

static void
wb_tracking_side_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&WB_TRACKING_SIDE (widget)->tick_id, g_source_remove);
  GTK_WIDGET_CLASS (wb_tracking_side_parent_class)->unmap (widget);
}

static void
wb_tracking_side_dispose (GObject *object)
{
  WbTrackingSide *self = WB_TRACKING_SIDE (object);
  GtkWidget *child;

  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->order != NULL)
    g_signal_handlers_disconnect_by_data (self->order, self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->order);
  g_clear_object (&self->profile);
  G_OBJECT_CLASS (wb_tracking_side_parent_class)->dispose (object);
}

static void
wb_tracking_side_class_init (WbTrackingSideClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_tracking_side_dispose;
  GTK_WIDGET_CLASS (klass)->map = wb_tracking_side_map;
  GTK_WIDGET_CLASS (klass)->unmap = wb_tracking_side_unmap;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
wb_tracking_side_init (WbTrackingSide *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 18);
}

GtkWidget *
wb_tracking_side_new (WbProfile *profile, WbOrder *order)
{
  WbTrackingSide *self = g_object_new (WB_TYPE_TRACKING_SIDE, NULL);

  self->profile = g_object_ref (profile);
  self->order = g_object_ref (order);
  make_asked (self);
  make_stages (self);
  make_wallet (self);
  g_signal_connect_object (order, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
