"""Whether marks that were given under one scheme still fit an amended one. Pure."""

from collections.abc import Iterable

from competitions.rules.panel import named
from foundation.base.problem import Problem
from foundation.tabulation.marks import Mark, read_value, show_value
from foundation.tabulation.scheme import Aspect, Scheme


def unfit_marks(before: Scheme, amended: Scheme, marks: Iterable[Mark]) -> list[Problem]:
    """What of the marks would no longer count, one sentence an aspect with the works it is about."""
    old = {aspect.code: aspect for aspect in before.aspects()}
    new = {aspect.code: aspect for aspect in amended.aspects()}
    gone: dict[str, set[str]] = {}
    unread: dict[str, dict[str, set[str]]] = {}
    rows: dict[str, dict[str, int]] = {}
    for mark in marks:
        aspect = new.get(mark.aspect)
        if aspect is None:
            gone.setdefault(mark.aspect, set()).add(mark.entry)
            continue
        counts = rows.setdefault(mark.aspect, {})
        counts[mark.entry] = counts.get(mark.entry, 0) + 1
        text = show_value(old[mark.aspect], mark.value)
        if aspect.kind != old[mark.aspect].kind or isinstance(read_value(aspect, text), Problem):
            unread.setdefault(mark.aspect, {}).setdefault(text, set()).add(mark.entry)
    problems = [
        Problem("amend_aspect_gone", "", {"aspect": _name(old[code]), "works": _works(works)})
        for code, works in gone.items()
    ]
    for code, texts in unread.items():
        for text, works in sorted(texts.items()):
            about = {"aspect": _name(new[code]), "mark": text, "works": _works(works)}
            problems.append(Problem("amend_mark_unfit", "", about))
    for code, counts in rows.items():
        most = new[code].judges
        works = {work for work, count in counts.items() if most is not None and count > most}
        if works:
            about = {"aspect": _name(new[code]), "judges": str(most), "works": _works(works)}
            problems.append(Problem("amend_too_many_marks", "", about))
    return problems


def _name(aspect: Aspect) -> str:
    return f"{aspect.code} {aspect.name}"


def _works(works: set[str]) -> str:
    return named(sorted(works))
