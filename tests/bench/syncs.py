# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading all mailboxes of a service into a new mirror: bench.py's lines of sync."""

import subprocess

from harness import Run, Wrong, in_turns, median, seconds

COLUMNS = ('mailboxId email username domain domainId firstName lastName status profilePicture serviceProvider '
           'subscriptionId orderId userId isAdmin expireOn createdAt').split()


class Service:
    """waybill-sandbox with many mailboxes, for as long as a benchmark takes."""

    def __init__(self, bench, bulk, *options):
        self.bench, self.folder = bench, bench.emptied('service')
        self.key, self.config = self.folder / 'key', self.folder / 'curlrc'
        self.process = subprocess.Popen([bench.own('waybill-sandbox'), '--bulk', str(bulk), '--write-key', self.key, *options],
                                        stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().split()[-1]
        self.config.write_text(f'header = "cmr-x-api-key: {self.key.read_text()}"\n')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()

    def own(self, *options):
        run = Run([self.bench.own('wb-bench-sync'), self.bench.emptied('mirror'), self.url, self.key, *options])
        if run.figures['refused']:
            raise Wrong('the service asked for a pause')
        return run

    def peer(self, pages):
        """The same pages by the tools that one would take, one after the other."""
        curl, jq, sqlite = (self.bench.peer(name) for name in ('curl', 'jq', 'sqlite3'))
        folder, fields = self.bench.emptied('peer'), ', '.join(f'.{name}' for name in COLUMNS)
        return Run(['sh', '-ec', f'''
            {curl} -sf -K {self.config} "{self.url}/mailboxes?page=[1-{pages}]&limit=100" > {folder}/pages
            {jq} -r '.data.mailboxes[] | [{fields}] | @csv' {folder}/pages > {folder}/rows.csv
            {sqlite} {folder}/mirror.db 'CREATE TABLE mailbox ({COLUMNS[0]} TEXT PRIMARY KEY, {", ".join(COLUMNS[1:])})' \
              '.mode csv' '.import {folder}/rows.csv mailbox' '.mode list' "SELECT 'rows=' || count(*) FROM mailbox"'''])


def rows(bench):
    """Rows a second, as fast as the service gives them; a frame that is late by the program's own clock."""
    with Service(bench, 20000, '--no-rate-limit') as service:
        pages = int(service.own().figures['pages'])
        own, peer = in_turns(service.own, lambda: service.peer(pages))
    counts = {run.figures['rows'] for run in own + peer}
    if len(counts) != 1:
        raise Wrong(f'not the same rows: {counts}')
    mine, theirs = (max(counts) / median(runs, seconds) for runs in (own, peer))
    gap = median(own, lambda run: run.figures['gap_ms'])
    missed = ['slower than curl, jq and sqlite3'] if mine < theirs else []
    missed += [f'a gap of {gap:.0f} ms'] if gap > 32 else []
    bench.line('sync-rows', mine, theirs, '/s', mine / theirs, f'≥1.0,gap={gap:.1f}≤32ms', missed)


def share(bench, name, bulk, least, most, *options):
    with Service(bench, bulk) as service:
        run = service.own('--pace', '4', *options)
    mine = (run.figures['pages'] - 1) / run.figures['seconds']
    missed = [] if least <= mine / 4 <= most else ['not the share it may have']
    bench.line(name, mine, 4, '/s', mine / 4, f'{least}…{most}', missed)


def paced(bench):
    """Pages a second of the four that the vendor's limit allows us, while a person waits."""
    share(bench, 'sync-paced', 6400, 0.98, 1.0)


def background(bench):
    """The same while nobody waits."""
    share(bench, 'sync-background', 2000, 0.4, 0.5, '--background')


def unchanged(bench):
    """Bytes that a second sweep of the same rows adds to the log; beside it what the process wrote in all."""
    with Service(bench, 20000, '--no-rate-limit') as service:
        run = service.own('--again')
    grown, written = run.figures['wal_growth'], run.figures['written']
    bench.line('sync-unchanged', grown, written, 'B', 0, 'own≤0', ['writes what has not changed'] if grown > 0 else [])


SYNCS = {'sync-rows': rows, 'sync-paced': paced, 'sync-background': background, 'sync-unchanged': unchanged}
