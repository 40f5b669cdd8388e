#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-manifest.py MANIFEST PROGRAM: the manifest asks for what permissions.txt explains and for nothing else, and
the program is linked to nothing that is not in libraries.txt. As TAP."""

import re
import subprocess
import sys
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent


def listed(name):
    lines = (HERE / name).read_text(encoding='utf-8').splitlines()
    return [line.split()[0] for line in lines if line and line[0] not in '# ']


def same(what, found, wanted):
    return [f'{what}: {item} is not in the list' for item in found if item not in wanted] + \
           [f'{what}: {item} is in the list alone' for item in wanted if item not in found]


def permissions(manifest, _program):
    return same('permissions', manifest['finish-args'], listed('permissions.txt'))


def never(manifest, _program):
    """Whatever the list says: the keys come through the Secret portal, files through theirs."""
    bad = re.compile(r'--talk-name=org\.freedesktop\.secrets|--socket=x11|--filesystem|--device=all|--socket=session-bus')
    return [f'{item} is never asked for' for item in manifest['finish-args'] if bad.match(item)]


def libraries(_manifest, program):
    dynamic = subprocess.run(['readelf', '-d', program], check=True, text=True, stdout=subprocess.PIPE).stdout
    found = re.findall(r'\(NEEDED\).*\[(.+?)\.so', dynamic)
    allowed = listed('libraries.txt')
    return [f'{name} is in no runtime' for name in found if name not in allowed] + \
           ([] if 'libgtk-4' in found else [f'{program} is not what was meant: it has no GTK'])


def main():
    manifest = yaml.safe_load(Path(sys.argv[1]).read_text(encoding='utf-8'))
    checks = permissions, never, libraries
    print(f'1..{len(checks)}')
    failed = False
    for number, check in enumerate(checks, 1):
        faults = check(manifest, sys.argv[2])
        failed |= bool(faults)
        for fault in faults:
            print(f'# {fault}')
        print(f'{"not ok" if faults else "ok"} {number} /flatpak/{check.__name__}')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
