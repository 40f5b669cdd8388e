#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The running program: no core file may hold the key, no file of it is open to others (security.md, 9 and 19), and
its window waits for no disk.

Inside with-ui.sh: check-process.py PROGRAM
"""

import os
import subprocess
import sys
import time
import uuid

DEADLINE_S = 30
TICK_S = 0.02


def read(pid, name):
    with open(f"/proc/{pid}/{name}", encoding="utf-8") as file:
        return file.read()


def core_limits(pid):
    for line in read(pid, "limits").splitlines():
        if line.startswith("Max core file size"):
            return line.split()[4:6]
    return None


def umask(pid):
    for line in read(pid, "status").splitlines():
        if line.startswith("Umask:"):
            return line.split()[1]
    return None


def private(path):
    """Everything under the path that others could read."""
    found = [path] if os.path.isdir(path) else []
    for folder, folders, files in os.walk(path):
        found += [os.path.join(folder, name) for name in folders + files]
    return [name for name in found if os.lstat(name).st_mode & 0o077 and not os.path.islink(name)]


def wait(what, condition, process):
    end = time.monotonic() + DEADLINE_S
    while not condition():
        if time.monotonic() > end:
            sys.exit(f"not ok 1 - {what} did not come")
        try:
            sys.exit(f"not ok 1 - it ended with {process.wait(TICK_S)} before {what}")
        except subprocess.TimeoutExpired:
            pass


def shown(process):
    return subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(process.pid)], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL).returncode == 0


def read_from(fifo):
    """Whether somebody waits for what comes out of it; then he gets the end."""
    try:
        os.close(os.open(fifo, os.O_WRONLY | os.O_NONBLOCK))
    except OSError:
        return False
    return True


def check_slow_disk(data):
    """A profile's file that does not answer, as on a network's disk: a FIFO that nobody writes to."""
    folder = os.path.join(data, "waybill", "profiles", str(uuid.uuid4()))
    os.makedirs(folder, mode=0o700)
    fifo = os.path.join(folder, "profile.ini")
    os.mkfifo(fifo, 0o600)
    process = subprocess.Popen([sys.argv[1]], stdout=subprocess.DEVNULL)
    try:
        wait("a window while the disk is silent", lambda: shown(process), process)
        wait("the worker", lambda: read_from(fifo), process)
        print("ok 4 - a window before the disk answers")
    finally:
        process.terminate()
        process.wait()


def check_no_display():
    """One sentence instead of a window."""
    env = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    ran = subprocess.run([sys.argv[1], "--sandbox"], env=env, text=True, stderr=subprocess.PIPE, timeout=DEADLINE_S)
    if ran.returncode != 1 or not ran.stderr.startswith("Waybill found no display:"):
        sys.exit(f"not ok 5 - without a display it ends with {ran.returncode}, saying {ran.stderr!r}")
    print("ok 5 - without a display it says so")


def main():
    data = os.path.join(os.environ["XDG_DATA_HOME"])
    os.umask(0o022)
    process = subprocess.Popen([sys.argv[1], "--sandbox"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        def journals():
            return [os.path.join(folder, name) for folder, _, files in os.walk(data) for name in files if name == "journal.db"]

        wait("a profile", journals, process)
        print("1..5")
        limits = core_limits(process.pid)
        print("ok 1 - no core file" if limits == ["0", "0"] else f"not ok 1 - core files of {limits}")
        mask = umask(process.pid)
        print("ok 2 - umask 077" if mask == "0077" else f"not ok 2 - umask {mask}")
        opened = private(os.path.dirname(os.path.dirname(os.path.dirname(journals()[0]))))
        print("not ok 3 - open to others: " + " ".join(opened) if opened else "ok 3 - nothing is open to others")
    finally:
        process.terminate()
        process.wait()
    check_slow_disk(data)
    check_no_display()
    return 0 if limits == ["0", "0"] and mask == "0077" and not opened else 1


if __name__ == "__main__":
    sys.exit(main())
