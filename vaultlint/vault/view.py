"""VaultView: the only door through which a rule asks about anything but its own note.

Invariant: every answer that may depend on another file is recorded as the keys that were read,
misses included, so the engine re-runs exactly the rules whose answers may have changed. The
methods under "Unrecorded" serve advice (did-you-mean, related places), which is never stored.

Tests: tests/unit/vault/test_view.py, tests/properties/test_view.py
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, TypeVar

from vaultlint.note.model import Link, Note, NoteId
from vaultlint.note.obsidian import decode_uri_component
from vaultlint.terms import Validator, Vocabulary
from vaultlint.text import Span
from vaultlint.vault import anchors
from vaultlint.vault.answers import Anchor, CitedAs, Resolution
from vaultlint.vault.index import Claims, VaultIndex
from vaultlint.vault.keys import Key, LinkRef, fold, fold_tag, fold_title, is_markdown, link_ref
from vaultlint.vault.link_text import LinkStyle, file_to_linktext, link_text
from vaultlint.vault.resolve import look_up, resolve, resolve_ref
from vaultlint.vault.terms_in_use import Bindings

__all__ = ["Anchor", "CitedAs", "Resolution", "Resources", "VaultView"]


_Answer = TypeVar("_Answer")


class Resources(Protocol):
    """What a view needs of the configuration."""

    @property
    def vocabularies(self) -> Mapping[str, Vocabulary]:
        """The configured vocabularies by name."""

    @property
    def bindings(self) -> Mapping[str, str]:
        """Property name -> name of the vocabulary its values come from."""

    def validators_for(self, file: NoteId) -> tuple[Validator, ...]:
        """Return the schemas that apply to ``file``."""
        ...

    def rule_ids(self) -> tuple[str, ...]:
        """Return the ids of all rules, off or on."""
        ...


class VaultView:
    """The vault as one note sees it. ``reads`` collects the keys it asked for.

    What links open is remembered, for many rules ask it: a view is for the vault as it is now.
    """

    __slots__ = ("_index", "_load", "_note", "_opened", "_resources", "reads")

    def __init__(
        self,
        index: VaultIndex,
        note: Note,
        resources: Resources,
        load: Callable[[NoteId], Note],
        reads: set[Key] | None = None,
    ) -> None:
        """See the vault from ``note``; ``load`` returns the facts of a file, or raises SourceError."""
        self._index = index
        self._note = note
        self._resources = resources
        self._load = load
        self._opened: dict[LinkRef, tuple[Resolution, set[Key]]] = {}
        self.reads: set[Key] = set() if reads is None else reads

    # ---- Recorded: resolution

    def resolve(self, link: Link) -> Resolution:
        """Return what ``link`` of the view's own note opens."""
        return self.resolve_ref(link_ref(link))

    def resolve_ref(self, ref: LinkRef) -> Resolution:
        """Return what the link that ``keys.link_ref`` names so opens in the view's own note."""
        if (known := self._opened.get(ref)) is None:
            asked: set[Key] = set()
            found = resolve_ref(self._index.names, ref, self._note.id, asked)
            known = self._opened[ref] = (found, asked)
        self.reads |= known[1]
        return known[0]

    def resolve_path(self, target: str) -> Resolution:
        """Return what a wikilink to ``target`` (no subpath) in the view's own note would open."""
        return resolve(self._index.names, target, self._note.id, self.reads)

    def anchor(self, file: NoteId, anchor: str) -> Anchor | None:
        """Return what the subpath ``anchor`` (without ``#``) finds in ``file``, or None.

        Only its type is recorded: the line is for advice and display, never for what is stored.
        Raises SourceError if the file is gone since it was indexed.
        """
        found = self._find(file, anchor)
        if found is None:
            return None
        return Anchor(found.type, anchors.line_of(self.note(file), found, anchor))

    def found_at(self, file: NoteId, anchor: str) -> anchors.Found | None:
        """Return what ``anchor`` finds in the outline of ``file``, the place of a heading too."""
        self.reads.add(("anchor", file))
        return anchors.find(self._index.outline(file), anchor)

    def anchor_type(self, file: NoteId, anchor: str) -> str | None:
        """Return "heading", "block" or "footnote", whichever ``anchor`` finds in ``file``, or None.

        As in Obsidian an unknown ``^id`` may find a heading of that text.
        """
        found = self._find(file, anchor)
        return found.type if found else None

    def has_anchor(self, file: NoteId, anchor: str) -> bool:
        """Return whether ``anchor`` is there; True for files that have no anchors or were not parsed."""
        if not is_markdown(file) or not anchors.segments(anchor):
            return True
        self.reads.add(("path", file))
        if file in self._index.files and not self._index.parsed(file):
            return True
        if self._find(file, anchor) is not None:
            return True
        # an escaped # may be part of the heading: headings are compared without it
        decoded = decode_uri_component(anchor.replace("%23", "%20"))
        return decoded != anchor and self._find(file, decoded) is not None

    def _find(self, file: NoteId, anchor: str) -> anchors.Found | None:
        parts = anchors.segments(anchor)
        if len(parts) == 1:
            if marker := anchors.marker_of(parts[0]):
                self.reads.add(("anchor", file, marker))
            self.reads.add(("anchor", file, anchors.fold_heading(parts[0])))
        else:
            self.reads.add(("anchor", file))
        return anchors.find(self._index.outline(file), anchor)

    # ---- Recorded: who claims what

    def aliased(self, name: str) -> tuple[NoteId, ...]:
        """Return the notes that declare the alias ``name`` (folded), in order of id."""
        return self._answer(("alias", fold(name.strip())), _notes)

    def named(self, name: str) -> tuple[NoteId, ...]:
        """Return the files that a bare link ``name`` could mean (folded), in order of id."""
        found = look_up(self._index.names, fold(name.strip()), self.reads).candidates
        return found.files() if found else ()

    def sources(self, identifier: tuple[str, str]) -> tuple[CitedAs, ...]:
        """Return in which ways ``identifier`` is cited in the vault, in order of the first note."""
        return self._answer(("source", *identifier), _ways)

    def titled(self, title: str) -> tuple[CitedAs, ...]:
        """Return in which ways anything is cited whose normalized text equals that of ``title``.

        Normalized is: without a parenthesis with digits at the end, letters and digits only.
        """
        return self._answer(("title", fold_title(title)), _ways)

    def tag_spellings(self, tag: str) -> Mapping[str, int]:
        """Return each spelling of ``tag`` (folded) in the vault with the number of notes."""
        return self._answer(("tag", fold_tag(tag)), _spellings)

    def inlinks(self, file: NoteId) -> frozenset[NoteId]:
        """Return the files whose links or embeds resolve to ``file`` (itself excluded)."""
        self.reads.add(("inlink", file))
        return self._index.inlinks(file)

    def exists(self, path: NoteId) -> bool:
        """Return whether exactly ``path`` is a file of the vault."""
        self.reads.add(("path", path))
        return path in self._index.files

    def matches(self, glob: str) -> bool:
        """Return whether any file of the vault matches ``glob``. Raises ConfigError for a bad glob."""
        self.reads.add(("glob", glob))
        return self._index.matches(glob)

    def term_users(self, vocabulary: str, term: str) -> int:
        """Return how many notes use ``term`` in a property bound to ``vocabulary``."""
        self.reads.add(("term-use", vocabulary, term))
        bindings = Bindings(self._resources.bindings, self._resources.vocabularies)
        return self._index.term_users(bindings, vocabulary, term)

    def _answer(self, key: Key, make: Callable[[Claims], _Answer]) -> _Answer:
        self.reads.add(key)
        return self._index.answer(key, make)

    # ---- Recorded: settings and configured objects

    def setting(self, name: str) -> Any:
        """Return an Obsidian setting of ``.obsidian/app.json``, or its default."""
        self.reads.add(("setting", name))
        return self._index.settings.get(name)

    def property_type(self, name: str) -> str | None:
        """Return the type that ``.obsidian/types.json`` gives to a property, or None."""
        folded = name.lower()
        self.reads.add(("setting", "types", folded))
        return self._index.settings.type_of(folded)

    def vocabulary(self, name: str) -> Vocabulary:
        """Return the configured vocabulary ``name``. Raises KeyError for a name not configured."""
        self.reads.add(("vocabulary", name))
        return self._resources.vocabularies[name]

    def vocabularies(self) -> tuple[str, ...]:
        """Return the names of all configured vocabularies."""
        self.reads.add(("vocabulary", ""))
        return tuple(self._resources.vocabularies)

    def rule_ids(self) -> tuple[str, ...]:
        """Return the ids of all rules, off or on, those of the config's own too."""
        self.reads.add(("rules",))
        return self._resources.rule_ids()

    def validators(self) -> tuple[Validator, ...]:
        """Return the compiled schemas that apply to the view's own note."""
        self.reads.add(("schema", self._note.id))
        return self._resources.validators_for(self._note.id)

    # ---- Unrecorded: for advice only

    def note(self, file: NoteId) -> Note:
        """Return the facts of another file. Raises SourceError if it cannot be read."""
        return self._note if file == self._note.id else self._load(file)

    def files(self) -> Iterable[NoteId]:
        """Return the ids of all files of the vault."""
        return self._index.files

    def notes_with_block(self, block_id: str) -> tuple[NoteId, ...]:
        """Return the notes in which a block has ``block_id`` (without ``^``, in any case)."""
        marker = f"^{block_id.lower()}"
        return tuple(
            file
            for file in self._index.files
            if (outline := self._index.outline(file)) is not None and marker in outline[1]
        )

    def position(self, file: NoteId, span: Span) -> tuple[int, int]:
        """Return the 1-based line and column of ``span.start`` in ``file``."""
        return self.note(file).lines.position(span.start)

    def link_text(self, target: NoteId, style: LinkStyle) -> str:
        """Return a link from the view's own note that opens ``target``, in the vault's link format."""
        form = str(self._index.settings.get("newLinkFormat"))
        return link_text(self._index.names, target, self._note.id, style, form)

    def linktext(self, target: NoteId, *, markdown: bool = False) -> str:
        """Return the path of such a link, not encoded; ``markdown`` keeps the extension ``.md``."""
        form = str(self._index.settings.get("newLinkFormat"))
        names, source = self._index.names, self._note.id
        return file_to_linktext(names, target, source, form, markdown=markdown)


def _notes(claims: Claims) -> tuple[NoteId, ...]:
    return tuple(note for note, _ in claims)


def _spellings(claims: Claims) -> Mapping[str, int]:
    counts = Counter(spelling for _, spellings in claims for spelling in spellings)
    return dict(sorted(counts.items()))


def _ways(claims: Claims) -> tuple[CitedAs, ...]:
    ways: defaultdict[tuple[tuple[str, ...], str | None], dict[NoteId, None]] = defaultdict(dict)
    for note, cited in claims:
        for kinds, text in cited:
            ways[kinds, text][note] = None
    return tuple(CitedAs(kinds, text, tuple(notes)) for (kinds, text), notes in ways.items())
