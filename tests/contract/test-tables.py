#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the tables of src/api against openapi.yaml, both ways.

test-tables.py DUMP OPENAPI: DUMP is the program that prints the tables.
"""

import json
import subprocess
import sys

from contract import Description, Tap, same

# Members of answers that no table has, each for a reason.
LEFT_OUT = {
    'Wallet': {'autoRechargeDetails'},  # set in the vendor's dashboard, shown nowhere here
}

# Answers whose schema is no resource's, and what reads them all the same.
ANSWERS = {
    'list_countries': 'place',  # {name: code}
    'list_states': 'place',
    'process_order': 'order',  # promised is an answer and no more; its example names the order
}

# Flags that the description marks with x-… and true.
MARKED = ['reads', 'schedules-spend', 'destructive', 'idempotent', 'async', 'mixed-results', 'secret',
          'paged', 'vendor-sandbox']


class Tables:
    def __init__(self, dump, description):
        tables = json.loads(subprocess.run([dump], check=True, capture_output=True).stdout)
        self.endpoints = {endpoint['id']: endpoint for endpoint in tables['endpoints']}
        self.order = [endpoint['id'] for endpoint in tables['endpoints']]
        self.resources = {resource['name']: resource for resource in tables['resources']}
        self.api = description


# --- Endpoints ------------------------------------------------------------------------------------

def check_order(tables):
    same(tables.order, list(tables.api.operations), 'operations in their order')
    same(len(tables.order), 61, 'how many')
    same(len(tables.api.root['webhooks']), 23, 'events')


def check_place(endpoint, operation):
    same(endpoint['method'], operation['method'], 'method')
    same(endpoint['path'], operation['path'], 'path')
    same(endpoint['confidence'], operation['x-path-confidence'], 'confidence')


def check_params(endpoint, parameters):
    ours = {name.removesuffix('!'): name.endswith('!') for name in endpoint['params']}
    theirs = {name: parameter.get('required', False) for name, parameter in parameters.items()}
    same(ours, theirs, 'parameters and whether they have to be there')
    same(list(ours), list(theirs), 'their order')


def check_flags(endpoint, operation, media_type):
    for flag in MARKED:
        same(flag in endpoint['flags'], operation.get('x-' + flag, False), flag)
    same('user-scope' in endpoint['flags'], operation['x-scope'] == 'user', 'scope')
    same('multipart' in endpoint['flags'], media_type == 'multipart/form-data', 'form')
    same(endpoint['paid'], operation.get('x-paid', 'never'), 'paid')
    # What is not marked here would go unnoticed.
    known = {'x-' + flag for flag in MARKED} | {
        'x-scope', 'x-paid', 'x-paid-when', 'x-path-confidence', 'x-source', 'x-response-source',
        'x-body-source', 'x-ambiguity', 'x-optional', 'x-picture-parts'}
    same(sorted(key for key in operation if key.startswith('x-') and key not in known), [], 'new marks')


def lists_in(api, schema):
    """Members of a body that list what is acted on."""
    for name, member in api.follow(schema).get('properties', {}).items():
        for way in [member, *member.get('oneOf', [])]:
            if api.follow(way).get('type') == 'array' and api.follow(way).get('minItems', 0) > 0:
                yield name


def check_targets(api, endpoint, media_type, schema):
    """Every list that must not be empty is a target: the service may take an empty one for all."""
    ours = {name for target in endpoint['targets'] for name in target.split('|')}
    same('needs-targets' in endpoint['flags'], bool(endpoint['targets']), 'flag and targets')
    if media_type == 'application/json' and 'reads' not in endpoint['flags']:
        assert set(lists_in(api, schema)) <= ours, f'{sorted(lists_in(api, schema))} are no targets'
        assert ours <= set(api.follow(schema)['properties']), f'{sorted(ours)} are not all in the body'
    else:
        same(ours, set(), 'targets without a body')


def named_in(schema):
    """Schemas that are named in one as it is written, without following them."""
    if isinstance(schema, list):
        return set().union(*(named_in(item) for item in schema))
    if not isinstance(schema, dict):
        return set()
    if '$ref' in schema:
        return {schema['$ref'].rsplit('/', 1)[-1]}
    return set().union(*(named_in(value) for key, value in schema.items() if key != 'example'))


def resource_of(tables, column, schemas):
    found = [name for name, resource in tables.resources.items() if set(resource[column]) & schemas]
    assert len(found) <= 1, f'{found} read the same answer'
    return found[0] if found else None


def check_resources(tables, endpoint, operation, schema):
    answered = set()
    for status, answer in tables.api.answers(operation).items():
        if status.startswith('2'):
            answered |= named_in(answer)
    same(endpoint['request'], resource_of(tables, 'write-schemas', named_in(schema)), 'what is sent')
    expected = ANSWERS.get(endpoint['id'], resource_of(tables, 'schemas', answered))
    same(endpoint['response'], expected, 'what comes back')


# --- Resources ------------------------------------------------------------------------------------

def types_of(schema):
    types = schema.get('type', [])
    return set(types if isinstance(types, list) else [types]) - {'null'}


def kinds_of(api, schema):
    """The kinds of field that read such a member."""
    schema = api.follow(schema)
    ways = [way for key in ('anyOf', 'oneOf', 'allOf') for way in schema.get(key, [])]
    if ways:
        return set().union(*(kinds_of(api, way) for way in ways))
    types = types_of(schema)
    if types == {'integer'}:
        return {'int'}
    if types == {'boolean'}:
        return {'bool'}
    if 'number' in types:
        return {'money'}
    if types == {'array'}:
        return {'text'} if types_of(api.follow(schema['items'])) == {'string'} else set()
    if types == {'object'}:
        return set()
    if schema.get('format') == 'date-time':
        return {'time', 'date'}
    if types == {'string'} or not types:
        return {'text', 'id', 'word', 'url', 'date'}
    return set()


def is_closed_word(api, schema):
    schema = api.follow(schema)
    return 'enum' in schema or 'x-known-values' in schema


def children_of(tables, schema_name):
    """Members that are lists of another resource: tables of their own with a parent key."""
    readers = {name for resource in tables.resources.values() for name in resource['schemas']}
    for name, member in tables.api.schemas[schema_name].get('properties', {}).items():
        if 'items' in member and member['items'].get('$ref', '').rsplit('/', 1)[-1] in readers:
            yield name


def check_reads(tables, resource):
    """Every field is in the schema or a guess, with its kind; every member has a field."""
    api, seen = tables.api, set()
    for schema_name in resource['schemas']:
        properties = api.schemas[schema_name].get('properties', {})
        names = {name for field in resource['fields'] for name in field['json']}
        expected = set(properties) - set(children_of(tables, schema_name)) - LEFT_OUT.get(schema_name, set())
        assert expected <= names, f'{schema_name}: no field for {sorted(expected - names)}'
        seen |= set(properties)
        for field in resource['fields']:
            for name in set(field['json']) & set(properties):
                kinds = kinds_of(api, properties[name])
                assert field['kind'] in kinds, f'{schema_name}.{name} is {sorted(kinds)}, not {field["kind"]}'
                if is_closed_word(api, properties[name]):
                    same(field['kind'], 'word', f'{schema_name}.{name}')
                if api.follow(properties[name]) is api.schemas['OpaqueId']:
                    same(field['kind'], 'id', f'{schema_name}.{name}')
    for field in resource['fields']:
        if field['json'][0] not in seen:
            assert 'guess' in field['flags'], f'{field["json"][0]} is in no schema and no guess'


def check_required(tables, resource):
    """What an answer must have: the same in the table as in all of its schemas."""
    theirs = set.intersection(*(set(tables.api.schemas[name].get('required', []))
                                for name in resource['schemas']))
    ours = {field['json'][0] for field in resource['fields'] if 'required' in field['flags']}
    same(ours, theirs, 'required')


def check_writes(tables, resource):
    writable = [field for field in resource['fields'] if 'writable' in field['flags']]
    needed = {field['json'][0] for field in resource['fields'] if 'needed' in field['flags']}
    same(bool(writable), bool(resource['write-schemas']), 'fields and schema to write')
    assert needed <= {field['json'][0] for field in writable}, 'needed and not writable'
    for name in resource['write-schemas']:
        schema = tables.api.schemas[name]
        same({field['json'][0] for field in writable}, set(schema['properties']), f'fields of {name}')
        same(needed, set(schema.get('required', [])), f'needed by {name}')
        for field in writable:
            kinds = kinds_of(tables.api, schema['properties'][field['json'][0]])
            assert field['kind'] in kinds, f'{name}.{field["json"][0]} is {sorted(kinds)}'


def check_secrets(tables, resource):
    """What may come along unasked has a field, so that it is known as secret and never kept."""
    told = tables.api.schemas.get(resource['schemas'][0], {}).get('description', '')
    hot = {'password', 'appPassword', 'secret', 'authenticatorSecret'}
    for field in resource['fields']:
        same('secret' in field['flags'], bool(hot & set(field['json'])), field['member'])
    if 'dropped unread' in told:
        secret = {name for field in resource['fields'] if 'secret' in field['flags'] for name in field['json']}
        same(secret, {name for name in hot if name in told}, 'secrets that may come along')


def main():
    tap = Tap()
    tables = Tables(sys.argv[1], Description(sys.argv[2]))
    api = tables.api
    tap.check('operations: each has one row, in order', check_order, tables)
    for name, operation in api.operations.items():
        endpoint = tables.endpoints.get(name)
        media_type, schema = api.body(operation)
        tap.check(f'{name}: method and path', check_place, endpoint, operation)
        tap.check(f'{name}: parameters', check_params, endpoint, api.parameters(operation))
        tap.check(f'{name}: flags', check_flags, endpoint, operation, media_type)
        tap.check(f'{name}: targets', check_targets, api, endpoint, media_type, schema)
        tap.check(f'{name}: resources', check_resources, tables, endpoint, operation, schema)
    for name, resource in tables.resources.items():
        tap.check(f'{name}: fields that are read', check_reads, tables, resource)
        tap.check(f'{name}: required', check_required, tables, resource)
        tap.check(f'{name}: fields that are written', check_writes, tables, resource)
        tap.check(f'{name}: secrets', check_secrets, tables, resource)
    return tap.end()


if __name__ == '__main__':
    sys.exit(main())
