#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wizard’s steps, worked from outside by keys and mouse:
test-steps.py STEPS-WINDOW ACCEPTANCE PORTRAITS [Domains|Mailboxes|Others]"""

import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

WINDOW, ACCEPTANCE, PORTRAITS = sys.argv[1:4]
sys.path.insert(0, ACCEPTANCE)

import gestures  # noqa: E402
from driver import App, wait, xdotool  # noqa: E402

THREE = 'amara:Amara Okafor,jonas:Jonas Lindqvist,mei:Mei Tanaka'


class Steps(unittest.TestCase):
    def open(self, step, domains='', mailboxes='', width=1280):
        self.app = App([WINDOW, f'--step={step}', f'--domains={domains}', f'--mailboxes={mailboxes}', f'--width={width}'])
        self.addCleanup(self.app.end)
        wait(self.app.focused, 'a focus')
        return self.app

    def close(self):
        """By its button: what was made is checked to be gone."""
        self.app.find('push button', 'Close').click()
        self.assertEqual(self.app.exited(), 0)

    def names(self):
        """Whatever can have the focus has a name that is said once, and no neighbour has the same."""
        faults = wait(lambda: [look(self.app.top) for look in (gestures.nameless, gestures.twins, gestures.twice)], 'the names')
        self.assertEqual(faults, [[], [], []])

    def focus_is(self, name):
        """Waits until what has the focus is called so; it is what a screen reader says."""
        pattern = name if isinstance(name, re.Pattern) else re.compile('^' + re.escape(name))
        return wait(lambda: (lambda node: node if node and pattern.search(node.name) else None)(self.app.focused()),
                    f'the focus on “{pattern.pattern}”, not {self.app.focused()}')

    def at(self, row, column, text):
        return self.focus_is(f'Row {row}, {column}: {text}')


class Domains(Steps):
    def test_names_get_their_answers(self):
        app = self.open(1)
        app.type('brightloom.example, getbrightloom.example bright-loom.example')
        app.keys('Return')
        app.find('list item', 'brightloom.example, Available, $11.40')
        app.find('list item', 'getbrightloom.example, Taken')
        app.find('list item', 'bright-loom.example, Google workspace exists, $11.40')
        app.find('push button', 'Use Microsoft').click()
        app.find('list item', 'bright-loom.example, Available, $11.40')
        app.keys('ctrl+z')
        app.find('list item', 'bright-loom.example, Google workspace exists, $11.40')
        app.find('push button', 'Keep Anyway').click()
        app.gone('push button', 'Keep Anyway')
        app.find('label', 'Kept anyway: mailboxes may fail, domain paid.')
        self.close()

    def test_all_of_a_row_by_keys(self):
        app = self.open(1, 'brightloom.example,getbrightloom.example')
        app.find('list item', 'getbrightloom.example, Taken')
        app.keys('Tab', 'Tab', 'Tab', 'Tab')
        self.focus_is('brightloom.example, Available')
        app.keys('Right')
        self.focus_is('1 year')
        app.keys('Right')
        self.focus_is('Forward Visitors')
        app.keys('Return')
        self.focus_is('Forward visitors to')
        app.type('example.org/start')
        app.keys('Return')
        app.find('label', re.compile('^Visitors go to .*https://example.org/start'))
        self.focus_is('Change Forwarding')
        app.keys('Down', 'Return')
        self.focus_is('Similar Names')
        app.keys('Return')
        self.focus_is('Keyword for ideas')
        app.find('push button', re.compile('^Add getbrightloom')).click()
        app.find('list item', re.compile('^getbrightloom.*, Available'))
        app.keys('ctrl+z')
        self.close()

    def test_removed_name_hands_the_focus_on(self):
        app = self.open(1, 'brightloom.example,trybrightloom.example', THREE)
        app.find('list item', 'brightloom.example, Available, $11.40')
        app.keys('Tab', 'Tab', 'Tab', 'Tab')
        self.focus_is('brightloom.example')
        app.keys('Delete')
        app.find('label', 'brightloom.example and its 3 mailboxes removed')
        self.focus_is('trybrightloom.example')
        app.keys('ctrl+z')
        app.find('list item', 'brightloom.example, Available, $11.40')
        self.close()

    def test_everything_has_a_name(self):
        for width in (1280, 360):
            app = self.open(1, 'brightloom.example,getbrightloom.example,bright-loom.example', width=width)
            app.find('list item', 'getbrightloom.example, Taken')
            self.names()
            self.close()


class Mailboxes(Steps):
    def test_keys_walk_and_say_each_cell(self):
        app = self.open(2, 'brightloom.example', THREE)
        self.at(1, 'User name', 'amara')
        app.keys('Down', 'Right')
        self.at(2, 'First name', 'Jonas')
        app.keys('Tab', 'Tab', 'Tab')
        self.at(3, 'Domain', 'brightloom.example')
        app.keys('shift+Tab')
        self.at(2, 'Picture', 'no picture')
        app.keys('ctrl+End')
        self.at(4, 'Picture', 'empty')
        app.keys('ctrl+Home')
        self.at(1, 'Domain', 'brightloom.example')
        app.keys('shift+Down', 'shift+Right')
        self.focus_is(re.compile('4 cells chosen$'))
        # What is behind the grid is reached, and the grid from there again.
        app.keys('ctrl+Tab')
        wait(lambda: app.focused() and not app.focused().name.startswith('Row'), 'the focus to leave')
        self.close()

    def test_type_mend_and_take_back(self):
        app = self.open(2, 'brightloom.example', THREE)
        app.keys('Down')
        self.at(2, 'User name', 'jonas')
        app.type('Lena Vogt')
        entry = self.focus_is('Row 2, User name')
        self.assertEqual(entry.text, 'lena vogt')
        self.assertEqual(entry.description, 'A user name has no spaces.')
        app.find('push button', 'Use “lena.vogt”')
        app.keys('Tab')
        self.at(2, 'First name', 'Jonas')
        app.keys('Left')
        self.at(2, 'User name', 'lena.vogt')
        app.keys('ctrl+z')
        self.at(2, 'User name', 'jonas')
        app.type('x')
        app.keys('Escape')
        self.at(2, 'User name', 'jonas')
        # A second letter of the same name: told at once, with the number that is free.
        app.type('mei')
        app.find('push button', 'Use “mei2”').press()
        self.at(2, 'User name', 'mei2')
        self.close()

    def test_dead_keys_compose(self):
        # A keyboard that has the key: else xdotool lends it one, which may be gone again when the window asks for it.
        subprocess.run(['setxkbmap', 'us', 'intl'], check=True)
        self.addCleanup(subprocess.run, ['setxkbmap', 'us'], check=True)
        app = self.open(2, 'brightloom.example', THREE)
        app.keys('Right', 'dead_acute', 'e')
        app.type('lise')
        app.keys('Return', 'Up')
        self.at(1, 'First name', 'Élise'.lower())
        self.close()

    def test_ranges_copy_fill_remove(self):
        app = self.open(2, 'brightloom.example', THREE)
        app.keys('Right', 'shift+Right', 'ctrl+c', 'Down', 'ctrl+v')
        self.focus_is('Row 2, Last name: Okafor')
        app.keys('Down', 'Up')
        self.at(2, 'First name', 'Amara')
        app.keys('Down', 'Down', 'Left')
        self.focus_is('Row 4, User name')
        app.keys('shift+Up', 'shift+Up', 'ctrl+d')
        app.keys('ctrl+Home', 'Right', 'Down', 'Down')
        self.at(3, 'User name', 'jonas')
        app.keys('ctrl+minus')
        self.at(3, 'User name', 'empty, for a new mailbox')
        app.keys('ctrl+z', 'Up', 'Down')
        self.at(3, 'User name', 'jonas')
        self.close()

    def test_drag_of_the_corner_counts_on(self):
        app = self.open(2, 'brightloom.example', 'sales1:Amara Okafor,b:Jonas Lindqvist,c:Mei Tanaka')
        cell = self.at(1, 'User name', 'sales1')
        left, top = cell.centre
        width, height = cell.extents[2:]
        xdotool('mousemove', left + width // 2 - 1, top + height // 2 - 1, 'mousedown', 1)
        for row in range(1, 3):
            xdotool('mousemove', left, top + row * height)
            app.settled()
        xdotool('mouseup', 1)
        app.keys('ctrl+Home', 'Right', 'Down', 'Down')
        self.at(3, 'User name', 'sales3')
        self.close()

    def test_picture_is_dropped_on_its_cell(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, PORTRAITS, folder, '--names', 'Nobody Here'], check=True)
            app = self.open(2, 'brightloom.example', THREE)
            app.keys('Right', 'Right', 'Right')
            cell = self.at(1, 'Picture', 'no picture')
            self.assertEqual(gestures.drop(app, list(Path(folder).iterdir()), cell), 'end')
            app.focus_window()
            self.at(1, 'Picture', 'nobody.here.jpg')
            app.keys('Delete')
            self.at(1, 'Picture', 'no picture')
            # The chooser does the same by keys.
            gestures.choose_file(app, next(Path(folder).iterdir()), lambda: app.keys('Return'))
            app.focus_window()
            self.at(1, 'Picture', 'nobody.here.jpg')
            self.close()

    def test_fill_from_names_by_keys(self):
        app = self.open(2, 'brightloom.example,trybrightloom.example')
        app.keys('ctrl+g')
        self.focus_is('People, one on each line')
        app.type('Amara Okafor')
        app.keys('Return')
        app.type('Jonas Lindqvist')
        app.find('push button', 'Fill 4 Rows').click()
        app.find('push button', re.compile('^All 4'))
        app.keys('ctrl+z')
        app.find('push button', re.compile('^All 0'))
        self.close()

    def test_everything_has_a_name(self):
        for width in (1280, 360):
            app = self.open(2, 'brightloom.example,trybrightloom.example', THREE, width)
            self.at(1, 'User name', 'amara')
            self.names()
            self.close()


class Others(Steps):
    """The steps that have no tests of their own here: Customer, Options, Review."""

    def test_everything_has_a_name(self):
        for step, shown in ((0, ('list item', re.compile('^Brightloom'))), (4, ('label', 'Billing')), (5, ('label', 'Checks'))):
            for width in (1280, 360):
                app = self.open(step, 'brightloom.example', THREE, width)
                app.find(*shown)
                self.names()
                self.close()

    def test_sign_in_data_has_names(self):
        app = self.open(4, 'brightloom.example', THREE)
        app.find('list item', 'Set Up Now').press()
        app.find('text', re.compile('^Google Client Id'))
        self.names()
        self.close()


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1] + sys.argv[4:], verbosity=2, warnings='ignore')
