"""Recommendations: the nineteen, their colours, two marks each, and what has not moved."""

import csv
import re
from datetime import date, datetime

from dashboard.register.models import Aspect, Rag, RecommendationStatus
from dashboard.words.recommendations import actions_sentence
from tests.dashboard.registers import NOW, change, read, rows

TABLE = re.compile(r"<caption>Every recommendation shown</caption>.*?</table>", re.DOTALL)
CHIP = re.compile(r'class="rag rag-([RAG])"')


def table_of(html):
    return TABLE.search(html)[0]


def judged(aspect, rag, when):
    def add(session):
        session.add(
            RecommendationStatus(
                id=f"{aspect}-{rag}-{when}", recommendation_id="police-and-crime-committee-2013-04", aspect=aspect, rag=rag,
                as_at=when, as_at_words=f"{when:%B %Y}", evidence="A report.", recorded_at=NOW, recorded_by="a test", sources=[],
            )
        )  # fmt: skip

    return add


def test_nineteen_recommendations_are_shown_twelve_amber_and_seven_green(page_at, on_record):
    html = page_at("/recommendations")
    chips = CHIP.findall(table_of(html))
    assert (chips.count("A"), chips.count("G"), chips.count("R")) == (12, 7, 0)
    assert "made 19 recommendations in March 2013: 12 amber, 7 green when last reported" in read(html)
    assert len(re.findall(r'id="r\d+"', html)) == 19


def test_colours_have_the_committees_meaning(page_at, on_record):
    text = read(page_at("/recommendations"))
    assert "the recommendation has not been accepted" in text
    assert "there has been some progress against the recommendation" in text
    assert "the recommendation has been implemented or substantively accepted" in text


def test_acceptance_and_delivery_are_marked_separately(page_at, on_record):
    assert all("not on record" in row for row in rows(table_of(page_at("/recommendations")))[1:])
    change(on_record, judged(Aspect.DELIVERED, Rag.RED, date(2014, 3, 31)))
    row = next(r for r in rows(table_of(page_at("/recommendations"))) if r.startswith("4."))
    assert "Green May 2013" in row
    assert "Red March 2014" in row


def test_page_changes_as_soon_as_the_register_does(page_at, on_record):
    before = page_at("/recommendations")
    assert page_at("/recommendations") == before
    change(on_record, judged(Aspect.ACCEPTED, Rag.RED, date(2026, 11, 1)))
    text = read(page_at("/recommendations"))
    assert "1 red, 12 amber, 6 green" in text


def test_colour_in_the_address_filters_the_recommendations(page_at, on_record):
    table_rows = rows(table_of(page_at("/recommendations?state=green")))[1:]
    assert [r.split(".")[0] for r in table_rows] == ["2", "3", "4", "8", "10", "15", "16"]
    assert "red" in page_at("/recommendations?state=purple", 400)


def test_months_without_movement_are_counted_from_the_last_update(page_at, on_record):
    change(on_record, judged(Aspect.ANSWER, None, date(2025, 1, 31)))
    html = page_at("/recommendations")
    waited = {r.split(".")[0]: r for r in rows(table_of(html))[1:]}
    today = datetime.now(tz=NOW.tzinfo).date()
    for number, since in (("1", date(2013, 5, 31)), ("4", date(2025, 1, 31))):
        months = (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)
        assert f"No movement for {months} months" in waited[number]


def test_delivered_recommendation_is_not_called_stalled(page_at, on_record):
    change(on_record, judged(Aspect.DELIVERED, Rag.GREEN, date(2014, 3, 31)))
    row = next(r for r in rows(table_of(page_at("/recommendations"))) if r.startswith("4."))
    assert "No movement" not in row


def test_table_is_downloaded_with_the_filter_of_the_address(page_at, on_record):
    table = list(csv.DictReader(page_at("/download/recommendations?state=amber").splitlines()))
    assert len(table) == 12
    assert {r["accepted"] for r in table} == {"amber"}
    assert {r["delivered"] for r in table} == {""}
    assert all(r["sources"] for r in table)


def test_example_actions_are_marked(page_at, demonstration):
    example_rows = [r for r in rows(page_at("/recommendations")) if "what was asked would stand here" in r]
    assert len(example_rows) == 2
    assert all("Example" in r.split("stand here.")[1] for r in example_rows)


def test_only_recommendations_carry_colours(page_at, demonstration):
    for address in ("/", "/priorities", "/borough/E09000006", "/mopac-7", "/priorities/evidence/E09000006"):
        assert not CHIP.search(page_at(address)), address


def test_action_counts_are_written_in_words():
    assert actions_sentence(1, 2) == "One action is overdue; two are not yet due."
    assert actions_sentence(0, 1) == "No actions are overdue; one is not yet due."
    assert actions_sentence(3, 0) == "Three actions are overdue."
