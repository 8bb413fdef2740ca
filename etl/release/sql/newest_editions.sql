-- One row for each base measure, area, breakdown and period: the row of `candidate` whose edition speaks for it.
-- Added up: month by month the newest edition that compares with the newest of all. As published: the newest edition whole,
-- or, for a measure of `spliced_measure`, the newest edition that has the period.
WITH
    newest AS (
        SELECT measure_id, arg_max(apart, (published_on, last_period, edition_id)) AS apart
        FROM candidate
        WHERE is_added_up
        GROUP BY 1
    ),
    added_up AS (
        SELECT c.*
        FROM candidate c
        JOIN newest n ON n.measure_id = c.measure_id AND n.apart = c.apart
        WHERE c.is_added_up
    ),
    edition_of_month AS (
        SELECT measure_id, period, arg_max(edition_id, (published_on, edition_id)) AS edition_id
        FROM added_up
        GROUP BY 1, 2
    ),
    as_published AS (
        -- A piece is taken from one edition: the whole series, or one period of a spliced one.
        SELECT c.*, CASE WHEN s.measure_id IS NULL THEN '' ELSE c.period END AS piece
        FROM candidate c
        LEFT JOIN spliced_measure s USING (measure_id)
        WHERE NOT c.is_added_up
    ),
    edition_of_piece AS (
        SELECT
            measure_id, area_code, breakdown, piece,
            arg_max(edition_id, (published_on, last_period, edition_id)) AS edition_id
        FROM as_published
        GROUP BY 1, 2, 3, 4
    )
SELECT a.measure_id, a.area_code, a.breakdown, a.period, a.edition_id, a.value, a.status, a.cells, a.is_added_up
FROM added_up a
JOIN edition_of_month USING (measure_id, period, edition_id)
UNION ALL
SELECT a.measure_id, a.area_code, a.breakdown, a.period, a.edition_id, a.value, a.status, a.cells, a.is_added_up
FROM as_published a
JOIN edition_of_piece USING (measure_id, area_code, breakdown, piece, edition_id)
