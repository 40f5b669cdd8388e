// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cmr-client.h"
#include "cmr-error.h"
#include "raw-server.h"

G_BEGIN_DECLS

#define PIPELINE_KEY "KEY-0123456789-abcdef"

/* A client without pace, with short time-outs, and the server it talks to. */
typedef struct {
  RawServer *server;
  CmrClient *client;
  GCancellable *cancellable;
  GAsyncResult *result;
  guint64 sent;
  guint n_progress;
  gboolean last_byte;
  gboolean cancel_on_bytes;     /* press Cancel at the first progress */
  gboolean cancel_on_last_byte; /* or once it is off */
} Pipeline;

Pipeline *pipeline_new (const RawStep *steps, guint n_steps);
/* Ends in a finalize check of the client. */
void pipeline_free (Pipeline *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pipeline, pipeline_free)

/* Takes @call and waits for the end. */
CmrReply *pipeline_write (Pipeline *self, CmrCall *call, GError **error);
/* The same in two steps: `result` is set when it has come to its end. */
void pipeline_start (Pipeline *self, CmrCall *call);
CmrReply *pipeline_finish (Pipeline *self, GError **error);
GBytes *pipeline_read (Pipeline *self, CmrCall *call, GError **error);

/* Calls of each kind, complete. */
CmrCall *pipeline_get (void);
CmrCall *pipeline_post (void);
CmrCall *pipeline_put (void);
CmrCall *pipeline_delete (void);
CmrCall *pipeline_form (GBytes *picture, guint n_pictures);

/* A picture in a file; what it opens and the length it claims can be made to differ. */
typedef struct {
  char *path;
  guint64 length_bytes;
} PipelineFile;

PipelineFile *pipeline_file_new (gsize length_bytes);
void pipeline_file_free (PipelineFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PipelineFile, pipeline_file_free)
int pipeline_file_open (gpointer file, GError **error);

/* Waits until the server has seen the end of @n connections. */
void pipeline_wait_ended (Pipeline *self, guint n);

G_END_DECLS
