#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-screenshots.py METAINFO FOLDER: the pictures that software centres are told of are those in the folder, of the
size that they are told, and none too large to be fetched by each of their users. As TAP."""

import struct
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

MOST_BYTES = 400_000
LEAST_WIDTH = 1248


def size_of(path):
    """Of a PNG, from its header."""
    head = path.read_bytes()[:24]
    return struct.unpack('>II', head[16:24]) if head.startswith(b'\x89PNG\r\n\x1a\n') else None


def check(image, folder):
    path = folder / image.text.rsplit('/', 1)[-1]
    told = int(image.get('width', 0)), int(image.get('height', 0))
    if not path.exists():
        return [f'{path.name} is not there']
    faults = []
    if size_of(path) != told:
        faults.append(f'{path.name} is {size_of(path)} and told to be {told}')
    if told[0] < LEAST_WIDTH or not 1.6 < told[0] / told[1] < 1.8:
        faults.append(f'{path.name} has a size that nobody shows well: {told}')
    if path.stat().st_size > MOST_BYTES:
        faults.append(f'{path.name} is {path.stat().st_size} bytes')
    if not image.text.endswith(f'/data/screenshots/{path.name}'):
        faults.append(f'{image.text} is not where the file lies')
    return faults


def all_told(screenshots, folder):
    told = {shot.find('image').text.rsplit('/', 1)[-1] for shot in screenshots}
    return [f'{path.name} is told nowhere' for path in folder.iterdir() if path.name not in told]


def captions(screenshots):
    faults = [] if [shot.get('type') for shot in screenshots].count('default') == 1 else ['not one of them is the first']
    for shot in screenshots:
        caption = shot.findtext('caption', '')
        if not 0 < len(caption) <= 60 or caption.endswith('.'):
            faults.append(f'“{caption}” is no caption')
    return faults


def main():
    metainfo, folder = map(Path, sys.argv[1:3])
    screenshots = ET.parse(metainfo).getroot().findall('screenshots/screenshot')
    results = {'files': sum((check(image, folder) for shot in screenshots for image in shot.findall('image')), []),
               'no-others': all_told(screenshots, folder), 'captions': captions(screenshots),
               'some': [] if 3 <= len(screenshots) <= 5 else [f'{len(screenshots)} pictures']}
    print(f'1..{len(results)}')
    for number, (name, faults) in enumerate(results.items(), 1):
        for fault in faults:
            print(f'# {fault}')
        print(f'{"not ok" if faults else "ok"} {number} /screenshots/{name}')
    return any(map(len, results.values()))


if __name__ == '__main__':
    sys.exit(main())
