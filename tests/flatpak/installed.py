#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Flatpak as it is installed: what it may do, what its program is linked to, and what a desktop and a software
centre read of it. As TAP. In session.sh."""

import configparser
import gzip
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from lists import foreign_libraries, listed, same, tap
from sandboxed import ID, flatpak

PLACE = Path(flatpak('info', '--user', '--show-location', ID).strip())
FILES, EXPORT = PLACE / 'files', PLACE / 'export/share'


def permissions():
    """Each one of the list, and none of another kind: no folder, no name on a bus."""
    told = configparser.ConfigParser()
    told.read_string(flatpak('info', '--user', '--show-permissions', ID))
    kinds = {'shared': 'share', 'sockets': 'socket', 'devices': 'device'}
    found = {f'--{kinds.get(key, key)}={name}' for section in told.sections() for key, value in told[section].items()
             for name in value.split(';') if name}
    # What fallback-x11 is made of.
    return same('permissions', found - {'--socket=x11'}, listed('permissions.txt'))


def libraries():
    return foreign_libraries(FILES / 'bin/waybill')


def linked():
    """In the sandbox everything is found, in the runtime or in what the manifest builds."""
    lines = inside('ldd', '/app/bin/waybill').stdout.splitlines()
    return [line for line in lines if not re.search(r'linux-vdso|(=> |^\t)/(app|usr|lib|lib64)/', line)] or \
           ([] if len(lines) > 20 else [f'ldd says no more than {lines}'])


def inside(program, *words):
    return subprocess.run(['flatpak', 'run', '--user', f'--command={program}', ID, *words], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def said(ran):
    return ran.stdout.splitlines() or ['it failed'] if ran.returncode else []


def desktop_file():
    """As it is exported, with the commands that run the Flatpak."""
    path = EXPORT / f'applications/{ID}.desktop'
    missing = [f'{path.name} has no {line}' for line in (f'Icon={ID}', 'DBusActivatable=true', 'Actions=new-order;')
               if line not in path.read_text(encoding='utf-8').splitlines()]
    return missing + said(subprocess.run(['desktop-file-validate', path], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT))


def service():
    """What the session bus starts is the Flatpak."""
    path = EXPORT / f'dbus-1/services/{ID}.service'
    text = path.read_text(encoding='utf-8') if path.is_file() else ''
    return [] if re.search(rf'^Exec=\S*flatpak run .*{ID} --gapplication-service$', text, re.M) else [f'{path.name}: {text}']


def metainfo():
    """By the newest AppStream, with nothing overlooked."""
    return said(inside('appstreamcli', 'validate', '--no-net', '--strict', f'/app/share/metainfo/{ID}.metainfo.xml'))


def icons():
    places = [EXPORT / f'icons/hicolor/scalable/apps/{ID}.svg', EXPORT / f'icons/hicolor/symbolic/apps/{ID}-symbolic.svg']
    return [f'{path} is missing' for path in places if not path.is_file()]


def catalogue():
    """What a software centre reads: the component, with icons that are there."""
    with gzip.open(FILES / 'share/app-info/xmls/flatpak.xml.gz') as xml:
        component = ET.parse(xml).find(f"component[id='{ID}']")
    if component is None:
        return [f'{ID} is not in it']
    folder = FILES / 'share/app-info/icons/flatpak'
    names = {icon.text for icon in component.iterfind("icon[@type='cached']")}
    faults = [f'{name} is in no size' for name in names if not list(folder.glob(f'*/{name}'))]
    return faults + [f'no {tag}' for tag in ('name', 'summary', 'description', 'releases/release', "icon[@type='cached']",
                                             'launchable') if component.find(tag) is None]


if __name__ == '__main__':
    sys.exit(tap([permissions, libraries, linked, desktop_file, service, metainfo, icons, catalogue]))
