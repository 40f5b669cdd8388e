#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# standin.sh TREE FOLDER: makes of a tree of Debian testing (newest.sh) what stands in for the runtime
# org.gnome.Platform and its Sdk of the manifest's version, and installs both for the user of FOLDER (user.sh). The
# sandbox that they are run in is the real one; only what lies in /usr is Debian's and not GNOME's.
set -euo pipefail

[ $# -eq 2 ] || { echo "standin.sh TREE FOLDER" >&2; exit 2; }
tree=$(readlink -f "$1") folder=$(readlink -f "$2")
here=$(cd "$(dirname "$0")" && pwd)
version=$(sed -n "s/^runtime-version: '\\(.*\\)'/\\1/p" "$here"/../../flatpak/*.yml)
as_user () { "$here/user.sh" "$folder" "$@"; }
arch=$(flatpak --default-arch)
repo=$folder/runtime-repo
made=$folder/runtime-made-of # what the tree and this script were
is=$(cat "$tree/../packages" "$0" "$here/../acceptance/newest-gtk.c" | sha256sum)

[ "$(cat "$made" 2>/dev/null)" != "$is" ] || exit 0

# flatpak-builder before 1.4 calls a tool that AppStream has no more, and moves the metainfo to where the
# one that took its place does not look.
write_compose () {
  cat >"$1" <<'SH'
#!/bin/sh
for id; do :; done
mkdir -p /app/share/metainfo
[ -e "/app/share/metainfo/$id.metainfo.xml" ] \
  || cp "/app/share/appdata/$id.appdata.xml" "/app/share/metainfo/$id.metainfo.xml"
exec appstreamcli compose --no-net --no-color --print-report=short --prefix=/ --origin=flatpak --components="$id" \
  --result-root=/app --data-dir=/app/share/app-info/xmls --icons-dir=/app/share/app-info/icons/flatpak /app
SH
  chmod +x "$1"
}

# What the driver of the tests needs in a program of the newest GTK: nothing of theirs is in the sandbox else.
add_driver_library () {
  mkdir -p "$1/usr/lib/waybill-tests"
  # shellcheck disable=SC2016
  chroot "$tree" sh -c 'cc -shared -fPIC -x c - -o /tmp/lib.so $(pkg-config --cflags --libs gtk4) && cat /tmp/lib.so; rm -f /tmp/lib.so' \
    <"$here/../acceptance/newest-gtk.c" >"$1/usr/lib/waybill-tests/libnewest-gtk.so"
}

# What a window without a graphics card, and an account without a password, can do without.
thin_out () {
  rm -rf "$1"/usr/lib/*/libLLVM* "$1"/usr/lib/*/libgallium* "$1"/usr/lib/*/libz3.so* "$1"/usr/share/{doc,man}
  rm -f "$1"/usr/etc/{passwd-,group-,resolv.conf,hostname,machine-id} "$1"/usr/etc/*shadow*
}

export_runtime () { # Platform|Sdk
  local dir=$folder/$1
  rm -rf "$dir"
  mkdir -p "$dir/files"
  cp -a --link "$tree/usr" "$dir/usr"
  cp -a "$tree/etc" "$dir/usr/etc"
  ln -sf ../sbin/ldconfig "$dir/usr/bin/ldconfig"
  rm -f "$dir/usr/bin/appstream-compose"
  write_compose "$dir/usr/bin/appstream-compose"
  add_driver_library "$dir"
  thin_out "$dir"
  printf '[Runtime]\nname=org.gnome.%s\nruntime=org.gnome.Platform/%s\nsdk=org.gnome.Sdk/%s\n' \
    "$1" "$arch/$version" "$arch/$version" >"$dir/metadata"
  as_user flatpak build-export --runtime --no-update-summary --disable-sandbox "$repo" "$dir" "$version"
  rm -rf "$dir"
}

rm -rf "$repo"
as_user ostree init --repo="$repo" --mode=bare-user-only
as_user ostree config --repo="$repo" set core.fsync false
export_runtime Platform
export_runtime Sdk
as_user flatpak build-update-repo "$repo"
as_user flatpak --user remote-add --if-not-exists --no-gpg-verify standin "$repo"
as_user flatpak --user install -y --noninteractive --or-update standin \
  "org.gnome.Platform//$version" "org.gnome.Sdk//$version"
echo "$is" >"$made"
