// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "cmr-lanes.h"

/* Of one lane: a write has a connection of its own beside the one that is kept. */
#define MAX_CONNECTIONS 2
/* More are made when more is under way, and not kept. */
#define MAX_IDLE 4

struct _CmrLanes {
  guint n_refs;
  GPtrArray *idle; /* of SoupSession, the one used last at the end */
  gboolean direct;
};

CmrLanes *
cmr_lanes_new (gboolean direct)
{
  CmrLanes *self = g_new0 (CmrLanes, 1);

  self->n_refs = 1;
  self->idle = g_ptr_array_new_with_free_func (g_object_unref);
  self->direct = direct;
  return self;
}

CmrLanes *
cmr_lanes_ref (CmrLanes *self)
{
  self->n_refs++;
  return self;
}

void
cmr_lanes_unref (CmrLanes *self)
{
  if (--self->n_refs > 0)
    return;
  for (guint i = 0; i < self->idle->len; i++)
    soup_session_abort (self->idle->pdata[i]);
  g_ptr_array_unref (self->idle);
  g_free (self);
}

/* No time-outs of libsoup's: they count per wait only, ours count both ways. */
static SoupSession *
new_session (CmrLanes *self)
{
  SoupSession *session = soup_session_new_with_options (
      "max-conns", MAX_CONNECTIONS, "max-conns-per-host", MAX_CONNECTIONS, "timeout", 0,
      "user-agent", "Waybill/" PACKAGE_VERSION, NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  if (self->direct)
    soup_session_set_proxy_resolver (session, NULL);
  return session;
}

SoupSession *
cmr_lanes_take (CmrLanes *self)
{
  if (self->idle->len == 0)
    return new_session (self);
  return g_ptr_array_steal_index (self->idle, self->idle->len - 1);
}

void
cmr_lanes_give_back (CmrLanes *self, SoupSession *session)
{
  if (self->idle->len < MAX_IDLE)
    g_ptr_array_add (self->idle, session);
  else
    g_object_unref (session);
}
