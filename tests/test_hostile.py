"""Vaults made to do harm: each in a process of its own, with little memory and little time.

A run over such a vault ends by itself, with findings and one of its own exit codes; the note beside
the hostile one is checked as ever; nothing outside of the vault is read, and nothing from inside
reaches a terminal as it is.
"""

import json
import multiprocessing
import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits and files of POSIX")

MEMORY = 1 << 30
SECONDS = 60  # far beyond what a case takes, for a machine that is busy

# Processes are forked from one that knows the program and nothing of these tests' own process.
NURSERY = multiprocessing.get_context(None if sys.platform == "win32" else "forkserver")
if sys.platform != "win32":
    NURSERY.set_forkserver_preload(["vaultlint.cli.check", "vaultlint.config.models"])

FINE = {"fine.md": b"[[gone]]\n"}


class Done(NamedTuple):
    """How a run ended."""

    code: int
    out: str
    err: str

    def rules(self, file: str) -> list[str]:
        """Return the rules found in ``file``, from JSON."""
        found = json.loads(self.out)["diagnostics"]
        return [each["rule"] for each in found if each["path"] == file]


def check(root: Path, *arguments: str, **environ: str) -> Done:
    """Run ``vaultlint check`` on ``root``, confined."""
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        asked = ["check", "--no-cache", *arguments, str(root)]
        child = NURSERY.Process(target=confined, args=(asked, environ, str(out), str(err)))
        child.start()
        child.join(SECONDS)
        if child.exitcode is None:
            child.kill()
            pytest.fail(f"still running after {SECONDS} s")
        return Done(child.exitcode, out.read_text("utf-8"), err.read_text("utf-8"))


def confined(arguments: list[str], environ: dict[str, str], out: str, err: str) -> None:
    """Run the program in this process, which ends with it."""
    import resource

    for stream, path in ((sys.stdout, out), (sys.stderr, err)):
        opened = os.open(path, os.O_WRONLY | os.O_CREAT)
        os.dup2(opened, stream.fileno())
        stream.reconfigure(encoding="utf-8")
    os.environ.update(environ)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.argv = ["vaultlint", *arguments]
    from vaultlint.__main__ import main

    main()


def write(root: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def checked_as_json(tmp_path: Path, files: Mapping[str, bytes], *arguments: str) -> Done:
    """Check ``files`` beside a note with one finding, and expect that finding and a normal end."""
    write(tmp_path, FINE | files)
    done = check(tmp_path, "--format", "json", *arguments)
    assert (done.code, done.err) == (1, "")
    assert "broken-link" in done.rules("fine.md")
    assert "internal-error" not in done.out
    return done


def frontmatter(text: str) -> bytes:
    return f"---\n{text}\n---\n\nText.\n".encode()


def alias_bomb() -> str:
    lines = ["a0: &a0 [x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    return "\n".join(lines)


def merge_bomb() -> str:
    lines = ["a0: &a0 {k: v}"]
    lines += [f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, 30)]
    return "\n".join(lines)


PROPERTIES = {
    "aliases that multiply": (alias_bomb(), "large-note"),
    "merge keys that multiply": (merge_bomb(), "large-note"),
    "an alias inside of itself": ("a: &a [*a]", "frontmatter-syntax"),
    "100,000 brackets": ("a: " + "[" * 100_000, "large-note"),
    "100,000 braces": ("{a: " * 100_000, "large-note"),
    "100,000 dashes": ("- " * 100_000, "large-note"),
    "100,000 question marks": ("? " * 100_000, "large-note"),
    "1,000 levels of blocks": (
        "\n".join(" " * n + "a:" for n in range(1000)),
        "large-note",
    ),
    "300 KB": ("a: " + "x" * 300_000, "large-note"),
    "a constructor of Python": ("a: !!python/object/apply:os.abort []", None),
    "a date that there is not": ("a: 2024-13-45\nb: 2024-02-30", None),
    "an integer of 5,000 digits": ("a: " + "9" * 5000, None),
    "20,000 keys": ("\n".join(f"k{n}: {n}" for n in range(20_000)), None),
}


def test_properties(tmp_path: Path) -> None:
    done = checked_as_json(
        tmp_path, {f"{name}.md": frontmatter(text) for name, (text, _) in PROPERTIES.items()}
    )
    found = {name: done.rules(f"{name}.md") for name in PROPERTIES}
    assert found == {name: [rule] if rule else [] for name, (_, rule) in PROPERTIES.items()}


FRAGMENTS = (
    "[[", "![", "![[", "<!--", "[a](", "[a](<", "$$", "$", "%%a", "> ", "- ", "1. ", "*a_ ", "==a", "~~",
    "#a", "|a", "\\", "<a ", "[^", "[^a]: x\n", "[a]: <b\n", " \n", "\t", "^a ", "- #PAPER [", "::", "x::",
    "`a", "``` ", "---\n", "# \n", "\r", "\u2028", "\0", "&#x", "[[a|", "[[#", "{{", "- [ ] ",
)  # fmt: skip


def test_repeated_fragments_of_syntax(tmp_path: Path) -> None:
    files = {
        f"fragment {n}.md": (each * (40_000 // len(each))).encode()
        for n, each in enumerate(FRAGMENTS)
    }
    done = checked_as_json(tmp_path, files, "--pack", "strict", "--pack", "research")
    assert json.loads(done.out)["summary"]["notes_checked"] == len(files) + 1


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    files = {
        "binary.md": bytes(range(256)) * 1000,
        "latin.md": b"[[gone \xe9]] #t\xe9g\n",
        "nul.md": b"\0" * 10_000 + b"[[gone]]",
        "utf16.md": "\ufeff[[gone]]".encode("utf-16-le"),
        "large.md": b"[[gone]] a\n" * 300_000,
        "app.canvas": b"[" * 100_000,
        ".obsidian/app.json": b"[" * 100_000,
        ".obsidian/types.json": b'{"types": ' + b'{"a": ' * 100_000,
    }
    done = checked_as_json(tmp_path, files)
    for file in ("binary.md", "latin.md", "nul.md", "utf16.md"):
        assert "unreadable-note" in done.rules(file)
    assert done.rules("large.md") == ["large-note"]
    assert "broken-link" in done.rules("latin.md"), "what can be read is checked"


def test_files_that_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "vault"
    write(root, FINE)
    (tmp_path / "secret.md").write_bytes(b"SECRET\n\n# Heading\n")
    os.mkfifo(root / "fifo.md")
    with (root / "sparse.md").open("wb") as sparse:
        sparse.truncate(10 << 30)
    (root / "folder.md").mkdir()
    links = {
        "out.md": "../secret.md",
        "circle.md": "circle.md",
        "zero.md": "/dev/zero",
        "nothing.md": "nothing-there.md",
        "up": "..",
        "round": ".",
    }
    for name, target in links.items():
        (root / name).symlink_to(target)
    write(root, {"reader.md": b"[[out#Heading]] ![[up/secret]] [[folder]]\n"})
    monkeypatch.chdir(root)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("socket.md")
        done = check(root, "--format", "json")
    assert (done.code, done.err) == (1, "")
    assert done.rules("fine.md") == ["broken-link"]
    for file in ("fifo.md", "sparse.md", "socket.md", *links):
        assert done.rules(file) == ["unreadable-note"], file
    assert done.rules("folder.md") == []
    assert "SECRET" not in done.out


def test_paths_longer_than_a_path_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, FINE)
    monkeypatch.chdir(tmp_path)
    for _ in range(30):
        Path("d" * 200).mkdir()
        os.chdir("d" * 200)
    Path("deep.md").write_bytes(b"[[gone]]\n")
    os.chdir(tmp_path)
    try:
        done = check(tmp_path, "--format", "json")
    finally:
        subprocess.run(["rm", "-rf", "d" * 200], check=True)
    assert (done.code, done.err) == (1, "")
    assert done.rules("fine.md") == ["broken-link"]
    assert "unreadable-note" in done.out


NAMES = (
    b"esc\x1b[31mred\x1b]0;title\x07.md",
    b"bad\xff\xfe.md",
    "bidi\u202eda.md".encode(),
    "line\u2028end.md".encode(),
    b"two\nlines.md",
    b"x\n::error file=a.md::forged.md",
    b"::error::forged.md",
    b"##[error]forged.md",
    b"##vso[task.setvariable]x.md",
    b"with space .md",
    b"-q.md",
    b"$(reboot).md",
    b"Case.md",
    b"CASE.md",
)
CONTENT = (
    "[[gone\x1b[2J]] [[gone\u202e]]\n\n::error::[[gone]]\n\n  ::add-mask::[[gone]] ##[error]\n"
)


@pytest.fixture
def named(tmp_path: Path) -> Path:
    for name in NAMES:
        (tmp_path / os.fsdecode(name)).write_bytes(CONTENT.encode())
    write(tmp_path, FINE)
    return tmp_path


@pytest.mark.parametrize("arguments", [(), ("-q",), ("--statistics",), ("--max-findings", "1")])
def test_names_and_text_on_a_terminal(named: Path, arguments: tuple[str, ...]) -> None:
    done = check(named, "--pack", "strict", *arguments, GITHUB_ACTIONS="true")
    assert (done.code, done.err) == (1, "")
    assert done.out.replace("\n", "").isprintable()
    assert not re.search(r"^\s*::|##\[", done.out, re.MULTILINE)


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_names_and_text_in_json(named: Path, form: str) -> None:
    done = check(named, "--pack", "strict", "--format", form, GITHUB_ACTIONS="true")
    assert (done.code, done.err) == (1, "")
    assert re.fullmatch(r"[\x20-\x7e\n]*", done.out)
    assert not re.search(r"^\s*::|##\[", done.out, re.MULTILINE)
    for line in done.out.splitlines() if form == "jsonl" else [done.out]:
        json.loads(line)


@pytest.mark.parametrize("name", NAMES[:11], ids=repr)
def test_a_name_on_the_command_line(named: Path, name: bytes) -> None:
    path = os.fsdecode(os.fsencode(named) + b"/" + name)
    done = check(named, "-q", "--vault", str(named), "--", path)
    assert (done.code, done.err) == (1, "")
    assert done.out.replace("\n", "").isprintable()


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
def test_config(tmp_path: Path, text: str, code: int, said: str) -> None:
    write(tmp_path, FINE | {"vaultlint.yaml": text.encode("utf-8", "surrogateescape")})
    write(tmp_path, {"a/b/c.md": b"a" * 5000 + b"! #term\n"})
    done = check(tmp_path, "-q", "--fail-on", "info", GITHUB_ACTIONS="true")
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
def test_schema(tmp_path: Path, text: str, code: int, said: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        text = text.replace("PORT", str(server.getsockname()[1]))
        write(tmp_path, FINE | {
            "vaultlint.yaml": b'schemas: [{paths: ["**"], schema: s/shared.json}]\n',
            "s/shared.json": text.encode(),
            "s/other.json": b'{"$ref": "shared.json"}',
            "hostile.md": frontmatter("k: " + "a" * 200_000 + "!\nn: 3"),
        })  # fmt: skip
        done = check(tmp_path, "-q")
        with pytest.raises(BlockingIOError):
            server.accept()
    assert done.code == code, done.err
    assert said in done.out + done.err
    assert (done.out + done.err).replace("\n", "").isprintable()
    assert bool(done.err) == (code == 2)
    assert ("fine.md:1:3" in done.out) == (code == 1)


@pytest.mark.parametrize("files", [{}, {"a.png": b"x"}, {".obsidian/app.json": b""}], ids=repr)
def test_a_vault_without_notes_is_clean(tmp_path: Path, files: dict[str, bytes]) -> None:
    write(tmp_path, files)
    done = check(tmp_path, "--pack", "strict")
    assert done == Done(0, "No findings, 0 notes checked.\n", "")


def test_a_vault_that_may_not_be_written_is_checked(tmp_path: Path) -> None:
    write(tmp_path, FINE)
    before = sorted(tmp_path.rglob("*"))
    tmp_path.chmod(0o555)
    try:
        done = check(tmp_path, "-q")
    finally:
        tmp_path.chmod(0o755)
    assert (done.code, done.err) == (1, "")
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["with space", "two\nlines", "ünï\u202e", "-x", "$(x)", "a:b#c"])
def test_the_vault_itself_may_have_any_name(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, FINE)
    done = check(tmp_path / name, "-q")
    assert (done.code, done.err) == (1, "")
    assert done.out.count("\n") == 1
    assert done.out[:-1].isprintable()
