"""What was worked out when the release was made comes out as records a page can draw without computing."""

import pytest

from dashboard.figures import queries
from dashboard.figures import queries_judgement as judged
from dashboard.figures.judgement_records import ExpectedMonth
from etl.core.reason_words import in_sentences

LONDON, BROMLEY = "E12000007", "E09000006"

pytestmark = pytest.mark.usefixtures("warehouse")


def test_expected_months_come_oldest_first_with_their_role():
    months = judged.expected_months("burglary", BROMLEY)
    assert [m.period for m in months] == sorted(m.period for m in months)
    assert {m.role for m in months} == {"earlier", "window"}
    assert all(isinstance(m, ExpectedMonth) and m.lower <= m.expected <= m.upper for m in months)


def test_rate_and_count_of_a_measure_share_one_expected_range():
    assert judged.expected_months("burglary_rate", BROMLEY) == judged.expected_months("burglary", BROMLEY)


def test_a_survey_has_no_monthly_ranges():
    assert judged.expected_months("good_job_local", LONDON) == ()


def test_range_of_coming_months_starts_after_the_newest_month():
    (first, *_, last) = judged.expected_range("burglary", LONDON)
    assert (first.made_at, first.period, last.period) == ("2025-12", "2026-01", "2027-12")
    assert first.lower95 <= first.lower80 <= first.median <= first.upper80 <= first.upper95


def test_comparisons_come_a_to_z_and_contributions_add_up():
    compared = judged.area_comparisons("burglary")
    assert compared[0].area == "E09000002"
    assert len(compared) == 32
    parts = judged.contributions("burglary")
    assert [p.change for p in parts] == sorted(p.change for p in parts)
    # the rest of London's fall is in crimes recorded with no borough
    assert sum(p.share for p in parts) == pytest.approx(1.0, abs=0.15)


def test_most_similar_boroughs_come_first_and_own_weights_are_used():
    usual = judged.similar(BROMLEY)
    assert [s.place for s in usual] == list(range(1, 32))
    assert [s.distance for s in usual] == sorted(s.distance for s in usual)
    names = [w.characteristic for w in judged.similar_weights()]
    other = judged.similar(BROMLEY, tuple((name, float(name == "deprivation")) for name in names))
    assert [s.area for s in other] != [s.area for s in usual]
    assert judged.similar(LONDON) == ()


def test_settling_runs_from_the_newest_month_back():
    moves = judged.settling("burglary", "borough")
    assert [m.lag for m in moves] == list(range(len(moves)))
    assert moves[0].typical <= moves[0].most


def test_detection_time_is_a_number_of_months_or_none():
    wait = judged.months_to_see("burglary", LONDON)
    assert set(wait) == {-0.3, -0.2, -0.1, 0.1, 0.2, 0.3}
    assert wait[-0.3] is not None
    assert wait[-0.3] >= 3


def test_what_would_change_a_verdict_is_a_sentence():
    assert in_sentences(queries.verdict("burglary", BROMLEY).would_change).endswith(".")


def test_calibration_comes_with_whether_its_aims_are_reached():
    figures = judged.calibration_figures()
    made = judged.calibration_made()
    assert made is not None
    assert {f.kind for f in figures} == {"London", "boroughs"}
    assert {f.is_met for f in figures} == {True, False, None}
    assert all((f.target is None) == (f.is_met is None) for f in figures)


def test_verdict_lists_say_how_many_of_their_moves_are_expected_not_to_last():
    lists = {f.family: f for f in judged.verdict_families()}
    assert {"London", "boroughs", "commands"} <= set(lists)
    boroughs = lists["boroughs"]
    assert 0 < boroughs.changed < boroughs.leaning < boroughs.tested
    assert 0 <= boroughs.not_lasting < boroughs.changed


@pytest.mark.parametrize("question", [judged.expected_months, judged.expected_range])
def test_unknown_id_is_refused_with_the_nearest_known_one(question):
    with pytest.raises(LookupError, match="burglary"):
        question("burglery", BROMLEY)
