"""Whole years against the months before them: what counts as a change, and what is refused."""

import numpy as np
import pytest

from etl.core.reason_words import in_sentences
from etl.definitions.retired_targets import TARGET_YEARS
from etl.judging.fitted import fitted
from etl.judging.made_once import MadeOnce
from etl.judging.panel import Break, Panel
from etl.judging.years import Span, control, spans
from etl.judging.years import judge as judge_year

MONTHS = tuple(f"{y}-{m:02d}" for y in range(2008, 2019) for m in range(1, 13))
AREAS = tuple(f"E09{n:06d}" for n in range(2, 22))
AS_USUAL = Span(("2011-04", "2013-03"), ("2013-04", "2014-03"))


def panel(counts, breaks=None):
    return Panel("robbery", "lower", AREAS, ("borough",) * len(AREAS), MONTHS, counts, breaks or {}, {})


def judge(made, span):
    """The findings on one year of every area of a panel."""
    return judge_year(MadeOnce(made, fitted()), span)


@pytest.fixture
def steady():
    """Boroughs of very different sizes where nothing changes: Poisson about a fixed mean."""
    means = np.linspace(20, 400, len(AREAS))
    return np.random.default_rng(7).poisson(means[:, None], (len(AREAS), len(MONTHS))).astype(float)


def of(findings, area):
    return next(f for f in findings if f.finding.area == area)


def test_every_whole_financial_year_a_page_asks_for_is_judged_and_the_targets_own(steady):
    spans_judged = spans(panel(steady))
    assert [s.window[0][:4] for s in spans_judged[:-1]] == ["2016", "2017"]
    assert spans_judged[-1] == Span(TARGET_YEARS[:2], TARGET_YEARS[2:])


def test_observed_is_the_years_own_total_and_expected_that_of_years_in_which_nothing_changed(steady):
    judged_year = of(judge(panel(steady), AS_USUAL), AREAS[-1])
    year = [i for i, m in enumerate(MONTHS) if "2013-04" <= m <= "2014-03"]
    before = [i for i, m in enumerate(MONTHS) if "2011-04" <= m <= "2013-03"]
    assert judged_year.finding.observed == steady[-1, year].sum()
    assert judged_year.finding.expected == pytest.approx(steady[-1, before].sum() / 2, rel=0.02)
    assert judged_year.compared == AS_USUAL.baseline


def test_planted_fall_of_a_third_is_better_and_the_rest_stay_quiet(steady):
    year = [i for i, m in enumerate(MONTHS) if "2013-04" <= m <= "2014-03"]
    steady[-1, year] = np.round(steady[-1, year] * 0.67)
    findings = control(judge(panel(steady), AS_USUAL), {"robbery": "lower"}, dict.fromkeys(AREAS, "borough"))
    assert of(findings, AREAS[-1]).finding.state == "B"
    # A tenth of this made-up London fell, so a few others are further above its path than chance goes.
    assert sum(f.finding.state in "BWC" for f in findings) <= 4


def test_a_years_expected_total_does_not_depend_on_later_years(steady):
    after = [i for i, m in enumerate(MONTHS) if m > "2014-03"]
    changed = steady.copy()
    changed[:, after] *= 5
    assert of(judge(panel(steady), AS_USUAL), AREAS[3]) == of(judge(panel(changed), AS_USUAL), AREAS[3])


def test_break_between_baseline_and_year_refuses_with_its_reason(steady):
    broken = {"*": (Break("2013-09", None, True, "The counting changed."),)}
    findings = judge(panel(steady, broken), AS_USUAL)
    assert {f.finding.state for f in findings} == {"X"}
    assert in_sentences(findings[0].finding.reasons) == "The counting changed."
    # Offences on both sides of a restart are not added up.
    assert findings[0].finding.observed is None


def test_break_inside_the_baseline_shortens_it(steady):
    broken = {"*": (Break("2012-03", None, True, "The counting changed."),)}
    assert of(judge(panel(steady, broken), AS_USUAL), AREAS[0]).compared == ("2012-03", "2013-03")
    broken = {"*": (Break("2012-05", None, True, "The counting changed."),)}
    assert of(judge(panel(steady, broken), AS_USUAL), AREAS[0]).finding.state == "T"


def test_year_with_a_month_missing_is_not_judged_and_not_added_up(steady):
    steady[0, MONTHS.index("2013-07")] = np.nan
    year = of(judge(panel(steady), AS_USUAL), AREAS[0]).finding
    assert (year.state, year.observed) == ("U", None)


def test_too_few_offences_give_no_verdict(steady):
    steady[0] = 0
    assert of(judge(panel(steady), AS_USUAL), AREAS[0]).finding.state == "U"
