#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""names.py --waybill PROGRAM --server SANDBOX: a customer, people and a profile whose names look like markup and like a format walk
through every page. Each name is shown as it is, everywhere; what GTK would say of broken markup ends the
program (G_DEBUG=fatal-warnings)."""

import argparse
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import fill
from driver import App, wait
from job import MainJob
from notifications import Notifications

NAME = 'A & B <b> “x” %s'
CUSTOMER = 'Brightloom'  # whom the name is given to
# What isolates a name in a sentence, and takes no room.
ISOLATES = re.compile('[\u2066-\u2069]')


def texts(top):
    """All that is written or said in a window."""
    for node in [top, *top.walk()]:
        for text in (node.name, node.description, node.text if node.role in ('text', 'entry') else ''):
            if text:
                yield ISOLATES.sub('', text)


class Renaming(BaseHTTPRequestHandler):
    """Stands before the sandbox and gives one customer the name, as another program could have."""
    protocol_version = 'HTTP/1.1'
    server_url = ''  # scheme, host and port of the sandbox

    def pass_on(self):
        body = self.rfile.read(int(self.headers.get('Content-Length', 0)))
        headers = {name: value for name, value in self.headers.items() if name.lower() not in ('host', 'accept-encoding')}
        request = urllib.request.Request(self.server_url + self.path, body or None, headers, method=self.command)
        try:
            answer = urllib.request.urlopen(request)
        except urllib.error.HTTPError as refusal:
            answer = refusal
        with answer:
            data = answer.read().replace(json.dumps(CUSTOMER).encode(), json.dumps(NAME).encode())
            self.send_response(answer.status)
            self.send_header('Content-Type', answer.headers.get('Content-Type', 'application/json'))
            self.send_header('Content-Length', str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    do_GET = do_POST = do_PUT = pass_on

    def log_message(self, *_):
        pass


class Names(MainJob):
    def argv(self):
        return [self.args.waybill, '--base-url', self.args.base_url, '--key-file', self.args.key_file]

    def domains(self):
        return ['markup-names.example']

    def serve(self):
        self.args.key_file = str(self.folder / 'key')
        self.sandbox = subprocess.Popen([self.args.server, '--write-key', self.args.key_file, '--control-port', '0',
                                         '--speed', '12'], stdout=subprocess.PIPE, text=True)
        self.sandbox.stdout.readline()
        url = urlsplit(self.sandbox.stdout.readline().split()[1])
        Renaming.server_url = f'{url.scheme}://{url.netloc}'
        self.proxy = ThreadingHTTPServer(('127.0.0.1', 0), Renaming)
        threading.Thread(target=self.proxy.serve_forever, daemon=True).start()
        self.args.base_url = f'http://127.0.0.1:{self.proxy.server_port}{url.path}'

    def end(self):
        self.proxy.shutdown()
        self.proxy.server_close()
        self.sandbox.terminate()
        self.sandbox.wait()
        self.sandbox.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def go(self):
        self.rename()
        self.notifications = Notifications()
        with App(self.argv()) as app:
            self.app = app
            app.find('list item', re.compile('^' + re.escape(NAME)))
            self.lists()
            self.wizard()
        print('every page shows the name as it is')

    # --- the name --------------------------------------------------------------------------------

    def rename(self):
        """The journal of some weeks, and the profile."""
        with App(self.argv()) as app:
            app.keys('ctrl+3')
            app.find('list item', re.compile('^' + re.escape(NAME)))
        folder = fill.fill(data='waybill-test')
        with sqlite3.connect(os.path.join(folder, 'journal.db')) as db:
            for table in 'orders', 'drafts', 'operations':
                db.execute(f'UPDATE {table} SET customer = ? WHERE customer IN (?, ?)', (NAME, CUSTOMER, 'Papertrail Legal'))
            db.execute('UPDATE order_mailboxes SET first_name = ?, last_name = ?', (NAME, NAME))
        self.replace(os.path.join(folder, 'profile.ini'), '^name=.*$', f'name={NAME}')

    def replace(self, path, pattern, text):
        with open(path) as file:
            old = file.read()
        with open(path, 'w') as file:
            file.write(re.sub(pattern, lambda _: text, old, flags=re.M))

    # --- how it is looked for --------------------------------------------------------------------

    def literal(self, what, top=None, name=NAME):
        """Somewhere in the window, nowhere cut at a sign, nowhere as entities."""
        def found():
            said = list(texts(top or self.app.top))
            wrong = [text for text in said if re.search('&(amp|lt|gt|quot|#\\d+);', text)
                     or (NAME.split('<')[0] in text.replace(NAME, ''))]
            assert not wrong, f'{what}: {wrong}'
            return any(name in text for text in said)
        wait(found, f'“{name}” in {what}')
        print(what, flush=True)

    def sheet(self, what, title, *keys):
        """A window opened by keys, which has the name; closed by Esc."""
        self.app.keys(*keys)
        frame = self.app.window(title)
        self.literal(what, frame)
        self.app.focus_window(frame)
        self.app.keys('Escape')
        wait(lambda: frame.name not in [f.name for f in self.app.frames()], f'{what} to close')
        self.app.focus_window()

    # --- the pages -------------------------------------------------------------------------------

    def lists(self):
        app = self.app
        app.resize(1260, 800)
        for key, page in ((1, 'Orders'), (2, 'Activity'), (3, 'Customers')):
            app.keys(f'ctrl+{key}')
            row = app.find(None, re.compile('^(Pay and start an order|' + re.escape(NAME) + ')'))
            row.press()
            app.find('label', re.compile(re.escape(NAME) if key != 2 else 'Pay and start an order'))
            self.literal(page)
        self.form()
        app.keys('Escape', 'Escape', 'ctrl+1')
        app.find('list item', re.compile(re.escape(NAME) + '.*Draft')).press()
        self.sheet('deleting a draft', re.compile('^Delete the Draft'), 'Delete')
        app.find('push button', re.compile('^Sandbox, |' + re.escape(NAME))).click()
        self.literal('the profiles')
        app.keys('Escape')
        self.tracking()

    def form(self):
        """What an entry of a row holds is not on the bus; that it opens is enough. The name is searched for."""
        app = self.app
        app.keys('F2')
        app.focus_window(app.window('Edit Customer'))
        app.keys('Escape')
        wait(lambda: len(app.frames()) == 1, 'the form to close')
        app.keys('ctrl+f')
        entry = app.find('entry', re.compile('^Search'))
        entry.set_text(NAME)
        app.find('list item', re.compile('^' + re.escape(NAME)))
        entry.set_text(NAME + 'zzz')
        self.literal('no match', name=f'“{NAME}zzz”')

    def tracking(self):
        """An order of earlier, people and all."""
        self.app.find('list item', re.compile(re.escape(NAME) + '.*Partly')).press()
        self.app.keys('Return')
        window = self.app.window(re.compile(re.escape(NAME)))
        self.literal('Tracking', window)
        self.app.focus_window(window)
        self.app.keys('ctrl+w')
        wait(lambda: len(self.app.frames()) == 1, 'the order to close')

    # --- the wizard ------------------------------------------------------------------------------

    def wizard(self):
        app = self.app
        window = self.new_order(app)
        window.find('entry', re.compile('^Search customers')).set_text(NAME)
        window.find('list item', re.compile('^' + re.escape(NAME)))
        self.literal('Customer', window)
        app.keys('Return')
        window.find('text', 'Names to add')
        app.type(self.names[0])
        app.keys('Return')
        window.find('list item', re.compile(', Available'))
        self.literal('Domains', window)
        self.people(window)
        app.keys('alt+5')
        window.find(None, 'Options')
        self.literal('Options', window)
        app.keys('alt+6')
        window.find('label', re.compile('^For .*' + re.escape(NAME)))
        self.literal('Review', window)
        self.kept(window)

    def people(self, window):
        app = self.app
        app.keys('alt+3', 'ctrl+g')
        window.find('text', 'People, one on each line').set_text(NAME)
        window.find('push button', re.compile('^Fill .*Row')).click()
        window.find('label', '1 row filled')  # it takes the newest GTK a moment
        self.literal('Mailboxes', window)
        app.keys('alt+4')
        window.find('push button', 'Add Pictures…')
        window.find('push button', 'Choose for 1 Mailbox by Hand').click()
        window.find('table cell', re.compile('^' + re.escape(NAME)))
        self.literal('Pictures', window)

    def kept(self, window):
        self.app.keys('ctrl+w')
        wait(lambda: len(self.app.frames()) == 1, 'the wizard to close')
        self.literal('the toast', name=f'Draft for {NAME} kept')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--waybill', required=True)
    parser.add_argument('--server', required=True)
    args = parser.parse_args()
    args.base_url = args.shots = None
    job = Names(args)
    job.serve()
    try:
        job.go()
    finally:
        job.end()
    return 0


if __name__ == '__main__':
    sys.exit(main())
