#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests and answers of recorded runs against a closed copy of openapi.yaml, by an independent validator.

test-records.py SANDBOX ASK-EVERYTHING PLACE-ORDERS OPENAPI
"""

import copy
import json
import os
import re
import signal
import subprocess
import sys
import tempfile

from closed import Closed
from contract import Description, Tap, same

# What the sandbox does; each has to be seen with a good answer.
DONE = {'list_users', 'get_user', 'create_user', 'update_user', 'delete_user', 'list_countries', 'list_states', 'list_domains',
        'suggest_domains', 'check_domain_available', 'check_workspace', 'get_wallet', 'get_order', 'create_order_multipart',
        'get_order_status', 'create_order_json', 'process_order', 'list_all_mailboxes', 'list_mailboxes', 'get_mailbox',
        'list_subscriptions'}
REFUSALS = {400, 402, 403, 404, 409, 422, 429}
# For any call that names a customer (api/notes.md), though not every list of answers has it.
UNKNOWN_CUSTOMER = (404, 'The requested user does not exist.')
# What `data` is where the schema leaves it open and words or examples tell.
DATA = {'update_user': 'User', 'process_order': 'OrderCreated'}
# Where states stand: the lists of words are open, our sandbox speaks the known ones.
WORDS = {
    'list_domains': ('domains', 'Domain', 'status'),
    'list_mailboxes': ('mailboxes', 'Mailbox', 'status'),
    'list_all_mailboxes': ('mailboxes', 'Mailbox', 'status'),
    'list_subscriptions': ('subscriptions', 'Subscription', 'subscriptionStatus'),
    'get_order': (None, 'Order', 'status'),
    'get_order_status': (None, 'OrderProgress', 'status'),
}


class Sandbox:
    def __init__(self, program, folder, *options):
        self.folder = folder
        self.key_file = os.path.join(folder, 'key')
        self.records = os.path.join(folder, 'records')
        self.process = subprocess.Popen([program, '--record', self.records, '--write-key', self.key_file, *options],
                                        stdout=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().split()[1]

    def drive(self, program, *arguments):
        done = subprocess.run([program, self.address, self.key_file, *arguments], timeout=200, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode != 0:
            self.stop()
            sys.exit(f'{program} ended with {done.returncode}\n' + done.stdout.decode(errors='replace')[-4000:])

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=20)

    def read(self):
        for name in sorted(os.listdir(self.records)):
            with open(os.path.join(self.records, name), encoding='utf-8') as file:
                yield {**json.load(file), 'file': name}


def record(sandbox, ask_everything, place_orders):
    """The exchanges of three runs: everything there is, orders with pictures, too fast."""
    exchanges = []
    for options, program, arguments in ((('--no-rate-limit', '--speed', '0'), ask_everything, []),
                                        (('--no-rate-limit', '--speed', '30'), place_orders, ['chosen.json']),
                                        (('--small',), ask_everything, ['burst'])):
        with tempfile.TemporaryDirectory() as folder:
            running = Sandbox(sandbox, folder, *options)
            arguments = [os.path.join(folder, name) if name.endswith('.json') else name for name in arguments]
            running.drive(program, *arguments)
            running.stop()
            exchanges += running.read()
    return exchanges


class Checker:
    def __init__(self, api):
        self.api = api
        self.closed = Closed(api)

    def demand(self, schema, instance, where):
        problems = self.closed.problems(schema, instance)
        assert not problems, where + ': ' + '; '.join(problems[:3])

    # --- Requests ---

    def query(self, exchange, operation):
        known = self.api.parameters(operation)
        given = exchange['request']['query']
        same(sorted(set(given) - set(known)), [], 'parameters that are not known')
        for name, parameter in known.items():
            assert name in given or not parameter.get('required'), f'{name} is missing'
            if name in given:
                number = parameter['schema'].get('type') == 'integer'
                self.demand(parameter['schema'], int(given[name]) if number else given[name], name)

    def form(self, exchange, schema):
        """Parts as members; JSON inside of text by its own schema."""
        parts = exchange['request']['parts']
        texts = {part['name']: part['text'] for part in parts if 'text' in part}
        same(len({part['name'] for part in parts}), len(parts), 'each part once')
        self.demand(schema, {part['name']: part.get('text', 'binary') for part in parts}, 'form')
        for name, member in self.api.follow(schema)['properties'].items():
            if 'contentSchema' in member and name in texts:
                self.demand(member['contentSchema'], json.loads(texts[name]), name)
        for part in parts:
            if 'text' not in part:
                same((part['filename'], part['contentType']), ('avatar.jpg', 'image/jpeg'), part['name'])

    def request(self, exchange):
        operation = self.api.operations[exchange['operationId']]
        media_type, schema = self.api.body(operation)
        same((exchange['request']['method'], exchange['request']['path']), (operation['method'], operation['path']), 'address')
        self.query(exchange, operation)
        if exchange['response']['status'] == 429:
            return  # its body was not looked at
        same(exchange['request']['contentType'], media_type, 'content type')
        if media_type == 'multipart/form-data':
            self.form(exchange, schema)
        elif media_type is not None:
            self.demand(schema, exchange['request']['json'], 'body')

    # --- Answers ---

    def answer(self, exchange):
        operation = self.api.operations[exchange['operationId']]
        status, body = exchange['response']['status'], exchange['response']['json']
        answers = self.api.answers(operation)
        if str(status) not in answers and (status, body['message']) == UNKNOWN_CUSTOMER:
            answers = {'404': self.api.answers(self.api.operations['get_user'])['404']}
        assert str(status) in answers, f'{status} is no answer of {exchange["operationId"]}'
        self.demand(answers[str(status)], body, 'answer')
        if exchange['operationId'] in DATA and status < 300:
            self.demand({'$ref': '#/components/schemas/' + DATA[exchange['operationId']]}, body['data'], 'data')
        same(body['status'], status, 'status of body and of HTTP')
        if status >= 400 and status != 422:
            same(body['data'], None, 'data of an error')

    def words(self, exchange):
        rows_in, schema, member = WORDS[exchange['operationId']]
        data = exchange['response']['json']['data']
        known = self.api.follow(self.api.schemas[schema]['properties'][member])['x-known-values']
        for row in [data] if rows_in is None else data[rows_in]:
            assert row[member] in known, row[member]


def check_seen(exchanges):
    good = {exchange['operationId'] for exchange in exchanges if exchange['response']['status'] < 300}
    same(sorted(DONE - good), [], 'operations without a good answer')
    refused = {exchange['response']['status'] for exchange in exchanges} - {200, 201}
    same(sorted(REFUSALS - refused), [], 'refusals that were not seen')
    states = re.findall(r'"status": "([A-Z_]+)"', json.dumps([exchange['response']['json'] for exchange in exchanges
                                                              if exchange['operationId'] == 'get_order_status']))
    assert {'CREATED', 'COMPLETED', 'PARTIALLY_COMPLETED'} <= set(states), sorted(set(states))


def check_no_key(exchanges):
    text = json.dumps(exchanges)
    assert 'sandbox_' not in text and 'api-key' not in text


# --- The validator itself: what it lets through would prove nothing -----------------------------------

def spoil(value, path=()):
    """Every copy of a value with one member too many, one by one: (where, value)."""
    if isinstance(value, dict):
        if value:
            yield path, {**value, 'x-too-many': 1}
        for key, item in value.items():
            for where, spoilt in spoil(item, (*path, key)):
                yield where, {**value, key: spoilt}
    elif isinstance(value, list) and value:
        for where, spoilt in spoil(value[0], (*path, 0)):
            yield where, [spoilt, *value[1:]]


def is_map(exchange, path):
    """{name: code} is open by nature."""
    return exchange['operationId'] in ('list_countries', 'list_states') and path == ('data',)


def check_closed(checker, exchanges):
    """A member that no schema names is noticed wherever it is put."""
    spoilt = 0
    for exchange in {exchange['operationId']: exchange for exchange in exchanges if exchange['response']['status'] < 300}.values():
        for path, body in spoil(exchange['response']['json']):
            if is_map(exchange, path):
                continue
            changed = {**exchange, 'response': {**exchange['response'], 'json': body}}
            try:
                checker.answer(changed)
            except AssertionError:
                spoilt += 1
            else:
                raise AssertionError(f'{exchange["file"]}: one too many at {path} was not noticed')
    assert spoilt > 50, spoilt


def check_requests_closed(checker, exchanges):
    for exchange in exchanges:
        body = exchange['request'].get('json')
        if body is None or exchange['response']['status'] >= 300:
            continue
        for path, spoilt in spoil(body):
            if path == ('mailboxes',):  # keys are names of domains
                continue
            changed = copy.deepcopy(exchange)
            changed['request']['json'] = spoilt
            # Parts of the description that are not closed there are closed here.
            try:
                checker.request(changed)
            except AssertionError:
                continue
            raise AssertionError(f'{exchange["file"]}: one too many at {path} was not noticed')


def check_required(checker, exchanges):
    """A row without its key, a sum that is a list, a time that is none."""
    wrong = [('list_subscriptions', lambda data: data['subscriptions'][0].pop('subscriptionId')),
             ('list_subscriptions', lambda data: data['subscriptions'][0].update(pricePerMailbox='3.00')),
             ('get_order_status', lambda data: data['domains'][0].pop('domain')),
             ('list_users', lambda data: data['users'][0].update(createdAt='yesterday')),
             ('list_users', lambda data: data['users'][0].update(email='nobody')),
             ('get_wallet', lambda data: data.update(walletBalance=[5]))]
    for operation, change in wrong:
        exchange = copy.deepcopy(next(exchange for exchange in exchanges if exchange['operationId'] == operation
                                      and exchange['response']['status'] == 200))
        change(exchange['response']['json']['data'])
        try:
            checker.answer(exchange)
        except AssertionError:
            continue
        raise AssertionError(f'a wrong {operation} was not noticed')


def main():
    tap = Tap()
    checker = Checker(Description(sys.argv[4]))
    exchanges = record(*sys.argv[1:4])
    tap.check('everything was seen', check_seen, exchanges)
    tap.check('the key was written nowhere', check_no_key, exchanges)
    for exchange in exchanges:
        name = f'{exchange["file"].removesuffix(".json")} {exchange["response"]["status"]}'
        # What we send to be refused is wrong on purpose.
        if exchange['response']['status'] != 400:
            tap.check(f'{name}: request', checker.request, exchange)
        tap.check(f'{name}: answer', checker.answer, exchange)
        if exchange['operationId'] in WORDS and exchange['response']['status'] == 200:
            tap.check(f'{name}: words', checker.words, exchange)
    tap.check('answers: one member too many is noticed anywhere', check_closed, checker, exchanges)
    tap.check('requests: one member too many is noticed anywhere', check_requests_closed, checker, exchanges)
    tap.check('answers: what is wrong is noticed', check_required, checker, exchanges)
    return tap.end()


if __name__ == '__main__':
    sys.exit(main())
