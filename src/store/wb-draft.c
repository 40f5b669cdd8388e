// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"

#include "wb-draft-state-private.h"

#define UNDO_MAX 200

enum { PROP_CAN_UNDO = 1, PROP_CAN_REDO, PROP_SAVED_AT, PROP_SAVE_ERROR, PROP_TITLE, N_PROPS };
static GParamSpec *props[N_PROPS];
enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbDraft, wb_draft, G_TYPE_OBJECT)

#define ALL_LISTS ((1u << WB_N_LISTS) - 1)

static void
step_free (gpointer data)
{
  WbDraftStep *step = data;

  wb_draft_state_clear (&step->state);
  g_free (step->code);
  g_free (step->subject);
  g_free (step);
}

static void
wb_draft_dispose (GObject *object)
{
  WbDraft *self = WB_DRAFT (object);

  if (self->drafts != NULL)
    {
      /* What was changed in the last 300 ms goes to the journal before the draft does. */
      wb_draft_save_now (self);
      wb_drafts_forget (self->drafts, self);
    }
  wb_draft_stop (self);
  G_OBJECT_CLASS (wb_draft_parent_class)->dispose (object);
}

static void
wb_draft_finalize (GObject *object)
{
  WbDraft *self = WB_DRAFT (object);

  wb_draft_index_drop (self);
  wb_draft_names_drop (self);
  wb_draft_state_clear (&self->state);
  g_clear_pointer (&self->open, step_free);
  g_ptr_array_unref (self->undo);
  g_ptr_array_unref (self->redo);
  g_ptr_array_unref (self->files);
  g_clear_pointer (&self->visible, g_ptr_array_unref);
  g_clear_pointer (&self->saved_files, g_ptr_array_unref);
  g_hash_table_unref (self->making);
  g_hash_table_unref (self->make_failed);
  g_clear_error (&self->make_error);
  g_ptr_array_unref (self->waiting);
  g_ptr_array_unref (self->flushing);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->save_error);
  g_free (self->id);
  G_OBJECT_CLASS (wb_draft_parent_class)->finalize (object);
}

static void
wb_draft_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WbDraft *self = WB_DRAFT (object);

  switch (id)
    {
    case PROP_CAN_UNDO: g_value_set_boolean (value, self->undo->len > 0); break;
    case PROP_CAN_REDO: g_value_set_boolean (value, self->redo->len > 0); break;
    case PROP_SAVED_AT: g_value_set_int64 (value, self->saved_at); break;
    case PROP_SAVE_ERROR: g_value_set_boxed (value, self->save_error); break;
    case PROP_TITLE: g_value_set_string (value, self->state.head->customer_name); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wb_draft_class_init (WbDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = wb_draft_dispose;
  object_class->finalize = wb_draft_finalize;
  object_class->get_property = wb_draft_get_property;
  props[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  props[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  props[PROP_SAVED_AT] = g_param_spec_int64 ("saved-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_SAVE_ERROR] = g_param_spec_boxed ("save-error", NULL, NULL, G_TYPE_ERROR, flags);
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  /**
   * WbDraft::changed:
   * @parts: #WbDraftPart flags
   *
   * Once for each step, however many changes it holds.
   */
  signals[CHANGED] = g_signal_new ("changed", WB_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
wb_draft_init (WbDraft *self)
{
  wb_draft_state_init (&self->state);
  self->files = wb_file_list_new ();
  self->undo = g_ptr_array_new_with_free_func (step_free);
  self->redo = g_ptr_array_new_with_free_func (step_free);
  self->making = g_hash_table_new (NULL, NULL);
  self->make_failed = g_hash_table_new (NULL, NULL);
  self->flushing = g_ptr_array_new_with_free_func (g_object_unref);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
  self->next_file = 1;
  self->created = g_get_real_time ();
}

WbDraft *
wb_draft_new (WbDrafts *drafts, const char *id)
{
  WbDraft *self = g_object_new (WB_TYPE_DRAFT, NULL);

  self->drafts = drafts;
  self->id = g_strdup (id);
  return self;
}

/* Workers under way find the draft stopped and leave it alone. */
void
wb_draft_stop (WbDraft *self)
{
  const GError closed = { CMR_ERROR, CMR_ERROR_STORAGE, (char *) "the profile was closed" };

  self->drafts = NULL;
  wb_draft_answer_flush (self, &closed);
  g_clear_handle_id (&self->save_id, g_source_remove);
  wb_draft_make_stop (self);
  g_cancellable_cancel (self->cancellable);
}

void
wb_draft_note_saved (WbDraft *self, gint64 time)
{
  if (self->saved_at == time)
    return;
  self->saved_at = time;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SAVED_AT]);
}

void
wb_draft_note_save_error (WbDraft *self, const GError *error)
{
  if (error == NULL && self->save_error == NULL)
    return;
  g_clear_error (&self->save_error);
  self->save_error = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SAVE_ERROR]);
}

static void
update_undo (WbDraft *self)
{
  if (self->can_undo != (self->undo->len > 0))
    {
      self->can_undo = self->undo->len > 0;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_UNDO]);
    }
  if (self->can_redo != (self->redo->len > 0))
    {
      self->can_redo = self->redo->len > 0;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_REDO]);
    }
}

static void
emit_changed (WbDraft *self, guint parts)
{
  g_object_ref (self);
  if (parts & WB_DRAFT_CUSTOMER)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TITLE]);
  update_undo (self);
  if (parts != 0)
    g_signal_emit (self, signals[CHANGED], 0, parts);
  g_object_unref (self);
}

void
wb_draft_note (WbDraft *self, WbDraftPart part)
{
  wb_draft_touch (self);
  if (self->depth > 0)
    self->noted |= part;
  else
    emit_changed (self, part);
}

void
wb_draft_tell (WbDraft *self, guint parts)
{
  if (self->depth > 0)
    self->noted |= parts;
  else
    emit_changed (self, parts);
}

void
wb_draft_note_progress (WbDraft *self)
{
  wb_draft_tell (self, WB_DRAFT_PICTURES);
}

GPtrArray *
wb_draft_edit (WbDraft *self, WbDraftList list, WbDraftPart part)
{
  g_assert (self->depth > 0);
  self->touched |= part;
  wb_draft_index_drop (self);
  if (list == WB_LIST_MAILBOXES)
    wb_draft_names_drop (self);
  if (self->shared & (1u << list))
    {
      GPtrArray *copy = wb_item_list_copy (self->state.lists[list], wb_draft_list_free_func (list));

      g_ptr_array_unref (self->state.lists[list]);
      self->state.lists[list] = copy;
      self->shared &= ~(1u << list);
    }
  return self->state.lists[list];
}

WbDraftHead *
wb_draft_edit_head (WbDraft *self, WbDraftPart part)
{
  WbDraftHead *head = wb_draft_head_copy (self->state.head);

  g_assert (self->depth > 0);
  self->touched |= part;
  wb_draft_head_unref (self->state.head);
  self->state.head = head;
  return head;
}

/**
 * wb_draft_begin:
 * @code: names the step for the app; of nested ones the outermost counts
 * @subject: (nullable): whom or what it is about
 */
void
wb_draft_begin (WbDraft *self, const char *code, const char *subject)
{
  g_return_if_fail (WB_IS_DRAFT (self));

  if (self->depth++ > 0)
    return;
  self->open = g_new0 (WbDraftStep, 1);
  self->open->code = g_strdup (code != NULL ? code : "change");
  self->open->subject = g_strdup (subject != NULL ? subject : "");
  wb_draft_state_copy (&self->open->state, &self->state);
  self->shared = ALL_LISTS;
  self->touched = 0;
}

static void
keep_step (WbDraft *self)
{
  g_ptr_array_add (self->undo, g_steal_pointer (&self->open));
  if (self->undo->len > UNDO_MAX)
    g_ptr_array_remove_index (self->undo, 0);
  g_ptr_array_set_size (self->redo, 0);
}

void
wb_draft_end (WbDraft *self)
{
  guint parts;

  g_return_if_fail (WB_IS_DRAFT (self));
  g_return_if_fail (self->depth > 0);

  if (self->depth > 1)
    {
      self->depth--;
      return;
    }
  if (self->touched & WB_DRAFT_MAILBOXES)
    wb_draft_rehome (self, &self->open->state);
  if (self->touched & WB_DRAFT_PICTURES)
    wb_draft_sync_files (self);
  self->depth = 0;
  parts = self->touched | self->noted;
  self->noted = 0;
  if (self->touched != 0)
    {
      keep_step (self);
      wb_draft_touch (self);
      wb_draft_make_soon (self);
    }
  g_clear_pointer (&self->open, step_free);
  emit_changed (self, parts);
}

static guint
difference (const WbDraftState *a, const WbDraftState *b)
{
  static const guint parts[WB_N_LISTS] = { WB_DRAFT_DOMAINS, WB_DRAFT_MAILBOXES, WB_DRAFT_PICTURES, WB_DRAFT_PICTURES };
  guint found = a->head != b->head ? WB_DRAFT_CUSTOMER | WB_DRAFT_OPTIONS : 0;

  for (guint i = 0; i < WB_N_LISTS; i++)
    if (a->lists[i] != b->lists[i])
      found |= parts[i];
  return found;
}

/* The last step of @from is taken back, and what was there before goes to @to under the same name. */
static gboolean
travel (WbDraft *self, GPtrArray *from, GPtrArray *to)
{
  WbDraftStep *step;
  WbDraftState now;
  guint parts;

  if (from->len == 0 || self->depth > 0)
    return FALSE;
  step = g_ptr_array_steal_index (from, from->len - 1);
  now = self->state;
  self->state = step->state;
  step->state = now;
  g_ptr_array_add (to, step);
  self->shared = ALL_LISTS;
  parts = difference (&self->state, &now);
  wb_draft_index_drop (self);
  wb_draft_names_drop (self);
  wb_draft_sync_files (self);
  wb_draft_touch (self);
  wb_draft_make_soon (self);
  emit_changed (self, parts);
  return TRUE;
}

gboolean
wb_draft_undo (WbDraft *self)
{
  g_return_val_if_fail (WB_IS_DRAFT (self), FALSE);

  return travel (self, self->undo, self->redo);
}

gboolean
wb_draft_redo (WbDraft *self)
{
  g_return_val_if_fail (WB_IS_DRAFT (self), FALSE);

  return travel (self, self->redo, self->undo);
}

static const char *
last_code (GPtrArray *steps, const char **subject)
{
  const WbDraftStep *step = steps->len > 0 ? steps->pdata[steps->len - 1] : NULL;

  if (subject != NULL)
    *subject = step != NULL ? step->subject : NULL;
  return step != NULL ? step->code : NULL;
}

/**
 * wb_draft_get_undo_code:
 *
 * Returns: (nullable): the code of the step that undo would take back
 */
const char *
wb_draft_get_undo_code (WbDraft *self, const char **subject)
{
  return last_code (self->undo, subject);
}

const char *
wb_draft_get_redo_code (WbDraft *self, const char **subject)
{
  return last_code (self->redo, subject);
}

const char *
wb_draft_get_id (WbDraft *self)
{
  return self->id;
}

gint64
wb_draft_get_saved_at (WbDraft *self)
{
  return self->saved_at;
}

const GError *
wb_draft_get_save_error (WbDraft *self)
{
  return self->save_error;
}
