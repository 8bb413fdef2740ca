"""Pure statistics: numbers in, numbers out. No files, no tables, no web. Missing is NaN and never nil.

Index of public functions by topic.

XmR charts (`spc`): `xmr`, `xmr_limits`, `nhs_rules`, `assurance`.
Single rules (`spc_rules`): `side_of`, `run_ends`, `run_members`, `trend_ends`, `step_signs`, `two_in_three`,
    `two_in_three_members`, `beyond`; with free lengths `shift`, `trend`, `net_two_in_three`.
Other control charts (`control_charts`): `i_chart`, `mr_chart`, `c_chart`, `u_chart`, `p_chart`, `laney_u_chart`,
    `laney_p_chart`, `t_chart`, `g_chart`. Exact limits of small
    counts (`count_chart`): `exact_count_chart`, `poisson_quantile`. Runs (`runs`): `runs`, `binomial_quantile`.
Intervals (`intervals`): `byars`, `exact_poisson`, `poisson_interval`, `wilson`, `rate`, `proportion`,
    `mean_interval`, `rate_ratio`, `difference`.
Standardised rates (`standardised`): `directly_standardised_rate`, `expected_events`,
    `indirectly_standardised_ratio`, `indirectly_standardised_rate`.
Inequality (`inequality`): `slope_index`, `standard_error_from_limits`.
Funnels (`funnel`): `proportion_limits`, `expected_at_limits`, `ratio_limits`, `rate_limits`,
    `poisson_significance`, `proportion_significance`, `z_significance`, `transformed_scores`, `winsorised`,
    `overdispersion`.
Recent trend (`trend`): `recent_trend`.
Comparison (`comparison`): `against_line`, `against_rest`, `most_similar`, `rank_interval`.
Change (`change`): `poisson_z`, `e_test`, `weighted_displacement`, `weighted_displacement_harm`,
    `scan_probability`, `regression_to_mean`. How unchanged series wander (`drift`): `fit_drift`,
    `correlation`; scatter borrowed across areas (`moderated`): `shared_freedom`, `steadied`. The months judged against a
    baseline, many series at once (`level_change`): `level_change`, `unchanged_range`, `ratio_interval`, `visible_change`,
    `months_to_see`,
    `month_range`, `is_outside`. Interrupted series (`interrupted`): `interrupted_series`.
Concentration (`concentration`): `gini`, `share_of_worst`.
Surveys (`survey`): `effective_size`, `design_effect`, `share_variance`, `share_interval`, `change_interval`,
    `gap_interval`, `margin`, `smallest_visible_change`, `interviews_needed`, `change_p_value`.
Season (`season`): `seasonal_index`, `season_exposure`, `adjusted`, `stl`.
Expected range (`expectation`): `simulate_paths`, `ranges`, `expected_range`, `outturn`. Scores (`scoring`):
    `interval_score`, `coverage`, `score_ranges`, `replay`, `beats_naive`.
Lists of exceptions (`discovery`): `benjamini_hochberg`, `expected_by_chance`.
Autocorrelation and dispersion (`autocorrelation`): `lag1_pooled`, `lag1_about_lines`, `inflation`, `pearson_dispersion`,
    `negative_binomial_size`.
Regression (`glm`): `fit_quasi_poisson`, `fourier`, `month_contrasts`. Colours (`contrast`): `contrast_ratio`.
Arrays and their helpers (`arrays`); what is refused (`checks`).
"""
