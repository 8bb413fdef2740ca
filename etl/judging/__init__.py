"""How verdicts are reached: monthly counts, survey years, court quarters. `etl.judge` feeds and stores them."""
