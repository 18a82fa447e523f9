"""Every page and dialog of the program, made on small examples: what the walks over the widget tree look at."""

import ast
import datetime as dt
from pathlib import Path
from types import SimpleNamespace

from PySide6.QtWidgets import QDialog, QWidget

from unionclient.definition.faults import StoreError
from unionclient.definition.library import builtin_library
from unionclient.definition.ledger import Library
from unionclient.ui import ask
from unionclient.ui.bulk_dialog import BulkDialog
from unionclient.ui.bundle_dialog import BundleDialog
from unionclient.ui.column_dialog import ColumnDialog
from unionclient.ui.crash import CrashWindow
from unionclient.ui.district.answer_dialog import AnswerDialog
from unionclient.ui.district.issue_dialog import IssueDialog
from unionclient.ui.district.remark_dialog import RecordDialog as ReceivedRecord
from unionclient.ui.district.remark_dialog import RemarkDialog
from unionclient.ui.district.revoke_dialog import RevokeDialog
from unionclient.ui.first_run import FirstRun
from unionclient.ui.help_window import HelpWindow
from unionclient.ui.join_dialog import JoinDialog
from unionclient.ui.record_dialog import RecordDialog
from unionclient.ui.rekey.anew_dialog import AnewDialog
from unionclient.ui.rekey.begin_dialog import BeginDialog
from unionclient.ui.views.keys_token import TokenDialog
from unionclient.ui.views.new_evaluation import NewEvaluation
from unionclient.ui.views.pack_dialog import PackDialog
from unionclient.ui.views.passphrase import Passphrase
from unionclient.ui.work import ProgressDialog
from unionclient.workspace import Workspace
from unionclient.workspace.bundles import BundlePreview, FormLine
from unionclient.workspace.district import District

NOW = dt.datetime(2018, 1, 5, tzinfo=dt.UTC)
UI = Path(__file__).resolve().parents[1] / "unionclient" / "ui"


def nothing(*_answer):
    """What a dialog calls when it is answered."""


def _record(window):
    return RecordDialog(window.desk, window.ws.library.ledgers["unit"], None, None, window)


def _first_run(window):
    return FirstRun(tuple(builtin_library().codes["street"].codes.values()), Workspace.exists, District.is_district, window)


def _bundle(window):
    preview = BundlePreview(2018, "东城区总工会", NOW, "请按此安排", (), (FormLine("901_night.toml", "new", 10),), False, (), None)
    return BundleDialog(window.desk, preview, window)


def _join(window):
    keep, gone = window.ws.records("unit")[:2]
    return JoinDialog(window.desk, window.ws.library.ledgers["unit"], keep, gone, window)


def _bulk(window):
    model = window.page("unit").model
    return BulkDialog(model, [model.record(0)], "contact", window)


def _columns(window):
    fields = window.page("unit").model.all_fields
    return ColumnDialog(fields, fields, "name", nothing, window)


def _anew(window):
    ids = [record.id for record in window.ws.records("unit")]
    begun = window.ws.begin_rekey("unit", ids, ["name"])
    window.ws.rekey(begun.id, ids[0], "name", "北京己有限公司")
    window.ws.compare_rekeyed(begun.id)
    return AnewDialog(window.desk, "unit", window.ws.rekey_differences(begun.id)[0], nothing, window)


def _help(window):
    made = HelpWindow(window.ws.library, window)
    made.show_ledger("unit", "name")
    return made


def _opened(window, put) -> QDialog:
    before = set(window.findChildren(QDialog))
    put()
    return next(made for made in window.findChildren(QDialog) if made not in before)


def _line(window):
    return _opened(window, lambda: ask.line(window, "作废记录", "为什么作废：", nothing, least=2))


def _confirm(window):
    return _opened(window, lambda: ask.confirm(window, "删除", "删除这个附件吗？", nothing, yes="删除", more="可以撤销。", grave=True))


def _fault(window):
    return _opened(window, lambda: ask.fault(window, StoreError("磁盘已满。", "数据没有改动。", "请腾出空间后再试。")))


STREET = {
    "AnewDialog": _anew, "BeginDialog": lambda w: BeginDialog(w.desk, "unit", nothing, w, chosen=("1", "2"), narrowed=("1",)),
    "BulkDialog": _bulk, "BundleDialog": _bundle, "ColumnDialog": _columns, "CrashWindow": lambda w: CrashWindow("account", w), "FirstRun": _first_run, "HelpWindow": _help,
    "JoinDialog": _join, "NewEvaluation": lambda w: NewEvaluation(w.desk, nothing, w), "RecordDialog": _record,
    "PackDialog": lambda w: PackDialog("2017年第3季度", True, 2, "退回后更正", nothing, w),
    "Passphrase": lambda w: Passphrase(True, nothing, w, told="新口令至少8位；忘记了不能找回。"),
    "ProgressDialog": lambda w: ProgressDialog("正在导入", w), "TokenDialog": lambda w: TokenDialog(w.desk, nothing, w),
    "_Confirm": _confirm, "_Fault": _fault, "_Line": _line,
}
_ASKED = SimpleNamespace(name="东花市街道总工会", code="110101013", renews=None, fingerprint="ab12" * 16)
_PACKAGE = SimpleNamespace(street_name="东花市街道", period="2017Q3", seq=3, state="received", sha256="0" * 64)
_LINE = SimpleNamespace(ledger="unit", ledger_title="单位基本信息", label="北京甲有限公司", cells=(("单位名称", "北京甲有限公司"),), id="1")
_STATE = SimpleNamespace(fingerprint="ab12" * 16, body=_ASKED, street="110101013", name="东花市街道总工会", code="110101013")
DISTRICT = {
    "AnswerDialog": lambda w: AnswerDialog([_PACKAGE], False, 0, nothing, w), "IssueDialog": lambda w: IssueDialog(_ASKED, w.ws.bodies(), nothing, w),
    "ReceivedRecord": lambda w: ReceivedRecord(_LINE, w), "RevokeDialog": lambda w: RevokeDialog(_STATE, nothing, w),
    "RemarkDialog": lambda w: RemarkDialog(w.desk, _PACKAGE, nothing, w),
}
ELSEWHERE = {"_Files", "_Message", "Question"}      # the system's file dialog; messages are made by `ask`; what a dialog asks is its own


def dialogs_of_the_program() -> set[str]:
    """The class names of all dialogs, read from the source; those of a pasted block are walked with the grid."""
    found = set()
    for path in UI.rglob("*.py"):
        if "grid" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef) and any(isinstance(b, ast.Name) and b.id in ("QDialog", "Question") for b in node.bases):
                    found.add(node.name)
    return found - ELSEWHERE


def dressed(library: Library) -> list[str]:
    """The ledgers whose pages differ in kind: one with children, one child, one plain."""
    return [name for name in ("safety_inspection", "hazard", "unit") if library.ledgers[name].menu]


def shown(widget: QWidget) -> QWidget:
    """Shown where a test can look at it."""
    widget.show()
    return widget
