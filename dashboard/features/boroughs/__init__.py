"""The list of boroughs and commands."""
