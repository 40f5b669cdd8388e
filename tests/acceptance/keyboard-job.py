#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""keyboard-job.py --waybill PROGRAM: the main job by keyboard alone. Keys are pressed as a person presses
them; the accessibility bus only tells what has the focus and what is shown."""

import argparse
import re
import shutil
import sys

from driver import App, wait, xdotool
from job import LIVE_S, MainJob
from keyboard import Keyboard
from notifications import Notifications

ROWS = [('amara.okafor', 'Amara', 'Okafor'), ('jonas.lindqvist', 'Jonas', 'Lindqvist')]


class KeyboardJob(MainJob):
    def go(self):
        self.portraits()
        Notifications()
        with App(self.argv()) as app:
            self.app, self.keyboard = app, Keyboard(app)
            self.try_it_first()
            self.wizard()
            self.pay_and_follow()
            return self.sum()

    # --- the job -----------------------------------------------------------------------------------

    def try_it_first(self):
        self.app.focus_window()
        self.keyboard.until('Tab', 'Try It First')
        xdotool('key', 'Return')
        self.app.find('push button', 'New Order')

    def wizard(self):
        self.app.keys('ctrl+n')
        self.window = self.app.window(re.compile('^New Order'))
        self.app.focus_window(self.window)
        self.keyboard.has_focus('Search customers')
        xdotool('type', 'Brightloom')
        self.window.find('list item', re.compile('^Brightloom,'))
        xdotool('key', 'Return')
        self.domain()
        self.rows()
        self.faces()
        self.confirm()

    def domain(self):
        wait(lambda: 'editable' in self.app.focused().states, 'the entry for names')
        xdotool('type', '--delay', 4, 'keyboardonly.example')
        xdotool('key', 'Return')
        self.window.find('list item', re.compile('keyboardonly.example, Available'))
        xdotool('key', 'alt+Right')

    def rows(self):
        for number, texts in enumerate(ROWS, 1):
            self.keyboard.until('Left' if number > 1 else 'Right', re.compile(f'^Row {number}, User name'))
            for text in texts:
                before = self.keyboard.focused_name()
                xdotool('type', '--delay', 8, text)
                xdotool('key', 'Tab')
                wait(lambda: self.keyboard.focused_name().startswith('Row ') and self.keyboard.focused_name() != before, 'the next cell')
            self.keyboard.until('Down', re.compile(f'^Row {number + 1}'), 2)
        self.window.find(None, re.compile('2 mailboxes'))
        xdotool('key', 'alt+Right')

    def faces(self):
        self.window.find('push button', 'Add Pictures…')
        self.keyboard.choose(self.folder / 'chosen' / 'amara.okafor.jpg', 'ctrl+o')
        self.placed(self.window, 1)
        self.keyboard.until('Tab', re.compile('^Amara Okafor,'))
        self.keyboard.until('Right', re.compile('^Jonas Lindqvist,'), 4)
        self.keyboard.choose(self.folder / 'chosen' / 'Jonas Lindqvist.jpg', 'Return')
        self.window.find('table cell', re.compile('^Jonas Lindqvist,.*placed by you'))
        xdotool('key', 'alt+Right')
        self.window.find(None, re.compile('Renew Mailboxes Automatically'))
        xdotool('key', 'alt+Right')

    def confirm(self):
        tick = self.window.find('check box', 'You may use these people’s pictures')
        self.keyboard.until('Tab', 'You may use these people’s pictures')
        xdotool('key', 'space')
        wait(lambda: 'checked' in tick.states, 'the tick')
        wait(lambda: 'sensitive' in self.window.find('push button', 'Create Order').states, 'the checks to pass')
        self.keyboard.until('Tab', 'Create Order')
        xdotool('key', 'Return')

    def pay_and_follow(self):
        self.app.find('push button', re.compile('^Pay About .* and Start'), seconds=60)
        self.app.focus_window()
        # The safe button has the focus first.
        self.keyboard.has_focus('^Not Now')
        self.keyboard.until('Tab', re.compile('^Pay About .* and Start'), 4)
        xdotool('key', 'Return')
        self.window.find('label', re.compile('^2 mailboxes are live'), seconds=LIVE_S)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--waybill', required=True)
    args = parser.parse_args()
    args.base_url = args.shots = None
    job = KeyboardJob(args)
    try:
        said = job.go()
    finally:
        shutil.rmtree(job.folder, ignore_errors=True)
    print(said, flush=True)
    return 0 if re.search(r': 2 of 2 mailboxes live, 2 pictures, 1 POST /orders$', said) else 1


if __name__ == '__main__':
    sys.exit(main())
