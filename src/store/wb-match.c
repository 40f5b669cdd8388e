// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-match-private.h"

#include "wb-name-text-private.h"

#include <string.h>

/* What a name may be near to: user name, name, name turned round, first, last. */
#define N_FORMS 5
#define TEXT_MAX 128

typedef struct {
  char *forms[N_FORMS];
  char *person; /* three guesses are three people */
} Near;

struct _WbMatcher {
  const WbMatchTarget *targets;
  guint n_targets;
  Near *near; /* made with the first guess */
  GHashTable *keys[WB_MATCH_INITIAL_LAST + 1]; /* folded text → GArray of guint, one table a rule */
};

static const char *const endings[] = { "jpg",  "jpeg", "jpe",  "jfif", "png",  "gif",  "webp", "bmp",
                                       "tif",  "tiff", "heic", "heif", "avif", "svg",  "jxl",  NULL };
/* What programs and people put behind a name when they save it once more. */
static const char *const suffixes[]
    = { "copy", "copies", "final", "kopie", "copie", "copia", "edited", "neu", "new", NULL };

/* Brackets and commas part words, quotes join them ("O’Brien" is "obrien"). */
static char *
match_fold (const char *text)
{
  g_autofree char *plain = wb_name_plain (text);
  GString *out = g_string_sized_new (strlen (plain));

  for (const char *p = plain; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\'' || c == '`' || c == '"' || c == 0x2019 || c == 0x2018 || c == 0x02bc || c == 0x02b9)
        continue;
      if (c < 128 && strchr ("()[]{},+&", c) != NULL)
        g_string_append_c (out, ' ');
      else
        g_string_append_unichar (out, c);
    }
  {
    g_autofree char *words = g_string_free (out, FALSE);

    return wb_name_fold (words);
  }
}

static char *
squeeze (const char *folded)
{
  GString *out = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p++)
    if (*p != ' ')
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}

static void
add_key (WbMatcher *self, WbMatchKind kind, char *key, guint target)
{
  GArray *list = g_hash_table_lookup (self->keys[kind], key);

  if (key[0] == '\0')
    {
      g_free (key);
      return;
    }
  if (list == NULL)
    {
      list = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (self->keys[kind], g_strdup (key), list);
    }
  if (list->len == 0 || g_array_index (list, guint, list->len - 1) != target)
    g_array_append_val (list, target);
  g_free (key);
}

/* "first last" both ways round, with and without the blank, and with the first name's initial. */
static void
add_name (WbMatcher *self, const char *first, const char *last, guint target)
{
  g_autofree char *a = match_fold (first);
  g_autofree char *b = match_fold (last);
  g_autofree char *close_a = squeeze (a);
  g_autofree char *close_b = squeeze (b);
  g_autofree char *initial = g_utf8_substring (a, 0, a[0] != '\0' ? 1 : 0);

  if (a[0] == '\0' || b[0] == '\0')
    {
      add_key (self, WB_MATCH_NAME, g_strconcat (a, b, NULL), target);
      return;
    }
  add_key (self, WB_MATCH_NAME, g_strconcat (a, " ", b, NULL), target);
  add_key (self, WB_MATCH_NAME, g_strconcat (b, " ", a, NULL), target);
  add_key (self, WB_MATCH_NAME, g_strconcat (close_a, close_b, NULL), target);
  add_key (self, WB_MATCH_NAME, g_strconcat (close_b, close_a, NULL), target);
  add_key (self, WB_MATCH_INITIAL_LAST, g_strconcat (initial, " ", b, NULL), target);
  add_key (self, WB_MATCH_INITIAL_LAST, g_strconcat (initial, close_b, NULL), target);
  add_key (self, WB_MATCH_INITIAL_LAST, g_strconcat (b, " ", initial, NULL), target);
}

/* The initials of several first names: "j r smith" and "jrsmith" for John Ronald Smith. */
static void
add_initials (WbMatcher *self, const char *first, const char *last, guint target)
{
  g_autofree char *a = match_fold (first);
  g_autofree char *b = match_fold (last);
  g_auto (GStrv) words = g_strsplit (a, " ", -1);
  g_autoptr (GString) apart = g_string_new (NULL);
  g_autoptr (GString) together = g_string_new (NULL);

  if (g_strv_length (words) < 2 || b[0] == '\0')
    return;
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_string_append_unichar (apart, g_utf8_get_char (words[i]));
      g_string_append_c (apart, ' ');
      g_string_append_unichar (together, g_utf8_get_char (words[i]));
    }
  add_key (self, WB_MATCH_INITIAL_LAST, g_strconcat (apart->str, b, NULL), target);
  add_key (self, WB_MATCH_INITIAL_LAST, g_strconcat (together->str, " ", b, NULL), target);
  add_key (self, WB_MATCH_INITIAL_LAST, g_strconcat (together->str, b, NULL), target);
}

static void
add_domain_user (WbMatcher *self, const char *domain, const char *user, guint target)
{
  g_autofree char *whole = match_fold (domain);
  const char *dot = strchr (domain, '.');
  g_autofree char *bare = g_strndup (domain, dot != NULL ? (gsize) (dot - domain) : strlen (domain));
  g_autofree char *short_name = match_fold (bare);

  add_key (self, WB_MATCH_DOMAIN_USER, g_strconcat (whole, "/", user, NULL), target);
  add_key (self, WB_MATCH_DOMAIN_USER, g_strconcat (short_name, "/", user, NULL), target);
}

static void
add_target (WbMatcher *self, const WbMatchTarget *target, guint i)
{
  const char *at = strrchr (target->address, '@');
  g_autofree char *user_raw
      = g_strndup (target->address, at != NULL ? (gsize) (at - target->address) : strlen (target->address));
  g_autofree char *user = match_fold (user_raw);
  g_autofree char *first = wb_name_german (target->first);
  g_autofree char *last = wb_name_german (target->last);

  if (at != NULL && user[0] != '\0')
    {
      add_key (self, WB_MATCH_ADDRESS, match_fold (target->address), i);
      add_domain_user (self, at + 1, user, i);
    }
  add_key (self, WB_MATCH_USER, g_strdup (user), i);
  add_name (self, target->first, target->last, i);
  add_initials (self, target->first, target->last, i);
  if (first != NULL || last != NULL)
    add_name (self, first != NULL ? first : target->first, last != NULL ? last : target->last, i);
}

WbMatcher *
wb_matcher_new (const WbMatchTarget *targets, guint n_targets)
{
  WbMatcher *self = g_new0 (WbMatcher, 1);

  self->targets = targets;
  self->n_targets = n_targets;
  for (guint i = 0; i < G_N_ELEMENTS (self->keys); i++)
    self->keys[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  for (guint i = 0; i < n_targets; i++)
    add_target (self, &targets[i], i);
  return self;
}

void
wb_matcher_free (WbMatcher *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->keys); i++)
    g_hash_table_unref (self->keys[i]);
  for (guint i = 0; self->near != NULL && i < self->n_targets; i++)
    {
      for (guint j = 0; j < N_FORMS; j++)
        g_free (self->near[i].forms[j]);
      g_free (self->near[i].person);
    }
  g_free (self->near);
  g_free (self);
}

static char *
without_ending (const char *name)
{
  char *stem = g_strdup (name);

  for (;;)
    {
      char *dot = strrchr (stem, '.');
      g_autofree char *ending = dot != NULL && dot != stem ? g_ascii_strdown (dot + 1, -1) : NULL;

      if (ending == NULL || !g_strv_contains (endings, ending))
        return stem;
      *dot = '\0';
    }
}

static gboolean
is_copy_word (const char *word)
{
  gsize digits = strspn (word, "0123456789");

  return (digits > 0 && digits <= 4 && word[digits] == '\0') || g_strv_contains (suffixes, word);
}

/* The stem as it is, then with one trailing copy word less each time. */
static GPtrArray *
variants (const char *file_name)
{
  g_autofree char *stem = without_ending (file_name);
  char *folded = match_fold (stem);
  GPtrArray *out = g_ptr_array_new_with_free_func (g_free);
  char *blank;

  g_ptr_array_add (out, folded);
  while ((blank = strrchr (folded, ' ')) != NULL && is_copy_word (blank + 1))
    {
      folded = g_strndup (folded, blank - folded);
      g_ptr_array_add (out, folded);
    }
  return out;
}

static char *
rule_key (WbMatchKind kind, const char *variant, const char *folder)
{
  if (kind == WB_MATCH_DOMAIN_USER)
    return folder != NULL ? g_strconcat (folder, "/", variant, NULL) : NULL;
  return g_strdup (variant);
}

WbMatchKind
wb_matcher_file (WbMatcher *self, const char *file_name, const char *folder_name, GArray *hits)
{
  g_autoptr (GPtrArray) names = variants (file_name);
  g_autofree char *folder = folder_name != NULL && folder_name[0] != '\0' ? match_fold (folder_name) : NULL;
  g_autofree char *whole = match_fold (file_name);

  g_array_set_size (hits, 0);
  /* "amara@brightloom.example" without an ending of its own. */
  g_ptr_array_add (names, g_steal_pointer (&whole));
  for (guint kind = WB_MATCH_ADDRESS; kind <= WB_MATCH_INITIAL_LAST; kind++)
    for (guint i = 0; i < names->len; i++)
      {
        g_autofree char *key = rule_key (kind, names->pdata[i], folder);
        GArray *found = key != NULL ? g_hash_table_lookup (self->keys[kind], key) : NULL;

        if (found == NULL)
          continue;
        g_array_append_vals (hits, found->data, found->len);
        return kind;
      }
  return WB_MATCH_NONE;
}

/**
 * wb_match_file:
 * @folder_name: (nullable): name of the folder that holds the file
 * @hits: (element-type guint): emptied, then filled with the places of all targets that fit
 *
 * For one file; wb_matcher_new() serves many.
 */
WbMatchKind
wb_match_file (const char *file_name, const char *folder_name, const WbMatchTarget *targets, guint n_targets,
               GArray *hits)
{
  g_autoptr (WbMatcher) matcher = wb_matcher_new (targets, n_targets);

  return wb_matcher_file (matcher, file_name, folder_name, hits);
}

/* Edits between two texts, two neighbours exchanged counting once; gives up above @most. */
guint
wb_text_distance (const char *a, const char *b, guint most)
{
  gsize n = strlen (a), m = strlen (b);
  guint rows[3 * (TEXT_MAX + 1)];
  guint *before, *last, *row;

  if ((n > m ? n - m : m - n) > most || n > TEXT_MAX || m > TEXT_MAX)
    return most + 1;
  before = rows;
  last = rows + m + 1;
  row = rows + 2 * (m + 1);
  for (gsize j = 0; j <= m; j++)
    last[j] = j;
  for (gsize i = 1; i <= n; i++)
    {
      guint *free_row = before;

      row[0] = i;
      for (gsize j = 1; j <= m; j++)
        {
          guint best = MIN (MIN (last[j], row[j - 1]) + 1, last[j - 1] + (a[i - 1] != b[j - 1]));

          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            best = MIN (best, before[j - 2] + 1);
          row[j] = best;
        }
      before = last;
      last = row;
      row = free_row;
    }
  return last[m];
}

typedef struct {
  guint target;
  guint distance;
} Guess;

static int
compare_guesses (gconstpointer a, gconstpointer b)
{
  const Guess *one = a, *two = b;

  if (one->distance != two->distance)
    return one->distance < two->distance ? -1 : 1;
  return one->target < two->target ? -1 : one->target > two->target;
}

static void
make_near (Near *near, const WbMatchTarget *target)
{
  const char *at = strrchr (target->address, '@');
  g_autofree char *user
      = g_strndup (target->address, at != NULL ? (gsize) (at - target->address) : strlen (target->address));
  char *first = match_fold (target->first), *last = match_fold (target->last);
  gboolean nameless = first[0] == '\0' && last[0] == '\0';

  near->forms[0] = match_fold (user);
  near->forms[1] = g_strconcat (first, " ", last, NULL);
  near->forms[2] = g_strconcat (last, " ", first, NULL);
  near->forms[3] = first;
  near->forms[4] = last;
  near->person = nameless ? g_strdup (target->address) : g_strdup (near->forms[1]);
}

static guint
target_distance (const char *stem, const Near *near, guint most)
{
  guint best = most + 1;

  /* Half a name is less than all of it. */
  for (guint i = 0; i < N_FORMS; i++)
    if (strlen (near->forms[i]) > 2)
      best = MIN (best, wb_text_distance (stem, near->forms[i], most) + (i > 2 ? 1 : 0));
  return best;
}

/**
 * wb_matcher_guess:
 * @hits: (element-type guint): emptied, then filled with the places of up to three people, nearest first
 */
void
wb_matcher_guess (WbMatcher *self, const char *file_name, GArray *hits)
{
  g_autoptr (GPtrArray) names = variants (file_name);
  const char *stem = names->pdata[names->len - 1];
  g_autoptr (GArray) guesses = g_array_new (FALSE, FALSE, sizeof (Guess));
  g_autoptr (GHashTable) people = g_hash_table_new (g_str_hash, g_str_equal);
  guint most = MAX (2, strlen (stem) / 3);

  if (self->near == NULL)
    {
      self->near = g_new0 (Near, self->n_targets + 1);
      for (guint i = 0; i < self->n_targets; i++)
        make_near (&self->near[i], &self->targets[i]);
    }
  g_array_set_size (hits, 0);
  for (guint i = 0; i < self->n_targets; i++)
    {
      Guess guess = { i, target_distance (stem, &self->near[i], most) };

      if (guess.distance <= most)
        g_array_append_val (guesses, guess);
    }
  g_array_sort (guesses, compare_guesses);
  for (guint i = 0; i < guesses->len && hits->len < 3; i++)
    {
      guint target = g_array_index (guesses, Guess, i).target;

      if (g_hash_table_add (people, self->near[target].person))
        g_array_append_val (hits, target);
    }
}

/**
 * wb_match_guess:
 *
 * For one file; wb_matcher_guess() serves many.
 */
void
wb_match_guess (const char *file_name, const WbMatchTarget *targets, guint n_targets, GArray *hits)
{
  g_autoptr (WbMatcher) matcher = wb_matcher_new (targets, n_targets);

  wb_matcher_guess (matcher, file_name, hits);
}
