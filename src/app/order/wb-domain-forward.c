// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-domain-forward.h"

#include <string.h>

#include <glib/gi18n.h>

#define WB_TYPE_DOMAIN_FORWARD (wb_domain_forward_get_type ())
G_DECLARE_FINAL_TYPE (WbDomainForward, wb_domain_forward, WB, DOMAIN_FORWARD, GtkPopover)

struct _WbDomainForward {
  GtkPopover parent_instance;

  WbDraft *draft;
  char *name;
  GtkWidget *entry, *mask;
};

G_DEFINE_FINAL_TYPE (WbDomainForward, wb_domain_forward, GTK_TYPE_POPOVER)

char *
wb_domain_dup_address (const char *typed)
{
  g_autofree char *text = g_strstrip (g_strdup (typed));

  return *text == '\0' || strstr (text, "://") != NULL ? g_steal_pointer (&text) : g_strconcat ("https://", text, NULL);
}

static void
on_done (WbDomainForward *self)
{
  const WbDraftDomain *present = wb_draft_find_domain (self->draft, self->name);
  g_autofree char *to = wb_domain_dup_address (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  WbDraftDomain domain;

  gtk_popover_popdown (GTK_POPOVER (self));
  if (present == NULL)
    return;
  domain = *present;
  domain.forward_to = to;
  domain.mask = *to != '\0' && gtk_check_button_get_active (GTK_CHECK_BUTTON (self->mask));
  wb_draft_begin (self->draft, "change-domain", self->name);
  wb_draft_set_domain (self->draft, &domain);
  wb_draft_end (self->draft);
}

static void
on_show (WbDomainForward *self)
{
  const WbDraftDomain *domain = wb_draft_find_domain (self->draft, self->name);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), domain != NULL ? domain->forward_to : "");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->mask), domain != NULL && domain->mask);
}

static void
wb_domain_forward_dispose (GObject *object)
{
  g_clear_object (&WB_DOMAIN_FORWARD (object)->draft);
  G_OBJECT_CLASS (wb_domain_forward_parent_class)->dispose (object);
}

static void
wb_domain_forward_finalize (GObject *object)
{
  g_free (WB_DOMAIN_FORWARD (object)->name);
  G_OBJECT_CLASS (wb_domain_forward_parent_class)->finalize (object);
}

static void
wb_domain_forward_class_init (WbDomainForwardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_domain_forward_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_domain_forward_finalize;
}

static void
wb_domain_forward_init (WbDomainForward *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *title = gtk_label_new (_("Forward visitors to")), *done = gtk_button_new_with_label (_("Done"));

  self->entry = gtk_entry_new ();
  self->mask = gtk_check_button_new_with_label (_("Keep the name in view"));
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("A web address; empty for none"));
  gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), GTK_INPUT_PURPOSE_URL);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 28);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Forward visitors to"), -1);
  gtk_widget_set_halign (done, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->mask);
  gtk_box_append (GTK_BOX (box), done);
  gtk_widget_add_css_class (box, "forward-body");
  gtk_popover_set_child (GTK_POPOVER (self), box);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_done), self);
  g_signal_connect_swapped (done, "clicked", G_CALLBACK (on_done), self);
  g_signal_connect (self, "show", G_CALLBACK (on_show), NULL);
}

GtkWidget *
wb_domain_forward_new (WbDraft *draft, const char *name)
{
  WbDomainForward *self = g_object_new (WB_TYPE_DOMAIN_FORWARD, NULL);

  self->draft = g_object_ref (draft);
  self->name = g_strdup (name);
  return GTK_WIDGET (self);
}
