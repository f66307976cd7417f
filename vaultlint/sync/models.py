"""The published shape of the index as JSON, from which its JSON Schema is generated.

Invariant: no command imports this module; a test holds real output against it.

Tests: tests/test_schemas.py
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field  # noqa: TID253 -- imported by devtools only


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Loc(_Model):
    """A place as Obsidian counts: in UTF-16 code units, from 0."""

    line: int = Field(ge=0)
    col: int = Field(ge=0)
    offset: int = Field(ge=0)


class Pos(_Model):
    """From ``start`` up to, and without, ``end``."""

    start: Loc
    end: Loc


class AnchorFound(_Model):
    """What a subpath finds in the file that a link opens."""

    type: Literal["heading", "block", "footnote"]
    line: int = Field(ge=0, description="0-based, in the file that is opened")


class Resolved(_Model):
    """What a link opens."""

    path: str
    anchor: AnchorFound | None = Field(description="null without a subpath, or if it finds nothing")


class LinkCache(_Model):
    """A link or embed in the body."""

    link: str = Field(description="path and subpath, percent escapes decoded")
    original: str
    displayText: str  # noqa: N815 -- Obsidian's name
    position: Pos
    resolved: Resolved | None = Field(description="null for a link that opens nothing")


class FrontmatterLinkCache(_Model):
    """A property whose value is a link."""

    key: str = Field(description="the path of the property, with dots")
    link: str
    original: str
    displayText: str  # noqa: N815
    resolved: Resolved | None


class TagCache(_Model):
    """A tag in the body."""

    tag: str = Field(pattern="^#")
    position: Pos


class HeadingCache(_Model):
    """A heading."""

    heading: str
    level: int = Field(ge=1, le=6)
    position: Pos


class IdCache(_Model):
    """A footnote, a reference to one, or a block, by its id."""

    id: str
    position: Pos


class ReferenceLinkCache(_Model):
    """A definition ``[id]: destination``."""

    id: str
    link: str
    position: Pos


class SectionCache(_Model):
    """A block of the top level."""

    type: str
    position: Pos
    id: str | None = None


class ListItemCache(_Model):
    """An item of a list."""

    parent: int
    position: Pos
    id: str | None = None
    task: str | None = None


class NoteMetadata(_Model):
    """A note as Obsidian's CachedMetadata; lists that would be empty are absent."""

    path: str
    links: list[LinkCache] = []
    embeds: list[LinkCache] = []
    tags: list[TagCache] = []
    headings: list[HeadingCache] = []
    footnotes: list[IdCache] = []
    footnoteRefs: list[IdCache] = []  # noqa: N815
    referenceLinks: list[ReferenceLinkCache] = []  # noqa: N815
    sections: list[SectionCache] = []
    listItems: list[ListItemCache] = []  # noqa: N815
    frontmatter: dict[str, Any] = {}
    frontmatterPosition: Pos | None = None  # noqa: N815
    frontmatterLinks: list[FrontmatterLinkCache] = []  # noqa: N815
    blocks: dict[str, IdCache] = Field({}, description="by id in lower case")
    vaultlint: dict[str, Any] = Field({}, description="what the app's cache does not have")


class Attachment(_Model):
    """A file that is no note."""

    path: str
    kind: str = Field(description='"canvas", "base", "image", "audio", "video", "pdf" or "other"')
    size: int = Field(ge=0, description="bytes; 0 for the export of this index itself")


class TagCount(_Model):
    """A tag, in the spelling that is most frequent."""

    tag: str = Field(pattern="^#")
    notes: int = Field(ge=1, description="how many notes carry it, in the body or in properties")
    count: int = Field(ge=1, description="how many times it stands in them")


class CitedPlace(_Model):
    """One citation of a source. ``line`` and ``column`` are 1-based, in code points."""

    path: str
    line: int = Field(ge=1)
    column: int = Field(ge=1)
    kinds: list[str]
    text: str | None = Field(description="the text of the link; null for a bare address")
    url: str


class CitedSource(_Model):
    """One source, however often and under whatever address it is cited."""

    key: str = Field(pattern="^[a-z0-9]+$", description="names it in a bibliography")
    kind: str = Field(description="what the vault calls it: PAPER, BOOK")
    title: str | None
    author: str | None
    year: int | None
    doi: str | None
    arxiv: str | None
    isbn: str | None
    url: str
    cited: list[CitedPlace] = Field(min_length=1)


class Place(_Model):
    """A place in a file, 1-based, in code points."""

    line: int = Field(ge=1)
    column: int = Field(ge=1)


class IndexedFinding(_Model):
    """One finding, as reports have it but for what is computed when it is shown."""

    path: str
    rule: str
    severity: Literal["error", "warning", "info"]
    start: Place
    end: Place
    message: str
    fingerprint: str = Field(pattern="^[0-9a-f]{16}$")


_Edges = dict[str, dict[str, int]]


class Index(_Model):
    """What ``vaultlint index export`` prints."""

    format: Literal["vaultlint-index"]
    version: Literal[1] = Field(description="counted up by a change that breaks a reader")
    vault: str = Field(description="the vault's folder, absolute")
    notes: list[NoteMetadata] = Field(description="sorted by path")
    attachments: list[Attachment]
    tags: list[TagCount]
    sources: list[CitedSource] = Field(description="sorted by key")
    diagnostics: list[IndexedFinding]
    resolvedLinks: _Edges = Field(description="note: {file it links to: how often}")  # noqa: N815
    unresolvedLinks: _Edges = Field(description="note: {link without a file: how often}")  # noqa: N815


def index_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the index."""
    schema = Index.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
