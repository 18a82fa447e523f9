"""The 43 figures counted a second time, in plain Python over the CSV export of all ledgers.

Written from the domain handbook (§4–§8, §10, Appendix A) alone: no SQL, nothing of the program is imported, so that a
mistake of the one is no mistake of the other. Readings are the defaults of §10; where the handbook is silent, the words
of the street's settings decide. Each function gives (numerator, denominator); a count has no denominator.
"""

from pathlib import Path

from independent import recount_rights, recount_service
from independent.books import Books, Counted

FIGURES = {f"{name[:2].upper()}-{name[3:]}": function for part in (recount_rights, recount_service)
           for name, function in vars(part).items() if name[:1] == "t" and name[1:2].isdigit() and name != "t4_05"}


def recount(folder: Path, year: int) -> dict[str, Counted]:
    """Figure id → (numerator, denominator) at the year's end."""
    books = Books(folder, year)
    return {name: function(books) for name, function in FIGURES.items()}
