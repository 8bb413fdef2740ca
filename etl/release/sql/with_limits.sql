-- Rows of `measure_value`: those of `every_form` in order, with the 95% limits of the measures that have them.
SELECT
    v.measure_id, v.area_code, v.breakdown, v.period, v.value, v.numerator, v.denominator,
    l.lower * v.scale AS lower,
    l.upper * v.scale AS upper,
    v.status, v.edition_id, v.cells
FROM every_form v
LEFT JOIN limited_measure m ON m.measure_id = v.base
LEFT JOIN poisson_limit l ON l.count = CASE WHEN m.measure_id IS NOT NULL THEN v.numerator END
ORDER BY v.measure_id, v.area_code, v.breakdown, v.period
