"""Calibration in words and rows: what is not reached is said to be NOT reached, a few windows are told as so many of so many."""

import csv
import re
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest

from dashboard.features.data import calibration_words as words
from dashboard.features.data.calibration_blocks import flags_block, lasting_block, power_block, ranges_block, sets_table
from dashboard.figures.judgement_records import Calibrated, CalibrationFigure, CalibrationMade
from dashboard.ui.render import to_html
from etl.calibration import real_results, real_windows

KEPT = Path(__file__).parents[2] / "data" / "calibration" / "real_results.csv"
COVERAGE, SCORE, POWER = Calibrated.COVERAGE, Calibrated.SCORE, Calibrated.POWER


def row(figure, value, *, kind=words.BOROUGHS, group=words.ALL, windows=2000, target=None, is_met=None):
    return CalibrationFigure(figure, kind, group, windows, value, target, is_met)


def tenth(group, forecast, lasted, is_met, windows=100):
    met = {"kind": words.BOROUGHS, "group": group, "windows": windows}
    return [
        row(Calibrated.TENTH, forecast - lasted, **met, is_met=is_met, target=None if is_met is None else "within 5 points"),
        row(Calibrated.FORECAST, forecast, **met),
        row(Calibrated.LASTED, lasted, **met),
    ]


def kept():
    with KEPT.open(encoding="utf-8", newline="") as lines:
        return [
            row(
                r["figure"], float(r["value"]), kind=r["kind"], group=r["group"], windows=int(r["windows"]),
                target=r["target"] or None, is_met={"True": True, "False": False, "": None}[r["is_met"]],
            )
            for r in csv.DictReader(lines)
        ]  # fmt: skip


def test_figures_and_years_are_those_the_measuring_writes():
    names = {
        value
        for name, value in vars(real_results).items()
        if name.isupper() and isinstance(value, str) and value in set(Calibrated)
    }
    assert names == set(Calibrated) == {r.figure for r in kept()}
    assert {r.kind for r in kept()} == set(words.PLACES) == set(real_results.PLACES.values())
    assert (real_windows.EARLIER[0], real_windows.EARLIER[-1]) == words.FITTED
    assert (real_windows.LATER[0], real_windows.LATER[-1]) == words.TESTED
    assert {c.name for c in real_windows.CHANGES} == {*words.FALLS, *words.RISES}


def test_headline_counts_the_aims_that_are_not_reached():
    reached = row(COVERAGE, 0.956, target="93 to 97%", is_met=True)
    missed = row(COVERAGE, 0.973, kind=words.LONDON, target="93 to 97%", is_met=False)
    assert words.headline([reached]) == "96% of borough totals lay inside their 95% range; every aim is reached"
    assert words.headline([reached, missed, row(POWER, 0.2)]).endswith("; 1 of 2 aims are NOT reached")
    assert words.headline([]) == words.NOT_WORKED_OUT


def test_ranges_sentence_names_what_is_not_reached_the_worst_first():
    rows = [
        row(COVERAGE, 0.956, windows=2290, target="93 to 97%", is_met=True),
        row(COVERAGE, 0.973, windows=73, kind=words.LONDON, target="93 to 97%", is_met=False),
        row(COVERAGE, 0.766, group="drug_trafficking", target="at least 90%", is_met=False),
        row(COVERAGE, 0.719, group="shoplifting", target="at least 90%", is_met=False),
        row(COVERAGE, 0.99, group="burglary", target="at least 90%", is_met=True),
        row(COVERAGE, 0.905, group="3 to 10 a month", target="at least 90%", is_met=True),
        row(COVERAGE, 0.95, group="1000 to inf a month", target="at least 90%", is_met=True),
    ]
    assert words.ranges_sentence(rows) == (
        "Inside the 95% range lay 95.6% of boroughs’ 2,290 totals of nine months (93 to 97% aimed at) and 97.3% of London’s 73 "
        "(NOT reached: 93 to 97%). NOT reached by measure (at least 90%): shoplifting (71.9%) and drug trafficking (76.6%). By "
        "size it holds least at 3 to 10 a month (90.5%)."
    )


def test_power_sentence_says_a_missed_aim_by_a_hair_is_missed():
    rows = [
        row(POWER, 0.4971, group="-20%", target="at least 50%", is_met=False),
        row(POWER, 0.7175, windows=276, kind=words.LONDON, group="-20%", target="at least 55%", is_met=True),
    ]
    assert words.power_sentence(rows) == (
        "A fall of a fifth from April on is found by December in 49.7% of borough series (NOT reached: at least 50%) and 71.7% "
        "of London’s (at least 55% aimed at)."
    )


def test_a_share_of_a_few_windows_is_told_as_so_many_of_so_many():
    assert words.share_cell(row(Calibrated.FOUND_IN_LIST, 0.75, windows=4)) == "3 of 4"
    assert words.share_cell(row(Calibrated.UNPROVOKED, 0.0199, windows=2063)) == "2.0% of 2,063"
    assert words.share_cell(None) == words.NOT_MEASURED
    assert words.share_cell(row(POWER, None)) == words.NOT_MEASURED


def test_a_share_stored_to_four_places_is_rounded_once():
    # 2,188 of 2,290 is 0.955459: stored as 0.9555, which alone would read 95.6%.
    assert words.share_of(row(COVERAGE, 0.9555, windows=2290)) == 2188 / 2290
    with pytest.raises(ValueError, match="was not measured"):
        words.share_of(row(COVERAGE, None))


def test_flags_sentence_says_both_what_is_named_for_nothing_and_what_is_left_unnamed():
    rows = [
        row(Calibrated.UNPROVOKED, 0.03, target="at most 2.5%", is_met=False),
        row(Calibrated.CALLED_NOTHING, 0.1038, windows=212, target="at most 25%", is_met=True),
    ]
    assert words.flags_sentence(rows) == (
        "Of series left alone, 3.0% of 2,000 in boroughs (NOT reached: at most 2.5%) were named as changed. Of borough totals 20 "
        "to 30% from what was expected, 10.4% are called no clear change (at most 25% aimed at)."
    )


def test_lasting_sentence_names_the_tenth_that_is_off_and_leaves_out_those_of_few_windows():
    rows = [
        *tenth("0.4 to 0.5", 0.45, 0.47, True),
        *tenth("0.8 to 0.9", 0.85, 0.75, False),
        *tenth("0.1 to 0.2", 0.15, 0.9, None, 3),
    ]
    assert words.lasting_sentence(rows) == (
        "In 1 of 2 tenths of boroughs with 50 windows or more, the share of moves that lasted is within 5 points of the forecast "
        "(NOT reached: 80 to 90%, off by 10.0 points); in 1 of 2 fewer lasted than was forecast."
    )
    assert words.lasting_sentence(tenth("0.1 to 0.2", 0.15, 0.9, None, 3)) == ""


@pytest.mark.parametrize(
    ("group", "name"),
    [
        ("0 to 1 a month", "fewer than 1 a month"),
        ("300 to 1000 a month", "300 to 1,000 a month"),
        ("1000 to inf a month", "1,000 a month and over"),
        ("burglary", "Burglary"),
        ("a group of another day", "a group of another day"),
    ],
)
def test_groups_are_named_as_a_reader_would(group, name):
    assert words.group_name(group) == name


def test_planted_changes_are_named_by_size_and_month():
    assert words.change_words("-20% from month 4") == "20% fewer from July"
    assert words.change_words("+30%") == "30% more from April"


def test_calibration_measured_with_other_judging_says_so():
    assert "due to be measured again" in words.measured_on(CalibrationMade("2025-12", 27, is_in_step=False))
    assert "those of this release" in words.measured_on(CalibrationMade("2025-12", 27, is_in_step=True))
    assert "release" not in words.measured_on(None)


def test_every_size_and_measure_that_was_measured_is_in_the_table_once():
    for place in words.PLACES:
        groups = [r.group for r in kept() if (r.figure, r.kind) == (COVERAGE, place) and r.group not in words.SETS]
        names = [r.group for r in (*words.by_measure(kept(), place), *words.by_size(kept(), place))]
        assert sorted(names) == sorted(groups)
    sizes = [int(r.group.split()[0]) for r in words.by_size(kept(), words.BOROUGHS)]
    assert all(a < b for a, b in pairwise(sizes))


def test_every_failure_that_was_measured_is_printed_in_words():
    blocks = [*ranges_block(kept()), *power_block(kept()), *flags_block(kept()), *lasting_block(kept()), sets_table(kept())]
    markup = "".join(to_html(block) for block in blocks)
    missed = [r for r in kept() if r.is_met is False]
    assert missed
    assert len(re.findall(r"<strong>[^<]*NOT reached</strong>", markup)) == len(missed)


def test_tenths_without_their_forecasts_have_a_table_and_no_picture():
    rows = [r for r in kept() if r.figure not in (Calibrated.FORECAST, Calibrated.LASTED)]
    markup = "".join(to_html(block) for block in lasting_block(rows))
    assert "<svg" not in markup
    assert "Lasted" in markup
    assert "nan" not in markup


def test_calibration_page_shows_stored_figures_and_folds_the_long_tables(get):
    page = get("/data/calibration").get_data(as_text=True)
    power = next(r for r in kept() if (r.figure, r.kind, r.group) == (POWER, words.BOROUGHS, "-30%"))
    line = re.search(r"30% fewer from April</th>(.*?)</tr>", page, flags=re.S)
    assert line is not None
    assert f"{power.value * 100:.1f}%" in line[1]
    open_tables = re.sub(r"<details.*?</details>", "", page, flags=re.S)
    # Two tables of power and flags, and those of made-up dates and of what became of past changes.
    assert open_tables.count("<tr") < 35
    assert page.count("<tr") > 60


def test_every_figure_comes_as_a_file(get):
    answer = get("/download/data/calibration")
    table = list(csv.DictReader(StringIO(answer.get_data(as_text=True))))
    assert len(table) == len(kept())
    assert sum(r["is_reached"] == "no" for r in table) == sum(r.is_met is False for r in kept())
