"""Sources that very many notes cite."""

from tests.memory_source import MemorySource
from vaultlint.checks import duplicate_citation
from vaultlint.config.load import ConfigRequest
from vaultlint.engine.session import Session

NOTES = 60
CONFIG = b"rules: {duplicate-citation: {severity: warning, conflicting: false}, conflicting-citation: error}\n"


def found(texts):
    """Return (rule, file, message) of what is found in notes that cite one source under ``texts``."""
    link = "(https://arxiv.org/abs/2001.00001)"
    files = {
        f"n{number:02}.md": f"- #PAPER [{text}]{link}\n".encode()
        for number, text in enumerate(texts)
    }
    source = MemorySource({"vaultlint.yaml": CONFIG, **files})
    select = ("duplicate-citation", "conflicting-citation")
    session = Session(source, ConfigRequest(select=select), jobs=1)
    session.apply()
    return [(each.rule, each.file, each.message) for each in session.diagnostics()]


def test_equal_citations_are_compared_once_a_note(monkeypatch):
    compared = []
    same_title = duplicate_citation.same_title

    def counted(one, other):
        compared.append((one, other))
        return same_title(one, other)

    monkeypatch.setattr(duplicate_citation, "same_title", counted)
    told = found(["A title of some words (Doe 2020)"] * NOTES)
    assert len(compared) == NOTES
    message = "this source is also cited in {} and 56 more"
    assert told == [
        (
            "duplicate-citation",
            f"n{number:02}.md",
            message.format(", ".join([f"n{n:02}.md" for n in range(4) if n != number][:3])),
        )
        for number in range(NOTES)
    ]


def test_those_that_contradict_are_left_to_the_other_rule():
    one, other = ("A title of some words (Doe 2020)", "A title of some words (Doe 2021)")
    told = found([one, one, other])
    assert [(rule, file, message.rpartition(" in ")[2]) for rule, file, message in told] == [
        ("conflicting-citation", "n00.md", "n02.md"),
        ("duplicate-citation", "n00.md", "n01.md"),
        ("conflicting-citation", "n01.md", "n02.md"),
        ("duplicate-citation", "n01.md", "n00.md"),
        ("conflicting-citation", "n02.md", "n00.md"),
    ]


def test_the_first_other_note_is_named():
    texts = [f"Title number {number} of some words" for number in range(9)]
    told = [each for each in found(texts) if each[0] == "conflicting-citation"]
    assert [message.rpartition(" in ")[2] for _, _, message in told] == ["n01.md", *["n00.md"] * 8]
