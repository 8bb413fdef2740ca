"""Alembic's folder: how the register's tables came to be what they are."""
