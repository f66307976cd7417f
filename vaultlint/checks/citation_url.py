"""Citation's URL is mistyped, impossible, or not in the form that is preferred.

## Why
`arxiv.orga` leads nowhere and `arxiv.org/abs/2113.01234` cannot exist: there is no month 13. The
PDF, a version or a mirror of a paper is the same source under another URL, so the same paper is
listed twice without anybody noticing.

## Example

```md file="Reading.md"
- #PAPER [A theory of lists (Doe 2021)](https://arxiv.orga/abs/2101.00001)
                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ citation-url
- #PAPER [Lists, again (Doe 2021)](https://arxiv.org/pdf/2101.00002)
                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ citation-url(info)
```

## Use instead

```md file="Reading.md"
- #PAPER [A theory of lists (Doe 2021)](https://arxiv.org/abs/2101.00001)
- #PAPER [Lists, again (Doe 2021)](https://arxiv.org/abs/2101.00002)
```

## Fix safety
SAFE: space around the URL, the preferred form of an arXiv or DOI URL.
UNSAFE: a mistyped host, https for http, a version left out. None for an impossible id.

## Options
- `kinds`: judge only citations of these kinds; all, when the list is empty.
- `arxiv_form`: the preferred page of an arXiv paper, or `any`.
- `arxiv_version`: `drop` reports URLs of one version, `any` does not.
- `doi`: report other forms than `https://doi.org/`.
- `https`: report http.
- `spaces`: report space between the URL and its parentheses.

## Source
arXiv, "Understanding the arXiv identifier"; DOI Handbook, section on DOIs as URLs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from vaultlint.check import Check, Fix, Found, Note, Safety, Severity, VaultView, option
from vaultlint.checks._citations import citations, is_external
from vaultlint.checks._destinations import outer_spaces
from vaultlint.checks._edits import one_edit
from vaultlint.checks._source_urls import UrlProblem, url_problem
from vaultlint.note.model import CitedLink

_SPACE = UrlProblem(
    "there is space between this URL and its parenthesis",
    better="",
    safety=Safety.SAFE,
    at_most=Severity.INFO,
    advice="delete the space: tools may take it for a part of the URL",
)


@dataclass(frozen=True, slots=True)
class Options:
    """Which forms of URLs are preferred."""

    kinds: tuple[str, ...] = option((), "only citations of these kinds")
    arxiv_form: Literal["abs", "pdf", "html", "any"] = option("abs", "the preferred arXiv page")
    arxiv_version: Literal["drop", "any"] = option("drop", "drop reports URLs of one version")
    doi: bool = option(True, "report DOIs not written as https://doi.org/")
    https: bool = option(True, "report http")
    spaces: bool = option(True, "report space between the URL and its parentheses")


def find(note: Note, vault: VaultView, options: Options) -> Iterator[Found]:
    """Yield the findings of each external link of a citation."""
    for citation in citations(note, vault, options.kinds):
        for link in citation.links:
            if is_external(link):
                yield from _judge(note, link, options)


def _judge(note: Note, link: CitedLink, options: Options) -> Iterator[Found]:
    problem = url_problem(
        link.url,
        arxiv_form=options.arxiv_form,
        arxiv_version=options.arxiv_version,
        doi=options.doi,
        https=options.https,
    )
    if problem is not None:
        yield Found(link.url_span, problem.data, problem.at_most)
    if options.spaces and link.text is not None:
        for span in outer_spaces(note.text, link.url_span):
            yield Found(span, _SPACE.data, _SPACE.at_most)


def repair(found: Found, note: Note, _vault: VaultView, _options: Options) -> Fix | None:
    """Return a fix that writes the URL as it should be."""
    better = found.data["better"]
    if better is None:
        return None
    title = f"Write {better}" if better else "Take out the space"
    return one_edit(title, Safety(int(found.data["safety"])), note, found.span, str(better))


CHECK = Check(
    id="citation-url",
    find=find,
    repair=repair,
    reads=frozenset({"citations"}),
    options=Options,
    severity=None,
    message="{problem}",
    help="{advice}",
    changes=frozenset({"urls"}),
    since="0.1",
)
