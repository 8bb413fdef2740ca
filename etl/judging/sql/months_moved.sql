-- How far a month moved from an edition that gave it while it was still new to the newest edition known.
-- Parameters: $as_of (a day, or NULL for all), $newest_months (below this lag a month is new), $least (smaller counts are left out).
WITH
    published AS (
        SELECT
            v.measure_id, v.area_code, v.period, v.value, e.published_on, e.part,
            -- Editions of one category scheme share the first letter of their form: B, C and its reprint C2.
            left(e.form, 1) AS scheme,
            (left(e.last_period, 4)::INTEGER * 12 + substr(e.last_period, 6)::INTEGER)
            - (left(v.period, 4)::INTEGER * 12 + substr(v.period, 6)::INTEGER) AS lag
        FROM edition_value v
        JOIN edition e USING (edition_id)
        WHERE
            e.part IN ('recent', 'historical') AND v.breakdown = '' AND v.value IS NOT NULL
            AND ($as_of::DATE IS NULL OR e.published_on <= $as_of)
    ),
    first AS (
        SELECT * FROM published WHERE part = 'recent' AND lag < $newest_months
    )
SELECT f.measure_id, f.area_code, f.lag, f.value, arg_max(l.value, l.published_on) AS later
FROM first f
JOIN published l
    ON l.measure_id = f.measure_id AND l.area_code = f.area_code AND l.period = f.period
    AND l.scheme = f.scheme AND l.published_on > f.published_on
WHERE f.value >= $least
GROUP BY f.measure_id, f.area_code, f.period, f.published_on, f.lag, f.value
HAVING arg_max(l.value, l.published_on) >= $least
