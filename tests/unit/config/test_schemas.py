import subprocess
import sys
from pathlib import Path

import pytest

from tests.memory_source import MemorySource
from tests.unit.config.loading import complaints, load
from vaultlint.config.load import ConfigRequest, load_config
from vaultlint.errors import SchemaError

ROOT = Path(__file__).resolve().parents[3]
BIND = "schemas: [{paths: ['**'], schema: s/main.json}]\n"


def validator(schema: str, **files: str):
    others = {f"s/{name}.json": text for name, text in files.items()}
    return load(BIND, {"s/main.json": schema, **others}).validators_for("a.md")[0]


def errors(schema: str, **files: str) -> list[str]:
    others = {f"s/{name}.json": text for name, text in files.items()}
    return complaints(BIND, {"s/main.json": schema, **others})


def test_schemas_apply_by_path():
    files = {"a.json": '{"required": ["a"]}', "b.yaml": "required: [b]\n"}
    text = (
        "schemas:\n  - {paths: ['x/**'], schema: a.json}\n"
        "  - {paths: ['**'], exclude: x/y, schema: b.yaml}\n"
    )
    config = load(text, files)
    names = {
        file: [one.name for one in config.validators_for(file)] for file in ("x/a", "x/y/a", "b")
    }
    assert names == {"x/a": ["a.json", "b.yaml"], "x/y/a": ["a.json"], "b": ["b.yaml"]}
    assert config.validators_for("x/a") is config.validators_for("x/b")


def test_a_shipped_schema_by_name():
    config = load("schemas: [{paths: ['**'], schema: research-note}]\n")
    assert config.validators_for("a.md")[0].name == "schema research-note"
    found = complaints("schemas: [{paths: ['**'], schema: reserch-note}]\n")
    assert found[0].startswith(
        "vaultlint.yaml:1:35: there is no shipped schema 'reserch-note'; did"
    )


def test_the_answer_for_the_last_note_is_kept():
    one = validator('{"required": ["a"]}')
    data = {}
    assert one.violations(data) is one.violations(data)
    assert one.violations({"a": 1}) == ()


def test_a_valid_note_is_accepted_without_jsonschema(tmp_path):
    files = {"vaultlint.yaml": BIND.encode(), "s/main.json": b'{"required": ["a"]}'}
    request = ConfigRequest(cache=tmp_path)
    load_config(MemorySource(files), request)
    for name in [name for name in sys.modules if name.startswith("vaultlint.config.schema_check")]:
        del sys.modules[name]
    config = load_config(MemorySource(files), request)
    assert config.validators_for("x")[0].violations({"a": 1}) == ()
    assert "vaultlint.config.schema_check" not in sys.modules
    assert config.validators_for("x")[0].violations({}) != ()


def test_an_empty_mapping_that_is_no_dict_is_an_object():
    from types import MappingProxyType

    assert validator('{"required": ["a"]}').violations(MappingProxyType({}))[0].kind == "missing"


def test_references_lead_to_files_beside_the_schema():
    one = validator(
        '{"properties": {"a": {"$ref": "types.json#/$defs/name"}}}',
        types='{"$defs": {"name": {"type": "string"}}}',
    )
    assert one.violations({"a": "x"}) == ()
    assert one.violations({"a": 1})[0].problem == "should be text, not the number 1"


def test_a_schema_may_be_referred_to_by_its_own_id():
    one = validator(
        '{"$id": "https://example.com/main", "properties": {"a": {"$ref": "https://example.com/main#/$defs/n"}},'
        ' "$defs": {"n": {"type": "integer"}}}'
    )
    assert one.violations({"a": "x"})[0].keyword == "type"


@pytest.mark.parametrize(
    "reference",
    [
        "http://127.0.0.1:9/x.json",
        "https://example.com/x.json",
        "file:///etc/passwd",
        "//example.com/x.json",
        "ftp://example.com/x",
        "urn:x:y",
        "data:application/json,{}",
    ],
)
def test_nothing_is_fetched(reference):
    found = errors(f'{{"properties":\n {{"a": {{"$ref": "{reference}"}}}}}}')
    assert len(found) == 1
    assert found[0].startswith("s/main.json:2:17: the schema refers to")
    assert "only files of the vault are read" in found[0]


def test_references_never_leave_the_vault():
    found = errors('{"$ref": "../../../etc/passwd"}')
    assert found == ["s/main.json:1:10: the schema 'etc/passwd' is not in the vault"]


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ('{"type": "strng"}', "s/main.json:1:10: not a valid JSON Schema"),
        ('{"properties": {"a": 5}}', "s/main.json:1:22: not a valid JSON Schema"),
        ("[1]", "s/main.json: a schema must be a mapping"),
        ("{", "s/main.json:"),
        ('{"pattern": "(?=a)"}', "s/main.json:1:13: the pattern uses lookahead"),
        ('{"patternProperties": {"(": true}}', "s/main.json:1:29: the pattern is not valid"),
        ('{"$schema": "http://json-schema.org/draft-07/schema#"}', "s/main.json:1:13: schemas are"),
        ('{"$ref": "#/$defs/none"}', "s/main.json:1:10: the schema refers to '#/$defs/none', where"),
        ('{"x": {"pattern": "a"}, "$ref": "#/x"}', "s/main.json:1:33: the schema refers to '#/x'"),
        ('{"properties": {"a": {"x-vaultlint": {"severty": "info"}}}}',
         "s/main.json:1:39: x-vaultlint has no key 'severty'; did you mean 'severity'?"),
        ('{"x-vaultlint": {"severity": "bad"}}', "s/main.json:1:30: 'severity' must be error"),
        ('{"x-vaultlint": {"message": 5}}', "s/main.json:1:29: 'message' must be text"),
        ('{"unevaluatedProperties": false, "patternProperties": {"a": true}}',
         "s/main.json:1:2: unevaluatedProperties cannot be used here"),
        ('{"properties": {"a": {"$id": "b"}}}', "s/main.json:1:30: a schema inside of another"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_schema_is_said_at_its_place(schema, expected):
    found = errors(schema)
    assert len(found) == 1, found
    assert found[0].startswith(expected), found[0]


def test_a_missing_schema_is_an_error_in_the_config():
    assert complaints(BIND) == ["vaultlint.yaml:1:35: the schema 's/main.json' is not in the vault"]
    assert "leaves the vault" in complaints("schemas: [{paths: ['**'], schema: ../s.json}]\n")[0]


def test_json_that_is_no_yaml_is_read():
    assert validator('{\n\t"required": ["a"]\n}').violations({})[0].property == "a"


def test_a_schema_that_is_a_schema_error_has_that_type():
    with pytest.raises(SchemaError):
        load(BIND, {"s/main.json": '{"type": "strng"}'})


def test_deprecated_properties_with_their_replacement():
    one = validator(
        '{"properties": {"tag": {"deprecated": true, "x-vaultlint": {"suggest": "tags"}},'
        ' "old": {"deprecated": true}, "new": {"deprecated": false}}}'
    )
    assert one.deprecated() == {"tag": "tags", "old": None}
    assert validator("true").deprecated() == {}


@pytest.mark.parametrize(
    "schema",
    [
        '{"$ref": "#"}',
        '{"allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"$ref": "#/$defs/a"}}}',
        '{{"$defs": {{{}, "x20": {{"type": "object"}}}}, "$ref": "#/$defs/x0"}}'.format(
            ", ".join(
                f'"x{n}": {{"oneOf": [{{"$ref": "#/$defs/x{n + 1}"}}, {{"$ref": "#/$defs/x{n + 1}"}}]}}'
                for n in range(20)
            )
        ),
    ],
)
def test_a_schema_without_end_is_one_error(schema):
    assert complaints(BIND, {"s/main.json": schema}) == [
        "s/main.json:1:1: the schema refers to itself without end, or nearly so"
    ]
    below = '{"properties": {"a": {"$ref": "other.json"}}}'
    files = {"s/main.json": below, "s/other.json": schema}
    found = load(BIND, files).validators_for("a.md")[0].violations({"a": 1})
    assert [(one.kind, one.problem) for one in found] == [
        (
            "combination",
            "cannot be judged: the schema refers to itself without end, or nearly so",
        )
    ]


def test_a_schema_that_is_too_deep_is_one_error_as_json_too():
    deep = '{"not":' * 500 + "{}" + "}" * 500
    assert complaints(BIND, {"s/main.json": deep}) == [
        "s/main.json:1:449: values are nested more than 64 levels deep"
    ]


def test_nothing_fits_the_schema_false():
    found = validator("false").violations({"a": 1})
    assert [(one.kind, one.problem) for one in found] == [("combination", "may not be there")]


def test_shipped_schemas_are_valid_and_compile():
    from vaultlint import resources
    from vaultlint.config.accept import compile_accept

    for name in resources.schema_names():
        text = resources.read_schema(name).decode()
        one = load(BIND, {"s/main.json": text}).validators_for("a.md")[0]  # judged as a vault's own
        assert compile_accept(one._file.data) is not None, name


def test_what_ships_needs_no_judge():
    code = (
        "import sys\nfrom tests.unit.config.loading import load\n"
        "load(None, packs=('strict',))\nassert 'pydantic' not in sys.modules\nload('schemas: [{paths: a, schema: research-note}]')\n"
        "assert 'jsonschema' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_schema_that_two_bindings_name_applies_once():
    config = load(
        "schemas: [{paths: ['**'], schema: s/main.json}, {paths: [a.md], schema: s/main.json}]",
        {"s/main.json": '{"required": ["title"]}'},
    )
    assert len(config.validators_for("a.md")) == 1
