"""Every forgery we can think of is refused, each by the check that is there for it and with its own verdict."""

import pytest
from attacks import containers, documents, sequences, signatures, signers
from attacks.scene import Scene

from unionclient.submission.checks import CHECKS, EXIT_CODES
from unionclient.submission.verify import verify_bytes

ATTACKS = [*containers.ATTACKS, *signatures.ATTACKS, *signers.ATTACKS, *sequences.ATTACKS, *documents.ATTACKS]

# The attack list of the handbook on packages, then what the issue names beside it.
ROWS = {
    "zip bomb", "overlapping entries", "lying size", "clashing headers", "duplicate names", "clashing names", "unsafe names",
    "links and modes", "prepended or glued", "extra or missing member", "signature wrapping", "stripped signature", "downgrade",
    "wrong street", "other root", "replay", "expired, revoked, stale", "mismatch", "PDF overlay and tail", "PDF that acts",
    "entities in a workbook", "giant dimensions", "formula injection", "links and macros",
    "container type", "gap", "fork", "duplicate", "zero signatures"}


@pytest.fixture(scope="module")
def scene(tmp_path_factory) -> Scene:
    return Scene(tmp_path_factory.mktemp("scene"))


def test_the_package_is_valid_before_it_is_attacked(scene):
    verdict = verify_bytes(scene.bench.content, trust=scene.trust, known=[])
    assert (verdict.result, verdict.exit_code, verdict.trusted, verdict.failed) == ("valid", 0, True, ())
    assert all(check.sentence for check in verdict.checks)


def test_a_printed_table_is_valid_before_a_number_in_it_is_changed(scene):
    assert verify_bytes(scene.reprinted({}), trust=scene.trust, known=[]).result == "valid"


@pytest.mark.parametrize("attack", ATTACKS, ids=[f"{attack.row}: {attack.name}" for attack in ATTACKS])
def test_a_forgery_is_refused_for_its_own_reason(scene, attack):
    content = attack.make(scene)
    how = {"trust": scene.trust, "known": [], **attack.how(scene)}
    verdict = verify_bytes(content, **how)
    assert (verdict.failed[0].id if verdict.failed else None, verdict.result) == (attack.check, attack.result), verdict.message
    assert verdict.exit_code == EXIT_CODES[attack.result] != 0 and not verdict.valid
    assert verdict.failed[0].sentence and "Traceback" not in verdict.message


def test_every_row_of_the_list_has_an_attack():
    assert {attack.row for attack in ATTACKS} == ROWS


def test_every_check_has_an_attack_that_only_it_stops():
    stopped = {attack.check for attack in ATTACKS}
    # Judged without a trust file, about the checking process, before there is a package, only where there is a second signature.
    elsewhere = {"trust", "certificate-dates", "worker", "encryption", "second-signature"}
    assert set(CHECKS) - elsewhere - stopped == set()


def test_no_two_attacks_are_the_same():
    names = [(attack.row, attack.name) for attack in ATTACKS]
    assert len(set(names)) == len(names)
