"""Where the ledgers stay: one SQLite file in one local folder, every write logged.

Knows ledgers as tables; knows no rule, no figure, no workbook and no window.
"""
