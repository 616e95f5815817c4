"""Merging the credit of two innovations that were linked as the same, as an act of two people.

One asks, with a share for everybody of both lists; another confirms. The main innovation gets a version with these
people, the other is merged into it, leaves the library and counts no more. Nothing of either may have changed since it
was asked. Writes nothing itself: `innovation_versions`, `innovations` and `same_as` do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from foundation.base.problem import N_, NotFound, Problem, Refused
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.work import acts, two_person
from innovations import innovation_versions, innovations, same_as
from innovations.innovation_tables import Innovation, SameAs
from innovations.review_tables import ReviewEntry
from innovations.rules.innovation_form import Author
from innovations.rules.innovations import Stage, after
from innovations.rules.publicity import Publicity
from innovations.rules.review_steps import EntryStage
from innovations.rules.review_steps import Stage as RoundStage
from innovations.rules.same_as import people, reason_problems, shares_typed
from innovations.same_as import Row, both, closed, locked, set_asked, set_merged

ACT = "innovation.merge"


@dataclass(frozen=True, slots=True)
class Credit:
    """Who would be named in the main innovation, before their shares are typed, and what both lists are now."""

    main: int
    other: int
    offered: Sequence[Author]
    before: Sequence[int]  # the newest versions of the main one and of the other


async def credit(link_id: int, main_id: int) -> Credit:
    """Whose credit it would be, were the other merged into the main one. Raises NotFound."""
    row = await SameAs.select(SameAs.one, SameAs.other).where(SameAs.id == link_id).first()
    if row is None or main_id not in {row["one"], row["other"]}:
        raise NotFound
    other_id = row["one"] if main_id == row["other"] else row["other"]
    columns = (Innovation.id, Innovation.version, Innovation.organisation.name.as_alias("unit"))
    found = await Innovation.select(*columns).where(Innovation.id.is_in([main_id, other_id]))
    main, other = sorted(found, key=lambda each: each["id"] != main_id)
    authors = [(await innovation_versions.one(each["id"], each["version"])).authors for each in (main, other)]
    offered = people(authors[0], authors[1], main["unit"], other["unit"])
    return Credit(main_id, other_id, offered, (main["version"], other["version"]))


@tried_again
async def ask(  # noqa: PLR0917 - a question is all of these
    link_id: int, main_id: int, typed: Mapping[str, str], organisation_id: int, by: int, now: datetime
) -> int:
    """Ask a second person to merge the credit; answers the act's id.

    `typed` holds `share-1` and so on in the order of `Credit.offered`, and `reason`. Raises NotFound; Refused with
    everything that is wrong.
    """
    async with transaction():
        row, *_ = await locked(link_id)
        found = await credit(link_id, main_id)
        authors, problems = shares_typed(found.offered, typed)
        problems += reason_problems(typed.get("reason", "").strip())
        main, other = await both(main_id, found.other, in_order=True)
        problems += await closed(row) + await _hindrances(main, other)
        if await innovation_versions.people_rewritten(main):
            problems.append(Problem("same_being_written"))
        if problems:
            raise Refused(*problems)
        payload = {
            "link": link_id, "main": main_id, "other": found.other, "before": list(found.before),
            "authors": msgspec.to_builtins(authors),
        }  # fmt: skip
        act = await two_person.ask(
            MERGE, same_as.subject(link_id), payload, organisation_id, by, typed.get("reason", ""), now
        )  # fmt: skip
        await set_asked(link_id, act)
        return act


async def _merge(act: acts.Asked, by: int, now: datetime) -> None:
    """Confirmed, inside its transaction: nothing of either may have changed since it was asked."""
    link_id, main_id = int(act.payload["link"]), int(act.payload["main"])
    row, *_ = await locked(link_id)
    main, other = await both(main_id, int(act.payload["other"]), in_order=True)
    problems = await _hindrances(main, other)
    if row["merged_at"] is not None:
        problems.append(Problem("same_merged_already"))
    if [main["version"], other["version"]] != act.payload["before"]:
        problems.append(Problem("same_changed"))
    if problems:
        raise Refused(*problems)
    authors = msgspec.convert(act.payload["authors"], list[Author])
    # The version first: `move` has the library show the newest one.
    await innovation_versions.credit(main, authors, act.reason, by, now)
    main = await innovations.locked(main_id)
    await innovations.move(main, "gain_credit", act.reason, by, now)
    await innovations.move(other, "merge", act.reason, by, now)
    await set_merged(link_id, main_id, act.id, now)


async def _unmerged(act: acts.Asked, by: int, now: datetime) -> None:
    """Rejected or withdrawn: the link stands, and may be taken back."""
    await locked(int(act.payload["link"]))
    await set_asked(int(act.payload["link"]), None)


async def _show(payload: Mapping[str, Any]) -> two_person.Shown:
    ids = [int(payload["main"]), int(payload["other"])]
    columns = (Innovation.id, Innovation.version, Innovation.organisation.name.as_alias("unit"))
    units = {row["id"]: row for row in await Innovation.select(*columns).where(Innovation.id.is_in(ids))}
    said = [
        f"{(await innovation_versions.one(each, units[each]['version'])).title} · {units[each]['unit']}" for each in ids
    ]
    authors = msgspec.convert(payload["authors"], list[Author])
    return (
        (N_("Innovation that stays"), said[0]),
        (N_("Innovation that is merged into it"), said[1]),
        *((N_("Person with a share"), _line(one, units[ids[0]]["unit"])) for one in authors),
    )


def _line(one: Author, unit: str) -> str:
    return f"{one.name} {one.share}% · {one.unit or unit}"


async def _hindrances(main: Row, other: Row) -> list[Problem]:
    """Of both locked rows. What has an award keeps its stage while a further round reviews it, so that is asked too."""
    problems = [
        step
        for step in (after("gain_credit", Stage(main["stage"])), after("merge", Stage(other["stage"])))
        if isinstance(step, Problem)
    ]
    reviewed = await ReviewEntry.exists().where(
        ReviewEntry.innovation.is_in([main["id"], other["id"]]), ReviewEntry.calibration.eq(False),
        ReviewEntry.stage.is_in([EntryStage.ENTERED.value, EntryStage.RETURNED.value]),
        ReviewEntry.round.stage.not_in([RoundStage.DECIDED.value, RoundStage.CANCELLED.value]),
    )  # fmt: skip
    if reviewed:
        problems.append(Problem("innovation_step_late"))
    if main["publicity"] == Publicity.PUBLIC and other["publicity"] != Publicity.PUBLIC:
        problems.append(Problem("same_internal"))  # its people would be in the public library
    return [Problem("same_stage")] if any(one.code == "innovation_step_late" for one in problems) else problems


MERGE = two_person.register(
    two_person.Kind(
        ACT,
        N_("Merge the credit of two innovations that are the same"),
        perform=_merge,
        show=_show,
        unperformed=_unmerged,
        address=lambda act: f"/innovations/desk/{act.payload['main']}/same",
    )
)
