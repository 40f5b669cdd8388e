// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-grid-private.h"

#include <glib/gi18n.h>

#include "wb-names.h"
#include "wb-order-step.h"

/* One entry serves all cells: it stands where something is typed. Below it, what is wrong and one fix. */

static void
set_live (WbGrid *self)
{
  int row = wb_grid_draft_row (self, self->cursor.row);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *stored = wb_grid_dup_stored (self->cursor.column, text);
  WbDraftMailbox mailbox = { .domain = (char *) wb_grid_get_default_domain (self) };
  char **cells[WB_N_CELLS] = { &mailbox.domain, &mailbox.user_name, &mailbox.first_name, &mailbox.last_name };

  g_clear_pointer (&self->live, wb_problem_free);
  /* An empty one is what everybody starts with. */
  if (!self->editing || *text == '\0')
    return;
  if (row >= 0)
    mailbox = *wb_draft_get_mailbox (self->draft, row);
  *cells[self->cursor.column] = stored;
  self->live = wb_draft_check_cell (self->draft, row, &mailbox, self->cursor.column);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

void
wb_grid_message_update (WbGrid *self)
{
  const WbProblem *problem = wb_grid_message (self);
  g_autofree char *text = problem != NULL ? wb_problem_dup_text (problem) : NULL;
  g_autofree char *fix = problem != NULL ? wb_problem_dup_fix (problem) : NULL;
  gboolean grave = problem != NULL && problem->severity == WB_SEVERITY_ERROR;

  set_class (self->entry, "error", self->editing && grave);
  set_class (self->entry, "warning", self->editing && problem != NULL && !grave);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : "", -1);
  gtk_widget_set_visible (self->message, problem != NULL);
  if (problem == NULL)
    return;
  set_class (self->message, "grave", grave);
  set_class (self->message, "mild", !grave);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->message_icon),
                                grave ? "dialog-error-symbolic" : "dialog-warning-symbolic");
  gtk_label_set_label (GTK_LABEL (self->message_label), text);
  gtk_widget_set_visible (self->fix, fix != NULL);
  gtk_widget_set_visible (self->hint, fix != NULL);
  gtk_widget_set_visible (gtk_widget_get_parent (self->fix), fix != NULL);
  if (fix != NULL)
    gtk_button_set_label (GTK_BUTTON (self->fix), fix);
}

static void
end_edit (WbGrid *self)
{
  gboolean focused = wb_grid_has_cursor (self);

  self->editing = self->typed = self->composing = FALSE;
  g_clear_pointer (&self->live, wb_problem_free);
  if (focused)
    gtk_widget_grab_focus (self->proxies[self->proxy]);
  gtk_widget_set_child_visible (self->entry, FALSE);
  wb_grid_message_update (self);
  wb_grid_queue (self);
}

static void
put (WbGrid *self, const char *text)
{
  g_autofree char *address = NULL;
  int row = wb_grid_draft_row (self, self->cursor.row);

  address = row >= 0 ? wb_draft_dup_address (self->draft, row) : g_strdup (text);
  wb_draft_begin (self->draft, "edit-cell", address);
  wb_grid_set_text (self, self->cursor.row, self->cursor.column, text);
  wb_draft_end (self->draft);
}

gboolean
wb_grid_commit (WbGrid *self)
{
  g_autofree char *text = NULL;

  if (!self->editing)
    return FALSE;
  text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  end_edit (self);
  if (!g_str_equal (text, wb_grid_text (self, self->cursor.row, self->cursor.column)))
    put (self, text);
  return TRUE;
}

gboolean
wb_grid_cancel (WbGrid *self)
{
  if (!self->editing)
    return FALSE;
  end_edit (self);
  return TRUE;
}

void
wb_grid_edit_start (WbGrid *self, gboolean empty)
{
  g_autofree char *name = NULL, *shown = NULL;

  if (self->editing || self->cursor.column >= WB_N_CELLS || wb_grid_n_rows (self) == 0)
    return;
  self->head = self->cursor;
  /* Translators: the entry of a cell: “Row 3, User name” */
  name = g_strdup_printf (_("Row %d, %s"), self->cursor.row + 1, wb_grid_column_title (self->cursor.column));
  shown = self->cursor.column == WB_CELL_DOMAIN ? wb_name_unicode (wb_grid_text (self, self->cursor.row, 0), NULL)
                                                : g_strdup (wb_grid_text (self, self->cursor.row, self->cursor.column));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  self->editing = TRUE;
  self->typed = empty;
  self->settling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), empty ? "" : shown);
  self->settling = FALSE;
  gtk_widget_set_child_visible (self->entry, TRUE);
  gtk_entry_grab_focus_without_selecting (GTK_ENTRY (self->entry));
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  set_live (self);
  wb_grid_message_update (self);
  wb_grid_scroll_to (self, self->cursor.row, self->cursor.column);
  wb_grid_queue (self);
}

/* Typing */

/* While a key is still at work nothing may be put in that cannot be undone, and that is what everything of the
 * editable does: the newest GTK warns. Who calls holds `settling`, for the text changes twice. */
static void
retype (GtkEditable *text, const char *other)
{
  GtkEntryBuffer *buffer = gtk_entry_get_buffer (GTK_ENTRY (text));

  gtk_entry_buffer_delete_text (buffer, 0, -1);
  gtk_entry_buffer_insert_text (buffer, 0, other, -1);
}

/* User names and domains are lower case from the first letter on. */
static void
lower_case (WbGrid *self)
{
  GtkEditable *text = GTK_EDITABLE (self->entry);
  int position = gtk_editable_get_position (text);
  g_autofree char *lower = g_utf8_strdown (gtk_editable_get_text (text), -1);

  if (g_str_equal (lower, gtk_editable_get_text (text)))
    return;
  retype (text, lower);
  gtk_editable_set_position (text, position);
}

/* The first domain of the order that goes on from what is typed; what is added is selected, so that the
 * next letter replaces it. */
static void
complete_domain (WbGrid *self, int length)
{
  GtkEditable *text = GTK_EDITABLE (self->entry);
  g_autofree char *typed = g_strdup (gtk_editable_get_text (text));

  if (length == 0 || gtk_editable_get_position (text) != length)
    return;
  for (guint i = 0; i < wb_draft_get_n_domains (self->draft); i++)
    {
      g_autofree char *name = wb_name_unicode (wb_draft_get_domain (self->draft, i)->name, NULL);

      if (!g_str_has_prefix (name, typed) || (int) g_utf8_strlen (name, -1) == length)
        continue;
      retype (text, name);
      gtk_editable_select_region (text, length, -1);
      return;
    }
}

static void
on_changed (WbGrid *self)
{
  int length = g_utf8_strlen (gtk_editable_get_text (GTK_EDITABLE (self->entry)), -1);
  int before = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (self->entry), "length"));

  if (self->settling || !self->editing)
    return;
  self->settling = TRUE;
  if (self->cursor.column <= WB_CELL_USER_NAME)
    lower_case (self);
  if (self->cursor.column == WB_CELL_DOMAIN && length > before && !self->composing)
    complete_domain (self, length);
  g_object_set_data (G_OBJECT (self->entry), "length", GINT_TO_POINTER (length));
  self->settling = FALSE;
  set_live (self);
  wb_grid_message_update (self);
  wb_grid_queue (self);
}

static void
on_preedit (GtkText *text, const char *preedit, WbGrid *self)
{
  self->composing = *preedit != '\0';
}

static gboolean
is_in (GtkWidget *widget, GtkWidget *ancestor)
{
  return widget != NULL && (widget == ancestor || gtk_widget_is_ancestor (widget, ancestor));
}

/* What is typed is not lost by a click elsewhere; another window in front is no reason to end. */
static void
on_text_left (WbGrid *self)
{
  GtkRoot *root = gtk_widget_get_root (self->entry);

  if (self->editing && root != NULL && !is_in (gtk_root_get_focus (root), self->entry))
    wb_grid_commit (self);
}

/* Keys */

static void
commit_and_move (WbGrid *self, WbGridMove move)
{
  wb_grid_commit (self);
  wb_grid_step (self, move, FALSE);
}

gboolean
wb_grid_take_fix (WbGrid *self)
{
  const WbProblem *problem = wb_grid_message (self);
  g_autofree char *fix = problem != NULL ? g_strdup (problem->fix) : NULL;

  if (fix == NULL)
    return FALSE;
  if (self->editing)
    end_edit (self);
  put (self, fix);
  return TRUE;
}

static void
on_fix (WbGrid *self)
{
  wb_grid_take_fix (self);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static const struct {
  guint keyval;
  GdkModifierType modifiers;
  WbGridMove move;
  gboolean typed_only; /* F2 leaves these keys to the text */
} edit_keys[] = {
  { GDK_KEY_Up, 0, WB_GRID_UP, FALSE },        { GDK_KEY_Down, 0, WB_GRID_DOWN, FALSE },
  { GDK_KEY_KP_Up, 0, WB_GRID_UP, FALSE },     { GDK_KEY_KP_Down, 0, WB_GRID_DOWN, FALSE },
  { GDK_KEY_Page_Up, 0, WB_GRID_PAGE_UP, FALSE }, { GDK_KEY_Page_Down, 0, WB_GRID_PAGE_DOWN, FALSE },
  { GDK_KEY_Left, 0, WB_GRID_LEFT, TRUE },     { GDK_KEY_Right, 0, WB_GRID_RIGHT, TRUE },
  { GDK_KEY_Return, GDK_SHIFT_MASK, WB_GRID_UP, FALSE }, { GDK_KEY_KP_Enter, GDK_SHIFT_MASK, WB_GRID_UP, FALSE },
  { GDK_KEY_Return, 0, WB_GRID_DOWN, FALSE },  { GDK_KEY_KP_Enter, 0, WB_GRID_DOWN, FALSE },
};

static gboolean
move_key (WbGrid *self, guint keyval, GdkModifierType state)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  for (guint i = 0; i < G_N_ELEMENTS (edit_keys); i++)
    {
      WbGridMove move = edit_keys[i].move;

      if (edit_keys[i].keyval != keyval || edit_keys[i].modifiers != state || (edit_keys[i].typed_only && !self->typed))
        continue;
      if (rtl && (move == WB_GRID_LEFT || move == WB_GRID_RIGHT))
        move = move == WB_GRID_LEFT ? WB_GRID_RIGHT : WB_GRID_LEFT;
      commit_and_move (self, move);
      if (move == WB_GRID_DOWN && self->home_column >= 0 && (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter))
        wb_grid_go (self, (WbGridCell) { self->cursor.row, self->home_column }, FALSE);
      self->home_column = -1;
      return TRUE;
    }
  return FALSE;
}

gboolean
wb_grid_edit_key (WbGrid *self, guint keyval, GdkModifierType state)
{
  /* An input method comes first while it composes: Enter and arrows are its own then. */
  if (self->composing)
    return FALSE;
  if (keyval == GDK_KEY_Escape && state == 0)
    return wb_grid_cancel (self);
  if (keyval == GDK_KEY_F2 && state == 0)
    {
      self->typed = FALSE;
      return TRUE;
    }
  if (keyval == GDK_KEY_Tab && state == 0)
    {
      if (self->home_column < 0)
        self->home_column = self->cursor.column;
      wb_grid_take_fix (self);
      commit_and_move (self, WB_GRID_NEXT);
      return TRUE;
    }
  if (keyval == GDK_KEY_ISO_Left_Tab)
    {
      commit_and_move (self, WB_GRID_PREVIOUS);
      return TRUE;
    }
  return move_key (self, keyval, state);
}

/* Building */

static GtkWidget *
make_part (GtkWidget *first, GtkWidget *second)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), first);
  gtk_box_append (GTK_BOX (box), second);
  return box;
}

/* What is wrong, then what mends it: below each other where they do not fit. */
static void
make_message (WbGrid *self)
{
  self->message = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->message_icon = gtk_image_new ();
  self->message_label = gtk_label_new ("");
  self->fix = gtk_button_new_with_label ("");
  /* Translators: beside a button: the key Tab does the same */
  self->hint = gtk_label_new (_("Tab takes it"));
  gtk_widget_add_css_class (self->message, "grid-message");
  gtk_widget_add_css_class (self->fix, "grid-fix");
  gtk_widget_add_css_class (self->hint, "dim-label");
  gtk_widget_add_css_class (self->hint, "caption");
  gtk_label_set_wrap (GTK_LABEL (self->message_label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (self->message_label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (self->message_label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->hint), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->fix))), PANGO_ELLIPSIZE_END);
  gtk_widget_set_valign (self->fix, GTK_ALIGN_CENTER);
  /* It must not take the focus from what is being typed; its key is Tab. */
  gtk_widget_set_focusable (self->fix, FALSE);
  gtk_box_append (GTK_BOX (self->message), make_part (self->message_icon, self->message_label));
  gtk_box_append (GTK_BOX (self->message), make_part (self->fix, self->hint));
  gtk_widget_set_visible (self->message, FALSE);
  gtk_widget_set_parent (self->message, GTK_WIDGET (self));
  g_signal_connect_swapped (self->fix, "clicked", G_CALLBACK (on_fix), self);
}

void
wb_grid_set_narrow (WbGrid *self, gboolean narrow)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->message),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

void
wb_grid_edit_init (WbGrid *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->entry = gtk_entry_new ();
  gtk_entry_set_has_frame (GTK_ENTRY (self->entry), FALSE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 1);
  gtk_text_set_truncate_multiline (GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (self->entry))), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Cell"), -1);
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
  gtk_widget_set_child_visible (self->entry, FALSE);
  gtk_widget_add_controller (self->entry, focus);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_text_left), self);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)), "preedit-changed", G_CALLBACK (on_preedit),
                    self);
  make_message (self);
}
