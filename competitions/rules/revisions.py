"""Whether a mark that somebody sends becomes a new revision: retries, stale pages and unchanged fields. Pure.

Knows one judge's revisions of one entry. A mark is never changed: the newest revision counts, and the empty value
means that the mark was taken back.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from foundation.base.problem import Problem
from foundation.tabulation.marks import ABSENT, VOID, read_value, show_value
from foundation.tabulation.scheme import Scheme


@dataclass(frozen=True, slots=True)
class NewMark:
    """What a judge sends for one aspect.

    `value` is as in marks.csv, empty to take the mark back; `detail` is `details.detail_json`; `client_id` was made
    on the judge's device and is unique for ever; `base_revision` is what the judge saw (0: nothing).
    """

    aspect: str
    value: str
    detail: str
    client_id: str
    base_revision: int


@dataclass(frozen=True, slots=True)
class Revision:
    """One stored revision of one aspect."""

    aspect: str
    revision: int
    value: str
    detail: str
    client_id: str


def newest(revisions: Iterable[Revision]) -> dict[str, Revision]:
    """The revision that counts, by aspect."""
    found: dict[str, Revision] = {}
    for each in revisions:
        if each.aspect not in found or found[each.aspect].revision < each.revision:
            found[each.aspect] = each
    return found


def to_write(
    sent: Sequence[NewMark], stored: Collection[Revision], taken: Collection[str]
) -> tuple[list[NewMark], list[Problem]]:
    """Which of the marks sent are new revisions, and what forbids saving them.

    `stored` are this judge's revisions of this entry, `taken` those of the sent client ids that exist anywhere.
    A retry (same id, same value) and a field that was not touched write nothing; a mark that was made looking at an
    older revision than the newest is a problem that names what is stored now.
    """
    current = newest(stored)
    seen = {(each.aspect, each.revision): each for each in stored}
    by_id = {each.client_id: each for each in stored}
    new: list[NewMark] = []
    problems: list[Problem] = []
    for mark in sent:
        now = current.get(mark.aspect, _nothing(mark.aspect))
        base = seen.get((mark.aspect, mark.base_revision), _nothing(mark.aspect))
        if _same(mark, by_id.get(mark.client_id)) or _same(mark, now):
            continue
        if mark.base_revision == now.revision:
            if mark.client_id in taken:
                problems.append(Problem("sheet_sent_before"))
            new.append(mark)
        elif mark.base_revision not in range(now.revision) or not _same(mark, base):
            problems.append(_stale(mark, now))
    return new, problems


def unfit(scheme: Scheme, sent: Sequence[NewMark]) -> list[Problem]:
    """What the scheme does not allow, whoever sends it; values must be written as `show_value` writes them."""
    aspects = {aspect.code: aspect for aspect in scheme.aspects()}
    problems: list[Problem] = []
    for mark in sent:
        field = f"mark-{mark.aspect}"
        if mark.aspect not in aspects:
            problems.append(Problem("sheet_amended", field))
        elif mark.value:
            value = read_value(aspects[mark.aspect], mark.value)
            if isinstance(value, Problem):
                problems.append(replace(value, field=field))
            elif show_value(aspects[mark.aspect], value) != mark.value:
                problems.append(Problem("sheet_unfinished", field))
    return problems


def _nothing(aspect: str) -> Revision:
    return Revision(aspect, 0, "", "", "")


def _same(mark: NewMark, stored: Revision | None) -> bool:
    return stored is not None and (mark.aspect, mark.value, mark.detail) == (stored.aspect, stored.value, stored.detail)


STALE: Mapping[str, str] = {ABSENT.value: "mark_stale_absent", VOID.value: "mark_stale_void", "": "mark_stale_blank"}


def is_stale(problem: Problem, aspect: str) -> bool:
    """Whether the problem says that this aspect was changed elsewhere."""
    return problem.code.startswith("mark_stale") and problem.field == f"mark-{aspect}"


def _stale(mark: NewMark, now: Revision) -> Problem:
    code = STALE.get(now.value, "mark_stale")
    return Problem(code, f"mark-{mark.aspect}", {"aspect": mark.aspect, "value": now.value})
