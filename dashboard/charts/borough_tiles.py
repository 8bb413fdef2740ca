"""The tile map of London: the row and column of each borough, and its names where there is little room."""

TILE_PLACES = {
    "E09000001": (5, 4), "E09000002": (8, 4), "E09000003": (4, 2), "E09000004": (8, 5), "E09000005": (3, 3),
    "E09000006": (6, 6), "E09000007": (4, 3), "E09000008": (5, 6), "E09000009": (2, 3), "E09000010": (5, 1),
    "E09000011": (7, 5), "E09000012": (6, 3), "E09000013": (2, 4), "E09000014": (5, 2), "E09000015": (3, 2),
    "E09000016": (8, 3), "E09000017": (1, 3), "E09000018": (1, 4), "E09000019": (5, 3), "E09000020": (3, 4),
    "E09000021": (3, 6), "E09000022": (4, 5), "E09000023": (6, 5), "E09000024": (4, 6), "E09000025": (7, 4),
    "E09000026": (7, 3), "E09000027": (2, 5), "E09000028": (5, 5), "E09000029": (4, 7), "E09000030": (6, 4),
    "E09000031": (6, 2), "E09000032": (3, 5), "E09000033": (4, 4),
}  # fmt: skip
"""(column, row) of each borough's tile, from 1 at the top left, in the shape of London."""

SHORT_NAMES = {
    "E09000002": "Barking & Dag.",
    "E09000013": "Hammersmith & F.",
    "E09000020": "Kensington & C.",
    "E09000021": "Kingston",
    "E09000027": "Richmond",
}
"""Names cut to fit a tile; every other borough keeps its own."""

THREE_LETTERS = {
    "E09000002": "BD", "E09000003": "Bnt", "E09000004": "Bex", "E09000005": "Bre", "E09000006": "Bro",
    "E09000007": "Cam", "E09000008": "Cro", "E09000009": "Eal", "E09000010": "Enf", "E09000011": "Gre",
    "E09000012": "Hac", "E09000013": "HF", "E09000014": "Hgy", "E09000015": "Hrw", "E09000016": "Hav",
    "E09000017": "Hil", "E09000018": "Hou", "E09000019": "Isl", "E09000020": "KC", "E09000021": "Kin",
    "E09000022": "Lam", "E09000023": "Lew", "E09000024": "Mer", "E09000025": "New", "E09000026": "Red",
    "E09000027": "Ric", "E09000028": "Swk", "E09000029": "Sut", "E09000030": "TH", "E09000031": "WF",
    "E09000032": "Wan", "E09000033": "Wst",
}  # fmt: skip
"""What a borough is called inside its shape on the map."""


def short_name(code: str, name: str) -> str:
    """The borough's name where there is room for about 15 characters."""
    return SHORT_NAMES.get(code, name)


def is_leftmost(code: str) -> bool:
    """Whether no tile stands left of this one in its row, so that the scale is named there."""
    column, row = TILE_PLACES[code]
    return all(c >= column for c, r in TILE_PLACES.values() if r == row)
