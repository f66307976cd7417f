"""What has to be written anew when files are renamed or moved: links that would open another file.

Every link is resolved in the vault before and in the vault after the move. One that opened a file
must open it again, wherever that file is now; the others stay as they are, byte for byte. A link is
written in its own kind (wikilink or Markdown; alias, subpath and embed kept), its path in the
vault's link format, or as it was (bare, relative, with folders) where Obsidian's settings are not
part of the vault. This concerns links to what moved, relative links in what moved, and links
elsewhere that a changed set of names would lead to another file.

How to use it. Before the files are renamed on disk: ``moved(session, renames)``, then
``relocate.relocate``. When somebody has renamed them already and the session has been told so
(``session.apply``): ``moved(session, renames, performed=True)``, then ``relocate.mend``. ``renames``
has files only, paths before to paths after: for a folder, ``files_below`` lists them. What comes back
names all files by their paths after the move. ``complete`` says that every link can follow; if not,
``notices`` say which cannot, and nothing should be written unasked.

Invariant: nothing is written here; what is proposed was parsed again, and opens what it did before.

Tests: tests/unit/fixing/test_moves.py, tests/properties/test_moves.py
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from vaultlint.checks._relink import relink
from vaultlint.diagnostics import Edit, Fix, Notice, Safety
from vaultlint.engine.session import Session
from vaultlint.errors import SourceError
from vaultlint.fixing.equivalence import lost_anchor
from vaultlint.fixing.facts import facts_of
from vaultlint.fixing.texts import NotEditable, digest, edited, text_of
from vaultlint.note.canvas import canvas_note, card_link, is_canvas
from vaultlint.note.canvas_text import CanvasText, canvas_edits
from vaultlint.note.model import Link, Note, NoteId
from vaultlint.note.parse import parse_note
from vaultlint.text import Span
from vaultlint.vault.candidates import Candidates
from vaultlint.vault.keys import MARKDOWN, fold, is_markdown, link_ref
from vaultlint.vault.link_text import file_to_linktext, relative_path
from vaultlint.vault.names import is_link_safe
from vaultlint.vault.renames import NamesConcerned, renamed_names
from vaultlint.vault.resolve import is_relative, resolve, resolve_ref
from vaultlint.vault.settings import APP_FILE

RULE = "mv"
_OF_LINKS = frozenset({"links"})


class Moved(NamedTuple):
    """What a move takes: ``renames`` of files, and the texts that have to follow.

    ``before`` and ``after`` are the bytes of the files that change, by their paths after the move;
    ``fix`` says the same as edits. ``notices`` name what cannot follow: ``complete`` is False if
    that is a link, else it is left to a person. ``leads`` has, of each file that lost a link, the
    files in which it stands, whether it can follow or not.
    """

    renames: Mapping[NoteId, NoteId]
    fix: Fix
    before: Mapping[NoteId, bytes]
    after: Mapping[NoteId, bytes]
    notices: tuple[Notice, ...] = ()
    complete: bool = True
    leads: Mapping[NoteId, tuple[NoteId, ...]] = MappingProxyType({})


def moved(session: Session, renames: Mapping[NoteId, NoteId], *, performed: bool = False) -> Moved:
    """Return what has to be written anew when ``renames`` (before -> after) are made.

    ``performed`` says that the session knows the files by their new paths already; what it does not
    know is left out. Reads the files concerned anew, by the paths under which the session knows them.
    """
    files = session.index.files
    known = {old: new for old, new in renames.items() if (new if performed else old) in files}
    return _Moving(session, known, performed=performed).result()


def files_below(session: Session, folder: NoteId, new: NoteId) -> dict[NoteId, NoteId]:
    """Return every file below ``folder`` with the path it gets when that is renamed to ``new``."""
    start = folder + "/"
    return {
        file: f"{new}/{file[len(start) :]}"
        for file in session.index.files
        if file.startswith(start)
    }


def _link_format(session: Session) -> str | None:
    """Return the vault's link format, None for a vault without Obsidian's settings."""
    try:
        session.read(APP_FILE)
    except SourceError:
        return None
    return str(session.index.settings.get("newLinkFormat"))


class Places:
    """The vault before and after a move: who opens what."""

    def __init__(
        self,
        before: Mapping[str, Candidates],
        after: Mapping[str, Candidates],
        renames: Mapping[NoteId, NoteId],
    ) -> None:
        self.after = after
        self._before = before
        self._renames = renames

    def lost(self, link: Link, before: NoteId, after: NoteId) -> NoteId | None:
        """Return the file that ``link`` should open after the move and would not, None if it does.

        ``before`` and ``after`` are the paths of the file in which it stands.
        """
        ref = link_ref(link)
        was = resolve_ref(self._before, ref, before).target
        if was is None:
            return None
        wanted = self._renames.get(was, was)
        return None if resolve_ref(self.after, ref, after).target == wanted else wanted

    def follows(self, old: Link, new: Link, before: NoteId, after: NoteId) -> bool:
        """Return whether ``new``, after the move, opens what ``old`` opened before it."""
        was = resolve_ref(self._before, link_ref(old), before).target
        now = resolve_ref(self.after, link_ref(new), after).target
        return was is None or now == self._renames.get(was, was)


class _Moving:
    def __init__(
        self, session: Session, renames: Mapping[NoteId, NoteId], *, performed: bool
    ) -> None:
        self._session = session
        self._renames = renames
        back = {new: old for old, new in renames.items()}
        names = session.index.names
        if performed:
            self._before_of, self._after_of = back, {}
            self._places = Places(renamed_names(names, back), names, renames)
        else:
            self._before_of, self._after_of = {}, dict(renames)
            self._places = Places(names, renamed_names(names, renames), renames)
        self._back = back
        self._form = _link_format(session)
        self._concerned = NamesConcerned((*renames, *back))
        self._notices: list[Notice] = []
        self._complete = True
        self._leads: defaultdict[NoteId, dict[NoteId, None]] = defaultdict(dict)

    def result(self) -> Moved:
        edits: list[Edit] = []
        before: dict[NoteId, bytes] = {}
        after: dict[NoteId, bytes] = {}
        for file in self._files():
            try:
                data = self._session.read(file)
            except SourceError as error:
                self._leave(file, error.message)
                continue
            named = self._after_of.get(file, file)
            found = [edit._replace(note=named) for edit in self._edits(file, data)]
            if found:
                new = self._edited(file, data, found)
                if new is not None:
                    edits += found
                    before[named], after[named] = data, new
        base = {file: digest(data) for file, data in before.items()}
        self._look_at_config()
        fix = Fix("Follow the move", Safety.SAFE, tuple(edits), base)
        leads = {new: tuple(files) for new, files in self._leads.items()}
        notices = tuple(self._notices)
        return Moved(self._renames, fix, before, after, notices, self._complete, leads)

    def _files(self) -> Iterator[NoteId]:
        """Yield the files, as the session names them, whose links may have to follow."""
        for file, exports in self._session.index.files.items():
            refs = (exports or {}).get(("link", file), ())
            moves = file in self._before_of or file in self._after_of
            linked = refs and (moves or any(map(self._concerned.may_change, refs)))
            if linked or self._defines_links(file):
                yield file

    def _defines_links(self, file: NoteId) -> bool:
        """Return whether the file may have links by reference, which the index does not know."""
        if not (is_markdown(file) or is_canvas(file)):
            return False
        try:
            return b"]:" in self._session.read(file)
        except SourceError:
            return False

    def _edits(self, file: NoteId, data: bytes) -> list[Edit]:
        if is_canvas(file):
            pairs = canvas_edits(text_of(data), lambda card: self._on_card(file, card))
            return [Edit(file, span, new) for span, new in pairs]
        note = parse_note(file, data)
        if not note.parsed:
            self._leave(file, "it is too large to be parsed: look at its links")
        return [Edit(file, span, new) for span, new in self._rewritten(note)]

    def _on_card(self, file: NoteId, card: CanvasText) -> list[tuple[Span, str]]:
        if card.key == "text":
            return self._rewritten(parse_note(file, card.value.encode("utf-8", "replace")))
        wanted = self._lost(card_link(card.value), file)
        return [] if wanted is None else [(Span(0, len(card.value)), wanted)]

    def _lost(self, link: Link, file: NoteId) -> NoteId | None:
        """Return what ``link`` in ``file`` should open and would not, None if it does."""
        before, after = self._paths(file)
        wanted = self._places.lost(link, before, after)
        if wanted is not None:
            self._leads[wanted][after] = None
        return wanted

    def _rewritten(self, note: Note) -> list[tuple[Span, str]]:
        found: dict[tuple[Span, str], None] = {}  # links by reference share what is edited
        for link in note.links:
            wanted = self._lost(link, note.id)
            if wanted is None:
                continue
            edits = self._write(note, link, wanted, self._paths(note.id)[1])
            if edits is None:
                line = note.lines.position(link.span.start).line
                written = link.span.of(note.text)
                self._leave(note.id, f"line {line}: {written} cannot be made to open {wanted}")
                continue
            found.update(dict.fromkeys((edit.span, edit.text) for edit in edits))
        return [*found]

    def _paths(self, file: NoteId) -> tuple[NoteId, NoteId]:
        """Return the paths before and after the move of a file as the session names it."""
        return self._before_of.get(file, file), self._after_of.get(file, file)

    def _write(self, note: Note, link: Link, wanted: NoteId, source: NoteId) -> list[Edit] | None:
        """Return the edits of ``note`` that make ``link`` open ``wanted``, None if none can."""
        if not (link.markdown or is_link_safe(wanted)):
            return None
        path = self._path(link, wanted, source)
        fix = None if path is None else relink("", Safety.SAFE, note, link, path=path)
        return None if fix is None else [*fix.edits]

    def _path(self, link: Link, wanted: NoteId, source: NoteId) -> str | None:
        for path in self._spellings(link, wanted, source):
            found = resolve(self._places.after, path, source)
            if found.target == wanted and not found.ambiguous:
                return path
        return None

    def _spellings(self, link: Link, wanted: NoteId, source: NoteId) -> Iterator[str]:
        """Yield paths to write: in the vault's format, or else in the form that the link has."""
        form, extension = self._form, is_markdown(link.target)
        if form is None:
            whole = wanted if extension or not is_markdown(wanted) else wanted[: -len(MARKDOWN)]
            if is_relative(link.target):
                path = relative_path(whole, source)
                yield path if is_relative(path) else f"./{path}"
            elif "/" in link.target:
                yield self._below_same(link, whole, wanted)
                yield whole
        names = self._places.after
        yield file_to_linktext(names, wanted, source, form or "shortest", markdown=extension)

    def _below_same(self, link: Link, whole: str, wanted: NoteId) -> str:
        """Return ``whole`` without the folder that the link leaves out of the path it opened."""
        if link.target.startswith("/"):
            return f"/{whole}"
        was = self._back.get(wanted, wanted)
        at = fold(was).rfind(fold(link.target))
        return whole[at:] if was[at - 1 : at] == "/" and wanted.startswith(was[:at]) else whole

    def _edited(self, file: NoteId, data: bytes, edits: list[Edit]) -> bytes | None:
        """Return the new bytes of ``file``, None (and a notice) if something else would change."""
        try:
            new = edited(data, edits)
        except NotEditable as error:
            self._leave(file, str(error))
            return None
        parse = canvas_note if is_canvas(file) else parse_note
        one, two = parse(file, data), parse(file, new)
        if not self._is_same(one, two):
            self._leave(file, "a link of it cannot be written anew without changing something else")
            return None
        lost = lost_anchor(one, two, self._session.index, self._session.note)
        if lost:  # a heading has a link in it, and others name it
            self._leave(file, lost)
            return None
        return new

    def _is_same(self, one: Note, two: Note) -> bool:
        """Return whether the note says the same as before, its links followed."""
        before, after = self._paths(one.id)
        if len(one.links) != len(two.links):
            return False
        pairs = zip(one.links, two.links, strict=True)
        if not all(self._places.follows(old, link, before, after) for old, link in pairs):
            return False
        if is_canvas(one.id):
            return True
        index = self._session.index
        old, now = facts_of(one, index), facts_of(two, index)
        by_label = any(link.kind == "reference" for link in one.links)
        # To the facts a definition is text, and its path may have been edited.
        told = old.keys() - (_OF_LINKS | {"text"} if by_label else _OF_LINKS)
        return all(old[family] == now[family] for family in told)

    def _look_at_config(self) -> None:
        config = self._session.config
        for old, new in self._renames.items():
            if old in config.inputs and config.path is not None and old != config.path:
                message = f"it names {old}: write {new}"
                self._notices.append(Notice("not-changed", (), config.path, message))

    def _leave(self, file: NoteId, message: str) -> None:
        self._complete = False
        self._notices.append(Notice("not-changed", (), file, message))
