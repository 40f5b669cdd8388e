# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The published description of the API, and the little that the contract tests share."""

import traceback

import yaml

METHODS = ('get', 'put', 'post', 'delete', 'patch')


class Description:
    """openapi.yaml with its references followed."""

    def __init__(self, path):
        with open(path, encoding='utf-8') as file:
            self.root = yaml.load(file, getattr(yaml, 'CSafeLoader', yaml.SafeLoader))
        self.schemas = self.root['components']['schemas']
        self.operations = {}  # operationId → operation, with its method and path
        for path, item in self.root['paths'].items():
            for method in item:
                if method in METHODS:
                    operation = dict(item[method], method=method.upper(), path=path)
                    self.operations[operation['operationId']] = operation

    def follow(self, thing):
        """What a reference stands for; anything else as it is."""
        while '$ref' in thing:
            place = self.root
            for step in thing['$ref'].removeprefix('#/').split('/'):
                place = place[step]
            thing = place
        return thing

    def parameters(self, operation):
        """name → parameter, those of the query."""
        found = [self.follow(parameter) for parameter in operation.get('parameters', [])]
        return {parameter['name']: parameter for parameter in found if parameter['in'] == 'query'}

    def body(self, operation):
        """(media type, schema) of what is sent, or (None, None)."""
        content = operation.get('requestBody', {}).get('content', {})
        for media_type, value in content.items():
            return media_type, value['schema']
        return None, None

    def answers(self, operation):
        """status as text → schema."""
        found = {}
        for status, response in operation['responses'].items():
            content = self.follow(response).get('content', {})
            found[status] = content.get('application/json', {}).get('schema', {})
        return found


class Tap:
    """Checks, told as Meson reads them."""

    def __init__(self):
        self.number = 0
        self.failed = 0

    def check(self, name, function, *args):
        self.number += 1
        try:
            function(*args)
        except Exception as error:  # whatever it is, the others go on
            self.failed += 1
            print(f'not ok {self.number} {name}')
            last = traceback.extract_tb(error.__traceback__)[-1]
            for line in f'{type(error).__name__} in line {last.lineno}: {error}'.splitlines():
                print('#', line)
        else:
            print(f'ok {self.number} {name}')

    def end(self):
        print(f'1..{self.number}')
        return 1 if self.failed else 0


def same(ours, theirs, what):
    """Fails with both sides when they differ."""
    if ours != theirs:
        raise AssertionError(f'{what}: we have {ours!r}, the description {theirs!r}')
