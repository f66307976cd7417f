"""Renaming a tag in notes, properties and vocabularies."""

import pytest

from tests.unit.fixing.offers import open_session
from vaultlint.errors import UsageError
from vaultlint.fixing.plan import Plan, plan_one
from vaultlint.fixing.rename import rename_tag


def renamed(files: dict[str, bytes], old: str, new: str) -> Plan:
    session = open_session(files)
    return plan_one(session, rename_tag(session, old, new).proposal)


def one(text: str, old: str = "a", new: str = "b") -> str:
    plan = renamed({"n.md": text.encode()}, old, new)
    assert plan.notices == ()
    return plan.after["n.md"].decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x #a y", "x #b y"),
        ("#a/x and #a/y/z", "#b/x and #b/y/z"),
        ("#A #aa #a-b", "#b #aa #a-b"),
        ("`#a` #a", "`#a` #b"),
        ("# Heading #a\n[[n]]", "# Heading #b\n[[n]]"),
        ("%% #a %%", "%% #b %%"),
        ("- #a [x](https://e.example)", "- #b [x](https://e.example)"),
        ("---\ntags: [a, 'a/x', \"c\"]\n---\n", "---\ntags: [b, 'b/x', \"c\"]\n---\n"),
        (
            "---\nTags:\n  - a # why\n  - '#a/x'\n---\n#a",
            "---\nTags:\n  - b # why\n  - '#b/x'\n---\n#b",
        ),
        ("---\r\ntags: a\r\n---\r\n#a\r\n", "---\r\ntags: b\r\n---\r\n#b\r\n"),
        ("---\ntags: [a, b]\n---\n", "---\ntags: [b]\n---\n"),
        ("---\ntags: [c]\nother: a\n---\n#a", "---\ntags: [c]\nother: a\n---\n#b"),
    ],
)
def test_in_a_note(before: str, after: str) -> None:
    assert one(before) == after


def test_a_longer_and_a_nested_name() -> None:
    assert one("#a/x #a/y", "a/x", "deep/er/z") == "#deep/er/z #a/y"
    assert one("#größe/x", "#Größe", "#masse") == "#masse/x"


def test_all_notes_are_one_group() -> None:
    plan = renamed({"1.md": b"#a", "2.md": b"#c", "3.md": b"---\ntags: a\n---\n"}, "a", "b")
    assert plan.groups == (("1.md", "3.md"),)


def test_a_link_that_names_a_heading_with_the_tag_stops_it() -> None:
    plan = renamed({"n.md": b"# On #a\n", "m.md": b"[[n#On a]] #a"}, "a", "b")
    assert plan.after == {}
    [notice] = plan.notices
    assert (notice.code, notice.rules) == ("not-done", ())
    assert notice.message.startswith("nothing is changed, for a link of m.md to #On a would be")


def test_a_tag_that_the_vocabulary_does_not_list_stops_it() -> None:
    config = b"""\
vocabularies: {topics: {terms: [ab, c]}}
rules: {unknown-tag: {severity: error, vocabulary: topics}}
"""
    plan = renamed({"vaultlint.yaml": config, "n.md": b"#a/x"}, "a", "b")
    assert plan.notices == ()  # it was unknown before
    plan = renamed({"vaultlint.yaml": config, "n.md": b"#ab #ab/x"}, "ab/x", "d")
    assert plan.notices == ()
    config = config.replace(b"c]", b"c], nested: true")
    plan = renamed({"vaultlint.yaml": config, "n.md": b"#ab/x"}, "ab/x", "d")
    assert plan.after == {}
    [notice] = plan.notices
    assert (notice.code, notice.file) == ("not-done", "n.md")
    assert "it would cause an error (unknown-tag: " in notice.message


CONFIG = b"""\
vocabularies:
  topics: {terms: [a, 'a/x', c], aliases: {old: a, other: c}, deprecated: {gone: a/x}}
rules:
  unknown-tag: {severity: error, vocabulary: topics}
"""


def test_in_a_vocabulary_of_the_config() -> None:
    files = {"vaultlint.yaml": CONFIG, "n.md": b"#a #a/x #c"}
    plan = renamed(files, "a", "b")
    assert plan.notices == ()
    assert plan.after["n.md"] == b"#b #b/x #c"
    assert plan.after["vaultlint.yaml"] == (
        CONFIG.replace(b"[a, 'a/x', c]", b"[b, 'b/x', c]")
        .replace(b"old: a,", b"old: b,")
        .replace(b"gone: a/x", b"gone: b/x")
    )
    assert plan.groups == (("n.md", "vaultlint.yaml"),)


@pytest.mark.parametrize(
    ("source", "name", "before", "after"),
    [
        ("{file: tags.txt}", "tags.txt", "# tags\na\nc\na/x\n", "# tags\nb\nc\nb/x\n"),
        ("{note: tags.md}", "tags.md", "```\na\nc\n```\n", "```\nb\nc\n```\n"),
        ("{note: tags.md}", "tags.md", "- a: the first\n- c\n", None),
        ("{note: tags.md}", "tags.md", "- `a` first\n- `c`\n", "- `b` first\n- `c`\n"),
        ("{note: tags.md}", "tags.md", "- #a\n- #c\n", "- #b\n- #c\n"),
    ],
)
def test_in_a_vocabulary_elsewhere(source: str, name: str, before: str, after: str | None) -> None:
    config = (
        f"vocabularies: {{topics: {{terms_from: {source}}}}}\n"
        "rules: {unknown-tag: {severity: error, vocabulary: topics}}\n"
    )
    files = {"vaultlint.yaml": config.encode(), name: before.encode(), "n.md": b"#a"}
    plan = renamed(files, "a", "b")
    if after is None:  # "a: the first" is the term: the tag was unknown before, and stays so
        assert name not in plan.after
        return
    assert plan.notices == ()
    assert plan.after == {name: after.encode(), "n.md": b"#b"}


def test_a_vocabulary_that_cannot_follow_stops_it() -> None:
    config = (
        b"vocabularies: {topics: {terms_from: {note: tags.md}}}\n"
        b"rules: {unknown-tag: {severity: error, vocabulary: topics}}\n"
    )
    files = {"vaultlint.yaml": config, "tags.md": b"```\na\n```\n\xff", "n.md": b"#a"}
    plan = renamed(files, "a", "b")
    assert plan.after == {}
    assert [notice.code for notice in plan.notices] == ["not-fixable"]


@pytest.mark.parametrize("new", ["", "b c", "b,c", "12", "b#c", "#"])
def test_names_that_are_no_tags(new: str) -> None:
    with pytest.raises(UsageError, match="cannot be a tag"):
        renamed({"n.md": b"#a"}, "a", new)


def test_a_tag_that_no_note_has() -> None:
    with pytest.raises(
        UsageError, match=r"no note has the tag #lighthose; did you mean #lighthouse"
    ):
        renamed({"n.md": b"#lighthouse"}, "lighthose", "tower")


def test_a_tag_that_only_a_person_can_change() -> None:
    with pytest.raises(UsageError, match=r"n\.md:3: .*nothing was renamed"):
        renamed({"n.md": b"---\ntags:\n  - &x a\n---\n"}, "a", "b")


@pytest.mark.parametrize(
    ("source", "name", "before", "after"),
    [
        ("{file: tags.txt}", "tags.txt", "# tags\na\nb\na/x\n", "# tags\nb\nb/x\n"),
        ("{note: tags.md}", "tags.md", "```\r\nb\r\na\r\n```\r\n", "```\r\nb\r\n```\r\n"),
        ("{note: tags.md}", "tags.md", "- `a`\n- `b`\n", "- `b`\n"),
        ("{note: tags.md}", "tags.md", "- #a\n- #b\n", "- #b\n"),
        ("{note: tags.md}", "tags.md", "- `a` the first\n- `b`\n", None),
    ],
)
def test_a_tag_that_becomes_a_listed_one_leaves_the_list(
    source: str, name: str, before: str, after: str | None
) -> None:
    config = (
        f"vocabularies: {{topics: {{terms_from: {source}}}}}\n"
        "rules: {unknown-tag: {severity: error, vocabulary: topics}}\n"
    )
    files = {"vaultlint.yaml": config.encode(), name: before.encode(), "n.md": b"#a #b"}
    session = open_session(files)
    renaming = rename_tag(session, "a", "b")
    plan = plan_one(session, renaming.proposal)
    assert plan.notices == ()
    assert plan.after["n.md"] == b"#b #b"
    if after is not None:
        assert (plan.after[name], renaming.left) == (after.encode(), ())
        return
    assert name not in plan.after
    assert [(each.code, each.message) for each in renaming.left] == [
        ("not-changed", "tags.md still lists 'a' for 'topics': remove it")
    ]


@pytest.mark.parametrize(
    ("terms", "left"),
    [
        ("[a, b, c]", "[b, c]"),
        ("[b, 'a']", "[b]"),
        ("\n      - b\n      - a\n      - c", "\n      - b\n      - c"),
        ("[a, a/b, b]", "[b/b, b]"),
    ],
)
def test_a_tag_that_becomes_one_of_the_config_leaves_the_list(terms: str, left: str) -> None:
    config = (
        "vocabularies:\n  topics:\n    terms: {}\nrules: {{unknown-tag: {{vocabulary: topics}}}}\n"
    )
    files = {"vaultlint.yaml": config.format(terms).encode(), "n.md": b"#a"}
    plan = renamed(files, "a", "b")
    assert plan.notices == ()
    assert plan.after["vaultlint.yaml"].decode() == config.format(left)


def test_a_tag_goes_below_itself() -> None:
    config = b"vocabularies: {t: {terms: [a, a/b]}}\nrules: {unknown-tag: {vocabulary: t}}\n"
    plan = renamed({"vaultlint.yaml": config, "n.md": b"#a #a/b"}, "a", "a/b")
    assert plan.after["n.md"] == b"#a/b #a/b/b"
    assert plan.after["vaultlint.yaml"] == config.replace(b"[a, a/b]", b"[a/b, a/b/b]")


def test_the_list_of_a_pack_in_the_vault() -> None:
    pack = b"vocabularies: {t: {terms: ['a', c]}}\nrules: {unknown-tag: {vocabulary: t}}\n"
    files = {"vaultlint.yaml": b"extends: [./p.yaml]\n", "p.yaml": pack, "n.md": b"#a"}
    plan = renamed(files, "a", "b")
    assert plan.after["p.yaml"] == pack.replace(b"'a'", b"'b'")


def test_rules_that_name_the_tag_as_a_kind_are_named() -> None:
    config = b"rules: {citation-kind: {kinds: [PAPER, BOOK]}}\n"
    session = open_session({"vaultlint.yaml": config, "n.md": b"- #PAPER [x](https://e.example)"})
    [left] = rename_tag(session, "paper", "article").left
    assert (left.code, left.rules, left.file) == (
        "not-changed",
        ("citation-kind",),
        "vaultlint.yaml",
    )
    assert left.message == "their options name 'PAPER': change that if need be"


def test_the_text_cards_of_canvases() -> None:
    canvas = (
        b'{"nodes":[\r\n\t{"text":"\\"x\\" #a/x, [[a]] #A and `#a`"},{"file":"#a.md","id":"#a"}]}'
    )
    plan = renamed({"c.canvas": canvas, "n.md": b"#a"}, "a", "b")
    assert plan.notices == ()
    assert plan.after["c.canvas"] == canvas.replace(b"#a/x,", b"#b/x,").replace(b"#A", b"#b")


def test_a_canvas_without_the_tag_is_left_alone() -> None:
    plan = renamed(
        {"c.canvas": b'{"nodes":[{"text":"#c"}]}', "d.canvas": b"no", "n.md": b"#a"}, "a", "b"
    )
    assert set(plan.after) == {"n.md"}
