// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Forms, byte by byte, and as parsers that are not ours read them.

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "cmr-multipart.h"
#include "pipeline.h"
#include "wb-test.h"

static void
test_bytes (void)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) cmr_part_free);
  g_autoptr (GPtrArray) segments = NULL;
  CmrPart *text = g_new0 (CmrPart, 1);
  CmrPart *picture = g_new0 (CmrPart, 1);
  const CmrSegment *segment;
  g_autofree char *head = NULL;

  text->name = g_strdup ("domains");
  text->text = g_bytes_new_static ("[]", 2);
  g_ptr_array_add (parts, text);
  picture->name = g_strdup ("dana@example.com");
  picture->length_bytes = 7;
  picture->open = pipeline_file_open;
  g_ptr_array_add (parts, picture);
  segments = cmr_multipart_new_segments (parts, "B", NULL);

  g_assert_cmpuint (segments->len, ==, 3);
  segment = g_ptr_array_index (segments, 0);
  head = g_strndup (g_bytes_get_data (segment->bytes, NULL), g_bytes_get_size (segment->bytes));
  g_assert_cmpstr (head, ==,
                   "--B\r\nContent-Disposition: form-data; name=\"domains\"\r\n\r\n[]\r\n"
                   "--B\r\nContent-Disposition: form-data; name=\"dana@example.com\"; filename=\"avatar.jpg\"\r\n"
                   "Content-Type: image/jpeg\r\n\r\n");
  segment = g_ptr_array_index (segments, 1);
  g_assert_null (segment->bytes);
  g_assert_cmpuint (segment->length_bytes, ==, 7);
  segment = g_ptr_array_index (segments, 2);
  g_assert_cmpmem (g_bytes_get_data (segment->bytes, NULL), g_bytes_get_size (segment->bytes), "\r\n--B--\r\n", 9);
}

static void
test_names (void)
{
  static const char *const bad[] = { "", "a\r\nb", "a\nb", "a\rb", "a\tb", "a\x7f", "a\xc2\x85" "b", "a\xff" };
  static const char *const good[] = { "dana@example.com", "a\"b", "ünï@cödé.de", "person 😀", "a;b=c\\d" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (cmr_multipart_check_name (bad[i], &error));
      g_assert_error (error, CMR_ERROR, CMR_ERROR_INVALID);
    }
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (cmr_multipart_check_name (good[i], NULL));
}

static void
test_boundary (void)
{
  g_autofree char *one = cmr_multipart_new_boundary ();
  g_autofree char *other = cmr_multipart_new_boundary ();

  g_assert_cmpstr (one, !=, other);
  g_assert_cmpuint (strlen (one), <=, 70); /* RFC 2046 */
}

/* --- Read back --------------------------------------------------------------------------------- */

typedef struct {
  CmrCall *call;
  JsonBuilder *expected;
  GPtrArray *files; /* of PipelineFile */
} Form;

static void
form_init (Form *self)
{
  self->call = cmr_call_new (CMR_OP_CREATE_ORDER_MULTIPART);
  cmr_call_set_param (self->call, "userId", "U1");
  self->expected = json_builder_new ();
  json_builder_begin_array (self->expected);
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) pipeline_file_free);
}

static void
form_add_text (Form *self, const char *name, const char *text)
{
  cmr_call_add_text_part (self->call, name, text);
  json_builder_begin_object (self->expected);
  json_builder_set_member_name (self->expected, "name");
  json_builder_add_string_value (self->expected, name);
  json_builder_set_member_name (self->expected, "text");
  json_builder_add_string_value (self->expected, text);
  json_builder_end_object (self->expected);
}

/* Bytes that hold line ends, dashes and half a boundary. */
static void
form_add_picture (Form *self, const char *name, gsize length)
{
  static const char nasty[] = "\r\n--waybill-\r\n\r\n----\0\xff\xd8";
  g_autofree char *bytes = g_malloc (length + 1);
  PipelineFile *file = g_new0 (PipelineFile, 1);
  g_autofree char *hash = NULL;
  int fd = g_file_open_tmp ("Dana’s “portrait” 😀-XXXXXX", &file->path, NULL);

  for (gsize i = 0; i < length; i++)
    bytes[i] = i % 97 < sizeof nasty ? nasty[i % 97] : (char) (i * 31 + self->files->len);
  g_assert_cmpint (write (fd, bytes, length), ==, length);
  close (fd);
  file->length_bytes = length;
  g_ptr_array_add (self->files, file);
  cmr_call_add_file_part (self->call, name, length, pipeline_file_open, file, NULL);

  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, length);
  json_builder_begin_object (self->expected);
  json_builder_set_member_name (self->expected, "name");
  json_builder_add_string_value (self->expected, name);
  json_builder_set_member_name (self->expected, "length");
  json_builder_add_int_value (self->expected, length);
  json_builder_set_member_name (self->expected, "sha256");
  json_builder_add_string_value (self->expected, hash);
  json_builder_end_object (self->expected);
}

static char *
save (const char *data, gsize length)
{
  char *path;
  int fd = g_file_open_tmp ("waybill-form-XXXXXX", &path, NULL);

  close (fd);
  g_assert_true (g_file_set_contents (path, data, length, NULL));
  return path;
}

static char *
save_expected (Form *self)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_end_array (self->expected);
  root = json_builder_get_root (self->expected);
  text = json_to_string (root, FALSE);
  return save (text, strlen (text));
}

static void
read_back (const char *body_path, const char *type, const char *expected_path)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "api", "form-reader.py", NULL);
  const char *python = g_getenv ("WB_TEST_PYTHON");
  const char *argv[] = { python != NULL ? python : "/usr/bin/python3", script, body_path, type, expected_path, NULL };
  g_autofree char *errors = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, 0, NULL, NULL, NULL, &errors, &status, &error));
  if (status != 0)
    g_printerr ("%s\n", errors);
  g_assert_cmpint (status, ==, 0);
}

/* Sends it, and has what the socket got read back; ends the form. */
static void
form_send (Form *self)
{
  const RawStep step = { RAW_ALL, RAW_OK };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (CmrReply) reply = pipeline_write (p, g_steal_pointer (&self->call), &error);
  g_autoptr (GBytes) body = NULL;
  g_autofree char *head = NULL;
  g_autofree char *type = NULL;
  g_autofree char *body_path = NULL;
  g_autofree char *expected_path = save_expected (self);
  const char *at;

  g_assert_no_error (error);
  g_assert_cmpuint (reply->status, ==, 200);
  body = raw_server_dup_body (p->server, 0);
  head = raw_server_dup_head (p->server, 0);
  at = strstr (head, "Content-Type: ") + strlen ("Content-Type: ");
  type = g_strndup (at, strcspn (at, "\r"));
  /* No source file name leaves the machine. */
  g_assert_null (strstr (head, "portrait"));
  g_assert_null (g_strstr_len (g_bytes_get_data (body, NULL), g_bytes_get_size (body), "portrait"));
  body_path = save (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  read_back (body_path, type, expected_path);
  g_unlink (body_path);
  g_unlink (expected_path);
  g_object_unref (self->expected);
  g_ptr_array_unref (self->files);
}

/* --- Memory ------------------------------------------------------------------------------------ */

#ifndef __SANITIZE_ADDRESS__ /* which keeps what is freed */

/* The most that this process has ever held. */
static guint64
peak_kib (void)
{
  g_autofree char *status = NULL;
  const char *at;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  at = strstr (status, "VmHWM:");
  return g_ascii_strtoull (at + strlen ("VmHWM:"), NULL, 10);
}

/* 500 MiB go through a window of 2. The first test of the program: others raise the peak. */
static void
test_memory (void)
{
  const RawStep step = { RAW_ALL, RAW_OK, .forget = TRUE };
  g_autoptr (Pipeline) p = pipeline_new (&step, 1);
  g_autoptr (PipelineFile) file = pipeline_file_new (1024 * 1024);
  CmrCall *call = cmr_call_new (CMR_OP_CREATE_ORDER_MULTIPART);
  g_autoptr (CmrReply) reply = NULL;
  guint64 before;

  cmr_call_set_param (call, "userId", "U1");
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *name = g_strdup_printf ("person%u@example.com", i);

      cmr_call_add_file_part (call, name, file->length_bytes, pipeline_file_open, file, NULL);
    }
  before = peak_kib ();
  reply = pipeline_write (p, call, NULL);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpuint (raw_server_get_body_bytes (p->server), >, 500 * 1024 * 1024);
  g_test_message ("%" G_GUINT64_FORMAT " KiB more at its peak", peak_kib () - before);
  g_assert_cmpuint (peak_kib () - before, <=, 16 * 1024);
}

#endif

#define MAILBOXES                                                                                                \
  "{\"example.com\":[{\"username\":\"dana\",\"firstName\":\"Zoë “Z” 😀\",\"lastName\":\"O'Neil \\\"Jr\\\"\"}]}"

static void
add_order_fields (Form *form)
{
  form_add_text (form, "domains", "[{\"domain\":\"example.com\",\"years\":1}]");
  form_add_text (form, "mailboxes", MAILBOXES);
  form_add_text (form, "billingCycle", "MONTHLY");
  form_add_text (form, "confirm", "false");
  form_add_text (form, "serviceProvider", "GOOGLE");
  form_add_text (form, "microsoftOauthRoute", "");
  form_add_text (form, "google", "{\"googleOauthRoute\":\"\",\"clientId\":\"\",\"appName\":\"\"}");
  form_add_text (form, "autoRenew", "true");
}

static void
test_many (gconstpointer data)
{
  Form form;

  form_init (&form);
  add_order_fields (&form);
  for (int i = 0; i < GPOINTER_TO_INT (data); i++)
    {
      g_autofree char *name = g_strdup_printf ("person%d@example.com", i);

      form_add_picture (&form, name, 20000 + i * 13);
    }
  form_send (&form);
}

static void
test_odd_names (void)
{
  static const char *const names[] = { "dana o@example.com", "o'neil@example.com", "ünï@cödé.de", "日本@例え.jp",
                                       "😀@example.com", "a\"quoted\"@example.com", "100%25@example.com" };
  Form form;

  form_init (&form);
  add_order_fields (&form);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    form_add_picture (&form, names[i], i * 100000);
  form_send (&form);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#ifndef __SANITIZE_ADDRESS__
  g_test_add_func ("/multipart/memory/500-mib-in-16", test_memory);
#endif
  g_test_add_func ("/multipart/bytes/as-browsers-write-them", test_bytes);
  g_test_add_func ("/multipart/name/control-characters-refused", test_names);
  g_test_add_func ("/multipart/boundary/never-the-same", test_boundary);
  g_test_add_data_func ("/multipart/read-back/no-picture", GINT_TO_POINTER (0), test_many);
  g_test_add_data_func ("/multipart/read-back/1-picture", GINT_TO_POINTER (1), test_many);
  g_test_add_data_func ("/multipart/read-back/21-pictures", GINT_TO_POINTER (21), test_many);
  g_test_add_data_func ("/multipart/read-back/500-pictures", GINT_TO_POINTER (500), test_many);
  g_test_add_func ("/multipart/read-back/odd-names", test_odd_names);
  return g_test_run ();
}
