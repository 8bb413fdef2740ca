"""Priorities: who is on record, what nobody chose, what a planted displacement raises, and what never leaves a draft."""

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from dashboard.figures import choices, queries, queries_years
from dashboard.register import priorities
from dashboard.register.measures import candidates
from dashboard.register.models import BoroughPriority, Comment
from dashboard.register.permissions import State
from dashboard.register.store import open_register
from etl.core.state import State as VerdictState
from tests.dashboard.registers import NOW, change, plant, read, rows
from tests.register.people import COUNCIL, LEWISHAM, add_people, borough_entry

BROMLEY, HARINGEY, MERTON, BEXLEY = "E09000006", "E09000014", "E09000024", "E09000004"
COMPARED = re.compile(r'aria-label="Chosen and not chosen measures in [^"]*".*?</table>', re.DOTALL)


def titles():
    return [queries.measure(m).title for m in candidates().choosable]


@pytest.fixture
def displaced(app, monkeypatch):
    """A borough, a measure planted as better there and one as worse: of those a borough may choose, nothing else changed."""
    area = queries.area(BEXLEY)
    read_verdicts = queries_years.newest_verdicts
    calm = {m: replace(v, state=VerdictState.NO_CHANGE) for m, v in read_verdicts(area.code).items()}
    # Neither is counted inside the other: what is chosen with its whole is not watched.
    better, worse = "theft_from_person", "bicycle_theft"
    planted = calm | {
        better: replace(calm[better], state=VerdictState.BETTER),
        worse: replace(calm[worse], state=VerdictState.WORSE),
    }
    monkeypatch.setattr(queries_years, "newest_verdicts", lambda code: planted if code == area.code else read_verdicts(code))
    return area, better, worse


def test_three_boroughs_have_recorded_priorities_and_29_have_none(page_at, on_record):
    text = read(page_at("/priorities?plan=2017-2021"))
    assert "The register holds the local priorities of three boroughs" in text
    assert "For 29, none has been found" in text


def test_recorded_choices_state_what_is_known_and_what_is_not(page_at, on_record):
    table = rows(page_at("/priorities?plan=2017-2021"))
    merton = next(r for r in table if r.startswith("Theft from motor vehicle") and "Merton" in r)
    assert "2018/19" in merton
    assert "Carried forward" in merton
    assert "No reason recorded" in merton
    assert "By whom is not recorded" in merton
    assert "24 April 2019" in merton


def test_borough_without_a_record_says_so_and_how_to_record_one(page_at, on_record):
    for address in (f"/borough/{BEXLEY}", f"/priorities?area={BEXLEY}"):
        text = read(page_at(address))
        assert "No local priority of Bexley is recorded here" in text
        assert "How a priority is agreed and recorded" in text


def test_outcome_of_a_choice_is_shown_beside_london(page_at, on_record):
    row = next(r for r in rows(page_at(f"/priorities?area={BROMLEY}&year=all")) if r.startswith("Non-domestic") and "above" in r)
    assert "No clear change" in row
    assert len(re.findall(r"\d+% (?:above|below) \(", row)) == 2


def test_bromley_displacement_of_2017_18_uses_the_standard_wording(page_at, on_record):
    text = read(page_at(f"/priorities?year=2017/18&area={BROMLEY}"))
    assert "Bromley chose burglary and non-domestic violence with injury for 2017/18. They show no clear change" in text
    assert re.search(r"Robbery of business property : \d+ robberies of businesses from April 2017 to March 2018", text)


@pytest.mark.parametrize(
    "address", [f"/borough/{BEXLEY}", f"/borough/{BEXLEY}?show=count&since=2020-04", f"/priorities?area={BEXLEY}"]
)
def test_no_option_hides_a_measure_that_was_not_chosen(page_at, on_record, address):
    comparison = read(COMPARED.search(page_at(address))[0])
    assert [t for t in titles() if t not in comparison] == []


def test_every_measure_chosen_or_not_appears_exactly_once(page_at, demonstration):
    table = rows(COMPARED.search(page_at(f"/borough/{BEXLEY}"))[0])
    place = choices.place_choices(BEXLEY, choices.year_now())
    picked = {queries.measure(c.record.measure_id).title for c in place.choices}
    for title in titles():
        named = [r for r in table if re.match(rf"{re.escape(title)} (?:\S )?(?:{'|'.join(WORDS)})", r)]
        covered = title not in {queries.measure(n.measure_id).title for n in place.not_chosen} | picked
        assert len(named) == (0 if covered else 1), title


WORDS = (
    "Better",
    "Worse",
    "Changed",
    "Apart",
    "Leaning",
    "Up on",
    "Down on",
    "No clear",
    "Provisional",
    "Too early",
    "Break",
    "Late",
    "Cannot",
    "Not judged",
)


def test_displacement_is_flagged_on_home_borough_and_priorities(page_at, on_record, displaced):
    area, better, worse = displaced
    for address in ("/", f"/borough/{area.code}", "/priorities"):
        assert "Harm balance. " not in read(page_at(address)), address
    plant(on_record, area.code, better)
    for address in ("/", f"/borough/{area.code}", "/priorities", f"/priorities?area={area.code}"):
        text = read(page_at(address))
        assert "Harm balance. " in text, address
        notice = text.split("Harm balance. ")[1][:400].lower()
        assert queries.measure(better).title.lower() in notice
        assert queries.measure(worse).title.lower() in notice


def test_priority_that_ended_before_the_months_judged_flags_nothing(page_at, on_record, displaced):
    area, better, _ = displaced
    plant(on_record, area.code, better, in_force_from=date(2023, 4, 1), ended_on=date(2024, 3, 31))
    assert "Harm balance. " not in read(page_at(f"/borough/{area.code}"))


def test_displacement_needs_both_a_better_and_a_worse_measure(app, on_record, displaced):
    area, better, worse = displaced
    verdicts = queries_years.newest_verdicts(area.code)
    plant(on_record, area.code, better)
    records = [p for p in choices.queries_register.borough_priorities(area_code=area.code) if p.measure_id == better]
    calm = {m: replace(v, state="N") for m, v in verdicts.items()}
    only_better = calm | {better: replace(verdicts[better], state="B")}
    only_worse = calm | {worse: replace(verdicts[worse], state="W")}
    assert choices.balance_of(area, only_better, records) is None
    assert choices.balance_of(area, only_worse, records) is None
    assert choices.balance_of(area, only_better | {worse: only_worse[worse]}, records) is not None


def test_rise_in_recorded_high_harm_is_flagged_but_not_called_worse(page_at, app, on_record, displaced):
    area, better, _ = displaced
    plant(on_record, area.code, better)
    records = choices.queries_register.borough_priorities(area_code=area.code)
    calm = {m: replace(v, state="N") for m, v in queries_years.newest_verdicts(area.code).items()}
    more = calm | {better: replace(calm[better], state="B"), "rape": replace(calm["rape"], state="C", ratio=1.4)}
    balance = choices.balance_of(area, more, records)
    assert ([v.measure for v in balance.worsened], [v.measure for v in balance.risen]) == ([], ["rape"])
    fewer = more | {"rape": replace(more["rape"], ratio=0.6)}
    assert choices.balance_of(area, fewer, records) is None


def test_example_entries_are_marked_on_every_page(page_at, demonstration):
    listed = [r for r in rows(page_at("/priorities")) if "In force" in r]
    assert len(listed) == 96
    assert all(r.count("Example") >= 1 for r in listed)
    borough = page_at(f"/borough/{BEXLEY}")
    assert borough.count('class="tag example"') >= 3
    assert "made-up entries" in read(borough)


def test_example_entries_are_marked_in_downloads(app, demonstration):
    answer = app.server.test_client().get("/download/priorities?plan=2025-2029&year=all", buffered=True)
    with zipfile.ZipFile(io.BytesIO(answer.get_data())) as archive:
        table = list(csv.DictReader(archive.read("priorities.csv").decode().splitlines()))
        whole = json.loads(archive.read("register.json"))
    assert len(table) == 288
    assert {r["label"] for r in table} == {"Example"}
    made_up = [p for p in whole["borough_priorities"] if p["is_example"]]
    assert {p["label"] for p in made_up} == {"Example"}


def test_real_register_shows_no_example(page_at, on_record):
    for address in ("/", "/priorities", "/priorities?plan=2017-2021", f"/borough/{BROMLEY}", "/recommendations"):
        assert "tag example" not in page_at(address), address


def test_readers_never_see_a_draft(page_at, app, on_record):
    register = open_register(on_record)
    with register.writing() as session:
        add_people(session, NOW)
    with register.writing() as session:
        priorities.draft(session, COUNCIL, borough_entry(title="Secret plan"), now=NOW)
    register.close()
    pages = (
        "/",
        "/priorities",
        f"/priorities?area={LEWISHAM}&year=2027/28",
        f"/borough/{LEWISHAM}",
        f"/priorities/evidence/{LEWISHAM}",
    )
    for address in pages:
        assert "Secret plan" not in page_at(address), address
    answer = app.server.test_client().get("/download/priorities?year=2027/28", buffered=True)
    with zipfile.ZipFile(io.BytesIO(answer.get_data())) as archive:
        assert b"Secret plan" not in b"".join(archive.read(name) for name in archive.namelist())


def test_withdrawn_proposal_is_not_listed_as_a_choice(page_at, on_record):
    plant(on_record, BEXLEY, "bicycle_theft", year="2026/27", state=State.WITHDRAWN, title="Taken back")
    assert "Taken back" not in page_at(f"/priorities?area={BEXLEY}&year=all")


def test_page_is_cached_until_the_register_changes(page_at, on_record):
    before = page_at(f"/priorities?area={BEXLEY}")
    assert page_at(f"/priorities?area={BEXLEY}") == before
    plant(on_record, BEXLEY, "shoplifting", year="2026/27", state=State.IN_FORCE, ended_on=None)
    assert "Bexley chose shoplifting for 2026/27" in read(page_at(f"/priorities?area={BEXLEY}"))


def test_residents_requests_are_shown_beside_the_choice(page_at, on_record):
    residents = {"residents_asked": "Lights in the park", "residents_answered": "Lights are the council’s own work"}
    plant(on_record, BEXLEY, "shoplifting", year="2026/27", state=State.IN_FORCE, ended_on=None, **residents)

    def say(session):
        row = session.query(BoroughPriority).filter_by(area_code=BEXLEY).one()
        session.add(
            Comment(
                priority_id=row.id,
                said_by="A. Neighbour",
                capacity="resident",
                text="We asked twice.",
                said_at=NOW,
                recorded_by="a test",
            )
        )

    change(on_record, say)
    text = read(page_at(f"/borough/{BEXLEY}"))
    assert "Lights in the park. Lights are the council’s own work." in text
    assert "A. Neighbour, resident: We asked twice." in text


def test_priority_without_figures_yet_is_called_too_early_to_judge(page_at, on_record):
    plant(on_record, BEXLEY, "shoplifting", year="2026/27", state=State.IN_FORCE, ended_on=None, in_force_from=date(2026, 4, 1))
    text = read(page_at(f"/borough/{BEXLEY}"))
    assert "Too early to judge No month since it came into force (1 April 2026) is held: figures run to December 2025." in text
    assert "none of them held" in text


def test_priorities_added_or_dropped_between_two_years_are_counted(page_at, on_record):
    for measure in ("shoplifting", "robbery"):
        plant(on_record, BEXLEY, measure, year="2025/26")
    for measure in ("shoplifting", "burglary"):
        plant(on_record, BEXLEY, measure, year="2026/27")
    text = read(page_at("/priorities?year=2026/27"))
    assert "2 priorities added or dropped, in 1 of the 1 boroughs on record in both years, from 2025/26 to 2026/27." in text


def test_every_london_wide_priority_of_a_plan_is_listed(page_at, on_record):
    text = read(page_at("/priorities?plan=2017-2021"))
    for title in (
        "Keeping children and young people safe",
        "Tackling violence against women and girls",
        "Standing together against",
    ):
        assert title in text


def test_choosing_another_plan_overrides_the_year_and_says_so(page_at, on_record):
    text = read(page_at("/priorities?plan=2013-2016&year=2026/27"))
    assert "2026/27 is not a year of the Police and Crime Plan 2013 to 2016, which runs from 2013/14 to 2016/17." in text
    assert "Every year of it is shown." in text
    assert "under the Police and Crime Plan 2013 to 2016" in text


def test_picker_shows_the_current_plan_and_year(page_at, on_record):
    page = page_at("/priorities?year=2018/19")
    assert re.search(r'<option[^>]*value="2017-2021"[^>]*selected|<option[^>]*selected[^>]*value="2017-2021"', page)
    assert page.count(">Every year</option>") == 1


def test_year_without_a_choice_says_for_which_years_some_are_on_record(page_at, on_record):
    page = page_at("/priorities?year=2026/27")
    assert "The register holds those of Bromley for 2017/18; and of Haringey and Merton for 2018/19." in read(page)
    assert 'href="/priorities?year=2018%2F19"' in page or 'href="/priorities?year=2018/19"' in page


def test_no_choices_is_not_reported_as_a_good_balance(page_at, on_record):
    assert "there is nothing to weigh" in read(page_at("/priorities"))
    plant(on_record, BEXLEY, "shoplifting", year="2025/26")
    assert "In no borough with a choice on record has what it chose improved" in read(page_at("/priorities"))


def test_proposal_is_not_called_agreed(page_at, on_record):
    plant(on_record, BEXLEY, "shoplifting", year="2026/27", state=State.PROPOSED, ended_on=None, in_force_from=None)
    row = next(r for r in rows(page_at("/priorities?year=2026/27")) if "Proposed" in r)
    assert "Not agreed yet" in row
    assert "By whom" not in row


def test_retired_plan_says_why_it_ended(page_at, on_record):
    text = read(page_at("/priorities?plan=2013-2016"))
    assert "Why it was retired" in text
    assert "undue focus" in text


def test_pages_still_render_when_the_register_cannot_be_read(page_at, app, tmp_path, monkeypatch):
    monkeypatch.setenv("REGISTER_URL", f"sqlite:///{tmp_path / 'none.sqlite'}")
    assert "cannot be read" in read(page_at("/priorities"))
    assert "cannot be read" in read(page_at("/"))
    page_at(f"/borough/{BEXLEY}")
    page_at("/mopac-7")
    page_at("/recommendations")


def test_every_measure_of_a_london_wide_priority_has_a_london_verdict(page_at, on_record):
    for plan in ("2013-2016", "2017-2021", "2022-2025", "2025-2029"):
        assert "Not judged for London" not in read(page_at(f"/priorities?plan={plan}"))


def test_facts_shared_by_all_london_wide_priorities_appear_once(page_at, on_record):
    text = read(page_at("/priorities?plan=2022-2025"))
    assert text.count("Which measures read") == 1
    assert text.count("24 March 2022 to 31 March 2025. Set by: The Mayor.") == 1


def test_chart_of_measures_not_chosen_has_a_heading_with_its_finding(page_at, on_record):
    text = read(page_at(f"/priorities?year=2017/18&area={BROMLEY}"))
    rose = ("possession of weapons", "robbery of business property")
    opening = "Bromley, April 2017 to March 2018: while burglary and violence with injury showed no clear change"
    assert re.search(rf"{opening}, [^.]*may have risen", text)
    middle = text.split(opening)[1].split(" may have risen")[0]
    assert all(name in middle for name in rose)
