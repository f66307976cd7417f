"""What source a URL names: arXiv, DOI or ISBN, in one canonical spelling each.

Source: arXiv identifier scheme (info.arxiv.org/help/arxiv_identifier.html), DOI Handbook
section 2.2, ISBN Users' Manual. Linear in the URL.

Tests: tests/unit/note/test_identifiers.py
"""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

_URL = re.compile(r"(?:https?:)?//([^/?#\s]+)([^?#]*)(?:\?([^#]*))?", re.IGNORECASE)
_NEW = re.compile(r"(?:arxiv:)?(\d{4}\.\d{4,5})(v\d+)?", re.IGNORECASE | re.ASCII)
_OLD = re.compile(
    r"(?:arxiv:)?([a-z]+(?:-[a-z]+)*)(?:\.[a-z-]{2,12})?/(\d{7})(v\d+)?", re.IGNORECASE | re.ASCII
)
_ARXIV_FORMS = frozenset({"abs", "pdf", "html", "ps", "format", "e-print", "src", "dvi"})
_ARXIV_READERS = {
    "ar5iv.org": ("abs", "html", "pdf"),
    "ar5iv.labs.arxiv.org": ("abs", "html", "pdf"),
    "alphaxiv.org": ("abs", "overview", "pdf"),
    "arxiv-vanity.com": ("papers",),
    "huggingface.co": ("papers",),
    "scirate.com": ("arxiv",),
    "semanticscholar.org": ("arxiv",),
}
_DOI = re.compile(r"(?:^|[/=:])(10\.\d{4,9}/[^\s\"<>]+)", re.ASCII)
# What publishers put after a DOI.
_DOI_TAILS = (
    "/", "/full", "/abstract", "/abs", "/pdf", "/epdf", "/html", "/meta", "/summary", "/references",
    "/full-text", "/fulltext", "/epub", ".epdf", ".pdf", ".full", ".abstract", ".short", ".htm", ".html",
)  # fmt: skip
_MOST_TAILS = 4  # ".full.pdf", "/full/": no publisher stacks more
_PREPRINT_VERSION = re.compile(r"v\d{1,2}$", re.ASCII)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_NATURE = re.compile(r"/articles/([a-z]*\d[a-z0-9.-]*)/?", re.IGNORECASE | re.ASCII)
_ISBN_13 = re.compile(r"(?<!\d)97[89]\d{10}(?!\d)")
_ISBN_10 = re.compile(r"/(?:dp|gp/product|product|isbn)/(\d{9}[\dXx])/?(?:ref=.*)?")


class ArxivUrl(NamedTuple):
    """An arXiv paper as a URL names it: ``form`` is the path's first part, ``version`` "" or "v2"."""

    id: str
    version: str
    form: str
    host: str


def identifier(url: str) -> tuple[str, str] | None:
    """Return ("arxiv" | "doi" | "isbn", canonical id) of the source that ``url`` names, or None."""
    parts = _URL.match(url)
    if parts is None:
        return None
    host = _host(parts.group(1))
    arxiv = _arxiv(host, parts.group(2))
    if arxiv is not None:
        return ("arxiv", arxiv.id) if is_possible_arxiv_id(arxiv.id) else None
    doi = doi_of(url)
    if doi is not None:
        as_arxiv = _ARXIV_DOI.fullmatch(doi)
        if as_arxiv is None:
            return ("doi", doi)
        found = _arxiv_id(as_arxiv.group(1))
        return ("arxiv", found[0]) if found and is_possible_arxiv_id(found[0]) else None
    isbn = _isbn(host, parts.group(2))
    return None if isbn is None else ("isbn", isbn)


@lru_cache(maxsize=1 << 8)  # parsing asks, and then rule after rule
def arxiv_url(url: str) -> ArxivUrl | None:
    """Return the arXiv paper that ``url`` names, even if no such id is possible; else None."""
    parts = _URL.match(url)
    return None if parts is None else _arxiv(_host(parts.group(1)), parts.group(2))


def is_possible_arxiv_id(arxiv: str) -> bool:
    """Return whether ``arxiv`` follows the scheme: a month, and 4 digits until 2014, 5 from 2015."""
    if "/" in arxiv:
        digits = arxiv.rpartition("/")[2]
        return 1 <= int(digits[2:4]) <= 12 and (digits[:4] <= "0703" or digits[:2] >= "91")
    yymm, _, serial = arxiv.partition(".")
    if not 1 <= int(yymm[2:]) <= 12 or yymm < "0704" or int(serial) == 0:
        return False
    return len(serial) == (4 if yymm < "1501" else 5)


def arxiv_year(arxiv: str) -> int:
    """Return the year in which the paper with the possible id ``arxiv`` was first submitted."""
    digits = arxiv.rpartition("/")[2]
    two = int(digits[:2])
    return two + (1900 if two >= 91 else 2000)


def doi_of(url: str) -> str | None:
    """Return the DOI in ``url``, in lower case and without what publishers put after it, or None."""
    parts = _URL.match(url)
    if parts is None:
        return None
    host, path = _host(parts.group(1)), unquote(parts.group(2))
    match = _DOI.search(path)
    if match is None and parts.group(3):
        match = _DOI.search(unquote(parts.group(3)).partition("&")[0])
    if match is None:
        nature = _NATURE.fullmatch(path) if host == "nature.com" else None
        if nature is None:
            return None
        return f"10.1038/{nature.group(1).lower().removesuffix('.pdf').removesuffix('.epdf')}"
    doi = match.group(1)
    if host not in ("doi.org", "dx.doi.org"):
        for _ in range(_MOST_TAILS):
            end = doi[-12:].lower()
            tail = next((tail for tail in _DOI_TAILS if end.endswith(tail)), None)
            if tail is None:
                break
            doi = doi[: -len(tail)]
        if doi.startswith("10.1101/"):
            doi = _PREPRINT_VERSION.sub("", doi)
    doi = doi.rstrip("/.,;").lower()
    return doi if doi.partition("/")[2] else None


def _host(host: str) -> str:
    return host.lower().rpartition("@")[2].partition(":")[0].removeprefix("www.")


def _arxiv(host: str, path: str) -> ArxivUrl | None:
    forms = _ARXIV_READERS.get(host)
    if forms is None:
        if host != "arxiv.org" and not host.endswith(".arxiv.org"):
            return None
        forms = tuple(_ARXIV_FORMS)
    form, _, rest = path.lstrip("/").partition("/")
    found = _arxiv_id(unquote(rest)) if form in forms else None
    return None if found is None else ArxivUrl(found[0], found[1], form, host)


def _arxiv_id(written: str) -> tuple[str, str] | None:
    """Return (canonical id, version) of an arXiv id as a URL ends with it."""
    written = written.strip("/").removesuffix(".pdf")
    new = _NEW.fullmatch(written)
    if new:
        return new.group(1), (new.group(2) or "").lower()
    old = _OLD.fullmatch(written)
    if old:
        return f"{old.group(1).lower()}/{old.group(2)}", (old.group(3) or "").lower()
    return None


def _isbn(host: str, path: str) -> str | None:
    """Return the ISBN-13 that ends the path of ``path``; a page inside of a book names no book."""
    short = _ISBN_10.search(path) if "amazon." in host or "isbn" in path else None
    if short and _checks_out_10(short.group(1).upper()):
        return _to_13(short.group(1))
    last = path.rstrip("/").rpartition("/")[2]
    match = _ISBN_13.search(last)
    return (
        match.group()
        if match and _check_digit_13(match.group()[:12]) == match.group()[12]
        else None
    )


def _checks_out_10(isbn: str) -> bool:
    values = [10 if char == "X" else int(char) for char in isbn]
    return sum(value * (10 - at) for at, value in enumerate(values)) % 11 == 0


def _to_13(isbn: str) -> str:
    start = f"978{isbn[:9]}"
    return start + _check_digit_13(start)


def _check_digit_13(digits: str) -> str:
    total = sum(int(char) * (3 if at % 2 else 1) for at, char in enumerate(digits))
    return str(-total % 10)
