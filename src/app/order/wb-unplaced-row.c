// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-unplaced-row.h"

#include <glib/gi18n.h>

#include "wb-compat.h"
#include "wb-format.h"
#include "wb-picture-drag.h"
#include "wb-tile-state.h"

#define THUMB 40

struct _WbUnplacedRow {
  GtkWidget parent_instance;

  WbDraft *draft;
  WbPreviewCache *previews;
  GtkWidget *box, *thumb, *name, *line, *button;
  guint file;
  int guess;
  WbUnplacedAct act;
  gboolean judged;
};

enum { ACT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbUnplacedRow, wb_unplaced_row, GTK_TYPE_WIDGET)

int
wb_picture_find_address (WbDraft *draft, const char *address)
{
  for (guint i = 0; i < wb_draft_get_n_mailboxes (draft); i++)
    {
      g_autofree char *other = wb_draft_dup_address (draft, i);

      if (g_str_equal (other, address))
        return i;
    }
  return -1;
}

char *
wb_picture_dup_who (WbDraft *draft, guint row)
{
  const WbDraftMailbox *mailbox = wb_draft_get_mailbox (draft, row);
  g_autofree char *first = wb_format_text (mailbox->first_name), *last = wb_format_text (mailbox->last_name);

  if (*first == '\0' && *last == '\0')
    return wb_format_text (mailbox->user_name);
  return g_strstrip (g_strdup_printf ("%s %s", first, last));
}

WbUnplacedAct
wb_unplaced_judge (WbDraft *draft, guint id, int *row, char **line)
{
  const WbDraftFile *file = wb_draft_get_file (draft, id);
  g_auto (GStrv) guesses = NULL;
  g_autofree char *who = NULL;
  int first;

  *row = -1;
  if (file == NULL || file->refused != 0)
    {
      *line = file != NULL ? wb_refusal_dup_short (file) : g_strdup ("");
      return WB_UNPLACED_REMOVE;
    }
  guesses = wb_draft_dup_guesses (draft, id);
  first = guesses[0] != NULL ? wb_picture_find_address (draft, guesses[0]) : -1;
  if (first < 0)
    {
      *line = g_strdup (_("No name in it fits"));
      return WB_UNPLACED_CHOOSE;
    }
  who = wb_picture_dup_who (draft, first);
  /* Translators: %s is the name of a person whose picture it may be */
  *line = g_strdup_printf (guesses[1] != NULL ? _("May be %s or others") : _("Fits %s"), who);
  *row = guesses[1] == NULL ? first : -1;
  return *row >= 0 ? WB_UNPLACED_USE : WB_UNPLACED_CHOOSE;
}

static void
show_thumb (WbUnplacedRow *self, gboolean in_view)
{
  guint side = (guint) (THUMB * gtk_widget_get_scale_factor (self->thumb));
  g_autoptr (GdkTexture) texture
      = in_view && self->file != 0 ? wb_preview_cache_dup (self->previews, self->file, side) : NULL;

  if (texture != NULL)
    gtk_image_set_from_paintable (GTK_IMAGE (self->thumb), GDK_PAINTABLE (texture));
  else
    gtk_image_set_from_icon_name (GTK_IMAGE (self->thumb), self->act == WB_UNPLACED_REMOVE
                                                               ? "image-missing-symbolic"
                                                               : "image-x-generic-symbolic");
}

static void
judge (WbUnplacedRow *self)
{
  static const char *const labels[] = { [WB_UNPLACED_USE] = N_("Use"),
                                        [WB_UNPLACED_CHOOSE] = N_("Choose…"),
                                        [WB_UNPLACED_REMOVE] = N_("Remove") };
  g_autofree char *line = NULL, *spoken = NULL;

  self->judged = TRUE;
  self->act = wb_unplaced_judge (self->draft, self->file, &self->guess, &line);
  gtk_label_set_label (GTK_LABEL (self->line), line);
  gtk_button_set_label (GTK_BUTTON (self->button), _(labels[self->act]));
  gtk_widget_set_visible (self->button, TRUE);
  spoken = g_strdup_printf ("%s, %s", gtk_label_get_label (GTK_LABEL (self->name)), line);
  wb_compat_name_list_row (GTK_WIDGET (self), spoken);
}

void
wb_unplaced_row_refresh (WbUnplacedRow *self, gboolean in_view, gboolean again)
{
  if (again)
    self->judged = FALSE;
  if (in_view && !self->judged && self->file != 0)
    judge (self);
  show_thumb (self, in_view);
}

void
wb_unplaced_row_set_file (WbUnplacedRow *self, guint id)
{
  const WbDraftFile *file = wb_draft_get_file (self->draft, id);
  g_autofree char *name = wb_format_text (file != NULL ? file->file_name : "");

  self->file = file != NULL ? id : 0;
  self->judged = FALSE;
  self->guess = -1;
  self->act = WB_UNPLACED_CHOOSE;
  gtk_label_set_label (GTK_LABEL (self->name), name);
  gtk_label_set_label (GTK_LABEL (self->line), "");
  gtk_widget_set_visible (self->button, FALSE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), *name != '\0' ? name : NULL);
  show_thumb (self, FALSE);
}

guint
wb_unplaced_row_get_file (WbUnplacedRow *self)
{
  return self->file;
}

int
wb_unplaced_row_get_guess (WbUnplacedRow *self)
{
  return self->guess;
}

static void
on_button (WbUnplacedRow *self)
{
  g_signal_emit (self, signals[ACT], 0, self->act);
}

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, WbUnplacedRow *self)
{
  if (self->file == 0 || self->act == WB_UNPLACED_REMOVE)
    return NULL;
  return wb_picture_drag_provider (wb_draft_get_id (self->draft), -1, self->file);
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, WbUnplacedRow *self)
{
  wb_picture_drag_set_icon (source, self->thumb);
}

static GtkWidget *
make_line (const char *style)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, style);
  return label;
}

static void
wb_unplaced_row_dispose (GObject *object)
{
  WbUnplacedRow *self = WB_UNPLACED_ROW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->previews);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (wb_unplaced_row_parent_class)->dispose (object);
}

static void
wb_unplaced_row_class_init (WbUnplacedRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_unplaced_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[ACT]
      = g_signal_new ("act", WB_TYPE_UNPLACED_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
wb_unplaced_row_init (WbUnplacedRow *self)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkDragSource *drag = gtk_drag_source_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->thumb = gtk_image_new ();
  self->name = make_line ("body");
  self->line = make_line ("caption");
  self->button = gtk_button_new_with_label ("");
  gtk_image_set_pixel_size (GTK_IMAGE (self->thumb), THUMB);
  gtk_widget_add_css_class (self->thumb, "thumb");
  gtk_widget_set_overflow (self->thumb, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (self->line, "dim-label");
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  /* Enter on the row does the same: the list is one Tab stop. */
  gtk_widget_set_focusable (self->button, FALSE);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_button), self);
  gtk_box_append (GTK_BOX (lines), self->name);
  gtk_box_append (GTK_BOX (lines), self->line);
  gtk_box_append (GTK_BOX (self->box), self->thumb);
  gtk_box_append (GTK_BOX (self->box), lines);
  gtk_box_append (GTK_BOX (self->box), self->button);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_drag_source_set_actions (drag, GDK_ACTION_MOVE | GDK_ACTION_COPY);
  g_signal_connect (drag, "prepare", G_CALLBACK (on_prepare), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

GtkWidget *
wb_unplaced_row_new (WbDraft *draft, WbPreviewCache *previews)
{
  WbUnplacedRow *self = g_object_new (WB_TYPE_UNPLACED_ROW, NULL);

  self->draft = g_object_ref (draft);
  self->previews = g_object_ref (previews);
  return GTK_WIDGET (self);
}
