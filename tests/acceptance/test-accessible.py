#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever can have the focus has a name that a person can understand: the accessible tree of each window,
page, menu and dialog is walked. test-accessible.py WAYBILL"""

import os
import re
import sys
import tempfile
import unittest

import fill
import gestures
from driver import App, wait

WAYBILL = sys.argv[1]


class Names(unittest.TestCase):
    def setUp(self):
        """A home of its own: what another test has filled is not empty."""
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        for name in ('DATA', 'CACHE'):
            os.environ[f'XDG_{name}_HOME'] = os.path.join(home.name, name.lower())

    def start(self, *args, **kwargs):
        self.app = App([WAYBILL, *args], **kwargs)
        self.addCleanup(self.app.end)
        return self.app

    def check(self, what, top=None):
        with self.subTest(what):
            # What goes while it is asked is asked again.
            faults = wait(lambda: [gestures.nameless(top or self.app.top), gestures.twice(top or self.app.top)], what)
            self.assertEqual(faults, [[], []], what)

    def sheet(self, title, open_it, close='Escape'):
        """Opens a window by keys or a function, walks it, closes it."""
        self.app.keys(open_it) if isinstance(open_it, str) else open_it()
        self.check(title, self.app.window(title))
        self.app.keys(close)
        wait(lambda: title not in [frame.name for frame in self.app.frames()], f'“{title}” to close')

    def popover(self, what, opener):
        """Opens the popover of a button and walks it, with the window it belongs to."""
        before = len(self.app_windows())
        opener.click()
        wait(lambda: len(self.app_windows()) > before, f'the popover of {what}')
        self.check(what)
        self.app.keys('Escape')
        wait(lambda: len(self.app_windows()) == before, f'the popover of {what} to close')

    def app_windows(self):
        return self.app.windows()

    def shown(self, section):
        self.app.find('list item', re.compile(f'^{section}')).click()
        wait(lambda: self.app.find('label', section), section)

    def test_first_run(self):
        app = self.start('--sandbox', '--first-run')
        self.check('first run')
        self.sheet('Enter an API Key', app.find('list item', 'Enter an API Key').press)

    def test_empty(self):
        app = self.start('--sandbox')
        app.find('label', 'No Orders Yet')
        self.check('Orders, empty')
        app.keys('ctrl+2')
        app.find('label', 'Nothing Sent Yet')
        self.check('Activity, empty')

    def full(self):
        with App([WAYBILL, '--sandbox']) as app:
            app.keys('ctrl+3')
            app.find('list item', re.compile('Brightloom'))
        fill.fill()
        app = self.start('--sandbox')
        app.find('list item', re.compile('Brightloom'))
        return app

    def test_lists(self):
        app = self.full()
        for width in (1280, 800, 370):
            app.resize(width, 800)
            for section, word in (('1', 'Kestrel'), ('2', 'Pay and start'), ('3', 'Oakline'), ('5', 'Amina Diallo, .*@'),
                                  ('6', 'shiptidewater.example, Tidewater Freight, Payment overdue'), ('3', 'Oakline')):
                app.keys(f'ctrl+{section}')
                app.find(None, re.compile(f'^{word}'))
                self.check(f'section {section} at {width} px')
        app.keys('ctrl+f')
        app.type('zzz')
        app.find('label', 'No Customers Match')
        self.check('no match')

    def test_menus_and_popovers(self):
        app = self.full()
        self.popover('the sandbox', app.find('push button', re.compile('^Sandbox · nothing')))
        self.popover('the connection', app.find('push button', re.compile('^Connected')))
        self.popover('the profiles', app.find('push button', re.compile('^Sandbox, ')))
        self.popover('the main menu', app.find('push button', 'Main Menu'))
        self.popover('the page’s menu', app.find('push button', 'More'))

    def test_dialogs(self):
        app = self.full()
        self.sheet('New Customer', 'ctrl+shift+n')
        self.sheet('Keyboard Shortcuts', 'ctrl+question')
        self.sheet('Preferences', 'ctrl+comma')
        app.keys('ctrl+3')
        app.find('list item', re.compile('^Oakline')).press()
        app.find('push button', 'Edit…')
        self.sheet('Edit Customer', 'F2')
        app.keys('ctrl+1')
        app.find('push button', re.compile('^Add One')).click()
        app.find('label', 'Add an Order by Its Id')
        self.check('adding an order')

    def test_unlocking(self):
        """A profile that starts read-only, on a service that is not there."""
        folder = os.path.join(os.environ['XDG_DATA_HOME'], 'waybill-test', 'profiles', fill.uid('locked'))
        os.makedirs(folder, 0o700, exist_ok=True)
        url = 'http://127.0.0.1:9/api/v1/integration'
        with open(os.path.join(folder, 'profile.ini'), 'w') as file:
            file.write(f'[Profile]\nname=Lantern & Mail\nkind=vendor-sandbox\ncolour=teal\nbase-url={url}\n'
                       'header=cmr-x-sandbox-api-key\nread-only=true\n')
        key = os.path.join(folder, 'key')
        with open(key, 'w') as file:
            file.write('k' * 32)
        app = self.start('--base-url', url, '--key-file', key)
        app.find(None, re.compile('You are offline'))
        self.check('offline')
        app.keys('ctrl+shift+l')
        app.find('label', re.compile('Unlock .* for Changes'))
        self.check('unlocking')


if __name__ == '__main__':
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2, warnings='ignore')
