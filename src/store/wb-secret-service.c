// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "WaybillStore"
#define SECRET_API_SUBJECT_TO_CHANGE /* secret-prompt.h */

#include "wb-key-private.h"

#include <libsecret/secret.h>

/* The name in libsecret's documents of where backends are registered; its header is not for us. */
#define BACKENDS "secret-backend"

/* The secret service, but for its prompts: libsecret (0.20 to 0.21) takes a dismissed one, which is a result without
 * an error, for an error. GLib complains, and the call that asked for the prompt never ends. A person who closes the
 * keyring's password dialog has said no: here that is an error like any other, and the key stays in memory. */

#define WB_TYPE_SECRET_SERVICE (wb_secret_service_get_type ())
G_DECLARE_FINAL_TYPE (WbSecretService, wb_secret_service, WB, SECRET_SERVICE, SecretService)

struct _WbSecretService {
  SecretService parent_instance;
};

G_DEFINE_FINAL_TYPE (WbSecretService, wb_secret_service, SECRET_TYPE_SERVICE)

/* A prompt that is shown: it ends once, by the person or by who asked for it. */
typedef struct {
  GTask *task;     /* NULL once it has ended */
  GSource *cancel; /* (nullable) */
} Perform;

static void
perform_clear (gpointer data)
{
  Perform *perform = data;

  g_clear_object (&perform->task);
  if (perform->cancel != NULL)
    g_source_destroy (perform->cancel);
  g_clear_pointer (&perform->cancel, g_source_unref);
}

static void
perform_unref (gpointer perform)
{
  g_rc_box_release_full (perform, perform_clear);
}

static void
performed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Perform *perform = user_data;
  GError *error = NULL;
  GVariant *answer = secret_prompt_perform_finish (SECRET_PROMPT (source), result, &error);

  if (perform->task == NULL)
    {
      g_clear_pointer (&answer, g_variant_unref);
      g_clear_error (&error);
    }
  else if (answer != NULL)
    g_task_return_pointer (perform->task, answer, (GDestroyNotify) g_variant_unref);
  else if (error != NULL)
    g_task_return_error (perform->task, error);
  else
    g_task_return_new_error (perform->task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the prompt was dismissed");
  perform_clear (perform);
  perform_unref (perform);
}

/* The dialog goes, if the service still listens; nobody waits for that. */
static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Perform *perform = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&perform->task);

  if (task == NULL)
    return G_SOURCE_REMOVE;
  g_dbus_proxy_call (G_DBUS_PROXY (g_task_get_task_data (task)), "Dismiss", NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
wb_secret_service_prompt_async (SecretService *service, SecretPrompt *prompt, const GVariantType *return_type,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Perform *perform = g_rc_box_new0 (Perform);

  perform->task = g_task_new (service, cancellable, callback, user_data);
  g_task_set_source_tag (perform->task, wb_secret_service_prompt_async);
  g_task_set_task_data (perform->task, g_object_ref (prompt), g_object_unref);
  if (cancellable != NULL)
    {
      perform->cancel = g_cancellable_source_new (cancellable);
      g_source_set_callback (perform->cancel, G_SOURCE_FUNC (on_cancelled), g_rc_box_acquire (perform), perform_unref);
      g_source_attach (perform->cancel, g_main_context_get_thread_default ());
    }
  /* Without the cancellable: libsecret's own answer to that comes twice now and then. */
  secret_prompt_perform (prompt, NULL, return_type, NULL, performed_cb, perform);
}

static GVariant *
wb_secret_service_prompt_finish (SecretService *service, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Of a service that went and came again no collections are known, and libsecret (0.20) lets go of what it does not have. */
static void
wb_secret_service_g_signal (GDBusProxy *proxy, const char *sender, const char *name, GVariant *parameters)
{
  g_autoptr (GVariant) known = g_dbus_proxy_get_cached_property (proxy, "Collections");

  if (known != NULL)
    G_DBUS_PROXY_CLASS (wb_secret_service_parent_class)->g_signal (proxy, sender, name, parameters);
}

static void
wb_secret_service_class_init (WbSecretServiceClass *klass)
{
  G_DBUS_PROXY_CLASS (klass)->g_signal = wb_secret_service_g_signal;
  SECRET_SERVICE_CLASS (klass)->prompt_async = wb_secret_service_prompt_async;
  SECRET_SERVICE_CLASS (klass)->prompt_finish = wb_secret_service_prompt_finish;
}

static void
wb_secret_service_init (WbSecretService *self)
{
}

/* In the place of libsecret's own; the portal's file, in a sandbox, is another and asks nobody. */
void
wb_secret_service_install (void)
{
  static gsize once;

  if (!g_once_init_enter (&once))
    return;
  g_type_ensure (SECRET_TYPE_SERVICE);
  g_io_extension_point_implement (BACKENDS, WB_TYPE_SECRET_SERVICE, "service", 10);
  g_once_init_leave (&once, 1);
}
