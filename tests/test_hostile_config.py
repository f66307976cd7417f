"""Configs and schemas made to do harm: see test_hostile.py.

They end in findings, or in one line for each error, and never in a request to the network.
"""

import json
import re
import socket
import sys
from pathlib import Path

import pytest

from tests.confined import FINE, Nursery, alias_bomb, frontmatter, merge_bomb, write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits and files of POSIX")


CONFIGS = {
    "aliases that multiply": (alias_bomb(), 2, "aliases multiply"),
    "merge keys that multiply": (merge_bomb(), 2, "aliases multiply"),
    "100,000 brackets": ("rules: " + "[" * 100_000, 2, "nested more than"),
    "2 MB": ("rules: {}\n" + "# x\n" * 500_000, 2, "larger than 1 MB"),
    "bytes that are no text": ("\udcff\udcfe\0", 2, "not valid UTF-8"),
    "a pattern that backtracks": (
        "rules: {x: {check: pattern, on: body, pattern: '(a+)+$', message: m, severity: info}}",
        1,
        "broken-link",
    ),
    "a pattern that explodes": (
        "rules: {x: {check: pattern, on: body, pattern: '((a{1,99}){1,99}){1,99}', message: m}}",
        2,
        "vaultlint.yaml:1:",
    ),
    "a pattern of everything": (
        "rules: {x: {check: pattern, on: body, pattern: '', message: m, severity: info}}",
        1,
        "broken-link",
    ),
    "globs of stars": (
        json.dumps({"exclude": ["**/" * 300 + "x", "*a" * 400 + "b", "**/a*/" * 150 + "b"]}),
        1,
        "unused-glob",
    ),
    "a thousand globs": (
        json.dumps({"exclude": ["**/" * 40 + f"x{n}/**/y*{n}" for n in range(1000)]}),
        1,
        "unused-glob",
    ),
    "braces that multiply": (json.dumps({"exclude": ["{a,b}" * 100]}), 2, "the braces of a glob"),
    "10,000 unknown rules": (
        "rules: {" + ", ".join(f"r{n}: off" for n in range(10_000)) + "}",
        1,
        "unknown-rule",
    ),
    "5,000 rules": (
        "rules: {"
        + ", ".join(f"r{n}: {{check: pattern, pattern: z{n}}}" for n in range(5000))
        + "}",
        1,
        "broken-link",
    ),
    "10,000 terms": (
        "rules: {unknown-tag: {severity: info, vocabulary: tags}, "
        "vocabulary-hygiene: {severity: info, ordered: [tags]}}\n"
        "vocabularies: {tags: {terms: ["
        + ", ".join(f"term-{n * 7919 % 10_000}" for n in range(10_000))
        + "]}}",
        1,
        "vocabulary-hygiene",
    ),
    "packs in a circle": ("extends: [vaultlint.yaml]", 2, "packs extend one another"),
    "packs from elsewhere": (
        "extends: [../a.yaml, /etc/passwd, 'https://example.org/a.yaml']",
        2,
        "leaves the vault",
    ),
    "terms from elsewhere": (
        "vocabularies: {tags: {terms_from: {file: ../../etc/passwd}}}",
        2,
        "leaves the vault",
    ),
    "a plugin": ("plugins: [./evil.py]", 2, "a config never runs code"),
    "words for a terminal": (r'rules: {"\e[2J\n::error::x": off}', 1, r"\\x1b[2J\\x0a::error::x"),
    "words that a message is made of": (
        json.dumps({"rules": {"x": {"check": "pattern", "pattern": "gone", "severity": "info",
                                    "message": "{0.__class__} {match!r:>999999999} %s \x1b[2J"}}}),
        1,
        "{0.__class__} {match!r:>999999999} %s ",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "code", "said"), CONFIGS.values(), ids=CONFIGS)
def test_config(nursery: Nursery, tmp_path: Path, text: str, code: int, said: str) -> None:
    write(tmp_path, FINE | {"vaultlint.yaml": text.encode("utf-8", "surrogateescape")})
    write(tmp_path, {"a/b/c.md": b"a" * 5000 + b"! #term\n"})
    done = nursery.check(tmp_path, "-q", "--fail-on", "info", GITHUB_ACTIONS="true")
    assert done.code == code, done.err
    assert said.replace("\\\\", "\\") in done.out + done.err
    assert (done.out + done.err).replace("\n", "").isprintable()
    assert not re.search(r"^\s*::", done.out + done.err, re.MULTILINE)
    assert bool(done.err) == (code == 2)
    assert ("fine.md:1:3" in done.out) == (code == 1)


def doubled(keyword: str) -> str:
    """Return a schema whose reading doubles at each of its steps."""
    steps = {f"x{n}": {keyword: [{"$ref": f"#/$defs/x{n + 1}"}] * 2} for n in range(25)}
    return json.dumps({"$defs": {**steps, "x25": {"required": ["z"]}}, "$ref": "#/$defs/x0"})


SCHEMAS = {
    "itself": ('{"$ref": "#"}', 2, "refers to itself"),
    "circle": ('{"allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"$ref": "#/$defs/a"}}}',
               2, "refers to itself"),
    "circle through another file": ('{"$ref": "other.json"}', 2, "refers to itself"),
    "doubling": (doubled("anyOf"), 2, "refers to itself"),
    "doubling in a property": (
        f'{{"properties": {{"k": {doubled("oneOf").replace("#/$defs", "#/properties/k/$defs")}}}}}',
        1, "invalid-property-combination"),
    "a file of the system": ('{"$ref": "file:///etc/passwd"}', 2, "only files of the vault"),
    "a path that leads out": ('{"$ref": "../../../etc/passwd"}', 2, "not in the vault"),
    "another dialect": ('{"$schema": "http://127.0.0.1:PORT/meta"}', 2, "JSON Schema 2020-12"),
    "the network": ('{"$ref": "http://127.0.0.1:PORT/x.json"}', 2, "only files of the vault"),
    "an id on the network": ('{"$id": "http://127.0.0.1:PORT/", "$ref": "x.json"}', 2, "not in"),
    "a pattern that backtracks": ('{"properties": {"k": {"pattern": "^(a+)+$"}}}',
                                  1, "property-value"),
    "a name's pattern that backtracks": ('{"patternProperties": {"^(k+)+!$": false}}',
                                         1, "broken-link"),
    "a pattern beyond RE2": ('{"properties": {"k": {"pattern": "(?=a)a"}}}', 2, "lookahead"),
    "100,000 levels": ('{"not":' * 100_000 + "{}" + "}" * 100_000, 2, "shared.json"),
    "500 levels": ('{"not":' * 500 + "{}" + "}" * 500, 2, "nested more than 64 levels"),
    "60 levels": ('{"not":' * 60 + "{}" + "}" * 60, 1, "broken-link"),
    "a tiny unit": ('{"properties": {"n": {"multipleOf": 1e-320}}}', 1, "broken-link"),
    "no schema": ("\0\x01", 2, "shared.json"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "code", "said"), SCHEMAS.values(), ids=SCHEMAS)
def test_schema(nursery: Nursery, tmp_path: Path, text: str, code: int, said: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        text = text.replace("PORT", str(server.getsockname()[1]))
        write(tmp_path, FINE | {
            "vaultlint.yaml": b'schemas: [{paths: ["**"], schema: s/shared.json}]\n',
            "s/shared.json": text.encode(),
            "s/other.json": b'{"$ref": "shared.json"}',
            "hostile.md": frontmatter("k: " + "a" * 200_000 + "!\nn: 3"),
        })  # fmt: skip
        done = nursery.check(tmp_path, "-q")
        with pytest.raises(BlockingIOError):
            server.accept()
    assert done.code == code, done.err
    assert said in done.out + done.err
    assert (done.out + done.err).replace("\n", "").isprintable()
    assert bool(done.err) == (code == 2)
    assert ("fine.md:1:3" in done.out) == (code == 1)
