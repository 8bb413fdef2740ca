"""Operational changes in words: what may be said, and what may not."""

import pytest

from dashboard.features.operational_changes import words
from dashboard.figures.effects import OperationalEffect
from etl.definitions.did_it_work import Outcome


def effect(outcome, lower=-0.1, upper=0.1):
    sizes = (None,) * 3 if outcome is Outcome.NOT_COMPARED else ((lower + upper) / 2, lower, upper)
    return OperationalEffect(
        "merger-wa", "burglary", "BCU-WA", outcome, (), (), (None, None), (None, None), 100.0, 100.0, *sizes, *[None] * 8
    )


@pytest.mark.parametrize(
    ("outcomes", "sentence"),
    [
        ([Outcome.NOT_COMPARED], "Burglary after boroughs’ police were merged cannot be compared with anything"),
        (
            [Outcome.CANNOT_TELL] * 3 + [Outcome.NOT_COMPARED],
            "Whether merging boroughs’ police changed burglary cannot be told in any of three commands",
        ),
        (
            [Outcome.MORE, Outcome.FEWER, Outcome.CANNOT_TELL],
            "Burglary after boroughs’ police were merged: more in one and fewer in one of three commands than in "
            "similar boroughs; "
            "in one nobody can tell",
        ),
    ],
)
def test_the_headline_counts_what_can_be_told_and_what_cannot(outcomes, sentence):
    assert words.headline([effect(outcome) for outcome in outcomes], "Burglary") == sentence


def test_a_change_stands_with_its_limits_and_what_was_not_compared_has_none():
    assert words.change_words(effect(Outcome.FEWER, -0.3, -0.1)) == "20% fewer (10% to 30% fewer)"
    assert words.change_words(effect(Outcome.NOT_COMPARED)) == "–"


def test_what_cannot_be_told_names_response_times():
    assert any("response times" in why for _, why in words.CANNOT_BE_TOLD)
