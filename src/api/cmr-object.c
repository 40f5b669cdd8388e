// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillApi"

#include "cmr-object.h"

#include <string.h>

#include "cmr-error.h"
#include "cmr-object-private.h"

typedef struct {
  CmrValue *values; /* one a field */
  guint dropped;
} CmrObjectPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (CmrObject, cmr_object, G_TYPE_OBJECT)

static const CmrResource *
resource_of (CmrObject *self)
{
  return CMR_OBJECT_GET_CLASS (self)->resource;
}

CmrValue *
cmr_object_values (CmrObject *self)
{
  CmrObjectPrivate *priv = cmr_object_get_instance_private (self);

  return priv->values;
}

gboolean
cmr_kind_is_number (CmrKind kind)
{
  return kind == CMR_KIND_INT || kind == CMR_KIND_BOOL || kind == CMR_KIND_MONEY || kind == CMR_KIND_TIME;
}

static void
cmr_object_constructed (GObject *object)
{
  CmrObjectPrivate *priv = cmr_object_get_instance_private (CMR_OBJECT (object));
  const CmrResource *resource = resource_of (CMR_OBJECT (object));

  G_OBJECT_CLASS (cmr_object_parent_class)->constructed (object);
  if (priv->values == NULL)
    priv->values = g_new0 (CmrValue, resource->n_fields);
}

static void
cmr_object_finalize (GObject *object)
{
  CmrObjectPrivate *priv = cmr_object_get_instance_private (CMR_OBJECT (object));
  const CmrResource *resource = resource_of (CMR_OBJECT (object));

  for (guint i = 0; i < resource->n_fields; i++)
    {
      /* A secret that was shown on request is not left behind in memory. */
      if (priv->values[i].text != NULL && (resource->fields[i].flags & CMR_FIELD_SECRET))
        explicit_bzero (priv->values[i].text, strlen (priv->values[i].text));
      g_free (priv->values[i].text);
    }
  g_free (priv->values);
  G_OBJECT_CLASS (cmr_object_parent_class)->finalize (object);
}

static void
cmr_object_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CmrValue *mine = &cmr_object_values (CMR_OBJECT (object))[id - 1];

  if (G_VALUE_HOLDS_STRING (value))
    g_value_set_string (value, mine->text != NULL ? mine->text : "");
  else if (G_VALUE_HOLDS_BOOLEAN (value))
    g_value_set_boolean (value, mine->number > 0);
  else
    g_value_set_int64 (value, mine->number);
}

static void
cmr_object_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CmrObject *self = CMR_OBJECT (object);
  const char *member = resource_of (self)->fields[id - 1].member;

  if (G_VALUE_HOLDS_STRING (value))
    cmr_object_set_text (self, member, g_value_get_string (value));
  else if (G_VALUE_HOLDS_BOOLEAN (value))
    cmr_object_set_int (self, member, g_value_get_boolean (value));
  else
    cmr_object_set_int (self, member, g_value_get_int64 (value));
}

static void
cmr_object_class_init (CmrObjectClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = cmr_object_constructed;
  object_class->finalize = cmr_object_finalize;
}

static void
cmr_object_init (CmrObject *self)
{
}

static GParamSpec *
make_pspec (const CmrField *field)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  if (field->kind == CMR_KIND_BOOL)
    return g_param_spec_boolean (field->member, NULL, NULL, FALSE, flags);
  if (cmr_kind_is_number (field->kind))
    return g_param_spec_int64 (field->member, NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  return g_param_spec_string (field->member, NULL, NULL, "", flags);
}

/**
 * cmr_object_class_set_resource:
 *
 * Makes the properties of a class from its field table. A secret field has none.
 */
void
cmr_object_class_set_resource (CmrObjectClass *klass, const CmrResource *resource)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  klass->resource = resource;
  /* Each class has its own properties, and GObject hands these two down to none. */
  object_class->get_property = cmr_object_get_property;
  object_class->set_property = cmr_object_set_property;
  for (guint i = 0; i < resource->n_fields; i++)
    if ((resource->fields[i].flags & CMR_FIELD_SECRET) == 0)
      g_object_class_install_property (object_class, i + 1, make_pspec (&resource->fields[i]));
}

CmrObject *
cmr_object_new (const CmrResource *resource)
{
  return g_object_new (resource->get_type (), NULL);
}

const CmrResource *
cmr_object_get_resource (CmrObject *self)
{
  return resource_of (self);
}

static int
find (CmrObject *self, const char *member)
{
  const CmrResource *resource = resource_of (self);
  const CmrField *field = cmr_resource_find_field (resource, member);

  if (field == NULL)
    g_critical ("%s has no field %s", resource->name, member);
  return field != NULL ? (int) (field - resource->fields) : -1;
}

const CmrField *
cmr_resource_find_field (const CmrResource *resource, const char *member)
{
  for (guint i = 0; i < resource->n_fields; i++)
    if (g_str_equal (resource->fields[i].member, member))
      return &resource->fields[i];
  return NULL;
}

const char *
cmr_object_get_text (CmrObject *self, const char *member)
{
  int i = find (self, member);
  const char *text = i >= 0 ? cmr_object_values (self)[i].text : NULL;

  return text != NULL ? text : "";
}

gint64
cmr_object_get_int (CmrObject *self, const char *member)
{
  int i = find (self, member);

  return i >= 0 ? cmr_object_values (self)[i].number : 0;
}

gboolean
cmr_object_get_bool (CmrObject *self, const char *member)
{
  return cmr_object_get_int (self, member) > 0;
}

gint64
cmr_object_get_cents (CmrObject *self, const char *member)
{
  return cmr_object_has (self, member) ? cmr_object_get_int (self, member) : CMR_MONEY_UNKNOWN;
}

gint64
cmr_object_get_time (CmrObject *self, const char *member)
{
  return cmr_object_get_int (self, member);
}

gboolean
cmr_object_get_nth (CmrObject *self, guint place, const char **text, gint64 *number)
{
  const CmrValue *value = &cmr_object_values (self)[place];

  *text = value->text;
  *number = value->number;
  return value->present;
}

gboolean
cmr_object_has (CmrObject *self, const char *member)
{
  int i = find (self, member);

  return i >= 0 && cmr_object_values (self)[i].present;
}

void
cmr_object_set_text (CmrObject *self, const char *member, const char *text)
{
  int i = find (self, member);
  CmrValue *value;

  if (i < 0)
    return;
  value = &cmr_object_values (self)[i];
  if (value->present && g_strcmp0 (value->text, text) == 0)
    return;
  g_free (value->text);
  value->text = g_strdup (text);
  value->present = text != NULL;
  if ((resource_of (self)->fields[i].flags & CMR_FIELD_SECRET) == 0)
    g_object_notify (G_OBJECT (self), member);
}

void
cmr_object_set_int (CmrObject *self, const char *member, gint64 number)
{
  int i = find (self, member);
  CmrValue *value;

  if (i < 0)
    return;
  value = &cmr_object_values (self)[i];
  if (value->present && value->number == number)
    return;
  value->number = number;
  value->present = TRUE;
  g_object_notify (G_OBJECT (self), member);
}

void
cmr_object_set_dropped (CmrObject *self, guint dropped)
{
  CmrObjectPrivate *priv = cmr_object_get_instance_private (self);

  priv->dropped = dropped;
}

guint
cmr_object_get_dropped (CmrObject *self)
{
  CmrObjectPrivate *priv = cmr_object_get_instance_private (self);

  return priv->dropped;
}
