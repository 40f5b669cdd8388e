# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a list page can look like beside full and empty, for shots.py: details, nothing that fits, filters, several
rows selected, and all that pops up."""

import re

from driver import Missing, wait, xdotool

WIDE, NARROW = (1280, 800), (360, 720)

# Sections, and a row of each whose details say the most.
OWNED = ((4, 'Domains', '^getkestrel.example, '), (5, 'Mailboxes', '^Amina Diallo, amina.diallo@tidewaterquotes'),
         (6, 'Subscriptions', '^shiptidewater.example, '))


class Lists:
    """Mixed into Shots."""

    def owned_pages(self, app):
        """What customers have: the list, one row's details, and nothing that fits."""
        for number, name, row in OWNED:
            with self.part(name.lower()):
                self.section(app, number, name)
                app.find(None, re.compile(row))
                self.picture(f'{name.lower()}-full', app)
                self.picture(f'{name.lower()}-pane', app, first=lambda: self.open_pane(app, row))
                self.nothing_fits(app, name.lower())

    def no_match(self, app):
        for number, name in ((1, 'Orders'), (2, 'Activity'), (3, 'Customers')):
            with self.part(f'{name.lower()}-no-match'):
                self.section(app, number, name)
                self.nothing_fits(app, name.lower())

    def nothing_fits(self, app, name):
        self.search(app, 'zeppelin')
        app.find('label', re.compile('Match(es)?$'))
        self.picture(f'{name}-no-match', app)
        app.keys('Escape', 'Escape')

    def several_pages(self, app):
        for number, name, *_ in (*OWNED, (3, 'Customers')):
            with self.part(f'{name.lower()}-selected'):
                self.section(app, number, name)
                self.several(app, name.lower())

    def several(self, app, name):
        """Some rows, then all of them; where that is narrow the pane lies over the list when it is asked for."""
        app.resize(*WIDE)
        app.keys('Home', 'shift+Down', 'shift+Down', 'shift+Down')
        app.find('label', re.compile('^4 (selected|rows)'))
        self.picture(f'{name}-selected', app, sizes=(WIDE, NARROW))
        app.keys('F9')
        self.picture(f'{name}-selected-pane', app, sizes=(None,))
        app.keys('Escape')
        app.resize(*WIDE)
        app.keys('ctrl+a')
        app.find('label', 'all that match')
        self.picture(f'{name}-selected-all', app, sizes=(WIDE, NARROW))
        app.keys('ctrl+shift+a')
        app.resize(*WIDE)

    def filtered(self, app):
        """Filters in use, with hits and without."""
        self.section(app, 5, 'Mailboxes')
        self.search(app, 'picture:yes customer:tidewater')
        app.find('push button', re.compile('^Remove filter'))
        self.picture('mailboxes-filtered', app)
        app.type(' zeppelin')
        app.find('label', re.compile('Match(es)?$'))
        self.picture('mailboxes-filtered-no-match', app)
        app.keys('Escape', 'Escape')

    def popovers(self, app):
        """Each where there is room, and where there is little; by the mouse, for each page has those buttons."""
        self.section(app, 5, 'Mailboxes')
        for size in (WIDE, NARROW):
            self.sized(app, size)
            for name, *way in (('filter', 'Add Filter', 'State'), ('views', 'Views', re.compile('^Save This View')),
                               ('menu', 'More', re.compile('^Select All')),
                               ('columns', 'More', re.compile('^Columns'), 'Reset')):
                if name != 'columns' or size == WIDE:
                    with self.part(f'list-{name}'):
                        self.popover(app, name, size, *way)
            with self.part('list-completion'):
                self.search(app, 'sta')
                app.find(None, re.compile('^state'))
                self.screen('mailboxes-completion', app, size)
                app.keys('Escape', 'Escape', 'Escape')
            with self.part('list-row-menu'):
                app.keys('Home', 'shift+F10')
                app.find('menu item', re.compile('Copy'))
                self.screen('mailboxes-row-menu', app, size)
                app.keys('Escape')
                self.only_window(app)
        app.resize(*WIDE)

    def sized(self, app, size):
        """GTK puts its own size over one that comes while a popover closes."""
        try:
            app.resize(*size)
        except Missing:
            app.resize(*size)

    def popover(self, app, name, size, button, *inside):
        """Each of @inside is pressed but the last, which is waited for."""
        self.only_window(app)
        app.find('push button', button).press()
        for item in inside[:-1]:
            app.find(None, item).press()
        away()
        app.find(None, inside[-1])
        self.screen(f'mailboxes-{name}', app, size)
        app.keys('Escape')
        self.only_window(app)

    def only_window(self, app):
        """Popovers and tooltips are gone."""
        away()
        wait(lambda: len(app.windows()) == 1, 'popovers to close')


def away():
    """Where the pointer rests a tooltip comes."""
    xdotool('mousemove', 1499, 1023)
