"""Undo gives back every byte, whatever the notes hold and however often they are written."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.torture.ground import LONG, ground
from vaultlint.fixing.journal import Journal
from vaultlint.fixing.undo import undo
from vaultlint.fixing.write import Replacement, Writer

FRAGMENTS = st.sampled_from(
    ["\ufeff", "---\r\n", "tags: [a]\n", "\r", "\n", "\u2028", "\x85", "\0", "%% x %%", "$$", "\t"]
)
TEXTS = st.lists(FRAGMENTS | st.text(max_size=20), max_size=8).map(
    lambda parts: "".join(parts).encode("utf-8", "surrogatepass")
)
VALID = TEXTS.filter(lambda data: b"\xed" not in data or _is_text(data))


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


@settings(max_examples=1_000 if LONG else 30, deadline=None)
@given(st.lists(st.lists(VALID, min_size=1, max_size=4), min_size=1, max_size=4))
def test_undo_restores_every_byte(histories: list[list[bytes]]) -> None:
    """Each note has a first text and those that are written in turn, some in groups."""
    with ground() as folder:
        root = Path(folder, "vault")
        root.mkdir()
        names = [f"{number}.md" for number in range(len(histories))]
        first = {name: texts[0] for name, texts in zip(names, histories, strict=True)}
        for name, text in first.items():
            (root / name).write_bytes(text)
        writer = Writer(root, Path(folder, "state"), grace=0)
        with writer.run("check --fix") as run:
            for turn in range(1, max(map(len, histories))):
                run.write(
                    [
                        Replacement(name, texts[turn - 1], texts[turn])
                        for name, texts in zip(names, histories, strict=True)
                        if turn < len(texts) and texts[turn] != texts[turn - 1]
                    ]
                )
        written = {name: texts[-1] for name, texts in zip(names, histories, strict=True)}
        assert {name: (root / name).read_bytes() for name in names} == written
        if writer.history().entries:
            undo(writer, run.id)
        assert {path.name: path.read_bytes() for path in root.iterdir()} == first


def test_an_undo_that_is_careless_about_lines_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A harness that passes it would prove nothing."""
    kept = Journal.get

    def careless(journal: Journal, name: str) -> bytes:
        return "\n".join(kept(journal, name).decode().splitlines()).encode()

    monkeypatch.setattr(Journal, "get", careless)
    inner = test_undo_restores_every_byte.hypothesis.inner_test  # type: ignore[attr-defined]
    inner([[b"a", b"b"]])  # nothing there that lines could spoil
    for text in ("a\r\nb", "a\u2028b", "a\n", "\x85"):
        with pytest.raises(AssertionError):
            inner([[text.encode(), b"fixed"]])
