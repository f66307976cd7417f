"""A short soak, and by VAULTLINT_LONG=1 one of twenty minutes."""

import shutil
import sys

import pytest

from tests.watch.running import LONG
from tests.watch.soak import soak

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("git") is None, reason="needs /proc and git"
)


def test_what_editors_wrote_is_there_and_so_are_the_findings(tmp_path):
    figures = soak(tmp_path, minutes=20 if LONG else 0.15, seed=11)
    assert figures["actions"]
    assert figures["events"]["current"] >= 2
