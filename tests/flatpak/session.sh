#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# session.sh FOLDER CMD...: runs CMD in a session with portals, a keyring that can be started, and the Flatpaks of
# FOLDER (user.sh). The session's runtime folder lies at the place where a Flatpak looks for it, and hides the
# one that is there from this session alone; for that it is root.
set -eu
folder=$(readlink -f "$1")
here=$(cd "$(dirname "$0")" && pwd)
shift
export FLATPAK_USER_DIR=$folder/user XDG_CURRENT_DESKTOP=GNOME
export WITH_UI_RUN=/run/user/$(id -u) WITH_UI_SERVICES="org.freedesktop.portal. org.freedesktop.impl.portal."
# shellcheck disable=SC2016
exec unshare --mount --propagation private bash -euc '
  mkdir -p "$WITH_UI_RUN"
  mount -t tmpfs -o mode=700 tmpfs "$WITH_UI_RUN"
  exec "$@"' session "$here/../with-ui.sh" "$@"
