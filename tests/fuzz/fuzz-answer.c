// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later

/* For libFuzzer or AFL: cc -fsanitize=fuzzer,address with src/api, -detect_leaks=0 because json-glib leaks
 * on some bad input; the samples of tests/api/test-mutated.c are a good start. The first byte chooses whose
 * answer it is. */
#include <stdint.h>

#include "cmr-call.h"
#include "cmr-error.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const CmrEndpoint *endpoint = size > 0 ? cmr_endpoint_get (data[0] % CMR_N_OPS) : NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (CmrPage) page = NULL;
  g_autoptr (CmrObject) one = NULL;
  g_autoptr (GPtrArray) domains = NULL;
  g_autoptr (GPtrArray) mailboxes = NULL;
  g_autofree char *said = NULL;

  if (endpoint == NULL || endpoint->response == NULL)
    return 0;
  body = g_bytes_new (data + 1, size - 1);
  page = cmr_page_parse (endpoint, body, NULL);
  one = cmr_reply_parse_named (endpoint, body, "O1", NULL);
  said = cmr_error_dup_service_text (body);
  cmr_order_parse_lines (body, "O1", &domains, &mailboxes);
  return 0;
}
