"""Innovations that are one and the same: the only writer of `SameAs` and `SameAsWord`.

An officer of a union above both links them with a reason; both stay as they are, and each unit says what it thinks.
Until the credit is merged a link is taken back as easily. Merging is an act of two people: one innovation, the main
one, gets a version with the people of both, and the other is merged into it, leaves the library and counts no more.
Who may do it was decided by the loader.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from foundation.base.problem import N_, NotFound, Problem, Refused
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from foundation.work import acts, two_person
from innovations import innovation_versions, innovations
from innovations.innovation_tables import Innovation, SameAs, SameAsWord
from innovations.rules.innovation_form import Author
from innovations.rules.innovations import Stage, after
from innovations.rules.publicity import Publicity
from innovations.rules.same_as import people, reason_problems, shares_typed

ACT = "innovation.merge"

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Credit:
    """Who would be named in the main innovation, before their shares are typed, and what both lists are now."""

    main: int
    other: int
    offered: Sequence[Author]
    before: Sequence[int]  # the newest versions of the main one and of the other


@tried_again
async def link(one: int, other: int, reason: str, by: int, now: datetime) -> int:
    """Link two innovations as the same; answers the link's id. Raises NotFound, Refused."""
    reason = reason.strip()
    async with transaction():
        if problems := reason_problems(reason) + ([Problem("same_itself", "other")] if one == other else []):
            raise Refused(*problems)
        first, second = await _both(one, other)
        if Stage.MERGED in {first["stage"], second["stage"]}:
            raise Refused(Problem("same_merged", "other"))
        pair = SameAs(one=first["id"], other=second["id"], note=reason, linked_by=by, linked_at=now)
        made = await SameAs.insert(pair).on_conflict(action="DO NOTHING")
        if not made:
            raise Refused(Problem("same_linked_already", "other"))
        for row in (first, second):
            await innovations.remark(row["id"], "same_linked", reason, by, now)
        return int(made[0]["id"])


@tried_again
async def unlink(link_id: int, reason: str, by: int, now: datetime) -> None:
    """They are two after all. Raises NotFound; Refused once their credit is merged, or while that is asked."""
    reason = reason.strip()
    async with transaction():
        row, first, second = await _locked(link_id)
        if problems := reason_problems(reason) + await _closed(row):
            raise Refused(*problems)
        await SameAs.delete().where(SameAs.id == link_id)
        for each in (first, second):
            await innovations.remark(each["id"], "same_unlinked", reason, by, now)


@tried_again
async def say(  # noqa: PLR0917 - a word is all of these
    link_id: int, innovation_id: int, agrees: bool, reason: str, by: int, now: datetime
) -> None:
    """What the unit of one of both says of it, in the place of what it said before. Raises NotFound, Refused."""
    reason = reason.strip()
    async with transaction():
        row, first, second = await _locked(link_id)
        if innovation_id not in {first["id"], second["id"]}:
            raise NotFound
        if row["merged_at"] is not None:
            raise Refused(Problem("same_merged_already"))
        if not agrees and (problems := reason_problems(reason)):
            raise Refused(*problems)
        word: dict[Any, Any] = {
            SameAsWord.agrees: agrees,
            SameAsWord.reason: reason,
            SameAsWord.by: by,
            SameAsWord.at: now,
        }
        mine = (SameAsWord.same_as == link_id, SameAsWord.innovation == innovation_id)
        if await SameAsWord.exists().where(*mine):
            await SameAsWord.update(word).where(*mine)
        else:
            await SameAsWord(
                same_as=link_id, innovation=innovation_id, agrees=agrees, reason=reason, by=by, at=now
            ).save()
        innovations.record(innovation_id, "same_word", by, {"agrees": agrees})


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
        row, *_ = await _locked(link_id)
        found = await credit(link_id, main_id)
        authors, problems = shares_typed(found.offered, typed)
        problems += reason_problems(typed.get("reason", "").strip())
        main, other = await _both(main_id, found.other, in_order=True)
        problems += await _closed(row) + _hindrances(main, other)
        if problems:
            raise Refused(*problems)
        payload = {
            "link": link_id, "main": main_id, "other": found.other, "before": list(found.before),
            "authors": msgspec.to_builtins(authors),
        }  # fmt: skip
        act = await two_person.ask(
            MERGE, _subject(link_id), payload, organisation_id, by, typed.get("reason", ""), now
        )  # fmt: skip
        await SameAs.update({SameAs.act: act}).where(SameAs.id == link_id)
        return act


async def _merge(act: acts.Asked, by: int, now: datetime) -> None:
    """Confirmed, inside its transaction: nothing of either may have changed since it was asked."""
    link_id, main_id = int(act.payload["link"]), int(act.payload["main"])
    row, *_ = await _locked(link_id)
    main, other = await _both(main_id, int(act.payload["other"]), in_order=True)
    problems = _hindrances(main, other)
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
    merged: dict[Any, Any] = {SameAs.merged_at: now, SameAs.act: act.id, SameAs.main: main_id}
    await SameAs.update(merged).where(SameAs.id == link_id)


async def _unmerged(act: acts.Asked, by: int, now: datetime) -> None:
    """Rejected or withdrawn: the link stands, and may be taken back."""
    await _locked(int(act.payload["link"]))
    await SameAs.update({SameAs.act: None}).where(SameAs.id == int(act.payload["link"]))


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


def _hindrances(main: Row, other: Row) -> list[Problem]:
    problems = [
        step
        for step in (after("gain_credit", Stage(main["stage"])), after("merge", Stage(other["stage"])))
        if isinstance(step, Problem)
    ]
    if main["publicity"] == Publicity.PUBLIC and other["publicity"] != Publicity.PUBLIC:
        problems.append(Problem("same_internal"))  # its people would be in the public library
    return [Problem("same_stage")] if any(one.code == "innovation_step_late" for one in problems) else problems


async def _closed(row: Row) -> list[Problem]:
    if row["merged_at"] is not None:
        return [Problem("same_merged_already")]
    return [Problem("same_asked")] if row["act"] is not None else []


async def _both(one: int, other: int, *, in_order: bool = False) -> tuple[Row, Row]:
    """Both rows, locked the smaller id first; answered so too, or in the order in which they were named."""
    rows = {each: await innovations.locked(each) for each in sorted({one, other})}
    first, second = (one, other) if in_order else sorted((one, other))
    return rows[first], rows[second]


async def _locked(link_id: int) -> tuple[Row, Row, Row]:
    """The link with both innovations, all locked. Raises NotFound."""
    found = await SameAs.select(SameAs.one, SameAs.other).where(SameAs.id == link_id).first()
    if found is None:
        raise NotFound
    first, second = await _both(found["one"], found["other"])
    if not await lock_row(SameAs, link_id):
        raise NotFound
    row = await SameAs.select().where(SameAs.id == link_id).first()
    if row is None:
        raise NotFound
    return row, first, second


def _subject(link_id: int) -> str:
    return f"same:{link_id}"


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
