"""The tables fitted on real windows are whole, and fitting and measuring work on a small panel."""

import csv
from dataclasses import replace

import numpy as np
import pytest

from etl.calibration import real_fit, real_results
from etl.calibration.real_windows import EARLIER, LATER, NOTHING, windows
from etl.commands import calibrate
from etl.core.errors import CatalogueError
from etl.core.grade import Grade
from etl.core.period import every_month
from etl.judging import calibrated, fitted, in_step
from etl.judging.panel import Break, Panel

MONTHS = tuple(every_month("2008-01", "2025-12"))


def results():
    with (fitted.CALIBRATION / calibrated.RESULTS).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_tables_kept_serve_every_kind_size_and_length():
    tables = fitted.fitted()
    for kind in ("force", "borough"):
        for is_short in (False, True):
            name = fitted.fitted_kind(kind, is_short)
            for months in range(3, 13):
                widths = tables.factor([name] * 4, "", np.array([0.2, 5, 80, 20_000.0]), months)
                assert (np.diff(widths, axis=1) > 0).all()
                ranks = tables.rank(fitted.EVIDENCE_RANK, [name] * 4, "nobody's", np.array([0.2, 5, 80, 20_000.0]), months)
                assert (np.diff(ranks, axis=1) >= 0).all()


def test_the_record_of_each_grade_that_leans_is_kept():
    assert {"almost certain", "highly likely"} <= set(fitted.fitted().record)
    for grade in (Grade.ALMOST_CERTAIN, Grade.HIGHLY_LIKELY):
        number, lasted = fitted.fitted().record[grade.word]
        assert number >= 50
        assert lasted > grade.least - 0.05


def test_what_was_measured_is_kept_with_its_targets_met_or_not():
    rows = results()
    assert {row["figure"] for row in rows} >= {
        real_results.COVERAGE,
        real_results.POWER,
        real_results.UNPROVOKED,
        real_results.TENTH,
    }
    assert all(row["is_met"] in ("True", "False") for row in rows if row["target"])
    whole = {(row["figure"], row["kind"]): row for row in rows if row["group"] == "all"}
    assert whole[real_results.COVERAGE, "boroughs"]["is_met"] == "True"
    assert whole[real_results.SCORE, "boroughs"]["is_met"] == "True"
    assert whole[real_results.UNPROVOKED, "boroughs"]["is_met"] == "True"


def test_tables_that_are_not_there_are_refused_in_words(tmp_path):
    with pytest.raises(CatalogueError, match="etl calibrate"):
        fitted.read(tmp_path)


@pytest.fixture(scope="module")
def small():
    generator = np.random.default_rng(1)
    wander = np.exp(np.cumsum(generator.normal(0, 0.02, (9, len(MONTHS))), axis=1))
    counts = generator.poisson(40 * wander).astype(float)
    counts[0] = counts[1:].sum(axis=0)
    areas = ("London", *(f"B{i}" for i in range(8)))
    covid = Break("2020-03", "2021-06", is_restart=False, what="Covid")
    return Panel("made", "lower", areas, ("force", *["borough"] * 8), MONTHS, counts, {area: (covid,) for area in areas}, {})


@pytest.mark.slow
def test_no_window_touches_covid_or_a_restart_and_each_is_scored_once(small):
    frame = windows([small], None, 1, plants=())
    assert set(frame["year"]) == {*EARLIER, *LATER}
    assert not frame.duplicated(["area", "year", "months", "planted"]).any()
    assert not ((frame["year"] == 2019) & (frame["months"] == 12)).any()
    restart = Break("2016-08", None, is_restart=True, what="x")
    small_with_break = replace(small, breaks={area: (*small.breaks[area], restart) for area in small.areas})
    after = windows([small_with_break], None, 1, plants=())
    assert set(after[after["months"] == 9]["year"]) == {2012, 2013, 2014, 2015, 2019, *LATER}


@pytest.mark.slow
def test_fitting_and_measuring_go_through_on_a_small_panel(small, tmp_path):
    spread = real_fit.fit_spread([small], 1)
    few = (2012, 2014, 2016, 2017, 2018, 2023, 2024)
    frame = windows([small], spread, 1, years=few)
    earlier = real_fit.fit(frame, spread, EARLIER)
    kept = real_results.kept(frame, earlier)
    for name, table in real_fit.frames(kept).items():
        table.to_csv(tmp_path / name, index=False)
    again = fitted.read(tmp_path)
    assert again.lasts == pytest.approx(kept.lasts, abs=1e-5)
    measured = real_results.results(frame, earlier, kept, 1)
    assert (frame["planted"] != NOTHING).any()
    assert set(measured["kind"]) == {"London", "boroughs"}
    assert calibrate.lines(measured)


def test_a_calibration_holds_for_the_same_judging_and_the_same_breaks_whatever_their_words(monkeypatch, tmp_path):
    def breaks_of(table):
        (tmp_path / in_step.BREAKS).write_text(table, encoding="utf-8")
        return in_step.breaks_sha256()

    monkeypatch.setattr(in_step, "REFERENCE", tmp_path)
    monkeypatch.setattr(in_step, "JUDGED_THE_SAME_SINCE", 3)
    rows = "measures,areas,start,end,what,treatment\nburglary,*,2024-03-01,,{},restart\n"
    usual = breaks_of(rows.format("Old words"))
    assert [in_step.is_in_step(methods, usual) for methods in (2, 3, 4)] == [False, True, True]
    assert breaks_of(rows.format("New words")) == usual
    assert breaks_of(rows.format("Old words") + "burglary,*,2021-03-01,,Seen,mark\n") == usual
    assert breaks_of(rows.format("Old words").replace("2024-03", "2024-04")) != usual
    assert not in_step.is_in_step(3, usual)


def test_a_release_carries_what_was_measured_and_whether_it_is_of_this_judging(release):
    assert release.execute("SELECT count(*) FROM calibration_figure").fetchone() == (len(results()),)
    made = calibrated.made()
    assert made.data_to.tolist() == ["2025-12"]
    stored = release.execute("SELECT data_to, measures, in_step FROM calibration_made").fetchall()
    assert stored == [tuple(made.iloc[0].tolist())]


def test_what_is_kept_was_measured_with_the_judging_and_the_breaks_that_stand():
    assert calibrated.made().in_step.tolist() == [True], "the judging or the breaks changed: run `python -m etl calibrate`"
