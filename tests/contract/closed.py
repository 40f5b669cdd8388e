# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""openapi.yaml's schemas, closed: whatever they do not name is an error."""

import copy
from datetime import datetime
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker

FORMATS = FormatChecker(formats=())


@FORMATS.checks('date-time', raises=ValueError)
def is_moment(text):
    return not isinstance(text, str) or datetime.fromisoformat(text).tzinfo is not None


@FORMATS.checks('email')
def is_email(text):
    return not isinstance(text, str) or text.count('@') == 1 and '.' in text.split('@')[1]


@FORMATS.checks('uri', raises=ValueError)
def is_address(text):
    return not isinstance(text, str) or bool(urlsplit(text).scheme and urlsplit(text).netloc)


# Schemas that stand side by side: each sees members that are another's, so only the whole is closed.
SIDE_BY_SIDE = ('allOf', 'anyOf', 'oneOf')
# Where schemas stand below one, by name or in a list.
NAMED = ('properties', 'patternProperties')
SINGLE = ('items', 'additionalProperties', 'contentSchema', 'propertyNames')


class Closed:
    def __init__(self, api):
        self.api = api
        self.defs = {}

    def copy(self, schema, close):
        """@close: whether members that it does not name are refused here, or by what it is part of."""
        if not isinstance(schema, dict):
            return schema
        if '$ref' in schema:
            rest = {key: value for key, value in schema.items() if key != '$ref'}
            return {**self.copy(rest, False), '$ref': self.define(schema['$ref'].rsplit('/', 1)[-1], close)}
        found = copy.copy(schema)
        for key in NAMED:
            if key in found:
                found[key] = {name: self.copy(value, True) for name, value in found[key].items()}
        for key in SINGLE:
            if isinstance(found.get(key), dict):
                found[key] = self.copy(found[key], key != 'propertyNames')
        for key in SIDE_BY_SIDE:
            if key in found:
                found[key] = [self.copy(value, False) for value in found[key]]
        if found.get('additionalProperties') is True:
            del found['additionalProperties']
        # A map is closed by the schema of its values; of an object without any member nothing is said.
        if close and 'additionalProperties' not in found and self.says_members(found):
            found['unevaluatedProperties'] = False
        return found

    def says_members(self, schema):
        return bool(schema.get('properties')) or any(key in schema for key in SIDE_BY_SIDE)

    def define(self, name, close):
        own = name if close else name + '.open'
        if own not in self.defs:
            self.defs[own] = {}  # it may name itself
            self.defs[own] = self.copy(self.api.schemas[name], close)
        return '#/$defs/' + own

    def validator(self, schema):
        body = self.copy(schema, True)
        return Draft202012Validator({**body, '$defs': self.defs}, format_checker=FORMATS)

    def problems(self, schema, instance):
        """What is wrong with it, as texts."""
        return ['/'.join(map(str, error.absolute_path)) + ': ' + error.message[:300]
                for error in self.validator(schema).iter_errors(instance)]
