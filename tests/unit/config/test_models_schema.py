import json

import pytest
from jsonschema import Draft202012Validator

from tests.unit.config.loading import complaints
from vaultlint.checks import check_ids
from vaultlint.config.models_schema import config_schema
from vaultlint.yaml_tree import compose


@pytest.fixture(scope="module")
def validator():
    schema = config_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_it_is_plain_json_and_the_same_every_time():
    assert json.dumps(config_schema()) == json.dumps(config_schema())


def test_it_knows_every_rule_and_says_what_it_is_for():
    schema = config_schema()
    rules = schema["$defs"]["Rules"]["properties"]
    assert sorted(rules) == sorted(check_ids())
    assert rules["broken-link"]["description"]


@pytest.mark.parametrize(
    ("config", "valid"),
    [
        ("{}", True),
        ("extends: recommended", True),
        ("extends: [a, b/c.yaml]", True),
        ("rules: {broken-link: off, link-case: true, orphan-note: {severity: info}}", True),
        ("rules: {mine: {check: pattern, pattern: x}}", True),
        ("rules: {mine: info}", True),
        ("vocabularies: {v: {terms_from: {note: a}, deprecated: {a: null}}}", True),
        ("overrides: [{paths: a, rules: {broken-link: off}}]", True),
        ("inlcude: [a]", False),
        ("rules: {broken-link: eror}", False),
        ("rules: {broken-link: {severty: error}}", False),
        ("overrides: [{paths: a}]", False),
        ("schemas: [{paths: a}]", False),
        ("vocabularies: {v: {terms: [1]}}", False),
    ],
)
def test_it_judges_as_loading_does(validator, config, valid):
    assert validator.is_valid(compose(config).data) is valid
    structural = [
        line
        for line in complaints(config, {"b/c.yaml": "", "a.md": "- a\n"})
        if "there is no pack 'a'" not in line
    ]
    assert (structural == []) is valid, structural
