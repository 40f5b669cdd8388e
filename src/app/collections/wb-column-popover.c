// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-column-layout.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"

struct _WbColumnPopover {
  GtkPopover parent_instance;

  const WbCollectionWords *words;
  GArray *layout; /* of WbColumnPlace; the page's own */
  GtkWidget *rows;
  gboolean updating;
};

/* A row, by the column it stands for; rows lie in the order of the layout. */
typedef struct {
  guint column;
  GtkWidget *tick, *up, *down;
} Row;

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbColumnPopover, wb_column_popover, GTK_TYPE_POPOVER)

/* What is dragged: no text that could be dropped anywhere else. */
typedef struct {
  guint column;
} WbColumnDrag;

static WbColumnDrag *
wb_column_drag_copy (WbColumnDrag *drag)
{
  return g_memdup2 (drag, sizeof *drag);
}

GType wb_column_drag_get_type (void);
G_DEFINE_BOXED_TYPE (WbColumnDrag, wb_column_drag, wb_column_drag_copy, g_free)

static Row *
row_of (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "row");
}

static int
find_place (WbColumnPopover *self, guint column)
{
  for (guint i = 0; i < self->layout->len; i++)
    if (g_array_index (self->layout, WbColumnPlace, i).column == column)
      return (int) i;
  return -1;
}

static GtkWidget *
find_row (WbColumnPopover *self, guint column)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->rows); row != NULL; row = gtk_widget_get_next_sibling (row))
    if (row_of (row) != NULL && row_of (row)->column == column)
      return row;
  return NULL;
}

/* Rows as the layout has them; none is made anew, so that the focus stays. */
static void
update (WbColumnPopover *self)
{
  GtkWidget *before = gtk_widget_get_first_child (self->rows);

  self->updating = TRUE;
  for (guint i = 0; i < self->layout->len; i++)
    {
      WbColumnPlace *place = &g_array_index (self->layout, WbColumnPlace, i);
      GtkWidget *widget = find_row (self, place->column);
      Row *row = row_of (widget);

      gtk_box_reorder_child_after (GTK_BOX (self->rows), widget, before);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (row->tick), place->shown);
      if ((i == 0 && gtk_widget_has_focus (row->up)) || (i + 1 == self->layout->len && gtk_widget_has_focus (row->down)))
        gtk_widget_grab_focus (gtk_widget_is_sensitive (row->tick) ? row->tick : i == 0 ? row->down : row->up);
      gtk_widget_set_sensitive (row->up, i > 0);
      gtk_widget_set_sensitive (row->down, i + 1 < self->layout->len);
      before = widget;
    }
  self->updating = FALSE;
}

static void
changed (WbColumnPopover *self)
{
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
move_by (WbColumnPopover *self, GtkWidget *widget, int by)
{
  int from = find_place (self, row_of (widget)->column);

  if (from + by >= 0 && wb_column_layout_move (self->layout, (guint) from, (guint) (from + by)))
    changed (self);
}

static void
on_tick (GtkCheckButton *tick, GtkWidget *widget)
{
  WbColumnPopover *self = WB_COLUMN_POPOVER (gtk_widget_get_ancestor (widget, WB_TYPE_COLUMN_POPOVER));
  int place = self != NULL && !self->updating ? find_place (self, row_of (widget)->column) : -1;

  if (place < 0)
    return;
  g_array_index (self->layout, WbColumnPlace, place).shown = gtk_check_button_get_active (tick);
  changed (self);
}

static void
on_up (GtkWidget *widget)
{
  move_by (WB_COLUMN_POPOVER (gtk_widget_get_ancestor (widget, WB_TYPE_COLUMN_POPOVER)), widget, -1);
}

static void
on_down (GtkWidget *widget)
{
  move_by (WB_COLUMN_POPOVER (gtk_widget_get_ancestor (widget, WB_TYPE_COLUMN_POPOVER)), widget, 1);
}

static void
on_reset (WbColumnPopover *self)
{
  wb_column_layout_reset (self->words, self->layout);
  changed (self);
}

/* Alt+Up and Alt+Down, wherever in the row the focus is. */
static gboolean
on_key (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, WbColumnPopover *self)
{
  GtkWidget *row = gtk_widget_get_focus_child (self->rows);
  gboolean up = keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up, down = keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down;

  if ((state & gtk_accelerator_get_default_mod_mask ()) != GDK_ALT_MASK || (!up && !down) || row == NULL || row_of (row) == NULL)
    return FALSE;
  move_by (self, row, up ? -1 : 1);
  return TRUE;
}

/* Dragging */

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, GtkWidget *widget)
{
  WbColumnDrag drag = { row_of (widget)->column };
  g_autoptr (GdkPaintable) live = gtk_widget_paintable_new (widget);
  g_autoptr (GdkPaintable) still = gdk_paintable_get_current_image (live);

  gtk_drag_source_set_icon (source, still, (int) x, (int) y);
  return gdk_content_provider_new_typed (wb_column_drag_get_type (), &drag);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, GtkWidget *widget)
{
  WbColumnPopover *self = WB_COLUMN_POPOVER (gtk_widget_get_ancestor (widget, WB_TYPE_COLUMN_POPOVER));
  WbColumnDrag *drag = g_value_get_boxed (value);
  int from = find_place (self, drag->column), to = find_place (self, row_of (widget)->column);

  if (from < 0 || to < 0 || !wb_column_layout_move (self->layout, (guint) from, (guint) to))
    return FALSE;
  changed (self);
  return TRUE;
}

static void
watch_drags (GtkWidget *widget)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (wb_column_drag_get_type (), GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (on_prepare), widget);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), widget);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}

/* Making it */

static GtkWidget *
make_tick (const char *title, gboolean sensitive)
{
  GtkWidget *tick = gtk_check_button_new_with_label (title);

  gtk_widget_set_hexpand (tick, TRUE);
  gtk_widget_set_sensitive (tick, sensitive);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), TRUE);
  if (!sensitive)
    gtk_widget_set_tooltip_text (tick, _("This column always stays."));
  return tick;
}

static GtkWidget *
make_mover (GtkWidget *row, const char *icon, const char *name, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  wb_accessible_set_name (button, name);
  g_signal_connect_swapped (button, "clicked", callback, row);
  gtk_box_append (GTK_BOX (row), button);
  return button;
}

static void
add_row (WbColumnPopover *self, const WbColumnPlace *place)
{
  const char *title = _(self->words->columns[place->column].title);
  /* Translators: %s is the title of a column */
  g_autofree char *up = g_strdup_printf (_("Move “%s” Up"), title), *down = g_strdup_printf (_("Move “%s” Down"), title);
  GtkWidget *widget = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *handle = gtk_image_new_from_icon_name ("open-menu-symbolic");
  Row *row = g_new0 (Row, 1);

  row->column = place->column;
  row->tick = make_tick (title, wb_column_layout_can_hide (self->words, place));
  gtk_widget_add_css_class (widget, "column-row");
  gtk_widget_add_css_class (handle, "dim-label");
  gtk_widget_set_cursor_from_name (handle, "grab");
  gtk_box_append (GTK_BOX (widget), handle);
  gtk_box_append (GTK_BOX (widget), row->tick);
  row->up = make_mover (widget, "go-up-symbolic", up, G_CALLBACK (on_up));
  row->down = make_mover (widget, "go-down-symbolic", down, G_CALLBACK (on_down));
  g_object_set_data_full (G_OBJECT (widget), "row", row, g_free);
  g_signal_connect (row->tick, "toggled", G_CALLBACK (on_tick), widget);
  watch_drags (widget);
  gtk_box_append (GTK_BOX (self->rows), widget);
}

static void
add_first (WbColumnPopover *self)
{
  GtkWidget *widget = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (widget, "column-row");
  gtk_widget_add_css_class (widget, "first-column");
  gtk_box_append (GTK_BOX (widget), make_tick (_(self->words->columns[0].title), FALSE));
  gtk_box_append (GTK_BOX (self->rows), widget);
}

static GtkWidget *
make_note (void)
{
  GtkWidget *note = gtk_label_new (_("Columns that do not fit step aside until there is room."));

  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_label_set_xalign (GTK_LABEL (note), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (note), 30);
  gtk_widget_add_css_class (note, "caption");
  gtk_widget_add_css_class (note, "dim-label");
  return note;
}

static GtkWidget *
make_body (WbColumnPopover *self)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = gtk_label_new (_("Columns")), *reset = gtk_button_new_with_label (_("Reset"));

  gtk_widget_add_css_class (body, "columns-body");
  gtk_widget_add_css_class (title, "heading");
  gtk_widget_set_hexpand (title, TRUE);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (reset, "flat");
  g_signal_connect_swapped (reset, "clicked", G_CALLBACK (on_reset), self);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), reset);
  gtk_box_append (GTK_BOX (body), head);
  gtk_box_append (GTK_BOX (body), self->rows);
  gtk_box_append (GTK_BOX (body), make_note ());
  return body;
}

static void
wb_column_popover_finalize (GObject *object)
{
  g_array_unref (WB_COLUMN_POPOVER (object)->layout);
  G_OBJECT_CLASS (wb_column_popover_parent_class)->finalize (object);
}

static void
wb_column_popover_class_init (WbColumnPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_column_popover_finalize;
  signals[CHANGED] = g_signal_new ("changed", WB_TYPE_COLUMN_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_column_popover_init (WbColumnPopover *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Columns"), -1);
}

GtkWidget *
wb_column_popover_new (const WbCollectionWords *words, GArray *layout)
{
  WbColumnPopover *self = g_object_new (WB_TYPE_COLUMN_POPOVER, NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->words = words;
  self->layout = g_array_ref (layout);
  add_first (self);
  for (guint i = 0; i < layout->len; i++)
    add_row (self, &g_array_index (layout, WbColumnPlace, i));
  update (self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 480);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), make_body (self));
  gtk_popover_set_child (GTK_POPOVER (self), scroller);
  return GTK_WIDGET (self);
}
