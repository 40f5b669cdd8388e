// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-chip-bar.h"

#include "wb-format.h"

/* Pixels: of the chip beside the chosen one, and of one step of the wheel. */
#define PEEK 24
#define WHEEL 60

struct _WbChipBar {
  GtkWidget parent_instance;

  GtkWidget *scroller, *box;
  char *selected;
};

typedef struct {
  char *name;
  char *title;
  GtkWidget *count; /* its width stays: what is typed changes all of them, and the window would be laid out anew */
  guint chars;      /* the most that it had to show */
} Chip;

enum { SELECTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbChipBar, wb_chip_bar, GTK_TYPE_WIDGET)

static void
chip_free (gpointer data)
{
  Chip *chip = data;

  g_free (chip->name);
  g_free (chip->title);
  g_free (chip);
}

static Chip *
chip_of (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "chip");
}

static GtkWidget *
find (WbChipBar *self, const char *name)
{
  for (GtkWidget *button = gtk_widget_get_first_child (self->box); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    if (g_strcmp0 (chip_of (button)->name, name) == 0)
      return button;
  return NULL;
}

/* Only the chosen chip is a Tab stop. */
static void
update_focusable (WbChipBar *self)
{
  for (GtkWidget *button = gtk_widget_get_first_child (self->box); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    gtk_widget_set_focusable (button, g_strcmp0 (chip_of (button)->name, self->selected) == 0);
}

static GtkAdjustment *
adjustment_of (WbChipBar *self)
{
  return gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller));
}

/* The chosen chip is seen whole, and a little of the next one; before it has a place there is nothing to scroll. */
static void
reveal_chosen (WbChipBar *self)
{
  GtkWidget *button = find (self, self->selected);
  graphene_rect_t bounds;

  if (button != NULL && gtk_widget_get_width (button) > 0 && gtk_widget_compute_bounds (button, self->box, &bounds))
    gtk_adjustment_clamp_page (adjustment_of (self), bounds.origin.x - PEEK, bounds.origin.x + bounds.size.width + PEEK);
}

/* A wheel turns one way only: here it goes along. */
static gboolean
on_wheel (GtkEventControllerScroll *wheel, double dx, double dy, WbChipBar *self)
{
  GtkAdjustment *adjustment = adjustment_of (self);

  if (gtk_adjustment_get_upper (adjustment) <= gtk_adjustment_get_page_size (adjustment))
    return FALSE;
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + (dx != 0 ? dx : dy) * WHEEL);
  return TRUE;
}

static void
on_toggled (GtkToggleButton *button, WbChipBar *self)
{
  Chip *chip = chip_of (GTK_WIDGET (button));

  if (!gtk_toggle_button_get_active (button) || g_strcmp0 (self->selected, chip->name) == 0)
    return;
  g_free (self->selected);
  self->selected = g_strdup (chip->name);
  update_focusable (self);
  /* The focus goes along, if it is here: what has it is kept in view. */
  if (gtk_widget_get_focus_child (self->box) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (button));
  reveal_chosen (self);
  g_signal_emit (self, signals[SELECTED], 0, self->selected);
}

static gboolean
on_key (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, WbChipBar *self)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  GtkWidget *now = find (self, self->selected), *next = NULL;

  if (now == NULL || (keyval != GDK_KEY_Left && keyval != GDK_KEY_Right))
    return FALSE;
  next = (keyval == GDK_KEY_Right) != rtl ? gtk_widget_get_next_sibling (now) : gtk_widget_get_prev_sibling (now);
  if (next == NULL)
    return TRUE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (next), TRUE);
  gtk_widget_grab_focus (next);
  return TRUE;
}

static void
wb_chip_bar_dispose (GObject *object)
{
  g_clear_pointer (&WB_CHIP_BAR (object)->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (wb_chip_bar_parent_class)->dispose (object);
}

static void
wb_chip_bar_finalize (GObject *object)
{
  g_free (WB_CHIP_BAR (object)->selected);
  G_OBJECT_CLASS (wb_chip_bar_parent_class)->finalize (object);
}

static void
wb_chip_bar_class_init (WbChipBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_chip_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_chip_bar_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SELECTED] = g_signal_new ("selected", WB_TYPE_CHIP_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                    1, G_TYPE_STRING);
}

static void
wb_chip_bar_init (WbChipBar *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *wheel = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->scroller = gtk_scrolled_window_new ();
  gtk_widget_set_focusable (self->scroller, FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->box);
  gtk_widget_add_css_class (self->scroller, "fades");
  gtk_widget_set_focusable (self->scroller, FALSE);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (wheel, "scroll", G_CALLBACK (on_wheel), self);
  gtk_widget_add_controller (GTK_WIDGET (self), wheel);
}

GtkWidget *
wb_chip_bar_new (void)
{
  return g_object_new (WB_TYPE_CHIP_BAR, NULL);
}

void
wb_chip_bar_add (WbChipBar *self, const char *name, const char *title)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *first = gtk_widget_get_first_child (self->box);
  Chip *chip = g_new0 (Chip, 1);

  chip->name = g_strdup (name);
  chip->title = g_strdup (title);
  chip->count = gtk_inscription_new ("");
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (chip->count), 0);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (chip->count), 0);
  gtk_widget_add_css_class (chip->count, "numeric");
  gtk_widget_add_css_class (chip->count, "chip-count");
  gtk_widget_set_visible (chip->count, FALSE);
  gtk_box_append (GTK_BOX (box), gtk_label_new (title));
  gtk_box_append (GTK_BOX (box), chip->count);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "chip");
  gtk_widget_set_focusable (button, FALSE);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first != NULL ? GTK_TOGGLE_BUTTON (first) : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data_full (G_OBJECT (button), "chip", chip, chip_free);
  g_signal_connect (button, "toggled", G_CALLBACK (on_toggled), self);
  gtk_box_append (GTK_BOX (self->box), button);
}

/* In characters, which GTK knows the width of in any style; in pixels it would be that of the style of now. */
static void
make_room (Chip *chip, guint chars)
{
  if (chars <= chip->chars)
    return;
  chip->chars = chars;
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (chip->count), chars);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (chip->count), chars);
}

void
wb_chip_bar_set_count (WbChipBar *self, const char *name, gint64 count)
{
  GtkWidget *button = find (self, name);
  g_autofree char *text = wb_format_count (MAX (count, 0));
  g_autofree char *label = NULL;
  Chip *chip;

  if (button == NULL)
    return;
  chip = chip_of (button);
  label = count >= 0 ? g_strdup_printf ("%s %s", chip->title, text) : g_strdup (chip->title);
  make_room (chip, (guint) g_utf8_strlen (text, -1));
  gtk_inscription_set_text (GTK_INSCRIPTION (chip->count), text);
  gtk_widget_set_visible (chip->count, count >= 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
wb_chip_bar_select (WbChipBar *self, const char *name)
{
  GtkWidget *button = find (self, name);

  if (button != NULL)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}

const char *
wb_chip_bar_get_selected (WbChipBar *self)
{
  return self->selected;
}
