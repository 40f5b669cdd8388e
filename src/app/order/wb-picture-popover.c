// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-picture-popover.h"

#include <glib/gi18n.h>

#include "wb-format.h"
#include "wb-round-preview.h"

#define LARGE 168

struct _WbPicturePopover {
  GtkPopover parent_instance;

  WbPreviewCache *previews;
  guint files[2];
  GtkWidget *large[2];
};

enum { CHOSEN, ACT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbPicturePopover, wb_picture_popover, GTK_TYPE_POPOVER)

static void
show_large (WbPicturePopover *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->files); i++)
    {
      guint side = (guint) (LARGE * gtk_widget_get_scale_factor (GTK_WIDGET (self)));
      g_autoptr (GdkTexture) texture
          = self->large[i] != NULL ? wb_preview_cache_dup (self->previews, self->files[i], side) : NULL;

      if (self->large[i] != NULL)
        wb_round_preview_set_textures (WB_ROUND_PREVIEW (self->large[i]), texture, NULL);
    }
}

static void
choose (WbPicturePopover *self, guint file)
{
  g_signal_emit (self, signals[CHOSEN], 0, file);
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
on_choice (GtkWidget *button, WbPicturePopover *self)
{
  choose (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "file")));
}

static void
on_act (GtkWidget *button, WbPicturePopover *self)
{
  g_autofree char *act = g_strdup (g_object_get_data (G_OBJECT (button), "act"));

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[ACT], 0, act);
}

static gboolean
on_key (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, WbPicturePopover *self)
{
  if (self->files[0] == 0)
    return FALSE;
  if (keyval == GDK_KEY_1 || keyval == GDK_KEY_KP_1)
    choose (self, self->files[0]);
  else if (keyval == GDK_KEY_2 || keyval == GDK_KEY_KP_2)
    choose (self, self->files[1]);
  else
    return FALSE;
  return TRUE;
}

static void
wb_picture_popover_dispose (GObject *object)
{
  g_clear_object (&WB_PICTURE_POPOVER (object)->previews);
  G_OBJECT_CLASS (wb_picture_popover_parent_class)->dispose (object);
}

static void
wb_picture_popover_class_init (WbPicturePopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_picture_popover_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", WB_TYPE_PICTURE_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[ACT] = g_signal_new ("act", WB_TYPE_PICTURE_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                               G_TYPE_STRING);
}

static void
wb_picture_popover_init (WbPicturePopover *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 20);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_choice (WbPicturePopover *self, guint i, const WbDraftFile *file)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *name = wb_format_text (file->file_name);
  g_autofree char *size = g_strdup_printf ("%'u × %'u", file->info.width, file->info.height);
  /* Translators: the key, 1 or 2, and the name of a file */
  g_autofree char *spoken = g_strdup_printf (_("%u: %s"), i + 1, name);

  self->files[i] = file->id;
  self->large[i] = wb_round_preview_new (LARGE);
  gtk_box_append (GTK_BOX (box), self->large[i]);
  gtk_box_append (GTK_BOX (box), make_label (spoken, "heading"));
  gtk_box_append (GTK_BOX (box), make_label (size, "caption"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data (G_OBJECT (button), "file", GUINT_TO_POINTER (file->id));
  g_signal_connect (button, "clicked", G_CALLBACK (on_choice), self);
  return button;
}

WbPicturePopover *
wb_picture_popover_new_two (WbDraft *draft, WbPreviewCache *previews, const WbPictureItem *item)
{
  WbPicturePopover *self = g_object_new (WB_TYPE_PICTURE_POPOVER, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *pair = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const guint ids[] = { item->file, item->other };
  /* Translators: %s is the name of a person */
  g_autofree char *title = g_strdup_printf (_("Which Is %s?"), item->title);

  self->previews = g_object_ref (previews);
  gtk_box_append (GTK_BOX (box), make_label (title, "heading"));
  gtk_box_append (GTK_BOX (box), pair);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      const WbDraftFile *file = wb_draft_get_file (draft, ids[i]);

      if (file != NULL)
        gtk_box_append (GTK_BOX (pair), make_choice (self, i, file));
    }
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (previews, "ready", G_CALLBACK (show_large), self, G_CONNECT_SWAPPED);
  show_large (self);
  return self;
}

static void
add_button (WbPicturePopover *self, GtkWidget *box, const char *label, const char *act)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  g_object_set_data (G_OBJECT (button), "act", (gpointer) act);
  g_signal_connect (button, "clicked", G_CALLBACK (on_act), self);
  gtk_box_append (GTK_BOX (box), button);
}

WbPicturePopover *
wb_picture_popover_new_refused (WbDraft *draft, const WbPictureItem *item)
{
  WbPicturePopover *self = g_object_new (WB_TYPE_PICTURE_POPOVER, NULL);
  const WbDraftFile *file = wb_draft_get_file (draft, item->file);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *name = wb_format_text (file != NULL ? file->file_name : ""),
                  *full = file != NULL ? wb_refusal_dup_full (file) : NULL;
  GtkWidget *reason = gtk_label_new (full);

  gtk_label_set_wrap (GTK_LABEL (reason), TRUE);
  gtk_label_set_xalign (GTK_LABEL (reason), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (reason), 34);
  gtk_box_append (GTK_BOX (box), make_label (name, "heading"));
  gtk_box_append (GTK_BOX (box), reason);
  gtk_widget_set_halign (row, GTK_ALIGN_END);
  add_button (self, row, _("Remove"), "remove");
  add_button (self, row, _("Replace…"), "choose-file");
  gtk_box_append (GTK_BOX (box), row);
  gtk_widget_add_css_class (box, "refused-popover");
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, full != NULL ? full : name, -1);
  return self;
}

static gboolean
unparent_idle (gpointer popover)
{
  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

/* Not at once: what closed it may still be in its hands. */
static void
on_closed (GtkPopover *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_idle, g_object_ref (popover), g_object_unref);
}

void
wb_picture_popover_open (GtkPopover *popover, GtkWidget *parent, GtkWidget *over)
{
  graphene_rect_t bounds;

  gtk_widget_set_parent (GTK_WIDGET (popover), parent);
  g_signal_connect (popover, "closed", G_CALLBACK (on_closed), NULL);
  if (gtk_widget_compute_bounds (over, parent, &bounds))
    gtk_popover_set_pointing_to (popover, &(GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y,
                                                           (int) bounds.size.width, (int) bounds.size.height });
  gtk_popover_popup (popover);
}
