#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# user.sh FOLDER CMD...: runs CMD as a user to throw away, whose home and Flatpaks lie in FOLDER. A session that
# has a runtime folder, as with-ui.sh makes one, keeps it: the document portal's files are mounted there.
set -eu
folder=$(readlink -f "$1")
shift
mkdir -p "$folder/home"
mkdir -p -m 700 "$folder/run"
export FLATPAK_USER_DIR=$folder/user HOME=$folder/home
: "${XDG_RUNTIME_DIR:=$folder/run}"
export XDG_RUNTIME_DIR
unset XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME
exec "$@"
