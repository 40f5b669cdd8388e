#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""with-server.py SANDBOX -- COMMAND...: runs COMMAND with --base-url and --key-file of a sandbox that is a
program of its own, and counts what reached it: one order, once."""

import json
import os
import subprocess
import sys
import tempfile
import urllib.request


def main():
    sandbox, dashes, *command = sys.argv[1:]
    assert dashes == '--'
    with tempfile.TemporaryDirectory() as folder:
        key = os.path.join(folder, 'key')
        server = subprocess.Popen([sandbox, '--write-key', key, '--control-port', '0', '--speed', '12'],
                                  stdout=subprocess.PIPE, text=True)
        try:
            control = server.stdout.readline().split()[1]
            base_url = server.stdout.readline().split()[1]
            subprocess.run([*command, '--base-url', base_url, '--key-file', key], check=True)
            with urllib.request.urlopen(control + '/counts') as answer:
                counts = json.load(answer)
        finally:
            server.terminate()
            server.wait()
            server.stdout.close()
    seen = {name: counts['operations'].get(name, 0) for name in ('create_user', 'create_order_multipart', 'process_order')}
    print(f'the server saw {seen}, {counts["charges"]} charge')
    return 0 if set(seen.values()) == {1} and counts['charges'] == 1 else 1


if __name__ == '__main__':
    sys.exit(main())
