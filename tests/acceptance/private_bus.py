# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A session bus of a test's own, where nothing can be started but what the test names: there is no keyring on it.
Screen readers keep their own bus."""

import os
import signal
import subprocess
from pathlib import Path

from gi.repository import Gio, GLib

from driver import App, driven_env, wait

CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <servicedir>{services}</servicedir>
  <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
"""


class PrivateBus:
    """`services`: texts of service files by their names."""

    def __init__(self, folder, services=None):
        readers, = Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(
            'org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, GLib.VariantType('(s)'),
            Gio.DBusCallFlags.NONE, -1, None).unpack()
        place = Path(folder, 'services')
        place.mkdir()
        for name, text in (services or {}).items():
            (place / name).write_text(text)
        config = Path(folder, 'bus.conf')
        config.write_text(CONFIG.format(folder=folder, services=place))
        self.daemon = subprocess.Popen(['dbus-daemon', '--nofork', '--config-file', config, '--print-address'],
                                       stdout=subprocess.PIPE, text=True, env={**os.environ, 'AT_SPI_BUS_ADDRESS': readers})
        address = self.daemon.stdout.readline().strip()
        flags = Gio.DBusConnectionFlags
        self.connection = Gio.DBusConnection.new_for_address_sync(
            address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
        self.env = {'DBUS_SESSION_BUS_ADDRESS': address, 'AT_SPI_BUS_ADDRESS': readers}

    def end(self):
        self.connection.close_sync()
        self.daemon.terminate()
        self.daemon.wait()
        self.daemon.stdout.close()

    def pid_of(self, name):
        """0 where nobody has it."""
        try:
            return self.connection.call_sync(
                'org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'GetConnectionUnixProcessID',
                GLib.Variant('(s)', (name,)), GLib.VariantType('(u)'), Gio.DBusCallFlags.NONE, -1, None).unpack()[0]
        except GLib.Error:
            return 0


class Running:
    """A process that is not ours to wait for."""

    def __init__(self, pid):
        self.pid, self.returncode = pid, None

    def poll(self):
        if not os.path.exists(f'/proc/{self.pid}'):
            self.returncode = 0
        return self.returncode

    def terminate(self):
        os.kill(self.pid, signal.SIGTERM)


class Activated(App):
    """A program that the bus starts: Activated(bus, name, activate) calls activate() and drives what has come."""

    def __init__(self, bus, name, activate):
        self.bus, self.activate = bus, activate
        super().__init__([name])

    def start(self, argv, env):
        assert not self.bus.pid_of(argv[0]), f'{argv[0]} runs already'
        self.newer = 'LD_PRELOAD' in driven_env()
        self.activate()
        return Running(wait(lambda: self.bus.pid_of(argv[0]), f'{argv[0]} on the bus'))
