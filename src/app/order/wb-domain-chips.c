// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-domain-chips.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-chip-bar.h"
#include "wb-format.h"
#include "wb-names.h"

/* More would be scrolled out of sight. */
#define CHIPS 3

struct _WbDomainChips {
  GtkWidget parent_instance;

  WbDraft *draft;
  GtkWidget *box, *bar, *more, *list;
  char **names; /* the domains that the chips were made of */
  char *selected;
  guint to_mend;
  char *extra;  /* a domain beyond the first that has a chip because it was chosen */
};

enum { SELECTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbDomainChips, wb_domain_chips, GTK_TYPE_WIDGET)

static char **
dup_names (WbDraft *draft)
{
  guint n = wb_draft_get_n_domains (draft);
  char **names = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    names[i] = g_strdup (wb_draft_get_domain (draft, i)->name);
  return names;
}

static char *
dup_shown (const char *domain)
{
  g_autofree char *unicode = wb_name_unicode (domain, NULL);

  return wb_format_text (unicode);
}

static void
on_selected (WbChipBar *bar, const char *name, WbDomainChips *self)
{
  if (g_strcmp0 (self->selected, name) == 0)
    return;
  g_free (self->selected);
  self->selected = g_strdup (name);
  g_signal_emit (self, signals[SELECTED], 0, self->selected);
}

static void
add_domain (WbDomainChips *self, const char *domain)
{
  g_autofree char *shown = dup_shown (domain);

  wb_chip_bar_add (WB_CHIP_BAR (self->bar), domain, shown);
}

static void
make_bar (WbDomainChips *self)
{
  guint n = g_strv_length (self->names);

  if (self->bar != NULL)
    gtk_box_remove (GTK_BOX (self->box), self->bar);
  self->bar = wb_chip_bar_new ();
  gtk_widget_set_hexpand (self->bar, TRUE);
  wb_chip_bar_add (WB_CHIP_BAR (self->bar), "all", _("All"));
  wb_chip_bar_add (WB_CHIP_BAR (self->bar), "mend", _("To mend"));
  for (guint i = 0; i < MIN (n, CHIPS) && n > 1; i++)
    add_domain (self, self->names[i]);
  if (self->extra != NULL)
    add_domain (self, self->extra);
  g_signal_connect (self->bar, "selected", G_CALLBACK (on_selected), self);
  gtk_box_prepend (GTK_BOX (self->box), self->bar);
}

/* The rest */

static gboolean
has_chip (WbDomainChips *self, const char *name)
{
  for (guint i = 0; i < CHIPS && self->names[i] != NULL; i++)
    if (g_str_equal (self->names[i], name))
      return TRUE;
  return g_strcmp0 (self->extra, name) == 0;
}

static void
on_more (GtkListBox *list, GtkListBoxRow *row, WbDomainChips *self)
{
  g_autofree char *name = g_strdup (g_object_get_data (G_OBJECT (row), "domain"));

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->more));
  wb_domain_chips_select (self, name);
}

static void
fill_more (WbDomainChips *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  for (guint i = CHIPS; i < g_strv_length (self->names); i++)
    {
      GtkWidget *child = gtk_list_box_row_new ();
      g_autofree char *shown = dup_shown (self->names[i]);
      GtkWidget *label = gtk_label_new (shown);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (child), label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, shown, -1);
      g_object_set_data_full (G_OBJECT (child), "domain", g_strdup (self->names[i]), g_free);
      gtk_list_box_append (GTK_LIST_BOX (self->list), child);
    }
}

static void
make_more (WbDomainChips *self)
{
  GtkWidget *popover = gtk_popover_new (), *scroller = gtk_scrolled_window_new ();

  self->more = gtk_menu_button_new ();
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("More domains"), -1);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_more), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 360);
  gtk_widget_set_focusable (scroller, FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->more), popover);
  gtk_widget_add_css_class (self->more, "chip");
  gtk_widget_set_valign (self->more, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), self->more);
}

static void
update_more (WbDomainChips *self)
{
  guint n = g_strv_length (self->names), rest = n > CHIPS ? n - CHIPS : 0;
  g_autofree char *label = g_strdup_printf ("+%u", rest);

  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->more), label);
  wb_accessible_set_name (self->more, _("More domains"));
  gtk_widget_set_visible (self->more, rest > 0);
  fill_more (self);
}

/* Counts */

static void
update_counts (WbDomainChips *self, guint to_mend)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = wb_draft_get_n_mailboxes (self->draft);

  for (guint row = 0; row < n; row++)
    {
      const char *domain = wb_draft_get_cell (self->draft, row, WB_CELL_DOMAIN);

      g_hash_table_insert (counts, (gpointer) domain,
                           GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, domain)) + 1));
    }
  wb_chip_bar_set_count (WB_CHIP_BAR (self->bar), "all", n);
  wb_chip_bar_set_count (WB_CHIP_BAR (self->bar), "mend", to_mend);
  for (guint i = 0; self->names[i] != NULL; i++)
    if (has_chip (self, self->names[i]))
      wb_chip_bar_set_count (WB_CHIP_BAR (self->bar), self->names[i],
                             GPOINTER_TO_UINT (g_hash_table_lookup (counts, self->names[i])));
}

static void
rebuild (WbDomainChips *self)
{
  g_autofree char *selected = g_strdup (self->selected);

  if (self->extra != NULL && wb_draft_find_domain (self->draft, self->extra) == NULL)
    g_clear_pointer (&self->extra, g_free);
  make_bar (self);
  update_more (self);
  if (selected == NULL || (!g_str_equal (selected, "mend") && !has_chip (self, selected)))
    wb_domain_chips_select (self, "all");
  else
    wb_chip_bar_select (WB_CHIP_BAR (self->bar), selected);
}

void
wb_domain_chips_update (WbDomainChips *self, guint to_mend)
{
  g_auto (GStrv) names = dup_names (self->draft);

  if (self->names == NULL || !g_strv_equal ((const char *const *) names, (const char *const *) self->names))
    {
      g_strfreev (self->names);
      self->names = g_steal_pointer (&names);
      rebuild (self);
    }
  self->to_mend = to_mend;
  update_counts (self, to_mend);
}

void
wb_domain_chips_select (WbDomainChips *self, const char *name)
{
  if (!g_str_equal (name, "all") && !g_str_equal (name, "mend") && !has_chip (self, name))
    {
      g_free (self->extra);
      self->extra = g_strdup (name);
      make_bar (self);
    }
  wb_chip_bar_select (WB_CHIP_BAR (self->bar), name);
  update_counts (self, self->to_mend);
}

static void
wb_domain_chips_dispose (GObject *object)
{
  WbDomainChips *self = WB_DOMAIN_CHIPS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (wb_domain_chips_parent_class)->dispose (object);
}

static void
wb_domain_chips_finalize (GObject *object)
{
  WbDomainChips *self = WB_DOMAIN_CHIPS (object);

  g_strfreev (self->names);
  g_free (self->selected);
  g_free (self->extra);
  G_OBJECT_CLASS (wb_domain_chips_parent_class)->finalize (object);
}

static void
wb_domain_chips_class_init (WbDomainChipsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_domain_chips_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_domain_chips_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SELECTED] = g_signal_new ("selected", WB_TYPE_DOMAIN_CHIPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wb_domain_chips_init (WbDomainChips *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (self->box, "chip-place");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  make_more (self);
}

GtkWidget *
wb_domain_chips_new (WbDraft *draft)
{
  WbDomainChips *self = g_object_new (WB_TYPE_DOMAIN_CHIPS, NULL);

  self->draft = g_object_ref (draft);
  wb_domain_chips_update (self, 0);
  return GTK_WIDGET (self);
}
