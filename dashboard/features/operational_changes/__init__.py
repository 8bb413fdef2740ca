"""Operational changes: what was done, where and when, and what followed."""
