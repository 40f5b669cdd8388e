#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Without a window the program stays while something is open, says why, and ends when the last of it is settled.
test-background.py WAYBILL SANDBOX"""

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

from gi.repository import Gio

import fill
import service
from driver import App, wait
from notifications import Notifications

WAYBILL, SANDBOX = sys.argv[1:3]
PORTAL = 'org.freedesktop.portal.Desktop'
BACKGROUND = Gio.DBusNodeInfo.new_for_xml('''
<node><interface name="org.freedesktop.portal.Background">
  <method name="RequestBackground"><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/><arg type="o" direction="out"/></method>
  <method name="SetStatus"><arg type="a{sv}" direction="in"/></method>
</interface></node>''').interfaces[0]


class Portal:
    """Keeps what it is told of programs without a window. GTK asks for more of it when a program starts, so it comes
    after that."""

    def __init__(self):
        self.told = []
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        owned = []
        self.object = bus.register_object('/org/freedesktop/portal/desktop', BACKGROUND, self.on_call)
        self.name = Gio.bus_own_name_on_connection(bus, PORTAL, Gio.BusNameOwnerFlags.NONE, lambda *_: owned.append(True), None)
        wait(lambda: owned, 'the name of the portal')

    def end(self):
        Gio.bus_unown_name(self.name)
        Gio.bus_get_sync(Gio.BusType.SESSION).unregister_object(self.object)

    def on_call(self, _bus, _sender, _path, _interface, method, arguments, invocation):
        *_, options = arguments.unpack()
        self.told.append((method, options.get('reason') or options.get('message')))
        # An answer would be for a request that nobody listens to.
        invocation.return_dbus_error('org.freedesktop.portal.Error.NotAllowed', 'test')


class Background(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.notifications = Notifications()

    def setUp(self):
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        for kind in ('DATA', 'CACHE'):
            os.environ[f'XDG_{kind}_HOME'] = os.path.join(home.name, kind)
        self.notifications.shown.clear()
        self.notifications.standing.clear()
        self.server = service.Service(SANDBOX, home.name, '--no-rate-limit')
        self.addCleanup(self.server.end)

    def start(self, **env):
        """On the server; what a release waits for minutes takes seconds."""
        argv = [WAYBILL, '--base-url', self.server.url, '--key-file', self.server.key_file]
        return App(argv, env={'WAYBILL_PACE': '20', **env})

    def prepare(self, state, paid):
        """An order at the server, and in the journal what this program knows of it."""
        with self.start() as app:
            app.find('label', 'No Orders Yet')
        self.server.post('/speed', speed=0.0001)
        customer, order = self.server.order('background.example', paid)
        with sqlite3.connect(os.path.join(fill.profile_folder('waybill-test'), 'journal.db')) as db:
            service.insert_order(db, state, customer, order, 'background.example')
            if state == 'unknown':
                service.insert_payment(db, 'unknown', customer, order)
        self.before = self.server.counts()

    def close(self, app):
        app.keys('ctrl+w')
        wait(lambda: not app.windows(), 'the window to close')

    def asked(self):
        return self.server.counts()['operations'].get('get_order_status', 0)

    def titles(self):
        return [title for title, _, _ in self.notifications.shown]

    def told(self, title):
        return wait(lambda: title in self.titles(), f'the notification “{title}” among {self.titles()}')

    def stays(self, app):
        """It runs on and goes on asking."""
        asked = self.asked()
        wait(lambda: self.asked() >= asked + 2, 'the server to be asked')
        self.assertIsNone(app.process.poll())

    def ends(self, app):
        self.server.post('/speed', speed=0)
        self.told('1 mailbox is live')
        self.assertEqual(app.exited(), 0)
        # What was said of watching is gone with it.
        self.assertEqual(self.notifications.open(), ['1 mailbox is live'])
        after = self.server.counts()
        self.assertEqual((after['writes'], after['charges']), (self.before['writes'], self.before['charges']))

    # --- what keeps it -----------------------------------------------------------------------------

    def test_order(self):
        self.prepare('being-made', paid=True)
        with self.start(FLATPAK_ID='io.github.waybill.Waybill') as app:
            app.find('list item', re.compile('Being made'))
            portal = Portal()
            self.addCleanup(portal.end)
            self.close(app)
            self.told('Waybill keeps watching 1 order.')
            self.stays(app)
            self.ends(app)
        self.assertEqual(portal.told, [('RequestBackground', 'Waybill watches orders until they have ended.'),
                                       ('SetStatus', 'Waybill keeps watching 1 order.')])

    def test_unknown(self):
        self.prepare('unknown', paid=False)
        with self.start() as app:
            app.find('list item', re.compile('Unknown'))
            self.close(app)
            self.told('Waybill keeps asking about 1 request that got no answer.')
            self.stays(app)
            # The first request was late, not lost.
            self.server.pay()
            self.before = self.server.counts()
            self.ends(app)

    def test_unknown_for_ever(self):
        """Looked up five times, in an hour and some minutes; then it waits for a person, who need not wait."""
        self.prepare('unknown', paid=False)
        with self.start(WAYBILL_PACE='2000') as app:
            app.find('list item', re.compile('Unknown'))
            self.close(app)
            self.assertEqual(app.exited(), 0)
        self.assertEqual(self.notifications.open(), [])
        self.assertEqual(self.server.counts()['writes'], self.before['writes'])

    def test_nothing(self):
        with self.start() as app:
            app.find('label', 'No Orders Yet')
            app.keys('ctrl+w')
            self.assertEqual(app.exited(), 0)
        self.assertEqual(self.titles(), [])

    def test_quit(self):
        """Unknowns do not hinder it: they are looked up at the next start."""
        self.prepare('unknown', paid=False)
        with self.start() as app:
            app.find('list item', re.compile('Unknown'))
            app.keys('ctrl+q')
            self.assertEqual(app.exited(), 0)
        self.assertEqual(self.titles(), [])

    def test_keep_running(self):
        """Asked in the middle of a request and answered no, it is as if it had not been asked."""
        self.prepare('being-made', paid=True)
        with self.start() as app:
            app.find('list item', re.compile('Being made'))
            app.keys('ctrl+3')
            app.find('list item', re.compile('maya@')).press()
            app.keys('F2')
            sheet = app.window('Edit Customer')
            sheet.find('text', 'Company').set_text('Brightloom and Daughters')
            self.server.post('/fault', operation='update_user', kind='delay', value=12000)
            sheet.find('push button', 'Save').click()
            wait(lambda: self.server.counts()['operations'].get('update_user'), 'the change to leave')
            app.keys('Escape')
            wait(lambda: not [frame for frame in app.frames() if frame.name == 'Edit Customer'], 'the sheet to close')
            app.keys('ctrl+q')
            app.find('push button', 'Keep Running').click()
            wait(lambda: len(app.frames()) == 1, 'the question to close')
            self.close(app)
            self.told('The upload goes on.')
            self.stays(app)
            app.process.terminate()

    # --- the way back ------------------------------------------------------------------------------

    def run_first(self):
        """The program itself, which one bus has once; its built-in profile needs no key."""
        with App([WAYBILL]) as app:
            app.find(None, re.compile('Try It First')).press()
            app.find('label', 'No Orders Yet')
            app.keys('ctrl+3')
            app.find(None, re.compile('Brightloom'))
        fill.fill(data='waybill')

    def test_second_start(self):
        self.run_first()
        with App([WAYBILL]) as app:
            app.find('list item', re.compile('^Copperline'))
            for again in (self.start_again, lambda: self.notifications.press(), self.press_button):
                self.close(app)
                self.told('Waybill keeps watching 1 order.')
                again()
                app.find('list item', re.compile('^Copperline'))
                wait(lambda: self.notifications.open() == [], 'the notification to go')
                self.notifications.shown.clear()
            app.keys('ctrl+q')
            self.assertEqual(app.exited(), 0)

    def start_again(self):
        began = time.monotonic()
        subprocess.run([WAYBILL], check=True, timeout=20)
        print(f'a second start: {time.monotonic() - began:.2f} s')

    def press_button(self):
        _, _, actions = self.notifications.shown[-1]
        self.assertEqual(actions[1::2], ['', 'Show Window'])
        self.notifications.press(action=actions[2])


if __name__ == '__main__':
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2, warnings='ignore')
