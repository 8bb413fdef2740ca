"""What holds for every chart at every width, over realistic random records."""

import re
from itertools import combinations

import pytest

from dashboard.charts.standalone_svg import standalone
from dashboard.charts.styles import KNOWN, PALETTES, attributes
from tests.dashboard.charts.drawn import every, hidden
from tests.dashboard.charts.made import parsed, size, texts

SEEDS = range(4)
DRAWN = {seed: every(seed) for seed in SEEDS}
NAMES = sorted({name for name, _ in DRAWN[0]})


def of(name: str) -> list[str]:
    return [svg for seed in SEEDS for n, svg in DRAWN[seed] if n == name]


@pytest.mark.parametrize("name", NAMES)
def test_no_two_texts_cover_each_other(name: str) -> None:
    for svg in of(name):
        clashes = [(a.words, b.words) for a, b in combinations(texts(svg), 2) if a.covers(b)]
        assert clashes == [], (size(svg), clashes)


@pytest.mark.parametrize("name", NAMES)
def test_no_text_leaves_the_drawing(name: str) -> None:
    for svg in of(name):
        width, height = size(svg)
        for t in texts(svg):
            if "wide-only" not in t.css:  # the scale's values stand left of the first tile on purpose
                assert t.left >= -1, (width, t)
                assert t.right <= width + 1, (width, t)
                assert t.top >= -1, (width, t)
                assert t.bottom <= height + 1, (width, t)


@pytest.mark.parametrize("name", NAMES)
def test_every_drawing_says_its_facts_in_words(name: str) -> None:
    for svg in of(name):
        root = parsed(svg)
        assert root.get("role") == "img"
        assert len(root.get("aria-label", "")) > 10


@pytest.mark.parametrize("name", NAMES)
def test_every_member_of_a_set_says_the_width_it_is_drawn_for(name: str) -> None:
    for svg in of(name):
        if name != "tile":
            assert parsed(svg).get("data-w") == f"{size(svg)[0]:g}"


@pytest.mark.parametrize("name", NAMES)
def test_names_from_outside_are_text_and_never_markup(name: str) -> None:
    for svg in of(name):
        assert not list(parsed(svg).iter("b"))
        assert "<b>" not in svg


@pytest.mark.parametrize("name", NAMES)
def test_type_is_never_below_13_pixels(name: str) -> None:
    for svg in of(name):
        for node in parsed(svg).iter("text"):
            assert float(attributes(node.get("class", ""), "screen")["font-size"]) >= 13


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("name", NAMES)
def test_every_class_has_its_look_on_screen_and_in_grey(name: str, palette: str) -> None:
    for svg in of(name):
        alone = standalone(svg, palette=palette)
        parsed(alone)
        assert "class=" not in alone
        assert "var(" not in alone
        if palette == "print":
            colours = set(re.findall(r"#[0-9a-f]{6}\b", alone))
            assert all(c[1:3] == c[3:5] == c[5:7] for c in colours), colours


def test_marks_that_repeat_words_are_hidden_and_have_a_look_too() -> None:
    for name, svg in hidden():
        root = parsed(svg)
        assert root.get("aria-hidden") == "true", name
        assert root.get("role") is None, name
        assert "class=" not in standalone(svg, palette="print"), name


def test_nothing_is_drawn_with_a_number_that_is_not_one() -> None:
    for seed in SEEDS:
        for name, svg in DRAWN[seed]:
            assert not re.search(r'="[^"]*\b(nan|inf)\b', re.sub(r'aria-label="[^"]*"', "", svg)), name


def test_a_class_without_a_look_is_refused() -> None:
    with pytest.raises(LookupError, match="no look is known for the class 'glitter'"):
        attributes("t glitter", "print")


def test_every_rule_is_reached_by_a_class_that_is_known() -> None:
    assert {"t", "raw", "subject", "area-none", "gl-W"} <= KNOWN
