# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fills the journal of the built-in sandbox's profile with orders, drafts and requests of the last weeks,
for pictures of full pages and for tests of lists. The program must have run once and be closed:

    with App([WAYBILL, '--sandbox']): ...
    fill.fill()
"""

import glob
import json
import os
import sqlite3
import time
import uuid

DAY_US = 86400 * 10**6


UNPAID = ('not-paid', 'may-exist', 'cannot-pay')


def uid(name):
    return str(uuid.uuid5(uuid.NAMESPACE_URL, 'waybill:' + name))


def profile_folder(data='waybill-sandbox'):
    home = os.environ.get('XDG_DATA_HOME', os.path.expanduser('~/.local/share'))
    return glob.glob(os.path.join(home, data, 'profiles', '*'))[0]


def customers(folder):
    """Names and ids as the mirror has them."""
    cache = os.environ.get('XDG_CACHE_HOME', os.path.expanduser('~/.cache'))
    mirror = os.path.join(cache, *folder.split(os.sep)[-3:], 'mirror.db')
    with sqlite3.connect(f'file:{mirror}?mode=ro', uri=True) as db:
        return dict(db.execute('SELECT company, row_key FROM customer'))


# customer, domains, mailboxes, state, live, failed, taken, about, days ago
ORDERS = [
    ('Brightloom', 'brightloom.example, trybrightloom.example, brightloom-mail.example', 24, 'partly', 16, 8, 10620, 10620, 0.03),
    ('Kestrel Analytics', 'kestrel-data.example', 8, 'unknown', 0, 0, None, 3540, 0.15),
    ('Oakline Dental', 'oakline-care.example, oakline-kids.example, oaklinesmile.example, oakline-go.example, oaklinenow.example', 40, 'live', 40, 0, 17700, 17700, 1.1),
    ('Tidewater Freight', 'tidewater-ops.example, tidewater-desk.example', 12, 'live', 12, 0, 5880, 5880, 4.2),
    ('Harrow & Finch', 'harrowfinch.example, harrow-mail.example, finchpost.example', 18, 'live', 18, 0, 8820, 8820, 5.3),
    ('Juniper Row Studio', 'juniperrow.example', 4, 'failed', 0, 4, 1770, 1770, 6.1),
    ('Brightloom', 'brightloom-hq.example', 8, 'live', 8, 0, 3540, 3540, 10.4),
    ('Calder & Sons', 'calder-roofing.example, calder-slate.example, caldersons.example, calder-one.example, calder-two.example, calder-three.example', 48, 'live', 48, 0, 21240, 21240, 12.2),
    ('Marigold Travel', 'marigold-trips.example', 10, 'live', 10, 0, 4140, 4140, 13.6),
    ('Sable Robotics', 'sable-robotics.example, sable-post.example', 16, 'live', 16, 0, 7080, 7080, 17.2),
    ('Northgate Lettings', 'northgate-mail.example', 6, 'not-paid', 0, 0, None, 2940, 18.4),
    ('Lumen Physio', 'lumen-physio.example', 5, 'may-exist', 0, 0, None, 2640, 19.2),
    ('Fernhill Books', 'fernhill-books.example', 4, 'cannot-pay', 0, 0, None, 2340, 19.6),
    ('Copperline Tools', 'copperline.example, copper-tools.example', 12, 'slow', 4, 0, 5880, 5880, 0.05),
]

DRAFTS = [('Papertrail Legal', 'papertrail.example', 6, 2940, 1.4), ('', '', 0, None, 2.2)]

# op, customer, target, state, reason, paid, cents, pictures, mailboxes, days ago
OPERATIONS = [
    ('process_order', 'Brightloom', 'ord-brightloom', 'done', 0, 1, 10620, 0, 24, 0.02),
    ('create_order_multipart', 'Brightloom', '', 'done', 0, 0, 0, 21, 24, 0.03),
    ('process_order', 'Kestrel Analytics', 'ord-kestrel', 'unknown', 9, 1, 3540, 0, 8, 0.12),
    ('create_order_multipart', 'Kestrel Analytics', '', 'done', 0, 0, 0, 8, 8, 0.15),
    ('create_user', 'Northgate Lettings', '', 'done', 0, 0, 0, 0, 0, 0.3),
    ('process_order', 'Oakline Dental', 'ord-oakline', 'done', 0, 1, 17700, 0, 40, 1.0),
    ('update_user', 'Papertrail Legal', '', 'failed', 4, 0, 0, 0, 0, 1.1),
    ('create_order_json', 'Juniper Row Studio', '', 'cancelled', 3, 0, 0, 0, 4, 1.2),
]


def order_rows(db, ids, now):
    for i, (name, domains, mailboxes, state, live, failed, taken, about, ago) in enumerate(ORDERS):
        key, made = uid(f'order {i}'), int(now - ago * DAY_US)
        db.execute('INSERT OR REPLACE INTO orders (id, order_id, customer_id, customer, provider, state, server_state,'
                   ' mailboxes, pictures, live, failed, about, monthly, taken, domains, search, created, paid_at, asked_at,'
                   ' changed_at, read_back, host) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,1,?)',
                   (key, f'7QH2M9ZC4XK8{i:02d}TRWVPEA', ids.get(name, uid(name)), name, 'GOOGLE', state,
                    'CREATED' if state in UNPAID else 'COMPLETED', mailboxes, mailboxes - 3, live, failed, about,
                    mailboxes * 300, taken, domains, f'{name} {domains}', made, made + 10**8 if taken else None, made + 2 * 10**8,
                    made + 2 * 10**8, 'http://127.0.0.1'))
        names = domains.split(', ')
        per = max(1, mailboxes // len(names))
        for place, domain in enumerate(names):
            gone = state == 'partly' and place == len(names) - 1
            word = {'live': 'ACTIVE', 'partly': 'ACTIVE', 'failed': 'FAILED'}.get(state, '')
            db.execute('INSERT OR REPLACE INTO order_domains (order_uuid, place, domain, years, cents, state, reason,'
                       ' mailboxes_failed) VALUES (?,?,?,1,1140,?,?,?)',
                       (key, place, domain, word, f'Bought and paid, but its {per} mailboxes were not made: a Google'
                        ' workspace already exists for this name.' if gone else '', int(gone)))
            for box in range(per):
                db.execute('INSERT OR REPLACE INTO order_mailboxes (order_uuid, place, domain, address, user_name,'
                           ' first_name, last_name, state) VALUES (?,?,?,?,?,?,?,?)',
                           (key, place * per + box, domain, f'person{box}@{domain}', f'person{box}', 'Person', str(box),
                            'FAILED' if gone else word))


def draft_rows(db, ids, now):
    for i, (name, domains, mailboxes, cents, ago) in enumerate(DRAFTS):
        body = {'version': 1, 'customerId': ids.get(name, ''), 'customerName': name,
                'domains': [{'name': domain, 'years': 1} for domain in domains.split(', ') if domain],
                'mailboxes': [{'domain': domains, 'userName': f'person{box}', 'firstName': 'Person', 'lastName': str(box)}
                              for box in range(mailboxes)]}
        db.execute('INSERT OR REPLACE INTO drafts (id, customer_id, customer, domains, mailboxes, search, cents, body,'
                   ' created, updated) VALUES (?,?,?,?,?,?,?,?,?,?)',
                   (uid(f'draft {i}'), ids.get(name, ''), name, domains, mailboxes, f'{name} {domains}', cents,
                    json.dumps(body), int(now - ago * DAY_US), int(now - ago * DAY_US)))


def operation_rows(db, ids, now):
    for i, (op, name, target, state, reason, paid, cents, pictures, mailboxes, ago) in enumerate(OPERATIONS):
        made = int(now - ago * DAY_US)
        db.execute('INSERT OR REPLACE INTO operations (id, run, op, state, reason, paid, destructive, customer_id,'
                   ' customer, target, cents, pictures, mailboxes, created, sent_at, updated, service_text, order_uuid)'
                   ' VALUES (?,?,?,?,?,?,0,?,?,?,?,?,?,?,?,?,?,?)',
                   (uid(f'operation {i}'), 'earlier', op, state, reason, paid, ids.get(name, uid(name)), name, target, cents,
                    pictures, mailboxes, made, made, made, 'postalCode must be valid' if reason == 4 else '',
                    uid('order 1') if 'Kestrel' in name else ''))


def fill(more=0, data='waybill-sandbox'):
    """@more: that many further live orders, for long lists. @data: the folder of the program's data."""
    folder = profile_folder(data)
    ids, now = customers(folder), time.time() * 10**6
    with sqlite3.connect(os.path.join(folder, 'journal.db')) as db:
        order_rows(db, ids, now)
        draft_rows(db, ids, now)
        operation_rows(db, ids, now)
        for i in range(more):
            name = list(ids)[i % len(ids)]
            db.execute('INSERT OR REPLACE INTO orders (id, order_id, customer_id, customer, provider, state, server_state,'
                       ' mailboxes, live, about, taken, domains, search, created, paid_at, asked_at, changed_at, host)'
                       " VALUES (?,?,?,?,'GOOGLE','live','COMPLETED',8,8,3540,3540,?,?,?,?,?,?,'http://127.0.0.1')",
                       (uid(f'more {i}'), f'MORE{i:016d}', ids[name], name, f'more-{i}.example', f'{name} more-{i}.example',
                        *[int(now - (20 + i * .2) * DAY_US)] * 4))
    return folder
