-- One row for each added-up measure, edition, area and period of the edition: nought, and said so, where it has no offence.
-- A measure none of whose offences stands anywhere in an edition has no row for it. Expects the table `added_up`.
WITH
    place AS (
        SELECT DISTINCT edition_id, area_code FROM observation
    ),
    period_of_edition AS (
        SELECT DISTINCT edition_id, period FROM observation
    ),
    measure_of_edition AS (
        SELECT DISTINCT measure_id, edition_id FROM added_up
    )
SELECT
    m.measure_id, p.area_code, '' AS breakdown, t.period, m.edition_id,
    coalesce(a.value, 0) AS value,
    'final' AS status,
    coalesce(a.cells, 'no row: none recorded') AS cells
FROM measure_of_edition m
JOIN place p USING (edition_id)
JOIN period_of_edition t USING (edition_id)
LEFT JOIN added_up a USING (measure_id, edition_id, area_code, period)
