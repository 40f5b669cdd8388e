#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""logged.py LOG NAME CMD...: runs CMD, shows what it says, and adds its result to LOG.json as Meson would, for
count.py, and what it said to LOG.txt. Exit: that of CMD; one that takes ten minutes is ended."""

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress

LIMIT_S, TIDY_S = 600, 20


def end(process):
    """All that it has started, so that nobody holds on to its output: first with time to tidy up."""
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(TIDY_S)
    except subprocess.TimeoutExpired:
        pass
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def run(argv):
    """(exit status, what it said)."""
    process = subprocess.Popen(argv, text=True, errors='replace', stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               start_new_session=True)
    limit = threading.Timer(LIMIT_S, end, [process])
    limit.start()
    lines = []
    try:
        for line in process.stdout:
            lines.append(line)
            print(line, end='', flush=True)
        return process.wait(), ''.join(lines)
    except KeyboardInterrupt:
        end(process)
        raise
    finally:
        limit.cancel()


def main(log, name, *argv):
    status, said = run(argv)
    entry = {'name': name, 'result': 'OK' if status == 0 else 'FAIL', 'returncode': status, 'stdout': said}
    with open(f'{log}.json', 'a', encoding='utf-8') as file:
        print(json.dumps(entry), file=file)
    with open(f'{log}.txt', 'a', encoding='utf-8') as file:
        print(f'=== {name}: {status}\n{said}', file=file)
    return status if status >= 0 else 1


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
