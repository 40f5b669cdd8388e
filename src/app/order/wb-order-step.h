// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "wb-draft.h"
#include "wb-profile.h"

G_BEGIN_DECLS

/* A page of the wizard. It knows its draft and profile, neither its neighbours nor the buttons around it:
 * the window derives rail, foot and header from the draft and from what is declared here. */
#define WB_TYPE_ORDER_STEP (wb_order_step_get_type ())
G_DECLARE_DERIVABLE_TYPE (WbOrderStep, wb_order_step, WB, ORDER_STEP, GtkWidget)

struct _WbOrderStepClass {
  GtkWidgetClass parent_class;

  /* The draft changed (or the step was just made: WB_DRAFT_ALL); also after answers of the name book. */
  void (*draft_changed) (WbOrderStep *self, WbDraftPart parts);
  /* Shown: focus the first control or, with @problem, the place it is about (lent, nullable). */
  void (*enter) (WbOrderStep *self, const WbProblem *problem);
  /* Left: stop what only runs while it shows. */
  void (*leave) (WbOrderStep *self);
  /* (nullable): 300 px pane at the end (inspector, Ideas, Fill from Names); lent. */
  GtkWidget *(*get_side) (WbOrderStep *self);
  /* Adds what stands at the left of the foot ("18 ready · 1 to check") to an empty box. */
  void (*fill_foot) (WbOrderStep *self, GtkBox *foot);
  /* (nullable): a foot of its own in place of counts and cost; lent. */
  GtkWidget *(*get_foot) (WbOrderStep *self);
  /* The page has little room now, or has it again; told when it shows first, too. */
  void (*set_narrow) (WbOrderStep *self, gboolean narrow);
  /* A key of the wizard that is this step's own ("fill-names", "paste-mapped"); "main": Ctrl+Enter, where it
   * is not the next step; "cancel-edit": Ctrl+Z while something is being typed gives that up; what has not
   * become a step of the draft yet does so first. FALSE: not known here, or nothing to do. */
  gboolean (*command) (WbOrderStep *self, const char *name);
  /* One line for the rail ("24 mailboxes · 2 to mend"), to be freed. */
  char *(*dup_fact) (WbOrderStep *self);
};

WbStep wb_order_step_get_step (WbOrderStep *self);
WbDraft *wb_order_step_get_draft (WbOrderStep *self);
WbProfile *wb_order_step_get_profile (WbOrderStep *self);
/* The page's own content, a single child laid out by the base. */
void wb_order_step_set_child (WbOrderStep *self, GtkWidget *child);
/* Asks the window: signal "go" (int WbStep), "foot-changed", "side-wanted" (gboolean), "side-changed", "next". */
void wb_order_step_go (WbOrderStep *self, WbStep step);
void wb_order_step_next (WbOrderStep *self);
void wb_order_step_foot_changed (WbOrderStep *self);
void wb_order_step_want_side (WbOrderStep *self, gboolean want);
/* get_side() has another answer now; shown where there is room. */
void wb_order_step_side_changed (WbOrderStep *self);
/* What became of an act, in the wizard's window. @undo: its button takes back the newest step of the draft; it
 * goes when that is another one. */
void wb_order_step_toast (WbOrderStep *self, const char *text, gboolean undo);
/* Shows @toast (taken over) over the step, which is in a window; it ends when the step is left. */
void wb_order_step_add_toast (WbOrderStep *self, AdwToast *toast);
/* What a problem reads as, and its short form; whole sentences of ui.md. To be freed. */
char *wb_problem_dup_text (const WbProblem *problem);
char *wb_problem_dup_fix (const WbProblem *problem); /* (nullable): "Use “lena.vogt”" */

/* The steps; made by the window on their first visit. Construct properties: "profile", "draft", "step". */
GType wb_step_customer_get_type (void);
GType wb_step_domains_get_type (void);
GType wb_step_mailboxes_get_type (void);
GType wb_step_pictures_get_type (void);
GType wb_step_options_get_type (void);
GType wb_step_review_get_type (void);

G_END_DECLS
