// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-tracking-private.h"

#include <glib/gi18n.h>

#include "cmr-field.h"
#include "wb-accessible.h"
#include "wb-format.h"
#include "wb-state-pill.h"
#include "wb-text-scale.h"

struct _WbTrackingDomain {
  GtkWidget parent_instance;

  const WbOrderDomain *line;
  WbFaces *faces;
  GtkWidget *head, *count, *pill, *fold, *bar, *note, *note_text, *tiles;
  GPtrArray *icons; /* of GtkImage, one a mailbox in the order of the line; lent */
};

G_DEFINE_FINAL_TYPE (WbTrackingDomain, wb_tracking_domain, GTK_TYPE_WIDGET)

/* Mailboxes */

static void
update_icon (GtkWidget *icon, const WbOrderMailbox *mailbox, gboolean left_out)
{
  const char *word = left_out ? "INACTIVE" : mailbox->state;
  g_autofree char *state = wb_format_text (wb_state_word_text ("mailbox", word));
  g_autofree char *reason = wb_format_text (mailbox->reason);
  g_autofree char *address = wb_format_text (mailbox->address);
  /* Translators: an address, then the state of its mailbox */
  g_autofree char *name = g_strdup_printf (_("%s, %s"), address, left_out ? _("Left out") : state);
  g_autofree char *tooltip = *reason != '\0' ? g_strdup_printf ("%s\n%s", name, reason) : g_strdup (name);
  GtkWidget *tile = gtk_widget_get_parent (icon);

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), wb_state_icon ("mailbox", word));
  wb_state_add_class (icon, "mailbox", word);
  gtk_widget_set_tooltip_text (tile, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (tile), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
make_tile (WbTrackingDomain *self, const WbOrderMailbox *mailbox)
{
  g_autofree char *person = g_strdup_printf ("%s %s", mailbox->first_name, mailbox->last_name);
  g_autofree char *user_name = wb_format_text (mailbox->user_name);
  GtkWidget *tile = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, "spacing", 6, NULL);
  GtkWidget *avatar = wb_accessible_avatar_new (24);
  GtkWidget *label = gtk_label_new (user_name), *icon = gtk_image_new ();

  adw_avatar_set_text (ADW_AVATAR (avatar), *g_strstrip (person) != '\0' ? person : mailbox->user_name);
  gtk_widget_add_css_class (tile, "mailbox-tile");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 8);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 12);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (tile), avatar);
  gtk_box_append (GTK_BOX (tile), label);
  gtk_box_append (GTK_BOX (tile), icon);
  if (mailbox->blob != NULL)
    wb_faces_show (self->faces, ADW_AVATAR (avatar), mailbox->blob);
  g_ptr_array_add (self->icons, icon);
  update_icon (icon, mailbox, self->line->left_out);
  return tile;
}

static void
make_tiles (WbTrackingDomain *self)
{
  self->tiles = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->tiles), GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (self->tiles), TRUE);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (self->tiles), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (self->tiles), 6);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (self->tiles), 1);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->tiles), 4);
  for (guint i = 0; i < self->line->mailboxes->len; i++)
    {
      GtkWidget *tile = make_tile (self, self->line->mailboxes->pdata[i]);

      gtk_flow_box_append (GTK_FLOW_BOX (self->tiles), tile);
      gtk_widget_set_focusable (gtk_widget_get_parent (tile), FALSE);
    }
  gtk_widget_set_parent (self->tiles, GTK_WIDGET (self));
}

static void
on_fold (GtkToggleButton *fold, WbTrackingDomain *self)
{
  gboolean open = gtk_toggle_button_get_active (fold);

  if (open && self->tiles == NULL)
    make_tiles (self);
  if (self->tiles != NULL)
    gtk_widget_set_visible (self->tiles, open);
  gtk_button_set_icon_name (GTK_BUTTON (fold), open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (fold), GTK_ACCESSIBLE_STATE_EXPANDED, open, -1);
}

/* What went wrong, in words */

static void
add_sentence (GString *text, const char *sentence)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", sentence);
}

static const char *
first_reason (const WbOrderDomain *line)
{
  if (*line->reason != '\0')
    return line->reason;
  for (guint i = 0; i < line->mailboxes->len; i++)
    if (*((const WbOrderMailbox *) line->mailboxes->pdata[i])->reason != '\0')
      return ((const WbOrderMailbox *) line->mailboxes->pdata[i])->reason;
  return "";
}

static void
add_bought (GString *text, const WbOrderDomain *line)
{
  g_autofree char *sum = wb_format_money (line->cents);
  /* Translators: a sum */
  g_autofree char *paid = g_strdup_printf (_("The domain itself was bought and paid (about %s)."), sum);

  add_sentence (text, line->cents != CMR_MONEY_UNKNOWN ? paid : _("The domain itself was bought and paid."));
  add_sentence (text, _("Nothing more is charged unless you order again."));
}

static char *
dup_note (const WbOrderDomain *line)
{
  GString *text = g_string_new (NULL);
  const char *word = wb_order_line_word (line);
  g_autofree char *reason = wb_format_text (first_reason (line));
  /* Translators: what the service answered, as it is */
  g_autofree char *said = g_strdup_printf (_("The service said: “%s”."), reason);
  guint failed = line->failed;

  if (g_str_equal (word, "left-out"))
    add_sentence (text, _("The service left this name out: it is not to be had. Nothing is paid for it."));
  else if (g_str_equal (word, "failed"))
    add_sentence (text, _("The domain was not registered, so its mailboxes were not made."));
  else if (failed > 0)
    {
      g_autofree char *count
          = g_strdup_printf (ngettext ("%u mailbox was not made.", "%u mailboxes were not made.", failed), failed);

      add_sentence (text, count);
    }
  if (text->len > 0 && *reason != '\0')
    add_sentence (text, said);
  if (text->len > 0 && failed > 0 && !g_str_equal (word, "failed") && !g_str_equal (word, "left-out"))
    add_bought (text, line);
  return g_string_free (text, FALSE);
}

/* Updating */

static void
update_bar (WbTrackingDomain *self, const char *count)
{
  const WbOrderDomain *line = self->line;
  guint all = line->mailboxes->len;

  gtk_widget_set_visible (self->bar, all > 0 && line->live > 0);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), all > 0 ? (double) line->live / all : 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, count,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, count, -1);
  if (line->live == all)
    gtk_widget_add_css_class (self->bar, "success");
  else
    gtk_widget_remove_css_class (self->bar, "success");
}

void
wb_tracking_domain_update (WbTrackingDomain *self)
{
  const WbOrderDomain *line = self->line;
  guint all = line->mailboxes->len;
  /* Translators: how many of how many mailboxes are live, short */
  g_autofree char *count = all > 0 ? g_strdup_printf (_("%u of %u live"), line->live, all) : g_strdup ("");
  g_autofree char *note = dup_note (line);
  gboolean bad = line->mailboxes_failed || line->failed > 0 || g_strcmp0 (line->state, "FAILED") == 0;

  gtk_label_set_label (GTK_LABEL (self->count), count);
  wb_state_pill_set (WB_STATE_PILL (self->pill), "order-line", wb_order_line_word (line));
  update_bar (self, count);
  gtk_label_set_label (GTK_LABEL (self->note_text), note);
  gtk_widget_set_visible (self->note, *note != '\0');
  gtk_widget_remove_css_class (self->note, bad ? "warning" : "error");
  gtk_widget_add_css_class (self->note, bad ? "error" : "warning");
  for (guint i = 0; i < self->icons->len; i++)
    update_icon (self->icons->pdata[i], line->mailboxes->pdata[i], line->left_out);
}

/* Building */

static void
make_head (WbTrackingDomain *self)
{
  g_autofree char *name = wb_format_text (self->line->domain);
  GtkWidget *title = gtk_label_new (name), *facts = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->head = gtk_box_new (wb_text_orientation (), wb_text_is_large () ? 6 : 12);
  self->count = gtk_label_new ("");
  self->pill = wb_state_pill_new ();
  self->fold = gtk_toggle_button_new ();
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_set_tooltip_text (title, name);
  gtk_label_set_xalign (GTK_LABEL (self->count), 0);
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (self->count, "caption");
  gtk_widget_add_css_class (self->count, "dim-label");
  gtk_widget_add_css_class (self->count, "numeric");
  gtk_widget_add_css_class (self->fold, "flat");
  gtk_widget_add_css_class (self->fold, "circular");
  gtk_widget_set_valign (self->pill, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->head), title);
  gtk_box_append (GTK_BOX (wb_text_is_large () ? self->head : facts), self->count);
  gtk_box_append (GTK_BOX (facts), self->pill);
  gtk_box_append (GTK_BOX (facts), self->fold);
  gtk_box_append (GTK_BOX (self->head), facts);
  gtk_widget_set_parent (self->head, GTK_WIDGET (self));
}

static void
make_note (WbTrackingDomain *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  self->note = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->note_text = gtk_label_new ("");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (self->note_text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->note_text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (self->note_text), 0);
  gtk_widget_set_hexpand (self->note_text, TRUE);
  gtk_widget_add_css_class (self->note, "wash");
  gtk_box_append (GTK_BOX (self->note), icon);
  gtk_box_append (GTK_BOX (self->note), self->note_text);
  gtk_widget_set_parent (self->note, GTK_WIDGET (self));
}

static void
wb_tracking_domain_dispose (GObject *object)
{
  WbTrackingDomain *self = WB_TRACKING_DOMAIN (object);
  GtkWidget *child;

  g_ptr_array_set_size (self->icons, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->faces);
  G_OBJECT_CLASS (wb_tracking_domain_parent_class)->dispose (object);
}

static void
wb_tracking_domain_finalize (GObject *object)
{
  g_ptr_array_unref (WB_TRACKING_DOMAIN (object)->icons);
  G_OBJECT_CLASS (wb_tracking_domain_parent_class)->finalize (object);
}

static void
wb_tracking_domain_class_init (WbTrackingDomainClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_tracking_domain_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_tracking_domain_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
wb_tracking_domain_init (WbTrackingDomain *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card-row");
  self->icons = g_ptr_array_new ();
}

GtkWidget *
wb_tracking_domain_new (WbFaces *faces, const WbOrderDomain *line, gboolean open)
{
  WbTrackingDomain *self = g_object_new (WB_TYPE_TRACKING_DOMAIN, NULL);
  g_autofree char *name = wb_format_text (line->domain);
  /* Translators: %s is a domain */
  g_autofree char *fold_name = g_strdup_printf (_("Mailboxes of %s"), name);

  self->faces = g_object_ref (faces);
  self->line = line;
  make_head (self);
  self->bar = gtk_progress_bar_new ();
  gtk_widget_set_parent (self->bar, GTK_WIDGET (self));
  make_note (self);
  wb_accessible_set_name (self->fold, fold_name);
  gtk_widget_set_visible (self->fold, line->mailboxes->len > 0 && !open);
  g_signal_connect_object (self->fold, "toggled", G_CALLBACK (on_fold), self, 0);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->fold), open);
  on_fold (GTK_TOGGLE_BUTTON (self->fold), self);
  wb_tracking_domain_update (self);
  return GTK_WIDGET (self);
}
