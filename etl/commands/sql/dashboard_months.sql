-- One row for each month of the table `dashboard` that has notifiable offences of both kinds: offences in all, those of a borough,
-- and the day the file was refreshed.
SELECT
    strftime(month_year::DATE, '%Y-%m') AS period,
    sum(count)::BIGINT AS offences,
    sum(count) FILTER (starts_with(area_code, 'E09'))::BIGINT AS with_borough,
    max(refresh_date::DATE)::VARCHAR AS refreshed
FROM dashboard
WHERE
    area_type = 'Borough'
    AND measure = 'Offences'
    AND crime_subtype IN ('TNO Victim Based', 'TNO Non Victim Based')
GROUP BY 1
HAVING count(DISTINCT crime_subtype) = 2
ORDER BY 1
