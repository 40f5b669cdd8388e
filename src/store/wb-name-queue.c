// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "cmr-error.h"
#include "wb-name-answer-private.h"
#include "wb-name-queue-private.h"
#include "wb-pace-private.h"

/* Requests for single names at a time: the pacer spaces them, an answer may take seconds. */
#define AVAILABLE_AT_ONCE 4
/* Names in one workspace request, and such requests at a time. The service works on a name for up to 15 s,
 * perhaps on one after the other; the pipeline waits three minutes for the whole. */
#define WORKSPACE_BATCH 10
#define WORKSPACE_AT_ONCE 2
/* When a name without an answer is told as not known: a little more than the 15 s that the service takes at
 * most. The request goes on; what it brings later still counts. */
#define PATIENCE_MS (20 * 1000)

/* One request, for one name or for several. */
typedef struct {
  WbNameBook *book;
  GPtrArray *entries; /* lent */
  CmrOp op;
  gint64 asked_at;
} Ask;

static Ask *
ask_new (WbNameBook *self, CmrOp op)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->book = g_object_ref (self);
  ask->entries = g_ptr_array_new ();
  ask->op = op;
  ask->asked_at = g_get_real_time ();
  return ask;
}

static void
ask_free (Ask *ask)
{
  g_object_unref (ask->book);
  g_ptr_array_unref (ask->entries);
  g_free (ask);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ask, ask_free)

void
wb_name_book_set_state (WbNameBook *self, WbNameEntry *entry, WbNameState state)
{
  if (entry->answer.state == state)
    return;
  entry->answer.state = state;
  wb_name_book_tell (self, entry);
}

/* Patience */

typedef struct {
  WbNameBook *book;
  WbNameEntry *entry;
} Patience;

static gboolean
on_patience_over (gpointer user_data)
{
  Patience *patience = user_data;

  patience->entry->patience_id = 0;
  wb_name_book_set_state (patience->book, patience->entry, WB_NAME_NOT_KNOWN);
  return G_SOURCE_REMOVE;
}

/* The source goes with the entry, and that with the book. */
void
wb_name_book_start_patience (WbNameBook *self, WbNameEntry *entry)
{
  Patience *patience = g_new0 (Patience, 1);

  patience->book = self;
  patience->entry = entry;
  g_clear_handle_id (&entry->patience_id, g_source_remove);
  entry->patience_id
      = g_timeout_add_full (G_PRIORITY_DEFAULT, wb_pace_ms (PATIENCE_MS), on_patience_over, patience, g_free);
}

/* The ways of a name */

void
wb_name_book_settle (WbNameBook *self, WbNameEntry *entry, WbNameState state)
{
  entry->stage = WB_STAGE_IDLE;
  entry->under_way = FALSE;
  entry->alone = FALSE;
  g_clear_handle_id (&entry->patience_id, g_source_remove);
  entry->answer.state = state;
  wb_name_book_tell (self, entry);
}

void
wb_name_book_enqueue (WbNameBook *self, WbNameEntry *entry, WbNameStage stage)
{
  entry->stage = stage;
  entry->under_way = FALSE;
  g_clear_handle_id (&entry->patience_id, g_source_remove);
  g_queue_push_tail (&self->waiting[stage], entry);
}

/* What the first question brought; its price is known from here on. */
void
wb_name_book_take_name (WbNameBook *self, WbNameEntry *entry, const WbNameAnswer *name)
{
  entry->name = *name;
  entry->answer.cents = name->cents;
  entry->answer.renew_cents = name->renew_cents;
  entry->answer.asked_at = name->asked_at;
  if (name->state != WB_NAME_AVAILABLE)
    {
      wb_name_book_settle (self, entry, name->state);
      return;
    }
  entry->answer.state = WB_NAME_ASKING;
  wb_name_book_enqueue (self, entry, WB_STAGE_WORKSPACE);
  wb_name_book_tell (self, entry);
}

static gboolean
is_seen (WbNameBook *self, const WbNameEntry *entry)
{
  return g_hash_table_size (self->seen) == 0 || g_hash_table_contains (self->seen, entry->domain);
}

/* What is on the screen goes first. */
static WbNameEntry *
take_next (WbNameBook *self, WbNameStage stage)
{
  GQueue *queue = &self->waiting[stage];

  for (GList *l = queue->head; l != NULL; l = l->next)
    if (is_seen (self, l->data))
      {
        WbNameEntry *entry = l->data;

        g_queue_delete_link (queue, l);
        return entry;
      }
  return g_queue_pop_head (queue);
}

static void
begin (Ask *ask, WbNameEntry *entry)
{
  entry->under_way = TRUE;
  wb_name_book_start_patience (ask->book, entry);
  g_ptr_array_add (ask->entries, entry);
}

static void
send_ask (Ask *ask, GBytes *json, GAsyncReadyCallback callback)
{
  WbNameBook *self = ask->book;
  const WbNameEntry *entry = ask->entries->pdata[0];
  g_autoptr (CmrCall) call = cmr_call_new (ask->op);

  cmr_call_set_priority (call, is_seen (self, entry) ? CMR_PRIORITY_VISIBLE : CMR_PRIORITY_DUE);
  cmr_call_set_param (call, "userId", entry->customer_id);
  cmr_call_set_json (call, json);
  cmr_client_read_async (wb_profile_get_client (self->profile), call, self->cancellable, callback, ask);
}

/* First question: availability */

static void ask_name (WbNameBook *self, WbNameEntry *entry, CmrOp op);

static void
name_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Ask) ask = user_data;
  WbNameBook *self = ask->book;
  WbNameEntry *entry = ask->entries->pdata[0];
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, &error);
  WbNameAnswer name = { WB_NAME_NOT_KNOWN, CMR_MONEY_UNKNOWN, CMR_MONEY_UNKNOWN, ask->asked_at };

  self->running[WB_STAGE_NAME]--;
  if (self->profile == NULL)
    return;
  /* The path of the single question is proved by no paper; the search answers it as well. */
  if (ask->op == CMR_OP_CHECK_DOMAIN_AVAILABLE && g_error_matches (error, CMR_ERROR, CMR_ERROR_NOT_FOUND))
    {
      ask_name (self, entry, CMR_OP_SUGGEST_DOMAINS);
      return;
    }
  if (body != NULL)
    wb_name_read_answer (ask->op, body, entry->domain, &name);
  self->by_suggestion |= body != NULL && ask->op == CMR_OP_SUGGEST_DOMAINS;
  wb_name_book_take_name (self, entry, &name);
  wb_name_book_pump (self);
}

static void
ask_name (WbNameBook *self, WbNameEntry *entry, CmrOp op)
{
  Ask *ask = ask_new (self, op);
  const char *ending = strrchr (entry->domain, '.');
  const char *endings[] = { ending, NULL };
  g_autoptr (GBytes) json
      = op == CMR_OP_SUGGEST_DOMAINS ? wb_name_search (entry->domain, endings) : wb_name_question (entry->domain);

  self->running[WB_STAGE_NAME]++;
  begin (ask, entry);
  send_ask (ask, json, name_cb);
}

/* Second question: workspace */

/* A row is missing, or the list form is not understood here: the name is asked for alone. */
static void
ask_alone (WbNameBook *self, WbNameEntry *entry)
{
  entry->alone = TRUE;
  wb_name_book_enqueue (self, entry, WB_STAGE_WORKSPACE);
}

static gboolean
list_form_failed (const GError *error)
{
  return error == NULL || g_error_matches (error, CMR_ERROR, CMR_ERROR_INVALID)
         || g_error_matches (error, CMR_ERROR, CMR_ERROR_CONFLICT)
         || g_error_matches (error, CMR_ERROR, CMR_ERROR_PROTOCOL);
}

static void
workspaces_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Ask) ask = user_data;
  WbNameBook *self = ask->book;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, &error);
  g_autoptr (GHashTable) states = NULL;

  self->running[WB_STAGE_WORKSPACE]--;
  if (self->profile == NULL)
    return;
  if (body != NULL)
    states = wb_workspace_read_answers (body);
  /* A listener may close the profile in the middle. */
  for (guint i = 0; i < ask->entries->len && self->profile != NULL; i++)
    {
      WbNameEntry *entry = ask->entries->pdata[i];

      if (states != NULL && g_hash_table_contains (states, entry->domain))
        wb_name_book_settle (self, entry, GPOINTER_TO_INT (g_hash_table_lookup (states, entry->domain)));
      else if (list_form_failed (error))
        ask_alone (self, entry);
      else
        wb_name_book_settle (self, entry, WB_NAME_NOT_KNOWN);
    }
  wb_name_book_pump (self);
}

static void
workspace_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Ask) ask = user_data;
  WbNameBook *self = ask->book;
  WbNameEntry *entry = ask->entries->pdata[0];
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = cmr_client_read_finish (CMR_CLIENT (source), result, &error);

  self->running[WB_STAGE_WORKSPACE]--;
  if (self->profile == NULL)
    return;
  wb_name_book_settle (self, entry, wb_workspace_read_answer (body, error, entry->domain));
  wb_name_book_pump (self);
}

/* Of one customer, each name once: the answer's rows bear no other key. */
static gboolean
fits (const Ask *ask, const WbNameEntry *entry)
{
  const WbNameEntry *first = ask->entries->len > 0 ? ask->entries->pdata[0] : entry;

  if (entry->alone || !g_str_equal (first->customer_id, entry->customer_id))
    return FALSE;
  for (guint i = 0; i < ask->entries->len; i++)
    if (g_str_equal (((WbNameEntry *) ask->entries->pdata[i])->domain, entry->domain))
      return FALSE;
  return TRUE;
}

static void
fill_batch (Ask *ask)
{
  GQueue *queue = &ask->book->waiting[WB_STAGE_WORKSPACE];

  for (GList *l = queue->head, *next; l != NULL && ask->entries->len < WORKSPACE_BATCH; l = next)
    {
      next = l->next;
      if (!fits (ask, l->data))
        continue;
      begin (ask, l->data);
      g_queue_delete_link (queue, l);
    }
}

static void
ask_workspace (WbNameBook *self)
{
  Ask *ask = ask_new (self, CMR_OP_CHECK_WORKSPACE);
  WbNameEntry *entry = take_next (self, WB_STAGE_WORKSPACE);
  g_autoptr (GPtrArray) domains = g_ptr_array_new (), providers = g_ptr_array_new ();
  g_autoptr (GBytes) json = NULL;

  self->running[WB_STAGE_WORKSPACE]++;
  begin (ask, entry);
  if (!entry->alone)
    fill_batch (ask);
  for (guint i = 0; i < ask->entries->len; i++)
    {
      g_ptr_array_add (domains, ((WbNameEntry *) ask->entries->pdata[i])->domain);
      g_ptr_array_add (providers, ((WbNameEntry *) ask->entries->pdata[i])->provider);
    }
  g_ptr_array_add (domains, NULL);
  g_ptr_array_add (providers, NULL);
  json = ask->entries->len == 1
             ? wb_workspace_question (entry->domain, entry->provider)
             : wb_workspace_questions ((const char *const *) domains->pdata, (const char *const *) providers->pdata);
  send_ask (ask, json, ask->entries->len == 1 ? workspace_cb : workspaces_cb);
}

/* While one list is under way, the next one waits until it is full or nothing can join it any more. */
static gboolean
may_ask_workspace (WbNameBook *self)
{
  guint waiting = self->waiting[WB_STAGE_WORKSPACE].length;

  if (self->profile == NULL || waiting == 0 || self->running[WB_STAGE_WORKSPACE] >= WORKSPACE_AT_ONCE)
    return FALSE;
  return self->running[WB_STAGE_WORKSPACE] == 0 || waiting >= WORKSPACE_BATCH
         || self->waiting[WB_STAGE_NAME].length + self->running[WB_STAGE_NAME] == 0;
}

void
wb_name_book_pump (WbNameBook *self)
{
  while (self->profile != NULL && self->running[WB_STAGE_NAME] < AVAILABLE_AT_ONCE
         && self->waiting[WB_STAGE_NAME].length > 0)
    ask_name (self, take_next (self, WB_STAGE_NAME),
              self->by_suggestion ? CMR_OP_SUGGEST_DOMAINS : CMR_OP_CHECK_DOMAIN_AVAILABLE);
  while (may_ask_workspace (self))
    ask_workspace (self);
}

