// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-compat.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"

/* Messages */

GtkWidget *
wb_compat_message_new (GtkWindow *parent, const char *heading, const char *body)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, NULL, NULL);

  /* A heading that shrinks where it does not fit makes the message lower where it is narrower: newer GTK warns. */
  if (wb_compat_is_newer ())
    gtk_widget_add_css_class (dialog, "even-heading");

  /* Neither heading nor body is markup: both may hold what a customer is called. */
  adw_message_dialog_set_heading_use_markup (ADW_MESSAGE_DIALOG (dialog), FALSE);
  adw_message_dialog_set_body_use_markup (ADW_MESSAGE_DIALOG (dialog), FALSE);
  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (dialog), heading);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
  return dialog;
}

void
wb_compat_message_add (GtkWidget *message, const char *id, const char *label, WbCompatLook look)
{
  static const AdwResponseAppearance looks[] = {
    [WB_COMPAT_PLAIN] = ADW_RESPONSE_DEFAULT,
    [WB_COMPAT_SUGGESTED] = ADW_RESPONSE_SUGGESTED,
    [WB_COMPAT_DESTRUCTIVE] = ADW_RESPONSE_DESTRUCTIVE,
  };
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (message);

  adw_message_dialog_add_response (dialog, id, label);
  adw_message_dialog_set_response_appearance (dialog, id, looks[look]);
  wb_accessible_name_mnemonics (message);
  if (g_object_get_data (G_OBJECT (message), "first") != NULL)
    return;
  g_object_set_data (G_OBJECT (message), "first", message);
  adw_message_dialog_set_close_response (dialog, id);
  adw_message_dialog_set_default_response (dialog, id);
}

void
wb_compat_message_set_extra (GtkWidget *message, GtkWidget *extra)
{
  wb_accessible_name_lists (extra, adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (message)));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (message), extra);
}

void
wb_compat_message_set_enabled (GtkWidget *message, const char *id, gboolean enabled)
{
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (message), id, enabled);
}

void
wb_compat_message_set_body (GtkWidget *message, const char *body)
{
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (message), body);
}

static gboolean
name_toast (gpointer overlay)
{
  for (GtkWidget *child = gtk_widget_get_first_child (overlay); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (child != adw_toast_overlay_get_child (overlay))
      {
        wb_accessible_name_icon (child, "window-close-symbolic", _("Dismiss"));
        wb_accessible_name_mnemonics (child);
      }
  g_object_unref (overlay);
  return G_SOURCE_REMOVE;
}

/* When a toast last began to come up on an overlay: it may have, whenever one is added or one leaves. */
static gint64 *
toast_began (AdwToastOverlay *overlay)
{
  gint64 *began = g_object_get_data (G_OBJECT (overlay), "toast-began");

  if (began == NULL)
    {
      began = g_new0 (gint64, 1);
      g_object_set_data_full (G_OBJECT (overlay), "toast-began", began, g_free);
    }
  return began;
}

/* The toast holds itself for dismissed already, so adw_toast_dismiss() would do nothing. */
static gboolean
dismiss_later (gpointer toast)
{
  g_signal_emit_by_name (toast, "dismissed");
  return G_SOURCE_REMOVE;
}

/* The longest a toast comes up, and a little. */
#define TOAST_SETTLES_MS 600

/* Before libadwaita 1.3 a toast that leaves while it still comes up is freed under its own animation: it waits. */
static void
on_dismissed (AdwToast *toast, AdwToastOverlay *overlay)
{
  gint64 *began = toast_began (overlay);
  gint64 still = TOAST_SETTLES_MS - (g_get_monotonic_time () - *began) / 1000;

  /* An overlay that goes ends its toasts itself: a reference taken now would have it disposed of twice. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (overlay)))
    return;
  if (still > 0)
    {
      g_signal_stop_emission_by_name (toast, "dismissed");
      g_timeout_add_full (G_PRIORITY_DEFAULT, still, dismiss_later, g_object_ref (toast), g_object_unref);
      return;
    }
  *began = g_get_monotonic_time ();
  /* The widget of the next toast is made when the one before has gone. */
  g_idle_add (name_toast, g_object_ref (overlay));
}

static GtkWidget *
make_toast_title (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

/* Pixels of a toast beside its words: margins and the button that closes it; and a button with words. */
#define TOAST_ROOM 96
#define TOAST_BUTTON_ROOM 90

/* The overlay gives a toast the height of one line, whatever its width: where the window is narrow the words
 * themselves must say how wide they want to be at most. */
static void
wrap_toast (AdwToastOverlay *overlay, AdwToast *toast)
{
  GtkLabel *label = GTK_LABEL (adw_toast_get_custom_title (toast));
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (overlay));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int of_char = PANGO_PIXELS (pango_font_metrics_get_approximate_char_width (metrics));
  int room = gtk_widget_get_width (GTK_WIDGET (overlay)) - TOAST_ROOM - (adw_toast_get_button_label (toast) != NULL ? TOAST_BUTTON_ROOM : 0);
  int chars = of_char > 0 ? room / of_char : 0;

  pango_font_metrics_unref (metrics);
  if (chars <= 0 || g_utf8_strlen (gtk_label_get_label (label), -1) <= chars)
    return;
  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (label, chars);
}

AdwToast *
wb_compat_toast_new (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);

  adw_toast_set_custom_title (toast, make_toast_title (text));
  return toast;
}

void
wb_compat_toast_show (AdwToastOverlay *overlay, AdwToast *toast)
{
  /* Before the overlay's own, which would begin to hide it. */
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_dismissed), overlay, 0);
  *toast_began (overlay) = g_get_monotonic_time ();
  wrap_toast (overlay, toast);
  adw_toast_overlay_add_toast (overlay, toast);
  name_toast (g_object_ref (overlay));
}

void
wb_compat_show_uri (GtkWindow *parent, const char *uri)
{
  gtk_show_uri (parent, uri, GDK_CURRENT_TIME);
}

void
wb_compat_announce (GtkWidget *label, const char *text, gboolean alert)
{
  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* Choosers */

static void
on_chooser_response (GtkNativeDialog *dialog, int response, GTask *task)
{
  GListModel *files = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog)) : NULL;

  g_task_return_pointer (task, files, g_object_unref);
  g_object_unref (task);
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

void
wb_compat_choose_pictures_async (GtkWindow *parent, const char *title, gboolean folder, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  GtkFileChooserAction action = folder ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER : GTK_FILE_CHOOSER_ACTION_OPEN;
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, parent, action, folder ? _("_Open Folder") : _("_Open"), NULL);

  g_task_set_source_tag (task, wb_compat_choose_pictures_async);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), !folder);
  if (!folder)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

      gtk_file_filter_set_name (filter, _("Pictures"));
      gtk_file_filter_add_mime_type (filter, "image/jpeg");
      gtk_file_filter_add_mime_type (filter, "image/png");
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
    }
  g_signal_connect (dialog, "response", G_CALLBACK (on_chooser_response), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
wb_compat_choose_save_async (GtkWindow *parent, const char *title, const char *name, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), NULL);

  g_task_set_source_tag (task, wb_compat_choose_save_async);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect (dialog, "response", G_CALLBACK (on_chooser_response), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

GFile *
wb_compat_choose_save_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (GListModel) files = g_task_propagate_pointer (G_TASK (result), error);

  return files != NULL ? g_list_model_get_item (files, 0) : NULL;
}

GListModel *
wb_compat_choose_pictures_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Buttons */

/* What GTK puts round the child is as wide as it must be, and in the middle. */
void
wb_compat_fill_menu_button (GtkMenuButton *button)
{
  GtkWidget *child = gtk_menu_button_get_child (button);

  for (GtkWidget *around = gtk_widget_get_parent (child); around != NULL && around != GTK_WIDGET (button);
       around = gtk_widget_get_parent (around))
    {
      gtk_widget_set_halign (around, GTK_ALIGN_FILL);
      gtk_widget_set_hexpand (around, TRUE);
    }
}

/* Scrollers */

static void (*root_scroller) (GtkWidget *widget);

static void
on_scroller_root (GtkWidget *widget)
{
  gtk_widget_set_focusable (widget, FALSE);
  root_scroller (widget);
}

/* GTK 4.8 lets a scroller take the focus, where a screen reader has nothing to say; what it holds scrolls it. */
static gboolean
is_shadow (GtkWidget *widget)
{
  static const char *const names[] = { "dimming", "shadow", "border", "outline", NULL };

  return g_strv_contains (names, gtk_widget_get_css_name (widget));
}

static void
put_shadows_last (GtkWidget *widget)
{
  GtkWidget *last = gtk_widget_get_last_child (widget), *next;

  while (last != NULL && is_shadow (last))
    last = gtk_widget_get_prev_sibling (last);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != last; child = next)
    {
      next = gtk_widget_get_next_sibling (child);
      if (is_shadow (child))
        gtk_widget_insert_before (child, widget, NULL);
    }
}

void
wb_compat_calm_shadows (GtkWidget *widget)
{
  g_signal_connect_after (widget, "map", G_CALLBACK (put_shadows_last), NULL);
  /* A leaflet puts its children in their order anew each time that it shows another of them. */
  if (ADW_IS_LEAFLET (widget))
    g_signal_connect_after (widget, "notify::visible-child", G_CALLBACK (put_shadows_last), NULL);
}

void
wb_compat_quiet_scrollers (void)
{
  GtkWidgetClass *klass = g_type_class_ref (GTK_TYPE_SCROLLED_WINDOW);

  if (root_scroller != NULL)
    return;
  root_scroller = klass->root;
  klass->root = on_scroller_root;
}

void
wb_compat_get_colour (GtkWidget *widget, GdkRGBA *colour)
{
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), colour);
  G_GNUC_END_IGNORE_DEPRECATIONS
}

gboolean
wb_compat_lookup_colour (GtkWidget *widget, const char *name, GdkRGBA *colour)
{
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  return gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, colour);
  G_GNUC_END_IGNORE_DEPRECATIONS
}
