"""A page's tree as HTML with the attributes of each element in one order, so that tests may compare text."""

import re

from dashboard.ui.render import to_html

TAG = re.compile(r"<([a-z0-9]+)((?: [a-z-]+(?:=\"[^\"]*\")?)+)>")


def written(node) -> str:
    """The HTML of a tree, attributes from A to Z."""
    return TAG.sub(_sorted, to_html(node))


def _sorted(match: re.Match[str]) -> str:
    attributes = re.findall(r" ([a-z-]+(?:=\"[^\"]*\")?)", match[2])
    return f"<{match[1]} {' '.join(sorted(attributes))}>"
