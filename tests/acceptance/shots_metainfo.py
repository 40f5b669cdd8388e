# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pictures that software centres show: windows with the shadow that a desktop gives them, all of one size, as
data/screenshots/NAME.png."""

import ctypes
import os
import re
import shutil
import sqlite3
from pathlib import Path

from PIL import Image

import fill
import gestures
from driver import turn, wait

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent.parent / 'data/screenshots'
WINDOW = 1280, 720
# What is left of the shadow round it: the rest cannot be seen.
MARGIN = 36
MOST_BYTES = 400_000

PEOPLE = [('Mei', 'Tanaka'), ('Carmen', 'Ruiz'), ('Elias', 'Weber'), ('Jonas', 'Lindqvist'), ('Idris', 'Bello'), ('Daniel', 'Cho'),
          ('Amara', 'Okafor'), ('Lena', 'Vogt'), ('Tomás', 'Herrera'), ('Zuri', 'Mwangi'), ('Sofia', 'Marin'), ('Priya', 'Raman')]
DOMAINS = ['orchardvine.example', 'tryorchard.example']
# He has no picture yet.
WITHOUT = ('Elias', 'Weber')


class XImage(ctypes.Structure):
    """As far as its pixels are told (Xlib.h)."""

    _fields_ = [('width', ctypes.c_int), ('height', ctypes.c_int), ('xoffset', ctypes.c_int), ('format', ctypes.c_int),
                ('data', ctypes.c_void_p), ('byte_order', ctypes.c_int), ('bitmap_unit', ctypes.c_int),
                ('bitmap_bit_order', ctypes.c_int), ('bitmap_pad', ctypes.c_int), ('depth', ctypes.c_int),
                ('bytes_per_line', ctypes.c_int)]


class Screen:
    """Says that there is a compositor and a window manager that knows of shadows, so that GTK draws them; and reads
    windows with how far one sees through."""

    def __init__(self):
        self.x = ctypes.CDLL('libX11.so.6')
        for name in ('XOpenDisplay', 'XGetImage'):
            getattr(self.x, name).restype = ctypes.c_void_p
        for name in ('XInternAtom', 'XDefaultRootWindow', 'XCreateSimpleWindow'):
            getattr(self.x, name).restype = ctypes.c_ulong
        self.display = ctypes.c_void_p(self.x.XOpenDisplay(None))
        root = self.x.XDefaultRootWindow(self.display)
        ours = self.x.XCreateSimpleWindow(self.display, ctypes.c_ulong(root), 0, 0, 1, 1, 0, 0, 0)
        self.x.XSetSelectionOwner(self.display, self.atom('_NET_WM_CM_S0'), ctypes.c_ulong(ours), 0)
        for window in (root, ours):
            self.set(window, '_NET_SUPPORTING_WM_CHECK', 'WINDOW', ours)
        self.set(root, '_NET_SUPPORTED', 'ATOM', self.atom('_GTK_FRAME_EXTENTS').value)
        self.x.XSync(self.display, 0)

    def atom(self, name):
        return ctypes.c_ulong(self.x.XInternAtom(self.display, name.encode(), 0))

    def set(self, window, name, kind, value):
        self.x.XChangeProperty(self.display, ctypes.c_ulong(window), self.atom(name), self.atom(kind), 32, 0,
                               ctypes.byref(ctypes.c_ulong(value)), 1)

    def read(self, window, width, height):
        """RGBA; the server's pixels are multiplied by what is seen of them."""
        found = self.x.XGetImage(self.display, ctypes.c_ulong(window), 0, 0, width, height, ctypes.c_ulong(0xffffffff), 2)
        image = ctypes.cast(found, ctypes.POINTER(XImage)).contents
        assert image.depth == 32, 'the window has no alpha'
        pixels = ctypes.string_at(image.data, image.bytes_per_line * height)
        self.x.XDestroyImage(ctypes.c_void_p(found))
        return Image.frombuffer('RGBa', (width, height), pixels, 'raw', 'BGRa', image.bytes_per_line, 1).convert('RGBA')


class Metainfo:
    """Mixed into Shots: an order as one makes it, with the pictures that are taken in a way of their own."""

    def domains(self):
        return DOMAINS

    def picture(self, name, app, frame=None, sizes=(), first=None):
        """None but those that are kept."""

    def keep(self, app, name):
        frame = self.size(app, app.top)
        # The shadow of the window in front comes by a transition of 200 ms, too slow to be seen as a change.
        turn(500)
        app.settled(frame)
        window, (_, _, width, height, _) = app.window_of(frame)
        left, top = ((outer - inner) // 2 - MARGIN for outer, inner in zip((width, height), WINDOW))
        picture = self.screen.read(window, width, height).crop((left, top, width - left, height - top))
        path = FOLDER / f'{name}.png'
        path.parent.mkdir(exist_ok=True)
        picture.save(path, optimize=True)
        assert path.stat().st_size <= MOST_BYTES, f'{path.name} is too large: {path.stat().st_size} bytes'
        self.made.append(path)

    def size(self, app, frame):
        """That of the window without its shadow."""
        outer, inner = app.window_of(frame)[1], frame.extents
        app.resize(WINDOW[0] + outer[2] - inner[2], WINDOW[1] + outer[3] - inner[3], frame=frame)
        wait(lambda: tuple(frame.extents[2:]) == WINDOW, f'{frame} to have its size')
        return app.focus_window(frame)

    # --- the steps ---------------------------------------------------------------------------------

    def portraits(self):
        faces = sorted((FOLDER.parent / 'portraits').glob('person-*.jpg'))
        (self.folder / 'Team').mkdir()
        for (first, last), face in zip(PEOPLE, faces):
            if (first, last) != WITHOUT:
                shutil.copy(face, self.folder / 'Team' / f'{first} {last}.jpg')

    def choose_domains(self, app, wizard):
        app.focus_window(wizard)
        wait(lambda: app.focused() and app.focused().role == 'text', 'the entry to have the keyboard')
        super().choose_domains(app, wizard)

    def mailboxes(self, app, wizard):
        app.keys('ctrl+g')
        wizard.find('text', 'People, one on each line').set_text('\n'.join(' '.join(person) for person in PEOPLE))
        wizard.find('push button', re.compile('^Fill .*Rows$')).click()
        wizard.find('push button', re.compile(f'^{re.escape(DOMAINS[0])} 12$'))
        wizard.find('push button', 'Next').click()

    def pictures(self, app, wizard):
        wizard.find('push button', 'Add Pictures…')
        self.size(app, wizard)
        gestures.drop(app, [self.folder / 'Team'], wizard.find('label', 'Drop Pictures Here'))
        wizard.find('push button', re.compile('^Ready 11'))
        app.gone('label', re.compile('pictures placed$'))
        wizard.find('table cell', re.compile('^Amara Okafor')).press()
        self.keep(app, 'pictures' if self.scheme == 'light' else 'pictures-dark')
        wizard.find('push button', 'Next').click()

    def review(self, app, wizard):
        wizard.find('label', re.compile('^made '), showing=False)
        tick = wizard.find('check box', 'You may use these people’s pictures', showing=False).press()
        wait(lambda: 'checked' in tick.states, 'the tick')
        create = wizard.find('push button', 'Create Order')
        wait(lambda: 'sensitive' in create.states, 'the checks to pass')
        self.keep(app, 'review')
        create.press()

    def track(self, app, wizard):
        wizard.find('label', re.compile(r'^([1-9]|1\d|2[0-3]) of 24 '), seconds=120)
        self.keep(app, 'tracking')

    def wizard(self, app):
        steps = self.customer, self.choose_domains, self.mailboxes, self.pictures, self.options, self.review, self.pay, self.track
        window = self.new_order(app)
        for step in steps if self.scheme == 'light' else steps[:4]:
            step(app, window)

    # --- all of it ---------------------------------------------------------------------------------

    def metainfo_pages(self):
        self.screen = Screen()
        # Asks more often, and so sees mailboxes become live one by one.
        self.env['WAYBILL_PACE'] = '10'
        with self.part('wizard'), self.start('--sandbox', '--sandbox-speed', '3') as app:
            app.find('push button', 'New Order')
            self.wizard(app)
        if self.scheme == 'light':
            with self.part('orders'):
                self.orders_page()

    def orders_page(self):
        self.read_customers()
        folder = fill.fill()
        # A quiet day.
        with sqlite3.connect(os.path.join(folder, 'journal.db')) as db:
            db.execute("DELETE FROM operations WHERE state = 'unknown'")
            db.execute("DELETE FROM orders WHERE state IN ('unknown', 'may-exist', 'cannot-pay', 'slow', 'creating')")
            db.execute("DELETE FROM drafts WHERE customer = ''")
        with self.start('--sandbox') as app:
            self.size(app, app.top)
            app.find(None, re.compile('^Oakline'))
            app.gone('label', re.compile('^Everything here is invented'))
            app.find(None, re.compile('^Oakline'), showing=False).press()
            app.find('push button', re.compile('^(Close Details|Copy)'))
            self.keep(app, 'orders')
