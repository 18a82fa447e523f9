"""The states of a period's report and the steps between them: 草稿 → 已审核 → 已打包 → 待回执 → 已接收 / 退回修改 → 已更正.

Pure: states and steps only, nothing is read or written. `after` is the one way from a state to the next; a step that is not in
`STEPS` does not exist. A period is REVISED (已更正) once a package that amends an earlier one was accepted.
"""

from enum import StrEnum

from unionclient.definition.faults import SubmissionError
from unionclient.definition.words import _, marked


class State(StrEnum):
    """Where a period's report stands."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    PACKED = "packed"
    SENT = "sent"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    REVISED = "revised"

    @property
    def title(self) -> str:
        return _(_STATES[self])


class Step(StrEnum):
    """What moves a report on."""

    REVIEW = "review"        # a whole check without open questions, empty ledgers noted
    CHANGE = "change"        # a ledger was changed after the review
    PACK = "pack"            # signed package made
    WITHDRAW = "withdraw"    # the package never left the house; its number is free again
    SEND = "send"            # handed to the district
    ACCEPT = "accept"        # receipt: accepted
    RETURN = "return"        # receipt: returned or rejected
    REOPEN = "reopen"        # an accepted report must be corrected; a reason is asked

    @property
    def title(self) -> str:
        return _(_STEPS[self])


_STATES = {State.DRAFT: marked("草稿"), State.REVIEWED: marked("已审核"), State.PACKED: marked("已打包"), State.SENT: marked("待回执"),
           State.ACCEPTED: marked("已接收"), State.RETURNED: marked("退回修改"), State.REVISED: marked("已更正")}
_STEPS = {Step.REVIEW: marked("审核"), Step.CHANGE: marked("审核后有改动"), Step.PACK: marked("打包"), Step.WITHDRAW: marked("撤回"), Step.SEND: marked("送出"),
          Step.ACCEPT: marked("接收"), Step.RETURN: marked("退回"), Step.REOPEN: marked("更正")}

STEPS: dict[tuple[State, Step], State] = {
    (State.DRAFT, Step.REVIEW): State.REVIEWED,
    (State.REVIEWED, Step.REVIEW): State.REVIEWED,
    (State.REVIEWED, Step.CHANGE): State.DRAFT,
    (State.REVIEWED, Step.PACK): State.PACKED,
    (State.PACKED, Step.WITHDRAW): State.DRAFT,
    (State.PACKED, Step.SEND): State.SENT,
    (State.SENT, Step.ACCEPT): State.ACCEPTED,
    (State.SENT, Step.RETURN): State.RETURNED,
    (State.RETURNED, Step.REVIEW): State.REVIEWED,
    (State.ACCEPTED, Step.REOPEN): State.DRAFT,
    (State.REVISED, Step.REOPEN): State.DRAFT,
}
AFTER_AMENDMENT = {State.ACCEPTED: State.REVISED}
"""Where the accepted package amends an earlier one."""

TRACK = (State.DRAFT, State.REVIEWED, State.PACKED, State.SENT, State.ACCEPTED)
"""The way of a report that meets no objection, in order."""

_TODO = {
    State.DRAFT: marked("请先审核：检查全部台账，改正问题，说明空白台账。"), State.REVIEWED: marked("请生成报送包。"),
    State.PACKED: marked("请把报送包送到区总工会，再标为已送出；还没有送出的可以撤回。"), State.SENT: marked("请等区总工会的回执，拿到后导入。"),
    State.ACCEPTED: marked("区总工会已接收；要改已接收的内容，请用更正。"), State.RETURNED: marked("请按退回意见改正，重新审核后再报送。"),
    State.REVISED: marked("更正已被接收；还要改，请再用更正。")}


class WrongStep(SubmissionError):
    """A step that the state does not allow; `state` and `step` say which."""

    def __init__(self, state: State, step: Step) -> None:
        super().__init__(_("现在是“{state}”，不能{step}。").format(state=state.title, step=step.title), _("没有改动任何内容。"), todo(state))
        self.state, self.step = state, step


def may(state: State, step: Step) -> bool:
    """True if the step leads on from the state."""
    return (state, step) in STEPS


def after(state: State, step: Step, *, amending: bool = False) -> State:
    """The state after a step. `amending`: the package concerned amends an earlier one. Raises WrongStep."""
    if not may(state, step):
        raise WrongStep(state, step)
    reached = STEPS[state, step]
    return AFTER_AMENDMENT.get(reached, reached) if amending else reached


def todo(state: State) -> str:
    """What is to be done next, in a sentence."""
    return _(_TODO[state])
