# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Works a real window from outside: finds things as a screen reader does (AT-SPI), types and points
as a person does (X events by xdotool), and takes pictures of the screen. Runs inside with-ui.sh.

Nothing here sleeps: every step waits for the state it needs, with a deadline (`wait`).

    with App(['waybill', '--sandbox']) as app:
        app.find('push button', 'New Order').click()
        app.find('text', 'Search').set_text('oak')
        app.keys('ctrl+f', 'Escape')
        app.drop([folder], app.find('panel', 'Pictures'))
        app.shot('pictures.png')
"""

import os
import re
import subprocess
import sys
import time
import warnings
from pathlib import Path

import gi
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402  (the version comes first)

# The newer names cannot be reached from Python in Debian 12; and GTK 4.8 has no cache to be read.
warnings.filterwarnings('ignore', r'Atspi\.', DeprecationWarning)
GLib.log_set_handler('dbind', GLib.LogLevelFlags.LEVEL_WARNING, lambda *_: None, None)

# What newer versions of AT-SPI and GTK call what Debian 12 calls so.
ROLES = {'button': 'push button', 'toggle button': 'push button', 'password text': 'text'}

# A sanitized program takes its time: meson.build gives it four times as long.
DEADLINE_S = float(os.environ.get('WAYBILL_TEST_DEADLINE_S', 20))
POLL_MS = 25


class Missing(AssertionError):
    """What was waited for did not come in time."""


def turn(milliseconds=POLL_MS):
    """One turn of the main loop, at most that long: events of the accessibility bus are handled."""
    context = GLib.MainContext.default()
    over = []
    source = GLib.timeout_source_new(milliseconds)
    source.set_callback(lambda *_: over.append(True) or GLib.SOURCE_REMOVE)
    source.attach(context)
    while not over:
        context.iteration(True)


def wait(condition, what, seconds=DEADLINE_S):
    """The first true value of condition(); objects that vanish while asked count as not yet."""
    end = time.monotonic() + seconds
    while True:
        try:
            value = condition()
            if value:
                return value
        except GLib.Error:
            pass
        if time.monotonic() > end:
            raise Missing(f'waited {seconds:.0f} s for {what}')
        turn()


# xdotool 4 holds Alt with function keys, which it takes for the way to them; not when it gets their codes.
FUNCTION_KEYS = {f'F{n}': str(66 + n if n <= 10 else 84 + n) for n in range(1, 13)}


def xdotool(*words, stderr=None):
    if words[0] == 'key':
        words = ['+'.join(FUNCTION_KEYS.get(key, key) for key in str(word).split('+')) for word in words]
    return subprocess.run(['xdotool', *map(str, words)], check=True, text=True,
                          stdout=subprocess.PIPE, stderr=stderr).stdout


def windows_of(*which):
    """The X windows on the screen that xdotool finds so, lowest first: {id: (x, y, width, height, name)}."""
    found = subprocess.run(['xdotool', 'search', '--onlyvisible', *map(str, which)],
                           text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.split()
    windows = {}
    for window in found:
        try:
            shell = xdotool('getwindowgeometry', '--shell', window, stderr=subprocess.DEVNULL)
            geometry = dict(re.findall(r'^(\w+)=(-?\d+)$', shell, re.M))
            name = xdotool('getwindowname', window, stderr=subprocess.DEVNULL).rstrip('\n')
        except subprocess.CalledProcessError:
            continue  # it has closed meanwhile
        windows[int(window)] = tuple(int(geometry[key]) for key in ('X', 'Y', 'WIDTH', 'HEIGHT')) + (name,)
    return windows


class Node:
    """One thing in the accessible tree."""

    def __init__(self, app, accessible):
        self.app = app
        self.accessible = accessible

    def __repr__(self):
        try:
            return f'{self.role} “{self.name}”'
        except GLib.Error:
            return 'something that has gone'

    # --- what it is ------------------------------------------------------------------------------

    @property
    def role(self):
        role = self.accessible.get_role_name()
        return ROLES.get(role, role)

    @property
    def name(self):
        return self.accessible.get_name() or ''

    @property
    def description(self):
        return self.accessible.get_description() or ''

    @property
    def states(self):
        return {state.value_nick for state in self.accessible.get_state_set().get_states()}

    @property
    def text(self):
        iface = self.accessible.get_text_iface()
        return Atspi.Text.get_text(iface, 0, Atspi.Text.get_character_count(iface)) if iface else self.name

    @property
    def value(self):
        return self.accessible.get_value_iface().get_current_value()

    @property
    def parent(self):
        parent = self.accessible.get_parent()
        return Node(self.app, parent) if parent else None

    @property
    def children(self):
        count = self.accessible.get_child_count()
        nodes = (self.accessible.get_child_at_index(index) for index in range(count))
        return [Node(self.app, node) for node in nodes if node is not None]

    @property
    def ancestors(self):
        node = self.parent
        while node is not None and node.role not in ('application', 'desktop frame'):
            yield node
            node = node.parent

    def same(self, other):
        return other is not None and self.accessible == other.accessible

    def walk(self):
        """Itself and all below, in reading order; pages of stacks that are turned away are left out."""
        yield self
        try:
            children = self.children
            if len(children) > 1 and all(child.name == 'GtkStackPage' for child in children):
                children = self.shown_page(children) or children
        except GLib.Error:
            return  # it went on the way
        for child in children:
            yield from child.walk()

    # --- where it is -----------------------------------------------------------------------------

    @property
    def extents(self):
        """(x, y, width, height) within its window."""
        iface = self.accessible.get_component_iface()
        if iface is None:
            return 0, 0, 0, 0
        box = iface.get_extents(Atspi.CoordType.WINDOW)
        return box.x, box.y, box.width, box.height

    @property
    def frame(self):
        """Its window in the accessible tree."""
        for node in [self, *self.ancestors]:
            parent = node.parent  # asked once: it may be about to go
            if parent is None or parent.role == 'application':
                return node
        raise Missing(f'{self} is in no window')

    def hit(self, x, y):
        """What lies at a point of its window; GTK 4.8 tells only so what is really on the screen."""
        iface = self.frame.accessible.get_component_iface()
        # None: the window is about to go.
        found = iface and iface.get_accessible_at_point(x, y, Atspi.CoordType.WINDOW)
        return Node(self.app, found) if found else None

    def shown_page(self, pages):
        x, y, width, height = self.extents
        hit = self.hit(x + width // 2, y + height // 2) if width and height else None
        chain = [hit, *hit.ancestors] if hit else []
        return [page for page in pages if any(page.same(node) for node in chain)]

    @property
    def showing(self):
        """Whether it is on the screen and not covered, scrolled away or on a page turned away."""
        x, y, width, height = self.extents
        if width <= 0 or height <= 0:
            return False
        if self.popover():
            return self.app.popover_window(self.popover()) is not None
        if self.app.newer:
            return 'showing' in self.states and self.within_view()
        hit = self.hit(x + width // 2, y + height // 2)
        if hit is None:
            # A part that is no part of the tree, such as the knob of a switch: the rim decides.
            return self.within_view()
        if any(self.same(node) for node in [hit, *hit.ancestors]):
            return True
        # What is insensitive or cannot be a target lets the point through to what lies behind it.
        for node in self.ancestors:
            if node.same(hit):
                return True
            if node.name == 'GtkStackPage':
                return False
        return False

    def within_view(self):
        x, y, width, height = self.extents
        x, y = x + width // 2, y + height // 2
        views = [self.frame, *(node for node in self.ancestors if node.role == 'scroll pane')]
        return all(left <= x < left + wide and top <= y < top + high
                   for left, top, wide, high in (view.extents for view in views))

    def popover(self):
        for node in [self, *self.ancestors]:
            if self.app.newer:
                iface = node.accessible.get_component_iface()
                if iface and iface.get_layer() == Atspi.ComponentLayer.POPUP:
                    return node
                continue
            # One of a class of its own, or with a name, is told by what GTK puts into each.
            if node.name == 'GtkPopoverContent':
                return node.parent
            if node.name.startswith('GtkPopover'):
                return node
        return None

    @property
    def centre(self):
        """Its middle on the screen."""
        x, y, width, height = self.extents
        popover = self.popover()
        if popover:
            window = self.app.popover_window(popover)
            left, top = window[0] - popover.extents[0], window[1] - popover.extents[1]
        else:
            left, top = self.app.window_of(self)[1][:2]
            outer, inner = self.app.window_of(self)[1], self.frame.extents
            # Without a compositor GTK draws a rim round the window: the tree begins inside it.
            left += (outer[2] - inner[2]) // 2 - inner[0]
            top += (outer[3] - inner[3]) // 2 - inner[1]
        return left + x + width // 2, top + y + height // 2

    # --- what can be done with it ------------------------------------------------------------------

    def act(self, *names):
        """Does the first of those actions it has; a menu button's lies in its inner button."""
        for node in [self, *self.children]:
            accessible = node.accessible
            for index in range(accessible.get_n_actions()):
                if Atspi.Action.get_action_name(accessible, index) in names:
                    accessible.do_action(index)
                    return self
        raise AssertionError(f'{self} has none of the actions {names}')

    def click(self):
        wait(lambda: 'sensitive' in self.states, f'{self} to be sensitive')
        return self.act('click', 'toggle', 'activate')

    def toggle(self):
        return self.act('toggle', 'click')

    def set_text(self, text):
        node = next((n for n in self.walk() if 'editable' in n.states), self)
        node.accessible.get_editable_text_iface().set_text_contents(text)
        wait(lambda: node.text == text or 'secret' in node.role or 'password' in node.accessible.get_role_name(),
             f'{self} to hold the text')
        return self

    def set_value(self, value):
        self.accessible.get_value_iface().set_current_value(value)
        return self

    def bring_into_view(self):
        """Turns the wheel over its scroller until it shows."""
        scroller = next((n for n in self.ancestors if n.role == 'scroll pane'), None)
        if scroller is None or self.showing:
            return self

        def turned():
            if self.showing:
                return True
            middle = scroller.extents[1] + scroller.extents[3] // 2
            xdotool('mousemove', *scroller.centre, 'click', 5 if self.extents[1] > middle else 4)
            return False
        wait(turned, f'{self} to scroll into view')
        return self

    def press(self, button=1, times=1):
        """A real click of the mouse in its middle."""
        self.bring_into_view()
        wait(lambda: self.showing, f'{self} to show')
        xdotool('mousemove', *self.centre, 'click', '--repeat', times, button)
        return self

    # --- what is in it ---------------------------------------------------------------------------

    def all(self, role=None, name=None, showing=True):
        """Everything in it of a role and a name (text, or a compiled pattern that is searched for)."""
        return [node for node in self.walk() if matches(node, role, name, showing)]

    def find(self, role=None, name=None, seconds=DEADLINE_S, showing=True):
        def first():
            self.app.must_run()
            return next((node for node in self.walk() if matches(node, role, name, showing)), None)
        return wait(first, f'{role or "anything"} “{getattr(name, "pattern", name)}” in {self}', seconds)


def matches(node, role, name, showing=False):
    """What is asked costs a message each: what most fail at comes first."""
    try:
        if role is not None and node.role != role:
            return False
        if name is not None and not (name.search(node.name) if isinstance(name, re.Pattern) else node.name == name):
            return False
        return not showing or node.showing
    except GLib.Error:
        return False  # it went while it was asked


def driven_env():
    """What a program under the driver has in its environment."""
    # It is built beside the drag source where GTK is newer: that one says what is on the screen, and GTK 4.8
    # must be asked what lies at a point of it.
    preload = Path(os.environ.get('DRAG_SOURCE', '')).with_name('libnewest-gtk.so')
    return {'GTK_A11Y': 'atspi', 'G_DEBUG': 'fatal-warnings', **({'LD_PRELOAD': str(preload)} if preload.exists() else {})}


class App:
    """A program under the driver. It runs from `with` on and is ended with it."""

    def __init__(self, argv, env=None):
        desktop = Atspi.get_desktop(0)
        self.process = self.start(argv, env or {})
        self.desktop = desktop
        self.root = wait(self.attach, f'{argv[0]} on the accessibility bus')
        self.bus_pid = self.root.accessible.get_process_id()
        wait(lambda: self.frames(), f'a window of {argv[0]}')
        self.recent = None
        self.listener = Atspi.EventListener.new(self.on_focus)
        self.listener.register('object:state-changed:focused')

    def start(self, argv, env):
        self.newer = 'LD_PRELOAD' in driven_env()
        return subprocess.Popen(argv, env={**os.environ, **driven_env(), **env})

    def is_own(self, accessible):
        return accessible.get_process_id() == self.process.pid

    def windows(self):
        return windows_of('--pid', self.process.pid)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if error is not None:
            print('\n'.join(self.outline()), file=sys.stderr)
        self.end()

    def must_run(self):
        """To wait for something of a program that has ended says nothing of why it did."""
        if self.process.poll() is not None:
            raise Missing(f'the program has ended with {self.process.returncode}')

    def attach(self):
        self.must_run()
        for index in range(self.desktop.get_child_count()):
            child = self.desktop.get_child_at_index(index)
            if child is not None and self.is_own(child):
                # GTK 4.8 does not announce every change: what is kept of the tree would be old. Of the desktop it
                # must be kept: else libatspi asks for it while it tells of a program that comes, and hangs.
                child.set_cache_mask(Atspi.Cache.NONE)
                return Node(self, child)
        return None

    def end(self):
        """Ends the program, as the session would; returns its exit status."""
        self.listener.deregister('object:state-changed:focused')
        if self.process.poll() is None:
            self.process.terminate()
        return self.exited()

    def exited(self, seconds=DEADLINE_S):
        wait(lambda: self.process.poll() is not None, 'the program to end', seconds)
        return self.process.returncode

    # --- its windows -----------------------------------------------------------------------------

    def frames(self):
        """Its windows in the accessible tree that have a window on the screen, topmost last."""
        order = [window[4] for window in self.windows().values()]
        # Asked once: a window that closes loses its name.
        named = [(node.name, node) for node in self.root.children]
        nodes = [(order.index(name), node) for name, node in named if name and name in order]
        return [node for _, node in sorted(nodes, key=lambda pair: pair[0])]

    def window(self, title, seconds=DEADLINE_S):
        """The window of that title, once it is there (text or pattern)."""
        return wait(lambda: next((node for node in self.frames() if matches(node, None, title)), None),
                    f'the window “{getattr(title, "pattern", title)}”', seconds)

    def window_of(self, node):
        """(id, geometry and title) of the X window that a node is in."""
        frame = node.frame
        candidates = [item for item in self.windows().items() if item[1][4] == frame.name]
        if not candidates:
            raise Missing(f'{frame} has no window on the screen')
        return min(candidates, key=lambda item: abs(item[1][2] - frame.extents[2]))

    def popover_window(self, popover):
        """A popover is an X window that bears no title of its own; it is told by its size. One that was
        turned over at the edge of the screen is some pixels higher than the tree says."""
        width, height = popover.extents[2:]

        def difference(window):
            return abs(window[2] - width) + abs(window[3] - height)
        nearest = min(self.windows().values(), key=difference, default=None)
        return nearest if nearest and difference(nearest) <= 12 else None

    @property
    def top(self):
        return wait(lambda: self.frames()[-1:], 'a window')[0]

    def find(self, role=None, name=None, seconds=DEADLINE_S, showing=True):
        """The first of that role and name in the topmost window."""
        def first():
            self.must_run()
            return next((node for node in self.top.walk()
                         if matches(node, role, name, showing)), None)
        return wait(first, f'{role or "anything"} “{getattr(name, "pattern", name)}”', seconds)

    def gone(self, role=None, name=None, seconds=DEADLINE_S):
        wait(lambda: not self.top.all(role, name), f'{role} “{name}” to go', seconds)

    def focus_window(self, frame=None):
        frame = frame or self.top
        # Without a window manager nobody gives the focus to a new window.
        xdotool('windowfocus', '--sync', self.window_of(frame)[0])
        return frame

    def on_focus(self, event):
        if event.detail1 and event.source is not None and event.source.get_process_id() == self.bus_pid:
            self.recent = Node(self, event.source)

    def focused(self):
        """What has the keyboard, or None. What was told to get it last is asked first: a walk takes long."""
        try:
            if self.recent is not None and 'focused' in self.recent.states and self.recent.frame.same(self.top):
                return self.recent
        except (GLib.Error, Missing):
            pass
        return next((node for node in self.top.walk() if 'focused' in node.states), None)

    def resize(self, width, height, frame=None):
        frame = frame or self.top
        window = self.window_of(frame)[0]
        xdotool('windowsize', window, width, height)
        wait(lambda: self.window_of(frame)[1][2] == width, f'{frame} to be {width} px wide')
        return frame

    # --- keyboard, pictures ----------------------------------------------------------------------

    def keys(self, *names):
        """Presses keys in turn, by their X names: 'ctrl+f', 'Return', 'Down'."""
        self.focus_window()
        xdotool('key', '--clearmodifiers', *names)

    def type(self, text):
        """Types into whatever has the focus. For text that no keyboard has: `set_text`."""
        self.focus_window()
        xdotool('type', '--clearmodifiers', '--delay', 4, text)

    def settled(self, frame=None, seconds=3):
        """The screen, or one window, as PPM: once two in a row are the same, or the last one (where a
        spinner turns or a caret blinks, it never settles)."""
        what = str(self.window_of(frame)[0]) if frame else 'root'
        seen = []

        def same():
            seen.append(subprocess.run(['import', '-silent', '-window', what, 'ppm:-'], check=True,
                                       stdout=subprocess.PIPE).stdout)
            return len(seen) > 1 and seen[-1] == seen[-2]
        try:
            wait(same, 'the picture to settle', seconds)
        except Missing:
            pass
        return seen[-1]

    def shot(self, path, frame=None):
        """A PNG of the screen, or of one window."""
        os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
        subprocess.run(['convert', 'ppm:-', f'png:{path}'], input=self.settled(frame), check=True)
        return path

    def outline(self):
        """The tree as text, for reports of failures."""
        lines = []

        def add(node, depth):
            try:
                lines.append(f'{"  " * depth}{node.role} “{node.name}” {node.extents}')
                for child in node.children:
                    add(child, depth + 1)
            except GLib.Error:
                pass
        if self.process.poll() is None:
            for frame in self.frames():
                add(frame, 0)
        return lines
