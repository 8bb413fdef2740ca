"""Pages made before they are asked for, and each of one release, whatever goes live meanwhile."""

import shutil
from contextlib import contextmanager

import duckdb
import pytest
from sqlalchemy import select

from dashboard.figures import live_release, queries
from dashboard.site.warm import Warmer, addresses_of
from etl import warehouse as tables

FEW = ("/data/words", "/data/accessibility", "/boroughs")


@contextmanager
def pointing_at(folder, name):
    """The pointer moved, as publishing moves it, and moved back."""
    pointer = folder / "current"
    before = pointer.read_text()
    pointer.write_text(name)
    try:
        yield
    finally:
        pointer.write_text(before)


@pytest.fixture(scope="module")
def another_release(warehouse):
    """The file name of a second release beside the live one, the same but for its name."""
    name = "2031-01-01-another.duckdb"
    shutil.copy(warehouse / (warehouse / "current").read_text().strip(), warehouse / name)
    with duckdb.connect(str(warehouse / name)) as connection:
        connection.execute("UPDATE release SET name = '2031-01-01-another'")
    yield name
    (warehouse / name).unlink()


def test_pages_are_made_once_for_a_release_and_readers_find_them_made(app):
    rests = []
    warmer = Warmer(app, lambda: FEW, rests.append)
    assert warmer.look() == len(FEW)
    assert len(rests) == len(FEW)
    made = app.answers.times_made
    for address in FEW:
        assert app.server.test_client().get(address, buffered=True).status_code == 200
    assert app.answers.times_made == made
    assert warmer.look() == 0


def test_new_release_has_its_pages_made_before_they_are_asked_for(app, warehouse, another_release):
    warmer = Warmer(app, lambda: FEW, lambda _seconds: None)
    warmer.look()
    with pointing_at(warehouse, another_release):
        assert warmer.look() == len(FEW)
        made = app.answers.times_made
        app.server.test_client().get(FEW[0], buffered=True)
        assert app.answers.times_made == made


def test_release_that_goes_live_during_the_work_begins_it_anew(app, warehouse, another_release):
    pointer = warehouse / "current"
    before = pointer.read_text()
    warmer = Warmer(app, lambda: FEW, lambda _seconds: pointer.write_text(another_release))
    try:
        assert warmer.look() == 1
        assert warmer.look() == len(FEW)
    finally:
        pointer.write_text(before)


def test_warehouse_that_is_gone_for_a_while_stops_nothing(app, warehouse):
    warmer = Warmer(app, lambda: FEW, lambda _seconds: None)
    pointer = warehouse / "current"
    kept = pointer.rename(warehouse / "current.kept")
    try:
        assert warmer.look() == 0
    finally:
        kept.rename(pointer)
    assert warmer.look() == len(FEW)


def test_every_standing_page_and_every_place_is_made_and_nothing_of_one_reader(app):
    addresses = addresses_of(app)
    assert len(addresses) == len(set(addresses))
    assert {"/", "/london", "/mopac-7", "/justice", "/data/revisions", "/borough/E09000006", "/borough/BCU-SN"} <= set(addresses)
    assert sum(address.startswith("/borough/") for address in addresses) == 33 + 12
    assert not any("<" in address or "sign-in" in address for address in addresses)


def test_page_is_made_of_one_release_though_another_goes_live_meanwhile(app, warehouse, another_release):
    live = queries.release().name
    with live_release.one_release(), pointing_at(warehouse, another_release):
        assert [r.name for r in live_release.rows(select(tables.release.c.name))] == [live]
    with pointing_at(warehouse, another_release):
        assert queries.release().name == "2031-01-01-another"
    assert queries.release().name == live
