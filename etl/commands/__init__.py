"""What stands behind each command of `python -m etl`, and how its answer is printed."""
