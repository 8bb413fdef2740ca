"""The picture in the documents is the code: who may import whom."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# `tests/run fast` runs the same contracts among the linters.
pytestmark = pytest.mark.slow


def test_nobody_imports_uphill():
    lint = subprocess.run([Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False)
    assert lint.returncode == 0, lint.stdout
