// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-step-pictures-private.h"

#include <glib/gi18n.h>

#include "wb-picture-popover.h"

/* When an act can be done. */
typedef enum {
  ONE = 1 << 0,     /* exactly one tile is selected */
  SEVERAL = 1 << 1,
  EMPTY = 1 << 2,   /* it has no picture */
  FULL = 1 << 3,    /* it has one, or some of several have */
  FINE = 1 << 4,    /* one that can be used */
  TWO = 1 << 5,     /* two files fit */
  SHARED = 1 << 6,  /* the person's picture, seen on one of several mailboxes */
} When;

/* One table for the menu of a tile, its keys and the buttons of the inspector. Signals call these, never
 * actions: an act belongs to its page. */
static const struct {
  const char *name;
  const char *label;  /* in the menu; NULL: not there */
  When when;
  guint keyval;       /* 0 for none */
  GdkModifierType state;
  void (*act) (WbStepPictures *self);
  guint section;
} acts[] = {
  { "choose-between", N_("Choose Between 2 Files…"), ONE | TWO, 0, 0, wb_pictures_choose_between, 0 },
  { "choose-file", N_("Choose File…"), ONE | EMPTY, 0, 0, wb_pictures_choose_file, 0 },
  { "choose-file", N_("Replace…"), ONE | FULL, 0, 0, wb_pictures_choose_file, 0 },
  { "give-to", N_("Give to…"), ONE | FINE, 0, 0, wb_pictures_give_to, 0 },
  { "give-same", N_("Give Same Picture…"), SEVERAL, 0, 0, wb_pictures_give_same, 0 },
  { "only-here", N_("Only for This Mailbox"), ONE | SHARED, 0, 0, wb_pictures_keep_only_here, 0 },
  { "crop", N_("Crop"), ONE | FINE, GDK_KEY_c, 0, wb_pictures_crop, 1 },
  { "rotate", N_("Rotate"), ONE | FINE, GDK_KEY_r, 0, wb_pictures_rotate, 1 },
  { "reset", N_("Reset Crop"), FINE, GDK_KEY_0, 0, wb_pictures_reset_selected, 1 },
  { "cut", N_("Take Up to Move"), ONE | FINE, GDK_KEY_x, GDK_CONTROL_MASK, wb_pictures_cut, 2 },
  { "take-off", N_("Take Off"), ONE | FINE, 0, 0, wb_pictures_take_off_selected, 2 },
  { "remove", N_("Remove"), FULL, GDK_KEY_Delete, 0, wb_pictures_remove_selected, 2 },
};

static When
look (WbStepPictures *self)
{
  g_autoptr (GPtrArray) items = wb_picture_groups_dup_selected (self->groups);
  When when = items->len == 1 ? ONE : items->len > 1 ? SEVERAL : 0;

  for (guint i = 0; i < items->len; i++)
    {
      const WbPictureItem *item = items->pdata[i];
      const WbPlacement *placement = wb_draft_get_placement (wb_pictures_draft (self), item->row);

      when |= item->file != 0 ? FULL : EMPTY;
      if (item->file != 0 && item->state != WB_TILE_REFUSED && item->state != WB_TILE_GONE)
        when |= FINE;
      if (item->state == WB_TILE_AMBIGUOUS)
        when |= TWO;
      if (placement != NULL && *placement->address == '\0' && item->rows->len == 1
          && wb_picture_people_repeat (wb_pictures_draft (self)))
        when |= SHARED;
    }
  return when;
}

static gboolean
can (When needed, When now)
{
  return now != 0 && (needed & now) == needed;
}

void
wb_pictures_act (WbStepPictures *self, const char *act)
{
  When now = look (self);

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_str_equal (acts[i].name, act) && can (acts[i].when, now))
      {
        acts[i].act (self);
        return;
      }
}

/* The menu of a tile */

static void
on_item (GtkWidget *button, WbStepPictures *self)
{
  g_autofree char *act = g_strdup (g_object_get_data (G_OBJECT (button), "act"));

  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (button, GTK_TYPE_POPOVER)));
  wb_pictures_act (self, act);
}

static GtkWidget *
make_item (WbStepPictures *self, guint i)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18),
            *label = gtk_label_new (_(acts[i].label));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  if (acts[i].keyval != 0)
    {
      g_autofree char *keys = gtk_accelerator_get_label (acts[i].keyval, acts[i].state);
      GtkWidget *hint = gtk_label_new (keys);

      gtk_widget_add_css_class (hint, "dim-label");
      gtk_box_append (GTK_BOX (box), hint);
    }
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "menu-item");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _(acts[i].label), -1);
  g_object_set_data (G_OBJECT (button), "act", (gpointer) acts[i].name);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_item), self, 0);
  return button;
}

static gboolean
on_menu_key (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, GtkWidget *popover)
{
  if (keyval == GDK_KEY_Up || keyval == GDK_KEY_Down)
    return gtk_widget_child_focus (popover, keyval == GDK_KEY_Up ? GTK_DIR_TAB_BACKWARD : GTK_DIR_TAB_FORWARD);
  return FALSE;
}

void
wb_pictures_open_menu (WbStepPictures *self, WbPictureTile *tile)
{
  GtkWidget *popover = gtk_popover_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *keys = gtk_event_controller_key_new ();
  When now;
  int section = -1;

  if (!wb_picture_tile_get_selected (tile))
    wb_picture_groups_show_row (self->groups, wb_picture_tile_get_item (tile)->row);
  now = look (self);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      if (!can (acts[i].when, now))
        continue;
      if (section >= 0 && section != (int) acts[i].section)
        gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
      section = (int) acts[i].section;
      gtk_box_append (GTK_BOX (box), make_item (self, i));
    }
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_menu_key), popover);
  gtk_widget_add_controller (popover, keys);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_widget_add_css_class (popover, "menu");
  wb_picture_popover_open (GTK_POPOVER (popover), GTK_WIDGET (self->groups), GTK_WIDGET (tile));
}

/* Enter on a tile does what its state asks for. */
void
wb_pictures_activate (WbStepPictures *self, WbPictureTile *tile)
{
  WbPictureItem *item = wb_picture_tile_get_item (tile);

  switch (item->state)
    {
    case WB_TILE_WORKING: break;
    case WB_TILE_EMPTY:
    case WB_TILE_GONE: wb_pictures_act (self, "choose-file"); break;
    case WB_TILE_AMBIGUOUS: wb_pictures_act (self, "choose-between"); break;
    case WB_TILE_REFUSED:
      wb_pictures_open_popover (self, GTK_WIDGET (wb_picture_popover_new_refused (wb_pictures_draft (self), item)),
                                tile);
      break;
    default: wb_pictures_show_side (self, TRUE);
    }
}

/* Keys */

gboolean
wb_pictures_paste_taken (WbStepPictures *self)
{
  const char *key = wb_picture_groups_get_taken (self->groups);
  WbPictureTile *from = wb_picture_groups_find (self->groups, key), *to = wb_picture_groups_get_current (self->groups);
  guint from_row, to_row;

  if (from == NULL || to == NULL)
    return FALSE;
  from_row = wb_picture_tile_get_item (from)->row;
  to_row = wb_picture_tile_get_item (to)->row;
  wb_picture_groups_set_taken (self->groups, NULL);
  wb_pictures_move (self, from_row, to_row, FALSE);
  return TRUE;
}

static gboolean
escape (WbStepPictures *self)
{
  g_autoptr (GPtrArray) items = wb_picture_groups_dup_selected (self->groups);

  if (wb_draft_get_reading (wb_pictures_draft (self), NULL) > 0)
    wb_pictures_stop_reading (self);
  else if (wb_picture_groups_get_taken (self->groups) != NULL)
    wb_picture_groups_set_taken (self->groups, NULL);
  else if (items->len > 0)
    wb_picture_groups_select_all (self->groups, FALSE);
  else
    return FALSE;
  return TRUE;
}

gboolean
wb_pictures_key (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, WbStepPictures *self)
{
  When now;

  state &= gtk_accelerator_get_default_mod_mask ();
  if (keyval == GDK_KEY_Escape && state == 0)
    return escape (self);
  now = look (self);
  keyval = gdk_keyval_to_lower (keyval);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (acts[i].keyval != 0 && (keyval == acts[i].keyval || (keyval == GDK_KEY_KP_0 && acts[i].keyval == GDK_KEY_0))
        && state == acts[i].state && can (acts[i].when, now))
      {
        acts[i].act (self);
        return TRUE;
      }
  return FALSE;
}
