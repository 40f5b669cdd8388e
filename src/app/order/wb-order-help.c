// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-order-window-private.h"

#include <glib/gi18n.h>

#define WIDTH 300
#define WIDTH_CHARS 30 /* so that the text does not ask for more */

/* F1: what a step is for, what it costs, three tips. */
static const struct {
  const char *purpose;
  const char *cost;
  const char *tips[3];
} help[WB_N_STEPS] = {
  [WB_STEP_CUSTOMER] = { N_("An order is for one customer. Everything it makes will belong to them."), N_("Creating a customer is free."),
    { N_("Enter takes the first row."), N_("Down moves from the search to the rows."), N_("The service must know the country and the state by its own list.") } },
  [WB_STEP_DOMAINS] = { N_("The names that are bought with this order."), N_("Each name is paid for its years at once."),
    { N_("Paste a whole list: commas, lines and web addresses are fine."), N_("A name that could not be asked for does not count as available."), N_("Prices older than ten minutes are asked again at Review.") } },
  [WB_STEP_MAILBOXES] = { N_("Who gets a mailbox, and under which user name."), N_("Each mailbox is paid every month."),
    { N_("Fill from Names makes user names from people."), N_("Paste rows from a spreadsheet."), N_("F8 goes to the next problem.") } },
  [WB_STEP_PICTURES] = { N_("The picture that recipients may see beside a mailbox."), N_("Pictures are free."),
    { N_("Drop a whole folder: file names find their people."), N_("C crops, R rotates, 0 resets the selected picture."), N_("After the order only a public address can be set, not a file.") } },
  [WB_STEP_OPTIONS] = { N_("The provider, how it renews, and when it is paid."), N_("Nothing here costs more."),
    { N_("Two steps are safer: you see the order before you pay."), N_("Sign-in data are needed for exports only."), N_("Domains renew apart from mailboxes.") } },
  [WB_STEP_REVIEW] = { N_("The last look: checks, the sum, and what exactly is sent."), N_("Creating is free; paying comes after."),
    { N_("Show leads to what a check is about."), N_("The sum is worked out; your wallet proves it afterwards."), N_("What is paid cannot be given back.") } },
  [WB_STEP_TRACKING] = { N_("How far the order has come."), N_("Nothing more is paid here."),
    { N_("You can close this window; Waybill tells you at the end."), N_("Do not order again when it is slow."), N_("The wallet shows what was taken.") } },
};

static void
add_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), WIDTH_CHARS);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
}

GtkWidget *
wb_order_help_new (WbStep step)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_add_css_class (box, "pane-body");
  gtk_widget_set_size_request (box, WIDTH, -1);
  add_label (box, _(wb_step_rows[step].title), "title-4");
  add_label (box, _(help[step].purpose), NULL);
  add_label (box, _("What It Costs"), "heading");
  add_label (box, _(help[step].cost), NULL);
  add_label (box, _("Good to Know"), "heading");
  for (guint i = 0; i < G_N_ELEMENTS (help[step].tips); i++)
    add_label (box, _(help[step].tips[i]), NULL);
  return box;
}
