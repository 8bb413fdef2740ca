"""Our rules fire on unchanged series as often as a simulation run elsewhere says, and adjusting for season helps."""

import re

import numpy as np
import pytest

from etl.methods.season import seasonal_index
from etl.methods.spc import Rule, xmr
from tests.etl.methods.published import FOLDER

LINES = (FOLDER / "false_alarms.txt").read_text(encoding="utf-8").splitlines()
SERIES, POINTS = 12_000, 24


def published(start):
    line = next(line for line in LINES if line.startswith(start))
    return [float(share) / 100 for share in re.findall(r"(?:rule|limits|more)\s+([\d.]+)%", line)]


def counts(mean, season=0.0, correlation=0.0, spread=0.0, size=0.0):
    rng = np.random.default_rng(1)
    phase = rng.uniform(0, 2 * np.pi, (SERIES, 1)) if season else 0.0
    expected = mean * (1 + season * np.sin(2 * np.pi * np.arange(POINTS) / 12 + phase)) * np.ones((SERIES, 1))
    if correlation:
        drift = rng.standard_normal((SERIES, POINTS))
        for t in range(1, POINTS):
            drift[:, t] = correlation * drift[:, t - 1] + np.sqrt(1 - correlation**2) * drift[:, t]
        expected = expected * np.exp(spread * drift)
    if size:
        expected = expected * rng.gamma(1 / size, size, expected.shape)
    return rng.poisson(expected).astype(float)


def alarms(series):
    rule = xmr(series).latest("rule")
    return float((rule != Rule.NONE).mean()), float((rule == Rule.OUTSIDE).mean())


CASES = [
    ("stable Poisson, mean 100 ", {"mean": 100}),
    ("stable Poisson, mean 10 ", {"mean": 10}),
    ("stable Poisson, mean 2 ", {"mean": 2}),
    ("mean 100, yearly season +-10%", {"mean": 100, "season": 0.1}),
    ("mean 400, yearly season +-10%", {"mean": 400, "season": 0.1}),
    ("mean 400, yearly season +-20%", {"mean": 400, "season": 0.2}),
    ("mean 400, slow drift noise", {"mean": 400, "correlation": 0.7, "spread": 0.05}),
    ("mean 100, overdispersed", {"mean": 100, "size": 0.02}),
]


@pytest.mark.parametrize(("line", "options"), CASES, ids=[line for line, _ in CASES])
def test_the_rules_cry_wolf_as_often_as_simulated_elsewhere(line, options):
    any_rule, outside = alarms(counts(**options))
    assert (any_rule, outside) == pytest.approx(published(line), abs=0.006, rel=0.15)


def test_rare_events_cry_wolf_less_because_a_screened_out_spread_is_not_taken_as_nil():
    series = counts(0.5)
    any_rule, outside = alarms(series)
    any_published, outside_published = published("mean 0.5")
    # series whose every step was screened out: the plain rule sets limits on the mean itself and marks each point
    degenerate = float(xmr(series).is_degenerate[:, 0].mean())
    assert any_rule < any_published
    assert outside + degenerate == pytest.approx(outside_published, abs=0.006)


@pytest.mark.parametrize(("mean", "season"), [(100, 0.1), (400, 0.1), (400, 0.2)])
def test_adjusting_for_a_pooled_season_keeps_false_alarms_to_what_was_found_elsewhere(mean, season):
    rng = np.random.default_rng(2)
    month = np.tile(np.arange(1, 13), 2)
    expected = mean * (1 + season * np.sin(2 * np.pi * month / 12))
    rates = []
    for _ in range(60):
        series = rng.poisson(expected, (33, POINTS)).astype(float)
        index = seasonal_index(series, month, np.full(POINTS, 30.4375)).index
        rates.append(alarms(series / index[month - 1])[0])
    line = f"after pooled seasonal index: mean {mean}, season +-{season:.0%}"
    assert np.mean(rates) == pytest.approx(published(line)[0], abs=0.01)


@pytest.mark.parametrize("mean", [20, 100, 400])
def test_an_arrow_on_same_month_last_year_fires_as_often_as_simulated(mean):
    rng = np.random.default_rng(3)
    now, before = rng.poisson(mean, (2, 100_000))
    moved = np.abs(now / before - 1)
    line = next(line for line in LINES if line.startswith(f"arrows, nothing changed, mean {mean}:"))
    shares = [float(share) / 100 for share in re.findall(r"more (\d+)%", line)]
    assert [(moved >= 0.1).mean(), (moved >= 0.2).mean()] == pytest.approx(shares, abs=0.015)


def test_every_published_file_is_used():
    used = "".join(path.read_text(encoding="utf-8") for path in FOLDER.parent.glob("test_*.py"))
    files = {path.name for path in FOLDER.iterdir()} - {"PROVENANCE.md", "phe_source.json"}
    assert {name for name in files if name not in used} == set()
