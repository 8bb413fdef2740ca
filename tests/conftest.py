"""One warehouse, built from the figures in `data/series` by the command itself; one app on top of it."""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
IN_CI = bool(os.environ.get("CI"))


@pytest.fixture(scope="session")
def published_data():
    """The publishers' own files: $PUBLISHED_DATA, or a folder `shared/data` beside this project's."""
    folder = Path(os.environ.get("PUBLISHED_DATA") or ROOT.parent / "shared" / "data")
    if folder.is_dir():
        return folder
    reason = f"the published files are not at {folder}: set PUBLISHED_DATA to the folder that holds them"
    if IN_CI:
        pytest.fail(reason)
    return pytest.skip(reason)


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory):
    """A folder holding one release, made as a fresh clone makes it. Queries are pointed at it."""
    folder = tmp_path_factory.mktemp("warehouse")
    built = subprocess.run(
        [sys.executable, "-m", "etl", "build", "--warehouse", str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stdout + built.stderr
    os.environ["WAREHOUSE_DIR"] = str(folder)
    return folder


@pytest.fixture(scope="session")
def app(warehouse, tmp_path_factory):
    """The site, with pages of the tests' own beside the real ones. One a process: Dash allows no more."""
    os.environ["REGISTER_URL"] = f"sqlite:///{tmp_path_factory.mktemp('register') / 'register.sqlite'}"
    from dashboard.factory import create_app
    from tests.try_pages import TRY_PAGES

    return create_app(extra_pages=TRY_PAGES)


@pytest.fixture
def get(app):
    """Asks the app for an address, without a browser."""
    return partial(app.server.test_client().get, buffered=True)
