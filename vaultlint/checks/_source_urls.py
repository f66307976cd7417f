"""What is wrong with the URL of a source, and how it is written well.

Invariant: at most one rewriting a URL, so that fixes never overlap. A host is a near miss only
when one slip away from a known one, and not itself known.

Tests: tests/unit/checks/test_source_urls.py, tests/specs/citation-url.md
"""

import re
from typing import NamedTuple

from vaultlint.check import Safety, Severity
from vaultlint.note.identifiers import arxiv_url, doi_of, identifier, is_possible_arxiv_id

_URL = re.compile(r"(https?)://([^/?#\s]+)([^\s]*)", re.IGNORECASE)
_TAIL = re.compile(r"[?#]")
_ARXIV_PAPER = re.compile(r"/(abs|pdf|html)/([^?#]*)")
_DOI_HOSTS = frozenset({"doi.org", "dx.doi.org", "www.doi.org"})
# Hosts that sources are often on. Each serves https, and none is one slip from another site.
_KNOWN_HOSTS = (
    "arxiv.org", "export.arxiv.org", "github.com", "gitlab.com", "openreview.net", "youtube.com",
    "nature.com", "sciencedirect.com", "link.springer.com", "ieeexplore.ieee.org",
    "researchgate.net", "semanticscholar.org", "huggingface.co", "paperswithcode.com",
    "onlinelibrary.wiley.com", "tandfonline.com", "frontiersin.org", "biorxiv.org", "medrxiv.org",
    "proceedings.mlr.press", "papers.nips.cc", "aclanthology.org", "journals.plos.org",
)  # fmt: skip
_LONGEST_HOST = 60
_SCHEME = "ids are like 2108.07258 (year, month, number), or math/0309136 before 2007"


class UrlProblem(NamedTuple):
    """``message`` says what is wrong; ``better`` is the URL as it should be, None if unknown.

    ``advice`` says what to do.
    """

    message: str
    better: str | None
    safety: Safety
    at_most: Severity
    advice: str

    @property
    def data(self) -> dict[str, str | int | None]:
        """Return what a finding of this problem carries."""
        data: dict[str, str | int | None] = {"problem": self.message, "advice": self.advice}
        return {**data, "better": self.better, "safety": int(self.safety)}


def url_problem(
    url: str, *, arxiv_form: str, arxiv_version: str, doi: bool, https: bool
) -> UrlProblem | None:
    """Return the first problem of ``url``, or None. Options as those of citation-url."""
    parts = _URL.fullmatch(url)
    if parts is None:
        return None
    scheme, host, rest = parts.group(1).lower(), parts.group(2).lower(), parts.group(3)
    return (
        _comma(url)
        or (_near_miss(scheme, host, rest) if arxiv_url(url) is None else None)
        or _impossible(host, rest)
        or _arxiv(url, scheme, host, arxiv_form, arxiv_version)
        or (_doi(url, host) if doi else None)
        or (_plain_http(url, host) if https and scheme == "http" else None)
    )


def _comma(url: str) -> UrlProblem | None:
    better = url.rstrip(",;")
    if better == url:
        return None
    message = f'this URL ends with "{url[-1]}"'
    return UrlProblem(message, better, Safety.UNSAFE, Severity.ERROR, f"write {better}")


def _near_miss(scheme: str, host: str, rest: str) -> UrlProblem | None:
    name = host.removeprefix("www.")
    if len(name) > _LONGEST_HOST or name in _KNOWN_HOSTS:
        return None
    for known in _KNOWN_HOSTS:
        if _one_slip(name, known):
            better = f"{scheme}://{host[: len(host) - len(name)]}{known}{rest}"
            message = f'the host "{host}" is probably "{known}"'
            return UrlProblem(message, better, Safety.UNSAFE, Severity.ERROR, f"write {better}")
    return None


def _impossible(host: str, rest: str) -> UrlProblem | None:
    """Return the problem of an arXiv URL whose id cannot exist."""
    if host.removeprefix("www.") not in ("arxiv.org", "export.arxiv.org"):
        return None
    paper = _ARXIV_PAPER.match(rest)
    if paper is None:
        return None
    found = arxiv_url(f"https://arxiv.org{rest}")
    if found is not None and is_possible_arxiv_id(found.id):
        return None
    written = paper.group(2)
    message = f'"{written}" is not an arXiv id' if written else "the arXiv id is missing"
    return UrlProblem(message, None, Safety.MANUAL, Severity.ERROR, "look the paper up: " + _SCHEME)


def _arxiv(url: str, scheme: str, host: str, form: str, version: str) -> UrlProblem | None:
    """Return the problem of an arXiv URL in another form than is preferred."""
    found = arxiv_url(url)
    if found is None or not is_possible_arxiv_id(found.id) or not _is_arxiv_itself(found.host):
        return None
    drop = version == "drop" and bool(found.version)
    wanted = found.form if form == "any" or "#" in url else form
    kept = "" if version == "drop" else found.version
    better = f"https://arxiv.org/{wanted}/{found.id}{kept}{_tail(url, same=found.form == wanted)}"
    safety = Safety.UNSAFE if drop else Safety.SAFE
    if found.form != wanted:
        message = (
            f"this is the {found.form} form of arXiv {found.id}: the {wanted} form is preferred"
        )
    elif found.host != "arxiv.org":
        message = f"this is a mirror of arXiv {found.id}"
    elif drop:
        message = f"this is version {found.version[1:]} of arXiv {found.id}, not the paper as such"
    elif scheme == "http" or host != "arxiv.org":
        message, safety = f"the URL of arXiv {found.id} is https://arxiv.org/…", Safety.SAFE
    else:
        return None
    return UrlProblem(message, better, safety, Severity.INFO, f"write {better}")


def _tail(url: str, *, same: bool) -> str:
    """Return the query and fragment of ``url``; a query means nothing on another page."""
    at = _TAIL.search(url)
    return "" if at is None or (at[0] == "?" and not same) else url[at.start() :]


def _is_arxiv_itself(host: str) -> bool:
    return host == "arxiv.org" or (host.endswith(".arxiv.org") and "ar5iv" not in host)


def _doi(url: str, host: str) -> UrlProblem | None:
    found = doi_of(url) if host in _DOI_HOSTS else None
    if found is None or not (identifier(url) or ("", ""))[0]:
        return None
    written = url[url.lower().index(found[:7]) :] if found[:7] in url.lower() else found
    better = f"https://doi.org/{written}"
    if url == better:
        return None
    message = f"the URL of DOI {found} is https://doi.org/…"
    return UrlProblem(message, better, Safety.SAFE, Severity.INFO, f"write {better}")


def _plain_http(url: str, host: str) -> UrlProblem | None:
    if ":" in host or host.replace(".", "").isdigit() or "." not in host:
        return None  # a port, an address, a name of the local network
    better = f"https{url[4:]}"
    advice = f"write {better}, if the site has it"
    return UrlProblem("this URL is not https", better, Safety.UNSAFE, Severity.INFO, advice)


def _one_slip(word: str, known: str) -> bool:
    """Return whether one insertion, deletion, replacement or swap makes ``word`` of ``known``."""
    if word == known or abs(len(word) - len(known)) > 1:
        return False
    start = 0
    while start < min(len(word), len(known)) and word[start] == known[start]:
        start += 1
    rest, wanted = word[start:], known[start:]
    return (
        rest[1:] == wanted
        or rest == wanted[1:]
        or rest[1:] == wanted[1:]
        or (rest[2:] == wanted[2:] and rest[:2] == wanted[:2][::-1])
    )
