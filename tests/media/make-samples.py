#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""make-samples.py OUTDIR

Pictures in the kinds that gdk-pixbuf cannot write. All show red, green / blue, yellow quarters, most 96 × 64.
"""
import os
import struct
import sys
import zlib

from PIL import Image

WIDTH, HEIGHT = 96, 64
RED, GREEN, BLUE, YELLOW = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)


def quarters(width=WIDTH, height=HEIGHT):
    image = Image.new('RGB', (width, height))
    for x, y, colour in ((0, 0, RED), (1, 0, GREEN), (0, 1, BLUE), (1, 1, YELLOW)):
        image.paste(colour, (x * width // 2, y * height // 2, (x + 1) * width // 2, (y + 1) * height // 2))
    return image


def noise(width, height):
    soft = quarters().resize((width, height), Image.BILINEAR)
    grain = [Image.effect_noise((width, height), 60) for _ in range(3)]
    return Image.blend(soft, Image.merge('RGB', grain), .2)


def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


def png(width, height, depth, colour, rows, before=b'', interlace=0, packed=None):
    header = struct.pack('>IIBBBBB', width, height, depth, colour, 0, 0, interlace)
    packed = packed or zlib.compress(b''.join(b'\0' + row for row in rows))
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', header) + before + chunk(b'IDAT', packed)
            + chunk(b'IEND', b''))


def rgb16_rows():
    image = quarters()
    return [b''.join(struct.pack('>3H', *(c * 257 for c in image.getpixel((x, y)))) for x in range(WIDTH))
            for y in range(HEIGHT)]


def interlaced(width, height):
    """The seven passes of Adam, each rows of its own."""
    image, rows = quarters(width, height), []
    for x0, y0, dx, dy in ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
                           (0, 1, 1, 2)):
        for y in range(y0, height, dy):
            rows.append(bytes(c for x in range(x0, width, dx) for c in image.getpixel((x, y))))
    return png(width, height, 8, 2, rows, interlace=1)


def rgb_rows():
    image = quarters()
    return [image.crop((0, y, WIDTH, y + 1)).tobytes() for y in range(HEIGHT)]


def several_scans(path):
    """A sequential JPEG with a scan a colour: three grey pictures' scans behind one frame header."""
    planes = quarters().convert('YCbCr').split()
    tables, scans = None, []
    for index, plane in enumerate(planes):
        plane.save(path, quality=90)
        with open(path, 'rb') as file:
            data = file.read()
        frame, scan = data.index(b'\xff\xc0'), data.index(b'\xff\xda')
        huffman = data[frame + 2 + struct.unpack('>H', data[frame + 2:frame + 4])[0]:scan]
        if tables is None:
            tables = data[:frame], huffman
        body = data[scan:-2]
        scans.append(body[:5] + bytes([index + 1]) + body[6:])
    frame = b'\xff\xc0' + struct.pack('>HBHHB', 17, 8, HEIGHT, WIDTH, 3)
    frame += b''.join(bytes([index + 1, 0x11, 0]) for index in range(3))
    with open(path, 'wb') as file:
        file.write(tables[0] + frame + tables[1] + b''.join(scans) + b'\xff\xd9')


def main():
    def to(name):
        return os.path.join(sys.argv[1], name)

    def write(name, data):
        with open(to(name), 'wb') as file:
            file.write(data)

    image = quarters()
    os.makedirs(sys.argv[1], exist_ok=True)
    image.save(to('plain.jpg'), quality=95)
    image.save(to('progressive.jpg'), quality=95, progressive=True)
    image.convert('L').save(to('grey.jpg'), quality=95)
    image.convert('CMYK').save(to('cmyk.jpg'), quality=95)
    several_scans(to('scans.jpg'))

    image.save(to('plain.png'))
    image.convert('P', palette=Image.ADAPTIVE, colors=4).save(to('palette.png'), bits=8)
    image.convert('L').save(to('grey.png'))
    image.convert('1').save(to('bits.png'))
    alpha = image.convert('RGBA')
    alpha.putalpha(0)
    alpha.paste(RED + (255,), (0, 0, WIDTH // 2, HEIGHT // 2))
    alpha.save(to('alpha.png'))
    write('rgb16.png', png(WIDTH, HEIGHT, 16, 2, rgb16_rows()))
    write('one-frame.png', png(WIDTH, HEIGHT, 8, 2, rgb_rows(), chunk(b'acTL', struct.pack('>II', 1, 0))))
    write('animated.png', png(WIDTH, HEIGHT, 8, 2, rgb_rows(), chunk(b'acTL', struct.pack('>II', 7, 0))))
    write('interlaced.png', interlaced(WIDTH, HEIGHT))
    write('interlaced-tall.png', interlaced(64, 128))
    # All chunks there and right, but the rows end early, or the deflated data do.
    write('few-rows.png', png(WIDTH, HEIGHT, 8, 2, rgb_rows()[:40]))
    write('no-rows.png', png(WIDTH, HEIGHT, 8, 2, []))
    write('cut-data.png', png(WIDTH, HEIGHT, 8, 2, [], packed=zlib.compress(b''.join(
        b'\0' + row for row in rgb_rows()), 0)[:4000]))
    # What a decompression bomb looks like: a real one, 400 million white pixels in half a megabyte.
    row = b'\0' + b'\xff' * (20000 // 8)
    packer = zlib.compressobj(9)
    packed = b''.join(packer.compress(row) for _ in range(20000)) + packer.flush()
    header = struct.pack('>IIBBBBB', 20000, 20000, 1, 0, 0, 0, 0)
    write('bomb.png', b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', header) + chunk(b'IDAT', packed) + chunk(b'IEND', b''))

    # Something in every coefficient: what is not kept of them must not be seen.
    rough = noise(1600, 1200)
    for name, sampling in (('444', 0), ('422', 1), ('420', 2)):
        rough.save(to(f'rough-{name}.jpg'), quality=88, progressive=True, subsampling=sampling)
    # What fills memory: a progressive one that is decoded to a quarter, one that is decoded whole, a wide one.
    large = image.resize((4000, 3000))
    large.save(to('large.jpg'), quality=80)
    large.save(to('large-progressive.jpg'), quality=80, progressive=True)
    large.convert('CMYK').save(to('large-cmyk.jpg'), quality=80, progressive=True)
    image.resize((2500, 2500)).save(to('middling-progressive.jpg'), quality=80, progressive=True, subsampling=0)
    image.resize((20000, 2000)).save(to('wide.jpg'), quality=80)
    image.resize((2800, 2800)).convert('RGBA').save(to('large.png'), compress_level=1)
    # 7 kB each in the file, 7 MB each for who reads them.
    comment = chunk(b'zTXt', b'Comment\0\0' + zlib.compress(b'x' * 7000000, 9))
    write('comments.png', png(WIDTH, HEIGHT, 8, 2, rgb_rows(), comment * 60))

    image.save(to('other.gif'))
    image.save(to('other.webp'))
    image.save(to('other.tiff'))
    image.save(to('other.bmp'))
    image.save(to('other.ico'))
    image.save(to('other.pdf'))


if __name__ == '__main__':
    main()
