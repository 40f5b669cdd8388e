// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-picture-private.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEPTH_MAX 8
/* Folders of nothing but folders must end too. */
#define ENTRIES_PER_FILE 20

typedef struct
{
  WbFileWalk *found;
  GHashTable *seen;
  guint max, files, entries, missing;
  gint *counter;
  GCancellable *cancellable;
} Walk;

/* Sorted; one blank between. */
static const char picture_endings[]
    = " apng avif bmp gif heic heif ico jfif jp2 jpe jpeg jpg jxl png psd svg tif tiff webp ";
static const char beside_endings[] = " 3fr aae arw cos cr2 cr3 crw dcr dng dop erf fff gpr iiq kdc "
                                     "mef mos mrw nef nrw on1 orf pef pp3 ptx raf"
                                     " raw rw2 rwl sr2 srf srw thm x3f xmp ";
static const char beside_names[] = " .ds_store .picasa.ini desktop.ini thumbs.db ";

static gboolean
stands_in (const char *list, const char *word)
{
  g_autofree char *lower = g_ascii_strdown (word, -1);
  g_autofree char *padded = g_strconcat (" ", lower, " ", NULL);

  return strchr (word, ' ') == NULL && strstr (list, padded) != NULL;
}

static gboolean
ends_in (const char *list, const char *file_name)
{
  const char *dot = strrchr (file_name, '.');

  return dot != NULL && dot[1] != '\0' && stands_in (list, dot + 1);
}

gboolean
wb_picture_is_beside (const char *file_name)
{
  const char *slash = strrchr (file_name, '/');

  return ends_in (beside_endings, file_name)
         || stands_in (beside_names, slash != NULL ? slash + 1 : file_name);
}

/* Content counts, not names: a JPEG without an ending is one. */
static gboolean
looks_like_picture (int folder, const char *name)
{
  int fd = wb_picture_open_at (folder, name, NULL);
  guint8 head[8];
  WbPictureKind kind;
  gssize got;

  if (fd < 0)
    return FALSE;
  got = pread (fd, head, sizeof head, 0);
  close (fd);
  if (got > 0)
    wb_picture_sniff (head, (gsize)got, &kind);
  return got > 0 && kind != WB_PICTURE_OTHER;
}

static void
take (Walk *self, const char *path)
{
  if (g_hash_table_add (self->seen, g_strdup (path)))
    g_ptr_array_add (self->found->paths, g_strdup (path));
}

static gboolean
count_file (Walk *self)
{
  if (self->files >= self->max)
    {
      self->found->truncated = TRUE;
      return FALSE;
    }
  self->files++;
  if (self->counter != NULL)
    g_atomic_int_inc (self->counter);
  return TRUE;
}

static void
take_file (Walk *self, int folder, const char *name, const char *path)
{
  if (!count_file (self))
    return;
  if (wb_picture_is_beside (name))
    self->found->beside++;
  else if (ends_in (picture_endings, name) || looks_like_picture (folder, name))
    take (self, path);
  else
    self->found->others++;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Consumes @folder. In the order of names, so that two runs over the same folder say the same. */
static GPtrArray *
list_names (Walk *self, int folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  DIR *dir = fdopendir (folder);
  struct dirent *entry;

  if (dir == NULL)
    {
      close (folder);
      return names;
    }
  while ((entry = readdir (dir)) != NULL && self->entries < self->max * ENTRIES_PER_FILE)
    if (entry->d_name[0] != '.')
      {
        self->entries++;
        g_ptr_array_add (names, g_strdup (entry->d_name));
      }
  self->found->truncated |= entry != NULL;
  closedir (dir);
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void walk_folder (Walk *self, int parent, const char *name, const char *path, guint depth);

static void
walk_entry (Walk *self, int folder, const char *name, const char *folder_path, guint depth)
{
  g_autofree char *path = g_build_filename (folder_path, name, NULL);
  struct stat found;

  if (fstatat (folder, name, &found, AT_SYMLINK_NOFOLLOW) != 0)
    return;
  if (S_ISREG (found.st_mode))
    take_file (self, folder, name, path);
  else if (S_ISDIR (found.st_mode) && depth < DEPTH_MAX)
    walk_folder (self, folder, name, path, depth + 1);
}

static void
walk_folder (Walk *self, int parent, const char *name, const char *path, guint depth)
{
  int folder = openat (parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  int listed = folder >= 0 ? fcntl (folder, F_DUPFD_CLOEXEC, 3) : -1;
  g_autoptr (GPtrArray) names = listed >= 0 ? list_names (self, listed) : NULL;

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      if (self->found->truncated || g_cancellable_is_cancelled (self->cancellable))
        break;
      walk_entry (self, folder, g_ptr_array_index (names, i), path, depth);
    }
  if (folder >= 0)
    close (folder);
}

/* What somebody named himself is taken as it is, link or FIFO or gone: opening it tells him why
 * not. */
static void
walk_root (Walk *self, const char *root)
{
  struct stat found;
  gboolean there = lstat (root, &found) == 0;

  if (there && S_ISDIR (found.st_mode))
    walk_folder (self, AT_FDCWD, root, root, 1);
  else if (count_file (self))
    {
      self->missing += !there;
      if (wb_picture_is_beside (root))
        self->found->beside++;
      else
        take (self, root);
    }
}

/**
 * wb_file_walk_run:
 * @max: of files looked at, pictures or not
 * @counter: (nullable): raised by one for each file, for a progress shown meanwhile; read it
 * atomically
 *
 * Blocks: for worker threads. Files named in @roots are always in the result unless they lie beside
 * pictures, so that each gets its answer, unless not one of them is there to be seen (dropped from outside into
 * a sandbox, by a program that knows no portal); of folders only what may be a picture, JPEG and PNG or
 * not.
 *
 * Returns: (nullable): NULL only when cancelled
 */
WbFileWalk *
wb_file_walk_run (const char *const *roots, guint max, gint *counter, GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (WbFileWalk) found = g_new0 (WbFileWalk, 1);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Walk self = {
    .found = found, .seen = seen, .max = max, .counter = counter, .cancellable = cancellable
  };

  found->paths = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0;
       roots[i] != NULL && !found->truncated && !g_cancellable_is_cancelled (cancellable); i++)
    walk_root (&self, roots[i]);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (self.missing > 0 && self.missing == g_strv_length ((char **) roots))
    {
      found->out_of_reach = self.missing;
      g_ptr_array_set_size (found->paths, 0);
    }
  return g_steal_pointer (&found);
}

void
wb_file_walk_free (WbFileWalk *self)
{
  g_ptr_array_unref (self->paths);
  g_free (self);
}
