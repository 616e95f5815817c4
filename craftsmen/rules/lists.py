"""A pasted or uploaded list of honours, read into rows: skill leaders, medals, teams, past years. Pure.

Every problem of every line comes at once, at its line; who is in the registry already is not known here. A list is of
one title; its document and day hold for every line that says none of its own (`list_facts.py`). Written for what
offices send: a title row above the headings, a 合计 row below, columns that nobody asked for.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from craftsmen.rules.corrections import read_edition, read_members
from craftsmen.rules.honours import LENGTHS, Holder, PartialDate, read_partial_date
from craftsmen.rules.list_facts import HEADINGS, draft_for, read_more
from foundation.base import identity
from foundation.base.problem import N_, Problem
from foundation.base.sheets import Line, folded, header_of, read_lines

FIELD = "rows"
MOST = 120_000  # lines of one list
SMALL = 300  # lines that are read and registered at once; more is a job
LONGEST_NAME = 200


class Stage(StrEnum):
    """Where a list stands."""

    READING = "reading"
    CHECKED = "checked"  # read: to be looked at
    PICTURING = "picturing"  # its photographs are being read
    PUBLISHING = "publishing"  # being written, and seen by nobody
    FOLLOWING = "following"  # visible; pages of the holders are brought up to date
    VISIBLE = "visible"
    UNDOING = "undoing"  # seen by nobody any more
    UNDONE = "undone"
    DROPPED = "dropped"  # never registered


class State(StrEnum):
    """Where one line of it stands."""

    READY = "ready"
    WRONG = "wrong"
    AGAIN = "again"  # in the register already
    MADE = "made"


STAGES: Mapping[str, str] = {
    Stage.READING: N_("being read"),
    Stage.CHECKED: N_("read, not yet registered"),
    Stage.PICTURING: N_("its photographs are being read"),
    Stage.PUBLISHING: N_("being registered"),
    Stage.FOLLOWING: N_("registered; pages of the holders follow"),
    Stage.VISIBLE: N_("registered"),
    Stage.UNDOING: N_("being undone"),
    Stage.UNDONE: N_("undone"),
    Stage.DROPPED: N_("dropped"),
}
STATES: Mapping[str, str] = {
    State.READY: N_("can be registered"),
    State.WRONG: N_("to be mended"),
    State.AGAIN: N_("in the register already"),
    State.MADE: N_("registered"),
}

_HEADINGS = {
    "name": ("姓名", "名称", "集体名称", "班组名称", "获奖者", "name"),
    "unit_name": ("单位", "工作单位", "所在单位", "单位名称", "推荐单位", "unit"),
    "id_number": ("身份证号", "身份证号码", "公民身份号码", "证件号码", "idnumber"),
    "gender": ("性别", "gender"),
    "occupation": ("工种", "职业", "职业(工种)", "岗位", "occupation"),
    "occupation_code": ("职业编码", "职业代码", "occupationcode"),
    "members": ("成员", "集体成员", "人员", "members"),
    "posthumous": ("追授", "是否追授", "已故", "posthumous"),
    **HEADINGS,
}
COLUMNS = tuple(_HEADINGS)
COLUMN_WORDS: Mapping[str, str] = {  # as a problem of a line names the column
    "name": N_("Name"), "unit_name": N_("Unit"), "id_number": N_("ID number"), "gender": N_("Gender"),
    "occupation": N_("Occupation"), "occupation_code": N_("Code of the occupation"), "members": N_("Members"),
    "edition": N_("Edition"), "year": N_("Year"), "on": N_("Date of conferral"), "document": N_("Document"),
    "city": N_("City"), "county": N_("County"), "industry": N_("Industry"), "headline": N_("Story in a sentence"),
    "story": N_("Story"), "birth_date": N_("Birth date"), "photo": N_("Photograph of the line"),
}  # fmt: skip
_WORDS = {folded(heading): column for column, headings in _HEADINGS.items() for heading in headings}
_NOT_ROWS = ("合计", "总计", "小计", "共计", "填报单位", "填报人", "制表", "审核", "备注", "说明", "total")
_GENDERS = {"": "", "男": "male", "女": "female", "male": "male", "female": "female", "m": "male", "f": "female"}
_SPREAD = re.compile(r"(?<=[\u3400-\u9fff\U00020000-\U0003ffff]) (?=[\u3400-\u9fff\U00020000-\U0003ffff])")  # 程 砚
_YES = {"是", "yes", "y", "1", "√", "✓", "追授", "已故"}


@dataclass(frozen=True, slots=True)
class ListDraft:
    """What a list says of all its honours, found right."""

    title: str
    name: str
    on: PartialDate
    edition: int | None = None
    body: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """One line. It has no repr: it may hold an ID number, which stands in no `given`."""

    line: int
    given: Mapping[str, str] = field(default_factory=dict)
    id_number: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ListRead:
    """A list as it was understood. With `problems` it could not be read as a list at all."""

    rows: tuple[Row, ...] = ()
    ignored: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_draft(values: Mapping[str, str], today: date) -> tuple[ListDraft | None, list[Problem]]:
    """The facts of a list from its form, or everything that is wrong with them."""
    texts = {name: " ".join(values.get(name, "").split()) for name in ("title", "name", "body", "document")}
    problems = [] if texts["title"] else [Problem("list_title_empty", "title")]
    if not texts["name"]:
        problems.append(Problem("list_name_empty", "name"))
    for name, most in (("name", LONGEST_NAME), ("body", LENGTHS["body"]), ("document", LENGTHS["document"])):
        if len(texts[name]) > most:
            problems.append(Problem("honour_text_long", name, {"most": str(most)}))
    edition, wrong = read_edition(values.get("edition", ""))
    on, wrong_date = read_partial_date(values.get("on", ""), "on", today)
    problems += [*wrong, *wrong_date]
    if on is None and not wrong_date:
        problems.append(Problem("list_date_empty", "on"))
    if problems or on is None:
        return None, problems
    return ListDraft(on=on, edition=edition, **texts), []


def read_list(text: str, holder: Holder, today: date) -> ListRead:
    """The rows below the headings, with what is wrong at each."""
    lines, problems = read_lines(text, FIELD, MOST)
    if problems or not lines:
        return ListRead(problems=tuple(problems or [Problem("list_empty", FIELD)]))
    header = header_of(lines, _WORDS, {"name", "unit_name"} if holder is Holder.PERSON else {"name"})
    if header is None:
        return ListRead(problems=(Problem("list_header", FIELD),))
    at, columns = header
    rows = [line for line in lines[at + 1 :] if not folded(line.text()).startswith(_NOT_ROWS)]
    if not rows:
        return ListRead(problems=(Problem("list_empty", FIELD),))
    ignored = tuple(cell for index, cell in enumerate(lines[at].cells) if cell and index not in columns)
    return ListRead(_twice([_row(line, columns, holder, today) for line in rows]), ignored)


def _row(line: Line, columns: Mapping[int, str], holder: Holder, today: date) -> Row:
    given = {column: _cell(line, index, column) for index, column in columns.items() if index < len(line.cells)}
    if holder is Holder.PERSON:
        given["name"] = _SPREAD.sub("", given.get("name", ""))
    id_number = identity.read_id_number(given.pop("id_number", ""))
    problems = [] if given.get("name") else [Problem("honour_name_empty", "name")]
    problems += [
        Problem("honour_text_long", name, {"most": str(LENGTHS[name])})
        for name in given
        if name in LENGTHS and len(given[name]) > LENGTHS[name]
    ]
    gender = _GENDERS.get(folded(given.get("gender", "")))
    if gender is None:
        problems.append(Problem("list_gender", "gender"))
    given["gender"] = gender or ""
    given["posthumous"] = "yes" if folded(given.get("posthumous", "")) in _YES else ""
    problems += read_more(given, today)
    if holder is Holder.TEAM:
        problems += [Problem("list_id_of_team", "id_number")] if id_number else []
        problems += read_members(given.get("members", ""))[1]
    else:
        given.pop("members", None)
        problems += identity.check_id_number(id_number, today) if id_number else []
        if id_number and not problems:
            own = "female" if identity.is_woman(id_number) else "male"
            if given["gender"] not in ("", own):
                problems.append(Problem("worker_gender_differs", "gender"))
            given["gender"] = own
            born = identity.birth_date(id_number)
            if given["birth_date"] and given["birth_date"][:7] != f"{born:%Y-%m}":
                problems.append(Problem("worker_birth_differs", "birth_date"))
            given["birth_date"] = ""  # the number says it, and is not kept
    kept = {name: text for name, text in given.items() if text}
    return Row(line.number, kept, id_number, tuple(problems))


def _cell(line: Line, index: int, column: str) -> str:
    """What stands in a cell: a story in its paragraphs, everything else on one line."""
    return line.paragraphs(index) if column == "story" else line.cells[index]


def _twice(rows: Sequence[Row]) -> tuple[Row, ...]:
    """One ID number stands once; of one name in one unit each needs an ID number."""
    by_number: dict[str, int] = {}
    by_name: dict[tuple[str, str], Row] = {}
    checked = []
    for row in rows:
        problems = []
        first = by_number.setdefault(row.id_number, row.line)
        if row.id_number and first != row.line:
            problems.append(Problem("list_number_twice", "id_number", {"first": str(first)}))
        named = (folded(row.given.get("name", "")), folded(row.given.get("unit_name", "")))
        other = by_name.setdefault(named, row)
        if other.line != row.line and not (row.id_number and other.id_number):
            problems.append(Problem("list_name_twice", "name", {"first": str(other.line)}))
        checked.append(replace(row, problems=(*row.problems, *problems)) if problems else row)
    return tuple(checked)


def source_key(draft: ListDraft, given: Mapping[str, str], id_hash: str) -> str:
    """What makes a line the same honour in another list: title, year, edition, name, unit, and the hashed ID number."""
    draft = draft_for(draft, given)
    parts = (draft.title, draft.on.year, draft.edition or 0, folded(given.get("name", "")))
    text = "|".join([*map(str, parts), folded(given.get("unit_name", "")), id_hash])
    return f"list:{hashlib.sha256(text.encode()).hexdigest()}"
