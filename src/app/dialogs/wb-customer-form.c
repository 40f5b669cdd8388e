// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-customer-form.h"

#include <glib/gi18n.h>

#include "wb-application.h"
#include "wb-format.h"
#include "wb-outbox.h"
#include "wb-sync.h"
#include "wb-words.h"

/* The service takes letters and digits of any script and these (api/notes.md, Users). */
#define ALLOWED " .,'#&()/-"

typedef enum { GROUP_WHO, GROUP_ADDRESS, GROUP_PHONE, N_GROUPS } Group;
typedef enum { CHECK_TEXT, CHECK_EMAIL, CHECK_DIGITS } Check;

/* One table: the form, what is sent and what is wrong with it all come from here. */
typedef struct {
  const char *member;
  const char *title;
  Group group;
  Check check;
} Field;

static const Field fields[] = {
  { "company", N_("Company"), GROUP_WHO, CHECK_TEXT },
  { "first-name", N_("First Name"), GROUP_WHO, CHECK_TEXT },
  { "last-name", N_("Last Name"), GROUP_WHO, CHECK_TEXT },
  { "email", N_("E-mail"), GROUP_WHO, CHECK_EMAIL },
  { "address-line-one", N_("Address"), GROUP_ADDRESS, CHECK_TEXT },
  { "address-line-two", N_("Second Line of Address"), GROUP_ADDRESS, CHECK_TEXT },
  { "postal-code", N_("Postal Code"), GROUP_ADDRESS, CHECK_TEXT },
  { "city", N_("City"), GROUP_ADDRESS, CHECK_TEXT },
  { "phone-cc", N_("Country Code of the Phone, without +"), GROUP_PHONE, CHECK_DIGITS },
  { "phone", N_("Phone, without country code"), GROUP_PHONE, CHECK_DIGITS },
};

static const char *const group_titles[N_GROUPS] = { N_("Who"), N_("Address"), N_("Phone") };

struct _WbCustomerForm {
  GtkWidget parent_instance;

  WbProfile *profile;
  char *customer_id;
  CmrObject *customer; /* what is changed; the PUT takes the whole of it */
  GCancellable *cancellable;
  GtkWidget *rows[G_N_ELEMENTS (fields)];
  GtkWidget *problems[G_N_ELEMENTS (fields)];
  GtkWidget *country, *state, *state_row, *note;
  GPtrArray *countries, *states;
  char *wanted_state;
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
row_text (WbCustomerForm *self, guint i)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->rows[i]));
}

static gunichar
first_refused (const char *text, Check check)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (check == CHECK_DIGITS ? !g_unichar_isdigit (c) : check == CHECK_TEXT && !g_unichar_isalnum (c) && !g_unichar_ismark (c)
                                                             && (c > 127 || strchr (ALLOWED, (int) c) == NULL))
        return c;
    }
  return 0;
}

static gboolean
looks_like_email (const char *text)
{
  const char *at = strchr (text, '@');

  return at != NULL && at > text && strchr (at + 1, '@') == NULL && strchr (at + 1, '.') != NULL && strpbrk (text, " \t,;") == NULL
         && at[1] != '.' && text[strlen (text) - 1] != '.';
}

static gboolean
is_needed (guint i)
{
  return (cmr_resource_find_field (&cmr_customer_resource, fields[i].member)->flags & CMR_FIELD_NEEDED) != 0;
}

/* NULL when nothing is wrong; "" when it is merely still empty. */
static char *
dup_problem (WbCustomerForm *self, guint i)
{
  const char *text = row_text (self, i);
  gunichar c = first_refused (text, fields[i].check);
  char utf8[7] = "";

  if (*text == '\0')
    return is_needed (i) ? g_strdup ("") : NULL;
  if (c != 0)
    {
      utf8[g_unichar_to_utf8 (c, utf8)] = '\0';
      /* Translators: first a character, then the title of a field */
      return g_strdup_printf (_("“%s” cannot be used in “%s”."), utf8, _(fields[i].title));
    }
  if (fields[i].check == CHECK_EMAIL && !looks_like_email (text))
    return g_strdup (_("This is not a whole e-mail address."));
  if (g_str_equal (fields[i].member, "phone") && (strlen (text) < 4 || strlen (text) > 15))
    return g_strdup (_("A phone number has 4 to 15 digits."));
  if (g_str_equal (fields[i].member, "phone-cc") && strlen (text) > 4)
    return g_strdup (_("A country code has 1 to 4 digits."));
  return NULL;
}

static const char *
chosen_code (GtkWidget *dropdown, GPtrArray *places)
{
  guint i = gtk_drop_down_get_selected (GTK_DROP_DOWN (dropdown));

  /* The first entry says “Choose…”. */
  return places != NULL && i > 0 && i <= places->len ? cmr_object_get_text (places->pdata[i - 1], "code") : "";
}

static gboolean
needs_state (WbCustomerForm *self)
{
  return self->states != NULL && self->states->len > 0;
}

static void
show_problem (WbCustomerForm *self, guint i, const char *problem)
{
  gboolean wrong = problem != NULL && *problem != '\0';

  gtk_widget_set_visible (self->problems[i], wrong);
  gtk_label_set_label (GTK_LABEL (self->problems[i]), wrong ? problem : "");
  if (wrong)
    gtk_widget_add_css_class (self->rows[i], "error");
  else
    gtk_widget_remove_css_class (self->rows[i], "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->rows[i]), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, wrong ? problem : "", -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->rows[i]), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
update_state (WbCustomerForm *self)
{
  gboolean can_save = self->operation == NULL && *chosen_code (self->country, self->countries) != '\0'
                      && (!needs_state (self) || *chosen_code (self->state, self->states) != '\0');

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *problem = dup_problem (self, i);

      show_problem (self, i, problem);
      can_save = can_save && problem == NULL;
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
}

/* Countries and states */

static void
fill_dropdown (GtkWidget *dropdown, GPtrArray *places, const char *wanted)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (names, _("Choose…"));
  for (guint i = 0; places != NULL && i < places->len; i++)
    {
      const char *code = cmr_object_get_text (places->pdata[i], "code"), *name = cmr_object_get_text (places->pdata[i], "name");

      gtk_string_list_append (names, name);
      if (wanted != NULL && *wanted != '\0' && (g_str_equal (code, wanted) || g_str_equal (name, wanted)))
        selected = i + 1;
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (dropdown), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (dropdown), selected);
}

static void
states_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) states = wb_sync_places_finish (WB_SYNC (source), result, &error);
  WbCustomerForm *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (states == NULL)
    say (self, _("The states of this country could not be read. Choose the country again to try once more."));
  g_clear_pointer (&self->states, g_ptr_array_unref);
  self->states = g_steal_pointer (&states);
  fill_dropdown (self->state, self->states, self->wanted_state);
  gtk_widget_set_sensitive (self->state_row, needs_state (self));
  update_state (self);
}

static void
on_country (GtkDropDown *dropdown, GParamSpec *pspec, WbCustomerForm *self)
{
  const char *code = chosen_code (self->country, self->countries);

  g_clear_pointer (&self->states, g_ptr_array_unref);
  gtk_widget_set_sensitive (self->state_row, FALSE);
  fill_dropdown (self->state, NULL, NULL);
  if (*code != '\0')
    wb_sync_places_async (wb_profile_get_sync (self->profile), code, self->cancellable, states_cb, self);
  update_state (self);
}

static void
countries_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) countries = wb_sync_places_finish (WB_SYNC (source), result, &error);
  WbCustomerForm *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (countries == NULL)
    {
      say (self, _("The countries could not be read: they come from the service. Open this form again when you are online."));
      return;
    }
  g_clear_pointer (&self->countries, g_ptr_array_unref);
  self->countries = g_steal_pointer (&countries);
  fill_dropdown (self->country, self->countries, self->customer != NULL ? cmr_object_get_text (self->customer, "country") : NULL);
}

/* Saving */

static void
on_operation (WbOperation *operation, GParamSpec *pspec, WbCustomerForm *self)
{
  WbState state = wb_operation_get_state (operation);
  g_autofree char *reason = NULL;

  if (state == WB_STATE_UNKNOWN)
    {
      say (self, _("Looking whether it was made… The answer got lost; nothing is sent again."));
      return;
    }
  if (state == WB_STATE_QUEUED || state == WB_STATE_SENDING || state == WB_STATE_ACCEPTED)
    return;
  g_clear_signal_handler (&self->operation_id, operation);
  if (state == WB_STATE_DONE)
    {
      const char *id = self->customer_id != NULL ? self->customer_id : wb_operation_get_made_id (operation);
      g_autofree char *name = g_strdup (row_text (self, 0));
      g_autofree char *email = g_strdup (row_text (self, 3));

      g_signal_emit (self, signals[SAVED], 0, id, name, email);
      return;
    }
  reason = wb_words_reason (operation);
  say (self, reason);
  g_clear_object (&self->operation);
  update_state (self);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  WbOperation *operation = wb_sync_save_customer_finish (WB_SYNC (source), result, &error);
  WbCustomerForm *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
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
  g_autoptr (CmrObject) customer = self->customer != NULL ? g_object_ref (self->customer) : cmr_object_new (&cmr_customer_resource);

  if (!self->can_save)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (*row_text (self, i) != '\0' || cmr_object_has (customer, fields[i].member))
      cmr_object_set_text (customer, fields[i].member, row_text (self, i));
  cmr_object_set_text (customer, "country", chosen_code (self->country, self->countries));
  cmr_object_set_text (customer, "state", needs_state (self) ? chosen_code (self->state, self->states) : row_text (self, 7));
  if (!cmr_object_has (customer, "language-preference"))
    cmr_object_set_text (customer, "language-preference", "en");
  say (self, _("Sending…"));
  wb_sync_save_customer_async (wb_profile_get_sync (self->profile), customer, self->cancellable, saved_cb, self);
}

gboolean
wb_customer_form_get_can_save (WbCustomerForm *self)
{
  return self->can_save;
}

/* Building */

static void
on_row_changed (GtkEditable *editable, WbCustomerForm *self)
{
  update_state (self);
}

static void
add_field (WbCustomerForm *self, AdwPreferencesGroup *group, guint i)
{
  GtkWidget *row = adw_entry_row_new ();
  GtkWidget *problem = gtk_label_new ("");

  self->rows[i] = row;
  self->problems[i] = problem;
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(fields[i].title));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _(fields[i].title), -1);
  g_signal_connect (row, "changed", G_CALLBACK (on_row_changed), self);
  gtk_label_set_xalign (GTK_LABEL (problem), 0);
  gtk_label_set_wrap (GTK_LABEL (problem), TRUE);
  gtk_widget_add_css_class (problem, "error");
  gtk_widget_add_css_class (problem, "caption");
  gtk_widget_set_margin_start (problem, 12);
  gtk_widget_set_margin_top (problem, 6);
  gtk_widget_set_visible (problem, FALSE);
  adw_preferences_group_add (group, row);
  adw_preferences_group_add (group, problem);
}

static GtkWidget *
add_picker (AdwPreferencesGroup *group, const char *title, GtkWidget **dropdown)
{
  GtkWidget *row = adw_action_row_new ();
  GtkExpression *expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  *dropdown = gtk_drop_down_new (NULL, expression);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (*dropdown), TRUE);
  gtk_widget_set_valign (*dropdown, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (*dropdown), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), *dropdown);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), *dropdown);
  adw_preferences_group_add (group, row);
  return row;
}

static void
build (WbCustomerForm *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  for (guint g = 0; g < N_GROUPS; g++)
    {
      AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

      adw_preferences_group_set_title (group, _(group_titles[g]));
      for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
        if (fields[i].group == g)
          add_field (self, group, i);
      if (g == GROUP_ADDRESS)
        {
          add_picker (group, _("Country"), &self->country);
          self->state_row = add_picker (group, _("State"), &self->state);
        }
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (group));
    }
  self->note = gtk_label_new ("");
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->note), 0);
  gtk_box_append (GTK_BOX (box), self->note);
  say (self, "");
  fill_dropdown (self->country, NULL, NULL);
  fill_dropdown (self->state, NULL, NULL);
  gtk_widget_set_sensitive (self->state_row, FALSE);
  g_signal_connect (self->country, "notify::selected", G_CALLBACK (on_country), self);
  g_signal_connect_swapped (self->state, "notify::selected", G_CALLBACK (update_state), self);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

static void
take_customer (WbCustomerForm *self, CmrObject *customer)
{
  g_set_object (&self->customer, customer);
  g_free (self->wanted_state);
  self->wanted_state = g_strdup (cmr_object_get_text (customer, "state"));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    gtk_editable_set_text (GTK_EDITABLE (self->rows[i]), cmr_object_get_text (customer, fields[i].member));
  if (self->countries != NULL)
    fill_dropdown (self->country, self->countries, cmr_object_get_text (customer, "country"));
}

static void
customer_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrObject) customer = wb_sync_load_finish (WB_SYNC (source), result, &error);

  if (customer != NULL)
    take_customer (user_data, customer);
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
  g_clear_object (&self->customer);
  g_clear_object (&self->profile);
  g_clear_pointer (&self->countries, g_ptr_array_unref);
  g_clear_pointer (&self->states, g_ptr_array_unref);
  G_OBJECT_CLASS (wb_customer_form_parent_class)->dispose (object);
}

static void
wb_customer_form_finalize (GObject *object)
{
  WbCustomerForm *self = WB_CUSTOMER_FORM (object);

  g_clear_object (&self->cancellable);
  g_free (self->customer_id);
  g_free (self->wanted_state);
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
  props[PROP_CAN_SAVE] = g_param_spec_boolean ("can-save", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
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
  WbSync *sync = wb_profile_get_sync (profile);

  self->profile = g_object_ref (profile);
  self->customer_id = g_strdup (customer_id);
  build (self);
  wb_sync_places_async (sync, NULL, self->cancellable, countries_cb, self);
  if (customer_id != NULL)
    wb_sync_load_async (sync, WB_COLLECTION_CUSTOMERS, customer_id, self->cancellable, customer_cb, self);
  update_state (self);
  return GTK_WIDGET (self);
}
