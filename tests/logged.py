#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""logged.py LOG NAME CMD...: runs CMD, shows what it says, and adds its result to LOG.json as Meson would, for
count.py, and what it said to LOG.txt. Exit: that of CMD; one that takes ten minutes is ended."""

import json
import subprocess
import sys
import threading

LIMIT_S = 600


def run(argv):
    """(exit status, what it said)."""
    process = subprocess.Popen(argv, text=True, errors='replace', stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    limit = threading.Timer(LIMIT_S, process.terminate)
    limit.start()
    lines = []
    for line in process.stdout:
        lines.append(line)
        print(line, end='', flush=True)
    limit.cancel()
    return process.wait(), ''.join(lines)


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
