// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A service that answers what the test has written for it: words and shapes that the sandbox never speaks. Runs in
 * the thread's own context. */
typedef struct _FakeService FakeService;

FakeService *fake_service_new (void);
void fake_service_free (FakeService *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeService, fake_service_free)
char *fake_service_dup_url (FakeService *self);
/* Nobody listens any more; returns the port. */
guint fake_service_go (FakeService *self);
void fake_service_come_back (FakeService *self, guint port);
/* "GET /orders/status" answers so from now on; a query is not looked at. Without one it is a 404. */
void fake_service_set (FakeService *self, const char *call, guint status, const char *body);
/* One that looks at `page`: rows of each page, NULL-terminated, as the items of data.<member>. */
void fake_service_set_pages (FakeService *self, const char *call, const char *member, const char *const *pages);
/* Answers of @key are these instead of what is set for all. */
void fake_service_set_for_key (FakeService *self, const char *key, const char *call, guint status, const char *body);
/* (nullable): the key of the last request of @call */
const char *fake_service_get_key (FakeService *self, const char *call);
guint fake_service_count (FakeService *self, const char *call);

G_END_DECLS
