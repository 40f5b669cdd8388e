# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all benchmarks stand on: programs run in turns, and what they took."""

import os
import re
import statistics
import subprocess
import threading
from pathlib import Path
from time import monotonic

ROUNDS = 5


class Absent(Exception):
    """A program that the benchmark needs is not there."""


class Wrong(Exception):
    """A program did not do what was measured."""


class Peak(threading.Thread):
    """The peak of a process's memory, looked at while it runs: what wait4() tells knows the size of
    whoever started it as well."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.status, self.kib, self.over = Path(f'/proc/{pid}/status'), 0, threading.Event()
        self.start()

    def run(self):
        while not self.over.wait(0.01):
            try:
                found = re.search(r'^VmHWM:\s*(\d+)', self.status.read_text(), re.M)
            except OSError:
                return
            self.kib = max(self.kib, int(found.group(1)) if found else 0)

    def stop(self):
        self.over.set()
        self.join()
        return self.kib


class Run:
    """What one run of a command took: wall time, peak of memory, and the figures it printed."""

    def __init__(self, argv, quiet=False, env=None):
        start = monotonic()
        process = subprocess.Popen([str(word) for word in argv], stdout=subprocess.PIPE, text=True, env=env,
                                   stderr=subprocess.DEVNULL if quiet else None)
        watcher = Peak(process.pid)
        output = process.stdout.read()
        self.peak_mib = watcher.stop() / 1024
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.seconds = monotonic() - start
        self.cpu = usage.ru_utime + usage.ru_stime
        process.stdout.close()
        self.figures = {name: float(value) for name, value in re.findall(r'(\w+)=(-?[0-9.]+)', output)}
        if process.returncode != 0:
            raise Wrong(f'{Path(argv[0]).name} ended with {process.returncode}: {output[-200:]}')


def in_turns(*actions, rounds=ROUNDS):
    """Each action's runs, taken in turns; one round before counts for nothing (caches)."""
    runs = [[] for _ in actions]
    for count in range(rounds + 1):
        for kept, action in zip(runs, actions):
            run = action()
            if count:
                kept.append(run)
    return runs


def median(runs, figure):
    return statistics.median(figure(run) for run in runs)


def seconds(run):
    return run.seconds
