"""The scopes that git gives a check: what is staged, and what a change caused.

Invariant: what is staged is checked as a fresh clone of the next commit would be: files that git
does not track are not there. Beside a folder, files that git was told to ignore count as unchanged.

Tests: tests/unit/cli/test_scope.py, tests/test_pre_commit.py
"""

import contextlib
from collections.abc import Collection, Iterable, Sequence
from functools import partial
from pathlib import Path

import click

from vaultlint.cli.failure import complain
from vaultlint.cli.place import Place
from vaultlint.cli.scope_options import Scoping
from vaultlint.cli.work import NOTHING, Opening, Work
from vaultlint.diagnostics import Diagnostic, Notice, Safety
from vaultlint.engine.since import Caused, Texts, known_findings
from vaultlint.errors import ConfigError, SchemaError, UsageError
from vaultlint.note.model import NoteId
from vaultlint.source import Source
from vaultlint.source.folder import FolderSource
from vaultlint.source.git.changes import ignored_files, partly_staged, staged_files
from vaultlint.source.git.commits import base_of, commit_of, merged_in
from vaultlint.source.git.diff import Difference
from vaultlint.source.git.listing import Listing, committed, empty_tree, files_of, staged
from vaultlint.source.git.repository import NoRepository, Repository, find_repository
from vaultlint.source.git.source import GitSource
from vaultlint.source.mixed import MixedSource
from vaultlint.source.moments import KnownSource, MovingSource
from vaultlint.vault.keys import has_facts


def open_scoped(place: Place, opening: Opening, scoping: Scoping, *, fixing: bool) -> Work:
    """Return the work that ``scoping`` asks for; ``fixing`` says that notes may be written.

    Raises UsageError without a repository, unless the files to check are named: they are then
    checked as they lie there.
    """
    try:
        repository = find_repository(place.root)
    except NoRepository as error:
        if not (scoping.staged and place.within):
            raise
        complain(f"{error}; the files named are checked as they are on disk")
        return opening.work(place)
    vault = _Vault(repository, place.root, scoping, gitignore=opening.gitignore, fixing=fixing)
    kind = _GitWork if scoping.changed_since is None else _Comparison
    return kind(place, opening, vault)


class _Vault:
    """The vault in its repository: the sources that git makes of it."""

    def __init__(
        self,
        repository: Repository,
        root: Path,
        scoping: Scoping,
        *,
        gitignore: bool,
        fixing: bool,
    ) -> None:
        self.repository = repository
        self.scoping = scoping
        self.folder = FolderSource(root, gitignore=gitignore)
        self.listing: Listing = {}
        self.fixable = self.partly = frozenset[NoteId]()
        self.writes_staged = scoping.staged and fixing
        self.now = self._staged() if scoping.staged else self.folder

    def _staged(self) -> Source:
        """Return what is staged; what may be fixed as it lies in the work tree, which is the same."""
        listing = self.listing = staged(self.repository)
        if self.writes_staged:
            head = commit_of(self.repository, "HEAD") or empty_tree(self.repository)
            touched = staged_files(self.repository, head) & files_of(listing)
            self.partly = touched & partly_staged(self.repository)
            self.fixable = touched - self.partly
        index = self._opened(listing)
        return MixedSource(index, self.folder, self.fixable, index.submodules)

    def commit(self, listing: Listing, unchanged: Iterable[NoteId] = ()) -> Source:
        """Return what a commit holds, with the ``unchanged`` files as they lie there now."""
        tree = self._opened(listing)
        return MixedSource(tree, self.folder, frozenset(unchanged), tree.submodules)

    def _opened(self, listing: Listing) -> GitSource:
        """Return a source of git's that ends with the command, however that ends."""
        source = GitSource(self.repository, listing, self.folder)
        click.get_current_context().call_on_close(source.close)
        return source


class _GitWork(Work):
    """A check of what is staged."""

    def __init__(self, place: Place, opening: Opening, vault: _Vault) -> None:
        self._vault = vault
        self._moving = MovingSource(vault.now)
        self.written_is_staged = not vault.writes_staged
        stored_as = "git index" if vault.scoping.staged else "git tree and folder"
        super().__init__(opening.session(place, self._moving, stored_as), place)

    def may_fix(self, file: NoteId) -> bool:
        """Return whether fixes may be written to ``file``: in a commit, to what is staged whole."""
        within = not self._vault.writes_staged or file in self._vault.fixable
        return within and super().may_fix(file)

    def left_alone(self, least: Safety, known: frozenset[str] = NOTHING) -> tuple[Notice, ...]:
        """Return which notes have fixes but are staged only in part."""
        rules: dict[NoteId, set[str]] = {}
        for finding in self.found(known):
            if finding.file in self._vault.partly:
                fix = self.session.advise(finding).fix
                if fix is not None and fix.safety >= least:
                    rules.setdefault(finding.file, set()).add(finding.rule)
        return tuple(
            Notice("not-fixable", tuple(sorted(rules[file])), file, _PARTLY) for file in rules
        )


_PARTLY = "it is staged only in part, so it was left exactly as it is"


class _Comparison(_GitWork):
    """A check of what was caused since a commit: both moments, in one session."""

    tells_which = True
    _caused: Caused | None = None

    def load(self) -> None:
        """Find what was known, then what there is now. Raises what ``Session.apply`` raises."""
        vault, repository, scoping = self._vault, self._vault.repository, self._vault.scoping
        revision = scoping.changed_since or ""
        base = base_of(repository, revision)
        listing = {} if base is None else committed(repository, base)
        before = vault.commit(listing, () if scoping.staged else ignored_files(repository))
        if scoping.staged and listing == vault.listing:  # the change is about other files
            self._load_past(before, vault.now, revision)
            self._caused = Caused(known_findings(self.session, {}), lambda _: {})
            return
        now = vault.now if scoping.staged else KnownSource(vault.now, before.list(), has_facts)
        changed = base and Difference(repository, base, listing, cached=scoping.staged)
        self._load_past(before, now, revision)
        known = known_findings(self.session, changed.renamed if changed else {})
        # What a merge brings along was found on the other branch.
        for commit in merged_in(repository) if scoping.staged else ():
            with contextlib.suppress(ConfigError, SchemaError, UsageError):
                self._move(vault.commit(committed(repository, commit)))
                known |= known_findings(self.session, {})
        self._move(now)
        self._caused = Caused(known, partial(_new_lines, before.list(), changed or None))

    def found(self, known: frozenset[str] = NOTHING) -> list[Diagnostic]:
        """Return what was caused in the files asked for; nothing before that is known."""
        if self._caused is None:
            return []
        unknown = self._caused._replace(known=self._caused.known | known)
        caused = unknown.among(self.session, strictly=self._vault.scoping.changed_lines)
        return [finding for finding in caused if self.place.covers(finding.file)]

    def concerns(self, finding: Diagnostic) -> bool:
        """Return whether ``finding`` was caused."""
        return self._caused is not None and self._caused.is_new(finding)

    def _load_past(self, before: Source, now: Source, revision: str) -> None:
        try:
            self._move(before)
        except (ConfigError, SchemaError, UsageError) as error:
            self._move(now)  # raises if it is today's configuration that does not load
            complain(
                f"the configuration at {revision} cannot be used ({error.message}); "
                "its notes are judged by the present one"
            )
            self._move(MixedSource(before, now, self.session.config.inputs))

    def _move(self, moment: Source) -> None:
        self._moving.now = moment
        self.session.apply()


def _new_lines(
    before: Collection[NoteId], changed: Difference | None, texts: Texts
) -> dict[NoteId, Sequence[range] | None]:
    """Return which lines are new since ``before``; of a file without lines, all or none."""
    new: dict[NoteId, Sequence[range] | None] = {file: None for file in texts if file not in before}
    if changed is None:
        return new
    there = texts.keys() & changed.changed
    told = changed.lines([file for file in there if texts[file]])
    return new | {file: told.get(file) for file in there}
