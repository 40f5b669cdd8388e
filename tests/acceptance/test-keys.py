#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each key that the shortcuts window lists, in the real window and by keys alone; it lists these and no
others. test-keys.py WAYBILL"""

import os
import re
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

import fill
from driver import App, wait, xdotool
from job import PORTRAITS
from keyboard import Keyboard

WAYBILL = sys.argv[1]

# What the shortcuts window says, by the test that presses it.
CHECKED = {}


def keys(*titles):
    """The titles of the shortcuts window whose keys this test presses."""
    def note(test):
        for title in titles:
            CHECKED[title] = test.__name__
        return test
    return note


# Needs a profile that can be locked: test-accessible.py does.
keys('Lock, or show how to unlock')(unittest.TestCase.id)


def titles(node):
    """Of the rows of the shortcuts window: keys, then what they do."""
    children = node.children
    if len(children) == 2 and (children[0].name == 'GtkShortcutLabel' or (
            children[0].role == 'grouping' and children[0].name and children[1].children)):
        yield children[1].children[0].name
    for child in children:
        yield from titles(child)


class Keys(unittest.TestCase):
    """One run of the program for all tests of a class: each begins and ends where the first began."""

    @property
    def top(self):
        return self.app.top

    def press(self, *names):
        xdotool('key', *names)

    def focus(self, pattern):
        self.keyboard.has_focus(pattern)

    def opened(self, title, *names):
        """The window that the keys open; it has the keyboard then."""
        self.press(*names)
        frame = self.app.window(title)
        self.app.focus_window(frame)
        return frame

    def closed(self, title, *names):
        self.press(*names)
        wait(lambda: not [f for f in self.app.frames() if re.search(title, f.name)], f'“{title}” to close')
        self.app.focus_window()

    @classmethod
    def run_program(cls, *options):
        cls.folder = Path(tempfile.mkdtemp(prefix='waybill-keys-'))
        cls.addClassCleanup(shutil.rmtree, cls.folder, True)
        cls.app = App([WAYBILL, '--sandbox', '--record', str(cls.folder), *options])
        cls.addClassCleanup(cls.app.end)
        cls.keyboard = Keyboard(cls.app)
        cls.app.focus_window()


class Lists(Keys):
    @classmethod
    def setUpClass(cls):
        """The key comes long before the profile is open: it says what is to show first."""
        with App([WAYBILL, '--sandbox']) as app:
            app.keys('ctrl+3')
            app.find('list item', re.compile('Brightloom'))
        fill.fill()
        cls.run_program()

    def setUp(self):
        self.app.focus_window()
        self.press('ctrl+1')
        self.focus(', ')
        self.press('Home')
        self.focus('^Brightloom, .*Partly')

    # --- what is seen ----------------------------------------------------------------------------

    def rows(self):
        return [node for node in self.top.walk() if node.role == 'list item' and ', ' in node.name
                and node.showing]

    def pane(self, title):
        self.top.find('label', title)

    def no_toast(self):
        """While one is there Esc takes that first: so libadwaita has it."""
        self.app.gone('label', re.compile('^(Everything here is invented|Copied)'))

    def listed(self, frame):
        """All titles of the shortcuts window; newer GTK tells those of the page that is shown."""
        found = set(titles(frame))
        for page in ('Orders', 'Pictures') if self.app.newer else ():
            frame.find('push button', re.compile('^(Window and Lists|Orders|Pictures)')).click()
            wait(lambda: next((n for n in frame.walk() if n.role == 'list item' and n.showing
                               and [c.name for c in n.children] == [page]), None), page).press()
            wait(lambda: set(titles(frame)) - found, f'the page {page}')
            found |= set(titles(frame))
        return found

    def exchanges(self):
        return len(os.listdir(self.folder))

    def pasted(self):
        """The clipboard, as the search entry takes it."""
        self.press('ctrl+f')
        self.focus('^Search')
        self.press('ctrl+a', 'ctrl+v')
        entry = self.top.find('entry', re.compile('^Search'))
        text = wait(lambda: next((n.text for n in entry.walk() if 'editable' in n.states and n.text), ''), 'the clipboard')
        self.press('Escape', 'Escape')
        self.app.gone('entry', re.compile('^Search'))
        self.focus(', ')
        return text

    # --- the keys --------------------------------------------------------------------------------

    @keys('Orders', 'Activity', 'Customers', 'Domains', 'Mailboxes', 'Subscriptions')
    def test_sections(self):
        for key, row in (('2', '^Pay and start an order'), ('3', '^Brightloom, '), ('5', '@'), ('6', ', Payment overdue, '),
                         ('1', '^Brightloom, .*Partly')):
            self.press(f'ctrl+{key}')
            self.focus(row)
        self.press('ctrl+4')
        self.app.find('label', 'Domains')
        self.press('ctrl+1')

    @keys('Move in the list', 'Show the row in the details', 'Show or hide the details')
    def test_moving(self):
        """The pane follows."""
        self.pane('Order for Brightloom')
        self.press('Down')
        self.focus('^Copperline')
        self.pane('Order for Copperline Tools')
        self.press('Down', 'Up')
        self.focus('^Copperline')
        self.press('End')
        self.focus('^Fernhill')
        self.press('Page_Up')
        self.focus('^(?!Fernhill)')
        self.press('Page_Down')
        self.focus('^Fernhill')
        self.press('Home')
        self.focus('^Brightloom, .*Partly')
        for key in ('space', 'F9'):
            self.press(key)
            self.app.gone('label', 'Order for Brightloom')
            self.press(key)
            self.pane('Order for Brightloom')
        self.focus('^Brightloom, .*Partly')

    @keys('Search the list; typing does too', 'Clear the selection or the search, close, go back')
    def test_search(self):
        """No key is lost; Esc takes the text, then the row, and gives the focus back."""
        self.no_toast()
        xdotool('type', '--delay', 4, 'oakl')
        wait(lambda: len(self.rows()) == 1 and 'Oakline' in self.rows()[0].name, 'one row')
        self.press('Escape')
        wait(lambda: len(self.rows()) > 8, 'all rows')
        self.top.find('entry', re.compile('^Search orders'))
        self.press('Escape')
        self.app.gone('entry', re.compile('^Search orders'))
        self.focus(', ')
        self.press('ctrl+f')
        xdotool('type', '--delay', 4, 'harrow')
        wait(lambda: len(self.rows()) == 1, 'one row')
        self.press('Return')
        self.focus('^Harrow & Finch')
        self.press('Escape', 'Escape')

    @keys('Refresh what is shown')
    def test_refresh(self):
        for key in ('F5', 'ctrl+r'):
            before = wait(self.exchanges, 'the first exchange')
            self.press(key)
            wait(lambda: self.exchanges() > before, f'{key} to read')

    @keys('Open the row', 'Close window')
    def test_opening(self):
        self.opened(re.compile('Brightloom'), 'Return')
        self.closed('Brightloom', 'ctrl+w')

    @keys('Menu of the row', 'Copy the selected rows', 'Copy its id')
    def test_row(self):
        for key in ('shift+F10', 'Menu'):
            self.press(key)
            self.app.find('menu item', 'Copy Row')
            self.press('Escape')
            self.app.gone('menu item', 'Copy Row')
            self.focus('^Brightloom')
        self.press('ctrl+c')
        self.top.find('label', 'Copied')
        self.assertRegex(self.pasted(), '^Brightloom.*brightloom.example')
        self.press('Home')
        self.focus('^Brightloom, .*Partly')
        self.press('ctrl+shift+c')
        self.assertEqual(self.pasted(), '7QH2M9ZC4XK800TRWVPEA')

    @keys('Select further rows', 'Select the row too, or no longer', 'Select all that match', 'Select none', 'Save rows to a file')
    def test_selecting(self):
        """The bar below the list counts."""
        self.no_toast()
        self.press('Home')
        self.focus('^Brightloom, .*Partly')
        self.press('shift+Down', 'shift+Down')
        self.top.find('label', '3 selected')
        self.press('shift+Up')
        self.top.find('label', '2 selected')
        self.press('ctrl+a')
        self.top.find('label', 'all that match')
        self.press('ctrl+shift+a')
        self.app.gone('label', 'all that match')
        self.press('Home', 'ctrl+Down', 'ctrl+space')
        self.top.find('label', '2 selected')
        self.focus('^Copperline')
        self.press('ctrl+space')
        self.app.gone('label', re.compile(' selected$'))
        self.press('Home', 'shift+End')
        self.top.find('label', 'all that match')
        self.opened('Export Rows', 'ctrl+e')
        self.closed('Export Rows', 'Escape')
        self.press('Escape')
        self.app.gone('label', 'all that match')
        self.press('Home', 'shift+Down', 'ctrl+c')
        self.top.find('label', 'Copied 2 rows')
        self.assertRegex(self.pasted(), '(?s)^Brightloom.*brightloom.example.*Copperline')
        self.press('Home')

    @keys('Edit a customer', 'Delete a draft')
    def test_changing(self):
        self.press('ctrl+3')
        self.focus('^Brightloom, ')
        self.opened('Edit Customer', 'F2')
        self.closed('Edit Customer', 'Escape')
        self.press('ctrl+1')
        self.keyboard.until('Down', re.compile('^Papertrail Legal, '))
        self.opened(re.compile('^Delete the Draft'), 'Delete')
        self.closed('^Delete the Draft', 'Escape')
        self.focus('^Papertrail Legal, ')

    @keys('Next pane', 'Previous pane')
    def test_panes(self):
        there = [('F6', 'Copy|Close Details'), ('F6', 'Sandbox|Main Menu|Orders'), ('F6', '^Brightloom')]
        back = [('shift+F6', 'Sandbox|Main Menu|Orders'), ('shift+F6', 'Copy|Close Details'), ('shift+F6', '^Brightloom')]
        for key, name in there + back:
            self.press(key)
            self.focus(name)

    @keys('The page’s main action', 'New order', 'New customer')
    def test_main_action(self):
        for key in ('ctrl+n', 'ctrl+Return'):
            self.opened('New Order', key)
            self.closed('^New Order', 'ctrl+w')
        self.press('ctrl+3')
        self.focus('^Brightloom, ')
        for key in ('ctrl+shift+n', 'ctrl+Return'):
            self.opened('New Customer', key)
            self.closed('New Customer', 'Escape')

    @keys('Preferences', 'Main menu', 'Profiles')
    def test_program(self):
        self.opened('Preferences', 'ctrl+comma')
        self.closed('Preferences', 'Escape')
        for key, item, name in (('F10', 'menu item', re.compile('About')), ('ctrl+shift+p', 'push button', 'Add Profile…')):
            self.press(key)
            self.app.find(item, name)
            self.press('Escape')
            self.app.gone(item, name)

    @keys('Back')
    def test_back(self):
        """Narrow, the pane lies over the list: Alt+Left leads back, then to the sections; Esc as well."""
        size = self.app.window_of(self.top)[1][2:4]
        self.no_toast()
        self.app.resize(370, 760)
        self.app.gone('label', 'Order for Brightloom')
        self.focus('^Brightloom')
        for key in ('alt+Left', 'Escape'):
            self.press('space')
            self.pane('Order for Brightloom')
            self.press(key)
            self.app.gone('label', 'Order for Brightloom')
            self.focus('^Brightloom')
        self.press('alt+Left')
        self.top.find('list item', 'Activity')
        self.app.resize(*size)

    @keys('Keyboard shortcuts')
    def test_shortcuts(self):
        """What the window lists is what is pressed, here and in the wizard."""
        frame = self.opened('Keyboard Shortcuts', 'ctrl+question')
        listed = self.listed(frame)
        self.assertEqual(listed - set(CHECKED), set(), 'listed, and pressed by no test')
        self.assertEqual(set(CHECKED) - listed, set(), 'pressed, and not listed')
        self.closed('Keyboard Shortcuts', 'Escape')

    @keys('Quit')
    def test_z_quit(self):
        self.press('ctrl+q')
        self.assertEqual(self.app.exited(), 0)


class Wizard(Keys):
    @classmethod
    def setUpClass(cls):
        cls.run_program()
        cls.app.find('push button', 'New Order')
        xdotool('key', 'ctrl+n')
        cls.window = cls.app.window('New Order')
        cls.app.focus_window(cls.window)
        cls.faces = cls.folder / 'faces'
        cls.faces.mkdir()
        for name, face in (('amara.okafor.jpg', 'person-07.jpg'), ('jonas.lindqvist.jpg', 'person-04.jpg')):
            shutil.copy(PORTRAITS / face, cls.faces / name)

    def cell(self, text):
        self.focus('^Row ' + text)

    def said(self, pattern):
        self.window.find('label', re.compile(pattern))

    def tiles(self, word):
        return self.window.all('table cell', re.compile(word), showing=False)

    @keys('Help for this step', 'Tracking', 'Next step, in the last field', 'Tell when the draft was saved')
    def test_1_customer_and_domains(self):
        self.focus('Search customers')
        self.window.find('list item', re.compile('^Brightloom,'))
        self.press('F1')
        self.said('What It Costs')
        self.press('F1')
        wait(lambda: not self.window.all('label', 'What It Costs'), 'the help to go')
        self.press('alt+7')
        self.said('nothing to follow yet')
        xdotool('type', 'Brightloom')
        wait(lambda: len(self.window.all('list item', re.compile('@'))) == 1, 'the one customer')
        self.press('Return')
        self.focus('Names to add')
        xdotool('type', '--delay', 4, 'keysonly.example')
        self.press('Return')
        self.window.find('list item', re.compile('keysonly.example, Available'))
        self.press('ctrl+s')
        self.said('^Draft saved')
        self.press('Return')
        self.cell('1, User name')

    @keys('Customer', 'Domains', 'Mailboxes', 'Pictures', 'Options', 'Review', 'Next step', 'Previous step',
          'Next step; at its end, to the button that sends', 'Next problem', 'Previous problem')
    def test_2_steps(self):
        steps = ('Search customers', 'Names to add', 'Row 1, User name', 'Go to Mailboxes', '^Google', '^Show')
        for number, name in enumerate(steps, 1):
            self.press(f'alt+{number}')
            self.focus(name)
        self.press('ctrl+Return')
        self.said('Mend what is marked first|checks are still being made')
        for key, name in (('alt+Left', '^Google'), ('alt+Left', 'Go to Mailboxes'), ('alt+Right', '^Google'),
                          ('alt+3', 'Row 1'), ('ctrl+Return', 'Go to Mailboxes')):
            self.press(key)
            self.focus(name)
        for key in ('F8', 'shift+F8'):
            self.press(key)
            self.cell('1, User name')
            self.press('alt+2')
            self.focus('Names to add')
        self.press('alt+3')
        self.cell('1, User name')

    @keys('Edit the cell; a letter replaces it', 'Take what is proposed, next cell', 'Cell above', 'Fill down',
          'Empty the cells', 'Undo', 'Redo')
    def test_3_cells(self):
        for text, then in (('amara', 'First name'), ('Amara', 'Last name'), ('Okafor', 'Picture')):
            xdotool('type', '--delay', 8, text)
            self.press('Tab')
            self.cell(f'1, {then}')
        self.press('shift+Tab', 'shift+Tab')
        self.cell('1, First name: Amara')
        self.press('Down', 'ctrl+d')
        self.cell('2, First name: Amara')
        self.press('shift+Return')
        self.cell('1, First name: Amara')
        self.press('Down', 'Delete')
        self.cell('2, First name: empty')
        for key, text in (('ctrl+z', 'Amara'), ('ctrl+shift+z', 'empty'), ('ctrl+z', 'Amara')):
            self.press(key)
            self.cell(f'2, First name: {text}')
        xdotool('type', '--delay', 8, 'Jon')
        self.press('Return')
        self.press('Up')
        self.cell('2, First name: Jon')
        self.press('F2')
        xdotool('type', '--delay', 8, 'as')
        self.press('Tab')
        xdotool('type', '--delay', 8, 'Lindqvist')
        self.press('Return', 'Up')
        self.cell('2, First name: Jonas')
        self.press('Left')
        xdotool('type', '--delay', 8, 'jonas.lindqvist')
        self.press('Return', 'Up')
        self.cell('2, User name: jonas.lindqvist')

    @keys('Copy, cut and paste cells', 'Select all rows', 'Menu of the cells', 'Remove rows',
          'Paste with columns to choose', 'Fill from Names', 'Leave the grid')
    def test_4_rows(self):
        self.press('ctrl+c', 'Down', 'ctrl+v')
        self.cell('3, User name: jonas.lindqvist')
        self.press('ctrl+x')
        self.cell('3, User name: empty')
        self.opened('Paste Rows', 'ctrl+shift+v')
        self.closed('Paste Rows', 'Escape')
        self.app.focus_window(self.window)
        for key in ('shift+F10', 'Menu'):
            self.press(key)
            self.app.find('menu item', re.compile('^Remove'))
            self.press('Escape')
            self.app.gone('menu item', re.compile('^Remove'))
        self.press('ctrl+minus')
        self.press('ctrl+a')
        self.focus('1[02] cells chosen')
        self.press('Escape')
        self.press('ctrl+Tab')
        wait(lambda: not self.keyboard.focused_name().startswith('Row '), 'the focus to leave the grid')
        self.press('ctrl+g')
        self.focus('People, one on each line')

    @keys('Add pictures', 'Add a folder of pictures', 'Next tile', 'Choose a picture, or open what is there', 'Menu of the tile')
    def test_5_pictures(self):
        self.press('alt+4')
        self.window.find('push button', 'Add Pictures…')
        self.keyboard.choose(self.faces / 'amara.okafor.jpg', 'ctrl+o')
        wait(lambda: len(self.tiles('^Amara Okafor.*matched by name')) == 1, 'the picture on its mailbox')
        self.keyboard.choose(self.faces, 'ctrl+shift+o')
        wait(lambda: len(self.tiles('matched by name')) == 2, 'the folder on its mailboxes')
        self.app.focus_window(self.window)
        self.keyboard.until('Tab', re.compile('^(Amara Okafor|Jonas Lindqvist),'))
        self.press('Home')
        self.focus('^Amara Okafor,')
        self.press('Right')
        self.focus('^Jonas Lindqvist,')
        self.press('Left')
        self.focus('^Amara Okafor,')
        for key in ('shift+F10', 'Menu'):
            self.press(key)
            self.app.find('push button', 'Rotate')
            self.press('Escape')
            self.app.gone('push button', 'Rotate')
            self.focus('^Amara Okafor,')

    @keys('Rotate', 'Reset the crop', 'Crop', 'Take a picture up to move it', 'Paste pictures, or the one taken up',
          'Remove the picture')
    def test_6_one_picture(self):
        self.press('r')
        self.focus('^Amara Okafor,.*cropped by you')
        self.press('0')
        self.focus('^Amara Okafor,.*(matched by name|placed by you)')
        self.press('ctrl+x', 'Right')
        self.focus('^Jonas Lindqvist,')
        self.press('ctrl+v')
        self.focus('^Jonas Lindqvist,.*placed by you')
        self.press('Delete')
        self.focus('^Jonas Lindqvist,.*no picture')
        self.press('ctrl+z')
        self.focus('^Jonas Lindqvist,.*placed by you')
        self.press('c')
        self.focus('[Cc]rop')

    @keys('Select a further tile, or no longer', 'Select all tiles', 'Select none', 'Larger tiles', 'Smaller tiles')
    def test_7_tiles(self):
        self.keyboard.until('shift+Tab', re.compile('^Jonas Lindqvist,'))

        def selected():
            return len([tile for tile in self.tiles(',') if 'selected' in tile.states])

        def size():
            return self.window.find('table cell', re.compile('^Amara Okafor,'), showing=False).extents[3]
        for key, count in (('ctrl+a', 2), ('ctrl+shift+a', 0), ('space', 1), ('space', 0)):
            self.press(key)
            wait(lambda: selected() == count, f'{key}: {count} selected')
        before = size()
        self.press('ctrl+plus')
        wait(lambda: size() > before, 'larger tiles')
        self.press('ctrl+minus')
        wait(lambda: size() == before, 'smaller tiles')

    def test_8_to_the_button(self):
        """It shows what would send, and sends nothing."""
        self.press('alt+6')
        tick = self.window.find('check box', 'You may use these people’s pictures')
        self.keyboard.until('Tab', 'You may use these people’s pictures')
        self.press('space')
        wait(lambda: 'checked' in tick.states, 'the tick')
        wait(lambda: 'sensitive' in self.window.find('push button', 'Create Order').states, 'the checks to pass')
        self.press('ctrl+Return')
        self.focus('^Create Order')
        self.assertFalse([name for name in os.listdir(self.folder) if 'create_order' in name])
        self.closed('^New Order|Brightloom ·', 'ctrl+w')


if __name__ == '__main__':
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2, warnings='ignore')
