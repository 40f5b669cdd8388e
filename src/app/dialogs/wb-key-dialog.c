// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-dialogs.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-application.h"
#include "wb-format.h"
#include "wb-sync.h"
#include "wb-words.h"

#define VENDOR_HOST "customers.coldmailreseller.com"

/* A new profile with its key, or another key for an opened one. The key is checked by reading wallet and
 * customers with it; only then is it kept. */
typedef struct {
  GtkWindow *window;
  WbProfile *profile; /* NULL: a new one is made */
  CmrClient *client;  /* of the test under way */
  GCancellable *cancellable;
  GtkWidget *name, *colour, *address, *header, *key, *host, *test, *done, *result, *spinner;
  gboolean tested;
} Form;

static const char *const colours[] = { "blue", "teal", "green", "yellow", "orange", "red", "purple", "brown", NULL };
static const char *const colour_names[] = { N_("Blue"), N_("Teal"), N_("Green"), N_("Yellow"), N_("Orange"), N_("Red"),
                                            N_("Purple"), N_("Brown"), NULL };

static void
form_free (gpointer data)
{
  Form *form = data;

  g_cancellable_cancel (form->cancellable);
  g_object_unref (form->cancellable);
  g_clear_object (&form->profile);
  g_clear_object (&form->client);
  g_free (form);
}

static const char *
text_of (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
say (Form *form, const char *text, gboolean bad)
{
  gtk_label_set_label (GTK_LABEL (form->result), text);
  gtk_widget_set_visible (form->result, *text != '\0');
  gtk_widget_remove_css_class (form->result, bad ? "success" : "error");
  gtk_widget_add_css_class (form->result, bad ? "error" : "success");
}

static void
set_testing (Form *form, gboolean testing)
{
  gtk_spinner_set_spinning (GTK_SPINNER (form->spinner), testing);
  gtk_widget_set_sensitive (form->test, !testing);
}

static void
update_form (Form *form)
{
  g_autoptr (GUri) uri = g_uri_parse (text_of (form->address), G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autofree char *safe = wb_format_text (host != NULL ? host : "");
  g_autofree char *foreign = g_strdup_printf (_("%s (this is not the vendor’s own address)"), safe);

  form->tested = FALSE;
  gtk_widget_set_sensitive (form->done, FALSE);
  gtk_label_set_label (GTK_LABEL (form->host), g_strcmp0 (host, VENDOR_HOST) == 0 ? safe : *safe != '\0' ? foreign : "");
  say (form, "", FALSE);
}

static void
on_changed (GtkEditable *editable, Form *form)
{
  update_form (form);
}

static void
report_error (Form *form, GError *error)
{
  g_autoptr (WbErrorWords) words = wb_words_for_error (error);
  g_autofree char *text = g_strdup_printf ("%s %s", words->cause, words->consequence);

  set_testing (form, FALSE);
  say (form, text, TRUE);
}

static void
customers_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, &error);
  g_autoptr (CmrPage) page = body != NULL ? cmr_page_parse (cmr_endpoint_get (CMR_OP_LIST_USERS), body, &error) : NULL;
  Form *form = user_data;
  g_autofree char *sum = NULL, *text = NULL;
  gint64 total;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (page == NULL)
    {
      report_error (form, error);
      return;
    }
  total = page->total >= 0 ? page->total : page->rows->len;
  sum = wb_format_money (GPOINTER_TO_SIZE (g_object_get_data (source, "cents")));
  text = g_strdup_printf (ngettext ("The key works: %s in the wallet, %d customer.",
                                    "The key works: %s in the wallet, %d customers.", total), sum, (int) total);
  set_testing (form, FALSE);
  say (form, text, FALSE);
  form->tested = TRUE;
  gtk_widget_set_sensitive (form->done, TRUE);
  gtk_widget_grab_focus (form->done);
}

static void
wallet_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, &error);
  g_autoptr (CmrObject) wallet = body != NULL ? cmr_reply_parse_one (cmr_endpoint_get (CMR_OP_GET_WALLET), body, &error) : NULL;
  g_autoptr (CmrCall) call = NULL;
  Form *form = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (wallet == NULL)
    {
      report_error (form, error);
      return;
    }
  g_object_set_data (source, "cents", GSIZE_TO_POINTER (cmr_object_get_cents (wallet, "balance")));
  call = cmr_call_new (CMR_OP_LIST_USERS);
  cmr_call_set_priority (call, CMR_PRIORITY_VISIBLE);
  cmr_call_set_param (call, "page", "1");
  cmr_call_set_param (call, "limit", "20");
  cmr_client_read_async (CMR_CLIENT (source), call, form->cancellable, customers_cb, form);
}

static void
on_test (GtkButton *button, Form *form)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrCall) call = cmr_call_new (CMR_OP_GET_WALLET);

  g_clear_object (&form->client);
  form->client = cmr_client_new (text_of (form->address), text_of (form->header), FALSE, &error);
  if (form->client == NULL)
    {
      say (form, _("The address has to begin with https:// and name a host."), TRUE);
      return;
    }
  if (!cmr_client_set_key (form->client, text_of (form->key), &error))
    {
      say (form, _("This is not a key: it has spaces or characters that a key cannot have. Copy it again."), TRUE);
      return;
    }
  set_testing (form, TRUE);
  cmr_call_set_priority (call, CMR_PRIORITY_VISIBLE);
  cmr_client_read_async (form->client, call, form->cancellable, wallet_cb, form);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbApplication *application = WB_APPLICATION (source);
  g_autofree char *key = user_data;
  WbProfile *profile;

  if (wb_application_open_profile_finish (application, result, NULL))
    {
      profile = wb_application_get_profile (application);
      wb_profile_set_key_async (profile, key, NULL, NULL, NULL);
    }
  explicit_bzero (key, strlen (key));
}

static void
make_profile (Form *form)
{
  WbApplication *application = WB_APPLICATION (g_application_get_default ());
  const char *name = text_of (form->name);
  g_autoptr (WbProfileInfo) info = wb_profile_info_new (*name != '\0' ? name : _("Live"), WB_PROFILE_LIVE);
  g_autoptr (GError) error = NULL;

  g_free (info->colour);
  info->colour = g_strdup (colours[adw_combo_row_get_selected (ADW_COMBO_ROW (form->colour))]);
  g_free (info->base_url);
  info->base_url = g_strdup (text_of (form->address));
  g_free (info->header);
  info->header = g_strdup (text_of (form->header));
  if (!wb_profile_info_save (info, wb_application_get_data_dir (application), &error))
    {
      say (form, _("The profile could not be written to the disk. Nothing was kept."), TRUE);
      return;
    }
  wb_application_open_profile_async (application, info->id, text_of (form->key), NULL, opened_cb,
                                     g_strstrip (g_strdup (text_of (form->key))));
  gtk_window_destroy (form->window);
}

static void
on_done (GtkButton *button, Form *form)
{
  if (!form->tested)
    return;
  if (form->profile == NULL)
    {
      make_profile (form);
      return;
    }
  wb_profile_set_key_async (form->profile, text_of (form->key), NULL, NULL, NULL);
  gtk_window_destroy (form->window);
}

static GtkWidget *
add_entry (AdwPreferencesGroup *group, Form *form, GtkWidget *row, const char *title, const char *text)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect (row, "changed", G_CALLBACK (on_changed), form);
  adw_preferences_group_add (group, row);
  return row;
}

static GtkWidget *
make_colours (void)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);

  for (guint i = 0; colour_names[i] != NULL; i++)
    gtk_string_list_append (model, _(colour_names[i]));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Colour"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Colour"), -1);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  return row;
}

static GtkWidget *
make_fields (Form *form)
{
  g_autoptr (WbProfileInfo) fresh = wb_profile_info_new ("", WB_PROFILE_LIVE);
  const WbProfileInfo *info = form->profile != NULL ? wb_profile_get_info (form->profile) : fresh;
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *advanced = adw_expander_row_new ();
  gboolean fixed = form->profile != NULL;

  form->name = add_entry (group, form, adw_entry_row_new (), _("Name"), info->name);
  form->colour = make_colours ();
  adw_preferences_group_add (group, form->colour);
  form->address = add_entry (group, form, adw_entry_row_new (), _("Address"), info->base_url);
  form->key = add_entry (group, form, adw_password_entry_row_new (), _("API Key"), "");
  form->header = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (form->header), _("Header Name"));
  gtk_editable_set_text (GTK_EDITABLE (form->header), info->header);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (advanced), _("Advanced"));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (advanced), form->header);
  adw_preferences_group_add (group, advanced);
  gtk_widget_set_visible (form->name, !fixed);
  gtk_widget_set_visible (form->colour, !fixed);
  gtk_widget_set_visible (advanced, !fixed);
  /* A key is bound to its address: changing that is a matter of a new profile. */
  gtk_editable_set_editable (GTK_EDITABLE (form->address), !fixed);
  return GTK_WIDGET (group);
}

static GtkWidget *
make_buttons (Form *form)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  form->spinner = gtk_spinner_new ();
  form->test = gtk_button_new_with_mnemonic (_("_Test Connection"));
  form->done = gtk_button_new_with_mnemonic (_("_Done"));
  gtk_widget_add_css_class (form->done, "suggested-action");
  gtk_widget_set_sensitive (form->done, FALSE);
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  g_signal_connect (form->test, "clicked", G_CALLBACK (on_test), form);
  g_signal_connect (form->done, "clicked", G_CALLBACK (on_done), form);
  gtk_box_append (GTK_BOX (box), form->spinner);
  gtk_box_append (GTK_BOX (box), form->test);
  gtk_box_append (GTK_BOX (box), form->done);
  return box;
}

static GtkWidget *
make_page (Form *form)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *note = gtk_label_new (_("The profile starts read-only. Your key is kept in this computer’s keyring and sent only to:"));

  form->host = gtk_label_new ("");
  form->result = gtk_label_new ("");
  gtk_widget_add_css_class (form->host, "title-4");
  gtk_widget_add_css_class (note, "dim-label");
  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_label_set_wrap (GTK_LABEL (form->host), TRUE);
  gtk_label_set_wrap (GTK_LABEL (form->result), TRUE);
  gtk_box_append (GTK_BOX (box), make_fields (form));
  gtk_box_append (GTK_BOX (box), note);
  gtk_box_append (GTK_BOX (box), form->host);
  gtk_box_append (GTK_BOX (box), form->result);
  gtk_box_append (GTK_BOX (box), make_buttons (form));
  gtk_widget_set_margin_top (box, 18);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  return box;
}

void
wb_key_dialog_present (GtkWindow *parent, WbProfile *profile)
{
  Form *form = g_new0 (Form, 1);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  form->window = GTK_WINDOW (adw_window_new ());
  form->profile = profile != NULL ? g_object_ref (profile) : NULL;
  form->cancellable = g_cancellable_new ();
  adw_clamp_set_child (ADW_CLAMP (clamp), make_page (form));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (content), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (content), scroller);
  adw_window_set_content (ADW_WINDOW (form->window), content);
  gtk_window_set_title (form->window, profile != NULL ? _("Change the Key") : _("Enter an API Key"));
  gtk_window_set_default_size (form->window, 520, 560);
  gtk_window_set_modal (form->window, TRUE);
  gtk_window_set_transient_for (form->window, parent);
  g_object_set_data_full (G_OBJECT (form->window), "form", form, form_free);
  update_form (form);
  gtk_window_present (form->window);
}
