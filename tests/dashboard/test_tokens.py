"""Colours that stand on each other can be told apart, on screen and in the greys of print (WCAG 2.2: 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "assets" / "1-tokens.css").read_text(encoding="utf-8")
SCREEN, _, PRINT = TOKENS.partition("@media print")
PAPERS = ("paper", "tint", "tint-2")
TEXT = [(ink, paper) for ink in ("ink", "ink-2", "blue") for paper in PAPERS]
TEXT += [(f"on-{fill}", fill) for fill in ("blue", "orange", "pink", "slate", "rag-red", "rag-green")]
TEXT += [("ink", "rag-amber"), ("ink", "band"), ("ink", "band-2"), ("ink", "shade"), ("blue-deep", "paper"), ("pink", "paper")]
MARKS = [(mark, "paper") for mark in ("line", "context", "band-edge", "slate", "ink")]
MARKS += [("ink", "orange"), ("ink", "band"), ("blue", "band")]


def colours(medium):
    def named(block):
        return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})", block))

    return named(SCREEN) if medium == "screen" else {**named(SCREEN), **named(PRINT)}


def contrast(one, other):
    """(lighter + 0.05) / (darker + 0.05), of relative luminance as WCAG defines it."""

    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_ratio_matches_the_example_of_the_standard():
    # WCAG's own example: #767676 is the lightest grey that passes on white.
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("medium", ["screen", "print"])
@pytest.mark.parametrize(("ink", "paper"), TEXT)
def test_text_colours_have_enough_contrast(medium, ink, paper):
    colour_of = colours(medium)
    assert contrast(colour_of[ink], colour_of[paper]) >= 4.5


@pytest.mark.parametrize("medium", ["screen", "print"])
@pytest.mark.parametrize(("mark", "paper"), MARKS)
def test_meaningful_marks_have_enough_contrast(medium, mark, paper):
    colour_of = colours(medium)
    assert contrast(colour_of[mark], colour_of[paper]) >= 3


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_better_and_worse_colours_contrast_with_each_other(medium):
    palette = colours(medium)
    assert contrast(palette["blue"], palette["orange"]) >= 3


def test_style_rules_use_only_colour_tokens():
    base = (Path(__file__).parents[2] / "assets" / "2-base.css").read_text(encoding="utf-8")
    rules = re.sub(r"/\*.*?\*/", "", base, flags=re.S)
    rules = re.sub(r"@page[^{]*\{.*?\}\s*\}", "", rules, flags=re.S)
    stated = [line.strip() for line in rules.splitlines() if re.search(r"#[0-9a-fA-F]{3,6}\b", line)]
    # In forced colours an SVG needs a white ground, whatever the tokens say.
    assert [line for line in stated if "forced-colors" not in line] == []


def test_links_on_blue_use_the_link_colour_for_blue():
    base = (Path(__file__).parents[2] / "assets" / "2-base.css").read_text(encoding="utf-8")
    # A link is blue unless told otherwise: on the solid names of the register it could not be read.
    assert re.search(r"\.roll li\.on \{[^}]*background: var\(--blue\)[^}]*color: var\(--on-blue\)", base)
    assert re.search(r"\.roll li\.on a \{ color: inherit; \}", base)


def test_no_caption_names_a_mark_by_a_colour_that_grey_print_loses():
    code = (Path(__file__).parents[2] / "dashboard").glob("**/*.py")
    named = re.compile(r"\b(?:[Bb]lue|[Gg]rey|[Pp]ink|[Oo]range)(?:: | is )")
    colour_of = {str(path): named.findall(path.read_text(encoding="utf-8")) for path in code}
    assert {path: names for path, names in colour_of.items() if names} == {}
