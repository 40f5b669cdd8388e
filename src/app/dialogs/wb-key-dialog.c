// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-key-dialog-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "cmr-client.h"
#include "wb-application.h"
#include "wb-compat.h"
#include "wb-confined.h"
#include "wb-dialogs.h"
#include "wb-format.h"
#include "wb-key-check.h"
#include "wb-sheet.h"
#include "wb-words.h"

#define VENDOR_HOST "customers.coldmailreseller.com"
#define SANDBOX_HEADER "cmr-x-sandbox-api-key"

static void
form_free (gpointer data)
{
  WbKeyForm *form = data;

  g_cancellable_cancel (form->cancellable);
  g_object_unref (form->cancellable);
  g_cancellable_cancel (form->gone);
  g_object_unref (form->gone);
  g_clear_object (&form->profile);
  g_free (form);
}

static const char *
text_of (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static char *
dup_key (WbKeyForm *form)
{
  return g_strstrip (g_strdup (text_of (form->key)));
}

/* What the address is: its host, and whether plain HTTP is allowed to it. */

static char *
dup_host (WbKeyForm *form)
{
  g_autoptr (GUri) uri = g_uri_parse (text_of (form->address), G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return g_strdup (host != NULL ? host : "");
}

static gboolean
is_loopback (const char *host)
{
  return g_str_equal (host, "127.0.0.1") || g_str_equal (host, "::1");
}

/* A live key goes over HTTPS alone; a pretend service on this computer, or the vendor's sandbox, has its own. */
static WbProfileKind
kind_of (WbKeyForm *form)
{
  g_autofree char *host = dup_host (form);

  if (form->profile != NULL)
    return wb_profile_get_info (form->profile)->kind;
  return is_loopback (host) || g_str_equal (text_of (form->header), SANDBOX_HEADER) ? WB_PROFILE_VENDOR_SANDBOX
                                                                                    : WB_PROFILE_LIVE;
}

/* What is wrong before anything is sent; NULL when it can be tried, "" while something is still empty. */
static const char *
find_problem (WbKeyForm *form)
{
  g_autofree char *host = dup_host (form);
  char *key = dup_key (form);
  gboolean empty = *key == '\0', good = cmr_key_check (key, NULL);
  g_autoptr (CmrClient) client
      = cmr_client_new (text_of (form->address), text_of (form->header), kind_of (form) != WB_PROFILE_LIVE, NULL);

  wb_key_free (key);
  if (g_str_has_prefix (text_of (form->address), "http://") && !is_loopback (host))
    return _("The address has to begin with https://: over plain HTTP anybody on the way could read the key.");
  if (client == NULL && *host == '\0')
    return _("The address has to begin with https:// and name a host.");
  if (client == NULL)
    return _("This address or header name cannot be used.");
  if (empty)
    return "";
  return good ? NULL : _("This is not a key: it has spaces or characters that a key cannot have. Copy it again.");
}

static void
say (WbKeyForm *form, const char *text, const char *css_class)
{
  const char *classes[] = { css_class, NULL };

  gtk_label_set_label (GTK_LABEL (form->result), text);
  gtk_widget_set_css_classes (form->result, classes);
  gtk_widget_set_visible (form->result, *text != '\0');
}

static void
set_testing (WbKeyForm *form, gboolean testing)
{
  gtk_spinner_set_spinning (GTK_SPINNER (form->spinner), testing);
  gtk_widget_set_sensitive (form->test, !testing);
}

static void
set_tested (WbKeyForm *form, gboolean tested)
{
  form->tested = tested;
  gtk_widget_set_sensitive (form->done, tested);
  if (tested)
    {
      gtk_widget_remove_css_class (form->test, "suggested-action");
      gtk_widget_add_css_class (form->done, "suggested-action");
    }
  else
    {
      gtk_widget_remove_css_class (form->done, "suggested-action");
      gtk_widget_add_css_class (form->test, "suggested-action");
    }
}

static void
update_form (WbKeyForm *form)
{
  g_autofree char *host = dup_host (form);
  g_autofree char *safe = wb_format_text (*host != '\0' ? host : _("No host yet"));
  const char *problem = find_problem (form);

  /* What was asked before no longer counts. */
  g_cancellable_cancel (form->cancellable);
  g_object_unref (form->cancellable);
  form->cancellable = g_cancellable_new ();
  set_testing (form, FALSE);
  set_tested (form, FALSE);
  gtk_widget_set_sensitive (form->test, problem == NULL);
  gtk_label_set_label (GTK_LABEL (form->host), safe);
  gtk_widget_set_visible (form->foreign, *host != '\0' && !g_str_equal (host, VENDOR_HOST));
  gtk_label_set_label (GTK_LABEL (form->problem), problem != NULL ? problem : "");
  gtk_widget_set_visible (form->problem, problem != NULL && *problem != '\0');
  say (form, "", NULL);
}

void
wb_key_form_changed (GtkEditable *editable, WbKeyForm *form)
{
  update_form (form);
}

static void
report_error (WbKeyForm *form, GError *error)
{
  g_autoptr (WbErrorWords) words = wb_words_for_error (error);
  g_autofree char *text = g_strdup_printf ("%s %s", words->cause, words->consequence);

  if (g_error_matches (error, CMR_ERROR, CMR_ERROR_OFFLINE) && !wb_confined_from_network ())
    say (form, _("The service could not be reached. Look at the address and at your network."), "error");
  else
    say (form, text, "error");
}

static void
report_check (WbKeyForm *form, const WbKeyCheck *check)
{
  g_autofree char *sum = wb_format_money (check->cents);
  g_autofree char *count = wb_format_count (check->customers);
  g_autofree char *text
      = g_strdup_printf (ngettext ("The key works: %s in your wallet, %s customer.",
                                   "The key works: %s in your wallet, %s customers.", (gulong) check->customers),
                         sum, count);

  if (!check->known)
    {
      say (form,
           _("This key belongs to another account: none of its customers is known to this profile, which stays as it "
              "was. "
              "Add a profile for it instead."),
           "error");
      return;
    }
  say (form, text, "success");
  set_tested (form, TRUE);
  gtk_widget_grab_focus (form->done);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree WbKeyCheck *check = wb_key_check_finish (result, &error);
  WbKeyForm *form = user_data;

  /* A cancelled one may outlive the form. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_testing (form, FALSE);
  if (check != NULL)
    report_check (form, check);
  else
    report_error (form, error);
}

void
wb_key_form_test (GtkWidget *widget, WbKeyForm *form)
{
  char *key;

  if (find_problem (form) != NULL)
    return;
  key = dup_key (form);
  say (form, "", NULL);
  set_testing (form, TRUE);
  wb_key_check_async (text_of (form->address), text_of (form->header), kind_of (form) != WB_PROFILE_LIVE, key,
                      form->profile, form->cancellable, checked_cb, form);
  wb_key_free (key);
}

/* Keeping it */

/* The profile has the key that it had. */
static void
tell_not_kept (const GError *error)
{
  WbApplication *application = WB_APPLICATION (g_application_get_default ());
  g_autoptr (WbErrorWords) words = wb_words_for_error (error);

  if (g_error_matches (error, CMR_ERROR, CMR_ERROR_CONFLICT))
    wb_application_toast (application, _("This key belongs to another account. The profile stays as it was."));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    wb_application_toast (application, words->cause);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbProfile *profile = WB_PROFILE (source);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (g_application_get_default ()));
  g_autoptr (GError) error = NULL;
  GtkWidget *dialog;

  if (!wb_profile_set_key_finish (profile, result, &error))
    {
      tell_not_kept (error);
      return;
    }
  if (wb_profile_get_key_state (profile) != WB_KEY_MEMORY_ONLY || window == NULL)
    return;
  dialog = wb_compat_message_new (window, _("There is no keyring here."),
                                  _("The key is kept until you quit, and asked for again next time."));
  wb_compat_message_add (dialog, "continue", _("_Continue"), WB_COMPAT_SUGGESTED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbApplication *application = WB_APPLICATION (source);
  char *key = user_data;

  if (wb_application_open_profile_finish (application, result, NULL))
    wb_profile_set_key_async (wb_application_get_profile (application), key, NULL, kept_cb, NULL);
  else
    wb_application_toast (application, _("The profile could not be opened. Its files were left as they are."));
  wb_key_free (key);
}

static WbProfileInfo *
info_of (WbKeyForm *form)
{
  g_autofree char *name = g_strstrip (g_strdup (text_of (form->name)));
  g_autofree char *host = dup_host (form);
  WbProfileInfo *info = wb_profile_info_new (*name != '\0' ? name : host, kind_of (form));

  g_free (info->colour);
  info->colour = g_strdup (wb_key_form_get_colour (form));
  g_free (info->base_url);
  info->base_url = g_strdup (text_of (form->address));
  g_free (info->header);
  info->header = g_strdup (text_of (form->header));
  return info;
}

typedef struct {
  WbKeyForm *form; /* not there any more once @gone is cancelled */
  GCancellable *gone;
  char *id;
  char *key; /* goes on to the opening */
} Made;

static void
made_free (Made *made)
{
  wb_key_free (made->key);
  g_object_unref (made->gone);
  g_free (made->id);
  g_free (made);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbApplication *application = WB_APPLICATION (g_application_get_default ());
  Made *made = user_data;
  WbKeyForm *form = g_cancellable_is_cancelled (made->gone) ? NULL : made->form;
  char *key = made->key;

  if (wb_profile_info_save_finish (result, NULL))
    {
      made->key = NULL;
      wb_application_open_profile_async (application, made->id, key, NULL, opened_cb, key);
      if (form != NULL)
        wb_sheet_done (form->sheet);
    }
  else if (form != NULL)
    {
      set_testing (form, FALSE);
      gtk_widget_set_sensitive (form->done, form->tested);
      say (form, _("The profile could not be written to the disk. Nothing was kept."), "error");
    }
  made_free (made);
}

static void
make_profile (WbKeyForm *form)
{
  WbApplication *application = WB_APPLICATION (g_application_get_default ());
  g_autoptr (WbProfileInfo) info = info_of (form);
  Made *made = g_new0 (Made, 1);

  made->form = form;
  made->gone = g_object_ref (form->gone);
  made->id = g_strdup (info->id);
  made->key = dup_key (form);
  set_testing (form, TRUE);
  gtk_widget_set_sensitive (form->done, FALSE);
  wb_profile_info_save_async (info, wb_application_get_data_dir (application), saved_cb, made);
}

void
wb_key_form_done (GtkButton *button, WbKeyForm *form)
{
  char *key;

  if (!form->tested)
    return;
  if (form->profile == NULL)
    {
      make_profile (form);
      return;
    }
  key = dup_key (form);
  wb_profile_set_key_async (form->profile, key, NULL, kept_cb, NULL);
  wb_key_free (key);
  wb_sheet_done (form->sheet);
}

static gboolean
is_changed (gpointer data)
{
  WbKeyForm *form = data;

  return *text_of (form->key) != '\0' || (form->profile == NULL && *text_of (form->name) != '\0');
}

void
wb_key_dialog_present (GtkWindow *parent, WbProfile *profile)
{
  WbKeyForm *form = g_new0 (WbKeyForm, 1);

  form->profile = profile != NULL ? g_object_ref (profile) : NULL;
  form->cancellable = g_cancellable_new ();
  form->gone = g_cancellable_new ();
  form->sheet = wb_sheet_new (parent, profile != NULL ? _("Change the Key") : _("Enter an API Key"), 540, 640,
                              wb_key_form_make_page (form), NULL);
  wb_sheet_set_foot (form->sheet, wb_key_form_make_foot (form));
  wb_sheet_guard (form->sheet, is_changed, form);
  g_object_set_data_full (G_OBJECT (form->sheet), "form", form, form_free);
  update_form (form);
  gtk_window_present (GTK_WINDOW (form->sheet));
  gtk_widget_grab_focus (profile != NULL ? form->key : form->name);
}
