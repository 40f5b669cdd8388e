// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-step-pictures-private.h"

#include <glib/gi18n.h>

#include "wb-format.h"
#include "wb-text-scale.h"

#define SUMS_FROM 1000

/* What is counted: chips, foot and the line of the rail. */

/* Chips by the name they bear in the bar. Chips and foot, which sets them, count the same: tiles. */
static const struct {
  const char *name;
  WbTileChip chip;
  const char *icon, *style;
  const char *one, *many; /* N_(): in the foot */
} counted[] = {
  { "none", WB_TILE_CHIP_NONE, NULL, NULL, NULL, NULL },
  { "ready", WB_TILE_CHIP_READY, "waybill-done-symbolic", "count-success", N_("%u ready"), N_("%u ready") },
  { "check", WB_TILE_CHIP_CHECK, "dialog-question-symbolic", "count-warning", N_("%u to check"), N_("%u to check") },
  { "refused", WB_TILE_CHIP_REFUSED, "dialog-error-symbolic", "count-error", N_("%u refused"), N_("%u refused") },
};

void
wb_pictures_update_chips (WbStepPictures *self)
{
  guint tiles[WB_N_TILE_CHIPS], all = 0;

  wb_picture_groups_count (self->groups, tiles);
  for (guint i = 0; i < G_N_ELEMENTS (counted); i++)
    {
      wb_chip_bar_set_count (self->chips, counted[i].name, tiles[counted[i].chip]);
      all += tiles[counted[i].chip];
    }
  wb_chip_bar_set_count (self->chips, "all", all);
}

char *
wb_pictures_dup_fact (WbOrderStep *step)
{
  WbDraft *draft = wb_order_step_get_draft (step);
  WbPictureCounts counts;
  guint look;

  wb_draft_count_pictures (draft, &counts);
  look = counts.to_check + counts.refused + counts.unplaced;
  if (wb_draft_get_files (draft)->len == 0)
    return g_strdup (_("No pictures yet"));
  if (look == 0)
    /* Translators: how many of all mailboxes have a picture */
    return g_strdup_printf (_("%u of %u"), counts.ready, counts.mailboxes);
  /* Translators: how many of all mailboxes have a picture, and how many pictures need a look */
  return g_strdup_printf (_("%u of %u · %u to look at"), counts.ready, counts.mailboxes, look);
}

/* The foot */

static void
on_foot_chip (GtkWidget *button, WbStepPictures *self)
{
  wb_chip_bar_select (self->chips, g_object_get_data (G_OBJECT (button), "chip"));
}

static void
add_foot_chip (WbStepPictures *self, GtkBox *foot, guint i, const char *text)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (counted[i].icon));
  gtk_box_append (GTK_BOX (box), gtk_label_new (text));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "foot-chip");
  gtk_widget_add_css_class (button, counted[i].style);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_set_data (G_OBJECT (button), "chip", (gpointer) counted[i].name);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_foot_chip), self, 0);
  gtk_box_append (foot, button);
}

static void
add_foot_count (WbStepPictures *self, GtkBox *foot, guint i, guint count)
{
  GString *text = g_string_new (ngettext (counted[i].one, counted[i].many, count));
  g_autofree char *number = g_strdup_printf ("%'u", count);

  g_string_replace (text, "%u", number, 1);
  add_foot_chip (self, foot, i, text->str);
  g_string_free (text, TRUE);
}

static void
add_foot_label (GtkBox *foot, char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (foot, label);
  g_free (text);
}

static void
add_foot_sums (GtkBox *foot, const WbPictureCounts *counts)
{
  g_autofree char *size = wb_format_size (counts->upload_bytes);
  g_autofree char *pictures
      = g_strdup_printf (ngettext ("%u picture", "%u pictures", counts->pictures), counts->pictures);
  guint with = counts->ready + counts->to_check;

  if (counts->pictures != with && counts->pictures > 0)
    /* Translators: "3 pictures", then how many mailboxes get one of them */
    add_foot_label (foot,
                    g_strdup_printf (ngettext ("%s for %u mailbox", "%s for %u mailboxes", with), pictures, with));
  if (counts->upload_bytes > 0)
    /* Translators: a size, such as 1.3 MB */
    add_foot_label (foot, g_strdup_printf (_("%s to upload"), size));
}

static void
fill_narrow_foot (WbStepPictures *self, GtkBox *foot, const guint tiles[WB_N_TILE_CHIPS])
{
  guint all = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (counted); i++)
    all += tiles[counted[i].chip];
  /* Translators: how many of all people, or mailboxes, have a picture */
  text = g_strdup_printf (_("%u of %u"), tiles[WB_TILE_CHIP_READY], all);
  add_foot_chip (self, foot, 1, text);
}

void
wb_pictures_fill_foot (WbOrderStep *step, GtkBox *foot)
{
  WbStepPictures *self = WB_PICTURES_STEP (step);
  guint tiles[WB_N_TILE_CHIPS];
  WbPictureCounts counts;

  wb_draft_count_pictures (wb_pictures_draft (self), &counts);
  if (counts.mailboxes == 0)
    return;
  if (counts.without == counts.mailboxes && wb_pictures_is_narrow (self))
    {
      add_foot_label (foot, g_strdup (_("Pictures are optional.")));
      return;
    }
  if (counts.without == counts.mailboxes)
    {
      add_foot_label (
          foot, g_strdup_printf (ngettext ("%u mailbox without a picture. Pictures are optional.",
                                           "%u mailboxes without a picture. Pictures are optional.", counts.mailboxes),
                                 counts.mailboxes));
      return;
    }
  wb_picture_groups_count (self->groups, tiles);
  if (wb_pictures_is_narrow (self))
    {
      fill_narrow_foot (self, foot, tiles);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (counted); i++)
    if (counted[i].icon != NULL && tiles[counted[i].chip] > 0)
      add_foot_count (self, foot, i, tiles[counted[i].chip]);
  /* The cost at the end of the foot must not be cut short for these. */
  if (gtk_widget_get_width (GTK_WIDGET (wb_pictures_window (self))) >= SUMS_FROM * wb_text_scale ())
    add_foot_sums (foot, &counts);
}
