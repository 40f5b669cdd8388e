#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""background.py: without a window the installed Flatpak goes on watching an order and says so; a second start, and the
notification, lead back to the one that runs."""

import os
import re
import subprocess

import sandboxed
from sandboxed import Sandboxed  # noqa: E402  (finds the driver)

import fill  # noqa: E402
from driver import wait  # noqa: E402
from notifications import Notifications  # noqa: E402

ROW = re.compile('^Copperline')  # an order of fill.py that is still being made


def first_run():
    with Sandboxed([]) as app:
        app.find(None, re.compile('Try It First')).press()
        app.find('label', 'No Orders Yet')
        app.keys('ctrl+3')
        app.find(None, re.compile('Brightloom'))
        # The page that is shown next time.
        app.keys('ctrl+1')
        app.find('label', 'No Orders Yet')
        app.keys('ctrl+q')
        app.exited()
    os.environ['XDG_DATA_HOME'] = str(sandboxed.data_folder())
    os.environ['XDG_CACHE_HOME'] = str(sandboxed.data_folder().parent / 'cache')
    fill.fill(data='waybill')


def start_again():
    subprocess.run(sandboxed.command(), check=True, timeout=60)


def main():
    notifications = Notifications()
    first_run()
    with Sandboxed([]) as app:
        app.find('list item', ROW)
        for way_back in start_again, notifications.press:
            app.keys('ctrl+w')
            wait(lambda: not app.windows(), 'the window to close')
            wait(lambda: notifications.open() == ['Waybill keeps watching 1 order.'], 'the notification')
            way_back()
            app.find('list item', ROW)
            wait(lambda: not notifications.open(), 'the notification to go')
        app.keys('ctrl+q')
        if app.exited() != 0:
            raise SystemExit('it did not end as it should')
    print('without a window it watches 1 order, and two ways lead back to it', flush=True)


if __name__ == '__main__':
    main()
