// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* All that newer versions of GTK and libadwaita deprecate or do better lives here alone. */

/* Since some version after 4.8 GTK and libadwaita do by themselves, or otherwise, what is said at each place. */
gboolean wb_compat_is_newer (void);

typedef enum { WB_COMPAT_PLAIN, WB_COMPAT_SUGGESTED, WB_COMPAT_DESTRUCTIVE } WbCompatLook;

/* A message over a window; signal "response" (text). The first response added is Esc and the default. */
GtkWidget *wb_compat_message_new (GtkWindow *parent, const char *heading, const char *body);
void wb_compat_message_add (GtkWidget *message, const char *id, const char *label, WbCompatLook look);
void wb_compat_message_set_extra (GtkWidget *message, GtkWidget *extra);
void wb_compat_message_set_enabled (GtkWidget *message, const char *id, gboolean enabled);
void wb_compat_message_set_body (GtkWidget *message, const char *body);

/* A toast whose text is never markup. */
AdwToast *wb_compat_toast_new (const char *text);
/* Shows it, and gives its button a name. @toast is taken over. Every toast is shown by this. */
void wb_compat_toast_show (AdwToastOverlay *overlay, AdwToast *toast);

/* A file or folder in the program that the desktop has for it. */
void wb_compat_show_uri (GtkWindow *parent, const char *uri);

/* Said by screen readers: GTK 4.8 has no announcing, so a quiet label bears the words. */
void wb_compat_announce (GtkWidget *label, const char *text, gboolean alert);

/* Files from the chooser; finish gives (transfer full) GListModel of GFile, NULL when nothing was chosen. */
void wb_compat_choose_pictures_async (GtkWindow *parent, const char *title, gboolean folder, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
GListModel *wb_compat_choose_pictures_finish (GAsyncResult *result, GError **error);

/* Where to save a file of that name; asks before it would replace one. Finish gives (transfer full) (nullable) GFile. */
void wb_compat_choose_save_async (GtkWindow *parent, const char *title, const char *name, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
GFile *wb_compat_choose_save_finish (GAsyncResult *result, GError **error);

/* Once, before any window: scrollers do not take the focus. */
void wb_compat_quiet_scrollers (void);

/* AdwFlap and AdwLeaflet take classes from the shadows that they keep and give them back, each time that they are laid
 * out; what stands after those is styled anew, and that is all of a page. Here they stand behind it. */
void wb_compat_calm_shadows (GtkWidget *widget);

/* Once, before any window: the items of menus and the rows of forms are called what they say, which GTK 4.24 does not
 * tell screen readers, or twice. */
void wb_compat_name_menus (void);
void wb_compat_name_rows (void);

/* What is to bear the name of a menu button or a drop-down. */
GtkWidget *wb_compat_named_part (GtkWidget *widget);

/* A menu button's own child is as wide as the button. */
void wb_compat_fill_menu_button (GtkMenuButton *button);

gboolean wb_compat_is_list_row (GtkWidget *widget); /* what a list puts round what its factory makes */
void wb_compat_name_list_row (GtkWidget *child, const char *name); /* GtkListItem has no label before 4.12 */
void wb_compat_list_scroll_to (GtkWidget *view, guint position);
/* As a click on it does: it alone is selected, and ranges begin there. FALSE when the view does not do it. */
gboolean wb_compat_list_select (GtkWidget *view, guint position);
void wb_compat_single_tab_stop (GtkWidget *view);
/* A factory's setup notes the item with its widget, so that a point of the view leads to a position. */
void wb_compat_note_list_item (GtkWidget *child, GtkListItem *item);
/* The row at a point of the view, GTK_INVALID_LIST_POSITION for none. */
guint wb_compat_list_position_at (GtkWidget *view, double x, double y);
/* Where a row is, in the view's own coordinates; FALSE while it is not on the screen. */
gboolean wb_compat_list_row_bounds (GtkWidget *view, guint position, GdkRectangle *bounds);
/* The position of the first row on the screen, of those that have been laid out; 0 when there is none. */
guint wb_compat_list_first_shown (GtkWidget *view);
/* Gives the focus to a row that is on the screen. */
gboolean wb_compat_list_focus (GtkWidget *view, guint position);

/* The colour of a widget's text; a named colour of the theme. */
void wb_compat_get_colour (GtkWidget *widget, GdkRGBA *colour);
gboolean wb_compat_lookup_colour (GtkWidget *widget, const char *name, GdkRGBA *colour);

G_END_DECLS
