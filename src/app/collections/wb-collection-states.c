// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-collection-page-private.h"

#include <glib/gi18n.h>

#include "cmr-client.h"
#include "wb-application.h"
#include "wb-confined.h"
#include "wb-dialogs.h"
#include "wb-format.h"
#include "wb-lazy.h"
#include "wb-list-terms.h"
#include "wb-notice.h"
#include "wb-retry.h"
#include "wb-window.h"

/* Subtitle */

static char *
dup_loading (WbCollectionPage *self)
{
  WbSync *sync = wb_profile_get_sync (self->profile);
  guint read = 0;
  gint64 of = -1;
  g_autofree char *n = NULL, *all = NULL;

  if (!wb_sync_is_running (sync, self->words->collection, &read, &of))
    return NULL;
  if (wb_sync_get_paused (sync))
    return wb_sync_get_as_of (sync, self->words->collection) == 0 ? g_strdup (_("Reading is paused")) : NULL;
  if (of <= (gint64) read)
    return NULL;
  n = wb_format_count (read);
  all = wb_format_count (of);
  if (self->words->collection == WB_COLLECTION_DOMAINS)
    /* Translators: domains are read customer after customer; how many of how many customers are done */
    return g_strdup_printf (ngettext ("Loading domains of %s of %s customer", "Loading domains of %s of %s customers",
                                      (gulong) of),
                            n, all);
  /* Translators: how many of how many rows have been read */
  return g_strdup_printf (_("Loading %s of %s"), n, all);
}

/* Longer ago than what is looked at is read anew by itself: it could not be. */
#define STALE G_TIME_SPAN_HOUR

/* How old it is, when it is not of now; the journal's own lists are always of now. */
static char *
dup_age (WbCollectionPage *self)
{
  WbSync *sync = wb_profile_get_sync (self->profile);
  gint64 as_of = wb_sync_get_as_of (sync, self->words->collection);
  gboolean stale = wb_sync_get_paused (sync) || g_get_real_time () - as_of >= STALE;
  gboolean offline = cmr_client_get_connection (wb_profile_get_client (self->profile)) == CMR_CONNECTION_OFFLINE;
  g_autofree char *when = as_of > 0 ? wb_format_time (as_of) : NULL;

  if (when == NULL || (self->error == NULL && !offline && !stale))
    return NULL;
  /* Translators: a time */
  return g_strdup_printf (offline ? _("Offline, as of %s") : _("as of %s"), when);
}

static void
update_subtitle (WbCollectionPage *self)
{
  gint64 total = wb_list_model_get_total (self->model);
  g_autofree char *count = wb_format_count (MAX (total, 0));
  g_autofree char *text = dup_loading (self);

  if (text == NULL)
    text = dup_age (self);
  if (text == NULL)
    text = total > 0 ? self->words->dup_count ((gulong) total, count) : g_strdup ("");
  adw_window_title_set_subtitle (self->title, text);
}

/* Banner */

static void
update_banner (WbCollectionPage *self)
{
  g_autoptr (WbErrorWords) words = wb_notice_gravest (self->profile, self->error, self->words->collection);

  if (words == NULL)
    {
      wb_banner_hide (self->banner);
      return;
    }
  self->remedy = words->remedy;
  wb_banner_show (self->banner, words->icon, words->cause, words->consequence, words->button);
  wb_banner_set_kind (self->banner, words->css_class);
}

static void
on_remedy (WbBanner *banner, WbCollectionPage *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  switch (self->remedy)
    {
    case WB_REMEDY_CHANGE_KEY:
    case WB_REMEDY_ENTER_KEY:
      wb_key_dialog_present (window, self->profile);
      break;
    case WB_REMEDY_UNLOCK_KEYRING:
      wb_profile_look_for_key (self->profile, TRUE);
      break;
    case WB_REMEDY_UNLOCK:
      wb_unlock_dialog_present (window, self->profile);
      break;
    case WB_REMEDY_SHOW_CUSTOMERS:
      wb_window_show_section (WB_WINDOW (window), WB_COLLECTION_CUSTOMERS);
      break;
    case WB_REMEDY_SHOW_UNKNOWN:
      wb_window_show_unknown (WB_WINDOW (window));
      break;
    case WB_REMEDY_SHOW_FOUND:
      wb_window_show_found (WB_WINDOW (window));
      break;
    case WB_REMEDY_SHOW_FILE:
      wb_notice_show_file (window, wb_profile_get_journal_aside (self->profile));
      break;
    case WB_REMEDY_COPY_COMMAND:
      gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), WB_CONFINED_NETWORK_COMMAND);
      wb_window_toast (WB_WINDOW (window), _("Copied"));
      break;
    default:
      wb_retry_now (wb_retry_of (self->profile));
      wb_collection_page_read_now (self);
    }
}

/* What lies in the list's place */

static char *
dup_no_filter_match (WbCollectionPage *self, const char *search)
{
  g_autoptr (GPtrArray) terms = wb_list_terms_parse (self->words->collection, search);
  g_autofree char *words = wb_list_terms_dup_words (terms), *text = wb_format_text (words);
  guint n = self->n_filters;

  if (*text == '\0')
    return g_strdup_printf (ngettext ("Nothing fits with %u filter.", "Nothing fits with %u filters.", n), n);
  /* Translators: what was searched for, and how many filters are set */
  return g_strdup_printf (ngettext ("Nothing fits “%s” with %u filter.", "Nothing fits “%s” with %u filters.", n), text, n);
}

static char *
dup_no_match (WbCollectionPage *self)
{
  const char *search = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char *text = wb_format_text (search);
  const char *chip = "";

  for (guint i = 0; i < self->words->n_chips; i++)
    if (g_str_equal (self->words->chips[i].name, self->chip))
      chip = _(self->words->chips[i].title);
  if (self->n_filters > 0)
    return dup_no_filter_match (self, search);
  if (*text == '\0')
    /* Translators: %s is the title of a filter, such as “Drafts” */
    return g_strdup_printf (_("Nothing is in “%s”."), chip);
  if (g_str_equal (self->chip, "all"))
    /* Translators: %s is what was searched for */
    return g_strdup_printf (_("Nothing fits “%s”."), text);
  /* Translators: what was searched for, then the title of a filter, such as “Drafts” */
  return g_strdup_printf (_("Nothing in “%2$s” fits “%1$s”."), text, chip);
}

static void
update_no_match (WbCollectionPage *self)
{
  g_autofree char *text = dup_no_match (self);
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_status_page_set_description (self->no_match, escaped);
}

static gboolean
is_first_read (WbSync *sync, WbCollection collection, guint *read, gint64 *of)
{
  return wb_sync_is_running (sync, collection, read, of) && wb_sync_get_as_of (sync, collection) == 0
         && !wb_sync_get_paused (sync);
}

static void
update_progress (WbCollectionPage *self)
{
  WbSync *sync = wb_profile_get_sync (self->profile);
  guint read = 0;
  gint64 of = -1;
  gboolean first = is_first_read (sync, self->words->collection, &read, &of);

  /* Sums of customers come with their subscriptions. */
  if (first || (self->words->collection == WB_COLLECTION_CUSTOMERS && is_first_read (sync, WB_COLLECTION_SUBSCRIPTIONS, NULL, NULL)))
    gtk_widget_add_css_class (self->list_box, "first-read");
  else
    gtk_widget_remove_css_class (self->list_box, "first-read");

  gtk_widget_set_visible (self->progress, first);
  if (first && of > 0)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), (double) read / of);
  else if (first)
    gtk_progress_bar_pulse (GTK_PROGRESS_BAR (self->progress));
}

/* The journal's own lists are read by nobody but us. */
static gboolean
is_of_service (WbCollectionPage *self)
{
  return self->words->collection >= WB_COLLECTION_CUSTOMERS;
}

/* Nothing is there, as far as this computer knows; what is being read, or is about to be, is not known yet. */
static gboolean
has_nothing (WbCollectionPage *self)
{
  WbSync *sync = wb_profile_get_sync (self->profile);

  return wb_list_model_get_total (self->model) == 0 && wb_list_model_is_settled (self->model)
         && (!wb_sync_is_running (sync, self->words->collection, NULL, NULL) || wb_sync_get_paused (sync));
}

/* Empty is said only of what has been read. */
static gboolean
is_empty (WbCollectionPage *self)
{
  return has_nothing (self)
         && (!is_of_service (self) || wb_sync_get_as_of (wb_profile_get_sync (self->profile), self->words->collection) > 0);
}

static gboolean
is_unread (WbCollectionPage *self)
{
  return has_nothing (self) && !is_empty (self) && wb_sync_knows_ages (wb_profile_get_sync (self->profile))
         && wb_profile_get_key_state (self->profile) != WB_KEY_LOOKING;
}

/* Rows come in any order until all have been read once: which of them is the first is not known before. */
gboolean
wb_collection_page_is_filling (WbCollectionPage *self)
{
  WbSync *sync = wb_profile_get_sync (self->profile);

  return is_of_service (self) && wb_sync_get_as_of (sync, self->words->collection) == 0
         && (!wb_sync_knows_ages (sync) || wb_profile_get_key_state (self->profile) == WB_KEY_LOOKING
             || wb_sync_is_running (sync, self->words->collection, NULL, NULL));
}

static void
show_empty (WbCollectionPage *self, gboolean unread)
{
  const WbCollectionWords *words = self->words;
  g_autofree char *title = g_markup_escape_text (unread ? _("Not Read Yet") : _(words->empty_title), -1);
  g_autofree char *text = g_markup_escape_text (
    unread ? _("What the service has appears here once it has been read.") : _(words->empty_text), -1);

  adw_status_page_set_title (self->empty, title);
  adw_status_page_set_description (self->empty, text);
  gtk_widget_set_visible (self->empty_button, !unread && words->main_label != NULL);
}

/* It was read in the background since. */
static void
forget_error (WbCollectionPage *self)
{
  if (wb_sync_get_as_of (wb_profile_get_sync (self->profile), self->words->collection) > self->error_as_of)
    g_clear_error (&self->error);
}

void
wb_collection_page_update (WbCollectionPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  gint64 total = wb_list_model_get_total (self->model);
  gboolean filtered = wb_collection_page_is_filtered (self);
  gboolean unread = n == 0 && is_unread (self), empty = unread || (n == 0 && is_empty (self));
  const char *page = self->words->rows_only ? "cards" : "list";

  if (empty)
    {
      page = "empty";
      show_empty (self, unread);
    }
  else if (n == 0 && filtered && total > 0)
    {
      page = "no-match";
      update_no_match (self);
    }
  forget_error (self);
  update_subtitle (self);
  update_banner (self);
  update_progress (self);
  wb_lazy_show (self->stack, page);
  wb_collection_page_suggest_main (self);
  wb_collection_page_update_pane (self);
  gtk_widget_set_visible (self->last_box, self->words->last_row != NULL && !filtered && (total >= 0 || n > 0));
  gtk_widget_set_visible (self->chip_place, total > 0 || n > 0);
}

/* Refresh */

static void
take_result (WbCollectionPage *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  self->error_as_of = wb_sync_get_as_of (wb_profile_get_sync (self->profile), self->words->collection);
  wb_collection_page_update (self);
}

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbCollectionPage) self = user_data;
  GError *error = NULL;

  wb_sync_refresh_finish (WB_SYNC (source), result, &error);
  if (self->profile == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_clear_error (&error);
  else
    take_result (self, error);
}

static void
wallet_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbCollectionPage) self = user_data;

  wb_sync_read_wallet_finish (WB_SYNC (source), result, NULL);
  /* The connection tells how it went. */
  if (self->profile != NULL)
    wb_collection_page_update (self);
}

/* The customers' sums come from the partner-wide list of subscriptions; others bear the customer's name, and their
 * details lead to what they are paid by. */
static void
refresh_others (WbCollectionPage *self, WbSync *sync)
{
  WbCollection collection = self->words->collection;

  if (collection == WB_COLLECTION_CUSTOMERS)
    wb_sync_refresh_async (sync, WB_COLLECTION_SUBSCRIPTIONS, NULL, self->cancellable, refreshed_cb,
                           g_object_ref (self));
  else if (collection > WB_COLLECTION_CUSTOMERS && wb_sync_get_as_of (sync, WB_COLLECTION_CUSTOMERS) == 0)
    wb_sync_refresh_async (sync, WB_COLLECTION_CUSTOMERS, NULL, self->cancellable, NULL, NULL);
  if (collection == WB_COLLECTION_MAILBOXES && wb_sync_get_as_of (sync, WB_COLLECTION_SUBSCRIPTIONS) == 0)
    wb_sync_refresh_async (sync, WB_COLLECTION_SUBSCRIPTIONS, NULL, self->cancellable, NULL, NULL);
}

void
wb_collection_page_refresh (WbCollectionPage *self)
{
  WbSync *sync = wb_profile_get_sync (self->profile);
  WbKeyState key = wb_profile_get_key_state (self->profile);

  if (key != WB_KEY_PRESENT && key != WB_KEY_MEMORY_ONLY)
    return;
  wb_sync_refresh_async (sync, self->words->collection, NULL, self->cancellable, refreshed_cb, g_object_ref (self));
  refresh_others (self, sync);
  wb_sync_read_wallet_async (sync, self->cancellable, wallet_cb, g_object_ref (self));
  wb_collection_page_update (self);
}

void
wb_collection_page_read_now (WbCollectionPage *self)
{
  wb_sync_set_paused (wb_profile_get_sync (self->profile), FALSE);
  wb_collection_page_refresh (self);
}

/* A key that came, or a service that answers again. */
static void
on_can_read (WbCollectionPage *self)
{
  wb_collection_page_update (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    wb_collection_page_refresh (self);
}

/* The last reading found nothing, as the one before. */
static void
on_loading (WbCollectionPage *self)
{
  if (wb_list_model_get_total (self->model) == 0 && wb_list_model_is_settled (self->model))
    wb_collection_page_update (self);
}

/* All has been read once: now it is known which is the first. */
static void
on_progress (WbCollectionPage *self)
{
  wb_collection_page_choose_first (self);
  wb_collection_page_update (self);
}

/* What is looked at is kept fresher than the rest. */
static void
on_map (WbCollectionPage *self)
{
  wb_sync_set_visible (wb_profile_get_sync (self->profile), self->words->collection, TRUE);
}

static void
on_unmap (WbCollectionPage *self)
{
  WbSync *sync = wb_profile_get_sync (self->profile);

  if (sync != NULL) /* else the profile was closed first */
    wb_sync_set_visible (sync, self->words->collection, FALSE);
}

void
wb_collection_page_build_states (WbCollectionPage *self)
{
  static const char *const counts[] = { "notify::n-unknown-paid", "notify::n-crashed", "notify::n-found" };
  WbProfile *profile = self->profile;
  const GConnectFlags swapped = G_CONNECT_SWAPPED;

  g_signal_connect (self, "map", G_CALLBACK (on_map), NULL);
  g_signal_connect (self, "unmap", G_CALLBACK (on_unmap), NULL);
  self->banner = WB_BANNER (wb_banner_new ());
  g_signal_connect (self->banner, "clicked", G_CALLBACK (on_remedy), self);
  gtk_box_append (GTK_BOX (self->banner_place), GTK_WIDGET (self->banner));
  g_signal_connect_object (wb_profile_get_sync (profile), "progress", G_CALLBACK (on_progress), self, swapped);
  g_signal_connect_object (wb_profile_get_sync (profile), "ages-known", G_CALLBACK (on_progress), self, swapped);
  g_signal_connect_object (self->model, "notify::loading", G_CALLBACK (on_loading), self, swapped);
  g_signal_connect_object (wb_profile_get_sync (profile), "notify::paused", G_CALLBACK (wb_collection_page_update), self,
                           swapped);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    g_signal_connect_object (wb_profile_get_outbox (profile), counts[i], G_CALLBACK (wb_collection_page_update), self,
                             swapped);
  g_signal_connect_object (wb_profile_get_client (profile), "notify::connection",
                           G_CALLBACK (wb_collection_page_update), self, swapped);
  g_signal_connect_object (profile, "notify::key-state", G_CALLBACK (on_can_read), self, swapped);
  g_signal_connect_object (wb_retry_of (profile), "recovered", G_CALLBACK (on_can_read), self, swapped);
  g_signal_connect_object (wb_retry_of (profile), "changed", G_CALLBACK (update_banner), self, swapped);
}
