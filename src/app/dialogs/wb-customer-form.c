// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-customer-form.h"

#include <string.h>

#include <glib/gi18n.h>

#include "cmr-client.h"
#include "wb-application.h"
#include "wb-customer-check.h"
#include "wb-format.h"
#include "wb-outbox.h"
#include "wb-place-rows.h"
#include "wb-scroll.h"
#include "wb-sync.h"
#include "wb-words.h"

static const char *const group_titles[WB_N_CUSTOMER_GROUPS] = { N_("Who"), N_("Address"), N_("Phone") };

typedef struct {
  const WbCustomerField *field;
  GtkWidget *row;
  GtkWidget *problem_row; /* below it, while something is wrong */
  GtkLabel *problem;
  char *first;            /* what stood there when it was opened */
  char *refused;          /* what the service said of what stands there; NULL once that changes */
} Field;

struct _WbCustomerForm {
  GtkWidget parent_instance;

  WbProfile *profile;
  char *customer_id;
  CmrObject *customer; /* what is changed; the PUT takes the whole of it */
  GCancellable *cancellable;
  Field fields[WB_N_CUSTOMER_FIELDS];
  WbPlaceRows *places;
  GtkWidget *note;
  WbOperation *operation;
  gulong operation_id;
  gboolean can_save;
};

enum { PROP_CAN_SAVE = 1, N_PROPS };
static GParamSpec *props[N_PROPS];
enum { SAVED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbCustomerForm, wb_customer_form, GTK_TYPE_WIDGET)

static const char *
text_of (const Field *field)
{
  return gtk_editable_get_text (GTK_EDITABLE (field->row));
}

static Field *
find_field (WbCustomerForm *self, const char *member)
{
  for (guint i = 0; i < WB_N_CUSTOMER_FIELDS; i++)
    if (g_str_equal (self->fields[i].field->member, member))
      return &self->fields[i];
  g_return_val_if_reached (NULL);
}

static void
show_problem (Field *field, const char *problem)
{
  gboolean wrong = problem != NULL && *problem != '\0';

  gtk_widget_set_visible (field->problem_row, wrong);
  gtk_label_set_label (field->problem, wrong ? problem : "");
  if (wrong)
    gtk_widget_add_css_class (field->row, "error");
  else
    gtk_widget_remove_css_class (field->row, "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (field->row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  wrong ? problem : "", -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (field->row), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
update_state (WbCustomerForm *self)
{
  gboolean can_save = self->operation == NULL && wb_place_rows_is_complete (self->places);

  for (guint i = 0; i < WB_N_CUSTOMER_FIELDS; i++)
    {
      Field *field = &self->fields[i];
      g_autofree char *problem = wb_customer_field_check (field->field, text_of (field));

      show_problem (field, problem != NULL ? problem : field->refused);
      can_save = can_save && problem == NULL && field->refused == NULL;
    }
  if (self->can_save == can_save)
    return;
  self->can_save = can_save;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_SAVE]);
}

static void
say (WbCustomerForm *self, const char *text)
{
  gtk_label_set_label (GTK_LABEL (self->note), text);
  gtk_widget_set_visible (self->note, *text != '\0');
  if (*text != '\0')
    wb_scroll_to (self->note);
}

static void
on_places (WbCustomerForm *self)
{
  const char *problem = wb_place_rows_get_problem (self->places);

  say (self, problem != NULL ? problem : "");
  update_state (self);
}

/* Saving */

/* Under the field that the service names, else below the form. */
static void
show_refusal (WbCustomerForm *self, WbOperation *operation)
{
  g_autofree char *said = wb_format_text (wb_operation_get_service_text (operation));
  const WbCustomerField *named = wb_customer_field_named (said);
  /* Translators: %s is what the service answered, as it is */
  g_autofree char *text = g_strdup_printf (_("The service said: “%s”."), said);
  g_autofree char *reason = wb_words_reason (operation);
  Field *field;

  if (wb_operation_get_reason (operation) != WB_REASON_REFUSED || named == NULL)
    {
      say (self, reason);
      return;
    }
  say (self, _("Nothing was changed. Correct what is marked, then try again."));
  field = find_field (self, named->member);
  g_free (field->refused);
  field->refused = g_steal_pointer (&text);
  gtk_widget_grab_focus (field->row);
}

static gboolean
is_offline (WbCustomerForm *self)
{
  return cmr_client_get_connection (wb_profile_get_client (self->profile)) == CMR_CONNECTION_OFFLINE;
}

static void
on_operation (WbOperation *operation, GParamSpec *pspec, WbCustomerForm *self)
{
  WbState state = wb_operation_get_state (operation);

  if (state == WB_STATE_UNKNOWN)
    {
      say (self, _("Looking whether it was made… The answer got lost; nothing is sent again."));
      return;
    }
  if (state == WB_STATE_QUEUED && is_offline (self))
    say (self, _("You are offline. What you wrote is kept under Activity and sent when you are online again. You can close this."));
  if (state == WB_STATE_QUEUED || state == WB_STATE_SENDING || state == WB_STATE_ACCEPTED)
    return;
  g_clear_signal_handler (&self->operation_id, operation);
  if (state == WB_STATE_DONE)
    {
      const char *id = self->customer_id != NULL ? self->customer_id : wb_operation_get_made_id (operation);
      g_autofree char *name = g_strdup (text_of (find_field (self, "company")));
      g_autofree char *email = g_strdup (text_of (find_field (self, "email")));

      g_signal_emit (self, signals[SAVED], 0, id, name, email);
      return;
    }
  show_refusal (self, operation);
  g_clear_object (&self->operation);
  update_state (self);
}

/* It may be found out only while it is sent. */
static void
on_connection (WbCustomerForm *self)
{
  if (self->operation != NULL)
    on_operation (self->operation, NULL, self);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbCustomerForm) self = user_data;
  g_autoptr (GError) error = NULL;
  WbOperation *operation = wb_sync_save_customer_finish (WB_SYNC (source), result, &error);

  if (self->profile == NULL)
    {
      g_clear_object (&operation);
      return;
    }
  if (operation == NULL)
    {
      g_autoptr (WbErrorWords) words = wb_words_for_error (error);
      g_autofree char *text = g_strdup_printf ("%s %s", words->cause, words->consequence);

      say (self, text);
      return;
    }
  self->operation = operation;
  self->operation_id = g_signal_connect (operation, "notify::state", G_CALLBACK (on_operation), self);
  update_state (self);
  on_operation (operation, NULL, self);
}

void
wb_customer_form_save (WbCustomerForm *self)
{
  g_autoptr (CmrObject) customer
      = self->customer != NULL ? g_object_ref (self->customer) : cmr_object_new (&cmr_customer_resource);

  if (!self->can_save)
    return;
  for (guint i = 0; i < WB_N_CUSTOMER_FIELDS; i++)
    {
      const Field *field = &self->fields[i];
      g_autofree char *text = g_strstrip (g_strdup (text_of (field)));

      if (*text != '\0' || cmr_object_has (customer, field->field->member))
        cmr_object_set_text (customer, field->field->member, text);
    }
  cmr_object_set_text (customer, "country", wb_place_rows_get_country (self->places));
  /* The service wants one always; where a country has no states the city stands for it. */
  cmr_object_set_text (customer, "state",
                       wb_place_rows_needs_state (self->places) ? wb_place_rows_get_state (self->places)
                                                                : cmr_object_get_text (customer, "city"));
  if (!cmr_object_has (customer, "language-preference"))
    cmr_object_set_text (customer, "language-preference", "en");
  say (self, _("Sending…"));
  wb_sync_save_customer_async (wb_profile_get_sync (self->profile), customer, NULL, saved_cb, g_object_ref (self));
}

gboolean
wb_customer_form_get_can_save (WbCustomerForm *self)
{
  return self->can_save;
}

gboolean
wb_customer_form_is_changed (WbCustomerForm *self)
{
  for (guint i = 0; i < WB_N_CUSTOMER_FIELDS; i++)
    if (g_strcmp0 (text_of (&self->fields[i]), self->fields[i].first) != 0)
      return self->operation == NULL;
  return FALSE;
}

/* Building */

static void
on_row_changed (GtkWidget *row, WbCustomerForm *self)
{
  for (guint i = 0; i < WB_N_CUSTOMER_FIELDS; i++)
    if (self->fields[i].row == row)
      g_clear_pointer (&self->fields[i].refused, g_free);
  update_state (self);
}

/* A list box leaves itself at a row that cannot have the focus, such as that of a problem. */
static gboolean
on_key (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, WbCustomerForm *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys));
  int step = keyval == GDK_KEY_Tab ? 1 : keyval == GDK_KEY_ISO_Left_Tab ? -1 : 0;

  for (int i = 0; step != 0 && i < WB_N_CUSTOMER_FIELDS; i++)
    {
      int to = i + step;

      if (self->fields[i].row == row && to >= 0 && to < WB_N_CUSTOMER_FIELDS
          && self->fields[to].field->group == self->fields[i].field->group)
        return gtk_widget_grab_focus (self->fields[to].row);
    }
  return FALSE;
}

static GtkWidget *
make_problem_row (Field *field)
{
  GtkWidget *row = adw_preferences_row_new (), *label = gtk_label_new ("");

  field->problem = GTK_LABEL (label);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "error");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "field-problem");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_set_visible (row, FALSE);
  return row;
}

static void
add_field (WbCustomerForm *self, AdwPreferencesGroup *group, Field *field)
{
  const char *title = _(field->field->title);
  GtkEventController *keys = gtk_event_controller_key_new ();

  field->row = adw_entry_row_new ();
  field->problem_row = make_problem_row (field);
  field->first = g_strdup ("");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (field->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (field->row), title);
  g_signal_connect (field->row, "changed", G_CALLBACK (on_row_changed), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (field->row, keys);
  adw_preferences_group_add (group, field->row);
  adw_preferences_group_add (group, field->problem_row);
}

static void
build (WbCustomerForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  AdwPreferencesGroup *groups[WB_N_CUSTOMER_GROUPS];

  for (guint g = 0; g < WB_N_CUSTOMER_GROUPS; g++)
    {
      groups[g] = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
      adw_preferences_group_set_title (groups[g], _(group_titles[g]));
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (groups[g]));
    }
  for (guint i = 0; i < WB_N_CUSTOMER_FIELDS; i++)
    {
      self->fields[i].field = &wb_customer_fields[i];
      add_field (self, groups[wb_customer_fields[i].group], &self->fields[i]);
    }
  wb_place_rows_add_to (self->places, groups[WB_CUSTOMER_ADDRESS]);
  self->note = gtk_label_new ("");
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->note), 0);
  gtk_box_append (GTK_BOX (box), self->note);
  say (self, "");
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

static void
customer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrObject) customer = wb_sync_load_finish (WB_SYNC (source), result, &error);
  WbCustomerForm *self = user_data;

  if (customer == NULL)
    return;
  g_set_object (&self->customer, customer);
  for (guint i = 0; i < WB_N_CUSTOMER_FIELDS; i++)
    {
      Field *field = &self->fields[i];

      g_free (field->first);
      field->first = g_strdup (cmr_object_get_text (customer, field->field->member));
      gtk_editable_set_text (GTK_EDITABLE (field->row), field->first);
    }
  wb_place_rows_set (self->places, cmr_object_get_text (customer, "country"), cmr_object_get_text (customer, "state"));
}

static void
wb_customer_form_dispose (GObject *object)
{
  WbCustomerForm *self = WB_CUSTOMER_FORM (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  g_cancellable_cancel (self->cancellable);
  if (self->operation != NULL)
    g_clear_signal_handler (&self->operation_id, self->operation);
  g_clear_object (&self->operation);
  g_clear_pointer (&child, gtk_widget_unparent);
  g_clear_object (&self->places);
  g_clear_object (&self->customer);
  g_clear_object (&self->profile);
  G_OBJECT_CLASS (wb_customer_form_parent_class)->dispose (object);
}

static void
wb_customer_form_finalize (GObject *object)
{
  WbCustomerForm *self = WB_CUSTOMER_FORM (object);

  for (guint i = 0; i < WB_N_CUSTOMER_FIELDS; i++)
    {
      g_free (self->fields[i].first);
      g_free (self->fields[i].refused);
    }
  g_clear_object (&self->cancellable);
  g_free (self->customer_id);
  G_OBJECT_CLASS (wb_customer_form_parent_class)->finalize (object);
}

static void
wb_customer_form_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CAN_SAVE)
    g_value_set_boolean (value, WB_CUSTOMER_FORM (object)->can_save);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
wb_customer_form_class_init (WbCustomerFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wb_customer_form_dispose;
  object_class->finalize = wb_customer_form_finalize;
  object_class->get_property = wb_customer_form_get_property;
  props[PROP_CAN_SAVE]
      = g_param_spec_boolean ("can-save", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SAVED] = g_signal_new ("saved", WB_TYPE_CUSTOMER_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                 G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
wb_customer_form_init (WbCustomerForm *self)
{
  self->cancellable = g_cancellable_new ();
}

GtkWidget *
wb_customer_form_new (WbProfile *profile, const char *customer_id)
{
  WbCustomerForm *self = g_object_new (WB_TYPE_CUSTOMER_FORM, NULL);

  self->profile = g_object_ref (profile);
  self->customer_id = g_strdup (customer_id);
  self->places = wb_place_rows_new (profile);
  build (self);
  g_signal_connect_object (self->places, "changed", G_CALLBACK (on_places), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (wb_profile_get_client (profile), "notify::connection", G_CALLBACK (on_connection), self,
                           G_CONNECT_SWAPPED);
  if (customer_id != NULL)
    wb_sync_load_async (wb_profile_get_sync (profile), WB_COLLECTION_CUSTOMERS, customer_id, self->cancellable,
                        customer_cb, self);
  update_state (self);
  return GTK_WIDGET (self);
}
