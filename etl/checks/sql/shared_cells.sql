-- Every cell that an edition of $source shares with the edition before it in the same form: one row a cell, with both values.
-- Parameters: $source; $smallest_row, below which a row is too small to have a shape; $placeless, how much further a place
-- that is no borough may move.
CREATE OR REPLACE TEMP TABLE shared_cell AS
WITH
    month_of_edition AS (
        SELECT DISTINCT o.edition_id, o.period
        FROM observation o
        JOIN edition e USING (edition_id)
        WHERE e.source_id = $source
    ),
    -- Each month of an edition beside the newest earlier edition that has that month.
    pair AS (
        SELECT a.edition_id, b.edition_id AS other_id, new_month.period
        FROM edition a
        JOIN month_of_edition new_month ON new_month.edition_id = a.edition_id
        JOIN edition b ON b.source_id = a.source_id AND b.form = a.form AND b.published_on < a.published_on
        JOIN month_of_edition old_month ON old_month.edition_id = b.edition_id AND old_month.period = new_month.period
        WHERE a.source_id = $source
        QUALIFY row_number() OVER (
            PARTITION BY a.edition_id, new_month.period
            ORDER BY b.published_on DESC, b.edition_id DESC
        ) = 1
    ),
    new_side AS (
        SELECT p.*, o.series, o.area_code, o.value, o.sheet_column || o.sheet_row AS cell
        FROM pair p
        JOIN observation o ON o.edition_id = p.edition_id AND o.period = p.period
    ),
    old_side AS (
        SELECT p.*, o.series, o.area_code, o.value
        FROM pair p
        JOIN observation o ON o.edition_id = p.other_id AND o.period = p.period
    ),
    -- A row left out is a row of noughts.
    either AS (
        SELECT
            edition_id, other_id, period, series, area_code,
            coalesce(n.value, 0) AS value,
            coalesce(l.value, 0) AS other,
            coalesce(n.cell, 'no row') AS cell
        FROM new_side n
        FULL JOIN old_side l USING (edition_id, other_id, period, series, area_code)
    ),
    -- A category that only one of the two has was renamed or split; measures are compared for that.
    common AS (
        SELECT edition_id, other_id, series
        FROM either
        GROUP BY ALL
        HAVING sum(value) > 0 AND sum(other) > 0
    )
SELECT
    e.*,
    abs(value - other) / sqrt(greatest(value, other) + 1) AS moved,
    greatest(value, other) >= $smallest_row AS counts,
    CASE WHEN area_code LIKE 'E09%' THEN 1 ELSE $placeless END AS allowed
FROM either e
JOIN common USING (edition_id, other_id, series)
