"""Warehouse and register to pages, exports and packs."""
