"""The commands of `python -m etl`, a module each: its options and its words. One is loaded when it is called."""
