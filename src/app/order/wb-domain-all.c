// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-domain-all.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-domain-forward.h"
#include "wb-format.h"

struct _WbDomainAll {
  GtkWidget parent_instance;

  WbDraft *draft;
  GtkWidget *group, *years, *years_row, *forward, *forward_row, *address, *mask, *mask_row;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (WbDomainAll, wb_domain_all, GTK_TYPE_WIDGET)

typedef void (*Change) (WbDraftDomain *domain, gconstpointer value);

static void
change_all (WbDomainAll *self, Change change, gconstpointer value)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < wb_draft_get_n_domains (self->draft); i++)
    g_ptr_array_add (names, g_strdup (wb_draft_get_domain (self->draft, i)->name));
  wb_draft_begin (self->draft, "change-domains", NULL);
  for (guint i = 0; i < names->len; i++)
    {
      WbDraftDomain domain = *wb_draft_find_domain (self->draft, names->pdata[i]);

      change (&domain, value);
      wb_draft_set_domain (self->draft, &domain);
    }
  wb_draft_end (self->draft);
}

static void
set_years (WbDraftDomain *domain, gconstpointer value)
{
  domain->years = GPOINTER_TO_UINT (value);
}

static void
set_forward (WbDraftDomain *domain, gconstpointer value)
{
  domain->forward_to = (char *) value;
  if (*domain->forward_to == '\0')
    domain->mask = FALSE;
}

static void
set_mask (WbDraftDomain *domain, gconstpointer value)
{
  domain->mask = GPOINTER_TO_INT (value) && *domain->forward_to != '\0';
}

/* What the names have in common */

typedef struct {
  gboolean same_years, same_forward, any_forward, all_mask;
  guint years;
  const char *forward_to;
} Common;

static Common
find_common (WbDraft *draft)
{
  guint n = wb_draft_get_n_domains (draft);
  const WbDraftDomain *first = wb_draft_get_domain (draft, 0);
  Common common
      = { TRUE, TRUE, FALSE, n > 0, first != NULL ? first->years : 1, first != NULL ? first->forward_to : "" };

  for (guint i = 0; i < n; i++)
    {
      const WbDraftDomain *domain = wb_draft_get_domain (draft, i);

      common.same_years &= domain->years == common.years;
      common.same_forward &= g_str_equal (domain->forward_to, common.forward_to);
      common.any_forward |= *domain->forward_to != '\0';
      common.all_mask &= domain->mask;
    }
  return common;
}

static char *
dup_forward_words (const Common *common)
{
  g_autofree char *to = wb_format_isolated (common->forward_to);

  if (!common->same_forward)
    return g_strdup (_("differs from name to name"));
  /* Translators: %s is a web address */
  return *common->forward_to != '\0' ? g_strdup_printf (_("to %s"), to) : g_strdup (_("nowhere"));
}

void
wb_domain_all_update (WbDomainAll *self)
{
  Common common = find_common (self->draft);
  g_autofree char *to = dup_forward_words (&common);
  g_autofree char *safe = g_markup_escape_text (to, -1);
  gboolean any = wb_draft_get_n_domains (self->draft) > 0;
  gboolean open = common.any_forward || gtk_widget_get_visible (self->address);

  self->updating = TRUE;
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->years), common.years);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->years_row),
                               common.same_years ? "" : _("differs from name to name"));
  gtk_switch_set_active (GTK_SWITCH (self->forward), any && open);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->forward_row), safe);
  gtk_widget_set_visible (self->address, any && open);
  if (common.same_forward && common.any_forward)
    gtk_editable_set_text (GTK_EDITABLE (self->address), common.forward_to);
  gtk_switch_set_active (GTK_SWITCH (self->mask), common.all_mask);
  gtk_widget_set_sensitive (self->mask_row, common.any_forward);
  gtk_widget_set_sensitive (self->group, any);
  self->updating = FALSE;
}

static void
on_years (WbDomainAll *self)
{
  if (!self->updating)
    change_all (self, set_years, GUINT_TO_POINTER (gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->years))));
}

static void
on_forward (WbDomainAll *self)
{
  gboolean on = gtk_switch_get_active (GTK_SWITCH (self->forward));

  if (self->updating)
    return;
  gtk_widget_set_visible (self->address, on);
  if (on)
    gtk_widget_grab_focus (self->address);
  else
    change_all (self, set_forward, "");
  wb_domain_all_update (self);
}

static void
on_address (WbDomainAll *self)
{
  g_autofree char *to = wb_domain_dup_address (gtk_editable_get_text (GTK_EDITABLE (self->address)));

  if (!self->updating)
    change_all (self, set_forward, to);
}

static void
on_mask (WbDomainAll *self)
{
  if (!self->updating)
    change_all (self, set_mask, GINT_TO_POINTER (gtk_switch_get_active (GTK_SWITCH (self->mask))));
}

/* Building */

static GtkWidget *
add_row (WbDomainAll *self, const char *title, GtkWidget *suffix)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_widget_set_valign (suffix, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), suffix);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), suffix);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row);
  return row;
}

static void
wb_domain_all_dispose (GObject *object)
{
  WbDomainAll *self = WB_DOMAIN_ALL (object);

  g_clear_pointer (&self->group, gtk_widget_unparent);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (wb_domain_all_parent_class)->dispose (object);
}

static void
wb_domain_all_class_init (WbDomainAllClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_domain_all_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
wb_domain_all_init (WbDomainAll *self)
{
  self->group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->group), _("For all names"));
  wb_accessible_name_lists (self->group, _("For all names"));
  self->years = gtk_spin_button_new_with_range (1, 10, 1);
  self->years_row = add_row (self, _("Years"), self->years);
  self->forward = gtk_switch_new ();
  self->forward_row = add_row (self, _("Forward visitors"), self->forward);
  self->address = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->address), _("Web address"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->address), TRUE);
  gtk_widget_set_visible (self->address, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->address);
  self->mask = gtk_switch_new ();
  self->mask_row = add_row (self, _("Keep the name in view"), self->mask);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->mask_row), _("masked forwarding"));
  gtk_widget_set_parent (self->group, GTK_WIDGET (self));
  g_signal_connect_swapped (self->years, "value-changed", G_CALLBACK (on_years), self);
  g_signal_connect_swapped (self->forward, "notify::active", G_CALLBACK (on_forward), self);
  g_signal_connect_swapped (self->address, "apply", G_CALLBACK (on_address), self);
  g_signal_connect_swapped (self->mask, "notify::active", G_CALLBACK (on_mask), self);
}

GtkWidget *
wb_domain_all_new (WbDraft *draft)
{
  WbDomainAll *self = g_object_new (WB_TYPE_DOMAIN_ALL, NULL);

  self->draft = g_object_ref (draft);
  wb_domain_all_update (self);
  return GTK_WIDGET (self);
}
