"""How the district sees a street: keys, signed packages, and their verdict.

The room knows tables, members and signatures; it does not know ledgers, the store or the window. Importing it is
cheap: the signing and PDF libraries are loaded by the functions that need them.
"""
