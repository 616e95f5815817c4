"""A pasted or uploaded list of units, read into drafts. Pure; who stands in the tree already is not known here.

Every problem of every line comes at once, at its line; a line without problems may still not fit the tree.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from foundation.base.codes import read_unit_code, unit_code_kind
from foundation.base.problem import Problem
from foundation.base.sheets import Line, folded, header_of, read_lines
from foundation.people.organisation_draft import Draft, read_draft
from foundation.people.organisation_words import KINDS, read_word

FIELD = "units"
MOST = 200  # units taken at once; longer lists are long work, see `organisation_long_lists`
LARGEST = 50_000  # units of a list at all
AROUND = 100  # lines of a list that hold no unit: titles, headings, sums

_HEADINGS = {
    "name": ("单位名称", "名称", "工会名称", "单位", "name", "unit"),
    "short_name": ("简称", "单位简称", "shortname"),
    "kind": ("单位类别", "类别", "类型", "单位类型", "工会类型", "kind"),
    "code": ("统一社会信用代码", "社会信用代码", "信用代码", "代码", "code"),
    "union_code": ("工会统一社会信用代码", "工会信用代码", "工会代码", "unioncode"),
    "parent": ("上级工会", "上级单位", "上级", "所属工会", "隶属", "parent"),
    "industry": ("行业", "行业门类", "所属行业", "国民经济行业", "industry"),
    "chain": ("产业链", "所属产业链", "chain"),
    "ownership": ("所有制", "经济类型", "公有制或非公有制", "ownership"),
    "headcount": ("职工人数", "职工数", "从业人数", "人数", "headcount"),
    "position": ("排列顺序", "排序号", "排序", "position"),
    "contact_email": ("联系邮箱", "电子邮箱", "邮箱", "email"),
}
COLUMNS = tuple(_HEADINGS)
_WORDS = {folded(heading): column for column, headings in _HEADINGS.items() for heading in headings}
_NOT_UNITS = ("合计", "总计", "小计", "共计", "填报单位", "填报人", "制表", "审核", "备注", "说明", "total")


@dataclass(frozen=True, slots=True)
class Row:
    """One unit to be: the line it stands on, what was written, and what is wrong with it."""

    line: int
    written: dict[str, str] = field(default_factory=dict)
    draft: Draft | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def parent(self) -> str:
        """What the list calls the upper unit; empty for the unit that the list is added to."""
        return self.written.get("parent", "")

    def with_problem(self, code: str, at: str, **params: str) -> "Row":
        return replace(self, problems=(*self.problems, Problem(code, at, params)))


@dataclass(frozen=True, slots=True)
class UnitList:
    """A list as it was understood. With `problems` it could not be read as a list at all."""

    rows: tuple[Row, ...] = ()
    ignored: tuple[str, ...] = ()  # headings of columns that are not kept
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """The lines of a list that hold a unit, not yet read. With `problems` it is no list at all."""

    lines: tuple[Line, ...] = ()
    columns: dict[int, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_units(text: str, most: int = MOST) -> UnitList:
    """Read a list with a line of headings."""
    found = outline(text, most)
    return UnitList(tuple(rows_of(found)), found.ignored, found.problems)


def outline(text: str, most: int = LARGEST) -> Outline:
    """Find the headings of a list, and the lines that hold a unit."""
    lines, problems = read_lines(text, FIELD, LARGEST + AROUND)
    if problems or not lines:
        return Outline(problems=tuple(problems or [Problem("organisations_empty", FIELD)]))
    header = header_of(lines, _WORDS, {"name", "kind"})
    if header is None:
        return Outline(problems=(Problem("organisations_header", FIELD),))
    at, columns = header
    units = [line for line in lines[at + 1 :] if not folded(line.text()).startswith(_NOT_UNITS)]
    if not units:
        return Outline(problems=(Problem("organisations_empty", FIELD),))
    if len(units) > most:
        return Outline(problems=(Problem("organisations_many", FIELD, {"count": str(len(units)), "most": str(most)}),))
    ignored = tuple(cell for index, cell in enumerate(lines[at].cells) if cell and index not in columns)
    return Outline(tuple(units), columns, ignored)


def _row(line: Line, columns: dict[int, str]) -> Row:
    written = {column: line.cells[index] for index, column in columns.items() if index < len(line.cells)}
    row = Row(line.number, written)
    typed = {column: text for column, text in written.items() if column != "parent"}
    for column in ("kind", "industry", "ownership"):
        code = read_word(column, typed.get(column, ""))
        if code is None:
            known = {"kinds": "、".join(words.chinese for words in KINDS.values())} if column == "kind" else {}
            row = row.with_problem(f"organisations_{column}", column, text=typed[column][:40], **known)
        typed[column] = code or ""
    if not typed.get("union_code") and unit_code_kind(read_unit_code(typed.get("code", ""))) == "union":
        typed["union_code"] = typed.pop("code")  # one column for both is what most lists have
    typed["headcount"] = _digits(typed.get("headcount", ""))
    draft, problems = read_draft(typed)
    told = {problem.field for problem in row.problems}
    problems = [problem for problem in problems if problem.field not in told]
    return replace(row, draft=draft if not row.problems else None, problems=(*row.problems, *problems))


def _digits(text: str) -> str:
    """A count as spreadsheets write it: "1,200人" -> "1200"."""
    return unicodedata.normalize("NFKC", text[:40]).replace(",", "").removesuffix("人").strip()


def rows_of(found: Outline) -> Iterator[Row]:
    """Read the lines one by one, so that who reads many can pause; the same name below the same upper unit, or the
    same code, stands only once among them."""
    names: dict[tuple[str, str], int] = {}
    codes: dict[str, int] = {}
    for line in found.lines:
        row = _row(line, found.columns)
        name = folded(row.written.get("name", ""))
        first = names.setdefault((folded(row.parent), name), row.line)
        if name and first != row.line:
            row = row.with_problem("organisations_name_twice", "name", first=str(first))
        for column in ("code", "union_code"):
            code = read_unit_code(row.written.get(column, ""))
            first = codes.setdefault(code, row.line)
            if code and first != row.line:
                row = row.with_problem("organisations_code_twice", column, first=str(first))
        yield row
