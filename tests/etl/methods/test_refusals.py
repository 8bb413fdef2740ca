"""Input that means nothing is refused in words, not answered with a number, a warning or an index error."""

import numpy as np
import pytest

from etl.methods import change, comparison, funnel, survey
from etl.methods.interrupted import interrupted_series

YEAR2 = [50.0] * 24

REFUSED = {
    "a funnel about more than all": (lambda: funnel.proportion_limits(1.2, [5]), "between 0 and 1"),
    "a funnel of no trials": (lambda: funnel.proportion_limits(0.2, [0, 5]), "trials must be above zero"),
    "a funnel about a rate of nil": (lambda: funnel.rate_limits([1, 2], 0, per=1000), "baseline rate must be above zero"),
    "more successes than trials": (lambda: funnel.proportion_significance([7, 0], [5, 5]), "must not exceed"),
    "areas without people": (lambda: funnel.transformed_scores([0, 1], [0, 2]), "denominators must be above zero"),
    "no area known": (lambda: funnel.transformed_scores([np.nan], [2]), "no area"),
    "a polarity nobody knows": (lambda: comparison.against_line([1], [2], 0, "up"), "polarity must be one of"),
    "one weight for two characteristics": (
        lambda: comparison.most_similar([[1, 2], [3, 4]], [1], 0, 1),
        "a weight for each of 2",
    ),
    "a survey of nobody": (lambda: survey.share_interval(0.5, 0), "interviews must be above zero"),
    "a share in per cent": (lambda: survey.interviews_needed(62, 0.05), "between 0 and 1"),
    "weights all nil": (lambda: survey.design_effect([0, 0]), "not all nil"),
    "three counts of a place": (lambda: change.weighted_displacement([1, 2, 3], [2, 3, 4]), "before and after"),
    "a line through one place": (
        lambda: change.regression_to_mean([5, 5, 5, 5, 9], [1, 2, 3, 4, 5], [0, 0, 0, 0, 1]),
        "at the same level",
    ),
    "a ratio to no events": (lambda: interrupted_series([0.0] * 24, 12), "needs events on each side"),
    "a comparison of another length": (lambda: interrupted_series(YEAR2, 12, comparison=[3.0] * 5), "expected 24 comparison"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_in_words(case):
    refused, words = REFUSED[case]
    with pytest.raises(ValueError, match=words):
        refused()


@pytest.mark.filterwarnings("error")
def test_what_is_merely_unknown_is_answered_with_unknown():
    nearest = comparison.most_similar([[1, np.nan], [1.5, np.nan], [9, np.nan]], [1, 1], 0, 2)
    assert nearest.position.tolist() == [1, 2]
