#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""shots.py --waybill PROGRAM [--sandbox PROGRAM] --out DIR [--scheme light|dark] [--only GROUP] [--smoke]: a
picture of every page and step of the wizard, light and dark, 1280 and 360 px wide, empty and full, as
DIR/page-state-width-scheme.png. Each is checked to be more than one colour.

Groups: first, wizard, full, server, double. A page that cannot be reached is told at the end; the others are made
all the same. --smoke: a handful. --metainfo: those of data/screenshots instead."""

import argparse
import os
import re
import shutil
import subprocess
import sys
import traceback
from contextlib import contextmanager
from pathlib import Path

import fill
import job as main_job
from driver import App, Missing, wait
from notifications import Notifications
from shots_lists import NARROW, OWNED, WIDE, Lists
from shots_metainfo import Metainfo
from shots_states import States

SCHEMES = {'light': 'prefer-light', 'dark': 'prefer-dark'}

# What the main job calls its pictures, and what they are called here.
NAMES = {'first-run': 'first-run-start', 'customer': 'wizard1-customer-new', 'customer-made': 'wizard2-domains-empty',
         'domains': 'wizard2-domains-3', 'mailboxes-empty': 'wizard3-mailboxes-empty', 'mailboxes': 'wizard3-mailboxes-24',
         'pictures-empty': 'wizard4-pictures-empty', 'pictures-chosen': 'wizard4-pictures-chosen',
         'pictures-drop': 'wizard4-pictures-drop', 'pictures': 'wizard4-pictures-full',
         'options': 'wizard5-options', 'review': 'wizard6-review', 'pay': 'wizard7-pay',
         'paying': 'wizard7-paying', 'tracking': 'wizard7-tracking', 'live': 'wizard7-live'}
# While a button is held, or something runs, the window keeps its size.
ONE_SIZE = {'pictures-drop', 'paying', 'pay'}
PEOPLE = [*main_job.PEOPLE, ('Lena', 'Vogt'), ('Maximiliana', 'Featherstonehaugh-Cholmondeley')]
DOMAINS = ['orchardvine.example', 'tryorchard.example', 'the-very-long-name-of-an-orchard-and-vineyard.example']


class Shots(Lists, States, main_job.MainJob):
    """The main job with three domains and 24 mailboxes, and what lies beside its way."""

    wide, prefix = WIDE, ''

    def __init__(self, args, scheme):
        super().__init__(argparse.Namespace(waybill=args.waybill, sandbox=args.sandbox, base_url=None, key_file=None))
        self.out, self.smoke, self.scheme = Path(args.out), args.smoke, scheme
        self.made, self.failed = [], []
        self.env = {'ADW_DEBUG_COLOR_SCHEME': SCHEMES[scheme]}

    def domains(self):
        return DOMAINS

    def start(self, *options):
        self.app = App([self.args.waybill, *options], env=self.env)
        return self.app

    # --- pictures --------------------------------------------------------------------------------

    def shot(self, name, app):
        self.picture(NAMES.get(name, name), app, sizes=(None,) if name in ONE_SIZE else (NARROW, WIDE))

    def picture(self, name, app, frame=None, sizes=(NARROW, WIDE), first=None):
        """The topmost window at each of the sizes; it is left at the last one. None: as it is. first() is
        called before each, at that size."""
        frame = frame or app.top
        # Without a compositor GTK draws a rim round the window; the sizes are of what is inside.
        window, geometry = app.window_of(frame)
        rim = geometry[2] - frame.extents[2]
        for size in sizes:
            if size:
                app.resize(size[0] + rim, size[1] + rim, frame=frame)
                # What is laid out anew comes a frame or two later.
                wait(lambda: abs(frame.extents[2] - size[0]) <= 1, f'{name} to be {size[0]} px wide')
            if first:
                first()
            width = app.windows()[window][2] - rim
            self.write(app, frame, self.out / f'{self.prefix}{name}-{width}-{self.scheme}.png')

    def write(self, app, frame, path):
        ppm = app.settled(frame, seconds=2)
        pixels = ppm.split(b'\n', 3)[-1]
        if pixels == pixels[:3] * (len(pixels) // 3):
            raise AssertionError(f'{path.name} is of one colour')
        subprocess.run(['convert', 'ppm:-', f'png:{path}'], input=ppm, check=True)
        self.made.append(path)

    @contextmanager
    def part(self, what):
        """What goes wrong in here costs this part alone."""
        try:
            yield
        except Exception:
            traceback.print_exc()
            self.failed.append(f'{what} ({self.scheme})')
            self.recover()

    def recover(self):
        """What stands open must not cost the parts after it."""
        try:
            while self.app.process.poll() is None and len(self.app.frames()) > 1:
                before = self.app.top
                self.app.keys('Escape')
                wait(lambda: not self.app.top.same(before), 'a dialog to close', 5)
        except Exception:
            traceback.print_exc()

    def dialog(self, app, name, keys, sizes=(None,)):
        with self.part(name):
            before = app.top
            app.keys(keys)
            frame = wait(lambda: app.top if not app.top.same(before) else None, f'the window of {name}')
            self.picture(name, app, frame, sizes)
            app.keys('Escape')
            wait(lambda: app.top.same(before), f'{name} to close')

    # --- pages -----------------------------------------------------------------------------------

    def section(self, app, number, name):
        app.keys(f'ctrl+{number}')
        app.find(None, name)

    def pages_empty(self, app):
        with self.part('activity-empty'):
            self.section(app, 2, 'Activity')
            self.picture('activity-empty', app)
        with self.part('sandbox-pill'):
            app.find(None, re.compile('^Sandbox')).click()
            app.find('push button', 'Next Renewal')
            self.screen('sandbox-pill', app)
            app.keys('Escape')
        with self.part('add-by-id'):
            self.add_by_id(app)
        with self.part('customers'):
            self.customers(app)
        self.dialog(app, 'preferences', 'ctrl+comma', ((360, 600), (640, 576)))
        self.dialog(app, 'shortcuts', 'ctrl+question')
        for page, name in ((2, 'safety'), (3, 'notifications'), (4, 'storage')):
            with self.part(f'preferences-{name}'):
                self.preferences_page(app, page, name)
        with self.part('about'):
            app.keys('F10')
            app.find('menu item', re.compile('About')).click()
            frame = app.window(re.compile('About'))
            self.picture('about', app, frame, (None,))
            app.keys('Escape')
        with self.part('profiles'):
            app.keys('ctrl+shift+p')
            app.find('push button', 'Add Profile…')
            self.screen('profiles', app)
            app.keys('Escape')
        app.keys('ctrl+1')

    def preferences_page(self, app, page, name):
        before = app.top
        app.keys('ctrl+comma')
        frame = wait(lambda: app.top if not app.top.same(before) else None, 'the preferences')
        app.resize(640 + 10, 576 + 10, frame=frame)
        frame.find(None, name.title()).click()
        self.picture(f'preferences-{name}', app, frame, ((360, 600), (640, 576)))
        app.keys('Escape')
        wait(lambda: app.top.same(before), 'the preferences to close')

    def add_by_id(self, app):
        """Empty, and with a customer half typed."""
        self.section(app, 1, 'Orders')
        before = app.top
        app.find('push button', re.compile('^Add One by Its Id')).click()
        frame = wait(lambda: app.top if not app.top.same(before) else None, 'the dialog')
        self.picture('orders-add-by-id', app, frame, (None,))
        frame.find('text', re.compile('^Customer')).press()
        app.type('oak')
        frame.find('list item', re.compile('^Oakline'))
        self.picture('orders-add-by-id-customers', app, frame, (None,))
        app.keys('Escape')
        wait(lambda: app.top.same(before), 'the dialog to close')

    def screen(self, name, app, size=WIDE):
        """All of the screen: popovers are windows of their own."""
        path = self.out / f'{name}-{size[0]}-{self.scheme}.png'
        app.shot(path)
        self.made.append(path)

    def customers(self, app):
        self.section(app, 3, 'Customers')
        app.find(None, re.compile('Brightloom'))
        self.picture('customers-full', app)
        self.picture('customers-pane', app, first=lambda: self.open_pane(app, 'Brightloom'))
        self.dialog(app, 'customer-create', 'ctrl+shift+n', ((360, 700), (560, 720)))
        app.find(None, re.compile('Brightloom')).press()
        self.dialog(app, 'customer-edit', 'F2', ((360, 700), (560, 720)))

    def open_pane(self, app, row):
        """Beside the list, or over it where that is narrow."""
        in_pane = re.compile('^(Close Details|Copy|Resume)')
        if app.top.extents[2] <= NARROW[0] and app.top.all('push button', in_pane):
            app.keys('Escape')  # it lies over the list
            app.gone('push button', in_pane)
        try:
            place = app.find(None, re.compile(row), showing=False, seconds=3)
        except Missing:
            app.keys('Page_Down')  # the list has only the rows that are near
            place = app.find(None, re.compile(row), showing=False)
        place.press()
        app.find('push button', in_pane)

    def read_customers(self):
        with self.start('--sandbox') as app:
            app.keys('ctrl+3')
            app.find(None, re.compile('Brightloom'))

    def full_pages(self):
        """Journal and mirror of some weeks, over what the program made before."""
        self.read_customers()
        fill.fill()
        with self.start('--sandbox') as app:
            app.resize(*WIDE)
            with self.part('orders-full'):
                app.find(None, re.compile('Kestrel'))
                self.picture('orders-full', app)
            # It lies over rows that are pressed.
            app.gone('label', re.compile('^Everything here is invented'))
            # In the order of the list: newer GTK does not tell of rows that are scrolled away above.
            for name, state in (('Brightloom', 'partly'), ('Papertrail', 'draft'), ('Tidewater', 'live'), ('Juniper', 'failed')):
                with self.part(f'orders-pane-{state}'):
                    self.picture(f'orders-pane-{state}', app, first=lambda: self.open_pane(app, name))
            with self.part('activity-full'):
                self.section(app, 2, 'Activity')
                app.find(None, re.compile('Kestrel'))
                self.picture('activity-full', app)
                self.picture('activity-unknown', app, first=lambda: self.open_pane(app, '^Pay and start an order, Kestrel'))
                self.picture('activity-failed', app, first=lambda: self.open_pane(app, '^Change a customer, Papertrail'))
            self.owned_pages(app)
            self.no_match(app)
            self.several_pages(app)
            with self.part('filtered'):
                self.filtered(app)
            self.focus(app)
            self.stages(app)
            with self.part('popovers'):
                self.popovers(app)

    # --- the wizard ------------------------------------------------------------------------------

    def new_order(self, app):
        wizard = super().new_order(app)
        app.resize(*WIDE, frame=wizard)
        wizard.find('push button', 'New Customer…')
        self.picture('wizard1-customer-empty', app, wizard)
        return wizard

    def mailboxes(self, app, wizard):
        self.shot('mailboxes-empty', app)
        app.keys('ctrl+g')
        wizard.find('text', 'People, one on each line').set_text('\n'.join(' '.join(person) for person in PEOPLE))
        self.picture('wizard3-mailboxes-fill', app, wizard)
        wizard.find('push button', re.compile('^Fill .*Rows$')).click()
        wizard.find('push button', re.compile(f'^{re.escape(DOMAINS[0])} 8$'))
        app.keys('ctrl+g')
        self.shot('mailboxes', app)
        with self.part('mailboxes-errors'):
            self.mailbox_errors(app, wizard)
        wizard.find('push button', 'Next').click()

    def mailbox_errors(self, app, wizard):
        """A user name with a space, then as it was."""
        cell = wizard.find(None, re.compile('amara.okafor'))
        cell.press()
        app.type('amara okafor')
        app.keys('Return')
        wizard.find('push button', re.compile('^To mend 1'))
        app.keys('F8')
        self.picture('wizard3-mailboxes-errors', app, wizard)
        app.keys('ctrl+z')
        wizard.find('push button', re.compile('^To mend 0'))

    def pay(self, app, wizard):
        """The window asks by itself as soon as the order is there; put off, it says how the order stands."""
        dialog = app.window(re.compile('^Pay About'))
        self.shot('pay', app)
        app.keys('Escape')
        wait(lambda: app.top.same(wizard), 'the dialog to close')
        self.picture('wizard7-created', app, wizard)
        wizard.find('push button', re.compile('^Pay About')).click()
        dialog = app.window(re.compile('^Pay About'))
        dialog.find('push button', re.compile('^Pay About .* and Start')).press()
        app.focus_window(wizard)

    def track(self, app, wizard):
        self.shot('paying', app)
        wizard.find('label', re.compile('of 24 '), seconds=60)
        self.picture('wizard7-tracking', app, wizard)
        wizard.find('label', re.compile('^24 mailboxes are live'), seconds=main_job.LIVE_S)
        self.shot('live', app)

    def portraits(self):
        """On three domains a name alone is three people: the files bear addresses."""
        super().portraits()
        files = sorted(path for place in main_job.FILES for path in (self.folder / place).iterdir())
        for path, (first, last) in zip(files, main_job.PEOPLE):
            path.rename(path.with_name(f'{first}.{last}@{DOMAINS[0]}.jpg'.lower().replace('á', 'a')))

    def placed(self, wizard, count):
        wizard.find('label', 'Files can be sent with the order only.')

    def wizard(self, app):
        steps = self.customer, self.choose_domains, self.mailboxes, self.pictures, self.options, self.review, self.pay, self.track
        window = self.new_order(app)
        for step in steps:
            step(app, window)

    # --- all of it -------------------------------------------------------------------------------

    def go(self, only):
        self.portraits()
        for name, group in (('first', self.first_pages), ('wizard', self.wizard_pages), ('full', self.full_pages),
                            ('server', self.server), ('double', self.double_pages)):
            if only in (None, name) and (name == 'first' or not self.smoke):
                self.home(name)
                with self.part(name):
                    group()

    def home(self, name):
        """One of its own: no group meets what another has ordered."""
        for kind in ('DATA', 'CACHE'):
            os.environ[f'XDG_{kind}_HOME'] = str(self.folder / name / kind.lower())

    def wizard_pages(self):
        with self.start('--sandbox', '--sandbox-speed', '12') as app:
            app.find('push button', 'New Order')
            self.wizard(app)

    def double_pages(self):
        """The lists, the step Review and the page Tracking with text of twice the size."""
        self.read_customers()
        fill.fill()
        rows = ('Papertrail', ['alt+6'], 'wizard6-review'), ('Brightloom, brightloom.example', [], 'wizard7-partly')
        with self.double():
            with self.part('double-orders'), self.start('--sandbox') as app:
                app.resize(*WIDE)
                app.find(None, re.compile('Kestrel'))
                self.picture('orders-full', app)
                for number, name, row in ((2, 'Activity', 'Kestrel'), (3, 'Customers', 'Brightloom'), *((n, name, 'example') for n, name, _ in OWNED)):
                    self.section(app, number, name)
                    app.find(None, re.compile(row))
                    self.picture(f'{name.lower()}-full', app)
                with self.part('double-selected'):
                    self.several(app, 'subscriptions')
            for row, keys, name in rows:
                with self.part(f'double-{name}'), self.start('--sandbox') as app:
                    app.resize(*WIDE)
                    app.find(None, re.compile('Kestrel'))
                    self.search(app, row.split(',')[0])
                    self.open_order(app, row, name, keys)

    def first_pages(self):
        with self.start('--first-run', '--sandbox', '--sandbox-speed', '12') as app:
            app.resize(*WIDE)
            app.find(None, re.compile('Try It First'))
            self.shot('first-run', app)
            app.find(None, re.compile('Try It First')).press()
            app.find('push button', 'New Order')
            self.shot('orders-empty', app)
            if self.smoke:
                self.dialog(app, 'preferences', 'ctrl+comma', ((640, 576),))
            else:
                self.pages_empty(app)


class MetainfoShots(Metainfo, Shots):
    def go(self, only):
        self.portraits()
        self.home('metainfo')
        self.metainfo_pages()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--waybill', required=True)
    parser.add_argument('--out', required=True)
    parser.add_argument('--scheme', choices=SCHEMES)
    parser.add_argument('--sandbox', help='the stand-in for the service; beside the program unless given')
    parser.add_argument('--only', metavar='GROUP')
    parser.add_argument('--smoke', action='store_true')
    parser.add_argument('--metainfo', action='store_true')
    args = parser.parse_args()
    args.sandbox = args.sandbox or str(Path(args.waybill).parent / 'sandbox' / 'waybill-sandbox')
    Path(args.out).mkdir(parents=True, exist_ok=True)
    made, failed = [], []
    # Without someone to show them they would be warnings.
    Notifications()
    for scheme in [args.scheme] if args.scheme else SCHEMES:
        shots = (MetainfoShots if args.metainfo else Shots)(args, scheme)
        try:
            shots.go(args.only)
        finally:
            shutil.rmtree(shots.folder, ignore_errors=True)
        made += shots.made
        failed += shots.failed
    missing = [path.name for path in made if not path.exists() or not path.stat().st_size]
    place = made[0].parent if made else args.out
    print(f'{len(made)} pictures in {place}', *(f'not made: {what}' for what in failed + missing), sep='\n', flush=True)
    return 1 if failed or missing or not made else 0


if __name__ == '__main__':
    sys.exit(main())
