"""The pages of the district's window, in screen order."""

from unionclient.ui.pages import Lazily, PageSpec
from unionclient.definition.words import _

_GROUP = _("区总工会")
_ROOM = "unionclient.ui.district"
PAGES: tuple[PageSpec, ...] = (
    PageSpec("inbox", _("收件箱"), _GROUP, "import", Lazily(f"{_ROOM}.inbox_page:InboxPage")),
    PageSpec("register", _("街道与证书"), _GROUP, "key", Lazily(f"{_ROOM}.register_page:RegisterPage")),
    PageSpec("sums", _("汇总"), _GROUP, "figures", Lazily(f"{_ROOM}.sums_page:SumsPage")),
    PageSpec("cross", _("跨街道核对"), _GROUP, "check", Lazily(f"{_ROOM}.cross_page:CrossPage")),
    PageSpec("report", _("报告与下发"), _GROUP, "submit", Lazily(f"{_ROOM}.report_page:ReportPage")),
    PageSpec("district_log", _("操作日志"), _GROUP, "log", Lazily(f"{_ROOM}.log_page:DistrictLogPage")),
)
