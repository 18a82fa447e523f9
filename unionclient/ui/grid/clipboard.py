"""Blocks of cells as Excel and WPS put them on the clipboard: tabs between cells, lines between rows."""


def read_block(text: str) -> list[list[str]]:
    """Rows of cells. A cell in quotes may hold tabs, line breaks and doubled quotes; rows may differ in length."""
    rows: list[list[str]] = [[]]
    cell: list[str] = []
    quoted = False
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    place = 0
    while place < len(text):
        sign = text[place]
        if quoted:
            if sign == '"' and text[place + 1:place + 2] == '"':
                cell.append('"')
                place += 1
            elif sign == '"':
                quoted = False
            else:
                cell.append(sign)
        elif sign == '"' and not cell and _closes(text, place):
            quoted = True
        elif sign in "\t\n":
            rows[-1].append("".join(cell))
            cell = []
            if sign == "\n":
                rows.append([])
        else:
            cell.append(sign)
        place += 1
    rows[-1].append("".join(cell))
    return rows


def _closes(text: str, place: int) -> bool:
    """True if the quote at `place` has a partner before a tab, a line break or the end; else it is just a sign."""
    end = place + 1
    while (end := text.find('"', end)) >= 0:
        after = text[end + 1:end + 2]
        if after == '"':
            end += 2
            continue
        return after in ("", "\t", "\n")
    return False


def write_block(rows: list[list[str]]) -> str:
    """The same, the other way."""
    return "\n".join("\t".join(map(_cell, row)) for row in rows)


def _cell(text: str) -> str:
    if any(sign in text for sign in '\t\n"'):
        return '"' + text.replace('"', '""') + '"'
    return text
