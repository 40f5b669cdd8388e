# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop's file chooser: a window of another program, that of the portal."""

import os
import re

from driver import App, turn, wait, windows_of

NAME = 'xdg-desktop-portal-gtk'


class Chooser(App):
    """The program that the session bus has started, once it shows its chooser."""

    def __init__(self):
        super().__init__([NAME])

    def start(self, argv, env):
        self.newer = False

    def must_run(self):
        """The bus looks after it."""

    def outline(self):
        return [repr(node) for frame in self.frames() for node in frame.walk() if node.name]

    def is_own(self, accessible):
        return accessible.get_name() == NAME

    def windows(self):
        return windows_of('--class', NAME)

    def end(self):
        self.listener.deregister('object:state-changed:focused')

    def gone(self):
        wait(lambda: not self.windows(), 'the file chooser to close')

    def name_place(self, folder):
        # Out of the recent files: there a folder that is named cannot be taken.
        self.keys('alt+Home', 'ctrl+l')
        entry = wait(lambda: next((node for node in self.top.walk() if node.role == 'text' and 'focused' in node.states), None),
                     'the place entry')
        entry.set_text(str(folder))
        # It takes notice of what is typed alone.
        self.keys('End')
        self.type('/')
        return entry

    def go_to(self, folder):
        entry = self.name_place(folder)

        def gone_there():
            # A Return that comes while a folder is still being read does nothing.
            self.keys('Return')
            turn(500)
            return 'focused' not in entry.states
        wait(gone_there, f'the file chooser to go to {folder}')

    def accept(self):
        """Until it has closed: one that comes while a folder is still being read does nothing."""
        def closed():
            if self.windows():
                self.find('push button', re.compile('^(Open|Select)'), showing=False).click()
                turn(500)
            return not self.windows()
        wait(closed, 'the file chooser to close')


def choose_all(folder):
    """Chooses every file of a folder."""
    with Chooser() as chooser:
        chooser.go_to(folder)
        for name in os.listdir(folder):
            chooser.find('table cell', name, showing=False)
        chooser.keys('ctrl+a')
        chooser.accept()


def choose_folder(folder):
    with Chooser() as chooser:
        chooser.name_place(folder)
        chooser.accept()
