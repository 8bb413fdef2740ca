"""The sentences of the site, made from the same records as its charts and tables.

`facts` says what the figures are, `verdicts` what may be concluded from them, `headlines` what opens a page.
"""
