"""What a page has to know of a kind of measure to tell of it truly."""

from dataclasses import dataclass
from enum import Enum

from etl.kinds import Kind
from etl.kinds.kind import Judging


class Section(Enum):
    """A section about the places of a measure; its value is (words of its link, its anchor)."""

    TILES = ("Boroughs, small", "all")
    BOROUGH_TABLE = ("Boroughs, table", "table")
    MAP = ("Map", "map")
    FUNNEL = ("Funnel", "funnel")
    BESIDE_LONDON = ("Boroughs beside London", "boroughs")
    COURTS = ("Court by court", "courts")
    REGIONS = ("London, other regions, England and Wales", "all")

    @property
    def link(self) -> tuple[str, str]:
        """(words, address) of the link to it."""
        words, anchor = self.value
        return words, f"#{anchor}"

    @property
    def is_linked(self) -> bool:
        """Whether the list of sections at the head of the page leads to it: the courts' follow straight on."""
        return self not in (Section.COURTS, Section.REGIONS)


class Beside(Enum):
    """How the place a figure is set beside is drawn with it."""

    NOT_DRAWN = "named in sentences only"
    DOTTED = "a dotted line behind"
    SECOND_LINE = "a line of its own, with a table of every place next to it"


@dataclass(frozen=True)
class Telling:
    """How one kind of measure is told.

    `places` are the kinds of area its page lists. `wider` are the areas a place is set beside, the first that is not the place
    itself; where it is not published for London it opens on the last of them.
    """

    kind: Kind
    places: tuple[str, ...]
    wider: tuple[str, ...]
    sections: tuple[Section, ...]
    method: str
    """How its figures are worked out, for the passport."""
    shown_as: str
    """What form of figures a downloaded file holds, where there is no choice of a rate."""
    periods_drawn: str
    """Over the choice of where the drawing starts."""
    starts_in: int | None
    """The month whose periods are offered as such a start; None for every period."""
    has_commands: bool = False
    is_alike_everywhere: bool = False
    """Whether figures of two places compare as they are (shares, rates), so that London's is drawn behind a borough's."""
    beside: Beside = Beside.NOT_DRAWN
    uncertainty: str = ""
    """What is not known of how far a figure could be out, where no interval is published."""
    theme: str | None = None
    """Where the list of measures puts all of this kind; None for the theme of each."""

    @property
    def is_judged_by_month(self) -> bool:
        """Whether its months are held to an expected range, and the page opens with what was concluded of them."""
        return self.kind.judged is Judging.MONTHLY_COUNTS
