"""One warehouse, built from the figures in `data/series` by the command itself; one app on top of it."""

import os
import shutil
from collections import Counter
from functools import partial
from pathlib import Path

import duckdb
import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings

from dashboard.register import passwords
from tests.bundled import bundled_warehouse, kept_folder

ROOT = Path(__file__).parent.parent
WEIGHTS = {"slow": 4, "browser": 1, "postgres": 1}
"""About how many seconds a test marked so takes."""
IN_CI = bool(os.environ.get("CI"))
# Property tests judge values, not the clock: a busy machine must not fail them. `tests/run fast` names the smaller profile.
settings.register_profile("full", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fast", settings.get_profile("full"), max_examples=15)
settings.load_profile("full")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Files with the longest tests first: a worker that begins with one last keeps every other waiting."""
    weights = Counter()
    for item in items:
        weights[item.path] += max((weight for mark, weight in WEIGHTS.items() if item.get_closest_marker(mark)), default=0.05)
    items.sort(key=lambda item: -weights[item.path])


@pytest.fixture(scope="session", autouse=True)
def one_thread_a_database():
    """DuckDB works with one thread here: a test worker runs on each processor, and a toy release is too small for several."""
    connect = duckdb.connect

    def connect_with_one(database=":memory:", read_only=False, config=None):
        return connect(database, read_only=read_only, config={"threads": 1, **(config or {})})

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(duckdb, "connect", connect_with_one)
        yield


@pytest.fixture(scope="session", autouse=True)
def real_hasher():
    """The site's own password hasher; the tests hash with a cheap one, since a real hash takes a tenth of a second on purpose."""
    real = passwords._HASHER
    passwords._HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return real


@pytest.fixture
def costly_passwords(real_hasher, monkeypatch):
    """Passwords are hashed as on the site."""
    monkeypatch.setattr(passwords, "_HASHER", real_hasher)


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
    """A folder holding the bundled release, kept from run to run, and built anew in CI. Queries are pointed at it."""
    built = bundled_warehouse(_shared_by_workers(tmp_path_factory) / "bundled" if IN_CI else kept_folder())
    # A worker's own folder: some tests publish, move the pointer or note a refusal, and no other worker may see it.
    folder = tmp_path_factory.mktemp("warehouse") / "own"
    shutil.copytree(built, folder)
    os.environ["WAREHOUSE_DIR"] = str(folder)
    return folder


def _shared_by_workers(tmp_path_factory):
    """The folder of this run that its parallel workers have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


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
