"""`verify` and `inspect` on the command line: an exit code per verdict, sentences in two languages, JSON for programs."""

import json
import re

import pytest
from attacks.rawzip import lines, zipped
from attacks.scene import Scene
from click.testing import CliRunner

from unionclient.cli import main
from unionclient.definition.words import speaking
from unionclient.submission.checks import CHECKS, title_of

HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    return Scene(tmp_path_factory.mktemp("scene"))


@pytest.fixture(scope="module")
def files(scene, tmp_path_factory):
    """A file for each verdict, and the trust file."""
    folder = tmp_path_factory.mktemp("files")
    contents = {
        "sound": scene.bench.content, "unsigned": scene.bench.zipped({"META-INF/signature001.p7s": None}),
        "glued": b"MZ" + scene.bench.content, "packed": zipped(lines(scene.bench.members), remark=b"x"),
        "second": scene.second.path.read_bytes(), "third": scene.pack("third", seq=3, prev_sha256=scene.second.sha256),
        "forged": scene.bench.resigned({}, key=scene.forger)}
    for name, content in contents.items():
        (folder / f"{name}.asice").write_bytes(content)
    (folder / "trust.uct").write_bytes(scene.trust.content)
    (folder / "broken.uct").write_bytes(scene.trust.content[:-9])
    return folder


@pytest.fixture
def run(files):
    def call(*arguments):
        named = [str(files / word) if (files / word).exists() else word for word in arguments]
        done = CliRunner().invoke(main, named)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output
    return call


@pytest.mark.parametrize(("arguments", "code", "said"), [
    (["sound.asice", "--trust", "trust.uct"], 0, "有效，"),
    (["second.asice", "--trust", "trust.uct", "--after", "sound.asice"], 0, "有效，"),
    (["unsigned.asice", "--trust", "trust.uct"], 1, "无效：有签名：包没有签名"),
    (["sound.asice"], 2, "没有信任文件"),
    (["forged.asice", "--trust", "trust.uct"], 2, "签名人未确认：区里签发"),
    (["sound.asice", "--trust", "trust.uct", "--at", "2031-01-01"], 2, "吊销列表"),
    (["glued.asice", "--trust", "trust.uct"], 3, "不安全：容器结构"),
    (["sound.asice", "--trust", "trust.uct", "--after", "sound.asice"], 4, "顺序不对：没有收到过"),
    (["third.asice", "--trust", "trust.uct", "--after", "sound.asice"], 4, "前面的报送包没有收到：第 2 号"),
    (["none.asice"], 5, "none.asice"), ([], 5, "FILE"), (["sound.asice", "--trust", "broken.uct"], 5, "信任文件"),
    (["sound.asice", "--at", "yesterday"], 5, "2017-10-08"), (["second.asice", "--after", "unsigned.asice"], 5, "没有通过核验"),
])
def test_every_verdict_has_its_exit_code(run, arguments, code, said):
    found, output = run("verify", *arguments)
    assert (found, said in output) == (code, True), output


def test_every_check_is_said_in_english_too(run):
    code, output = run("verify", "glued.asice", "--english")
    with speaking("en"):
        titles = {check: title_of(check) for check in CHECKS}
    assert code == 3 and not HAN.search(output) and f"{titles['layout']}: " in output
    code, output = run("verify", "sound.asice", "--trust", "trust.uct", "--english")
    assert code == 0 and not HAN.search(output) and all(f"{titles[check]}: " in output for check in ("signature", "trust-register", "pdf-source"))


def test_a_program_gets_json(run):
    code, output = run("verify", "sound.asice", "--trust", "trust.uct", "--json")
    tree = json.loads(output)
    assert (code, tree["verdict"], tree["exit_code"], tree["trusted"]) == (0, "valid", 0, True)
    assert {check["id"] for check in tree["checks"]} <= set(CHECKS) and tree["manifest"]["seq"] == 1 and len(tree["sha256"]) == 64
    assert all(check["title"] and check["sentence"] for check in tree["checks"])


def test_a_program_gets_json_of_a_refusal_without_the_manifest(run):
    code, output = run("verify", "forged.asice", "--trust", "trust.uct", "--json")
    tree = json.loads(output)
    assert (code, tree["verdict"], tree["trusted"], tree["manifest"]) == (2, "untrusted", False, None)


@pytest.mark.parametrize(("name", "said"), [("sound.asice", "东花市街道"), ("unsigned.asice", "没有签名"), ("trust.uct", "不认识")])
def test_inspect_shows_without_judging(run, name, said):
    code, output = run("inspect", name)
    assert code == 0 and said in output, output


def test_inspect_says_what_it_saw_to_programs(run):
    facts = json.loads(run("inspect", "sound.asice", "--json")[1])
    assert (facts["kind"], facts["holds"], facts["verdict"]["verdict"]) == ("package", True, "untrusted")
