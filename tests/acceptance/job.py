# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job in the real window, as a person does it, through the accessibility bus, the keyboard and real
drags: each step is a method, for main-job.py and for what does it in another way."""

import os
import re
import shutil
import sqlite3
import tempfile
from pathlib import Path

from PIL import Image

import gestures
from driver import App, wait
from notifications import Notifications

HERE = Path(__file__).resolve().parent
PORTRAITS = HERE.parent.parent / 'data/portraits'
LIVE_S = 120

PEOPLE = [('Amara', 'Okafor'), ('Jonas', 'Lindqvist'), ('Priya', 'Raman'),
          ('Tomás', 'Herrera'), ('Mei', 'Tanaka'), ('Idris', 'Bello')]
# Named as people name files, in three places of their own, one of another kind; each with the face that fits.
FILES = {'chosen': {'amara.okafor.jpg': 'person-07.jpg', 'Jonas Lindqvist.jpg': 'person-04.jpg'},
         'dropped': {'priya_raman.png': 'person-12.jpg', 'Herrera, Tomas.jpg': 'person-09.jpg'},
         'Team': {'mei-tanaka.jpg': 'person-01.jpg', 'i.bello.jpg': 'person-05.jpg'}}
CUSTOMER = {'Company': 'Orchard & Vine', 'First Name': 'Nora', 'Last Name': 'Vine',
            'E-mail': 'nora@orchardvine.example', 'Address': '14 Quay Street', 'Postal Code': '97209',
            'City': 'Portland', 'Country Code of the Phone, without +': '1',
            'Phone, without country code': '5035550171'}


class MainJob:
    def __init__(self, args):
        self.args = args
        self.count = 0
        self.folder = Path(tempfile.mkdtemp(prefix='waybill-main-job-'))
        self.names = self.domains()

    def domains(self):
        """New ones each time: another server remembers."""
        mark = os.urandom(3).hex() if self.args.base_url else ''
        return [f'orchardvine{mark}.example', f'tryorchard{mark}.example']

    def argv(self):
        argv = [self.args.waybill]
        if self.args.base_url:
            return [*argv, '--base-url', self.args.base_url, '--key-file', self.args.key_file]
        return [*argv, '--first-run', '--sandbox', '--sandbox-speed', '12', '--record', str(self.folder / 'record')]

    def start(self):
        return App(self.argv())

    def choose(self, app, folder, open_chooser):
        gestures.choose_all(app, folder, open_chooser)

    def shot(self, name, app):
        self.count += 1
        app.shot(Path(self.args.shots) / f'{self.count:02}-{name}.png', app.top)

    def portraits(self):
        for place, names in FILES.items():
            (self.folder / place).mkdir()
            for name, face in names.items():
                if name.endswith('.png'):
                    Image.open(PORTRAITS / face).save(self.folder / place / name)
                else:
                    shutil.copy(PORTRAITS / face, self.folder / place / name)

    def go(self):
        self.portraits()
        notifications = Notifications()
        with self.start() as app:
            if not self.args.base_url:
                self.first_run(app)
            wizard = self.new_order(app)
            self.customer(app, wizard)
            self.choose_domains(app, wizard)
            self.mailboxes(app, wizard)
            self.pictures(app, wizard)
            self.options(app, wizard)
            self.review(app, wizard)
            self.pay(app, wizard)
            said = self.track(app, wizard)
            wait(lambda: any('6 mailboxes are live' in title for title, _, _ in notifications.shown), 'the notification')
            return said

    # --- the steps -------------------------------------------------------------------------------

    def first_run(self, app):
        app.find(None, re.compile('Try It First'))
        self.shot('first-run', app)
        app.find(None, re.compile('Try It First')).press()
        app.find('push button', 'New Order')
        self.shot('orders-empty', app)

    def new_order(self, app):
        app.keys('ctrl+n')
        wizard = app.window(re.compile('^New Order'))
        app.focus_window(wizard)
        return wizard

    def customer(self, app, wizard):
        wizard.find('push button', 'New Customer…').click()
        for field, text in CUSTOMER.items():
            wizard.find('text', re.compile('^' + re.escape(field)), showing=False).press()
            app.type(text)
        self.pick(app, wizard, 'Country', 'United States')
        self.pick(app, wizard, 'State', 'Oregon')
        self.shot('customer', app)
        wizard.find('push button', 'Create Customer', showing=False).click()
        wizard.find(None, 'Domains')
        self.shot('customer-made', app)

    def pick(self, app, wizard, field, choice):
        """A drop-down with a search entry: opened, searched, taken."""
        box = wizard.find('combo box', re.compile('^' + field), showing=False)
        wait(lambda: 'sensitive' in box.states, f'{box} to be sensitive')
        box.press()
        # The popover has the keyboard; to focus its window again would close it.
        box.find('entry').set_text(choice)
        box.find('label', choice).press()
        box.find('label', choice)

    def choose_domains(self, app, wizard):
        app.type(' '.join(self.names))
        app.keys('Return')
        wait(lambda: len(wizard.all('list item', re.compile(', Available'))) == len(self.names), 'both names to be free')
        self.shot('domains', app)
        wizard.find('push button', 'Next').click()

    def mailboxes(self, app, wizard):
        """Three people on each domain, by names: accents stay in the names and leave the addresses."""
        self.shot('mailboxes-empty', app)
        app.keys('ctrl+g')
        for domain, people in zip(self.names, (PEOPLE[:3], PEOPLE[3:])):
            self.fill(wizard, domain, people)
        self.shot('mailboxes', app)
        wizard.find('push button', 'Next').click()

    def fill(self, wizard, domain, people):
        wizard.find('text', 'People, one on each line').set_text('\n'.join(' '.join(person) for person in people))
        for name in self.names:
            box = wizard.find('check box', re.compile('^' + re.escape(name)))
            if ('checked' in box.states) != (name == domain):
                box.press()
                wait(lambda: ('checked' in box.states) == (name == domain), f'the tick of {name}')
        wizard.find('push button', re.compile('^Fill .*Rows$')).click()
        wizard.find('push button', re.compile(f'^{re.escape(domain)} 3$'))

    def pictures(self, app, wizard):
        wizard.find('push button', 'Add Pictures…')
        self.shot('pictures-empty', app)
        self.choose(app, self.folder / 'chosen', lambda: wizard.find('push button', 'Add Pictures…').click())
        self.placed(wizard, 2)
        self.shot('pictures-chosen', app)
        # Beside the tiles: over one of them the first file would be for that person.
        target = wizard.find('label', 'Files can be sent with the order only.')
        gestures.drop(app, sorted((self.folder / 'dropped').iterdir()), target,
                      hover=lambda: self.shot('pictures-drop', app))
        self.placed(wizard, 4)
        self.drop_folder(app, self.folder / 'Team', target)
        self.placed(wizard, 6)
        self.shot('pictures', app)
        wizard.find('push button', 'Next').click()

    def drop_folder(self, app, folder, target):
        gestures.drop(app, [folder], target)

    def placed(self, wizard, count):
        wait(lambda: len(wizard.all('table cell', re.compile(', matched by name'), showing=False)) == count,
             f'{count} pictures on their mailboxes')

    def options(self, app, wizard):
        wizard.find(None, 'Options')
        self.shot('options', app)
        wizard.find('push button', 'Next').click()

    def review(self, app, wizard):
        # Until the last answer has come rows grow and move, from under the mouse as well.
        wizard.find('label', re.compile('^made '))
        tick = wizard.find('check box', 'You may use these people’s pictures').press()
        wait(lambda: 'checked' in tick.states, 'the tick')
        create = wizard.find('push button', 'Create Order')
        wait(lambda: 'sensitive' in create.states, 'the checks to pass')
        self.shot('review', app)
        create.press()

    def pay(self, app, wizard):
        pay = wizard.find('push button', re.compile('^Pay About'), seconds=60)
        wait(lambda: 'sensitive' in pay.states, 'Pay to be offered')
        self.shot('created', app)
        pay.press()
        start = app.find('push button', re.compile('^Pay About .* and Start'))
        self.shot('pay', app)
        start.press()
        app.focus_window(wizard)

    def track(self, app, wizard):
        self.shot('paying', app)
        wizard.find('label', re.compile('of 6 '), seconds=60)
        self.shot('tracking', app)
        wizard.find('label', re.compile('^6 mailboxes are live'), seconds=LIVE_S)
        self.shot('live', app)
        return self.sum()

    def sum(self):
        """What the journal on disk says of the one order."""
        path = next(path for path in self.data().glob('waybill*/profiles/*/journal.db') if self.orders(path))
        # The window may say it a moment before the disk does.
        wait(lambda: self.orders(path)[0][1] == self.orders(path)[0][2], 'the journal to have all live')
        order, live, mailboxes, pictures = self.orders(path)[0]
        creates = self.ask(path, "SELECT count(*) FROM operations WHERE op LIKE 'create_order%' AND sent_at NOT NULL")[0][0]
        return f'order {order}: {live} of {mailboxes} mailboxes live, {pictures} pictures, {creates} POST /orders'

    def data(self):
        return Path(os.environ['XDG_DATA_HOME'])

    def orders(self, path):
        return self.ask(path, 'SELECT order_id, live, mailboxes, pictures FROM orders')

    def ask(self, path, sql):
        with sqlite3.connect(f'file:{path}?mode=ro', uri=True) as journal:
            return journal.execute(sql).fetchall()
