// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-order-step.h"

#include <string.h>

#include <glib/gi18n.h>

#include "cmr-field.h"
#include "wb-accessible.h"
#include "wb-domain-entry.h"
#include "wb-domain-ideas.h"
#include "wb-domain-list.h"
#include "wb-domain-row.h"
#include "wb-foot.h"
#include "wb-format.h"

/* Step 2, new domains: one entry that takes anything, each name with its one answer. */

struct _WbStepDomains {
  WbOrderStep parent_instance;

  GtkWidget *entry, *head, *count, *asked, *again, *more, *list, *empty, *side;
  guint look_at; /* names with something to look at */
  gboolean noting, side_focus;
};

G_DECLARE_FINAL_TYPE (WbStepDomains, wb_step_domains, WB, DOMAINS_STEP, WbOrderStep)
G_DEFINE_FINAL_TYPE (WbStepDomains, wb_step_domains, WB_TYPE_ORDER_STEP)

static WbDraft *
draft_of (WbStepDomains *self)
{
  return wb_order_step_get_draft (WB_ORDER_STEP (self));
}

static WbNameBook *
book_of (WbStepDomains *self)
{
  return wb_profile_get_names (wb_order_step_get_profile (WB_ORDER_STEP (self)));
}

static const WbNameAnswer *
answer_of (WbStepDomains *self, const WbDraftDomain *domain)
{
  return wb_name_book_get (book_of (self), domain->name, wb_draft_get_provider (draft_of (self)));
}

/* Asking */

static void
ask (WbStepDomains *self, const char *name, gboolean again)
{
  wb_name_book_ask (book_of (self), wb_draft_get_customer_id (draft_of (self)), name,
                    wb_draft_get_provider (draft_of (self)), again);
}

static void
ask_for_new (WbStepDomains *self)
{
  for (guint i = 0; i < wb_draft_get_n_domains (draft_of (self)); i++)
    {
      const WbDraftDomain *domain = wb_draft_get_domain (draft_of (self), i);
      const WbNameAnswer *answer = answer_of (self, domain);

      if (answer == NULL || answer->state == WB_NAME_NOT_ASKED)
        ask (self, domain->name, FALSE);
    }
}

static void
on_ask_all (WbStepDomains *self)
{
  for (guint i = 0; i < wb_draft_get_n_domains (draft_of (self)); i++)
    ask (self, wb_draft_get_domain (draft_of (self), i)->name, TRUE);
}

/* The first price that is shown is the one that later ones are held against. */
static void
note_prices (WbStepDomains *self)
{
  WbDraft *draft = draft_of (self);

  if (self->noting)
    return;
  self->noting = TRUE;
  for (guint i = 0; i < wb_draft_get_n_domains (draft); i++)
    {
      const WbDraftDomain *domain = wb_draft_get_domain (draft, i);
      const WbNameAnswer *answer = answer_of (self, domain);
      g_autofree char *name = g_strdup (domain->name);

      if (domain->seen_cents == CMR_MONEY_UNKNOWN && answer != NULL && answer->cents != CMR_MONEY_UNKNOWN)
        wb_draft_note_price (draft, name, answer->cents);
    }
  self->noting = FALSE;
}

/* Acts of rows */

static void
change (WbStepDomains *self, const char *name, gboolean keep_anyway, gboolean take_price)
{
  const WbDraftDomain *present = wb_draft_find_domain (draft_of (self), name);
  const WbNameAnswer *answer = present != NULL ? answer_of (self, present) : NULL;
  WbDraftDomain domain;

  if (present == NULL)
    return;
  domain = *present;
  domain.keep_anyway |= keep_anyway;
  if (take_price && answer != NULL)
    domain.seen_cents = answer->cents;
  wb_draft_begin (draft_of (self), "change-domain", name);
  wb_draft_set_domain (draft_of (self), &domain);
  wb_draft_end (draft_of (self));
}

static void
switch_provider (WbStepDomains *self)
{
  gboolean google = g_str_equal (wb_draft_get_provider (draft_of (self)), "GOOGLE");

  wb_draft_begin (draft_of (self), "change-options", NULL);
  wb_draft_set_provider (draft_of (self), google ? "MICROSOFT" : "GOOGLE");
  wb_draft_end (draft_of (self));
}

/* With its mailboxes: that has to be said. */
static void
remove_name (WbStepDomains *self, const char *name)
{
  guint before = wb_draft_get_n_mailboxes (draft_of (self)), gone;
  g_autofree char *shown = wb_domain_dup_shown (name, NULL), *text = NULL;

  wb_draft_begin (draft_of (self), "remove-domain", name);
  wb_draft_remove_domain (draft_of (self), name);
  wb_draft_end (draft_of (self));
  gone = before - wb_draft_get_n_mailboxes (draft_of (self));
  if (gone == 0)
    return;
  /* Translators: %s is a domain */
  text = g_strdup_printf (ngettext ("%s and its %u mailbox removed", "%s and its %u mailboxes removed", gone), shown,
                          gone);
  wb_order_step_toast (WB_ORDER_STEP (self), text, TRUE);
}

static void
show_side (WbStepDomains *self)
{
  wb_order_step_want_side (WB_ORDER_STEP (self), TRUE);
  /* Before it is there it cannot take the focus. */
  self->side_focus = !gtk_widget_grab_focus (self->side);
}

static void
show_similar (WbStepDomains *self, const char *name)
{
  show_side (self);
  wb_domain_ideas_look_for (WB_DOMAIN_IDEAS (self->side), name);
}

static void
on_act (WbDomainList *list, int act, const char *name, WbStepDomains *self)
{
  switch ((WbDomainAct) act)
    {
    case WB_DOMAIN_REMOVE: remove_name (self, name); break;
    case WB_DOMAIN_SIMILAR: show_similar (self, name); break;
    case WB_DOMAIN_ASK: ask (self, name, TRUE); break;
    case WB_DOMAIN_SWITCH: switch_provider (self); break;
    case WB_DOMAIN_KEEP: change (self, name, TRUE, FALSE); break;
    case WB_DOMAIN_TAKE_PRICE: change (self, name, FALSE, TRUE); break;
    case WB_DOMAIN_NO_ACT: break;
    }
}

static void
on_repeated (WbDomainEntry *entry, const char *name, WbStepDomains *self)
{
  wb_domain_list_flash (WB_DOMAIN_LIST (self->list), name);
}

/* Enter in the empty entry is the end of the last field. */
static void
on_nothing (WbStepDomains *self)
{
  if (wb_draft_get_n_domains (draft_of (self)) > 0)
    wb_order_step_next (WB_ORDER_STEP (self));
}

static void
on_closed (WbStepDomains *self)
{
  wb_order_step_want_side (WB_ORDER_STEP (self), FALSE);
  gtk_widget_grab_focus (self->entry);
}

static void
on_more (WbStepDomains *self)
{
  show_side (self);
}

static void
on_side_mapped (WbStepDomains *self)
{
  if (gtk_widget_get_mapped (self->side) && self->side_focus)
    gtk_widget_grab_focus (self->side);
  self->side_focus = FALSE;
  gtk_widget_set_visible (self->more, !gtk_widget_get_mapped (self->side));
}

/* The line above the list */

static gint64
oldest_answer (WbStepDomains *self, guint *asking)
{
  gint64 oldest = 0;

  *asking = 0;
  for (guint i = 0; i < wb_draft_get_n_domains (draft_of (self)); i++)
    {
      const WbNameAnswer *answer = answer_of (self, wb_draft_get_domain (draft_of (self), i));

      *asking += answer != NULL && answer->state == WB_NAME_ASKING;
      if (answer != NULL && answer->asked_at > 0 && (oldest == 0 || answer->asked_at < oldest))
        oldest = answer->asked_at;
    }
  return oldest;
}

static void
update_head (WbStepDomains *self)
{
  guint n = wb_draft_get_n_domains (draft_of (self)), asking;
  g_autofree char *count = g_strdup_printf (ngettext ("%u name", "%u names", n), n);
  gint64 oldest = oldest_answer (self, &asking);
  g_autofree char *when = oldest > 0 ? wb_format_ago (oldest) : NULL;
  g_autofree char *asked = asking > 0 ? g_strdup_printf (ngettext ("asking for %u", "asking for %u", asking), asking)
                           /* Translators: %s is such as “12 s ago” or a time */
                           : when != NULL ? g_strdup_printf (_("prices asked %s"), when) : g_strdup ("");

  gtk_label_set_label (GTK_LABEL (self->count), count);
  gtk_label_set_label (GTK_LABEL (self->asked), asked);
  gtk_widget_set_visible (self->again, n > 0 && asking == 0);
  gtk_widget_set_visible (self->count, n > 0);
  /* With no count before it, it keeps itself at the end. */
  gtk_widget_set_hexpand (self->more, n == 0);
  gtk_widget_set_visible (self->list, n > 0);
  gtk_widget_set_visible (self->empty, n == 0);
}

/* Building */

static GtkWidget *
make_head (WbStepDomains *self)
{
  self->head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->count = gtk_label_new ("");
  self->asked = gtk_label_new ("");
  self->again = gtk_button_new_with_label (_("Ask Again"));
  self->more = gtk_button_new_with_label (_("Ideas"));
  gtk_widget_add_css_class (self->count, "heading");
  gtk_label_set_xalign (GTK_LABEL (self->count), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->count), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->asked, "dim-label");
  gtk_widget_add_css_class (self->asked, "caption");
  gtk_label_set_ellipsize (GTK_LABEL (self->asked), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->asked), 1);
  gtk_widget_set_hexpand (self->asked, TRUE);
  gtk_widget_add_css_class (self->again, "flat");
  gtk_widget_add_css_class (self->more, "flat");
  gtk_widget_set_halign (self->more, GTK_ALIGN_END);
  g_signal_connect_swapped (self->again, "clicked", G_CALLBACK (on_ask_all), self);
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (on_more), self);
  gtk_box_append (GTK_BOX (self->head), self->count);
  gtk_box_append (GTK_BOX (self->head), self->asked);
  gtk_box_append (GTK_BOX (self->head), self->again);
  gtk_box_append (GTK_BOX (self->head), self->more);
  return self->head;
}

static GtkWidget *
make_empty (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "web-browser-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("No Names Yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page),
                                   _("Type or paste them above, or take some of the ideas. Asking costs nothing."));
  gtk_widget_add_css_class (page, "compact");
  gtk_widget_set_vexpand (page, TRUE);
  return page;
}

static void
make_side (WbStepDomains *self)
{
  self->side = g_object_ref_sink (wb_domain_ideas_new (draft_of (self), book_of (self)));
  gtk_widget_set_hexpand (self->side, TRUE);
  gtk_widget_set_vexpand (self->side, TRUE);
  g_signal_connect_object (self->side, "closed", G_CALLBACK (on_closed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->side, "map", G_CALLBACK (on_side_mapped), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->side, "unmap", G_CALLBACK (on_side_mapped), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
build (WbStepDomains *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->entry = wb_domain_entry_new (draft_of (self));
  self->list = wb_domain_list_new (draft_of (self), book_of (self));
  self->empty = make_empty ();
  g_signal_connect_object (self->entry, "repeated", G_CALLBACK (on_repeated), self, 0);
  g_signal_connect_object (self->entry, "nothing", G_CALLBACK (on_nothing), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "act", G_CALLBACK (on_act), self, 0);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), make_head (self));
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_box_append (GTK_BOX (box), self->empty);
  gtk_widget_add_css_class (box, "domains-page");
  make_side (self);
  wb_order_step_set_child (WB_ORDER_STEP (self), box);
}

/* The step */

static void
wb_step_domains_draft_changed (WbOrderStep *step, WbDraftPart parts)
{
  WbStepDomains *self = WB_DOMAINS_STEP (step);
  g_autoptr (GPtrArray) problems = NULL;

  if (self->list == NULL)
    build (self);
  if (self->noting)
    return;
  ask_for_new (self);
  note_prices (self);
  problems = wb_draft_dup_problems (draft_of (self));
  self->look_at = wb_domain_list_update (WB_DOMAIN_LIST (self->list), problems);
  wb_domain_ideas_update (WB_DOMAIN_IDEAS (self->side));
  update_head (self);
}

static void
wb_step_domains_enter (WbOrderStep *step, const WbProblem *problem)
{
  WbStepDomains *self = WB_DOMAINS_STEP (step);
  const WbDraftDomain *domain = problem != NULL && problem->step == WB_STEP_DOMAINS && problem->row >= 0
                                  ? wb_draft_get_domain (draft_of (self), problem->row) : NULL;

  if (domain != NULL)
    wb_domain_list_show (WB_DOMAIN_LIST (self->list), domain->name);
  else
    gtk_widget_grab_focus (self->entry);
}

static void
wb_step_domains_set_narrow (WbOrderStep *step, gboolean narrow)
{
  WbStepDomains *self = WB_DOMAINS_STEP (step);

  gtk_widget_set_visible (self->asked, !narrow);
  gtk_widget_set_hexpand (self->count, narrow);
  wb_domain_entry_set_narrow (WB_DOMAIN_ENTRY (self->entry), narrow);
}

static GtkWidget *
wb_step_domains_get_side (WbOrderStep *step)
{
  return WB_DOMAINS_STEP (step)->side;
}

/* The foot: one count for each kind of answer. */

typedef enum { AVAILABLE, TAKEN, AT_RISK, NEW_PRICE, NOT_KNOWN, BEING_ASKED, N_KINDS } Kind;

static const struct {
  const char *prefix; /* of the words that tell the answer */
  const char *state, *icon;
} kinds[N_KINDS] = {
  [AVAILABLE] = { "available", "success", "waybill-done-symbolic" },
  [TAKEN] = { "taken", "error", "dialog-error-symbolic" },
  [AT_RISK] = { "workspace", "warning", "dialog-warning-symbolic" },
  [NEW_PRICE] = { "price-changed", "warning", "dialog-warning-symbolic" },
  [NOT_KNOWN] = { "not-known", "unknown", "dialog-question-symbolic" },
  [BEING_ASKED] = { "asking", "", "waybill-working-symbolic" },
};

static char *
dup_count (Kind kind, guint n)
{
  switch (kind)
    {
    case AVAILABLE: return g_strdup_printf (ngettext ("%u available", "%u available", n), n);
    case TAKEN: return g_strdup_printf (ngettext ("%u taken", "%u taken", n), n);
    case AT_RISK: return g_strdup_printf (ngettext ("%u at risk", "%u at risk", n), n);
    case NEW_PRICE: return g_strdup_printf (ngettext ("%u with a new price", "%u with a new price", n), n);
    case NOT_KNOWN: return g_strdup_printf (ngettext ("%u not known", "%u not known", n), n);
    case BEING_ASKED:
    default: return g_strdup_printf (ngettext ("asking for %u", "asking for %u", n), n);
    }
}

static void
wb_step_domains_fill_foot (WbOrderStep *step, GtkBox *foot)
{
  WbStepDomains *self = WB_DOMAINS_STEP (step);
  WbDraft *draft = draft_of (self);
  guint counts[N_KINDS] = { 0 };

  for (guint i = 0; i < wb_draft_get_n_domains (draft); i++)
    {
      const WbDraftDomain *domain = wb_draft_get_domain (draft, i);
      const char *word = wb_domain_word (domain, answer_of (self, domain), wb_draft_get_provider (draft));

      for (Kind kind = AVAILABLE; kind < N_KINDS; kind++)
        counts[kind] += g_str_has_prefix (word, kinds[kind].prefix);
    }
  for (Kind kind = AVAILABLE; kind < N_KINDS; kind++)
    if (counts[kind] > 0)
      wb_foot_add (foot, kinds[kind].state, kinds[kind].icon, counts[kind], dup_count (kind, counts[kind]));
}

static char *
wb_step_domains_dup_fact (WbOrderStep *step)
{
  WbStepDomains *self = WB_DOMAINS_STEP (step);
  guint n = wb_draft_get_n_domains (draft_of (self));
  g_autofree char *names = g_strdup_printf (ngettext ("%u name", "%u names", n), n);

  if (n == 0)
    return g_strdup (_("No names yet"));
  /* Translators: first “7 names” */
  return self->look_at > 0 ? g_strdup_printf (ngettext ("%s · %u to look at", "%s · %u to look at", self->look_at),
                                              names, self->look_at)
                           : g_steal_pointer (&names);
}

static void
wb_step_domains_dispose (GObject *object)
{
  WbStepDomains *self = WB_DOMAINS_STEP (object);

  g_clear_object (&self->side);
  G_OBJECT_CLASS (wb_step_domains_parent_class)->dispose (object);
}

static void
wb_step_domains_class_init (WbStepDomainsClass *klass)
{
  WbOrderStepClass *step_class = WB_ORDER_STEP_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_step_domains_dispose;
  step_class->draft_changed = wb_step_domains_draft_changed;
  step_class->enter = wb_step_domains_enter;
  step_class->get_side = wb_step_domains_get_side;
  step_class->set_narrow = wb_step_domains_set_narrow;
  step_class->fill_foot = wb_step_domains_fill_foot;
  step_class->dup_fact = wb_step_domains_dup_fact;
}

static void
wb_step_domains_init (WbStepDomains *self)
{
}
