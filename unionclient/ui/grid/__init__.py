"""The grid of a ledger: model over a rowid array, delegate, view with Excel's keys, clipboard."""
