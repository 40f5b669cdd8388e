#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# with-ui.sh CMD...: runs CMD with a private X server, session bus and home, accessibility on demand
# (GTK_A11Y=atspi, unless the caller has set it), and no window manager. Nothing of the user's session
# is seen or touched. WITH_UI_SCREEN=1280x1024 sets the size of the screen.
#
# Exit: that of CMD; 77 (skip) where there is no Xvfb, but 99 (error) when CI is set.
set -u

for tool in Xvfb dbus-run-session; do
  command -v "$tool" >/dev/null && continue
  echo "1..0 # SKIP $tool is not installed"
  [ -n "${CI:-}" ] && exit 99
  exit 77
done

dir=$(mktemp -d)
run=${WITH_UI_RUN:-$dir/run} # a session with portals needs the usual place: that of their files is fixed inside of Flatpaks
mkfifo "$dir/display"
# A number of our own: the lowest free one is soon taken again, and a server that ends takes the socket of
# the next one of that number with it. -displayfd tells when it is ready; without -noreset it would begin
# anew, and refuse a program, whenever the last window has gone.
Xvfb ":$((100 + $$ % 50000))" -displayfd 3 -screen 0 "${WITH_UI_SCREEN:-1280x1024}x24" -noreset -nolisten tcp 3>"$dir/display" >/dev/null 2>&1 &
xvfb=$!
cleanup () {
  # A server that is told to end just before it goes to sleep sleeps on: it is told until it has ended.
  while kill "$xvfb" 2>/dev/null; do sleep 0.02; done
  wait "$xvfb" 2>/dev/null
  # What the document portal shows there are files elsewhere, and what is deleted there is gone.
  mountpoint -q "$run/doc" && fusermount3 -u -z "$run/doc"
  rm -rf --one-file-system "$dir"
}
trap cleanup EXIT
read -r -t 20 number <"$dir/display" || { echo "Xvfb did not start" >&2; exit 99; }

# Of what this machine can start for a session only what the tests are made for: a portal or a file manager
# of the developer's would answer in our place. WITH_UI_SERVICES names more, by the start of their names.
mkdir "$dir/services"
for name in org.a11y. org.freedesktop.secrets org.gnome.keyring ${WITH_UI_SERVICES:-}; do
  cp /usr/share/dbus-1/services/"$name"*.service "$dir/services/" 2>/dev/null
done
cat >"$dir/bus.conf" <<XML
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <servicedir>$dir/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
XML

[ "$run" != "$dir/run" ] || mkdir -m 700 "$run"
mkdir -p "$dir/config/gtk-4.0"
# The font of a GNOME desktop: without a settings daemon GTK would fall back to "Sans 10".
printf '[Settings]\ngtk-font-name=Cantarell 11\ngtk-decoration-layout=:close\n' \
  >"$dir/config/gtk-4.0/settings.ini"

# No GL, which is software here: how that is said has changed, and the newest GTK complains about the old way.
if pkg-config --atleast-version=4.16 gtk4 2>/dev/null; then
  export GDK_DISABLE="${GDK_DISABLE:-gl}" GDK_DEBUG="${GDK_DEBUG:-no-portals}"
else
  export GDK_DEBUG="${GDK_DEBUG:-gl-disable}"
fi

env -u WAYLAND_DISPLAY -u SESSION_MANAGER -u DBUS_SESSION_BUS_ADDRESS -u AT_SPI_BUS_ADDRESS \
  DISPLAY=":$number" XDG_RUNTIME_DIR="$run" HOME="$dir" \
  XDG_CONFIG_HOME="$dir/config" XDG_DATA_HOME="$dir/data" XDG_CACHE_HOME="$dir/cache" \
  GDK_BACKEND=x11 GSK_RENDERER=cairo \
  GTK_A11Y="${GTK_A11Y:-atspi}" GTK_USE_PORTAL=0 ADW_DISABLE_PORTAL=1 \
  GSETTINGS_BACKEND=memory GIO_USE_VFS=local LC_ALL=C.UTF-8 \
  dbus-run-session --config-file="$dir/bus.conf" -- "$@"
