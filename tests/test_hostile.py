"""Vaults made to do harm: each in a process of its own, with little memory and little time.

A run over such a vault ends by itself, with findings and one of its own exit codes; the note beside
the hostile one is checked as ever; nothing outside of the vault is read, and nothing from inside
reaches a terminal as it is.
"""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.confined import FINE, Done, Nursery, alias_bomb, frontmatter, merge_bomb, write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits and files of POSIX")


def checked_as_json(
    nursery: Nursery, tmp_path: Path, files: Mapping[str, bytes], *arguments: str
) -> Done:
    """Check ``files`` beside a note with one finding, and expect that finding and a normal end."""
    write(tmp_path, FINE | files)
    done = nursery.check(tmp_path, "--format", "json", *arguments)
    assert (done.code, done.err) == (1, "")
    assert "broken-link" in done.rules("fine.md")
    assert "internal-error" not in done.out
    return done


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


def test_properties(nursery: Nursery, tmp_path: Path) -> None:
    done = checked_as_json(
        nursery,
        tmp_path,
        {f"{name}.md": frontmatter(text) for name, (text, _) in PROPERTIES.items()},
    )
    found = {name: done.rules(f"{name}.md") for name in PROPERTIES}
    assert found == {name: [rule] if rule else [] for name, (_, rule) in PROPERTIES.items()}


FRAGMENTS = (
    "[[", "![", "![[", "<!--", "[a](", "[a](<", "$$", "$", "%%a", "> ", "- ", "1. ", "*a_ ", "==a", "~~",
    "#a", "|a", "\\", "<a ", "[^", "[^a]: x\n", "[a]: <b\n", " \n", "\t", "^a ", "- #PAPER [", "::", "x::",
    "`a", "``` ", "---\n", "# \n", "\r", "\u2028", "\0", "&#x", "[[a|", "[[#", "{{", "- [ ] ",
)  # fmt: skip


def test_repeated_fragments_of_syntax(nursery: Nursery, tmp_path: Path) -> None:
    files = {
        f"fragment {n}.md": (each * (40_000 // len(each))).encode()
        for n, each in enumerate(FRAGMENTS)
    }
    done = checked_as_json(nursery, tmp_path, files, "--pack", "strict", "--pack", "research")
    assert json.loads(done.out)["summary"]["notes_checked"] == len(files) + 1


def test_bytes_that_are_no_text(nursery: Nursery, tmp_path: Path) -> None:
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
    done = checked_as_json(nursery, tmp_path, files)
    for file in ("binary.md", "latin.md", "nul.md", "utf16.md"):
        assert "unreadable-note" in done.rules(file)
    assert done.rules("large.md") == ["large-note"]
    assert "broken-link" in done.rules("latin.md"), "what can be read is checked"


def test_files_that_are_none(
    nursery: Nursery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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
        done = nursery.check(root, "--format", "json")
    assert (done.code, done.err) == (1, "")
    assert done.rules("fine.md") == ["broken-link"]
    for file in ("fifo.md", "sparse.md", "socket.md", *links):
        assert done.rules(file) == ["unreadable-note"], file
    assert done.rules("folder.md") == []
    assert "SECRET" not in done.out


def test_paths_longer_than_a_path_may_be(
    nursery: Nursery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, FINE)
    monkeypatch.chdir(tmp_path)
    for _ in range(30):
        Path("d" * 200).mkdir()
        os.chdir("d" * 200)
    Path("deep.md").write_bytes(b"[[gone]]\n")
    os.chdir(tmp_path)
    try:
        done = nursery.check(tmp_path, "--format", "json")
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
def test_names_and_text_on_a_terminal(
    nursery: Nursery, named: Path, arguments: tuple[str, ...]
) -> None:
    done = nursery.check(named, "--pack", "strict", *arguments, GITHUB_ACTIONS="true")
    assert (done.code, done.err) == (1, "")
    assert done.out.replace("\n", "").isprintable()
    assert not re.search(r"^\s*::|##\[", done.out, re.MULTILINE)


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_names_and_text_in_json(nursery: Nursery, named: Path, form: str) -> None:
    done = nursery.check(named, "--pack", "strict", "--format", form, GITHUB_ACTIONS="true")
    assert (done.code, done.err) == (1, "")
    assert re.fullmatch(r"[\x20-\x7e\n]*", done.out)
    assert not re.search(r"^\s*::|##\[", done.out, re.MULTILINE)
    for line in done.out.splitlines() if form == "jsonl" else [done.out]:
        json.loads(line)


@pytest.mark.parametrize("name", NAMES[:11], ids=repr)
def test_a_name_on_the_command_line(nursery: Nursery, named: Path, name: bytes) -> None:
    path = os.fsdecode(os.fsencode(named) + b"/" + name)
    done = nursery.check(named, "-q", "--vault", str(named), "--", path)
    assert (done.code, done.err) == (1, "")
    assert done.out.replace("\n", "").isprintable()


@pytest.mark.parametrize("files", [{}, {"a.png": b"x"}, {".obsidian/app.json": b""}], ids=repr)
def test_a_vault_without_notes_is_clean(
    nursery: Nursery, tmp_path: Path, files: dict[str, bytes]
) -> None:
    write(tmp_path, files)
    done = nursery.check(tmp_path, "--pack", "strict")
    assert done == Done(0, "No findings, 0 notes checked.\n", "")


def test_a_vault_that_may_not_be_written_is_checked(nursery: Nursery, tmp_path: Path) -> None:
    write(tmp_path, FINE)
    before = sorted(tmp_path.rglob("*"))
    tmp_path.chmod(0o555)
    try:
        done = nursery.check(tmp_path, "-q")
    finally:
        tmp_path.chmod(0o755)
    assert (done.code, done.err) == (1, "")
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["with space", "two\nlines", "ünï\u202e", "-x", "$(x)", "a:b#c"])
def test_the_vault_itself_may_have_any_name(nursery: Nursery, tmp_path: Path, name: str) -> None:
    write(tmp_path / name, FINE)
    done = nursery.check(tmp_path / name, "-q")
    assert (done.code, done.err) == (1, "")
    assert done.out.count("\n") == 1
    assert done.out[:-1].isprintable()


@pytest.mark.skipif(sys.platform != "linux", reason="limits that the system keeps to")
@pytest.mark.parametrize("megabytes", [60, 80, 100, 120, 1000])
def test_without_enough_memory_nothing_is_decided(tmp_path: Path, megabytes: int) -> None:
    write(tmp_path, {"a.md": b"[[gone]]\n" * 40_000})
    command = 'ulimit -v "$1" && exec "$2" -m vaultlint check -q --no-cache --jobs 1 "$3"'
    done = subprocess.run(
        ["sh", "-c", command, "sh", str(megabytes << 10), sys.executable, str(tmp_path)],
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    if done.returncode == 1:
        assert done.stdout.count(b"\n") == 40_000
    else:
        assert (done.returncode, megabytes < 1000) == (3, True)
