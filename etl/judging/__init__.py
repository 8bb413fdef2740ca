"""How verdicts are reached: monthly counts, survey years, court quarters. `etl.release.judge` feeds and stores them."""
