// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include <glib/gi18n.h>

#include "cmr-endpoint.h"
#include "wb-columns.h"
#include "wb-format.h"
#include "wb-state-pill.h"
#include "wb-thing-pane.h"
#include "wb-words.h"

/* What a thing has to do with others, in its pane. */

typedef struct {
  WbCollection collection;
  const char *kind;   /* below its name */
  const char *action; /* takes its id */
  const char *owned;  /* takes the name of a customer: the list of what that one has */
} Kind;

static const Kind kinds[] = {
  { WB_COLLECTION_DOMAINS, N_("Domain"), "app.show-domain", "app.domains-of-customer" },
  { WB_COLLECTION_MAILBOXES, N_("Mailbox"), "app.show-mailbox", "app.mailboxes-of-customer" },
  { WB_COLLECTION_SUBSCRIPTIONS, N_("Subscription"), "app.show-subscription", "app.subscriptions-of-customer" },
  { WB_COLLECTION_ORDERS, N_("Order"), "app.show-order", NULL },
};

static const Kind *
find_kind (WbCollection collection)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].collection == collection)
      return &kinds[i];
  return NULL;
}

static char *
dup_count (WbCollection collection, gint64 n)
{
  g_autofree char *figure = wb_format_count (n);

  return wb_collection_words (collection)->dup_count ((gulong) n, figure);
}

static char *
dup_sub (const Kind *kind, const WbRelated *related)
{
  g_autofree char *mailboxes = related->n >= 0 ? dup_count (WB_COLLECTION_MAILBOXES, related->n) : NULL;
  g_autofree char *when = related->time > 0 ? wb_format_time (related->time) : NULL;

  if (*related->id == '\0')
    return NULL;
  if (when == NULL && mailboxes == NULL)
    return g_strdup (_(kind->kind));
  /* Translators: "Order · 20 Nov", "Domain · 8 mailboxes" */
  return g_strdup_printf (_("%s · %s"), _(kind->kind), when != NULL ? when : mailboxes);
}

static char *
dup_title (const WbRelated *related)
{
  if (*related->id == '\0')
    return dup_count (related->collection, related->n);
  return wb_format_text (related->title);
}

static GtkWidget *
make_row (const Kind *kind, WbCollection of, const WbRelated *related)
{
  const char *owned = of == WB_COLLECTION_CUSTOMERS ? kind->owned : "app.mailboxes-of-domain";
  gboolean one = *related->id != '\0';
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = dup_title (related), *sub = dup_sub (kind, related);
  GtkWidget *pill;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  if (sub != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), sub);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (row), wb_collection_words (related->collection)->icon);
  gtk_widget_set_tooltip_text (row, title);
  if (*related->state != '\0')
    {
      pill = wb_state_pill_new ();
      wb_state_pill_set (WB_STATE_PILL (pill), wb_collection_words (related->collection)->state_family, related->state);
      gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), pill);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), one ? kind->action : owned);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", one ? related->id : related->title);
  return row;
}

static void
add_history (WbPane *self, GPtrArray *related)
{
  gboolean headed = FALSE;

  for (guint i = 0; i < related->len; i++)
    {
      const WbRelated *one = related->pdata[i];
      const CmrEndpoint *endpoint = one->collection == WB_COLLECTION_ACTIVITY ? cmr_endpoint_find (one->title) : NULL;
      g_autofree char *when = NULL, *what = NULL;

      if (one->collection != WB_COLLECTION_ACTIVITY)
        continue;
      if (!headed)
        wb_pane_add_heading (self, _("History"));
      headed = TRUE;
      when = wb_format_time (one->time);
      what = wb_words_operation (endpoint != NULL ? endpoint->op : CMR_OP_NONE, one->pictures, 0);
      wb_pane_add_link (self, when, what, "app.show-operation", one->id);
    }
}

void
wb_pane_add_related (WbPane *self, WbCollection of, GPtrArray *related)
{
  GtkWidget *list = NULL;

  for (guint i = 0; i < related->len; i++)
    {
      const WbRelated *one = related->pdata[i];
      const Kind *kind = find_kind (one->collection);

      /* None of them: nothing leads there. */
      if (kind == NULL || (*one->id == '\0' && one->n <= 0))
        continue;
      if (list == NULL)
        {
          list = gtk_list_box_new ();
          gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
          gtk_widget_add_css_class (list, "boxed-list");
          gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Related"), -1);
        }
      gtk_list_box_append (GTK_LIST_BOX (list), make_row (kind, of, one));
    }
  if (list != NULL)
    {
      wb_pane_add_heading (self, _("Related"));
      wb_pane_add (self, list);
    }
  add_history (self, related);
}

void
wb_pane_add_customer (WbPane *self, GPtrArray *related)
{
  for (guint i = 0; i < related->len; i++)
    {
      const WbRelated *one = related->pdata[i];
      g_autofree char *name = NULL;

      if (one->collection != WB_COLLECTION_CUSTOMERS)
        continue;
      name = wb_format_text (one->title);
      wb_pane_add_link (self, _("Customer"), *name != '\0' ? name : _("Without a name"), "app.show-customer", one->id);
    }
}

void
wb_pane_add_time (WbPane *self, const char *label, gint64 time)
{
  g_autofree char *when = time > 0 ? wb_format_time (time) : NULL;

  wb_pane_add_fact (self, label, when);
}

void
wb_pane_add_due (WbPane *self, const char *label, gint64 time)
{
  g_autofree char *when = time > 0 ? wb_format_time (time) : NULL;
  g_autofree char *due = time > 0 ? wb_format_due (time) : NULL;
  /* Translators: a date, then how far away it is: "20 Nov, in 6 days" */
  g_autofree char *both = g_strcmp0 (when, due) != 0 ? g_strdup_printf (_("%s, %s"), when, due) : NULL;

  wb_pane_add_fact (self, label, both != NULL ? both : when);
}

void
wb_pane_add_member (WbPane *self, const char *label, CmrObject *object, const char *member)
{
  g_autofree char *text = wb_format_text (cmr_object_get_text (object, member));

  wb_pane_add_fact (self, label, text);
}

const char *
wb_word_text (const WbWordText *texts, guint n, const char *word, const char *otherwise)
{
  for (guint i = 0; i < n; i++)
    if (g_str_equal (texts[i].word, word))
      return _(texts[i].text);
  return otherwise;
}
