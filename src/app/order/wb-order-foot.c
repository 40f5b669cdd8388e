// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-order-window-private.h"

#include <glib/gi18n.h>

#include "wb-format.h"

/* Foot: the step's own counts, and the cost on every step. */

static void
update_cost (WbOrderWindow *self)
{
  g_autoptr (WbCost) cost = wb_draft_cost (self->draft);
  g_autofree char *due = wb_format_money (cost->due_cents), *monthly = wb_format_money (cost->monthly_cents);
  /* Translators: a sum */
  g_autofree char *then = g_strdup_printf (_("Then %s a month"), monthly);
  g_autofree char *now = g_strdup_printf (cost->complete ? _("Due now about %s") : _("Due now at least %s"), due);

  gtk_label_set_label (self->then, then);
  gtk_label_set_label (self->due, now);
}

/* A step's own foot stands in place of the counts; it is made once, so that it keeps its focus. */
static void
set_foot (WbOrderWindow *self, GtkWidget *own)
{
  GtkWidget *old = gtk_widget_get_first_child (self->foot_place);

  if (old == own)
    return;
  if (old != NULL)
    gtk_box_remove (GTK_BOX (self->foot_place), old);
  if (own != NULL)
    gtk_box_append (GTK_BOX (self->foot_place), own);
}

/* What a person sees and hears of a foot; the buttons of two that are equal do the same. */
static void
describe (GtkWidget *widget, GString *text)
{
  g_auto (GStrv) classes = gtk_widget_get_css_classes (widget);
  g_autofree char *styles = g_strjoinv (" ", classes);

  g_string_append_printf (text, "%s [%s] %s ", G_OBJECT_TYPE_NAME (widget), styles,
                          gtk_widget_get_sensitive (widget) ? "" : "off");
  if (gtk_widget_get_tooltip_text (widget) != NULL)
    g_string_append (text, gtk_widget_get_tooltip_text (widget));
  if (GTK_IS_LABEL (widget))
    g_string_append (text, gtk_label_get_label (GTK_LABEL (widget)));
  if (GTK_IS_IMAGE (widget) && gtk_image_get_icon_name (GTK_IMAGE (widget)) != NULL)
    g_string_append (text, gtk_image_get_icon_name (GTK_IMAGE (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    describe (child, text);
}

static gboolean
is_same (GtkWidget *one, GtkWidget *other)
{
  g_autoptr (GString) first = g_string_new (NULL), second = g_string_new (NULL);

  /* The boxes themselves: one is not shown yet. */
  for (GtkWidget *child = gtk_widget_get_first_child (one); child != NULL; child = gtk_widget_get_next_sibling (child))
    describe (child, first);
  for (GtkWidget *child = gtk_widget_get_first_child (other); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    describe (child, second);
  return g_string_equal (first, second);
}

static GtkWidget *
child_at (GtkWidget *box, int place)
{
  GtkWidget *child = gtk_widget_get_first_child (box);

  while (child != NULL && place-- > 0)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* Where the focus is in it, or -1. */
static int
focus_place (GtkWidget *box)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (box)), *child;

  for (int place = 0; (child = child_at (box, place)) != NULL; place++)
    if (focus != NULL && (focus == child || gtk_widget_is_ancestor (focus, child)))
      return place;
  return -1;
}

/* The step fills a box of its own, and only what differs takes the place of what stands there: to make all anew
 * with each update would take the focus from a button, and the click from one that is held. */
static void
take_counts (WbOrderWindow *self, WbOrderStep *page)
{
  GtkBox *left = GTK_BOX (self->foot_left);
  GtkWidget *before = gtk_widget_get_first_child (self->foot_left),
            *made = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *again;
  int place;

  gtk_widget_set_visible (made, FALSE);
  gtk_box_append (left, made);
  if (WB_ORDER_STEP_GET_CLASS (page)->fill_foot != NULL)
    WB_ORDER_STEP_GET_CLASS (page)->fill_foot (page, GTK_BOX (made));
  if (before != NULL && is_same (before, made))
    {
      gtk_box_remove (left, made);
      return;
    }
  place = before != NULL ? focus_place (before) : -1;
  if (before != NULL)
    gtk_box_remove (left, before);
  gtk_widget_set_visible (made, TRUE);
  again = place >= 0 ? child_at (made, place) : NULL;
  if (again != NULL)
    gtk_widget_grab_focus (again);
}

void
wb_order_window_update_foot (WbOrderWindow *self)
{
  WbOrderStep *page = self->steps[self->step];
  GtkWidget *own = page != NULL && WB_ORDER_STEP_GET_CLASS (page)->get_foot != NULL
                       ? WB_ORDER_STEP_GET_CLASS (page)->get_foot (page)
                       : NULL;

  set_foot (self, own);
  gtk_widget_set_visible (self->foot, own == NULL && page != NULL);
  if (own != NULL || page == NULL)
    return;
  update_cost (self);
  take_counts (self, page);
}
