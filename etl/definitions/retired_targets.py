"""The targets of 2013 to 2016: the years they ran between, by the month a financial year begins and ends with."""

TARGET_YEARS = ("2011-04", "2013-03", "2015-04", "2016-03")
"""The two years before the targets of 2013 began, and the year they were to be met in."""
