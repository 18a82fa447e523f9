"""The district's trust file: pinned to its root, and taken from an authority that is kept elsewhere."""

import shutil

import pytest
from district.town import CHEAP, PASSPHRASE

from unionclient.definition.faults import SubmissionError
from unionclient.workspace.district import District


@pytest.fixture
def elsewhere(town, tmp_path):
    """A district's folder without an authority, and the trust file of the town's."""
    district, *_ = town
    with District.create(tmp_path / "desk", officer="王五") as desk:
        yield desk, district.folder / "trust.uct", district.trust.root_fingerprints[0], district


def test_a_trust_file_from_elsewhere_needs_the_fingerprint_once(elsewhere):
    desk, file, root, district = elsewhere
    with pytest.raises(SubmissionError, match="没有核对|还没有核对"):
        desk.take_trust(file)
    assert desk.take_trust(file, root).signed_by == root
    district.renew_trust(PASSPHRASE)
    assert desk.take_trust(file).serial == desk.trust.serial


def test_an_older_trust_file_is_refused(elsewhere, tmp_path):
    desk, file, root, district = elsewhere
    shutil.copy(file, tmp_path / "old.uct")
    district.renew_trust(PASSPHRASE)
    desk.take_trust(file, root)
    with pytest.raises(SubmissionError, match="旧"):
        desk.take_trust(tmp_path / "old.uct")


def test_a_trust_file_put_in_its_place_by_another_root_is_not_believed(elsewhere, tmp_path):
    desk, file, root, _ = elsewhere
    desk.take_trust(file, root)
    with District.create(tmp_path / "other", officer="赵六") as other:
        other.set_up_authority(PASSPHRASE, **CHEAP)
        shutil.copy(other.folder / "trust.uct", desk.folder / "trust.uct")
    with pytest.raises(SubmissionError):
        assert desk.trust


def test_the_authority_may_be_taken_away_on_a_stick(town, tmp_path):
    district, street, _ = town
    shutil.move(district.folder / "authority", tmp_path / "stick")
    assert district.trust.registered is not None and not district.has_authority
    assert district.receive(street.pack()).outcome == "received"
    with pytest.raises(SubmissionError, match="没有签发机构"):
        district.renew_trust(PASSPHRASE)
