#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench.py --build FOLDER [NAME…] [--all]: a line a benchmark,

    NAME own=… peer=… ratio=… goal=… ok|SHORT

and one that sums them up. Own and peer take turns in one run, and each figure is the median of at least
five: what the machine does beside falls on both alike. Ratios are what counts; times mean nothing on
another machine. What was not done, or not all of it, is no figure: every run is looked at.

With --newest, and with --flatpak in tests/flatpak/session.sh, own is the build on Debian testing, run there or in the
sandbox of the installed Flatpak, and peer is the one here: pictures alone, in

    NAME newest/debian-12 own=… peer=… ratio=… goal=… ok|SHORT"""

import argparse
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from PIL import Image

from harness import Absent, Run, Wrong, in_turns, median, seconds
from lists import LISTS
from syncs import SYNCS

HERE = Path(__file__).resolve().parent
MIB = 1024 * 1024
SIDE = 648
TOP = HERE.parents[1]
NEWEST = TOP / '_newest/_build'
ID = 'io.github.waybill.Waybill'


class Sink:
    """A server that reads and discards as fast as Python can, and answers 200: the same for both."""

    ANSWER = b'{"data": {"orderId": "benchmark", "orderState": "CREATED"}, "message": "ok"}'

    def __init__(self):
        self.socket = socket.create_server(('127.0.0.1', 0))
        self.url = f'http://127.0.0.1:{self.socket.getsockname()[1]}'
        self.received = []
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            connection, _ = self.socket.accept()
            with connection:
                self.answer(connection)

    def answer(self, connection):
        head = b''
        while b'\r\n\r\n' not in head:
            data = connection.recv(65536)
            if not data:
                return
            head += data
        head, _, begun = head.partition(b'\r\n\r\n')
        if re.search(rb'^expect: *100-continue', head, re.I | re.M):
            connection.sendall(b'HTTP/1.1 100 Continue\r\n\r\n')
        length = int(re.search(rb'^content-length: *(\d+)', head, re.I | re.M).group(1))
        got, buffer = len(begun), bytearray(MIB)
        while got < length:
            count = connection.recv_into(buffer)
            if not count:
                return
            got += count
        self.received.append(got)
        connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n'
                           b'Content-Length: %d\r\n\r\n%s' % (len(self.ANSWER), self.ANSWER))

    def check(self, files):
        """One form with all of the files came since the last look, and what is not theirs in it is not
        more than the heads of its parts."""
        received, self.received = self.received, []
        size = sum(path.stat().st_size for path in files)
        if len(received) != 1 or not size < received[0] < size + 1024 * (len(files) + 8):
            raise Wrong(f'of a form of {len(files)} files, {size} bytes, the server got {received}')


def cpu_ratio(over, under):
    """Of the processors' time: what remains to be told where others leave so little of the machine that the
    clock counts threads instead of work."""
    return f'cpu={median(over, lambda run: run.cpu) / median(under, lambda run: run.cpu):.2f}'


def check_pictures(folder, files):
    """A JPEG for each file, 648 × 648, that can be decoded to its end."""
    made = sorted(folder.iterdir())
    if len(made) != len(files):
        raise Wrong(f'{len(made)} pictures were made of {len(files)} files')
    for path in made:
        with Image.open(path) as image:
            if image.format != 'JPEG' or image.size != (SIDE, SIDE):
                raise Wrong(f'{path.name} is {image.format}, {image.size}')
            if path is made[0] or path is made[-1]:
                image.load()
    return made


def on_newest(folder, program, words):
    """argv on Debian testing, where the tree's top is /src."""
    inside = [str(word).replace(f'{TOP}/', '/src/', 1) for word in (program, *words)]
    return [TOP / 'tests/newest.sh', TOP / '_newest', *inside]


def in_flatpak(folder, program, words):
    """argv in the sandbox, which sees the program and what it is fed for this once."""
    return ['flatpak', 'run', '--user', f'--filesystem={NEWEST}:ro', f'--filesystem={folder}', f'--command={program}',
            ID, *words]


PLACES = {'newest': on_newest, 'flatpak': in_flatpak}


class Bench:
    def __init__(self, build, everything, folder, places=()):
        self.build, self.everything, self.folder, self.places = build, everything, folder, places
        self.lines, self.short = 0, 0

    def own(self, name):
        for path in (self.build / 'tests/bench' / name, self.build / 'src' / name, self.build / 'src/sandbox' / name):
            if path.exists():
                return path
        raise Absent(f'{name} is not built')

    def peer(self, name):
        if not shutil.which(name):
            raise Absent(f'{name} is not installed')
        return name

    def line(self, name, own, peer, unit, ratio, goal, missed):
        """@missed: a sentence for each goal that was not reached."""
        self.lines += 1
        self.short += bool(missed)
        verdict = f'SHORT: {"; ".join(missed)}' if missed else 'ok'
        print(f'{name} own={own:.3g}{unit} peer={peer:.3g}{unit} ratio={ratio:.2f} goal={goal} {verdict}', flush=True)

    # --- what they are fed -------------------------------------------------------------------------

    def blobs(self):
        """500 files of 1 MiB, as pictures of an order are."""
        folder = self.folder / 'blobs'
        if not folder.exists():
            folder.mkdir()
            for index in range(500):
                (folder / f'{index:03}.jpg').write_bytes(os.urandom(MIB))
        return sorted(folder.iterdir())

    def photographs(self, count, *options):
        folder = self.folder / f'photographs{"".join(options)}'
        if not folder.exists():
            subprocess.run([sys.executable, HERE / 'make-pictures.py', folder, '--count', str(count),
                            *options], check=True)
        return sorted(folder.iterdir())

    def emptied(self, name):
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder

    # --- commands, each looked at --------------------------------------------------------------------

    def send_own(self, sink, files):
        run = Run([self.own('wb-bench-upload'), sink.url, *files])
        sink.check(files)
        return run

    def send_peer(self, sink, files):
        forms = [word for index, path in enumerate(files) for word in
                 ('-F', f'person{index}@example.com=@{path};type=image/jpeg;filename=avatar.jpg')]
        run = Run([self.peer('curl'), '-sSf', '-o', '/dev/null', '-F', 'confirm=false', *forms, sink.url + '/orders'])
        sink.check(files)
        return run

    def make_own(self, folder, files):
        run = Run([self.own('wb-bench-pictures'), folder, *files])
        check_pictures(folder, files)
        return run

    def make_elsewhere(self, place, folder, files):
        program = NEWEST / 'tests/bench/wb-bench-pictures'
        run = Run(PLACES[place](self.folder, program, [folder, *files]))
        check_pictures(folder, files)
        return run

    def make_peer(self, folder, files):
        # Colours at half the size, as ours and as most do: at 90 it would keep them whole.
        run = Run([self.peer('vipsthumbnail'), '--size', f'{SIDE}x{SIDE}', '--smartcrop', 'centre',
                   '--output', f'{folder}/%s.jpg[Q=90,strip,subsample-mode=on]', *files])
        check_pictures(folder, files)
        return run

    # --- benchmarks ----------------------------------------------------------------------------------

    def upload(self):
        """Time of 500 MiB in one form."""
        sink, files = Sink(), self.blobs()
        own, peer = in_turns(lambda: self.send_own(sink, files), lambda: self.send_peer(sink, files))
        mine, theirs = median(own, seconds), median(peer, seconds)
        missed = ['slower than 1.2 × curl'] if mine > 1.2 * theirs else []
        self.line('upload-500x1MiB', mine, theirs, 's', mine / theirs, f'≤1.2,{cpu_ratio(own, peer)}', missed)

    def upload_memory(self):
        """Growth over the idle program; curl's whole peak stands beside it."""
        sink, files = Sink(), self.blobs()
        sizes = [('upload-memory', files)]
        if self.everything:
            sizes.append(('upload-memory-2GiB', files * 4 + files[:48]))
        for name, chosen in sizes:
            own, peer = in_turns(lambda: self.send_own(sink, chosen), lambda: self.send_peer(sink, chosen))
            mine = median(own, lambda run: run.figures['growth_kib'] / 1024)
            theirs = median(peer, lambda run: run.peak_mib)
            missed = ['grows with what it sends'] if mine > 16 else []
            self.line(name, mine, theirs, 'MiB', mine / theirs, 'own≤16MiB', missed)

    def compare_places(self, name, files):
        """The program's own clock: what it takes to enter the place is none of a picture's."""
        def figure(key):
            return lambda run: run.figures[key]
        here, *there = in_turns(lambda: self.make_own(self.emptied('own'), files),
                                *(lambda place=place: self.make_elsewhere(place, self.emptied('there'), files)
                                  for place in self.places))
        theirs, peak, work = (median(here, figure(key)) for key in ('seconds', 'growth_kib', 'cpu'))
        for place, runs in zip(self.places, there):
            mine, memory = median(runs, figure('seconds')), median(runs, figure('growth_kib')) / peak
            missed = ['twice as slow'] if mine > 2 * theirs else []
            missed += [f'{memory:.2f} times the memory'] if memory > 2 else []
            self.line(f'{name} {place}/debian-12', mine, theirs, 's', mine / theirs,
                      f'≤2,cpu={median(runs, figure("cpu")) / work:.2f},memory={memory:.2f}≤2,'
                      f'growth={memory * peak / 1024:.1f}MiB', missed)

    def pictures_of(self, name, files, goal=1.5):
        if self.places:
            self.compare_places(name, files)
            return
        own, peer = in_turns(lambda: self.make_own(self.emptied('own'), files),
                             lambda: self.make_peer(self.emptied('peer'), files))
        mine, theirs = len(files) / median(own, seconds), len(files) / median(peer, seconds)
        growth = median(own, lambda run: run.figures['growth_kib'] / 1024)
        missed = [f'slower than {goal} × vipsthumbnail'] if mine < goal * theirs else []
        # A worker holds 9 MiB of a progressive picture of 12 megapixels, and there are up to four.
        missed += [f'grows by {growth:.1f} MiB'] if growth > 24 else []
        self.line(name, mine, theirs, '/s', mine / theirs, f'≥{goal},{cpu_ratio(peer, own)},growth={growth:.1f}≤24MiB', missed)

    def pictures(self):
        """648 × 648 of camera pictures."""
        self.pictures_of('pictures-200x12MP', self.photographs(200))

    def pictures_progressive(self):
        """The same of progressive ones, which are decoded in ten passes, whoever does it."""
        self.pictures_of('pictures-50x12MP-progressive', self.photographs(50, '--progressive'))

    def pictures_png(self):
        """The same of PNGs, in which there is nothing to leave out: whoever does it inflates all."""
        self.pictures_of('pictures-20x12MP-png', self.photographs(20, '--png'), goal=1.0)

    def drop(self):
        """From the drop to the last byte: the form's length stands before its first byte, so that the
        pictures are all made before one is sent, here as there."""
        sink, files = Sink(), self.photographs(200)

        def both(name, make, send):
            folder = self.emptied(name)
            run = make(folder, files)
            sent = send(sink, sorted(folder.iterdir()))
            run.seconds += sent.seconds
            run.cpu += sent.cpu
            return run
        own, peer = in_turns(lambda: both('own', self.make_own, self.send_own),
                             lambda: both('peer', self.make_peer, self.send_peer))
        mine, theirs = median(own, seconds), median(peer, seconds)
        missed = ['slower than 0.7 × vipsthumbnail, then curl'] if mine > 0.7 * theirs else []
        self.line('drop-to-last-byte-200x12MP', mine, theirs, 's', mine / theirs, f'≤0.7,{cpu_ratio(own, peer)}', missed)

    def start(self):
        """From exec to the first window on the screen with something in it."""
        watch, waybill, bare = self.own('wb-bench-start'), self.own('waybill'), self.own('wb-bench-bare')
        commands = ([waybill, '--sandbox'], [self.peer('gnome-text-editor'), '--standalone'], [bare])
        # Quiet: what other programs warn about in a bare session is not ours to show.
        runs = in_turns(*(lambda command=command: Run([watch, *command], quiet=True) for command in commands), rounds=9)
        for name, figure in (('start', 'drawn'), ('start-to-window', 'seconds')):
            mine, theirs, least = (median(kept, lambda run: run.figures[figure]) * 1000 for kept in runs)
            missed = ['slower than gnome-text-editor'] if mine > theirs else []
            self.line(name, mine, theirs, 'ms', mine / theirs, f'≤1.0,bare={least:.3g}ms', missed)


BENCHMARKS = {
    'upload-500x1MiB': Bench.upload,
    'upload-memory': Bench.upload_memory,
    'pictures-200x12MP': Bench.pictures,
    'pictures-50x12MP-progressive': Bench.pictures_progressive,
    'pictures-20x12MP-png': Bench.pictures_png,
    'drop-to-last-byte-200x12MP': Bench.drop,
    'start': Bench.start,
} | LISTS | SYNCS


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--build', type=Path, required=True)
    parser.add_argument('--all', action='store_true', help='the long ones as well')
    parser.add_argument('names', nargs='*', metavar='NAME', default=[''], help='of the table, or the beginning of some')
    for place in PLACES:
        parser.add_argument(f'--{place}', dest='places', action='append_const', const=place, default=[])
    args = parser.parse_args()
    chosen = {name: run for name, run in BENCHMARKS.items() if name.startswith(tuple(args.names))
              and (name.startswith('pictures-') or not args.places)}
    if not chosen:
        parser.error(f'there is no benchmark {" ".join(args.names)}; there are {", ".join(BENCHMARKS)}')
    absent = wrong = 0
    # Where all of the places can see it.
    with tempfile.TemporaryDirectory(prefix='waybill-bench-', dir=NEWEST.parent if args.places else None) as folder:
        bench = Bench(args.build.resolve(), args.all, Path(folder), args.places)
        for name, run in chosen.items():
            try:
                run(bench)
            except Absent as reason:
                absent += 1
                print(f'{name} not measured: {reason}', flush=True)
            except Wrong as reason:
                wrong += 1
                print(f'{name} WRONG: {reason}', flush=True)
    print(f'bench: {bench.lines} lines, {bench.lines - bench.short} ok, {bench.short} short, {wrong} wrong, '
          f'{absent} not measured')
    return 1 if bench.short or wrong or absent else 0


if __name__ == '__main__':
    sys.exit(main())
