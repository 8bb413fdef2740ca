"""The register: what people decide. Plans, priorities, recommendations, actions, commentary, accounts, audit.

The only door to the register's database. Open it with `store.open_register`, read with functions that take
the viewer, change with functions that take the actor. See `permissions.py` for who may do what.
"""
