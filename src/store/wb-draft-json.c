// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-draft-state-private.h"

#include "cmr-error.h"
#include "cmr-field.h"

#include <string.h>

#define VERSION 1

/* Runs in the journal's thread: items never change, so nothing is locked. */

/* What a route may give away stays in memory (security.md, 11): it is asked for again after a restart. */
static const gboolean oauth_kept[WB_N_OAUTH] = { FALSE, TRUE, TRUE, FALSE };

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_bool (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
add_crop (JsonBuilder *builder, const char *name, const WbCrop *crop)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  json_builder_add_double_value (builder, crop->x);
  json_builder_add_double_value (builder, crop->y);
  json_builder_add_double_value (builder, crop->zoom);
  json_builder_add_int_value (builder, crop->turns);
  json_builder_end_array (builder);
}

static void
add_head (JsonBuilder *builder, const WbDraftHead *head)
{
  add_text (builder, "customerId", head->customer_id);
  add_text (builder, "customerName", head->customer_name);
  add_text (builder, "customerEmail", head->customer_email);
  add_text (builder, "provider", head->provider);
  add_bool (builder, "autoRenew", head->auto_renew);
  add_int (builder, "payMode", head->pay_mode);
  add_bool (builder, "mayUsePictures", head->may_use_pictures);
  add_bool (builder, "secondTime", head->second_time);
  for (guint i = 0; i < WB_N_OAUTH; i++)
    if (oauth_kept[i])
      add_text (builder, wb_oauth_names[i], head->oauth[i]);
  /* That there was one, so that it is not left out silently. */
  add_bool (builder, "microsoftRoute", head->route_gone || *head->oauth[WB_OAUTH_MICROSOFT_ROUTE] != '\0');
}

static void
add_domain (JsonBuilder *builder, gconstpointer item)
{
  const WbDraftDomain *domain = item;

  json_builder_begin_object (builder);
  add_text (builder, "name", domain->name);
  add_int (builder, "years", domain->years);
  add_text (builder, "forwardTo", domain->forward_to);
  add_bool (builder, "mask", domain->mask);
  add_bool (builder, "keepAnyway", domain->keep_anyway);
  if (domain->seen_cents != CMR_MONEY_UNKNOWN)
    add_int (builder, "seenCents", domain->seen_cents);
  json_builder_end_object (builder);
}

static void
add_row (JsonBuilder *builder, gconstpointer item)
{
  const WbDraftMailbox *row = item;

  json_builder_begin_object (builder);
  add_text (builder, "domain", row->domain);
  add_text (builder, "userName", row->user_name);
  add_text (builder, "firstName", row->first_name);
  add_text (builder, "lastName", row->last_name);
  if (row->picture_url[0] != '\0')
    add_text (builder, "pictureUrl", row->picture_url);
  if (row->warmup)
    add_bool (builder, "warmup", TRUE);
  json_builder_end_object (builder);
}

static void
add_placement (JsonBuilder *builder, gconstpointer item)
{
  const WbPlacement *placement = item;

  json_builder_begin_object (builder);
  add_text (builder, "person", placement->person);
  add_text (builder, "address", placement->address);
  add_int (builder, "file", placement->file);
  add_int (builder, "other", placement->other);
  add_int (builder, "how", placement->how);
  json_builder_end_object (builder);
}

static void
add_edit (JsonBuilder *builder, gconstpointer item)
{
  const WbFileEdit *edit = item;

  json_builder_begin_object (builder);
  add_int (builder, "file", edit->file);
  if (edit->cropped)
    add_crop (builder, "crop", &edit->crop);
  json_builder_end_object (builder);
}

typedef void (*AddItem) (JsonBuilder *builder, gconstpointer item);
typedef gpointer (*ReadItem) (JsonObject *object);

static char *
builder_text (JsonBuilder *builder)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  json_generator_set_root (generator, root);
  return json_generator_to_data (generator, NULL);
}

/* Reading: what is absent or of another type reads as empty, as an older version would have left it. */
static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : "";
}

static gint64
get_int (JsonObject *object, const char *name, gint64 fallback)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
             ? json_node_get_int (node)
             : fallback;
}

static gboolean
get_bool (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN
         && json_node_get_boolean (node);
}

static double
element_double (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) != G_TYPE_STRING ? json_node_get_double (node) : 0;
}

static gboolean
get_crop (JsonObject *object, const char *name, WbCrop *crop)
{
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL || json_array_get_length (array) != 4)
    return FALSE;
  crop->x = CLAMP (element_double (array, 0), 0, 1);
  crop->y = CLAMP (element_double (array, 1), 0, 1);
  crop->zoom = CLAMP (element_double (array, 2), 1, 4);
  crop->turns = (guint) element_double (array, 3) % 4;
  return TRUE;
}

static WbDraftHead *
read_head (JsonObject *object)
{
  WbDraftHead head = {
    .customer_id = (char *) get_text (object, "customerId"),
    .customer_name = (char *) get_text (object, "customerName"),
    .customer_email = (char *) get_text (object, "customerEmail"),
    .provider = (char *) get_text (object, "provider"),
    .auto_renew = get_bool (object, "autoRenew"),
    .pay_mode = CLAMP (get_int (object, "payMode", 0), 0, WB_PAY_DRAFT_ONLY),
    .may_use_pictures = get_bool (object, "mayUsePictures"),
    .second_time = get_bool (object, "secondTime"),
    .route_gone = get_bool (object, "microsoftRoute"),
  };

  for (guint i = 0; i < WB_N_OAUTH; i++)
    head.oauth[i] = (char *) get_text (object, wb_oauth_names[i]);
  if (head.provider[0] == '\0')
    head.provider = (char *) "GOOGLE";
  return wb_draft_head_copy (&head);
}

static gpointer
read_domain (JsonObject *object)
{
  return wb_draft_domain_item (&(WbDraftDomain){
      .name = (char *) get_text (object, "name"),
      .years = CLAMP (get_int (object, "years", 1), 1, 10),
      .forward_to = (char *) get_text (object, "forwardTo"),
      .mask = get_bool (object, "mask"),
      .keep_anyway = get_bool (object, "keepAnyway"),
      .seen_cents = get_int (object, "seenCents", CMR_MONEY_UNKNOWN),
  });
}

static gpointer
read_row (JsonObject *object)
{
  return wb_draft_row_item (&(WbDraftMailbox){
      .domain = (char *) get_text (object, "domain"),
      .user_name = (char *) get_text (object, "userName"),
      .first_name = (char *) get_text (object, "firstName"),
      .last_name = (char *) get_text (object, "lastName"),
      .picture_url = (char *) get_text (object, "pictureUrl"),
      .warmup = get_bool (object, "warmup"),
  });
}

static gpointer
read_placement (JsonObject *object)
{
  return wb_placement_item (&(WbPlacement){
      .person = (char *) get_text (object, "person"),
      .address = (char *) get_text (object, "address"),
      .file = get_int (object, "file", 0),
      .other = get_int (object, "other", 0),
      .how = CLAMP (get_int (object, "how", 0), 0, WB_PLACED_CROPPED),
  });
}

static gpointer
read_edit (JsonObject *object)
{
  WbFileEdit edit = { .file = get_int (object, "file", 0) };

  edit.cropped = get_crop (object, "crop", &edit.crop);
  return wb_file_edit_item (&edit);
}

static const struct {
  const char *name;
  AddItem add;
  ReadItem read;
} lists[WB_N_LISTS] = {
  [WB_LIST_DOMAINS] = { "domains", add_domain, read_domain },
  [WB_LIST_MAILBOXES] = { "mailboxes", add_row, read_row },
  [WB_LIST_PLACEMENTS] = { "placements", add_placement, read_placement },
  [WB_LIST_EDITS] = { "files", add_edit, read_edit },
};

char *
wb_draft_state_to_json (const WbDraftState *state, guint next_file)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_int (builder, "version", VERSION);
  add_int (builder, "nextFile", next_file);
  add_head (builder, state->head);
  for (guint i = 0; i < WB_N_LISTS; i++)
    {
      json_builder_set_member_name (builder, lists[i].name);
      json_builder_begin_array (builder);
      for (guint j = 0; j < state->lists[i]->len; j++)
        lists[i].add (builder, state->lists[i]->pdata[j]);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
  return builder_text (builder);
}

static JsonObject *
parse_object (JsonParser *parser, const char *text, GError **error)
{
  JsonNode *root = NULL;

  if (json_parser_load_from_data (parser, text, -1, error))
    root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return json_node_get_object (root);
  g_clear_error (error);
  g_set_error (error, CMR_ERROR, CMR_ERROR_STORAGE, "a draft in the journal cannot be read");
  return NULL;
}

/**
 * wb_draft_state_from_json:
 * @state: (out): cleared by the caller; untouched on failure
 */
gboolean
wb_draft_state_from_json (WbDraftState *state, guint *next_file, const char *text, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object = parse_object (parser, text, error);

  if (object == NULL)
    return FALSE;
  if (get_int (object, "version", 0) > VERSION)
    {
      g_set_error (error, CMR_ERROR, CMR_ERROR_STORAGE, "the draft was written by a newer version");
      return FALSE;
    }
  wb_draft_state_init (state);
  wb_draft_head_unref (state->head);
  state->head = read_head (object);
  *next_file = MAX (1, get_int (object, "nextFile", 1));
  for (guint i = 0; i < WB_N_LISTS; i++)
    {
      JsonNode *node = json_object_get_member (object, lists[i].name);
      JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

      for (guint j = 0; array != NULL && j < json_array_get_length (array); j++)
        if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, j)))
          g_ptr_array_add (state->lists[i], lists[i].read (json_array_get_object_element (array, j)));
    }
  return TRUE;
}

/* The numbers of a picture's header, read and written by one table. */
static const struct {
  const char *name;
  gsize offset;
  gboolean wide;
} numbers[] = {
  { "kind", G_STRUCT_OFFSET (WbPictureInfo, kind), FALSE },
  { "fileBytes", G_STRUCT_OFFSET (WbPictureInfo, file_bytes), TRUE },
  { "width", G_STRUCT_OFFSET (WbPictureInfo, width), FALSE },
  { "height", G_STRUCT_OFFSET (WbPictureInfo, height), FALSE },
  { "orientation", G_STRUCT_OFFSET (WbPictureInfo, orientation), FALSE },
  { "bits", G_STRUCT_OFFSET (WbPictureInfo, bits), FALSE },
  { "channels", G_STRUCT_OFFSET (WbPictureInfo, channels), FALSE },
  { "frames", G_STRUCT_OFFSET (WbPictureInfo, frames), FALSE },
  { "progressive", G_STRUCT_OFFSET (WbPictureInfo, progressive), FALSE },
  { "cmyk", G_STRUCT_OFFSET (WbPictureInfo, cmyk), FALSE },
  { "hasProfile", G_STRUCT_OFFSET (WbPictureInfo, has_profile), FALSE },
  { "srgb", G_STRUCT_OFFSET (WbPictureInfo, srgb), FALSE },
  { "converted", G_STRUCT_OFFSET (WbPictureInfo, converted), FALSE },
  { "presentBytes", G_STRUCT_OFFSET (WbPictureInfo, present_bytes), TRUE },
  { "neededBytes", G_STRUCT_OFFSET (WbPictureInfo, needed_bytes), TRUE },
  { "sampling", G_STRUCT_OFFSET (WbPictureInfo, sampling), FALSE },
  { "profileBytes", G_STRUCT_OFFSET (WbPictureInfo, profile_bytes), TRUE },
};

char *
wb_file_item_to_json (const WbFileItem *item)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_text (builder, "name", item->pub.file_name);
  add_text (builder, "folder", item->folder);
  add_text (builder, "kindName", item->pub.info.kind_name != NULL ? item->pub.info.kind_name : "");
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      gconstpointer at = G_STRUCT_MEMBER_P (&item->pub.info, numbers[i].offset);

      add_int (builder, numbers[i].name, numbers[i].wide ? (gint64) *(const guint64 *) at : *(const guint *) at);
    }
  add_int (builder, "refused", item->pub.refused);
  add_bool (builder, "small", item->pub.small);
  add_int (builder, "madeBytes", item->pub.made_bytes);
  add_crop (builder, "madeCrop", &item->made_crop);
  json_builder_end_object (builder);
  return builder_text (builder);
}

WbFileItem *
wb_file_item_from_json (guint id, const char *text, const char *blob, const char *made, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object = parse_object (parser, text, error);
  WbFileItem item = { .pub = { .id = id, .blob = (char *) blob, .made = (char *) made } };

  if (object == NULL)
    return NULL;
  item.pub.file_name = (char *) get_text (object, "name");
  item.folder = (char *) get_text (object, "folder");
  item.pub.info.kind_name = g_intern_string (get_text (object, "kindName"));
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      gpointer at = G_STRUCT_MEMBER_P (&item.pub.info, numbers[i].offset);
      gint64 value = get_int (object, numbers[i].name, 0);

      if (numbers[i].wide)
        *(guint64 *) at = MAX (0, value);
      else
        *(guint *) at = CLAMP (value, 0, G_MAXINT);
    }
  item.pub.refused = CLAMP (get_int (object, "refused", 0), 0, WB_MEDIA_ERROR_CHANGED + 1);
  item.pub.small = get_bool (object, "small");
  item.pub.made_bytes = MAX (0, get_int (object, "madeBytes", 0));
  get_crop (object, "madeCrop", &item.made_crop);
  return wb_file_item (&item);
}
