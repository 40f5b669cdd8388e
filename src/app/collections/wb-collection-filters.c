// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-collection-page-private.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-filter-words.h"
#include "wb-format.h"
#include "wb-list-terms.h"

#define MOST_CHARS 32

/* Filters are terms of the search's own language: those that were set are kept here, those that are typed stay in the
 * text. Both show as chips that can be taken away. */

static GPtrArray *
parse_typed (WbCollectionPage *self)
{
  return wb_list_terms_parse (self->words->collection, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
apply (WbCollectionPage *self)
{
  g_autoptr (GPtrArray) terms = g_ptr_array_new ();

  for (guint i = 0; i < self->filters->len; i++)
    g_ptr_array_add (terms, self->filters->pdata[i]);
  g_ptr_array_add (terms, NULL);
  self->filter_moved = TRUE;
  wb_list_model_set_filters (self->model, (const char *const *) terms->pdata);
  wb_collection_page_update_filters (self);
}

void
wb_collection_page_add_filter (WbCollectionPage *self, const char *text)
{
  for (guint i = 0; i < self->filters->len; i++)
    if (g_str_equal (self->filters->pdata[i], text))
      return;
  g_ptr_array_add (self->filters, g_strdup (text));
  apply (self);
}

void
wb_collection_page_set_filters (WbCollectionPage *self, const char *text)
{
  g_autoptr (GPtrArray) terms = wb_list_terms_parse (self->words->collection, text);

  g_ptr_array_set_size (self->filters, 0);
  for (guint i = 0; i < terms->len; i++)
    g_ptr_array_add (self->filters, wb_list_term_to_text (terms->pdata[i]));
  apply (self);
}

/* One that was set, or else one that was typed. */
static void
remove_filter (WbCollectionPage *self, const char *text)
{
  g_autoptr (GPtrArray) typed = NULL;
  g_autofree char *rest = NULL;
  guint at;

  if (g_ptr_array_find_with_equal_func (self->filters, text, g_str_equal, &at))
    {
      g_ptr_array_remove_index (self->filters, at);
      apply (self);
      return;
    }
  typed = parse_typed (self);
  for (guint i = 0; i < typed->len; i++)
    {
      g_autofree char *term = wb_list_term_to_text (typed->pdata[i]);

      if (!g_str_equal (term, text))
        continue;
      g_ptr_array_remove_index (typed, i);
      break;
    }
  rest = wb_list_terms_to_text (typed);
  gtk_editable_set_text (GTK_EDITABLE (self->search), rest);
}

/* Chips */

static void
on_remove (GtkWidget *button, WbCollectionPage *self)
{
  g_autofree char *text = g_strdup (g_object_get_data (G_OBJECT (button), "term"));

  /* The focus goes with the chip: to what made it. */
  if (gtk_widget_has_focus (button))
    gtk_widget_grab_focus (self->add_filter);
  remove_filter (self, text);
}

static GtkWidget *
make_chip (WbCollectionPage *self, const char *term, const char *words)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *label = gtk_label_new (words);
  g_autofree char *name = g_strdup_printf (_("Remove filter: %s"), words);

  /* In a narrow list the row of chips is moved, not squeezed: a label that may be cut would be. */
  if (g_utf8_strlen (words, -1) > MOST_CHARS)
    {
      g_autofree char *head = g_utf8_substring (words, 0, MOST_CHARS - 1), *cut = g_strconcat (head, "…", NULL);

      gtk_label_set_label (GTK_LABEL (label), cut);
    }
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "chip");
  gtk_widget_add_css_class (button, "filter-chip");
  wb_accessible_set_name (button, name);
  g_object_set_data_full (G_OBJECT (button), "term", g_strdup (term), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_remove), self);
  return button;
}

static void
add_chips_for (WbCollectionPage *self, GPtrArray *terms, GtkWidget *box)
{
  for (guint i = 0; i < terms->len; i++)
    {
      const WbListTerm *term = terms->pdata[i];
      g_autofree char *text = NULL, *words = NULL;

      if (wb_list_term_is_words (term))
        continue;
      text = wb_list_term_to_text (term);
      words = wb_filter_dup_words (self->words, term);
      gtk_box_append (GTK_BOX (box), make_chip (self, text, words));
    }
}

static void
empty_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static char *
dup_set (WbCollectionPage *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->filters->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", (const char *) self->filters->pdata[i]);
  return g_string_free (text, FALSE);
}

/* With each keystroke: chips are made anew only where other ones are to be seen. */
void
wb_collection_page_update_filters (WbCollectionPage *self)
{
  g_autofree char *set_text = dup_set (self);
  g_autoptr (GPtrArray) set = wb_list_terms_parse (self->words->collection, set_text), typed = parse_typed (self);
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();
  g_autofree char *shown = NULL, *asked_text = NULL;

  for (guint i = 0; i < typed->len; i++)
    if (!wb_list_term_is_words (typed->pdata[i]))
      g_ptr_array_add (asked, typed->pdata[i]);
  self->n_filters = set->len + asked->len;
  asked_text = wb_list_terms_to_text (asked);
  shown = g_strconcat (asked_text, "\n", set_text, NULL);
  if (g_strcmp0 (shown, self->shown_filters) == 0)
    return;
  g_free (self->shown_filters);
  self->shown_filters = g_steal_pointer (&shown);
  empty_box (self->filter_box);
  empty_box (self->no_match_chips);
  add_chips_for (self, set, self->filter_box);
  add_chips_for (self, asked, self->filter_box);
  add_chips_for (self, set, self->no_match_chips);
  add_chips_for (self, asked, self->no_match_chips);
  gtk_widget_set_visible (self->filter_place, self->n_filters > 0);
  gtk_widget_set_visible (self->no_match_chips, self->n_filters > 0);
}

char *
wb_collection_page_dup_filters (WbCollectionPage *self)
{
  return dup_set (self);
}

/* The button */

static void
on_added (WbFilterPopover *popover, const char *text, WbCollectionPage *self)
{
  wb_collection_page_add_filter (self, text);
}

static void
make_popover (GtkMenuButton *button, gpointer user_data)
{
  WbCollectionPage *self = user_data;
  GtkWidget *popover = wb_filter_popover_new (self->words, self->model);

  g_signal_connect (popover, "added", G_CALLBACK (on_added), self);
  gtk_menu_button_set_popover (button, popover);
}

static void
on_filter (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbCollectionPage *self = WB_COLLECTION_PAGE (widget);

  if (gtk_widget_get_mapped (self->add_filter))
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->add_filter));
}

void
wb_collection_page_compact_filters (WbCollectionPage *self, gboolean compact)
{
  if (self->filters_compact == compact)
    return;
  self->filters_compact = compact;
  if (self->views != NULL)
    wb_collection_page_compact_views (self, compact);
  if (compact)
    gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->add_filter), "list-add-symbolic");
  else
    /* Translators: a button that adds a filter to a list */
    gtk_menu_button_set_label (GTK_MENU_BUTTON (self->add_filter), _("+ Filter"));
  wb_accessible_set_name (self->add_filter, _("Add Filter"));
}

void
wb_collection_page_build_filters (WbCollectionPage *self)
{
  self->filters = g_ptr_array_new_with_free_func (g_free);
  self->add_filter = gtk_menu_button_new ();
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->add_filter), make_popover, self, NULL);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (self->add_filter), FALSE);
  gtk_widget_add_css_class (self->add_filter, "chip");
  gtk_widget_set_valign (self->add_filter, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->chip_place), self->add_filter);
  self->filters_compact = TRUE;
  wb_collection_page_compact_filters (self, FALSE);
  wb_collection_page_build_views (self);
}

void
wb_collection_page_class_init_filters (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "collection.filter", NULL, on_filter);
}
