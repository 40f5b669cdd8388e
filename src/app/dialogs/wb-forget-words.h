// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wb-profile-forget.h"

G_BEGIN_DECLS

/* What is said of a profile that is to be forgotten, or is. */
typedef struct {
  char *title, *subtitle;
} WbForgetLine;

/* Of WbForgetLine: what goes, only what there is. */
GPtrArray *wb_forget_words_loss (const WbProfileLoss *loss, WbProfileKind kind);
/* The same in one sentence, for afterwards. */
char *wb_forget_words_gone (const WbProfileLoss *loss, WbProfileKind kind, WbForgot forgot);
char *wb_forget_words_waiting (const WbProfileLoss *loss);
char *wb_forget_words_under_way (const WbProfileLoss *loss);
void wb_forget_words_stake (const WbProfileStake *stake, char **title, char **subtitle);
/* All that is under way, one a line, with whole ids: to be copied. */
char *wb_forget_words_stakes (const WbProfileLoss *loss);

G_END_DECLS
