"""What the themes of the catalogue are called on screen, in the order they are read."""

from dashboard.figures.records import Measure

THEMES = {
    "all": "The total",
    "harm": "High-harm crime",
    "volume": "Volume crime",
    "victims": "Victims",
    "outcomes": "Found by police activity",
    "confidence": "Confidence",
    "justice": "Justice",
    "retired": "The retired MOPAC 7 list",
}
SAY = {
    "all": "Every recorded offence, of whatever kind. The total adds shoplifting to homicide: read the kinds below.",
    "harm": "Offences that hurt people most. They are read first because they are the easiest to lose among the many.",
    "volume": "The offences most people meet.",
    "outcomes": "These count what police look for. More can mean more searching, not more crime.",
    "retired": "The seven crimes of the 2013 to 2016 targets, on the classification of the time. Nothing later can be compared.",
}


def reading_theme(measure: Measure) -> str:
    """Where a page tells of a measure: the total comes before every theme it would otherwise swamp."""
    if measure.base == "total_recorded_crime":
        return "all"
    return "justice" if measure.source.startswith("moj") else measure.theme


def theme_name(theme: str) -> str:
    """The theme in words. A theme not named here is shown as the catalogue spells it."""
    return THEMES.get(theme, theme[:1].upper() + theme[1:])


def theme_order(theme: str) -> int:
    """Where a theme stands on a page; unknown ones before the retired list."""
    names = list(THEMES)
    return names.index(theme) if theme in THEMES else len(names) - 1
