// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-unplaced-list.h"

#include <glib/gi18n.h>

#include "wb-compat.h"
#include "wb-format.h"
#include "wb-unplaced-row.h"

struct _WbUnplacedList {
  GtkWidget parent_instance;

  WbDraft *draft;
  WbPreviewCache *previews;
  GtkStringList *files; /* ids as text */
  GtkWidget *box, *pill, *count, *scroller, *list, *none;
  GHashTable *bound;    /* set of WbUnplacedRow; more than are in view */
  gboolean again;       /* the people have changed */
  guint tick_id, frames;
};

enum { USE, CHOOSE, REMOVE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbUnplacedList, wb_unplaced_list, GTK_TYPE_WIDGET)

/* Rows in view */

static gboolean
is_in_view (WbUnplacedList *self, GtkWidget *row)
{
  graphene_rect_t bounds;

  return gtk_widget_get_mapped (row) && gtk_widget_compute_bounds (row, self->scroller, &bounds)
         && bounds.origin.y < gtk_widget_get_height (self->scroller) && bounds.origin.y + bounds.size.height > 0;
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  WbUnplacedList *self = WB_UNPLACED_LIST (widget);
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    wb_unplaced_row_refresh (row, is_in_view (self, row), self->again);
  self->again = FALSE;
  if (--self->frames > 0)
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

/* Before the next frame, and once more: what is new has its place after that one only. */
static void
refresh_soon (WbUnplacedList *self)
{
  self->frames = 2;
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

static void
act (WbUnplacedList *self, WbUnplacedAct what, guint file, int row)
{
  if (what == WB_UNPLACED_REMOVE)
    g_signal_emit (self, signals[REMOVE], 0, file);
  else if (what == WB_UNPLACED_USE)
    g_signal_emit (self, signals[USE], 0, file, (guint) row);
  else
    g_signal_emit (self, signals[CHOOSE], 0, file);
}

static void
on_row_act (WbUnplacedRow *row, guint what, WbUnplacedList *self)
{
  act (self, what, wb_unplaced_row_get_file (row), wb_unplaced_row_get_guess (row));
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, WbUnplacedList *self)
{
  GtkWidget *row = wb_unplaced_row_new (self->draft, self->previews);

  g_signal_connect (row, "act", G_CALLBACK (on_row_act), self);
  gtk_list_item_set_child (item, row);
}

static guint
file_of (const char *text)
{
  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : 0;
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, WbUnplacedList *self)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  wb_unplaced_row_set_file (WB_UNPLACED_ROW (row),
                            file_of (gtk_string_object_get_string (gtk_list_item_get_item (item))));
  g_hash_table_add (self->bound, row);
  refresh_soon (self);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, WbUnplacedList *self)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  g_hash_table_remove (self->bound, row);
  wb_unplaced_row_set_file (WB_UNPLACED_ROW (row), 0);
}

static guint
file_at (WbUnplacedList *self, guint position)
{
  return file_of (gtk_string_list_get_string (self->files, position));
}

static void
on_activate (GtkListView *list, guint position, WbUnplacedList *self)
{
  g_autofree char *line = NULL;
  guint file = file_at (self, position);
  int row;
  WbUnplacedAct what = wb_unplaced_judge (self->draft, file, &row, &line);

  act (self, what, file, row);
}

static gboolean
on_key (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, WbUnplacedList *self)
{
  GtkSelectionModel *model = gtk_list_view_get_model (GTK_LIST_VIEW (self->list));
  guint position = gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (model));

  if (keyval != GDK_KEY_Delete || position == GTK_INVALID_LIST_POSITION)
    return FALSE;
  g_signal_emit (self, signals[REMOVE], 0, file_at (self, position));
  return TRUE;
}

/* Building */

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_head (WbUnplacedList *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *title = make_label (_("Not placed yet"), "heading");

  gtk_widget_set_hexpand (title, TRUE);
  self->pill = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  self->count = gtk_label_new ("");
  gtk_widget_add_css_class (self->pill, "pill");
  gtk_widget_add_css_class (self->pill, "warning");
  gtk_widget_add_css_class (self->count, "numeric");
  gtk_box_append (GTK_BOX (self->pill), gtk_image_new_from_icon_name ("dialog-question-symbolic"));
  gtk_box_append (GTK_BOX (self->pill), self->count);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), self->pill);
  gtk_widget_add_css_class (head, "unplaced-head");
  return head;
}

static GtkListItemFactory *
make_factory (WbUnplacedList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), self);
  return factory;
}

static GtkWidget *
make_list (WbUnplacedList *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkSingleSelection *selection;
  GtkAdjustment *adjustment;

  self->files = gtk_string_list_new (NULL);
  selection = gtk_single_selection_new (G_LIST_MODEL (self->files));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_single_selection_set_selected (selection, GTK_INVALID_LIST_POSITION);
  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (selection), make_factory (self));
  gtk_widget_add_css_class (self->list, "unplaced");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Not placed yet"), -1);
  g_signal_connect (self->list, "activate", G_CALLBACK (on_activate), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (self->list, keys);
  wb_compat_single_tab_stop (self->list);
  self->scroller = gtk_scrolled_window_new ();
  gtk_widget_set_focusable (self->scroller, FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->list);
  /* Two rows and a half, so that one sees that there is more. */
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scroller), 140);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (refresh_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (refresh_soon), self, G_CONNECT_SWAPPED);
  return self->scroller;
}

static void
wb_unplaced_list_dispose (GObject *object)
{
  WbUnplacedList *self = WB_UNPLACED_LIST (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->previews);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (wb_unplaced_list_parent_class)->dispose (object);
}

static void
wb_unplaced_list_finalize (GObject *object)
{
  g_hash_table_unref (WB_UNPLACED_LIST (object)->bound);
  G_OBJECT_CLASS (wb_unplaced_list_parent_class)->finalize (object);
}

static void
wb_unplaced_list_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wb_unplaced_list_parent_class)->map (widget);
  refresh_soon (WB_UNPLACED_LIST (widget));
}

static guint
add_signal (const char *name, guint n)
{
  return g_signal_new (name, WB_TYPE_UNPLACED_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n, G_TYPE_UINT,
                       G_TYPE_UINT);
}

static void
wb_unplaced_list_class_init (WbUnplacedListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_unplaced_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_unplaced_list_finalize;
  GTK_WIDGET_CLASS (klass)->map = wb_unplaced_list_map;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "unplacedlist");
  signals[USE] = add_signal ("use", 2);
  signals[CHOOSE] = add_signal ("choose", 1);
  signals[REMOVE] = add_signal ("remove", 1);
}

static void
wb_unplaced_list_init (WbUnplacedList *self)
{
  self->bound = g_hash_table_new (NULL, NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->none = make_label (_("Every picture has its place."), "body");
  gtk_widget_add_css_class (self->none, "dim-label");
  gtk_widget_add_css_class (self->none, "unplaced-none");
  gtk_box_append (GTK_BOX (self->box), make_head (self));
  gtk_box_append (GTK_BOX (self->box), self->none);
  gtk_box_append (GTK_BOX (self->box), make_list (self));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
wb_unplaced_list_new (WbDraft *draft, WbPreviewCache *previews)
{
  WbUnplacedList *self = g_object_new (WB_TYPE_UNPLACED_LIST, NULL);

  self->draft = g_object_ref (draft);
  self->previews = g_object_ref (previews);
  g_signal_connect_object (previews, "ready", G_CALLBACK (refresh_soon), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/* Only the run of rows that differs is replaced, so that the others keep focus and scroll. */
static void
set_files (WbUnplacedList *self, GArray *ids)
{
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (g_free);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->files)), shorter = MIN (n, ids->len), head = 0, tail = 0;

  while (head < shorter && file_at (self, head) == g_array_index (ids, guint, head))
    head++;
  while (tail < shorter - head && file_at (self, n - 1 - tail) == g_array_index (ids, guint, ids->len - 1 - tail))
    tail++;
  for (guint i = head; i < ids->len - tail; i++)
    g_ptr_array_add (fresh, g_strdup_printf ("%u", g_array_index (ids, guint, i)));
  g_ptr_array_add (fresh, NULL);
  if (fresh->len > 1 || n != ids->len)
    gtk_string_list_splice (self->files, head, n - head - tail, (const char *const *) fresh->pdata);
}

void
wb_unplaced_list_update (WbUnplacedList *self, gboolean people)
{
  g_autoptr (GArray) ids = wb_draft_dup_unplaced (self->draft);
  g_autofree char *count = wb_format_count (ids->len);

  set_files (self, ids);
  self->again |= people;
  gtk_label_set_label (GTK_LABEL (self->count), count);
  gtk_widget_set_visible (self->pill, ids->len > 0);
  gtk_widget_set_visible (self->none, ids->len == 0);
  /* With nothing in it, its room is the inspector's. */
  gtk_widget_set_visible (self->scroller, ids->len > 0);
  refresh_soon (self);
}

guint
wb_unplaced_list_get_count (WbUnplacedList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->files));
}

void
wb_unplaced_list_set_target (WbUnplacedList *self, gboolean target)
{
  if (target)
    gtk_widget_add_css_class (GTK_WIDGET (self), "target");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "target");
}
