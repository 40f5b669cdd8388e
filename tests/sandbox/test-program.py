#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""waybill-sandbox as a program of its own, and the port that steers it.

test-program.py PROGRAM
"""

import http.client
import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

PROGRAM = sys.argv.pop(1) if len(sys.argv) > 1 else 'waybill-sandbox'

ORDER = {
    'domains': [{'domain': 'fresh-name.example', 'years': 1}],
    'mailboxes': {'fresh-name.example': [{'username': 'ann', 'firstName': 'Ann', 'lastName': 'Lee'}]},
    'billingCycle': 'MONTHLY',
    'confirm': True,
}


class Running:
    """The program with its folder; says where it listens before it goes on."""

    def __init__(self, *options, control=True, key_file=None):
        self.folder = tempfile.TemporaryDirectory()
        self.key_file = key_file or os.path.join(self.folder.name, 'key')
        argv = [PROGRAM, '--small', '--write-key', self.key_file, *options]
        if control:
            argv += ['--control-port', '0']
        self.process = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.control = self.base = None
        while self.base is None:
            line = self.process.stdout.readline()
            assert line, self.process.stderr.read()
            what, address = line.split()
            if what == 'control':
                self.control = urlsplit(address)
            else:
                self.base = urlsplit(address)
        with open(self.key_file, encoding='ascii') as file:
            self.key = file.read()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        out, err = self.process.communicate(timeout=20)
        self.folder.cleanup()
        return self.process.returncode, out, err

    def ask(self, method, path, body=None, **headers):
        headers = {'cmr-x-api-key': self.key, **{name.replace('_', '-'): value for name, value in headers.items()}}
        return ask(self.base.netloc, method, self.base.path + path, body, headers)

    def steer(self, method, path, body=None, **headers):
        headers = {name.replace('_', '-'): value for name, value in headers.items()}
        return ask(self.control.netloc, method, path, body, headers)

    def user(self):
        return self.ask('GET', '/users/list')[1]['data']['users'][0]['userId']

    def order(self):
        return self.ask('POST', '/orders/json?userId=' + self.user(), ORDER)


def ask(place, method, path, body, headers):
    """(status, JSON); (0, None) when no whole answer came."""
    connection = http.client.HTTPConnection(place, timeout=20)
    try:
        text = None if body is None else json.dumps(body)
        if text is not None:
            headers = {'Content-Type': 'application/json', **headers}
        connection.request(method, path, text, headers)
        answer = connection.getresponse()
        data = answer.read()
        return answer.status, json.loads(data) if data else None
    except (http.client.HTTPException, ConnectionError, json.JSONDecodeError):
        return 0, None
    finally:
        connection.close()


class Program(unittest.TestCase):
    def test_listens_and_ends_when_asked(self):
        with Running() as running:
            self.assertEqual(running.base.hostname, '127.0.0.1')
            self.assertEqual(running.base.path, '/api/v1/integration')
            self.assertEqual(running.ask('GET', '/wallet/balance')[0], 200)
            code, out, err = running.stop()
        self.assertEqual((code, out, err), (0, '', ''))

    def test_key_is_in_its_file_alone(self):
        with Running() as running:
            mode = stat.S_IMODE(os.stat(running.key_file).st_mode)
            self.assertEqual(mode, 0o600)
            self.assertGreaterEqual(len(running.key), 64)
            for place in ('cmdline', 'environ'):
                with open(f'/proc/{running.process.pid}/{place}', 'rb') as file:
                    self.assertNotIn(running.key.encode(), file.read())
            self.assertEqual(running.ask('GET', '/wallet/balance', cmr_x_api_key='x' * 72)[0], 401)
            _, out, err = running.stop()
        self.assertNotIn(running.key, out + err)

    def test_another_start_has_another_key(self):
        with Running() as one, Running() as other:
            self.assertNotEqual(one.key, other.key)
            self.assertEqual(one.ask('GET', '/wallet/balance', cmr_x_api_key=other.key)[0], 401)

    def test_key_file_of_others_is_replaced(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'key')
            with open(path, 'w', encoding='ascii') as file:
                file.write('old')
            os.chmod(path, 0o644)
            with Running(key_file=path):
                with open(path, encoding='ascii') as file:
                    self.assertNotEqual(file.read(), 'old')
                self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)

    def test_five_a_second(self):
        began = time.monotonic()
        with Running() as running, ThreadPoolExecutor(20) as pool:
            statuses = list(pool.map(lambda _: running.ask('GET', '/wallet/balance')[0], range(20)))
        self.assertEqual(set(statuses), {200, 429})
        self.assertGreaterEqual(statuses.count(200), 5)
        self.assertLessEqual(statuses.count(200), 5 * (1 + int(time.monotonic() - began)))

    def test_records_without_the_key(self):
        with tempfile.TemporaryDirectory() as folder:
            with Running('--no-rate-limit', '--record', folder) as running:
                self.assertEqual(running.order()[0], 200)
                names = sorted(os.listdir(folder))
                self.assertEqual([name.split('-', 1)[1] for name in names],
                                 ['list_users.json', 'create_order_json.json'])
                for name in names:
                    path = os.path.join(folder, name)
                    self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
                    with open(path, encoding='utf-8') as file:
                        self.assertNotIn(running.key, file.read())

    def test_wrong_options(self):
        for options in (['--port', '70000'], ['--speed', '-1'], ['--control-port', '99999'], ['--no-such-option'],
                        ['--record', '/dev/null/x'], ['--database', '/no/such/folder/x.db']):
            done = subprocess.run([PROGRAM, *options], capture_output=True, text=True, timeout=20, check=False)
            self.assertEqual(done.returncode, 1, options)
            self.assertIn('waybill-sandbox: ', done.stderr)

    def test_port_in_use(self):
        with Running() as running:
            done = subprocess.run([PROGRAM, '--port', str(running.base.port)], capture_output=True, text=True,
                                  timeout=20, check=False)
        self.assertEqual(done.returncode, 1)


class Control(unittest.TestCase):
    def test_off_by_default(self):
        with Running(control=False) as running:
            self.assertIsNone(running.control)
            self.assertEqual(running.ask('GET', '/ledger')[0], 404)
            self.assertEqual(running.ask('POST', '/wallet', {'cents': 1})[0], 404)

    def test_not_for_web_pages(self):
        with Running() as running:
            for headers in ({'Origin': 'https://page.example'}, {'Sec_Fetch_Site': 'cross-site'},
                            {'Host': f'localhost:{running.control.port}'}, {'Host': 'rebound.example'}):
                self.assertEqual(running.steer('POST', '/wallet', {'cents': 1}, **headers)[0], 403, headers)
            self.assertEqual(running.steer('GET', '/counts')[1]['wallet'], 728460)

    def test_wrong_bodies(self):
        with Running() as running:
            for path, body in (('/wallet', {}), ('/wallet', {'cents': '5'}), ('/speed', {}), ('/clock', {}),
                               ('/latency', {'ms': None}), ('/fault', {}), ('/fault', {'kind': 'no-such'}),
                               ('/fault', {'kind': 'none'}), ('/fault', {'kind': 'cut', 'operation': 'no_such'}),
                               ('/wallet', [1])):
                self.assertEqual(running.steer('POST', path, body)[0], 400, (path, body))
            self.assertEqual(running.steer('GET', '/no-such')[0], 404)
            self.assertEqual(running.steer('GET', '/wallet')[0], 404)

    def test_charges_are_counted(self):
        with Running('--no-rate-limit', '--speed', '0') as running:
            status, answer = running.order()
            self.assertEqual(status, 200)
            ledger = running.steer('GET', '/ledger')[1]
            counts = running.steer('GET', '/counts')[1]
            pictures = running.steer('GET', '/pictures')[1]
        self.assertEqual([(row['order'], row['cents']) for row in ledger], [(answer['data']['orderId'], 1440)])
        self.assertEqual((counts['charges'], counts['writes'], counts['wallet']), (1, 1, 728460 - 1440))
        self.assertEqual(counts['operations'], {'list_users': 1, 'create_order_json': 1})
        self.assertEqual(pictures, [])

    def test_wallet(self):
        with Running('--no-rate-limit') as running:
            self.assertEqual(running.steer('POST', '/wallet', {'cents': 1439})[0], 200)
            self.assertEqual(running.ask('GET', '/wallet/balance')[1]['data']['walletBalance'], 14.39)
            self.assertEqual(running.order()[0], 402)
            self.assertEqual(running.steer('GET', '/ledger')[1], [])

    def test_faults(self):
        with Running('--no-rate-limit') as running:
            user = running.user()
            for kind, value, status, charges in (('drop-after', 0, 0, 1), ('status', 503, 503, 1),
                                                 ('status-after', 500, 500, 2), ('garbage', 0, 0, 3)):
                plan = {'operation': 'create_order_json', 'kind': kind, 'value': value}
                order = {**ORDER, 'domains': [{'domain': f'{kind}.example', 'years': 1}],
                         'mailboxes': {f'{kind}.example': ORDER['mailboxes']['fresh-name.example']}}
                self.assertEqual(running.steer('POST', '/fault', plan)[0], 200)
                self.assertEqual(running.ask('POST', '/orders/json?userId=' + user, order)[0], status, kind)
                self.assertEqual(running.steer('GET', '/counts')[1]['charges'], charges, kind)
            self.assertEqual(running.steer('POST', '/fault', {'kind': 'status', 'value': 500, 'times': 0})[0], 200)
            self.assertEqual([running.ask('GET', '/wallet/balance')[0] for _ in range(3)], [500] * 3)
            self.assertEqual(running.steer('POST', '/clear')[0], 200)
            self.assertEqual(running.ask('GET', '/wallet/balance')[0], 200)

    def test_clock_moves_orders(self):
        with Running('--no-rate-limit', '--speed', '0.0001') as running:
            order = running.order()[1]['data']['orderId']
            path = f'/orders/status?userId={running.user()}&orderId={order}'
            states = [running.ask('GET', path)[1]['data']['status']]
            for seconds in (2, 60):
                self.assertEqual(running.steer('POST', '/clock', {'seconds': seconds})[0], 200)
                states.append(running.ask('GET', path)[1]['data']['status'])
        self.assertEqual(states, ['PENDING', 'PROCESSING', 'COMPLETED'])

    def test_speed(self):
        with Running('--no-rate-limit', '--speed', '0.0001') as running:
            order = running.order()[1]['data']['orderId']
            path = f'/orders/status?userId={running.user()}&orderId={order}'
            self.assertEqual(running.ask('GET', path)[1]['data']['status'], 'PENDING')
            self.assertEqual(running.steer('POST', '/speed', {'speed': 0})[0], 200)
            self.assertEqual(running.ask('GET', path)[1]['data']['status'], 'COMPLETED')

    def test_reset(self):
        with Running('--no-rate-limit') as running:
            self.assertEqual(running.order()[0], 200)
            self.assertEqual(running.steer('POST', '/reset')[0], 200)
            self.assertEqual(running.steer('GET', '/ledger')[1], [])
            self.assertEqual(running.steer('GET', '/counts')[1],
                             {'requests': 0, 'writes': 0, 'charges': 0, 'wallet': 728460, 'operations': {}})
            self.assertEqual(running.order()[0], 200)

    def test_database_keeps_ledger_and_pictures(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'sandbox.db')
            with Running('--no-rate-limit', '--database', path) as running:
                self.assertEqual(running.order()[0], 200)
            self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)


if __name__ == '__main__':
    unittest.main(verbosity=2)
