// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-domain-entry.h"

#include <string.h>

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-format.h"
#include "wb-names.h"

struct _WbDomainEntry {
  GtkWidget parent_instance;

  WbDraft *draft;
  GtkWidget *box, *line, *entry, *said;
  GCancellable *cancellable;
};

enum { REPEATED, NOTHING, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbDomainEntry, wb_domain_entry, GTK_TYPE_WIDGET)

/* The words of @text that name no domain, as they were typed. */
static char *
dup_odd (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\r\n,;", -1);
  GString *odd = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) names = wb_name_domains (words[i], NULL);

      if (*words[i] != '\0' && names[0] == NULL)
        g_string_append_printf (odd, "%s%s", odd->len > 0 ? " " : "", words[i]);
    }
  return g_string_free (odd, FALSE);
}

static void
append_fact (GString *text, char *fact)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", fact);
  g_free (fact);
}

static char *
dup_said (guint added, guint twice, const char *odd)
{
  GString *text = g_string_new (NULL);
  g_autofree char *safe = wb_format_text (odd);

  if (added > 0 && (twice > 0 || *odd != '\0'))
    append_fact (text, g_strdup_printf (ngettext ("%u name added", "%u names added", added), added));
  if (twice > 0)
    append_fact (text, g_strdup_printf (ngettext ("%u was there already", "%u were there already", twice), twice));
  if (*odd != '\0')
    /* Translators: %s is what was typed */
    append_fact (text, g_strdup_printf (_("“%s” is no domain name"), safe));
  return g_string_free (text, FALSE);
}

static void
tell_repeated (WbDomainEntry *self, char **names)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (wb_draft_find_domain (self->draft, names[i]) != NULL)
      {
        g_signal_emit (self, signals[REPEATED], 0, names[i]);
        return;
      }
}

static void
say (WbDomainEntry *self, const char *text, gboolean wrong)
{
  gtk_label_set_label (GTK_LABEL (self->said), text);
  gtk_widget_set_visible (self->said, *text != '\0');
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
take (WbDomainEntry *self, const char *text)
{
  g_auto (GStrv) names = wb_name_domains (text, NULL);
  g_autofree char *odd = dup_odd (text), *said = NULL;
  guint twice = 0, added;

  tell_repeated (self, names);
  wb_draft_begin (self->draft, "add-domains", NULL);
  added = wb_draft_add_domains (self->draft, text, &twice, NULL);
  wb_draft_end (self->draft);
  said = dup_said (added, twice, odd);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), odd);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  say (self, said, *odd != '\0');
}

static void
on_add (WbDomainEntry *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  if (*text != '\0')
    take (self, text);
  else
    g_signal_emit (self, signals[NOTHING], 0);
}

static void
on_changed (WbDomainEntry *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->entry)) == '\0')
    gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                                 GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* Pasting: the button adds at once; Ctrl+V does when there are several lines, which an entry cannot show. */

typedef struct {
  WbDomainEntry *self;
  gboolean at_once;
} Pasting;

static void
insert (WbDomainEntry *self, const char *text)
{
  int position;

  gtk_editable_delete_selection (GTK_EDITABLE (self->entry));
  position = gtk_editable_get_position (GTK_EDITABLE (self->entry));
  gtk_editable_insert_text (GTK_EDITABLE (self->entry), text, -1, &position);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), position);
}

static void
text_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Pasting *pasting = user_data;
  g_autoptr (WbDomainEntry) self = pasting->self;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  gboolean at_once = pasting->at_once;

  g_free (pasting);
  if (self->draft == NULL)
    return;
  if (text == NULL || *text == '\0')
    say (self, _("There is no text to paste."), FALSE);
  else if (at_once || strpbrk (g_strstrip (text), "\r\n") != NULL)
    take (self, text);
  else
    insert (self, text);
}

static void
paste (WbDomainEntry *self, gboolean at_once)
{
  Pasting *pasting = g_new0 (Pasting, 1);

  pasting->self = g_object_ref (self);
  pasting->at_once = at_once;
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->cancellable, text_read_cb,
                                 pasting);
}

static void
on_paste_button (WbDomainEntry *self)
{
  gtk_widget_grab_focus (self->entry);
  paste (self, TRUE);
}

static void
on_paste_key (GtkText *text, WbDomainEntry *self)
{
  g_signal_stop_emission_by_name (text, "paste-clipboard");
  paste (self, FALSE);
}

/* Building */

static gboolean
wb_domain_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (WB_DOMAIN_ENTRY (widget)->entry);
}

static void
wb_domain_entry_dispose (GObject *object)
{
  WbDomainEntry *self = WB_DOMAIN_ENTRY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (wb_domain_entry_parent_class)->dispose (object);
}

static void
wb_domain_entry_finalize (GObject *object)
{
  g_object_unref (WB_DOMAIN_ENTRY (object)->cancellable);
  G_OBJECT_CLASS (wb_domain_entry_parent_class)->finalize (object);
}

static void
wb_domain_entry_class_init (WbDomainEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_domain_entry_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_domain_entry_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = wb_domain_entry_grab_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[REPEATED] = g_signal_new ("repeated", WB_TYPE_DOMAIN_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[NOTHING]
      = g_signal_new ("nothing", WB_TYPE_DOMAIN_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_field (WbDomainEntry *self)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *caption
      = gtk_label_new (_("Type or paste names, one or many. Commas, spaces and whole web addresses are fine."));

  self->entry = gtk_entry_new ();
  gtk_entry_set_has_frame (GTK_ENTRY (self->entry), FALSE);
  gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), GTK_INPUT_PURPOSE_URL);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("brightloom.example"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Names to add"), -1);
  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_label_set_wrap (GTK_LABEL (caption), TRUE);
  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_add_css_class (caption, "dim-label");
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (lines), caption);
  gtk_box_append (GTK_BOX (lines), self->entry);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_add), self);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)), "paste-clipboard",
                    G_CALLBACK (on_paste_key), self);
  return lines;
}

static void
wb_domain_entry_init (WbDomainEntry *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12),
            *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *paste_button = gtk_button_new_from_icon_name ("edit-paste-symbolic"),
            *add = gtk_button_new_with_label (_("Add"));

  self->cancellable = g_cancellable_new ();
  self->line = line;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  /* Whoever reads the screen hears what became of it. */
  self->said = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);
  gtk_label_set_wrap (GTK_LABEL (self->said), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->said), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (self->said), 0);
  gtk_widget_set_visible (self->said, FALSE);
  gtk_widget_add_css_class (self->said, "caption");
  gtk_widget_add_css_class (self->said, "domain-said");
  wb_accessible_set_name (paste_button, _("Paste and Add"));
  gtk_widget_set_valign (paste_button, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (add, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), make_field (self));
  /* As high as the field: Tab goes by the middles of things, and half a pixel would turn the order round. */
  gtk_box_append (GTK_BOX (buttons), paste_button);
  gtk_box_append (GTK_BOX (buttons), add);
  gtk_box_append (GTK_BOX (line), buttons);
  gtk_widget_add_css_class (line, "card");
  gtk_widget_add_css_class (line, "domain-entry");
  gtk_box_append (GTK_BOX (self->box), line);
  gtk_box_append (GTK_BOX (self->box), self->said);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  g_signal_connect_swapped (paste_button, "clicked", G_CALLBACK (on_paste_button), self);
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (on_add), self);
}

GtkWidget *
wb_domain_entry_new (WbDraft *draft)
{
  WbDomainEntry *self = g_object_new (WB_TYPE_DOMAIN_ENTRY, NULL);

  self->draft = g_object_ref (draft);
  return GTK_WIDGET (self);
}

void
wb_domain_entry_set_narrow (WbDomainEntry *self, gboolean narrow)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->line),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (self->line), narrow ? 6 : 12);
  gtk_widget_set_halign (gtk_widget_get_last_child (self->line), narrow ? GTK_ALIGN_END : GTK_ALIGN_FILL);
}
