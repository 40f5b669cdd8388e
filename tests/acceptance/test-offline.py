#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""With the server gone, from the start: what was read is there with its age, what is written waits, nothing turns for
ever; and once it is back, what waited is sent once. test-offline.py WAYBILL SANDBOX"""

import os
import re
import sqlite3
import sys
import tempfile
import unittest
import urllib.parse

import fill
import service
from driver import App, wait

WAYBILL, SANDBOX = sys.argv[1:3]
# Sections with rows of the server, by key and title, and a row of each.
SECTIONS = {3: ('Customers', 'Brightloom')}
OFFLINE = re.compile('You are offline')


class Offline(unittest.TestCase):
    def setUp(self):
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        self.home = home.name
        for kind in ('DATA', 'CACHE'):
            os.environ[f'XDG_{kind}_HOME'] = os.path.join(self.home, kind)

    def serve(self, port=0):
        server = service.Service(SANDBOX, self.home, '--no-rate-limit', '--port', str(port))
        self.addCleanup(lambda: server.process.poll() is None and server.end())
        return server

    def start(self, server):
        """What a release waits for minutes takes seconds."""
        argv = [WAYBILL, '--base-url', server.url, '--key-file', server.key_file]
        return App(argv, env={'WAYBILL_PACE': '100'})

    def show(self, app, key):
        title, row = SECTIONS[key]
        app.keys(f'ctrl+{key}')
        app.find('label', title)
        return app.find('list item', re.compile(row))

    def learn(self):
        """All there is to read is read, and the server goes."""
        server = self.serve()
        with self.start(server) as app:
            for key in SECTIONS:
                self.show(app, key)
                wait(lambda: self.swept(SECTIONS[key][0]), f'the sweep of {SECTIONS[key][0]}')
            wait(lambda: self.ask_mirror("SELECT 1 FROM place WHERE scope <> ''"), 'the states of a customer’s country')
        server.end()
        return server

    def swept(self, title):
        return self.ask_mirror('SELECT 1 FROM sweeps WHERE collection = ? AND as_of > 0', title.lower())

    def ask_mirror(self, sql, *values):
        with sqlite3.connect(f'file:{self.mirror()}?mode=ro', uri=True) as db:
            return db.execute(sql, values).fetchone()

    def mirror(self):
        return os.path.join(os.environ['XDG_CACHE_HOME'], *fill.profile_folder('waybill-test').split(os.sep)[-3:], 'mirror.db')

    def operations(self):
        with sqlite3.connect(os.path.join(fill.profile_folder('waybill-test'), 'journal.db')) as db:
            return db.execute('SELECT op, state FROM operations').fetchall()

    def at_rest(self, app):
        """Nothing turns, pulses or says that it loads."""
        wait(lambda: not app.top.all('progress bar') and not app.top.all(None, re.compile('^Loading')), 'everything to rest')

    # --- reading -----------------------------------------------------------------------------------

    def test_lists(self):
        server = self.learn()
        with self.start(server) as app:
            app.find('label', OFFLINE)
            for key, (title, row) in SECTIONS.items():
                self.show(app, key).press()
                app.find('label', re.compile('^Offline, as of '))
                self.at_rest(app)
                self.search(app, row)
            app.keys('F5')
            app.find('label', re.compile('^Offline, as of '))
            self.at_rest(app)
            app.find(None, re.compile('^Offline'))

    def search(self, app, row):
        app.keys('ctrl+f')
        app.type(row.lower())
        app.find('list item', re.compile(row))
        app.type('zzzz')
        app.find('label', re.compile('Match$'))
        app.keys('Escape', 'Escape')
        app.find('list item', re.compile(row))

    def test_never_read(self):
        """A profile that has never met its server says so, and does not turn."""
        server = self.serve()
        server.end()
        with self.start(server) as app:
            app.find('label', OFFLINE)
            for key, (title, _) in SECTIONS.items():
                app.keys(f'ctrl+{key}')
                app.find('label', title)
                self.at_rest(app)

    # --- writing -----------------------------------------------------------------------------------

    def test_drafts(self):
        server = self.learn()
        with self.start(server) as app:
            app.find('label', OFFLINE)
            app.keys('ctrl+n')
            wizard = app.window(re.compile('^New Order'))
            app.focus_window(wizard)
            app.type('brightloom')
            wizard.find('list item', re.compile('^Brightloom,'))
            app.keys('Return')
            wizard.find(None, 'Domains')
            app.type('offline-draft.example')
            app.keys('Return')
            wizard.find('list item', re.compile('offline-draft.example, Not known'))
            app.keys('ctrl+w')
            app.find('list item', re.compile('offline-draft.example'))

    def test_writes_wait(self):
        server = self.learn()
        with self.start(server) as app:
            app.find('label', OFFLINE)
            self.show(app, 3).press()
            app.find('push button', 'Edit…').click()
            sheet = app.window('Edit Customer')
            app.focus_window(sheet)
            city = sheet.find('text', re.compile('^City'))
            wait(lambda: any(node.text == 'Portland' for node in city.walk()), 'the customer in the form')
            city.press()
            app.keys('ctrl+a')
            app.type('Bergen')
            sheet.find('push button', 'Save').click()
            sheet.find('label', re.compile('You are offline.*sent when you are online again'))
            app.keys('Escape')
            app.keys('ctrl+2')
            app.find(None, re.compile('Waiting'))
        self.assertEqual(self.operations(), [('update_user', 'queued')])
        with self.start(server) as app:
            app.find('label', OFFLINE)
            app.keys('ctrl+2')
            app.find(None, re.compile('Waiting'))
            app.find(None, re.compile('You are offline. It is sent when you are online again'))
        again = self.serve(urllib.parse.urlsplit(server.url).port)
        with self.start(again):
            wait(lambda: self.operations() == [('update_user', 'done')], 'what waited to be sent')
        self.assertEqual(again.counts()['writes'], 1)


if __name__ == '__main__':
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2, warnings="ignore")
