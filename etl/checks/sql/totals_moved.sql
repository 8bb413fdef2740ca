-- Every borough's total and every measure in London, added up over the months shared with the edition before, where they may be
-- joined. Parameters: $total (the measure that counts everything), $london, $fewest offences to compare.
WITH
    link AS (
        SELECT DISTINCT measure_id, source_id, form, link FROM concordance
    ),
    side AS (
        SELECT v.measure_id, v.edition_id, v.area_code, v.period, v.value, e.published_on, e.source_id, link.link
        FROM edition_value v
        JOIN edition e USING (edition_id)
        JOIN added_up_measure m USING (measure_id)
        JOIN link ON link.measure_id = v.measure_id AND link.source_id = e.source_id AND link.form = e.form
        WHERE v.area_code = $london OR v.measure_id = $total AND v.area_code LIKE 'E09%'
    ),
    pair AS (
        SELECT a.*, b.edition_id AS other_id, b.value AS other_value
        FROM side a
        JOIN side b
            ON b.source_id = a.source_id AND b.measure_id = a.measure_id AND b.area_code = a.area_code
            AND b.period = a.period AND b.link = a.link AND b.published_on < a.published_on
        QUALIFY row_number() OVER (
            PARTITION BY a.edition_id, a.measure_id, a.area_code, a.period
            ORDER BY b.published_on DESC, b.edition_id DESC
        ) = 1
    )
SELECT edition_id, other_id, source_id, measure_id, area_code, count(*), sum(value), sum(other_value)
FROM pair
-- London's own total has bounds of its own.
WHERE measure_id <> $total OR area_code <> $london
GROUP BY ALL
HAVING sum(other_value) >= $fewest
ORDER BY ALL
