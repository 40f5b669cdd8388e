# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""permissions.txt and libraries.txt, and what holds something against them; results as TAP."""

import re
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent


def listed(name):
    """The first word of each line; what is indented tells more of the line above."""
    lines = (HERE / name).read_text(encoding='utf-8').splitlines()
    return [line.split()[0] for line in lines if line and line[0] not in '# ']


def same(what, found, wanted):
    return [f'{what}: {item} is not in the list' for item in found if item not in wanted] + \
           [f'{what}: {item} is in the list alone' for item in wanted if item not in found]


def foreign_libraries(program):
    dynamic = subprocess.run(['readelf', '-d', program], check=True, text=True, stdout=subprocess.PIPE).stdout
    found = re.findall(r'\(NEEDED\).*\[(.+?)\.so', dynamic)
    allowed = listed('libraries.txt')
    return [f'{name} is in no runtime' for name in found if name not in allowed] + \
           ([] if 'libgtk-4' in found else [f'{program} is not what was meant: it has no GTK'])


def tap(checks, *args):
    """Each check gives its faults as texts. Returns the exit status."""
    print(f'1..{len(checks)}')
    failed = False
    for number, check in enumerate(checks, 1):
        faults = check(*args)
        failed |= bool(faults)
        for fault in faults:
            print(f'# {fault}')
        print(f'{"not ok" if faults else "ok"} {number} /flatpak/{check.__name__}')
    return 1 if failed else 0
