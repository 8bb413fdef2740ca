"""Labels as they are compared, and columns as a spreadsheet names them."""


def fold(label: str) -> str:
    """The label without case or doubled white space, for comparing."""
    return " ".join(label.split()).casefold()


def column_letters(column: int) -> str:
    """Spreadsheet letters of a 0-based column: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
