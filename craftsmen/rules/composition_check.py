"""Whether the composition rows of a round can be kept by anybody at all. Pure.

Rows that contradict each other are found by the same exact search that helps while choosing, with as many people of
every kind as one could wish for: what even then cannot be kept is a mistake in the rules.
"""

from collections.abc import Iterator, Sequence
from itertools import product

from craftsmen.rules.composition import within
from craftsmen.rules.facts import VALUES, Filter, NomineeFacts, Role, UnitType, chosen, nobody, wrong_part
from craftsmen.rules.ratio_search import WHOLE, Kind, OutOfWorkError, Ratio, Search
from craftsmen.rules.round_rules import CompositionRow, RoundRules
from craftsmen.rules.row_check import filter_problems, row_problems
from foundation.base.problem import Problem

PART = "composition"
MOST_CONFERRED = 9_999
WORK = 300_000  # for finding contradictions, each time a draft is looked at: well under a second
MOST_KINDS = 2_000  # of wished-for people; with more facts than that in the rows nothing is searched


def composition_problems(rules: RoundRules) -> list[Problem]:
    """What is wrong with each row; where each is right by itself, which of them cannot be kept together."""
    problems = [*row_problems(PART, rules.composition)]
    seen: dict[tuple[object, ...], str] = {}
    for at, row in enumerate(rules.composition):
        problems += _one(at, row)
        key = (sorted(row.among), sorted(row.of), row.operator)
        twin = seen.setdefault(str(key), row.name)  # type: ignore[arg-type]
        if twin is not row.name:
            problems.append(Problem("round_ratio_twice", f"{PART}-{at}-among", {"name": twin}))
    if not problems and 0 < rules.confer <= MOST_CONFERRED:
        problems += _together(rules)
    return problems


def _one(at: int, row: CompositionRow) -> Iterator[Problem]:
    field = f"{PART}-{at}"
    yield from filter_problems(f"{field}-among", row.among)
    yield from filter_problems(f"{field}-of", row.of)
    if row.operator not in (">=", "<="):
        yield Problem("round_operator", f"{field}-operator")
    if not 0 < row.percent <= WHOLE:
        yield Problem("round_percent", f"{field}-percent")
    if not row.among:
        yield Problem("round_ratio_everybody", f"{field}-among")
    elif wrong_part((*row.among, *row.of)) is None and not nobody(row.among) and not nobody(row.of):
        if nobody((*row.among, *row.of)):
            yield Problem("round_ratio_apart", f"{field}-of")
        elif _always(row.of, row.among):
            yield Problem("round_ratio_always", f"{field}-of")


def _always(of: Filter, among: Filter) -> bool:
    """Whether whoever is in the denominator is in the numerator too: then the ratio is 100% and says nothing."""
    left, wanted = chosen(of), chosen(among)
    return all(left.get(name, frozenset(VALUES[name])) <= values for name, values in wanted.items())


def _together(rules: RoundRules) -> list[Problem]:
    """Rows of which none can be spared for a contradiction, named once at the first of them."""
    kept, work = list(range(len(rules.composition))), WORK
    try:
        can, work = _can_be(rules, kept, work)
        if can:
            return []
        for at in list(kept):
            fewer = [other for other in kept if other != at]
            can, work = _can_be(rules, fewer, work)
            if not can:
                kept = fewer
    except OutOfWorkError:
        return []
    names = "、".join(rules.composition[at].name for at in kept)
    return [Problem("round_ratios_against", f"{PART}-{kept[0]}-percent", {"rows": names, "confer": str(rules.confer)})]


def _can_be(rules: RoundRules, kept: Sequence[int], work: int) -> tuple[bool, int]:
    """Whether some choice keeps these rows, and how much work is left. Raises OutOfWorkError."""
    rows = [rules.composition[at] for at in kept]
    names = sorted({name for row in rows for name, _ in (*row.among, *row.of)})
    if not rows or _count(names) > MOST_KINDS:
        return True, work
    kinds = {within(rows, one) for one in _wished(names)}
    outside = min(rules.confer, sum(max(0, quota.most) for quota in rules.specials))
    search = Search(
        [*(Kind(rules.confer, kind) for kind in sorted(kinds)), Kind(outside, ((False, False),) * len(rows))],
        [Ratio(row.operator == ">=", row.percent, 0, 0) for row in rows],
        work,
    )
    can = search.fill(rules.confer) is not None
    return can, search.work


def _count(names: Sequence[str]) -> int:
    count = 1
    for name in names:
        count *= len(VALUES[name])
    return count


def _wished(names: Sequence[str]) -> Iterator[NomineeFacts]:
    """One of every kind that the facts of the rows can tell apart."""
    for values in product(*(VALUES[name] for name in names)):
        said = dict(zip(names, values, strict=True))
        yield NomineeFacts(
            key=0,
            gender=said.get("gender", "male"),
            role=Role(said.get("role", Role.FRONT_LINE)),
            unit_type=UnitType(said.get("unit_type", UnitType.STATE_ENTERPRISE)),
            migrant=said.get("migrant") == "yes",
            new_form=said.get("new_form") == "yes",
            minority=said.get("minority") == "yes",
            team=said.get("team") == "yes",
        )
