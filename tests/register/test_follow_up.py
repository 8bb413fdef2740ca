"""What the register says unasked: churn, bed-in, standstill, not chosen, displacement. Worked by hand."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.register import follow_up, outturn, years
from dashboard.register.measures import candidates
from dashboard.register.models import ActionState, Aspect, Origin, Rag
from dashboard.register.permissions import Kind, State
from dashboard.register.record_parts import ExpectedRange, RangePoint
from dashboard.register.records import (
    ActionRecord,
    BoroughPriorityRecord,
    CommentaryRecord,
    RecommendationRecord,
    StatusRecord,
)
from tests.register.conftest import NOW

A, B, C = "E09000002", "E09000003", "E09000004"


def chosen(area, year, *measures, state=State.ENDED):
    fields = dict.fromkeys(BoroughPriorityRecord.model_fields)
    return [
        BoroughPriorityRecord(
            **fields
            | {
                "id": f"{area}{year}{measure}",
                "version": 1,
                "kind": Kind.BOROUGH,
                "plan_id": "p",
                "area_code": area,
                "financial_year": year,
                "title": measure,
                "measure_id": measure,
                "state": state,
                "origin": Origin.REGISTER,
                "is_example": False,
                "is_mandatory": False,
                "author_name": "x",
                "sources": (),
                "signatures": (),
                "comments": (),
                "updated_at": NOW,
            }
        )
        for measure in measures
    ]


def test_churn_counts_what_was_dropped_and_added_where_both_years_are_on_record():
    before = [*chosen(A, "2025/26", "burglary", "robbery"), *chosen(B, "2025/26", "arson"), *chosen(C, "2025/26", "arson")]
    after = [*chosen(A, "2026/27", "burglary", "shoplifting"), *chosen(B, "2026/27", "arson")]
    outcome = follow_up.churn(before, after)
    assert (outcome.changes, outcome.areas_changed, outcome.not_compared) == (2, 1, (C,))
    assert outcome.areas[0] == follow_up.AreaChurn(A, ("burglary",), ("shoplifting",), ("robbery",))
    assert outcome.areas[1] == follow_up.AreaChurn(B, ("arson",), (), ())


def test_a_proposal_or_withdrawn_priority_does_not_count_as_a_choice():
    before = chosen(A, "2025/26", "burglary")
    after = [*chosen(A, "2026/27", "burglary"), *chosen(A, "2026/27", "robbery", state=State.PROPOSED)]
    after += chosen(A, "2026/27", "arson", state=State.WITHDRAWN)
    assert follow_up.churn(before, after).changes == 0


def test_time_to_bed_in_is_counted_in_whole_months_and_data_points():
    months = [date(2026, month, 1) for month in range(1, 11)]
    clock = follow_up.bed_in(date(2026, 4, 1), months, date(2027, 4, 1), date(2026, 11, 22), no_review_because="")
    assert (clock.months, clock.points, clock.is_too_early, clock.review_after) == (7, 7, True, 12)
    late = follow_up.bed_in(date(2026, 4, 1), months, date(2026, 10, 1), date(2026, 11, 22), no_review_because="")
    assert (late.is_too_early, late.review_after) == (False, 6)
    never = follow_up.bed_in(date(2026, 4, 1), [], None, date(2026, 11, 22), no_review_because="Too few.")
    assert (never.points, never.is_too_early, never.review_after, never.no_review_because) == (0, None, None, "Too few.")


def test_every_measure_nobody_picked_is_listed_and_none_can_be_hidden():
    left = follow_up.not_chosen(candidates(), ["burglary", "robbery_personal"], ["homicide", "burglary"])
    names = [one.measure_id for one in left]
    assert not {"burglary", "burglary_residential", "burglary_business_and_community", "robbery", "robbery_personal"} & set(names)
    assert "robbery_business" in names
    assert [one.measure_id for one in left if one.is_london_wide] == ["homicide"]
    assert len(names) == len(candidates().choosable) - 5


@given(st.sets(st.sampled_from(candidates().choosable)))
def test_every_measure_is_chosen_or_listed_as_not_chosen_itself_or_by_its_parts(picked):
    measures = candidates()
    left = {one.measure_id for one in follow_up.not_chosen(measures, picked, ())}
    assert not left & picked
    for measure in measures.choosable:
        inside = any(measure in parts and whole in picked for whole, parts in measures.parts.items())
        split = bool(set(measures.parts.get(measure, ())) & picked)
        assert (measure in picked) or inside or split or (measure in left)


def test_only_a_worse_measure_beside_a_better_chosen_one_raises_the_displacement_notice():
    verdicts = {"burglary": "B", "robbery": "W", "rape": "C", "arson": "N"}
    outcome = follow_up.harm_balance(verdicts, ["burglary"], ["robbery", "arson"], ["rape"])
    assert outcome == follow_up.Displacement(("burglary",), ("robbery",))
    assert follow_up.harm_balance(verdicts | {"robbery": "N"}, ["burglary"], ["robbery", "arson"], ["rape"]) is None
    assert follow_up.harm_balance(verdicts | {"burglary": "N"}, ["burglary"], ["robbery"], []) is None
    assert follow_up.harm_balance({}, ["burglary"], ["robbery"], []) is None
    chosen_and_harmful = follow_up.harm_balance({"burglary": "B", "homicide": "W"}, ["burglary", "homicide"], [], ["homicide"])
    assert chosen_and_harmful.worsened == ("homicide",)


def action(name, due_on, state=ActionState.OPEN):
    return ActionRecord.model_construct(id=name, due_on=due_on, state=state)


def test_overdue_is_open_and_past_its_day_longest_first():
    today = date(2026, 11, 22)
    late, later, due = action("late", date(2026, 11, 21)), action("later", date(2026, 1, 1)), action("due", today)
    done = action("done", date(2026, 1, 1), ActionState.DONE)
    assert follow_up.overdue([late, due, done, later], today) == (later, late)


def recommendation(*history):
    return RecommendationRecord.model_construct(id="r", set_id="s", history=history)


MADE = {"s": date(2013, 3, 1)}


def status(aspect, rag, as_at):
    return StatusRecord.model_construct(aspect=aspect, rag=rag, as_at=as_at)


def test_a_recommendation_nobody_moved_for_months_is_named_with_how_long():
    accepted = recommendation(status(Aspect.ACCEPTED, Rag.AMBER, date(2013, 5, 31)))
    (outcome,) = follow_up.standstills([accepted], 6, date(2026, 11, 22), made_on=MADE)
    assert (outcome.months, outcome.last) == (161, date(2013, 5, 31))
    recent = recommendation(*accepted.history, status(Aspect.ANSWER, None, date(2026, 9, 1)))
    assert follow_up.standstills([recent], 6, date(2026, 11, 22), made_on=MADE) == ()
    delivered = recommendation(status(Aspect.DELIVERED, Rag.GREEN, date(2014, 1, 1)))
    assert follow_up.standstills([delivered], 6, date(2026, 11, 22), made_on=MADE) == ()
    (never,) = follow_up.standstills([recommendation()], 6, date(2026, 11, 22), made_on={})
    assert never.months is None
    # One that nobody has spoken of yet is counted from the day its set was made.
    assert follow_up.standstills([recommendation()], 6, date(2026, 11, 22), made_on={"s": date(2026, 11, 1)}) == ()
    (old,) = follow_up.standstills([recommendation()], 6, date(2026, 11, 22), made_on={"s": date(2025, 11, 1)})
    assert (old.months, old.last) == (12, None)


def explained(replaced=None, signed=1):
    return CommentaryRecord.model_construct(
        measure_id="robbery",
        area_code=A,
        period_start=date(2026, 9, 1),
        period_end=date(2026, 9, 30),
        signed_at=datetime(2026, 10, signed, tzinfo=UTC),
        replaced_by_id=replaced,
    )


@pytest.mark.parametrize(
    ("measure", "area", "first", "last", "is_explained"),
    [
        ("robbery", A, date(2026, 4, 1), date(2026, 9, 30), True),
        ("robbery", A, date(2026, 9, 30), date(2026, 12, 31), True),
        ("robbery", A, date(2026, 10, 1), date(2026, 10, 31), False),
        ("robbery", A, date(2026, 4, 1), date(2026, 8, 31), False),
        ("robbery", B, date(2026, 9, 1), date(2026, 9, 30), False),
        ("burglary", A, date(2026, 9, 1), date(2026, 9, 30), False),
    ],
)
def test_an_explanation_is_shown_for_a_change_of_its_measure_place_and_months(measure, area, first, last, is_explained):
    note = explained()
    assert follow_up.explaining(measure, area, first, last, [note]) == ((note,) if is_explained else ())


def test_replaced_explanations_are_left_out_and_the_newest_comes_first():
    days = (date(2026, 9, 1), date(2026, 9, 30))
    old, new = explained(signed=1), explained(signed=2)
    assert follow_up.explaining("robbery", A, *days, [explained(replaced="newer")]) == ()
    assert follow_up.explaining("robbery", A, *days, [old, new]) == (new, old)


def point(month, centre=100.0):
    return RangePoint(
        period_start=date(2026, month, 1), centre=centre, lower_80=centre - 10, upper_80=centre + 10,
        lower_95=centre - 20, upper_95=centre + 20,
    )  # fmt: skip


def fixed(year=None, refused=None):
    return ExpectedRange(
        measure_id="burglary", area_code=A, release_id="r1", editions=("e1",), method="m", fixed_on=date(2026, 3, 1),
        points=() if refused else (point(4), point(5), point(6)), year=year, refused=refused,
    )  # fmt: skip


def scored(came, better="lower", year=None, total=None, until=None):
    return outturn.score_range(
        fixed(year), came, better=better, year_total=total, until=until, release_id="r2", scored_on=date(2027, 5, 1)
    )


def test_a_years_figures_are_scored_against_the_range_fixed_on_agreement():
    result = scored({date(2026, 4, 1): 105.0, date(2026, 5, 1): 85.0, date(2026, 6, 1): 130.0})
    assert (result.periods, result.inside_80, result.inside_95, result.below_95, result.above_95) == (3, 1, 2, 0, 1)
    # Width 40 each; the last misses 120 by 10, times 2 / 0.05.
    assert result.mean_interval_score == pytest.approx((40 + 40 + 40 + 10 * 40) / 3)
    assert result.verdict == "inside"


def test_a_missing_month_is_not_scored_as_zero():
    result = scored({date(2026, 4, 1): 105.0})
    assert (result.periods, result.expected_periods, result.below_95) == (1, 3, 0)
    with pytest.raises(ValueError, match="no period"):
        scored({})


@pytest.mark.parametrize(
    ("total", "better", "verdict"),
    [
        (270.0, "lower", "better"),
        (270.0, "higher", "worse"),
        (330.0, "lower", "worse"),
        (330.0, "neither", "changed"),
        (300.0, "lower", "inside"),
    ],
)
def test_a_year_has_a_verdict_of_change_only_outside_its_expected_range(total, better, verdict):
    assert scored({date(2026, 4, 1): 100.0}, better=better, year=point(4, 300.0), total=total).verdict == verdict


def test_a_refused_range_cannot_be_scored():
    with pytest.raises(ValueError, match="too few"):
        outturn.score_range(
            fixed(refused="too few"), {}, better="lower", year_total=None, until=None, release_id="r", scored_on=date(2027, 5, 1)
        )


def test_months_after_a_priority_ended_are_not_scored():
    came = {date(2026, month, 1): 130.0 for month in (4, 5, 6)}
    result = scored(came, until=date(2026, 5, 31))
    assert (result.periods, result.expected_periods, result.above_95) == (2, 2, 2)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_every_date_lies_between_the_first_and_last_day_of_its_financial_year(day):
    year = years.financial_year(day)
    assert years.is_financial_year(year)
    assert years.starts_on(year) <= day <= years.ends_on(year)
    assert years.year_after(years.year_before(year)) == year


@pytest.mark.parametrize(
    ("text", "holds"), [("2018/19", True), ("1999/00", True), ("2018/20", False), ("18/19", False), ("", False)]
)
def test_only_two_years_that_follow_each_other_name_a_financial_year(text, holds):
    assert years.is_financial_year(text) is holds
