// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WB_TYPE_PROFILE (wb_profile_get_type ())
#define WB_TYPE_OUTBOX (wb_outbox_get_type ())
#define WB_TYPE_OPERATION (wb_operation_get_type ())
#define WB_TYPE_ORDERS (wb_orders_get_type ())
#define WB_TYPE_ORDER (wb_order_get_type ())
#define WB_TYPE_DRAFTS (wb_drafts_get_type ())
#define WB_TYPE_DRAFT (wb_draft_get_type ())
#define WB_TYPE_SYNC (wb_sync_get_type ())
#define WB_TYPE_NAME_BOOK (wb_name_book_get_type ())
#define WB_TYPE_BLOBS (wb_blobs_get_type ())
#define WB_TYPE_LIST_MODEL (wb_list_model_get_type ())
#define WB_TYPE_ROW (wb_row_get_type ())

typedef struct _WbProfile WbProfile;
typedef struct _WbOutbox WbOutbox;
typedef struct _WbOperation WbOperation;
typedef struct _WbOrders WbOrders;
typedef struct _WbOrder WbOrder;
typedef struct _WbDrafts WbDrafts;
typedef struct _WbDraft WbDraft;
typedef struct _WbSync WbSync;
typedef struct _WbNameBook WbNameBook;
typedef struct _WbBlobs WbBlobs;
typedef struct _WbListModel WbListModel;
typedef struct _WbRow WbRow;

G_END_DECLS
