#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every verb of the driver, against a small window: test-driver.py SAMPLE DRAG-SOURCE"""

import re
import sys
import tempfile
import unittest
from pathlib import Path

import gestures
from driver import App, Missing, wait

SAMPLE, DRAG_SOURCE = sys.argv[1:3]


class Verbs(unittest.TestCase):
    def setUp(self):
        self.app = App([SAMPLE])
        self.addCleanup(self.app.end)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def said(self, text):
        return self.app.find('label', text)

    def files(self, *names):
        for name in names:
            (self.folder / name).write_bytes(b'x')
        return [self.folder / name for name in names]

    def test_click_and_toggle_by_the_bus(self):
        self.app.find('push button', 'Press').click()
        self.said('clicked')
        self.app.find(None, 'Toggle').toggle()
        self.said('toggled on')
        self.app.find(None, re.compile('^Tog')).toggle()
        self.said('toggled off')

    def test_press_with_the_mouse(self):
        self.app.find('push button', 'Press').press()
        self.said('clicked')
        self.app.find(None, 'Flip').press()
        self.said('switched on')

    def test_text_by_the_bus_and_by_keys(self):
        entry = self.app.find('text', 'Name').set_text('Zoë “x” 🙂')
        self.assertEqual(entry.text, 'Zoë “x” 🙂')
        entry.press()
        wait(lambda: self.app.focused() and self.app.focused().same(entry), 'the entry to have the focus')
        self.app.keys('ctrl+a')
        self.app.type('two words')
        self.app.keys('Return')
        self.said('entered two words')

    def test_tab_moves_the_focus(self):
        first = wait(self.app.focused, 'a focus')
        self.app.keys('Tab')
        wait(lambda: not first.same(self.app.focused()), 'the focus to move')

    def test_resize_and_picture(self):
        self.app.resize(720, 500)
        path = self.folder / 'shots' / 'sample.png'
        self.app.shot(path)
        self.assertEqual(path.read_bytes()[:8], b'\x89PNG\r\n\x1a\n')
        self.app.shot(path, self.app.top)
        self.assertEqual(int.from_bytes(path.read_bytes()[16:20], 'big'), 720)

    def test_missing_is_said(self):
        with self.assertRaisesRegex(Missing, 'No Such Button'):
            self.app.find('push button', 'No Such Button', seconds=0.3)

    def test_choose_one_file(self):
        path, = self.files('one portrait é.jpg')
        gestures.choose_file(self.app, path, self.app.find('push button', 'Choose…').click)
        self.said('chose one portrait é.jpg')

    def test_choose_all_files_of_a_folder(self):
        self.files('a.jpg', 'b.jpg', 'c.jpg')
        gestures.choose_all(self.app, self.folder, self.app.find('push button', 'Choose…').click)
        self.said(re.compile('^chose (?=.*a.jpg)(?=.*b.jpg)(?=.*c.jpg)'))

    def test_twenty_of_twenty_drops(self):
        paths = self.files('amara okafor.jpg', 'b “x” 🙂.png')
        target = self.app.find(None, 'no drops')
        for count in range(1, 21):
            self.assertEqual(gestures.drop(self.app, paths, target, DRAG_SOURCE), 'end')
            self.said(f'{count} drops, {2 * count} files, amara okafor.jpg')

    def test_names(self):
        self.assertEqual(gestures.nameless(self.app.top), [])
        self.assertEqual(gestures.twins(self.app.top), [])
        with App([SAMPLE, '--nameless']) as app:
            faults = gestures.nameless(app.top)
            self.assertEqual(len(faults), 1, faults)

    def test_close_button_ends_it(self):
        self.app.find('push button', 'Close').click()
        self.assertEqual(self.app.exited(), 0)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1], verbosity=2, warnings='ignore')
