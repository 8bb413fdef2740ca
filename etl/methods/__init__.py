"""Pure statistics: numbers in, numbers out. No files, no tables, no web. Missing is NaN and never nil.

Index of public functions by topic.

XmR charts (`spc`): `xmr`, `xmr_limits`, `nhs_rules`, `assurance`.
Single rules (`spc_rules`): `side_of`, `run_ends`, `run_members`, `trend_ends`, `step_signs`, `two_in_three`,
    `two_in_three_members`, `beyond`.
Intervals (`intervals`): `byars`, `exact_poisson`, `poisson_interval`, `wilson`, `rate`, `proportion`,
    `rate_ratio`, `difference`.
Funnels (`funnel`): `proportion_limits`, `expected_at_limits`, `ratio_limits`, `rate_limits`,
    `poisson_significance`, `proportion_significance`, `z_significance`, `transformed_scores`, `winsorised`,
    `overdispersion`.
Comparison (`comparison`): `against_line`, `against_rest`, `most_similar`.
Change (`change`): `weighted_displacement`, `regression_to_mean`. What followed a date (`effect`): `against_comparison`,
    `with_neighbours`, `anyway`, `log_change`, `expected_after`, `is_enough`, `deviation`.
Levels followed month by month (`level_path`): `ahead`. Ranges that hold on real windows (`conformal`): `total`, `score`,
    `limits`, `share_limits`, `conformal_quantile`, `tail_quantiles`, `p_value`, `is_outside`. How likely a move
    lasts (`persistence`): `fit_chance`, `least_constant`, `chance`, `tenths`.
Wander of unchanged series (`drift`): `fit_drift`, `correlation`. Scatter borrowed across areas (`moderated`):
    `shared_freedom`, `steadied`.
Interrupted series (`interrupted`): `interrupted_series`. Errors that remember (`memory`): `remembering_fit`.
Surveys (`survey`): `effective_size`, `design_effect`, `share_variance`, `share_interval`, `change_interval`,
    `gap_interval`, `margin`, `smallest_visible_change`, `interviews_needed`, `change_p_value`.
Season (`season`): `seasonal_index`, `season_exposure`.
Ranges scored (`scoring`): `interval_score`.
Lists of exceptions (`discovery`): `benjamini_hochberg`.
Autocorrelation and dispersion (`autocorrelation`): `lag1_pooled`, `lag1_about_lines`, `inflation`, `pearson_dispersion`.
Regression (`glm`): `fit_quasi_poisson`, `fourier`, `month_contrasts`.
Arrays and their helpers (`arrays`); what is refused (`checks`).
"""
