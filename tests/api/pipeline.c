// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "wb-test.h"

Pipeline *
pipeline_new (const RawStep *steps, guint n_steps)
{
  Pipeline *self = g_new0 (Pipeline, 1);
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;

  self->server = raw_server_new (steps, n_steps);
  url = raw_server_dup_url (self->server, "/api/");
  self->client = cmr_client_new (url, NULL, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (cmr_client_set_key (self->client, PIPELINE_KEY, &error));
  cmr_pacer_set_rate (cmr_client_get_pacer (self->client), 0);
  cmr_client_set_timeouts_ms (self->client, 10000, 10000, 10000, 1);
  self->cancellable = g_cancellable_new ();
  return self;
}

void
pipeline_free (Pipeline *self)
{
  g_assert_finalize_object (self->client);
  g_assert_finalize_object (self->cancellable);
  raw_server_free (self->server);
  g_free (self);
}

static void
on_progress (guint64 sent, guint64 total, gboolean last_byte, gpointer user_data)
{
  Pipeline *self = user_data;

  g_assert_cmpuint (sent, <=, total);
  g_assert_false (self->last_byte);
  self->sent = sent;
  self->n_progress++;
  self->last_byte = last_byte;
  if (last_byte ? self->cancel_on_last_byte : self->cancel_on_bytes)
    g_cancellable_cancel (self->cancellable);
}

CmrReply *
pipeline_write (Pipeline *self, CmrCall *call, GError **error)
{
  pipeline_start (self, call);
  return pipeline_finish (self, error);
}

void
pipeline_start (Pipeline *self, CmrCall *call)
{
  self->last_byte = FALSE;
  self->n_progress = 0;
  cmr_client_write_async (self->client, call, on_progress, self, self->cancellable, wb_test_take_result,
                          &self->result);
  g_object_unref (call);
}

CmrReply *
pipeline_finish (Pipeline *self, GError **error)
{
  CmrReply *reply;

  wb_test_wait_result (&self->result);
  reply = cmr_client_write_finish (self->client, self->result, error);
  g_clear_object (&self->result);
  return reply;
}

GBytes *
pipeline_read (Pipeline *self, CmrCall *call, GError **error)
{
  GBytes *body;

  cmr_client_read_async (self->client, call, self->cancellable, wb_test_take_result, &self->result);
  g_object_unref (call);
  wb_test_wait_result (&self->result);
  body = cmr_client_read_finish (self->client, self->result, error);
  g_clear_object (&self->result);
  return body;
}

CmrCall *
pipeline_get (void)
{
  return cmr_call_new (CMR_OP_GET_WALLET);
}

static CmrCall *
with_json (CmrOp op)
{
  static const char json[] = "{\"email\":\"dana@example.com\"}";
  CmrCall *call = cmr_call_new (op);
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));

  cmr_call_set_json (call, bytes);
  return call;
}

CmrCall *
pipeline_post (void)
{
  return with_json (CMR_OP_CREATE_USER);
}

CmrCall *
pipeline_put (void)
{
  CmrCall *call = with_json (CMR_OP_UPDATE_USER);

  cmr_call_set_param (call, "userId", "U1");
  return call;
}

CmrCall *
pipeline_delete (void)
{
  CmrCall *call = cmr_call_new (CMR_OP_DELETE_USER);

  cmr_call_set_param (call, "userId", "U1");
  return call;
}

static int
open_bytes (gpointer data, GError **error)
{
  gsize length;
  const char *bytes = g_bytes_get_data (data, &length);
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("waybill-XXXXXX", &path, error);

  if (fd < 0)
    return -1;
  g_unlink (path);
  g_assert_cmpint (write (fd, bytes, length), ==, length);
  lseek (fd, 0, SEEK_SET);
  return fd;
}

CmrCall *
pipeline_form (GBytes *picture, guint n_pictures)
{
  CmrCall *call = cmr_call_new (CMR_OP_CREATE_ORDER_MULTIPART);

  cmr_call_set_param (call, "userId", "U1");
  cmr_call_add_text_part (call, "domains", "[{\"domain\":\"example.com\"}]");
  cmr_call_add_text_part (call, "confirm", "false");
  for (guint i = 0; i < n_pictures; i++)
    {
      g_autofree char *name = g_strdup_printf ("person%u@example.com", i);

      cmr_call_add_file_part (call, name, g_bytes_get_size (picture), open_bytes, g_bytes_ref (picture),
                              (GDestroyNotify) g_bytes_unref);
    }
  return call;
}

PipelineFile *
pipeline_file_new (gsize length_bytes)
{
  PipelineFile *self = g_new0 (PipelineFile, 1);
  g_autofree char *zeros = g_malloc0 (length_bytes);
  int fd = g_file_open_tmp ("waybill-XXXXXX", &self->path, NULL);

  g_assert_cmpint (write (fd, zeros, length_bytes), ==, length_bytes);
  close (fd);
  self->length_bytes = length_bytes;
  return self;
}

void
pipeline_file_free (PipelineFile *self)
{
  g_unlink (self->path);
  g_free (self->path);
  g_free (self);
}

int
pipeline_file_open (gpointer file, GError **error)
{
  int fd = open (((PipelineFile *) file)->path, O_RDONLY | O_CLOEXEC);

  if (fd < 0)
    g_set_error_literal (error, CMR_ERROR, CMR_ERROR_STORAGE, "gone");
  return fd;
}

typedef struct {
  RawServer *server;
  guint n;
} Ended;

static gboolean
has_ended (gpointer data)
{
  return raw_server_get_ended (((Ended *) data)->server) >= ((Ended *) data)->n;
}

void
pipeline_wait_ended (Pipeline *self, guint n)
{
  Ended ended = { self->server, n };

  g_assert_true (wb_test_wait_for (has_ended, &ended, WB_TEST_DEADLINE_MS));
}
