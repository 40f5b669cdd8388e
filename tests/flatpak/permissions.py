#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""permissions.py SANDBOX-PROGRAM SHOTS: takes from the installed Flatpak one permission of permissions.txt at a time,
and holds what breaks, and what is said of it, against what stands there. As TAP."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
from contextlib import contextmanager
from pathlib import Path

import sandboxed
from keys import customers, enter_key, try_key
from lists import listed
from sandboxed import ID, Sandboxed, flatpak  # noqa: E402  (finds the driver)

from driver import DEADLINE_S, wait, windows_of  # noqa: E402
from shots_states import Server, keyring  # noqa: E402

SHOTS = Path(sys.argv[2])
AS_FOR_USERS = {'GDK_BACKEND': None, 'GSK_RENDERER': None, 'GDK_DISABLE': None}
NO_NETWORK = re.compile('Waybill may not use the network')


def without(permission):
    """The option of flatpak run that takes it away."""
    kind, name = permission.removeprefix('--').split('=')
    return [{'share': '--unshare', 'socket': '--nosocket', 'device': '--nodevice'}[kind] + f'={name}']


def inside(script, options=(), env=()):
    """What a shell in the sandbox says."""
    argv = sandboxed.command('-c', script, env=env, options=[*options, '--command=sh'])
    return subprocess.run(argv, check=True, text=True, stdout=subprocess.PIPE).stdout


class OnWayland(Sandboxed):
    """Its windows are on no X server."""

    def __init__(self, argv, options=()):
        super().__init__(argv, options, AS_FOR_USERS)

    def windows(self):
        return {}

    def frames(self):
        return [node for node in self.root.children if node.name]


@contextmanager
def wayland():
    """A Wayland compositor whose screen is a window of the X server, for pictures."""
    name = 'waybill-wayland'
    weston = subprocess.Popen(['weston', '--backend=x11-backend.so', '--use-pixman', '--shell=kiosk-shell.so', '--idle-time=0',
                               '--width=1000', '--height=700', f'--socket={name}'],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.environ['WAYLAND_DISPLAY'] = name
    try:
        wait((Path(os.environ['XDG_RUNTIME_DIR']) / name).is_socket, 'the Wayland compositor')
        yield
    finally:
        del os.environ['WAYLAND_DISPLAY']
        weston.terminate()
        weston.wait()


def works(app):
    """The built-in sandbox is open and answers."""
    app.find('push button', 'New Order')
    app.find('label', 'Connected')


def no_display(*options):
    """It ends, and says on stderr what no window can say."""
    ran = subprocess.run(sandboxed.command('--sandbox', env=AS_FOR_USERS.items(), options=options), text=True,
                         stderr=subprocess.PIPE, timeout=DEADLINE_S)
    assert ran.returncode == 1, f'it ended with {ran.returncode}: {ran.stderr}'
    assert 'Waybill found no display: neither Wayland nor X11 can be reached.' in ran.stderr, ran.stderr
    assert f'flatpak override --user --socket=wayland --socket=fallback-x11 {ID}' in ran.stderr, ran.stderr


# --- a permission each: what is lost without -----------------------------------------------------


def network(options, server):
    """Nothing is sent or read; the window opens with what was stored, and says what gives it back."""
    with keyring():
        with Sandboxed([]) as app:
            main = enter_key(app, server)
            wait(lambda: app.top.same(main), 'the dialog to close')
            customers(app)
        with Sandboxed([], options) as app:
            customers(app)
            said = app.find('label', NO_NETWORK).name
            assert f'flatpak override --user --share=network {ID}' in said, said
            app.find('push button', 'Copy Command').click()
            app.find('label', 'Copied')
            app.shot(SHOTS / 'without-network.png', app.top)


def network_at_first(options, server):
    """The dialog that takes the first key says the same."""
    with keyring(), Sandboxed([], options) as app:
        dialog = try_key(app, server)
        dialog.find('label', NO_NETWORK)
        app.shot(SHOTS / 'without-network-key.png', dialog)


def network_sandbox(options, _server):
    """The built-in sandbox works: its server is in the same process, and so is the loopback."""
    with Sandboxed(['--sandbox'], options) as app:
        works(app)


def descendants(pid):
    children = [int(child) for task in Path(f'/proc/{pid}/task').iterdir() for child in (task / 'children').read_text().split()]
    return [pid, *(below for child in children for below in descendants(child))]


def shared_memory(app):
    """Segments of X11 shared memory that it has made, as seen from outside."""
    own = descendants(app.process.pid)
    rows = [line.split() for line in Path('/proc/sysvipc/shm').read_text().splitlines()[1:]]
    return [row for row in rows if int(row[4]) in own]


def ipc(options, _server):
    """Pictures go to the X server through its socket, not through memory: the same ones, slower."""
    with Sandboxed(['--sandbox']) as app:
        works(app)
        wait(lambda: shared_memory(app), 'shared memory with the X server')
    with Sandboxed([]) as app:
        app.find(None, re.compile('Try It First'))
        with_it = app.settled(app.top)
    with Sandboxed([], options) as app:
        app.find(None, re.compile('Try It First'))
        assert app.settled(app.top) == with_it, 'the window looks different'
        assert not shared_memory(app), 'it has shared memory with the X server'


def on_wayland(_options, _server):
    """With all permissions it is on Wayland, and X11 is out of its reach."""
    with wayland():
        said = inside('echo "$WAYLAND_DISPLAY,$DISPLAY,"; ls /tmp/.X11-unix', env=AS_FOR_USERS.items())
        assert said.split() == ['wayland-0,,'], said
        with OnWayland(['--sandbox']) as app:
            works(app)
            assert not windows_of('--class', 'waybill'), 'it has windows on the X server'
            subprocess.run(['import', '-window', 'root', SHOTS / 'on-wayland.png'], check=True)


def wayland_lost(options, _server):
    """X11 steps in, through fallback-x11."""
    with wayland(), Sandboxed(['--sandbox'], options, {'GDK_BACKEND': None}) as app:
        works(app)
        assert app.windows(), 'it has no windows on the X server'


def fallback_lost(options, _server):
    """On Wayland nothing is missed; where there is none it cannot open its window."""
    with wayland(), OnWayland(['--sandbox'], options) as app:
        works(app)
    no_display(*options)


def both_lost(options, _server):
    with wayland():
        no_display(*options, '--nosocket=wayland')


def dri(options, _server):
    """The processor draws, as it does on a machine without a graphics card."""
    cards = sorted(os.listdir('/dev/dri')) if os.path.isdir('/dev/dri') else []
    if not cards:
        print('# no graphics card here: with and without is the same')
    look = 'ls /dev/dri 2>/dev/null || true'
    assert inside(look).split() == cards
    assert inside(look, options).split() == []
    with Sandboxed(['--sandbox'], options, {**AS_FOR_USERS, 'GDK_BACKEND': 'x11'}) as app:
        works(app)


CASES = {
    '--share=network': [network, network_at_first, network_sandbox],
    '--share=ipc': [ipc],
    '--socket=wayland': [on_wayland, wayland_lost],
    '--socket=fallback-x11': [fallback_lost, both_lost],
    '--device=dri': [dri],
}


def all_have_cases(_options, _server):
    assert listed('permissions.txt') == list(CASES), f'the list and {list(CASES)} differ'


def run(number, name, case, options, server):
    try:
        case(options, server)
    except Exception:
        print(f'not ok {number} - {name}', flush=True)
        traceback.print_exc()
        return False
    finally:
        shutil.rmtree(sandboxed.data_folder().parent, ignore_errors=True)
    print(f'ok {number} - {name}', flush=True)
    return True


def main():
    cases = [('each permission has its cases', all_have_cases, [])]
    cases += [(f'{permission}: {case.__name__.replace("_", " ")}', case, without(permission))
              for permission, those in CASES.items() for case in those]
    folder = tempfile.mkdtemp(prefix='waybill-permissions-')
    server = Server(sys.argv[1], folder)
    print(f'1..{len(cases)}')
    try:
        results = [run(number, *case, server) for number, case in enumerate(cases, 1)]
    finally:
        server.end()
        shutil.rmtree(folder)
    return 0 if all(results) else 1


if __name__ == '__main__':
    sys.exit(main())
