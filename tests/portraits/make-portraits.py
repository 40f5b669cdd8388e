#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""make-portraits.py OUTDIR [--count N] [--names "Amara Okafor" …] [--size WxH] [--format jpg|png|both]

Draws flat portraits of people who do not exist: the same index and name give the same picture. With
names the files are called amara.okafor.jpg, else person-01.jpg.
"""
import argparse
import hashlib
import os
import random
import unicodedata

from PIL import Image, ImageChops, ImageDraw, ImageFilter

# All is laid out on a canvas of 480 × 640 units and drawn SCALE times as large, for smooth edges.
UNITS = 480, 640

SKINS = ['#f7d9c4', '#f1c9a5', '#e3b08a', '#c98a5e', '#a5693f', '#7d4a2d', '#5f3823']
HAIRS = ['#211c1e', '#3b2620', '#5d2f22', '#7d4f2c', '#b98a4b', '#d9b36c', '#8d8f94', '#a3452b']
SHIRTS = ['#2e4a6e', '#8c6d3a', '#b5484b', '#3f7a63', '#5b5a8a', '#7b3848', '#2f2f3a', '#c8a24c', '#dfe4ea']
GROUNDS = [('#f9d29d', '#f0935f'), ('#aee3c0', '#4fae87'), ('#fbc4cf', '#e0708b'), ('#dcc4f3', '#9a68c4'),
           ('#cfd8e3', '#8395ac'), ('#bfe0f5', '#5c9fd0'), ('#f7e6a8', '#dcb04c'), ('#cdeadf', '#78b5a8')]
STYLES = ['bob', 'short', 'bun', 'long', 'curls', 'side', 'crop', 'wavy', 'bald', 'ponytail']
BEARDED = {'short', 'side', 'crop', 'bald', 'curls'}


def rgb(text):
    return tuple(int(text[i:i + 2], 16) for i in (1, 3, 5))


def mix(a, b, part):
    return tuple(round(x + (y - x) * part) for x, y in zip(a, b))


class Portrait:
    """What is chosen for a person; drawn by draw()."""

    def __init__(self, index, name):
        seed = hashlib.sha256(f'{index}/{name}'.encode()).digest()
        rng = random.Random(seed)
        # Neighbours differ in what catches the eye; the rest is left to chance.
        self.skin = rgb(SKINS[(index * 3 + rng.randrange(2)) % len(SKINS)])
        self.style = STYLES[(index * 7) % len(STYLES)]
        hairs = HAIRS[:3] if self.skin[0] < 0xb0 else HAIRS
        self.hair = rgb(hairs[(index * 5 + rng.randrange(2)) % len(hairs)])
        self.shirt = rgb(SHIRTS[(index * 4 + rng.randrange(3)) % len(SHIRTS)])
        self.ground = [rgb(colour) for colour in GROUNDS[index % len(GROUNDS)]]
        self.neckline = rng.choice(['round', 'collar', 'v', 'jacket'])
        self.glasses = rng.random() < .3
        self.beard = self.style in BEARDED and rng.random() < .45
        self.earrings = self.style in ('bun', 'bob', 'ponytail') and rng.random() < .6
        self.smile = rng.choice([10, 14, 18])
        self.width = rng.uniform(.95, 1.05)
        self.eyes = rgb(rng.choice(['#3a2618', '#4b3a22', '#35506b', '#3f5a3d']))

    def draw(self, width, height):
        # The picture fills the frame whatever its shape: cut at the sides or below, never stretched.
        unit = max(width / UNITS[0], height / UNITS[1])
        scale = unit * (3 if unit < 2 else 1.5 if unit < 4 else 1)
        canvas = Canvas(scale)
        self.draw_ground(canvas)
        self.draw_back_hair(canvas)
        canvas.down = -48
        self.draw_body(canvas)
        canvas.down = 0
        self.draw_face(canvas)
        self.draw_front_hair(canvas)
        self.draw_extras(canvas)
        full = canvas.image.resize((round(UNITS[0] * unit), round(UNITS[1] * unit)), Image.LANCZOS)
        left = (full.width - width) // 2
        top = (full.height - height) // 4
        return full.crop((left, top, left + width, top + height))

    def draw_ground(self, c):
        light, dark = self.ground
        ramp = Image.linear_gradient('L').resize(c.image.size)
        slope = Image.linear_gradient('L').rotate(90).resize(c.image.size)
        mask = ImageChops.add(ramp, slope, 2)
        c.image.paste(Image.composite(Image.new('RGB', c.image.size, dark),
                                      Image.new('RGB', c.image.size, light), mask))
        # A soft light behind the head.
        c.soft_ellipse(240, 250, 190, 210, mix(light, (255, 255, 255), .45), 60, .55)

    def draw_body(self, c):
        shade = mix(self.skin, (90, 30, 20), .22)
        dark = mix(self.shirt, (0, 0, 0), .22)
        c.polygon(shoulders(), self.shirt)
        c.polygon([(x, y) for x, y in shoulders() if x >= 240] + [(300, 720), (262, 520)],
                  mix(self.shirt, (0, 0, 0), .06))
        # Neck, with the shadow of the chin on it.
        c.rounded(196, 350, 284, 512, 40, self.skin)
        if self.neckline == 'round':
            c.ellipse(240, 492, 62, 34, self.skin)
            c.arc(176, 456, 304, 530, 8, 172, dark, 9)
        elif self.neckline == 'v':
            c.polygon([(184, 478), (296, 478), (240, 560)], self.skin)
            c.line([(180, 474), (240, 564), (300, 474)], dark, 9)
        else:
            self.draw_collar(c, dark)
        c.rounded(196, 400, 284, 490, 40, self.skin)
        c.rounded(196, 350, 284, 466, 42, shade)

    def draw_collar(self, c, dark):
        white = mix((255, 255, 255), self.shirt, .08 if self.neckline == 'jacket' else .78)
        c.polygon([(186, 470), (294, 470), (240, 548)], self.skin)
        if self.neckline == 'jacket':
            c.polygon([(180, 476), (240, 552), (300, 476), (318, 720), (162, 720)], white)
            c.polygon([(176, 470), (132, 500), (150, 570), (216, 720), (236, 720), (196, 560)], dark)
            c.polygon([(304, 470), (348, 500), (330, 570), (264, 720), (244, 720), (284, 560)], dark)
            c.polygon([(240, 548), (222, 574), (240, 590), (258, 574)], mix(self.shirt, (220, 60, 60), .5))
            c.polygon([(228, 588), (252, 588), (266, 720), (214, 720)], mix(self.shirt, (220, 60, 60), .5))
        c.polygon([(184, 462), (240, 548), (204, 572), (166, 492)], white)
        c.polygon([(296, 462), (240, 548), (276, 572), (314, 492)], white)

    def draw_face(self, c):
        shade = mix(self.skin, (120, 40, 30), .16)
        w = 92 * self.width
        c.ellipse(240 - w, 282, 18, 27, self.skin)
        c.ellipse(240 + w, 282, 18, 27, self.skin)
        c.ellipse(240 - w, 284, 9, 15, shade)
        c.ellipse(240 + w, 284, 9, 15, shade)
        c.polygon(head(w), self.skin)
        if self.beard:
            self.draw_beard(c, w)
        blush = mix(self.skin, (225, 70, 70), .35)
        c.soft_ellipse(240 - w * .58, 322, 21, 14, blush, 9, .5)
        c.soft_ellipse(240 + w * .58, 322, 21, 14, blush, 9, .5)
        brow = mix(self.hair, (30, 20, 20), .35)
        for side in (-1, 1):
            x = 240 + side * 38
            c.arc(x - 20, 240, x + 20, 268, 205 if side < 0 else 215, 325 if side < 0 else 335, brow, 6)
            c.ellipse(x, 280, 12.5, 9.5, (253, 252, 250))
            c.ellipse(x, 280, 8, 8.5, self.eyes)
            c.ellipse(x, 280, 4, 4.2, (18, 14, 14))
            c.ellipse(x + 2.6, 276.6, 2.2, 2.2, (255, 255, 255))
            c.arc(x - 14, 268, x + 14, 294, 195, 345, mix(self.skin, (40, 20, 20), .75), 3.4)
        c.arc(226, 296, 254, 324, 25, 155, shade, 4.5)
        self.draw_mouth(c)

    def draw_mouth(self, c):
        lip = mix(self.skin, (170, 40, 60), .55)
        s = self.smile
        if s > 12:
            c.chord(210, 338 - s, 270, 346 + s, 0, 180, mix(lip, (90, 10, 25), .45))
            c.chord(215, 342 - s, 265, 336 + s * .6, 0, 180, (252, 250, 247))
        c.arc(209, 338 - s, 271, 346 + s, 8, 172, lip, 5)

    def draw_beard(self, c, w):
        colour = mix(self.hair, self.skin, .12)
        outline = [(x, y) for x, y in head(w) if y > 306]
        right = sorted((p for p in outline if p[0] >= 240), key=lambda p: p[1])
        left = sorted((p for p in outline if p[0] < 240), key=lambda p: -p[1])
        inner = [(240 - w * .66, 322), (205, 334), (240, 326), (275, 334), (240 + w * .66, 322)]
        c.polygon(right + left + inner, colour)

    def draw_back_hair(self, c):
        hair = mix(self.hair, (0, 0, 0), .18)
        if self.style == 'long':
            c.rounded(128, 150, 352, 540, 100, hair)
        elif self.style == 'wavy':
            c.rounded(130, 150, 350, 470, 100, hair)
            for i, y in enumerate(range(300, 500, 40)):
                c.ellipse(138 - i % 2 * 8, y, 34, 34, hair)
                c.ellipse(342 + i % 2 * 8, y, 34, 34, hair)
        elif self.style == 'bob':
            c.rounded(134, 150, 346, 412, 90, hair)
        elif self.style == 'bun':
            c.ellipse(240, 122, 46, 44, hair)
            c.ellipse(240, 226, 104, 96, hair)
        elif self.style == 'ponytail':
            c.polygon(blob(350, 330, 36, 130), hair)
            c.ellipse(240, 226, 104, 96, hair)
        elif self.style == 'curls':
            for x, y, r in ((150, 230, 44), (160, 180, 48), (200, 146, 50), (250, 136, 52), (300, 154, 48),
                            (328, 196, 46), (334, 244, 40), (146, 276, 34), (336, 284, 32)):
                c.ellipse(x, y, r, r, hair)

    def draw_front_hair(self, c):
        {'bald': self.front_bald, 'crop': self.front_crop, 'short': self.front_short,
         'side': self.front_side, 'curls': self.front_curls, 'bob': self.front_fringe,
         'long': self.front_parted, 'wavy': self.front_parted, 'bun': self.front_back,
         'ponytail': self.front_back}[self.style](c)

    def front_bald(self, c):
        c.soft_ellipse(214, 206, 30, 18, mix(self.skin, (255, 255, 255), .5), 12, .6)

    def cap(self, c, bottom, flat=0):
        """Hair as far down as `bottom` over the skull."""
        w = 97 * self.width
        points = [(x, y) for x, y in arc_points(240, 262, w, 100, 180, 360)]
        c.polygon(points + [(240 + w, bottom), (240 + w - 14, bottom + 6), (240 + w - 22, 236 + flat),
                            (300, 218 + flat), (240, 212 + flat), (180, 218 + flat),
                            (240 - w + 22, 236 + flat), (240 - w + 14, bottom + 6), (240 - w, bottom)], self.hair)

    def front_crop(self, c):
        self.cap(c, 264)

    def front_short(self, c):
        self.cap(c, 276)
        c.polygon(arc_points(240, 206, 96, 58, 180, 360) + [(330, 222), (262, 204), (178, 226)], self.hair)
        self.gleam(c, 270, 168)

    def front_side(self, c):
        self.cap(c, 280)
        c.polygon([(144, 250), (150, 178), (200, 146), (276, 142), (326, 176), (338, 236), (312, 214),
                   (272, 196), (212, 224), (166, 232)], self.hair)
        c.line([(206, 150), (196, 178), (200, 206)], mix(self.hair, (255, 255, 255), .16), 5)

    def front_curls(self, c):
        for x, y, r in ((172, 206, 30), (206, 184, 32), (246, 178, 33), (286, 188, 31), (314, 214, 27),
                        (154, 240, 22), (328, 246, 20)):
            c.ellipse(x, y, r, r, self.hair)
        for x, y in ((196, 172), (240, 164), (290, 176)):
            c.arc(x - 14, y - 10, x + 14, y + 18, 190, 300, mix(self.hair, (255, 255, 255), .14), 4)

    def front_fringe(self, c):
        w = 106
        c.polygon(arc_points(240, 262, w, 108, 180, 360)
                  + [(346, 396), (322, 404), (324, 250), (300, 244), (240, 238), (180, 244), (156, 250),
                     (158, 404), (134, 396)], self.hair)
        self.gleam(c, 250, 176)

    def front_parted(self, c):
        w = 108
        c.polygon(arc_points(240, 262, w, 108, 180, 360)
                  + [(350, 420), (326, 440), (332, 300), (316, 244), (262, 196), (232, 178), (212, 206),
                     (166, 246), (150, 300), (154, 440), (130, 420)], self.hair)
        c.line([(232, 156), (230, 180)], mix(self.hair, (0, 0, 0), .25), 4)
        self.gleam(c, 286, 184)

    def front_back(self, c):
        w = 99 * self.width
        c.polygon(arc_points(240, 262, w, 102, 180, 360)
                  + [(240 + w, 284), (240 + w - 12, 280), (318, 236), (284, 206), (240, 198), (196, 206),
                     (162, 236), (240 - w + 12, 280), (240 - w, 284)], self.hair)
        self.gleam(c, 262, 172)

    def gleam(self, c, x, y):
        c.arc(x - 90, y - 6, x + 60, y + 90, 225, 285, mix(self.hair, (255, 255, 255), .12), 9)

    def draw_extras(self, c):
        if self.glasses:
            frame = (42, 38, 44)
            for x in (201, 279):
                c.outline(x - 29, 258, x + 29, 304, 20, frame, 5)
            c.arc(226, 266, 254, 290, 205, 335, frame, 5)
            c.line([(172, 274), (150, 268)], frame, 5)
            c.line([(308, 274), (330, 268)], frame, 5)
        if self.earrings:
            for side in (-1, 1):
                c.ellipse(240 + side * 94 * self.width, 316, 6.5, 6.5, (233, 196, 92))


class Canvas:
    """Drawing in units."""

    def __init__(self, scale):
        self.scale = scale
        self.down = 0
        self.image = Image.new('RGB', tuple(round(side * scale) for side in UNITS))
        self.pen = ImageDraw.Draw(self.image)

    def at(self, *numbers):
        return [(number + (self.down if i % 2 else 0)) * self.scale for i, number in enumerate(numbers)]

    def polygon(self, points, colour):
        self.pen.polygon([(x * self.scale, (y + self.down) * self.scale) for x, y in points], fill=colour)

    def ellipse(self, x, y, rx, ry, colour):
        self.pen.ellipse(self.at(x - rx, y - ry, x + rx, y + ry), fill=colour)

    def chord(self, x0, y0, x1, y1, start, end, colour):
        self.pen.chord(self.at(x0, y0, x1, y1), start, end, fill=colour)

    def arc(self, x0, y0, x1, y1, start, end, colour, width):
        self.pen.arc(self.at(x0, y0, x1, y1), start, end, fill=colour, width=max(1, round(width * self.scale)))

    def line(self, points, colour, width):
        self.pen.line([(x * self.scale, (y + self.down) * self.scale) for x, y in points], fill=colour,
                      width=max(1, round(width * self.scale)), joint='curve')

    def rounded(self, x0, y0, x1, y1, radius, colour):
        self.pen.rounded_rectangle(self.at(x0, y0, x1, y1), radius * self.scale, fill=colour)

    def outline(self, x0, y0, x1, y1, radius, colour, width):
        self.pen.rounded_rectangle(self.at(x0, y0, x1, y1), radius * self.scale, outline=colour,
                                   width=max(1, round(width * self.scale)))

    def soft_ellipse(self, x, y, rx, ry, colour, blur, strength):
        # Blurred small and enlarged: at full size it would take most of the time.
        part = max(1, round(self.scale))
        mask = Image.new('L', tuple(side // part for side in self.image.size))
        k = self.scale / part
        ImageDraw.Draw(mask).ellipse([(x - rx) * k, (y - ry) * k, (x + rx) * k, (y + ry) * k],
                                     fill=round(255 * strength))
        mask = mask.filter(ImageFilter.GaussianBlur(blur * k)).resize(self.image.size, Image.BILINEAR)
        self.image.paste(Image.new('RGB', self.image.size, colour), mask=mask)


def arc_points(x, y, rx, ry, start, end, steps=48):
    from math import cos, pi, sin
    angles = [(start + (end - start) * i / steps) * pi / 180 for i in range(steps + 1)]
    return [(x + rx * cos(a), y + ry * sin(a)) for a in angles]


def head(w):
    """A skull that is round above and narrows to the chin."""
    return arc_points(240, 262, w, 96, 180, 360) + [
        (x if y < 330 else 240 + (x - 240) * (1 - (y - 330) / 420), y)
        for x, y in arc_points(240, 262, w, 130, 0, 180)]


def blob(x, y, rx, ry):
    return arc_points(x, y, rx, ry, 0, 360)


def shoulders():
    return ([(56, 720), (64, 590)] + arc_points(150, 580, 88, 84, 186, 262) + [(190, 486), (290, 486)]
            + arc_points(330, 580, 88, 84, 278, 354) + [(416, 590), (424, 720)])


def file_stem(index, names):
    if index >= len(names):
        return f'person-{index + 1:02}'
    plain = unicodedata.normalize('NFKD', names[index]).encode('ascii', 'ignore').decode()
    return '.'.join(plain.lower().split())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('outdir')
    parser.add_argument('--count', type=int)
    parser.add_argument('--names', nargs='*', default=[])
    parser.add_argument('--size', default='480x640')
    parser.add_argument('--format', choices=['jpg', 'png', 'both'], default='jpg', help='both: in turns')
    parser.add_argument('--quality', type=int, default=88)
    args = parser.parse_args()
    width, height = map(int, args.size.split('x'))
    os.makedirs(args.outdir, exist_ok=True)
    for index in range(args.count or len(args.names) or 12):
        stem = file_stem(index, args.names)
        kind = args.format if args.format != 'both' else ('jpg', 'png')[index % 2]
        image = Portrait(index, stem).draw(width, height)
        options = {'quality': args.quality, 'optimize': True} if kind == 'jpg' else {}
        image.save(os.path.join(args.outdir, f'{stem}.{kind}'), **options)


if __name__ == '__main__':
    main()
