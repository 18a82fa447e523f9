"""The command line as a program would use it: exit codes, JSON, secrets never in arguments."""

import json

import pytest
from click.testing import CliRunner

from unionclient.cli import main


@pytest.fixture
def run(tmp_path):
    """Runs a command on a fresh street; gives (exit code, standard output)."""
    store = tmp_path / "store"

    def call(*words, env=None):
        result = CliRunner().invoke(main, ["--store", str(store), *map(str, words)], env=env, catch_exceptions=False)
        return result.exit_code, result.stdout

    assert call("init", "--street", "110101013", "--officer", "张三")[0] == 0
    return call


def _founding(path, rows):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["单位名称", "统一社会信用代码", "工会类型", "批复日期", "批复文号", "成立日期", "职工人数", "会员人数"])
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


GOOD = ["北京甲公司", "91110101MA0000015M", "独立", "2017-03-01", "东花工发〔2017〕1号", "2017-03-05", 120, 100]
ASKED = ["北京乙公司", None, "独立", "2017-03-01", "东花工发〔2017〕2号", 2017.1, 60, 50]


def test_an_import_counts_every_row_once_and_asks_about_ambiguous_cells(run, tmp_path):
    path = _founding(tmp_path / "建会.xlsx", [GOOD, ASKED])
    code, out = run("import", "union_org", path, "--json", "--corrections", tmp_path / "改正.xlsx")
    told = json.loads(out)
    assert code == 1
    assert (told["new"], told["changed"], told["same"], told["rejected"]) == (1, 0, 0, 1)
    asked = [f for f in told["findings"] if f["rule"] == "IMP-AMBIGUOUS"]
    assert [(f["cell"], f["field"], f["level"]) for f in asked] == [("F3", "founded_on", "block")]
    assert (tmp_path / "改正.xlsx").exists()


def test_a_dry_run_writes_nothing(run, tmp_path):
    path = _founding(tmp_path / "建会.xlsx", [GOOD])
    run("import", "union_org", path, "--dry-run", "--json")
    assert json.loads(run("import", "union_org", path, "--json")[1])["new"] == 1


def test_importing_again_changes_nothing(run, tmp_path):
    path = _founding(tmp_path / "建会.xlsx", [GOOD])
    run("import", "union_org", path)
    told = json.loads(run("import", "union_org", path, "--json")[1])
    assert (told["new"], told["changed"], told["same"]) == (0, 0, 1)


def test_undo_and_redo_take_the_whole_import(run, tmp_path):
    run("import", "union_org", _founding(tmp_path / "建会.xlsx", [GOOD]))
    assert run("undo")[0] == 0
    assert json.loads(run("figures", "--period", "2017Y", "--json")[1])[0]["numerator"] == 0
    assert run("redo")[0] == 0
    assert json.loads(run("figures", "--period", "2017Y", "--json")[1])[0]["numerator"] == 1


def test_unreadable_input_is_code_2_with_a_chinese_message(run, tmp_path):
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    assert run("import", "union_org", tmp_path / "坏.xlsx")[0] == 2
    assert run("import", "union_org", tmp_path / "没有.xlsx")[0] == 2
    assert run("import", "no_such_ledger", tmp_path / "坏.xlsx")[0] == 2


@pytest.mark.parametrize("words", [("figures", "--period", "2017X"), ("print", "F99", "--out", "x.pdf"), ("undo",)])
def test_usage_faults_are_code_2(run, words):
    assert run(*words)[0] == 2


def test_check_gives_findings_and_code_1(run, tmp_path):
    run("import", "union_org", _founding(tmp_path / "建会.xlsx", [GOOD[:3] + ["2017-04-01"] + GOOD[4:]]))
    code, out = run("check", "--json")
    told = json.loads(out)
    assert code == 1
    assert {"rule", "level", "record", "fields", "message"} <= set(told["findings"][0])
    assert "UO002" in {f["rule"] for f in told["findings"]}


def test_figures_name_the_records_behind_them(run, tmp_path):
    run("import", "union_org", _founding(tmp_path / "建会.xlsx", [GOOD]))
    told = json.loads(run("figures", "--period", "2017Y", "--rows", "T1-01", "--json")[1])
    assert [r["label"] for r in told["of"]] == ["北京甲公司工会委员会"]
    figures = {f["id"]: f for f in json.loads(run("figures", "--period", "2017Y", "--json")[1])}
    assert {"T1-01", "T1-02", "T1-03", "T1-04", "T1-05", "T4-06"} <= set(figures)
    assert {"id", "title", "numerator", "denominator", "value", "target", "state"} <= set(figures["T1-01"])


def test_submit_refuses_while_a_blocking_finding_stands(run, tmp_path):
    run("import", "union_org", _founding(tmp_path / "建会.xlsx", [GOOD[:3] + ["2017-04-01"] + GOOD[4:]]))
    code, _ = run("submit", "--period", "2017Q3", "--out", tmp_path, env={"UNIONCLIENT_PASSPHRASE": "测试口令十二三四"})
    assert code == 1
    assert not list(tmp_path.glob("*.asice"))


def test_submit_writes_a_package_that_verifies_until_it_is_touched(run, tmp_path):
    run("import", "union_org", _founding(tmp_path / "建会.xlsx", [GOOD]))
    assert run("explain", "照单位送来的名册登记", "--period", "2017Y")[0] == 0
    assert run("submit", "--period", "2017Y", "--out", tmp_path, "--zero-note", "本期没有发生这项工作", env={"UNIONCLIENT_PASSPHRASE": "测试口令十二三四"})[0] == 0
    package = next(tmp_path.glob("*.asice"))
    code, out = run("verify", package, "--json")
    assert (code, json.loads(out)["valid"]) == (0, True)
    content = bytearray(package.read_bytes())
    content[len(content) // 2] ^= 1
    package.write_bytes(content)
    assert run("verify", package)[0] == 1
    (tmp_path / "no.asice").write_bytes(b"nothing")
    assert run("verify", tmp_path / "no.asice")[0] == 1
    assert run("verify", tmp_path / "none.asice")[0] == run("verify")[0] == 5


def test_no_option_takes_a_secret():
    for command in main.commands.values():
        for parameter in getattr(command, "params", []):
            assert "pass" not in parameter.name


def test_the_log_verifies_and_prints(run):
    assert run("log", "--verify")[0] == 0
    assert json.loads(run("log", "--json")[1]) == []


@pytest.mark.parametrize("words,told", [
    (("nope",), "没有命令“nope”。"),
    (("--bar",), "没有选项“--bar”。"),
    (("demo",), "缺少 FOLDER。"),
    (("gui", "没有.asice"), "FILES 的值不能用：没有.asice 没有这个文件或文件夹，或者打不开。"),
    (("demo", "--scale", "99", "x"), "--scale 的值不能用：应是 1 到 20 之间的数。"),
    (("--language", "xx", "check"), "--language 的值不能用：可选的有 zh、en。"),
    (("check", "--period"), "选项“--period”缺少值，或多了值。"),
])
def test_a_call_that_cannot_be_taken_is_told_in_chinese(words, told):
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2 and result.stderr.startswith(told) and "--help" in result.stderr


def test_no_word_of_the_help_is_left_in_english():
    shown = CliRunner().invoke(main, ["demo", "--help"]).stdout
    assert shown.startswith("用法：") and "选项：" in shown and "显示这些说明" in shown and "Show" not in shown
