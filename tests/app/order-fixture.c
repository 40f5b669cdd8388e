// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "order-fixture.h"

#include <string.h>

#include "wb-names.h"
#include "wb-settings.h"
#include "wb-state-pill.h"

/* Without a compositor, as here, any popover makes the newest GTK report a frame twice, and say so. */
#define SAID_FOR_NOTHING "gdk_frame_timings_submitted() called on submitted frame"

static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") && g_str_has_prefix (fields[i].value, SAID_FOR_NOTHING))
      return G_LOG_WRITER_HANDLED;
  return g_log_writer_default (level, fields, n_fields, data);
}

static void __attribute__ ((constructor))
ignore_what_newest_says (void)
{
  if (gtk_check_version (4, 14, 0) == NULL)
    g_log_set_writer_func (write_log, NULL, NULL);
}

void
order_test_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  gtk_init ();
}

WbApplication *
order_application (void)
{
  static WbApplication *application;
  WbApplicationOptions options = { .sandbox = TRUE, .sandbox_speed = 1 };
  g_autoptr (GError) error = NULL;

  if (application != NULL)
    return application;
  application = wb_application_new (&options);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_application_set_default (G_APPLICATION (application));
  /* What slides out is still there for a while: a test would press its buttons. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  return application;
}

/* Drafts */

void
order_fill_draft (Store *store, WbDraft *draft)
{
  static const char *const files[] = { "ann.berg.jpg", "bo.cole.jpg", "cy.dahl.png" };
  const char *portraits = g_getenv ("WB_TEST_PORTRAITS"); /* nicer pictures, for people who look */
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  store_fill_draft (store, draft, "brightloom.example, trybrightloom.example", "ann.berg:Ann Berg,bo.cole:Bo Cole,cy.dahl:Cy Dahl");
  wb_draft_set_customer (draft, store->customer, "A & B <b> “x” %s", "a@b.example");
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_ptr_array_add (paths, portraits != NULL ? g_strdup_printf ("%s/%s", portraits, files[i])
                                              : draft_picture (store->dir, files[i], 700, 700, 0x3584e4 + i * 0x401020));
  g_ptr_array_add (paths, NULL);
  draft_add (draft, -1, NULL, (const char *const *) paths->pdata);
}

WbDraft *
order_draft (Store *store)
{
  WbDraft *draft = wb_drafts_new_draft (store_drafts (store));

  order_fill_draft (store, draft);
  return draft;
}

/* Nothing that a JPEG could make small. */
static char *
noise (Store *store, const char *name)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 648, 648);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  char *path = g_build_filename (store->dir, name, NULL);
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < gdk_pixbuf_get_byte_length (pixbuf); i++)
    pixels[i] = (guint8) g_rand_int (rand);
  gdk_pixbuf_save (pixbuf, path, "jpeg", &error, "quality", "95", NULL);
  g_assert_no_error (error);
  return path;
}

/* One person with many mailboxes: more than the sockets between take at once. */
WbDraft *
order_draft_large (Store *store)
{
  g_autoptr (GString) boxes = g_string_new (NULL);
  g_autofree char *path = noise (store, "ann.berg.jpg");
  WbDraft *draft;

  for (guint i = 0; i < 20; i++)
    g_string_append_printf (boxes, "%sann%u:Ann Berg", i > 0 ? "," : "", i);
  draft = store_draft (store, "brightloom.example, trybrightloom.example", boxes->str);
  wb_draft_set_customer (draft, store->customer, "A & B <b> “x” %s", "a@b.example");
  draft_add (draft, -1, NULL, (const char *[]) { path, NULL });
  return draft;
}

static gboolean
names_are_known (gpointer data)
{
  void **both = data;
  WbNameBook *book = wb_profile_get_names (((Store *) both[0])->profile);
  WbDraft *draft = both[1];

  for (guint i = 0; i < wb_draft_get_n_domains (draft); i++)
    {
      const WbNameAnswer *answer = wb_name_book_get (book, wb_draft_get_domain (draft, i)->name, wb_draft_get_provider (draft));

      if (answer == NULL || answer->state == WB_NAME_ASKING || answer->state == WB_NAME_NOT_ASKED)
        return FALSE;
    }
  return TRUE;
}

void
order_make_ready (Store *store, WbDraft *draft)
{
  void *both[] = { store, draft };

  for (guint i = 0; i < wb_draft_get_n_domains (draft); i++)
    wb_name_book_ask (wb_profile_get_names (store->profile), store->customer, wb_draft_get_domain (draft, i)->name,
                      wb_draft_get_provider (draft), FALSE);
  g_assert_true (wb_test_wait_for (names_are_known, both, ORDER_DEADLINE_MS));
  wb_draft_set_may_use_pictures (draft, TRUE);
  g_assert_true (draft_make_ready (draft, NULL));
}

/* Windows */

WbOrderWindow *
order_window (Store *store, WbDraft *draft)
{
  WbOrderWindow *window = wb_order_window_new (GTK_APPLICATION (order_application ()), store->profile, draft);

  gtk_window_present (GTK_WINDOW (window));
  wb_order_window_go (window, WB_STEP_REVIEW, NULL);
  return window;
}

static gboolean
is_alone (gpointer object)
{
  return g_atomic_int_get (&G_OBJECT (object)->ref_count) == 1;
}

void
order_window_free (WbOrderWindow *window)
{
  g_object_ref (window);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_true (wb_test_wait_for (is_alone, window, ORDER_DEADLINE_MS));
  g_assert_finalize_object (window);
}

/* Finding */

typedef gboolean (*Match) (GtkWidget *widget, const char *text);

static GtkWidget *
find (GtkWidget *widget, Match match, const char *text)
{
  if (widget == NULL || !gtk_widget_get_mapped (widget))
    return NULL;
  if (match (widget, text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, match, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* NULL of what shows none by itself */
static const char *
text_of (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  return WB_IS_STATE_PILL (widget) ? wb_state_pill_get_text (WB_STATE_PILL (widget)) : NULL;
}

static gboolean
is_label (GtkWidget *widget, const char *text)
{
  const char *shown = text_of (widget);

  return shown != NULL && strstr (shown, text) != NULL;
}

static gboolean
begins_so (GtkWidget *widget, const char *text)
{
  const char *shown = text_of (widget);

  return shown != NULL && g_str_has_prefix (shown, text);
}

static gboolean
is_button (GtkWidget *widget, const char *text)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);

  if (!GTK_IS_BUTTON (widget) && !GTK_IS_CHECK_BUTTON (widget))
    return FALSE;
  return g_strcmp0 (tooltip, text) == 0 || find (widget, begins_so, text) != NULL;
}

GtkWidget *
order_find_button (GtkWidget *root, const char *label)
{
  return find (root, is_button, label);
}

static gboolean
is_entry (GtkWidget *widget, const char *text)
{
  return GTK_IS_ENTRY (widget);
}

GtkWidget *
order_find_entry (GtkWidget *root)
{
  return find (root, is_entry, NULL);
}

gboolean
order_shows (GtkWidget *root, const char *text)
{
  return find (root, is_label, text) != NULL;
}

typedef struct {
  GtkWidget *root;
  const char *text;
} Wanted;

static gboolean
button_is_shown (gpointer data)
{
  Wanted *wanted = data;

  return order_find_button (wanted->root, wanted->text) != NULL;
}

GtkWidget *
order_wait_shown (GtkWidget *root, const char *label)
{
  Wanted wanted = { root, label };

  g_assert_true (wb_test_wait_for (button_is_shown, &wanted, ORDER_DEADLINE_MS));
  return order_find_button (root, label);
}

static gboolean
button_is_there (gpointer data)
{
  Wanted *wanted = data;
  GtkWidget *button = order_find_button (wanted->root, wanted->text);

  return button != NULL && gtk_widget_is_sensitive (button);
}

static gboolean
text_is_there (gpointer data)
{
  Wanted *wanted = data;

  return order_shows (wanted->root, wanted->text);
}

static void
list_texts (GtkWidget *widget)
{
  const char *text = text_of (widget);

  if (!gtk_widget_get_mapped (widget))
    return;
  if (text != NULL && *text != '\0')
    g_test_message ("shown: %s%s", text, gtk_widget_is_sensitive (widget) ? "" : " (insensitive)");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    list_texts (child);
}

static void
wait_for (WbTestCondition condition, GtkWidget *root, const char *text)
{
  Wanted wanted = { root, text };

  if (wb_test_wait_for (condition, &wanted, ORDER_DEADLINE_MS))
    return;
  list_texts (root);
  g_test_message ("waited for “%s”", text);
  g_assert_not_reached ();
}

void
order_wait_button (GtkWidget *root, const char *label)
{
  wait_for (button_is_there, root, label);
}

void
order_wait_text (GtkWidget *root, const char *text)
{
  wait_for (text_is_there, root, text);
}

void
order_press (GtkWidget *root, const char *label)
{
  GtkWidget *button;

  order_wait_button (root, label);
  button = order_find_button (root, label);
  if (GTK_IS_CHECK_BUTTON (button))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (button), !gtk_check_button_get_active (GTK_CHECK_BUTTON (button)));
  else
    g_signal_emit_by_name (button, "clicked");
}

static GtkWidget *
find_message (GtkWidget *window)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) other = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (other) && gtk_widget_get_mapped (GTK_WIDGET (other)) && gtk_window_get_transient_for (other) == GTK_WINDOW (window))
        return GTK_WIDGET (other);
    }
  return NULL;
}

static gboolean
message_is_there (gpointer window)
{
  return find_message (window) != NULL;
}

GtkWidget *
order_wait_message (GtkWidget *window)
{
  if (!wb_test_wait_for (message_is_there, window, ORDER_DEADLINE_MS))
    {
      list_texts (window);
      g_assert_not_reached ();
    }
  return find_message (window);
}

/* All together */

static Order
new_with (WbDraft *(*make) (Store *store))
{
  Order order = { .store = store_new (NULL) };

  order.draft = make (order.store);
  order_make_ready (order.store, order.draft);
  order.window = order_window (order.store, order.draft);
  order_wait_button (order_root (&order), "Create Order");
  return order;
}

Order
order_new (void)
{
  return new_with (order_draft);
}

Order
order_new_large (void)
{
  return new_with (order_draft_large);
}

void
order_free (Order *order)
{
  order_window_free (order->window);
  draft_drop (order->draft);
  store_free (order->store);
}

GtkWidget *
order_root (Order *order)
{
  return GTK_WIDGET (order->window);
}

guint
order_count (Order *order, const char *operation)
{
  return wb_sandbox_count_requests (order->store->sandbox, operation);
}

WbOrderState
order_state (Order *order)
{
  WbOrder *made = wb_order_window_get_order (order->window);

  return made != NULL ? wb_order_get_state (made) : WB_ORDER_DRAFT;
}

typedef struct {
  Order *order;
  WbOrderState state;
} WantedState;

static gboolean
has_state (gpointer data)
{
  WantedState *wanted = data;

  return order_state (wanted->order) == wanted->state;
}

void
order_wait_state (Order *order, WbOrderState state)
{
  WantedState wanted = { order, state };

  if (wb_test_wait_for (has_state, &wanted, ORDER_DEADLINE_MS))
    return;
  list_texts (order_root (order));
  g_test_message ("state %s", wb_order_state_word (order_state (order)));
  g_assert_cmpstr (wb_order_state_word (order_state (order)), ==, wb_order_state_word (state));
}

void
order_create (Order *order)
{
  order_press (order_root (order), "Create Order");
  gtk_window_destroy (GTK_WINDOW (order_wait_message (order_root (order))));
}

void
order_pay (Order *order)
{
  order_press (order_root (order), "Create Order");
  order_press (order_wait_message (order_root (order)), "Pay About");
}

void
order_set_delay (guint seconds)
{
  g_autoptr (GSettings) settings = g_settings_new (WB_SETTINGS_SCHEMA);

  g_settings_set_uint (settings, WB_SETTINGS_PAY_DELAY_SECONDS, seconds);
}
