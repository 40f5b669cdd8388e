#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""chaos.py --chaos PROGRAM --sandbox PROGRAM --portraits DIR [--only PATTERN]: pulls the plug at every stage
of creating and paying an order, and prints a table.

Each case has a sandbox and folders of its own. The sandbox makes and charges again whatever is sent again,
as the vendor warns, so that nothing but Waybill keeps a second charge away. A case runs the program once
under its fault and then again without, as the person would who opens it the next day. It holds when

  * the ledger has at most one charge, whatever happened,
  * the journal never says failed, cancelled or waiting of what was charged,
  * what got no answer is at most "most likely not carried out" (unknown, or closed by the person),
  * the draft, its pictures and the journal are whole.
"""

import argparse
import itertools
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

RUN_S = 150
FACES = {'amara.okafor.jpg': 'person-01.jpg', 'Jonas Lindqvist.jpg': 'person-02.jpg', 'tomas_herrera.jpg': 'person-03.jpg'}
NEVER_OF_CHARGED = {'failed', 'cancelled', 'queued'}
NO_ORDER_OF_CHARGED = {'failed', 'cancelled', 'not-paid', 'cannot-pay', 'may-exist', 'creating', 'draft'}


class Sandbox:
    def __init__(self, program, folder):
        self.key_file = folder / 'key'
        self.process = subprocess.Popen(
            [program, '--write-key', self.key_file, '--control-port', '0', '--speed', '0', '--small',
             '--no-rate-limit', '--charges-again', '--database', folder / 'sandbox.db'],
            stdout=subprocess.PIPE, text=True)
        self.control = self.process.stdout.readline().split()[1]
        self.base_url = self.process.stdout.readline().split()[1]
        self.customer = self.first_customer()

    def first_customer(self):
        request = urllib.request.Request(f'{self.base_url}/users/list?page=1&limit=1',
                                         headers={'cmr-x-api-key': self.key_file.read_text().strip()})
        with urllib.request.urlopen(request, timeout=20) as answer:
            text = answer.read().decode()
        return re.search(r'"(?:userId|id)":\s*"([^"]+)"', text).group(1)

    def get(self, path):
        with urllib.request.urlopen(self.control + path, timeout=20) as answer:
            return json.load(answer)

    def post(self, path, **body):
        request = urllib.request.Request(self.control + path, json.dumps(body).encode(),
                                         {'Content-Type': 'application/json'})
        urllib.request.urlopen(request, timeout=20).close()

    def end(self):
        self.process.terminate()
        self.process.wait(20)
        self.process.stdout.close()


@dataclass
class Case:
    name: str
    faults: list = field(default_factory=list)   # of dict: operation, kind, value, times
    options: list = field(default_factory=list)  # of the first run
    kill_at: str = ''
    pictures: bool = True
    second: list = field(default_factory=list)   # options of the second run
    at_once: bool = False                        # two programs on one profile
    no_bus: bool = False
    may_stay_unpaid: bool = False                # what the fault leaves cannot be paid: one charge or none

    def always(self):
        return [option for option in self.options if option in ('--one-step', '--no-keyring')]


@dataclass
class Outcome:
    case: Case
    charges: int = 0
    sent: str = ''
    words: str = ''
    order: str = ''
    bad: list = field(default_factory=list)


class Run:
    """A case in a folder of its own."""

    def __init__(self, args, case):
        self.args, self.case = args, case
        self.folder = Path(tempfile.mkdtemp(prefix='waybill-chaos-'))
        self.outcome = Outcome(case)
        self.points = self.folder / 'points'
        self.output = ''

    def argv(self, options):
        argv = [self.args.chaos, '--dir', self.folder / 'home', '--base-url', self.sandbox.base_url,
                '--key-file', self.sandbox.key_file, '--customer', self.sandbox.customer, *options]
        if self.case.pictures:
            argv += ['--pictures', self.folder / 'faces']
        return [str(word) for word in argv]

    def environment(self, kill_at='', points=False):
        env = {**os.environ, 'WAYBILL_PACE': '40'}
        if kill_at:
            env['WAYBILL_KILL_AT'] = kill_at
        if points:
            env['WAYBILL_LIST_POINTS'] = str(self.points)
        if self.case.no_bus:
            env['DBUS_SESSION_BUS_ADDRESS'] = f'unix:path={self.folder}/no-such-bus'
        return env

    def start(self, options, **how):
        return subprocess.Popen(self.argv(options), env=self.environment(**how), stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True)

    def finish(self, process, killed=False):
        try:
            output, _ = process.communicate(timeout=RUN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            output, _ = process.communicate()
            self.outcome.bad.append(f'did not end in {RUN_S} s')
        self.output += output
        wanted = (-signal.SIGKILL,) if killed else (0,)
        if process.returncode not in wanted:
            self.outcome.bad.append(f'ended with {process.returncode}: {output[-400:]}')
        return output

    def faces(self):
        faces = self.folder / 'faces'
        faces.mkdir()
        for name, source in FACES.items():
            shutil.copy(Path(self.args.portraits) / source, faces / name)

    def rows(self, sql):
        path = next((self.folder / 'home/data/profiles').glob('*/journal.db'), None)
        if path is None:  # killed before there was one
            return [('ok',)] if 'integrity' in sql else []
        with sqlite3.connect(path) as journal:
            return journal.execute(sql).fetchall()

    def go(self):
        try:
            self.faces()
            self.sandbox = Sandbox(self.args.sandbox, self.folder)
            try:
                self.first()
                self.check_after('first run', sent_whole=False)
                self.sandbox.post('/clear')
                self.second()
                self.check_after('second run', sent_whole=True)
                self.check_end()
            finally:
                self.sandbox.end()
            return self.outcome
        except Exception as error:  # a case that breaks is a case that fails, with its reason
            self.outcome.bad.append(f'{type(error).__name__}: {error}; {self.output[-300:]}')
            return self.outcome
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def first(self):
        for fault in self.case.faults:
            self.sandbox.post('/fault', **fault)
        if self.case.at_once:
            # Whoever is second finds the lock taken and sends nothing.
            self.finish(self.start(['--prepare']))
            pair = [self.start(self.case.options) for _ in range(2)]
            for process in pair:
                self.finish(process)
            return
        self.finish(self.start(self.case.options, kill_at=self.case.kill_at), killed=bool(self.case.kill_at))

    def second(self):
        self.finish(self.start(self.case.always() + self.case.second))

    # --- what must hold --------------------------------------------------------------------------

    def check_after(self, when, sent_whole):
        outcome, ledger = self.outcome, self.sandbox.get('/ledger')
        operations = self.rows('SELECT op, state, reason, paid FROM operations ORDER BY created')
        orders = self.rows('SELECT state FROM orders ORDER BY created')
        outcome.charges = len(ledger)
        if len(ledger) > 1:
            outcome.bad.append(f'{when}: {len(ledger)} charges')
        paying = [state for _, state, _, paid in operations if paid]
        restarted = sent_whole or not self.case.kill_at
        if ledger and paying and restarted and all(state in NEVER_OF_CHARGED for state in paying):
            outcome.bad.append(f'{when}: charged, and the journal says {paying}')
        if ledger and restarted and all(state in NO_ORDER_OF_CHARGED for state, in orders):
            outcome.bad.append(f'{when}: charged, and the orders are {[state for state, in orders]}')
        outcome.words += f'{" → " if outcome.words else ""}' + ','.join(sorted({state for _, state, _, _ in operations}) or ['nothing'])
        outcome.order = orders[-1][0] if orders else 'none'
        self.check_whole(when)

    def check_whole(self, when):
        bad = self.outcome.bad
        if self.rows('PRAGMA integrity_check') != [('ok',)]:
            bad.append(f'{when}: the journal is damaged')
        # A kill before the draft's first line is written leaves none; from then on it is there.
        drafts = self.rows('SELECT id FROM drafts')
        files = self.rows('SELECT blob FROM draft_files WHERE blob <> ""')
        if when == 'second run' and len(drafts) != 1:
            bad.append(f'{when}: {len(drafts)} drafts')
        folder = next((self.folder / 'home/data/profiles').glob('*')) / 'pictures'
        lost = [blob for blob, in files if not (folder / blob).exists()]
        if lost or (when == 'second run' and self.case.pictures and len(files) < len(FACES)):
            bad.append(f'{when}: {len(lost)} pictures lost of {len(files)}')

    def check_end(self):
        """The next day ends in one paid order, unless the request may have been carried out and nobody can tell."""
        outcome = self.outcome
        counts = self.sandbox.get('/counts')['operations']
        outcome.sent = (f'{counts.get("create_order_multipart", 0) + counts.get("create_order_json", 0)} create, '
                        f'{counts.get("process_order", 0)} pay')
        if outcome.order == 'unknown' or self.case.may_stay_unpaid:
            return
        if outcome.charges != 1 or outcome.order not in ('live', 'being-made', 'partly'):
            outcome.bad.append(f'it ended as “{outcome.order}” with {outcome.charges} charges; {self.output[-300:]}')


# --- the cases -----------------------------------------------------------------------------------

KINDS = [
    ('dropped before', 'drop-before', 0), ('dropped after', 'drop-after', 0), ('late answer', 'delay', 700),
    ('429', 'status', 429), ('400', 'status', 400), ('402', 'status', 402), ('408', 'status', 408),
    ('500', 'status', 500), ('503', 'status', 503), ('301', 'status', 301), ('500 after', 'status-after', 500),
    ('503 after', 'status-after', 503), ('cut', 'cut', 0), ('cut, chunked', 'cut-chunked', 0), ('HTML', 'garbage', 0),
    ('other shape', 'shape', 0), ('early 413', 'early', 413), ('early 503', 'early', 503),
    ('slow reader', 'slow-read', 400000), ('no answer', 'no-answer', 0),
]
STAGES = [
    ('create', 'create_order_multipart', [], True), ('create, JSON', 'create_order_json', [], False),
    ('create and pay', 'create_order_multipart', ['--one-step'], True),
    ('create and pay, JSON', 'create_order_json', ['--one-step'], False), ('pay', 'process_order', [], True),
    ('state read', 'get_order_status', [], False), ('wallet read', 'get_wallet', [], False),
]
# Reads are asked again by themselves: a fault that lasts is what tells.
READS = {'get_order_status', 'get_wallet'}


def fault_cases():
    for (stage, operation, options, pictures), (word, kind, value) in itertools.product(STAGES, KINDS):
        if operation in READS and kind in ('early', 'slow-read', 'delay'):
            continue
        times = 3 if operation in READS else 1
        yield Case(f'{word} at {stage}', [dict(operation=operation, kind=kind, value=value, times=times)],
                   options, pictures=pictures)


def other_cases():
    yield Case('confirm ignored', [dict(operation='create_order_multipart', kind='confirm-ignored')])
    yield Case('confirm ignored, answer lost', [dict(operation='create_order_multipart', kind='confirm-ignored'),
                                                dict(operation='create_order_multipart', kind='drop-after')])
    yield Case('process not found', [dict(operation='process_order', kind='process-not-found', times=0)], may_stay_unpaid=True)
    yield Case('form gone', [dict(operation='create_order_multipart', kind='form-gone')])
    yield Case('two processes on one profile', at_once=True)
    yield Case('two processes, one step', at_once=True, options=['--one-step'])
    yield Case('no session bus', no_bus=True, options=['--no-keyring'])
    yield Case('double click on Pay', options=['--twice'])
    yield Case('double click on Create and Pay', options=['--twice', '--one-step'])
    yield Case('disk full before create', options=['--full', 'create'])
    yield Case('disk full before create and pay', options=['--one-step', '--full', 'create'])
    yield Case('disk full before pay', options=['--full', 'pay'])


def kill_cases(args):
    """A run without a fault passes the points; each is then where the program dies, in the first run."""
    for options, word in (([], ''), (['--one-step'], ', one step')):
        run = Run(args, Case('points', options=options))
        try:
            run.faces()
            run.sandbox = Sandbox(args.sandbox, run.folder)
            run.finish(run.start(options, points=True))
            run.sandbox.end()
            names = run.points.read_text().split('\n')[:-1]
            if run.outcome.bad:
                raise SystemExit(f'the run without a fault failed: {run.outcome.bad}')
        finally:
            shutil.rmtree(run.folder, ignore_errors=True)
        seen = {}
        for name in names:
            seen[name] = seen.get(name, 0) + 1
        for name, count in seen.items():
            if word and not name.startswith(('claim', 'send', 'answer', 'settle', 'orders', 'submit')):
                continue
            for nth in sorted({1, min(count, 2), count}):
                yield Case(f'killed at {name}:{nth} of {count}{word}', kill_at=f'{name}:{nth}', options=options)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ('chaos', 'sandbox', 'portraits'):
        parser.add_argument(f'--{name}', required=True)
    parser.add_argument('--only', default='', help='cases whose name matches')
    parser.add_argument('--every', type=int, default=1, help='only each n-th case, unless WAYBILL_TEST_ALL is set')
    parser.add_argument('--at-once', type=int, default=4)
    args = parser.parse_args()
    cases = [case for case in itertools.chain(fault_cases(), other_cases(), kill_cases(args))
             if re.search(args.only, case.name)][::1 if 'WAYBILL_TEST_ALL' in os.environ else args.every]
    failed = 0
    print(f'1..{len(cases)}', flush=True)
    with ThreadPoolExecutor(args.at_once) as pool:
        for number, outcome in enumerate(pool.map(lambda case: Run(args, case).go(), cases), 1):
            print(f'# {outcome.case.name:<44} {outcome.charges} charge  {outcome.sent:<18} {outcome.order:<11} {outcome.words}')
            for line in outcome.bad:
                print(f'#   {line}')
            failed += bool(outcome.bad)
            print(f'{"not ok" if outcome.bad else "ok"} {number} - {outcome.case.name}', flush=True)
    kills = sum(bool(case.kill_at) for case in cases)
    print(f'# {len(cases) - kills} faults and accidents, {kills} kills, {failed} failed', flush=True)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
