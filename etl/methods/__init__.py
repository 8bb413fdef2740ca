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
Wander of unchanged series (`drift`): `fit_drift`, `correlation`. Scatter borrowed across areas (`moderated`):
    `shared_freedom`, `steadied`. The months judged against a baseline, many series at once (`level_change`):
    `level_change`, `unchanged_range`, `ratio_interval`, `visible_change`, `months_to_see`, `month_range`, `is_outside`.
Interrupted series (`interrupted`): `interrupted_series`. Errors that remember (`memory`): `remembering_fit`.
Surveys (`survey`): `effective_size`, `design_effect`, `share_variance`, `share_interval`, `change_interval`,
    `gap_interval`, `margin`, `smallest_visible_change`, `interviews_needed`, `change_p_value`.
Season (`season`): `seasonal_index`, `season_exposure`.
Expected range (`expectation`): `simulate_paths`, `ranges`, `expected_range`, `outturn`. Scores (`scoring`):
    `interval_score`, `coverage`, `score_ranges`, `replay`, `beats_naive`.
Lists of exceptions (`discovery`): `benjamini_hochberg`, `expected_by_chance`.
Autocorrelation and dispersion (`autocorrelation`): `lag1_pooled`, `lag1_about_lines`, `inflation`, `pearson_dispersion`.
Regression (`glm`): `fit_quasi_poisson`, `fourier`, `month_contrasts`.
Arrays and their helpers (`arrays`); what is refused (`checks`).
"""
