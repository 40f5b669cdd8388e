#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-manifest.py MANIFEST PROGRAM: the manifest asks for what permissions.txt explains and for nothing else, and
the program is linked to nothing that is not in libraries.txt. As TAP."""

import re
import sys
from pathlib import Path

import yaml

from lists import foreign_libraries, listed, same, tap


def permissions(manifest, _program):
    return same('permissions', manifest['finish-args'], listed('permissions.txt'))


def never(manifest, _program):
    """Whatever the list says: the keys come through the Secret portal, files through theirs."""
    bad = re.compile(r'--talk-name=org\.freedesktop\.secrets|--socket=x11|--filesystem|--device=all|--socket=session-bus')
    return [f'{item} is never asked for' for item in manifest['finish-args'] if bad.match(item)]


def libraries(_manifest, program):
    return foreign_libraries(program)


if __name__ == '__main__':
    sys.exit(tap([permissions, never, libraries], yaml.safe_load(Path(sys.argv[1]).read_text(encoding='utf-8')), sys.argv[2]))
