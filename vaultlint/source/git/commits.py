"""Which commit a person means, and from where two lines of work went apart.

Invariant: what a person typed is only ever read as the name of a commit.

Source: git-rev-parse(1), git-merge-base(1).

Tests: tests/unit/source/git/test_commits.py
"""

from difflib import get_close_matches
from pathlib import Path

from vaultlint.errors import UsageError
from vaultlint.note.model import NoteId
from vaultlint.source.git.repository import GitFailed, Repository

_DEEPEN = "fetch the history first: 'git fetch --unshallow' (in a workflow: fetch-depth: 0)"


def base_of(repository: Repository, revision: str) -> str | None:
    """Return the commit at which the work on HEAD left ``revision``: their merge base.

    None stands for no commit at all: HEAD before the first commit. Raises UsageError for a name
    that git does not know, and where the two have no common commit, be it that it was not fetched.
    """
    named = commit_of(repository, revision)
    head = named if revision == "HEAD" else commit_of(repository, "HEAD")
    if named is None and revision in ("HEAD", "@") and _is_unborn(repository):
        return None
    if named is None:
        raise UsageError(f"git knows no commit {revision!r}{_hint(repository, revision)}")
    if head is None or head == named:
        return named
    base = repository.ask("merge-base", named, head, none=1).decode("ascii").strip()
    if base:
        return base
    if is_shallow(repository):
        raise UsageError(
            f"the clone is shallow and lacks the commit that HEAD and {revision!r} share; {_DEEPEN}"
        )
    raise UsageError(f"HEAD and {revision!r} have no commit in common")


def commit_of(repository: Repository, revision: str) -> str | None:
    """Return the id of the commit that ``revision`` names, None if git knows none."""
    if not revision or revision.startswith("-") or "\0" in revision:
        return None
    try:
        found = repository.ask("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", none=1)
    except GitFailed:
        return None
    return found.decode("ascii").strip() or None


def _hint(repository: Repository, revision: str) -> str:
    """Return what to do about a name that git does not know, to be put after that: maybe nothing."""
    refs = repository.ask("for-each-ref", "--format=%(refname:lstrip=2)").decode("utf-8", "replace")
    names = refs.split()
    branch = revision.rpartition("/")[2]
    meant = [name for name in names if name.endswith(f"/{revision}") or name == branch]
    if not meant and is_shallow(repository):
        return f"; if it was not fetched, {_DEEPEN}"
    remote, _, branch = revision.partition("/")
    remotes = repository.ask("remote").decode("utf-8", "replace").split()
    if not meant and branch and remote in remotes:
        fetched = f"git fetch {remote} {branch}:refs/remotes/{revision}"
        return f"; if it is a branch that was not fetched: {fetched!r}"
    near = meant or get_close_matches(revision, names, 1)
    return f"; did you mean {near[0]!r}?" if near else ""


def last_change(repository: Repository, file: NoteId) -> str | None:
    """Return the last commit that changed ``file`` of the vault, else HEAD; None before the first."""
    head = commit_of(repository, "HEAD")
    if head is None:
        return None
    path = repository.prefix + file
    return repository.ask("rev-list", "-1", head, "--", path).decode("ascii").strip() or head


def merged_in(repository: Repository) -> tuple[str, ...]:
    """Return the commits that the next commit merges into HEAD: none unless a merge goes on."""
    path = repository.ask("rev-parse", "--git-path", "MERGE_HEAD").decode().removesuffix("\n")
    try:
        text = Path(repository.top, path).read_text(encoding="ascii")
    except (OSError, ValueError):
        return ()
    commits = (commit_of(repository, line) for line in text.split())
    return tuple(commit for commit in commits if commit is not None)


def _is_unborn(repository: Repository) -> bool:
    """Return whether HEAD is a branch without a commit."""
    return bool(repository.ask("symbolic-ref", "--quiet", "HEAD", none=1)) and not repository.ask(
        "rev-parse", "--verify", "--quiet", "HEAD", none=1
    )


def is_shallow(repository: Repository) -> bool:
    """Return whether the clone lacks a part of the history."""
    return repository.ask("rev-parse", "--is-shallow-repository").strip() == b"true"
