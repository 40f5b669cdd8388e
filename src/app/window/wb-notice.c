// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-notice.h"

#include <glib/gi18n.h>

#include "cmr-client.h"
#include "wb-compat.h"
#include "wb-confined.h"
#include "wb-format.h"
#include "wb-outbox.h"
#include "wb-retry.h"

#define DAY_US (24 * 3600 * G_TIME_SPAN_SECOND)

typedef struct {
  WbProfile *profile;
  const GError *error;     /* (nullable) */
  WbCollection collection; /* WB_N_COLLECTIONS: none */
} Asked;

static char *
say (const char *text)
{
  return g_strdup (_(text));
}

static WbErrorWords *
about_key (const Asked *asked)
{
  CmrError code = CMR_ERROR_SIGNED_OUT;
  const char *stored = N_("You see what was stored; nothing is read or sent without the key.");
  g_autoptr (GError) error = NULL;

  switch (wb_profile_get_key_state (asked->profile))
    {
    case WB_KEY_LOCKED:
      return wb_error_words_new ("dialog-password-symbolic", "warning", say (N_("The keyring is locked.")),
                                 say (stored), WB_REMEDY_UNLOCK_KEYRING);
    case WB_KEY_MISSING:
      return wb_error_words_new ("dialog-password-symbolic", "warning", say (N_("There is no key for this profile.")),
                                 say (stored), WB_REMEDY_ENTER_KEY);
    default:
      break;
    }
  if (cmr_client_get_connection (wb_profile_get_client (asked->profile)) != CMR_CONNECTION_KEY_REFUSED)
    return NULL;
  error = g_error_new_literal (CMR_ERROR, code, "");
  return wb_words_for_error (error);
}

static WbErrorWords *
about_lock (const Asked *asked)
{
  WbLock lock = wb_profile_get_lock (asked->profile);
  const char *owner = wb_profile_get_lock_owner (asked->profile);
  g_auto (GStrv) words = g_strsplit (owner != NULL ? owner : "", " ", 2);
  g_autofree char *host = NULL;

  if (lock == WB_LOCK_DISK)
    return wb_error_words_new ("drive-harddisk-symbolic", "error", say (N_("The disk cannot be written to.")),
                               say (N_("Drafts and sending are off until it can.")), WB_REMEDY_NONE);
  if (lock != WB_LOCK_OTHER_PROCESS)
    return NULL;
  if (g_strv_length (words) < 2)
    return wb_error_words_new ("changes-prevent-symbolic", "warning", say (N_("Another Waybill holds this profile.")),
                               say (N_("You can look at everything; close the other one to send from here.")),
                               WB_REMEDY_NONE);
  host = wb_format_text (words[1]);
  return wb_error_words_new (
      "changes-prevent-symbolic", "warning", say (N_("Another Waybill holds this profile.")),
      /* Translators: number of a process, name of a computer */
      g_strdup_printf (_("It is process %s on %s. You can look at everything; close the other one to send from here."),
                       words[0], host),
      WB_REMEDY_NONE);
}

static guint
count_of (const Asked *asked, const char *property)
{
  guint n = 0;

  g_object_get (wb_profile_get_outbox (asked->profile), property, &n, NULL);
  return n;
}

static WbErrorWords *
about_unknown (const Asked *asked)
{
  guint n = count_of (asked, "n-unknown-paid");

  if (n == 0)
    return NULL;
  return wb_error_words_new (
      "dialog-question-symbolic", "unknown",
      n == 1 ? say (N_("One paid request got no answer."))
             : g_strdup_printf (ngettext ("%u paid request got no answer.", "%u paid requests got no answer.", n), n),
      say (N_("Nothing is sent again until you decide.")), WB_REMEDY_SHOW_UNKNOWN);
}

/* Until it was looked up; what is still unknown then is told as such. */
static WbErrorWords *
about_crash (const Asked *asked)
{
  guint n = count_of (asked, "n-crashed");

  if (n == 0)
    return NULL;
  return wb_error_words_new (
      "dialog-warning-symbolic", "warning", say (N_("Waybill was closed while something was being sent.")),
      n == 1 ? say (N_("One request has no answer; it is being looked up now."))
             : g_strdup_printf (ngettext ("%u request has no answer; it is being looked up now.",
                                          "%u requests have no answer; they are being looked up now.", n), n),
      WB_REMEDY_SHOW_UNKNOWN);
}

static char *
dup_found_one (WbOperation *operation)
{
  gint64 cents = wb_operation_get_cents (operation);
  g_autofree char *when = wb_format_time (wb_operation_get_created (operation)), *sum = wb_format_money (cents);
  g_autofree char *customer = wb_format_text (wb_operation_get_customer_name (operation));

  if (!wb_operation_is_paid (operation) || cents == CMR_MONEY_UNKNOWN || *customer == '\0')
    /* Translators: %s is a time */
    return g_strdup_printf (_("It waits since %s, and is sent only when you say so."), when);
  /* Translators: a sum, the name of a customer, a time */
  return g_strdup_printf (_("About %s for %s: it waits since %s, and is sent only when you say so."), sum, customer,
                          when);
}

static WbErrorWords *
about_found (const Asked *asked)
{
  guint n = count_of (asked, "n-found");
  WbOperation *first = wb_outbox_peek_found (wb_profile_get_outbox (asked->profile));

  if (n == 0 || first == NULL)
    return NULL;
  if (n == 1)
    return wb_error_words_new ("alarm-symbolic", "warning",
                               wb_operation_is_paid (first)
                                   ? say (N_("A payment was waiting when Waybill was closed."))
                                   : say (N_("A request was waiting when Waybill was closed.")),
                               dup_found_one (first), WB_REMEDY_SHOW_FOUND);
  return wb_error_words_new (
      "alarm-symbolic", "warning",
      g_strdup_printf (ngettext ("%u request was waiting when Waybill was closed.",
                                 "%u requests were waiting when Waybill was closed.", n), n),
      say (N_("They are sent only when you say so.")), WB_REMEDY_SHOW_FOUND);
}

static WbErrorWords *
about_journal (const Asked *asked)
{
  const char *aside = wb_profile_get_journal_aside (asked->profile);
  g_autofree char *name = aside != NULL ? g_path_get_basename (aside) : NULL;
  g_autofree char *safe = name != NULL ? wb_format_text (name) : NULL;

  if (aside == NULL)
    return NULL;
  return wb_error_words_new (
      "dialog-error-symbolic", "error", say (N_("The journal could not be read.")),
      /* Translators: %s is the name of a file */
      g_strdup_printf (_("It was kept aside as “%s”; a new one was started. Check open orders in the dashboard "
                          "before you pay again."),
                       safe),
      WB_REMEDY_SHOW_FILE);
}

/* "What you see is from 14:02.": of the list, or of the wallet where the list is the journal's own. */
static char *
dup_stored_at (const Asked *asked)
{
  gint64 time = asked->collection < WB_N_COLLECTIONS
                    ? wb_sync_get_as_of (wb_profile_get_sync (asked->profile), asked->collection)
                    : 0;

  if (time == 0)
    time = wb_profile_get_wallet_time (asked->profile);
  return time > 0 ? wb_format_time (time) : NULL;
}

static WbErrorWords *
about_no_network (void)
{
  g_autoptr (GError) error = g_error_new_literal (CMR_ERROR, CMR_ERROR_OFFLINE, "");

  return wb_words_for_error (error);
}

static WbErrorWords *
about_connection (const Asked *asked)
{
  CmrClient *client = wb_profile_get_client (asked->profile);
  CmrConnection connection = cmr_client_get_connection (client);
  g_autofree char *when = dup_stored_at (asked);
  guint left = wb_retry_get_left (wb_retry_of (asked->profile)), status = cmr_client_get_last_status (client);
  g_autofree char *stored = NULL, *again = NULL;

  if (connection == CMR_CONNECTION_OFFLINE && wb_confined_from_network ())
    return about_no_network ();
  if (connection == CMR_CONNECTION_OFFLINE)
    return wb_error_words_new (
        "network-offline-symbolic", "accent", say (N_("You are offline.")),
        /* Translators: %s is a time */
        when != NULL ? g_strdup_printf (_("You see what was stored at %s. Changes wait; paid ones ask you again "
                                           "before they go."),
                                        when)
                     : say (N_("Changes wait; paid ones ask you again before they go.")),
        WB_REMEDY_TRY_AGAIN);
  if (connection != CMR_CONNECTION_TROUBLE)
    return NULL;
  /* Translators: %s is a time */
  stored = when != NULL ? g_strdup_printf (_("What you see is from %s."), when)
                        : g_strdup (_("What you see was stored before."));
  again = left > 0
              ? g_strdup_printf (ngettext ("Waybill tries again in %u s.", "Waybill tries again in %u s.", left), left)
              : g_strdup (_("Waybill tries again."));
  return wb_error_words_new ("network-error-symbolic", "warning",
                             status >= 500 ? g_strdup_printf (_("The service answered with an error (%u)."), status)
                                           : say (N_("The service answered with an error.")),
                             /* Translators: two sentences: how old what is seen is, and when it is asked again */
                             g_strdup_printf (C_("sentences", "%s %s"), stored, again), WB_REMEDY_TRY_AGAIN);
}

static WbErrorWords *
about_pause (const Asked *asked)
{
  guint left = wb_retry_get_left (wb_retry_of (asked->profile));

  if (left == 0)
    return wb_words_for_error (asked->error);
  return wb_error_words_new (
      "alarm-symbolic", "warning", say (N_("The service asks for a pause.")),
      g_strdup_printf (ngettext ("It goes on by itself in %u s.", "It goes on by itself in %u s.", left), left),
      WB_REMEDY_NONE);
}

static WbErrorWords *
about_denied (const Asked *asked)
{
  return wb_error_words_new ("changes-prevent-symbolic", "warning",
                             say (N_("The service does not let this key read this list.")),
                             say (N_("The list stays as it was.")), WB_REMEDY_TRY_AGAIN);
}

/* It answers, but not for this list: nothing is asked again by itself. */
static WbErrorWords *
about_trouble (const Asked *asked)
{
  g_autofree char *when = dup_stored_at (asked);

  return wb_error_words_new ("network-error-symbolic", "warning", say (N_("The service answered with an error.")),
                             when != NULL ? g_strdup_printf (_("What you see is from %s."), when)
                                          : g_strdup (_("What you see was stored before.")),
                             WB_REMEDY_TRY_AGAIN);
}

static WbErrorWords *
about_error (const Asked *asked)
{
  return wb_words_for_error (asked->error);
}

/* What was refused or could not be understood, and what other requests have hidden; the rest is told by the
 * connection. */
static WbErrorWords *
about_refresh (const Asked *asked)
{
  static const struct {
    CmrError code;
    WbErrorWords *(*words) (const Asked *asked);
  } told[] = {
    { CMR_ERROR_NOT_FOUND, about_error }, { CMR_ERROR_DENIED, about_denied }, { CMR_ERROR_PROTOCOL, about_error },
    { CMR_ERROR_STORAGE, about_error },   { CMR_ERROR_BUSY, about_pause },    { CMR_ERROR_TROUBLE, about_trouble },
  };

  for (guint i = 0; asked->error != NULL && i < G_N_ELEMENTS (told); i++)
    if (g_error_matches (asked->error, CMR_ERROR, told[i].code))
      return told[i].words (asked);
  return NULL;
}

static WbErrorWords *
about_age (const Asked *asked)
{
  WbSync *sync = wb_profile_get_sync (asked->profile);
  gint64 as_of = asked->collection < WB_N_COLLECTIONS ? wb_sync_get_as_of (sync, asked->collection) : 0;
  gint64 days = (g_get_real_time () - as_of) / DAY_US;
  gboolean paused = wb_sync_get_paused (sync);

  if (as_of == 0 || days < 1 || (asked->error == NULL && !paused))
    return NULL;
  return wb_error_words_new (
      "document-open-recent-symbolic", "accent",
      g_strdup_printf (ngettext ("This list is %d day old.", "This list is %d days old.", days), (int) days),
      paused ? say (N_("Reading is paused.")) : say (N_("The service could not be read since.")), WB_REMEDY_REFRESH);
}

static WbErrorWords *(*const causes[]) (const Asked *asked) = {
  about_key,        about_lock,  about_crash,   about_unknown, about_journal,
  about_connection, about_found, about_refresh, about_age,
};

WbErrorWords *
wb_notice_gravest (WbProfile *profile, const GError *error, WbCollection collection)
{
  const Asked asked = { profile, error, collection };
  WbErrorWords *words = NULL;

  for (guint i = 0; words == NULL && i < G_N_ELEMENTS (causes); i++)
    words = causes[i](&asked);
  return words;
}

GPtrArray *
wb_notice_all (WbProfile *profile)
{
  const Asked asked = { profile, NULL, WB_N_COLLECTIONS };
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_error_words_free);

  for (guint i = 0; i < G_N_ELEMENTS (causes); i++)
    {
      WbErrorWords *words = causes[i](&asked);

      if (words != NULL)
        g_ptr_array_add (all, words);
    }
  return all;
}

void
wb_notice_show_file (GtkWindow *window, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);

  if (uri != NULL)
    wb_compat_show_uri (window, uri);
}
