#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Orders at a server that is not ours, read by a form parser that is not ours (python3-multipart).

test-orders.py PLACE-ORDERS: the program that fills drafts, places them and says what was chosen.
"""

import hashlib
import io
import json
import os
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

try:
    import python_multipart as multipart
except ImportError:
    import multipart  # its name in Debian 12
from PIL import Image

from contract import Tap, same

BASE = '/api/v1/integration'
KEY = 'KEY-0123456789-abcdef'
USER = '5T2QK8W4ZC7N9MHRD1VXB6YPJ3EA'


class Service:
    """As much of the service as an order needs; keeps what it was told."""

    def __init__(self):
        self.lock = threading.Lock()
        self.orders = []  # of dicts: parts or json, raw, headers, query
        self.posts = []  # paths of all writing requests, in order

    def take(self, order):
        self.orders.append(order)
        order['id'] = f'ORDER{len(self.orders)}'
        order['paid'] = False
        return 201 if 'parts' in order else 200, {'orderId': order['id'], 'unavailableDomains': []}

    def find(self, order_id):
        return next(order for order in self.orders if order['id'] == order_id)

    def pay(self, order_id):
        self.find(order_id)['paid'] = True
        return 200, {'orderId': order_id}

    def rows(self, customer_orders, what):
        for order in customer_orders:
            for domain, mailboxes in order['chosen']['mailboxes'].items():
                if what == 'domains':
                    yield {'domainName': domain, 'status': 'ACTIVE'}
                for mailbox in mailboxes if what == 'mailboxes' else []:
                    address = f'{mailbox["username"]}@{domain}'
                    yield {'mailboxId': address.upper(), 'email': address, 'status': 'ACTIVE'}

    def read(self, path, query):
        paid = [order for order in self.orders if order['paid']]
        if path == '/users/list':
            return {'users': [{'userId': USER, 'email': 'maya@brightloom.example', 'company': 'Brightloom'}]}
        if path == '/wallet/balance':
            return {'walletBalance': '5000.00'}
        if path == '/orders/status':
            order = self.find(query['orderId'][0])
            if not order['paid']:
                return {'orderId': order['id'], 'status': 'CREATED'}
            return {'orderId': order['id'], 'status': 'COMPLETED',
                    'domains': [{'domain': row['domainName'], 'status': 'ACTIVE'} for row in self.rows([order], 'domains')],
                    'mailboxes': list(self.rows([order], 'mailboxes'))}
        if path in ('/mailboxes/single', '/domains/by-user'):
            what = 'mailboxes' if path.startswith('/mailboxes') else 'domains'
            wanted = query.get('contains', [''])[0]
            rows = [row for row in self.rows(paid, what) if wanted in json.dumps(row)]
            page, limit = int(query.get('page', ['1'])[0]), int(query.get('limit', ['20'])[0])
            return {what: rows[(page - 1) * limit:page * limit],
                    'pagination': {'totalSearchedCount': len(rows), 'currentPage': page,
                                   'totalPages': max(1, -(-len(rows) // limit))}}
        return None


class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    service = None

    def log_message(self, *_):
        pass

    def say(self, status, data):
        body = json.dumps({'status': status, 'message': 'ok', 'data': data}).encode()
        self.send_response(status)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def split(self):
        url = urlsplit(self.path)
        return url.path.removeprefix(BASE), parse_qs(url.query)

    def do_GET(self):
        path, query = self.split()
        with self.service.lock:
            data = self.service.read(path, query)
        self.say(404 if data is None else 200, data)

    def read_form(self):
        """(parts in their order, the bytes as they came)."""
        parts, raw = [], io.BytesIO()

        def on_field(field):
            parts.append({'name': field.field_name.decode(), 'text': (field.value or b'').decode()})

        def on_file(file):
            file.file_object.seek(0)
            parts.append({'name': file.field_name.decode(), 'file': file.file_name.decode(),
                          'bytes': file.file_object.read()})

        length = int(self.headers['Content-Length'])
        parser = multipart.create_form_parser(
            {'Content-Type': self.headers['Content-Type'].encode(), 'Content-Length': str(length).encode()},
            on_field, on_file, config={'MAX_MEMORY_FILE_SIZE': 1 << 30})
        while length > 0:
            data = self.rfile.read(min(length, 65521))
            raw.write(data)
            parser.write(data)
            length -= len(data)
        parser.finalize()
        return parts, raw.getvalue()

    def do_POST(self):
        path, query = self.split()
        order = {'query': query, 'headers': dict(self.headers)}
        if self.headers.get_content_type() == 'multipart/form-data':
            order['parts'], order['raw'] = self.read_form()
            texts = {part['name']: part['text'] for part in order['parts'] if 'text' in part}
            order['chosen'] = {'mailboxes': json.loads(texts['mailboxes'])}
        else:
            order['raw'] = self.rfile.read(int(self.headers['Content-Length']))
            order['json'] = order['chosen'] = json.loads(order['raw'])
        with self.service.lock:
            self.service.posts.append(path)
            if path == '/orders/process':
                answer = self.service.pay(order['json']['orderId'])
            else:
                answer = self.service.take(order)
        self.say(*answer)


def run(program):
    """(what was chosen, the service that got it)."""
    service = Service()
    server = ThreadingHTTPServer(('127.0.0.1', 0), type('Bound', (Handler,), {'service': service}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        key_file, out = os.path.join(folder, 'key'), os.path.join(folder, 'out.json')
        with open(key_file, 'w', encoding='ascii') as file:
            file.write(KEY)
        address = f'http://127.0.0.1:{server.server_port}{BASE}'
        done = subprocess.run([program, address, key_file, out], timeout=200, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        server.shutdown()
        if done.returncode != 0:
            sys.exit(done.stdout.decode(errors='replace')[-4000:])
        with open(out, encoding='utf-8') as file:
            return json.load(file), service


# --- What must have come ---------------------------------------------------------------------------

def domains_of(chosen, form):
    for domain in chosen['domains']:
        wanted = {'domain': domain['domain'], 'years': domain['years']}
        if domain['forward-to']:
            wanted['forwardTo'] = domain['forward-to']
            if form:
                wanted['maskForwarding'] = domain['mask']
        yield wanted


def mailboxes_of(chosen, form):
    wanted = {domain['domain']: [] for domain in chosen['domains']}
    for mailbox in chosen['mailboxes']:
        user_name, domain = mailbox['address'].split('@')
        row = {'username': user_name, 'firstName': mailbox['first-name'], 'lastName': mailbox['last-name']}
        if not form and mailbox['picture-url']:
            row['profilePicture'] = mailbox['picture-url']
        if not form and mailbox['warm-up']:
            row['onWarmup'] = True
        wanted[domain].append(row)
    return wanted


def google():
    return {'googleOauthRoute': '', 'clientId': '', 'appName': ''}


def check_texts(chosen, order):
    texts = {part['name']: part['text'] for part in order['parts'] if 'text' in part}
    same(json.loads(texts['domains']), list(domains_of(chosen, True)), 'domains')
    same(json.loads(texts['mailboxes']), mailboxes_of(chosen, True), 'mailboxes')
    same(list(json.loads(texts['mailboxes'])), list(mailboxes_of(chosen, True)), 'their order')
    same(json.loads(texts['google']), google(), 'google')
    same({name: texts[name] for name in ('billingCycle', 'confirm', 'serviceProvider', 'microsoftOauthRoute', 'autoRenew')},
         {'billingCycle': 'MONTHLY', 'confirm': 'false', 'serviceProvider': chosen['provider'],
          'microsoftOauthRoute': chosen['microsoft-route'], 'autoRenew': 'true' if chosen['auto-renew'] else 'false'}, 'choices')


def pictured(chosen):
    order = [domain['domain'] for domain in chosen['domains']]
    mailboxes = [mailbox for mailbox in chosen['mailboxes'] if mailbox['sha256']]
    return sorted(mailboxes, key=lambda mailbox: order.index(mailbox['address'].split('@')[1]))


def check_order_of_parts(chosen, order):
    wanted = ['domains', 'mailboxes', 'billingCycle', 'confirm', 'serviceProvider', 'microsoftOauthRoute', 'google', 'autoRenew']
    same([part['name'] for part in order['parts']], wanted + [mailbox['address'] for mailbox in pictured(chosen)], 'parts')


def check_pictures(chosen, order):
    parts = [part for part in order['parts'] if 'file' in part]
    for part, mailbox in zip(parts, pictured(chosen)):
        same(part['file'], 'avatar.jpg', 'file name')
        same(len(part['bytes']), mailbox['bytes'], part['name'])
        same(hashlib.sha256(part['bytes']).hexdigest(), mailbox['sha256'], part['name'])
    with Image.open(io.BytesIO(parts[0]['bytes'])) as picture:
        same((picture.format, picture.size), ('JPEG', (648, 648)), 'picture')
        same(dict(picture.getexif()), {}, 'metadata')


def check_no_file_name(chosen, order):
    for mailbox in chosen['mailboxes']:
        assert not mailbox['file'] or mailbox['file'].encode() not in order['raw'], mailbox['file']
    assert b'portrait' not in order['raw']


def check_json(chosen, order):
    same(order['json'], {'domains': list(domains_of(chosen, False)), 'mailboxes': mailboxes_of(chosen, False), 'billingCycle': 'MONTHLY',
                         'confirm': False, 'serviceProvider': chosen['provider'], 'microsoftOauthRoute': chosen['microsoft-route'],
                         'google': google(), 'autoRenew': chosen['auto-renew']}, 'order')


def check_envelope(order):
    same(order['query'], {'userId': [USER]}, 'query')
    same(order['headers'].get('cmr-x-api-key'), KEY, 'key')
    assert KEY.encode() not in order['raw']
    assert 'Transfer-Encoding' not in order['headers']


def check_sent_once(chosen, service):
    made = ['/orders/json' if name['case'] == 'no-picture' else '/orders' for name in chosen]
    same([path for path in service.posts if path != '/orders/process'], made, 'orders')
    same(service.posts.count('/orders/process'), 3, 'payments')


COUNTS = {'odd-names': 3, 'one-picture': 1, '500-pictures': 500, 'no-picture': 0, 'masked': 0}


def main():
    tap = Tap()
    chosen, service = run(sys.argv[1])
    tap.check('each sent once', check_sent_once, chosen, service)
    for case, order in zip(chosen, service.orders):
        name = case['case']
        tap.check(f'{name}: address and key', check_envelope, order)
        tap.check(f'{name}: as many pictures', same, len(pictured(case)), COUNTS[name], 'pictures')
        tap.check(f'{name}: no source file name', check_no_file_name, case, order)
        if name == 'no-picture':
            tap.check(f'{name}: JSON', check_json, case, order)
            continue
        tap.check(f'{name}: parts in their order', check_order_of_parts, case, order)
        tap.check(f'{name}: texts', check_texts, case, order)
        if COUNTS[name] > 0:
            tap.check(f'{name}: bytes of pictures', check_pictures, case, order)
    return tap.end()


if __name__ == '__main__':
    sys.exit(main())
