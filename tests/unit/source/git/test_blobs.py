"""Contents from git: by id, across processes, and when there are none."""

import os
import pickle
import sys

import pytest

from tests.git_repository import Repo, needs_git
from vaultlint.errors import SourceError
from vaultlint.source.git import blobs as module
from vaultlint.source.git.blobs import Blobs, blob_id
from vaultlint.source.git.repository import find_repository

pytestmark = needs_git


@pytest.fixture
def blobs(repo):
    opened = Blobs(find_repository(repo.root))
    yield opened
    opened.close()


def put(repo, data):
    repo.write({"x": data})
    return repo.git("hash-object", "-w", "--no-filters", "x").strip()


CONTENTS = [b"", b"a", b"\n", b"no end", b"\0\xff\r\n\n", b"x" * 3_000_000]


def test_contents_come_as_they_went(repo, blobs):
    ids = [put(repo, data) for data in CONTENTS]
    assert [blobs.read(each) for each in ids] == CONTENTS
    assert [blob_id(data, ids[0]) for data in CONTENTS] == ids


def test_ids_of_the_other_hash(tmp_path):
    repo = Repo(tmp_path / "sha256", "--object-format=sha256")
    for data in CONTENTS[:4]:
        assert blob_id(data, "0" * 64) == put(repo, data)


def test_what_is_not_there_fails_and_the_next_is_read(repo, blobs):
    here = put(repo, b"here")
    with pytest.raises(SourceError, match="not in this clone"):
        blobs.read("0" * 40)
    assert blobs.read(here) == b"here"


def test_what_is_too_large_is_not_read(repo, blobs, monkeypatch):
    monkeypatch.setattr(module, "MAX_READ_BYTES", 10)
    small, large = put(repo, b"x" * 10), put(repo, b"x" * 11)
    with pytest.raises(SourceError, match="larger than"):
        blobs.read(large)
    assert blobs.read(small) == b"x" * 10


def test_a_git_that_ended_is_an_error_once(repo, blobs):
    here = put(repo, b"here")
    blobs.read(here)
    blobs._git.kill()
    blobs._git.wait()
    with pytest.raises(SourceError, match=r"git ended|not in this clone"):
        blobs.read(here)


def test_a_copy_by_pickling_reads_on_its_own(repo, blobs):
    here = put(repo, b"here")
    blobs.read(here)
    copy = pickle.loads(pickle.dumps(blobs))
    try:
        assert copy.read(here) == b"here"
        assert copy._git.pid != blobs._git.pid
    finally:
        copy.close()


@pytest.mark.skipif(sys.platform != "linux", reason="fork")
def test_a_copy_by_fork_reads_on_its_own(repo, blobs):
    here = put(repo, b"here")
    assert blobs.read(here) == b"here"
    child = os.fork()
    if child == 0:
        try:
            os._exit(0 if blobs.read(here) == b"here" else 1)
        finally:
            os._exit(2)
    assert os.waitpid(child, 0)[1] == 0
    assert blobs.read(here) == b"here"
