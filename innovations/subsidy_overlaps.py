"""Whether money was given for the same before, and what people decided of it: the only writer of `SubsidyOverlapWord`.

Earlier money is whatever was granted to an application that has an innovation (or one linked as the same), a patent, a
studio or a person in common; so is, before an application is judged, what was admitted to the same round already: two
that ask at once for the same could both be paid. It is shown with its evidence; only people's word makes it the same.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import workers
from foundation.people.tables import Account
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from innovations import subsidy_applications
from innovations.innovation_tables import SameAs
from innovations.rules.double_funding import WEIGHTY, Funded, Overlap, Same, Word, hindrances, overlaps, word_problems
from innovations.rules.subsidy_steps import ApplicationStage
from innovations.subsidy_tables import SubsidyApplication, SubsidyKey, SubsidyOverlapWord

AT_ONCE = 500  # values of one question
FUNDED = [
    stage.value
    for stage in (
        ApplicationStage.GRANTED, ApplicationStage.REPORTED, ApplicationStage.SETTLED, ApplicationStage.RECOVERED,
    )
]  # fmt: skip
DECIDES = (ApplicationStage.HANDED_IN, ApplicationStage.ADMITTED, ApplicationStage.NOT_ADMITTED)


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided of one earlier grant, by whom and why."""

    word: Word
    reason: str
    by: str
    at: datetime


async def of(ids: Collection[int]) -> dict[int, list[Overlap]]:
    """By application, everything in common with earlier grants; `Overlap.what` is the id of the one that got money."""
    asking = await _keys(ids)
    linked = await _linked({number for keys in asking.values() for number in _ids(keys, Same.INNOVATION)})
    wanted = {int(one): _funded(int(one), 0, 0, keys, linked) for one, keys in asking.items()}
    holders = await _holders(wanted.values())
    before = await _before({one for found in holders.values() for one in found})
    unjudged = await _unjudged(wanted)
    result: dict[int, list[Overlap]] = {}
    for application, one in wanted.items():
        near = {each for key in _asked(one) for each in holders.get(key, ())}
        there = [before[each] for each in sorted(near) if each in before]
        counted = [each for each, of_round in there if of_round in (None, unjudged.get(application))]
        result[application] = overlaps(one, counted)
    return result


async def decided(application_id: int) -> dict[str, Decided]:
    """What was decided last of each earlier grant, by `Overlap.what`; read for whoever checks the application."""
    rows = await (
        SubsidyOverlapWord.select()
        .where(SubsidyOverlapWord.application == application_id)
        .order_by(SubsidyOverlapWord.id)
    )
    names = await Account.select(Account.id, Account.name).where(Account.id.is_in([row["by"] for row in rows] or [0]))
    by_id = {row["id"]: row["name"] for row in names}
    return {
        str(row["earlier"]): Decided(Word(row["word"]), row["reason"], by_id.get(row["by"], ""), row["at"])
        for row in rows
    }


async def undecided(ids: Collection[int]) -> dict[int, int]:
    """How many earlier grants of the same innovation or patent nobody has decided on, by application."""
    found = await of(ids)
    rows = await SubsidyOverlapWord.select(SubsidyOverlapWord.application, SubsidyOverlapWord.earlier).where(
        SubsidyOverlapWord.application.is_in(list(found) or [0])
    )
    known = {(row["application"], str(row["earlier"])) for row in rows}
    return {
        one: len({each.what for each in some if each.same in (Same.INNOVATION, Same.PATENT)} - {
            what for application, what in known if application == one
        })
        for one, some in found.items()
    }  # fmt: skip


async def hindrances_of_all(ids: Collection[int]) -> list[Problem]:
    """Why these cannot be given money now, each problem once: another round may have paid meanwhile."""
    problems: dict[str, Problem] = {}
    for one, found in (await of(ids)).items():
        if any(each.same in WEIGHTY for each in found):
            words = {what: each.word for what, each in (await decided(one)).items()}
            problems |= {each.code: Problem(each.code, "", each.params) for each in hindrances(found, words)}
    return list(problems.values())


async def hindrances_of(application_id: int) -> list[Problem]:
    """Why it cannot be admitted yet, in the caller's transaction."""
    found = (await of([application_id])).get(application_id, [])
    words = {what: one.word for what, one in (await decided(application_id)).items()}
    return hindrances(found, words)


@tried_again
async def decide(application_id: int, earlier: int, word: str, reason: str, by: int, now: datetime) -> None:  # noqa: PLR0917
    """Record what somebody decided of one earlier grant. Raises NotFound; Refused with everything that is wrong."""
    reason = reason.strip()
    async with transaction():
        found = await subsidy_applications.locked(application_id)
        if str(earlier) not in {one.what for one in (await of([application_id])).get(application_id, [])}:
            raise NotFound
        problems = word_problems(word, reason)
        if found.stage not in DECIDES:
            problems.append(Problem("subsidy_step_late"))
        if problems:
            raise Refused(*problems)
        await SubsidyOverlapWord(
            application=application_id, earlier=earlier, word=word, reason=reason, by=by, at=now
        ).save()  # fmt: skip
        subsidy_applications.record(application_id, "overlap", by, {"earlier": earlier, "word": word})


async def keys_of(application_id: int) -> list[tuple[str, str]]:
    """What an application is about: (Same, id or number)."""
    return (await _keys([application_id])).get(application_id, [])


async def _keys(ids: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    wanted, found = sorted(set(ids)), defaultdict[int, list[tuple[str, str]]](list)
    for start in range(0, len(wanted), AT_ONCE):
        rows = await SubsidyKey.select(SubsidyKey.application, SubsidyKey.same, SubsidyKey.of).where(
            SubsidyKey.application.is_in(wanted[start : start + AT_ONCE])
        )
        for row in rows:
            found[row["application"]].append((row["same"], row["of"]))
    return found


async def _linked(ids: Collection[int]) -> dict[int, set[int]]:
    """Innovations that were linked as the same, each by each; what is the same as the same is the same."""
    found = defaultdict[int, set[int]](set)
    asked, ask = set[int](), set(ids)
    while ask:
        asked |= ask
        wanted = sorted(ask)
        for start in range(0, len(wanted), AT_ONCE):
            some = wanted[start : start + AT_ONCE]
            both = SameAs.one.is_in(some) | SameAs.other.is_in(some)
            for row in await SameAs.select(SameAs.one, SameAs.other).where(both):
                found[row["one"]].add(row["other"])
                found[row["other"]].add(row["one"])
        ask = {other for one in ask for other in found.get(one, ())} - asked
    return {one: _together(one, found) for one in ids}


def _together(one: int, linked: Mapping[int, set[int]]) -> set[int]:
    """All that is reached from one, itself left out."""
    reached, edge = {one}, {one}
    while edge:
        edge = {other for each in edge for other in linked.get(each, ())} - reached
        reached |= edge
    return reached - {one}


async def _holders(asking: Iterable[Funded]) -> dict[tuple[str, str], set[int]]:
    """Which applications have a key."""
    keys = sorted({key for one in asking for key in _asked(one)})
    found = defaultdict[tuple[str, str], set[int]](set)
    for start in range(0, len(keys), AT_ONCE):
        some = set(keys[start : start + AT_ONCE])
        rows = await SubsidyKey.select(SubsidyKey.application, SubsidyKey.same, SubsidyKey.of).where(
            SubsidyKey.of.is_in(sorted({of for _, of in some})),
            SubsidyKey.application.stage.is_in([*FUNDED, ApplicationStage.ADMITTED.value]),
        )
        for row in rows:
            if (row["same"], row["of"]) in some:
                found[row["same"], row["of"]].add(row["application"])
    return found


async def _before(ids: Collection[int]) -> dict[int, tuple[Funded, int | None]]:
    """Earlier grants as the rule compares them; what was only admitted with its round, and no money."""
    keys, found, wanted = await _keys(ids), dict[int, tuple[Funded, int | None]](), sorted(ids)
    for start in range(0, len(wanted), AT_ONCE):
        rows = await SubsidyApplication.select(
            SubsidyApplication.id, SubsidyApplication.granted, SubsidyApplication.stage, SubsidyApplication.round,
            SubsidyApplication.round.year.as_alias("year"),
        ).where(SubsidyApplication.id.is_in(wanted[start : start + AT_ONCE]))  # fmt: skip
        for row in rows:
            only_admitted = row["stage"] == ApplicationStage.ADMITTED.value
            if only_admitted or row["granted"]:
                amount = 0 if only_admitted else row["granted"]
                one = _funded(row["id"], row["year"], amount, keys.get(row["id"], ()), {})
                found[row["id"]] = (one, row["round"] if only_admitted else None)
    return found


async def _unjudged(ids: Iterable[int]) -> dict[int, int]:
    """The round of those that were handed in and wait to be judged."""
    rows = await SubsidyApplication.select(SubsidyApplication.id, SubsidyApplication.round).where(
        SubsidyApplication.id.is_in(sorted(ids) or [0]), SubsidyApplication.stage == ApplicationStage.HANDED_IN.value
    )
    return {row["id"]: row["round"] for row in rows}


def _funded(
    application: int, year: int, amount: int, keys: Sequence[tuple[str, str]], linked: Mapping[int, set[int]]
) -> Funded:
    innovations = _ids(keys, Same.INNOVATION)
    innovations |= {other for one in innovations for other in linked.get(one, ())}
    patents = frozenset(of for same, of in keys if same == Same.PATENT)
    return Funded(
        str(application), year, amount, frozenset(innovations), patents, frozenset(_ids(keys, Same.STUDIO)),
        frozenset(_ids(keys, Same.PERSON)),
    )  # fmt: skip


def _ids(keys: Iterable[tuple[str, str]], wanted: Same) -> set[int]:
    return {int(of) for same, of in keys if same == wanted}


def _asked(one: Funded) -> list[tuple[str, str]]:
    ids = ((Same.INNOVATION, one.innovations), (Same.STUDIO, one.studios), (Same.PERSON, one.persons))
    return [(same.value, str(of)) for same, some in ids for of in some] + [
        (Same.PATENT.value, of) for of in one.patents
    ]


async def _follow_worker(goes: int, stays: int) -> None:
    """Two records of a worker become one: their applications are found by the one that stays."""
    same: Any = SubsidyKey.same == Same.PERSON.value
    rows = await SubsidyKey.select(SubsidyKey.application).where(same, SubsidyKey.of == str(stays))
    have = [row["application"] for row in rows]
    if have:
        await SubsidyKey.delete().where(same, SubsidyKey.of == str(goes), SubsidyKey.application.is_in(have))
    await SubsidyKey.update({SubsidyKey.of: str(stays)}).where(same, SubsidyKey.of == str(goes))


workers.on_merge(_follow_worker)
