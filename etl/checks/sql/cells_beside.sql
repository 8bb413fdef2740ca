-- Every figure that an edition shares with the last edition before it: one row a figure, with both values.
-- Beside an edition of the same form also what only one of the two has; beside one of another form only what both have, and only
-- of the sources in $across, whose series are called alike in every form.
-- Parameters: $touched, editions of which each pair has one (NULL for all); $zeros, sources that leave out rows of noughts.
-- Expects `revision_bound`, a row a source. `far` is how far the figure moved on its source's scale; it is NULL for a category that
-- only one of the two has, which was renamed, split or lost: those are told of as such.
CREATE OR REPLACE TEMP TABLE cell_beside AS
WITH
    period_of_edition AS (
        SELECT DISTINCT o.edition_id, o.period, CASE
            WHEN o.period LIKE '%Q%' THEN last_day(make_date(o.period[:4]::INTEGER, o.period[-1:]::INTEGER * 3, 1))
            WHEN length(o.period) = 4 THEN make_date(o.period::INTEGER, 12, 31)
            ELSE last_day((o.period || '-01')::DATE)
        END AS over_on
        FROM observation o
    ),
    pair AS (
        SELECT a.edition_id, b.edition_id AS other_id, a.source_id, n.period, a.form = b.form AS is_same_form,
            datediff('month', n.over_on, b.published_on) >= r.settled_months AS is_settled
        FROM edition a
        JOIN revision_bound r ON r.source = a.source_id
        JOIN period_of_edition n ON n.edition_id = a.edition_id
        JOIN edition b ON b.source_id = a.source_id AND b.published_on < a.published_on
        JOIN period_of_edition l ON l.edition_id = b.edition_id AND l.period = n.period
        WHERE (b.form = a.form OR list_contains($across, a.source_id))
        QUALIFY row_number() OVER (
            PARTITION BY a.edition_id, n.period, b.form
            ORDER BY b.published_on DESC, b.edition_id DESC
        ) = 1
    ),
    chosen AS (
        SELECT * FROM pair WHERE $touched IS NULL OR list_contains($touched, edition_id) OR list_contains($touched, other_id)
    ),
    new_side AS (
        SELECT p.*, o.series, o.area_code, o.breakdown, o.value, o.sheet_column || o.sheet_row AS cell
        FROM chosen p
        JOIN observation o ON o.edition_id = p.edition_id AND o.period = p.period
    ),
    old_side AS (
        SELECT p.*, o.series, o.area_code, o.breakdown, o.value
        FROM chosen p
        JOIN observation o ON o.edition_id = p.other_id AND o.period = p.period
    ),
    either AS (
        SELECT
            edition_id, other_id, source_id, period, is_same_form, is_settled, series, area_code, breakdown,
            n.cell, l.series IS NOT NULL AS had,
            CASE WHEN n.cell IS NULL AND list_contains($zeros, source_id) THEN 0 ELSE n.value END AS value,
            CASE WHEN l.series IS NULL AND list_contains($zeros, source_id) THEN 0 ELSE l.value END AS other
        FROM new_side n
        FULL JOIN old_side l USING (edition_id, other_id, source_id, period, is_same_form, is_settled, series, area_code, breakdown)
        WHERE is_same_form OR (n.cell IS NOT NULL AND had)
    ),
    sized AS (
        SELECT e.*, r.scale, r.tolerance, r.smallest,
            CASE r.scale
                WHEN 'count' THEN sqrt(greatest(value, other) + 1)
                WHEN 'amount' THEN greatest(abs(other), avg(abs(other)) OVER whole_series, 1e-9)
                ELSE 1
            END AS size,
            -- A unit more or less is no revision of a figure of tens, as it is of one below ten.
            CASE WHEN r.scale = 'amount' AND avg(abs(other)) OVER whole_series >= 20 THEN 1.5 ELSE 0 END AS unit,
            r.scale <> 'count' OR sum(value) OVER category > 0 AND sum(other) OVER category > 0 AS is_common
        FROM either e
        JOIN revision_bound r ON r.source = e.source_id
        WINDOW
            whole_series AS (PARTITION BY edition_id, other_id, series, area_code, breakdown),
            category AS (PARTITION BY edition_id, other_id, series)
    )
SELECT
    * EXCLUDE (scale, tolerance, smallest, size, unit),
    CASE WHEN is_common THEN greatest(abs(value - other) - unit, 0) / size END AS far,
    abs(value - other) > tolerance * CASE WHEN scale = 'amount' THEN size ELSE 1 END + unit / 3 AS is_moved,
    is_common AND is_settled AND other >= smallest AND value IS NOT NULL AS is_counted_moved
FROM sized
