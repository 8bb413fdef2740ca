"""A small warehouse of made-up figures, built once and copied for each test that would change it."""

import shutil
from pathlib import Path

import pytest

from tests.etl.commands import done
from tests.etl.made import edition


@pytest.fixture(scope="session")
def small_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One made-up edition, months June 2023 to May 2025. Read it; do not change it."""
    folder = tmp_path_factory.mktemp("small")
    done("add", edition().write(folder / "made.csv"), "--warehouse", folder / "warehouse")
    return folder / "warehouse"


@pytest.fixture
def live(small_warehouse: Path, tmp_path: Path) -> Path:
    """A copy of the small warehouse, for one test."""
    return Path(shutil.copytree(small_warehouse, tmp_path / "warehouse"))
