// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-domain-row.h"

#include <string.h>

#include <glib/gi18n.h>

#include "cmr-field.h"
#include "wb-accessible.h"
#include "wb-compat.h"
#include "wb-domain-answer.h"
#include "wb-domain-columns.h"
#include "wb-domain-forward.h"
#include "wb-format.h"
#include "wb-order-step.h"
#include "wb-state-pill.h"

#define MAX_YEARS 10
#define FLASH_MS 700

struct _WbDomainRow {
  GtkWidget parent_instance;

  WbDraft *draft;
  WbNameBook *book;
  char *name;
  GtkWidget *title, *wire, *sub, *pill, *options, *years, *forward, *first, *second, *price, *price_note, *remove;
  WbDomainAct acts[2];
  guint flash_id;
};

enum { ACT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbDomainRow, wb_domain_row, GTK_TYPE_WIDGET)

/* Showing */

static void
show_button (GtkWidget *button, const char *label)
{
  gtk_widget_set_visible (button, label != NULL);
  if (label != NULL)
    gtk_button_set_label (GTK_BUTTON (button), _(label));
}

static void
show_acts (WbDomainRow *self, const WbDomainAnswer *row, const WbDraftDomain *domain)
{
  gboolean kept = row->second_act == WB_DOMAIN_KEEP && domain->keep_anyway;

  self->acts[0] = row->act;
  self->acts[1] = row->second_act;
  show_button (self->first, row->label);
  show_button (self->second, kept ? NULL : row->second);
  gtk_widget_set_visible (self->options, g_str_equal (row->word, "available"));
}

static void
show_price (WbDomainRow *self, const WbDraftDomain *domain, const WbNameAnswer *answer)
{
  gboolean none = answer == NULL
                  || ((answer->state == WB_NAME_ASKING || answer->state == WB_NAME_NOT_KNOWN)
                      && answer->cents == CMR_MONEY_UNKNOWN);
  gboolean taken = answer != NULL && answer->state == WB_NAME_TAKEN;
  g_autofree char *price = wb_format_money (none || taken ? CMR_MONEY_UNKNOWN : answer->cents);

  gtk_label_set_label (GTK_LABEL (self->price), none ? "" : price);
  gtk_widget_set_visible (self->price_note, !none && !taken && domain->years > 1 && answer->cents != CMR_MONEY_UNKNOWN);
}

static void
show_options (WbDomainRow *self, const WbDraftDomain *domain)
{
  g_autofree char *years = g_strdup_printf (ngettext ("%u year", "%u years", domain->years), domain->years);
  gboolean forwards = *domain->forward_to != '\0';

  /* It makes its inside anew each time. */
  if (g_strcmp0 (gtk_menu_button_get_label (GTK_MENU_BUTTON (self->years)), years) != 0)
    gtk_menu_button_set_label (GTK_MENU_BUTTON (self->years), years);
  wb_accessible_set_name (self->years, years);
  wb_accessible_set_name (self->forward, forwards ? _("Change Forwarding") : _("Forward Visitors"));
  if (forwards)
    gtk_widget_add_css_class (self->forward, "domain-forwards");
  else
    gtk_widget_remove_css_class (self->forward, "domain-forwards");
}

static void
name_row (WbDomainRow *self, const char *shown, const char *word, const WbNameAnswer *answer)
{
  g_autofree char *price = wb_format_money (answer != NULL ? answer->cents : CMR_MONEY_UNKNOWN);
  gboolean known = answer != NULL && answer->cents != CMR_MONEY_UNKNOWN && answer->state != WB_NAME_TAKEN;
  g_autofree char *name = g_strjoin (", ", shown, wb_state_word_text ("name", word), known ? price : NULL, NULL);
  /* Translators: %s is a domain */
  g_autofree char *remove = g_strdup_printf (_("Remove %s"), shown);

  wb_compat_name_list_row (GTK_WIDGET (self), name);
  wb_accessible_set_name (self->remove, remove);
}

void
wb_domain_row_update (WbDomainRow *self, const WbProblem *problem)
{
  const WbDraftDomain *domain = self->name != NULL ? wb_draft_find_domain (self->draft, self->name) : NULL;
  const WbNameAnswer *answer
      = domain != NULL ? wb_name_book_get (self->book, self->name, wb_draft_get_provider (self->draft)) : NULL;
  const char *word;
  const WbDomainAnswer *row;
  g_autofree char *shown = NULL, *wire = NULL, *sub = NULL;

  if (domain == NULL)
    return;
  word = wb_domain_word (domain, answer, wb_draft_get_provider (self->draft));
  row = wb_domain_answer_find (word);
  shown = wb_domain_dup_shown (self->name, &wire);
  sub = wb_domain_answer_dup_sub (domain, answer, row, problem);
  gtk_label_set_label (GTK_LABEL (self->title), shown);
  wb_accessible_set_tooltip (self->title, shown);
  gtk_label_set_label (GTK_LABEL (self->wire), wire);
  gtk_widget_set_visible (self->wire, *wire != '\0');
  gtk_label_set_label (GTK_LABEL (self->sub), sub);
  gtk_widget_set_visible (self->sub, *sub != '\0');
  wb_state_pill_set (WB_STATE_PILL (self->pill), "name", word);
  show_acts (self, row, domain);
  show_options (self, domain);
  show_price (self, domain, answer);
  name_row (self, shown, word, answer);
}

void
wb_domain_row_bind (WbDomainRow *self, const char *name)
{
  g_free (self->name);
  self->name = g_strdup (name);
  gtk_widget_remove_css_class (GTK_WIDGET (self), "flash");
  /* It speaks of another name now. */
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->forward));
  wb_domain_row_update (self, NULL);
}

const char *
wb_domain_row_get_name (WbDomainRow *self)
{
  return self->name;
}

static gboolean
end_flash (gpointer user_data)
{
  WbDomainRow *self = user_data;

  self->flash_id = 0;
  gtk_widget_remove_css_class (GTK_WIDGET (self), "flash");
  return G_SOURCE_REMOVE;
}

void
wb_domain_row_flash (WbDomainRow *self)
{
  g_clear_handle_id (&self->flash_id, g_source_remove);
  gtk_widget_add_css_class (GTK_WIDGET (self), "flash");
  self->flash_id = g_timeout_add (FLASH_MS, end_flash, self);
}

/* Acting */

static void
act (WbDomainRow *self, WbDomainAct what)
{
  g_autofree char *name = g_strdup (self->name);

  if (name != NULL)
    g_signal_emit (self, signals[ACT], 0, what, name);
}

static void
on_first (WbDomainRow *self)
{
  act (self, self->acts[0]);
}

static void
on_second (WbDomainRow *self)
{
  act (self, self->acts[1]);
}

static void
on_remove (WbDomainRow *self)
{
  act (self, WB_DOMAIN_REMOVE);
}

static void
on_years (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbDomainRow *self = WB_DOMAIN_ROW (widget);
  const WbDraftDomain *present = self->name != NULL ? wb_draft_find_domain (self->draft, self->name) : NULL;
  WbDraftDomain domain;

  if (present == NULL)
    return;
  domain = *present;
  domain.years = CLAMP (g_variant_get_int32 (parameter), 1, MAX_YEARS);
  wb_draft_begin (self->draft, "change-domain", self->name);
  wb_draft_set_domain (self->draft, &domain);
  wb_draft_end (self->draft);
}

static void
make_years (GtkMenuButton *button, gpointer user_data)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  for (int years = 1; years <= MAX_YEARS; years++)
    {
      g_autofree char *label = g_strdup_printf (ngettext ("%d year", "%d years", years), years);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "row.years", "i", years);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

/* Made when it is asked for: most rows never need it. */
static void
make_forward (GtkMenuButton *button, gpointer user_data)
{
  WbDomainRow *self = user_data;

  gtk_menu_button_set_popover (button, wb_domain_forward_new (self->draft, self->name));
}

/* A list row with controls that can have the focus never has it itself, and would not be read as a whole. So
 * they can have it only while somebody is among them. */

#define N_CONTROLS 5

static void
get_controls (WbDomainRow *self, GtkWidget *controls[N_CONTROLS])
{
  GtkWidget *const all[N_CONTROLS] = { self->years, self->forward, self->first, self->second, self->remove };

  memcpy (controls, all, sizeof all);
}

static void
set_focusable (WbDomainRow *self, GtkWidget *only)
{
  GtkWidget *controls[N_CONTROLS];

  get_controls (self, controls);
  for (guint i = 0; i < N_CONTROLS; i++)
    gtk_widget_set_can_focus (controls[i], controls[i] == only);
}

static GtkWidget *
next_control (GtkWidget *controls[], int from, int by)
{
  for (int i = from + by; i >= 0 && i < N_CONTROLS; i += by)
    if (gtk_widget_is_sensitive (controls[i]) && gtk_widget_get_mapped (controls[i]))
      return controls[i];
  return NULL;
}

gboolean
wb_domain_row_step (WbDomainRow *self, gboolean forward)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL, *controls[N_CONTROLS], *next;
  int at = -1;

  get_controls (self, controls);
  for (int i = 0; i < N_CONTROLS; i++)
    if (focus != NULL && (focus == controls[i] || gtk_widget_is_ancestor (focus, controls[i])))
      at = i;
  next = next_control (controls, at, forward ? 1 : -1);
  if (next == NULL && (forward || at < 0))
    return FALSE;
  set_focusable (self, next);
  return next != NULL ? gtk_widget_child_focus (next, GTK_DIR_TAB_FORWARD)
                      : gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (self)));
}

static void
on_focus_left (WbDomainRow *self)
{
  set_focusable (self, NULL);
}

/* Building */

static GtkWidget *
make_label (const char *css_class, const char *other)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  if (other != NULL)
    gtk_widget_add_css_class (label, other);
  return label;
}

static GtkWidget *
make_name (WbDomainRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->title = make_label ("heading", NULL);
  self->wire = make_label ("dim-label", "caption");
  self->sub = make_label ("dim-label", "caption");
  gtk_label_set_wrap (GTK_LABEL (self->sub), TRUE);
  gtk_label_set_lines (GTK_LABEL (self->sub), 2);
  /* The ending tells names apart as much as their start. */
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_ellipsize (GTK_LABEL (self->wire), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->wire);
  gtk_box_append (GTK_BOX (box), self->sub);
  return box;
}

static GtkWidget *
make_act (WbDomainRow *self, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label ("");

  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_ELLIPSIZE_END);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static GtkWidget *
make_acts (WbDomainRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  self->options = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->years = gtk_menu_button_new ();
  self->forward = gtk_menu_button_new ();
  gtk_widget_add_css_class (self->years, "years");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->years), make_years, self, NULL);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->forward), make_forward, self, NULL);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->forward), "send-to-symbolic");
  gtk_widget_add_css_class (self->forward, "flat");
  gtk_box_append (GTK_BOX (self->options), self->years);
  gtk_box_append (GTK_BOX (self->options), self->forward);
  self->first = make_act (self, G_CALLBACK (on_first));
  self->second = make_act (self, G_CALLBACK (on_second));
  gtk_box_append (GTK_BOX (box), self->options);
  gtk_box_append (GTK_BOX (box), self->first);
  gtk_box_append (GTK_BOX (box), self->second);
  return box;
}

static GtkWidget *
make_price (WbDomainRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->price = make_label ("numeric", NULL);
  self->price_note = make_label ("dim-label", "caption");
  gtk_label_set_xalign (GTK_LABEL (self->price), 1);
  gtk_label_set_xalign (GTK_LABEL (self->price_note), 1);
  /* Translators: under a price */
  gtk_label_set_label (GTK_LABEL (self->price_note), _("first year"));
  gtk_box_append (GTK_BOX (box), self->price);
  gtk_box_append (GTK_BOX (box), self->price_note);
  return box;
}

static void
wb_domain_row_dispose (GObject *object)
{
  WbDomainRow *self = WB_DOMAIN_ROW (object);
  GtkWidget *child;

  g_clear_handle_id (&self->flash_id, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->draft);
  g_clear_object (&self->book);
  G_OBJECT_CLASS (wb_domain_row_parent_class)->dispose (object);
}

static void
wb_domain_row_finalize (GObject *object)
{
  g_free (WB_DOMAIN_ROW (object)->name);
  G_OBJECT_CLASS (wb_domain_row_parent_class)->finalize (object);
}

static void
wb_domain_row_class_init (WbDomainRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_domain_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_domain_row_finalize;
  gtk_widget_class_install_action (widget_class, "row.years", "i", on_years);
  gtk_widget_class_set_css_name (widget_class, "domainrow");
  signals[ACT] = g_signal_new ("act", WB_TYPE_DOMAIN_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                               G_TYPE_INT, G_TYPE_STRING);
}

static void
wb_domain_row_init (WbDomainRow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->pill = wb_state_pill_new ();
  self->remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  gtk_widget_add_css_class (self->remove, "flat");
  g_signal_connect_swapped (self->remove, "clicked", G_CALLBACK (on_remove), self);
  gtk_widget_set_layout_manager (widget, wb_domain_columns_new (FALSE));
  /* In the order that WbDomainColumns places. */
  gtk_widget_set_parent (make_name (self), widget);
  gtk_widget_set_parent (self->pill, widget);
  gtk_widget_set_parent (make_acts (self), widget);
  gtk_widget_set_parent (make_price (self), widget);
  gtk_widget_set_parent (self->remove, widget);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_focus_left), self);
  gtk_widget_add_controller (widget, focus);
  set_focusable (self, NULL);
}

GtkWidget *
wb_domain_row_new (WbDraft *draft, WbNameBook *book)
{
  WbDomainRow *self = g_object_new (WB_TYPE_DOMAIN_ROW, NULL);

  self->draft = g_object_ref (draft);
  self->book = g_object_ref (book);
  return GTK_WIDGET (self);
}
