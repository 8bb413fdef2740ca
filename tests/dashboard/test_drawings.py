"""Pictures at addresses of their own, for a report or another site: whole in themselves, and kept for ever."""

import xml.etree.ElementTree as ET

import pytest

from dashboard.site.drawings import KINDS, drawing_address
from etl.core.areas import LONDON

BURGLARY = "burglary"


@pytest.mark.parametrize("kind", KINDS)
def test_chart_file_needs_nothing_from_elsewhere(get, kind):
    answer = get(drawing_address(kind, BURGLARY, LONDON))
    root = ET.fromstring(answer.data)  # noqa: S314 (our own drawing)
    assert answer.mimetype == "image/svg+xml"
    assert root.get("role") == "img"
    assert "London" in root.get("aria-label")
    assert not [part for part in root.iter() if part.get("class")]


def test_chart_of_a_named_release_is_cached_for_ever(get):
    assert "immutable" in get(drawing_address("line", BURGLARY, LONDON)).headers["Cache-Control"]


def test_live_chart_address_redirects_to_the_current_release(get):
    answer = get(f"/chart/live/line/{BURGLARY}/{LONDON}.svg")
    assert (answer.status_code, answer.headers["Location"]) == (302, drawing_address("line", BURGLARY, LONDON))
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (f"/chart/live/pie/{BURGLARY}/{LONDON}.svg", "There are: line"),
        (f"/chart/live/line/burglry/{LONDON}.svg", "burglary"),
        (f"/chart/live/line/{BURGLARY}/E00000000.svg", "E00000000"),
        (f"/chart/1999-01-01-abc/line/{BURGLARY}/{LONDON}.svg", "no longer held"),
    ],
)
def test_missing_chart_gets_an_answer_in_words(get, address, expected):
    answer = get(address)
    assert answer.status_code == 404
    assert answer.mimetype == "text/plain"
    assert expected in answer.get_data(as_text=True)


def test_pictures_are_made_few_at_once_and_each_of_them_once(app, get):
    kept, not_kept = drawing_address("card", BURGLARY, LONDON), drawing_address("line-narrow", "robbery", LONDON)
    picture = get(kept)
    with app.answers.workshop.full():
        assert get(kept).data == picture.data
        assert app.server.test_client().head(kept).status_code == 200
        assert get(not_kept).status_code == 503
    assert get(not_kept).status_code == 200
