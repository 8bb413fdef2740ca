"""Explanations beside what changed: none recorded until somebody signs one, and which months it speaks of."""

from datetime import date

import pytest

from dashboard.figures import queries
from dashboard.figures.explanations import SIGNALS
from dashboard.register import commentary
from dashboard.register.measures import candidates
from dashboard.register.store import open_register
from dashboard.ui.explanations import how_many_explained
from tests.dashboard.registers import NOW, read
from tests.register.people import BROMLEY, OFFICER, add_people

NONE = "No explanation recorded."
SAID = "Two shops were raided again and again."


def changed_in(area):
    """The measures that changed in a place by more than chance, which may be explained."""
    return [v for v in queries.verdicts() if v.area == area and v.state in SIGNALS and v.measure in candidates().known]


@pytest.fixture
def changed(app):
    """A measure that changed in a borough, as a verdict."""
    codes = {area.code for area in queries.areas("borough")}
    return next(v for v in queries.verdicts() if v.area in codes and v.state in SIGNALS and v.measure in candidates().known)


def sign(url, verdict, first, last):
    register = open_register(url)
    with register.writing() as session:
        add_people(session, NOW)
    with register.writing() as session:
        made = commentary.sign_commentary(
            session, OFFICER, measure_id=verdict.measure, area_code=verdict.area, period_start=first, period_end=last,
            text=SAID, replaces=None, now=NOW,
        )  # fmt: skip
    register.close()
    return made


def test_change_is_unexplained_until_an_explanation_is_signed(on_record, page_at, changed):
    address = f"/measure/{changed.measure}?area={changed.area}"
    before = read(page_at(address))
    assert NONE in before
    first, last = (f"{label}-01" for label in changed.window)
    made = sign(on_record, changed, date.fromisoformat(first), date.fromisoformat(last))
    after = page_at(address)
    assert NONE not in read(after)
    assert SAID in read(after)
    assert "Signed by Di Officer, 22 November 2026." in read(after)
    assert f'href="/commentary/{made.id}"' in after


def test_an_explanation_of_other_months_does_not_explain_a_change(on_record, page_at, changed):
    sign(on_record, changed, date(2019, 4, 1), date(2019, 4, 30))
    assert NONE in read(page_at(f"/measure/{changed.measure}?area={changed.area}"))


def test_borough_page_marks_each_explained_change_and_counts_them_at_the_top(on_record, page_at, changed):
    count = len(changed_in(changed.area))
    before = read(page_at(f"/borough/{changed.area}"))
    assert before.count(NONE) == count
    assert "explanation" in before[: before.index("On this page")]
    sign(on_record, changed, date.fromisoformat(f"{changed.window[0]}-01"), date.fromisoformat(f"{changed.window[1]}-01"))
    after = read(page_at(f"/borough/{changed.area}"))
    assert after.count(NONE) == count - 1
    assert SAID in after


def test_home_says_once_how_many_of_the_changes_are_explained(on_record, page_at, changed):
    assert "None of the" in read(page_at("/"))
    assert "has an explanation on record." in read(page_at("/"))
    made = sign(on_record, changed, date.fromisoformat(f"{changed.window[0]}-01"), date.fromisoformat(f"{changed.window[1]}-01"))
    home = page_at("/")
    assert "One of the" in read(home)
    assert f'href="/commentary/{made.id}"' in home


def test_unchanged_figure_may_still_get_an_explanation_and_an_action(on_record, page_at):
    quiet = next(v for v in queries.verdicts() if v.area == BROMLEY and v.state == "N" and v.measure in candidates().known)
    page = page_at(f"/measure/{quiet.measure}?area={BROMLEY}")
    assert NONE not in read(page)
    assert f"/commentary/new?measure={quiet.measure}&amp;area={BROMLEY}" in page
    assert f"/actions/new?measure={quiet.measure}&amp;area={BROMLEY}" in page


def test_command_pages_ask_for_no_explanation(on_record, page_at):
    page = page_at("/borough/BCU-SN")
    assert NONE not in read(page)
    assert "/commentary/new" not in page


def test_unreadable_register_leads_to_no_claim_about_explanations(app, tmp_path, monkeypatch, page_at, changed):
    monkeypatch.setenv("REGISTER_URL", f"sqlite:///{tmp_path / 'empty.sqlite'}")
    for address in ("/", f"/borough/{changed.area}", f"/measure/{changed.measure}?area={changed.area}"):
        text = read(page_at(address))
        assert NONE not in text
        assert "explanation on record" not in text


@pytest.mark.parametrize(
    ("explained", "changes", "words"),
    [
        (0, 1, "No explanation of the change is on record."),
        (1, 1, "The change has an explanation on record."),
        (0, 2, "Neither of the two changes has an explanation on record."),
        (1, 2, "One of the two changes has an explanation on record."),
        (2, 2, "Both changes have an explanation on record."),
        (0, 3, "None of the three changes has an explanation on record."),
        (2, 3, "Two of the three changes have an explanation on record."),
    ],
)
def test_how_many_changes_are_explained_is_said_as_english_counts(explained, changes, words):
    assert how_many_explained(explained, changes) == words
