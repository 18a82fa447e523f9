"""The sample street: made-up ledgers as an office keeps them, and the whole main job walked through on them.

Deterministic by seed; every person, unit and number is invented.
"""

from unionclient.demo.walk import fill, run_demo

__all__ = ["fill", "run_demo"]
