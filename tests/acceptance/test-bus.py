#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing that can be reached from outside the window sends or unlocks: every action on the session bus is
activated in an unlocked profile with a draft waiting, and the server counts what changed it.
test-bus.py WAYBILL SANDBOX"""

import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import urllib.request

from gi.repository import Gio, GLib

import fill
from driver import App, wait

WAYBILL, SANDBOX = sys.argv[1:3]
NAME = 'io.github.waybill.Waybill'
PATH = '/io/github/waybill/Waybill'
BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={}</listen>
  <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
"""


class Bus(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        key = os.path.join(folder.name, 'key')
        self.server = subprocess.Popen([SANDBOX, '--write-key', key, '--control-port', '0', '--no-rate-limit'],
                                       stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.stop, self.server)
        self.control = self.server.stdout.readline().split()[1]
        self.base_url = self.server.stdout.readline().split()[1]
        with open(key) as file:
            self.key = file.read()
        self.bus, self.env = self.make_bus(folder.name)

    def stop(self, process):
        process.terminate()
        process.wait()
        process.stdout.close()

    def make_bus(self, folder):
        """A session bus without any service, so without a keyring; screen readers keep their own bus."""
        config = os.path.join(folder, 'bus.conf')
        with open(config, 'w') as file:
            file.write(BUS_CONFIG.format(folder))
        daemon = subprocess.Popen(['dbus-daemon', '--nofork', '--config-file', config, '--print-address'],
                                  stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.stop, daemon)
        address = daemon.stdout.readline().strip()
        flags = Gio.DBusConnectionFlags
        bus = Gio.DBusConnection.new_for_address_sync(
            address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
        readers, = Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(
            'org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, GLib.VariantType('(s)'),
            Gio.DBusCallFlags.NONE, -1, None).unpack()
        return bus, {'DBUS_SESSION_BUS_ADDRESS': address, 'AT_SPI_BUS_ADDRESS': readers}

    def counts(self):
        with urllib.request.urlopen(self.control + '/counts') as answer:
            return json.load(answer)

    # --- getting there ---------------------------------------------------------------------------

    def enter_key(self, app):
        """As a person does: there is no keyring on this bus, so the key stays in memory."""
        app.find('list item', 'Enter an API Key').press()
        sheet = app.window('Enter an API Key')
        app.focus_window(sheet)
        app.type('Bus Test')
        sheet.find('text', 'API Key').press()
        app.type(f'  {self.key}  ')
        sheet.find('text', 'Address').press()
        app.keys('ctrl+a')
        app.type(self.base_url)
        sheet.find('label', '127.0.0.1')
        sheet.find('label', re.compile('not the vendor’s own address'))
        sheet.find('push button', 'Test Connection').click()
        sheet.find('label', re.compile('The key works: .* in your wallet, \d+ customers'))
        sheet.find('push button', 'Done').click()
        app.find('label', 'There is no keyring here.')
        app.find('push button', 'Continue').click()
        app.find('label', 'No Orders Yet')

    def keep_draft(self, app):
        app.keys('ctrl+n')
        wizard = app.window(re.compile('^New Order'))
        app.focus_window(wizard)
        wizard.find('list item', re.compile('Brightloom'))
        app.keys('Return')
        wizard.find('label', re.compile('^Draft saved'))
        wizard.find('push button', 'Close').click()
        app.find('table row', re.compile('^Brightloom.*Draft'))

    # --- the bus ---------------------------------------------------------------------------------

    def call(self, path, interface, method, arguments, reply=None):
        return self.bus.call_sync(NAME, path, interface, method, arguments, reply and GLib.VariantType(reply),
                                  Gio.DBusCallFlags.NONE, 20000, None)

    def paths(self):
        xml, = self.call(PATH + '/window', 'org.freedesktop.DBus.Introspectable', 'Introspect', None, '(s)').unpack()
        return [PATH] + [f'{PATH}/window/{name}' for name in re.findall(r'<node name="(\d+)"', xml)]

    def actions(self):
        found = []
        for path in self.paths():
            names, = self.call(path, 'org.gtk.Actions', 'List', None, '(as)').unpack()
            for name in sorted(names):
                (_, signature, _), = self.call(path, 'org.gtk.Actions', 'Describe', GLib.Variant('(s)', (name,)),
                                               '((bgav))').unpack()
                found.append((path, name, signature))
        return found

    def activate(self, path, name, parameters):
        self.call(path, 'org.gtk.Actions', 'Activate', GLib.Variant('(sava{sv})', (name, parameters, {})))

    def test_nothing_sends(self):
        with App([WAYBILL], env=self.env) as app:
            self.enter_key(app)
            self.keep_draft(app)
            draft, customer = self.draft()
            before = self.counts()
            found = self.actions()
            self.assertIn((PATH, 'new-order', ''), found)
            words = [draft, customer, 'no-such-id', '']
            for path, name, signature in found:
                if name == 'quit':
                    continue
                values = {'': [[]], 's': [[GLib.Variant('s', word)] for word in words],
                          'i': [[GLib.Variant('i', number)] for number in range(-1, 9)]}[signature]
                for value in values:
                    self.activate(path, name, value)
            self.call(PATH, 'org.freedesktop.Application', 'Activate', GLib.Variant('(a{sv})', ({},)))
            self.call(PATH, 'org.freedesktop.Application', 'ActivateAction',
                      GLib.Variant('(sava{sv})', ('new-order', [], {})))
            with self.assertRaisesRegex(GLib.Error, 'does not open files'):
                self.call(PATH, 'org.freedesktop.Application', 'Open',
                          GLib.Variant('(asa{sv})', (['file:///etc/hostname'], {})))
            # The next answer comes after all of them were handled.
            wait(lambda: [frame for frame in app.frames() if frame.name.startswith('New Order')], 'the wizard')
            after = self.counts()
            self.assertEqual(after['writes'], before['writes'])
            self.assertEqual(after['writes'], 0)
            self.assertEqual(after['charges'], 0)
            print(f'{len(found)} actions activated, {after["writes"]} writes')
            self.activate(PATH, 'quit', [])
            self.assertEqual(app.exited(), 0)

    def draft(self):
        journal = os.path.join(fill.profile_folder('waybill'), 'journal.db')
        with sqlite3.connect(f'file:{journal}?mode=ro', uri=True) as db:
            return db.execute('SELECT id, customer_id FROM drafts').fetchone()


if __name__ == '__main__':
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2, warnings='ignore')
