// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-review-private.h"

#include <glib/gi18n.h>

#include "wb-accessible.h"
#include "wb-application.h"
#include "wb-dialogs.h"
#include "wb-format.h"
#include "wb-text-scale.h"

/* The list of checks. Its rows stand in one order and are updated in place, so that a tick keeps its focus. */

typedef enum { KIND_CHECK, KIND_PROBLEM, KIND_TWIN, KIND_PICTURES, KIND_RIGHTS, KIND_LOCK, KIND_CONNECTION } Kind;

static const struct {
  Kind kind;
  int code;
} order[] = {
  { KIND_LOCK, 0 },
  { KIND_CONNECTION, 0 },
  { KIND_CHECK, WB_CHECK_CUSTOMER },
  { KIND_PROBLEM, WB_PROBLEM_NO_CUSTOMER },
  { KIND_PROBLEM, WB_PROBLEM_NO_DOMAINS },
  { KIND_CHECK, WB_CHECK_NAMES },
  { KIND_PROBLEM, WB_PROBLEM_PRICE_CHANGED },
  { KIND_CHECK, WB_CHECK_WORKSPACE },
  { KIND_PROBLEM, WB_PROBLEM_EMPTY_DOMAIN },
  { KIND_PROBLEM, WB_PROBLEM_FORWARD_TO },
  { KIND_PROBLEM, WB_PROBLEM_NO_FORWARDING },
  { KIND_CHECK, WB_CHECK_ADDRESSES },
  { KIND_PROBLEM, WB_PROBLEM_NO_MAILBOXES },
  { KIND_PROBLEM, WB_PROBLEM_TOO_MANY },
  { KIND_PROBLEM, WB_PROBLEM_CELL_EMPTY },
  { KIND_PROBLEM, WB_PROBLEM_SPACES },
  { KIND_PROBLEM, WB_PROBLEM_CHARACTERS },
  { KIND_PROBLEM, WB_PROBLEM_TOO_LONG },
  { KIND_PROBLEM, WB_PROBLEM_DOTS },
  { KIND_PROBLEM, WB_PROBLEM_TWICE },
  { KIND_PROBLEM, WB_PROBLEM_EXISTS },
  { KIND_PROBLEM, WB_PROBLEM_NO_LETTERS },
  { KIND_PROBLEM, WB_PROBLEM_UNKNOWN_DOMAIN },
  { KIND_PROBLEM, WB_PROBLEM_NO_WARM_UP },
  { KIND_PICTURES, 0 },
  { KIND_PROBLEM, WB_PROBLEM_AMBIGUOUS },
  { KIND_PROBLEM, WB_PROBLEM_PICTURE_REFUSED },
  { KIND_PROBLEM, WB_PROBLEM_PICTURE_SMALL },
  { KIND_PROBLEM, WB_PROBLEM_SAME_PICTURE },
  { KIND_PROBLEM, WB_PROBLEM_NO_PICTURE },
  { KIND_PROBLEM, WB_PROBLEM_CANNOT_GO_ALONG },
  { KIND_RIGHTS, 0 },
  { KIND_PROBLEM, WB_PROBLEM_OAUTH },
  { KIND_TWIN, TRUE },
  { KIND_TWIN, FALSE },
  { KIND_CHECK, WB_CHECK_WALLET },
};
#define N_ROWS G_N_ELEMENTS (order)

typedef struct {
  GtkWidget *row; /* NULL until it first has something to say */
  GtkWidget *icon, *title, *text, *button, *tick;
  const WbProblem *show;
  char *twin; /* our id of the order that Show It leads to */
} Row;

struct _WbReviewChecks {
  GtkWidget parent_instance;

  WbProfile *profile;
  WbDraft *draft;
  const WbReviewFindings *findings; /* lent */
  GtkWidget *age, *again, *card;
  Row rows[N_ROWS];
  gboolean updating;
};

enum { SHOW, AGAIN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbReviewChecks, wb_review_checks, GTK_TYPE_WIDGET)

static void
on_button (GtkButton *button, WbReviewChecks *self)
{
  for (guint i = 0; i < N_ROWS; i++)
    {
      Row *row = &self->rows[i];

      if (row->button != GTK_WIDGET (button))
        continue;
      if (order[i].kind == KIND_LOCK)
        wb_unlock_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->profile);
      else if (order[i].kind == KIND_TWIN && row->twin != NULL)
        wb_application_show_order (WB_APPLICATION (g_application_get_default ()), row->twin);
      else if (row->show != NULL)
        g_signal_emit (self, signals[SHOW], 0, row->show);
      return;
    }
}

static void
on_tick (GtkCheckButton *tick, WbReviewChecks *self)
{
  gboolean on = gtk_check_button_get_active (tick);

  for (guint i = 0; i < N_ROWS && !self->updating; i++)
    if (self->rows[i].tick == GTK_WIDGET (tick) && order[i].kind == KIND_RIGHTS)
      wb_draft_set_may_use_pictures (self->draft, on);
    else if (self->rows[i].tick == GTK_WIDGET (tick))
      wb_draft_set_second_time (self->draft, on);
}

static void
on_again (WbReviewChecks *self)
{
  g_signal_emit (self, signals[AGAIN], 0);
}

/* Rows */

static GtkWidget *
make_text (const char *css_class)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
make_row (WbReviewChecks *self, guint i)
{
  Row *row = &self->rows[i];
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  row->row = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, "spacing", 12, NULL);
  gtk_widget_add_css_class (row->row, "check-row");
  row->icon = gtk_image_new ();
  row->title = make_text (NULL);
  row->text = make_text ("caption");
  row->button = gtk_button_new ();
  gtk_widget_add_css_class (row->text, "dim-label");
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (row->button, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (row->button, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (lines), row->title);
  gtk_box_append (GTK_BOX (lines), row->text);
  gtk_box_append (GTK_BOX (row->row), row->icon);
  gtk_box_append (GTK_BOX (row->row), lines);
  if (order[i].kind == KIND_RIGHTS || (order[i].kind == KIND_TWIN && order[i].code))
    {
      row->tick = gtk_check_button_new ();
      gtk_widget_set_valign (row->tick, GTK_ALIGN_CENTER);
      g_signal_connect_object (row->tick, "toggled", G_CALLBACK (on_tick), self, 0);
      if (order[i].kind == KIND_TWIN)
        gtk_box_append (GTK_BOX (lines), row->tick);
      else
        gtk_box_append (GTK_BOX (row->row), row->tick);
    }
  /* Beside large text it would leave no room for that. */
  gtk_box_append (GTK_BOX (wb_text_is_large () ? lines : row->row), row->button);
  g_signal_connect_object (row->button, "clicked", G_CALLBACK (on_button), self, 0);
}

/* In its place among those that are there. */
static void
ensure_row (WbReviewChecks *self, guint i)
{
  GtkWidget *after = NULL;

  if (self->rows[i].row != NULL)
    return;
  make_row (self, i);
  for (guint before = 0; before < i; before++)
    if (self->rows[before].row != NULL)
      after = self->rows[before].row;
  gtk_box_insert_child_after (GTK_BOX (self->card), self->rows[i].row, after);
}

/* The line above a row is left out where none is above it. */
static void
mark_first (WbReviewChecks *self)
{
  gboolean first = TRUE;

  for (guint i = 0; i < N_ROWS; i++)
    {
      GtkWidget *row = self->rows[i].row;

      if (row == NULL || !gtk_widget_get_visible (row))
        continue;
      if (first)
        gtk_widget_add_css_class (row, "first");
      else
        gtk_widget_remove_css_class (row, "first");
      first = FALSE;
    }
}

static void
show_look (GtkWidget *icon, WbLook look)
{
  static const struct {
    const char *icon, *css_class, *name;
  } looks[] = {
    [WB_LOOK_OK] = { "waybill-done-symbolic", "count-success", N_("Fine") },
    [WB_LOOK_WARNING] = { "dialog-warning-symbolic", "count-warning", N_("To know") },
    [WB_LOOK_ERROR] = { "dialog-error-symbolic", "count-error", N_("To mend") },
    [WB_LOOK_NOT_READ] = { "dialog-question-symbolic", "count-warning", N_("Not read") },
    [WB_LOOK_BUSY] = { "waybill-working-symbolic", "count-accent", N_("Being checked") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (icon, looks[i].css_class);
  gtk_widget_add_css_class (icon, looks[look].css_class);
  gtk_image_set_from_icon_name (GTK_IMAGE (icon), looks[look].icon);
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, _(looks[look].name), -1);
}

static gboolean
words_of (WbReviewChecks *self, guint i, WbReviewRow *words)
{
  const WbTwin *twin;
  gboolean found;

  switch (order[i].kind)
    {
    case KIND_CHECK: return wb_review_row_of_check (words, order[i].code, self->profile, self->draft, self->findings);
    case KIND_PROBLEM: return wb_review_row_of_problem (words, order[i].code, self->findings);
    case KIND_PICTURES: return wb_review_row_of_pictures (words, self->draft, self->findings);
    case KIND_RIGHTS: return wb_review_row_of_rights (words, self->draft);
    case KIND_LOCK: return wb_review_row_of_lock (words, self->profile);
    case KIND_CONNECTION: return wb_review_row_of_connection (words, self->findings);
    default: break;
    }
  found = wb_review_row_of_twin (words, order[i].code, self->draft, self->findings, &twin);
  g_free (self->rows[i].twin);
  self->rows[i].twin = twin != NULL ? g_strdup (twin->order) : NULL;
  return found;
}

static void
update_tick (WbReviewChecks *self, guint i, const WbReviewRow *words)
{
  Row *row = &self->rows[i];

  if (row->tick == NULL)
    return;
  if (order[i].kind == KIND_TWIN)
    {
      gtk_check_button_set_label (GTK_CHECK_BUTTON (row->tick), _("Order it a second time"));
      gtk_widget_set_visible (row->tick, row->twin != NULL);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (row->tick), wb_draft_get_second_time (self->draft));
      return;
    }
  gtk_check_button_set_active (GTK_CHECK_BUTTON (row->tick), wb_draft_get_may_use_pictures (self->draft));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->tick), GTK_ACCESSIBLE_PROPERTY_LABEL, words->title, -1);
}

static void
update_row (WbReviewChecks *self, guint i)
{
  g_auto (WbReviewRow) words = { 0 };
  Row *row = &self->rows[i];

  if (!words_of (self, i, &words))
    {
      row->show = NULL;
      if (row->row != NULL)
        gtk_widget_set_visible (row->row, FALSE);
      return;
    }
  ensure_row (self, i);
  gtk_widget_set_visible (row->row, TRUE);
  show_look (row->icon, words.look);
  gtk_label_set_label (GTK_LABEL (row->title), words.title);
  gtk_label_set_label (GTK_LABEL (row->text), words.text);
  gtk_widget_set_visible (row->text, *words.text != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->row), GTK_ACCESSIBLE_PROPERTY_LABEL, words.title, -1);
  row->show = words.show;
  gtk_widget_set_visible (row->button, words.button != NULL);
  if (words.button != NULL)
    {
      g_autofree char *name = g_strdup_printf ("%s: %s", words.button, words.title);

      gtk_button_set_label (GTK_BUTTON (row->button), words.button);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
  update_tick (self, i, &words);
}

void
wb_review_checks_update_age (WbReviewChecks *self)
{
  gint64 at = self->findings != NULL ? self->findings->made_at : 0;
  g_autofree char *ago = at > 0 ? wb_format_ago (at) : NULL;
  /* Translators: %s is a time such as “8 s ago” */
  g_autofree char *text = ago != NULL ? g_strdup_printf (_("made %s"), ago) : g_strdup ("");

  gtk_label_set_label (GTK_LABEL (self->age),
                       self->findings != NULL && self->findings->running ? _("checking…") : text);
}

void
wb_review_checks_update (WbReviewChecks *self, const WbReviewFindings *findings)
{
  self->findings = findings;
  self->updating = TRUE;
  for (guint i = 0; i < N_ROWS; i++)
    update_row (self, i);
  mark_first (self);
  self->updating = FALSE;
  gtk_widget_set_sensitive (self->again, !findings->running);
  wb_review_checks_update_age (self);
}

/* Life */

static GtkWidget *
make_again (void)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6),
            *label = gtk_label_new (_("Check Again"));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("view-refresh-symbolic"));
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_visible (label, !wb_text_is_large ());
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  wb_accessible_set_name (button, _("Check Again"));
  return button;
}

static void
wb_review_checks_init (WbReviewChecks *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *title = gtk_label_new (_("Checks"));
  GtkWidget *lines = gtk_box_new (wb_text_orientation (), 0);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  gtk_widget_add_css_class (head, "card-head");
  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_hexpand (title, TRUE);
  self->age = gtk_label_new ("");
  gtk_label_set_ellipsize (GTK_LABEL (self->age), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->age), 0);
  gtk_widget_add_css_class (self->age, "dim-label");
  gtk_widget_add_css_class (self->age, "numeric");
  self->again = make_again ();
  g_signal_connect_object (self->again, "clicked", G_CALLBACK (on_again), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (lines), title);
  gtk_box_append (GTK_BOX (lines), self->age);
  gtk_box_append (GTK_BOX (head), lines);
  gtk_box_append (GTK_BOX (head), self->again);
  self->card = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST, "orientation",
                             GTK_ORIENTATION_VERTICAL, NULL);
  gtk_widget_add_css_class (self->card, "card");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->card), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Checks"), -1);
  gtk_widget_set_parent (head, GTK_WIDGET (self));
  gtk_widget_set_parent (self->card, GTK_WIDGET (self));
}

static void
wb_review_checks_dispose (GObject *object)
{
  WbReviewChecks *self = WB_REVIEW_CHECKS (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  for (guint i = 0; i < N_ROWS; i++)
    {
      g_free (self->rows[i].twin);
      self->rows[i] = (Row) { 0 };
    }
  g_clear_object (&self->draft);
  g_clear_object (&self->profile);
  G_OBJECT_CLASS (wb_review_checks_parent_class)->dispose (object);
}

static void
wb_review_checks_class_init (WbReviewChecksClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_review_checks_dispose;
  signals[SHOW] = g_signal_new ("show-problem", WB_TYPE_REVIEW_CHECKS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[AGAIN]
      = g_signal_new ("again", WB_TYPE_REVIEW_CHECKS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

GtkWidget *
wb_review_checks_new (WbProfile *profile, WbDraft *draft)
{
  WbReviewChecks *self = g_object_new (WB_TYPE_REVIEW_CHECKS, NULL);

  self->profile = g_object_ref (profile);
  self->draft = g_object_ref (draft);
  return GTK_WIDGET (self);
}
