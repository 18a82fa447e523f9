"""The command line from `ca init` to a renewed certificate, as street and district type it; no passphrase is ever an argument."""

import json
import shutil
import subprocess

import pytest
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from submission.trusting import CHEAP, new_authority
from submission.trusting import enrolled as made_by_district

from unionclient.cli import main
from unionclient.submission import keys
from unionclient.submission.authority import Authority

SECRETS = {"UNIONCLIENT_PASSPHRASE": "东花市-街道-工会", "UNIONCLIENT_CA_PASSPHRASE": "东城-总工会-根", "UNIONCLIENT_NEW_PASSPHRASE": "another-passphrase"}


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch):
    for name, value in CHEAP.items():
        monkeypatch.setitem(keys.make_key.__kwdefaults__, name, value)
        monkeypatch.setitem(Authority.init.__func__.__kwdefaults__, name, value)
        monkeypatch.setitem(Authority.renew_root.__kwdefaults__, name, value)


@pytest.fixture
def run(tmp_path):
    """Runs a line of words; {name} is a path in the test's folder. Answers exit code and output."""
    def go(line: str, *, typed: str = "", code: int = 0) -> str:
        words = [str(tmp_path / word[1:]) if word.startswith("@") else word for word in line.split()]
        done = CliRunner(env=SECRETS).invoke(main, words, input=typed)
        assert done.exit_code == code, (line, done.exit_code, done.output, done.exception)
        for secret in SECRETS.values():
            assert secret not in done.output
        return done.output

    return go


@pytest.fixture
def enrolled(run):
    """A district and a street whose certificate and trust file are in."""
    run("--store @s init --street 110101013 --officer 张三")
    root = run("ca init @ca").strip().splitlines()[-1].replace(" ", "")
    run("--store @s keys new")
    said = "".join(run("--store @s keys request --out @r.p10").strip().splitlines()[-1].split())
    run(f"ca issue @ca @r.p10 --out @a.cer --fingerprint {said}")
    run("--store @s keys import @a.cer")
    run("trust make @ca --out @trust.uct")
    run(f"--store @s trust import @trust.uct --fingerprint {root}")
    return root


def test_the_whole_way_of_a_key(run, enrolled):
    facts = json.loads(run("--store @s keys show --json"))
    assert facts["issued"] and facts["due"] == [] and facts["trust"]["signed_by"] == enrolled.lower()
    run("--store @s keys renew --out @r2.p10")
    assert "由现有钥匙签名" in run("ca issue @ca @r2.p10 --out @b.cer")
    run("--store @s keys import @b.cer")
    assert "信任文件比证书旧" in run("--store @s keys show", code=1)
    run("trust make @ca --out @trust2.uct --stale-days 30")
    run("--store @s trust import @trust2.uct")
    assert json.loads(run("--store @s keys show --json"))["trust"]["stale_days"] == 30


def test_the_district_sees_and_revokes(run, enrolled):
    entry = json.loads(run("ca list @ca --json"))["register"][0]
    assert (entry["code"], entry["revoked"]) == ("110101013", False)
    run(f"ca revoke @ca {entry['fingerprint'][:12]} --reason keyCompromise")
    assert "已吊销" in run("ca list @ca")
    run("trust make @ca --out @t2.uct")
    assert "已吊销" in run("trust show @t2.uct")
    run("--store @s trust import @t2.uct")
    assert "钥匙泄露" in run("--store @s keys show", code=1)


def test_openssl_takes_the_exported_files(run, enrolled, tmp_path):
    openssl = shutil.which("openssl") or pytest.skip("openssl is not installed")
    run("--store @s trust export --out @ca.pem")
    run("ca crl @ca --out @crl.pem")
    first = (tmp_path / "a.cer").read_text().split("-----END CERTIFICATE-----")[0] + "-----END CERTIFICATE-----\n"
    (tmp_path / "leaf.pem").write_text(first)
    for words in (["verify", "-crl_check", "-CAfile", "ca.pem", "leaf.pem"], ["crl", "-in", "crl.pem", "-CAfile", "ca.pem", "-noout"]):
        done = subprocess.run([openssl, *words], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0 and "OK" in done.stdout + done.stderr


@pytest.mark.parametrize(("line", "typed"), [("ca issue @ca @r2.p10 --out @x.cer", "n\n"), ("ca issue @ca @r2.p10 --out @x.cer --fingerprint 00", "")])
def test_no_certificate_without_the_telephone(run, enrolled, tmp_path, line, typed):
    run("--store @t init --street 110101014 --officer 李四")
    run("--store @t keys new")
    run("--store @t keys request --out @r2.p10")
    assert "没有发出证书" in run(line, typed=typed, code=2)
    assert not (tmp_path / "x.cer").exists()


def test_the_first_trust_file_is_compared_by_hand(run):
    run("--store @s init --street 110101013 --officer 张三")
    run("ca init @ca")
    run("trust make @ca --out @trust.uct")
    assert "没有采用" in run("--store @s trust import @trust.uct", typed="n\n", code=2)
    assert "第 2 号" in run("--store @s trust import @trust.uct", typed="y\n")
    assert "还没有" not in run("--store @s trust show")


def test_the_district_makes_its_own_keys_and_a_new_root(run, enrolled):
    for name, more in (("sign", ""), ("open", "--encryption")):
        run(f"keys new --file @{name}.key --name 东城区总工会 --code 110101 {more}")
        said = "".join(run(f"keys request --file @{name}.key --out @{name}.p10").strip().splitlines()[-1].split())
        run(f"ca issue @ca @{name}.p10 --out @{name}.cer --fingerprint {said} {more}")
        run(f"keys import @{name}.cer --file @{name}.key")
    run("ca renew-root @ca --out @handover.uct")
    shown = json.loads(run("trust show @handover.uct --json"))
    assert shown["encryption"] and len(shown["roots"]) == 2 and [entry["role"] for entry in shown["register"]] == ["street", "district"]
    run("--store @s trust import @handover.uct")


def test_the_passphrase_is_changed(run, enrolled):
    run("--store @s keys passphrase")
    assert "口令不对" in run("--store @s keys request --out @x", code=2)


def test_mistakes_are_said_in_words(run, enrolled):
    for line, said in (
        ("keys new --file @k", "没有写单位名称和代码"),
        ("--store @s keys new --token street", "没有写 USB 钥匙驱动程序的位置"),
        ("--store @s keys new", "已经存在"),
        ("--store @s keys import @none.cer", "无法读取 none.cer"),
        ("ca list @nowhere", "没有根证书"),
        ("ca init @ca", "已经有根证书"),
        ("trust show @a.cer", "信任文件"),
    ):
        assert said in run(line, code=2), line


def test_a_p12_file_is_imported_with_its_code(run, tmp_path):
    key = made_by_district(new_authority(tmp_path / "ca"), tmp_path / "k")
    own, root = (x509.load_der_x509_certificate(each) for each in (key.certificate, *key.chain))
    (tmp_path / "k.p12").write_bytes(pkcs12.serialize_key_and_certificates(b"k", key.private, own, [root], BestAvailableEncryption(b"code-2026")))
    run("--store @s init --street 110101013 --officer 张三")
    assert "提取码不对" in run("--store @s keys import @k.p12", typed="wrong\n", code=2)
    assert "证书已导入" in run("--store @s keys import @k.p12", typed="code-2026\n")
