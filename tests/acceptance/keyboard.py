# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A person without a mouse: keys go to whatever has the focus, and the accessibility bus only tells what
that is and what is shown."""

import re

import gestures
from driver import Missing, wait, xdotool


class Keyboard:
    def __init__(self, app):
        self.app = app

    def focused_name(self):
        node = self.app.focused()
        return node.name if node is not None else ''

    def has_focus(self, name):
        pattern = re.compile(name)
        try:
            wait(lambda: pattern.search(self.focused_name()), name)
        except Missing:
            raise Missing(f'the focus is on “{self.focused_name()}”, not on {name}') from None

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

    def choose(self, path, *keys):
        """Ctrl+L, the path, Return in the file chooser that the keys open."""
        chooser = gestures.appear(self.app, lambda: xdotool('key', *keys))
        self.app.keys('ctrl+l')
        wait(lambda: 'editable' in self.app.focused().states, 'the place entry')

        def typed():
            # What the newest GTK completes meanwhile stays behind what is typed.
            xdotool('key', 'ctrl+a')
            xdotool('type', '--delay', 4, str(path))
            xdotool('key', 'shift+End', 'Delete')
            try:
                return wait(lambda: self.app.focused().text.endswith(path.name), 'the path in the entry', 1)
            except Missing:
                return False
        wait(typed, 'the path in the entry')

        def closed():
            # The first Return may only take what the entry has completed.
            xdotool('key', 'Return')
            try:
                gestures.gone(self.app, chooser, 2)
                return True
            except Missing:
                return False
        wait(closed, 'the file chooser to take the file')
        self.app.focus_window()  # there is no window manager to give it back
