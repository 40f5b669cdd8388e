// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-order-words.h"

#include <string.h>

#include <glib/gi18n.h>

#include "wb-format.h"
#include "wb-picture.h"
#include "wb-words.h"

typedef struct {
  int key; /* a WbReason, or a WbOrderState */
  const char *icon, *css_class;
  const char *cause; /* %s: percent or a sum */
  const char *text;  /* %s: what the service said */
  const char *wait;
  gboolean charge;   /* whether "Nothing was charged." may follow */
  WbChoice choices[3];
} Row;

#define BAD "dialog-error-symbolic", "error"
#define WARN "dialog-warning-symbolic", "warning"
#define ASK "dialog-question-symbolic", "neutral"
#define KEEP { WB_ACT_KEEP, N_("Keep as Draft") }
#define NOT_NOW { WB_ACT_NOT_NOW, N_("Not Now") }
#define PAY { WB_ACT_PAY, NULL }

static const Row create_rows[] = {
  { WB_REASON_NOT_CONNECTED, BAD, N_("The service could not be reached."),
    N_("Nothing was sent. The draft and its pictures are as they were."), NULL, FALSE,
    { { WB_ACT_CREATE_AGAIN, N_("Try Again") }, KEEP } },
  { WB_REASON_BROKE_OFF, BAD, N_("The upload broke off at %s."),
    N_("The service cannot have the whole order, so nothing was ordered."), NULL, TRUE,
    { { WB_ACT_CREATE_AGAIN, N_("Upload Again") }, KEEP } },
  { WB_REASON_STOPPED, "media-playback-stop-symbolic", "neutral", N_("Stopped."),
    N_("The order was not sent. The draft and its pictures are as they were."), NULL, FALSE,
    { { WB_ACT_REVIEW, N_("Back to Review") }, KEEP } },
  { WB_REASON_REFUSED, BAD, N_("Not done."), N_("The service said: “%s”. Nothing was changed."), NULL, TRUE,
    { { WB_ACT_REVIEW, N_("Correct…") }, KEEP } },
  { WB_REASON_SIGNED_OUT, "dialog-password-symbolic", "error", N_("The service does not accept this key."),
    N_("Nothing is lost and nothing more is sent. Copy the key again from the partner dashboard: Settings, Integrations."), NULL, FALSE,
    { { WB_ACT_CHANGE_KEY, N_("Change Key…") }, KEEP } },
  { WB_REASON_FUNDS, "auth-smartcard-symbolic", "error", N_("Your wallet is too low."),
    N_("Top up in the partner dashboard, then check again. The draft is kept."), NULL, FALSE,
    { { WB_ACT_REVIEW, N_("Check Again") }, KEEP } },
  { WB_REASON_BUSY, "alarm-symbolic", "warning", N_("Not accepted: the service asks for a pause."), N_("Nothing was ordered."),
    N_("Create it again in %s."), TRUE, { { WB_ACT_CREATE_AGAIN, N_("Create Again") }, KEEP } },
  { WB_REASON_GONE, BAD, N_("This service no longer takes pictures with an order."), N_("Nothing is lost."), NULL, FALSE,
    { { WB_ACT_WITHOUT_PICTURES, N_("Order Without Pictures") }, KEEP } },
  { WB_REASON_BLOB_MISSING, BAD, N_("A picture of this order is gone."),
    N_("It was removed or changed on the disk, so nothing was sent. Take it off or choose it again."), NULL, FALSE,
    { { WB_ACT_PICTURES, N_("Show Pictures") }, KEEP } },
  { WB_REASON_DISK, "drive-harddisk-symbolic", "error", N_("The disk is full, so nothing is sent."),
    N_("Each change is written down first. Free some space, then go on."), NULL, FALSE,
    { { WB_ACT_CREATE_AGAIN, N_("Try Again") }, KEEP } },
  { WB_REASON_NO_KEY, "dialog-password-symbolic", "error", N_("There is no key for this profile."),
    N_("Nothing was sent. Enter the key, then try again."), NULL, FALSE, { { WB_ACT_CHANGE_KEY, N_("Enter Key…") }, KEEP } },
  { WB_REASON_SHUT, "changes-prevent-symbolic", "warning", N_("The profile was locked before the order left."),
    N_("Nothing was sent. Unlock it to send."), NULL, FALSE, { { WB_ACT_REVIEW, N_("Back to Review") }, KEEP } },
  { WB_REASON_INCOMPLETE, BAD, N_("Not done."), N_("Something is missing in the order, so nothing was sent."), NULL, FALSE,
    { { WB_ACT_REVIEW, N_("Correct…") }, KEEP } },
  { WB_REASON_SECRET_GONE, "dialog-password-symbolic", "error", N_("The sign-in data for export are no longer known."),
    N_("Nothing was sent. They are never written to the disk: enter them again in Options."), NULL, FALSE,
    { { WB_ACT_REVIEW, N_("Back to Review") }, KEEP } },
};

/* The service has no such call, and no pictures were in it. */
static const Row gone_row
  = { WB_REASON_GONE, BAD, N_("Not done."), N_("The service has no such call here. Nothing was changed."), NULL, TRUE,
      { { WB_ACT_REVIEW, N_("Back to Review") }, KEEP } };

static const Row pay_rows[] = {
  { WB_REASON_NOT_CONNECTED, BAD, N_("The service could not be reached."), N_("The payment was not sent."), NULL, TRUE, { PAY, NOT_NOW } },
  { WB_REASON_BROKE_OFF, BAD, N_("The service could not be reached."), N_("The payment was not sent."), NULL, TRUE, { PAY, NOT_NOW } },
  { WB_REASON_STOPPED, "media-playback-stop-symbolic", "neutral", N_("Stopped."),
    N_("The payment was not sent. The order waits; prices may change until it is paid."), NULL, FALSE, { PAY, NOT_NOW } },
  { WB_REASON_REFUSED, BAD, N_("Not done."), N_("The service said: “%s”. Nothing was changed."), NULL, TRUE, { PAY, NOT_NOW } },
  { WB_REASON_SIGNED_OUT, "dialog-password-symbolic", "error", N_("The service does not accept this key."),
    N_("Nothing is lost and nothing more is sent. Copy the key again from the partner dashboard: Settings, Integrations."), NULL, FALSE,
    { { WB_ACT_CHANGE_KEY, N_("Change Key…") }, NOT_NOW } },
  { WB_REASON_FUNDS, "auth-smartcard-symbolic", "error", N_("Your wallet is too low."),
    N_("Top up in the partner dashboard, then check again. The order is kept."), NULL, TRUE, { PAY, NOT_NOW } },
  { WB_REASON_BUSY, "alarm-symbolic", "warning", N_("Not accepted: the service asks for a pause."), "", N_("Press Pay again in %s."), TRUE,
    { PAY, NOT_NOW } },
  { WB_REASON_DISK, "drive-harddisk-symbolic", "error", N_("The disk is full, so nothing is sent."),
    N_("Each change is written down first. Free some space, then go on."), NULL, FALSE, { PAY, NOT_NOW } },
  { WB_REASON_NO_KEY, "dialog-password-symbolic", "error", N_("There is no key for this profile."),
    N_("The payment was not sent. Enter the key, then try again."), NULL, FALSE, { { WB_ACT_CHANGE_KEY, N_("Enter Key…") }, NOT_NOW } },
  { WB_REASON_SHUT, "changes-prevent-symbolic", "warning", N_("The profile was locked before the payment left."),
    N_("The payment was not sent."), NULL, FALSE, { PAY, NOT_NOW } },
};

static const Row state_rows[] = {
  { WB_ORDER_MAY_EXIST, ASK, N_("It is not known whether the order was created."), N_("It may exist unpaid; that costs nothing."), NULL,
    FALSE, { { WB_ACT_CREATE_AGAIN, N_("Create Again") }, KEEP } },
  { WB_ORDER_NOT_PAID, "waybill-done-symbolic", "success", N_("The order is created."),
    N_("It costs nothing yet. Prices may change until it is paid."), NULL, FALSE, { PAY, NOT_NOW } },
  { WB_ORDER_CANNOT_PAY, WARN, N_("The order is made, but this service has no call to pay it that Waybill knows."),
    N_("It is not paid."), NULL, FALSE,
    { { WB_ACT_DASHBOARD, N_("Pay in the Dashboard") }, { WB_ACT_ONE_STEP, N_("Order in One Step Instead…") } } },
};

static const Row not_read_row
  = { WB_ORDER_NOT_PAID, WARN, N_("The order is made, but its state could not be read."),
      N_("Before you can pay, Waybill looks whether it is paid already."), NULL, FALSE,
      { { WB_ACT_ASK, N_("Check Again") }, NOT_NOW } };

static const Row *
find (const Row *rows, guint n_rows, int key)
{
  for (guint i = 0; i < n_rows; i++)
    if (rows[i].key == key)
      return &rows[i];
  return NULL;
}

static const Row *
find_row (const WbOrderFacts *facts)
{
  if (facts->state == WB_ORDER_FAILED || facts->state == WB_ORDER_CANCELLED)
    {
      if (facts->reason == WB_REASON_GONE && facts->pictures == 0)
        return &gone_row;
      return find (create_rows, G_N_ELEMENTS (create_rows), facts->reason);
    }
  if (facts->state == WB_ORDER_NOT_PAID && facts->paying && facts->reason != WB_REASON_NONE)
    {
      const Row *row = find (pay_rows, G_N_ELEMENTS (pay_rows), facts->reason);

      if (row != NULL)
        return row;
    }
  if (facts->state == WB_ORDER_NOT_PAID && !facts->read_back && !facts->reading)
    return &not_read_row;
  return find (state_rows, G_N_ELEMENTS (state_rows), facts->state);
}

/* Filling */

static char *
fill (const char *sentence, const char *value)
{
  GString *text = g_string_new (sentence);

  g_string_replace (text, "%s", value, 0);
  return g_string_free (text, FALSE);
}

static void
add_sentence (GString *text, const char *sentence)
{
  if (sentence == NULL || *sentence == '\0')
    return;
  g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", sentence);
}

/* Only a reading made since may say it. */
static gboolean
wallet_agrees (const WbOrderFacts *facts)
{
  return !facts->reading && (!facts->paying || facts->read_back) && facts->wallet_now != CMR_MONEY_UNKNOWN
         && facts->wallet_before != CMR_MONEY_UNKNOWN && facts->wallet_now == facts->wallet_before;
}

static char *
dup_short_text (const WbOrderFacts *facts)
{
  g_autofree char *needs = wb_format_money (facts->about), *has = wb_format_money (facts->wallet_now);

  /* Translators: two sums, then */
  return g_strdup_printf (facts->paying
                            ? _("The order needs %s, you have %s. Top up in the partner dashboard, then check again. The order is kept.")
                            : _("The order needs %s, you have %s. Top up in the partner dashboard, then check again. The draft is kept."),
                          needs, has);
}

static gboolean
is_short (const WbOrderFacts *facts)
{
  return facts->reason == WB_REASON_FUNDS && facts->about != CMR_MONEY_UNKNOWN && facts->wallet_now != CMR_MONEY_UNKNOWN
         && facts->about > facts->wallet_now;
}

static char *
dup_cause (const Row *row, const WbOrderFacts *facts)
{
  g_autofree char *value = NULL;

  if (is_short (facts))
    {
      g_autofree char *sum = wb_format_money (facts->about - facts->wallet_now);

      /* Translators: a sum */
      return g_strdup_printf (_("Your wallet is %s short."), sum);
    }
  /* Translators: percent, as the language writes it */
  value = g_strdup_printf (_("%u %%"), facts->percent);
  return fill (_(row->cause), value);
}

static char *
dup_text (const Row *row, const WbOrderFacts *facts)
{
  GString *text = g_string_new (NULL);
  g_autofree char *said = wb_format_text (facts->said != NULL ? facts->said : "");
  g_autofree char *first = NULL;

  if (is_short (facts))
    first = dup_short_text (facts);
  else if (strstr (row->text, "%s") != NULL && *said == '\0')
    first = g_strdup (_("The service refused it. Nothing was changed."));
  else if (*row->text != '\0')
    first = fill (_(row->text), said);
  add_sentence (text, first);
  if (row == find (create_rows, G_N_ELEMENTS (create_rows), WB_REASON_GONE))
    {
      g_autofree char *kept = g_strdup_printf (ngettext ("Your %u picture stays in the draft.", "Your %u pictures stay in the draft.",
                                                         facts->pictures), facts->pictures);

      add_sentence (text, kept);
    }
  if (row->charge && wallet_agrees (facts))
    add_sentence (text, _("Nothing was charged."));
  if (facts->state == WB_ORDER_MAY_EXIST && wallet_agrees (facts))
    add_sentence (text, _("Your wallet did not move."));
  if (facts->state == WB_ORDER_NOT_PAID && facts->reading)
    add_sentence (text, _("Its state and your wallet are being read."));
  return g_string_free (text, FALSE);
}

/* What is paid in one step is never sent from here again: its button is in Review, with the sum. And Pay is
 * offered only when state and wallet were read. */
static void
take_choices (WbOrderWords *words, const Row *row, const WbOrderFacts *facts)
{
  memcpy (words->choices, row->choices, sizeof words->choices);
  for (guint i = 0; i < G_N_ELEMENTS (words->choices); i++)
    if (facts->confirm && words->choices[i].act == WB_ACT_CREATE_AGAIN)
      words->choices[i] = (WbChoice) { WB_ACT_REVIEW, N_("Back to Review") };
    else if (words->choices[i].act == WB_ACT_PAY && !facts->read_back && !facts->reading)
      words->choices[i] = (WbChoice) { WB_ACT_ASK, N_("Check Again") };
}

static WbOrderWords *
words_of (const Row *row, const WbOrderFacts *facts)
{
  WbOrderWords *words = g_new0 (WbOrderWords, 1);

  words->icon = row->icon;
  words->css_class = row->css_class;
  words->cause = dup_cause (row, facts);
  words->text = dup_text (row, facts);
  words->wait = row->wait;
  words->until = row->wait != NULL ? facts->retry_at : 0;
  take_choices (words, row, facts);
  return words;
}

/**
 * wb_order_words_for:
 *
 * Returns: (transfer full) (nullable): the words of an order that has come to a stand
 */
WbOrderWords *
wb_order_words_for (const WbOrderFacts *facts)
{
  const Row *row = find_row (facts);

  return row != NULL ? words_of (row, facts) : NULL;
}

static const Row found_row
  = { WB_REASON_FOUND_QUEUED, "alarm-symbolic", "warning", N_("A request for this order was waiting when Waybill was closed."),
      N_("It was not sent, and it is not sent by itself. Take it back to go on."), NULL, FALSE,
      { { WB_ACT_STOP_WAITING, N_("Take It Back") }, NOT_NOW } };

static const WbOrderFacts no_facts
  = { .about = CMR_MONEY_UNKNOWN, .wallet_before = CMR_MONEY_UNKNOWN, .wallet_now = CMR_MONEY_UNKNOWN, .said = "" };

WbOrderWords *
wb_order_words_for_found (void)
{
  return words_of (&found_row, &no_facts);
}

static WbReason
reason_of (const GError *error)
{
  static const struct {
    CmrError code;
    WbReason reason;
  } reasons[] = {
    { CMR_ERROR_OFFLINE, WB_REASON_NOT_CONNECTED }, { CMR_ERROR_SIGNED_OUT, WB_REASON_SIGNED_OUT },
    { CMR_ERROR_BUSY, WB_REASON_BUSY },             { CMR_ERROR_FUNDS, WB_REASON_FUNDS },
    { CMR_ERROR_STORAGE, WB_REASON_DISK },
  };

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return WB_REASON_STOPPED;
  if (error->domain == WB_MEDIA_ERROR)
    return WB_REASON_BLOB_MISSING;
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_error_matches (error, CMR_ERROR, (int) reasons[i].code))
      return reasons[i].reason;
  return WB_REASON_NONE;
}

/* Words of an error that no row has. */
static WbOrderWords *
words_of_error (const GError *error, WbChoice otherwise, WbChoice second)
{
  g_autoptr (WbErrorWords) said = wb_words_for_error (error);
  WbOrderWords *words = g_new0 (WbOrderWords, 1);

  words->icon = said->icon;
  words->css_class = "error";
  words->cause = g_strdup (said->cause);
  words->text = g_strdup (said->consequence);
  words->choices[0] = said->remedy == WB_REMEDY_UNLOCK ? (WbChoice) { WB_ACT_UNLOCK, N_("Unlock…") } : otherwise;
  words->choices[1] = second;
  return words;
}

WbOrderWords *
wb_order_words_for_error (const GError *error, gboolean confirm)
{
  WbOrderFacts facts = no_facts;
  WbOrderWords *words;

  facts.state = WB_ORDER_FAILED;
  facts.reason = reason_of (error);
  facts.confirm = confirm;
  words = wb_order_words_for (&facts);
  if (words != NULL)
    return words;
  return words_of_error (error, (WbChoice) { WB_ACT_REVIEW, N_("Back to Review") }, (WbChoice) KEEP);
}

WbOrderWords *
wb_order_words_for_pay_error (const GError *error)
{
  WbOrderFacts facts = no_facts;
  WbOrderWords *words;

  facts.state = WB_ORDER_NOT_PAID;
  facts.paying = TRUE;
  facts.reason = reason_of (error);
  if (facts.reason == WB_REASON_NONE || facts.reason == WB_REASON_BUSY)
    return words_of_error (error, (WbChoice) { WB_ACT_ASK, N_("Check Again") }, (WbChoice) NOT_NOW);
  words = wb_order_words_for (&facts);
  if (words != NULL)
    return words;
  return words_of_error (error, (WbChoice) { WB_ACT_ASK, N_("Check Again") }, (WbChoice) NOT_NOW);
}

char *
wb_order_words_dup_text (const WbOrderWords *self, gint64 now)
{
  gint64 seconds = (self->until - now + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
  GString *text = g_string_new (self->text);

  if (self->wait != NULL && self->until > 0 && seconds > 0)
    {
      /* Translators: seconds, short */
      g_autofree char *left = g_strdup_printf (_("%d s"), (int) seconds);
      g_autofree char *wait = fill (_(self->wait), left);

      add_sentence (text, wait);
    }
  else if (self->wait != NULL)
    add_sentence (text, _("You can press it again now."));
  return g_string_free (text, FALSE);
}

void
wb_order_words_free (WbOrderWords *self)
{
  if (self == NULL)
    return;
  g_free (self->cause);
  g_free (self->text);
  g_free (self);
}
