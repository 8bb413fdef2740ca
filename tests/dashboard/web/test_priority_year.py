"""A priority's year: the evidence it is proposed on, its honest review, what came of its range, and the year after."""

import re
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import text

from dashboard.features.priorities.sections import open_section
from dashboard.figures import live_release, queries
from dashboard.figures.evidence import evidence
from dashboard.register import reading
from dashboard.register.measures import candidates
from dashboard.register.models import Carried
from dashboard.register.permissions import PUBLIC, State
from dashboard.register.record_parts import ExpectedRange, RangePoint
from dashboard.ui.render import to_html
from tests.dashboard.web import stages
from tests.dashboard.web.browser import words
from tests.dashboard.web.conftest import NOW
from tests.dashboard.web.test_guard import IN_THE_YEAR
from tests.dashboard.web.test_priorities import PROPOSE, WHOLE, identity, identity_of, record_read
from tests.register.people import BROMLEY, COUNCIL, LEWISHAM, MAYOR, OFFICER

OLD_SHEET = 'UPDATE priority SET evidence_sheet = \'{"release": "old", "rows": []}\' WHERE state = \'draft\''


def test_a_review_before_anything_could_be_seen_says_so(browser_of, register):
    """Violence with injury in Lewisham: the release's own table says after how many months a fall of a fifth is seen."""
    table = f"FROM time_to_see WHERE measure_id = 'violence_with_injury' AND area_code = '{LEWISHAM}' AND change = -0.2"
    ((months,),) = live_release.rows(text(f"SELECT months {table}"))
    honest = date(2027 + (3 + months) // 12, (3 + months) % 12 + 1, 1)
    early = WHOLE | {"measure_id": "violence_with_injury", "review_on": "1 May 2027"}
    read = browser_of().read(browser_of(COUNCIL).send(PROPOSE, press="propose", **early).headers["Location"])
    assert f"First honest review {honest:%-d %B %Y}. The review is set before it" in read
    never = browser_of().read(browser_of(COUNCIL).send(PROPOSE, press="propose", **WHOLE).headers["Location"])
    assert "First honest review At the numbers recorded here a fall of a fifth could not be proven within a year" in never


def planted_range(months, low, high):
    """A range for months that the live release holds, as if it had been fixed before them."""

    def point(month, lower, upper):
        return RangePoint(period_start=month, centre=lower, lower_80=lower, upper_80=upper, lower_95=lower, upper_95=upper)

    def answer(measures, area):
        return tuple(
            ExpectedRange(
                measure_id=measure,
                area_code=area,
                release_id="then",
                editions=("e1",),
                method="planted",
                fixed_on=date(2025, 9, 1),
                points=tuple(point(month, 0, 200) for month in months),
                year=point(months[0], low, high),
            )
            for measure in measures
        )

    return answer


def test_at_the_years_end_what_came_is_set_beside_the_range_and_shown_to_anyone(browser_of, register, clock):
    months = [date(2025, month, 1) for month in (10, 11, 12)]
    series = queries.measure_series("burglary", LEWISHAM)
    came = sum(point.value for point in series.points if point.start in months)
    made = stages.agreed(
        register, NOW - timedelta(days=1), ranges=planted_range(months, came + 1, came + 500), **stages.THIS_YEAR
    )
    clock.now = IN_THE_YEAR
    browser_of(MAYOR).send(f"/priority/{made.id}/bring-into-force")
    browser_of(OFFICER).send(f"/priority/{made.id}/score")
    read = browser_of().read(f"/priority/{made.id}")
    assert f"{came + 1:,.0f} to {came + 500:,.0f} in all from October to December 2025" in read
    assert f"{came:,.0f} came; 3 of 3 months inside the range. As a whole: better than expected." in read


def test_a_range_that_stops_before_the_year_does_says_so(browser_of, register, clock):
    made = stages.agreed(register, NOW, ranges=planted_range([date(2027, 4, 1), date(2027, 5, 1)], 0, 100))
    read = browser_of().read(f"/priority/{made.id}")
    assert "0 to 100 in all from April to May 2027. The figures of that day foretold no further." in read
    whole = stages.agreed(register, NOW, measure_id="robbery", ranges=planted_range([date(2028, 3, 1)], 0, 100))
    assert "foretold no further" not in browser_of().read(f"/priority/{whole.id}")


def test_a_range_is_not_scored_before_its_last_month_is_held(browser_of, register, clock):
    ahead = [date(2025, 12, 1), date(2026, 1, 1)]
    made = stages.agreed(register, NOW - timedelta(days=1), ranges=planted_range(ahead, 0, 1_000), **stages.THIS_YEAR)
    clock.now = IN_THE_YEAR
    browser_of(MAYOR).send(f"/priority/{made.id}/bring-into-force")
    text = words(browser_of(OFFICER).send(f"/priority/{made.id}/score", expect=422))
    assert "The range runs to January 2026; figures are held to December 2025." in text
    assert record_read(register, made.id).outturns is None


def test_a_priority_is_carried_forward_with_its_words_but_not_its_days(browser_of, register, clock):
    clock.now = IN_THE_YEAR
    made = stages.in_force(register, IN_THE_YEAR)
    address = f"/priorities/2027-28/{LEWISHAM}/propose?from={made.id}"
    assert address in browser_of(COUNCIL).get(f"/priority/{made.id}").get_data(as_text=True)
    assert address not in browser_of().get(f"/priority/{made.id}").get_data(as_text=True)
    lead = browser_of(COUNCIL)
    form = lead.form(address)
    kept = {name: form.values[name] for name in ("title", "measure_id", "carried", "rationale", "in_force_from", "review_on")}
    assert kept == {
        "title": ["Burglary"],
        "measure_id": ["burglary"],
        "carried": ["carried forward"],
        "rationale": ["High against similar boroughs for two years"],
        "in_force_from": [""],
        "review_on": [""],
    }
    answer = lead.send_form(
        form, press="propose", success__over="2027/28", in_force_from="1 April 2027", review_on="30 April 2028"
    )
    again = record_read(register, identity(answer))
    assert (again.financial_year, again.carried, again.state) == ("2027/28", Carried.FORWARD, State.PROPOSED)
    # Another borough's priority cannot be carried into this one.
    assert browser_of(OFFICER).get(f"/priorities/2027-28/{BROMLEY}/propose?from={made.id}").status_code == 404


def test_a_year_that_is_over_waits_to_be_ended(browser_of, register, clock):
    made = stages.in_force(register, IN_THE_YEAR)
    clock.now = datetime(2027, 3, 31, 12, 0, tzinfo=UTC)
    assert f"/priority/{made.id}" not in browser_of(OFFICER).get("/my-work").get_data(as_text=True)
    clock.now = datetime(2027, 4, 1, 12, 0, tzinfo=UTC)
    page = browser_of(OFFICER).get("/my-work").get_data(as_text=True)
    assert "Due for review, or whose year is over" in page
    assert f"/priority/{made.id}" in page


def test_evidence_is_kept_as_it_stands_on_the_day_it_is_proposed(browser_of, register):
    address = browser_of(COUNCIL).send(PROPOSE, press="save", title="Burglary").headers["Location"]
    browser_of(COUNCIL).send(f"{address}/edit", press="save", **WHOLE)
    with register.engine.begin() as connection:
        connection.exec_driver_sql(OLD_SHEET)
    browser_of(COUNCIL).send(f"{address}/propose")
    sheet = record_read(register, identity_of(address)).evidence_sheet
    assert sheet["release"] == queries.release().name
    rows = {row["measure"]: row for row in sheet["rows"]}
    assert set(rows) == set(candidates().choosable)
    burglary = {c.measure.id: c for c in evidence(LEWISHAM)}["burglary"]
    assert rows["burglary"]["level"]["ratio"] == burglary.level.ratio
    assert tuple(rows["burglary"]["two_years"]["changes"]) == burglary.two_years.changes
    # A survey's answer is kept with the range its sample allows.
    (job,) = [sentence for sentence in sheet["residents"] if sentence.startswith("Police do a good job")]
    assert re.search(r"Lewisham’s figure could be \d+% to \d+%\.", job), job
    read = browser_of().read(address)
    for part in (
        "What the figures said when it was written",
        "As it stood when this was proposed.",
        "A fall of a fifth is seen after",
    ):
        assert part in read


def test_a_proposal_in_its_notice_is_listed_for_anyone_to_comment_on(register, clock):
    made = stages.proposed(register, NOW)
    with register.reading() as session:
        every = reading.borough_priorities(session, PUBLIC)
    (entry,) = open_section(every, date(2026, 12, 20))
    page = to_html(entry)
    assert f'href="/priority/{made.id}"' in page
    assert "One proposal is open." in page
    assert "20 December 2026" in page
    assert open_section(every, date(2026, 12, 21)) == []
