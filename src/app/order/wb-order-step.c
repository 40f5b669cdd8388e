// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-order-step.h"

#include <glib/gi18n.h>

#include "wb-compat.h"
#include "wb-names.h"
#include "wb-width-bin.h"

typedef struct {
  WbProfile *profile;
  WbDraft *draft;
  WbStep step;
  WbWidthBin *bin; /* lent by who is around it */
  guint book_id; /* coalesces answers of the name book */
  AdwToast *toast; /* the one with Undo, and which step it is about */
  char *toast_code, *toast_subject;
} WbOrderStepPrivate;

enum { PROP_PROFILE = 1, PROP_DRAFT, PROP_STEP, N_PROPS };
static GParamSpec *props[N_PROPS];
enum { GO, NEXT, FOOT_CHANGED, SIDE_WANTED, SIDE_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (WbOrderStep, wb_order_step, GTK_TYPE_WIDGET)

static WbOrderStepPrivate *
priv_of (WbOrderStep *self)
{
  return wb_order_step_get_instance_private (self);
}

static void
tell (WbOrderStep *self, WbDraftPart parts)
{
  WbOrderStepClass *klass = WB_ORDER_STEP_GET_CLASS (self);

  if (klass->draft_changed != NULL)
    klass->draft_changed (self, parts);
  wb_order_step_foot_changed (self);
}

static gboolean
is_newest (WbDraft *draft, const char *code, const char *subject)
{
  const char *newest_subject, *newest = wb_draft_get_undo_code (draft, &newest_subject);

  return g_strcmp0 (newest, code) == 0 && g_strcmp0 (newest_subject, subject) == 0;
}

static void
drop_toast (WbOrderStep *self)
{
  WbOrderStepPrivate *priv = priv_of (self);

  g_clear_object (&priv->toast);
  g_clear_pointer (&priv->toast_code, g_free);
  g_clear_pointer (&priv->toast_subject, g_free);
}

/* Its Undo would take back something else now. */
static void
dismiss_old_toast (WbOrderStep *self)
{
  WbOrderStepPrivate *priv = priv_of (self);

  if (priv->toast == NULL || is_newest (priv->draft, priv->toast_code, priv->toast_subject))
    return;
  adw_toast_dismiss (priv->toast);
  drop_toast (self);
}

static void
on_draft_changed (WbDraft *draft, guint parts, WbOrderStep *self)
{
  dismiss_old_toast (self);
  tell (self, parts);
}

static gboolean
book_settled (gpointer user_data)
{
  WbOrderStep *self = user_data;

  priv_of (self)->book_id = 0;
  tell (self, WB_DRAFT_DOMAINS);
  return G_SOURCE_REMOVE;
}

static void
on_book_changed (WbNameBook *book, const char *domain, WbOrderStep *self)
{
  WbOrderStepPrivate *priv = priv_of (self);

  if (priv->book_id == 0)
    priv->book_id = g_idle_add (book_settled, self);
}

static void
on_width (WbOrderStep *self)
{
  WbOrderStepPrivate *priv = priv_of (self);
  gboolean narrow = priv->bin != NULL && wb_width_bin_get_width_class (priv->bin) == WB_WIDTH_NARROW;

  if (WB_ORDER_STEP_GET_CLASS (self)->set_narrow != NULL)
    WB_ORDER_STEP_GET_CLASS (self)->set_narrow (self, narrow);
}

/* Before it shows, nobody has told it how wide it is. */
static void
wb_order_step_map (GtkWidget *widget)
{
  WbOrderStep *self = WB_ORDER_STEP (widget);
  WbOrderStepPrivate *priv = priv_of (self);
  GtkWidget *bin = gtk_widget_get_ancestor (widget, WB_TYPE_WIDTH_BIN);

  GTK_WIDGET_CLASS (wb_order_step_parent_class)->map (widget);
  if (bin == NULL || priv->bin != NULL)
    return;
  priv->bin = WB_WIDTH_BIN (bin);
  g_signal_connect_object (bin, "notify::width-class", G_CALLBACK (on_width), self, G_CONNECT_SWAPPED);
  on_width (self);
}

static void
wb_order_step_constructed (GObject *object)
{
  WbOrderStep *self = WB_ORDER_STEP (object);
  WbOrderStepPrivate *priv = priv_of (self);

  G_OBJECT_CLASS (wb_order_step_parent_class)->constructed (object);
  g_signal_connect_object (priv->draft, "changed", G_CALLBACK (on_draft_changed), self, 0);
  g_signal_connect_object (wb_profile_get_names (priv->profile), "changed", G_CALLBACK (on_book_changed), self, 0);
}

static void
wb_order_step_dispose (GObject *object)
{
  WbOrderStepPrivate *priv = priv_of (WB_ORDER_STEP (object));
  GtkWidget *child;

  g_clear_handle_id (&priv->book_id, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  drop_toast (WB_ORDER_STEP (object));
  g_clear_object (&priv->draft);
  g_clear_object (&priv->profile);
  G_OBJECT_CLASS (wb_order_step_parent_class)->dispose (object);
}

static void
wb_order_step_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WbOrderStepPrivate *priv = priv_of (WB_ORDER_STEP (object));

  switch (id)
    {
    case PROP_PROFILE: g_value_set_object (value, priv->profile); break;
    case PROP_DRAFT: g_value_set_object (value, priv->draft); break;
    case PROP_STEP: g_value_set_int (value, priv->step); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wb_order_step_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WbOrderStepPrivate *priv = priv_of (WB_ORDER_STEP (object));

  switch (id)
    {
    case PROP_PROFILE: priv->profile = g_value_dup_object (value); break;
    case PROP_DRAFT: priv->draft = g_value_dup_object (value); break;
    case PROP_STEP: priv->step = g_value_get_int (value); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wb_order_step_class_init (WbOrderStepClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = wb_order_step_constructed;
  GTK_WIDGET_CLASS (klass)->map = wb_order_step_map;
  object_class->dispose = wb_order_step_dispose;
  object_class->get_property = wb_order_step_get_property;
  object_class->set_property = wb_order_step_set_property;
  props[PROP_PROFILE] = g_param_spec_object ("profile", NULL, NULL, WB_TYPE_PROFILE, flags);
  props[PROP_DRAFT] = g_param_spec_object ("draft", NULL, NULL, WB_TYPE_DRAFT, flags);
  props[PROP_STEP] = g_param_spec_int ("step", NULL, NULL, 0, WB_N_STEPS, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[GO]
      = g_signal_new ("go", WB_TYPE_ORDER_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[NEXT] = g_signal_new ("next", WB_TYPE_ORDER_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FOOT_CHANGED]
      = g_signal_new ("foot-changed", WB_TYPE_ORDER_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIDE_WANTED] = g_signal_new ("side-wanted", WB_TYPE_ORDER_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[SIDE_CHANGED]
      = g_signal_new ("side-changed", WB_TYPE_ORDER_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
wb_order_step_init (WbOrderStep *self)
{
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
}

WbStep
wb_order_step_get_step (WbOrderStep *self)
{
  return priv_of (self)->step;
}

WbDraft *
wb_order_step_get_draft (WbOrderStep *self)
{
  return priv_of (self)->draft;
}

WbProfile *
wb_order_step_get_profile (WbOrderStep *self)
{
  return priv_of (self)->profile;
}

void
wb_order_step_set_child (WbOrderStep *self, GtkWidget *child)
{
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

void
wb_order_step_go (WbOrderStep *self, WbStep step)
{
  g_signal_emit (self, signals[GO], 0, step);
}

void
wb_order_step_next (WbOrderStep *self)
{
  g_signal_emit (self, signals[NEXT], 0);
}

void
wb_order_step_foot_changed (WbOrderStep *self)
{
  g_signal_emit (self, signals[FOOT_CHANGED], 0);
}

void
wb_order_step_want_side (WbOrderStep *self, gboolean want)
{
  g_signal_emit (self, signals[SIDE_WANTED], 0, want);
}

void
wb_order_step_side_changed (WbOrderStep *self)
{
  g_signal_emit (self, signals[SIDE_CHANGED], 0);
}

static void
on_step_left (WbOrderStep *self, AdwToast *toast)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  /* Where the window goes too, libadwaita ends it: a toast must not begin to leave then. */
  if (overlay != NULL && gtk_widget_get_mapped (overlay))
    adw_toast_dismiss (toast);
}

void
wb_order_step_add_toast (WbOrderStep *self, AdwToast *toast)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  g_signal_connect_object (self, "unmap", G_CALLBACK (on_step_left), toast, 0);
  wb_compat_toast_show (ADW_TOAST_OVERLAY (overlay), toast);
}

void
wb_order_step_toast (WbOrderStep *self, const char *text, gboolean undo)
{
  WbOrderStepPrivate *priv = priv_of (self);
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast = overlay != NULL ? wb_compat_toast_new (text) : NULL;
  const char *code, *subject;

  if (toast == NULL)
    return;
  drop_toast (self);
  adw_toast_set_timeout (toast, undo ? 10 : 5);
  if (undo)
    {
      adw_toast_set_button_label (toast, _("Undo"));
      adw_toast_set_action_name (toast, "order.undo");
      code = wb_draft_get_undo_code (priv->draft, &subject);
      priv->toast = g_object_ref (toast);
      priv->toast_code = g_strdup (code);
      priv->toast_subject = g_strdup (subject);
    }
  wb_order_step_add_toast (self, toast);
}
