// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-place-rows.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-format.h"
#include "wb-sync.h"

typedef struct {
  GtkWidget *row;
  GtkDropDown *drop_down;
  GPtrArray *places; /* of CmrObject, NULL while they are not there */
  char *wanted;      /* to be chosen as soon as they are */
} Picker;

struct _WbPlaceRows {
  GObject parent_instance;

  WbProfile *profile;
  GCancellable *cancellable;
  GCancellable *of_states; /* of the list for the country chosen last */
  Picker country, state;
  const char *problem;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbPlaceRows, wb_place_rows, G_TYPE_OBJECT)

static void
tell (WbPlaceRows *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static const char *
chosen_code (const Picker *picker)
{
  guint i = gtk_drop_down_get_selected (picker->drop_down);

  /* The first entry says “Choose…”. */
  return picker->places != NULL && i > 0 && i <= picker->places->len
             ? cmr_object_get_text (picker->places->pdata[i - 1], "code")
             : "";
}

static void
fill (Picker *picker)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (names, _("Choose…"));
  for (guint i = 0; picker->places != NULL && i < picker->places->len; i++)
    {
      const char *code = cmr_object_get_text (picker->places->pdata[i], "code");
      g_autofree char *name = wb_format_text (cmr_object_get_text (picker->places->pdata[i], "name"));

      gtk_string_list_append (names, name);
      if (picker->wanted != NULL && *picker->wanted != '\0'
          && (g_str_equal (code, picker->wanted) || g_str_equal (name, picker->wanted)))
        selected = i + 1;
    }
  gtk_drop_down_set_model (picker->drop_down, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (picker->drop_down, selected);
  gtk_widget_set_sensitive (picker->row, picker->places != NULL && picker->places->len > 0);
  g_object_unref (names);
}

static void
take (Picker *picker, GPtrArray *places)
{
  g_clear_pointer (&picker->places, g_ptr_array_unref);
  picker->places = places;
  fill (picker);
}

static void
states_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbPlaceRows) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *states = wb_sync_places_finish (WB_SYNC (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->profile == NULL)
    {
      g_clear_pointer (&states, g_ptr_array_unref);
      return;
    }
  self->problem = states == NULL
                      ? _("The states of this country could not be read. Choose the country again to try once more.")
                      : NULL;
  take (&self->state, states);
  tell (self);
}

static void
read_states (WbPlaceRows *self)
{
  const char *code = chosen_code (&self->country);

  g_cancellable_cancel (self->of_states);
  g_object_unref (self->of_states);
  self->of_states = g_cancellable_new ();
  self->problem = NULL;
  take (&self->state, NULL);
  if (*code != '\0')
    wb_sync_places_async (wb_profile_get_sync (self->profile), code, self->of_states, states_cb, g_object_ref (self));
}

static void
on_country (WbPlaceRows *self)
{
  if (self->profile == NULL)
    return;
  read_states (self);
  tell (self);
}

static void
countries_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbPlaceRows) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *countries = wb_sync_places_finish (WB_SYNC (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->profile == NULL)
    {
      g_clear_pointer (&countries, g_ptr_array_unref);
      return;
    }
  if (countries == NULL)
    self->problem
        = _("The countries could not be read: they come from the service. Open this form again when you are online.");
  take (&self->country, countries);
  tell (self);
}

void
wb_place_rows_set (WbPlaceRows *self, const char *country, const char *state)
{
  g_free (self->country.wanted);
  self->country.wanted = g_strdup (country);
  g_free (self->state.wanted);
  self->state.wanted = g_strdup (state);
  fill (&self->country);
}

const char *
wb_place_rows_get_country (WbPlaceRows *self)
{
  return chosen_code (&self->country);
}

const char *
wb_place_rows_get_state (WbPlaceRows *self)
{
  return chosen_code (&self->state);
}

gboolean
wb_place_rows_needs_state (WbPlaceRows *self)
{
  return self->state.places != NULL && self->state.places->len > 0;
}

gboolean
wb_place_rows_is_complete (WbPlaceRows *self)
{
  return *chosen_code (&self->country) != '\0' && self->state.places != NULL
         && (!wb_place_rows_needs_state (self) || *chosen_code (&self->state) != '\0');
}

const char *
wb_place_rows_get_problem (WbPlaceRows *self)
{
  return self->problem;
}

static void
make_picker (Picker *picker, const char *title)
{
  GtkExpression *expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  picker->row = g_object_ref_sink (adw_action_row_new ());
  picker->drop_down = GTK_DROP_DOWN (gtk_drop_down_new (NULL, expression));
  gtk_drop_down_set_enable_search (picker->drop_down, TRUE);
  gtk_widget_set_valign (GTK_WIDGET (picker->drop_down), GTK_ALIGN_CENTER);
  wb_accessible_set_label (GTK_WIDGET (picker->drop_down), title);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (picker->row), title);
  adw_action_row_add_suffix (ADW_ACTION_ROW (picker->row), GTK_WIDGET (picker->drop_down));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (picker->row), GTK_WIDGET (picker->drop_down));
  fill (picker);
}

void
wb_place_rows_add_to (WbPlaceRows *self, AdwPreferencesGroup *group)
{
  adw_preferences_group_add (group, self->country.row);
  adw_preferences_group_add (group, self->state.row);
}

static void
picker_clear (Picker *picker)
{
  g_clear_pointer (&picker->places, g_ptr_array_unref);
  g_clear_object (&picker->row);
  g_clear_pointer (&picker->wanted, g_free);
}

static void
wb_place_rows_dispose (GObject *object)
{
  WbPlaceRows *self = WB_PLACE_ROWS (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->of_states);
  g_clear_object (&self->profile);
  picker_clear (&self->country);
  picker_clear (&self->state);
  G_OBJECT_CLASS (wb_place_rows_parent_class)->dispose (object);
}

static void
wb_place_rows_finalize (GObject *object)
{
  WbPlaceRows *self = WB_PLACE_ROWS (object);

  g_object_unref (self->cancellable);
  g_object_unref (self->of_states);
  G_OBJECT_CLASS (wb_place_rows_parent_class)->finalize (object);
}

static void
wb_place_rows_class_init (WbPlaceRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_place_rows_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_place_rows_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", WB_TYPE_PLACE_ROWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_place_rows_init (WbPlaceRows *self)
{
  self->cancellable = g_cancellable_new ();
  self->of_states = g_cancellable_new ();
}

WbPlaceRows *
wb_place_rows_new (WbProfile *profile)
{
  WbPlaceRows *self = g_object_new (WB_TYPE_PLACE_ROWS, NULL);

  self->profile = g_object_ref (profile);
  make_picker (&self->country, _("Country"));
  make_picker (&self->state, _("State"));
  g_signal_connect_object (self->country.drop_down, "notify::selected", G_CALLBACK (on_country), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->state.drop_down, "notify::selected", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  wb_sync_places_async (wb_profile_get_sync (profile), NULL, self->cancellable, countries_cb, g_object_ref (self));
  return self;
}
