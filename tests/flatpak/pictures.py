#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""pictures.py BUILD: the suite of pictures inside the sandbox of the installed Flatpak, by the libraries of its runtime
and with what the Flatpak may do and no more. BUILD is Debian testing's, of which the runtime is made as well: its programs
can be read in there for this once. As TAP, a line a program. In session.sh."""

import json
import subprocess
import sys
from pathlib import Path

from sandboxed import ID

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / 'tests'))

from count import tap_cases  # noqa: E402


def programs(build):
    """As Meson would run them; the tree has the sources in a place of its own."""
    text = (build / 'meson-info/intro-tests.json').read_text(encoding='utf-8')
    tests = json.loads(text.replace('"/src/', f'"{TOP}/').replace('=/src/', f'={TOP}/'))
    return [test for test in tests if test['suite'] == ['waybill:media']]


def run(build, test):
    program, *words = test['cmd']
    return subprocess.run(['flatpak', 'run', '--user', f'--filesystem={build}:ro', f'--cwd={build}', f'--command={program}',
                           *(f'--env={name}={value}' for name, value in test['env'].items()), ID, *words],
                          text=True, timeout=test['timeout'], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def main():
    build = Path(sys.argv[1]).resolve()
    tests, cases, bad = programs(build), 0, 0
    print(f'1..{len(tests)}')
    for number, test in enumerate(tests, 1):
        ran = run(build, test)
        passed, failed, skipped = tap_cases(ran.stdout)
        good = ran.returncode == 0 and not failed and (passed or test['protocol'] != 'tap')
        cases, bad = cases + passed, bad + (not good)
        for line in [] if good else ran.stdout.splitlines():
            print(f'# {line}')
        print(f'{"ok" if good else "not ok"} {number} - {test["name"]}, {passed} cases', flush=True)
    print(f'# pictures in the sandbox: {len(tests)} programs, {cases} cases, {bad} failed')
    return 1 if bad or not cases else 0


if __name__ == '__main__':
    sys.exit(main())
