"""Certificates inside a signature: the whole chain or none, no byte of it free; and damaged input is always called so."""

import random
import warnings

import pytest
from asn1crypto import pem
from cryptography import x509
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from submission.trusting import NOW, OTHER, enrolled, new_authority, new_key

from unionclient.definition.faults import SubmissionError
from unionclient.submission import certificate, requests, signing, trust
from unionclient.submission.keys import SigningKey
from unionclient.submission.pkcs12 import read_p12
from unionclient.submission.signing import SignatureFault

TEXT = b"the list of members"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    authority = new_authority(folder / "ca", now=NOW)
    return authority, enrolled(authority, folder / "k", now=NOW), enrolled(authority, folder / "o", OTHER, now=NOW)


def test_the_chain_comes_out_signer_first(office):
    _, key, _ = office
    assert signing.check_detached(signing.sign_detached(TEXT, key, NOW), TEXT).chain == (key.certificate, *key.chain)


def test_every_changed_byte_is_noticed_in_the_root_too(office):
    whole = signing.sign_detached(TEXT, office[1], NOW)
    for place in range(0, len(whole), 5):
        changed = bytearray(whole)
        changed[place] ^= 0x01
        with pytest.raises(SignatureFault):
            signing.check_detached(bytes(changed), TEXT)


@pytest.mark.parametrize(("beside", "said"), [
    (lambda office, stranger: (office[2].certificate, office[0].root), "无关的证书"),
    (lambda office, stranger: (stranger.root,), "没有签发签名人的证书"),
    (lambda office, stranger: (office[0].root, stranger.root), "不是同一个|无关的证书|没有签发"),
    (lambda office, stranger: (office[0].root,) * 5, "超过 4 张"),
], ids=["a neighbour's certificate", "another root of the same name", "two roots", "too many"])
def test_what_does_not_belong_to_the_chain_is_refused(office, tmp_path, beside, said):
    stranger = new_authority(tmp_path / "ca", now=NOW)
    key = SigningKey(office[1].private, office[1].certificate, beside(office, stranger))
    with pytest.raises(SignatureFault, match=said):
        signing.check_detached(signing.sign_detached(TEXT, key, NOW), TEXT)


def test_a_p12_without_its_root_gives_a_key_without_a_chain(office):
    _, key, other = office
    own, neighbour = (x509.load_der_x509_certificate(each.certificate) for each in (key, other))
    assert read_p12(pkcs12.serialize_key_and_certificates(b"k", key.private, own, [neighbour], NoEncryption()), "").chain == ()


def test_an_answer_with_a_damaged_root_is_refused(office):
    authority, key, _ = office
    root = bytearray(authority.root)
    root[-1] ^= 0x01
    with pytest.raises(SubmissionError, match="不是由文件里的根证书签发的|没有证书"):
        certificate.read_answer(pem.armor("CERTIFICATE", key.certificate) + pem.armor("CERTIFICATE", bytes(root)))


def _damaged(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4))):
        place, kind = chance.randrange(len(changed)), chance.randrange(4)
        if kind == 0:
            changed[place] ^= 1 << chance.randrange(8)
        elif kind == 1:
            changed[place] = chance.choice((0x00, 0xFF, 0x80, 0x30, 0x7F))
        elif kind == 2:
            del changed[place:place + chance.randrange(1, 4)]
        else:
            changed[place:place] = chance.randbytes(2)
    return bytes(changed)


@pytest.mark.parametrize("name", ["request", "renewal", "trust file", "signature", "p12", "answer", "facts", "judge"])
def test_damaged_input_is_called_so_and_nothing_else_is_raised(office, tmp_path, name):
    authority, key, _ = office
    new = new_key(tmp_path / "n")
    own = x509.load_der_x509_certificate(key.certificate)
    content, reader = {
        "request": (pem.unarmor(requests.make_request(new))[2], requests.read_request),
        "renewal": (pem.unarmor(requests.renewal(key, new, now=NOW))[2], lambda octets: requests.read_request(pem.armor("CMS", octets))),
        "trust file": (authority.state.content, trust.read),
        "signature": (signing.sign_detached(TEXT, key, NOW), lambda octets: signing.check_detached(octets, TEXT)),
        "p12": (pkcs12.serialize_key_and_certificates(b"k", key.private, own, [], NoEncryption()), lambda octets: read_p12(octets, "")),
        "answer": (key.certificate, certificate.read_answer),
        "facts": (key.certificate, certificate.read_facts),
        "judge": (key.certificate, lambda octets: trust.judge_signer((octets,), authority.state, signed_at=NOW, moment=NOW, street=None)),
    }[name]
    chance = random.Random(name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # libraries warn about odd certificates
        for _ in range(400):
            try:
                reader(_damaged(content, chance))
            except (SubmissionError, SignatureFault):
                continue
