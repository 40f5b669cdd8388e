// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-order-step.h"

#include <glib/gi18n.h>

#include "wb-columns.h"
#include "wb-compat.h"
#include "wb-customer-form.h"
#include "wb-format.h"
#include "wb-sync.h"
#include "wb-words.h"

/* Step 1: one search entry, rows from the mirror, most recent first; or a form for a new one. */
struct _WbStepCustomer {
  WbOrderStep parent_instance;

  WbListModel *model;
  WbRowSelection *selection;
  GCancellable *cancellable;
  GtkWidget *stack, *search, *list, *note, *form_place, *create;
  GtkWidget *form;
  gboolean built;
};

G_DECLARE_FINAL_TYPE (WbStepCustomer, wb_step_customer, WB, CUSTOMER_STEP, WbOrderStep)
G_DEFINE_FINAL_TYPE (WbStepCustomer, wb_step_customer, WB_TYPE_ORDER_STEP)

static void
take_customer (WbStepCustomer *self, const char *id, const char *name, const char *email)
{
  WbDraft *draft = wb_order_step_get_draft (WB_ORDER_STEP (self));

  wb_draft_begin (draft, "set-customer", name);
  wb_draft_set_customer (draft, id, name, email);
  wb_draft_end (draft);
  wb_order_step_next (WB_ORDER_STEP (self));
}

static void
take_position (WbStepCustomer *self, guint position)
{
  g_autoptr (WbRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  g_autofree char *id = NULL, *name = NULL, *email = NULL;

  if (row == NULL || wb_row_is_placeholder (row))
    return;
  id = g_strdup (wb_row_get_id (row));
  name = g_strdup (wb_row_get_text (row, "name"));
  email = g_strdup (wb_row_get_text (row, "email"));
  take_customer (self, id, name, email);
}

static void
on_activate (GtkListView *list, guint position, WbStepCustomer *self)
{
  take_position (self, position);
}

static void
on_search_changed (WbStepCustomer *self)
{
  wb_list_model_set_search (self->model, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

/* Enter takes the first. */
static void
on_search_activate (WbStepCustomer *self)
{
  take_position (self, 0);
}

static gboolean
on_search_key (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
               WbStepCustomer *self)
{
  if (keyval != GDK_KEY_Down)
    return FALSE;
  return gtk_widget_child_focus (self->list, GTK_DIR_TAB_FORWARD);
}

static void
update_note (WbStepCustomer *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  gint64 total = wb_list_model_get_total (self->model);

  gtk_widget_set_visible (self->note, n == 0);
  gtk_label_set_label (GTK_LABEL (self->note), total > 0
                                                   ? _("No customer matches.")
                                                   : _("No customers are known yet. Creating one costs nothing."));
}

/* New customer */

static void
show_list (WbStepCustomer *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "list");
  gtk_widget_grab_focus (self->search);
}

static void
on_saved (WbCustomerForm *form, const char *id, const char *name, const char *email, WbStepCustomer *self)
{
  show_list (self);
  take_customer (self, id, name, email);
}

static void
on_can_save (WbStepCustomer *self)
{
  WbProfile *profile = wb_order_step_get_profile (WB_ORDER_STEP (self));
  const char *lock = wb_words_lock (wb_profile_get_lock (profile));

  gtk_widget_set_sensitive (self->create,
                            lock == NULL && wb_customer_form_get_can_save (WB_CUSTOMER_FORM (self->form)));
  gtk_widget_set_tooltip_text (self->create, lock);
}

static void
on_create (WbStepCustomer *self)
{
  wb_customer_form_save (WB_CUSTOMER_FORM (self->form));
}

static void
on_new (WbStepCustomer *self)
{
  if (self->form != NULL)
    gtk_box_remove (GTK_BOX (self->form_place), self->form);
  self->form = wb_customer_form_new (wb_order_step_get_profile (WB_ORDER_STEP (self)), NULL);
  gtk_box_prepend (GTK_BOX (self->form_place), self->form);
  g_signal_connect_object (self->form, "saved", G_CALLBACK (on_saved), self, 0);
  g_signal_connect_object (self->form, "notify::can-save", G_CALLBACK (on_can_save), self, G_CONNECT_SWAPPED);
  on_can_save (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "form");
  gtk_widget_child_focus (self->form, GTK_DIR_TAB_FORWARD);
}

/* Building */

static GtkWidget *
clamp_page (GtkWidget *child)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 600);
  adw_clamp_set_child (ADW_CLAMP (clamp), child);
  gtk_widget_add_css_class (clamp, "step-page");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  return scroller;
}

static GtkWidget *
make_list_page (WbStepCustomer *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *fresh = gtk_button_new_with_label (_("New Customer…"));
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _("Search"), "tooltip-text", _("By name, e-mail or id"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search customers"),
                                  -1);
  gtk_widget_set_hexpand (self->search, TRUE);
  gtk_widget_add_controller (self->search, keys);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_search_key), self);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (on_search_changed), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (on_search_activate), self);
  g_signal_connect_swapped (fresh, "clicked", G_CALLBACK (on_new), self);
  gtk_box_append (GTK_BOX (head), self->search);
  gtk_box_append (GTK_BOX (head), fresh);
  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)),
                                  wb_row_factory_new (wb_collection_words (WB_COLLECTION_CUSTOMERS), NULL, NULL, FALSE));
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->list), TRUE);
  gtk_widget_add_css_class (self->list, "collection");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Customers"), -1);
  g_signal_connect (self->list, "activate", G_CALLBACK (on_activate), self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroller, TRUE);
  self->note = gtk_label_new ("");
  gtk_widget_add_css_class (self->note, "dim-label");
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), self->note);
  gtk_box_append (GTK_BOX (box), scroller);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 700);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_widget_add_css_class (clamp, "step-page");
  return clamp;
}

static GtkWidget *
make_form_page (WbStepCustomer *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *cancel = gtk_button_new_with_label (_("Choose Another"));

  self->create = gtk_button_new_with_label (_("Create Customer"));
  gtk_widget_add_css_class (self->create, "suggested-action");
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (buttons), cancel);
  gtk_box_append (GTK_BOX (buttons), self->create);
  /* A plain signal: what sends is no action. */
  g_signal_connect_swapped (self->create, "clicked", G_CALLBACK (on_create), self);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (show_list), self);
  self->form_place = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_box_append (GTK_BOX (self->form_place), buttons);
  return clamp_page (self->form_place);
}

static void
build (WbStepCustomer *self)
{
  WbProfile *profile = wb_order_step_get_profile (WB_ORDER_STEP (self));

  self->built = TRUE;
  self->model = wb_list_model_new (profile, WB_COLLECTION_CUSTOMERS);
  self->selection = wb_row_selection_new (self->model);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), make_list_page (self), "list");
  gtk_stack_add_named (GTK_STACK (self->stack), make_form_page (self), "form");
  g_signal_connect_object (self->model, "counts-changed", G_CALLBACK (update_note), self, G_CONNECT_SWAPPED);
  wb_order_step_set_child (WB_ORDER_STEP (self), self->stack);
  wb_sync_refresh_async (wb_profile_get_sync (profile), WB_COLLECTION_CUSTOMERS, NULL, self->cancellable, NULL, NULL);
  wb_sync_refresh_async (wb_profile_get_sync (profile), WB_COLLECTION_SUBSCRIPTIONS, NULL, self->cancellable, NULL, NULL);
}

static void
wb_step_customer_draft_changed (WbOrderStep *step, WbDraftPart parts)
{
  WbStepCustomer *self = WB_CUSTOMER_STEP (step);

  if (!self->built)
    build (self);
}

static void
wb_step_customer_enter (WbOrderStep *step, const WbProblem *problem)
{
  gtk_widget_grab_focus (WB_CUSTOMER_STEP (step)->search);
}

static char *
wb_step_customer_dup_fact (WbOrderStep *step)
{
  const char *name = wb_draft_get_customer_name (wb_order_step_get_draft (step));

  return *name != '\0' ? wb_format_text (name) : g_strdup (_("Not chosen yet"));
}

static void
wb_step_customer_dispose (GObject *object)
{
  WbStepCustomer *self = WB_CUSTOMER_STEP (object);

  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (wb_step_customer_parent_class)->dispose (object);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
}

static void
wb_step_customer_finalize (GObject *object)
{
  g_object_unref (WB_CUSTOMER_STEP (object)->cancellable);
  G_OBJECT_CLASS (wb_step_customer_parent_class)->finalize (object);
}

static void
wb_step_customer_class_init (WbStepCustomerClass *klass)
{
  WbOrderStepClass *step_class = WB_ORDER_STEP_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_step_customer_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_step_customer_finalize;
  step_class->draft_changed = wb_step_customer_draft_changed;
  step_class->enter = wb_step_customer_enter;
  step_class->dup_fact = wb_step_customer_dup_fact;
}

static void
wb_step_customer_init (WbStepCustomer *self)
{
  self->cancellable = g_cancellable_new ();
}
