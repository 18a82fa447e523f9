"""The keys of a grid, as Excel has them: one table, read by the grid, by its help and by the test of keys.

Ctrl+Space is nowhere in it: it belongs to the input method.
"""

from unionclient.definition.words import _

KEYS: dict[str, tuple[str, str]] = {
    "Ctrl+C": ("copy", _("复制")),
    "Ctrl+X": ("cut", _("剪切")),
    "Ctrl+V": ("paste", _("粘贴")),
    "Del": ("clear_cells", _("清除内容")),
    "Ctrl+D": ("fill_down", _("向下填充")),
    "Ctrl+R": ("fill_right", _("向右填充")),
    "Ctrl+Return": ("fill_selection", _("把本格内容填入所选各格")),
    "Ctrl+Enter": ("fill_selection", _("把本格内容填入所选各格")),
    "Ctrl+;": ("write_today", _("填今天的日期")),
    "Ctrl+'": ("copy_above", _("照抄上一行的这一格")),
    "Home": ("row_start", _("到本行第一格")),
    "Ctrl+Home": ("to_first", _("到第一格")),
    "Ctrl+End": ("to_last", _("到最后一格")),
    "Ctrl+Up": ("edge_up", _("到上边的尽头")),
    "Ctrl+Down": ("edge_down", _("到下边的尽头")),
    "Ctrl+Left": ("edge_left", _("到左边的尽头")),
    "Ctrl+Right": ("edge_right", _("到右边的尽头")),
    "Shift+Space": ("choose_row", _("选中整行")),
    "Ctrl+Shift+L": ("narrow_to_cell", _("只看与本格相同的行，再按一次看全部")),
    "Ctrl+Shift+H": ("change_many", _("批量修改所选各行")),
    "Ctrl+Shift+D": ("duplicate_rows", _("复制所选各行为新的记录")),
    "Ctrl+Shift+K": ("rekey_rows", _("双录：由另一个人再录一遍，比对不一致的")),
    "Ctrl+Shift+R": ("toggle_sticky", _("新增记录时，这一列沿用上一条的内容")),
    "Alt+Down": ("to_children", _("到这条记录下面的记录")),
    "Alt+Up": ("to_parent", _("回到上一级记录")),
    "F4": ("open_form", _("打开详情")),
    "F7": ("judge_row", _("检查本行")),
    "F8": ("next_finding", _("到下一个问题")),
    "Shift+F8": ("previous_finding", _("到上一个问题")),
    "F9": ("judge_all", _("检查全部台账")),
    "Return": ("enter", _("下一行")),
    "Enter": ("enter", _("下一行")),
    "Shift+Return": ("enter_back", _("上一行")),
    "Shift+Enter": ("enter_back", _("上一行")),
    "Tab": ("tab", _("右边一格")),
    "Shift+Backtab": ("tab_back", _("左边一格")),
    "Shift+Tab": ("tab_back", _("左边一格")),
}
"""Key, as Qt writes it → (verb of the grid, what it does in words). F2, Esc, arrows and Ctrl+A are the table's own."""
