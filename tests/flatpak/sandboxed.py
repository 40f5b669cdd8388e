# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The installed Flatpak under the driver. Its process is hidden by a sandbox of its own: on the accessibility
bus it is known by its name, and its windows bear the number that it has inside."""

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / 'acceptance'))

from driver import App, windows_of  # noqa: E402

ID = 'io.github.waybill.Waybill'
# Of with-ui.sh's, for programs that are not shut in.
NOT_INSIDE = ('GTK_USE_PORTAL', 'ADW_DISABLE_PORTAL', 'GSETTINGS_BACKEND', 'GSETTINGS_SCHEMA_DIR', 'GIO_USE_VFS', 'LD_PRELOAD',
              'GDK_BACKEND', 'GDK_DEBUG', 'GDK_DISABLE', 'GSK_RENDERER')
# In the runtime that stands in for GNOME's (standin.sh).
PRELOAD = '/usr/lib/waybill-tests/libnewest-gtk.so'


def flatpak(*words, **keys):
    return subprocess.run(['flatpak', *words], check=True, text=True, stdout=subprocess.PIPE, **keys).stdout


def command(*words, env=(), options=()):
    """argv that runs it in its sandbox; None in `env` leaves a setting to the program."""
    settings = {'GDK_BACKEND': 'x11', 'GSK_RENDERER': 'cairo', 'GDK_DISABLE': 'gl', 'GTK_A11Y': 'atspi',
                'G_DEBUG': 'fatal-warnings', 'LD_PRELOAD': PRELOAD, **dict(env)}
    settings = {name: value for name, value in settings.items() if value is not None}
    return ['flatpak', 'run', '--user', *(f'--unset-env={name}' for name in NOT_INSIDE if name not in settings),
            *(f'--env={name}={value}' for name, value in settings.items()), *options, ID, *words]


class Sandboxed(App):
    """Sandboxed(['--sandbox']): its arguments alone."""

    def __init__(self, argv, options=(), env=None):
        self.options = options
        super().__init__([ID, *argv], env)

    def start(self, argv, env):
        self.newer = True
        return subprocess.Popen(command(*argv[1:], env=env.items(), options=self.options))

    def is_own(self, accessible):
        return accessible.get_name() == 'waybill'

    def windows(self):
        return windows_of('--class', 'waybill')

    def end(self):
        self.listener.deregister('object:state-changed:focused')
        if self.process.poll() is None:
            flatpak('kill', ID)
        return self.exited()


def data_folder():
    """Where it keeps its files, outside of the sandbox."""
    return Path(os.environ['HOME']) / '.var/app' / ID / 'data'
