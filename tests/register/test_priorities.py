"""A priority's life from draft to scored range, on both engines."""

from datetime import UTC, date, datetime, timedelta

import pytest

from dashboard.register import priorities, priority_steps, reading
from dashboard.register.errors import InvalidEntry, NotAllowed, NotFound
from dashboard.register.models import Carried, Sort
from dashboard.register.permissions import PUBLIC, Body, State
from dashboard.register.record_parts import ExpectedRange, Outturn, Source
from tests.register.conftest import NOW
from tests.register.people import (
    BROMLEY,
    CLERK,
    COUNCIL,
    COUNCIL_TOO,
    ELSEWHERE,
    EVERYONE,
    LEWISHAM,
    MAYOR,
    OFFICER,
    POLICE,
    borough_entry,
    london_entry,
    ranges_for,
)

IN_FORCE = datetime(2027, 4, 1, 9, 0, tzinfo=UTC)


def proposed(register, author=COUNCIL, entry=None):
    with register.writing() as session:
        draft = priorities.draft(session, author, entry or borough_entry(), now=NOW)
        return priorities.propose(session, author, draft.id, seen_version=draft.version, now=NOW)


def signed(register, record, actor, now=NOW, ranges=ranges_for):
    with register.writing() as session:
        return priority_steps.agree(
            session,
            actor,
            record.id,
            seen_version=record.version,
            minute_link="https://example.org/minute",
            ranges_for=ranges,
            now=now,
        )


def in_force(register):
    agreed = signed(register, signed(register, proposed(register), COUNCIL), POLICE, now=NOW + timedelta(hours=1))
    with register.writing() as session:
        return priority_steps.bring_into_force(session, MAYOR, agreed.id, seen_version=agreed.version, now=IN_FORCE)


def test_a_priority_goes_from_draft_to_scored_range_over_a_year(register):
    running = in_force(register)
    assert running.state is State.IN_FORCE
    assert [(s.body, s.person) for s in running.signatures] == [(Body.COUNCIL, "Ada Council"), (Body.POLICE, "Bob Police")]
    assert running.expected_ranges[0].release_id == "2026-10"
    assert running.expected_ranges[0].fixed_on == date(2026, 11, 22)
    assert running.signed_off_by == "Ed Deputy"
    outturn = Outturn(
        measure_id="burglary",
        release_id="2028-05",
        scored_on=date(2028, 5, 1),
        periods=1,
        inside_80=1,
        inside_95=1,
        below_95=0,
        above_95=0,
        mean_interval_score=30.0,
        verdict="inside",
    )
    later = datetime(2028, 5, 1, 9, 0, tzinfo=UTC)
    with register.writing() as session:
        ended = priority_steps.end(
            session, OFFICER, running.id, seen_version=running.version, on=date(2028, 3, 31), why="the year is over", now=later
        )
        scored = priority_steps.score(session, OFFICER, ended.id, seen_version=ended.version, outturns=(outturn,), now=later)
    with register.reading() as session:
        kept = reading.priority(session, PUBLIC, scored.id)
    assert kept.state is State.ENDED
    assert kept.outturns == (outturn,)
    assert kept.evidence_sheet == borough_entry().evidence_sheet
    assert kept.success.not_counted == "A fall that is only a change of recording"


@pytest.mark.parametrize("viewer", [PUBLIC, *(person for person in EVERYONE if person is not COUNCIL)], ids=lambda who: who.name)
def test_only_its_author_sees_a_draft(register, viewer):
    with register.writing() as session:
        draft = priorities.draft(session, COUNCIL, borough_entry(), now=NOW)
    with register.reading() as session:
        assert reading.priority(session, COUNCIL, draft.id).id == draft.id
        assert draft.id in {p.id for p in reading.borough_priorities(session, COUNCIL, area_code=LEWISHAM)}
        assert draft.id not in {p.id for p in reading.borough_priorities(session, viewer)}
        with pytest.raises(NotFound):
            reading.priority(session, viewer, draft.id)
    with register.writing() as session, pytest.raises(NotFound):
        priorities.comment(session, viewer, draft.id, said_by="x", capacity="resident", text="x", now=NOW)


def test_a_withdrawn_draft_stays_its_authors_alone_and_a_withdrawn_proposal_stays_public(register):
    public = proposed(register)
    with register.writing() as session:
        draft = priorities.draft(session, COUNCIL, borough_entry(measure_id="robbery"), now=NOW)
        private = priorities.withdraw(session, COUNCIL, draft.id, seen_version=draft.version, why="second thoughts", now=NOW)
        priorities.withdraw(session, COUNCIL, public.id, seen_version=public.version, why="merged", now=NOW)
    with register.reading() as session:
        assert reading.priority(session, PUBLIC, public.id).state is State.WITHDRAWN
        with pytest.raises(NotFound):
            reading.priority(session, PUBLIC, private.id)


def test_one_body_alone_does_not_agree_a_priority(register):
    once = signed(register, proposed(register), COUNCIL)
    assert once.state is State.PROPOSED
    assert once.expected_ranges is None
    for again in (COUNCIL, COUNCIL_TOO):
        with pytest.raises(NotAllowed):
            signed(register, once, again)
    assert signed(register, once, POLICE).state is State.AGREED


def test_city_hall_cannot_agree_a_boroughs_priority_without_the_borough(register):
    once = signed(register, proposed(register), OFFICER)
    with pytest.raises(NotAllowed):
        signed(register, once, MAYOR)
    assert signed(register, once, COUNCIL).state is State.AGREED


def test_a_london_wide_priority_is_agreed_by_mopac_and_the_deputy_mayors_office(register):
    record = proposed(register, author=OFFICER, entry=london_entry())
    for outsider in (COUNCIL, POLICE, CLERK):
        with pytest.raises(NotAllowed):
            signed(register, record, outsider)
    agreed = signed(register, signed(register, record, OFFICER), MAYOR)
    assert agreed.state is State.AGREED
    assert [fixed.measure_id for fixed in agreed.expected_ranges] == ["robbery_personal", "robbery_business"]


def test_a_lead_may_not_write_in_another_borough(register):
    with register.writing() as session, pytest.raises(NotAllowed):
        priorities.draft(session, ELSEWHERE, borough_entry(area_code=LEWISHAM), now=NOW)
    record = proposed(register)
    with pytest.raises(NotAllowed):
        signed(register, record, ELSEWHERE)


def test_editing_a_proposal_supersedes_its_signatures_and_starts_the_notice_again(register):
    once = signed(register, proposed(register), COUNCIL)
    later = NOW + timedelta(days=3)
    with register.writing() as session:
        edited = priorities.edit(
            session, POLICE, once.id, borough_entry(title="Home burglary"), seen_version=once.version, why="clearer", now=later
        )
    assert edited.proposed_at == later
    assert edited.standing_signatures == ()
    assert len(edited.signatures) == 1
    assert signed(register, edited, POLICE, now=later).state is State.PROPOSED


def test_it_is_not_in_force_before_its_notice_has_run_or_its_day_has_come(register):
    agreed = signed(register, signed(register, proposed(register), COUNCIL), POLICE)
    for early, field in ((NOW + timedelta(days=27), "notice_days"), (IN_FORCE - timedelta(days=1), "in_force_from")):
        with register.writing() as session, pytest.raises(InvalidEntry) as refused:
            priority_steps.bring_into_force(session, MAYOR, agreed.id, seen_version=agreed.version, now=early)
        assert list(refused.value.errors) == [field]


def test_a_proposal_says_every_missing_field_at_once(register):
    bare = borough_entry(
        rationale=" ",
        success=None,
        notice_days=7,
        in_force_from=date(2026, 12, 1),
        review_on=None,
        sort=None,
        carried=None,
        measure_id=None,
        residents_asked=None,
        residents_answered=None,
    )
    with register.writing() as session:
        draft = priorities.draft(session, COUNCIL, bare, now=NOW)
    with register.writing() as session, pytest.raises(InvalidEntry) as refused:
        priorities.propose(session, COUNCIL, draft.id, seen_version=draft.version, now=NOW)
    assert set(refused.value.errors) == {
        "rationale",
        "success",
        "notice_days",
        "in_force_from",
        "review_on",
        "sort",
        "carried",
        "measure_id",
        "residents_asked",
        "residents_answered",
    }


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"plan_id": "1999"}, "plan_id"),
        ({"title": "  "}, "title"),
        ({"area_code": "E12000007"}, "area_code"),
        ({"financial_year": "2027/29"}, "financial_year"),
        ({"financial_year": "2031/32"}, "financial_year"),
        ({"measure_id": "happiness"}, "measures"),
    ],
)
def test_a_draft_with_an_impossible_value_is_refused_beside_its_field(register, changes, field):
    with register.writing() as session, pytest.raises(InvalidEntry) as refused:
        priorities.draft(session, OFFICER, borough_entry(**changes), now=NOW)
    assert field in refused.value.errors


def test_the_same_measure_is_not_chosen_twice_in_a_year(register):
    proposed(register)
    with register.writing() as session:
        second = priorities.draft(session, POLICE, borough_entry(), now=NOW)
    with register.writing() as session, pytest.raises(InvalidEntry) as refused:
        priorities.propose(session, POLICE, second.id, seen_version=second.version, now=NOW)
    assert list(refused.value.errors) == ["measure_id"]


def test_under_the_2017_rules_a_third_volume_choice_is_refused(register):
    then = datetime(2018, 1, 8, 9, 0, tzinfo=UTC)
    common = {
        "plan_id": "2017-2021",
        "financial_year": "2018/19",
        "in_force_from": date(2018, 4, 1),
        "review_on": date(2019, 4, 30),
    }
    for measure in ("burglary", "robbery", "shoplifting"):
        entry = borough_entry(measure_id=measure, title=measure, **common)
        with register.writing() as session:
            draft = priorities.draft(session, COUNCIL, entry, now=then)
        if measure == "shoplifting":
            with register.writing() as session, pytest.raises(InvalidEntry) as refused:
                priorities.propose(session, COUNCIL, draft.id, seen_version=draft.version, now=then)
            assert refused.value.errors["sort"].endswith("a borough chooses 2 volume priorities a year.")
        else:
            with register.writing() as session:
                priorities.propose(session, COUNCIL, draft.id, seen_version=draft.version, now=then)
    mandatory = borough_entry(measure_id="rape", title="Sexual violence", is_mandatory=True, sort=Sort.HARM, **common)
    with register.writing() as session:
        draft = priorities.draft(session, COUNCIL, mandatory, now=then)
        assert priorities.propose(session, COUNCIL, draft.id, seen_version=draft.version, now=then).state is State.PROPOSED


def test_ranges_of_other_measures_are_refused_and_nothing_is_signed(register):
    once = signed(register, proposed(register), COUNCIL)
    with pytest.raises(InvalidEntry):
        signed(register, once, POLICE, ranges=lambda measures, area: ranges_for(("robbery",), area))
    with register.reading() as session:
        assert len(reading.priority(session, PUBLIC, once.id).signatures) == 1


@pytest.mark.parametrize("address", ["javascript:alert(1)", "minutes.pdf", "https://", "data:text/html,x"])
def test_a_minutes_address_that_a_page_could_not_safely_link_to_is_refused(register, address):
    record = proposed(register)
    with register.writing() as session, pytest.raises(InvalidEntry) as refused:
        priority_steps.agree(
            session, COUNCIL, record.id, seen_version=record.version, minute_link=address, ranges_for=ranges_for, now=NOW
        )
    assert list(refused.value.errors) == ["minute_link"]


def test_a_measure_without_a_range_keeps_the_reason(register):
    def refused(measures, area):
        return tuple(
            ExpectedRange(
                measure_id=measure,
                area_code=area,
                release_id="2026-10",
                editions=("mps-2026-10",),
                method="none",
                fixed_on=date(2026, 11, 22),
                refused="The series broke in February 2024: too short to forecast.",
            )
            for measure in measures
        )

    agreed = signed(register, signed(register, proposed(register), COUNCIL), POLICE, ranges=refused)
    assert agreed.expected_ranges[0].refused.startswith("The series broke")


def test_only_the_review_of_a_priority_in_force_can_move_and_with_a_reason(register):
    running = in_force(register)
    with register.writing() as session, pytest.raises(InvalidEntry):
        priority_steps.amend_review(
            session, OFFICER, running.id, seen_version=running.version, review_on=date(2028, 7, 1), why="", now=IN_FORCE
        )
    with register.writing() as session:
        moved = priority_steps.amend_review(
            session, OFFICER, running.id, seen_version=running.version, review_on=date(2028, 7, 1), why="low volume", now=IN_FORCE
        )
    assert moved.review_on == date(2028, 7, 1)
    with register.writing() as session, pytest.raises(NotAllowed):
        priorities.edit(session, COUNCIL, running.id, borough_entry(), seen_version=moved.version, why="", now=IN_FORCE)


def test_a_new_comment_does_not_make_an_open_edit_stale(register):
    record = proposed(register)
    with register.writing() as session:
        commented = priorities.comment(
            session,
            POLICE,
            record.id,
            said_by="Ward panel, Brockley",
            capacity="residents' group",
            text="Noise too, please.",
            now=NOW,
        )
    assert commented.version == record.version
    assert [(c.said_by, c.text, c.recorded_by) for c in commented.comments] == [
        ("Ward panel, Brockley", "Noise too, please.", "Bob Police")
    ]


def test_a_past_priority_is_recorded_with_its_source_and_nothing_invented(register):
    entry = borough_entry(
        plan_id="2017-2021",
        financial_year="2019/20",
        area_code=BROMLEY,
        rationale=None,
        success=None,
        carried=Carried.FORWARD,
        in_force_from=None,
        review_on=None,
        residents_asked=None,
        residents_answered=None,
        evidence_sheet=None,
        notice_days=None,
    )
    source = Source(document="Minutes of the safer communities board", dated="May 2019", checked=True)
    with register.writing() as session:
        kept = priorities.record_past(session, OFFICER, entry, sources=(source,), now=NOW)
    assert kept.state is State.ENDED
    assert (kept.rationale, kept.success, kept.signatures, kept.expected_ranges) == (None, None, (), None)
    unsafe = source.model_copy(update={"url": "javascript:alert(1)"})
    another = entry.model_copy(update={"measure_id": "robbery"})
    for actor, sources in ((COUNCIL, (source,)), (OFFICER, ()), (OFFICER, (unsafe,))):
        with register.writing() as session, pytest.raises((NotAllowed, InvalidEntry)):
            priorities.record_past(session, actor, another, sources=sources, now=NOW)


def test_the_public_record_holds_a_past_choice_once_and_no_more_than_the_plans_rules_allow(register):
    then = {"plan_id": "2017-2021", "financial_year": "2019/20", "area_code": BROMLEY, "in_force_from": None}
    source = Source(document="Minutes of the safer communities board", dated="May 2019", checked=True)

    def record(**changes):
        with register.writing() as session:
            return priorities.record_past(session, OFFICER, borough_entry(**(then | changes)), sources=(source,), now=NOW)

    record(measure_id="burglary")
    with pytest.raises(InvalidEntry) as twice:
        record(measure_id="burglary")
    assert list(twice.value.errors) == ["measure_id"]
    record(measure_id="robbery")
    with pytest.raises(InvalidEntry) as third:
        record(measure_id="shoplifting")
    assert third.value.errors["sort"].endswith("a borough chooses 2 volume priorities a year.")
    # Mandatory ones stand beside the two.
    assert record(measure_id="possession_of_weapons", sort=Sort.HARM, is_mandatory=True).is_mandatory


def test_nothing_is_proposed_for_the_city_which_has_its_own_police(register):
    with register.writing() as session, pytest.raises(InvalidEntry) as refused:
        priorities.draft(session, OFFICER, borough_entry(area_code="E09000001"), now=NOW)
    assert list(refused.value.errors) == ["area_code"]
