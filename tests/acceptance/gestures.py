# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What takes more than one step: a drag of files from another program, the file chooser, and the
walk that looks for things a screen reader could not name."""

import os
import re
import select
import subprocess
import time
from contextlib import contextmanager

from driver import DEADLINE_S, Missing, wait, windows_of, xdotool

HERE = os.path.dirname(os.path.abspath(__file__))


class DragSource:
    """A running drag-source, and the words it says."""

    def __init__(self, program, paths):
        self.process = subprocess.Popen([program, *map(str, paths)], stdout=subprocess.PIPE)
        self.words = []
        self.rest = b''

    def read(self, seconds):
        """Reads what there is, waiting at most that long for something."""
        if select.select([self.process.stdout], [], [], seconds)[0]:
            data = os.read(self.process.stdout.fileno(), 4096)
            *lines, self.rest = (self.rest + data).split(b'\n')
            self.words += [line.decode() for line in lines]
            return bool(data)
        return False

    def expect(self, *words):
        """Waits until it has said one of those words."""
        end = time.monotonic() + DEADLINE_S
        while True:
            found = next((word for word in self.words if word in words), None)
            if found:
                return found
            left = end - time.monotonic()
            if left <= 0 or (not self.read(left) and self.process.poll() is not None):
                raise Missing(f'the drag source said {self.words}, not {words}')

    def start(self, x, y):
        """Moves to and fro, past the threshold of a drag, until it has begun: the newest GTK sees moves that
        come at once as one, and not that they began where the button went down. Returns where x is then."""
        end = time.monotonic() + DEADLINE_S
        step = 0
        while 'begin' not in self.words:
            if time.monotonic() > end:
                raise Missing(f'the drag source said {self.words}, not that a drag began')
            step = step % 3 + 1
            xdotool('mousemove', x - 12 * step, y)
            self.read(0.1)
        return x - 12 * step

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(DEADLINE_S)
        self.process.stdout.close()


def drop(app, paths, target, program=None, hover=None):
    """Drags files from another program onto a node and lets go there, as a person does. `hover` is
    called before the button is let go, for a picture. Returns 'end', or 'cancel' if nothing took it."""
    source = DragSource(program or os.environ.get('DRAG_SOURCE', os.path.join(HERE, 'drag-source')), paths)
    try:
        source.expect('ready')
        window = wait(lambda: list(windows_of('--pid', source.process.pid)), 'the window of the drag source')[0]
        left, top = place(window)
        goal = target.bring_into_view().centre
        xdotool('mousemove', left, top, 'mousedown', 1)
        left = source.start(left, top)
        for step in range(1, 13):
            xdotool('mousemove', left + (goal[0] - left) * step // 12, top + (goal[1] - top) * step // 12)
        settle(source, goal)
        if hover:
            hover()
        xdotool('mouseup', 1)
        return source.expect('end', 'cancel')
    except BaseException:
        xdotool('mouseup', 1)
        raise
    finally:
        source.end()


@contextmanager
def clipboard(*what):
    """While it lasts, a program outside has that in the clipboard: paths, or what drag-source takes."""
    source = DragSource(os.environ['DRAG_SOURCE'], ['--copy', *what])
    try:
        source.expect('ready')
        yield
    finally:
        source.end()


def settle(source, goal):
    """Nudges the pointer until the target under it has taken notice. GDK sends one position at a time
    and forgets those that come before the answer: the last move alone may never arrive."""
    end = time.monotonic() + DEADLINE_S
    nudges = 0
    while nudges < 4 or source.words[-1] != 'accepted':
        if time.monotonic() > end:
            raise Missing(f'nothing accepts the files at {goal}: {source.words}')
        xdotool('mousemove', goal[0] + nudges % 2, goal[1])
        source.read(0.03)
        nudges += 1


def place(window):
    """Puts the source's window into the corner of the screen, and tells where its middle is."""
    width, height = map(int, xdotool('getdisplaygeometry').split())
    geometry = dict(re.findall(r'^(\w+)=(\d+)$', xdotool('getwindowgeometry', '--shell', window), re.M))
    left, top = width - int(geometry['WIDTH']), height - int(geometry['HEIGHT'])
    xdotool('windowmove', '--sync', window, left, top, 'windowraise', window)
    return left + int(geometry['WIDTH']) // 2, top + int(geometry['HEIGHT']) // 2


def choose_file(app, path, open_chooser):
    """Chooses one file, or goes into one folder, in the file chooser that open_chooser() brings up."""
    chooser = appear(app, open_chooser)
    locate(app, str(path))

    def taken():
        try:
            gone(app, chooser, 5)
            return True
        except Missing:
            # A Return that came while the folder was still being read has done nothing.
            if place_entry(app):
                app.keys('Return')
            return False
    wait(taken, 'the file chooser to take the file')


def choose_all(app, folder, open_chooser, accept=re.compile('(Open|Select|Add)$')):
    """Chooses every file of a folder in the file chooser that open_chooser() brings up."""
    chooser = appear(app, open_chooser)
    locate(app, os.path.join(str(folder), ''))
    # The list is read in the background, and its rows are not in the tree of GTK 4.8: an Open that comes too
    # early opens nothing and leaves the chooser where it is.
    def rows():
        return app.top.all('table row')[1:]  # the first is that of the titles
    if app.newer:
        wait(rows, 'the list of files')
    else:
        wait(lambda: getattr(app.focused(), 'name', '') == 'GtkTreeView', 'the list of files')

    def opened():
        app.settled(app.top)
        if app.newer:
            rows()[0].press()  # the focus may have stayed beside the list
        app.keys('ctrl+a')
        app.find('push button', accept).click()
        try:
            gone(app, chooser, 1)
            return True
        except Missing:
            return False
    wait(opened, 'the file chooser to take the files')


def appear(app, act):
    before = set(app.windows())
    act()
    window = wait(lambda: set(app.windows()) - before, 'the file chooser')
    wait(lambda: app.top.name == app.windows()[max(window)][4], 'the file chooser on the bus')
    return max(window)


def gone(app, window, seconds=DEADLINE_S):
    wait(lambda: window not in app.windows(), 'the file chooser to close', seconds)


def place_entry(app):
    """What has the focus, if one can type into it."""
    focused = app.focused()
    return focused if focused is not None and 'editable' in focused.states else None


def locate(app, path):
    """Ctrl+L, the path, Return: the place entry appears with the focus in it."""
    app.keys('ctrl+l')
    wait(lambda: place_entry(app), 'the place entry').set_text(path)
    app.keys('Return')


# Names that GTK makes up from the type where a widget has none: nobody could tell what it is.
TYPE_NAME = re.compile(r'^(Gtk|Adw|Wb|Cmr)[A-Z]\w*$')


def heads_a_row(node):
    """The head of an expander of libadwaita 1.10: a thing without a role can have no name; its row has one."""
    row = next((n for n in list(node.ancestors)[:4] if n.role == 'list item'), None)
    return node.app.newer and node.role == 'panel' and row is not None and bool(row.name)


def there(node):
    """Whether it is on the page that is shown, in view or scrolled away. GTK 4.8 tells only of what is in view."""
    if node.showing:
        return True
    return node.app.newer and 'showing' in node.states and node.popover() is None and min(node.extents[2:]) > 0


def nameless(top):
    """What can have the focus and has no name of its own, as texts; empty is good."""
    faults = []
    for node in top.walk():
        if 'focusable' not in node.states:
            continue
        name = node.name.strip()
        # Whether it shows takes longest to find out, so it is asked last.
        if (not name or TYPE_NAME.match(name)) and there(node) and not heads_a_row(node):
            where = ' › '.join(f'{a.role} “{a.name}”' for a in list(node.ancestors)[:3])
            faults.append(f'{node.role} at {node.extents} is called “{name}” (in {where})')
    return faults


def twins(top):
    """Neighbours that can have the focus and bear the same name, as texts; empty is good."""
    faults = []
    for parent in top.walk():
        shown = [node for node in parent.children if 'focusable' in node.states and there(node)]
        faults += [f'two “{one.name}” side by side in {parent}'
                   for one, two in zip(shown, shown[1:]) if one.name and one.name == two.name]
    return faults


def twice(top):
    """Names that are said twice ("Name Name"), as texts; empty is good."""
    faults = []
    for node in top.walk():
        words = node.name.split() if 'focusable' in node.states else []
        half = len(words) // 2
        if half and len(words) % 2 == 0 and [w.lstrip('_') for w in words[:half]] == words[half:] and node.showing:
            faults.append(f'{node.role} is called “{node.name}”')
    return faults
