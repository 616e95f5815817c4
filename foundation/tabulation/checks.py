"""Rules that look across rows: repeated rows, too many judges, entries and coefficients that do not belong.

Pure: rows are told by their place in the sequence; who reads a file makes a line of it. One value by itself is
`marks.py`.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

from foundation.base.problem import Problem
from foundation.tabulation.marks import Mark, Word
from foundation.tabulation.scheme_model import Aspect, Scheme
from foundation.tabulation.standings import Entry
from foundation.tabulation.texts import shown

Key = tuple[str, str, str]
"""A row's entry, aspect and judge."""
Pair = tuple[str, str]
"""An entry and an aspect."""
Aspects = Mapping[str, Aspect | None]
"""The scheme's aspects by code; None for one that is wrong itself, of which nothing more is said."""


def check_marks(
    scheme: Scheme, entries: Sequence[Entry], marks: Sequence[Mark], coefficients: Mapping[Pair, int]
) -> list[Problem]:
    """Every breach among rows whose values are valid; a problem's field is `marks[3]` or `coefficients`."""
    aspects = {aspect.code: aspect for aspect in scheme.aspects()}
    entry_codes = [entry.code for entry in entries]
    problems = [
        Problem("entry_repeated", "entries", {"entry": shown(code)})
        for code in dict.fromkeys(entry_codes)
        if entry_codes.count(code) > 1
    ]
    keys = [(mark.entry, mark.aspect, mark.judge) for mark in marks]
    problems += check_keys(keys, aspects, set(entry_codes), lambda place: f"marks[{place}]")
    problems += [
        Problem("no_such_aspect", f"marks[{place}]", {"code": shown(mark.aspect)})
        for place, mark in enumerate(marks)
        if mark.aspect not in aspects
    ]
    for pair in coefficients:
        problems += check_coefficient(pair, aspects, set(entry_codes), "coefficients")
    given: dict[Pair, int] = {}
    for place, mark in enumerate(marks):
        if not isinstance(mark.value, Word):
            given.setdefault((mark.entry, mark.aspect), place)
    wanted = wanted_coefficients(given, aspects, {entry.code for entry in entries if entry.status == "ok"})
    return problems + missing_coefficients(wanted, coefficients, lambda place: f"marks[{place}]")


def check_keys(
    keys: Sequence[Key], aspects: Aspects | None, entries: Collection[str] | None, field: Callable[[int], str]
) -> list[Problem]:
    """One problem for each row that stands there twice, names an entry not in `entries`, or is one judge too many.

    `aspects` and `entries` are None where nothing is known of them.
    """
    problems = []
    if len(set(keys)) < len(keys):
        problems += [_repeated(keys, first, place, field) for first, place in _repeats(keys)]
    if entries is not None:
        problems += [
            Problem("no_such_entry", field(place), {"entry": shown(key[0])})
            for place, key in enumerate(keys)
            if key[0] not in entries
        ]
    if aspects is not None:
        limits = {code: aspect.judges for code, aspect in aspects.items() if aspect and aspect.judges}
        problems += _surplus(keys, limits, field)
    return problems


def _repeats(keys: Iterable[Key]) -> Iterator[tuple[int, int]]:
    first: dict[Key, int] = {}
    for place, key in enumerate(keys):
        if key in first:
            yield first[key], place
        else:
            first[key] = place


def _repeated(keys: Sequence[Key], first: int, place: int, field: Callable[[int], str]) -> Problem:
    entry, aspect, judge = map(shown, keys[place])
    return Problem(
        "row_repeated", field(place), {"entry": entry, "aspect": aspect, "judge": judge, "first": field(first)}
    )


def _surplus(keys: Sequence[Key], limits: Mapping[str, int], field: Callable[[int], str]) -> list[Problem]:
    """More judges' rows than `judges`: told once for each entry and aspect, at the first row too many."""
    rows = Counter(map(itemgetter(0, 1), keys))
    crowded: dict[Pair, dict[str, int]] = {pair: {} for pair in rows if rows[pair] > limits.get(pair[1], rows[pair])}
    for place, (entry, aspect, judge) in enumerate(keys if crowded else ()):
        if (entry, aspect) in crowded:
            crowded[entry, aspect].setdefault(judge, place)
    problems = []
    for (entry, aspect), judges in crowded.items():
        limit = limits[aspect]
        if len(judges) > limit:
            params = {"aspect": shown(aspect), "entry": shown(entry), "judges": str(limit), "rows": str(len(judges))}
            problems.append(Problem("rows_surplus", field(list(judges.values())[limit]), params))
    return problems


def check_coefficient(
    pair: Pair, aspects: Aspects | None, entries: Collection[str] | None, field: str
) -> Iterator[Problem]:
    """What is wrong with giving this entry a coefficient for this aspect."""
    entry, aspect = pair
    if entries is not None and entry not in entries:
        yield Problem("no_such_entry", field, {"entry": shown(entry)})
    if aspects is None:
        return
    if aspect not in aspects:
        yield Problem("no_such_aspect", field, {"code": shown(aspect)})
        return
    known = aspects[aspect]
    if known is not None and not known.coefficient:
        yield Problem("coefficient_unwanted", field, {"aspect": shown(aspect)})


def wanted_coefficients(given: Mapping[Pair, int], aspects: Aspects, placeable: Collection[str]) -> dict[Pair, int]:
    """Of the pairs that have a mark (with its place), those of ok entries in aspects that take a coefficient."""
    with_coefficient = {code for code, aspect in aspects.items() if aspect is not None and aspect.coefficient}
    return {pair: place for pair, place in given.items() if pair[1] in with_coefficient and pair[0] in placeable}


def missing_coefficients(
    wanted: Mapping[Pair, int], coefficients: Collection[Pair], field: Callable[[int], str]
) -> list[Problem]:
    """An ok entry that has marks in an aspect needs its coefficient; told at the first of those marks."""
    return [
        Problem("coefficient_missing", field(place), {"entry": shown(pair[0]), "aspect": shown(pair[1])})
        for pair, place in wanted.items()
        if pair not in coefficients
    ]
