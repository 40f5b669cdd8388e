#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""keyboard-job.py --waybill PROGRAM: the main job by keyboard alone. Keys are pressed as a person presses
them; the accessibility bus only tells what has the focus and what is shown."""

import argparse
import importlib.util
import re
import shutil
import sys
from pathlib import Path

import gestures
from driver import App, Missing, wait, xdotool
from notifications import Notifications

HERE = Path(__file__).resolve().parent
spec = importlib.util.spec_from_file_location('main_job', HERE / 'main-job.py')
main_job = importlib.util.module_from_spec(spec)
spec.loader.exec_module(main_job)

ROWS = [('amara.okafor', 'Amara', 'Okafor'), ('jonas.lindqvist', 'Jonas', 'Lindqvist')]


class KeyboardJob(main_job.MainJob):
    def go(self):
        self.portraits()
        Notifications()
        with App(self.argv()) as app:
            self.app = app
            self.try_it_first()
            self.wizard()
            self.pay_and_follow()
            return self.sum()

    # --- what a person without a mouse does ------------------------------------------------------

    def focused_name(self):
        node = self.app.focused()
        return node.name if node is not None else ''

    def until(self, key, name, most=80):
        """Presses a key until what has the focus bears that name."""
        pattern = name if isinstance(name, re.Pattern) else re.compile('^' + re.escape(name))
        passed = []
        for _ in range(most):
            if pattern.search(self.focused_name()):
                return
            before = self.focused_name()
            passed.append(before)
            xdotool('key', key)
            try:
                wait(lambda: self.focused_name() not in ('', before), 'the focus to move', 1)
            except Missing:
                pass  # a neighbour of the same name, or an end: the count bounds it
        raise Missing(f'{key} never came to {pattern.pattern}: {passed}')

    def has_focus(self, name):
        pattern = re.compile(name)
        wait(lambda: pattern.search(self.focused_name()), f'the focus on {name}')

    def choose(self, path, *keys):
        """Ctrl+L, the path, Return in the file chooser that the keys open."""
        chooser = gestures.appear(self.app, lambda: xdotool('key', *keys))
        self.app.keys('ctrl+l')
        wait(lambda: 'editable' in self.app.focused().states, 'the place entry')
        xdotool('key', 'ctrl+a')
        xdotool('type', '--delay', 4, str(path))
        wait(lambda: self.app.focused().text.endswith(path.name), 'the path in the entry')

        def closed():
            # The first Return may only take what the entry has completed.
            xdotool('key', 'Return')
            try:
                gestures.gone(self.app, chooser, 2)
                return True
            except Missing:
                return False
        wait(closed, 'the file chooser to take the file')

    # --- the job -----------------------------------------------------------------------------------

    def try_it_first(self):
        self.app.focus_window()
        self.until('Tab', 'Try It First')
        xdotool('key', 'Return')
        self.app.find('push button', 'New Order')

    def wizard(self):
        self.app.keys('ctrl+n')
        self.window = self.app.window(re.compile('^New Order'))
        self.app.focus_window(self.window)
        self.has_focus('Search customers')
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
            self.until('Left' if number > 1 else 'Right', re.compile(f'^Row {number}, User name'))
            for text in texts:
                before = self.focused_name()
                xdotool('type', '--delay', 8, text)
                xdotool('key', 'Tab')
                wait(lambda: self.focused_name().startswith('Row ') and self.focused_name() != before, 'the next cell')
            self.until('Down', re.compile(f'^Row {number + 1}'), 2)
        self.window.find(None, re.compile('2 mailboxes'))
        xdotool('key', 'alt+Right')

    def faces(self):
        self.window.find('push button', 'Add Pictures…')
        self.choose(self.folder / 'chosen' / 'amara.okafor.jpg', 'ctrl+o')
        self.placed(self.window, 1)
        self.until('Tab', re.compile('^Amara Okafor,'))
        self.until('Right', re.compile('^Jonas Lindqvist,'), 4)
        self.choose(self.folder / 'chosen' / 'Jonas Lindqvist.jpg', 'Return')
        self.window.find('table cell', re.compile('^Jonas Lindqvist,.*placed by you'))
        xdotool('key', 'alt+Right')
        self.window.find(None, re.compile('Renew Mailboxes Automatically'))
        xdotool('key', 'alt+Right')

    def confirm(self):
        tick = self.window.find('check box', 'You may use these people’s pictures')
        self.until('Tab', 'You may use these people’s pictures')
        xdotool('key', 'space')
        wait(lambda: 'checked' in tick.states, 'the tick')
        wait(lambda: 'sensitive' in self.window.find('push button', 'Create Order').states, 'the checks to pass')
        self.until('Tab', 'Create Order')
        xdotool('key', 'Return')

    def pay_and_follow(self):
        self.app.find('push button', re.compile('^Pay About .* and Start'), seconds=60)
        self.app.focus_window()
        # The safe button has the focus first.
        self.has_focus('^Not Now')
        self.until('Tab', re.compile('^Pay About .* and Start'), 4)
        xdotool('key', 'Return')
        self.window.find('label', re.compile('2 mailboxes are live'), seconds=main_job.LIVE_S)


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
