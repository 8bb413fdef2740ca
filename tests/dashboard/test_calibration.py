"""Calibration in words and rows: so many of a hundred, the broken promise named, every measure behind the first rows."""

import csv
import re
from pathlib import Path

from dashboard.features.data import calibration_words as words
from dashboard.figures.judgement_records import FalseAlarmRate, PastVerdicts, Power, RangeScore
from etl.methods.scoring import NAIVE

KEPT = Path(__file__).parents[2] / "data" / "calibration" / "false_alarms.csv"


def rate(method, share, *, measure=words.ALL_MEASURES, kind="borough", band=words.TEN_AND_OVER, promise=None):
    return FalseAlarmRate(method, measure, kind, band, 100, 50.0, share, promise)


def test_shares_are_written_as_so_many_times_in_100():
    assert words.per_hundred(0.013) == "1 time in 100"
    assert words.per_hundred(0.65) == "65 times in 100"
    assert words.per_hundred(0.0004) == "less than 1 time in 100"
    assert words.per_hundred(0) == "0 times in 100"


def test_headline_compares_false_alarms_of_verdicts_and_arrows():
    sentence = words.alarms_headline([rate(words.VERDICT, 0.013), rate(words.ARROW, 0.654)])
    assert sentence == "Where nothing has changed in a borough, a verdict cries wolf 1 time in 100. A 10% arrow does so 65 times"
    assert words.alarms_headline([]) == words.NOT_WORKED_OUT


def test_a_broken_promise_is_named_with_its_rate():
    ours = [
        rate(words.VERDICT, 0.02, measure="burglary", promise=0.025),
        rate(words.VERDICT, 0.032, measure="robbery", kind="force", promise=0.025),
    ]
    sentence = words.promise_sentence(ours, ["Burglary", "Robbery"])
    assert "1 of 2 kinds of series keep it. Broken by: Robbery, London (3.2%)." in sentence
    assert "Broken" not in words.promise_sentence(ours[:1], ["Burglary"])


def test_power_sentence_goes_by_volume():
    rows = [
        Power(words.ALL_MEASURES, "borough", band, 12, 100, 10.0, -0.2, share)
        for band, share in (("100 to 300", 0.58), ("10 to 30", 0.17))
    ]
    sentence = words.power_sentence(rows)
    assert "58 times in 100 where 100 to 300 are recorded a month and 17 times in 100 where 10 to 30 are" in sentence


def test_past_verdicts_are_averaged_weighted_by_their_number():
    rows = [
        PastVerdicts("2024-01-01", "borough", "B", 10, 0.5, 10, 1.0, 0.0),
        PastVerdicts("2025-01-01", "borough", "W", 30, 1.0, 0, None, None),
    ]
    # (0.5 * 10 + 1.0 * 30) / 40 = 0.875; only the first has later months.
    sentence = words.past_sentence(rows)
    assert "40 times a borough would have been called better or worse" in sentence
    assert "the same 88 times in 100" in sentence
    assert "same side 100 times in 100" in sentence


def test_ranges_use_the_better_of_the_models_shown():
    def score(model, s95, is_shown):
        return RangeScore("burglary", "borough", model, 100, 0.8, 0.94, 1.0, s95, is_shown)

    best = words.best_models([score("level", 5.0, True), score("trend", 4.0, False), score(NAIVE, 6.0, False)])
    assert [b.model for b in best] == ["level"]
    assert "For one of one measures" in words.ranges_sentence(best)


def test_calibration_page_shows_stored_figures_and_folds_the_long_tables(get):
    page = get("/data/calibration").get_data(as_text=True)
    kept = next(
        r
        for r in csv.DictReader(KEPT.read_text(encoding="utf-8").splitlines())
        if (r["method"], r["measure_id"], r["kind"], r["band"]) == ("verdict", "all measures", "borough", "10 and over")
    )
    row = re.search(r"The verdict on this site</th>(.*?)</tr>", page, flags=re.S)
    assert row is not None
    assert f">{float(kept['rate']) * 100:.1f}%<" in row[1]
    open_tables = re.sub(r"<details.*?</details>", "", page, flags=re.S)
    assert open_tables.count("<tr>") < 60
    assert page.count("<tr>") > 400
