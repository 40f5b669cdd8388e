#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a captured form with two parsers that are not ours and compares it with what was meant.

form-reader.py BODY CONTENT-TYPE EXPECTED
EXPECTED is JSON, in order: [{"name", "text"} or {"name", "sha256", "length"}]. A picture must be called
avatar.jpg and be image/jpeg; a text must have no file name.
"""

import hashlib
import json
import sys
from email.parser import BytesParser
from email.policy import HTTP

try:
    import python_multipart as multipart
except ImportError:
    import multipart  # its name in Debian 12


def read_by_email(body, content_type):
    """The standard library's MIME parser: headers as they stand, no form rules."""
    message = BytesParser(policy=HTTP).parsebytes(
        b'Content-Type: ' + content_type.encode() + b'\r\n\r\n' + body)
    for part in message.iter_parts():
        # Its own decoding of raw UTF-8 in headers is not that of form readers: bytes back, then UTF-8.
        raw = part.get('Content-Disposition').encode('utf-8', 'surrogateescape').decode('utf-8')
        fields = dict(item.strip().split('=', 1) for item in raw.split(';')[1:])
        yield (fields['name'].strip('"'), fields.get('filename', '""').strip('"') or None,
               part.get_content_type() if 'Content-Type' in part else None,
               part.get_payload(decode=True))


def read_by_form_parser(body, content_type):
    """python3-multipart, what ASGI servers read forms with."""
    fields = []

    def on_field(field):
        fields.append((field.field_name.decode(), None, None, field.value or b''))

    def on_file(file):
        file.file_object.seek(0)
        # Not closed here: the parser flushes the last one once more at its end.
        fields.append((file.field_name.decode(), file.file_name.decode(), None,
                       file.file_object.read()))

    parser = multipart.create_form_parser(
        {'Content-Type': content_type.encode(), 'Content-Length': str(len(body)).encode()},
        on_field, on_file, config={'MAX_MEMORY_FILE_SIZE': 1 << 30})
    # Pieces of an odd size: boundaries get cut everywhere.
    for at in range(0, len(body), 65521):
        parser.write(body[at:at + 65521])
    parser.finalize()
    return fields


def check(reader, got, expected):
    got = list(got)
    assert len(got) == len(expected), f'{reader}: {len(got)} parts, not {len(expected)}'
    for (name, file_name, media_type, data), want in zip(got, expected):
        assert name.replace('%22', '"') == want['name'], f'{reader}: {name!r}, not {want["name"]!r}'
        if 'text' in want:
            assert file_name is None, f'{reader}: {name} has a file name'
            assert data.decode() == want['text'], f'{reader}: text of {name}'
        else:
            assert file_name == 'avatar.jpg', f'{reader}: {name} is called {file_name}'
            assert media_type in (None, 'image/jpeg'), f'{reader}: {name} is {media_type}'
            assert len(data) == want['length'], f'{reader}: length of {name}'
            assert hashlib.sha256(data).hexdigest() == want['sha256'], f'{reader}: bytes of {name}'


def main():
    with open(sys.argv[1], 'rb') as file:
        body = file.read()
    with open(sys.argv[3], encoding='utf-8') as file:
        expected = json.load(file)
    # The MIME parser takes a text's last line end for its own where it is a lone CR; forms have none.
    check('form', read_by_form_parser(body, sys.argv[2]), expected)
    check('email', read_by_email(body, sys.argv[2]), expected)


if __name__ == '__main__':
    main()
