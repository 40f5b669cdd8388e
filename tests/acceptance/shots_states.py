# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""States that the main job does not pass, for shots.py: a server that fails, is gone or refuses the key, the
keyring locked or not there, orders at every stage, text of twice the size, the ring of the keyboard."""

import json
import re
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from driver import App, wait

# Orders of fill.py by what has become of them: a row's text, and the name of the picture.
STAGES = [('Kestrel Analytics', 'unknown'), ('Brightloom, brightloom.example', 'partly'), ('Northgate', 'not-paid'),
          ('Juniper', 'failed'), ('Lumen', 'may-exist'), ('Fernhill', 'cannot-pay'), ('Copperline', 'slow'),
          ('Tidewater', 'live')]


class Server:
    """The stand-in for the service, as a program of its own."""

    def __init__(self, program, folder):
        self.key_file = Path(folder) / 'key'
        self.process = subprocess.Popen([program, '--write-key', str(self.key_file), '--control-port', '0'],
                                        stdout=subprocess.PIPE, text=True)
        self.control, self.url = (self.process.stdout.readline().split()[1] for _ in range(2))

    def post(self, path, **body):
        request = urllib.request.Request(self.control + path, json.dumps(body).encode(), {'Content-Type': 'application/json'})
        urllib.request.urlopen(request).close()

    def end(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


@contextmanager
def keyring():
    """A real one, open; given is what locks it."""
    daemon = subprocess.Popen(['gnome-keyring-daemon', '--foreground', '--components=secrets', '--unlock'],
                              stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    daemon.stdin.write(b'word')
    daemon.stdin.close()
    try:
        wait(has_keyring, 'the keyring')
        yield lambda: bus('org.freedesktop.secrets', '/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.Lock',
                          "['/org/freedesktop/secrets/collection/login']")
    finally:
        daemon.terminate()
        daemon.wait()


@contextmanager
def no_keyring():
    """Something else holds the name: the bus starts none, and nothing answers."""
    holder = subprocess.Popen([sys.executable, '-c', 'from gi.repository import Gio, GLib; Gio.bus_own_name(Gio.BusType.SESSION, '
                               '"org.freedesktop.secrets", 0, None, None, None); GLib.MainLoop().run()'])
    try:
        wait(has_keyring, 'the name of the keyring')
        yield
    finally:
        holder.terminate()
        holder.wait()


def has_keyring():
    return 'true' in bus('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus.NameHasOwner',
                         'org.freedesktop.secrets')


def bus(name, path, method, argument):
    return subprocess.run(['gdbus', 'call', '--session', '--dest', name, '--object-path', path, '--method', method, argument],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout


class States:
    """Mixed into Shots."""

    # --- a server of its own -----------------------------------------------------------------------

    def server(self):
        server = Server(self.args.sandbox, self.folder)
        try:
            with self.part('key'), no_keyring():
                self.without_keyring(server)
            with self.part('keyring'):
                self.keyring_locked(server)
            with self.part('key-refused'):
                self.key_refused(server)
            with self.part('offline'), self.start('--base-url', server.url, '--key-file', str(server.key_file)) as app:
                self.offline(app, server)
        finally:
            server.end()

    def without_keyring(self, server):
        """The key is kept in memory alone: the next start has none."""
        with self.start() as app:
            self.first_key(app, server)
            self.live_pages(app, server)
        with self.start() as app:
            app.resize(*self.wide)
            app.find('label', re.compile('There is no key for this profile'))
            self.picture('key-missing', app)

    def first_key(self, app, server):
        app.resize(*self.wide)
        before = app.top
        app.find(None, re.compile('Enter an API Key')).press()
        frame = wait(lambda: app.top if not app.top.same(before) else None, 'the key dialog')
        frame.find('text', 'Name').set_text('Lantern Mail')
        self.fill_key(app, frame, server, 'key')
        message = wait(lambda: app.top if app.top.all('label', re.compile('There is no keyring')) else None, 'what is said of the keyring')
        self.picture('no-keyring', app, message, (None,))
        message.find('push button', 'Continue').click()
        wait(lambda: app.top.same(before), 'the message to close')

    def fill_key(self, app, frame, server, name):
        """Address and key, tested and kept; pictures where there is a name."""
        if name:
            frame.find('text', 'Address', showing=False).set_text(server.url)
        frame.find(None, re.compile('^API Key'), showing=False).set_text(server.key_file.read_text().strip())
        if name:
            self.picture(f'{name}-filled', app, frame, (None,))
        frame.find('push button', 'Test Connection').click()
        frame.find('label', re.compile('^The key works'))
        if name:
            self.picture(f'{name}-tested', app, frame, (None,))
        frame.find('push button', 'Done').click()

    def live_pages(self, app, server):
        self.section(app, 3, 'Customers')
        app.find(None, re.compile('Brightloom'))
        self.picture('live-customers', app)
        if app.top.all('push button', re.compile('can change')):
            app.keys('ctrl+shift+l')  # locks what was open
        self.dialog(app, 'unlock', 'ctrl+shift+l')
        with self.part('customers-odd'):
            server.post('/fault', kind='garbage', times=99)
            app.keys('F5')
            app.find('label', re.compile('could not be understood'))
            self.picture('customers-odd', app)
        server.post('/clear')

    def keyring_locked(self, server):
        with keyring() as lock:
            with self.start() as app:
                before = app.top
                app.find('push button', 'Enter Key…').click()
                self.fill_key(app, wait(lambda: app.top if not app.top.same(before) else None, 'the key dialog'), server, None)
                wait(lambda: app.top.same(before), 'the dialog to close')
                self.section(app, 3, 'Customers')
                app.find(None, re.compile('Brightloom'))
            lock()
            with self.start() as app:
                app.resize(*self.wide)
                app.find('label', re.compile('The keyring is locked'))
                self.picture('key-locked', app)

    def key_refused(self, server):
        wrong = self.folder / 'wrong'
        wrong.write_text('not-the-key-of-this-service')
        wrong.chmod(0o600)
        with self.start('--base-url', server.url, '--key-file', str(wrong)) as app:
            app.resize(*self.wide)
            app.find('label', re.compile('does not accept this key'))
            self.picture('key-refused', app)

    def offline(self, app, server):
        app.resize(*self.wide)
        self.section(app, 3, 'Customers')
        app.find(None, re.compile('Brightloom'))
        server.process.terminate()
        server.process.wait()
        app.keys('F5')
        app.find('label', re.compile('You are offline'), seconds=120)
        self.picture('customers-offline', app)
        self.section(app, 1, 'Orders')
        self.picture('orders-offline', app)

    # --- orders at every stage ---------------------------------------------------------------------

    def stages(self, app):
        """The page Tracking, and what stands in its place, of orders of fill.py."""
        for text, name in STAGES:
            with self.part(f'wizard7-{name}'):
                app.keys('ctrl+1')
                self.search(app, text.split(',')[0])
                self.open_order(app, text, f'wizard7-{name}')
        app.keys('Escape', 'Escape')

    def open_order(self, app, row, name, keys=()):
        """The window of an order or a draft, after those keys."""
        main = app.top
        app.find(None, re.compile(row), showing=False).press(times=2)
        frame = wait(lambda: app.top if not app.top.same(main) else None, f'the window of {row}')
        app.resize(*self.wide, frame=frame)
        if keys:
            app.keys(*keys)
        self.picture(name, app, frame)
        app.keys('ctrl+w')
        wait(lambda: app.top.same(main), 'the window to close')

    def search(self, app, text):
        app.keys('ctrl+f')
        wait(app.focused, 'the search')
        app.keys('ctrl+a')
        app.type(text)

    # --- the keyboard, and large text --------------------------------------------------------------

    def focus(self, app):
        """The ring of what has the keyboard, from one stop to the next."""
        for number, name in ((1, 'orders'), (2, 'activity'), (3, 'customers')):
            with self.part(f'focus-{name}'):
                app.keys(f'ctrl+{number}')
                for stop in range(1, 6):
                    app.keys('Tab')
                    self.picture(f'focus-{name}-{stop}', app, sizes=(None,))

    @contextmanager
    def double(self):
        """Text of twice the size, as the X server tells it to programs; and pictures named so."""
        self.prefix = 'double-'
        try:
            tell_dpi(192)
            yield
        finally:
            self.prefix = ''
            tell_dpi(96)


def tell_dpi(dpi):
    """What each window made from now on takes for the size of text."""
    name = 'RESOURCE_MANAGER'
    subprocess.run(['xprop', '-root', '-f', name, '8s', '-set', name, f'Xft.dpi:\t{dpi}\n'], check=True)
