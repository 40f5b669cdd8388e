#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing that can be reached from outside the window sends or unlocks: every action on the session bus is
activated in an unlocked profile with a draft waiting, and the server counts what changed it.
test-bus.py WAYBILL SANDBOX"""

import os
import re
import sqlite3
import sys
import tempfile
import unittest

from gi.repository import Gio, GLib

import fill
from driver import App, wait
from private_bus import PrivateBus
from service import Service, enter_key

WAYBILL, SANDBOX = sys.argv[1:3]
NAME = 'io.github.waybill.Waybill'
PATH = '/io/github/waybill/Waybill'


class Bus(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.server = Service(SANDBOX, folder.name, '--no-rate-limit')
        self.addCleanup(self.server.end)
        self.bus = PrivateBus(folder.name)
        self.addCleanup(self.bus.end)

    # --- getting there ---------------------------------------------------------------------------

    def keep_draft(self, app):
        app.keys('ctrl+n')
        wizard = app.window(re.compile('^New Order'))
        app.focus_window(wizard)
        wizard.find('list item', re.compile('Brightloom'))
        app.keys('Return')
        wizard.find('label', re.compile('^Draft saved'))
        wizard.find('push button', 'Close').click()
        app.find('list item', re.compile('^Brightloom.*Draft'))

    # --- the bus ---------------------------------------------------------------------------------

    def call(self, path, interface, method, arguments, reply=None):
        return self.bus.connection.call_sync(NAME, path, interface, method, arguments, reply and GLib.VariantType(reply),
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
        with App([WAYBILL], env=self.bus.env) as app:
            enter_key(app, self.server)
            self.keep_draft(app)
            draft, customer = self.draft()
            before = self.server.counts()
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
            after = self.server.counts()
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
