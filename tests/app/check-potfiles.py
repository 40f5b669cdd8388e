#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-potfiles.py TOP: the files that hold translatable strings are those of po/POTFILES.in, and
strings for users stand in src/app and data alone. With --write the list is written anew."""

import re
import sys
from pathlib import Path

MARKS = {
    '.c': re.compile(r'\b(?:_|N_|C_|NC_|Q_|ngettext|g_dgettext|g_dngettext|g_dpgettext2?)\s*\(\s*"'),
    '.ui': re.compile(r'\btranslatable="(?:yes|true|1)"'),
    '.desktop.in': re.compile(r'^(?:Name|GenericName|Comment|Keywords)=', re.MULTILINE),
    '.metainfo.xml.in': re.compile(r'<(?:name|summary|p|li)>'),
    '.gschema.xml': re.compile(r'<schemalist[^>]*gettext-domain='),
}
COMMENTS = re.compile(r'/\*.*?\*/|//[^\n]*', re.DOTALL)
ALLOWED = ('src/app/', 'src/main.c', 'data/')


def marked(path):
    for ending, mark in MARKS.items():
        if path.name.endswith(ending):
            text = path.read_text(encoding='utf-8')
            return bool(mark.search(COMMENTS.sub('', text) if ending == '.c' else text))
    return False


def main(top, write):
    listed_file = top / 'po' / 'POTFILES.in'
    lines = listed_file.read_text(encoding='utf-8').splitlines()
    heading = [line for line in lines if line.startswith('#')]
    listed = [line for line in lines if line and not line.startswith('#')]
    found = sorted(str(path.relative_to(top)) for folder in ('src', 'data')
                   for path in (top / folder).rglob('*') if path.is_file() and marked(path))
    faults = [f'{name}: strings for users belong into src/app' for name in found
              if not name.startswith(ALLOWED)]
    if write:
        listed = [name for name in found if name.startswith(ALLOWED)]
        listed_file.write_text('\n'.join(heading + listed) + '\n', encoding='utf-8')
    faults += [f'{name}: has translatable strings, but po/POTFILES.in does not list it'
               for name in found if name not in listed and name.startswith(ALLOWED)]
    faults += [f'{name}: listed in po/POTFILES.in, but has no translatable string'
               for name in listed if name not in found]
    if listed != sorted(set(listed)):
        faults.append('po/POTFILES.in is not sorted, or lists a file twice')
    print('1..1')
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f'{"not ok" if faults else "ok"} 1 /potfiles/lists-what-is-translatable')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main(Path(sys.argv[1]), '--write' in sys.argv))
