"""Records to pictures: static SVG for every page, print and download; plain Plotly dicts where a chart is explored.

Each chart is a function of records to the text of one `<svg>`, drawn for one width. Its `*_set` gives the widths that
the stylesheet chooses between, so type never shrinks.
"""
