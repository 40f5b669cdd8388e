#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""make-pictures.py OUTDIR [--count N] [--size WxH] [--progressive | --png]

Photographs for measuring: noise over gradients and shapes, so that a file weighs what a camera's does
(3 to 5 MB for 12 megapixels, 26 MB as PNG). A few different ones are encoded; the rest are copies of them under other
names, which costs a reader the same.
"""
import argparse
import os
import random
import shutil

from PIL import Image, ImageChops, ImageDraw, ImageFilter

DIFFERENT = 8


def photograph(width, height, index):
    rng = random.Random(index)
    image = Image.merge('RGB', [Image.linear_gradient('L').rotate(90 * rng.randrange(4)) for _ in range(3)])
    image = image.resize((width, height), Image.BILINEAR)
    draw = ImageDraw.Draw(image)
    for _ in range(60):
        x, y, r = rng.randrange(width), rng.randrange(height), rng.randrange(40, width // 6)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=tuple(rng.randrange(256) for _ in range(3)))
    image = image.filter(ImageFilter.GaussianBlur(2))
    grain = Image.effect_noise((width, height), 22)
    return ImageChops.overlay(image, Image.merge('RGB', [grain] * 3))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('outdir')
    parser.add_argument('--count', type=int, default=200)
    parser.add_argument('--size', default='4000x3000')
    parser.add_argument('--progressive', action='store_true')
    parser.add_argument('--png', action='store_true')
    args = parser.parse_args()
    width, height = map(int, args.size.split('x'))
    os.makedirs(args.outdir, exist_ok=True)
    end = 'png' if args.png else 'jpg'
    for index in range(args.count):
        path = os.path.join(args.outdir, f'photo-{index:03}.{end}')
        if index < DIFFERENT:
            photograph(width, height, index).save(path, quality=88, progressive=args.progressive)
        else:
            shutil.copyfile(os.path.join(args.outdir, f'photo-{index % DIFFERENT:03}.{end}'), path)


if __name__ == '__main__':
    main()
