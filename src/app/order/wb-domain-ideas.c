// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-domain-ideas.h"

#include <string.h>

#include <glib/gi18n.h>

#include "cmr-field.h"
#include "wb-accessible.h"
#include "wb-domain-all.h"
#include "wb-domain-row.h"
#include "wb-format.h"

/* The service counts searches: nothing is asked while somebody types, and nothing twice. */
#define TYPING_MS 600
#define MAX_ENDINGS 6
#define FIRST_SHOWN 6
#define MAX_SHOWN 40

struct _WbDomainIdeas {
  GtkWidget parent_instance;

  WbDraft *draft;
  WbNameBook *book;
  GtkWidget *scroller, *search, *chips, *limit, *limit_spin, *limit_none, *list, *more, *note, *all;
  GHashTable *known;   /* "keyword endings" → GPtrArray of WbIdea */
  GPtrArray *ideas;    /* what is shown; lent by known */
  GPtrArray *endings;  /* of char *: chips, as they turned up */
  GHashTable *chosen;  /* endings that are on */
  GCancellable *asking;
  gboolean started, stale, all_shown;
};

enum { CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbDomainIdeas, wb_domain_ideas, GTK_TYPE_WIDGET)

static void ask (WbDomainIdeas *self, gboolean again);

static const char *
ending_of (const char *name)
{
  const char *dot = strchr (name, '.');

  return dot != NULL ? dot + 1 : "";
}

/* The list */

static void
on_add (GtkButton *button, WbDomainIdeas *self)
{
  const char *name = g_object_get_data (G_OBJECT (button), "name");

  wb_draft_begin (self->draft, "add-domains", NULL);
  wb_draft_add_domains (self->draft, name, NULL, NULL);
  wb_draft_end (self->draft);
}

static GtkWidget *
make_lines (const WbIdea *idea, const char *shown)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *price = wb_format_money (idea->cents);
  const char *dot = strchr (shown, '.');
  g_autofree char *stem = dot != NULL ? g_strndup (shown, dot - shown) : g_strdup (shown);
  GtkWidget *name = gtk_label_new (stem), *ending = gtk_label_new (dot), *cost = gtk_label_new (price);

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (cost), 0);
  gtk_widget_set_tooltip_text (line, shown);
  gtk_widget_add_css_class (ending, "dim-label");
  gtk_widget_add_css_class (cost, "dim-label");
  gtk_widget_add_css_class (cost, "caption");
  gtk_widget_add_css_class (cost, "numeric");
  /* A name reads from left to right everywhere; the line stands at the start of its place. */
  gtk_widget_set_direction (line, GTK_TEXT_DIR_LTR);
  gtk_widget_set_halign (line, gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL ? GTK_ALIGN_END : GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (line), name);
  gtk_box_append (GTK_BOX (line), ending);
  gtk_box_append (GTK_BOX (lines), line);
  gtk_box_append (GTK_BOX (lines), cost);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  return lines;
}

static void
show_taken_up (WbDomainIdeas *self, GtkWidget *button)
{
  const char *name = g_object_get_data (G_OBJECT (button), "name");
  gboolean there = wb_draft_find_domain (self->draft, name) != NULL;
  g_autofree char *shown = wb_domain_dup_shown (name, NULL);
  /* Translators: %s is a domain */
  g_autofree char *words = g_strdup_printf (there ? _("%s is in the order") : _("Add %s"), shown);

  gtk_button_set_icon_name (GTK_BUTTON (button), there ? "object-select-symbolic" : "list-add-symbolic");
  gtk_widget_set_sensitive (button, !there);
  wb_accessible_set_name (button, words);
}

static GtkWidget *
make_row (WbDomainIdeas *self, const WbIdea *idea)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *add = gtk_button_new ();
  g_autofree char *shown = wb_domain_dup_shown (idea->name, NULL);

  gtk_widget_set_valign (add, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (add), "name", g_strdup (idea->name), g_free);
  g_object_set_data (G_OBJECT (row), "add", add);
  g_signal_connect (add, "clicked", G_CALLBACK (on_add), self);
  gtk_box_append (GTK_BOX (box), make_lines (idea, shown));
  gtk_box_append (GTK_BOX (box), add);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, shown, -1);
  show_taken_up (self, add);
  return row;
}

static gint64
limit_cents (WbDomainIdeas *self)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (self->limit_none))
           ? G_MAXINT64 : (gint64) (gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->limit_spin)) * 100);
}

/* A name without a price may be dear: a limit leaves it out. */
static gboolean
is_wanted (WbDomainIdeas *self, const WbIdea *idea)
{
  gint64 limit = limit_cents (self);

  if (limit != G_MAXINT64 && (idea->cents == CMR_MONEY_UNKNOWN || idea->cents > limit))
    return FALSE;
  return g_hash_table_size (self->chosen) == 0 || g_hash_table_contains (self->chosen, ending_of (idea->name));
}

static void
set_note (WbDomainIdeas *self, const char *text)
{
  gtk_label_set_label (GTK_LABEL (self->note), text);
}

static void
show_ideas (WbDomainIdeas *self)
{
  GtkListBoxRow *row;
  guint shown = 0, wanted = 0, most = self->all_shown ? MAX_SHOWN : FIRST_SHOWN;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  for (guint i = 0; self->ideas != NULL && i < self->ideas->len; i++)
    if (is_wanted (self, self->ideas->pdata[i]) && wanted++ < most)
      {
        gtk_list_box_append (GTK_LIST_BOX (self->list), make_row (self, self->ideas->pdata[i]));
        shown++;
      }
  gtk_widget_set_visible (self->list, shown > 0);
  gtk_widget_set_visible (self->more, MIN (wanted, MAX_SHOWN) > shown);
  if (self->ideas == NULL)
    set_note (self, _("Type a word or a name: the service has ideas."));
  else if (shown > 0)
    set_note (self, _("Ideas come from the service. A price belongs to its own name only."));
  else
    set_note (self, self->ideas->len > 0 ? _("No idea is left with these endings and this limit.") : _("The service has no ideas for this."));
}

static void
on_more (WbDomainIdeas *self)
{
  self->all_shown = TRUE;
  show_ideas (self);
  gtk_widget_child_focus (self->list, GTK_DIR_TAB_FORWARD);
}

/* Endings */

static void
on_ending (GtkToggleButton *chip, WbDomainIdeas *self)
{
  const char *ending = g_object_get_data (G_OBJECT (chip), "ending");

  if (gtk_toggle_button_get_active (chip))
    g_hash_table_add (self->chosen, g_strdup (ending));
  else
    g_hash_table_remove (self->chosen, ending);
  ask (self, FALSE);
}

static void
add_ending (WbDomainIdeas *self, const char *ending)
{
  GtkWidget *chip;
  g_autofree char *label = g_strconcat (".", ending, NULL);

  if (*ending == '\0' || self->endings->len >= MAX_ENDINGS || g_ptr_array_find_with_equal_func (self->endings, ending, g_str_equal, NULL))
    return;
  g_ptr_array_add (self->endings, g_strdup (ending));
  chip = gtk_toggle_button_new_with_label (label);
  gtk_widget_add_css_class (chip, "chip");
  g_object_set_data_full (G_OBJECT (chip), "ending", g_strdup (ending), g_free);
  g_signal_connect (chip, "toggled", G_CALLBACK (on_ending), self);
  gtk_flow_box_insert (GTK_FLOW_BOX (self->chips), chip, self->endings->len - 1);
  gtk_widget_set_focusable (gtk_widget_get_parent (chip), FALSE);
}

/* Asking */

static char *
dup_key (WbDomainIdeas *self, const char *keyword)
{
  g_autoptr (GList) endings = g_list_sort (g_hash_table_get_keys (self->chosen), (GCompareFunc) strcmp);
  GString *key = g_string_new (keyword);

  for (GList *l = endings; l != NULL; l = l->next)
    g_string_append_printf (key, " .%s", (const char *) l->data);
  return g_string_free (key, FALSE);
}

typedef struct {
  WbDomainIdeas *self;
  char *key;
} Asked;

static void
take_ideas (WbDomainIdeas *self, const char *key, GPtrArray *ideas)
{
  g_hash_table_insert (self->known, g_strdup (key), ideas);
  self->ideas = ideas;
  for (guint i = 0; i < ideas->len; i++)
    add_ending (self, ending_of (((const WbIdea *) ideas->pdata[i])->name));
  show_ideas (self);
}

static void
ideas_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asked *asked = user_data;
  g_autoptr (WbDomainIdeas) self = asked->self;
  g_autofree char *key = asked->key;
  g_autoptr (GError) error = NULL;
  GPtrArray *ideas = wb_name_book_suggest_finish (WB_NAME_BOOK (source), result, &error);

  g_free (asked);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_clear_object (&self->asking);
  if (ideas != NULL && self->draft != NULL)
    take_ideas (self, key, ideas);
  else if (ideas != NULL)
    g_ptr_array_unref (ideas);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self->draft != NULL)
    set_note (self, _("The service gave no ideas just now. The names you type are asked for all the same."));
}

static void
send (WbDomainIdeas *self, const char *keyword, const char *key)
{
  g_autoptr (GList) list = g_hash_table_get_keys (self->chosen);
  g_autoptr (GPtrArray) endings = g_ptr_array_new ();
  Asked *asked = g_new0 (Asked, 1);

  for (GList *l = list; l != NULL; l = l->next)
    g_ptr_array_add (endings, l->data);
  g_ptr_array_add (endings, NULL);
  asked->self = g_object_ref (self);
  asked->key = g_strdup (key);
  self->asking = g_cancellable_new ();
  set_note (self, _("Asking…"));
  wb_name_book_suggest_async (self->book, wb_draft_get_customer_id (self->draft), keyword,
                              list != NULL ? (const char *const *) endings->pdata : NULL, self->asking, ideas_cb, asked);
}

static void
ask (WbDomainIdeas *self, gboolean again)
{
  g_autofree char *keyword = g_utf8_strdown (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  g_autofree char *key = NULL;
  GPtrArray *known;

  g_strstrip (keyword);
  key = dup_key (self, keyword);
  known = g_hash_table_lookup (self->known, key);
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->stale = !gtk_widget_get_mapped (GTK_WIDGET (self));
  self->ideas = known;
  self->all_shown = FALSE;
  show_ideas (self);
  if (self->stale || *keyword == '\0' || *wb_draft_get_customer_id (self->draft) == '\0' || (known != NULL && !again))
    return;
  send (self, keyword, key);
}

static void
on_search (WbDomainIdeas *self)
{
  ask (self, FALSE);
}

static void
on_refresh (WbDomainIdeas *self)
{
  ask (self, TRUE);
}

/* What the order is about: its first name, or else the customer. */
static char *
dup_keyword (WbDraft *draft)
{
  const WbDraftDomain *first = wb_draft_get_domain (draft, 0);
  g_autofree char *plain = first == NULL ? wb_name_ascii (wb_draft_get_customer_name (draft)) : NULL;

  return first != NULL ? g_strndup (first->name, strcspn (first->name, ".")) : g_steal_pointer (&plain);
}

static void
on_map (WbDomainIdeas *self)
{
  g_autofree char *keyword = NULL;

  if (!self->started && *gtk_editable_get_text (GTK_EDITABLE (self->search)) == '\0')
    {
      keyword = dup_keyword (self->draft);
      gtk_editable_set_text (GTK_EDITABLE (self->search), keyword);
    }
  else if (self->stale)
    ask (self, FALSE);
  self->started = TRUE;
}

void
wb_domain_ideas_look_for (WbDomainIdeas *self, const char *keyword)
{
  g_autofree char *stem = g_strndup (keyword, strcspn (keyword, "."));

  self->started = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->search), stem);
}

void
wb_domain_ideas_update (WbDomainIdeas *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL; i++)
    show_taken_up (self, g_object_get_data (G_OBJECT (row), "add"));
  wb_domain_all_update (WB_DOMAIN_ALL (self->all));
}

/* The price limit */

static void
on_limit (WbDomainIdeas *self)
{
  gboolean none = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->limit_none));
  g_autofree char *text = none ? g_strdup (_("any price"))
                               /* Translators: a price in dollars */
                               : g_strdup_printf (_("up to $%d"), gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->limit_spin)));

  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->limit), text);
  wb_accessible_set_name (self->limit, _("Price limit"));
  gtk_widget_set_sensitive (self->limit_spin, !none);
  if (none)
    gtk_widget_remove_css_class (self->limit, "chosen");
  else
    gtk_widget_add_css_class (self->limit, "chosen");
  show_ideas (self);
}

static GtkWidget *
make_limit (WbDomainIdeas *self)
{
  GtkWidget *popover = gtk_popover_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *label = gtk_label_new (_("Most dollars for a year"));

  self->limit = gtk_menu_button_new ();
  self->limit_spin = gtk_spin_button_new_with_range (1, 500, 1);
  self->limit_none = gtk_check_button_new_with_label (_("Any price"));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->limit_spin), 12);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->limit_none), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->limit_spin), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Most dollars for a year"), -1);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (box, "forward-body");
  gtk_box_append (GTK_BOX (box), self->limit_none);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), self->limit_spin);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->limit), popover);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (self->limit), FALSE);
  gtk_widget_add_css_class (self->limit, "chip");
  g_signal_connect_swapped (self->limit_spin, "value-changed", G_CALLBACK (on_limit), self);
  g_signal_connect_swapped (self->limit_none, "toggled", G_CALLBACK (on_limit), self);
  return self->limit;
}

/* Building */

static void
on_close (WbDomainIdeas *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static GtkWidget *
make_head (WbDomainIdeas *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (_("Ideas")), *refresh = gtk_button_new_from_icon_name ("view-refresh-symbolic");
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_widget_add_css_class (title, "title-4");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (refresh, "flat");
  wb_accessible_set_name (refresh, _("Ask for Other Ideas"));
  g_signal_connect_swapped (refresh, "clicked", G_CALLBACK (on_refresh), self);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), refresh);
  gtk_widget_add_css_class (close, "flat");
  wb_accessible_set_name (close, _("Close Ideas"));
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (on_close), self);
  gtk_box_append (GTK_BOX (head), close);
  return head;
}

static GtkWidget *
make_search (WbDomainIdeas *self)
{
  self->search = gtk_search_entry_new ();
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (self->search), TYPING_MS);
  g_object_set (self->search, "placeholder-text", _("A word or a name"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Keyword for ideas"), -1);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (on_search), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (on_close), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (on_search), self);
  return self->search;
}

static GtkWidget *
make_chips (WbDomainIdeas *self)
{
  self->chips = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->chips), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->chips), 8);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->chips), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (self->chips), 6);
  gtk_flow_box_append (GTK_FLOW_BOX (self->chips), make_limit (self));
  gtk_widget_set_focusable (gtk_widget_get_parent (self->limit), FALSE);
  return self->chips;
}

static gboolean
wb_domain_ideas_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (WB_DOMAIN_IDEAS (widget)->search);
}

/* Turned away or closed: nobody waits for the answer any more. */
static void
wb_domain_ideas_unroot (GtkWidget *widget)
{
  WbDomainIdeas *self = WB_DOMAIN_IDEAS (widget);

  if (self->asking != NULL)
    self->stale = TRUE;
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  GTK_WIDGET_CLASS (wb_domain_ideas_parent_class)->unroot (widget);
}

static void
wb_domain_ideas_dispose (GObject *object)
{
  WbDomainIdeas *self = WB_DOMAIN_IDEAS (object);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->draft);
  g_clear_object (&self->book);
  G_OBJECT_CLASS (wb_domain_ideas_parent_class)->dispose (object);
}

static void
wb_domain_ideas_finalize (GObject *object)
{
  WbDomainIdeas *self = WB_DOMAIN_IDEAS (object);

  g_hash_table_unref (self->known);
  g_hash_table_unref (self->chosen);
  g_ptr_array_unref (self->endings);
  G_OBJECT_CLASS (wb_domain_ideas_parent_class)->finalize (object);
}

static void
wb_domain_ideas_class_init (WbDomainIdeasClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_domain_ideas_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_domain_ideas_finalize;
  signals[CLOSED] = g_signal_new ("closed", WB_TYPE_DOMAIN_IDEAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  GTK_WIDGET_CLASS (klass)->grab_focus = wb_domain_ideas_grab_focus;
  GTK_WIDGET_CLASS (klass)->unroot = wb_domain_ideas_unroot;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
wb_domain_ideas_init (WbDomainIdeas *self)
{
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->endings = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (self, "map", G_CALLBACK (on_map), NULL);
}

static void
build (WbDomainIdeas *self)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_add_css_class (self->list, "ideas");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Ideas"), -1);
  self->more = gtk_button_new_with_label (_("Show More"));
  gtk_widget_add_css_class (self->more, "flat");
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (on_more), self);
  self->note = gtk_label_new ("");
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->note), 0);
  gtk_widget_add_css_class (self->note, "dim-label");
  gtk_widget_add_css_class (self->note, "caption");
  self->all = wb_domain_all_new (self->draft);
  gtk_box_append (GTK_BOX (body), make_head (self));
  gtk_box_append (GTK_BOX (body), make_search (self));
  gtk_box_append (GTK_BOX (body), make_chips (self));
  gtk_box_append (GTK_BOX (body), self->list);
  gtk_box_append (GTK_BOX (body), self->more);
  gtk_box_append (GTK_BOX (body), self->note);
  gtk_box_append (GTK_BOX (body), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (body), self->all);
  gtk_widget_add_css_class (body, "ideas-body");
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), body);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_widget_set_focusable (self->scroller, FALSE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  on_limit (self);
}

GtkWidget *
wb_domain_ideas_new (WbDraft *draft, WbNameBook *book)
{
  WbDomainIdeas *self = g_object_new (WB_TYPE_DOMAIN_IDEAS, NULL);

  self->draft = g_object_ref (draft);
  self->book = g_object_ref (book);
  build (self);
  return GTK_WIDGET (self);
}
