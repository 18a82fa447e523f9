"""Any sequence of saves, retirements, undos and redos: undo gives back the very state before, and the log stays whole."""

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from stores import fresh_street

from unionclient.workspace import Edit


class Undoing(RuleBasedStateMachine):
    """Keeps every state that was seen, as a stack like the officer's own memory."""

    def __init__(self):
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.workspace = fresh_street(Path(self._folder.name) / "store")
        self.past = [self.state()]
        self.future = []

    def teardown(self):
        self.workspace.close()
        self._folder.cleanup()

    def state(self):
        return {r.id: (dict(r.values), dict(r.raw)) for r in self.workspace.records("unit")}

    def done(self, changes):
        if changes:
            self.past.append(self.state())
            self.future.clear()

    @rule(name=st.sampled_from(["甲公司", "乙公司", "丙公司"]), date=st.sampled_from(["2017-03-01", "不知道", ""]))
    def add(self, name, date):
        self.done(self.workspace.save("unit", [Edit(None, {"name": name, "status_from": date})]))

    @precondition(lambda self: self.past[-1])
    @rule(pick=st.integers(0, 9), name=st.sampled_from(["丁公司", "戊公司", ""]), date=st.sampled_from(["2017.5.1", "改天"]))
    def change(self, pick, name, date):
        ids = list(self.past[-1])
        self.done(self.workspace.save("unit", [Edit(ids[pick % len(ids)], {"name": name, "status_from": date})]))

    @precondition(lambda self: self.past[-1])
    @rule(pick=st.integers(0, 9))
    def retire(self, pick):
        ids = list(self.past[-1])
        self.done(self.workspace.retire("unit", [ids[pick % len(ids)]], "测试"))

    @precondition(lambda self: len(self.past) > 1)
    @rule()
    def undo(self):
        self.workspace.undo()
        self.future.append(self.past.pop())

    @precondition(lambda self: self.future)
    @rule()
    def redo(self):
        self.workspace.redo()
        self.past.append(self.future.pop())

    @invariant()
    def the_store_is_as_remembered(self):
        assert self.state() == self.past[-1]

    @invariant()
    def the_log_is_whole(self):
        assert self.workspace.verify_log().ok


Undoing.TestCase.settings = settings(max_examples=12, stateful_step_count=15, deadline=None)
TestUndoing = Undoing.TestCase
