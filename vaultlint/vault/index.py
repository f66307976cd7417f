"""VaultIndex: every file of the vault, and who claims which key.

Invariant: after any history of ``add``, ``put`` and ``remove`` the answers equal those of an index
built from scratch over the same files, and each call returns every key whose answer it may have
changed. In-links, globs and uses of terms are computed when a rule first asks, then kept current.

Tests: tests/unit/vault/test_index.py, tests/properties/test_index.py
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from vaultlint.errors import ConfigError
from vaultlint.note.model import NoteId
from vaultlint.terms.globs import Globs
from vaultlint.vault.anchors import Outline
from vaultlint.vault.candidates import Candidates
from vaultlint.vault.inlinks import Inlinks
from vaultlint.vault.keys import SHARED, Exports, Key, LinkRef, fold, name_of
from vaultlint.vault.settings import Settings
from vaultlint.vault.terms_in_use import Bindings, TermsInUse
from vaultlint.vault.told import Told, unpacked

Claims = list[tuple[NoteId, Any]]
_Answer = TypeVar("_Answer")

_NOTHING: Exports = {}
_FEW = 8  # claims, of which an answer is made faster than it is worth keeping


class VaultIndex:
    """Keys to claimants. ``put`` and ``remove`` cost O(facts of the file)."""

    def __init__(self) -> None:
        self._files = Told()
        self._folded: dict[NoteId, str] = {}
        self._names: dict[str, Candidates] = {}
        self._claims: dict[Key, dict[NoteId, Any]] = {}
        self._answers: dict[Key, Any] = {}  # of keys that many notes claim, and may ask about
        self._globs: dict[str, tuple[Globs, set[NoteId]]] = {}
        self._inlinks: Inlinks | None = None
        self._terms: TermsInUse | None = None
        self._settings = Settings()

    # Changes: each returns the keys whose answers may have changed

    def add(self, files: Iterable[NoteId]) -> set[Key]:
        """Take in files known from a listing alone: their names count, their facts come later."""
        changed: set[Key] = set()
        for file in files:
            if file not in self._files:
                self._add(file, changed)
        self._follow_names(changed)
        return changed

    def put(self, file: NoteId, exports: Exports) -> set[Key]:
        """Take in what ``file`` tells the vault ({} for an attachment), in place of what it told."""
        changed: set[Key] = set()
        if file not in self._files:
            self._add(file, changed)
            self._follow_names(changed)
        self._replace(file, exports, changed)
        return changed

    def load(self, file: NoteId, exports: Exports, packed: bytes | None = None) -> bytes:
        """Do as ``put`` does, for when nobody has asked anything yet and no answer can change.

        Return ``exports`` packed, as they may be already.
        """
        if not self._files.listed(file) or self._inlinks is not None or self._terms is not None:
            self.put(file, exports)
        else:
            for key, value in exports.items():
                if key[0] in SHARED:
                    self._claims.setdefault(key, {})[file] = value
        return self._files.put(file, exports, packed)

    def load_packed(self, file: NoteId, packed: bytes) -> None:
        """Do as ``load`` does with what another process has loaded and packed."""
        self.load(file, unpacked(packed), packed)

    def kept(self, file: NoteId) -> Any:
        """Return what ``file`` tells as plain data for ``restore``; empty when it tells nothing."""
        kept = self._files.kept(file)
        if not kept:
            return ()
        told = unpacked(kept[0])
        return {key: value for key, value in told.items() if key[0] in SHARED}, *kept

    def restore(self, file: NoteId, kept: Any) -> None:
        """Do as ``load`` does with what was ``kept``, before anybody has asked anything."""
        if not kept:
            self.load(file, _NOTHING)
            return
        shared, *rest = kept
        for key, value in shared.items():
            self._claims.setdefault(key, {})[file] = value
        self._files.restore(file, *rest)

    def remove(self, file: NoteId) -> set[Key]:
        """Forget ``file``. Nothing happens if it is not in the index."""
        changed: set[Key] = set()
        if file not in self._files:
            return changed
        self._replace(file, None, changed)
        self._files.remove(file)
        folded = self._folded.pop(file)
        name = name_of(folded)
        self._names[name].discard(folded, file)
        if not self._names[name]:
            del self._names[name]
        changed.update((("name", name), ("path", file)))
        for glob, (_, matching) in self._globs.items():
            if file in matching:
                matching.discard(file)
                if not matching:
                    changed.add(("glob", glob))
        self._follow_names(changed)
        return changed

    def set_settings(self, settings: Settings) -> set[Key]:
        """Take in Obsidian's settings in place of those known."""
        changed = self._settings.changes(settings)
        self._settings = settings
        return changed

    def configure(self, bindings: Bindings) -> set[Key]:
        """Take in which properties are bound to which vocabularies, in place of what was known."""
        if self._terms is None:
            return set()
        before = self._terms
        self._terms = TermsInUse(bindings, self._files)
        return before.changes(self._terms)

    def _add(self, file: NoteId, changed: set[Key]) -> None:
        self._files.list(file)
        folded = self._folded[file] = fold(file)
        name = name_of(folded)
        if (candidates := self._names.get(name)) is None:
            candidates = self._names[name] = Candidates()
        candidates.add(folded, file)
        changed.update((("name", name), ("path", file)))
        for glob, (compiled, matching) in self._globs.items():
            if compiled.match(file):
                if not matching:
                    changed.add(("glob", glob))
                matching.add(file)

    def _replace(self, file: NoteId, exports: Exports | None, changed: set[Key]) -> None:
        before = self._files[file]
        if exports is None:
            self._files.list(file)
        else:
            self._files.put(file, exports)
        old, new = before or _NOTHING, exports or _NOTHING
        if (before is None) != (exports is None):
            changed.add(("path", file))
        for key in old.keys() | new.keys():
            was, now = old.get(key), new.get(key)
            if was == now:
                continue
            if key[0] in SHARED:
                changed.add(key)
                self._claim(key, file, now)
            elif key[0] == "anchor":
                changed.add(key)
                changed.update(("anchor", file, part) for part in _parts(was) ^ _parts(now))
            elif key[0] == "path":
                changed.add(key)
            elif key[0] == "link" and self._inlinks is not None:
                changed.update(self._inlinks.put(file, now or (), self._names))
        if self._terms is not None:
            changed.update(self._terms.replace(old, new))

    def _claim(self, key: Key, file: NoteId, value: Any) -> None:
        self._answers.pop(key, None)
        if value is not None:
            self._claims.setdefault(key, {})[file] = value
            return
        claimants = self._claims[key]
        del claimants[file]
        if not claimants:
            del self._claims[key]

    def _follow_names(self, changed: set[Key]) -> None:
        if self._inlinks is not None:
            names = [key[1] for key in changed if key[0] == "name"]
            changed.update(self._inlinks.follow(names, self._names))

    # Answers

    @property
    def files(self) -> Mapping[NoteId, Exports | None]:
        """Return every file of the vault; its exports are None while only its name is known."""
        return self._files

    @property
    def names(self) -> Mapping[str, Candidates]:
        """Return the candidates by folded file name: what links are resolved against."""
        return self._names

    @property
    def settings(self) -> Settings:
        """Return Obsidian's settings."""
        return self._settings

    def claims(self, key: Key) -> Claims:
        """Return (note, value) of each note that claims the shared ``key``, in order of note."""
        claimants = self._claims.get(key)
        return sorted(claimants.items()) if claimants else []

    def answer(self, key: Key, make: Callable[[Claims], _Answer]) -> _Answer:
        """Return what ``make`` makes of the claims of ``key``, made anew when they changed.

        All that ask about one key ask for the same.
        """
        if (known := self._answers.get(key)) is None:
            known = make(self.claims(key))
            if len(self._claims.get(key, ())) > _FEW:
                self._answers[key] = known
        answer: _Answer = known
        return answer

    def outline(self, file: NoteId) -> Outline | None:
        """Return what subpaths may name in ``file``, None when there is nothing."""
        return self._files.outline(file)

    def parsed(self, file: NoteId) -> bool:
        """Return whether the anchors of ``file`` are known: it was looked at and not too large."""
        return self._files.parsed(file)

    def inlinks(self, file: NoteId) -> frozenset[NoteId]:
        """Return the files whose links resolve to ``file``, itself excluded."""
        if self._inlinks is None:
            self._inlinks = Inlinks()
            for source, exports in self._files.items():
                refs: tuple[LinkRef, ...] = (exports or _NOTHING).get(("link", source), ())
                self._inlinks.put(source, refs, self._names)
        return self._inlinks.of(file)

    def ask(self, keys: Iterable[Key], bindings: Bindings) -> None:
        """Ask what rules have asked of another index over the same files.

        What is computed when it is first asked for is told of changes only from then on.
        """
        for family, *rest in keys:
            if family == "inlink":
                self.inlinks(rest[0])
            elif family == "term-use":
                self.term_users(bindings, *rest)
            elif family == "glob":
                with suppress(ConfigError):  # a glob that cannot be read matches nothing, ever
                    self.matches(rest[0])

    def matches(self, glob: str) -> bool:
        """Return whether any file of the vault matches ``glob``."""
        if glob not in self._globs:
            compiled = Globs((glob,))
            self._globs[glob] = (compiled, {file for file in self._files if compiled.match(file)})
        return bool(self._globs[glob][1])

    def term_users(self, bindings: Bindings, vocabulary: str, term: str) -> int:
        """Return how many notes use ``term`` in a property bound to ``vocabulary``."""
        if self._terms is None:
            self._terms = TermsInUse(bindings, self._files)
        return self._terms.count(vocabulary, term)


def _parts(outline: Outline | None) -> set[str]:
    return {key for _, key in outline[0]} | {*outline[1]} if outline else set()
