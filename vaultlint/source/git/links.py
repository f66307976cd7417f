"""Symbolic links among the entries of an index or a commit: where they lead, by their text alone.

They count as in a folder (see ``source.walk``): a link that stays among the visible files of the
vault is the file or folder that it leads to, any other is told as a problem. An absolute one leads
out, whatever this machine holds there.

Tests: tests/unit/source/git/test_links.py
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from vaultlint.note.model import NoteId
from vaultlint.source import SourceProblem, is_hidden
from vaultlint.source.problems import MAX_LINKED_FILES, link_problem

_MOST_STEPS = 40  # as Linux allows on one way


class Added(NamedTuple):
    """The files that links add, each with the file it stands for, and the links left out."""

    files: dict[NoteId, NoteId]
    problems: list[SourceProblem]


class Links:
    """The links of one listing: ``texts`` holds what each says.

    ``prefix`` leads from the top of the repository to the vault; ``files`` are regular ones,
    ``folders`` known to be folders although nothing is listed in them.
    """

    def __init__(
        self,
        prefix: str,
        texts: Mapping[NoteId, str],
        files: Iterable[NoteId],
        folders: Iterable[NoteId] = (),
    ) -> None:
        self._above = prefix.rstrip("/").split("/") if prefix else []
        self._texts = texts
        self._files = frozenset(files)
        self._folders = frozenset(folders)
        self._names = sorted({*self._files, *texts}) if texts else []

    def real(self, file: NoteId) -> NoteId | None:
        """Return the path without links that ``file`` stands for, None if it leads out.

        Raises RecursionError for links that lead back to themselves.
        """
        within = len(self._above)
        done, todo = list(self._above), file.split("/")[::-1]
        steps = 0
        while todo:
            part = todo.pop()
            if part == "..":
                if not done:
                    return None
                done.pop()
            elif part not in ("", "."):
                done.append(part)
                text = self._texts.get("/".join(done[within:]))
                if text is not None:
                    steps += 1
                    if steps > _MOST_STEPS:
                        raise RecursionError
                    if text.startswith("/"):
                        return None
                    done.pop()
                    todo += text.split("/")[::-1]
        return "/".join(done[within:]) if done[:within] == self._above else None

    def added(self) -> Added:
        """Return what the visible links add to the listing."""
        added = Added({}, [])
        folders = [
            (link, real)
            for link in sorted(self._texts)
            if not is_hidden(link) and (real := self._place(link, link, added)) is not None
        ]
        own = len(added.files)
        for link, real in folders:
            if len(added.files) - own > MAX_LINKED_FILES:
                added.problems.append(link_problem(link, "limit"))
                continue
            for name in self._below(real):
                file = f"{link}/{name}"
                if name and self._place(f"{real}/{name}", file, added) is not None:
                    added.problems.append(link_problem(file, "nested"))
        return added

    def _place(self, file: NoteId, seen_as: NoteId, added: Added) -> NoteId | None:
        """Take in one file or link. Return the folder, if it leads to one that may be walked."""
        try:
            real = self.real(file)
        except RecursionError:
            added.problems.append(link_problem(seen_as, "circle"))
            return None
        if real is None or is_hidden(real):
            reason = "outside"
        elif real in self._files:
            added.files[seen_as] = real
            return None
        elif real and real not in self._folders and next(self._below(real), None) is None:
            reason = "broken"
        elif f"{file.rpartition('/')[0]}/".startswith(f"{real}/".lstrip("/")):
            reason = "ancestor"
        else:
            return real
        added.problems.append(link_problem(seen_as, reason))
        return None

    def _below(self, folder: NoteId) -> Iterator[str]:
        """Yield the visible files and links in ``folder`` by their path in it.

        Yields "" where there are only hidden ones.
        """
        lead = f"{folder}/"
        at = first = bisect_left(self._names, lead)
        visible = False
        while at < len(self._names) and self._names[at].startswith(lead):
            name = self._names[at][len(lead) :]
            if not is_hidden(name):
                visible = True
                yield name
            at += 1
        if at > first and not visible:
            yield ""
