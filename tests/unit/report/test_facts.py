"""The facts of a note as text."""

from vaultlint.note.parse import parse_note
from vaultlint.report.facts import facts
from vaultlint.report.terminal import Paint
from vaultlint.view.metadata import cached_metadata

PLAIN = Paint(color=False)


def test_a_note_without_facts_is_its_path() -> None:
    assert facts({"path": "v/a.md"}, PLAIN) == "v/a.md\n\n"


def test_groups_in_order() -> None:
    text = '---\nup: "[[A]]"\nn: [1, true, null]\n---\n# H\n[[B]] #t ^id\n'
    metadata = cached_metadata(parse_note("a.md", text.encode()))
    assert facts(metadata, PLAIN) == (
        "a.md\n"
        "  properties\n"
        "    up: [[A]]\n"
        "    n: [1, true, ]\n"
        "  property links\n"
        "    up: [[A]]\n"
        "  headings\n"
        "    5:1  # H\n"
        "  links\n"
        "    6:1  [[B]]\n"
        "  tags\n"
        "    6:7  #t\n"
        "  blocks\n"
        "    6:1  ^id\n"
        "\n"
    )


def link(written: str, resolved: object) -> str:
    start = {"line": 0, "col": 0, "offset": 0}
    item = {"link": written, "original": f"[[{written}]]", "resolved": resolved}
    item["position"] = {"start": start, "end": start}
    return facts({"path": "a.md", "links": [item]}, PLAIN).split("\n")[2].strip()


def test_what_links_open() -> None:
    heading = {"type": "heading", "line": 4}
    assert link("A", None) == "1:1  [[A]] -> nothing"
    assert link("A", {"path": "A.md", "anchor": None}) == "1:1  [[A]] -> A.md"
    assert link("A#H", {"path": "A.md", "anchor": heading}).endswith("A.md, heading at line 5")
    assert link("A#H", {"path": "A.md", "anchor": None}).endswith("A.md, no such place")
    assert link("A.pdf#page=2", {"path": "A.pdf", "anchor": None}).endswith("-> A.pdf")


def test_hostile_text_is_escaped() -> None:
    metadata = cached_metadata(parse_note("\x1b[2J.md", b"# \x1b[31m\n\n[[\xe2\x80\xae]]\n"))
    assert facts(metadata, PLAIN).replace("\n", "").isprintable()
