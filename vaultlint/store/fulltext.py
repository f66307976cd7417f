"""Full-text search over the notes of a vault, in a file of its own that is built when it is needed.

Invariant: only a search waits for it. A row is right as long as the digest of its note is, so it is
brought up to date by comparing digests. What a person types is a list of words, never syntax.

Tests: tests/unit/store/test_fulltext.py
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from vaultlint.note.model import NoteId
from vaultlint.store.database import Database, Form
from vaultlint.store.published import readable_text
from vaultlint.text import without_surrogates

_COLUMNS = "name, headings, body, ideographs"
_WORDS = "unicode61 remove_diacritics 2 tokenchars '_'"
_FORM = Form(
    application=0x764C_4654,  # "vLFT"
    version=1,
    statements=(
        "CREATE TABLE note (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, digest TEXT NOT NULL)",
        f'CREATE VIRTUAL TABLE full_text USING fts5 ({_COLUMNS}, tokenize = "{_WORDS}")',
    ),
)
_SEARCH = """
    SELECT n.key, snippet(full_text, 2, ?, ?, '…', ?), t.body
    FROM full_text AS t JOIN note AS n ON n.id = t.rowid
    WHERE full_text MATCH ? ORDER BY bm25(full_text, 10.0, 4.0, 1.0, 1.0), n.key LIMIT ?"""
_OPEN, _CLOSE = "\x02", "\x03"
_SNIPPET_WORDS = 16
# Scripts without spaces between words are searched by character, side by side.
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af]+")
_WORD = re.compile(r'"([^"]*)"|(\S+)')


class Text(NamedTuple):
    """What is searched of one note."""

    name: str
    headings: str
    body: str


class Hit(NamedTuple):
    """A note that was found; ``snippet`` is a part of its text, ``marks`` the words found in it.

    ``marks`` are (start, end) in code points of the snippet.
    """

    file: NoteId
    snippet: str
    marks: tuple[tuple[int, int], ...]


class FullText(Database):
    """An open full-text file. Every method raises StoreError."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _FORM)
        self.connection.text_factory = readable_text

    def update(
        self, digests: Mapping[NoteId, str], text_of: Callable[[NoteId], Text | None]
    ) -> int:
        """Take in the notes of ``digests`` whose text is not as it was, and return how many.

        Notes that are not in ``digests`` are forgotten.
        """
        changed = 0
        with self.transaction():
            rows = self.rows("SELECT key, id, digest FROM note")
            known = {key.decode("utf-8", "surrogatepass"): rest for key, *rest in rows}
            for file in known.keys() - digests.keys():
                self._forget(known[file][0])
                changed += 1
            for file, digest in digests.items():
                number, before = known.get(file, (None, None))
                if before == digest:
                    continue
                if number is not None:
                    self._forget(number)
                text = text_of(file)
                if text is not None:
                    self._take(file, digest, text)
                changed += 1
        return changed

    def _forget(self, number: int) -> None:
        self.run("DELETE FROM full_text WHERE rowid = ?", (number,))
        self.run("DELETE FROM note WHERE id = ?", (number,))

    def _take(self, file: NoteId, digest: str, text: Text) -> None:
        key = file.encode("utf-8", "surrogatepass")
        self.run("INSERT INTO note (key, digest) VALUES (?, ?)", (key, digest))
        ((number,),) = self.rows("SELECT id FROM note WHERE key = ?", (key,))
        parts = [_plain(part) for part in text]
        self.run(
            "INSERT INTO full_text (rowid, name, headings, body, ideographs) VALUES (?, ?, ?, ?, ?)",
            (number, *parts, " ".join(_spaced(part) for part in parts)),
        )

    def search(self, words: str, *, most: int) -> list[Hit]:
        """Return the ``most`` best notes that hold all of ``words``, best first.

        Text in double quotes is a phrase, ``word*`` what begins so; nothing else has a meaning.
        """
        wanted = expression(words)
        if not wanted:
            return []
        asked = (_OPEN, _CLOSE, _SNIPPET_WORDS, wanted, most)
        rows = self.rows(_SEARCH, asked)
        characters = [match.group() for match in _IDEOGRAPHS.finditer(words)]
        hits = []
        for key, snippet, body in rows:
            marked = snippet
            if _OPEN not in snippet and characters:
                marked = _around(body, characters)
            hits.append(Hit(key.decode("utf-8", "surrogatepass"), *_unmarked(marked)))
        return hits


def expression(words: str) -> str:
    """Return ``words`` as an FTS5 query that is always well-formed; "" when there is nothing to find.

    Source: https://www.sqlite.org/fts5.html, section 3.
    """
    found = []
    for phrase, word in (match.groups() for match in _WORD.finditer(_plain(words))):
        begins = phrase is None and word.endswith("*")
        text = phrase if phrase is not None else word.replace('"', " ").rstrip("*")
        ideographs = " ".join(_spaced(run.group()) for run in _IDEOGRAPHS.finditer(text))
        rest = _IDEOGRAPHS.sub(" ", text)
        if any(char.isalnum() or char == "_" for char in rest):
            found.append(f'{{name headings body}} : "{rest}"{" *" if begins else ""}')
        if ideographs:
            found.append(f'{{ideographs}} : "{ideographs}"')
    return " AND ".join(found)


def _plain(text: str) -> str:
    """Return ``text`` without what marks a snippet, and without what SQLite does not take."""
    return without_surrogates(text).replace("\0", " ").replace(_OPEN, " ").replace(_CLOSE, " ")


def _spaced(text: str) -> str:
    """Return the ideographs of ``text`` apart from each other; a bar keeps runs from meeting."""
    return " | ".join(" ".join(run.group()) for run in _IDEOGRAPHS.finditer(text))


def _around(body: str, characters: list[str]) -> str:
    """Return a part of ``body`` around the first of ``characters``, which is marked."""
    for run in characters:
        at = body.find(run)
        if at >= 0:
            end = at + len(run)
            before, after = body[max(at - 30, 0) : at], body[end : end + 60]
            cut = "…" if at > 30 else "", "…" if end + 60 < len(body) else ""
            return f"{cut[0]}{before}{_OPEN}{run}{_CLOSE}{after}{cut[1]}"
    return body[:80]


def _unmarked(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the text of a snippet in one line, and where the marks were."""
    text = ""
    marks: list[tuple[int, int]] = []
    for number, part in enumerate(re.split(f"[{_OPEN}{_CLOSE}]", " ".join(marked.split()))):
        if number % 2:
            marks.append((len(text), len(text) + len(part)))
        text += part
    return text, tuple(marks)
