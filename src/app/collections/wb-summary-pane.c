// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-summary-pane.h"

#include <glib/gi18n.h>

#include "wb-format.h"
#include "wb-list-summary.h"
#include "wb-state-pill.h"
#include "wb-words.h"

/* Beside several selected rows. They are counted in a thread, whether there are two or a million. */

/* After a change, for the next one: keys that repeat select faster. */
#define SETTLE_MS 60
/* What takes longer says that it counts. */
#define PATIENCE_MS 400
/* While rows are being read from the service, counting takes at most a fifth of the time. */
#define REST 4

typedef enum { SHARED, PROVIDER, SUM, MONEY, DATES, SWITCH, HAVE } Kind;

/* What is told of the rows of a list, besides their states. Titles are N_(). */
typedef struct {
  WbCollection collection;
  WbListWanted wanted;
  Kind kind;
  const char *title;
} Fact;

static const Fact facts[] = {
  { WB_COLLECTION_ORDERS, { "customer-id", "customer" }, SHARED, N_("Customer") },
  { WB_COLLECTION_ORDERS, { "mailboxes" }, SUM, N_("Mailboxes") },
  { WB_COLLECTION_ORDERS, { "cents" }, MONEY, N_("Charge") },
  { WB_COLLECTION_ACTIVITY, { "customer-id", "customer" }, SHARED, N_("Customer") },
  { WB_COLLECTION_ACTIVITY, { "cents" }, MONEY, N_("Charge") },
  { WB_COLLECTION_CUSTOMERS, { "domains" }, SUM, N_("Domains") },
  { WB_COLLECTION_CUSTOMERS, { "mailboxes" }, SUM, N_("Mailboxes") },
  { WB_COLLECTION_CUSTOMERS, { "monthly-cents" }, MONEY, N_("A month") },
  { WB_COLLECTION_CUSTOMERS, { "next-renewal" }, DATES, N_("Next renewal") },
  { WB_COLLECTION_DOMAINS, { "customer-id", "customer" }, SHARED, N_("Customer") },
  { WB_COLLECTION_DOMAINS, { "provider" }, PROVIDER, N_("Provider") },
  { WB_COLLECTION_DOMAINS, { "mailboxes" }, SUM, N_("Mailboxes") },
  { WB_COLLECTION_DOMAINS, { "expires" }, DATES, N_("Expires") },
  { WB_COLLECTION_DOMAINS, { "auto-renew" }, SWITCH, N_("Auto-renew") },
  { WB_COLLECTION_MAILBOXES, { "customer-id", "customer" }, SHARED, N_("Customer") },
  { WB_COLLECTION_MAILBOXES, { "domain" }, SHARED, N_("Domain") },
  { WB_COLLECTION_MAILBOXES, { "provider" }, PROVIDER, N_("Provider") },
  { WB_COLLECTION_MAILBOXES, { "picture" }, HAVE, N_("Picture") },
  { WB_COLLECTION_SUBSCRIPTIONS, { "customer-id", "customer" }, SHARED, N_("Customer") },
  { WB_COLLECTION_SUBSCRIPTIONS, { "provider" }, PROVIDER, N_("Provider") },
  { WB_COLLECTION_SUBSCRIPTIONS, { "mailboxes" }, SUM, N_("Mailboxes") },
  { WB_COLLECTION_SUBSCRIPTIONS, { "monthly-cents" }, MONEY, N_("A month") },
  { WB_COLLECTION_SUBSCRIPTIONS, { "due" }, DATES, N_("Due") },
  { WB_COLLECTION_SUBSCRIPTIONS, { "auto-renew" }, SWITCH, N_("Auto-renew") },
};

typedef struct {
  WbPane *pane; /* owns us */
  WbProfile *profile;
  const WbCollectionWords *words;
  WbListModel *model;
  WbRowSelection *selection;
  GCancellable *cancellable; /* of the counting that is under way */
  guint settle_id, patience_id;
  WbRowSet *counted; /* (nullable): the rows that are, or were */
  gint64 began, took;
  gboolean again; /* rows changed meanwhile */
} Summary;

static void
stop (Summary *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_handle_id (&self->patience_id, g_source_remove);
}

static void
summary_free (gpointer data)
{
  Summary *self = data;

  stop (self);
  g_signal_handlers_disconnect_by_data (self->selection, self);
  g_signal_handlers_disconnect_by_data (self->model, self);
  g_signal_handlers_disconnect_by_data (self->profile, self);
  g_clear_pointer (&self->counted, wb_row_set_free);
  g_object_unref (self->selection);
  g_object_unref (self->model);
  g_object_unref (self->profile);
  g_free (self);
}

static void
show_title (Summary *self)
{
  guint n = wb_row_selection_get_n_selected (self->selection);
  g_autofree char *figure = wb_format_exact (n), *title = self->words->dup_count (n, figure);

  wb_pane_set_title (self->pane, title);
}

/* States */

static void
add_share (Summary *self, const WbListShare *share)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *pill = wb_state_pill_new ();
  g_autofree char *figure = wb_format_exact (share->n_rows);
  g_autofree char *word = wb_format_text (wb_state_word_text (self->words->state_family, share->text));
  GtkWidget *label = gtk_label_new (figure);

  wb_state_pill_set_text (WB_STATE_PILL (pill), self->words->state_family, share->text, *word != '\0' ? word : _("Not known"));
  wb_state_pill_set_whole (WB_STATE_PILL (pill));
  gtk_widget_set_halign (pill, GTK_ALIGN_START);
  gtk_widget_set_hexpand (pill, TRUE);
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (box), pill);
  gtk_box_append (GTK_BOX (box), label);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_RELATION_LABELLED_BY, pill, NULL, -1);
  wb_pane_add (self->pane, box);
}

static void
add_states (Summary *self, const WbListSpread *spread)
{
  guint n = spread->n_different;
  g_autofree char *text = g_strdup_printf (ngettext ("%u state", "%u different states", n), n);

  if (n == 0)
    return;
  wb_pane_add_text (self->pane, n == 1 ? _("All in the same state") : text, "dim-label");
  for (guint i = 0; i < spread->shares->len; i++)
    add_share (self, spread->shares->pdata[i]);
}

/* Facts */

static char *
dup_different (guint n)
{
  g_autofree char *figure = wb_format_exact (MIN (n, WB_LIST_MOST_DIFFERENT));

  if (n > WB_LIST_MOST_DIFFERENT)
    /* Translators: so many different customers, domains … */
    return g_strdup_printf (_("More than %s different"), figure);
  return g_strdup_printf (ngettext ("%s different", "%s different", n), figure);
}

static char *
dup_shared (const WbListSpread *spread, gboolean provider)
{
  const WbListShare *share = spread->shares->len > 0 ? spread->shares->pdata[0] : NULL;

  if (share == NULL || spread->n_rows == 0)
    return NULL;
  if (spread->n_different > 1)
    return dup_different (spread->n_different);
  return provider ? wb_words_provider (share->text) : wb_format_text (share->shown != NULL ? share->shown : share->text);
}

/* What some rows do not say is more than what the others do. */
static char *
dup_sum (const WbListSpread *spread, guint n_rows, gboolean money)
{
  g_autofree char *sum = money ? wb_format_money (spread->sum) : wb_format_exact (spread->sum);

  if (spread->n_rows == n_rows)
    return g_steal_pointer (&sum);
  /* Translators: %s is a sum or a number; of some rows it is not known */
  return g_strdup_printf (_("At least %s"), sum);
}

/* "5 days ago to in 9 days" would be no sentence: two ends are told by their dates. */
static char *
dup_dates (const WbListSpread *spread)
{
  g_autofree char *least = wb_format_date (spread->least), *most = wb_format_date (spread->most);

  if (g_str_equal (least, most))
    return wb_format_due (spread->least);
  /* Translators: from the first date to the last */
  return g_strdup_printf (_("%s to %s"), least, most);
}

/* @n of @all have it */
static char *
dup_part (gint64 n, guint all, const char *whole, const char *none)
{
  g_autofree char *part = wb_format_exact (n), *figure = wb_format_exact (all);

  if (n == 0 || n == all)
    return g_strdup (n == 0 ? none : whole);
  /* Translators: 12 of 58 */
  return g_strdup_printf (_("%s of %s"), part, figure);
}

static char *
dup_fact (const Fact *fact, const WbListSpread *spread, guint n_rows)
{
  if (fact->kind == SHARED || fact->kind == PROVIDER)
    return dup_shared (spread, fact->kind == PROVIDER);
  if (spread->n_rows == 0)
    return NULL;
  if (fact->kind == SUM || fact->kind == MONEY)
    return dup_sum (spread, n_rows, fact->kind == MONEY);
  if (fact->kind == DATES)
    return dup_dates (spread);
  if (fact->kind == SWITCH)
    return dup_part (spread->sum, n_rows, wb_words_switch (1), wb_words_switch (0));
  return dup_part (spread->sum, n_rows, _("All have one"), _("None has one"));
}

static void
add_facts (Summary *self, const WbListSummary *summary, guint i)
{
  for (guint k = 0; k < G_N_ELEMENTS (facts); k++)
    if (facts[k].collection == self->words->collection)
      {
        g_autofree char *value = dup_fact (&facts[k], summary->spreads->pdata[i++], summary->n_rows);

        wb_pane_add_fact (self->pane, _(facts[k].title), value);
      }
}

static void
do_nothing (void)
{
}

static void
add_button (Summary *self, const char *label, const char *action)
{
  GtkWidget *button = wb_pane_add_button (self->pane, label, FALSE, G_CALLBACK (do_nothing), self->pane);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
}

static void
fill (Summary *self, const WbListSummary *summary)
{
  gboolean has_states = self->words->state_family != NULL;

  wb_pane_clear (self->pane);
  if (has_states)
    add_states (self, summary->spreads->pdata[0]);
  add_facts (self, summary, has_states ? 1 : 0);
  /* As in the bar below the list, which this covers where there is little room. */
  add_button (self, _("Copy"), "collection.copy-row");
  add_button (self, _("Export…"), "collection.export");
  wb_pane_add_copy_text (self->pane);
  wb_pane_end (self->pane);
}

/* Counting */

static gboolean
lose_patience (gpointer data)
{
  Summary *self = data;

  self->patience_id = 0;
  wb_pane_clear (self->pane);
  wb_pane_add_text (self->pane, _("Counting…"), "dim-label");
  return G_SOURCE_REMOVE;
}

static guint
take_wanted (Summary *self, WbListWanted *wanted)
{
  guint n = 0;

  if (self->words->state_family != NULL)
    wanted[n++] = (WbListWanted) { "state" };
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    if (facts[i].collection == self->words->collection)
      wanted[n++] = facts[i].wanted;
  return n;
}

static void count_soon (Summary *self, guint ms);

/* Of a counting that was given up, nothing is touched: what asked for it may be gone. */
static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Summary *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbListSummary) summary = wb_list_summary_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_handle_id (&self->patience_id, g_source_remove);
  g_clear_object (&self->cancellable);
  self->took = g_get_monotonic_time () - self->began;
  if (summary != NULL)
    fill (self, summary);
  else
    g_message ("the selected rows could not be counted: %s", error->message);
  if (self->again)
    count_soon (self, (guint) (REST * self->took / 1000));
}

static gboolean
settled (gpointer data)
{
  Summary *self = data;
  WbListWanted wanted[G_N_ELEMENTS (facts) + 1];
  guint n = take_wanted (self, wanted);

  self->settle_id = 0;
  self->again = FALSE;
  self->began = g_get_monotonic_time ();
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->counted, wb_row_set_free);
  self->counted = wb_row_selection_dup_set (self->selection);
  if (self->patience_id == 0 && self->took == 0)
    self->patience_id = g_timeout_add (PATIENCE_MS, lose_patience, self);
  wb_list_summary_async (self->profile, self->words->collection, wanted, n, wb_row_selection_get_n_selected (self->selection),
                         wb_row_set_next, wb_row_set_copy (self->counted), wb_row_set_free, self->cancellable,
                         counted_cb, self);
  return G_SOURCE_REMOVE;
}

static void
count_soon (Summary *self, guint ms)
{
  if (self->settle_id == 0)
    self->settle_id = g_timeout_add (MAX (ms, SETTLE_MS), settled, self);
}

/* It shows others when it is seen again. */
static void
forget (Summary *self)
{
  stop (self);
  if (self->counted != NULL)
    wb_pane_clear (self->pane);
  g_clear_pointer (&self->counted, wb_row_set_free);
}

/* Told of with each change of the list too. Where others were selected, what is being counted is of no use. */
static void
on_selection (Summary *self)
{
  g_autoptr (WbRowSet) now = NULL;

  if (wb_row_selection_get_n_selected (self->selection) < 2)
    {
      forget (self);
      return;
    }
  now = wb_row_selection_dup_set (self->selection);
  show_title (self);
  if (self->counted != NULL && wb_row_set_equal (self->counted, now))
    return;
  stop (self);
  self->took = 0;
  count_soon (self, 0);
}

/* The same rows, or most of them, and some of them changed. */
static void
on_rows (Summary *self)
{
  if (wb_row_selection_get_n_selected (self->selection) < 2)
    return;
  show_title (self);
  if (self->cancellable != NULL)
    self->again = TRUE;
  else
    count_soon (self, (guint) (REST * self->took / 1000));
}

GtkWidget *
wb_summary_pane_new (WbProfile *profile, const WbCollectionWords *words, WbListModel *model, WbRowSelection *selection)
{
  GtkWidget *pane = wb_pane_new ("");
  Summary *self = g_new0 (Summary, 1);

  *self = (Summary) { WB_PANE (pane), g_object_ref (profile), words, g_object_ref (model), g_object_ref (selection) };
  g_object_set_data_full (G_OBJECT (pane), "summary", self, summary_free);
  g_signal_connect_swapped (selection, "notify::n-selected", G_CALLBACK (on_selection), self);
  g_signal_connect_swapped (selection, "selection-changed", G_CALLBACK (on_selection), self);
  g_signal_connect_swapped (model, "counts-changed", G_CALLBACK (on_rows), self);
  g_signal_connect_swapped (profile, "closing", G_CALLBACK (stop), self);
  on_selection (self);
  return pane;
}
