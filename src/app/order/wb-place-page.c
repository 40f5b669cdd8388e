// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-place-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "wb-format.h"
#include "wb-unplaced-row.h"

#define LARGE 168

struct _WbPlacePage {
  GtkWidget parent_instance;

  WbDraft *draft;
  WbPreviewCache *previews;
  GtkWidget *scroller, *count, *picture, *name, *line, *guesses, *buttons;
  GHashTable *skipped; /* set of files */
  guint file;
};

enum { USE, CHOOSE, REMOVE, DONE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbPlacePage, wb_place_page, GTK_TYPE_WIDGET)

static void
show_picture (WbPlacePage *self)
{
  guint side = (guint) (LARGE * gtk_widget_get_scale_factor (GTK_WIDGET (self)));
  g_autoptr (GdkTexture) texture = self->file != 0 ? wb_preview_cache_dup (self->previews, self->file, side) : NULL;

  if (texture != NULL)
    gtk_image_set_from_paintable (GTK_IMAGE (self->picture), GDK_PAINTABLE (texture));
  else
    gtk_image_set_from_icon_name (GTK_IMAGE (self->picture), "image-x-generic-symbolic");
}

static void
on_guess (GtkListBox *list, GtkListBoxRow *row, WbPlacePage *self)
{
  int mailbox = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "row"));

  if (mailbox >= 0)
    g_signal_emit (self, signals[USE], 0, self->file, (guint) mailbox);
  else
    g_signal_emit (self, signals[CHOOSE], 0, self->file);
}

static void
add_row (WbPlacePage *self, const char *title, const char *line, int mailbox)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *first = gtk_label_new (title), *second = gtk_label_new (line);

  gtk_label_set_xalign (GTK_LABEL (first), 0);
  gtk_label_set_xalign (GTK_LABEL (second), 0);
  gtk_label_set_ellipsize (GTK_LABEL (first), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (second), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (first, "heading");
  gtk_widget_add_css_class (second, "dim-label");
  gtk_widget_add_css_class (second, "caption");
  gtk_box_append (GTK_BOX (box), first);
  gtk_box_append (GTK_BOX (box), second);
  gtk_widget_add_css_class (box, "card-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data (G_OBJECT (row), "row", GINT_TO_POINTER (mailbox));
  gtk_list_box_append (GTK_LIST_BOX (self->guesses), row);
}

static void
show_guesses (WbPlacePage *self, gboolean refused)
{
  g_auto (GStrv) guesses = refused ? NULL : wb_draft_dup_guesses (self->draft, self->file);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->guesses)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->guesses), row);
  for (guint i = 0; guesses != NULL && guesses[i] != NULL; i++)
    {
      int mailbox = wb_picture_find_address (self->draft, guesses[i]);
      g_autofree char *who = mailbox >= 0 ? wb_picture_dup_who (self->draft, mailbox) : NULL,
                      *address = wb_format_text (guesses[i]);

      if (who != NULL)
        add_row (self, who, address, mailbox);
    }
  if (!refused)
    add_row (self, _("Someone Else…"), _("Search all mailboxes of this order"), -1);
  gtk_widget_set_visible (self->guesses, !refused);
}

static guint
next_file (WbPlacePage *self, guint *left)
{
  g_autoptr (GArray) ids = wb_draft_dup_unplaced (self->draft);
  guint first = 0;

  *left = ids->len;
  for (guint i = 0; i < ids->len && first == 0; i++)
    if (!g_hash_table_contains (self->skipped, GUINT_TO_POINTER (g_array_index (ids, guint, i))))
      first = g_array_index (ids, guint, i);
  return first;
}

static void
show_file (WbPlacePage *self, guint left)
{
  const WbDraftFile *file = wb_draft_get_file (self->draft, self->file);
  g_autofree char *name = wb_format_text (file->file_name), *line = NULL;
  g_autofree char *count
      = g_strdup_printf (ngettext ("%u picture is not placed yet", "%u pictures are not placed yet", left), left);
  int row;

  wb_unplaced_judge (self->draft, self->file, &row, &line);
  gtk_label_set_label (GTK_LABEL (self->count), count);
  gtk_label_set_label (GTK_LABEL (self->name), name);
  gtk_label_set_label (GTK_LABEL (self->line), file->refused != 0 ? line : _("Whose picture is this?"));
  show_guesses (self, file->refused != 0);
  show_picture (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_child_focus (self->guesses, GTK_DIR_TAB_FORWARD);
}

void
wb_place_page_update (WbPlacePage *self)
{
  guint left, file;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) && self->file == 0)
    return;
  file = next_file (self, &left);
  if (file == 0)
    {
      self->file = 0;
      g_signal_emit (self, signals[DONE], 0);
    }
  else if (file != self->file)
    {
      self->file = file;
      show_file (self, left);
    }
}

void
wb_place_page_begin (WbPlacePage *self)
{
  guint left;

  g_hash_table_remove_all (self->skipped);
  self->file = next_file (self, &left);
  if (self->file != 0)
    show_file (self, left);
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
on_skip (WbPlacePage *self)
{
  g_hash_table_add (self->skipped, GUINT_TO_POINTER (self->file));
  wb_place_page_update (self);
}

static void
on_remove (WbPlacePage *self)
{
  g_signal_emit (self, signals[REMOVE], 0, self->file);
}

static void
on_done (WbPlacePage *self)
{
  self->file = 0;
  g_signal_emit (self, signals[DONE], 0);
}

/* Building */

static void
add_button (WbPlacePage *self, GtkWidget *box, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_hexpand (button, TRUE);
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (box), button);
}

static GtkWidget *
add_label (GtkWidget *box, const char *style)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
wb_place_page_dispose (GObject *object)
{
  WbPlacePage *self = WB_PLACE_PAGE (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->previews);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (wb_place_page_parent_class)->dispose (object);
}

static void
wb_place_page_finalize (GObject *object)
{
  g_hash_table_unref (WB_PLACE_PAGE (object)->skipped);
  G_OBJECT_CLASS (wb_place_page_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, guint n)
{
  return g_signal_new (name, WB_TYPE_PLACE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n, G_TYPE_UINT,
                       G_TYPE_UINT);
}

static void
wb_place_page_class_init (WbPlacePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_place_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_place_page_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[USE] = add_signal ("use", 2);
  signals[CHOOSE] = add_signal ("choose", 1);
  signals[REMOVE] = add_signal ("remove", 1);
  signals[DONE] = add_signal ("done", 0);
}

static void
wb_place_page_init (WbPlacePage *self)
{
  GtkWidget *clamp = adw_clamp_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->skipped = g_hash_table_new (NULL, NULL);
  self->count = add_label (box, "dim-label");
  gtk_label_set_ellipsize (GTK_LABEL (self->count), PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (GTK_LABEL (self->count), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->count), GTK_JUSTIFY_CENTER);
  self->picture = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (self->picture), LARGE);
  gtk_widget_set_halign (self->picture, GTK_ALIGN_CENTER);
  gtk_widget_set_overflow (self->picture, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (self->picture, "thumb");
  gtk_box_append (GTK_BOX (box), self->picture);
  self->name = add_label (box, "title-4");
  self->line = add_label (box, "dim-label");
  self->guesses = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->guesses), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->guesses, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->guesses), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Whose picture is this?"), -1);
  g_signal_connect (self->guesses, "row-activated", G_CALLBACK (on_guess), self);
  gtk_box_append (GTK_BOX (box), self->guesses);
  add_button (self, self->buttons, _("Skip"), G_CALLBACK (on_skip));
  add_button (self, self->buttons, _("Remove"), G_CALLBACK (on_remove));
  add_button (self, self->buttons, _("Back to Tiles"), G_CALLBACK (on_done));
  gtk_box_append (GTK_BOX (box), self->buttons);
  gtk_widget_add_css_class (box, "place-page");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 420);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  self->scroller = gtk_scrolled_window_new ();
  gtk_widget_set_focusable (self->scroller, FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), clamp);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
wb_place_page_new (WbDraft *draft, WbPreviewCache *previews)
{
  WbPlacePage *self = g_object_new (WB_TYPE_PLACE_PAGE, NULL);

  self->draft = g_object_ref (draft);
  self->previews = g_object_ref (previews);
  g_signal_connect_object (previews, "ready", G_CALLBACK (show_picture), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
wb_place_page_set_tall (WbPlacePage *self, gboolean tall)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->buttons),
                                  tall ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}
