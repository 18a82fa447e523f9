"""Made-up rows for any form: every path gets a text of its field's kind, the same each time."""

from unionclient.definition.ledger import Field, Library, PrintForm
from unionclient.definition.values import TYPES
from unionclient.printing import PrintRow, child_paths, child_tables, number_paths, paths
from unionclient.printing.needs import checklist_paths
from unionclient.printing.sheet import Job, PrintContext

_NAMES = ("贺龑珍", "王堃", "欧阳㛃", "李𬱖", "张䶮", "赵喆", "阿依古丽·吐尔逊", "孙祎")
_LABELS = {"unit": "北京恒信科技有限责任公司第{n}分公司", "union_org": "北京恒信科技有限责任公司第{n}分公司工会委员会", "building": "雷霆大厦{n}座"}
_PERSONAL = {"id": "110101********00{n}X", "phone": "138****80{n:02d}", "address": "北京市东城区广渠门内大街{n}号"}
_LONG = "按照街道总工会的安排，走访了本单位，和职工代表座谈，听取意见并登记在册，问题已当场说明，其余事项在本季度内答复。"


def rows(library: Library, form: PrintForm, count: int, *, below: int = 4) -> list[PrintRow]:
    """`count` records of the form's ledger, each with `below` rows in every child table."""
    if form.options.get("tally"):
        return [_tallied(library, form, n) for n in range(1, 5)]
    return [_row(library, form, n, below) for n in range(1, count + 1)]


def _row(library: Library, form: PrintForm, n: int, below: int) -> PrintRow:
    job = Job(form, library.ledgers[form.ledger], (), PrintContext(), library)
    cells = {path: shown(job.field(path), n, path) for path in sorted(paths(form))}
    tables = []
    for number, table in enumerate(child_tables(form)):
        wanted = child_paths(table) | (checklist_paths(form) if number == 0 else set())
        ledger = library.ledgers.get(table.get("ledger", ""))
        tables.append(tuple(
            PrintRow({path: shown(job.field(path, ledger), 10 * n + k, path) for path in sorted(wanted)}, dict.fromkeys(table.get("total", ()), 100 * k))
            for k in range(below)) if ledger else ())
    first, *more = tables or [()]
    return PrintRow(cells, dict.fromkeys(number_paths(form), 100 * n), first, tuple(more))


def _tallied(library: Library, form: PrintForm, n: int) -> PrintRow:
    return PrintRow({"label": f"第{n}类", **{f"n{k}": str(n * k) for k, _ in enumerate(form.options["tally"], 1)}})


def shown(field: Field | None, n: int, path: str) -> str:
    """A text as the screen would show it; paths that are no field (items of a score sheet) name themselves."""
    if field is None:
        return f"{path}{n}"
    if field.ref == "person" or field.personal == "name":
        return _NAMES[n % len(_NAMES)]
    if field.personal in _PERSONAL:
        return _PERSONAL[field.personal].format(n=n % 100)
    if field.ref:
        return _LABELS.get(field.ref, "登记第{n}号").format(n=n)
    if field.codes:
        titles = [code.title for code in field.codes.codes.values() if not code.retired]
        return titles[n % len(titles)]
    return _by_type(field, n)


def _by_type(field: Field, n: int) -> str:
    value = {"int": 10 + n, "decimal": (10 + n) * 10 ** field.places, "money": 123450 + 100 * n, "bool": n % 2 == 0}.get(field.type)
    if value is not None:
        return TYPES[field.type].show(value, field)
    dated = {"date": f"2017-{n % 12 + 1:02d}-{n % 28 + 1:02d}", "month": f"2017-{n % 12 + 1:02d}", "datetime": f"2017-{n % 12 + 1:02d}-{n % 28 + 1:02d} 09:30"}
    if field.type in dated:
        return dated[field.type]
    if field.type == "attachment":
        return ""
    return f"{field.title}{n}" if field.length <= 200 else _LONG[:field.length]
