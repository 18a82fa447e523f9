"""unionclient: an offline desktop program for the ledgers of street-level trade unions."""

__version__ = "0.1.0"
