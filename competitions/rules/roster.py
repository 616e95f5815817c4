"""A pasted or uploaded list of contestants, read into entries to be. Pure.

Every problem of every line comes at once; those who are on the list already are named, never silently skipped.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from foundation.base.problem import Problem
from foundation.base.sheets import Line, folded, header_of, read_lines

FIELD = "roster"
COLUMNS = ("name", "unit", "city", "group", "work_number")

_WORDS = {
    **dict.fromkeys(("姓名", "选手姓名", "参赛选手", "选手", "name", "fullname", "contestant"), "name"),
    **dict.fromkeys(("单位", "工作单位", "单位名称", "所在单位", "选手单位", "参赛单位", "unit", "employer"), "unit"),
    **dict.fromkeys(("城市", "设区市", "地市", "所在城市", "所属地市", "city"), "city"),
    **dict.fromkeys(("组别", "参赛组别", "group"), "group"),
    **dict.fromkeys(
        ("作品号", "作品编号", "工位号", "试件编号", "参赛编号", "worknumber", "workno", "workno.", "work"),
        "work_number",
    ),
}
_NOT_PEOPLE = ("合计", "总计", "小计", "共计", "填报单位", "填报人", "制表", "审核", "备注", "说明", "total")
_WORK_NUMBER = re.compile(r"[^\W_](?:[\w.\-]{0,18}[^\W_])?")
_LIMITS = {"name": 64, "unit": 200, "city": 40}


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One contestant: the line they stand on, and what it says. No work number: one is to be drawn."""

    line: int
    name: str
    unit: str
    city: str = ""
    group: str = ""
    work_number: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """A list as it was understood. With `problems`, nothing of it may be saved."""

    rows: tuple[RosterRow, ...] = ()
    already: tuple[RosterRow, ...] = ()  # on the contest's list already, with the work numbers they have there
    left_out: tuple[Line, ...] = ()  # lines below the people: totals, signatures
    ignored: tuple[str, ...] = ()  # headings of columns that are not kept
    problems: tuple[Problem, ...] = ()


def read_roster(text: str, groups: Sequence[str], known: Iterable[RosterRow]) -> Roster:
    """Read a list for a contest with these groups, in which `known` people stand already (with work numbers)."""
    lines, problems = read_lines(text, FIELD)
    if problems or not lines:
        return Roster(problems=tuple(problems or [Problem("roster_empty", FIELD)]))
    header = header_of(lines, _WORDS, {"name", "unit"})
    if header is None:
        order = [column for column in COLUMNS if column != "group" or groups]
        columns, people = dict(enumerate(order)), lines
        ignored: tuple[str, ...] = ()
    else:
        at, columns = header
        people = lines[at + 1 :]
        ignored = tuple(cell for index, cell in enumerate(lines[at].cells) if cell and index not in columns)
    left_out = tuple(line for line in people if folded(line.text()).startswith(_NOT_PEOPLE))
    rows = [_row(line, columns) for line in people if line not in left_out]
    if not rows:
        return Roster(problems=(Problem("roster_empty", FIELD),))
    checked = check_rows(rows, groups, known)
    return replace(checked, left_out=left_out, ignored=ignored)


def check_rows(rows: Sequence[RosterRow], groups: Sequence[str], known: Iterable[RosterRow]) -> Roster:
    """Judge rows that were read, against the groups and against who stands on the list already."""
    known = list(known)
    fresh, already, problems = _compare(rows, known)
    for row in rows:
        problems += _row_problems(row, groups)
    problems += _number_problems(fresh, known)
    return Roster(
        rows=tuple(_tidy(row, groups) for row in fresh),
        already=tuple(already),
        problems=tuple(sorted(problems, key=lambda problem: int(problem.params["line"]))),
    )


def roster_text(rows: Iterable[RosterRow]) -> str:
    """Rows as `read_roster` reads them back, tab separated with a header."""
    head = "姓名\t单位\t城市\t组别\t作品号"
    return "\n".join([head, *("\t".join((r.name, r.unit, r.city, r.group, r.work_number)) for r in rows)])


def draw_numbers(taken: Iterable[str], given: Sequence[str], shuffle: Callable[[list[str]], None]) -> list[str]:
    """A work number for each: the one given, or for an empty one a free `W07`, in the order that `shuffle` makes.

    `shuffle` is `secrets.SystemRandom().shuffle`: numbers must not follow the list, or they would tell the names.
    """
    taken = list(taken)
    used = {folded(number) for number in (*taken, *given) if number}
    width = max(2, len(str(len(taken) + len(given))))
    free: list[str] = []
    number = 0
    while len(free) < sum(1 for one in given if not one):
        number += 1
        if folded(code := f"W{number:0{width}d}") not in used:
            free.append(code)
    shuffle(free)
    return [one or free.pop() for one in given]


def work_number_wrong(number: str) -> bool:
    """Whether a work number could not stand in an address or on a label: 1 to 20 letters, digits, dots, dashes."""
    return not _WORK_NUMBER.fullmatch(number)


def person_problems(row: RosterRow) -> list[Problem]:
    """What is wrong with who somebody is said to be; also for a correction of one person."""
    return [problem for problem in _row_problems(replace(row, group=""), ()) if problem.code != "roster_work_number"]


def _row(line: Line, columns: dict[int, str]) -> RosterRow:
    cells = {name: line.cells[at] for at, name in columns.items() if at < len(line.cells)}
    number = unicodedata.normalize("NFKC", cells.pop("work_number", "")).replace(" ", "")
    return RosterRow(line.number, **{"name": "", "unit": "", **cells}, work_number=number)


def _row_problems(row: RosterRow, groups: Sequence[str]) -> list[Problem]:
    line = {"line": str(row.line)}
    problems = []
    if not row.name:
        problems.append(Problem("roster_name_empty", FIELD, line))
    elif not any(letter.isalpha() for letter in row.name):
        problems.append(Problem("roster_name_number", FIELD, {**line, "name": row.name[:40]}))
    if not row.unit:
        problems.append(Problem("roster_unit_empty", FIELD, {**line, "name": row.name[:40]}))
    for name, most in _LIMITS.items():
        text = getattr(row, name)
        if len(text) > most:
            problems.append(Problem("roster_text_long", FIELD, {**line, "text": text[:20], "most": str(most)}))
        if "?" in text or "？" in text or "\ufffd" in text:
            problems.append(Problem("roster_character_lost", FIELD, {**line, "text": text[:40]}))
    if groups and not _group(row.group, groups):
        known = "、".join(groups)
        code = "roster_group_unknown" if row.group else "roster_group_empty"
        problems.append(Problem(code, FIELD, {**line, "group": row.group[:40], "groups": known}))
    if not groups and row.group:
        problems.append(Problem("roster_no_groups", FIELD, {**line, "group": row.group[:40]}))
    if row.work_number and work_number_wrong(row.work_number):
        problems.append(Problem("roster_work_number", FIELD, {**line, "work_number": row.work_number[:40]}))
    return problems


def _compare(
    rows: Sequence[RosterRow], known: Sequence[RosterRow]
) -> tuple[list[RosterRow], list[RosterRow], list[Problem]]:
    """Part the new from those on the list already, and find people who stand twice in the text itself."""
    on_list = {_who(row): row for row in known}
    seen: dict[tuple[str, str], int] = {}
    fresh, already, problems = [], [], []
    for row in rows:
        who = _who(row)
        if all(who) and who in seen:
            about = {"line": str(row.line), "first": str(seen[who]), "name": row.name, "unit": row.unit}
            problems.append(Problem("roster_twice", FIELD, about))
            continue
        seen[who] = row.line
        before = on_list.get(who)
        if before is None:
            fresh.append(row)
        elif _differs(row, before):
            about = {"line": str(row.line), "name": row.name, "work_number": before.work_number}
            problems.append(Problem("roster_differs", FIELD, about))
        else:
            already.append(RosterRow(row.line, row.name, row.unit, row.city, before.group, before.work_number))
    return fresh, already, problems


def _number_problems(fresh: list[RosterRow], known: list[RosterRow]) -> list[Problem]:
    problems = []
    owners = {folded(row.work_number): 0 for row in known}
    for row in fresh:
        if not row.work_number:
            continue
        number = folded(row.work_number)
        about = {"line": str(row.line), "work_number": row.work_number[:40]}
        if number not in owners:
            owners[number] = row.line
        elif owners[number]:
            problems.append(Problem("roster_number_twice", FIELD, {**about, "first": str(owners[number])}))
        else:
            problems.append(Problem("roster_number_taken", FIELD, about))
    return problems


def _differs(row: RosterRow, before: RosterRow) -> bool:
    """Whether the text says something else of a person than the list does; what it leaves out is no difference."""
    pairs = ((row.city, before.city), (row.group, before.group), (row.work_number, before.work_number))
    return any(new and folded(new) != folded(old) for new, old in pairs)


def _who(row: RosterRow) -> tuple[str, str]:
    return folded(row.name), folded(row.unit)


def _group(text: str, groups: Sequence[str]) -> str:
    return next((group for group in groups if folded(group) == folded(text)), "")


def _tidy(row: RosterRow, groups: Sequence[str]) -> RosterRow:
    return RosterRow(row.line, row.name, row.unit, row.city, _group(row.group, groups), row.work_number)
