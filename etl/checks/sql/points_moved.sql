-- Quarterly points of $source that lie further from the quarter before, in the same edition, than $london or $borough allows ($london_code is whose bound is $london).
WITH stepped AS (
    SELECT
        v.*,
        lag(v.value) OVER quarters AS before,
        lag(v.period) OVER quarters AS period_before
    FROM edition_value v
    JOIN edition e USING (edition_id)
    WHERE e.source_id = $source
    WINDOW quarters AS (PARTITION BY v.edition_id, v.measure_id, v.area_code, v.breakdown ORDER BY v.period)
)
SELECT edition_id, edition_id, cells, area_code, measure_id, period, before, value, 'in ' || period_before
FROM stepped
WHERE abs(value - before) > CASE WHEN area_code = $london_code THEN $london ELSE $borough END
ORDER BY edition_id, period, area_code, measure_id
