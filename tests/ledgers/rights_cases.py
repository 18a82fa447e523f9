"""Cases of focus 2: contracts, congresses, open management, employee directors, women."""

from tests.ledgers.rights_figures import FIGURES

RULES = []
CHECKS = []

__all__ = ["CHECKS", "FIGURES", "RULES"]
