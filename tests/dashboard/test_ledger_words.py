"""The ledger of changes in words: a line of what is new, fading, ended and withdrawn, on changes made by hand."""

from dataclasses import replace

import pytest

from dashboard.figures.queries_ledger import Afterlife, LedgerChange, LedgerNews
from dashboard.words import ledger as words
from etl.core.change_status import Cause, ChangeStatus, Direction
from etl.definitions.overlaps import Folded

TITLES = {"burglary": "Burglary", "robbery": "Robbery", "arson": "Arson", "rape": "Rape", "homicide": "Homicide"}
PLACES = {"E09000002": "Barking and Dagenham", "E09000003": "Barnet", "E09000007": "Camden"}
UP = LedgerChange(
    "burglary", "E09000003", Direction.UP, "2025-04", "2025-12", Cause.NEW_MONTH, ChangeStatus.NEW, "2025-12", 0.3, 0.3, 0.9,
    None, "", None, None,
)  # fmt: skip
WITHDRAWN = replace(
    UP, measure="robbery", status=ChangeStatus.WITHDRAWN, cause=Cause.REVISION, detail="2025-05 120 98", size_now=0.02
)


def news(**ways):
    parts = {name: tuple(Folded(c) for c in ways.get(name, ())) for name in ("new", "fading", "ended", "withdrawn", "lasting")}
    return LedgerNews("2025-12", **parts, followed=ways.get("new", ()), has_history=ways.get("has_history", True))


def line(places=PLACES, **ways):
    return words.news_line(news(**ways), TITLES, places)


def test_places_with_the_same_change_are_named_together():
    there = replace(UP, area="E09000007")
    assert line(new=(UP, there)).endswith("New: burglary up in Barnet and Camden.")


def test_a_page_of_one_place_does_not_name_it():
    assert line({}, new=(UP,)) == "The list of changes, figures to December 2025. New: burglary up."


def test_a_change_that_was_revised_away_says_which_month_and_by_how_much():
    assert "Withdrawn: robbery up in Barnet, because May 2025 was revised from 120 to 98." in line(withdrawn=(WITHDRAWN,))


@pytest.mark.parametrize(
    ("cause", "detail", "why"),
    [
        (Cause.METHOD, "", "because the methods changed."),
        (Cause.NO_FIGURE, "", "because there has been no figure for six months."),
        (Cause.REVISION, "", "because figures it was set against were revised."),
        (Cause.BREAK, "A new system. Treated as a break.", "because it cannot be followed across a break: A new system."),
    ],
)
def test_every_withdrawal_says_why(cause, detail, why):
    assert why in line(withdrawn=(replace(WITHDRAWN, cause=cause, detail=detail),))


def test_a_long_line_names_the_first_and_counts_the_rest():
    changes = tuple(replace(UP, measure=measure) for measure in TITLES)
    assert line(new=changes).endswith("homicide up in Barnet.") is False
    assert line(new=changes).endswith("; and one more.")


def test_nothing_new_is_said_and_nothing_ever_is_silent():
    assert line() == "The figures to December 2025 brought no change into the list and took none out."
    assert line(has_history=False) == ""


def test_one_that_ended_says_whether_it_is_gone_or_lost_in_chance():
    ended = replace(UP, status=ChangeStatus.ENDED, cause=Cause.NEW_MONTH)
    assert words.standing_words(replace(ended, size_now=0.05)) == "Ended: more than half of it is gone"
    assert words.standing_words(replace(ended, size_now=-0.4)) == "Ended: more than half of it is gone"
    assert words.standing_words(replace(ended, size_now=0.25)) == "Ended: it can no longer be told from chance"
    assert words.standing_words(UP) == "New"


def test_what_became_of_past_changes_is_told_a_year_on():
    year = Afterlife(12, 200, standing=60, fading=40, ended=80, withdrawn=10, lasting=10)
    assert words.afterlife_sentence([year]).startswith(
        "Of 200 changes that entered the list a year ago or more, 55% still stood,"
    )
    assert words.afterlife_sentence([]) == ""
