"""Pages made before they are asked for, and each of one release, whatever goes live meanwhile."""

from contextlib import contextmanager

import pytest
from sqlalchemy import select

from dashboard.figures import live_release, queries
from dashboard.site import warm
from dashboard.site.warm import Warmer, addresses_of
from etl import warehouse as tables
from etl.warehouse.proof import note_path
from tests.etl.broken_releases import another_release as published_beside

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
    release = published_beside(warehouse, "2031-01-01-another")
    yield release.name
    release.unlink()
    note_path(release).unlink()


def test_pages_are_rendered_once_per_release_before_readers_ask(app):
    rests = []
    warmer = Warmer(app, lambda: FEW, rests.append)
    assert warmer.look() == len(FEW)
    assert len(rests) == len(FEW)
    made = app.answers.times_made
    for address in FEW:
        assert app.server.test_client().get(address, buffered=True).status_code == 200
    assert app.answers.times_made == made
    assert warmer.look() == 0


def test_pages_of_a_new_release_are_rendered_before_readers_ask(app, warehouse, another_release):
    warmer = Warmer(app, lambda: FEW, lambda _seconds: None)
    warmer.look()
    with pointing_at(warehouse, another_release):
        assert warmer.look() == len(FEW)
        made = app.answers.times_made
        app.server.test_client().get(FEW[0], buffered=True)
        assert app.answers.times_made == made


def test_release_going_live_while_warming_starts_it_again(app, warehouse, another_release):
    pointer = warehouse / "current"
    before = pointer.read_text()
    warmer = Warmer(app, lambda: FEW, lambda _seconds: pointer.write_text(another_release))
    try:
        assert warmer.look() == 1
        assert warmer.look() == len(FEW)
    finally:
        pointer.write_text(before)


def test_warming_goes_on_where_the_pointer_is_gone(app, warehouse):
    warmer = Warmer(app, lambda: FEW, lambda _seconds: None)
    warmer.look()
    pointer = warehouse / "current"
    kept = pointer.rename(warehouse / "current.kept")
    try:
        assert warmer.look() == 0
        assert app.server.test_client().get(FEW[0], buffered=True).status_code == 200
    finally:
        kept.rename(pointer)
    assert warmer.look() == 0
    assert live_release.releases().now().trouble is None


def test_a_new_release_does_not_wait_longer_than_it_may(app, warehouse, another_release, monkeypatch):
    warmer = Warmer(app, lambda: FEW, lambda _seconds: None)
    warmer.look()
    monkeypatch.setattr(warm, "AT_MOST_SECONDS", 0.0)
    with pointing_at(warehouse, another_release):
        assert warmer.look() == 0
        assert queries.release().name == "2031-01-01-another"
        assert warmer.look() == len(FEW)


def test_warming_covers_every_page_and_place_but_no_readers_own_view(app):
    addresses = addresses_of(app)
    assert len(addresses) == len(set(addresses))
    assert {"/", "/london", "/mopac-7", "/justice", "/data/revisions", "/borough/E09000006", "/borough/BCU-SN"} <= set(addresses)
    assert sum(address.startswith("/borough/") for address in addresses) == 33 + 12
    assert not any("<" in address or "sign-in" in address for address in addresses)


def test_series_of_a_page_are_forgotten_once_no_page_is_made(app, warehouse):
    queries.area_series("E09000006", ("burglary",))
    at_first = live_release.forget_series_once_idle(0)
    queries.area_series("E09000007", ("burglary",))
    busy = live_release.forget_series_once_idle(at_first)
    assert busy > at_first > 0
    assert any(answers.cache_info().currsize for answers in live_release.releases().now().release.longest(3))
    assert live_release.forget_series_once_idle(busy) == 0
    assert not any(answers.cache_info().currsize for answers in live_release.releases().now().release.longest(3))
    assert queries.area_series("E09000006", ("burglary",))[0].points


def test_page_uses_one_release_even_if_another_goes_live_meanwhile(app, warehouse, another_release):
    live = queries.release().name
    with live_release.one_release(), pointing_at(warehouse, another_release):
        assert [r.name for r in live_release.rows(select(tables.release.c.name))] == [live]
    with pointing_at(warehouse, another_release):
        assert queries.release().name == "2031-01-01-another"
    assert queries.release().name == live
