"""Whatever a config says, loading ends with a Config or with an error that has a place."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.memory_source import MemorySource
from vaultlint.config.load import ConfigRequest, load_config
from vaultlint.errors import ConfigErrors, VaultlintError

WORDS = st.sampled_from(
    [
        "extends", "include", "exclude", "schemas", "schema", "paths", "vocabularies", "terms",
        "terms_from", "note", "file", "section", "aliases", "deprecated", "nested", "rules",
        "overrides", "plugins", "broken-link", "unknown-term", "pattern", "citation-format",
        "severity", "check", "message", "properties", "off", "error", "recommended", "a.md",
        "s.json", "p.yaml", "**", "../x", "{a,b}", "[", "", "a/b", "~", "$ref", "#", "(", "é\u2028",
    ]
)  # fmt: skip
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), WORDS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=20,
)
TOP = st.dictionaries(WORDS, VALUES, max_size=6)
LIKELY = st.fixed_dictionaries(
    {},
    optional={
        "extends": st.lists(WORDS, max_size=2),
        "schemas": st.lists(st.fixed_dictionaries({"paths": WORDS, "schema": WORDS}), max_size=2),
        "rules": st.dictionaries(WORDS, st.dictionaries(WORDS, VALUES, max_size=3) | WORDS),
        "vocabularies": st.dictionaries(WORDS, st.dictionaries(WORDS, VALUES, max_size=3)),
        "overrides": st.lists(st.fixed_dictionaries({"paths": WORDS, "rules": TOP}), max_size=2),
    },
)


def check(files: dict[str, bytes]) -> None:
    """Assert that loading ends with a usable Config, or with errors that have a place."""
    errors: tuple[VaultlintError, ...] = ()
    try:
        config = load_config(MemorySource(files), ConfigRequest())
        assert config.rules_for("a.md") is config.rules_for("a.md")
        for validator in config.validators_for("a.md"):
            validator.violations({"a": [1, None]})
    except ConfigErrors as several:
        errors = several.errors
    except VaultlintError as error:
        errors = (error,)
    assert all(error.path and error.message for error in errors)


@settings(max_examples=100, deadline=None)
@given(config=TOP | LIKELY, schema=TOP | VALUES, pack=TOP | LIKELY)
def test_any_data_is_loaded_or_refused(config, schema, pack):
    files = {"vaultlint.yaml": config, "s.json": schema, "p.yaml": pack}
    check({name: json.dumps(data).encode() for name, data in files.items()} | {"a.md": b"- a\n"})


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60) | st.text(alphabet="{}[]:,-'\"&*!#|> \n\tab~%@`", max_size=60))
def test_any_bytes_are_loaded_or_refused(content):
    data = content if isinstance(content, bytes) else content.encode()
    check({"vaultlint.yaml": data})
