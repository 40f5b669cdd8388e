# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stand-in for the service as a program of its own, with orders that no window has made, and the rows of a
journal that knows of them."""

import json
import os
import re
import subprocess
import time
import urllib.request

from fill import uid

ORDER, PAYMENT = uid('an order'), uid('a payment')


class Service:
    def __init__(self, program, folder, *options):
        self.key_file = os.path.join(folder, 'key')
        self.process = subprocess.Popen([program, '--write-key', self.key_file, '--control-port', '0', *options],
                                        stdout=subprocess.PIPE, text=True)
        self.control, self.url = (self.process.stdout.readline().split()[1] for _ in range(2))
        with open(self.key_file, encoding='ascii') as file:
            self.key = file.read()

    def end(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()

    def request(self, url, body, **headers):
        text = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, text, {'Content-Type': 'application/json', **headers})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    # --- steering ----------------------------------------------------------------------------------

    def post(self, path, **body):
        self.request(self.control + path, body)

    def counts(self):
        return self.request(self.control + '/counts', None)

    # --- as another computer with the same key ------------------------------------------------------

    def ask(self, path, body=None):
        return self.request(self.url + path, body, **{'cmr-x-api-key': self.key})['data']

    def order(self, domain, paid):
        """One mailbox for the first customer: the ids of both."""
        self.customer = self.ask('/users/list')['users'][0]['userId']
        mailbox = {'username': 'ann', 'firstName': 'Ann', 'lastName': 'Lee'}
        made = self.ask(f'/orders/json?userId={self.customer}', {
            'domains': [{'domain': domain, 'years': 1}], 'mailboxes': {domain: [mailbox]}, 'billingCycle': 'MONTHLY',
            'confirm': paid})
        self.made = made['orderId']
        return self.customer, self.made

    def pay(self):
        self.ask(f'/orders/process?userId={self.customer}', {'orderId': self.made})


def enter_key(app, server):
    """As a person does, in the first run; where there is no keyring the key stays in memory."""
    app.find('list item', 'Enter an API Key').press()
    sheet = app.window('Enter an API Key')
    app.focus_window(sheet)
    app.type('Bus Test')
    sheet.find('text', 'API Key').press()
    app.type(f'  {server.key}  ')
    sheet.find('text', 'Address').press()
    app.keys('ctrl+a')
    app.type(server.url)
    sheet.find('label', '127.0.0.1')
    sheet.find('label', re.compile('not the vendor’s own address'))
    sheet.find('push button', 'Test Connection').click()
    sheet.find('label', re.compile(r'The key works: .* in your wallet, \d+ customers'))
    sheet.find('push button', 'Done').click()
    app.find('label', 'There is no keyring here.')
    app.find('push button', 'Continue').click()
    app.find('label', 'No Orders Yet')


# --- a journal that has it -----------------------------------------------------------------------------


def insert_order(db, state, customer, order_id, domain):
    now = int(time.time() * 10**6)
    db.execute('INSERT INTO orders (id, order_id, customer_id, customer, provider, state, server_state, mailboxes, domains,'
               ' search, created, paid_at, asked_at, changed_at, read_back, host, about)'
               " VALUES (?, ?, ?, 'Brightloom', 'GOOGLE', ?, '', 1, ?, ?, ?, ?, ?, ?, 1, 'http://127.0.0.1', 1280)",
               (ORDER, order_id, customer, state, domain, domain, now, None if state == 'unknown' else now, now, now))
    db.execute('INSERT INTO order_domains (order_uuid, place, domain, years, cents) VALUES (?, 0, ?, 1, 980)', (ORDER, domain))
    db.execute('INSERT INTO order_mailboxes (order_uuid, place, domain, address, user_name, first_name, last_name)'
               " VALUES (?, 0, ?, ?, 'ann', 'Ann', 'Lee')", (ORDER, domain, f'ann@{domain}'))


def insert_payment(db, state, customer, order_id):
    """Reason 9: sent whole, no answer (wb-operation.h)."""
    now = int(time.time() * 10**6)
    db.execute('INSERT INTO operations (id, run, op, state, reason, paid, destructive, customer_id, customer, target,'
               ' order_uuid, cents, mailboxes, created, sent_at, updated)'
               " VALUES (?, 'earlier', 'process_order', ?, 9, 1, 0, ?, 'Brightloom', ?, ?, 1280, 1, ?, ?, ?)",
               (PAYMENT, state, customer, order_id, ORDER, now, now, now))
