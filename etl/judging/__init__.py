"""How verdicts are reached: monthly counts, survey years, court quarters. Numbers in, findings out; `etl.judge` feeds and stores them."""
