// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "cmr-endpoint.h"
#include "cmr-object.h"
#include "wb-sandbox-file-private.h"
#include "wb-sandbox-form-private.h"
#include "wb-sandbox.h"

G_BEGIN_DECLS

/* Names of this folder's own: WbSb… All of it runs in the server's thread under `lock`; the public
 * getters take the same lock from theirs. */

#define WB_SB_BASE_PATH "/api/v1/integration"
#define WB_SB_DEFAULT_WALLET G_GINT64_CONSTANT (728460)
#define WB_SB_MAILBOX_CENTS 300
#define WB_SB_OLD_MAILBOX_CENTS 500 /* from the renewal that crosses 12 months */
#define WB_SB_WARMUP_CENTS 250
#define WB_SB_DAY_US (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

/* Wall time for stamps and the Date header; progress time for how far orders have come. */
typedef struct {
  gint64 offset_us;
  gint64 progress_us;
  gint64 real_us;
  double speed;
} WbSbClock;

typedef struct {
  char *id;
  JsonObject *profile; /* members of the User schema, userId and createdAt left out */
  gint64 created_us;
} WbSbCustomer;

typedef struct {
  char *id;
  char *name;
  char *customer_id;
  const char *status;
  const char *provider;
  char *forward_to;
  gint64 registered_us;
  gint64 expire_us;
  gboolean auto_renew;
  gboolean mask;
} WbSbDomain;

typedef struct {
  char *id;
  char *username;
  char *first;
  char *last;
  WbSbDomain *domain;
  char *order_id;
  char *subscription_id;
  char *picture;
  const char *status;
  gint64 created_us;
  gint64 expire_us;
  gboolean admin;
} WbSbMailbox;

typedef struct {
  char *id;
  WbSbDomain *domain;
  const char *status;
  guint quantity;
  int cents;
  gint64 start_us;
  gint64 end_us;
  gboolean auto_renew;
} WbSbSubscription;

typedef struct {
  char *username;
  char *first;
  char *last;
  char *picture;
  gboolean warmup;
  const char *status; /* NULL: not begun */
  const char *reason;
  WbSbMailbox *mailbox;
} WbSbBox;

typedef struct {
  char *name;
  int years;
  char *forward_to;
  gboolean mask;
  gboolean gone; /* someone else had it when the order was paid */
  const char *status;
  const char *reason;
  WbSbDomain *domain;
  WbSbSubscription *subscription;
  GPtrArray *boxes;
} WbSbLine;

typedef struct {
  char *id;
  char *customer_id;
  const char *status;
  const char *reason;
  const char *provider;
  gint64 created_us;
  gint64 updated_us;
  gint64 started_us; /* progress time at which it was paid */
  gboolean auto_renew;
  gboolean paid;
  gboolean ended;
  GPtrArray *lines;
  GPtrArray *unavailable; /* of char * */
} WbSbOrder;

typedef struct {
  char *operation;
  WbFaultKind kind;
  int value;
  guint left; /* 0: for ever */
} WbSbFault;

struct _WbSandbox {
  GObject parent_instance;

  char *key;
  char *base_url;
  char *record_dir;
  guint16 port;
  gboolean no_rate_limit, charges_again;
  gboolean small;
  guint n_bulk;
  double first_speed;

  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  SoupServer *server;
  GHashTable *waits; /* GSource of answers that come later */

  GMutex lock;
  WbSbFile *file;
  WbSbClock clock;
  GArray *faults;
  guint latency_ms;
  gint64 wallet_cents;
  GPtrArray *customers;
  GPtrArray *domains;
  GPtrArray *mailboxes;
  GPtrArray *subscriptions;
  GPtrArray *orders;
  GHashTable *domain_by_name; /* borrowed from domains */
  guint serial; /* of exchanges, never begins again */
  guint n_requests;
  guint n_writes;
  guint n_by_op[CMR_N_OPS];
  gint64 recent_us[5]; /* when the last five were let in */
  guint recent;
};

typedef struct {
  guint status;
  JsonObject *body;
  guint late_ms;
} WbSbReply;

typedef struct {
  WbSandbox *self;
  const CmrEndpoint *endpoint;
  GHashTable *query;     /* char * → char *, may be NULL */
  JsonNode *json;        /* NULL: none */
  WbSbForm *form;        /* NULL: none */
  WbSbCustomer *customer; /* of userId, NULL when unknown */
  const char *user_id;
  guint number;
  WbFaultKind fault;
} WbSbCall;

/* clock */
void wb_sb_clock_start (WbSbClock *clock, double speed);
gint64 wb_sb_clock_wall (const WbSbClock *clock);
gint64 wb_sb_clock_progress (WbSbClock *clock);
void wb_sb_clock_set_speed (WbSbClock *clock, double speed);
void wb_sb_clock_move (WbSbClock *clock, gint64 seconds);
char *wb_sb_time_text (gint64 wall_us);
char *wb_sb_date_header (const WbSbClock *clock);

/* rows and ids */
char *wb_sb_id_new (void);
char *wb_sb_id_for (const char *kind, const char *name);
WbSbCustomer *wb_sb_find_customer (WbSandbox *self, const char *id);
WbSbCustomer *wb_sb_add_customer (WbSandbox *self, char *id, JsonObject *profile, gint64 created_us);
WbSbDomain *wb_sb_find_domain (WbSandbox *self, const char *name);
WbSbDomain *wb_sb_add_domain (WbSandbox *self, char *id, const char *name, const char *customer_id,
                              const char *provider, gint64 registered_us, int years);
WbSbMailbox *wb_sb_add_mailbox (WbSandbox *self, char *id, WbSbDomain *domain, const char *username,
                                const char *first, const char *last, gint64 created_us);
WbSbSubscription *wb_sb_add_subscription (WbSandbox *self, char *id, WbSbDomain *domain,
                                          guint quantity, gint64 start_us);
WbSbOrder *wb_sb_order_new (const char *customer_id);
WbSbLine *wb_sb_order_add_line (WbSbOrder *order, const char *name, int years);
WbSbBox *wb_sb_line_add_box (WbSbLine *line, const char *username, const char *first,
                             const char *last);
void wb_sb_order_free (WbSbOrder *order);
void wb_sb_rows_init (WbSandbox *self);
void wb_sb_rows_clear (WbSandbox *self);
void wb_sb_rows_free (WbSandbox *self);

/* what it starts with */
void wb_sb_seed_bulk (WbSandbox *self, guint n_mailboxes);
void wb_sb_seed (WbSandbox *self);

/* answers */
WbSbReply *wb_sb_reply_new (guint status, const char *message, JsonNode *data);
WbSbReply *wb_sb_refuse (guint status, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean wb_sb_no (WbSbReply **refusal, guint status, const char *format, ...) G_GNUC_PRINTF (3, 4);
void wb_sb_reply_free (WbSbReply *reply);
JsonNode *wb_sb_node (JsonObject *object);
JsonNode *wb_sb_node_array (JsonArray *array);
void wb_sb_set_money (JsonObject *object, const char *member, gint64 cents);
void wb_sb_set_time (JsonObject *object, const char *member, gint64 wall_us);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSbReply, wb_sb_reply_free)

/* router */
typedef JsonObject *(*WbSbRowFunc) (WbSandbox *self, gpointer row);
typedef gboolean (*WbSbRowFilter) (WbSbCall *call, gpointer row);
WbSbReply *wb_sb_dispatch (WbSbCall *call);
const char *wb_sb_query (WbSbCall *call, const char *name);
gboolean wb_sb_contains (const char *text, const char *part);
WbSbReply *wb_sb_page (WbSbCall *call, GPtrArray *rows, WbSbRowFilter filter, WbSbRowFunc to_json,
                       const char *member, const char *message);

/* checks of what comes in; FALSE with @refusal set */
JsonObject *wb_sb_body (WbSbCall *call, WbSbReply **refusal);
gboolean wb_sb_only (JsonObject *object, const char *const *members, const char *where,
                     WbSbReply **refusal);
gboolean wb_sb_text (JsonObject *object, const char *member, gboolean required, const char **text,
                     WbSbReply **refusal);
gboolean wb_sb_int (JsonObject *object, const char *member, gint64 least, gint64 most, gint64 *value,
                    WbSbReply **refusal);
gboolean wb_sb_bool (JsonObject *object, const char *member, gboolean *value, WbSbReply **refusal);
gboolean wb_sb_is_email (const char *text);
gboolean wb_sb_is_domain (const char *text);
gboolean wb_sb_is_username (const char *text);
gboolean wb_sb_is_web_address (const char *text);
gboolean wb_sb_is_digits (const char *text, gsize least, gsize most);
gboolean wb_sb_is_plain_text (const char *text);
char *wb_sb_decode_entities (const char *text);

/* places */
gboolean wb_sb_has_country (const char *code);
gboolean wb_sb_has_state (const char *country, const char *state);
WbSbReply *wb_sb_list_countries (WbSbCall *call);
WbSbReply *wb_sb_list_states (WbSbCall *call);

/* names: what a domain's name stands for here */
typedef enum {
  WB_SB_NAME_TAKEN = 1 << 0,
  WB_SB_NAME_WORKSPACE = 1 << 1, /* a Google workspace, told by the check */
  WB_SB_NAME_SURPRISE = 1 << 2,  /* the same, but only the order finds out */
  WB_SB_NAME_REFUSED = 1 << 3,   /* the registrar refuses after payment */
  WB_SB_NAME_VANISHES = 1 << 4,  /* free when asked, gone when ordered */
  WB_SB_NAME_SLOW = 1 << 5,      /* answered late, its workspace check times out */
} WbSbNameFlags;
WbSbNameFlags wb_sb_name_flags (const char *name);
int wb_sb_name_cents (const char *name);       /* a year; 0: ending not sold */
int wb_sb_name_renew_cents (const char *name);
gboolean wb_sb_name_is_free (WbSandbox *self, const char *name);
WbSbReply *wb_sb_check_available (WbSbCall *call);
WbSbReply *wb_sb_suggest (WbSbCall *call);
WbSbReply *wb_sb_check_workspace (WbSbCall *call);

/* customers, domains, mailboxes, money */
WbSbReply *wb_sb_list_users (WbSbCall *call);
WbSbReply *wb_sb_get_user (WbSbCall *call);
WbSbReply *wb_sb_create_user (WbSbCall *call);
WbSbReply *wb_sb_update_user (WbSbCall *call);
WbSbReply *wb_sb_delete_user (WbSbCall *call);
WbSbReply *wb_sb_list_domains (WbSbCall *call);
WbSbReply *wb_sb_list_mailboxes (WbSbCall *call);
WbSbReply *wb_sb_list_all_mailboxes (WbSbCall *call);
WbSbReply *wb_sb_get_mailbox (WbSbCall *call);
WbSbReply *wb_sb_get_wallet (WbSbCall *call);
WbSbReply *wb_sb_list_subscriptions (WbSbCall *call);
gint64 wb_sb_order_cents (WbSbOrder *order);
gboolean wb_sb_charge (WbSandbox *self, WbSbOrder *order, guint request, WbSbReply **refusal);

/* orders */
WbSbReply *wb_sb_create_order (WbSbCall *call);
WbSbReply *wb_sb_process_order (WbSbCall *call);
WbSbReply *wb_sb_get_order (WbSbCall *call);
WbSbReply *wb_sb_get_order_status (WbSbCall *call);
WbSbOrder *wb_sb_parse_order (WbSbCall *call, gboolean *confirm, WbSbReply **refusal);
JsonObject *wb_sb_form_to_json (WbSbForm *form, WbSbReply **refusal);
void wb_sb_start_order (WbSandbox *self, WbSbOrder *order);
void wb_sb_advance (WbSandbox *self);

/* faults */
const char *wb_sb_fault_name (WbFaultKind kind);
WbFaultKind wb_sb_fault_from_name (const char *name);
gboolean wb_sb_fault_applies (WbFaultKind kind, const CmrEndpoint *endpoint);
WbFaultKind wb_sb_take_fault (WbSandbox *self, const CmrEndpoint *endpoint, int *value);
gboolean wb_sb_fault_stops_work (WbFaultKind kind);

/* The wire: one of these an exchange, kept with its message. */
typedef struct {
  WbSandbox *self;
  const CmrEndpoint *endpoint;
  WbFaultKind fault;
  int value;
  guint number;
  char *content_type;
  GByteArray *body; /* NULL: a form, or refused at the header */
  WbSbForm *form;
  gboolean too_large;
  gboolean over; /* nothing more can be said on its connection */
} WbSbExchange;

GError *wb_sb_serve (WbSandbox *self);
void wb_sb_drop_waits (WbSandbox *self);
void wb_sb_release (WbSandbox *self);
guint wb_sb_gate (SoupServerMessage *msg, guint16 port, const char **message);
gboolean wb_sb_gate_rate (WbSandbox *self);
gboolean wb_sb_gate_key (SoupServerMessage *msg, const char *key);
void wb_sb_wait (WbSandbox *self, SoupServerMessage *msg, guint ms);
void wb_sb_close (SoupServerMessage *msg);
void wb_sb_answer (WbSbExchange *exchange, SoupServerMessage *msg, guint status, JsonObject *answer);
void wb_sb_answer_early (WbSbExchange *exchange, SoupServerMessage *msg);
void wb_sb_say (WbSandbox *self, SoupServerMessage *msg, guint status, JsonObject *answer);
void wb_sb_record (WbSandbox *self, WbSbCall *call, const char *content_type, guint status,
                   JsonObject *answer, WbFaultKind fault);

G_END_DECLS
