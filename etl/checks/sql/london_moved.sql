-- Each edition of recorded crime beside the one before it, over the months both have, where totals may be joined.
-- Parameters: $total (the measure that counts everything), $london.
WITH
    joined AS (
        SELECT DISTINCT source_id, form, link FROM concordance WHERE measure_id = $total
    ),
    total AS (
        SELECT v.edition_id, v.area_code, v.period, v.value, e.published_on, e.source_id, j.link
        FROM edition_value v
        JOIN edition e USING (edition_id)
        JOIN joined j ON j.source_id = e.source_id AND j.form = e.form
        WHERE v.measure_id = $total
    ),
    pair AS (
        SELECT
            a.edition_id, a.area_code, a.period, a.value,
            b.edition_id AS other_id,
            b.value AS other_value,
            row_number() OVER (
                PARTITION BY a.edition_id, a.area_code, a.period
                ORDER BY b.published_on DESC, b.edition_id DESC
            ) AS nearest
        FROM total a
        JOIN total b
            ON b.source_id = a.source_id AND b.area_code = a.area_code AND b.period = a.period
            AND b.link = a.link AND b.published_on < a.published_on
    ),
    chosen AS (
        SELECT * FROM pair WHERE nearest = 1
    ),
    london AS (
        SELECT edition_id, other_id, period, value, other_value FROM chosen WHERE area_code = $london
    ),
    cell AS (
        SELECT edition_id, other_id, count(*) AS cells, count(*) FILTER (value <> other_value) AS moved
        FROM chosen
        WHERE area_code LIKE 'E09%'
        GROUP BY ALL
    )
SELECT
    l.edition_id,
    l.other_id,
    count(*),
    sum(l.value) / sum(l.other_value) - 1,
    arg_max(l.period, (abs(l.value / l.other_value - 1), l.period)),
    arg_max(l.value / l.other_value - 1, (abs(l.value / l.other_value - 1), l.period)),
    any_value(c.cells),
    any_value(c.moved)
FROM london l
JOIN cell c USING (edition_id, other_id)
GROUP BY 1, 2
ORDER BY 1, 2
