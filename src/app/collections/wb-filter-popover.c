// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-filter-words.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-format.h"

#define MOST_DAYS 3650

struct _WbFilterPopover {
  GtkPopover parent_instance;

  const WbCollectionWords *words;
  WbListModel *model;
  GCancellable *cancellable;
  const WbListField *field; /* that was chosen; NULL on the first page */
  GtkWidget *stack, *fields, *form, *ways, *days, *from, *between, *to, *values, *add;
};

enum { ADDED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbFilterPopover, wb_filter_popover, GTK_TYPE_POPOVER)

static const WbFilterWay *
chosen_way (WbFilterPopover *self)
{
  guint n, chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->ways));
  const WbFilterWay *ways = wb_filter_ways (self->field, &n);

  return &ways[chosen < n ? chosen : 0];
}

/* What is typed */

static char *
dup_ticked (WbFilterPopover *self)
{
  GString *text = g_string_new (NULL);

  for (GtkWidget *tick = gtk_widget_get_first_child (self->values); tick != NULL; tick = gtk_widget_get_next_sibling (tick))
    if (GTK_IS_CHECK_BUTTON (tick) && gtk_check_button_get_active (GTK_CHECK_BUTTON (tick)))
      g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", (const char *) g_object_get_data (G_OBJECT (tick), "value"));
  return g_string_free (text, FALSE);
}

static WbListTerm *
make_term (WbFilterPopover *self)
{
  const WbFilterWay *way = chosen_way (self);
  g_autofree char *text = NULL;

  if (way->input == WB_FILTER_WORDS)
    text = dup_ticked (self);
  else if (way->input == WB_FILTER_DAYS)
    text = g_strdup_printf ("%dd", gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->days)));
  else
    text = g_strdup (way->input == WB_FILTER_NOTHING ? way->value : gtk_editable_get_text (GTK_EDITABLE (self->from)));
  return wb_list_term_new (self->field, way->op, text, gtk_editable_get_text (GTK_EDITABLE (self->to)), way->negated);
}

static void
update_add (WbFilterPopover *self)
{
  g_autoptr (WbListTerm) term = make_term (self);

  gtk_widget_set_sensitive (self->add, term != NULL);
}

static void
show_error (WbFilterPopover *self, GtkWidget *entry)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  gboolean wrong = *text != '\0' && !wb_list_field_takes (self->field, text);

  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (wrong)
    gtk_widget_add_css_class (entry, "error");
  else
    gtk_widget_remove_css_class (entry, "error");
}

static void
on_changed (GtkWidget *entry, WbFilterPopover *self)
{
  if (self->field == NULL)
    return;
  show_error (self, entry);
  update_add (self);
}

static void
on_add (WbFilterPopover *self)
{
  g_autoptr (WbListTerm) term = self->field != NULL ? make_term (self) : NULL;
  g_autofree char *text = term != NULL ? wb_list_term_to_text (term) : NULL;

  if (text == NULL)
    return;
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[ADDED], 0, text);
}

/* The second page */

static void
on_way (WbFilterPopover *self)
{
  WbFilterInput input;

  if (self->field == NULL)
    return;
  input = chosen_way (self)->input;
  gtk_widget_set_visible (gtk_widget_get_ancestor (self->values, GTK_TYPE_SCROLLED_WINDOW), input == WB_FILTER_WORDS);
  gtk_widget_set_visible (self->days, input == WB_FILTER_DAYS);
  gtk_widget_set_visible (self->from, input == WB_FILTER_TEXT || input == WB_FILTER_ONE || input == WB_FILTER_TWO);
  gtk_widget_set_visible (self->between, input == WB_FILTER_TWO);
  gtk_widget_set_visible (self->to, input == WB_FILTER_TWO);
  update_add (self);
}

static void
add_value (WbFilterPopover *self, const WbListValue *value)
{
  g_autofree char *title = wb_filter_dup_value (self->words, self->field, value->text), *count = wb_format_count (value->n_rows);
  /* Translators: a value, and how many rows have it: "Failed (12)" */
  g_autofree char *label = g_strdup_printf (_("%s (%s)"), title, count);
  GtkWidget *tick = gtk_check_button_new_with_label (label);

  g_object_set_data_full (G_OBJECT (tick), "value", g_strdup (value->text), g_free);
  g_signal_connect_swapped (tick, "toggled", G_CALLBACK (update_add), self);
  gtk_box_append (GTK_BOX (self->values), tick);
}

static void
values_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbFilterPopover) self = user_data;
  g_autoptr (GPtrArray) values = wb_list_model_values_finish (WB_LIST_MODEL (source), result, NULL);

  if (values == NULL || g_cancellable_is_cancelled (self->cancellable) || self->field == NULL || self->field->kind != WB_LIST_FIELD_WORD)
    return;
  for (guint i = 0; i < values->len; i++)
    if (*((WbListValue *) values->pdata[i])->text != '\0')
      add_value (self, values->pdata[i]);
  if (gtk_widget_get_first_child (self->values) != NULL)
    gtk_widget_grab_focus (gtk_widget_get_first_child (self->values));
}

static void
ask_values (WbFilterPopover *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->values)) != NULL)
    gtk_box_remove (GTK_BOX (self->values), child);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->field->kind == WB_LIST_FIELD_WORD)
    wb_list_model_values_async (self->model, self->field->column, self->cancellable, values_cb, g_object_ref (self));
}

static void
set_hints (WbFilterPopover *self)
{
  static const char *const hints[] = {
    [WB_LIST_FIELD_NUMBER] = "100", [WB_LIST_FIELD_MONEY] = "12.50", [WB_LIST_FIELD_PAST] = "2026-12-01",
    [WB_LIST_FIELD_FUTURE] = "2026-12-01",
  };
  const char *hint = self->field->kind < G_N_ELEMENTS (hints) && hints[self->field->kind] != NULL ? hints[self->field->kind] : "";

  gtk_editable_set_text (GTK_EDITABLE (self->from), "");
  gtk_editable_set_text (GTK_EDITABLE (self->to), "");
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->from), hint);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->to), hint);
}

static void
set_ways (WbFilterPopover *self)
{
  guint n;
  const WbFilterWay *ways = wb_filter_ways (self->field, &n);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (labels, _(ways[i].label));
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->ways), G_LIST_MODEL (labels));
}

static void
on_field (GtkWidget *button)
{
  WbFilterPopover *self = WB_FILTER_POPOVER (gtk_widget_get_ancestor (button, WB_TYPE_FILTER_POPOVER));
  GtkWidget *title = g_object_get_data (G_OBJECT (self->form), "title");

  self->field = g_object_get_data (G_OBJECT (button), "field");
  gtk_label_set_label (GTK_LABEL (title), wb_filter_title (self->field));
  set_hints (self);
  set_ways (self);
  ask_values (self);
  on_way (self);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->form);
  gtk_widget_grab_focus (gtk_widget_get_visible (self->from) ? self->from : self->ways);
}

static void
on_back (WbFilterPopover *self)
{
  self->field = NULL;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "fields");
  gtk_widget_child_focus (self->fields, GTK_DIR_TAB_FORWARD);
}

static GtkWidget *
make_entry (WbFilterPopover *self, const char *name)
{
  GtkWidget *entry = gtk_entry_new ();

  wb_accessible_set_label (entry, name);
  g_signal_connect (entry, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (on_add), self);
  return entry;
}

static GtkWidget *
make_values (WbFilterPopover *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->values = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 260);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->values);
  return scroller;
}

static GtkWidget *
make_head (WbFilterPopover *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  GtkWidget *title = gtk_label_new ("");

  gtk_widget_add_css_class (back, "flat");
  wb_accessible_set_name (back, _("Back"));
  g_signal_connect_swapped (back, "clicked", G_CALLBACK (on_back), self);
  gtk_widget_add_css_class (title, "heading");
  g_object_set_data (G_OBJECT (self->form), "title", title);
  gtk_box_append (GTK_BOX (head), back);
  gtk_box_append (GTK_BOX (head), title);
  return head;
}

static void
fill_form (WbFilterPopover *self)
{
  self->ways = gtk_drop_down_new (NULL, NULL);
  wb_accessible_set_label (self->ways, _("Condition"));
  wb_accessible_quiet_choice (self->ways);
  g_signal_connect_swapped (self->ways, "notify::selected", G_CALLBACK (on_way), self);
  self->days = gtk_spin_button_new_with_range (1, MOST_DAYS, 1);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->days), 30);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->days), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Days"), -1);
  self->from = make_entry (self, _("Value"));
  /* Translators: between two values of a range */
  self->between = gtk_label_new (_("and"));
  self->to = make_entry (self, _("Up to"));
  self->add = gtk_button_new_with_label (_("Add Filter"));
  gtk_widget_add_css_class (self->add, "suggested-action");
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (on_add), self);
  gtk_box_append (GTK_BOX (self->form), make_head (self));
  gtk_box_append (GTK_BOX (self->form), self->ways);
  gtk_box_append (GTK_BOX (self->form), make_values (self));
  gtk_box_append (GTK_BOX (self->form), self->days);
  gtk_box_append (GTK_BOX (self->form), self->from);
  gtk_box_append (GTK_BOX (self->form), self->between);
  gtk_box_append (GTK_BOX (self->form), self->to);
  gtk_box_append (GTK_BOX (self->form), self->add);
}

/* The first page */

static void
add_fields (WbFilterPopover *self)
{
  guint n;
  g_autofree const WbListField **fields = wb_list_fields (self->words->collection, &n);

  for (guint i = 0; i < n; i++)
    {
      GtkWidget *button = gtk_button_new_with_label (wb_filter_title (fields[i]));

      gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 0);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "choice");
      g_object_set_data (G_OBJECT (button), "field", (gpointer) fields[i]);
      g_signal_connect (button, "clicked", G_CALLBACK (on_field), NULL);
      gtk_box_append (GTK_BOX (self->fields), button);
    }
}

static void
wb_filter_popover_dispose (GObject *object)
{
  WbFilterPopover *self = WB_FILTER_POPOVER (object);

  g_cancellable_cancel (self->cancellable);
  self->field = NULL;
  g_clear_object (&self->cancellable);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (wb_filter_popover_parent_class)->dispose (object);
}

static void
wb_filter_popover_class_init (WbFilterPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_filter_popover_dispose;
  signals[ADDED] = g_signal_new ("added", WB_TYPE_FILTER_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wb_filter_popover_init (WbFilterPopover *self)
{
  self->stack = gtk_stack_new ();
  self->fields = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->form = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_widget_add_css_class (self->stack, "popover-body");
  gtk_widget_set_size_request (self->form, 220, -1);
  fill_form (self);
  gtk_stack_add_named (GTK_STACK (self->stack), self->fields, "fields");
  gtk_stack_add_named (GTK_STACK (self->stack), self->form, "form");
  gtk_popover_set_child (GTK_POPOVER (self), self->stack);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add Filter"), -1);
}

GtkWidget *
wb_filter_popover_new (const WbCollectionWords *words, WbListModel *model)
{
  WbFilterPopover *self = g_object_new (WB_TYPE_FILTER_POPOVER, NULL);

  self->words = words;
  self->model = g_object_ref (model);
  add_fields (self);
  return GTK_WIDGET (self);
}
