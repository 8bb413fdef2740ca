"""Reasons are read aloud by people who never studied statistics."""

import datetime as dt
import re

import numpy as np
import pytest

from etl.core.reason import read_stored
from etl.core.reason_words import in_sentences, sentence
from etl.judging import quarters, surveys
from etl.judging.finding import Finding
from etl.judging.lateness import Timing, late_reason
from etl.judging.what_would_change import would_change
from etl.release import judge

JARGON = re.compile(
    r"p.value|sigma|standard (error|deviation)|Benjamini|overdispers|autocorrel|null|\bnan\b|significan|segment",
    re.I,
)
ISO = re.compile(r"\d{4}-(\d{2}|Q\d)")
MONTHLY = Timing(dt.date(2026, 3, 1), 1, 1)
SURVEY = Timing(dt.date(2026, 3, 1), 3, 2)


@pytest.fixture(scope="module")
def reasons(release):
    rows = release.execute("SELECT measure_id, area_code, state, reason, would_change FROM verdict").fetchall()
    return [(*key, in_sentences(read_stored(why)), in_sentences(read_stored(change))) for *key, why, change in rows]


def test_every_reason_is_finished_english(reasons):
    assert len(reasons) > 1_400
    for measure, area, state, *sentences in reasons:
        for text in sentences:
            where = f"{measure} {area} {state}: {text}"
            assert re.match(r"[A-Z]", text), where
            assert text.endswith("."), where
            assert "  " not in text, where
            assert ".." not in text, where
            assert not ISO.search(text), where
            assert not re.search(r"\b(one|1) (months|quarters|points) ", text), where


def test_no_reason_needs_a_statistician(reasons):
    assert not [r for r in reasons if JARGON.search(r[3]) or JARGON.search(r[4])]


def test_a_survey_reason_names_the_smallest_change_that_could_be_seen(reasons):
    london = [r for r in reasons if r[0] == "good_job_local" and r[1] == "E12000007"]
    assert "Only a change of 1.5 points or more would be visible." in london[0][3]


def test_every_state_but_refusals_has_its_numbers(release):
    rows = release.execute(
        "SELECT count(*) FROM verdict WHERE state IN ('B', 'W', 'C', 'N', 'P') "
        "AND (observed IS NULL OR expected IS NULL OR window_last IS NULL)"
    ).fetchone()
    assert rows == (0,)


@pytest.mark.slow
def test_verdicts_come_out_the_same_twice(release):
    once, twice = (judge.judge(release).findings for _ in range(2))
    assert once == twice


@pytest.mark.parametrize(("last", "missing"), [("2026-01", 0), ("2025-12", 1), ("2025-11", 2), ("2025-10", 3), ("2024-12", 13)])
def test_what_is_missing_is_counted_at_the_releases_own_date(last, missing):
    assert MONTHLY.missing(last) == missing


def test_one_or_two_missing_months_are_not_late():
    assert late_reason(MONTHLY, "2025-11", None) is None


def test_not_held_and_held_elsewhere_are_told_apart():
    assert sentence(late_reason(MONTHLY, "2025-07", None)) == (
        "The newest figure held is for July 2025. Six later months should be out by now and are not held, so there is no verdict."
    )
    assert sentence(late_reason(SURVEY, "2023-12", "2025-09")) == (
        "The newest figure held is for the year to December 2023. "
        "Seven later quarters are held for other areas and not for this one, so there is no verdict."
    )


def test_a_borough_survey_cannot_tell_and_london_can():
    points = {"2024-09": 0.52, "2025-09": 0.48}
    borough = surveys.judge("trust_mps", "higher", "E09000006", "borough", points, SURVEY, "2025-09")
    london = surveys.judge("trust_mps", "higher", "E12000007", "force", points, SURVEY, "2025-09")
    assert (borough.state, london.state) == ("U", "W")
    assert "the figure cannot tell whether this borough changed" in in_sentences(borough.reasons)
    # 1.96 x sqrt(2 x 0.48 x 0.52 x 1.5 / 400) = 0.085
    assert borough.visible_change == pytest.approx(0.085, abs=0.001)


@pytest.mark.parametrize("kind", ["force", "borough"])
def test_what_a_survey_could_have_shown_and_its_verdict_never_part(kind):
    for now in np.arange(0.05, 0.96, 0.05):
        for before in np.clip(now + np.arange(-0.1, 0.101, 0.002), 0.01, 0.99):
            findings = surveys.judge("trust_mps", "higher", "X", kind, {"2025-09": now, "2024-09": before}, SURVEY, "2025-09")
            assert (findings.state in "BW") == (abs(now - before) > findings.visible_change)


def test_what_would_change_a_survey_verdict_is_said_by_its_state():
    points = {"2024-09": 0.52, "2025-09": 0.48}
    worse = surveys.judge("trust_mps", "higher", "E12000007", "force", points, SURVEY, "2025-09")
    assert sentence(would_change(worse)) == "Two separate years less than 1.5 points apart would not have been called a change."
    level = surveys.judge("trust_mps", "higher", "E12000007", "force", points | {"2025-09": 0.52}, SURVEY, "2025-09")
    assert sentence(would_change(level)) == "Two separate years further than 1.5 points apart."


def test_a_share_is_said_in_per_cent(reasons):
    shares = [r[4] for r in reasons if r[0] == "open_crown_cases_over_1_year_share"]
    assert len(shares) == 8
    assert all(re.search(r"\d%.*\d%", text) for text in shares)


def test_neighbouring_points_of_a_rolling_year_are_never_compared():
    points = {"2025-03": 0.70, "2025-06": 0.60, "2025-09": 0.50}
    findings = surveys.judge("trust_mps", "higher", "E12000007", "force", points, SURVEY, "2025-09")
    assert findings.state == "T"
    assert "September 2024" in in_sentences(findings.reasons)


@pytest.mark.parametrize("likeness", [0.0, 0.5, 0.7])
def test_quarters_that_are_like_their_neighbours_do_not_cry_wolf(likeness):
    generator = np.random.default_rng(11)
    periods = [f"{2016 + i // 4}-Q{i % 4 + 1}" for i in range(40)]
    timing = Timing(dt.date(2026, 3, 1), 3, 3)
    alarms = plain = 0
    for _ in range(25):
        wander = generator.standard_normal((8, 40))
        for quarter in range(1, 40):
            wander[:, quarter] = likeness * wander[:, quarter - 1] + np.sqrt(1 - likeness**2) * wander[:, quarter]
        areas = {str(i): dict(zip(periods, 300 + 20 * row, strict=True)) for i, row in enumerate(wander)}
        memory = quarters.memory(areas)
        findings = [quarters.judge("days", "lower", a, points, timing, periods[-1], memory) for a, points in areas.items()]
        alarms += sum(f.state != "N" for f in findings)
        without = [quarters.judge("days", "lower", a, points, timing, periods[-1], 0.0) for a, points in areas.items()]
        plain += sum(f.state != "N" for f in without)
    assert alarms / 200 <= 0.03
    assert likeness == 0 or plain > 3 * alarms + 5


def test_few_quarters_are_said_to_have_trial_limits():
    steady = {f"{2022 + i // 4}-Q{i % 4 + 1}": 100.0 + (-1) ** i for i in range(15)}
    timing = Timing(dt.date(2025, 12, 1), 3, 3)
    findings = quarters.judge("waiting", "lower", "E12000007", steady, timing, max(steady), 0.0)
    assert findings.state == "N"
    assert in_sentences(findings.reasons).endswith("These are trial limits: they rest on 11 quarters.")
    jumped = quarters.judge("waiting", "lower", "E12000007", {**steady, max(steady): 150.0}, timing, max(steady), 0.0)
    assert jumped.state == "W"
    short = quarters.judge("waiting", "lower", "E12000007", dict(list(steady.items())[-5:]), timing, max(steady), 0.0)
    assert (short.state, in_sentences(short.reasons)) == (
        "T",
        "Five quarters are held outside the Covid months; 12 are needed. First honest review: after June 2027.",
    )


def test_what_would_change_a_verdict_is_a_number_a_reader_can_check():
    quiet = Finding(
        "burglary", "E09000006", "N", window=("2025-04", "2025-12"), observed=930.0, expected=1000.0, expected_lower=810.0,
        expected_upper=1210.0, p_value=0.3, visible_change=0.2, rule="window",
    )  # fmt: skip
    assert (
        sentence(would_change(quiet))
        == "Fewer than 810 or more than 1,210 from April to December 2025 would have been called leaning at least."
    )
