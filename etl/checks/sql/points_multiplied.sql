-- Quarterly figures of $source that are $factor times the quarter before, or a $factor-th of it; figures below $fewest both times
-- may well be. A measure that is ever negative (a balance) has no factor.
WITH stepped AS (
    SELECT
        v.*,
        lag(v.value) OVER quarters AS before,
        lag(v.period) OVER quarters AS period_before,
        min(v.value) OVER whole_measure AS least
    FROM edition_value v
    JOIN edition e USING (edition_id)
    WHERE e.source_id = $source
    WINDOW
        quarters AS (PARTITION BY v.edition_id, v.measure_id, v.area_code, v.breakdown ORDER BY v.period),
        whole_measure AS (PARTITION BY v.edition_id, v.measure_id)
)
SELECT edition_id, cells, area_code, measure_id, period, before, value, period_before
FROM stepped
WHERE least >= 0 AND greatest(value, before) >= $fewest AND (value > $factor * before OR before > $factor * value)
ORDER BY edition_id, period, area_code, measure_id
