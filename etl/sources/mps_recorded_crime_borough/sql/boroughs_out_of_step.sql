-- One row for each borough and month whose move from the month before, over London's, is outside $low to $high: the area, the
-- month, the offences of the month before and its own.
WITH
    borough AS (
        SELECT area_code, period, sum(value) AS offences FROM crime_observation WHERE area_code LIKE 'E09%' GROUP BY ALL
    ),
    london AS (
        SELECT period, sum(value) AS offences FROM crime_observation GROUP BY 1
    ),
    step AS (
        SELECT
            b.area_code, b.period, b.offences,
            lag(b.offences) OVER months AS before,
            (b.offences / lag(b.offences) OVER months) / (l.offences / lag(l.offences) OVER months) AS share
        FROM borough b
        JOIN london l USING (period)
        WINDOW months AS (PARTITION BY b.area_code ORDER BY b.period)
    )
SELECT area_code, period, before, offences
FROM step
WHERE share NOT BETWEEN $low AND $high
ORDER BY period, area_code
