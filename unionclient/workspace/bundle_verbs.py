"""The verbs of what the district sends down."""

import tempfile
from pathlib import Path

from unionclient.definition.words import _
from unionclient.store.database import Changes
from unionclient.workspace import bundles
from unionclient.workspace.bundles import BundlePreview


class BundleVerbs:
    """Part of `Workspace`."""

    def look_at_bundle(self, path: Path) -> BundlePreview:
        """What a bundle of the district would change here; nothing is changed yet. Raises SubmissionError."""
        return bundles.look(self._store, Path(path), self.trust())

    def import_bundle(self, preview: BundlePreview) -> Changes:
        """Takes over a bundle that was looked at: targets in one undo step, definitions (which hold after reopening), trust file."""
        from unionclient.workspace.workspace import Edit

        given = [Edit(record, values) for record, values in bundles.edits(preview)]
        changes = self.save(bundles.LEDGER, given, title=_("导入区里下发的{year}年目标{n}条").format(year=preview.year, n=len(given)), verb="bundle") if given else Changes()
        self._take_trust(preview.bundle.trust)
        bundles.finish(self._store, preview, self.officer, changes)
        return changes

    def _take_trust(self, content: bytes | None) -> None:
        """The trust file of a bundle, where it is newer than the one in force."""
        from unionclient.submission import trust

        known = self.trust()
        if content is None or known is None or trust.read(content).serial <= known.serial:
            return
        with tempfile.TemporaryDirectory(prefix="unionclient-") as folder:
            path = Path(folder) / trust.FILE
            path.write_bytes(content)
            self.import_trust(path)
