// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-collection-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "wb-accessible.h"
#include "wb-filter-words.h"
#include "wb-list-terms.h"
#include "wb-names.h"

/* Fields and their known words, offered below the search while they are typed. Only Tab, or Enter after Down, takes
 * one: whoever types plain words never meets it. */

#define LEAST_LETTERS 3
#define MOST_OFFERED 6

/* What is typed last, without what excludes it; NULL in quotes or away from the end. */
static const char *
last_token (WbCollectionPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search)), *token = strrchr (text, ' ');
  guint quotes = 0;

  for (const char *p = text; *p != '\0'; p++)
    quotes += *p == '"';
  if (quotes % 2 != 0 || gtk_editable_get_position (GTK_EDITABLE (self->search)) != g_utf8_strlen (text, -1))
    return NULL;
  token = token != NULL ? token + 1 : text;
  return *token == '-' ? token + 1 : token;
}

static void
offer (WbCollectionPage *self, const char *text, const char *title)
{
  GtkWidget *box = gtk_popover_get_child (GTK_POPOVER (self->offers)), *label;

  if (self->n_offers >= MOST_OFFERED)
    return;
  label = gtk_label_new (title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "offer");
  g_object_set_data_full (G_OBJECT (label), "text", g_strdup (text), g_free);
  gtk_box_append (GTK_BOX (box), label);
  self->n_offers++;
}

static void
offer_fields (WbCollectionPage *self, const char *token)
{
  guint n;
  g_autofree const WbListField **fields = wb_list_fields (self->words->collection, &n);

  if (g_utf8_strlen (token, -1) < LEAST_LETTERS)
    return;
  for (guint i = 0; i < n; i++)
    if (g_ascii_strncasecmp (fields[i]->name, token, strlen (token)) == 0)
      {
        g_autofree char *text = g_strconcat (fields[i]->name, ":", NULL);

        offer (self, text, text);
      }
}

static void
offer_values (WbCollectionPage *self, const WbListField *field, const char *typed)
{
  g_autofree char *begun = wb_name_fold (typed);

  for (guint i = 0; self->offer_values != NULL && i < self->offer_values->len; i++)
    {
      const WbListValue *value = self->offer_values->pdata[i];
      g_autofree char *title = wb_filter_dup_value (self->words, field, value->text);
      g_autofree char *folded = wb_name_fold (value->text), *shown = wb_name_fold (title), *text = NULL;

      if (*value->text == '\0' || g_str_equal (folded, begun) || (!g_str_has_prefix (folded, begun) && !g_str_has_prefix (shown, begun)))
        continue;
      text = g_strdup_printf ("%s:%s ", field->name, value->text);
      offer (self, text, title);
    }
}

typedef struct {
  WbCollectionPage *page;
  const WbListField *field;
} Asked;

/* Who types on may be at another field by now. */
static void
values_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Asked *asked = user_data;
  g_autoptr (WbCollectionPage) self = asked->page;
  g_autoptr (GPtrArray) values = wb_list_model_values_finish (WB_LIST_MODEL (source), result, NULL);

  if (values == NULL || self->model == NULL || self->offers == NULL || self->offer_field != asked->field)
    return;
  g_clear_pointer (&self->offer_values, g_ptr_array_unref);
  self->offer_values = g_steal_pointer (&values);
  wb_collection_page_offer (self);
}

static void
ask_values (WbCollectionPage *self, const WbListField *field)
{
  Asked asked = { self, field };

  if (self->offer_field == field)
    return;
  self->offer_field = field;
  g_clear_pointer (&self->offer_values, g_ptr_array_unref);
  g_object_ref (self);
  wb_list_model_values_async (self->model, field->column, self->cancellable, values_cb, g_memdup2 (&asked, sizeof asked));
}

static void
find_offers (WbCollectionPage *self)
{
  const char *token = last_token (self), *colon = token != NULL ? strchr (token, ':') : NULL;
  g_autofree char *name = colon != NULL ? g_strndup (token, (gsize) (colon - token)) : NULL;
  const WbListField *field = name != NULL ? wb_list_field_find (self->words->collection, name) : NULL;

  if (token != NULL && colon == NULL)
    offer_fields (self, token);
  if (field == NULL || field->kind != WB_LIST_FIELD_WORD)
    return;
  ask_values (self, field);
  offer_values (self, field, colon + 1);
}

static void
mark (WbCollectionPage *self, int which)
{
  GtkWidget *label = gtk_widget_get_first_child (gtk_popover_get_child (GTK_POPOVER (self->offers)));

  self->offered = which;
  for (int i = 0; label != NULL; label = gtk_widget_get_next_sibling (label), i++)
    if (i == which)
      gtk_widget_add_css_class (label, "chosen");
    else
      gtk_widget_remove_css_class (label, "chosen");
}

void
wb_collection_page_offer (WbCollectionPage *self)
{
  GtkWidget *box = gtk_popover_get_child (GTK_POPOVER (self->offers)), *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
  self->n_offers = 0;
  if (gtk_widget_get_focus_child (self->search) != NULL)
    find_offers (self);
  mark (self, -1);
  if (self->n_offers > 0)
    gtk_popover_popup (GTK_POPOVER (self->offers));
  else
    gtk_popover_popdown (GTK_POPOVER (self->offers));
}

/* "state:fai" fits nothing yet: the list waits for the word. */
void
wb_collection_page_ask_typed (WbCollectionPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search)), *token = last_token (self);
  gboolean begun = self->n_offers > 0 && token != NULL && strchr (token, ':') != NULL;
  g_autofree char *asked = g_strndup (text, begun ? (gsize) (token - text) : strlen (text));

  if (g_str_has_suffix (asked, "-"))
    asked[strlen (asked) - 1] = '\0';
  wb_list_model_set_search (self->model, begun ? asked : text);
}

static void
take (WbCollectionPage *self, guint which)
{
  GtkWidget *label = gtk_widget_get_first_child (gtk_popover_get_child (GTK_POPOVER (self->offers)));
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search)), *token = last_token (self);
  g_autofree char *whole = NULL;

  for (; which > 0 && label != NULL; which--)
    label = gtk_widget_get_next_sibling (label);
  if (label == NULL || token == NULL)
    return;
  whole = g_strdup_printf ("%.*s%s", (int) (token - text), text, (const char *) g_object_get_data (G_OBJECT (label), "text"));
  gtk_editable_set_text (GTK_EDITABLE (self->search), whole);
  gtk_editable_set_position (GTK_EDITABLE (self->search), -1);
}

static gboolean
on_key (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, WbCollectionPage *self)
{
  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0 || self->n_offers == 0 || !gtk_widget_get_visible (self->offers))
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_Tab:
      take (self, (guint) MAX (self->offered, 0));
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      if (self->offered < 0)
        return FALSE;
      take (self, (guint) self->offered);
      return TRUE;
    case GDK_KEY_Down:
      mark (self, MIN (self->offered + 1, (int) self->n_offers - 1));
      return TRUE;
    case GDK_KEY_Up:
      mark (self, MAX (self->offered - 1, -1));
      return TRUE;
    case GDK_KEY_Escape:
      gtk_popover_popdown (GTK_POPOVER (self->offers));
      self->n_offers = 0;
      return TRUE;
    default:
      return FALSE;
    }
}

static void
on_pressed (GtkGestureClick *gesture, int n, double x, double y, WbCollectionPage *self)
{
  GtkWidget *box = gtk_popover_get_child (GTK_POPOVER (self->offers)), *hit = gtk_widget_pick (box, x, y, GTK_PICK_DEFAULT);
  guint which = 0;

  for (GtkWidget *label = gtk_widget_get_first_child (box); label != NULL; label = gtk_widget_get_next_sibling (label), which++)
    if (label == hit)
      {
        take (self, which);
        return;
      }
}

static void
on_leave (WbCollectionPage *self)
{
  if (self->offers != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->offers));
}

void
wb_collection_page_stop_offers (WbCollectionPage *self)
{
  g_clear_pointer (&self->offer_values, g_ptr_array_unref);
  g_clear_pointer (&self->offers, gtk_widget_unparent);
}

void
wb_collection_page_build_offers (WbCollectionPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *keys = gtk_event_controller_key_new (), *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->offers = gtk_popover_new ();
  gtk_widget_add_css_class (box, "popover-body");
  gtk_popover_set_child (GTK_POPOVER (self->offers), box);
  gtk_popover_set_autohide (GTK_POPOVER (self->offers), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->offers), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->offers), GTK_POS_BOTTOM);
  gtk_widget_set_halign (self->offers, GTK_ALIGN_START);
  gtk_widget_set_can_focus (self->offers, FALSE);
  gtk_widget_set_parent (self->offers, self->search);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->offers), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What can be typed"), -1);
  g_signal_connect (click, "released", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (box, GTK_EVENT_CONTROLLER (click));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (self->search, keys);
  gtk_widget_add_controller (self->search, focus);
}
