#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""keys.py SANDBOX-PROGRAM: the key of a profile inside the Flatpak: kept through the Secret portal over a restart,
in no file of its own as it is; and with no keyring at all, said and kept until it quits. As TAP."""

import re
import shutil
import sys
import tempfile

import sandboxed
from sandboxed import Sandboxed  # noqa: E402  (finds the driver)

from driver import wait  # noqa: E402
from shots_states import Server, keyring, no_keyring  # noqa: E402


def try_key(app, server):
    """The dialog, as it says what became of it."""
    before = app.top
    app.find(None, re.compile('Enter an API Key')).press()
    dialog = wait(lambda: app.top if not app.top.same(before) else None, 'the key dialog')
    dialog.find('text', 'Name').set_text('Lantern Mail')
    dialog.find('text', 'Address', showing=False).set_text(server.url)
    dialog.find(None, re.compile('^API Key'), showing=False).set_text(server.key_file.read_text().strip())
    dialog.find('push button', 'Test Connection').click()
    return dialog


def enter_key(app, server):
    before = app.top
    dialog = try_key(app, server)
    dialog.find('label', re.compile('^The key works'))
    dialog.find('push button', 'Done').click()
    return before


def customers(app):
    app.keys('ctrl+3', 'F5')
    app.find(None, re.compile('Brightloom'))


def nowhere_as_it_is(key):
    """Every file that it has written, its keyring too: that one is encrypted."""
    home = sandboxed.data_folder().parent
    files = [path for path in home.rglob('*') if path.is_file()]
    assert any(path.suffix == '.keyring' for path in files), f'no keyring of its own among {files}'
    for path in files:
        assert key not in path.read_bytes(), f'the key is in {path}'


def with_keyring(server):
    with keyring():
        with Sandboxed([]) as app:
            main = enter_key(app, server)
            wait(lambda: app.top.same(main), 'the dialog to close')
            customers(app)
        nowhere_as_it_is(server.key_file.read_bytes().strip())
        with Sandboxed([]) as app:
            customers(app)
            app.find('label', 'Connected')
            app.gone('label', re.compile('There is no key'))


def without_keyring(server):
    with no_keyring(), Sandboxed([]) as app:
        main = enter_key(app, server)
        message = wait(lambda: app.top if app.top.all('label', re.compile('There is no keyring')) else None, 'what is said of the keyring')
        message.find('push button', 'Continue').click()
        wait(lambda: app.top.same(main), 'the message to close')
        customers(app)


def main():
    folder = tempfile.mkdtemp(prefix='waybill-keys-')
    server = Server(sys.argv[1], folder)
    try:
        print('1..2')
        for number, case in enumerate((with_keyring, without_keyring), 1):
            case(server)
            print(f'ok {number} - {case.__name__.replace("_", " ")}', flush=True)
            shutil.rmtree(sandboxed.data_folder().parent)
    finally:
        server.end()
        shutil.rmtree(folder)


if __name__ == '__main__':
    main()
