-- Rows of `edition_value` of the measures that are not added up: each figure as its edition gives it, with its cell.
-- Expects the tables `concordance` and `added_up_measure`.
SELECT
    c.measure_id, o.area_code, o.breakdown, o.period, o.edition_id, o.value, o.status,
    o.sheet_column || o.sheet_row AS cells
FROM observation o
JOIN edition e USING (edition_id)
JOIN concordance c ON c.source_id = e.source_id AND c.form = e.form AND c.series = o.series
WHERE c.measure_id NOT IN (SELECT measure_id FROM added_up_measure)
