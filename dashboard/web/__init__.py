"""The signed-in side of the site: sessions, forms and everything that changes the register. Plain HTML, no script.

A request passes `guard` before anything else. A route that changes something is declared with `routes.changes` and names
the permit it needs; one that does not is refused. `opened.writing` gives a writing session only to a request that passed.
Pages know of all this only `viewer`.
"""
