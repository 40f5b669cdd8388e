// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-review-private.h"

#include <glib/gi18n.h>

#include "cmr-endpoint.h"
#include "wb-accessible.h"
#include "wb-format.h"
#include "wb-text-scale.h"

#define MOST_DOMAINS 12

/* What will be sent, in which order, without key and secrets. */
typedef struct {
  GtkWidget *row, *fold, *title, *text, *sum, *place, *request;
} Part;

typedef enum { PART_CREATE, PART_PAY, N_PARTS } PartKind;

struct _WbReviewRequests {
  GtkWidget parent_instance;

  WbDraft *draft;
  Part parts[N_PARTS];
  GtkWidget *note;
};

G_DEFINE_FINAL_TYPE (WbReviewRequests, wb_review_requests, GTK_TYPE_WIDGET)

static gboolean
in_one_step (WbReviewRequests *self)
{
  return wb_draft_get_pay_mode (self->draft) == WB_PAY_ONE_STEP;
}

/* The request, short: the same words as on the wire, the rows counted. */

static guint
count_rows (WbDraft *draft, const char *domain, guint *pictures)
{
  guint n = 0;

  *pictures = 0;
  for (guint row = 0; row < wb_draft_get_n_mailboxes (draft); row++)
    if (g_str_equal (wb_draft_get_mailbox (draft, row)->domain, domain))
      {
        n++;
        *pictures += wb_draft_get_placement (draft, row) != NULL;
      }
  return n;
}

static void
add_domains (GString *text, WbDraft *draft, gboolean form)
{
  guint n = wb_draft_get_n_domains (draft);

  for (guint i = 0; i < MIN (n, MOST_DOMAINS); i++)
    {
      const WbDraftDomain *domain = wb_draft_get_domain (draft, i);
      g_autofree char *name = wb_format_text (domain->name);
      guint pictures, mailboxes = count_rows (draft, domain->name, &pictures);

      g_string_append_printf (text, "\n%s  years=%u  mailboxes=%u", name, domain->years, mailboxes);
      if (form && pictures > 0)
        g_string_append_printf (text, "  image/jpeg=%u", pictures);
    }
  if (n > MOST_DOMAINS)
    g_string_append_printf (text, "\n… +%u", n - MOST_DOMAINS);
}

static char *
dup_create_request (WbReviewRequests *self)
{
  gboolean form = wb_order_form_is_multipart (self->draft);
  const CmrEndpoint *endpoint = cmr_endpoint_get (form ? CMR_OP_CREATE_ORDER_MULTIPART : CMR_OP_CREATE_ORDER_JSON);
  g_autofree char *id = wb_format_text (wb_draft_get_customer_id (self->draft));
  GString *text = g_string_new (NULL);

  g_string_append_printf (
      text, "%s %s?userId=%s\n%s\nconfirm=%s  serviceProvider=%s  billingCycle=MONTHLY  autoRenew=%s", endpoint->method,
      endpoint->path, id, form ? "multipart/form-data" : "application/json", in_one_step (self) ? "true" : "false",
      wb_draft_get_provider (self->draft), wb_draft_get_auto_renew (self->draft) ? "true" : "false");
  add_domains (text, self->draft, form);
  return g_string_free (text, FALSE);
}

static char *
dup_pay_request (WbReviewRequests *self)
{
  const CmrEndpoint *endpoint = cmr_endpoint_get (CMR_OP_PROCESS_ORDER);
  g_autofree char *id = wb_format_text (wb_draft_get_customer_id (self->draft));

  return g_strdup_printf ("%s %s?userId=%s\norderId=…", endpoint->method, endpoint->path, id);
}

/* Updating */

static char *
dup_create_title (WbReviewRequests *self, guint pictures)
{
  if (pictures == 0)
    return g_strdup (in_one_step (self) ? _("Create and pay the order") : _("Create the order"));
  if (in_one_step (self))
    return g_strdup_printf (
        ngettext ("Create and pay the order, with %u picture", "Create and pay the order, with %u pictures", pictures),
        pictures);
  return g_strdup_printf (
      ngettext ("Create the order, with %u picture", "Create the order, with %u pictures", pictures), pictures);
}

static void
set_sum (Part *part, const char *sum, gboolean paid)
{
  gtk_label_set_label (GTK_LABEL (part->sum), sum);
  gtk_widget_remove_css_class (part->sum, paid ? "neutral" : "accent");
  gtk_widget_add_css_class (part->sum, paid ? "accent" : "neutral");
}

static void
update_create (WbReviewRequests *self, const char *sum)
{
  Part *part = &self->parts[PART_CREATE];
  WbPictureCounts counts;
  gboolean form = wb_order_form_is_multipart (self->draft);
  g_autofree char *title = NULL, *size = NULL, *text = NULL, *request = dup_create_request (self);

  wb_draft_count_pictures (self->draft, &counts);
  title = dup_create_title (self, form ? counts.ready : 0);
  size = wb_format_size (counts.upload_bytes);
  /* Translators: a size */
  text = form && counts.upload_bytes > 0 ? g_strdup_printf (_("one upload of %s, sent once"), size)
                                         : g_strdup (_("one request, sent once"));
  gtk_label_set_label (GTK_LABEL (part->title), title);
  gtk_label_set_label (
      GTK_LABEL (part->text),
      in_one_step (self) ? _("one request; if the answer is lost, only domains and time can tell whether it was paid")
                         : text);
  set_sum (part, in_one_step (self) ? sum : _("Free"), in_one_step (self));
  gtk_label_set_label (GTK_LABEL (part->request), request);
}

void
wb_review_requests_update (WbReviewRequests *self)
{
  g_autoptr (WbCost) cost = wb_draft_cost (self->draft);
  g_autofree char *due = wb_format_money (cost->due_cents);
  /* Translators: a sum */
  g_autofree char *sum = g_strdup_printf (cost->complete ? _("about %s") : _("at least %s"), due);
  g_autofree char *request = dup_pay_request (self);
  Part *pay = &self->parts[PART_PAY];

  update_create (self, sum);
  gtk_label_set_label (GTK_LABEL (pay->title), _("Pay and start it"));
  gtk_label_set_label (GTK_LABEL (pay->text), _("only after you have seen the order id and the sum"));
  set_sum (pay, sum, TRUE);
  gtk_label_set_label (GTK_LABEL (pay->request), request);
  gtk_widget_set_visible (pay->row, wb_draft_get_pay_mode (self->draft) == WB_PAY_TWO_STEPS);
  gtk_widget_set_visible (self->parts[PART_CREATE].row, wb_draft_get_pay_mode (self->draft) != WB_PAY_DRAFT_ONLY);
  gtk_label_set_label (GTK_LABEL (self->note),
                       wb_draft_get_pay_mode (self->draft) == WB_PAY_DRAFT_ONLY
                           ? _("Nothing: only the draft is kept. Options says so.")
                           : _("Before and after each, your wallet and the order’s state are read. Reading is free."));
}

/* Building */

static void
on_fold (GtkToggleButton *fold, GtkWidget *place)
{
  gboolean open = gtk_toggle_button_get_active (fold);

  gtk_widget_set_visible (place, open);
  gtk_button_set_icon_name (GTK_BUTTON (fold), open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_accessible_update_state (GTK_ACCESSIBLE (fold), GTK_ACCESSIBLE_STATE_EXPANDED, open, -1);
}

static void
on_copy (GtkButton *button, GtkLabel *request)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), gtk_label_get_label (request));
}

static GtkWidget *
make_label (const char *css_class)
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
make_request (Part *part)
{
  GtkWidget *copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new (); /* a hyphen would seem to be sent */

  part->place = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  part->request = make_label (NULL);
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (part->request), attributes);
  gtk_widget_set_hexpand (part->request, TRUE);
  gtk_widget_add_css_class (part->place, "request");
  gtk_widget_add_css_class (copy, "flat");
  gtk_widget_set_valign (copy, GTK_ALIGN_START);
  wb_accessible_set_name (copy, _("Copy the Request, Without the Key"));
  g_signal_connect_object (copy, "clicked", G_CALLBACK (on_copy), part->request, 0);
  gtk_box_append (GTK_BOX (part->place), part->request);
  gtk_box_append (GTK_BOX (part->place), copy);
}

static void
make_part (WbReviewRequests *self, GtkWidget *card, PartKind kind)
{
  Part *part = &self->parts[kind];
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  part->row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  part->fold = gtk_toggle_button_new ();
  part->title = make_label (NULL);
  part->text = make_label ("caption");
  part->sum = gtk_label_new ("");
  gtk_widget_add_css_class (part->text, "dim-label");
  gtk_widget_add_css_class (part->sum, "sum-pill");
  gtk_widget_add_css_class (part->sum, "numeric");
  gtk_widget_add_css_class (part->fold, "flat");
  gtk_widget_add_css_class (part->fold, "circular");
  gtk_widget_add_css_class (part->row, "check-row");
  if (kind == PART_CREATE)
    gtk_widget_add_css_class (part->row, "first");
  gtk_widget_set_valign (part->sum, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (part->fold, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (lines), part->title);
  gtk_box_append (GTK_BOX (lines), part->text);
  gtk_box_append (GTK_BOX (head), part->fold);
  gtk_box_append (GTK_BOX (head), lines);
  gtk_widget_set_halign (part->sum, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (wb_text_is_large () ? lines : head), part->sum);
  make_request (part);
  wb_accessible_set_name (part->fold,
                          kind == PART_CREATE ? _("Show the Request That Creates") : _("Show the Request That Pays"));
  g_signal_connect_object (part->fold, "toggled", G_CALLBACK (on_fold), part->place, 0);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (part->fold), kind == PART_CREATE);
  on_fold (GTK_TOGGLE_BUTTON (part->fold), part->place);
  gtk_box_append (GTK_BOX (part->row), head);
  gtk_box_append (GTK_BOX (part->row), part->place);
  gtk_box_append (GTK_BOX (card), part->row);
}

static void
wb_review_requests_init (WbReviewRequests *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget *title = make_label ("heading"), *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  gtk_label_set_label (GTK_LABEL (title), _("What Will Be Sent"));
  gtk_widget_add_css_class (title, "card-head");
  gtk_widget_add_css_class (card, "card");
  for (guint i = 0; i < N_PARTS; i++)
    make_part (self, card, i);
  self->note = make_label ("caption");
  gtk_widget_add_css_class (self->note, "dim-label");
  gtk_widget_set_parent (title, GTK_WIDGET (self));
  gtk_widget_set_parent (card, GTK_WIDGET (self));
  gtk_widget_set_parent (self->note, GTK_WIDGET (self));
}

static void
wb_review_requests_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&WB_REVIEW_REQUESTS (object)->draft);
  G_OBJECT_CLASS (wb_review_requests_parent_class)->dispose (object);
}

static void
wb_review_requests_class_init (WbReviewRequestsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_review_requests_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

GtkWidget *
wb_review_requests_new (WbDraft *draft)
{
  WbReviewRequests *self = g_object_new (WB_TYPE_REVIEW_REQUESTS, NULL);

  self->draft = g_object_ref (draft);
  return GTK_WIDGET (self);
}
