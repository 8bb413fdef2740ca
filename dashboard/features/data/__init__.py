"""Data and methods: sources, editions, checks, revisions, calibration, words."""
