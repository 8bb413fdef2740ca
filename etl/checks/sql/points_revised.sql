-- Points of $source that differ from the newest earlier edition that has them by more than $revised: once published, they stand.
WITH pair AS (
    SELECT a.*, b.edition_id AS other_id, b.value AS before, f.label
    FROM edition_value a
    JOIN edition e ON e.edition_id = a.edition_id AND e.source_id = $source
    JOIN edition_value b USING (measure_id, area_code, breakdown, period)
    JOIN edition f ON f.edition_id = b.edition_id AND f.published_on < e.published_on
    QUALIFY row_number() OVER (
        PARTITION BY a.edition_id, a.measure_id, a.area_code, a.breakdown, a.period
        ORDER BY f.published_on DESC, b.edition_id DESC
    ) = 1
)
SELECT edition_id, other_id, cells, area_code, measure_id, period, before, value, 'in edition ' || label
FROM pair
WHERE abs(value - before) > $revised
ORDER BY edition_id, period, area_code, measure_id
