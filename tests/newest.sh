#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# newest.sh FOLDER CMD...: runs CMD on Debian testing, with the newest GTK, in a tree of its own: the
# sources are /src there, its network is the machine's, and nothing else of the machine is seen.
# The tree, FOLDER/tree, holds what debian-packages.txt lists for building and testing. It is made by
# mmdebstrap when there is none or that list has changed, from the archive that apt uses here. One
# that was not finished is thrown away.
#
# As root: it mounts. The mounts are in a namespace of their own and go with the last process.
#
# Exit: that of CMD; 99 where this cannot be done here: no root, no mounts, an archive that is not reached.
set -euo pipefail

[ $# -ge 2 ] || { echo "newest.sh FOLDER CMD..." >&2; exit 2; }
top=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
shift
tree=$folder/tree

say () { printf '%s\n' "$@" >&2; }
die () { say "$@"; exit 99; }

[ "$(id -u)" = 0 ] || die "The tree of Debian testing is made and entered by root (mounts, owners of files)." \
  "Try again as root, or with sudo."
for tool in mmdebstrap unshare pivot_root flock; do
  command -v "$tool" >/dev/null || die "$tool is missing: ./dev install newest"
done
unshare --mount --propagation private true || die "Mounts are refused here: the tree of Debian testing cannot be entered."

# --- making it -----------------------------------------------------------------------------------

# The archive of this release: whichever others apt knows have no Debian testing.
mirror () {
  local release
  release=$(. /etc/os-release && echo "$VERSION_CODENAME")
  apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' \
    | awk -v release="$release" '$1 == release && $2 == "main" { print $3; exit }'
}

# How apt reaches it from here.
reach () {
  apt-config dump | grep -E '^Acquire::(https?::Proxy|Check-Valid-Until) ' || true
}

reached () { # URL
  local release=$folder/release said
  said=$(/usr/lib/apt/apt-helper download-file "${1%/}/dists/testing/Release" "$release" 2>&1) || { say "$said"; return 1; }
  rm -f "$release"
}

make_tree () { # LIST: package names, a comma between
  local from
  from=$(mirror)
  [ -n "$from" ] || die "apt knows no archive of Debian's main here: there is nothing to make the tree from."
  reached "$from" || die "The archive of Debian at $from is not reached from here."
  say "== Debian testing, from $from (once: a minute or two)"
  rm -rf --one-file-system "$tree" "$tree.new" "$folder/packages"
  reach >"$folder/apt.conf"
  # In a namespace of its own: were it killed, what it has mounted in the tree would stay.
  unshare --mount --propagation private mmdebstrap --quiet --variant=apt --mode=root \
    --keyring=/usr/share/keyrings/debian-archive-keyring.gpg --include="$1" --aptopt="$folder/apt.conf" \
    --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    testing "$tree.new" "$from" >&2 </dev/null
  mkdir "$tree.new/src"
  mv "$tree.new" "$tree"
  echo "$1" >"$folder/packages"
}

list=$("$top/dev" packages build test newest-tree | paste -sd,)
(
  flock 9
  [ "$(cat "$folder/packages" 2>/dev/null)" = "$list" ] || make_tree "$list"
) 9>"$folder/lock"

# --- running in it -------------------------------------------------------------------------------

# What the caller has set for the tests goes along.
pass=(PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 TERM="${TERM:-dumb}")
while IFS= read -r name; do
  pass+=("$name=${!name}")
done < <(compgen -e | grep -E '^(CI|LC_ALL|WAYBILL_.*|WITH_UI_.*|MESON_.*|NINJA_STATUS|SOURCE_DATE_EPOCH)$')

# A root of its own and no mere chroot: programs that shut others in (bwrap) work in it as elsewhere.
# shellcheck disable=SC2016
exec unshare --mount --propagation private bash -euc '
  tree=$1; top=$2; shift 2
  mount --bind "$tree" "$tree"
  cd "$tree"
  mount -t proc proc proc
  mount --rbind /dev dev
  mount --rbind /sys sys
  mount -t tmpfs -o mode=1777 tmpfs tmp
  mount -t tmpfs -o mode=755 tmpfs run
  mount --bind "$top" src
  pivot_root . mnt
  umount -l /mnt
  cd /src
  exec env -i "$@"' newest "$tree" "$top" "${pass[@]}" "$@"
