"""Floor 3: the verbs. One verb = one transaction; the only place where the six rooms meet."""

from unionclient.store.changelog import ChangeEntry, LogVerdict
from unionclient.store.database import Changes
from unionclient.workspace.workspace import Edit, Workspace

__all__ = ["ChangeEntry", "Changes", "Edit", "LogVerdict", "Workspace"]
