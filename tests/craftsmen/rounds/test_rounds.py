"""Rounds through their writers: drafts, freezing, amendments, stages, copies, and what the ledger says of them."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from craftsmen import round_drafts, rounds, titles
from craftsmen.round_reads import channels_of, draft_rules, round_by_address, versions
from craftsmen.round_tables import Channel, SelectionRound
from craftsmen.rules.honours import Family, Holder, Verb
from craftsmen.rules.round_draft import RoundDraft
from craftsmen.rules.round_rules import Places, SpecialQuota, StageRule, canonical, rules_hash
from craftsmen.rules.round_stages import Stage
from craftsmen.rules.titles import TitleDraft
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people.organisation_tables import ROOT_ID
from foundation.process.openings import place_of, reference_problems
from foundation.store import generations, ledger
from tests.craftsmen.rounds.here import NOW, province, small


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refusal.value.problems]


async def acts(round_id: int) -> list[str]:
    return [entry.act for entry in reversed(await ledger.entries(f"round:{round_id}"))]


async def test_a_preset_gives_each_channel_the_places_of_its_kind(database):
    here = await province()
    rules = await round_drafts.from_preset("ganpo-craftsman", ROOT_ID)
    assert rules.places == (
        Places(here.places["南昌"], "南昌", 3),
        Places(here.places["九江"], "九江", 3),
        Places(here.places["教科文卫"], "教科文卫", 2),
    )
    with pytest.raises(NotFound):
        await round_drafts.from_preset("../../etc/passwd", ROOT_ID)


async def test_a_draft_is_made_changed_and_frozen_with_its_channels(database):
    here = await province()
    address = await here.draft_round(
        small(places=(Places(here.places["九江"], "九江", 2), Places(here.places["南昌"], "南昌", 1)))
    )
    found = await round_by_address(address)
    assert (address, found.stage, found.public, found.title_name) == (
        "ganpo-craftsman-8",
        Stage.DRAFT,
        False,
        "赣鄱工匠",
    )
    with pytest.raises(NotFound):
        await rounds.rules_of(found.id)

    said = RoundDraft(here.title, 2026, 8, "第八届赣鄱工匠")
    await round_drafts.change(found.id, said, found.revision, here.officer)
    text = canonical(await draft_rules(found.id))
    await rounds.freeze(found.id, rules_hash(text), here.officer, NOW)

    frozen = await here.again(found)
    assert (frozen.stage, frozen.name, frozen.rules_hash, frozen.frozen_at) == (
        Stage.OPEN, "第八届赣鄱工匠", rules_hash(text), NOW,
    )  # fmt: skip
    assert [(one.name, one.places) for one in await channels_of(found.id)] == [("九江", 2), ("南昌", 1)]
    assert canonical(await rounds.rules_of(found.id)) == text
    assert await acts(found.id) == ["round.created", "round.changed", "round.frozen"]
    entry = (await ledger.entries(f"round:{found.id}"))[0]
    assert entry.payload == {"rules": rules_hash(text), "channels": 2}


async def test_a_title_has_one_round_an_edition_even_for_two_at_once(database):
    here = await province()
    answers = await asyncio.gather(here.draft_round(), here.draft_round(), return_exceptions=True)
    made = [one for one in answers if isinstance(one, str)]
    refused = [one for one in answers if isinstance(one, Refused)]
    assert made == ["ganpo-craftsman-8"]
    assert [one.problems for one in refused] == [(Problem("round_exists", "edition", {"address": made[0]}),)]
    assert await here.draft_round(edition=0) == "ganpo-craftsman-2026"


async def test_an_old_form_replaces_nothing_unseen(database):
    here = await province()
    found = await round_by_address(await here.draft_round())
    await round_drafts.change_rules(found.id, small(), found.revision, here.officer)
    with pytest.raises(Refused) as refusal:
        await round_drafts.change_rules(found.id, small(summary_most=9), found.revision, here.officer)
    assert codes(refusal) == ["round_changed_meanwhile"]
    assert (await draft_rules(found.id)).summary_most == 500
    with pytest.raises(Refused) as refusal:
        await round_drafts.change(found.id, RoundDraft(here.title, 2026, 9, "九"), found.revision + 1, here.officer)
    assert codes(refusal) == ["round_address_fixed"]


async def test_what_does_not_fit_together_is_saved_and_not_frozen(database):
    here = await province()
    wrong = small(places=(Places(here.places["南昌"], "南昌", 1),), stages=(StageRule("notice", 3),))
    found = await round_by_address(await here.draft_round(wrong))
    assert await draft_rules(found.id) == wrong
    with pytest.raises(Refused) as refusal:
        await rounds.freeze(found.id, rules_hash(canonical(wrong)), here.officer, NOW)
    assert codes(refusal) == ["round_places_few", *["round_stage_missing"] * 5, "round_notice_short"]
    assert (await here.again(found)).stage is Stage.DRAFT
    assert await Channel.count() == 0


async def test_only_what_was_seen_is_frozen_and_only_once(database):
    here = await province()
    found = await round_by_address(await here.draft_round(small(places=(Places(here.places["南昌"], "南昌", 3),))))
    with pytest.raises(Refused) as refusal:
        await rounds.freeze(found.id, "0" * 64, here.officer, NOW)
    assert codes(refusal) == ["round_changed_meanwhile"]
    seen = rules_hash(canonical(await draft_rules(found.id)))
    answers = await asyncio.gather(
        *(rounds.freeze(found.id, seen, here.officer, NOW) for _ in range(2)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in answers) == ["NoneType", "Refused"]
    assert await Channel.count() == 1
    with pytest.raises(Refused) as refusal:
        await round_drafts.change_rules(found.id, small(), found.revision, here.officer)
    assert codes(refusal) == ["round_frozen_already"]


async def test_an_amendment_is_a_new_version_with_its_reason(database):
    here = await province()
    found = await here.frozen_round(small(places=(Places(here.places["南昌"], "南昌", 3),)))
    before = await generations.read(["rounds", f"round:{found.address}"])
    rules = await rounds.rules_of(found.id)
    wider = replace(rules, places=(*rules.places, Places(here.places["九江"], "九江", 2)))
    number = await rounds.amend(found.id, 0, wider, "  九江市 增补推荐 ", by=here.officer, now=NOW)
    assert number == 1
    assert [(one.number, one.reason, one.rules) for one in await versions(found.id)] == [
        (0, "", rules),
        (1, "九江市 增补推荐", wider),
    ]
    assert (await here.again(found)).rules_hash == rules_hash(canonical(rules))
    assert [(one.name, one.places) for one in await channels_of(found.id)] == [("南昌", 3), ("九江", 2)]
    assert await generations.read(list(before)) == {name: value + 1 for name, value in before.items()}
    assert await acts(found.id) == ["round.created", "round.frozen", "round.amended"]

    for base, wanted, reason, expected in (
        (0, rules, "晚了", ["round_amended_meanwhile"]),
        (1, wider, "没变", ["round_amend_nothing"]),
        (1, rules, " ", ["round_reason_empty"]),
        (1, replace(wider, confer=9), "不合", ["round_places_few"]),
    ):
        with pytest.raises(Refused) as refusal:
            await rounds.amend(found.id, base, wanted, reason, by=here.officer, now=NOW)
        assert codes(refusal) == expected


async def test_an_amendment_takes_nothing_back_from_who_recommended(database):
    here = await province()
    rules = small(
        places=(Places(here.places["南昌"], "南昌", 3), Places(here.places["九江"], "九江", 1)),
        specials=(SpecialQuota("frontier", "专项", 2),),
    )
    found = await here.frozen_round(rules)
    await here.nominate(found, "南昌", 2)
    await here.nominate(found, "九江", 1, special="frontier")
    fewer = replace(rules, places=(Places(here.places["南昌"], "南昌", 1),), specials=(), confer=1)
    with pytest.raises(Refused) as refusal:
        await rounds.amend(found.id, 0, fewer, "缩减", by=here.officer, now=NOW)
    assert codes(refusal) == ["round_amend_taken", "round_amend_special"]
    # 九江 recommended under the special quota alone, so its own place may go; its row stays, for somebody hangs on it
    kept = replace(rules, places=(Places(here.places["南昌"], "南昌", 2),))
    await rounds.amend(found.id, 0, kept, "九江退回名额", by=here.officer, now=NOW)
    assert sorted((one.name, one.places) for one in await channels_of(found.id)) == [("九江", 0), ("南昌", 2)]


async def test_a_round_goes_its_way_and_says_so(database):
    here = await province()
    found = await here.frozen_round(small(places=(Places(here.places["南昌"], "南昌", 3),)))
    for step, stage in (
        ("close", Stage.REVIEWING),
        ("open_again", Stage.OPEN),
        ("close", Stage.REVIEWING),
        ("decide", Stage.DECIDING),
    ):
        assert await rounds.take_step(found.id, step, here.officer) is stage
    with pytest.raises(Refused) as refusal:
        await rounds.take_step(found.id, "open_again", here.officer)
    assert codes(refusal) == ["round_at_deciding"]
    with pytest.raises(NotFound):
        await rounds.take_step(found.id, "conclude", here.officer)  # only with a document, by conferral
    with pytest.raises(Refused) as refusal:
        await rounds.cancel(found.id, "", here.officer)
    assert codes(refusal) == ["round_reason_empty"]
    await rounds.cancel(found.id, "今年不再评选", here.officer)
    ended = await here.again(found)
    assert (ended.stage, ended.ended_reason) == (Stage.CANCELLED, "今年不再评选")
    with pytest.raises(Refused):
        await rounds.cancel(found.id, "再一次", here.officer)


async def test_a_draft_that_is_given_up_leaves_its_edition_to_another(database):
    here = await province()
    address = await here.draft_round(small(places=(Places(here.places["南昌"], "南昌", 3),)))
    found = await round_by_address(address)
    freed = await rounds.cancel(found.id, "", here.officer)
    assert (freed, await round_by_address(address)) == (f"{found.id}-cancelled", None)
    given_up = await round_by_address(freed)
    assert (given_up.id, given_up.stage, given_up.edition) == (found.id, Stage.CANCELLED, 8)
    entry = (await ledger.entries(found.stream, limit=1))[-1]
    assert (entry.act, entry.payload) == ("round.address_freed", {"address": address, "now": freed})
    twins = await asyncio.gather(here.draft_round(), here.draft_round(), return_exceptions=True)
    assert sorted(isinstance(one, Refused) for one in twins) == [False, True]
    assert (await round_by_address(address)).stage is Stage.DRAFT
    # what everybody has read of keeps its address for ever
    public = await here.frozen_round(small(places=(Places(here.places["南昌"], "南昌", 3),)), edition=9)
    assert await rounds.cancel(public.id, "今年不再评选", here.officer) == public.address
    with pytest.raises(Refused) as refusal:
        await here.draft_round(edition=9)
    assert codes(refusal) == ["round_exists"]


async def test_a_title_is_not_closed_while_a_round_of_it_runs_and_a_closed_one_freezes_none(database):
    here = await province()
    rules = small(places=(Places(here.places["南昌"], "南昌", 3),))
    found = await here.frozen_round(rules)
    draft = await here.draft_round(rules, edition=9)
    title = TitleDraft(
        "ganpo-craftsman",
        "赣鄱工匠",
        Verb.NAME,
        "江西省总工会",
        Holder.PERSON,
        Family.CRAFTSMAN,
        pages=True,
        active=False,
    )
    for step in ("", "close", "decide"):
        if step:
            await rounds.take_step(found.id, step, here.officer)
        with pytest.raises(Refused) as refusal:
            await titles.change(here.title, title, here.officer, NOW)
        assert refusal.value.problems == (Problem("title_round_running", "active", {"round": found.name}),)
    await rounds.cancel(found.id, "今年不再评选", here.officer)
    await titles.change(here.title, title, here.officer, NOW)
    waiting = await round_by_address(draft)
    with pytest.raises(Refused) as refusal:
        await rounds.freeze(waiting.id, rules_hash(canonical(await draft_rules(waiting.id))), here.officer, NOW)
    assert codes(refusal) == ["title_closed"]
    await titles.change(here.title, replace(title, active=True), here.officer, NOW)
    # one is closed and the other frozen at the same moment: whoever comes second is told
    done = await asyncio.gather(
        titles.change(here.title, title, here.officer, NOW),
        rounds.freeze(waiting.id, rules_hash(canonical(await draft_rules(waiting.id))), here.officer, NOW),
        return_exceptions=True,
    )
    refusals = [one.problems[0].code for one in done if isinstance(one, Refused)]
    assert refusals in (["title_closed"], ["title_round_running"])


async def test_circulars_and_notices_speak_of_frozen_rounds_of_their_own_organisation(database):
    here = await province()
    address = await here.draft_round(small(places=(Places(here.places["南昌"], "南昌", 3),)))
    reference = f"round:{address}"
    assert [one.code for one in await reference_problems(reference, ROOT_ID, "opens")] == ["reference_not_yours"]
    found = await round_by_address(address)
    await rounds.freeze(found.id, rules_hash(canonical(await draft_rules(found.id))), here.officer, NOW)
    assert await reference_problems(reference, ROOT_ID, "opens") == []
    assert [one.code for one in await reference_problems(reference, here.places["南昌"], "opens")] == [
        "reference_not_yours"
    ]
    assert place_of(reference) == f"/rounds/{address}"


async def test_as_last_year_moves_every_date_by_working_days(database):
    here = await province()
    last = (
        StageRule("draft", due=date(2025, 3, 3)), StageRule("channel", due=date(2025, 4, 3)),
        StageRule("province"), StageRule("notice", 5, date(2025, 5, 12)), StageRule("proposed"), StageRule("conferred"),
    )  # fmt: skip
    old = await here.frozen_round(small(places=(Places(here.places["南昌"], "南昌", 3),), stages=last), edition=7)
    moved = await round_drafts.as_before(old, date(2026, 3, 2))
    # 24 working days from 3 March to 3 April 2025; 49 to 12 May, with Qingming, May Day and its make-up days between
    assert [stage.due for stage in moved.stages] == [
        date(2026, 3, 2), date(2026, 4, 2), None, date(2026, 5, 11), None, None,
    ]  # fmt: skip
    assert replace(moved, stages=()) == replace(await rounds.rules_of(old.id), stages=())
    assert [stage.due for stage in (await round_drafts.as_before(old, None)).stages] == [None] * 6
    with pytest.raises(Refused) as refusal:
        await round_drafts.as_before(old, date(2031, 3, 3))
    assert codes(refusal) == ["calendar_year_unknown"]


async def test_addresses_that_no_round_can_have_find_nothing(database):
    assert [await round_by_address(text) for text in ("", "x" * 41, "a\0b", "Ä", "ganpo-craftsman-99")] == [None] * 5


async def test_rows_of_rules_are_whole_canonical_texts(database):
    here = await province()
    await here.draft_round()
    row = await SelectionRound.select(SelectionRound.rules).first()
    assert row["rules"] == canonical(await round_drafts.from_preset("ganpo-craftsman", ROOT_ID))
