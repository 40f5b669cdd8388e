// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "Waybill"

#include "config.h"

#include "wb-forget-words.h"

#include <glib/gi18n.h>

#include "wb-format.h"

static void
line_free (gpointer data)
{
  WbForgetLine *line = data;

  g_free (line->title);
  g_free (line->subtitle);
  g_free (line);
}

/* @title: (transfer full) */
static void
add (GPtrArray *lines, char *title, const char *subtitle)
{
  WbForgetLine *line = g_new (WbForgetLine, 1);

  *line = (WbForgetLine) { title, g_strdup (subtitle) };
  g_ptr_array_add (lines, line);
}

static char *
dup_orders (const WbProfileLoss *loss)
{
  return g_strdup_printf (ngettext ("%u order", "%u orders", loss->n_orders), loss->n_orders);
}

static char *
dup_drafts (const WbProfileLoss *loss)
{
  return g_strdup_printf (ngettext ("%u draft", "%u drafts", loss->n_drafts), loss->n_drafts);
}

static char *
dup_pictures (const WbProfileLoss *loss)
{
  g_autofree char *size = wb_format_size ((guint64) loss->picture_bytes);

  /* Translators: %s is a size, such as 1.4 MB */
  return g_strdup_printf (_("Pictures, %s"), size);
}

static char *
dup_requests (const WbProfileLoss *loss)
{
  return g_strdup_printf (ngettext ("%u request in Activity", "%u requests in Activity", loss->n_requests), loss->n_requests);
}

static char *
dup_views (const WbProfileLoss *loss)
{
  return g_strdup_printf (ngettext ("%u saved view", "%u saved views", loss->n_views), loss->n_views);
}

GPtrArray *
wb_forget_words_loss (const WbProfileLoss *loss, WbProfileKind kind)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (line_free);

  if (loss->n_orders > 0)
    add (lines, dup_orders (loss), _("The service has no list of orders: the history of them is here alone."));
  if (loss->n_drafts > 0)
    add (lines, dup_drafts (loss), _("Nothing of them was sent."));
  if (loss->picture_bytes > 0)
    add (lines, dup_pictures (loss), _("Your own files stay where they are."));
  if (loss->n_requests > 0)
    add (lines, dup_requests (loss), _("What was sent, when, and what was paid."));
  if (loss->n_views > 0)
    add (lines, dup_views (loss), NULL);
  add (lines, g_strdup (_("What was read")), _("Customers, domains, mailboxes and subscriptions. The service has them."));
  if (kind != WB_PROFILE_BUILT_IN)
    add (lines, g_strdup (_("The key")), _("It stays valid at the service, until it is taken back in the partner dashboard."));
  return lines;
}

/* Parts of a list, not of a sentence. */
char *
wb_forget_words_gone (const WbProfileLoss *loss, WbProfileKind kind, WbForgot forgot)
{
  g_autoptr (GPtrArray) lines = wb_forget_words_loss (loss, kind);
  GString *text = g_string_new (_("Removed from this computer:"));

  for (guint i = 0; i < lines->len; i++)
    if (i + 1 < lines->len || kind == WB_PROFILE_BUILT_IN || forgot == WB_FORGOT_ALL)
      g_string_append_printf (text, "\n%s", ((WbForgetLine *) lines->pdata[i])->title);
  if (forgot == WB_FORGOT_BUT_KEY)
    g_string_append_printf (text, "\n\n%s", _("The keyring was locked, or there is none: a key that it holds is removed when "
                                              "Waybill starts and finds it open."));
  else if (forgot == WB_FORGOT_IN_PART)
    g_string_append_printf (text, "\n\n%s", _("Some files could not be removed yet. Waybill tries again at its next start."));
  return g_string_free (text, FALSE);
}

char *
wb_forget_words_waiting (const WbProfileLoss *loss)
{
  return g_strdup_printf (ngettext ("%u change waits to be sent or is on its way. Send it or cancel it in Activity first: "
                                    "what may still go out must stay written down here.",
                                    "%u changes wait to be sent or are on their way. Send or cancel them in Activity first: "
                                    "what may still go out must stay written down here.",
                                    loss->n_waiting),
                          loss->n_waiting);
}

char *
wb_forget_words_under_way (const WbProfileLoss *loss)
{
  return g_strdup_printf (ngettext ("%u order is still under way. It goes on at the service, but what proves that it is paid is "
                                    "here alone. Better wait until it has ended.",
                                    "%u orders are still under way. They go on at the service, but what proves that they are "
                                    "paid is here alone. Better wait until they have ended.",
                                    loss->stakes->len),
                          loss->stakes->len);
}

void
wb_forget_words_stake (const WbProfileStake *stake, char **title, char **subtitle)
{
  g_autofree char *customer = wb_format_text (stake->customer), *cents = wb_format_money (stake->cents);
  g_autofree char *time = wb_format_time (stake->since), *id = wb_format_id (stake->order_id);

  *title = g_strdup_printf ("%s · %s", *customer != '\0' ? customer : _("No customer"), cents);
  *subtitle = *id != '\0' ? g_strdup_printf ("%s · %s", time, id) : g_strdup (time);
}

char *
wb_forget_words_stakes (const WbProfileLoss *loss)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < loss->stakes->len; i++)
    {
      const WbProfileStake *stake = loss->stakes->pdata[i];
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (stake->since / G_USEC_PER_SEC);
      g_autofree char *when = time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("");
      g_autofree char *customer = wb_format_text (stake->customer), *cents = wb_format_money (stake->cents);
      g_autofree char *id = wb_format_text (stake->order_id);

      g_string_append_printf (text, "%s\t%s\t%s\t%s\n", when, customer, cents, id);
    }
  return g_string_free (text, FALSE);
}
