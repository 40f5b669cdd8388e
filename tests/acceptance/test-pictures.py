#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wizard's step Pictures in its real window, with real drags: test-pictures.py WINDOW DRAG-SOURCE PORTRAITS

Each window checks at its end that nothing of it is left, and dies of the first warning."""

import re
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

import gestures
from driver import App, wait, xdotool

WINDOW, DRAG_SOURCE, PORTRAITS = sys.argv[1:4]
PEOPLE = 'amara:Amara Okafor,jonas:Jonas Lindqvist,mei:Mei Tanaka,noah:Noah Abrams'


class Pictures(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.app = None

    def tearDown(self):
        # Without errors so far: everything that was made must go with the window.
        if self.app is not None and self.app.process.poll() is None:
            self.app.top.find('push button', 'Close').click()
            self.assertEqual(self.app.exited(), 0)

    def open(self, *arguments, mailboxes=PEOPLE):
        self.app = App([WINDOW, '--mailboxes', mailboxes, '--width', '1270', '--height', '780', *map(str, arguments)])
        self.addCleanup(self.app.end)
        return self.app

    def portrait(self, number, name):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(Path(PORTRAITS) / f'person-{number:02}.jpg', path)
        return path

    def tile(self, name, state=None):
        return self.app.find('table cell', re.compile(f'^{name}.*{state or ""}$'))

    def state(self, name, state):
        """Waits until the tile of that person ends in those words."""
        return self.tile(name, state)

    def strip(self, text):
        """The words of the strip. It lets the pointer through, so that the driver cannot point at it."""
        return [node for node in self.app.top.all('label', text, showing=False) if 'visible' in node.states]

    def drop(self, paths, target, says=None):
        heard = (lambda: wait(lambda: self.strip(says), f'“{says}” while dragging')) if says else None
        return gestures.drop(self.app, paths, target, DRAG_SOURCE, hover=heard)

    def drag(self, source, target, says=None, copy=False):
        """Drags within the window."""
        start, goal = source.bring_into_view().centre, target.centre
        if copy:
            xdotool('keydown', 'ctrl')
        xdotool('mousemove', *start, 'mousedown', 1)
        for step in range(1, 5):
            xdotool('mousemove', start[0] - 8 * step, start[1])
        turns = [0]

        def heard():
            turns[0] += 1
            xdotool('mousemove', goal[0] + turns[0] % 3, goal[1])
            return turns[0] > 3 and self.strip(says)
        try:
            wait(heard, f'“{says}” while dragging')
        finally:
            xdotool('mouseup', 1)
            if copy:
                xdotool('keyup', 'ctrl')

    def by_domain(self):
        """The first item of the menu View."""
        before = set(self.app.windows())
        self.app.find(None, 'View').click()
        wait(lambda: set(self.app.windows()) - before, 'the menu')
        self.app.settled()
        self.app.keys('Return')
        self.app.find('push button', re.compile('^two.example'))
        wait(lambda: not set(self.app.windows()) - before, 'the menu to close')

    def said(self, text):
        return self.app.find(None, text)

    def heard(self, text):
        """What a screen reader is told: it stays, where a toast goes after 10 seconds."""
        return self.app.find('status bar', text, showing=False)

    # --- files from elsewhere ---------------------------------------------------------------------

    def test_drop_on_page_tile_and_group(self):
        self.open('--domains', 'one.example two.example', '--extra', 'kofi@two.example:Kofi Mensah')
        page = self.app.find('label', 'Drop Pictures Here')
        two = [self.portrait(1, 'amara.okafor.jpg'), self.portrait(2, 'Lindqvist Jonas (2).jpg')]
        self.assertEqual(self.drop(two, page, re.compile('^Drop 2 files: ')), 'end')
        self.heard('2 pictures placed')
        self.state('Amara', 'matched by name')
        self.state('Jonas', 'matched by name')

        # On a tile the first fits there, whatever it is called, and the rest go by name.
        two = [self.portrait(3, 'IMG_2041.jpg'), self.portrait(4, 'mei tanaka.jpg')]
        self.assertEqual(self.drop(two, self.tile('Noah'), re.compile('^Only the first fits here')), 'end')
        self.state('Noah', 'placed by you')
        self.state('Mei', 'matched by name')

        # In a group only its own mailboxes count.
        self.by_domain()
        kofi = [self.portrait(5, 'kofi mensah.jpg')]
        group = self.app.find('push button', re.compile('^one.example'))
        self.assertEqual(self.drop(kofi, group, 'Match only within one.example'), 'end')
        self.app.find('list item', re.compile('^kofi mensah.jpg'))
        group = self.app.find('push button', re.compile('^two.example'))
        self.assertEqual(self.drop(kofi, group, 'Match only within two.example'), 'end')
        self.state('Kofi', 'matched by name')
        wait(lambda: not self.app.top.all('list item', re.compile('^kofi')), 'the picture to leave the list')

    def test_folder_with_bad_and_good(self):
        self.open()
        self.portrait(1, 'Team/amara.jpg')
        (self.folder / 'Team' / 'jonas.png').write_bytes(b'GIF89a\1\0\1\0\0\0\0;')
        (self.folder / 'Team' / 'mei.jpg').write_bytes((Path(PORTRAITS) / 'person-03.jpg').read_bytes()[:9000])
        (self.folder / 'Team' / 'amara.cr2').write_bytes(b'raw')
        self.drop([self.folder / 'Team'], self.app.find('label', 'Drop Pictures Here'))
        self.heard('1 placed, 2 refused. 1 RAW file left alone')
        self.state('Amara', 'matched by name')
        self.state('Jonas', 'GIF is not accepted')
        self.state('Mei', 'File is damaged')
        # Enter tells why, and offers a way out.
        self.tile('Jonas').press()
        self.app.keys('Return')
        self.said(re.compile('^This is a GIF. The order takes JPEG and PNG'))
        wait(lambda: len(self.app.top.all('push button', 'Replace…')) == 2, 'the popover')
        self.app.keys('Escape')
        self.app.keys('Delete')
        self.state('Jonas', 'no picture yet')

    def test_nothing_in_it_is_said(self):
        self.open()
        page = self.app.find('label', 'Drop Pictures Here')
        empty = self.folder / 'Team'
        empty.mkdir()
        (empty / 'notes.txt').write_text('x')
        self.drop([empty], page)
        self.heard(re.compile('No pictures were found in .*Team.*: 1 other file was left alone'))

    def test_picture_from_a_browser(self):
        self.open()
        picture = str(self.portrait(1, 'x.jpg'))
        self.drop(['--address', 'https://pictures.example/x.jpg', '--picture', 'image/jpeg', picture],
                  self.app.find('label', 'Drop Pictures Here'))
        row = self.app.find('list item', re.compile('^Pasted picture.jpg'))
        # With the address alone there is nothing to send.
        self.drop(['--address', 'https://pictures.example/x.jpg'], row)
        self.heard(re.compile('^This is a web address, not a picture'))

    # --- within the window ------------------------------------------------------------------------

    def test_drags_within(self):
        self.open(self.portrait(1, 'amara.jpg'), self.portrait(2, 'jonas.jpg'), self.portrait(3, 'IMG_1.jpg'))
        self.state('Amara', 'matched by name')
        self.drag(self.tile('Amara'), self.tile('Mei'), 'Drop to give it to Mei Tanaka')
        self.state('Mei', 'placed by you')
        self.state('Amara', 'no picture yet')
        self.drag(self.tile('Mei'), self.tile('Jonas'), 'Drop to swap with Jonas Lindqvist')
        self.state('Jonas', 'placed by you')
        self.app.find('push button', 'Undo: Swap Mei Tanaka to Jonas Lindqvist')
        self.app.keys('ctrl+z')
        self.state('Jonas', 'matched by name')
        self.drag(self.tile('Jonas'), self.tile('Noah'), re.compile('^Drop to give'), copy=True)
        self.state('Noah', 'Same as Jonas Lindqvist')
        self.state('Jonas', 'matched by name')
        self.tile('Noah').press()
        self.drag(self.tile('Noah'), self.app.find('list', 'Not placed yet'), 'Drop to take it off')
        self.state('Noah', 'no picture yet')
        self.drag(self.app.find('list item', re.compile('^IMG_1.jpg')), self.tile('Noah'), 'Drop to give it to Noah Abrams')
        self.state('Noah', 'placed by you')

    def test_crop(self):
        self.open(self.portrait(1, 'amara.jpg'))
        self.tile('Amara', 'matched by name').press()
        crop = self.app.find('image', 'Crop of Amara Okafor')
        xdotool('mousemove', *crop.centre, 'click', '--repeat', 3, 4)
        self.state('Amara', 'cropped by you')
        self.app.find('push button', 'Undo: Crop Amara Okafor')
        self.app.keys('ctrl+z')
        self.state('Amara', 'matched by name')
        zoom = self.app.find('slider', 'Zoom')
        self.assertEqual(zoom.value, 1)
        # A whole drag is one step, however often it rests.
        zoom.set_value(2)
        self.state('Amara', 'cropped by you')
        x, y = crop.centre
        xdotool('mousemove', x, y, 'mousedown', 1)
        for step in range(1, 9):
            xdotool('mousemove', x + 4 * step, y + 2 * step)
            self.app.settled(seconds=0.2)
        xdotool('mouseup', 1)
        self.app.keys('ctrl+z', 'ctrl+z')
        self.state('Amara', 'matched by name')
        # Undone before it came to rest: it is that, and not the step before.
        xdotool('mousemove', *crop.centre, 'click', 4, 'key', 'ctrl+z')
        self.state('Amara', 'matched by name')
        self.app.find('push button', 'Redo: Crop Amara Okafor')

    def test_chips_and_foot_agree(self):
        """One person has a mailbox on each domain: what is counted is the tile."""
        self.open('--domains', 'one.example,two.example', self.portrait(1, 'amara okafor.jpg'))
        self.state('Amara', 'matched by name')
        self.app.find(None, 'Ready 1')
        self.app.find('push button', '1 ready')
        self.tile('Amara Okafor, 2 mailboxes')

    def test_two_files_fit(self):
        self.open(self.portrait(1, 'Noah Abrams.jpg'), self.portrait(2, 'noah abrams (2).jpg'))
        self.tile('Noah', '2 files fit').press()
        self.app.keys('Return')
        self.said('Which Is Noah Abrams?')
        self.app.keys('2')
        self.state('Noah', 'placed by you')
        self.app.find('list item', re.compile('^Noah Abrams.jpg, Fits Noah Abrams'))
        self.app.find('push button', 'Use').click()
        self.state('Noah', 'placed by you')
        self.app.find('list item', re.compile('^noah abrams .2..jpg'))

    # --- by keyboard ------------------------------------------------------------------------------

    def focused(self, name):
        wait(lambda: re.match(name, self.app.focused().name), f'{name} to have the focus')

    def test_arrows_over_groups_keep_the_column(self):
        self.open('--domains', 'one.example two.example', self.portrait(1, 'amara.jpg'))
        self.by_domain()
        self.tile('Mei', 'no picture yet').press()
        self.focused('Mei Tanaka, mei@one.example')
        self.app.keys('Down')
        self.focused('Mei Tanaka, mei@two.example')
        self.app.keys('Left', 'Up')
        self.focused('Jonas Lindqvist, jonas@one.example')
        self.app.keys('End')
        self.focused('Noah Abrams, noah@two.example')
        self.app.keys('Home')
        self.focused('Amara Okafor, amara@one.example')
        # Selection goes over groups.
        self.app.keys('shift+Down')
        self.said('5 tiles selected')
        self.app.keys('ctrl+a')
        self.said('8 tiles selected')
        selected = [node for node in self.app.top.all('table cell') if 'selected' in node.states]
        self.assertEqual(len(selected), 8)
        self.app.keys('Escape')
        self.said('Nothing Selected')

    def test_keys(self):
        self.open(self.portrait(1, 'amara.jpg'), self.portrait(2, 'jonas.jpg'))
        self.tile('Amara', 'matched by name').press()
        self.app.keys('ctrl+x', 'End', 'ctrl+v')
        self.state('Noah', 'placed by you')
        self.state('Amara', 'no picture yet')
        self.focused('Noah')
        self.app.keys('r')
        self.state('Noah', 'cropped by you')
        self.app.keys('0')
        self.state('Noah', 'placed by you')
        self.app.keys('c')
        self.focused('Crop of Noah Abrams')
        self.app.keys('plus', 'plus')
        self.state('Noah', 'cropped by you')
        self.tile('Jonas').press()
        self.app.keys('Delete')
        self.state('Jonas', 'no picture yet')
        # The focus stays, and Enter on an empty tile chooses a file.
        self.focused('Jonas')
        gestures.choose_file(self.app, self.portrait(5, 'portrait.jpg'), lambda: self.app.keys('Return'))
        self.state('Jonas', 'placed by you')

    def test_one_tab_stop(self):
        self.open(self.portrait(1, 'amara.jpg'), self.portrait(2, 'IMG_1.jpg'), self.portrait(3, 'IMG_2.jpg'))
        self.tile('Mei', 'no picture yet').press()
        self.app.keys('Tab')
        wait(lambda: self.app.focused().role != 'table cell', 'the focus to leave the tiles')
        self.app.keys('shift+Tab')
        self.focused('Mei Tanaka')

    # --- the clipboard ----------------------------------------------------------------------------

    def copied(self, *arguments):
        source = gestures.DragSource(DRAG_SOURCE, ['--copy', *arguments])
        self.addCleanup(source.end)
        source.expect('ready')

    def test_paste_files(self):
        self.open()
        self.copied(self.portrait(1, 'amara.jpg'), self.portrait(2, 'jonas.jpg'))
        self.app.keys('ctrl+v')
        self.state('Amara', 'matched by name')
        self.state('Jonas', 'matched by name')

    def test_paste_a_picture_to_the_selected_tile(self):
        self.open(self.portrait(1, 'amara.jpg'))
        self.copied('--picture', 'image/jpeg', self.portrait(2, 'x.jpg'))
        self.tile('Mei', 'no picture yet').press()
        self.app.keys('ctrl+v')
        self.state('Mei', 'placed by you')

    # --- for all ----------------------------------------------------------------------------------

    def test_names(self):
        self.open(self.portrait(1, 'amara.jpg'), self.portrait(2, 'IMG_1.jpg'), self.portrait(3, 'Noah Abrams.jpg'))
        self.assertEqual(gestures.nameless(self.app.top), [])
        self.assertEqual(gestures.twins(self.app.top), [])
        self.tile('Amara', 'matched by name').press()
        self.app.find('image', 'Crop of Amara Okafor')
        self.assertEqual(gestures.nameless(self.app.top), [])
        self.assertEqual(gestures.twins(self.app.top), [])

    def test_names_are_no_markup(self):
        person = 'amp:A & B <b>bold</b> “x” %s'
        self.open(self.portrait(1, 'amp.jpg'), self.portrait(2, '<i>&.jpg'), mailboxes=person)
        self.tile(re.escape('A & B <b>bold</b> “x” %s'), 'matched by name').press()
        self.app.find('image', re.compile('^Crop of A & B <b>'))
        self.app.find('list item', re.compile('^<i>&.jpg'))

    def test_narrow(self):
        self.open('--width', '360', '--height', '740', self.portrait(1, 'amara.jpg'), self.portrait(2, 'jona.jpg'))
        self.said('1 picture is not placed yet')
        self.app.find('push button', 'Place…').click()
        self.said('Whose picture is this?')
        self.app.find('list item', 'Jonas Lindqvist').press()
        self.state('Jonas', 'placed by you')
        wait(lambda: not self.app.top.all('push button', 'Place…'), 'the banner to go')
        self.tile('Amara', 'matched by name').press()
        crop = self.app.find('image', 'Crop of Amara Okafor')
        self.assertGreater(crop.extents[2], 300)
        self.app.find('push button', 'Close Inspector').click()
        self.tile('Amara')


if __name__ == '__main__':
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]], verbosity=2, warnings='ignore')
