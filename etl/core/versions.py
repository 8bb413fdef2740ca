"""The number of the methods: which way of working numbers out a release and the calibration were made with."""

METHODS_VERSION = 8
"""Raised by one whenever any derived number or verdict may come out differently from the same files.

A release made with another number is worked out again (`python -m etl refresh`); words, names and places in the code do not
count. A test compares the code that works numbers out with what was recorded for this number, and says what to do.
"""

JUDGED_THE_SAME_SINCE = 7
"""The first number of the methods whose judging of counts is today's: a calibration measured with it or a later one holds.

Set to `METHODS_VERSION` when the judging changes, and measure again with `python -m etl calibrate`.
"""
