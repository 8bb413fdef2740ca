"""Recommendations and how far they have come."""
