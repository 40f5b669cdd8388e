# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of a million mailboxes, in the real window on a full mirror (wb-bench-mirror.c, wb-bench-lists.c). "busy" is
how long the main loop was away from its poll, less the time in which the processors were others'; "painted" how long
it took until a frame had what was asked for, by the clock."""

import os
from pathlib import Path

from harness import Run, Wrong, in_turns, median

ROWS = 1000000
COLLECTION = 'mailboxes'


class Mirror:
    """Made once for all of them."""

    def __init__(self, bench):
        self.bench, self.folder = bench, bench.folder / 'mirror'
        if not self.folder.exists():
            made = Run([bench.own('wb-bench-mirror'), self.folder, f'--mailboxes={ROWS}'])
            if made.figures.get('mailboxes') != ROWS:
                raise Wrong(f'the mirror has {made.figures}')
        self.database, = self.folder.glob('cache/waybill/profiles/*/mirror.db')
        # The page to begin with, as a window before has left it.
        settings = Path(os.environ['XDG_CONFIG_HOME']) / 'glib-2.0/settings/keyfile'
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(f"[io/github/waybill/Waybill]\nlast-page='{COLLECTION}'\n")
        self.environment = os.environ | {'XDG_DATA_HOME': str(self.folder / 'data'),
                                         'XDG_CACHE_HOME': str(self.folder / 'cache'), 'GSETTINGS_BACKEND': 'keyfile'}

    def own(self, what):
        run = Run([self.bench.own('wb-bench-lists'), f'--collection={COLLECTION}', what], env=self.environment)
        if not run.figures:
            raise Wrong(f'{what}: nothing was measured')
        return run

    def peer(self, what):
        return Run([self.bench.own('wb-bench-lists-peer'), self.database, ROWS, what])

    def watch(self, *words):
        return Run([self.bench.own('wb-bench-start'), *words], quiet=True, env=self.environment)


def figure(name, factor=1):
    return lambda run: run.figures[name] * factor


def worst(runs, name):
    """The middle of the runs' worst ones: each has a hundred, and one interruption is nobody's."""
    return median(runs, figure(name))


def over(name, value, limit, unit='ms'):
    return [f'{name} {value:.3g} {unit}'] if value > limit else []


def start(bench):
    """From exec to the first frame with rows in it."""
    mirror = Mirror(bench)
    own, peer, bare = in_turns(lambda: mirror.watch('--rows', bench.own('waybill')),
                               lambda: mirror.watch(bench.peer('gnome-text-editor'), '--standalone'),
                               lambda: mirror.watch(bench.own('wb-bench-bare')), rounds=9)
    mine, theirs, least = (median(runs, figure('drawn', 1000)) for runs in (own, peer, bare))
    missed = ['slower than gnome-text-editor'] if mine > theirs else []
    missed += [f'{mine / least:.2f} × a bare window'] if mine > 1.7 * least else []
    bench.line('lists-start', mine, theirs, 'ms', mine / theirs, f'≤1.0,bare={least:.3g}ms,bare-ratio={mine / least:.2f}≤1.7', missed)


def memory(bench):
    """Beyond the bare window: with a million rows to be seen, and once a search has begun."""
    mirror = Mirror(bench)
    own, bare = in_turns(lambda: mirror.own('memory'), lambda: mirror.watch('--settle', bench.own('wb-bench-bare')), rounds=3)
    least = median(bare, figure('rss_mib'))
    for name, key, limit in (('lists-memory', 'before_mib', 30), ('lists-memory-searched', 'after_mib', 90)):
        mine = median(own, figure(key)) - least
        missed = over('it takes', mine, limit, 'MiB')
        bench.line(name, mine, least, 'MiB', mine / least, f'own≤{limit}MiB', missed)


def keystroke(bench):
    """A letter more, a letter less, or other words, with any number of hits."""
    mirror = Mirror(bench)
    own, peer, incremental = in_turns(lambda: mirror.own('keys'), lambda: mirror.peer('filter'),
                                      lambda: mirror.peer('incremental'), rounds=2)
    for name, key, middle, limit in (('lists-keystroke-busy', 'busy', 8, 12), ('lists-keystroke-painted', 'painted', 16, 50)):
        mine, theirs, third = (median(runs, figure(f'{key}_median')) for runs in (own, peer, incremental))
        most = worst(own, f'{key}_worst')
        missed = over('the median is', mine, middle) + over('the worst is', most, limit)
        bench.line(name, mine, theirs, 'ms', mine / theirs,
                   f'own≤{middle}ms,worst={most:.3g}≤{limit}ms,cpu={median(own, figure("cpu_median")):.3g}ms,'
                   f'peer-worst={worst(peer, f"{key}_worst"):.3g}ms,incremental={third:.3g}ms,'
                   f'incremental-worst={worst(incremental, f"{key}_worst"):.3g}ms', missed)


def select(bench):
    mirror = Mirror(bench)
    own, peer = in_turns(lambda: mirror.own('select'), lambda: mirror.peer('select'), rounds=2)
    for what in ('all', 'none', 'inverted'):
        mine, grown = median(own, figure(f'{what}_median')), worst(own, f'{what}_mib_worst')
        theirs = median(peer, figure(what if what in peer[0].figures else 'all'))
        missed = over('busy', mine, 10) + over('it takes', grown, 10, 'MiB')
        first = median(own, figure(f'{what}_first'))
        bench.line(f'lists-select-{what}', mine, theirs, 'ms', mine / theirs,
                   f'own≤10ms,first={first:.3g}ms,memory={grown:.3g}≤10MiB', missed)


def jump(bench):
    """To rows far off; the peer has all of them in memory."""
    mirror = Mirror(bench)
    own, cold, peer = in_turns(lambda: mirror.own('jump'), lambda: mirror.own('cold'), lambda: mirror.peer('jump'), rounds=2)
    theirs = median(peer, figure('busy_median'))
    mine, first = median(own, figure('busy_median')), median(own, figure('first_longest_median'))
    missed = over('busy', mine, 10) + over('a frame while the scroll bar fades in', first, 10)
    bench.line('lists-jump', mine, theirs, 'ms', mine / theirs,
               f'own≤10ms,worst={worst(own, "busy_worst"):.3g}ms,painted={median(own, figure("painted_median")):.3g}ms,'
               f'first-longest={first:.3g}≤10ms', missed)
    mine = worst(cold, 'blocked_worst')
    bench.line('lists-jump-cold', mine, theirs, 'ms', mine / theirs,
               f'own≤8ms,blocked at a time,filled={median(cold, figure("done_median")):.3g}ms', over('blocked', mine, 8))


def sort(bench):
    """By each column, busy; and until the rows stand in their order, against the database's own tool."""
    mirror = Mirror(bench)

    def tool(column):
        return Run([bench.peer('sqlite3'), '-readonly', f'file:{mirror.database}?mode=ro', '.output /dev/null',
                    f'SELECT rowid FROM mailbox ORDER BY {column}'])
    columns = [('domain', 'domain COLLATE NOCASE'), ('created', 'created_at')]
    own, *tools = in_turns(lambda: mirror.own('sort'), *(lambda column=column: tool(column) for _, column in columns), rounds=2)
    mine, most = median(own, figure('busy_median')), worst(own, 'busy_worst')
    done = [(name, median(own, figure(f'done_{name}')), median(runs, lambda run: run.seconds * 1000))
            for (name, _), runs in zip(columns, tools) if f'done_{name}' in own[0].figures]
    if not done:
        raise Wrong(f'no column was sorted that the database sorts too: {sorted(own[0].figures)}')
    bench.line('lists-sort-busy', mine, done[0][2], 'ms', mine / done[0][2], f'own≤10ms,worst={most:.3g}ms', over('busy', mine, 10))
    for name, took, theirs in done:
        missed = ['slower than 1.5 × sqlite3'] if took > 1.5 * theirs else []
        bench.line(f'lists-sort-{name}', took, theirs, 'ms', took / theirs, '≤1.5', missed)


def scroll(bench):
    """Ten times through ten thousand rows, each of them in a frame: minutes, so that it is done once."""
    run = Mirror(bench).own('scroll')
    mine, grown = run.figures['rows_alive'], run.figures['growth_mib']
    missed = over('rows', mine, 4500, 'alive') + over('it grows by', abs(grown), 5, 'MiB')
    bench.line('lists-scroll', mine, 4500, 'rows', mine / 4500, f'≤1.0,memory={grown:.3g}±5MiB', missed)


def use(bench):
    """An hour in minutes, once; what the allocator holds back is given to the system before memory is read."""
    run = Mirror(bench).own('use')
    mine, first = run.figures['growth_mib'], run.figures['first_mib']
    bench.line('lists-use-1h', mine, first, 'MiB', mine / first, 'own≤2MiB', over('it grows by', mine, 2, 'MiB'))


LISTS = {
    'lists-start': start,
    'lists-memory': memory,
    'lists-keystroke': keystroke,
    'lists-select': select,
    'lists-jump': jump,
    'lists-sort': sort,
    'lists-scroll': scroll,
    'lists-use-1h': use,
}
