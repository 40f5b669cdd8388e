// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-domain-ideas-private.h"

#include <string.h>

#include <glib/gi18n.h>

#include "cmr-field.h"
#include "wb-accessible.h"
#include "wb-domain-all.h"
#include "wb-idea-row.h"

#define MAX_ENDINGS 6
#define FIRST_SHOWN 6
#define MAX_SHOWN 40

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
        gtk_list_box_append (GTK_LIST_BOX (self->list), wb_idea_row_new (self->draft, self->ideas->pdata[i]));
        shown++;
      }
  gtk_widget_set_visible (self->list, shown > 0);
  gtk_widget_set_visible (self->more, MIN (wanted, MAX_SHOWN) > shown);
  if (self->ideas == NULL)
    set_note (self, _("Type a word or a name: the service has ideas."));
  else if (shown > 0)
    set_note (self, _("Ideas come from the service. A price belongs to its own name only."));
  else
    set_note (self, self->ideas->len > 0 ? _("No idea is left with these endings and this limit.")
                                         : _("The service has no ideas for this."));
}

void
wb_domain_ideas_more (WbDomainIdeas *self)
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

  if (*ending == '\0' || self->endings->len >= MAX_ENDINGS
      || g_ptr_array_find_with_equal_func (self->endings, ending, g_str_equal, NULL))
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
                              list != NULL ? (const char *const *) endings->pdata : NULL, self->asking, ideas_cb,
                              asked);
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

void
wb_domain_ideas_search (WbDomainIdeas *self)
{
  ask (self, FALSE);
}

void
wb_domain_ideas_refresh (WbDomainIdeas *self)
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
    wb_idea_row_update (GTK_WIDGET (row), self->draft);
  wb_domain_all_update (WB_DOMAIN_ALL (self->all));
}

/* The price limit */

void
wb_domain_ideas_limit (WbDomainIdeas *self)
{
  gboolean none = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->limit_none));
  g_autofree char *text
      = none ? g_strdup (_("any price"))
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

void
wb_domain_ideas_close (WbDomainIdeas *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
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
  signals[CLOSED]
      = g_signal_new ("closed", WB_TYPE_DOMAIN_IDEAS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
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

GtkWidget *
wb_domain_ideas_new (WbDraft *draft, WbNameBook *book)
{
  WbDomainIdeas *self = g_object_new (WB_TYPE_DOMAIN_IDEAS, NULL);

  self->draft = g_object_ref (draft);
  self->book = g_object_ref (book);
  wb_domain_ideas_build (self);
  return GTK_WIDGET (self);
}
