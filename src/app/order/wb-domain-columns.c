// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-domain-columns.h"

#include "wb-text-scale.h"

typedef enum { NAME, ANSWER, ACT, PRICE, REMOVE, N_PARTS } Part;
typedef enum { TWO_LINES, UNDER, SIDE_BY_SIDE } Shape;

#define GAP 10
#define LINE_GAP 4
#define UNDER_FROM 400
#define SIDE_BY_SIDE_FROM 660

/* Of all but the name, which takes the rest. */
static const int widths[N_PARTS] = { 0, 180, 132, 70, 34 };

struct _WbDomainColumns {
  GtkLayoutManager parent_instance;

  gboolean heading;
};

G_DEFINE_FINAL_TYPE (WbDomainColumns, wb_domain_columns, GTK_TYPE_LAYOUT_MANAGER)

static Shape
shape_for (int width)
{
  double scale = wb_text_scale ();

  return width >= SIDE_BY_SIDE_FROM * scale ? SIDE_BY_SIDE : width >= UNDER_FROM * scale ? UNDER : TWO_LINES;
}

static int
width_of (Part part)
{
  /* The button does not grow with the text. */
  return part == REMOVE ? widths[part] : (int) (widths[part] * wb_text_scale ());
}

static void
find_parts (GtkWidget *widget, GtkWidget *parts[N_PARTS])
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  for (Part part = NAME; part < N_PARTS; part++)
    {
      parts[part] = child;
      child = child != NULL ? gtk_widget_get_next_sibling (child) : NULL;
    }
}

static int
height_of (GtkWidget *child, int width)
{
  int natural = 0, minimum = 0;

  if (child == NULL || !gtk_widget_get_visible (child))
    return 0;
  /* With a wide font a part may need more than its column; it is given that (allocate_part). */
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, MAX (width, minimum), NULL, &natural, NULL, NULL);
  return natural;
}

typedef struct {
  int x[N_PARTS], width[N_PARTS], line[N_PARTS], height[N_PARTS];
  int lines[2]; /* their heights */
} Plan;

static void
set_place (Plan *plan, Part part, int x, int width, int line)
{
  plan->x[part] = x;
  plan->width[part] = MAX (width, 0);
  plan->line[part] = line;
}

static void
place_side_by_side (Plan *plan, GtkWidget *parts[N_PARTS], int width)
{
  int x = width;

  for (Part part = REMOVE; part > NAME; part--)
    {
      x -= width_of (part);
      set_place (plan, part, x, width_of (part), 0);
      x -= GAP;
    }
  set_place (plan, NAME, 0, x, 0);
}

/* Name and answer one below the other, beside the rest, which spans both lines. */
static void
place_under (Plan *plan, GtkWidget *parts[N_PARTS], int width)
{
  int x = width - width_of (REMOVE);

  set_place (plan, REMOVE, x, width_of (REMOVE), -1);
  x -= GAP + width_of (PRICE);
  set_place (plan, PRICE, x, width_of (PRICE), -1);
  x -= GAP + width_of (ACT);
  set_place (plan, ACT, x, width_of (ACT), -1);
  set_place (plan, NAME, 0, x - GAP, 0);
  set_place (plan, ANSWER, 0, x - GAP, 1);
}

static int
natural_width (GtkWidget *child)
{
  int natural = 0;

  if (child != NULL && gtk_widget_get_visible (child))
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* Here nothing stands in columns: each takes what it needs. */
static void
place_two_lines (Plan *plan, GtkWidget *parts[N_PARTS], int width)
{
  int x = width - width_of (REMOVE), act = natural_width (parts[ACT]), price = natural_width (parts[PRICE]);

  set_place (plan, REMOVE, x, width_of (REMOVE), 0);
  x -= 6 + price;
  set_place (plan, PRICE, x, price, 0);
  set_place (plan, NAME, 0, x - 6, 0);
  x = width - act;
  set_place (plan, ACT, x, act, 1);
  set_place (plan, ANSWER, 0, x - 6, 1);
}

static int
make_plan (Plan *plan, GtkWidget *parts[N_PARTS], int width)
{
  static void (*const place[]) (Plan *, GtkWidget *[], int) = { place_two_lines, place_under, place_side_by_side };
  int spanning = 0, total;

  plan->lines[0] = plan->lines[1] = 0;
  place[shape_for (width)](plan, parts, width);
  for (Part part = NAME; part < N_PARTS; part++)
    {
      plan->height[part] = height_of (parts[part], plan->width[part]);
      if (plan->line[part] < 0)
        spanning = MAX (spanning, plan->height[part]);
      else
        plan->lines[plan->line[part]] = MAX (plan->lines[plan->line[part]], plan->height[part]);
    }
  total = plan->lines[0] + plan->lines[1] + (plan->lines[1] > 0 ? LINE_GAP : 0);
  return MAX (total, spanning);
}

static gboolean
is_absent (WbDomainColumns *self, int width)
{
  return self->heading && shape_for (width) != SIDE_BY_SIDE;
}

static void
measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
         int *natural, int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *parts[N_PARTS];
  Plan plan;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 240;
      *natural = SIDE_BY_SIDE_FROM * wb_text_scale ();
      return;
    }
  find_parts (widget, parts);
  for_size = for_size < 0 ? (int) (SIDE_BY_SIDE_FROM * wb_text_scale ()) : for_size;
  *minimum = *natural = is_absent (WB_DOMAIN_COLUMNS (manager), for_size) ? 0 : make_plan (&plan, parts, for_size);
}

static void
allocate_part (GtkWidget *child, const Plan *plan, Part part, int width, int height, gboolean rtl)
{
  int line = plan->line[part];
  int top = line == 1 ? plan->lines[0] + LINE_GAP : 0;
  int high = line < 0 || plan->lines[1] == 0 ? height : plan->lines[line];
  int x = rtl ? width - plan->x[part] - plan->width[part] : plan->x[part];
  int minimum = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_allocate (child, MAX (plan->width[part], minimum), plan->height[part], -1,
                       gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (x, top + (high - plan->height[part]) / 2)));
}

static void
allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  gboolean absent = is_absent (WB_DOMAIN_COLUMNS (manager), width);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *parts[N_PARTS];
  Plan plan;

  find_parts (widget, parts);
  make_plan (&plan, parts, width);
  for (Part part = NAME; part < N_PARTS; part++)
    {
      if (parts[part] == NULL)
        continue;
      gtk_widget_set_child_visible (parts[part], !absent);
      if (!absent && gtk_widget_should_layout (parts[part]))
        allocate_part (parts[part], &plan, part, width, height, rtl);
    }
}

static GtkSizeRequestMode
get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
wb_domain_columns_class_init (WbDomainColumnsClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->allocate = allocate;
  manager_class->get_request_mode = get_request_mode;
  manager_class->measure = measure;
}

static void
wb_domain_columns_init (WbDomainColumns *self)
{
}

GtkLayoutManager *
wb_domain_columns_new (gboolean heading)
{
  WbDomainColumns *self = g_object_new (WB_TYPE_DOMAIN_COLUMNS, NULL);

  self->heading = heading;
  return GTK_LAYOUT_MANAGER (self);
}
