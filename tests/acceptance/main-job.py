#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""main-job.py --waybill PROGRAM --shots DIR [--base-url URL --key-file FILE [--i-will-pay]]: the main job in
the real window, as a person does it, through the accessibility bus, the keyboard and real drags.

From first run to live mailboxes: a new customer, 2 domains, 6 mailboxes, 6 portraits (2 by the file
chooser, 2 as dropped files, 2 as a dropped folder), review, create, pay, tracking. A picture a step; the
last line says what became of it."""

import argparse
import ipaddress
import shutil
import sys
from urllib.parse import urlsplit

from job import MainJob


def is_loopback(url):
    try:
        return ipaddress.ip_address(urlsplit(url).hostname).is_loopback
    except ValueError:
        return False


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--waybill', required=True)
    parser.add_argument('--shots', required=True)
    parser.add_argument('--base-url')
    parser.add_argument('--key-file')
    parser.add_argument('--i-will-pay', action='store_true', help='beyond this computer: real money')
    args = parser.parse_args()
    if bool(args.base_url) != bool(args.key_file):
        parser.error('--base-url and --key-file go together')
    if args.base_url and not is_loopback(args.base_url) and not args.i_will_pay:
        parser.error('that server is not on this computer: an order there costs real money. '
                     'Say --i-will-pay if you will.')
    job = MainJob(args)
    try:
        print(job.go(), flush=True)
    finally:
        shutil.rmtree(job.folder, ignore_errors=True)
    return 0


if __name__ == '__main__':
    sys.exit(main())
