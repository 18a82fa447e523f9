"""A package signed a second time by SM2: held by both, and nothing of the second can be taken out, exchanged or broken."""

import subprocess
import sys

import pytest
from submission.bench import PASSPHRASE, pack

from unionclient.definition.faults import SubmissionError
from unionclient.submission import asicmanifest, container, signing, sm
from unionclient.submission.checks import INVALID, VALID
from unionclient.submission.verify import verify_bytes

pytest.importorskip("gmssl", reason="the optional package gmssl is not installed")


def made(folder, code="110101013"):
    return sm.make_key(folder / f"sm-{code}", PASSPHRASE, name="东花市街道总工会", street_code=code, scrypt_n=2**4)


@pytest.fixture(scope="module")
def twice(tmp_path_factory, key):
    folder = tmp_path_factory.mktemp("second")
    return pack(folder / "p.asice", key, second=made(folder)).path.read_bytes()


def members(content):
    opened = container.open_container(content)
    return {name: opened.read(name) for name in opened.names if name != container.MIMETYPE}


def resigned(parts, key):
    """The package with the first signature made anew, as its street could: only the second is then in question."""
    covered = {name: content for name, content in parts.items() if name not in container.META}
    covered[container.MIMETYPE] = container.MEDIA_TYPE
    listed = asicmanifest.asic_manifest_bytes(covered, dict.fromkeys(covered, "text/plain"))
    from datetime import UTC, datetime

    return container.container_bytes({**parts, container.ASIC_MANIFEST: listed,
                                      container.SIGNATURE: signing.sign_detached(listed, key, datetime.now(UTC).replace(microsecond=0))})


def verdict(content, key):
    return verify_bytes(content, trusted=[key.certificate])


def check_of(found):
    return next((check for check in found.checks if check.id == "second-signature"), None)


def test_both_signatures_hold(twice, key):
    found = verdict(twice, key)
    assert found.result == VALID and check_of(found).ok and not check_of(found).warn
    assert "第二签名，成立" in check_of(found).sentence


def test_one_signature_is_enough_and_says_nothing_of_another(bench, key):
    found = verdict(bench.content, key)
    assert found.result == VALID and check_of(found) is None


def test_without_gmssl_the_first_signature_still_counts(twice, key, monkeypatch):
    monkeypatch.setitem(sys.modules, "gmssl.sm2", None)
    found = verdict(twice, key)
    assert found.result == VALID and check_of(found).warn and "没有核对" in check_of(found).sentence


@pytest.mark.parametrize("names", [container.SECOND, container.SECOND[:1], container.SECOND[1:]])
def test_the_second_cannot_be_taken_out(twice, key, names):
    parts = {name: content for name, content in members(twice).items() if name not in names}
    assert verdict(container.container_bytes(parts), key).result == INVALID


def test_half_a_second_signature_is_refused_though_the_first_covers_it(twice, key):
    parts = members(twice)
    del parts[container.SIGNATURE_2]
    found = verdict(resigned(parts, key), key)
    assert found.result == INVALID and "不完整" in check_of(found).sentence


def test_another_streets_second_signature_is_refused(twice, key, tmp_path):
    from datetime import UTC, datetime

    parts = members(twice)
    parts[container.SIGNATURE_2] = sm.sign_detached(parts[container.ASIC_MANIFEST_2], made(tmp_path, "110101014"), datetime.now(UTC))
    found = verdict(resigned(parts, key), key)
    assert found.result == INVALID and "不是第一签名的单位" in check_of(found).sentence


def test_a_second_list_that_names_other_digests_is_refused(twice, key, tmp_path):
    from datetime import UTC, datetime

    parts = members(twice)
    covered = {name: content for name, content in parts.items() if name not in (*container.META, *container.SECOND)}
    covered |= {container.MIMETYPE: container.MEDIA_TYPE, "README.txt": b"other"}
    listed = asicmanifest.asic_manifest_bytes(covered, dict.fromkeys(covered, "text/plain"), signature=container.SIGNATURE_2, algorithm=sm.SM3_URI,
                                              digest=sm.sm3)
    parts |= {container.ASIC_MANIFEST_2: listed, container.SIGNATURE_2: sm.sign_detached(listed, made(tmp_path), datetime.now(UTC))}
    found = verdict(resigned(parts, key), key)
    assert found.result == INVALID and "不一致" in check_of(found).sentence


def test_a_receipt_has_no_place_for_it(twice, key):
    from unionclient.submission.sealed import seal, unseal

    sealed = members(seal({"receipt.json": b"{}"}, key))
    with pytest.raises(SubmissionError):
        unseal(container.container_bytes({**sealed, container.SIGNATURE_2: b"x"}), "回执")


def test_openssl_reads_both(twice, key, openssl, tmp_path):
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    parts = members(twice)
    covered, octets = sm.signed_attributes(parts[container.SIGNATURE_2])
    certificate = sm._Message.load(parts[container.SIGNATURE_2])["content"]["certificates"][0].chosen.dump()
    for name, content in (("list", parts[container.ASIC_MANIFEST]), ("first", parts[container.SIGNATURE]), ("covered", covered), ("octets", octets),
                          ("sm.der", certificate), ("signer.pem", x509.load_der_x509_certificate(key.certificate).public_bytes(Encoding.PEM)),
                          ("second", parts[container.ASIC_MANIFEST_2])):
        (tmp_path / name).write_bytes(content)

    def run(*words):
        return subprocess.run([openssl, *words], cwd=tmp_path, capture_output=True, text=True)
    assert run("cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "first", "-content", "list", "-CAfile", "signer.pem",
               "-partial_chain", "-out", "out").returncode == 0
    (tmp_path / "public.pem").write_text(run("x509", "-inform", "DER", "-in", "sm.der", "-pubkey", "-noout").stdout)
    done = run("dgst", "-sm3", "-verify", "public.pem", "-sigopt", "distid:1234567812345678", "-signature", "octets", "covered")
    assert "Verified OK" in done.stdout
    digest = run("dgst", "-sm3", "-r", "second").stdout.split()[0]
    assert bytes.fromhex(digest) in covered
