// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-words.h"

#include <glib/gi18n.h>

#include "wb-confined.h"
#include "wb-format.h"

typedef struct {
  CmrError code;
  const char *icon;
  const char *cause;
  const char *consequence;
  WbRemedy remedy;
} ErrorRow;

static const ErrorRow error_rows[] = {
  { CMR_ERROR_OFFLINE, "network-offline-symbolic", N_("You are offline."),
    N_("You see what was stored. Changes wait; paid ones ask you again before they go."), WB_REMEDY_TRY_AGAIN },
  { CMR_ERROR_SIGNED_OUT, "dialog-password-symbolic", N_("The service does not accept this key."),
    N_("Nothing is lost and nothing more is sent. Copy the key again from the partner dashboard: Settings, Integrations."),
    WB_REMEDY_CHANGE_KEY },
  { CMR_ERROR_DENIED, "changes-prevent-symbolic", N_("This profile is read-only."),
    N_("You can prepare everything; unlock it to send. Orders here cost real money."), WB_REMEDY_UNLOCK },
  { CMR_ERROR_NOT_FOUND, "system-users-symbolic", N_("The service does not know this customer."),
    N_("It may belong to another key. Nothing was changed."), WB_REMEDY_SHOW_CUSTOMERS },
  { CMR_ERROR_BUSY, "alarm-symbolic", N_("The service asks for a pause."), N_("It goes on by itself in a moment."), WB_REMEDY_NONE },
  { CMR_ERROR_TROUBLE, "network-error-symbolic", N_("The service answered with an error."),
    N_("What you see was stored before. Nothing is lost."), WB_REMEDY_TRY_AGAIN },
  { CMR_ERROR_PROTOCOL, "network-error-symbolic", N_("The answer could not be understood."),
    N_("It is not kept; the list stays as it was."), WB_REMEDY_TRY_AGAIN },
  { CMR_ERROR_CONFLICT, "dialog-warning-symbolic", N_("The same is already under way."),
    N_("Nothing more is sent. Look in Activity how the first one ended."), WB_REMEDY_NONE },
  { CMR_ERROR_INVALID, "dialog-error-symbolic", N_("The service would not take this."),
    N_("Nothing was changed. Correct what is marked and try again."), WB_REMEDY_NONE },
  { CMR_ERROR_FUNDS, "auth-smartcard-symbolic", N_("Your wallet is too low."),
    N_("Top up in the partner dashboard, then try again. Nothing is lost."), WB_REMEDY_NONE },
  { CMR_ERROR_UNKNOWN, "dialog-question-symbolic", N_("The request got no answer."),
    N_("It may have been carried out, so Waybill does not send it again by itself."), WB_REMEDY_NONE },
  { CMR_ERROR_STORAGE, "drive-harddisk-symbolic", N_("Nothing could be written to the disk, so nothing is sent."),
    N_("Each change is written down first. Free some space, then go on."), WB_REMEDY_TRY_AGAIN },
  { CMR_ERROR_FORGOTTEN, "dialog-password-symbolic", N_("Its sign-in data for export are no longer known."),
    N_("Order again from the draft."), WB_REMEDY_NONE },
};

/* Instead of being offline, for a Flatpak that was denied the network: waiting and trying do not help there. */
static const ErrorRow no_network
    = { CMR_ERROR_OFFLINE, "network-offline-symbolic", N_("Waybill may not use the network."),
        N_("That permission was taken from its Flatpak. Run “flatpak override --user --share=network "
           "io.github.waybill.Waybill”, then start Waybill again."),
        WB_REMEDY_COPY_COMMAND };

static const char *const remedy_buttons[] = {
  [WB_REMEDY_NONE] = NULL,
  [WB_REMEDY_TRY_AGAIN] = N_("Try Now"),
  [WB_REMEDY_CHANGE_KEY] = N_("Change Key…"),
  [WB_REMEDY_SHOW_CUSTOMERS] = N_("Show Customers"),
  [WB_REMEDY_UNLOCK] = N_("Unlock…"),
  [WB_REMEDY_UNLOCK_KEYRING] = N_("Unlock Keyring…"),
  [WB_REMEDY_ENTER_KEY] = N_("Enter Key…"),
  [WB_REMEDY_REFRESH] = N_("Refresh"),
  [WB_REMEDY_SHOW_UNKNOWN] = N_("Show"),
  [WB_REMEDY_SHOW_FOUND] = N_("Show"),
  [WB_REMEDY_SHOW_FILE] = N_("Show File"),
  [WB_REMEDY_COPY_COMMAND] = N_("Copy Command"),
};

static const ErrorRow *
find_row (const GError *error)
{
  int code = error->domain == CMR_ERROR ? error->code : CMR_ERROR_TROUBLE;

  if (code == CMR_ERROR_OFFLINE && wb_confined_from_network ())
    return &no_network;
  for (guint i = 0; i < G_N_ELEMENTS (error_rows); i++)
    if ((int) error_rows[i].code == code)
      return &error_rows[i];
  return &error_rows[0];
}

WbErrorWords *
wb_error_words_new (const char *icon, const char *css_class, char *cause, char *consequence, WbRemedy remedy)
{
  WbErrorWords *words = g_new0 (WbErrorWords, 1);

  words->icon = icon;
  words->css_class = css_class;
  words->cause = cause;
  words->consequence = consequence;
  words->remedy = remedy;
  words->button = remedy_buttons[remedy] != NULL ? _(remedy_buttons[remedy]) : NULL;
  return words;
}

WbErrorWords *
wb_words_for_error (const GError *error)
{
  const ErrorRow *row = find_row (error);

  return wb_error_words_new (row->icon, "warning", g_strdup (_(row->cause)), g_strdup (_(row->consequence)), row->remedy);
}

/* Short, but for what only the draft can mend. */
char *
wb_words_again (const GError *error)
{
  g_autoptr (WbErrorWords) words = wb_words_for_error (error);

  if (g_error_matches (error, CMR_ERROR, CMR_ERROR_FORGOTTEN))
    /* Translators: two sentences: what is wrong, and what to do */
    return g_strdup_printf (C_("sentences", "%s %s"), words->cause, words->consequence);
  return g_steal_pointer (&words->cause);
}

void
wb_error_words_free (WbErrorWords *words)
{
  if (words == NULL)
    return;
  g_free (words->cause);
  g_free (words->consequence);
  g_free (words);
}

typedef struct {
  CmrOp op;
  const char *label;
  const char *icon;
} OperationRow;

/* Every call that changes something and that this window can send. */
static const OperationRow operation_rows[] = {
  { CMR_OP_CREATE_USER, N_("Create a customer"), "list-add-symbolic" },
  { CMR_OP_UPDATE_USER, N_("Change a customer"), "document-edit-symbolic" },
  { CMR_OP_DELETE_USER, N_("Delete a customer"), "user-trash-symbolic" },
  { CMR_OP_CREATE_ORDER_MULTIPART, N_("Create an order"), "package-x-generic-symbolic" },
  { CMR_OP_CREATE_ORDER_JSON, N_("Create an order"), "package-x-generic-symbolic" },
  { CMR_OP_PROCESS_ORDER, N_("Pay and start an order"), "auth-smartcard-symbolic" },
};

static const OperationRow *
find_operation (CmrOp op)
{
  for (guint i = 0; i < G_N_ELEMENTS (operation_rows); i++)
    if (operation_rows[i].op == op)
      return &operation_rows[i];
  return NULL;
}

char *
wb_words_operation (CmrOp op, guint pictures, guint mailboxes)
{
  const OperationRow *row = find_operation (op);

  if (op == CMR_OP_NONE)
    return g_strdup (_("Unknown request"));
  if (row == NULL)
    return g_strdup (cmr_endpoint_get (op)->id);
  if (pictures > 0)
    /* Translators: "Create an order, 21 pictures" */
    return g_strdup_printf (ngettext ("%s, %u picture", "%s, %u pictures", pictures), _(row->label), pictures);
  if (mailboxes > 0)
    return g_strdup_printf (ngettext ("%s, %u mailbox", "%s, %u mailboxes", mailboxes), _(row->label), mailboxes);
  return g_strdup (_(row->label));
}

const char *
wb_words_operation_icon (CmrOp op)
{
  const OperationRow *row = find_operation (op);

  return row != NULL ? row->icon : "send-to-symbolic";
}

/* Sentences that need nothing filled in. "Nothing was charged." is said only where a wallet read agrees,
 * which is why it is not here. */
static const char *const reasons[] = {
  [WB_REASON_NONE] = "",
  [WB_REASON_NOT_CONNECTED] = N_("The service could not be reached. Nothing was sent."),
  [WB_REASON_BROKE_OFF] = N_("The upload broke off before its end. The service cannot have the whole request, so nothing was carried out."),
  [WB_REASON_STOPPED] = N_("You stopped it before its end. Nothing was sent."),
  [WB_REASON_REFUSED] = N_("The service refused it. Nothing was changed."),
  [WB_REASON_SIGNED_OUT] = N_("The service does not accept this key. Nothing was changed."),
  [WB_REASON_FUNDS] = N_("Your wallet is too low. Top up in the partner dashboard, then try again."),
  [WB_REASON_BUSY] = N_("Not accepted: the service asks for a pause."),
  [WB_REASON_GONE] = N_("The service has no such call here. Nothing was changed."),
  [WB_REASON_CUT] = N_("The connection was cut after the request had gone out. It may have been carried out, so Waybill does not send it again by itself."),
  [WB_REASON_ODD_ANSWER] = N_("The answer did not tell whether it was carried out. Waybill does not send it again by itself."),
  [WB_REASON_KILLED] = N_("Waybill was closed while this was being sent. It may have been carried out, so Waybill does not send it again by itself."),
  [WB_REASON_BLOB_MISSING] = N_("A picture of this request is gone or was changed on the disk. Nothing was sent."),
  [WB_REASON_DISK] = N_("It could not be written to the disk first, so nothing was sent."),
  [WB_REASON_FOUND_QUEUED] = N_("It was waiting when Waybill was closed. It is sent only when you say so."),
  [WB_REASON_NO_KEY] = N_("There was no key. Nothing was sent."),
  [WB_REASON_INCOMPLETE] = N_("The request was not complete, so Waybill did not send it."),
  [WB_REASON_SHUT] = N_("The profile was locked or closed before it left. Nothing was sent."),
  [WB_REASON_SECRET_GONE] = N_("The sign-in data for export are no longer known. Nothing was sent."),
};

char *
wb_words_reason (WbOperation *operation)
{
  WbReason reason = wb_operation_get_reason (operation);
  const char *said = wb_operation_get_service_text (operation);

  if (reason == WB_REASON_NOT_CONNECTED && wb_operation_get_state (operation) == WB_STATE_QUEUED)
    return g_strdup (_("You are offline. It is sent when you are online again; it costs nothing."));
  if (reason == WB_REASON_REFUSED && *said != '\0')
    {
      g_autofree char *safe = wb_format_text (said);

      /* Translators: what the service answered, as it is */
      return g_strdup_printf (_("The service said: “%s”. Nothing was changed."), safe);
    }
  return g_strdup (*reasons[reason] != '\0' ? _(reasons[reason]) : "");
}

static const char *const verdicts[] = {
  [WB_VERDICT_DONE] = N_("Carried out"),
  [WB_VERDICT_LIKELY_DONE] = N_("Most likely carried out"),
  [WB_VERDICT_OPEN] = N_("Cannot tell yet"),
  [WB_VERDICT_LIKELY_NOT] = N_("Most likely not carried out"),
};

const char *
wb_words_verdict (WbVerdict verdict)
{
  return _(verdicts[verdict]);
}

typedef struct {
  const char *there;   /* %s = subject, second %s = word */
  const char *absent;
  const char *unread;
} FindingRow;

static const FindingRow findings[] = {
  [WB_FINDING_ORDER_STATE] = { N_("The order is “%2$s”"), N_("The service does not know this order"), N_("The order could not be read") },
  [WB_FINDING_DOMAIN_OWNED] = { N_("%1$s is registered"), N_("%1$s is not registered"), N_("%1$s could not be read") },
  [WB_FINDING_MAILBOX] = { N_("%1$s exists"), N_("%1$s does not exist"), N_("%1$s could not be read") },
  [WB_FINDING_WALLET] = { N_("The wallet moved"), N_("The wallet did not move"), N_("The wallet could not be read") },
  [WB_FINDING_CUSTOMER] = { N_("A customer with %1$s exists"), N_("No customer has %1$s"), N_("The customers could not be read") },
};

/* Fills %1$s and %2$s by hand: a translation may leave either out. */
static char *
fill (const char *sentence, const char *subject, const char *word)
{
  GString *text = g_string_new (sentence);

  g_string_replace (text, "%1$s", subject, 0);
  g_string_replace (text, "%2$s", word, 0);
  return g_string_free (text, FALSE);
}

char *
wb_words_finding (const WbFinding *finding, char **detail)
{
  const FindingRow *row = &findings[finding->kind];
  g_autofree char *subject = wb_format_text (finding->subject);
  g_autofree char *word = wb_format_text (finding->word);
  g_autofree char *when = wb_format_time (finding->asked_at);
  gboolean there = finding->kind == WB_FINDING_WALLET ? finding->cents != 0 : *finding->word != '\0';

  if (detail != NULL)
    *detail = g_strdup_printf (finding->readable ? _("read at %s") : _("tried at %s"), when);
  if (!finding->readable)
    return fill (_(row->unread), subject, word);
  if (finding->kind == WB_FINDING_ORDER_STATE && finding->says == WB_VERDICT_LIKELY_NOT)
    return fill (_("The order is still “%2$s”, not paid"), subject, word);
  if (finding->kind == WB_FINDING_WALLET && finding->cents != 0)
    {
      g_autofree char *sum = wb_format_money (finding->cents);

      return g_strdup_printf (_("The wallet moved by %s"), sum);
    }
  return fill (there ? _(row->there) : _(row->absent), subject, word);
}

static const char *const kinds[] = {
  [WB_PROFILE_LIVE] = N_("Live"),
  [WB_PROFILE_VENDOR_SANDBOX] = N_("Vendor sandbox"),
  [WB_PROFILE_BUILT_IN] = N_("Sandbox"),
};

char *
wb_words_profile (WbProfile *profile)
{
  WbProfileKind kind = wb_profile_get_info (profile)->kind;

  if (kind == WB_PROFILE_BUILT_IN)
    return g_strdup (_("Sandbox · nothing costs money"));
  if (wb_profile_get_lock (profile) == WB_LOCK_NONE)
    /* Translators: kind of a profile and that it may change things */
    return g_strdup_printf (_("%s · can change"), _(kinds[kind]));
  return g_strdup_printf (_("%s · read-only"), _(kinds[kind]));
}

const char *
wb_words_lock (WbLock lock)
{
  static const char *const locks[] = {
    [WB_LOCK_NONE] = NULL,
    [WB_LOCK_READ_ONLY] = N_("Read-only profile. Unlock it to send this."),
    [WB_LOCK_OTHER_PROCESS] = N_("Another Waybill holds this profile. Close it to send from here."),
    [WB_LOCK_NO_KEY] = N_("There is no key for this profile. Enter it to send this."),
    [WB_LOCK_DISK] = N_("The disk is read-only, so drafts and sending are off."),
  };

  return locks[lock] != NULL ? _(locks[lock]) : NULL;
}

typedef struct {
  const char *code;
  const char *label;
} UndoRow;

static const UndoRow undo_rows[] = {
  { "place-picture", N_("Place %s") },     { "move-picture", N_("Move %s") },
  { "crop-picture", N_("Crop %s") },       { "remove-picture", N_("Remove the Picture of %s") },
  { "add-pictures", N_("Add Pictures") },  { "choose-picture", N_("Choose for %s") },
  { "swap-pictures", N_("Swap %s") },      { "copy-picture", N_("Copy %s") },
  { "take-off-picture", N_("Take Off the Picture of %s") }, { "reset-crop", N_("Reset the Crop of %s") },
  { "remove-file", N_("Remove %s") },
  { "edit-cell", N_("Edit %s") },          { "paste-cells", N_("Paste") },
  { "fill-names", N_("Fill from Names") }, { "remove-rows", N_("Remove Rows") },
  { "add-rows", N_("Add Rows") },          { "clear-cells", N_("Clear") },
  { "add-domains", N_("Add Domains") },    { "remove-domain", N_("Remove %s") },
  { "change-domain", N_("Change %s") },    { "change-options", N_("Change Options") },
  { "set-customer", N_("Choose %s") },        { "fill-cells", N_("Fill Cells") },
  { "change-domains", N_("Change All Names") },
};

char *
wb_words_undo (const char *code, const char *subject, gboolean redo)
{
  const char *label = NULL;
  GString *what;
  char *text;

  for (guint i = 0; code != NULL && i < G_N_ELEMENTS (undo_rows); i++)
    if (g_str_equal (undo_rows[i].code, code))
      label = _(undo_rows[i].label);
  if (label == NULL)
    return g_strdup (redo ? _("Redo") : _("Undo"));
  what = g_string_new (label);
  g_string_replace (what, "%s", subject != NULL ? subject : "", 0);
  /* Translators: %s is what is undone, such as “Move Jonas to Mei” */
  text = g_strdup_printf (redo ? _("Redo: %s") : _("Undo: %s"), what->str);
  g_string_free (what, TRUE);
  return text;
}

char *
wb_words_provider (const char *word)
{
  if (g_str_equal (word, "GOOGLE"))
    return g_strdup (_("Google"));
  if (g_str_equal (word, "MICROSOFT"))
    return g_strdup (_("Microsoft"));
  return *word != '\0' ? wb_format_text (word) : g_strdup ("—");
}

const char *
wb_words_switch (gint64 on)
{
  if (on == CMR_MONEY_UNKNOWN)
    return "—";
  return on != 0 ? C_("switch", "On") : C_("switch", "Off");
}

/* It ends with a day in UTC, this many after the one in which the domain expired. */
#define GRACE_DAYS 7

char *
wb_words_grace (gint64 expired)
{
  const gint64 day = G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC;
  gint64 days = expired > 0 ? expired / day + GRACE_DAYS - g_get_real_time () / day : -1;

  if (days < 0)
    return g_strdup (_("Grace"));
  if (days == 0)
    return g_strdup (_("Grace, last day"));
  return g_strdup_printf (ngettext ("Grace, %d day left", "Grace, %d days left", (gulong) days), (int) days);
}
