"""What is worked out beyond the verdicts: ranges of months, comparisons of places, likeness, settling."""

import numpy as np
import pytest

from etl.commands.characteristics import compile_table
from etl.core.areas import HILLINGDON
from etl.core.errors import CatalogueError, SourceChanged
from etl.definitions import reference, similar
from etl.judging.month_ranges import OUTSIDE

LONDON = "E12000007"


def frame(release, statement):
    return release.execute(statement).df()


def test_a_month_said_to_be_outside_is_outside_the_range_drawn(release):
    rows = frame(
        release,
        "SELECT e.*, v.value FROM expected_month e JOIN measure_value v USING (measure_id, area_code, period) "
        "WHERE v.breakdown = '' AND e.role IN ('earlier', 'window')",
    )
    out = (rows.value > rows.upper) | (rows.value < rows.lower)
    is_outside = rows.signal == "outside the range"
    assert is_outside.sum() > 50
    assert (out == is_outside).all()


def test_signals_are_words(release):
    rows = frame(release, "SELECT DISTINCT signal FROM expected_month")
    assert set(rows.signal) == {"", OUTSIDE}


def test_no_month_is_set_against_what_was_expected_on_the_other_side_of_a_break(release):
    rows = frame(release, "SELECT * FROM expected_month WHERE measure_id = 'violence_with_injury' AND area_code = 'E12000007'")
    # Expected in March 2023, the year up to the break has ranges; what it holds after the break has none of that year's.
    assert set(rows.role) == {"earlier", "window"}
    assert rows[rows.period == "2024-02"].role.tolist() == ["earlier"]
    assert "2024-03" not in set(rows.period)
    assert rows.period.min() == "2023-04"
    assert not rows.period.duplicated().any()


def test_ranges_hold_most_months_they_were_not_made_from(release):
    rows = frame(
        release,
        "SELECT e.*, v.value FROM expected_month e JOIN measure_value v USING (measure_id, area_code, period) "
        "WHERE v.breakdown = '' AND e.role = 'earlier' AND e.area_code LIKE 'E09%'",
    )
    assert ((rows.value >= rows.lower) & (rows.value <= rows.upper)).mean() > 0.9


def test_expected_ranges_are_nested_and_run_two_years_on(release):
    rows = frame(release, "SELECT * FROM expected_range")
    for low, high in (("lower95", "lower80"), ("lower80", "median"), ("median", "upper80"), ("upper80", "upper95")):
        # whole numbers about a centre that is none
        assert (rows[low] <= rows[high] + 1).all()
    one = rows[(rows.measure_id == "burglary") & (rows.area_code == LONDON)].sort_values("period")
    assert one.period.tolist()[0] == "2026-01"
    assert len(one) == 24
    assert one.made_at.unique().tolist() == ["2025-12"]


def test_a_total_runs_to_its_years_end_and_agrees_with_its_months(release):
    months = frame(release, "SELECT * FROM expected_range")
    rows = frame(release, "SELECT * FROM expected_total")
    for low, high in (("lower95", "lower80"), ("lower80", "median"), ("median", "upper80"), ("upper80", "upper95")):
        # whole numbers about a centre that is none
        assert (rows[low] <= rows[high] + 1).all()
    one = rows[(rows.measure_id == "burglary") & (rows.area_code == LONDON)].sort_values("first")
    assert one["last"].tolist() == ["2026-03"] * 3 + ["2027-03"] * 12 + ["2027-12"] * 9
    alone = months[(months.measure_id == "burglary") & (months.area_code == LONDON)].set_index("period")
    # The total of one month is that month.
    march = one[one["first"] == "2026-03"].iloc[0]
    assert [march[name] for name in ("lower95", "median", "upper95")] == alone.loc[
        "2026-03", ["lower95", "median", "upper95"]
    ].tolist()
    year, its_months = one[one["first"] == "2026-04"].iloc[0], alone.loc["2026-04":"2027-03"]
    assert year["median"] == pytest.approx(its_months["median"].sum(), rel=0.02)
    # A total and its months are widened by what each length did on past windows: they agree to a few in a hundred.
    for name in ("lower95", "upper95"):
        assert year[name] == pytest.approx(its_months[name].sum(), rel=0.05)


def test_the_longer_the_wait_the_smaller_the_change_that_is_seen(release):
    rows = frame(release, "SELECT * FROM time_to_see WHERE change < 0 AND area_code = 'E12000007'")
    table = rows.pivot_table(index="measure_id", columns="change", values="months", dropna=False).fillna(99)
    assert (table[-0.3] <= table[-0.2]).all()
    assert (table[-0.2] <= table[-0.1]).all()


def test_each_borough_is_compared_with_the_rest_of_london_not_with_itself(release):
    rows = frame(release, "SELECT * FROM area_comparison WHERE measure_id = 'shoplifting' ORDER BY area_code")
    assert len(rows) == 32
    one = rows.iloc[0]
    rest = rows.iloc[1:]
    assert one.rest_rate == pytest.approx(rest.events.sum() / rest.population.sum() * 1_000)
    assert one.ratio == pytest.approx(one.rate / one.rest_rate)
    assert set(rows.side) <= {"above", "below", "similar"}
    assert ((rows.ratio_lower > 1) == (rows.side == "above")).all()
    assert (rows.adjusted_z.abs() <= rows.z.abs() + 1e-9).all()


def test_contributions_add_up_to_the_boroughs_change(release):
    rows = frame(release, "SELECT * FROM contribution WHERE measure_id = 'burglary'")
    # The months of Hillingdon lie on both sides of a restart of its own.
    assert len(rows) == 31
    assert HILLINGDON not in set(rows.area_code)
    assert (rows.change == rows.now - rows.before).all()
    assert ((rows.change_lower < rows.change) & (rows.change < rows.change_upper)).all()
    london = rows.london_change.iloc[0]
    # crimes with no borough are all that may part them
    assert rows.change.sum() == pytest.approx(london, abs=0.02 * rows.now.sum())
    assert rows.share.sum() == pytest.approx(rows.change.sum() / london)


def test_no_contribution_is_told_across_a_break(release):
    rows = frame(release, "SELECT DISTINCT measure_id FROM contribution")
    assert "violence_with_injury" not in set(rows.measure_id)


def test_newest_months_move_more_than_older_ones(release):
    rows = frame(release, "SELECT lag, median(typical) AS typical FROM settling WHERE kind = 'borough' GROUP BY 1 ORDER BY 1")
    assert rows.typical.iloc[0] > rows.typical.iloc[-1]
    own = frame(release, "SELECT * FROM settling WHERE measure_id = 'burglary' AND kind = 'force' AND lag = 0")
    assert own.basis.tolist() == ["measure"]
    assert (own.most >= own.typical).all()


def test_likeness_is_mutual_and_every_borough_has_31_others(release):
    rows = frame(release, "SELECT * FROM similarity")
    assert len(rows) == 32 * 31
    distance = {(r.area_code, r.other_code): r.distance for r in rows.itertuples()}
    assert all(d == pytest.approx(distance[b, a]) for (a, b), d in distance.items())
    assert (rows.groupby("area_code").place.max() == 31).all()


def test_a_readers_own_weights_change_who_is_alike():
    def name(code):
        return reference.areas()[code].name

    usual = [name(n.area) for n in similar.neighbours("E09000006")][:3]
    assert usual[0] == "Havering"
    only_jobs = {w.characteristic: float(w.characteristic == "jobs_per_resident") for w in similar.weights()}
    changed = similar.neighbours("E09000006", only_jobs)
    jobs = {area: figures["jobs_per_resident"] for area, figures in similar.characteristics().items()}
    gaps = [abs(np.log(jobs[n.area] / jobs["E09000006"])) for n in changed]
    assert gaps == sorted(gaps)
    with pytest.raises(ValueError, match="not all nil"):
        similar.neighbours("E09000006", {w.characteristic: 0.0 for w in similar.weights()})


def test_an_area_without_characteristics_has_no_neighbours():
    assert similar.neighbours(LONDON) == ()


def test_the_compiled_table_is_what_the_published_files_say(published_data, tmp_path):
    context = published_data / "context"
    count = compile_table(context / "london-borough-profiles.csv", context / "ID 2019 for London.xlsx", tmp_path)
    assert count == 32 * 7
    kept = (reference.REFERENCE / similar.CHARACTERISTICS).read_text(encoding="utf-8")
    assert (tmp_path / similar.CHARACTERISTICS).read_text(encoding="utf-8") == kept


def test_a_profile_file_without_its_columns_is_refused(tmp_path):
    (tmp_path / "profiles.csv").write_text("Code,Area_name\nE09000002,Barking and Dagenham\n", encoding="utf-8")
    with pytest.raises(SourceChanged, match="no column Population_density"):
        compile_table(tmp_path / "profiles.csv", tmp_path / "none.xlsx", tmp_path)


def test_a_weight_that_is_no_number_is_refused(tmp_path, monkeypatch):
    (tmp_path / similar.WEIGHTS).write_text("characteristic,title,weight,scale\ndensity,Density,much,plain\n", encoding="utf-8")
    monkeypatch.setattr(similar, "REFERENCE", tmp_path)
    similar.weights.cache_clear()
    with pytest.raises(CatalogueError, match="density"):
        similar.weights()
    monkeypatch.undo()
    similar.weights.cache_clear()
