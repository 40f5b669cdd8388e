#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The session bus starts the program, for a launcher, the menu of its icon, and a notification that is pressed after
it has ended; a further start joins the first. What comes shows, and sends nothing.
test-activation.py WAYBILL SANDBOX DESKTOP-FILE SERVICE-FILE BINDIR"""

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import unittest

from gi.repository import Gio, GLib

import fill
import service
from driver import App, driven_env, wait
from private_bus import Activated, PrivateBus

WAYBILL, SANDBOX, DESKTOP, SERVICE, BINDIR = map(os.path.abspath, sys.argv[1:6])
NAME = 'io.github.waybill.Waybill'
PATH = '/io/github/waybill/Waybill'
SHELL = 'org.gtk.Notifications'
SHELL_INTERFACE = Gio.DBusNodeInfo.new_for_xml(f'''
<node><interface name="{SHELL}">
  <method name="AddNotification"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="a{{sv}}" direction="in"/></method>
  <method name="RemoveNotification"><arg type="s" direction="in"/><arg type="s" direction="in"/></method>
</interface></node>''').interfaces[0]


# As a launcher does it, which is still there when the program has come: else the bus drops what was for it, as it
# does with that of `gio launch`.
LAUNCH = """
import sys
from gi.repository import Gio, GLib
loop = GLib.MainLoop()
info = Gio.DesktopAppInfo.new_from_filename(sys.argv[1])
info.launch_action(sys.argv[3], None) if sys.argv[3:] else info.launch([], None)
Gio.bus_watch_name(Gio.BusType.SESSION, sys.argv[2], 0, lambda *_: loop.quit(), None)
loop.run()
"""


class Shell:
    """GNOME's notifications outlive the program; one that is pressed is an action of the program it came from."""

    def __init__(self, bus):
        self.bus, self.shown = bus.connection, []
        self.bus.register_object('/org/gtk/Notifications', SHELL_INTERFACE, self.on_call)
        owned = []
        Gio.bus_own_name_on_connection(self.bus, SHELL, Gio.BusNameOwnerFlags.NONE, lambda *_: owned.append(True), None)
        wait(lambda: owned, 'the name of the notifications')

    def on_call(self, _bus, _sender, _path, _interface, method, arguments, invocation):
        if method == 'AddNotification':
            self.shown.append(arguments.unpack())
        invocation.return_value(None)

    def press(self):
        program, _, told = self.shown[-1]
        assert program == NAME, program
        activate(self.bus, told['default-action'].removeprefix('app.'), GLib.Variant('s', told['default-action-target']))


def activate(bus, action=None, *parameter):
    """As a desktop does it; nobody waits for the answer."""
    method = 'ActivateAction' if action else 'Activate'
    arguments = GLib.Variant('(sava{sv})', (action, parameter, {})) if action else GLib.Variant('(a{sv})', ({},))
    bus.call(NAME, PATH, 'org.freedesktop.Application', method, arguments, None, Gio.DBusCallFlags.NONE, -1, None, None)


class Activation(unittest.TestCase):
    def setUp(self):
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        for kind in ('DATA', 'CACHE'):
            os.environ[f'XDG_{kind}_HOME'] = os.path.join(home.name, kind)
        self.bus = PrivateBus(home.name, {f'{NAME}.service': self.service_file()})
        self.addCleanup(self.bus.end)
        # What is started by name is the program under test.
        os.makedirs(os.path.join(home.name, 'bin'))
        os.symlink(WAYBILL, os.path.join(home.name, 'bin', 'waybill'))
        self.env = {**os.environ, **self.bus.env, 'PATH': os.path.join(home.name, 'bin') + ':' + os.environ['PATH']}

    def service_file(self):
        """The one that is installed, with the program where it was built."""
        with open(SERVICE) as file:
            text = file.read()
        self.assertIn(f'Exec={BINDIR}/waybill --gapplication-service\n', text)
        env = ' '.join(f'{name}={value}' for name, value in driven_env().items())
        return text.replace(f'Exec={BINDIR}/waybill', f'Exec=/usr/bin/env {env} {WAYBILL}')

    def activated(self, start):
        return Activated(self.bus, NAME, start)

    def first_run(self):
        """A profile that needs no key, with orders."""
        with App([WAYBILL], env=self.bus.env) as app:
            app.find(None, re.compile('Try It First')).press()
            app.find('label', 'No Orders Yet')
            app.keys('ctrl+3')
            app.find(None, re.compile('Brightloom'))
            app.keys('ctrl+q')
            app.exited()
        fill.fill(data='waybill')

    def launcher(self, *action):
        return [sys.executable, '-W', 'ignore', '-c', LAUNCH, DESKTOP, NAME, *action]

    def run_program(self, *argv):
        subprocess.run(argv, check=True, env=self.env, timeout=30)

    def wizards(self, app):
        return [frame for frame in app.frames() if frame.name.startswith('New Order')]

    def quit(self, app):
        app.keys('ctrl+q')
        app.exited()

    # --- starting --------------------------------------------------------------------------------

    def test_nothing_yet(self):
        """Before there is a profile an action leads to the ways in, and nothing comes of it later."""
        with self.activated(lambda: activate(self.bus.connection, 'new-order')) as app:
            app.find(None, re.compile('Try It First')).press()
            app.find('label', 'No Orders Yet')
            self.assertEqual(self.wizards(app), [])
            self.quit(app)

    def test_launcher(self):
        self.first_run()
        with self.activated(lambda: self.run_program(*self.launcher())) as app:
            app.find('list item', re.compile('^Copperline'))
            self.assertEqual(self.wizards(app), [])
            # Each further start joins it.
            self.run_program('waybill', '--new-order')
            wait(lambda: len(self.wizards(app)) == 1, 'the new order')
            self.run_program('waybill')
            self.run_program('waybill', '--version')
            wait(lambda: app.frames()[-1].name != self.wizards(app)[0].name, 'the main window to be raised')
            self.assertEqual(len(self.wizards(app)), 1)
            self.assertEqual(self.bus.pid_of(NAME), app.process.pid)
            self.quit(app)

    def test_new_order(self):
        """The menu of the icon, by two programs that read the desktop file in their own way; and the option."""
        self.first_run()
        for argv in (['gapplication', 'action', NAME, 'new-order'], self.launcher('new-order')):
            with self.activated(lambda: self.run_program(*argv)) as app:
                wait(lambda: len(self.wizards(app)) == 1, f'the new order of {argv}')
                self.quit(app)
        with App([WAYBILL, '--new-order'], env=self.bus.env) as app:
            wait(lambda: len(self.wizards(app)) == 1, 'the new order')
            app.window(re.compile('^(Orders|Waybill)'))
            self.quit(app)

    # --- after it has ended ------------------------------------------------------------------------

    def test_notification(self):
        """An order ends, then the program; then its notification is pressed."""
        server = service.Service(SANDBOX, self.enterContext(tempfile.TemporaryDirectory()), '--no-rate-limit')
        self.addCleanup(server.end)
        shell = Shell(self.bus)
        with App([WAYBILL], env={**self.bus.env, 'WAYBILL_PACE': '20'}) as app:
            service.enter_key(app, server)
            server.post('/speed', speed=0.0001)
            customer, order = server.order('after-all.example', paid=True)
            profile = fill.profile_folder('waybill')
            with sqlite3.connect(os.path.join(profile, 'journal.db')) as db:
                service.insert_order(db, 'being-made', customer, order, 'after-all.example')
            activate(self.bus.connection, 'show-order', GLib.Variant('s', service.ORDER))
            app.window(re.compile('Brightloom'))
            server.post('/speed', speed=0)
            wait(lambda: shell.shown, 'the notification')
            self.assertEqual(shell.shown[-1][2]['title'], '1 mailbox is live')
            self.quit(app)
        before = server.counts()
        # Another profile is the last one by now.
        self.first_profile(os.path.basename(profile))
        with self.activated(shell.press) as app:
            order = app.window(re.compile('Brightloom'))
            order.find('label', re.compile('^1 mailbox is live'))
            app.focus_window(order)
            app.keys('ctrl+w')
            app.find('list item', re.compile('^Brightloom.*Live'))
            self.quit(app)
        self.assertEqual(server.counts()['writes'], before['writes'])

    def first_profile(self, other):
        """Adds one that comes first in the list."""
        folder = os.path.join(os.environ['XDG_DATA_HOME'], 'waybill', 'profiles')
        name = '00000000-0000-4000-8000-000000000000'
        os.makedirs(os.path.join(folder, name))
        with open(os.path.join(folder, other, 'profile.ini')) as read, \
             open(os.path.join(folder, name, 'profile.ini'), 'w') as write:
            write.write(read.read().replace('Bus Test', 'Another'))


if __name__ == '__main__':
    unittest.main(argv=[sys.argv[0], *sys.argv[6:]], verbosity=2, warnings='ignore')
