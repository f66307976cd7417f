r"""Sources as BibTeX: UTF-8, what TeX would take for commands escaped.

Invariant: an entry says what the vault says and nothing else; reading it back and undoing the
escapes gives the same title, author, year and identifiers. Capitals that a style must not lower
stand in braces.

Source: btxdoc, "BibTeXing"; the `eprint` fields as arXiv describes them.

Tests: tests/unit/sync/test_bibtex.py, tests/unit/sync/test_round_trip.py
"""

import re
from collections.abc import Iterable, Iterator

from vaultlint.sync.authors import authors
from vaultlint.sync.sources import Source

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts braces, a backslash before them or not
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_ESCAPABLE = str.maketrans(_ESCAPES)
_IN_URL = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20", '"': "%22"})
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
# What TeX's fonts would join into another sign: -- and --- into dashes, `` and '' into quotes.
_JOINED = re.compile(r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=[?!])(?=`)")
# A word whose capitals mean something: BERT, McCall, iPhone, a single letter but "A" and "I".
_KEPT = re.compile(
    r"(?<![\w\\])(?=\w*[^\W\d_])(?:[^\W_]+(?=[A-Z\u00c0-\u00de])[^\W_]+|[B-HJ-Z](?!\w))"
)
_TYPES = {
    "BOOK": "book",
    "THESIS": "phdthesis",
    "THESIS/PHD": "phdthesis",
    "THESIS/MSC": "mastersthesis",
    "WHITEPAPER": "techreport",
}


def bibtex(sources: Iterable[Source]) -> Iterator[str]:
    """Yield an entry for each of ``sources``, in their order."""
    for number, source in enumerate(sources):
        fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(source))
        yield "\n" * bool(number) + f"@{_type(source)}{{{source.key},\n{fields}}}\n"


def escape(text: str) -> str:
    """Return ``text`` as it stands in a field: in one line, every special character escaped."""
    return _escaped(_in_one_line(text))


def _fields(source: Source) -> Iterator[tuple[str, str]]:
    if named := _names(source):
        yield "author", named
    yield "title", _title(source.title or source.url)
    if source.year is not None:
        yield "year", str(source.year)
    if source.doi is not None:
        yield "doi", escape(source.doi)
    if source.arxiv is not None:
        yield "eprint", escape(source.arxiv)
        yield "archiveprefix", "arXiv"
    if source.isbn is not None:
        yield "isbn", escape(source.isbn)
    yield "url", _CONTROL.sub("", source.url.translate(_IN_URL))
    if source.kind:
        yield "keywords", escape(source.kind)
    places = dict.fromkeys(f"{cited.file}:{cited.line}" for cited in source.cited)
    yield "note", escape(f"Cited in {'; '.join(places)}")


def _type(source: Source) -> str:
    return _TYPES.get(source.kind.upper(), "misc")


def _names(source: Source) -> str:
    """Return the authors joined by ``and``; several words are one name, so that none is taken apart."""
    found = authors(source.author)
    names = [_one_name(name) for name in found.names]
    return " and ".join([*names, "others"] if found.others and names else names)


def _one_name(name: str) -> str:
    escaped = escape(name)
    return escaped if name.isalpha() and name.lower() not in ("and", "others") else f"{{{escaped}}}"


def _title(title: str) -> str:
    """Return ``title`` escaped, with the words whose capitals must stay in braces."""
    parts: list[str] = []
    at = 0
    flat = _in_one_line(title)
    for match in _KEPT.finditer(flat):
        parts += (_escaped(flat[at : match.start()]), f"{{{_escaped(match.group())}}}")
        at = match.end()
    return "".join([*parts, _escaped(flat[at:])])


def _in_one_line(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()


def _escaped(text: str) -> str:
    return _JOINED.sub("{}", text.translate(_ESCAPABLE))
