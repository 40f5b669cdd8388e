// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-application-private.h"

#include <glib/gi18n.h>

#include "wb-dialogs.h"

#define GENERAL N_("General")
#define LISTS N_("Lists")
#define WIZARD N_("Order Wizard")
#define MAILBOXES N_("Mailboxes of an Order")
#define PICTURES N_("Pictures of an Order")

static const WbActionRow rows[] = {
  { "app.new-order", NULL, "<Control>n", N_("New order"), GENERAL },
  { "app.new-customer", NULL, "<Control><Shift>n", N_("New customer"), GENERAL },
  { "app.show-order", "s", NULL, NULL, NULL },
  { "app.open-draft", "s", NULL, NULL, NULL },
  { "app.show-operation", "s", NULL, NULL, NULL },
  { "app.show-customer", "s", NULL, NULL, NULL },
  { "app.show-domain", "s", NULL, NULL, NULL },
  { "app.show-mailbox", "s", NULL, NULL, NULL },
  { "app.show-subscription", "s", NULL, NULL, NULL },
  { "app.domains-of-customer", "s", NULL, NULL, NULL },
  { "app.mailboxes-of-customer", "s", NULL, NULL, NULL },
  { "app.mailboxes-of-domain", "s", NULL, NULL, NULL },
  { "app.subscriptions-of-customer", "s", NULL, NULL, NULL },
  { "win.section(0)", NULL, "<Control>1", N_("Orders"), GENERAL },
  { "win.section(1)", NULL, "<Control>2", N_("Activity"), GENERAL },
  { "win.section(2)", NULL, "<Control>3", N_("Customers"), GENERAL },
  { "win.section(3)", NULL, "<Control>4", N_("Domains"), GENERAL },
  { "win.section(4)", NULL, "<Control>5", N_("Mailboxes"), GENERAL },
  { "win.section(5)", NULL, "<Control>6", N_("Subscriptions"), GENERAL },
  { "win.profiles", NULL, "<Control><Shift>p", N_("Profiles"), GENERAL },
  { "win.lock", NULL, "<Control><Shift>l", N_("Lock, or show how to unlock"), GENERAL },
  { "app.preferences", NULL, "<Control>comma", N_("Preferences"), GENERAL },
  { "app.shortcuts", NULL, "<Control>question", N_("Keyboard shortcuts"), GENERAL },
  { "key.menu", NULL, "F10", N_("Main menu"), GENERAL },
  { "app.about", NULL, NULL, NULL, NULL },
  { "app.show-window", NULL, NULL, NULL, NULL },
  { "window.close", NULL, "<Control>w", N_("Close window"), GENERAL },
  { "app.quit", NULL, "<Control>q", N_("Quit"), GENERAL },
  { "win.main", NULL, "<Control>Return <Control>KP_Enter", N_("The page’s main action"), LISTS },
  { "win.search", NULL, "<Control>f", N_("Search the list; typing does too"), LISTS },
  { "win.refresh", NULL, "F5 <Control>r", N_("Refresh what is shown"), LISTS },
  { "win.toggle-detail", NULL, "F9", N_("Show or hide the details"), LISTS },
  { "win.back", NULL, "<Alt>Left", N_("Back"), LISTS },
  { "win.next-pane", NULL, "F6", N_("Next pane"), LISTS },
  { "win.previous-pane", NULL, "<Shift>F6", N_("Previous pane"), LISTS },
  { "key.move", NULL, "Up Down Home End", N_("Move in the list"), LISTS },
  { "key.extend", NULL, "<Shift>Up <Shift>Down", N_("Select further rows"), LISTS },
  { "key.toggle", NULL, "<Control>space", N_("Select the row too, or no longer"), LISTS },
  { "collection.select-all", NULL, "<Control>a", N_("Select all that match"), LISTS },
  { "collection.select-none", NULL, "<Control><Shift>a", N_("Select none"), LISTS },
  { "key.open", NULL, "Return", N_("Open the row"), LISTS },
  { "key.pane", NULL, "space", N_("Show the row in the details"), LISTS },
  { "key.clear", NULL, "Escape", N_("Clear the selection or the search, close, go back"), LISTS },
  { "collection.menu", NULL, "Menu <Shift>F10", N_("Menu of the row"), LISTS },
  { "collection.copy-row", NULL, "<Control>c", N_("Copy the selected rows"), LISTS },
  { "collection.copy-id", NULL, "<Control><Shift>c", N_("Copy its id"), LISTS },
  { "collection.export", NULL, "<Control>e", N_("Save rows to a file"), LISTS },
  { "collection.edit", NULL, "F2", N_("Edit a customer"), LISTS },
  { "collection.delete", NULL, "Delete", N_("Delete a draft"), LISTS },
  { "order.next", NULL, "<Alt>Right", N_("Next step"), WIZARD },
  { "order.main", NULL, "<Control>Return <Control>KP_Enter", N_("Next step; at its end, to the button that sends"), WIZARD },
  { "key.order-enter", NULL, "Return", N_("Next step, in the last field"), WIZARD },
  { "order.previous", NULL, "<Alt>Left", N_("Previous step"), WIZARD },
  { "order.step(0)", NULL, "<Alt>1", N_("Customer"), WIZARD },
  { "order.step(1)", NULL, "<Alt>2", N_("Domains"), WIZARD },
  { "order.step(2)", NULL, "<Alt>3", N_("Mailboxes"), WIZARD },
  { "order.step(3)", NULL, "<Alt>4", N_("Pictures"), WIZARD },
  { "order.step(4)", NULL, "<Alt>5", N_("Options"), WIZARD },
  { "order.step(5)", NULL, "<Alt>6", N_("Review"), WIZARD },
  { "order.step(6)", NULL, "<Alt>7", N_("Tracking"), WIZARD },
  { "order.next-problem", NULL, "F8", N_("Next problem"), WIZARD },
  { "order.previous-problem", NULL, "<Shift>F8", N_("Previous problem"), WIZARD },
  { "order.command('fill-names')", NULL, "<Control>g", N_("Fill from Names"), WIZARD },
  { "order.command('paste-mapped')", NULL, "<Control><Shift>v", N_("Paste with columns to choose"), WIZARD },
  { "order.undo", NULL, "<Control>z", N_("Undo"), WIZARD },
  { "order.redo", NULL, "<Control><Shift>z", N_("Redo"), WIZARD },
  { "order.help", NULL, "F1", N_("Help for this step"), WIZARD },
  { "order.save", NULL, "<Control>s", N_("Tell when the draft was saved"), WIZARD },
  { "key.grid-edit", NULL, "F2 Return", N_("Edit the cell; a letter replaces it"), MAILBOXES },
  { "key.grid-next", NULL, "Tab", N_("Take what is proposed, next cell"), MAILBOXES },
  { "key.grid-leave", NULL, "<Control>Tab", N_("Leave the grid"), MAILBOXES },
  { "key.grid-up", NULL, "<Shift>Return", N_("Cell above"), MAILBOXES },
  { "key.grid-fill", NULL, "<Control>d", N_("Fill down"), MAILBOXES },
  { "key.grid-copy", NULL, "<Control>c <Control>x <Control>v", N_("Copy, cut and paste cells"), MAILBOXES },
  { "key.grid-all", NULL, "<Control>a", N_("Select all rows"), MAILBOXES },
  { "key.grid-menu", NULL, "Menu <Shift>F10", N_("Menu of the cells"), MAILBOXES },
  { "key.grid-clear", NULL, "Delete", N_("Empty the cells"), MAILBOXES },
  { "key.grid-remove", NULL, "<Control>minus", N_("Remove rows"), MAILBOXES },
  { "pictures.add", NULL, "<Control>o", N_("Add pictures"), PICTURES },
  { "pictures.add-folder", NULL, "<Control><Shift>o", N_("Add a folder of pictures"), PICTURES },
  { "pictures.paste", NULL, "<Control>v", N_("Paste pictures, or the one taken up"), PICTURES },
  { "key.tile-move", NULL, "Left Right Up Down", N_("Next tile"), PICTURES },
  { "key.tile-open", NULL, "Return", N_("Choose a picture, or open what is there"), PICTURES },
  { "key.tile-menu", NULL, "Menu <Shift>F10", N_("Menu of the tile"), PICTURES },
  { "key.tile-select", NULL, "space", N_("Select a further tile, or no longer"), PICTURES },
  { "key.tile-all", NULL, "<Control>a", N_("Select all tiles"), PICTURES },
  { "key.tile-none", NULL, "<Control><Shift>a", N_("Select none"), PICTURES },
  { "key.tile-cut", NULL, "<Control>x", N_("Take a picture up to move it"), PICTURES },
  { "key.tile-remove", NULL, "Delete", N_("Remove the picture"), PICTURES },
  { "key.tile-crop", NULL, "c", N_("Crop"), PICTURES },
  { "key.tile-rotate", NULL, "r", N_("Rotate"), PICTURES },
  { "key.tile-reset", NULL, "0", N_("Reset the crop"), PICTURES },
  { "pictures.larger", NULL, "<Control>equal <Control>KP_Add <Control>plus", N_("Larger tiles"), PICTURES },
  { "pictures.smaller", NULL, "<Control>KP_Subtract <Control>minus", N_("Smaller tiles"), PICTURES },
};

const WbActionRow *
wb_action_rows (guint *n_rows)
{
  *n_rows = G_N_ELEMENTS (rows);
  return rows;
}

const WbActionRow *
wb_action_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].name, name))
      return &rows[i];
  return NULL;
}

static void
on_new_order (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  wb_application_new_order (application, NULL);
}

static void
on_new_customer (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  WbApplication *self = application;

  if (self->current != NULL)
    wb_customer_dialog_present (GTK_WINDOW (wb_application_ensure_window (self)), self->current, NULL);
}

static void
on_show_order (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  wb_application_show_order_named (application, g_variant_get_string (parameter, NULL));
}

static void
on_open_draft (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  wb_application_open_draft (application, g_variant_get_string (parameter, NULL));
}

static void
on_show_operation (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  wb_application_show_operation (application, g_variant_get_string (parameter, NULL));
}

static void
on_show_customer (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  wb_application_show_customer (application, g_variant_get_string (parameter, NULL));
}

static void
on_show_domain (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  wb_application_show_row (application, WB_COLLECTION_DOMAINS, g_variant_get_string (parameter, NULL));
}

static void
on_show_mailbox (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  wb_application_show_row (application, WB_COLLECTION_MAILBOXES, g_variant_get_string (parameter, NULL));
}

static void
on_show_subscription (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  wb_application_show_row (application, WB_COLLECTION_SUBSCRIPTIONS, g_variant_get_string (parameter, NULL));
}

/* A list with one filter: what a customer or a domain has, by its name. */
static const struct {
  const char *action;
  WbCollection collection;
  const char *field;
} rows_of[] = {
  { "domains-of-customer", WB_COLLECTION_DOMAINS, "customer" },
  { "mailboxes-of-customer", WB_COLLECTION_MAILBOXES, "customer" },
  { "mailboxes-of-domain", WB_COLLECTION_MAILBOXES, "domain" },
  { "subscriptions-of-customer", WB_COLLECTION_SUBSCRIPTIONS, "customer" },
};

static void
on_rows_of (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows_of); i++)
    if (g_str_equal (rows_of[i].action, g_action_get_name (G_ACTION (action))))
      wb_window_show_rows_of (wb_application_ensure_window (application), rows_of[i].collection, rows_of[i].field,
                              g_variant_get_string (parameter, NULL));
}

/* The bus asks while there is none as well. */
static GtkWindow *
window_for (gpointer application)
{
  GtkWindow *window = gtk_application_get_active_window (application);

  return window != NULL ? window : GTK_WINDOW (wb_application_ensure_window (application));
}

static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  WbApplication *self = application;

  wb_preferences_present (GTK_WINDOW (wb_application_ensure_window (self)), self->settings,
                          wb_application_get_profile (self));
}

static void
on_shortcuts (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  wb_shortcuts_present (window_for (application));
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  wb_about_present (window_for (application));
}

static void
on_show_window (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  g_application_activate (application);
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  wb_application_ask_quit (application);
}

typedef void (*Activate) (GSimpleAction *action, GVariant *parameter, gpointer application);

static const struct {
  const char *name;
  Activate activate;
  gboolean needs_profile; /* notifications and the desktop's menu come while nothing runs, too */
} callbacks[] = {
  { "new-order", on_new_order, TRUE },
  { "new-customer", on_new_customer, TRUE },
  { "show-order", on_show_order, TRUE },
  { "open-draft", on_open_draft, TRUE },
  { "show-operation", on_show_operation, TRUE },
  { "show-customer", on_show_customer, TRUE },
  { "show-domain", on_show_domain, TRUE },
  { "show-mailbox", on_show_mailbox, TRUE },
  { "show-subscription", on_show_subscription, TRUE },
  { "domains-of-customer", on_rows_of, TRUE },
  { "mailboxes-of-customer", on_rows_of, TRUE },
  { "mailboxes-of-domain", on_rows_of, TRUE },
  { "subscriptions-of-customer", on_rows_of, TRUE },
  { "show-window", on_show_window, FALSE },
  { "preferences", on_preferences, FALSE },
  { "shortcuts", on_shortcuts, FALSE },
  { "about", on_about, FALSE },
  { "quit", on_quit, FALSE },
};

static void
on_activate (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  const char *name = g_action_get_name (G_ACTION (action));

  for (guint i = 0; i < G_N_ELEMENTS (callbacks); i++)
    if (!g_str_equal (callbacks[i].name, name))
      continue;
    else if (callbacks[i].needs_profile && wb_application_get_profile (application) == NULL)
      wb_application_wish (application, name, parameter);
    else
      callbacks[i].activate (action, parameter, application);
}

static void
install_accels (GtkApplication *application, const WbActionRow *row)
{
  g_auto (GStrv) accels = g_strsplit (row->accels, " ", 0);

  gtk_application_set_accels_for_action (application, row->name, (const char *const *) accels);
}

void
wb_application_install_actions (WbApplication *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (callbacks); i++)
    {
      g_autofree char *full = g_strconcat ("app.", callbacks[i].name, NULL);
      const WbActionRow *row = wb_action_find (full);
      GVariantType *type = row->parameter != NULL ? g_variant_type_new (row->parameter) : NULL;
      g_autoptr (GSimpleAction) action = g_simple_action_new (callbacks[i].name, type);

      g_signal_connect (action, "activate", G_CALLBACK (on_activate), self);
      g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
      g_clear_pointer (&type, g_variant_type_free);
    }
  /* A page binds its own keys ("collection."), lists have theirs from GTK ("key."): neither may reach over an
   * entry that has the focus. */
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].accels != NULL && !g_str_has_prefix (rows[i].name, "collection.") && !g_str_has_prefix (rows[i].name, "key."))
      install_accels (GTK_APPLICATION (self), &rows[i]);
}
