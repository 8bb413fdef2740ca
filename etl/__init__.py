"""Published files to a warehouse: read, correct, check, derive, judge, publish."""
