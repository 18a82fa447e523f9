"""The verbs of score sheets, ballots, inspections, honours, the street's score and the contest, as `Workspace` offers them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from unionclient.assessment.ballots import BallotResult
from unionclient.definition.faults import UnionClientError
from unionclient.definition.ledger import Ledger, Library
from unionclient.definition.record import Write
from unionclient.definition.words import _
from unionclient.store import records
from unionclient.store.database import Changes, Store
from unionclient.workspace import assessing, contest, following, judging
from unionclient.workspace.assessing import Evaluation
from unionclient.workspace.contest import Contest
from unionclient.workspace.judging import Inspection, Ranking, StreetScore
from unionclient.workspace.naming import Names

Then = Callable[[], Sequence[Write]]


class ScoreVerbs:
    """Part of `Workspace`; every writing verb is one step, totals included."""

    library: Library
    officer: str
    _store: Store
    _names: Names
    _filler: Callable[[], Any]
    _read_values: Callable[[Ledger, Mapping[str, Any]], tuple[dict[str, Any], dict[str, str]]]

    # homes --------------------------------------------------------------------------------------------------

    def evaluation(self, record: str) -> Evaluation:
        """A home evaluation with sheet, marks and result."""
        return assessing.evaluation(self._store, record)

    def fill_auto(self, record: str) -> Changes:
        """Writes the marks that follow from the ledgers into the evaluation's items."""
        return self._score(assessing.auto_writes(self._store, record), _("计算考核分"), lambda: [assessing.total_write(self._store, record)])

    def set_marks(self, record: str, marks: Mapping[str, Mapping[str, Any]]) -> Changes:
        """Item code → typed values of `evaluation_item`; totals and grade follow in the same step."""
        writes = assessing.mark_writes(self._store, record, self._typed("evaluation_item", marks))
        return self._score(writes, _("考核评分"), lambda: [assessing.total_write(self._store, record)])

    def ballot(self, record: str) -> BallotResult:
        """Rates and verdict of one member ballot in the street's chosen reading."""
        return assessing.ballot(self._store, record)

    # inspections --------------------------------------------------------------------------------------------

    def inspection(self, record: str) -> Inspection:
        """An inspection with its team, every member's marks and what they come to."""
        return judging.inspection(self._store, self._names, record)

    def set_team_mark(self, record: str, item: str, member: str, typed: Mapping[str, Any]) -> Changes:
        """One member's mark of one item (`mark`, `note` as typed)."""
        values = self._typed(judging.MARK, {item: typed})[0][1]
        return self._score(judging.team_mark_writes(self._store, self._names, record, item, member, values), _("验家打分"))

    def settle_inspection(self, record: str) -> Changes:
        """Enters the inspection's marks as the third column of the evaluation of that union and year; makes it if needed."""
        evaluation, writes = judging.settled_writes(self._store, self._names, record)
        return self._score(writes, _("验家得分记入考核"), lambda: [assessing.total_write(self._store, evaluation)])

    # honours ------------------------------------------------------------------------------------------------

    def ranking(self, year: int, kind: str, level: str) -> Ranking:
        """The recommendations of a year, kind and level in order, with whom the quota takes and what the others lack."""
        return judging.ranking(self._store, self._names, year, kind, level)

    def keep_ranking(self, year: int, kind: str, level: str) -> Changes:
        """Writes rank, score, satisfaction and members into the recommendations."""
        return self._score(judging.ranking_writes(self.ranking(year, kind, level)), _("记下两模一优排名"))

    # the street's yearly score ------------------------------------------------------------------------------

    def street_score(self, record: str) -> StreetScore:
        """The street's yearly score with every item and its figure as it is now."""
        return judging.street_score(self._store, record)

    def compute_street_score(self, record: str) -> Changes:
        """Writes what follows from the figures of the year into the items."""
        return self._score(judging.street_auto_writes(self._store, record), _("计算三级联创"),
                           lambda: [judging.street_total_write(self._store, record, computed=True)])

    def set_street_marks(self, record: str, marks: Mapping[str, Mapping[str, Any]]) -> Changes:
        """Item code → typed values of `triple_item` (`self`, `verified`, `note`); totals follow in the same step."""
        writes = judging.street_mark_writes(self._store, record, self._typed(judging.STREET_ITEM, marks))
        return self._score(writes, _("三级联创评分"), lambda: [judging.street_total_write(self._store, record, computed=False)])

    # the Ankang contest -------------------------------------------------------------------------------------

    def contest(self, record: str) -> Contest:
        """An entry of the contest with its sheet, marks and what stands against a title."""
        return contest.contest(self._store, record)

    def set_contest_marks(self, record: str, marks: Mapping[str, Mapping[str, Any]]) -> Changes:
        """Item code → typed values of `ankang_item`; the entry's totals follow in the same step."""
        writes = contest.mark_writes(self._store, record, self._typed(contest.ITEM, marks))
        return self._score(writes, _("安康杯评分"), lambda: [contest.total_write(self._store, record)])

    # writing ------------------------------------------------------------------------------------------------

    def _typed(self, ledger: str, marks: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
        """Typed values by item code as values of the ledger; a text that is no number is refused, nothing is saved."""
        read = []
        for code, typed in marks.items():
            values, raw = self._read_values(self.library.ledgers[ledger], typed)
            if raw:
                raise UnionClientError(_("{code} 的“{text}”不是分数。").format(code=code, text=next(iter(raw.values()))), _("其他内容没有改动。"), _("请填写数字。"))
            read.append((code, values))
        return read

    def _score(self, writes: Sequence[Write], title: str, then: Then | None = None) -> Changes:
        """Writes marks, then what adds up from them, then what follows from that; one step."""
        connection = self._store.connection
        with self._store.transaction():
            stood = following.stood_before(connection, self.library, writes)
            done = records.write(connection, self.library, writes, who=self.officer, origin="manual")
            totals = list(then()) if then else []
            stood = {**following.stood_before(connection, self.library, totals), **stood}
            done += records.write(connection, self.library, totals, who=self.officer, origin="manual")
            also = following.carry(connection, self.library, [*writes, *totals], stood, self._filler(), self.officer)
            self._names.forget({change.ledger for change in done} | {change.ledger for _, changes in also for change in changes})
            return self._store.log(done, who=self.officer, verb="score", title=title, also=also)
