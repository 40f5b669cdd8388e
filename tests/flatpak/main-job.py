#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""main-job.py SHOTS: the main job inside the sandbox of the installed Flatpak. The pictures come through portals:
chosen in the desktop's file chooser, dropped and pasted from a program outside of the sandbox."""

import re
import shutil
import sys
from argparse import Namespace

import sandboxed
from sandboxed import Sandboxed  # noqa: E402  (finds the driver)

import gestures  # noqa: E402
import portal_chooser  # noqa: E402
from driver import wait  # noqa: E402
from job import PORTRAITS, MainJob  # noqa: E402


class InFlatpak(MainJob):
    def start(self):
        # A home that has never seen it: the first run is what comes.
        return Sandboxed(['--sandbox-speed', '12'])

    def choose(self, app, folder, open_chooser):
        open_chooser()
        portal_chooser.choose_all(folder)

    def drop_folder(self, app, folder, target):
        """Portals before 1.18 pass on files alone: the window says so and offers the chooser."""
        gestures.drop(app, [folder], target)
        said = re.compile('^What was dropped could not be read')
        app.find('label', said)
        # One in the bar, and one beside what is said.
        instead = wait(lambda: app.top.all('push button', 'Add Folder…')[1:], 'the chooser to be offered')[-1]
        self.shot('pictures-folder-dropped', app)
        instead.click()
        portal_chooser.choose_folder(folder)
        app.gone('label', said)
        self.placed(app.top, 6)
        self.paste(app, folder)

    def paste(self, app, folder):
        """From a program outside of the sandbox: a picture, and a file, which comes through the document portal."""
        face = shutil.copy(PORTRAITS / 'person-02.jpg', folder / 'mei tanaka (2).jpg')
        for copied, becomes in (['--picture', 'image/jpeg', face], 'placed by you'), ([face], '2 files fit'):
            with gestures.clipboard(*copied):
                app.find('table cell', re.compile('^Mei Tanaka, .*matched by name$')).press()
                app.keys('ctrl+v')
                app.find('table cell', re.compile(f'^Mei Tanaka, .*{becomes}$'))
            self.shot(f'pictures-pasted-{becomes.replace(" ", "-")}', app)
            app.keys('ctrl+z')

    def data(self):
        return sandboxed.data_folder()


def main():
    job = InFlatpak(Namespace(waybill=None, shots=sys.argv[1], base_url=None, key_file=None))
    try:
        print(job.go(), flush=True)
    finally:
        shutil.rmtree(job.folder, ignore_errors=True)


if __name__ == '__main__':
    main()
