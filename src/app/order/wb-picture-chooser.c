// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config.h"

#include "wb-picture-chooser.h"

#include <glib/gi18n.h>

#include "wb-compat.h"
#include "wb-format.h"
#include "wb-names.h"
#include "wb-round-preview.h"

#define SIDE 36

/* What a row needs: names are folded once, not at each key. */
typedef struct {
  guint id;   /* what is told when it is chosen */
  guint file; /* shown, 0 for none */
  char *title, *line, *folded;
} Choice;

struct _WbPictureChooser {
  AdwWindow parent_instance;

  WbPreviewCache *previews;
  GPtrArray *choices;    /* of Choice */
  GtkStringList *places; /* places in that list, as text */
  GtkFilter *filter;
  GtkWidget *search, *list, *stack;
  char *words;
};

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbPictureChooser, wb_picture_chooser, ADW_TYPE_WINDOW)

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_free (choice->title);
  g_free (choice->line);
  g_free (choice->folded);
  g_free (choice);
}

static Choice *
choice_of (WbPictureChooser *self, gpointer item)
{
  return self->choices->pdata[g_ascii_strtoull (gtk_string_object_get_string (item), NULL, 10)];
}

static gboolean
matches (gpointer item, gpointer user_data)
{
  WbPictureChooser *self = user_data;

  return self->words == NULL || strstr (choice_of (self, item)->folded, self->words) != NULL;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, WbPictureChooser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (""), *line = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (line), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (line), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (line, "caption");
  gtk_widget_add_css_class (line, "dim-label");
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (lines), title);
  gtk_box_append (GTK_BOX (lines), line);
  gtk_box_append (GTK_BOX (box), wb_round_preview_new (SIDE));
  gtk_box_append (GTK_BOX (box), lines);
  gtk_list_item_set_child (item, box);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, WbPictureChooser *self)
{
  const Choice *choice = choice_of (self, gtk_list_item_get_item (item));
  GtkWidget *box = gtk_list_item_get_child (item), *preview = gtk_widget_get_first_child (box);
  GtkWidget *title = gtk_widget_get_first_child (gtk_widget_get_last_child (box));
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *name = g_strdup_printf ("%s, %s", choice->title, choice->line);

  if (choice->file != 0)
    texture = wb_preview_cache_dup (self->previews, choice->file, (guint) (SIDE * gtk_widget_get_scale_factor (box)));
  wb_round_preview_set_look (WB_ROUND_PREVIEW (preview), choice->file != 0 ? WB_PREVIEW_PICTURE : WB_PREVIEW_EMPTY);
  wb_round_preview_set_textures (WB_ROUND_PREVIEW (preview), texture, NULL);
  g_object_set_data (G_OBJECT (preview), "file", GUINT_TO_POINTER (choice->file));
  gtk_label_set_label (GTK_LABEL (title), choice->title);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (title)), choice->line);
  wb_compat_name_list_row (box, name);
}

static void
on_preview_ready (WbPreviewCache *previews, guint file, WbPictureChooser *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *box = gtk_widget_get_first_child (row),
                *preview = box != NULL ? gtk_widget_get_first_child (box) : NULL;
      g_autoptr (GdkTexture) texture = NULL;

      if (!WB_IS_ROUND_PREVIEW (preview) || GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (preview), "file")) != file)
        continue;
      texture = wb_preview_cache_dup (self->previews, file, (guint) (SIDE * gtk_widget_get_scale_factor (row)));
      wb_round_preview_set_textures (WB_ROUND_PREVIEW (preview), texture, NULL);
    }
}

static void
choose (WbPictureChooser *self, guint position)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (self->list)));
  g_autoptr (GObject) item = g_list_model_get_item (model, position);
  guint id;

  if (item == NULL)
    return;
  id = choice_of (self, item)->id;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_emit (self, signals[CHOSEN], 0, id);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_activate (GtkListView *list, guint position, WbPictureChooser *self)
{
  choose (self, position);
}

static void
on_search_activate (WbPictureChooser *self)
{
  choose (self, 0);
}

static void
on_search_changed (WbPictureChooser *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (self->list)));

  g_free (self->words);
  self->words = *text != '\0' ? wb_name_fold (text) : NULL;
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), g_list_model_get_n_items (model) > 0 ? "list" : "none");
}

static gboolean
on_search_key (GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, WbPictureChooser *self)
{
  return keyval == GDK_KEY_Down && gtk_widget_child_focus (self->list, GTK_DIR_TAB_FORWARD);
}

static void
on_escape (WbPictureChooser *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

/* Building */

static void
build_search (WbPictureChooser *self, GtkWidget *box)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->search = gtk_search_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search"), -1);
  gtk_widget_add_css_class (self->search, "chooser-search");
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (on_search_changed), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (on_search_activate), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (on_escape), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_search_key), self);
  gtk_widget_add_controller (self->search, keys);
  gtk_box_append (GTK_BOX (box), self->search);
}

static void
build_list (WbPictureChooser *self, GtkWidget *box)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new (), *none = gtk_label_new (_("Nothing fits these words."));
  GtkFilterListModel *filtered;

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  self->places = gtk_string_list_new (NULL);
  self->filter = GTK_FILTER (gtk_custom_filter_new (matches, self, NULL));
  filtered = gtk_filter_list_model_new (G_LIST_MODEL (self->places), self->filter);
  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (filtered))), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->list), TRUE);
  gtk_widget_add_css_class (self->list, "unplaced");
  g_signal_connect (self->list, "activate", G_CALLBACK (on_activate), self);
  gtk_widget_set_focusable (scroller, FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_widget_add_css_class (none, "dim-label");
  self->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_stack_add_named (GTK_STACK (self->stack), scroller, "list");
  gtk_stack_add_named (GTK_STACK (self->stack), none, "none");
  gtk_box_append (GTK_BOX (box), self->stack);
}

static void
wb_picture_chooser_dispose (GObject *object)
{
  WbPictureChooser *self = WB_PICTURE_CHOOSER (object);

  if (self->list != NULL)
    gtk_list_view_set_model (GTK_LIST_VIEW (g_steal_pointer (&self->list)), NULL);
  g_clear_object (&self->previews);
  G_OBJECT_CLASS (wb_picture_chooser_parent_class)->dispose (object);
}

static void
wb_picture_chooser_finalize (GObject *object)
{
  WbPictureChooser *self = WB_PICTURE_CHOOSER (object);

  g_ptr_array_unref (self->choices);
  g_free (self->words);
  G_OBJECT_CLASS (wb_picture_chooser_parent_class)->finalize (object);
}

static void
wb_picture_chooser_class_init (WbPictureChooserClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_picture_chooser_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_picture_chooser_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", WB_TYPE_PICTURE_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
wb_picture_chooser_init (WbPictureChooser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->choices = g_ptr_array_new_with_free_func (choice_free);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  build_search (self, box);
  build_list (self, box);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 420, 560);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
}

static WbPictureChooser *
chooser_new (GtkWindow *parent, const char *title, const char *placeholder, WbPreviewCache *previews)
{
  WbPictureChooser *self = g_object_new (WB_TYPE_PICTURE_CHOOSER, "transient-for", parent, "title", title, NULL);

  self->previews = g_object_ref (previews);
  g_object_set (self->search, "placeholder-text", placeholder, NULL);
  g_signal_connect_object (previews, "ready", G_CALLBACK (on_preview_ready), self, 0);
  return self;
}

static void
add_choice (WbPictureChooser *self, guint id, guint file, const char *title, const char *line)
{
  Choice *choice = g_new0 (Choice, 1);
  g_autofree char *place = g_strdup_printf ("%u", self->choices->len), *text = g_strdup_printf ("%s %s", title, line);

  choice->id = id;
  choice->file = file;
  choice->title = g_strdup (title);
  choice->line = g_strdup (line);
  choice->folded = wb_name_fold (text);
  g_ptr_array_add (self->choices, choice);
  gtk_string_list_append (self->places, place);
}

WbPictureChooser *
wb_picture_chooser_new_for_people (GtkWindow *parent, const char *title, WbDraft *draft, WbPreviewCache *previews,
                                   WbPictureGrouping grouping)
{
  WbPictureChooser *self = chooser_new (parent, title, _("Search by name or address"), previews);
  const WbPictureContext context = { 0 };
  g_autoptr (GPtrArray) items = wb_picture_items_new (draft, grouping);

  wb_picture_items_update (items, draft, &context);
  /* Those without a picture first. */
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < items->len; i++)
      {
        const WbPictureItem *item = items->pdata[i];

        if ((item->file != 0) == (round == 1))
          add_choice (self, item->row, item->state != WB_TILE_REFUSED ? item->file : 0, item->title, item->address);
      }
  return self;
}

WbPictureChooser *
wb_picture_chooser_new_for_files (GtkWindow *parent, const char *title, WbDraft *draft, WbPreviewCache *previews)
{
  WbPictureChooser *self = chooser_new (parent, title, _("Search by file name"), previews);
  GPtrArray *files = wb_draft_get_files (draft);

  for (guint i = 0; i < files->len; i++)
    {
      const WbDraftFile *file = files->pdata[i];
      g_autofree char *name = wb_format_text (file->file_name), *line = NULL;

      if (file->refused != 0)
        continue;
      line = g_strdup_printf ("%'u × %'u", file->info.width, file->info.height);
      add_choice (self, file->id, file->id, name, line);
    }
  return self;
}
