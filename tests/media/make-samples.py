#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""make-samples.py OUTDIR

Pictures of every kind. Most show red, green / blue, yellow quarters, most 96 × 64.
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


def passes(rows):
    """The seven passes of Adam, each rows of its own; @rows hold pixels."""
    for x, y, across, down in ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
                               (0, 1, 1, 2)):
        yield from (row[x::across] for row in rows[y::down] if row[x::across])


def interlaced(width, height):
    image = quarters(width, height)
    rows = [[image.getpixel((x, y)) for x in range(width)] for y in range(height)]
    return png(width, height, 8, 2, [bytes(c for pixel in row for c in pixel) for row in passes(rows)], interlace=1)


def large_interlaced(side):
    """As above, in no time: its rows are two of a kind each."""
    top = [bytes(RED) * (side // 2) + bytes(GREEN) * (side // 2), bytes(BLUE) * (side // 2) + bytes(YELLOW) * (side // 2)]
    halves = [[row[at:at + 3] for at in range(0, len(row), 3)] for row in top]
    return png(side, side, 8, 2, map(b''.join, passes([halves[0]] * (side // 2) + [halves[1]] * (side // 2))), interlace=1)


def pack(row, depth):
    """Samples as they lie in a file."""
    if depth == 16:
        return b''.join(struct.pack('>H', sample) for sample in row)
    bits = ''.join(f'{sample:0{depth}b}' for sample in row)
    return bytes(int(bits[at:at + 8].ljust(8, '0'), 2) for at in range(0, len(bits), 8))


# Colour and depth, the quarters' samples, chunks before the data.
PNG_PALETTE = chunk(b'PLTE', bytes(RED + GREEN + BLUE + YELLOW))
PNG_KINDS = {
    'grey-1': (0, 1, ((0,), (1,), (1,), (0,)), b''),
    'grey-2': (0, 2, ((0,), (1,), (2,), (3,)), b''),
    'grey-4': (0, 4, ((0,), (5,), (10,), (15,)), b''),
    'grey-8': (0, 8, ((0,), (85,), (170,), (255,)), b''),
    'grey-16': (0, 16, ((0,), (0x5555,), (0xaaaa,), (0xffff,)), b''),
    'grey-2-key': (0, 2, ((0,), (1,), (2,), (3,)), chunk(b'tRNS', b'\0\1')),
    'grey-16-key': (0, 16, ((0,), (0x5555,), (0xaaaa,), (0xaaab,)), chunk(b'tRNS', b'\xaa\xaa')),
    'palette-1': (3, 1, ((0,), (1,), (1,), (0,)), PNG_PALETTE),
    'palette-2': (3, 2, ((0,), (1,), (2,), (3,)), PNG_PALETTE),
    'palette-4': (3, 4, ((0,), (1,), (2,), (3,)), PNG_PALETTE),
    'palette-8-alpha': (3, 8, ((0,), (1,), (2,), (3,)), PNG_PALETTE + chunk(b'tRNS', b'\xff\0\x80')),
    'colours-8': (2, 8, (RED, GREEN, BLUE, YELLOW), b''),
    'colours-8-key': (2, 8, (RED, GREEN, BLUE, YELLOW), chunk(b'tRNS', b'\0\0\0\xff\0\0')),
    'colours-16': (2, 16, ((0xffff, 0, 0x5555), (0, 0xffff, 0x5555), (0, 0x5555, 0xffff), (0xffff, 0xffff, 0x5555)), b''),
    'grey-alpha-8': (4, 8, ((0, 255), (85, 255), (170, 0), (0, 128)), b''),
    'grey-alpha-16': (4, 16, ((0, 0xffff), (0x5555, 0xffff), (0xaaaa, 0), (0, 0x8080)), b''),
    'alpha-8': (6, 8, (RED + (255,), GREEN + (0,), BLUE + (128,), YELLOW + (255,)), b''),
    'alpha-16': (6, 16, ((0xffff, 0, 0, 0xffff), (0, 0, 0, 0), (0, 0, 0xffff, 0x8080), (0xffff, 0xffff, 0, 0xffff)), b''),
    'linear': (0, 8, ((0,), (0x4c,), (0x96,), (255,)), chunk(b'gAMA', struct.pack('>I', 100000))),
    'linear-srgb': (0, 8, ((0,), (0x4c,), (0x96,), (255,)),
                    chunk(b'gAMA', struct.pack('>I', 100000)) + chunk(b'sRGB', b'\0')),
}


def png_kind(colour, depth, samples, before, interlace, width=97, height=65):
    """Of no even size: quarters of 48 × 32 and what remains."""
    rows = [[samples[(x >= 48) + 2 * (y >= 32)] for x in range(width)] for y in range(height)]
    rows = passes(rows) if interlace else rows
    return png(width, height, depth, colour, [pack([c for pixel in row for c in pixel], depth) for row in rows],
               before, interlace)


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
    greys = Image.new('RGB', (WIDTH, WIDTH), (0x4c, 0x4c, 0x4c))
    greys.paste((0x96, 0x96, 0x96), (0, WIDTH // 2, WIDTH, WIDTH))
    greys.save(to('greys.png'))
    greys.save(to('greys.jpg'), quality=95)
    image.convert('1').save(to('bits.png'))
    alpha = image.convert('RGBA')
    alpha.putalpha(0)
    alpha.paste(RED + (255,), (0, 0, WIDTH // 2, HEIGHT // 2))
    alpha.save(to('alpha.png'))
    write('rgb16.png', png(WIDTH, HEIGHT, 16, 2, rgb16_rows()))
    gamma = chunk(b'gAMA', struct.pack('>I', 100000))
    write('gamma.png', png(WIDTH, HEIGHT, 8, 2, rgb_rows(), gamma))
    write('gamma-srgb.png', png(WIDTH, HEIGHT, 8, 2, rgb_rows(), gamma + chunk(b'sRGB', b'\0')))
    write('one-frame.png', png(WIDTH, HEIGHT, 8, 2, rgb_rows(), chunk(b'acTL', struct.pack('>II', 1, 0))))
    write('animated.png', png(WIDTH, HEIGHT, 8, 2, rgb_rows(), chunk(b'acTL', struct.pack('>II', 7, 0))))
    write('interlaced.png', interlaced(WIDTH, HEIGHT))
    write('interlaced-tall.png', interlaced(64, 128))
    for name, kind in PNG_KINDS.items():
        write(f'kind-{name}.png', png_kind(*kind, interlace=0))
        write(f'kind-{name}-interlaced.png', png_kind(*kind, interlace=1))
    # All chunks there and right, but the rows end early, or the deflated data do.
    write('few-rows.png', png(WIDTH, HEIGHT, 8, 2, rgb_rows()[:40]))
    write('few-rows-tall.png', png(WIDTH, 2 * HEIGHT, 8, 2, rgb_rows() + rgb_rows()[:50]))
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
    write('large-interlaced.png', large_interlaced(2800))
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
