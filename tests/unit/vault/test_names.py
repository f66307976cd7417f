"""What a file name says."""

import pytest

from tests.shared_data import vectors
from vaultlint.source import is_hidden
from vaultlint.vault.names import (
    conflict_copy,
    extension_of,
    file_kind,
    is_android_safe,
    is_link_safe,
    is_untitled,
    is_user_ignored,
    is_windows_safe,
)


def named(*groups):
    return [pytest.param(vector, id=vector["id"]) for vector in vectors(*groups)]


@pytest.mark.parametrize("vector", named("conflict-copy"))
def test_vectors_of_conflict_copies(vector):
    found = conflict_copy(vector["input"]["name"])
    expect = vector["expect"]
    assert (found is not None) == expect["conflict"]
    assert (found.kind if found else None) == expect["kind"]
    assert (found.original if found else None) == expect["original"]


@pytest.mark.parametrize("vector", named("untitled"))
def test_vectors_of_untitled_names(vector):
    assert is_untitled(vector["input"]["name"]) == vector["expect"]["default_name"]


@pytest.mark.parametrize("vector", named("file-name"))
def test_vectors_of_file_names(vector):
    name, expect = vector["input"]["name"], vector["expect"]
    answers = {
        "link_safe": is_link_safe(name),
        "windows_safe": is_windows_safe(name),
        "android_safe": is_android_safe(name),
        "in_vault": not is_hidden(name),
    }
    assert {key: answers[key] for key in expect} == expect


@pytest.mark.parametrize("vector", named("file-type"))
def test_vectors_of_file_types(vector):
    kind = file_kind(f"x.{vector['input']['extension']}")
    assert kind == vector["expect"]["kind"]
    assert (kind is not None) == vector["expect"]["accepted"]


@pytest.mark.parametrize("vector", named("ignore-filter"))
def test_vectors_of_ignore_filters(vector):
    given = vector["input"]
    assert is_user_ignored(given["path"], [given["filter"]]) == vector["expect"]["excluded"]


@pytest.mark.parametrize(
    ("name", "kind", "original"),
    [
        ("Plan (Conflicted copy laptop 202403011530).md", "obsidian-sync", "Plan.md"),
        ("Plan (Conflicted copy).md", "obsidian-sync", "Plan.md"),
        ("a.b (Conflicted copy x 202403011530).canvas", "obsidian-sync", "a.b.canvas"),
        ("Plan.sync-conflict-20240301-153000-ABCDEFG.md", "syncthing", "Plan.md"),
        ("no-ext.sync-conflict-20240301-153000", "syncthing", "no-ext"),
        ("Plan (Anna's conflicted copy 2024-03-01).md", "dropbox", "Plan.md"),
        ("Plan (Anna Smith’s conflicted copy 2024-03-01 (2)).md", "dropbox", "Plan.md"),
        ("Plan (Case Conflict 1).md", "dropbox", "Plan.md"),
        ("Plan (Unicode Encoding Conflict).md", "dropbox", "Plan.md"),
        ("Plan (White Space Conflict).md", "dropbox", "Plan.md"),
        ("Plan (conflicted copy 2024-03-01 153000).md", "nextcloud", "Plan.md"),
        ("Plan (conflicted copy anna 2024-03-01 153000).md", "nextcloud", "Plan.md"),
        ("Plan_conflict-20240301-153000.md", "owncloud", "Plan.md"),
    ],
)
def test_copies_that_sync_tools_make(name, kind, original):
    found = conflict_copy(name)
    assert (found.kind, found.original, found.certain) == (kind, original, True)


@pytest.mark.parametrize(
    "name",
    [
        "Plan.md",
        "Merge conflicts.md",
        "(Conflicted copy).md",
        "Plan (conflicted copy).md",
        "Plan (Conflicted copy laptop 2024).md",
        "Plan.sync-conflict-2024-15.md",
        "Plan 2.md",
        "Plan (1).md",
        "Plan-LAPTOP.md",
        "Case Conflict.md",
        "_conflict-20240301-153000",
    ],
)
def test_names_that_are_nobodys_copy(name):
    assert conflict_copy(name) is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Plan 2.md", "icloud"), ("Plan (1).md", "google-drive"), ("Plan 1.md", None)],
)
def test_doubtful_copies_only_when_asked(name, kind):
    found = conflict_copy(name, doubtful=True)
    assert (found.kind if found else None) == kind
    if found:
        assert found.original == "Plan.md"
        assert not found.certain


def test_a_long_name_takes_no_time_to_judge():
    assert conflict_copy(" (conflicted copy " * 2000) is None


@pytest.mark.parametrize(
    ("name", "link", "windows", "android"),
    [
        ("Plain name.md", True, True, True),
        ("naïve 日本 🙂.md", True, True, True),
        ("C# notes.md", False, True, True),
        ("50%% off.md", False, True, True),
        ("50% off.md", True, True, True),
        ("a:b.md", False, False, False),
        ("what?.md", True, False, False),
        ("a*b.md", True, False, False),
        ("a|b.md", False, False, True),
        ("a\nb.md", False, False, True),
        ("ends with dot.", True, False, True),
        ("ends with space ", True, False, True),
        ("dot inside .md", True, True, True),
        ("con.md", True, False, True),
        ("LPT9", True, False, True),
        ("COM0.md", True, True, True),
        ("aux.tar.gz", True, False, True),
        ("auxiliary.md", True, True, True),
    ],
)
def test_which_names_are_safe(name, link, windows, android):
    assert (is_link_safe(name), is_windows_safe(name), is_android_safe(name)) == (
        link,
        windows,
        android,
    )


@pytest.mark.parametrize(
    ("name", "untitled"),
    [
        ("Untitled.md", True),
        ("Untitled 3.canvas", True),
        ("Untitled 0.md", False),
        ("Untitled 1.png", False),
        ("My Untitled.md", False),
        ("Untitled 1.md.md", False),
    ],
)
def test_names_of_new_files(name, untitled):
    assert is_untitled(name) is untitled


@pytest.mark.parametrize(
    ("path", "extension", "kind"),
    [
        ("a/b.md", "md", "note"),
        ("a/b.MD", "md", "note"),
        ("a.b/c", "", None),
        ("x.tar.gz", "gz", None),
        (".md", "", None),
        ("clip.webm", "webm", "video"),
        ("song.3gp", "3gp", "audio"),
        ("photo.JPEG", "jpeg", "image"),
        ("paper.pdf", "pdf", "pdf"),
        ("plan.canvas", "canvas", "canvas"),
        ("sheet.xlsx", "xlsx", None),
    ],
)
def test_types_of_files(path, extension, kind):
    assert (extension_of(path), file_kind(path)) == (extension, kind)


@pytest.mark.parametrize(
    ("entry", "path", "covered"),
    [
        ("Templates", "Templates/a.md", True),
        ("Templates", "a/Templates/b.md", False),
        ("/^a/.*\\.md$/", "a/b.md", True),
        ("/b/", "a/b.md", True),
        ("/B/", "a/b.md", False),
        ("/(?=a)/", "a.md", False),  # RE2 knows no lookahead
        ("/(/", "(.md", False),
        ("", "a.md", False),
        ("/", "/a.md", True),
    ],
)
def test_excluded_files(entry, path, covered):
    assert is_user_ignored(path, [entry]) is covered
    assert is_user_ignored(path, ["nothing/", entry]) is covered
