#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# build.sh FOLDER: builds flatpak/*.yml without a network and installs it for the user of FOLDER (user.sh).
set -euo pipefail
folder=$(readlink -f "$1")
here=$(cd "$(dirname "$0")" && pwd)
as_user () { "$here/user.sh" "$folder" "$@"; }
id=io.github.waybill.Waybill

as_user flatpak-builder --user --force-clean --disable-download --disable-updates --disable-rofiles-fuse \
  --repo="$folder/app-repo" --state-dir="$folder/state" "$folder/build" "$here/../../flatpak/$id.yml"
as_user flatpak --user remote-add --if-not-exists --no-gpg-verify app "$folder/app-repo"
# A folder that was moved or copied knows the place where it was.
as_user flatpak --user remote-modify --url="file://$folder/app-repo" app
as_user flatpak --user install -y --noninteractive --or-update app "$id"
