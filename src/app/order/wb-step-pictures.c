// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-step-pictures-private.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-application-private.h"
#include "wb-compat.h"
#include "wb-format.h"
#include "wb-words.h"

G_DEFINE_FINAL_TYPE (WbStepPictures, wb_step_pictures, WB_TYPE_ORDER_STEP)

WbDraft *
wb_pictures_draft (WbStepPictures *self)
{
  return wb_order_step_get_draft (WB_ORDER_STEP (self));
}

GtkWindow *
wb_pictures_window (WbStepPictures *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL ? GTK_WINDOW (root) : NULL;
}

gboolean
wb_pictures_is_narrow (WbStepPictures *self)
{
  return self->bin != NULL && wb_width_bin_get_width_class (self->bin) == WB_WIDTH_NARROW;
}

void
wb_pictures_say (WbStepPictures *self, const char *text)
{
  wb_compat_announce (self->said, text, FALSE);
}

AdwToast *
wb_pictures_toast (WbStepPictures *self, const char *text, const char *button, GCallback callback)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast;

  wb_pictures_say (self, text);
  if (overlay == NULL)
    return NULL;
  toast = wb_compat_toast_new (text);
  adw_toast_set_timeout (toast, button != NULL ? 10 : 5);
  if (button != NULL)
    {
      adw_toast_set_button_label (toast, button);
      g_signal_connect_object (toast, "button-clicked", callback, self, 0);
    }
  wb_order_step_add_toast (WB_ORDER_STEP (self), toast);
  return toast;
}

/* Updating */

static void
update_undo (WbStepPictures *self)
{
  WbDraft *draft = wb_pictures_draft (self);
  const char *undo_subject = NULL, *redo_subject = NULL;
  const char *undo_code = wb_draft_get_undo_code (draft, &undo_subject),
             *redo_code = wb_draft_get_redo_code (draft, &redo_subject);
  g_autofree char *undo = wb_words_undo (undo_code, undo_subject, FALSE),
                  *redo = wb_words_undo (redo_code, redo_subject, TRUE);
  g_autofree char *top = g_strdup_printf ("%s %s", undo_code, undo_subject);

  wb_accessible_set_name (self->undo, undo);
  wb_accessible_set_name (self->redo, redo);
  gtk_widget_set_sensitive (self->undo, undo_code != NULL);
  gtk_widget_set_sensitive (self->redo, redo_code != NULL);
  if (self->toast != NULL && g_strcmp0 (top, self->toast_code) != 0)
    {
      adw_toast_dismiss (self->toast);
      g_clear_object (&self->toast);
    }
}

static void
update_away (WbStepPictures *self)
{
  WbDraft *draft = wb_pictures_draft (self);
  guint files = wb_draft_get_files (draft)->len;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->away, !wb_picture_files_go_along (draft));
  if (files == 0)
    text = g_strdup (_("Mailboxes on a domain without a live subscription take a public picture address, not a file."));
  else
    text = g_strdup_printf (
        ngettext ("Mailboxes on a domain without a live subscription take a public picture address, not a file. "
                  "Your %u picture stays in the draft.",
                  "Mailboxes on a domain without a live subscription take a public picture address, not a file. "
                  "Your %u pictures stay in the draft.",
                  files),
        files);
  gtk_label_set_label (GTK_LABEL (self->away_label), text);
}

static void
offer_side (WbStepPictures *self)
{
  gboolean offer = wb_draft_get_files (wb_pictures_draft (self))->len > 0 || self->show_tiles;

  if (self->side_offered == offer)
    return;
  self->side_offered = offer;
  wb_order_step_side_changed (WB_ORDER_STEP (self));
}

/* Which page shows, and what stands above it. */
void
wb_pictures_show_page (WbStepPictures *self)
{
  WbDraft *draft = wb_pictures_draft (self);
  guint files, unplaced;
  gboolean tiles, placing;
  g_autofree char *text = NULL;

  if (!self->built)
    return;
  files = wb_draft_get_files (draft)->len;
  unplaced = wb_unplaced_list_get_count (self->unplaced);
  tiles = wb_draft_get_n_mailboxes (draft) > 0 && (files > 0 || self->show_tiles);
  placing = g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "place") == 0 && unplaced > 0;
  text = g_strdup_printf (ngettext ("%u picture is not placed yet", "%u pictures are not placed yet", unplaced),
                          unplaced);
  gtk_label_set_label (GTK_LABEL (self->banner_label), text);
  gtk_widget_set_visible (self->banner, unplaced > 0 && !placing && !gtk_widget_get_mapped (self->side));
  gtk_widget_set_visible (self->chip_row, tiles && !placing);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), placing ? "place" : tiles ? "tiles" : "empty");
}

void
wb_pictures_update (WbStepPictures *self, WbDraftPart parts)
{
  WbDraft *draft = wb_pictures_draft (self);

  if (!self->grouping_chosen && parts & (WB_DRAFT_MAILBOXES | WB_DRAFT_DOMAINS))
    wb_picture_groups_set_grouping (self->groups,
                                    wb_picture_people_repeat (draft) ? WB_GROUP_BY_PERSON : WB_GROUP_BY_DOMAIN);
  wb_picture_groups_update (self->groups);
  wb_unplaced_list_update (self->unplaced, (parts & WB_DRAFT_MAILBOXES) != 0);
  wb_place_page_update (self->place);
  wb_pictures_update_reading (self);
  wb_pictures_update_empty (self);
  update_undo (self);
  wb_pictures_update_chips (self);
  update_away (self);
  wb_pictures_show_page (self);
  offer_side (self);
}

static void
show_selected (WbStepPictures *self)
{
  g_autoptr (GPtrArray) items = wb_picture_groups_dup_selected (self->groups);

  wb_picture_inspector_show (self->inspector, items);
}

static void
wb_step_pictures_draft_changed (WbOrderStep *step, WbDraftPart parts)
{
  WbStepPictures *self = WB_PICTURES_STEP (step);

  if (!self->built)
    {
      self->built = TRUE;
      self->previews = wb_preview_cache_new (wb_pictures_draft (self));
      wb_pictures_build (self);
      parts = WB_DRAFT_ALL;
    }
  /* Another step shows: all is read when this one does. */
  self->stale |= parts;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) && parts != WB_DRAFT_ALL)
    return;
  parts = self->stale;
  self->stale = 0;
  wb_pictures_update (self, parts);
  show_selected (self);
}

void
wb_pictures_show_side (WbStepPictures *self, gboolean show)
{
  wb_order_step_want_side (WB_ORDER_STEP (self), show);
  if (!show)
    wb_picture_groups_focus_current (self->groups);
}

void
wb_pictures_begin_placing (WbStepPictures *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "place");
  wb_pictures_show_page (self);
  wb_place_page_begin (self->place);
}

/* The window asks */

static GtkWidget *
wb_step_pictures_get_side (WbOrderStep *step)
{
  WbStepPictures *self = WB_PICTURES_STEP (step);

  return self->side_offered ? self->side : NULL;
}

static void
wb_step_pictures_enter (WbOrderStep *step, const WbProblem *problem)
{
  WbStepPictures *self = WB_PICTURES_STEP (step);

  if (problem != NULL && problem->row >= 0)
    {
      self->show_tiles = TRUE;
      wb_pictures_show_page (self);
      wb_chip_bar_select (self->chips, "all");
      if (wb_picture_groups_show_row (self->groups, (guint) problem->row))
        return;
    }
  if (!gtk_widget_child_focus (self->stack, GTK_DIR_TAB_FORWARD))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
wb_step_pictures_leave (WbOrderStep *step)
{
  WbStepPictures *self = WB_PICTURES_STEP (step);

  if (self->built)
    wb_picture_inspector_settle (self->inspector);
}

/* Actions: all show or change the draft, none sends. */

static void
on_add (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wb_pictures_choose_files (WB_PICTURES_STEP (widget), g_str_equal (name, "pictures.add-folder"), -1);
}

static void
on_paste (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wb_pictures_paste (WB_PICTURES_STEP (widget));
}

static void
on_size (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const int sides[] = { 64, 84, 112 };
  WbStepPictures *self = WB_PICTURES_STEP (widget);

  self->size = CLAMP (self->size + (g_str_equal (name, "pictures.larger") ? 1 : -1), 0, (int) G_N_ELEMENTS (sides) - 1);
  wb_picture_groups_set_side (self->groups, sides[self->size]);
  gtk_widget_action_set_enabled (widget, "pictures.larger", self->size < (int) G_N_ELEMENTS (sides) - 1);
  gtk_widget_action_set_enabled (widget, "pictures.smaller", self->size > 0);
}

static void
on_fold (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wb_picture_groups_set_all_folded (WB_PICTURES_STEP (widget)->groups, g_str_equal (name, "pictures.fold-all"));
}

static void
on_select_all (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wb_picture_groups_select_all (WB_PICTURES_STEP (widget)->groups, TRUE);
}

/* Keys hold for the whole window, as long as this step shows. */
static void
add_keys (WbStepPictures *self)
{
  static const char *const actions[]
      = { "pictures.add", "pictures.add-folder", "pictures.paste", "pictures.larger", "pictures.smaller" };

  self->keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (self->keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      const WbActionRow *row = wb_action_find (actions[i]);
      g_auto (GStrv) accels = g_strsplit (row->accels, " ", 0);

      for (guint j = 0; accels[j] != NULL; j++)
        gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (self->keys),
                                              gtk_shortcut_new (gtk_shortcut_trigger_parse_string (accels[j]),
                                                                gtk_named_action_new (actions[i])));
    }
  gtk_widget_add_controller (GTK_WIDGET (self), self->keys);
}

/* Life */

static void
wb_step_pictures_map (GtkWidget *widget)
{
  WbStepPictures *self = WB_PICTURES_STEP (widget);

  GTK_WIDGET_CLASS (wb_step_pictures_parent_class)->map (widget);
  self->bin = WB_WIDTH_BIN (gtk_widget_get_ancestor (widget, WB_TYPE_WIDTH_BIN));
  if (self->bin != NULL)
    self->bin_id = g_signal_connect_object (self->bin, "notify::width-class", G_CALLBACK (wb_pictures_lay_out), self,
                                            G_CONNECT_SWAPPED);
  add_keys (self);
  wb_pictures_take_drops (self);
  wb_pictures_lay_out (self);
  if (self->stale != 0)
    wb_step_pictures_draft_changed (WB_ORDER_STEP (self), 0);
}

static void
wb_step_pictures_unmap (GtkWidget *widget)
{
  WbStepPictures *self = WB_PICTURES_STEP (widget);

  wb_pictures_leave_drops (self);
  gtk_widget_remove_controller (widget, g_steal_pointer (&self->keys));
  if (self->bin != NULL)
    g_clear_signal_handler (&self->bin_id, self->bin);
  self->bin = NULL;
  GTK_WIDGET_CLASS (wb_step_pictures_parent_class)->unmap (widget);
}

static void
wb_step_pictures_dispose (GObject *object)
{
  WbStepPictures *self = WB_PICTURES_STEP (object);

  if (self->inspector != NULL)
    wb_picture_inspector_settle (self->inspector);
  /* A batch under way belongs to the draft: it goes on, and finds nobody to tell. */
  self->groups = NULL;
  self->inspector = NULL;
  self->unplaced = NULL;
  self->place = NULL;
  if (self->previews != NULL)
    wb_preview_cache_stop (self->previews);
  g_clear_object (&self->side);
  g_clear_object (&self->previews);
  g_clear_object (&self->toast);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->target);
  g_clear_pointer (&self->toast_code, g_free);
  G_OBJECT_CLASS (wb_step_pictures_parent_class)->dispose (object);
}

static void
wb_step_pictures_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, wb_picture_groups_get_grouping (WB_PICTURES_STEP (object)->groups) == WB_GROUP_BY_DOMAIN);
}

static void
wb_step_pictures_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WbStepPictures *self = WB_PICTURES_STEP (object);

  self->grouping_chosen = TRUE;
  wb_picture_groups_set_grouping (self->groups, g_value_get_boolean (value) ? WB_GROUP_BY_DOMAIN : WB_GROUP_BY_PERSON);
  wb_pictures_update_chips (self);
}

/* A crop that still moves is a step of its own: it is settled before anything is undone. */
static gboolean
wb_step_pictures_command (WbOrderStep *step, const char *name)
{
  if (g_str_equal (name, "cancel-edit"))
    wb_picture_inspector_settle (WB_PICTURES_STEP (step)->inspector);
  return FALSE;
}

static void
wb_step_pictures_class_init (WbStepPicturesClass *klass)
{
  static const struct {
    const char *name;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "pictures.add", on_add },         { "pictures.add-folder", on_add },      { "pictures.paste", on_paste },
    { "pictures.larger", on_size },     { "pictures.smaller", on_size },        { "pictures.fold-all", on_fold },
    { "pictures.unfold-all", on_fold }, { "pictures.select-all", on_select_all },
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  WbOrderStepClass *step_class = WB_ORDER_STEP_CLASS (klass);

  object_class->dispose = wb_step_pictures_dispose;
  object_class->get_property = wb_step_pictures_get_property;
  object_class->set_property = wb_step_pictures_set_property;
  widget_class->map = wb_step_pictures_map;
  widget_class->unmap = wb_step_pictures_unmap;
  step_class->draft_changed = wb_step_pictures_draft_changed;
  step_class->get_side = wb_step_pictures_get_side;
  step_class->command = wb_step_pictures_command;
  step_class->enter = wb_step_pictures_enter;
  step_class->leave = wb_step_pictures_leave;
  step_class->dup_fact = wb_pictures_dup_fact;
  step_class->fill_foot = wb_pictures_fill_foot;
  g_object_class_install_property (
      object_class, 1,
      g_param_spec_boolean ("by-domain", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);
  gtk_widget_class_install_property_action (widget_class, "pictures.by-domain", "by-domain");
}

static void
wb_step_pictures_init (WbStepPictures *self)
{
  self->size = 1;
}
