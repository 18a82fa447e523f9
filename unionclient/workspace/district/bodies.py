"""Who hands in: the 17 streets and the further bodies, from the code lists `street` and `reporting_body`."""

from unionclient.definition.ledger import Library
from unionclient.workspace.district.facts import Body


def bodies(library: Library) -> tuple[Body, ...]:
    """All of them, streets first, by code."""
    found = []
    for kind, listed in (("street", "street"), ("body", "reporting_body")):
        codes = library.codes[listed].codes if listed in library.codes else {}
        found += [Body(code.code, code.title, kind) for code in codes.values() if not code.retired]
    return tuple(found)


def body(library: Library, code: str) -> Body:
    """The body of a code; one that is in no list is shown by its code."""
    return next((found for found in bodies(library) if found.code == code), Body(code, code, "body"))
