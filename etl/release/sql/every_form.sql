-- Every form of every measure of `base_value`: counts, rates per $rate_per residents, 12-month totals and their rates.
-- `scale` turns the limits of a count into those of the form; `base` is the measure it is a form of.
-- Twelve months on both sides of a restart (table `restart`) have no total: the row is there, and `status` and `cells` say why.
-- A rate takes the residents of its year, or of the newest year estimated when that has not come out yet; before the first, none.
WITH
    monthly AS (
        SELECT
            *,
            left(period, 4)::INTEGER AS year,
            left(period, 4)::INTEGER * 12 + substr(period, 6, 2)::INTEGER - 1 AS month_number
        FROM base_value
        WHERE is_added_up
    ),
    whole_year AS (
        SELECT
            measure_id, area_code, breakdown, period, edition_id, status, cells, month_number,
            CASE WHEN count(value) OVER months = 12 THEN sum(value) OVER months END AS value,
            (month_number - 6) // 12 AS year
        FROM monthly
        WINDOW months AS (
            PARTITION BY measure_id, area_code, breakdown
            ORDER BY month_number RANGE BETWEEN 11 PRECEDING AND CURRENT ROW
        )
    ),
    parted_year AS (
        SELECT
            y.measure_id, y.area_code, y.breakdown, y.period,
            max(strftime(r.starts, '%Y-%m') || ' (' || r.short || ')') AS restart
        FROM whole_year y
        JOIN restart r
            ON r.measure_id = y.measure_id
            AND r.area_code IN ('*', y.area_code)
            AND r.begins <= y.month_number
            AND r.whole_from > y.month_number - 11
        GROUP BY ALL
    ),
    twelve_months AS (
        SELECT
            y.measure_id, y.area_code, y.breakdown, y.period, y.edition_id, y.year,
            CASE WHEN p.restart IS NULL THEN y.value END AS value,
            CASE WHEN p.restart IS NULL THEN y.status ELSE $straddles END AS status,
            CASE
                WHEN p.restart IS NULL THEN '12 months to ' || y.cells
                ELSE 'not added up: 12 months on both sides of ' || p.restart
            END AS cells
        FROM whole_year y
        LEFT JOIN parted_year p USING (measure_id, area_code, breakdown, period)
        WHERE y.value IS NOT NULL
    ),
    counted AS (
        SELECT
            'count' AS count_form, 'rate' AS rate_form,
            measure_id, area_code, breakdown, period, edition_id, status, cells, value, year
        FROM monthly
        UNION ALL
        SELECT
            'rolling_year', 'rolling_year_rate',
            measure_id, area_code, breakdown, period, edition_id, status, cells, value, year
        FROM twelve_months
    ),
    provisional AS (
        -- Only where a measure reaches the newest month of its source.
        SELECT measure_id, max(m.period) AS period
        FROM monthly m
        JOIN added_up_measure USING (measure_id)
        JOIN newest_month n USING (source_id)
        GROUP BY measure_id, n.period
        HAVING max(m.period) = n.period
    ),
    newest_estimate AS (
        SELECT area_code, max(year) AS year FROM people GROUP BY 1
    ),
    per_head AS (
        SELECT
            c.count_form, c.rate_form, c.measure_id, c.area_code, c.breakdown, c.period, c.edition_id, c.cells,
            c.value AS numerator,
            p.residents AS denominator,
            CASE WHEN c.period = n.period AND c.value IS NOT NULL THEN 'provisional' ELSE c.status END AS status
        FROM counted c
        LEFT JOIN provisional n ON n.measure_id = c.measure_id
        LEFT JOIN newest_estimate e ON e.area_code = c.area_code
        LEFT JOIN people p ON p.area_code = c.area_code AND p.year = least(c.year, e.year)
    )
SELECT
    f.form_id AS measure_id, h.area_code, h.breakdown, h.period,
    h.numerator AS value, h.numerator, h.denominator, h.status, h.edition_id, h.cells,
    1.0 AS scale,
    h.measure_id AS base
FROM per_head h
JOIN measure_form f ON f.measure_id = h.measure_id AND f.form = h.count_form
UNION ALL
SELECT
    f.form_id, h.area_code, h.breakdown, h.period,
    h.numerator * $rate_per::DOUBLE / h.denominator, h.numerator, h.denominator,
    CASE WHEN h.denominator IS NULL AND h.numerator IS NOT NULL THEN 'unavailable' ELSE h.status END,
    h.edition_id, h.cells,
    $rate_per::DOUBLE / h.denominator,
    h.measure_id
FROM per_head h
JOIN measure_form f ON f.measure_id = h.measure_id AND f.form = h.rate_form
UNION ALL
SELECT measure_id, area_code, breakdown, period, value, NULL, NULL, status, edition_id, cells, NULL, measure_id
FROM base_value
WHERE NOT is_added_up
