"""What a page says, read from its parsed HTML."""

from lxml import html

TEXTS = "//text()[not(ancestor::style or ancestor::script or ancestor::svg)]"


def words(response):
    """The text of an answer's page in one line, without its pictures, scripts and styles."""
    return " ".join(" ".join(html.fromstring(response.data).xpath(TEXTS)).split())


def rows_named(response, name):
    """The cells of every table row that opens with a name, each as its text."""
    rows = html.fromstring(response.data).iter("tr")
    cells = [[cell.text_content().strip() for cell in row.xpath("./th | ./td")] for row in rows]
    return [row for row in cells if row and row[0] == name]
