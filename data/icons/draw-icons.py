#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""draw-icons.py [--check]: draws the icons inside the program that its first window needs, as PNG. From their SVG they
would have librsvg loaded, 8 MiB and a part of each start, for a tick in a pill. --check: they are the pictures of their
SVG; else ends with 1."""

import sys
from pathlib import Path

import gi
from PIL import Image, ImageChops

gi.require_version('GdkPixbuf', '2.0')
from gi.repository import GdkPixbuf  # noqa: E402

HERE = Path(__file__).parent / 'hicolor'
MOST = 24 # of 255: versions of librsvg draw edges a little differently


def render(svg, size):
    pixbuf = GdkPixbuf.Pixbuf.new_from_file_at_size(str(svg), size, size)
    return Image.frombytes('RGBA', (size, size), pixbuf.get_pixels(), 'raw', 'RGBA', pixbuf.get_rowstride())


def symbolic(image):
    """As GTK wants it: what is opaque gets the colour of the text."""
    black = Image.new('L', image.size, 0)
    return Image.merge('RGBA', (black, black, black, image.getchannel('A')))


def pictures():
    """(path, picture) of each."""
    for svg in (HERE / 'symbolic/actions').glob('*.svg'):
        for size in (16, 32): # 32: where a pixel of the window is two of the screen
            yield HERE / f'{size}x{size}/actions/{svg.stem}.symbolic.png', symbolic(render(svg, size))
    for svg in (HERE / 'scalable/apps').glob('*.svg'): # what X11 shows of the window in lists of windows
        yield HERE / f'48x48/apps/{svg.stem}.png', render(svg, 48)


def is_like(image, path):
    with Image.open(path) as there:
        return max(most for _, most in ImageChops.difference(there.convert('RGBA'), image).getextrema()) <= MOST


def main(check):
    status = 0
    for path, image in pictures():
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            image.save(path, optimize=True)
        elif not path.exists() or not is_like(image, path):
            print(f'{path} is not the picture of its SVG: run {Path(__file__).name}', file=sys.stderr)
            status = 1
    return status


if __name__ == '__main__':
    sys.exit(main('--check' in sys.argv[1:]))
