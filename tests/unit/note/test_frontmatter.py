"""The property block: where it is, what it holds, and what is wrong with it."""

import pytest

from tests.shared_data import needs_vectors, vectors
from vaultlint.note.frontmatter import Properties, read_frontmatter


def codes(text: str) -> list[str]:
    return [problem.code for problem in read_frontmatter(text).problems]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("closing", ["---", "---  ", "---\t"])
def test_fences_and_body(newline: str, closing: str) -> None:
    text = newline.join(["---", "a: 1", closing, "body", ""])
    found = read_frontmatter(text)
    assert found.frontmatter is not None
    assert found.frontmatter.data == {"a": 1}
    assert found.frontmatter.yaml.of(text) == f"a: 1{newline}"
    assert found.frontmatter.span.of(text) == newline.join(["---", "a: 1", "---"])
    assert text[found.body :] == f"body{newline}"
    assert found.problems == ()


def test_the_closing_fence_may_end_the_note() -> None:
    found = read_frontmatter("---\na: 1\n---")
    assert found.frontmatter is not None
    assert found.body == len("---\na: 1\n---")


@pytest.mark.parametrize(
    "text",
    [
        "", "---", "----\na: 1\n---\n", "text\n---\na: 1\n---\n", "---a\n---\n", " ---\na: 1\n---\n",
        "---\na: 1\n...\nbody\n", "---\na: 1\n----\n", "---\nSome text.\n\n- a list\n",
        "---\nNote: one line after a rule\n\nMore.\n", "---\ra: 1\r---\r",
        "\n---\nNote: text between rules\n---\n",
    ],
)  # fmt: skip
def test_no_properties_and_nothing_to_say(text: str) -> None:
    assert read_frontmatter(text) == Properties()


@pytest.mark.parametrize("text", ["---\n---\n", "---\n# c\n---\n", "---\n\n---\n", "---\n~\n---\n"])
def test_a_block_without_properties_is_valid(text: str) -> None:
    found = read_frontmatter(text)
    assert found.frontmatter is not None
    assert found.frontmatter.data is None
    assert found.frontmatter.valid
    assert found.problems == ()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_properties_under_a_fence_with_spaces_are_read_with_a_warning(newline: str) -> None:
    text = newline.join(["--- \t", "a: 1", "---", ""])
    found = read_frontmatter(text)
    assert found.frontmatter is not None
    assert (found.frontmatter.data, found.frontmatter.valid) == ({"a": 1}, True)
    (problem,) = found.problems
    assert (problem.code, problem.span.of(text)) == ("spaced-fence", " \t")


def test_names_that_differ_only_in_case_are_kept_with_a_warning() -> None:
    text = "---\nTags: x\na/b: 1\ntags: y\nA/b: 2\nTAGS: z\n---\n"
    found = read_frontmatter(text)
    assert found.frontmatter is not None
    assert found.frontmatter.valid
    assert list(found.frontmatter.data or ()) == ["Tags", "a/b", "tags", "A/b", "TAGS"]
    assert [problem.code for problem in found.problems] == ["property-case"] * 3
    assert [problem.span.of(text) for problem in found.problems] == ["tags", "A/b", "TAGS"]


def test_places_are_offsets_in_the_note() -> None:
    text = "---\na: 1\nb: [x]\n---\n"
    frontmatter = read_frontmatter(text).frontmatter
    assert frontmatter is not None
    assert frontmatter.places["/b/0"].value.of(text) == "x"


@pytest.mark.parametrize(
    ("text", "code", "flagged"),
    [
        ("---\na: b: c\n---\n", "frontmatter-syntax", ":"),
        ("---\na: 1\na: 2\n---\n", "frontmatter-syntax", "a"),
        ("---\n: 1\nb: 2\n---\n", "yaml-dialect", ":"),
        ("---\na: " + "[" * 70 + "\n---\n", "frontmatter-too-large", "["),
        ("---\nkey:value\n---\n", "frontmatter-shape", "key:value"),
        ("---\n- a\n---\n", "frontmatter-shape", "- a"),
        ("---\ntitle: x\ndate: y\n\n# Body\n", "unclosed-frontmatter", "---"),
        ("---\ntags: [x]\n", "unclosed-frontmatter", "---"),
        ("\n\n---\na: 1\nb: 2\n---\n", "frontmatter-not-first", "---"),
        (" ---\ntags: x\n---\n", "frontmatter-not-first", "---"),
    ],
)
def test_problems(text: str, code: str, flagged: str) -> None:
    (problem,) = read_frontmatter(text).problems
    assert problem.code == code
    assert problem.span.of(text) == flagged


def test_invalid_yaml_leaves_no_properties() -> None:
    found = read_frontmatter("---\ntags: [a]\nup: [[A]], [[B]]\n---\nbody")
    assert found.frontmatter is not None
    assert not found.frontmatter.valid
    assert found.frontmatter.data is None
    assert (found.tags, found.links) == ((), ())
    assert found.body > 0


@pytest.mark.parametrize(
    ("yaml", "names"),
    [
        ("tags: one", ["one"]), ('tags: "#one"', ["one"]), ("TAGS: [a, b/c]", ["a", "b/c"]),
        ("tags:\n  - two words\n  - ok", ["ok"]), ("tags: a, b", []), ("tags: a,b", []),
        ("tags: [1, true, '', '#', x]", ["x"]), ("tags: 2024", []), ("tags:", []), ("tag: one", []),
        ("tags: #a", []), ('topic: "#one"', []), ("tags: {a: b}", []), ("tags: ['a\u3000b']", []),
        ("Tags: [a]\ntags: [b]", ["a"]), ("tags: [a, a]", ["a", "a"]),
    ],
)  # fmt: skip
def test_tags(yaml: str, names: list[str]) -> None:
    text = f"---\n{yaml}\n---\n"
    tags = read_frontmatter(text).tags
    assert [tag.name for tag in tags] == names
    assert [tag.span.of(text) for tag in tags] == names


def test_tags_name_the_property_they_stand_in() -> None:
    assert [tag.key for tag in read_frontmatter("---\nTags: [a, b]\n---\n").tags] == [
        "Tags.0",
        "Tags.1",
    ]
    assert [tag.key for tag in read_frontmatter("---\ntags: a\n---\n").tags] == ["tags"]


@pytest.mark.parametrize(
    ("yaml", "names"),
    [
        ("aliases: One", ["One"]), ("aliases: One, Two", ["One, Two"]), ("Aliases: [' a ', '']", ["a"]),
        ("aliases:\n  - One\n  - Two Words", ["One", "Two Words"]), ("aliases:", []),
        ("alias: One", []),
    ],
)  # fmt: skip
def test_aliases(yaml: str, names: list[str]) -> None:
    text = f"---\n{yaml}\n---\n"
    aliases = read_frontmatter(text).aliases
    assert [alias.text for alias in aliases] == names
    assert [alias.span.of(text) for alias in aliases] == names


def test_suppressions() -> None:
    text = "---\nvaultlint:\n  ignore: [broken-link, 'file-name']\n---\nbody"
    (ignore,) = read_frontmatter(text).ignores
    assert [(rule, span.of(text)) for rule, span in ignore.rules] == [
        ("broken-link", "broken-link"),
        ("file-name", "'file-name'"),
    ]
    assert ignore.scope == (0, len(text))
    (ignore,) = read_frontmatter("---\nvaultlint: false\n---\n").ignores
    assert ignore.rules == ()
    (off,) = read_frontmatter("---\nvaultlint: off\n---\n").ignores
    assert off.scope == (0, len("---\nvaultlint: off\n---\n"))
    assert read_frontmatter("---\nvaultlint: true\n---\n").ignores == ()
    assert read_frontmatter("---\nvaultlint:\n---\n").ignores == ()
    (ignore,) = read_frontmatter("---\nvaultlint: {ignore: orphan-note}\n---\n").ignores
    assert [rule for rule, _ in ignore.rules] == ["orphan-note"]


def _seen(text: str) -> dict:
    found = read_frontmatter(text.removeprefix("\ufeff"))
    frontmatter = found.frontmatter
    return {
        "present": frontmatter is not None,
        "valid": frontmatter is not None and frontmatter.valid,
        "data": None if frontmatter is None else frontmatter.data,
        "tags": [f"#{tag.name}" for tag in found.tags],
        "aliases": [alias.text for alias in found.aliases],
        "frontmatter_links": [
            {
                "line": text.count("\n", 0, link.span.start) + 1,
                "col": link.span.start - text.rfind("\n", 0, link.span.start),
                "text": link.span.of(text),
                "key": link.key,
                "link": link.raw if not link.markdown else link.target,
                "display": link.alias or link.target,
            }
            for link in found.links
        ],
    }


@needs_vectors
@pytest.mark.parametrize(
    "vector",
    vectors("frontmatter", "frontmatter-link", "tag-property", "alias-property"),
    ids=lambda vector: vector["id"],
)
def test_vectors(vector: dict) -> None:
    seen = _seen(vector["input"]["text"])
    expected = vector["expect"]
    assert {name: seen[name] for name in expected if name in seen} == {
        name: value for name, value in expected.items() if name in seen
    }
