"""Pipe tables in tests: `| a | b |` rows → dicts; an empty cell is left out."""


def read_table(text: str) -> list[dict[str, str]]:
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [{name: value for name, value in zip(cells[0], row, strict=True) if value} for row in cells[1:]]
