#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-icons.py TOP: every symbolic icon that src/app names is in the Adwaita theme of this machine
or in our resources (data/icons). A missing one shows as a broken picture, and only at run time."""

import re
import sys
from pathlib import Path
from xml.etree import ElementTree

NAME = re.compile(r'["\'>]([a-z0-9-]+-symbolic)["\'<]')
THEMES = [Path('/usr/share/icons/Adwaita')]


def main(top):
    if not any(theme.is_dir() for theme in THEMES):
        print('1..0 # SKIP the Adwaita icon theme is not installed')
        return 0
    present = {path.name.partition('.')[0] for theme in THEMES for path in theme.rglob('*-symbolic*')}
    # Where GTK looks in resources: another folder of the theme is not enough.
    ours = ElementTree.parse(top / 'data' / 'icons' / 'waybill-icons.gresource.xml')
    present |= {file.get('alias').partition('.svg')[0]
                for part in ours.iter('gresource') if '/icons/scalable/' in part.get('prefix') for file in part}
    named = {}
    for path in sorted((top / 'src' / 'app').rglob('*')):
        if path.suffix in ('.c', '.h', '.ui'):
            for name in NAME.findall(path.read_text(encoding='utf-8')):
                named.setdefault(name, path.relative_to(top))
    faults = [f'{where}: there is no icon {name}' for name, where in sorted(named.items()) if name not in present]
    print('1..1')
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f'{"not ok" if faults else "ok"} 1 /icons/{len(named)}-names-exist')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main(Path(sys.argv[1])))
