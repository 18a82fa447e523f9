"""The order of packages: the next one passes, each disorder has its own name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionclient.submission.sequence import KINDS, Received, judge

ONE, TWO, THREE = (Received(seq, str(seq) * 64, f"id-{seq}") for seq in (1, 2, 3))
TWO_BACK = Received(2, "2" * 64, "id-2", accepted=False)


@pytest.mark.parametrize(("known", "seq", "prev", "sha256", "kinds"), [
    ([], 1, None, "a" * 64, []),
    ([ONE], 2, ONE.sha256, "a" * 64, []),
    ([TWO, ONE], 3, TWO.sha256, "a" * 64, []),
    ([ONE, TWO_BACK], 3, ONE.sha256, "a" * 64, []),         # follows the last accepted one
    ([ONE, TWO_BACK], 3, TWO.sha256, "a" * 64, []),         # follows the one that was returned
    ([ONE], 1, None, ONE.sha256, ["duplicate"]),
    ([ONE, TWO, THREE], 2, ONE.sha256, TWO.sha256, ["duplicate"]),
    ([ONE], 1, None, "a" * 64, ["fork"]),
    ([ONE, TWO], 2, ONE.sha256, "a" * 64, ["fork"]),
    ([ONE, TWO], 3, ONE.sha256, "a" * 64, ["fork"]),        # a second successor of no. 1
    ([ONE, TWO], 3, "b" * 64, "a" * 64, ["fork"]),
    ([ONE, TWO], 3, None, "a" * 64, ["fork"]),
    ([TWO, THREE], 1, None, "a" * 64, ["replay"]),
    ([ONE], 3, ONE.sha256, "a" * 64, ["gap"]),
    ([], 2, None, "a" * 64, ["gap"]),
    ([TWO_BACK], 4, TWO.sha256, "a" * 64, ["gap"]),
])
def test_the_order_of_packages_is_judged(known, seq, prev, sha256, kinds):
    found = judge(seq, prev, known, sha256=sha256)
    assert [each.kind for each in found] == kinds and all(each.detail for each in found)


def test_the_id_of_an_earlier_package_cannot_be_borrowed():
    assert [each.kind for each in judge(2, ONE.sha256, [ONE], sha256="a" * 64, package_id="id-1")] == ["fork"]


@given(st.lists(st.integers(1, 6), max_size=8), st.integers(1, 6), st.integers(0, 6))
def test_only_the_next_of_a_chain_passes(arrivals, seq, follows):
    """Packages come in any order; what is taken in is always an unbroken chain from no. 1."""
    taken: list[Received] = []
    for number in [*arrivals, seq]:
        sha256, prev = f"{number}", f"{number - 1}" if number > 1 else None
        if not judge(number, prev, taken, sha256=sha256):
            taken.append(Received(number, sha256, f"id-{number}"))
    assert [each.seq for each in taken] == list(range(1, len(taken) + 1))
    found = judge(seq, f"{follows}" if follows else None, taken, sha256="new")
    assert len(found) <= 1 and all(each.kind in KINDS for each in found)
    assert (not found) == (seq == len(taken) + 1 and (follows == len(taken)))
