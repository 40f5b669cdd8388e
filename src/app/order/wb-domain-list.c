// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-domain-list.h"

#include <glib/gi18n.h>

#include "wb-compat.h"
#include "wb-domain-columns.h"
#include "wb-domain-row.h"

struct _WbDomainList {
  GtkWidget parent_instance;

  WbDraft *draft;
  WbNameBook *book;
  GListStore *names;    /* of GtkStringObject */
  GPtrArray *bound;     /* of WbDomainRow, lent */
  GHashTable *problems; /* name → WbProblem, of problem_list */
  GPtrArray *problem_list;
  GtkWidget *box, *head, *view, *scroller;
  char *wanted;         /* to be flashed or focused once it has a row */
  gboolean flashes;
  guint wanted_id, look_id;
};

enum { ACT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbDomainList, wb_domain_list, GTK_TYPE_WIDGET)

static const char *
name_at (WbDomainList *self, guint i)
{
  g_autoptr (GtkStringObject) item = g_list_model_get_item (G_LIST_MODEL (self->names), i);

  return item != NULL ? gtk_string_object_get_string (item) : NULL;
}

static int
find_name (WbDomainList *self, const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->names)); i++)
    if (g_str_equal (name_at (self, i), name))
      return (int) i;
  return -1;
}

/* What the book asks first is what is looked at. */
static gboolean
tell_seen (gpointer user_data)
{
  WbDomainList *self = user_data;
  g_autoptr (GPtrArray) seen = g_ptr_array_new ();
  graphene_rect_t bounds;

  self->look_id = 0;
  for (guint i = 0; i < self->bound->len; i++)
    if (gtk_widget_get_mapped (self->bound->pdata[i])
        && gtk_widget_compute_bounds (self->bound->pdata[i], self->scroller, &bounds)
        && bounds.origin.y + bounds.size.height > 0 && bounds.origin.y < gtk_widget_get_height (self->scroller))
      g_ptr_array_add (seen, (gpointer) wb_domain_row_get_name (self->bound->pdata[i]));
  g_ptr_array_add (seen, NULL);
  wb_name_book_look_at (self->book, (const char *const *) seen->pdata);
  return G_SOURCE_REMOVE;
}

static void
tell_seen_soon (WbDomainList *self)
{
  if (self->look_id == 0)
    self->look_id = g_timeout_add (100, tell_seen, self);
}

/* Rows */

static void
on_act (WbDomainRow *row, int act, const char *name, WbDomainList *self)
{
  int at = find_name (self, name);

  if (act == WB_DOMAIN_REMOVE && gtk_widget_get_state_flags (self->view) & GTK_STATE_FLAG_FOCUS_WITHIN)
    {
      /* A removed row hands the focus to the next. */
      guint last = g_list_model_get_n_items (G_LIST_MODEL (self->names)) - 1;
      const char *next = (guint) at < last ? name_at (self, at + 1) : at > 0 ? name_at (self, at - 1) : NULL;

      if (next != NULL)
        wb_domain_list_show (self, next);
    }
  g_signal_emit (self, signals[ACT], 0, act, name);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, WbDomainList *self)
{
  GtkWidget *row = wb_domain_row_new (self->draft, self->book);

  g_signal_connect (row, "act", G_CALLBACK (on_act), self);
  gtk_list_item_set_child (item, row);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, WbDomainList *self)
{
  WbDomainRow *row = WB_DOMAIN_ROW (gtk_list_item_get_child (item));
  const char *name = gtk_string_object_get_string (gtk_list_item_get_item (item));

  wb_domain_row_bind (row, name);
  wb_domain_row_update (row, g_hash_table_lookup (self->problems, name));
  g_ptr_array_add (self->bound, row);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, WbDomainList *self)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  g_ptr_array_remove_fast (self->bound, row);
  wb_domain_row_bind (WB_DOMAIN_ROW (row), NULL);
}

/* The model: what stays keeps its row, its place and the focus. */
static void
splice_names (WbDomainList *self)
{
  guint old = g_list_model_get_n_items (G_LIST_MODEL (self->names)), fresh = wb_draft_get_n_domains (self->draft);
  guint head = 0, tail = 0;
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);

  while (head < old && head < fresh
         && g_str_equal (name_at (self, head), wb_draft_get_domain (self->draft, head)->name))
    head++;
  while (tail < old - head && tail < fresh - head
         && g_str_equal (name_at (self, old - tail - 1), wb_draft_get_domain (self->draft, fresh - tail - 1)->name))
    tail++;
  for (guint i = head; i < fresh - tail; i++)
    g_ptr_array_add (added, gtk_string_object_new (wb_draft_get_domain (self->draft, i)->name));
  if (old - head - tail > 0 || added->len > 0)
    g_list_store_splice (self->names, head, old - head - tail, added->pdata, added->len);
}

static guint
index_problems (WbDomainList *self)
{
  g_hash_table_remove_all (self->problems);
  for (guint i = 0; i < self->problem_list->len; i++)
    {
      WbProblem *problem = self->problem_list->pdata[i];
      const WbDraftDomain *domain = problem->step == WB_STEP_DOMAINS && problem->row >= 0
                                      ? wb_draft_get_domain (self->draft, problem->row) : NULL;
      const WbProblem *other = domain != NULL ? g_hash_table_lookup (self->problems, domain->name) : NULL;

      if (domain != NULL && problem->severity >= WB_SEVERITY_WARNING
          && (other == NULL || other->severity < problem->severity))
        g_hash_table_insert (self->problems, g_strdup (domain->name), problem);
    }
  return g_hash_table_size (self->problems);
}

guint
wb_domain_list_update (WbDomainList *self, GPtrArray *problems)
{
  guint look_at;

  g_clear_pointer (&self->problem_list, g_ptr_array_unref);
  self->problem_list = g_ptr_array_ref (problems);
  look_at = index_problems (self);
  splice_names (self);
  for (guint i = 0; i < self->bound->len; i++)
    {
      WbDomainRow *row = self->bound->pdata[i];

      wb_domain_row_update (row, g_hash_table_lookup (self->problems, wb_domain_row_get_name (row)));
    }
  tell_seen_soon (self);
  return look_at;
}

/* Going to a name: its row may come only with the next layout. */

static WbDomainRow *
find_row (WbDomainList *self, const char *name)
{
  for (guint i = 0; i < self->bound->len; i++)
    if (g_strcmp0 (wb_domain_row_get_name (self->bound->pdata[i]), name) == 0)
      return self->bound->pdata[i];
  return NULL;
}

static gboolean
go_to_wanted (gpointer user_data)
{
  WbDomainList *self = user_data;
  WbDomainRow *row = self->wanted != NULL ? find_row (self, self->wanted) : NULL;

  self->wanted_id = 0;
  if (row != NULL && self->flashes)
    wb_domain_row_flash (row);
  else if (row != NULL)
    gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (row)));
  g_clear_pointer (&self->wanted, g_free);
  return G_SOURCE_REMOVE;
}

static void
go_to (WbDomainList *self, const char *name, gboolean flashes)
{
  int at = find_name (self, name);

  if (at < 0)
    return;
  wb_compat_list_scroll_to (self->view, at);
  g_free (self->wanted);
  self->wanted = g_strdup (name);
  self->flashes = flashes;
  g_clear_handle_id (&self->wanted_id, g_source_remove);
  self->wanted_id = g_timeout_add (30, go_to_wanted, self);
}

void
wb_domain_list_flash (WbDomainList *self, const char *name)
{
  go_to (self, name, TRUE);
}

void
wb_domain_list_show (WbDomainList *self, const char *name)
{
  go_to (self, name, FALSE);
}

/* Keys */

static WbDomainRow *
focused_row (WbDomainList *self)
{
  GtkRoot *root = gtk_widget_get_root (self->view);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  for (guint i = 0; focus != NULL && i < self->bound->len; i++)
    if (gtk_widget_is_ancestor (focus, self->bound->pdata[i]) || gtk_widget_get_parent (self->bound->pdata[i]) == focus)
      return self->bound->pdata[i];
  return NULL;
}

static gboolean
on_key (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, WbDomainList *self)
{
  gboolean rtl = gtk_widget_get_direction (self->view) == GTK_TEXT_DIR_RTL;
  WbDomainRow *row = focused_row (self);

  if (row == NULL || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;
  if (keyval == GDK_KEY_Left || keyval == GDK_KEY_Right)
    {
      wb_domain_row_step (row, (keyval == GDK_KEY_Right) != rtl);
      return TRUE;
    }
  if (keyval != GDK_KEY_Delete && keyval != GDK_KEY_KP_Delete)
    return FALSE;
  on_act (row, WB_DOMAIN_REMOVE, wb_domain_row_get_name (row), self);
  return TRUE;
}

/* Enter on a row: its first button. */
static void
on_activate (GtkListView *view, guint position, WbDomainList *self)
{
  WbDomainRow *row = focused_row (self);

  if (row != NULL)
    wb_domain_row_step (row, TRUE);
}

/* The card is as high as its rows, while there are few; a list view cannot tell that for a width. */

#define FEW 40

static int
content_height (WbDomainList *self, int width)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->names)), seen = 0;
  int total = 0, height;

  if (n > FEW)
    return G_MAXINT / 2;
  gtk_widget_measure (self->head, GTK_ORIENTATION_VERTICAL, width, NULL, &total, NULL, NULL);
  for (GtkWidget *row = gtk_widget_get_first_child (self->view); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
      total += height;
      seen++;
    }
  return seen < n ? G_MAXINT / 2 : total;
}

static void
wb_domain_list_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                        int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (WB_DOMAIN_LIST (widget)->box, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
wb_domain_list_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WbDomainList *self = WB_DOMAIN_LIST (widget);
  int minimum = 0;

  gtk_widget_measure (self->box, GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);
  gtk_widget_allocate (self->box, width, MAX (MIN (height, content_height (self, width)), minimum), -1, NULL);
}

/* Building */

static GtkWidget *
make_head (void)
{
  static const char *const titles[] = { N_("Domain"), N_("Answer"), "", N_("Price"), "" };
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (head, wb_domain_columns_new (TRUE));
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      GtkWidget *label = gtk_label_new (*titles[i] != '\0' ? _(titles[i]) : "");

      gtk_label_set_xalign (GTK_LABEL (label), i == 3 ? 1 : 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (label, "caption-heading");
      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (head), label);
    }
  gtk_widget_add_css_class (head, "domain-head");
  return head;
}

static void
make_view (WbDomainList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkSelectionModel *model = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->names))));

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), self);
  self->view = gtk_list_view_new (model, factory);
  gtk_widget_add_css_class (self->view, "domains");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Names"), -1);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  g_signal_connect (self->view, "activate", G_CALLBACK (on_activate), self);
  gtk_widget_add_controller (self->view, keys);
  wb_compat_single_tab_stop (self->view);
}

static void
wb_domain_list_dispose (GObject *object)
{
  WbDomainList *self = WB_DOMAIN_LIST (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_handle_id (&self->wanted_id, g_source_remove);
  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_object (&self->names);
  g_clear_object (&self->draft);
  g_clear_object (&self->book);
  G_OBJECT_CLASS (wb_domain_list_parent_class)->dispose (object);
}

static void
wb_domain_list_finalize (GObject *object)
{
  WbDomainList *self = WB_DOMAIN_LIST (object);

  g_ptr_array_unref (self->bound);
  g_hash_table_unref (self->problems);
  g_clear_pointer (&self->problem_list, g_ptr_array_unref);
  g_free (self->wanted);
  G_OBJECT_CLASS (wb_domain_list_parent_class)->finalize (object);
}

static void
wb_domain_list_class_init (WbDomainListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_domain_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_domain_list_finalize;
  GTK_WIDGET_CLASS (klass)->measure = wb_domain_list_measure;
  GTK_WIDGET_CLASS (klass)->size_allocate = wb_domain_list_size_allocate;
  signals[ACT] = g_signal_new ("act", WB_TYPE_DOMAIN_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                               G_TYPE_INT, G_TYPE_STRING);
}

static void
wb_domain_list_init (WbDomainList *self)
{
  self->names = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  self->bound = g_ptr_array_new ();
  self->problems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

GtkWidget *
wb_domain_list_new (WbDraft *draft, WbNameBook *book)
{
  WbDomainList *self = g_object_new (WB_TYPE_DOMAIN_LIST, NULL);
  GtkAdjustment *adjustment;

  self->draft = g_object_ref (draft);
  self->book = g_object_ref (book);
  make_view (self);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_widget_set_focusable (self->scroller, FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->view);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (tell_seen_soon), self, G_CONNECT_SWAPPED);
  self->head = make_head ();
  gtk_box_append (GTK_BOX (self->box), self->head);
  gtk_box_append (GTK_BOX (self->box), self->scroller);
  gtk_widget_add_css_class (self->box, "card");
  gtk_widget_set_overflow (self->box, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  return GTK_WIDGET (self);
}
