"""A clerk enters fifty units by keyboard alone into the page of units; how fast, `benchmarks.grid` tells."""

from benchmarks import clerk

UNITS = 50


def test_fifty_units_of_twelve_fields_are_entered_by_keyboard(window, workspace):
    table = list(clerk.rows(UNITS))
    window.resize(900, 420)     # fewer rows to draw
    before = workspace.count("unit")
    clerk.type_rows(window, clerk.units_grid(window), table)
    records = workspace.records("unit")[before:]
    assert [[record[name] for name in clerk.FIELDS] for record in records] == [[cell.stored for cell in row] for row in table]
    assert not any(record.raw for record in records)
