-- One row for each added-up measure, edition, area and period with any offence: their sum, and the cells it is the sum of.
-- Expects the tables `concordance` and `added_up_measure`.
WITH
    added AS (
        SELECT
            c.measure_id, o.edition_id, o.area_code, o.period,
            sum(o.value) AS value,
            count(*) AS rows_added,
            any_value(o.sheet_column) AS sheet_column,
            -- The rows of a few cells in order; an ordered string_agg takes many times as long over so many groups.
            min(o.sheet_row, 4) AS first_rows
        FROM observation o
        JOIN edition e USING (edition_id)
        JOIN concordance c ON c.source_id = e.source_id AND c.form = e.form AND c.series = o.series
        JOIN added_up_measure m ON m.measure_id = c.measure_id
        GROUP BY ALL
    )
SELECT
    measure_id, edition_id, area_code, period, value,
    CASE
        WHEN rows_added <= 4 THEN array_to_string(list_transform(first_rows, lambda r: sheet_column || r), ' + ')
        ELSE 'column ' || sheet_column || ', ' || rows_added || ' rows'
    END AS cells
FROM added
