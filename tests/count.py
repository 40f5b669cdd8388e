#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sums the test cases of Meson's logs into one line: N passed, N failed[, N skipped].

A program counts by its cases (TAP, or the report of Python's unittest), and as one where it
reports neither. One that failed without naming a failed case counts one failure more, so that a
crash, a leak or a time-out after the last case is never lost.
"""

import json
import re
import sys

TAP = re.compile(r'^\s*(ok|not ok)\b[^#\n]*(#\s*(?:SKIP|TODO)\b)?', re.MULTILINE | re.IGNORECASE)
RAN = re.compile(r'^Ran (\d+) tests? in ', re.MULTILINE)
WHY = re.compile(r'^.*(?:Bail out!|\bnot ok\b|ERROR: |SUMMARY: |Error: |-CRITICAL|-WARNING|TIMEOUT).*$', re.MULTILINE)
WHY_LINES = 6 # the rest is in the log, which is gone with the machine where this ran without a person
PARTS = re.compile(r'\b(failures|errors|skipped|expected failures)=(\d+)')


def tap_cases(text):
    passed = failed = skipped = 0
    for verdict, aside in TAP.findall(text):
        if aside:
            skipped += 1
        elif verdict.lower() == 'ok':
            passed += 1
        else:
            failed += 1
    return passed, failed, skipped


def unittest_cases(text):
    passed = failed = skipped = 0
    for report in RAN.finditer(text):
        parts = {name: int(count) for name, count in PARTS.findall(text[report.end():report.end() + 200])}
        bad = parts.get('failures', 0) + parts.get('errors', 0)
        aside = parts.get('skipped', 0)
        passed += max(int(report.group(1)) - bad - aside, 0)
        failed += bad
        skipped += aside
    return passed, failed, skipped


def program_cases(entry):
    """(passed, failed, skipped) of one line of the log."""
    output, errors = entry.get('stdout') or '', entry.get('stderr') or ''
    cases = tap_cases(output)
    if not any(cases):
        cases = unittest_cases(output + '\n' + errors)
    passed, failed, skipped = cases
    result = entry['result']
    if result in ('OK', 'EXPECTEDFAIL'):
        return (passed, failed, skipped) if any(cases) else (1, 0, 0)
    if result in ('SKIP', 'IGNORED'):
        return (passed, failed, skipped) if skipped else (passed, failed, 1)
    return passed, max(failed, 1), skipped


def why(entry):
    """What it said when it failed."""
    said = WHY.findall('\n'.join(entry.get(stream) or '' for stream in ('stdout', 'stderr')))
    return [line.strip()[:300] for line in dict.fromkeys(said)][-WHY_LINES:]


def read(path):
    try:
        with open(path, encoding='utf-8') as log:
            return [json.loads(line) for line in log if line.strip()]
    except FileNotFoundError:
        return None


def main(paths):
    sums = [0, 0, 0]
    for path in paths:
        entries = read(path)
        if not entries:
            print(f'{path}: no test has run', file=sys.stderr)
            sums[1] += 1
            continue
        for entry in entries:
            cases = program_cases(entry)
            sums = [a + b for a, b in zip(sums, cases)]
            if cases[1]:
                print(f'failed: {entry["name"]} ({entry["result"]}), see {path[:-4]}txt', *why(entry), sep='\n  ', file=sys.stderr)
    passed, failed, skipped = sums
    print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
