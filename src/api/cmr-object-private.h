// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cmr-object.h"

G_BEGIN_DECLS

typedef struct {
  gboolean present;
  char *text;
  gint64 number;
} CmrValue;

CmrValue *cmr_object_values (CmrObject *self); /* in the order of the fields */
void cmr_object_set_dropped (CmrObject *self, guint dropped);
gboolean cmr_kind_is_number (CmrKind kind);

/* The class of a resource: nothing in it but its table. */
#define CMR_DEFINE_RESOURCE(TypeName, type_name, NAME, SCHEMA, WRITE_SCHEMA, ROWS)                                   \
  const CmrResource type_name##_resource                                                                             \
    = { NAME, SCHEMA, WRITE_SCHEMA, ROWS, type_name##_get_type, fields, G_N_ELEMENTS (fields) };                     \
  typedef struct {                                                                                                   \
    CmrObject parent_instance;                                                                                       \
  } TypeName;                                                                                                        \
  typedef struct {                                                                                                   \
    CmrObjectClass parent_class;                                                                                     \
  } TypeName##Class;                                                                                                 \
  G_DEFINE_FINAL_TYPE (TypeName, type_name, CMR_TYPE_OBJECT)                                                         \
  static void type_name##_class_init (TypeName##Class *klass)                                                        \
  {                                                                                                                  \
    cmr_object_class_set_resource (CMR_OBJECT_CLASS (klass), &type_name##_resource);                                 \
  }                                                                                                                  \
  static void type_name##_init (TypeName *self)                                                                      \
  {                                                                                                                  \
  }

G_END_DECLS
