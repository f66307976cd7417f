"""The facts of one note, each with its exact span.

Invariant: a Note is a value made from (id, bytes) alone; no config, no other note. Spans count
code points of ``Note.text``. Facts are what Obsidian's metadata cache holds (semantics: the
Obsidian help vault and the shipped app), plus what rules need to explain themselves.

Tests: tests/unit/note/
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeAlias

from vaultlint.text import LineIndex, Span
from vaultlint.text import Places as Places  # noqa: PLC0414  # a fact, defined beside Span

NoteId: TypeAlias = str
"""A vault-relative POSIX path exactly as on disk; folded for comparison only in vault/keys.py."""

MAX_NOTE_BYTES = 2 * 1024 * 1024
MAX_FRONTMATTER_BYTES = 256 * 1024
MAX_FRONTMATTER_DEPTH = 64


class Problem(NamedTuple):
    """Something that kept a part of the note from being understood.

    ``code`` is a stable slug; ``message`` a plain sentence without the position; ``hint`` says
    what to do, when the message does not.
    """

    code: str
    span: Span
    message: str
    hint: str = ""


class Frontmatter(NamedTuple):
    """The property block.

    ``span`` covers both fences, ``yaml`` the text between them. ``data`` is JSON-like (dates stay
    strings) and None when there are no properties: an empty block, a scalar document, or invalid
    YAML (``valid`` is then False). ``places`` maps a JSON pointer (RFC 6901) to spans.
    """

    span: Span
    yaml: Span
    data: dict[str, Any] | None
    places: Mapping[str, Places]
    valid: bool


class Heading(NamedTuple):
    """A heading that the outline lists: ``text`` is its trimmed source at ``text_span``."""

    span: Span
    level: int
    text: str
    text_span: Span


class BlockId(NamedTuple):
    """``^id`` at ``span`` (caret included), naming the block at ``block``."""

    id: str
    span: Span
    block: Span


class Link(NamedTuple):
    """An internal link or embed.

    ``kind``: "wiki", "inline" (Markdown), "reference" (Markdown, by label; not a graph edge), or
    "property" (a property whose whole value is one link).
    ``target``: the path part as Obsidian caches it: percent-decoded for Markdown links, as typed
    for wikilinks, without subpath; empty for a link into the same note.
    ``anchor``: the subpath after the first ``#``; None when there is no ``#``.
    ``alias``: the display text as written, None without one.
    ``span`` includes the ``!`` and all brackets. ``target_span`` and ``anchor_span`` cover the text
    as written. ``key`` is the dotted property path of a property link, else "".
    ``markdown`` says that the link is written ``[text](destination)``.
    ``raw`` is the whole destination as written (path and subpath), before decoding.
    ``in_table`` says that it stands in a table cell.
    """

    kind: Literal["wiki", "inline", "reference", "property"]
    embed: bool
    span: Span
    target: str
    target_span: Span
    anchor: str | None
    anchor_span: Span | None
    alias: str | None
    alias_span: Span | None
    raw: str
    markdown: bool
    key: str = ""
    in_table: bool = False


class Url(NamedTuple):
    """An external link: inline, image, reference, ``<autolink>`` or a bare URL in text.

    ``span`` is the whole construct, ``url`` the destination as written at ``url_span``.
    ``text`` is the link text as written (None for an autolink or bare URL).
    """

    kind: Literal["inline", "image", "reference", "autolink", "bare"]
    span: Span
    url: str
    url_span: Span
    text: str | None
    text_span: Span | None


class NearLink(NamedTuple):
    """Text that was meant as a link but is plain text in Obsidian.

    ``kind``: "space-in-destination" for ``[x](My Note.md)``, "unclosed-destination" for
    ``[x](https://example.org`` without its ``)``, "empty-wikilink" for ``[[]]``,
    "unclosed-wikilink" for ``[[`` with no ``]]`` on its line, "cut-by-table" for a wikilink in a
    table whose unescaped bar ends the cell (``span`` covers the whole of it).
    """

    kind: Literal[
        "space-in-destination",
        "unclosed-destination",
        "empty-wikilink",
        "unclosed-wikilink",
        "cut-by-table",
    ]
    span: Span


class Tag(NamedTuple):
    """A tag as written, without ``#``; ``key`` is the property path it stands in, "" in the body."""

    name: str
    span: Span
    key: str = ""


class Alias(NamedTuple):
    """One entry of the ``aliases`` property."""

    text: str
    span: Span


class CitedLink(NamedTuple):
    """A link on a citation line; ``identifier`` is (kind, canonical id), e.g. ("arxiv", "2108.07258").

    ``text`` is None for a bare URL. Internal links appear too, with ``url`` as written.
    """

    text: str | None
    text_span: Span | None
    url: str
    url_span: Span
    span: Span
    identifier: tuple[str, str] | None


class Citation(NamedTuple):
    """A line or list item that opens with one or more tags: raw facts, no config.

    ``kinds`` are all tags before the first link or text, in order. ``links`` are the links on the
    item's first line. ``span`` covers that line from the first tag to its end.
    """

    kinds: tuple[Tag, ...]
    links: tuple[CitedLink, ...]
    span: Span


class Footnote(NamedTuple):
    """A footnote reference ``[^id]`` or, if ``definition``, the label of ``[^id]:``."""

    id: str
    span: Span
    definition: bool


class Callout(NamedTuple):
    """``> [!type|metadata]± title``: fold is "+", "-" or None, span covers ``[!type|metadata]``.

    ``type`` is in lower case, as Obsidian compares it; ``metadata`` is None without a bar.
    """

    type: str
    fold: str | None
    title: str
    span: Span
    metadata: str | None = None


class InlineField(NamedTuple):
    """A Dataview field: ``Key:: value``, ``[key:: value]`` or ``(key:: value)``."""

    key: str
    value: str
    span: Span


class Task(NamedTuple):
    """``- [c]``: the one-character status and the span of ``[c]``."""

    status: str
    span: Span


class Region(NamedTuple):
    """A stretch of the body in which the usual rules do not hold.

    ``kind``: "code" (inline), "fence", "indented", "math", "html", "html-comment", "comment"
    (``%%``), "highlight". ``closed`` is False when it runs to the end of the note for want of a
    closing mark.
    """

    kind: Literal[
        "code", "fence", "indented", "math", "html", "html-comment", "comment", "highlight"
    ]
    span: Span
    closed: bool = True


class Ignore(NamedTuple):
    """A suppression: ``%% vaultlint-ignore rule-id %%`` or the ``vaultlint`` property.

    ``rules`` are (id, span) pairs; empty means every rule. ``scope`` is the span of text in which
    findings are suppressed (the whole text for a file-wide one).
    """

    rules: tuple[tuple[str, Span], ...]
    scope: Span
    span: Span


class Note(NamedTuple):
    """One file as facts. An attachment, or a note that is not parsed, is a Note without facts.

    ``text`` is UTF-8 decoded with ``surrogateescape``, newlines untouched, without a BOM (``bom``
    says so). ``digest`` is the hex BLAKE2b-128 of the bytes. ``parsed`` is False when the body was
    not looked at (attachment, over 2 MB): any anchor in it counts as present.
    """

    id: NoteId
    text: str
    digest: str
    bom: bool = False
    parsed: bool = True
    frontmatter: Frontmatter | None = None
    headings: tuple[Heading, ...] = ()
    blocks: tuple[BlockId, ...] = ()
    links: tuple[Link, ...] = ()
    urls: tuple[Url, ...] = ()
    near_links: tuple[NearLink, ...] = ()
    tags: tuple[Tag, ...] = ()
    aliases: tuple[Alias, ...] = ()
    citations: tuple[Citation, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    callouts: tuple[Callout, ...] = ()
    fields: tuple[InlineField, ...] = ()
    tasks: tuple[Task, ...] = ()
    regions: tuple[Region, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def lines(self) -> LineIndex:
        """Return the line index of the text (built anew: keep it in a local)."""
        return LineIndex(self.text)

    @property
    def properties(self) -> Mapping[str, Any]:
        """Return the properties, empty when there are none."""
        if self.frontmatter is None or self.frontmatter.data is None:
            return _NO_PROPERTIES
        return self.frontmatter.data


_NO_PROPERTIES: Mapping[str, Any] = MappingProxyType({})
